"""The table that every answer file becomes: headers, rows of text, labels."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import pandas as pd


@dataclass(frozen=True)
class AnswerTable:
    """An answer file as it stands: nothing is guessed, every cell is text.

    Parameters
    ----------
    name : str
        File name, with the sheet for a workbook.
    headers : tuple of str
        What stands at the top of each column.
    cells : DataFrame, rows x columns
        Text of the cells, "" where empty; columns numbered from 0 (two may have one header),
        indexed by the row number in the file.
    descriptions : tuple of str
        The variable labels of SPSS and Stata, "" elsewhere.
    value_labels : mapping of column number to mapping
        Code (as text) to label, for the columns that have value labels.
    notices : tuple of str
        What the reader decided and the user should know.
    numbers : frozenset of str
        Texts with decimals that stand for numbers of the file: not typed, written with a point.
    """

    name: str
    headers: tuple[str, ...]
    cells: pd.DataFrame
    descriptions: tuple[str, ...] = ()
    value_labels: Mapping[int, Mapping[str, str]] = field(default_factory=dict)
    notices: tuple[str, ...] = ()
    numbers: frozenset[str] = frozenset()

    def description(self, column: int) -> str:
        """Return the variable label of a column, "" when the file has none.

        Parameters
        ----------
        column : int
            Column number, from 0.

        Returns
        -------
        str
            The label.
        """
        return self.descriptions[column] if self.descriptions else ""


def table_from_rows(
    name: str,
    header: Sequence[str],
    rows: Sequence[Sequence[str]],
    row_numbers: Sequence[int],
    *,
    notices: Sequence[str] = (),
    numbers: frozenset[str] = frozenset(),
) -> AnswerTable:
    """Return the table of rows of text, leaving out what is blank.

    Parameters
    ----------
    name : str
        What the table is called in messages.
    header : sequence of str
        One text a column.
    rows : sequence of sequences of str
        One a respondent, each as long as the header.
    row_numbers : sequence of int
        Where each row stands in the file.
    notices : sequence of str
    numbers : frozenset of str
        Passed on.

    Returns
    -------
    AnswerTable
        Without the rows that are blank, nor the columns blank from the header down.

    Examples
    --------
    >>> table = table_from_rows("a.csv", ["id", "E01", ""], [["x", "1", ""], ["", "", ""]], [2, 3])
    >>> table.headers
    ('id', 'E01')
    >>> table.cells
       0  1
    2  x  1
    """
    filled = [i for i, row in enumerate(rows) if any(map(str.strip, row))]
    kept = [
        number
        for number, text in enumerate(header)
        if text.strip() or any(rows[i][number].strip() for i in filled)
    ]
    cells = pd.DataFrame(
        [rows[i] for i in filled],
        index=[row_numbers[i] for i in filled],
        columns=range(len(header)),
        dtype="string",
    )[kept].set_axis(pd.RangeIndex(len(kept)), axis=1)
    headers = tuple(header[number].strip() for number in kept)
    return AnswerTable(name, headers, cells, notices=tuple(notices), numbers=numbers)
