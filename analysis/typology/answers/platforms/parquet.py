"""Parquet files of pandas, Arrow, R and databases."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from typology.answers.platforms.excel.number_formats import cell_text
from typology.answers.platforms.limits import check_size
from typology.answers.platforms.table import AnswerTable
from typology.problems import InputError, Problem
from typology.words.phrases import phrase

_INDEX = "__index_level_"


def read_parquet(path: Path, name: str) -> AnswerTable:
    """Return the rows of a Parquet file.

    Rows are numbered from 1. Categories are read as their words; numbers, dates and logical values
    as a spreadsheet shows them; several values in one cell as a list separated by semicolons.
    """
    try:
        with pq.ParquetFile(path) as file:
            check_size(name, file.metadata.num_rows, file.metadata.num_columns)
            table = file.read()
    except (pa.ArrowException, OSError, ValueError) as error:
        reason = str(error).strip().splitlines()[0].rstrip(".")
        raise InputError(
            Problem(
                "",
                "",
                phrase("a damaged Parquet file ({reason})", reason=reason),
                phrase("a Parquet file that opens"),
                phrase("Write it again, or export the answers as CSV."),
                where=name,
            )
        ) from None
    headers = tuple(str(column) for column in table.column_names)
    return AnswerTable(
        name=name,
        headers=tuple("" if header.startswith(_INDEX) else header for header in headers),
        cells=pd.DataFrame(
            {at: _texts(table.column(at)) for at in range(len(headers))},
            index=range(1, table.num_rows + 1),
        ),
        numbers={
            at: np.ones(table.num_rows, dtype=bool)
            for at in range(len(headers))
            if pa.types.is_integer(table.column(at).type)
            or pa.types.is_floating(table.column(at).type)
        },
    )


def _texts(column: pa.ChunkedArray) -> pd.api.extensions.ExtensionArray:
    """Return the texts of a column, each distinct value converted once."""
    if pa.types.is_nested(column.type):
        return pd.array([_text(value) for value in column.to_pylist()], dtype="string")
    words = column.cast(column.type.value_type) if pa.types.is_dictionary(column.type) else column
    coded = words.combine_chunks().dictionary_encode()
    if isinstance(coded, pa.ChunkedArray):  # what Arrow makes of no or of very many rows
        coded = coded.combine_chunks()
    distinct = [_text(value) for value in coded.dictionary.to_pylist()]
    texts = pd.array([*distinct, ""], dtype="string")
    return texts.take(coded.indices.fill_null(len(distinct)).to_numpy(zero_copy_only=False))


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return str(int(value))
    if isinstance(value, list | tuple | np.ndarray):
        return ";".join(filter(None, map(_text, value)))
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    if isinstance(value, datetime.datetime):
        return cell_text(value.replace(microsecond=0))
    return cell_text(float(value) if type(value).__name__ == "Decimal" else value)
