"""What the command `fetch` prints."""

from __future__ import annotations

from pathlib import Path

from rich.console import Console
from rich.text import Text

from typology.exhibits.dates import day_label
from typology.tools.fetch.files import Fetched
from typology.words import number, word


def print_fetched(console: Console, fetched: Fetched, study: Path, language: str) -> None:
    """Print how many answers came, from when to when, where they are and what to run next."""
    told = word(
        "fetched",
        language,
        plural=fetched.count,
        platform=fetched.source.title,
        count=number(fetched.count, language, 0),
        when=_when(fetched, language),
    )
    console.print(Text(told, style="bold green"))
    console.print(Text(f"  {fetched.file}"))
    of_study = "" if study == Path() else f" {_quoted(study)}"
    command = f"typology check{of_study} --responses {_quoted(fetched.file)}"
    console.print(Text(word("fetched_next", language, command=command)), soft_wrap=True)


def _when(fetched: Fetched, language: str) -> str:
    if fetched.first is None or fetched.last is None:
        return word("fetched_without_dates", language)
    first, last = (day_label(day, language) for day in (fetched.first, fetched.last))
    if first == last:
        return word("fetched_on", language, day=first)
    return word("fetched_from_to", language, first=first, last=last)


def _quoted(path: Path) -> str:
    return f'"{path}"' if " " in str(path) else str(path)
