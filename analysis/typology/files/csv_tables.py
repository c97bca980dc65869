"""Tables as CSV: unrounded numbers, and texts that no spreadsheet runs.

Excel and LibreOffice run a cell of a CSV file that begins with one of ``= + - @``, whoever wrote
it: a respondent, or the author of a questionnaire. Such a text is written with an apostrophe
before it, which is taken off again where the table is read.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, Literal

import pandas as pd

FORMULA_PREFIX = "'"
"""Put before a text that a spreadsheet would run."""

FORMULA_STARTS = "=+-@\t\r\n＝＋－＠"
"""What such a text begins with."""

# A cell begins at the beginning, and, for a spreadsheet that takes other signs for the ends of
# cells and lines than this file does, after any of those signs.
_BEGINNING = r"(^|[;\t\r\n])"
_UNSAFE = re.compile(rf"{_BEGINNING}(?='*[{re.escape(FORMULA_STARTS)}])")
_PREFIXED = re.compile(rf"{_BEGINNING}'(?='*[{re.escape(FORMULA_STARTS)}])")
_NUMBER = re.compile(r"-\d+(\.\d+)?")

RULE: Mapping[str, Any] = {
    "text_prefix": FORMULA_PREFIX,
    "before": list(FORMULA_STARTS),
    "also_after": [";", "\t", "\r", "\n"],
    "except": "negative numbers",
}
"""How texts are written, for those who read the files with other programs."""


def as_text(text: str) -> str:
    """Return a text as a cell of a CSV file that no spreadsheet runs.

    A text that a spreadsheet would run has an apostrophe before it; a negative number is none.

    >>> as_text("=1+1"), as_text("-5 ans"), as_text("-5"), as_text("'=1"), as_text("l'été")
    ("'=1+1", "'-5 ans", '-5', "''=1", "l'été")
    """
    return text if _NUMBER.fullmatch(text) else _UNSAFE.sub(rf"\1{FORMULA_PREFIX}", text)


def from_text(cell: str) -> str:
    """Return the text of a cell that `as_text` wrote.

    >>> from_text("'=1+1"), from_text("''=1"), from_text("-5"), from_text("l'été")
    ('=1+1', "'=1", '-5', "l'été")
    """
    return _PREFIXED.sub(r"\1", cell)


def csv_bytes(table: pd.DataFrame, *, separator: str = ",") -> bytes:
    r"""Return a table as the bytes of a CSV file, the same on every system.

    UTF-8, lines ended by a line feed, no index, missing values empty; titles and texts as `as_text`
    writes them. What is nothing once rounded has no sign.

    >>> csv_bytes(pd.DataFrame({"a": [1, -2], "b": ["=c", "d"], "c": [-0.0, 0.5]}))
    b"a,b,c\n1,'=c,0.0\n-2,d,0.5\n"
    """
    written = pd.DataFrame(
        {place: _mapped(table.iloc[:, place], as_text) for place in range(table.shape[1])}
    )
    written.columns = pd.Index([as_text(str(name)) for name in table.columns])
    # Older versions of Python leave a carriage return bare, and it then ends a line.
    bare = any("\r" in text for text in _texts(written))
    quoting: Literal[0, 2] = csv.QUOTE_NONNUMERIC if bare else csv.QUOTE_MINIMAL
    text = written.to_csv(index=False, sep=separator, lineterminator="\n", quoting=quoting)
    return text.encode("utf-8")


def read_csv(path: Path, *, texts: Mapping[str, str]) -> pd.DataFrame:
    """Read a table that `csv_bytes` wrote, its texts without their apostrophes.

    ``texts`` gives the dtype of columns that hold texts even where they look like numbers.
    """
    read = pd.read_csv(path, dtype=dict(texts), keep_default_na=False, na_values=[""])
    table = pd.DataFrame(
        {place: _mapped(read.iloc[:, place], from_text) for place in range(read.shape[1])}
    )
    table.columns = pd.Index([from_text(str(name)) for name in read.columns])
    return table


def _texts(table: pd.DataFrame) -> Iterator[str]:
    yield from table.columns
    for place in range(table.shape[1]):
        yield from (value for value in table.iloc[:, place] if isinstance(value, str))


def _mapped(column: pd.Series[Any], change: Callable[[str], str]) -> pd.Series[Any]:
    """Change the texts of a column; numbers, truth values and missing values stay."""
    if pd.api.types.is_float_dtype(column):
        return column + 0.0  # -0.0 becomes 0.0
    if pd.api.types.is_numeric_dtype(column) or pd.api.types.is_bool_dtype(column):
        return column
    changed = [change(value) if isinstance(value, str) else value for value in column]
    if changed == [*column]:
        return column
    kept = column.dtype if isinstance(column.dtype, pd.StringDtype) else "object"
    return pd.Series(changed, index=column.index, dtype=kept)
