"""What the commands of workshops print."""

from __future__ import annotations

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from typology.exhibits.paper_table import PaperTable
from typology.words import number, word
from typology.words.phrases import in_language, phrase
from typology.words.statistic_values import replicated_p
from typology.workshops.files import WrittenWorkshop, nominal_group_tables, swot_tables
from typology.workshops.nominal_group import NominalGroup
from typology.workshops.tables import among

_MOST_ROWS = 12
_TEXT_WIDTH, _MOST_COLUMNS = 36, 6  # the workbook has the others


def print_workshop(console: Console, written: WrittenWorkshop, language: str) -> None:
    """Print the tables of a workshop, the longest ones cut, and how far its judges agree."""
    workshop = written.workshop
    if workshop.simulated:
        console.print(Text(word("simulated_warning", language), style="bold yellow"))
    for notice in written.notices:
        told = phrase("For information: {notice}", notice=notice)
        console.print(Text(in_language(told, language)))
    if isinstance(workshop, NominalGroup):
        tables = nominal_group_tables(workshop, language)
        tables.pop("agreement")
        if "pooled" in tables:
            tables.pop("ideas")
        lines = agreement_sentences(workshop, language)
    else:
        tables, lines = swot_tables(workshop, language), []
    for name, table in tables.items():
        console.print()
        console.print(_table(word("workshop_caption", language, name), table, language))
    if lines:
        console.print()
    for line in lines:
        console.print(Text(line))
    console.print()
    console.print(Text(word("results_written", language, folder=str(written.output))))


def agreement_sentences(workshop: NominalGroup, language: str) -> list[str]:
    """Return how far participants agree, by group, all together, and between groups."""
    told = []
    for row in workshop.tables["nominal_group_agreement"].to_dict("records"):
        who = among(row, language)
        if not row["method"]:
            told.append(word("workshop_no_agreement", language, who=who))
            continue
        how = word("workshop_method", language, str(row["method"]), draws=int(row["draws"]))
        told.append(
            word(
                "workshop_agreement", language, who=who, w=number(row["w"], language, 2),
                p=replicated_p(row["p_value"], language, row["draws"] or None), how=how,
                judges=int(row["judges"]), ideas=int(row["ideas"]),
            )
        )  # fmt: skip
    return told


def _table(title: str, table: PaperTable, language: str) -> Table:
    shown = Table(box=SIMPLE_HEAD, show_edge=False, pad_edge=False, title_justify="left")
    shown.title = Text(title, style="italic")
    shown.add_column(Text(table.columns[0].title), min_width=_TEXT_WIDTH)
    for column in table.columns[1:_MOST_COLUMNS]:
        shown.add_column(Text(column.title), justify="right", overflow="fold")
    for group in table.groups:
        if group.title:
            shown.add_row(Text(group.title, style="bold"))
        for row in group.rows[:_MOST_ROWS]:
            shown.add_row(*map(Text, row[:_MOST_COLUMNS]))
        more = len(group.rows) - _MOST_ROWS
        if more > 0:
            shown.add_row(Text(word("workshop_more", language, plural=more, count=more)))
    return shown
