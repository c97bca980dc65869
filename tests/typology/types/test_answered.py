"""One denominator for one quantity: those who answered, in every table that shows a share."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rfree import describe_categories, describe_variables
from small_study import ITEMS, Project, answers
from typology.documents.explorer.type_content import distributions
from typology.questionnaire.characteristics import NO_ANSWER
from typology.results.pipeline import Analysis, run_pipeline
from typology.study import load_study
from typology.types.among_answered import categories_among_answered, variables_among_answered


@pytest.fixture(scope="module", params=["passive category", "own category", "imputation"])
def analysis(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Analysis:
    """A sample in which some left the question and the items unanswered."""
    table = answers(90)
    gaps = np.random.default_rng(2).random((90, 11)) < 0.12
    table[[*ITEMS, "sex"]] = table[[*ITEMS, "sex"]].mask(gaps, "")
    path = Project(tmp_path_factory.mktemp("gaps")).write(table, missing=request.param)
    return run_pipeline(load_study(path), validity=False)


def test_portraits_and_table_one_give_the_same_shares(analysis: Analysis) -> None:
    tests, described = analysis.tables["class_categories"], analysis.tables["characteristics"]
    sex = tests[(tests["variable"] == "sex") & (tests["category"] != NO_ANSWER)]
    own = described[described["variable"] == "sex"].set_index(["category", "class"])["share"]
    for row in sex.to_dict("records"):
        assert row["category_share"] == pytest.approx(own[row["category"], row["class"]])
        assert row["overall_share"] == pytest.approx(own[row["category"], 0])


def test_portraits_and_answers_to_items_give_the_same_shares(analysis: Analysis) -> None:
    tests = analysis.tables["class_categories"]
    active = tests[(tests["role"] == "active") & (tests["category"] != NO_ANSWER)]
    overall = analysis.tables["item_distribution"].set_index(["item", "code"])["share"]
    by_class = analysis.tables["class_distribution"].set_index(["class", "item", "code"])["share"]
    assert len(active)
    for row in active.to_dict("records"):
        item, code = row["variable"], int(row["category"])
        assert row["overall_share"] == pytest.approx(overall[item, code])
        assert row["category_share"] == pytest.approx(by_class[row["class"], item, code])


def test_who_did_not_answer_is_a_share_of_all(analysis: Analysis) -> None:
    missing = analysis.tables["missing_by_item"].set_index("item")["share"]
    tests = analysis.tables["class_categories"]
    none = tests[(tests["category"] == NO_ANSWER) & (tests["role"] == "active")]
    for row in none.to_dict("records"):
        assert row["overall_share"] == pytest.approx(missing[row["variable"]])


def test_the_explorer_shows_shares_of_those_who_answered(analysis: Analysis) -> None:
    shown = distributions(analysis.tables, analysis.fitted.questionnaire)["sex"]
    assert shown["answers"] == ["f", "m"]
    assert sum(shown["share"]) == pytest.approx(100, abs=0.01)
    for each in shown["classes"]:
        assert sum(each["share"]) == pytest.approx(100, abs=0.01)


@given(seed=st.integers(0, 200))
@settings(max_examples=30, deadline=None)
def test_without_gaps_all_is_as_among_all(seed: int) -> None:
    rng = np.random.default_rng(seed)
    X = pd.DataFrame({name: rng.choice(list("abc"), 30) for name in ("x", "y")})
    labels, weights = pd.Series(rng.integers(1, 4, 30)), np.ones(30)
    pd.testing.assert_frame_equal(
        categories_among_answered(X, labels, weights), describe_categories(X, labels)
    )
    pd.testing.assert_frame_equal(
        variables_among_answered(X, labels, weights), describe_variables(X, labels)
    )


def test_a_class_that_did_not_answer_has_no_share() -> None:
    X = pd.DataFrame({"sex": ["f", "m", NO_ANSWER, NO_ANSWER]})
    labels = pd.Series([1, 1, 2, 2])
    table = categories_among_answered(X, labels, np.ones(4)).set_index(["class", "category"])
    assert table.loc[(1, "f"), "category_share"] == 50
    assert np.isnan(table.loc[(2, "f"), "category_share"])
    assert table.loc[(2, "f"), "p_value"] == 1
    assert table.loc[(2, NO_ANSWER), "category_share"] == 100
    (row,) = variables_among_answered(X, labels, np.ones(4)).to_dict("records")
    assert (row["chi2"], row["p_value"]) == (0, 1)


def test_a_test_among_those_who_answered_is_that_of_the_table_without_the_others() -> None:
    rng = np.random.default_rng(4)
    answered = rng.choice(["f", "m"], 80)
    labels = pd.Series(rng.integers(1, 3, 80))
    X = pd.DataFrame({"sex": np.where(np.arange(80) % 5 == 0, NO_ANSWER, answered)})
    kept = (X["sex"] != NO_ANSWER).to_numpy()
    expected = describe_categories(X[kept], labels[kept])
    found = categories_among_answered(X, labels, np.ones(80))
    found = found[found["category"] != NO_ANSWER].reset_index(drop=True)
    columns = ["class", "category", "class_share", "category_share", "p_value", "v_test"]
    pd.testing.assert_frame_equal(found[columns], expected[columns])
