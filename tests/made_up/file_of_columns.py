"""A file of answers whose columns are known by what they hold."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from typology.answers.columns.answer_file import AnswerFile
from typology.answers.headings.matching import ColumnMatch
from typology.answers.platforms import AnswerTable
from typology.words.number_conventions import Conventions


def file_of_columns(
    columns: Mapping[str, list[str]],
    labels: Mapping[int, dict[str, str]] | None = None,
    **said: Any,
) -> AnswerFile:
    """Return a file with these columns, its rows numbered from 2 and its respondents from R0.

    ``labels`` are those of the values of some columns, by their places; ``said`` is what the study
    file says of the answers.
    """
    n = len(next(iter(columns.values())))
    cells = pd.DataFrame(dict(enumerate(columns.values())), index=range(2, n + 2), dtype="string")
    match = ColumnMatch(
        {key: at for at, key in enumerate(columns)}, None, None, ignored=(), problems=()
    )  # fmt: skip
    table = AnswerTable("a.csv", tuple(columns), cells, value_labels=labels or {})
    return AnswerFile(table, match, pd.Series([f"R{row}" for row in range(n)]), Conventions(**said))
