"""What the command `compare-questionnaires` prints."""

from __future__ import annotations

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from typology.tools.questionnaire_versions.files import ComparedVersions
from typology.tools.questionnaire_versions.table import change_told, shown_changes, summary
from typology.tools.questionnaire_versions.versions import (
    REWORDED,
    VersionChange,
    VersionPart,
    Versions,
)
from typology.tools.questionnaire_versions.wording import Segment, word_by_word
from typology.words import word

STYLES = {"same": "", "out": "red strike", "in": "bold green"}
_COLOURS = {"yes": "green", "caution": "yellow", "recode": "yellow", "no": "bold red"}


def print_versions(console: Console, compared: ComparedVersions, language: str) -> None:
    """Print what changed between two versions, and what may still be compared."""
    versions = compared.versions
    console.print(Text(word("version_title", language), style="bold"))
    console.print()
    if versions.changed:
        for part in versions.parts:
            if part.kind in ("questionnaire", "block") and part.changes:
                console.print(_whole(part, language))
        console.print(_parts(versions, language))
        legend: list[Segment] = [
            ("out", word("version_legend", language, "out")),
            ("in", word("version_legend", language, "in")),
        ]
        console.print(_segments(legend))
    else:
        console.print(Text(word("version_nothing", language)))
    console.print()
    for sentence in summary(versions, language):
        console.print(Text(sentence))
    if compared.output is not None:
        console.print()
        console.print(Text(word("version_written", language, file=str(compared.output))))


def _whole(part: VersionPart, language: str) -> Text:
    """Return what changed of a block, or of the questionnaire."""
    told = Text()
    name = word("version_kind", language, part.kind)
    told.append(f"{name} {part.name}".strip(), style="bold")
    for change in shown_changes(part, language):
        told.append("\n  ")
        told.append_text(_told(part, change, language))
    return told


def _parts(versions: Versions, language: str) -> Table:
    """Return the items and the questions that changed."""
    table = Table(box=SIMPLE_HEAD, show_edge=False, pad_edge=False, leading=1)
    for heading in ("id", "comparable", "changes"):
        table.add_column(word("version_heading", language, heading), overflow="fold")
    for part in versions.asked:
        if part.changes:
            verdict = word("version_comparable", language, part.comparable)
            table.add_row(
                Text(part.name),
                Text(verdict, style=_COLOURS[part.comparable]),
                Text("\n").join(
                    _told(part, change, language) for change in shown_changes(part, language)
                ),
            )
    return table


def _told(part: VersionPart, change: VersionChange, language: str) -> Text:
    """Return a change in words; a wording with its words that went and came."""
    told = Text(change_told(part, change, language))
    if change.change in ("added", "removed"):
        told.append(f"\n{part.text.in_(language)}")
    elif change.change in REWORDED and change.old and change.new:
        told.append("\n")
        told.append_text(_segments(word_by_word(change.old, change.new)))
    return told


def _segments(segments: list[Segment]) -> Text:
    """Return words with those that went and came marked, for those who see no colours too."""
    return Text(" ").join(
        Text({"out": f"[-{text}-]", "in": f"{{+{text}+}}"}.get(kind, text), style=STYLES[kind])
        for kind, text in segments
    )
