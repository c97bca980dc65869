from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from joblib import parallel_config

from rfree.axes.mca import MCA
from rfree.classes.hcpc import HCPC
from rfree.missing.multiple_imputation import _membership, imputed_membership, multiple_imputation


@pytest.fixture(scope="module")
def answers() -> pd.DataFrame:
    """Three groups of 30 respondents, ten questions."""
    rng = np.random.default_rng(8)
    middle = np.repeat([-1.5, 0.0, 1.5], 30)[:, np.newaxis]
    codes = np.digitize(middle + 0.7 * rng.normal(size=(90, 10)), [-1, 0, 1]) + 1
    return pd.DataFrame(codes, columns=[f"q{number}" for number in range(10)]).astype(str)


@pytest.fixture(scope="module")
def holes(answers: pd.DataFrame) -> pd.DataFrame:
    return answers.mask(np.random.default_rng(1).random(answers.shape) < 0.15)


def study_labels(X: pd.DataFrame) -> np.ndarray:
    return HCPC(3).fit(MCA(2).fit(X).row_coordinates_).labels_


def test_only_missing_answers_differ(holes: pd.DataFrame) -> None:
    result = multiple_imputation(holes, n_components=2, n_imputations=5, seed=1)
    given = holes.notna().to_numpy()
    for table in result.tables:
        assert (table.to_numpy()[given] == holes.to_numpy()[given]).all()
    assert result.n_missing == int((~given).sum())
    drawn = np.array([table.to_numpy()[~given] for table in result.tables])
    assert 0 < (drawn[0] != drawn[1]).mean() < 1


def test_draws_follow_the_shares_when_nothing_else_is_known() -> None:
    rng = np.random.default_rng(4)
    X = pd.DataFrame({"a": ["x"] * 240 + ["y"] * 80 + [None] * 80})
    X["b"] = rng.choice(["u", "v"], 400)
    tables = multiple_imputation(X, n_components=0, n_imputations=20, seed=1).tables
    share = np.mean([(table["a"].iloc[320:] == "x").mean() for table in tables])
    # Standard error: about .01 for the draws and .005 for the resampled shares.
    assert share == pytest.approx(0.75, abs=0.04)


def test_same_tables_on_one_and_two_cores(holes: pd.DataFrame) -> None:
    one = multiple_imputation(holes, n_components=2, n_imputations=3, seed=7)
    with parallel_config(backend="threading"):
        two = multiple_imputation(holes, n_components=2, n_imputations=3, seed=7, n_jobs=2)
    for left, right in zip(one.tables, two.tables, strict=True):
        pd.testing.assert_frame_equal(left, right)


def test_complete_table_leaves_no_doubt(answers: pd.DataFrame) -> None:
    labels = study_labels(answers)
    several = multiple_imputation(answers, n_components=2, n_imputations=3, seed=1)
    result = imputed_membership(several, labels, n_axes=2)
    assert (result.respondents["own_share"] == 100).all()
    assert (result.imputations["adjusted_rand"] == 1).all()
    assert (result.classes["mean_jaccard"] == 1).all()
    assert result.classes["mean_n"].tolist() == result.classes["n"].tolist()


def test_doubt_is_where_answers_are_missing(answers: pd.DataFrame) -> None:
    labels = study_labels(answers)
    holes = answers.copy()
    holes.iloc[::9, :8] = None
    several = multiple_imputation(holes, n_components=2, n_imputations=12, seed=1)
    result = imputed_membership(several, labels, n_axes=2)
    np.testing.assert_allclose(result.shares.sum(axis=1), 100)
    own = result.respondents["own_share"]
    assert own.iloc[::9].mean() < own.drop(own.index[::9]).mean() - 5
    low, high = result.classes["low_n"], result.classes["high_n"]
    assert ((low <= result.classes["mean_n"]) & (result.classes["mean_n"] <= high)).all()


def test_wrong_calls_are_refused(holes: pd.DataFrame) -> None:
    with pytest.raises(ValueError, match="n_imputations is 0"):
        multiple_imputation(holes, n_components=1, n_imputations=0, seed=1)
    several = multiple_imputation(holes, n_components=1, n_imputations=1, seed=1)
    with pytest.raises(ValueError, match="expected one class for each of 90"):
        imputed_membership(several, [1, 2], n_axes=2)


def test_shares_sizes_and_agreement_over_the_imputations_by_hand() -> None:
    # Two imputations of five respondents; the second gives respondent b to the other class.
    labels = np.array([[1, 1, 1, 2, 2], [2, 1, 2, 1, 1]])
    reference = np.array([1, 1, 1, 2, 2])
    weights = np.array([1.0, 2.0, 1.0, 1.0, 3.0])
    found = _membership(labels, reference, weights, pd.Index(list("abcde")))
    assert found.shares.index.tolist() == list("abcde")
    assert found.shares.columns.tolist() == [1, 2]
    assert found.shares.columns.name == "class"
    np.testing.assert_allclose(found.shares[1], [100, 50, 100, 0, 0])
    np.testing.assert_allclose(found.shares[2], [0, 50, 0, 100, 100])
    people = found.respondents
    assert people["respondent"].tolist() == list("abcde")
    assert people["class"].tolist() == reference.tolist()
    # Equal shares: the study's class is kept.
    assert people["imputed_class"].tolist() == reference.tolist()
    assert people["own_share"].tolist() == [100, 50, 100, 100, 100]
    classes = found.classes
    assert classes["class"].tolist() == [1, 2]
    # Three and two respondents; two and three in the second imputation.
    assert classes["n"].tolist() == [3, 2]
    np.testing.assert_allclose(classes["mean_n"], [2.5, 2.5])
    np.testing.assert_allclose(classes["low_n"], [2.025, 2.025])
    np.testing.assert_allclose(classes["high_n"], [2.975, 2.975])
    # Of a weight of 8: 4 and 4; 2 and 6.
    np.testing.assert_allclose(classes["share"], [50, 50])
    np.testing.assert_allclose(classes["mean_share"], [37.5, 62.5])
    np.testing.assert_allclose(classes["mean_jaccard"], [(1 + 2 / 4) / 2, (1 + 4 / 6) / 2])
    assert found.imputations["imputation"].tolist() == [1, 2]
    # Second imputation: overlap [[2, 1], [0, 2]]; 2 pairs together, 4 and 4 expected of 10.
    np.testing.assert_allclose(found.imputations["adjusted_rand"], [1, (2 - 1.6) / (4 - 1.6)])


def test_equal_shares_go_to_the_class_of_the_study_whichever_its_number() -> None:
    labels = np.array([[1, 1, 2, 2, 2], [1, 1, 1, 2, 2]])
    reference = np.array([1, 1, 2, 2, 2])
    found = _membership(labels, reference, np.ones(5), pd.RangeIndex(5))
    assert found.respondents["imputed_class"].tolist() == [1, 1, 2, 2, 2]


def test_a_respondent_of_weight_zero_is_refused(answers: pd.DataFrame) -> None:
    several = multiple_imputation(answers, n_components=1, n_imputations=1, seed=1)
    weights = np.ones(90)
    weights[3] = 0
    with pytest.raises(ValueError, match="1 respondents have weight zero"):
        imputed_membership(several, study_labels(answers), n_axes=2, sample_weight=weights)


def test_weights_reach_the_drawn_shares() -> None:
    X = pd.DataFrame({"a": ["x"] * 200 + ["y"] * 100 + [None] * 80})
    X["b"] = np.random.default_rng(4).choice(["u", "v"], 380)
    weights = np.where(X["a"] == "y", 6.0, 1.0)
    tables = multiple_imputation(
        X, n_components=0, n_imputations=10, seed=1, sample_weight=weights
    ).tables
    # Shares 200 and 600: a quarter.
    share = np.mean([(table["a"].iloc[300:] == "x").mean() for table in tables])
    assert share == pytest.approx(0.25, abs=0.06)


def test_tables_that_were_not_filled_to_the_end_are_counted(holes: pd.DataFrame) -> None:
    done = multiple_imputation(holes, n_components=1, n_imputations=3, seed=1)
    assert done.converged_share == 1
    cut = multiple_imputation(holes, n_components=1, n_imputations=3, seed=1, max_iterations=1)
    assert cut.converged_share == 0
    # Without an axis there is nothing to search for.
    none = multiple_imputation(holes, n_components=0, n_imputations=2, seed=1, max_iterations=1)
    assert none.converged_share == 1


def test_children_of_the_seed_fill_one_table_each(holes: pd.DataFrame) -> None:
    few = multiple_imputation(holes, n_components=1, n_imputations=2, seed=5)
    more = multiple_imputation(holes, n_components=1, n_imputations=4, seed=5)
    for one, other in zip(few.tables, more.tables[:2], strict=True):
        pd.testing.assert_frame_equal(one, other)
    assert len(more.tables) == 4
    assert not more.tables[0].equals(more.tables[1])
