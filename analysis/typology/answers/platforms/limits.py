"""How large a file of answers may be.

A cell costs 8 bytes, and its text once a column however often it is repeated: 250,000
respondents who answer 60 questions by codes (a file of 32 MB) are read in 0.4 GB and less than ten
seconds. What is larger is refused as soon as it is seen, never read in part.
"""

from __future__ import annotations

from typology.problems import InputError, Problem
from typology.words.phrases import Phrase, phrase

MOST_ANSWER_BYTES = 400_000_000
"""Bytes of a file."""

MOST_ROWS = 2_000_000
"""Rows of a text file, blank ones too; Excel has 1,048,576."""

MOST_COLUMNS = 16_384
"""Columns, as in Excel."""

MOST_CELLS = 16_000_000
"""Rows times columns."""

MOST_PARQUET_CELLS = 80_000_000
"""The same of Parquet, whose columns are read one at a time: a million who answer 80 questions."""

MOST_TEXT = 400_000_000
"""Bytes of the different texts of a file's columns, 50 for each and one for each character."""

LONGEST_LINE = 8_000_000
"""Characters of a line of a text file."""

LONGEST_CELL = 131_072
"""Characters of a cell; Excel has 32,767."""

MOST_UNZIPPED = 300_000_000
"""Bytes of a part of a workbook, once unzipped."""

MOST_WRITTEN_CELLS = 5_000_000
"""Cells that a workbook writes down: those that are filled or have a style."""

MOST_SMALL_PART = 4_000_000
"""Bytes of the parts of a workbook that only list the others."""

MOST_READ_AT_ONCE = 600_000_000
"""Bytes of the values of an SPSS or Stata file, 32 for each and its declared width: about 250,000
respondents who answer 60 questions."""


def too_much(name: str, found: Phrase, expected: Phrase) -> InputError:
    """Return the error of a file that passes one of the limits: what there is, how much may be."""
    remedy = phrase("Check that it is the right file; leave out what is no answer.")
    return InputError(Problem("", "", found, expected, remedy, where=name))


def check_size(name: str, rows: int, columns: int, *, most_cells: int | None = None) -> None:
    """Raise `InputError` if a table is too large."""
    most = MOST_CELLS if most_cells is None else most_cells
    if columns > MOST_COLUMNS:
        raise too_much(
            name,
            phrase("{count} columns", count=columns),
            phrase("at most {most} columns", most=MOST_COLUMNS),
        )
    if rows > MOST_ROWS:
        raise too_much(
            name,
            phrase("more than {count} rows", count=MOST_ROWS),
            phrase("at most {most} rows", most=MOST_ROWS),
        )
    if rows * columns > most:
        raise too_much(
            name,
            phrase("{rows} rows of {columns} columns", rows=rows, columns=columns),
            phrase("at most {most} cells", most=most),
        )
