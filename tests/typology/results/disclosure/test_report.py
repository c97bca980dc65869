"""The report of what was hidden, and of how well respondents are hidden among one another."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pandas as pd
import pytest

from typology.questionnaire import Questionnaire
from typology.results.disclosure.report import disclosure_table
from weighted_study import questionnaire


@pytest.fixture(scope="module")
def asked() -> Questionnaire:
    """Sex (f, m), place (town, suburb, country), age (under forty or not): none of them ordered."""
    return Questionnaire.model_validate(questionnaire())


def report(asked: Questionnaire, respondent: pd.DataFrame, classes: list[int]) -> list[list[Any]]:
    fitted: Any = SimpleNamespace(
        questionnaire=asked, respondent=respondent,
        study=SimpleNamespace(choices=SimpleNamespace(disclosure=SimpleNamespace(smallest_cell=5))),
        classes=SimpleNamespace(labels=pd.Series(classes, index=respondent.index)),
    )  # fmt: skip
    table = disclosure_table(fitted, {"categories": 3, "class_profiles": 4})
    assert table.columns.tolist() == ["measure", "table", "variable", "merged", "value"]
    return table.to_numpy().tolist()


HEAD = [
    ["smallest_cell", "", "", "", 5],
    ["hidden_cells", "", "", "", 7],
    ["hidden_cells", "categories", "", "", 3],
    ["hidden_cells", "class_profiles", "", "", 4],
]


def answers(asked: Questionnaire, sex: list[str], place: list[str]) -> pd.DataFrame:
    given = {"sex": sex, "place": place}
    table = pd.DataFrame({
        name: pd.Categorical(cells, asked.question(name).choice_codes)
        for name, cells in given.items()
    })  # fmt: skip
    return table.assign(age=30.0)


def test_nothing_asked_of_respondents_hides_nothing_of_them() -> None:
    nobody = Questionnaire.model_validate(questionnaire() | {"respondent": []})
    assert report(nobody, pd.DataFrame(index=range(4)), [1, 1, 2, 2]) == HEAD


def test_respondents_who_are_alone_are_counted_with_and_without_a_question(
    asked: Questionnaire,
) -> None:
    """Four women of the town, in both classes; one of the suburb and one of the country alone.

    Without the place nobody is alone; were the two places one, likewise. Sex and age, all alike,
    tell nobody apart.
    """
    place = ["town", "town", "town", "town", "suburb", "country"]
    told = report(asked, answers(asked, ["f"] * 6, place), [1, 1, 2, 2, 1, 2])
    assert told[:4] == HEAD
    assert told[4:7] == [
        ["k_anonymity", "", "", "", 1],
        ["l_diversity", "", "", "", 1],
        ["unique_combinations", "", "", "", 2],
    ]
    assert ["unique_without", "", "place", "", 0] in told[7:]
    merged = [row for row in told[7:] if row[0] == "unique_merged"]
    assert [row[2] for row in merged] == ["place"]
    assert [set(row[3].split(" + ")) for row in merged] == [{"suburb", "country"}]
    assert [row[4] for row in merged] == [0]


def test_where_nobody_is_alone_no_question_is_told(asked: Questionnaire) -> None:
    told = report(asked, answers(asked, ["f", "f", "m", "m"], ["town"] * 4), [1, 2, 1, 1])
    assert told == [
        *HEAD,
        ["k_anonymity", "", "", "", 2],
        ["l_diversity", "", "", "", 1],
        ["unique_combinations", "", "", "", 0],
    ]
