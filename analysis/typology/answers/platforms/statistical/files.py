"""Files of statistics programs: SPSS (.sav, .zsav) and Stata (.dta)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from typology.answers.platforms.excel.number_formats import cell_text
from typology.answers.platforms.limits import check_size, too_much
from typology.answers.platforms.statistical.guarded import StoppedReadingError, library_answers
from typology.answers.platforms.table import AnswerTable
from typology.problems import InputError, Problem
from typology.words.phrases import Phrase, phrase


def read_spss(path: Path, name: str) -> AnswerTable:
    """Return the cases of an SPSS file, codes as text, with its labels.

    Cases are numbered from 1; values that SPSS declares missing are empty.
    """
    return _read(path, name, "sav", "SPSS")


def read_stata(path: Path, name: str) -> AnswerTable:
    """Return the cases of a Stata file, codes as text, with its labels.

    Cases are numbered from 1; Stata's missing values (., .a, ...) are empty.
    """
    return _read(path, name, "dta", "Stata")


def _read(path: Path, name: str, kind: str, program: str) -> AnswerTable:
    try:
        with library_answers(path, kind) as answers:
            told = next(answers)
            check_size(name, 0, told["columns"])
            if "failure" not in told:
                _check_rows(told["rows"], told["most"], name)
                return _table(told, answers, name)
            reason = _reason(*told["failure"])
    except StoppedReadingError as stop:
        reason = _stopped(stop)
    raise InputError(
        Problem(
            row="",
            column="",
            value=phrase("a damaged {program} file ({reason})", program=program, reason=reason),
            expected=phrase("a file of {program} that opens", program=program),
            remedy=phrase(
                "Save it again from {program}, or export the answers as CSV with codes.",
                program=program,
            ),
            where=name,
        )
    )


def _reason(kind: str, text: str) -> Phrase | str:
    """Return in a few words what kept a file from being read."""
    if kind == "MemoryError":
        return phrase("it asks for too much memory")
    if kind == "OverflowError":
        return phrase("a date outside the years 1 to 9999")
    return text.strip().rstrip(".") or kind


def _stopped(stop: StoppedReadingError) -> Phrase:
    if stop.seconds is None:
        return phrase("it stops the program that reads it")
    return phrase("it is not read after {seconds} seconds", seconds=round(stop.seconds))


def _check_rows(rows: int, most: int, name: str) -> None:
    if rows > most:
        raise too_much(
            name,
            phrase("more than {count} rows", count=most),
            phrase("at most {most} rows", most=most),
        )


def _table(told: Mapping[str, Any], columns: Iterator[list[Any]], name: str) -> AnswerTable:
    """Return the table of a file; its columns come one after the other."""
    headers = tuple(map(str, told["names"]))
    labels: Mapping[str, Mapping[object, str]] = told["value_labels"]
    numbers, texts = set(), {}
    for number in range(len(headers)):
        column = pd.Series(next(columns))
        texts[number] = _texts(column)
        if pd.api.types.is_numeric_dtype(column):
            numbers.add(number)
    return AnswerTable(
        name=name,
        headers=headers,
        cells=pd.DataFrame(texts, index=range(1, told["rows"] + 1), copy=False),
        descriptions=tuple(told["descriptions"].get(header) or "" for header in headers),
        value_labels={
            number: {cell_text(code): str(label) for code, label in labels[header].items()}
            for number, header in enumerate(headers)
            if header in labels
        },
        declared_missing={
            number: told["declared_missing"][header]
            for number, header in enumerate(headers)
            if told["declared_missing"].get(header)
        },
        numbers={number: np.ones(told["rows"], dtype=bool) for number in sorted(numbers)},
    )


def _texts(column: pd.Series[Any]) -> pd.api.extensions.ExtensionArray:
    """Return the texts of a column, each distinct value converted once."""
    values = column if pd.api.types.is_numeric_dtype(column) else column.astype(object)
    codes, distinct = pd.factorize(values, use_na_sentinel=True)
    texts = pd.array([*map(cell_text, distinct), ""], dtype="string")
    return texts.take(codes)  # code -1, the last text, is a missing value
