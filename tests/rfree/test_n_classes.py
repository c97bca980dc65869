from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from joblib import parallel_config
from sklearn.metrics import calinski_harabasz_score, silhouette_score

from rfree.hcpc import HCPC
from rfree.n_classes import classes_criteria


def clouds(centres: list[list[float]], each: int = 25, seed: int = 1) -> np.ndarray:
    rng = np.random.default_rng(seed)
    return np.repeat(np.array(centres), each, axis=0) + 0.6 * rng.normal(
        size=(each * len(centres), len(centres[0]))
    )


FOUR = clouds([[0, 0], [6, 0], [0, 6], [6, 6]])


@pytest.fixture(scope="module")
def result() -> tuple[pd.DataFrame, pd.DataFrame]:
    criteria = classes_criteria(FOUR, max_classes=6, references=10, replicates=10, seed=1)
    return criteria.table.set_index("classes"), criteria.summary.set_index("criterion")


def test_planted_classes_are_found_by_every_criterion(
    result: tuple[pd.DataFrame, pd.DataFrame],
) -> None:
    _, summary = result
    assert (
        summary.loc[["silhouette", "calinski_harabasz", "gap", "stability"], "classes"].eq(4).all()
    )
    assert summary.loc["r_criterion", "classes"] == 4


def test_criteria_are_those_of_hcpc_and_scikit_learn(
    result: tuple[pd.DataFrame, pd.DataFrame],
) -> None:
    table, _ = result
    for number in (2, 3, 5):
        hcpc = HCPC(number).fit(FOUR)
        assert table.loc[number, "within_share"] == pytest.approx(1 - hcpc.between_ratio_)
        assert table.loc[number, "silhouette"] == pytest.approx(
            silhouette_score(FOUR, hcpc.labels_)
        )
        assert table.loc[number, "calinski_harabasz"] == pytest.approx(
            calinski_harabasz_score(FOUR, hcpc.labels_)
        )
        criterion = hcpc.criterion_.set_index("classes")["criterion"]
        assert table.loc[number, "r_criterion"] == pytest.approx(criterion.loc[number])


def test_one_cloud_is_one_class_by_the_gap() -> None:
    criteria = classes_criteria(
        clouds([[0, 0, 0]], each=80), max_classes=4, references=20, replicates=4, seed=2
    )
    assert criteria.summary.set_index("criterion").loc["gap", "classes"] == 1


def test_stability_is_one_for_the_planted_number_only(
    result: tuple[pd.DataFrame, pd.DataFrame],
) -> None:
    table, _ = result
    assert table.loc[4, "stability"] == pytest.approx(1)
    assert table.loc[4, "stability_rand"] == pytest.approx(1)
    assert table.loc[6, "least_stability"] < 0.75
    assert table.loc[1].drop(["within_share", "gap", "gap_se"]).isna().all()


def test_whole_weights_are_worth_the_rows_repeated() -> None:
    weights = 1 + np.arange(len(FOUR)) % 3
    options = {"max_classes": 4, "references": 2, "replicates": 2, "seed": 1}
    weighted = classes_criteria(FOUR, sample_weight=weights, frequencies=True, **options).table
    repeated = classes_criteria(np.repeat(FOUR, weights, axis=0), **options).table
    same = ["within_share", "r_criterion", "calinski_harabasz"]
    pd.testing.assert_frame_equal(weighted[same], repeated[same])


def test_same_numbers_on_one_and_two_cores() -> None:
    options = {"max_classes": 4, "references": 3, "replicates": 3, "seed": 5}
    one = classes_criteria(FOUR, **options)
    with parallel_config(backend="threading"):
        two = classes_criteria(FOUR, n_jobs=2, **options)
    pd.testing.assert_frame_equal(one.table, two.table)


def test_too_few_respondents_are_refused() -> None:
    with pytest.raises(ValueError, match="at least 4 different respondents"):
        classes_criteria([[0.0], [1.0], [2.0], [2.0]], seed=1)


def test_many_doubles_are_no_obstacle() -> None:
    points = np.repeat([[0.0], [1.0], [5.0], [6.0], [9.0]], 6, axis=0)
    table = classes_criteria(points, seed=1, references=2, replicates=10).table
    assert table["classes"].tolist() == [1, 2, 3, 4]
    assert table["stability"].iloc[1:].notna().all()
