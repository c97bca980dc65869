"""Parquet files of pandas, Arrow, R and databases."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from typology.answers.platforms.excel.number_formats import cell_text
from typology.answers.platforms.limits import MOST_PARQUET_CELLS, check_size
from typology.answers.platforms.table import AnswerTable
from typology.problems import InputError, Problem
from typology.words.phrases import phrase

_INDEX = "__index_level_"


def parquet_parts(folder: Path) -> list[Path]:
    """Return the Parquet files of a folder, in the order of their names.

    Files whose names begin with a point or an underscore are notes of the program that wrote them.
    """
    return sorted(
        path
        for path in folder.glob("*.parquet")
        if path.is_file() and not path.name.startswith((".", "_"))
    )


def read_parquet(parts: Sequence[Path], name: str) -> AnswerTable:
    """Return the rows of a Parquet file, or of the parts of one table.

    Rows are numbered from 1. Categories are read as their words; numbers and dates as a spreadsheet
    shows them; logical values as True and False; several values in one cell as a list separated by
    semicolons. One column is read at a time, of all parts: the table is never held twice.
    """
    with ExitStack() as opened:
        files = [opened.enter_context(_opened(path, name, len(parts))) for path in parts]
        names = _common_columns(files, parts)
        rows = sum(file.metadata.num_rows for file in files)
        check_size(name, rows, len(names), most_cells=MOST_PARQUET_CELLS)
        cells, numbers = {}, {}
        for at in range(len(names)):
            column = _column(files, at, parts, name)
            cells[at] = _texts(column)
            if pa.types.is_integer(column.type) or pa.types.is_floating(column.type):
                numbers[at] = np.ones(rows, dtype=bool)
    return AnswerTable(
        name=name,
        headers=tuple("" if header.startswith(_INDEX) else header for header in names),
        cells=pd.DataFrame(cells, index=range(1, rows + 1)),
        numbers=numbers,
    )


def _opened(path: Path, name: str, n_parts: int) -> pq.ParquetFile:
    try:
        schema = pq.read_schema(path)
        texts = [
            field.name
            for field in schema
            if pa.types.is_string(field.type) or pa.types.is_large_string(field.type)
        ]
        return pq.ParquetFile(path, read_dictionary=texts)
    except (pa.ArrowException, OSError, ValueError) as error:
        raise _damaged(error, name if n_parts == 1 else f"{name}/{path.name}") from None


def _common_columns(files: Sequence[pq.ParquetFile], parts: Sequence[Path]) -> list[str]:
    """Return the names of the columns, which all parts have in the same order."""
    names = [str(each) for each in files[0].schema_arrow.names]
    for file, path in zip(files, parts, strict=True):
        own = [str(each) for each in file.schema_arrow.names]
        if own != names:
            apart = ", ".join(sorted(set(own) ^ set(names))) or ", ".join(own)
            raise InputError(
                Problem(
                    "",
                    "",
                    phrase("other columns than in {first}: {columns}",
                           first=parts[0].name, columns=apart),
                    phrase("the same columns in all Parquet files of the folder"),
                    phrase("Keep the parts of one table in the folder, and nothing else."),
                    where=f"{path.parent.name}/{path.name}",
                )
            )  # fmt: skip
    return names


def _column(
    files: Sequence[pq.ParquetFile], at: int, parts: Sequence[Path], name: str
) -> pa.ChunkedArray:
    chunks: list[pa.Array] = []
    for file, path in zip(files, parts, strict=True):
        try:
            field = file.schema_arrow.names[at]
            if file.schema_arrow.names.count(field) == 1:
                column = file.read(columns=[field]).column(0)
            else:
                column = file.read().column(at)
        except (pa.ArrowException, OSError, ValueError) as error:
            raise _damaged(error, name if len(parts) == 1 else f"{name}/{path.name}") from None
        chunks += column.chunks or [pa.array([], column.type)]
    types = {chunk.type for chunk in chunks}
    if len(types) > 1:
        chunks = [pa.array([_text(value) for value in chunk.to_pylist()]) for chunk in chunks]
    return pa.chunked_array(chunks)


def _damaged(error: Exception, where: str) -> InputError:
    reason = str(error).strip().splitlines()[0].rstrip(".")
    return InputError(
        Problem(
            "",
            "",
            phrase("a damaged Parquet file ({reason})", reason=reason),
            phrase("a Parquet file that opens"),
            phrase("Write it again, or export the answers as CSV."),
            where=where,
        )
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
        return str(value)  # no code: 1 may stand for "no"
    if isinstance(value, list | tuple | np.ndarray):
        return ";".join(filter(None, map(_text, value)))
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    if isinstance(value, datetime.datetime):
        return cell_text(value.replace(microsecond=0))
    return cell_text(float(value) if type(value).__name__ == "Decimal" else value)
