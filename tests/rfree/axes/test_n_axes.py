from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from joblib import parallel_config

from rfree.axes.mca import MCA
from rfree.axes.n_axes import axes_criteria, elbow, parallel_analysis
from rfree.base.replicates import child_seed


def answers(attitudes: int, n: int = 200, items: int = 12) -> pd.DataFrame:
    """Answers made by a number of unrelated attitudes; by chance alone for 0."""
    rng = np.random.default_rng(11)
    noise = rng.normal(size=(n, items))
    if attitudes:
        noise += 1.5 * rng.normal(size=(n, attitudes))[:, np.arange(items) % attitudes]
    codes = np.digitize(noise, np.quantile(noise, [1 / 3, 2 / 3])) + 1
    return pd.DataFrame(codes, columns=[f"q{number:02d}" for number in range(items)]).astype(str)


def test_eigenvalues_are_those_of_the_mca() -> None:
    X = answers(2)
    table = parallel_analysis(X, replicates=2, seed=1)
    np.testing.assert_allclose(table["eigenvalue"], MCA().fit(X).eigenvalues_, atol=1e-12)


def test_eigenvalues_are_those_of_the_mca_with_weights_and_passive_categories() -> None:
    X = answers(2)
    weights = np.arange(200) % 5 / 2.0
    passive = [("q01", "2"), ("q04", "3")]
    mca = MCA(passive=passive).fit(X, sample_weight=weights)
    table = parallel_analysis(X, passive=passive, replicates=2, seed=1, sample_weight=weights)
    np.testing.assert_allclose(table["eigenvalue"], mca.eigenvalues_, atol=1e-12)


def test_unrelated_questions_keep_few_axes() -> None:
    table = parallel_analysis(answers(0), replicates=60, seed=1)
    assert table["retained"].sum() <= 1
    # Permutation keeps the total inertia (J - Q) / Q.
    assert table["null_mean"].sum() == pytest.approx(table["eigenvalue"].sum())


def test_attitudes_stand_out() -> None:
    table = parallel_analysis(answers(2), replicates=60, seed=1)
    assert table["retained"].iloc[:2].all()
    assert (table["null_95"] >= table["null_mean"]).all()


def test_retained_axes_have_no_gap() -> None:
    retained = parallel_analysis(answers(3), replicates=30, seed=1)["retained"].to_numpy()
    assert not (np.diff(retained.astype(int)) > 0).any()


def test_same_numbers_on_one_and_two_cores() -> None:
    X = answers(1)
    one = parallel_analysis(X, replicates=6, seed=3)
    with parallel_config(backend="threading"):
        pd.testing.assert_frame_equal(one, parallel_analysis(X, replicates=6, seed=3, n_jobs=2))


def test_elbow_by_hand() -> None:
    assert elbow([1.0, 0.9, 0.8, 0.3, 0.28, 0.27]) == 3
    assert elbow([1.0, 0.2, 0.1]) == 1
    assert elbow([1.0]) == 1


def test_criteria_by_hand() -> None:
    inertia = pd.DataFrame(
        {
            "eigenvalue": [0.5, 0.4, 0.1, 0.09],
            "benzecri": [70.0, 30.0, np.nan, np.nan],
            "greenacre": [45.0, 20.0, np.nan, np.nan],
        }
    )
    parallel = pd.DataFrame(
        {"null_95": [0.3, 0.25, 0.2, 0.1], "retained": [True, True] + 2 * [False]}
    )
    table = axes_criteria(inertia, n_variables=4, parallel=parallel).set_index("criterion")
    assert table.loc["parallel_analysis", ["number", "value", "threshold"]].tolist() == [
        2,
        0.4,
        0.25,
    ]
    assert table.loc["elbow", "number"] == 2
    assert table.loc["above_mean", ["number", "threshold"]].tolist() == [2, 0.25]
    assert table.loc["benzecri", ["number", "value"]].tolist() == [2, 100]
    # 65 % in all: the 70 % asked for are never reached.
    assert table["number"].isna().loc["greenacre"]
    assert table.loc["greenacre", "value"] == 65


def test_too_few_replicates_are_refused() -> None:
    with pytest.raises(ValueError, match="replicates is 1"):
        parallel_analysis(answers(1), replicates=1, seed=1)


def test_the_sharpest_bend_of_three_eigenvalues_is_the_second() -> None:
    assert elbow([1.0, 0.9, 0.1]) == 1
    assert elbow([1.0, 0.9]) == 1
    assert elbow([1.0, 0.9, 0.2, 0.1]) == 2
    assert elbow([1.0, 0.6, 0.5, 0.4]) == 1


def test_no_axis_above_chance_is_compared_with_the_first_limit() -> None:
    inertia = pd.DataFrame(
        {"eigenvalue": [0.5, 0.4], "benzecri": [80.0, 20.0], "greenacre": [70.0, np.nan]}
    )
    parallel = pd.DataFrame({"null_95": [0.6, 0.25], "retained": [False, False]})
    table = axes_criteria(inertia, n_variables=2, parallel=parallel).set_index("criterion")
    assert table.index.tolist() == [
        "parallel_analysis", "elbow", "above_mean", "benzecri", "greenacre",
    ]  # fmt: skip
    assert table.loc["parallel_analysis", "number"] == 0
    assert np.isnan(table.loc["parallel_analysis", "value"])
    assert table.loc["parallel_analysis", "threshold"] == 0.6
    # Thresholds that are just reached are reached.
    assert table.loc["benzecri", ["number", "value", "threshold"]].tolist() == [1, 80, 80]
    assert table.loc["greenacre", ["number", "value", "threshold"]].tolist() == [1, 70, 70]
    assert np.isnan(table.loc["elbow", "threshold"])
    assert table.loc["elbow", "value"] == 0.5
    assert table.loc["above_mean", "value"] == 0.4


def test_two_replicates_are_the_fewest() -> None:
    X = answers(1, n=30, items=3)
    assert len(parallel_analysis(X, replicates=2, seed=1)) == 6
    with pytest.raises(ValueError, match="replicates is 1"):
        parallel_analysis(X, replicates=1, seed=1)


def test_limits_are_those_of_the_permuted_tables() -> None:
    X = answers(1, n=60, items=4)
    table = parallel_analysis(X, replicates=4, seed=9)
    rng = [np.random.default_rng(child) for child in child_seed(9).spawn(4)]
    codes = X.apply(lambda column: pd.factorize(column, sort=True)[0]).to_numpy()
    values = np.array(
        [MCA().fit(pd.DataFrame(one.permuted(codes, axis=0)).astype(str)).eigenvalues_
         for one in rng]
    )  # fmt: skip
    np.testing.assert_allclose(table["null_mean"], values.mean(axis=0), atol=1e-12)
    np.testing.assert_allclose(table["null_95"], np.quantile(values, 0.95, axis=0), atol=1e-12)
    assert table["axis"].tolist() == list(range(1, 9))
    above = (table["eigenvalue"] > table["null_95"]).to_numpy()
    assert table["retained"].tolist() == np.logical_and.accumulate(above).tolist()


def test_one_question_has_no_axis_above_chance():
    # Its answers in another order are the same table: every axis is what chance makes.
    table = parallel_analysis(pd.DataFrame({"q": list("aabbbcd")}), replicates=20, seed=3)
    assert (table["eigenvalue"] == table["null_95"]).all()
    assert not table["retained"].any()
