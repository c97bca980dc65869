from __future__ import annotations

from itertools import permutations

import numpy as np
import pandas as pd
import pytest
from joblib import parallel_config
from sklearn.metrics import (
    adjusted_rand_score,
    calinski_harabasz_score,
    silhouette_samples,
    silhouette_score,
)

from rfree.base.replicates import child_seed
from rfree.classes.consolidation import consolidate, within_inertia
from rfree.classes.hcpc import HCPC
from rfree.classes.n_classes import STABLE_JACCARD, _summary, classes_criteria
from rfree.classes.ward import cut, ward_tree


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
    assert summary.loc["within_ratio", "classes"] == 4


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
        criterion = hcpc.criterion_.set_index("classes")["within_ratio"]
        assert table.loc[number, "within_ratio"] == pytest.approx(criterion.loc[number])


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
    same = [
        "within_share", "within_ratio", "gain_ratio", "krzanowski_lai", "calinski_harabasz",
    ]  # fmt: skip
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


FEW = clouds([[0, 0, 1], [7, 1, 0], [2, 8, 0]], each=6, seed=4)
UNEQUAL = np.random.default_rng(8).uniform(0.2, 3, len(FEW))


@pytest.fixture(scope="module")
def weighted() -> pd.DataFrame:
    options = {"max_classes": 4, "references": 2, "replicates": 3, "seed": 6}
    table = classes_criteria(FEW, sample_weight=UNEQUAL, **options).table
    # Far away, and of no weight.
    apart = np.vstack([FEW[:3], [[90.0, -90, 90]], FEW[3:]])
    none = classes_criteria(apart, sample_weight=np.insert(UNEQUAL, 3, 0), **options).table
    pd.testing.assert_frame_equal(none, table)
    return table.set_index("classes")


def test_weighted_criteria_by_hand(weighted: pd.DataFrame) -> None:
    shares = UNEQUAL / UNEQUAL.sum()
    total = float(shares @ ((FEW - shares @ FEW) ** 2).sum(axis=1))
    assert weighted.loc[1, "within_share"] == pytest.approx(1)
    for number in (2, 3, 4):
        hcpc = HCPC(number).fit(FEW, UNEQUAL)
        within = hcpc.within_inertia_ / total
        row = weighted.loc[number]
        assert row["within_share"] == pytest.approx(within)
        assert row["calinski_harabasz"] == pytest.approx(
            (1 - within) / (number - 1) / (within / (len(FEW) - number))
        )
        assert row["silhouette"] == pytest.approx(shares @ silhouette_samples(FEW, hcpc.labels_))


def test_gap_is_less_the_log_inertia_in_the_box_of_the_principal_axes(
    weighted: pd.DataFrame,
) -> None:
    def log_within(points: np.ndarray, *, thorough: bool) -> list[float]:
        tree = ward_tree(points, UNEQUAL)
        classes = [np.ones(len(points), dtype=int)] + [
            consolidate(points, cut(tree, number), UNEQUAL, thorough=thorough)
            for number in (2, 3, 4)
        ]
        return [float(np.log(within_inertia(points, each, UNEQUAL))) for each in classes]

    centred = FEW - np.average(FEW, axis=0, weights=UNEQUAL)
    turned = centred @ np.linalg.eigh(centred.T @ centred)[1][:, ::-1]
    low, high = turned.min(axis=0), turned.max(axis=0)
    boxes = [
        # The box turned round, where an axis has the other sign, has the same inertias.
        log_within(np.random.default_rng(child).uniform(low, high, FEW.shape), thorough=False)
        for child in child_seed(6).spawn(5)[:2]
    ]
    gap = np.mean(boxes, axis=0) - log_within(FEW, thorough=True)
    np.testing.assert_allclose(weighted["gap"], gap, rtol=1e-9)
    np.testing.assert_allclose(weighted["gap_se"], np.std(boxes, axis=0) * np.sqrt(1.5))


def test_stability_is_that_of_respondents_drawn_each_counted_once(weighted: pd.DataFrame) -> None:
    for number in (2, 4):
        own = HCPC(number).fit(FEW, UNEQUAL).labels_
        found, rand = [], []
        for child in child_seed(6).spawn(5)[2:]:
            drawn = np.random.default_rng(child).multinomial(len(FEW), np.full(len(FEW), 1 / 18))
            rows = np.flatnonzero(drawn)
            mass = (UNEQUAL * drawn)[rows]
            start = cut(ward_tree(FEW[rows], mass), number)
            again = consolidate(FEW[rows], start, mass, thorough=False)
            jaccard = np.zeros((number, number))
            for one, other in np.ndindex(number, number):
                here, there = own[rows] == one + 1, again == other + 1
                jaccard[one, other] = UNEQUAL[rows][here & there].sum() / (
                    UNEQUAL[rows][here | there].sum() or 1
                )
            best = max(permutations(range(number)), key=lambda p: jaccard[range(number), p].sum())
            found.append(jaccard[range(number), best])
            rand.append(adjusted_rand_score(own[rows], again))
        by_class = np.mean(found, axis=0)
        row = weighted.loc[number]
        assert row["stability"] == pytest.approx(by_class.mean())
        assert row["least_stability"] == pytest.approx(by_class.min())
        assert row["stability_rand"] == pytest.approx(np.mean(rand))
    assert weighted.loc[4, "least_stability"] < weighted.loc[4, "stability"] < 1


def test_a_class_of_which_nobody_was_drawn_counts_for_nothing() -> None:
    # Two clouds and one alone: in three classes, all come back whenever the one is drawn.
    points = np.vstack([clouds([[0, 0], [9, 0]], each=8, seed=3), [[4, 30]]])
    table = classes_criteria(points, max_classes=3, references=2, replicates=6, seed=11).table
    drawn = [
        np.random.default_rng(child).multinomial(17, np.full(17, 1 / 17))[-1] > 0
        for child in child_seed(11).spawn(8)[2:]
    ]
    assert 0 < np.mean(drawn) < 1
    assert table["least_stability"].iloc[2] == pytest.approx(np.mean(drawn))


def criteria_table(**changed: list[float]) -> pd.DataFrame:
    table = pd.DataFrame(
        {
            "classes": [1, 2, 3, 4],
            "within_ratio": [np.nan, 0.2, 0.5, 0.4],
            # Higher below the fewest classes that each considers.
            "gain_ratio": [np.nan, 9.0, 8.0, 1.5],
            "krzanowski_lai": [np.nan, 9.0, 2.5, 2.0],
            "silhouette": [np.nan, 0.3, 0.6, 0.5],
            "calinski_harabasz": [np.nan, 70.0, 60, 50],
            "gap": [0.1, 0.5, 0.75, 0.8],
            "gap_se": [0.0, 0.1, 0.25, 0.01],
            "least_stability": [np.nan, 0.9, STABLE_JACCARD, 0.7499],
        }
    )
    return table.assign(**changed)


def test_each_rule_by_hand() -> None:
    summary = _summary(criteria_table()).set_index("criterion")
    # gap(2) = gap(3) - s(3) exactly; the least stable of three classes is on the mark.
    assert summary["classes"].tolist() == [4, 2, 4, 3, 3, 2, 2, 3]
    assert summary["value"].tolist() == [0.4, 0.2, 1.5, 2.5, 0.6, 70, 0.5, 0.75]
    assert summary["weighted"].tolist() == [True, True, True, True, False, True, True, True]
    assert summary.index.tolist() == [
        "within_ratio", "within_ratio_from_2", "gain_ratio", "krzanowski_lai", "silhouette",
        "calinski_harabasz", "gap", "stability",
    ]  # fmt: skip
    assert summary["rule"].tolist() == [
        "lowest, from 3", "lowest, from 2", "highest, from 4", "highest, from 3",
        "highest", "highest",
        "fewest classes whose gap is within one standard error of the next",
        "most classes of which the least stable reaches .75",
    ]  # fmt: skip
    assert STABLE_JACCARD == 0.75


def test_rules_that_nothing_meets_suggest_nothing() -> None:
    table = criteria_table(gap=[0, 1, 2, 3.0], least_stability=[np.nan, 0.1, 0.2, 0.3])
    summary = _summary(table).set_index("criterion").loc[["gap", "stability"]]
    assert summary["classes"].isna().all()
    assert summary["value"].isna().all()
    # One class is suggested by the gap, and by no other.
    assert _summary(criteria_table(gap=[9, 1, 2, 3.0]))["classes"].tolist()[6] == 1


@pytest.mark.parametrize("setting", [{"max_classes": 2}, {"references": 1}, {"replicates": 1}])
def test_settings_below_the_least_are_refused(setting: dict[str, int]) -> None:
    least = {"max_classes": 3, "references": 2, "replicates": 2, "seed": 1}
    assert len(classes_criteria(FEW, **least).table) == 3
    with pytest.raises(ValueError, match=f"got .*{next(iter(setting.values()))}"):
        classes_criteria(FEW, **(least | setting))
