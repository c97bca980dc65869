"""Percentages, shares of 1, and numbers of which nobody knows which they are."""

from __future__ import annotations

import pandas as pd
import pytest

from typology.answers.cells.answer_cells import Cells
from typology.answers.cells.code_books import Unreadable
from typology.answers.cells.texts import number_reader
from typology.answers.columns.percentages import (
    as_percentages,
    percent_notices,
    without_doubtful_shares,
)
from typology.questionnaire import Question

SHARE = Question.model_validate(
    {"id": "share", "type": "number", "en": "Share", "unit": {"fr": "%", "en": "%"}}
)
AGE = Question.model_validate({"id": "age", "type": "number", "en": "Age"})


def cells(*texts: str) -> Cells:
    return Cells(pd.Series(texts), "share", "Your share")


def read(question: Question, *texts: str) -> list[float | str | None]:
    plain, _ = number_reader(texts, question)
    reader = without_doubtful_shares(question, cells(*texts), plain)
    found: list[float | str | None] = []
    for text in texts:
        try:
            found.append(reader(text))
        except Unreadable as unreadable:
            found.append(unreadable.kind)
    return found


def test_shares_of_1_beside_percentages_are_not_guessed() -> None:
    assert read(SHARE, "45 %", "0.45", "1", "0", "", "2", "1 %") == [
        45, "percent", "percent", 0, None, 2, 1,
    ]  # fmt: skip
    assert read(SHARE, "45", "0.45", "1") == [45, 0.45, 1]
    assert read(AGE, "0.45", "1", "2") == [0.45, 1, 2]


def test_numbers_without_a_sign_beside_others_are_told() -> None:
    (notice,) = percent_notices(SHARE, cells("45 %", "12", "0.5", "30", "31", "32"))
    assert notice == (
        "share (Your share): some cells have the sign % and others not (12, 30, 31 and 1 more); "
        "all are read as percentages."
    )
    assert percent_notices(SHARE, cells("45 %", "12 %")) == ()
    assert percent_notices(SHARE, cells("45", "12")) == ()
    assert percent_notices(SHARE, cells("45 %", "0.5")) == ()
    assert percent_notices(AGE, cells("45", "0.5")) == ()


def test_numbers_of_which_none_is_above_1_are_told() -> None:
    (notice,) = percent_notices(SHARE, cells("0.45", "1", "0", "", "0.2", "0.3", "0.4"))
    assert notice == (
        "share (Your share): no number is above 1 (0.45, 0.2, 0.3 and 1 more); they are read as "
        "percentages. If they are shares of 1, multiply them by 100, or show the column as "
        "percentages in the spreadsheet."
    )
    for texts in (("1", "0"), ("0.45", "1.5"), ("0.45", "-0.1"), ("0.45", "0.5 %"), ("x",)):
        assert not any("above 1" in each for each in percent_notices(SHARE, cells(*texts)))
    assert percent_notices(AGE, cells("0.45", "1")) == ()


@pytest.mark.parametrize(
    ("share", "percent"),
    [("0.45", "45 %"), ("0,125", "12.5 %"), ("0.12345", "12.3450 %"), ("1", "100 %"),
     ("0.1234567", "12.34567 %"), ("0.07", "7 %")],
)  # fmt: skip
def test_shares_of_1_in_percent(share: str, percent: str) -> None:
    assert as_percentages([share]) == {share: percent}
