"""Tables made of a typology beside those of its subjects, by hand."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
import pandas as pd
import pytest

from typology.questionnaire.characteristics import NO_ANSWER
from typology.results import tabulation as module
from typology.results.tabulation import (
    answered_categories,
    completeness_table,
    factor_numbers,
    inertia_gains_table,
    question_answers,
    reported_share_tables,
    supplementary_categories,
    verbatim_tables,
)


def test_completeness_counts_those_who_answered_all_and_the_answers_missing() -> None:
    table = completeness_table(pd.DataFrame({"missing": [0, 1, 0, 5], "share": [0.0, 10, 0, 50]}))
    assert table.columns.tolist() == ["n", "complete", "missing_share"]
    assert table.to_numpy().tolist() == [[4, 2, 15]]
    assert [str(each) for each in table.dtypes] == ["int64", "int64", "float64"]


def test_an_imputed_category_is_no_answer() -> None:
    categories = pd.DataFrame({
        "a": pd.Categorical(["1", "2", "1"]), "b": pd.Categorical(["1", "2", "2"]),
        "c": pd.Categorical(["1", NO_ANSWER, "1"]),
    })  # fmt: skip
    given = pd.DataFrame({"a": [1, 2, 1], "b": [1, None, 2], "c": [None, None, 1]})
    fitted: Any = SimpleNamespace(
        active=SimpleNamespace(categories=categories), active_answers=given
    )
    found = answered_categories(fitted)
    assert found["a"].tolist() == ["1", "2", "1"]
    assert found["b"].tolist() == ["1", NO_ANSWER, "2"]
    assert found["c"].tolist() == [NO_ANSWER, NO_ANSWER, "1"]
    assert found["a"].cat.categories.tolist() == ["1", "2"]
    assert found["b"].cat.categories.tolist() == ["1", "2", NO_ANSWER]
    assert found["c"].cat.categories.tolist() == ["1", NO_ANSWER]
    assert categories["b"].tolist() == ["1", "2", "2"]


def test_a_map_is_coloured_by_codes_and_characteristics_that_were_given() -> None:
    items = pd.DataFrame({"A1": [1, 2]})
    other = pd.DataFrame({"A1": ["1", "2"], "sex": ["f", NO_ANSWER]})
    found = question_answers(items, other)
    assert found.columns.tolist() == ["A1", "sex"]
    assert found["A1"].tolist() == [1, 2]
    assert found["sex"].isna().tolist() == [False, True]
    assert question_answers(items, other[["sex"]]).columns.tolist() == ["A1", "sex"]


def test_what_takes_no_part_in_the_axes_is_told_where_it_differs(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    known = pd.DataFrame({"sex": ["f", "m"], "same": ["x", "x"]})
    answers = pd.DataFrame({"B1": ["1", None], "B2": ["2", "2"]})
    monkeypatch.setattr(module, "characteristic_categories", lambda _, __: known)

    def categories(others: pd.DataFrame, _: object) -> pd.DataFrame:
        assert others.columns.tolist() == ["B1", "B2"]
        return answers

    monkeypatch.setattr(module, "answer_categories", categories)
    fitted: Any = SimpleNamespace(
        questionnaire=None, respondent=None,
        given=pd.DataFrame({"A1": [1, 2], "B1": [1, None], "B2": [2, 2]}),
        active=SimpleNamespace(categories=pd.DataFrame({"A1": ["1", "2"]})),
    )  # fmt: skip
    found = supplementary_categories(fitted)
    assert found.columns.tolist() == ["sex", "B1"]
    assert found["B1"].tolist() == ["1", NO_ANSWER]


def gains(micro: int | None) -> pd.DataFrame:
    criterion = pd.DataFrame({
        "classes": [2, 3, 4], "gain": [0.3, 0.2, 0.1], "within_share": [0.6, 0.4, 0.25],
        "within_ratio": [0.5, 0.7, 0.6],
    })  # fmt: skip
    hcpc = SimpleNamespace(
        criterion_=criterion, suggested_n_classes_=2, criterion="within_ratio",
        n_micro_clusters_=micro, exact_up_to=20_000,
    )  # fmt: skip
    classes: Any = SimpleNamespace(hcpc=hcpc, number=3)
    return inertia_gains_table(classes)


def test_what_each_number_of_classes_gains() -> None:
    table = gains(None)
    assert table.columns.tolist() == [
        "classes", "gain", "within_share", "criterion", "suggested", "chosen", "suggested_by",
    ]  # fmt: skip
    assert table["classes"].tolist() == [2, 3, 4]
    assert table["gain"].tolist() == [0.3, 0.2, 0.1]
    np.testing.assert_allclose(table["within_share"], [60, 40, 25])
    assert table["criterion"].tolist() == [0.5, 0.7, 0.6]
    assert table["suggested"].tolist() == [True, False, False]
    assert table["chosen"].tolist() == [False, True, False]
    assert table["suggested_by"].tolist() == ["within_ratio"] * 3
    large = gains(2000)
    assert large.columns.tolist()[-2:] == ["micro_clusters", "exact_up_to"]
    assert large[["micro_clusters", "exact_up_to"]].drop_duplicates().to_numpy().tolist() == [
        [2000, 20_000]
    ]


def test_tables_of_nothing_are_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    fitted: Any = SimpleNamespace(
        items="items", questionnaire="asked", respondent="respondent", sample_weight="w",
        classes=SimpleNamespace(labels="labels"),
        study=SimpleNamespace(choices=SimpleNamespace(seed=7), reported_shares_path=None),
    )  # fmt: skip
    for rows in ([], [1]):
        table = pd.DataFrame({"a": rows})

        def factors(
            items: str, asked: str, *, seed: int, n_jobs: int, table: pd.DataFrame = table
        ) -> pd.DataFrame:
            assert (items, asked, seed, n_jobs) == ("items", "asked", 7, 1)
            return table

        def texts(
            asked: str, respondent: str, labels: str, *, seed: int, table: pd.DataFrame = table
        ) -> pd.DataFrame:
            assert (asked, respondent, labels, seed) == ("asked", "respondent", "labels", 7)
            return table

        monkeypatch.setattr(module, "suggested_factors", factors)
        monkeypatch.setattr(module, "verbatims_by_class", texts)
        assert factor_numbers(fitted) == ({"factor_number": table} if rows else {})
        assert verbatim_tables(fitted) == ({"verbatims": table} if rows else {})
    assert reported_share_tables(fitted) == {}
