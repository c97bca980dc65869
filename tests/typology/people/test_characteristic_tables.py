"""Table 1: every kind of question, by hand and against the functions it is made with."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest
from numpy.testing import assert_allclose

from rfree.base.multiple_tests import adjusted_p_values
from rfree.description.group_tests import compare_categories, compare_quantities
from typology.people.measure import characteristic_tables
from typology.questionnaire import Questionnaire


def text(name: str) -> dict[str, str]:
    return {"fr": name, "en": name}


def choices(*codes: str) -> list[dict[str, str]]:
    return [{"code": code, **text(code)} for code in codes]


def asked(*questions: dict[str, Any]) -> Questionnaire:
    block = {"id": "b", "title": text("B"), "scale": "s", "direction": "neutral"}
    return Questionnaire.model_validate(
        {
            "title": text("Trial"),
            "scales": {"s": [{"code": 0, **text("No")}, {"code": 1, **text("Yes")}]},
            "blocks": [{**block, "items": [{"id": "I1", **text("Item")}]}],
            "respondent": [{**text(each["id"]), **each} for each in questions],
        }
    )


ALL_TYPES = asked(
    {"id": "sex", "type": "single", "choices": choices("f", "m")},
    {"id": "age", "type": "number", "bands": [40]},
    {"id": "work", "type": "multiple", "choices": choices("a", "b")},
    {"id": "known", "type": "single", "ordered": True, "choices": choices("low", "mid", "high")},
    {"id": "first", "type": "rank", "choices": choices("x", "y")},
    {"id": "note", "type": "text"},
)
N = 24
LABELS = pd.Series(np.repeat([1, 2], N // 2), index=[f"r{i}" for i in range(N)])


def answers() -> pd.DataFrame:
    rng = np.random.default_rng(7)
    table = pd.DataFrame(
        {
            "sex": pd.array(["f", "m", "m"] * 8, dtype="string"),
            "age": pd.array(np.arange(30.0, 30.0 + N), dtype="Float64"),
            "work:a": pd.array([True] * 12 + [False] * 12, dtype="boolean"),
            "work:b": pd.array(rng.random(N) < 0.5, dtype="boolean"),
            "known": pd.array(["low", "mid", "high"] * 8, dtype="string"),
            "first:x": pd.array([1, 2] * 12, dtype="Int64"),
            "first:y": pd.array([2, 1] * 12, dtype="Int64"),
            "note": pd.array(["words"] * N, dtype="string"),
        },
        index=LABELS.index,
    )
    table.iloc[0, table.columns.get_loc("sex")] = pd.NA
    table.iloc[[0, 23], table.columns.get_loc("age")] = pd.NA
    return table


def made(
    questionnaire: Questionnaire = ALL_TYPES,
    respondent: pd.DataFrame | None = None,
    weights: np.ndarray[Any, Any] | None = None,
) -> tuple[pd.DataFrame, pd.DataFrame]:
    respondent = answers() if respondent is None else respondent
    tables = characteristic_tables(
        questionnaire,
        respondent,
        LABELS.loc[respondent.index],
        sample_weight=np.ones(len(respondent)) if weights is None else weights,
        seed=1,
    )
    return tables["characteristics"], tables["characteristic_tests"]


def test_every_question_is_told_in_its_order_and_texts_are_not() -> None:
    described, tests = made()
    told = described.drop_duplicates(["variable", "kind"])[["variable", "kind"]]
    assert list(told.itertuples(index=False, name=None)) == [
        ("sex", "category"), ("age", "quantity"), ("age", "bands"), ("work:a", "choice"),
        ("work:b", "choice"), ("known", "ordered"), ("first:x", "rank"), ("first:y", "rank"),
    ]  # fmt: skip
    assert list(tests["variable"]) == list(dict.fromkeys(told["variable"]))


def test_a_number_is_tested_once_whatever_its_bands() -> None:
    _, tests = made()
    age = tests[tests["variable"] == "age"]
    assert list(age["kind"]) == ["quantity"]
    assert list(age["test"]) == ["Kruskal-Wallis"]


def test_ordered_choices_are_compared_by_their_ranks() -> None:
    """Three answers in another order of codes give another test, so the order is used."""
    flipped = asked(
        {"id": "known", "type": "single", "ordered": True, "choices": choices("mid", "low", "high")}
    )
    codes = ["low"] * 8 + ["mid"] * 8 + ["high"] * 8
    respondent = pd.DataFrame({"known": pd.array(codes, dtype="string")}, index=LABELS.index)
    straight = asked(
        {"id": "known", "type": "single", "ordered": True, "choices": choices("low", "mid", "high")}
    )
    first, second = (made(each, respondent)[1].iloc[0] for each in (straight, flipped))
    assert first["test"] == second["test"] == "Kruskal-Wallis"
    assert first["statistic"] > second["statistic"]


def test_counts_shares_and_gaps_by_hand() -> None:
    described, tests = made()
    women = described.query("variable == 'sex' and category == 'f'").set_index("class")
    # Every third answers "f", the first of all gave no answer.
    assert list(women["n"]) == [7, 3, 4]
    assert list(women["missing"]) == [1, 1, 0]
    assert_allclose(women["share"], [100 * 7 / 23, 100 * 3 / 11, 100 * 4 / 12])
    age = described.query("variable == 'age' and kind == 'quantity'").set_index("class")
    assert list(age["n"]) == [22, 11, 11]
    assert list(age["mean"]) == [41.5, 36.0, 47.0]
    assert list(age["median"]) == [41.5, 36.0, 47.0]
    assert list(tests.set_index("variable").loc[["sex", "age"], "missing"]) == [1, 2]


def test_a_perfect_split_by_hand() -> None:
    """12 yes and 12 no, one class each: chi-squared is n, Cramér's V is 1."""
    _, tests = made()
    split = tests.set_index("variable").loc["work:a"]
    assert split["statistic"] == pytest.approx(24)
    assert (split["df"], split["smallest_expected"], split["effect"]) == (1, 6, pytest.approx(1))
    assert split["test_reason"] == "expected_large"


def test_small_expected_counts_call_for_the_exact_test() -> None:
    few = answers().iloc[[1, 2, 3, 13, 14, 15]]
    _, tests = made(respondent=few)
    row = tests.set_index("variable").loc["work:a"]
    assert (row["test"], row["test_reason"]) == ("Fisher-Freeman-Halton", "expected_small")
    assert row["p_value"] == pytest.approx(2 / 20)  # two of the 20 tables of these margins
    assert row["p_value_error"] == 0
    assert np.isnan(row["statistic"])


def test_numbers_are_those_of_rfree_and_corrections_cover_all() -> None:
    _, tests = made()
    table = tests.set_index("variable")
    respondent = answers()
    X = respondent[["sex", "work:a", "work:b"]].astype("object")
    Q = respondent[["age", "first:x", "first:y"]].astype("Float64")
    by_category = compare_categories(X, LABELS.to_numpy(), seed=1).set_index("variable")
    by_rank = compare_quantities(Q, LABELS.to_numpy()).set_index("variable")
    assert_allclose(table.loc[X.columns, "p_value"], by_category["p_value"])
    assert_allclose(table.loc[X.columns, "effect"], by_category["cramers_v"])
    assert_allclose(table.loc[Q.columns, "p_value"], by_rank["p_value"])
    assert_allclose(table.loc[Q.columns, "effect"], by_rank["epsilon_squared"])
    assert_allclose(table["p_holm"], adjusted_p_values(table["p_value"].to_numpy(), "holm"))
    assert_allclose(table["p_bh"], adjusted_p_values(table["p_value"].to_numpy(), "bh"))
    smallest = table["p_value"].idxmin()
    assert table.loc[smallest, "p_holm"] == pytest.approx(len(table) * table["p_value"].min())


def test_what_cannot_be_tested_is_shown_with_the_reason_and_not_counted() -> None:
    respondent = answers()
    respondent["sex"] = pd.array(["f"] * N, dtype="string")
    respondent["age"] = pd.array([pd.NA] * N, dtype="Float64")
    respondent.loc[LABELS == 2, "known"] = pd.NA
    described, tests = made(respondent=respondent)
    table = tests.set_index("variable")
    assert table.loc["sex", "test_reason"] == "same_answer"
    assert table.loc["age", "test_reason"] == "nobody_answered"
    assert table.loc["known", "test_reason"] == "not_comparable"
    assert set(table.loc[["sex", "age", "known"], "test"]) == {"none"}
    assert table.loc[["sex", "age", "known"], ["p_value", "p_holm"]].isna().all(axis=None)
    done = table["p_value"].dropna().to_numpy()
    assert_allclose(table["p_holm"].dropna(), adjusted_p_values(done, "holm"))
    assert {"sex", "age", "known"} <= set(described["variable"])


def test_weights_change_shares_and_tests_but_not_counts() -> None:
    weights = np.where(answers()["sex"].fillna("m") == "f", 3.0, 1.0)
    plain, _ = made()
    weighted, tests = made(weights=weights)
    assert list(weighted["n"]) == list(plain["n"])
    assert list(weighted["missing"]) == list(plain["missing"])
    women = weighted.query("variable == 'sex' and category == 'f' and `class` == 0")["share"]
    assert women.item() == pytest.approx(100 * 21 / (21 + 16))
    assert set(tests["test"]) <= {"Rao-Scott", "Lumley-Scott", "none"}
    assert set(tests.loc[tests["test"] != "none", "test_reason"]) == {"weighted"}


def test_a_weight_of_zero_leaves_a_respondent_out() -> None:
    weights = np.ones(N)
    weights[:2] = 0
    with_zero, without = made(weights=weights), made(respondent=answers().iloc[2:])
    for left, right in zip(with_zero, without, strict=True):
        pd.testing.assert_frame_equal(left, right)


def test_nothing_to_count_or_measure_makes_no_table() -> None:
    only_text = asked({"id": "note", "type": "text"})
    for questionnaire in (asked(), only_text):
        tables = characteristic_tables(
            questionnaire, answers(), LABELS, sample_weight=np.ones(N), seed=1
        )
        assert tables == {}


def test_a_question_absent_from_the_file_is_left_out() -> None:
    described, tests = made(respondent=answers().drop(columns=["sex", "first:y"]))
    assert "sex" not in set(described["variable"]) | set(tests["variable"])
    assert "first:y" not in set(tests["variable"])
