"""Excel workbooks (.xlsx), every sheet of them."""

from __future__ import annotations

import numpy as np

from typology.answers.platforms.excel.number_formats import read_formats
from typology.answers.platforms.excel.parts import DamagedWorkbookError, SheetPart, Workbook
from typology.answers.platforms.excel.shared_strings import read_strings
from typology.answers.platforms.excel.sheet_cells import SheetCells, read_cells
from typology.answers.platforms.header_rows import TOP_ROWS, Header, Recognise, find_header
from typology.answers.platforms.limits import check_size
from typology.answers.platforms.table import AnswerTable, assembled, column_letters
from typology.problems import InputError, Problem
from typology.words.phrases import Phrase, few, phrase

_SAVE_AGAIN = phrase("Open it in Excel or LibreOffice and save it again as .xlsx.")


def read_excel(content: bytes, name: str, recognise: Recognise | None = None) -> list[AnswerTable]:
    """Return the sheets of a workbook that hold something, in their order, hidden ones too.

    Rows are numbered as Excel shows them. Formulas give the value last computed; where none was
    stored, and where a cell shows an error, the column has a problem. Numbers are those stored,
    percentages as shown ("25%"), dates year-month-day. Hidden rows and columns are read, and told.
    A workbook that cannot be opened, is too large, or has only blank sheets raises `InputError`.
    """
    try:
        workbook = Workbook(content)
        strings, formats = read_strings(workbook), read_formats(workbook)
        tables = []
        for part in workbook.sheets:
            cells = read_cells(workbook, part.member, strings, formats)
            if workbook.computed_when_opened:
                _forget_zeros(cells)
            if cells.rows:
                tables.append(_table(cells, part, name, recognise))
    except DamagedWorkbookError as damage:
        expected = phrase("an Excel workbook (.xlsx) that opens")
        remedy = _SAVE_AGAIN
        raise InputError(Problem("", "", damage.found, expected, remedy, where=name)) from None
    if not tables:
        raise InputError(
            Problem(
                row="",
                column="",
                value=phrase("only blank sheets"),
                expected=phrase("a sheet with one row a respondent and a header"),
                remedy=phrase("Check that the answers were saved in this workbook."),
                where=name,
            )
        )
    return tables


def _table(
    cells: SheetCells, part: SheetPart, name: str, recognise: Recognise | None
) -> AnswerTable:
    place = f"{name} [{part.title}]"
    header = find_header(cells.top(TOP_ROWS), cells.rows[:TOP_ROWS], recognise)
    first = header.first_row
    columns = sorted(number for number, places in cells.places.items() if places[-1] >= first)
    check_size(place, len(cells.rows) - first, len(columns))
    return assembled(
        place,
        header.names,
        np.array(cells.rows[first:], dtype=np.int64),
        {number: cells.column(number, first) for number in columns},
        descriptions=header.descriptions,
        notices=[*header.notices, *_hidden_notices(cells, first), *_other_notices(cells, header)],
        numbers_stored={at: cells.stored_numbers(at, first) for at in [*cells.numbers]},
        hidden=part.hidden,
        column_problems=_column_problems(cells, header, place),
    )


def _forget_zeros(cells: SheetCells) -> None:
    """Take 0 for no value where programs that compute nothing wrote it under every formula."""
    for column, rows in cells.zeros.items():
        if rows == cells.formulas[column]:
            cells.uncomputed[column] = rows


def _column_problems(
    cells: SheetCells, header: Header, place: str
) -> dict[int, tuple[Problem, ...]]:
    """Return what is wrong with the cells of each column that have no value."""
    title = {at: name.strip() for at, name in enumerate(header.names)}
    problems: dict[int, tuple[Problem, ...]] = {}
    for column, rows in cells.uncomputed.items():
        if rows:
            problems[column] = (
                Problem(
                    few(rows),
                    title.get(column) or column_letters(column),
                    phrase("formulas without a computed value: {count}", count=len(rows)),
                    phrase("the value of each formula, stored in the file"),
                    _SAVE_AGAIN,
                    where=place,
                ),
            )
    for column, errors in cells.errors.items():
        shown = ", ".join(sorted({error for _, error in errors}))
        problems[column] = (
            *problems.get(column, ()),
            Problem(
                few([row for row, _ in errors]),
                title.get(column) or column_letters(column),
                phrase(
                    "cells that show an error ({shown}): {count}", shown=shown, count=len(errors)
                ),
                phrase("an answer, or an empty cell"),
                phrase("Correct the formula, or empty these cells."),
                where=place,
            ),
        )
    return problems


def _hidden_notices(cells: SheetCells, first: int) -> list[Phrase]:
    notices = []
    respondents = set(cells.rows[first:])
    rows = [row for row in cells.hidden_rows if row in respondents]
    if rows:
        notices.append(
            phrase(
                "Rows hidden in the workbook, by a filter or by hand, are read: {count} ({rows}). "
                "Delete them if they are not to be counted.",
                count=len(rows),
                rows=few(rows),
            )
        )
    columns = [column_letters(at) for at in sorted(cells.hidden_columns & cells.places.keys())]
    if columns:
        notices.append(
            phrase("Columns hidden in the workbook are read: {names}.", names=few(columns))
        )
    return notices


def _other_notices(cells: SheetCells, header: Header) -> list[Phrase]:
    notices = []
    titles = dict(enumerate(header.names))
    shown = [
        f"{titles.get(column) or column_letters(column)} ({text})"
        for column, text in sorted(cells.shown.items())
    ]
    if shown:
        notices.append(
            phrase(
                "Numbers are read as stored where Excel shows them otherwise "
                "(rounded, padded or in words): {columns}.",
                columns=few(shown),
            )
        )
    first = cells.rows[header.first_row] if header.first_row < len(cells.rows) else 0
    merged = [each for each in cells.merged if first and _last_row(each) >= first]
    if merged:
        notices.append(
            phrase(
                "Merged cells among the answers: {ranges}. Only the first cell of each is filled.",
                ranges=few(merged),
            )
        )
    return notices


def _last_row(cell_range: str) -> int:
    digits = "".join(filter(str.isdecimal, cell_range.partition(":")[2]))
    return int(digits) if digits else 0
