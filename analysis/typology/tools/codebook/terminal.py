"""What the command `codebook` prints."""

from __future__ import annotations

from rich.console import Console
from rich.text import Text

from typology.tools.codebook.files import CODEBOOK_WORKBOOK, DDI, WrittenCodebook
from typology.words import word
from typology.words.phrases import in_language, phrase


def print_codebook(console: Console, written: WrittenCodebook) -> None:
    """Print what a codebook holds and where it is."""
    language = written.language
    for notice in written.notices:
        told = phrase("For information: {notice}", notice=notice)
        console.print(Text(in_language(told, language), style="dim"))
    for place, line in enumerate(written.about):
        warned = written.simulated and place == 0
        console.print(Text(line, style="bold yellow" if warned else ""))
    for key, name in (("workbook", CODEBOOK_WORKBOOK), ("ddi", DDI)):
        console.print(Text(word("codebook_file", language, key, file=str(written.output / name))))
