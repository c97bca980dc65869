"""What the command `questionnaire` prints."""

from __future__ import annotations

from rich.console import Console
from rich.text import Text

from typology.tools.forms.files import FormFiles
from typology.tools.forms.platforms import PLATFORMS
from typology.words import word


def print_form(console: Console, written: FormFiles, language: str) -> None:
    """Print which files were written, what to do with them and what was written otherwise."""
    form = written.form
    told = word(
        "form_written",
        language,
        platform=PLATFORMS[written.platform].title,
        languages=", ".join(word("language", language, each) for each in form.languages),
        items=sum(len(grid.rows) for grid in form.grids),
        questions=len(form.questions),
    )
    console.print(Text(told, style="bold green"))
    for path in written.files:
        console.print(Text(f"  {path}"))
    console.print(Text(word("form_next", language, written.platform)))
    if written.notes:
        console.print()
        console.print(Text(word("form_notes", language), style="bold yellow"))
    for note in written.notes:
        console.print(Text(f"- {note.in_(language)}", style="yellow"))
