"""A table of the paper on a sheet of the workbook, laid out as a page prints it."""

from __future__ import annotations

from typing import Any

from typology.exhibits.paper_table import INDENT, PaperTable
from typology.words.visible_text import visible

_WIDEST = 38  # characters of a column
_HEAD, _LINE = 45, 13  # points: of three lines of titles, of a line of notes
_A4 = 9


def write_paper_sheet(
    workbook: Any, name: str, table: PaperTable, *, caption: str, warning: str = ""
) -> None:
    """Write a table as it is printed: caption, three rules, notes, on a portrait page.

    Its cells are texts, as in the paper. The warning is printed in red under the caption; it may be
    empty.
    """
    sheet = workbook.add_worksheet(name)
    sheet.hide_gridlines(2)
    sheet.set_paper(_A4)
    sheet.set_portrait()
    sheet.fit_to_pages(1, 0)
    last = len(table.columns) - 1
    widths = [_width(table, place) for place in range(last + 1)]
    for place, width in enumerate(widths):
        sheet.set_column(place, place, width)
    sheet.write_string(0, 0, caption, workbook.add_format({"bold": True, "font_size": 12}))
    if warning:
        red = workbook.add_format({"bold": True, "font_color": "#B00020"})
        sheet.write_string(1, 0, warning, red)
    top = 3
    for place, column in enumerate(table.columns):
        style = {"bold": True, "top": 1, "bottom": 1, "text_wrap": True, "valign": "top"}
        sheet.write_string(
            top, place, visible(column.title), workbook.add_format({**style, "align": column.align})
        )
    sheet.set_row(top, _HEAD)
    sheet.repeat_rows(top)
    sheet.freeze_panes(top + 1, 1)
    _write_rows(workbook, sheet, table, top=top + 1)
    note = workbook.add_format({"text_wrap": True, "valign": "top", "font_size": 9})
    row = top + 1 + len(table.rows)
    for place, text in enumerate(table.notes, start=row):
        # Merged empty: a text given here would be looked at for formulas and links.
        sheet.merge_range(place, 0, place, last, "", note)
        sheet.write_string(place, 0, visible(text), note)
        sheet.set_row(place, _LINE * (1 + len(text) // sum(widths)))


def _width(table: PaperTable, place: int) -> int:
    """Return the width of a column: of its longest cell, or of half of its title."""
    longest = max((len(row[place]) for row in table.rows), default=0)
    title = table.columns[place].title
    return min(_WIDEST, 2 + max(longest, len(title) // 2, *map(len, title.split(" "))))


def _write_rows(workbook: Any, sheet: Any, table: PaperTable, *, top: int) -> None:
    """Write the cells: titles in bold, what belongs to them indented, a rule under the last."""
    rows = table.rows
    for at, row in enumerate(rows):
        under = {"bottom": 1} if at == len(rows) - 1 else {}
        depth = len(row[0]) - len(row[0].lstrip(INDENT))
        for place, (cell, column) in enumerate(zip(row, table.columns, strict=True)):
            style = {"align": column.align, "valign": "top", **under}
            if place == 0:
                style |= {"indent": depth, "text_wrap": True, "bold": depth == 0}
            text = visible(cell.lstrip(INDENT))
            sheet.write_string(top + at, place, text, workbook.add_format(style))
