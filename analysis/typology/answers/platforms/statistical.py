"""Files of statistics programs: SPSS (.sav, .zsav) and Stata (.dta)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyreadstat

from typology.answers.platforms.excel.number_formats import cell_text
from typology.answers.platforms.limits import MOST_READ_AT_ONCE, check_size, too_much
from typology.answers.platforms.table import AnswerTable
from typology.problems import InputError, Problem
from typology.words.phrases import phrase

_BYTES_OF_VALUE = 32
_ENCODINGS = (None, "WINDOWS-1252")  # None: the one the file declares


def read_spss(path: Path, name: str) -> AnswerTable:
    """Return the cases of an SPSS file, codes as text, with its labels.

    Cases are numbered from 1; values that SPSS declares missing are empty.
    """
    return _read(pyreadstat.read_sav, path, name, "SPSS")


def read_stata(path: Path, name: str) -> AnswerTable:
    """Return the cases of a Stata file, codes as text, with its labels.

    Cases are numbered from 1; Stata's missing values (., .a, ...) are empty.
    """
    return _read(pyreadstat.read_dta, path, name, "Stata")


def _read(reader: Callable[..., Any], path: Path, name: str, program: str) -> AnswerTable:
    failure = ""
    for encoding in _ENCODINGS:
        options = {} if encoding is None else {"encoding": encoding}
        try:
            _, declared = reader(str(path), metadataonly=True, **options)
            most = _most_rows(declared, name)
            values, meta = reader(
                str(path), apply_value_formats=False, row_limit=most + 1, **options
            )
        except (pyreadstat.ReadstatError, UnicodeDecodeError, ValueError, OSError) as error:
            failure = failure or str(error).strip().rstrip(".")
        else:
            _check_rows(len(values), most, name)
            return _table(values, meta, name)
    raise InputError(
        Problem(
            row="",
            column="",
            value=phrase("a damaged {program} file ({reason})", program=program, reason=failure),
            expected=phrase("a {program} file that opens", program=program),
            remedy=phrase(
                "Save it again from {program}, or export the answers as CSV with codes.",
                program=program,
            ),
            where=name,
        )
    )


def _most_rows(declared: Any, name: str) -> int:
    """Return how many rows may be read of a file, by the width that it declares.

    How many there are is not believed: a damaged or compressed file may say anything.
    """
    check_size(name, 0, len(declared.column_names))
    widths = declared.variable_storage_width.values()
    row = sum(_BYTES_OF_VALUE + max(int(width or 0), 0) for width in widths)
    return max(MOST_READ_AT_ONCE // max(row, 1), 1)


def _check_rows(rows: int, most: int, name: str) -> None:
    if rows > most:
        raise too_much(
            name,
            phrase("more than {count} rows", count=most),
            phrase("at most {most} rows", most=most),
        )


def _table(values: pd.DataFrame, meta: Any, name: str) -> AnswerTable:
    headers = tuple(str(column) for column in values.columns)
    labels: Mapping[str, Mapping[object, str]] = meta.variable_value_labels
    texts = {number: _texts(values.iloc[:, number]) for number in range(len(headers))}
    return AnswerTable(
        name=name,
        headers=headers,
        cells=pd.DataFrame(texts, index=range(1, len(values) + 1), copy=False),
        descriptions=tuple(meta.column_names_to_labels.get(header) or "" for header in headers),
        value_labels={
            number: {cell_text(code): str(label) for code, label in labels[header].items()}
            for number, header in enumerate(headers)
            if header in labels
        },
        numbers={
            number: np.ones(len(values), dtype=bool)
            for number, header in enumerate(headers)
            if pd.api.types.is_numeric_dtype(values[header])
        },
    )


def _texts(column: pd.Series[Any]) -> pd.api.extensions.ExtensionArray:
    """Return the texts of a column, each distinct value converted once."""
    values = column if pd.api.types.is_numeric_dtype(column) else column.astype(object)
    codes, distinct = pd.factorize(values, use_na_sentinel=True)
    texts = pd.array([*map(cell_text, distinct), ""], dtype="string")
    return texts.take(codes)  # code -1, the last text, is a missing value
