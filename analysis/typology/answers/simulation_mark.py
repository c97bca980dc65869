"""The column by which a file says that its answers were simulated, wherever it is copied to."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from typology.answers.platforms import AnswerTable
from typology.questionnaire.header_names import fold_wording

SIMULATED = "simulated"
"""Title of the column that every file of simulated answers has, 1 on each row."""

_NO = frozenset({"", "0", "no", "non", "false", "faux"})


def with_mark(answers: pd.DataFrame) -> pd.DataFrame:
    """Return simulated answers with the column that says so, the last one."""
    return answers.assign(**{SIMULATED: 1})


def says_simulated(table: AnswerTable) -> bool:
    r"""Return whether an answer file says that it was simulated, on one row at least.

    >>> from typology.answers.platforms.delimited import read_delimited
    >>> says_simulated(read_delimited(b"E01,Simulated\n4,1\n", "a.csv"))
    True
    """
    marks = [at for at, header in enumerate(table.headers) if is_mark([header])]
    return any(not table.cells[at].map(fold_wording).isin(_NO).all() for at in marks)


def is_mark(headers: Iterable[str]) -> bool:
    """Return whether one of some columns, which ask nothing, is the mark."""
    return any(fold_wording(header) == SIMULATED for header in headers)
