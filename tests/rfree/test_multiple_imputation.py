from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from joblib import parallel_config

from rfree.hcpc import HCPC
from rfree.mca import MCA
from rfree.multiple_imputation import imputed_membership, multiple_imputation


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
