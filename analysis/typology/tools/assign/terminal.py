"""What the command `assign` prints."""

from __future__ import annotations

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from typology.results.saved_model import class_names
from typology.tools.assign.assignment import UNUSUAL_ANSWERS
from typology.tools.assign.files import Assigned
from typology.words import number, word
from typology.words.phrases import in_language, phrase


def print_assigned(console: Console, assigned: Assigned, language: str, *, short: bool) -> None:
    """Print how many respondents have each type, and how sure it is."""
    table, model = assigned.table, assigned.model
    if model["simulated"]:
        console.print(Text(word("simulated_warning", language), style="bold yellow"))
    for notice in assigned.notices:
        told = phrase("For information: {notice}", notice=notice)
        console.print(Text(in_language(told, language)))
    sample = model["sample"]
    if not short and sample["given_back"] < sample["n"]:
        back = word("assigned_given_back", language, given=sample["given_back"], n=sample["n"])
        console.print(Text(back, style="yellow"))
    console.print()
    console.print(_types(assigned, language))
    unusual = int((table["remark"] == UNUSUAL_ANSWERS).sum())
    if unusual:
        console.print(Text(word("assigned_unusual", language, n=unusual)))
    meaning = word("assigned_confidence_short" if short else "assigned_confidence_full", language)
    console.print(Text(meaning, style="dim"))
    console.print()
    console.print(Text(word("assigned_written", language, file=str(assigned.output))))


def _types(assigned: Assigned, language: str) -> Table:
    table = assigned.table
    shown = Table(box=SIMPLE_HEAD, show_edge=False, pad_edge=False, title_justify="left")
    shown.title = word("assigned_title", language, n=len(table))
    shown.add_column(word("type", language))
    for title in (word("n", language), "%", word("assigned_mean_confidence", language)):
        shown.add_column(title, justify="right")
    named = list(class_names(assigned.model, language).values())
    others = [word(key, language) for key in ("none_of_the_types", "too_few_answers", "left_out")]
    for name in [*named, *others]:
        rows = table[table["name"] == name]
        if len(rows) or name in named:
            shown.add_row(
                Text(name),
                number(len(rows), language, 0),
                number(100 * len(rows) / max(len(table), 1), language),
                number(rows["confidence"].mean() if len(rows) else float("nan"), language, 2),
            )
    return shown
