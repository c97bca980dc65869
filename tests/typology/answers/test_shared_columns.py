"""An answer that one of several columns holds is that of its own column, as it was stored there."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt
import pandas as pd
import pytest

from typology.answers.cells.answer_cells import Cells
from typology.answers.columns.answer_file import AnswerFile
from typology.answers.headings.matching import ColumnMatch
from typology.answers.platforms import AnswerTable
from typology.words.number_conventions import Conventions

YES, NO = True, False


def ages(numbers: Mapping[int, npt.NDArray[np.bool_]]) -> Cells:
    first, second = ["1.280", "", "31", ""], ["", "2.500", "", ""]
    cells = pd.DataFrame({0: first, 1: second}, index=range(2, 6), dtype="string")
    match = ColumnMatch(
        {"age": 0}, None, None, ignored=(), problems=(), shared={"age": (0, 1)}
    )  # fmt: skip
    table = AnswerTable("a.xlsx", ("age", "age (2)"), cells, numbers=numbers)
    return AnswerFile(table, match, pd.Series(cells.index), Conventions()).cells("age")


@pytest.mark.parametrize(
    ("numbers", "stored"),
    [
        ({0: [NO, NO, YES, NO], 1: [NO, YES, NO, NO]}, [NO, YES, YES, NO]),
        ({0: [YES, NO, YES, NO]}, [YES, NO, YES, NO]),
        ({1: [NO, YES, NO, NO]}, [NO, YES, NO, NO]),
    ],
)
def test_a_number_of_the_file_stays_one_whichever_column_holds_it(
    numbers: Mapping[int, list[bool]], stored: list[bool]
) -> None:
    read = ages({column: np.array(held) for column, held in numbers.items()})
    assert read.texts.tolist() == ["1.280", "2.500", "31", ""]
    assert read.numbers is not None
    assert read.numbers.tolist() == stored


def test_typed_columns_hold_no_number_of_the_file() -> None:
    assert ages({}).numbers is None
