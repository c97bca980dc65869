"""A codebook as an Excel workbook: variables, values with their counts, scales, what they are."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import Any

from typology.exhibits.labels import Labels
from typology.files.written_tables import WORKBOOK_OPTIONS
from typology.questionnaire import Question, Questionnaire, Text
from typology.tools.codebook.variables import Variable
from typology.words import percent, word
from typology.words.visible_text import visible

_CREATED = datetime(2020, 1, 1)  # so that the same study makes the same file
_WIDEST, _NARROWEST = 60, 9
_LINE = 15.0  # points
_MOST_ON_A_PAGE = 10  # columns

_Row = Mapping[str, Any]


@dataclass(frozen=True)
class CodebookSheet:
    """A sheet: the key of its name, its columns with their titles, its rows by column."""

    name: str
    titles: Mapping[str, str]
    rows: Sequence[_Row]


def codebook_workbook(
    questionnaire: Questionnaire,
    variables: Sequence[Variable],
    language: str,
    *,
    about: Sequence[str] = (),
) -> bytes:
    """Return the workbook of a codebook.

    Its sheets are the variables, their values (with counts where there are answers), the scales,
    and what the columns mean, after the lines of ``about``.
    """
    import xlsxwriter  # noqa: PLC0415 - slow to import

    sheets = [
        variables_sheet(questionnaire, variables, language),
        values_sheet(questionnaire, variables, language),
        scales_sheet(questionnaire, language),
    ]
    made = BytesIO()
    with xlsxwriter.Workbook(made, WORKBOOK_OPTIONS) as workbook:
        title = visible(questionnaire.title.in_(language))
        workbook.set_properties({"created": _CREATED, "title": title})
        header = workbook.add_format({"bold": True, "bottom": 1, "text_wrap": True,
                                      "valign": "top"})  # fmt: skip
        body = workbook.add_format({"text_wrap": True, "valign": "top"})
        for sheet in sheets:
            _write_sheet(workbook, sheet, language, header=header, body=body)
        _write_about(workbook, title, about, sheets, language)
    return made.getvalue()


def variables_sheet(
    questionnaire: Questionnaire, variables: Sequence[Variable], language: str
) -> CodebookSheet:
    """Return the sheet of variables: one row a variable, without columns that would be empty."""
    rows = [_variable_row(questionnaire, variable, language) for variable in variables]
    return _sheet("variables", rows, language)


def _variable_row(questionnaire: Questionnaire, variable: Variable, language: str) -> _Row:
    asked, block, answers = variable.asked, variable.block, variable.answers
    question = asked if isinstance(asked, Question) else None
    row: dict[str, Any] = {
        "id": variable.name,
        "kind": word("codebook_kind", language, variable.kind),
        "block": block.title.in_(language) if block else "",
    }
    row |= _by_language("text", variable.text, questionnaire)
    row |= _by_language("short", variable.short, questionnaire)
    row |= {
        "type": word("codebook_type", language, variable.type)
        if variable.type in _TYPES
        else variable.type,
        "scale": variable.scale,
        "codes": "; ".join(f"{code} = {text.in_(language)}" for code, text in variable.categories),
        "minimum": question.min if question else None,
        "maximum": question.max if question else None,
        "unit": question.unit.in_(language) if question and question.unit else "",
        "role": word("role", language, variable.role) if variable.role else "",
        "direction": word("codebook_direction", language, block.direction) if block else "",
        "reversed": word("codebook_yes", language) if getattr(asked, "reversed", False) else "",
        "theme": _named(questionnaire.themes, getattr(asked, "theme", ""), language),
        "hat": _named(questionnaire.hats, getattr(asked, "hat", ""), language),
        "wording": word("codebook_wording", language, asked.wording) if asked.wording else "",
        "source": asked.source.in_(language) if asked.source else "",
        "column": asked.column,
    }
    if answers is not None:
        row |= {"valid": answers.valid, "missing": answers.missing,
                "missing_share": round(answers.missing_share, 1)}  # fmt: skip
        row |= {name: _rounded(value) for name, value in answers.numbers.items()}
    return row


_TYPES = ("scale", "single", "multiple", "number", "rank", "text")


def _rounded(value: float) -> float | None:
    return round(value, 4) if math.isfinite(value) else None


def _named(texts: Mapping[str, Text], name: str, language: str) -> str:
    return texts[name].in_(language) if name in texts else name


def _by_language(column: str, text: Text, questionnaire: Questionnaire) -> dict[str, str]:
    return {f"{column}_{each}": getattr(text, each) for each in questionnaire.languages}


def values_sheet(
    questionnaire: Questionnaire, variables: Sequence[Variable], language: str
) -> CodebookSheet:
    """Return the sheet of values: one row a code of a variable, with its counts."""
    rows = []
    for variable in variables:
        for code, text in variable.categories:
            row: dict[str, Any] = {"id": variable.name, "code": _code(code)}
            row |= _by_language("label", text, questionnaire)
            if variable.answers is not None:
                count = variable.answers.counts.get(code, 0)
                row["n"] = count
                if variable.answers.valid:
                    row["share"] = round(100 * count / variable.answers.valid, 1)
            rows.append(row)
        if variable.categories and variable.answers is not None and variable.answers.missing:
            told = Text(fr=word("no_answer", "fr"), en=word("no_answer", "en"))
            rows.append({"id": variable.name, "code": ""}
                        | _by_language("label", told, questionnaire)
                        | {"n": variable.answers.missing})  # fmt: skip
    return _sheet("values", rows, language)


def scales_sheet(questionnaire: Questionnaire, language: str) -> CodebookSheet:
    """Return the sheet of scales: one row a point, with the items' blocks that use the scale."""
    rows, labels = [], Labels(questionnaire, language)
    for name, scale in questionnaire.scales.items():
        used = ", ".join(
            block.title.in_(language) for block in questionnaire.blocks if block.scale == name
        )
        for point in scale.points:
            stance = labels.word("codebook_stance", scale.stance(point.code))
            row = {"scale": name, "code": point.code}
            row |= _by_language("label", point, questionnaire)
            rows.append(row | {"stance": stance, "blocks": used})
    return _sheet("scales", rows, language)


def _code(code: str) -> int | str:
    return int(code) if code.lstrip("-").isdecimal() and str(int(code)) == code else code


def _sheet(name: str, rows: Sequence[_Row], language: str) -> CodebookSheet:
    """Return a sheet without the columns that have nothing in any row."""
    columns = list(dict.fromkeys(column for row in rows for column in row))
    kept = [each for each in columns if any(row.get(each) not in ("", None) for row in rows)]
    return CodebookSheet(name, {each: _title(each, language) for each in kept}, rows)


def _title(column: str, language: str) -> str:
    name, _, spoken = column.rpartition("_")
    if spoken in ("fr", "en") and name in ("text", "short", "label"):
        return f"{word('codebook_column', language, name)} ({spoken})"
    return word("codebook_column", language, column)


def _write_sheet(
    workbook: Any, sheet: CodebookSheet, language: str, *, header: Any, body: Any
) -> None:
    written = workbook.add_worksheet(word("codebook_sheet", language, sheet.name))
    written.freeze_panes(1, 1)
    written.set_landscape()
    written.fit_to_pages(1 if len(sheet.titles) <= _MOST_ON_A_PAGE else 3, 0)
    written.repeat_rows(0)
    headings, lines = 1, [1] * len(sheet.rows)
    for place, (column, title) in enumerate(sheet.titles.items()):
        cells = [row.get(column) for row in sheet.rows]
        written.write_string(0, place, title, header)
        for at, cell in enumerate(cells, start=1):
            if isinstance(cell, str) and cell:
                written.write_string(at, place, visible(cell), body)
            elif isinstance(cell, int | float):
                written.write_number(at, place, cell, body)
        width = _width(title, cells)
        written.set_column(place, place, width)
        headings = max(headings, _lines(title, width - 2))  # bold, and the mark of the filter
        lines = [max(most, _lines(cell, width)) for most, cell in zip(lines, cells, strict=True)]
    for at, count in enumerate([headings, *lines]):
        written.set_row(at, _LINE * count)
    if sheet.rows:
        written.autofilter(0, 0, len(sheet.rows), len(sheet.titles) - 1)


def _width(title: str, cells: Iterable[Any]) -> float:
    """Return the width of a column: that of its longest cell, within reason."""
    texts = [str(cell) for cell in cells if cell is not None]
    longest = max(map(len, [*texts, *title.split()]), default=0)
    return float(min(_WIDEST, max(_NARROWEST, longest + 1.5)))


def _lines(cell: Any, width: float) -> int:
    """Return on how many lines a cell is written."""
    return -(-len(cell) // int(width)) if isinstance(cell, str) and cell else 1


def _write_about(
    workbook: Any, title: str, about: Sequence[str], sheets: Sequence[CodebookSheet], language: str
) -> None:
    """Write what the workbook is, and what each column means."""
    sheet = workbook.add_worksheet(word("codebook_sheet", language, "about"))
    bold = workbook.add_format({"bold": True})
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.set_column(0, 0, 34)
    sheet.set_column(1, 1, 100)
    sheet.write_string(0, 0, title, bold)
    for row, line in enumerate(about, start=1):
        sheet.write_string(row, 0, visible(line))
    row = len(about) + 2
    for each in sheets:
        sheet.write_string(row, 0, word("codebook_sheet", language, each.name), bold)
        sheet.write_string(row, 1, word("codebook_about", language, each.name))
        row += 1


def counted_variables(variables: Sequence[Variable], language: str) -> str:
    """Return how many answers are missing, of all variables together."""
    known = [each.answers for each in variables if each.answers is not None]
    missing = sum(each.missing for each in known)
    cells = sum(each.valid + each.missing for each in known)
    share = percent(100 * missing / cells if cells else 0.0, language)
    return word("codebook_missing", language, share=share)
