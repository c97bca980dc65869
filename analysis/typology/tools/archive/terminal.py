"""What the command `archive` prints."""

from __future__ import annotations

from rich.console import Console
from rich.text import Text

from typology.tools.archive.files import WrittenArchive
from typology.words import word


def print_archive(console: Console, written: WrittenArchive) -> None:
    """Print where an archive is, what is in it, and what its codecheck.yml lacks."""
    language = written.language
    kind = "with_answers" if written.with_answers else "without_answers"
    count = len(written.files)
    console.print(
        Text(word("archive_written", language, kind, file=str(written.output), count=count))
    )
    console.print(Text(word("archive_deposit", language)))
    lacking = written.codecheck.lacking
    if not lacking:
        console.print(Text(word("archive_codecheck_whole", language)))
        return
    nodes = ", ".join(word("archive_node", language, node) for node in lacking)
    console.print(Text(word("archive_codecheck_lacking", language, nodes=nodes), style="dim"))
