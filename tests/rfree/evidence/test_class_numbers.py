"""Numbers of classes judged by halves and by resamples: against fpc, by hand, on populations."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from rfree.classes.chain import ChainSettings, code_table, run_chain
from rfree.classes.transfers import class_centres
from rfree.evidence.chain_cuts import cut_chain, nearest_class
from rfree.evidence.class_selection import (
    best_jaccard,
    pair_instability,
    parted_pairs,
    select_classes,
)
from rfree.evidence.prediction_strength import pair_strength, prediction_strength

R_NUMBERS = Path(__file__).parents[3] / "R-free" / "reference"


@pytest.fixture(scope="module")
def points() -> np.ndarray:
    return pd.read_csv(R_NUMBERS / "stability" / "points.csv").to_numpy()


def partitions(name: str) -> dict[int, list[tuple[np.ndarray, np.ndarray]]]:
    """By number of classes, the points that fpc clustered and their classes from 0."""
    table = pd.read_csv(R_NUMBERS / "class_numbers" / name)
    found: dict[int, list[tuple[np.ndarray, np.ndarray]]] = {}
    for (classes, _), drawn in table.groupby(["classes", "call"]):
        pair = drawn["point"].to_numpy() - 1, drawn["class"].to_numpy() - 1
        found.setdefault(int(classes), []).append(pair)
    return found


def predicted(points: np.ndarray, rows: np.ndarray, labels: np.ndarray) -> np.ndarray:
    """Own classes of the points clustered, each counted once; of the others, the nearest mean."""
    rows, first = np.unique(rows, return_index=True)
    labels = labels[first]
    centres, _ = class_centres(points[rows], labels, np.ones(len(rows)), labels.max() + 1)
    found = nearest_class(points, centres)
    found[rows] = labels
    return found


@pytest.mark.parametrize("n_classes", [2, 3, 4])
def test_strengths_are_those_of_fpc(points: np.ndarray, n_classes: int) -> None:
    """Splits with a class of one are left out: fpc places such a centre otherwise."""
    table = pd.read_csv(R_NUMBERS / "class_numbers" / "strength.csv").set_index("classes")
    halves = partitions("halves.csv")[n_classes]
    compared = 0
    for one, other, expected in zip(
        halves[::2], halves[1::2], table.loc[n_classes, "strength"], strict=True
    ):
        assert not set(one[0]) & set(other[0])
        if min(np.bincount(one[1]).min(), np.bincount(other[1]).min()) > 1:
            found = [
                pair_strength(labels, predicted(points, *theirs)[rows])
                for (rows, labels), theirs in ((one, other), (other, one))
            ]
            assert np.mean(found) == pytest.approx(expected, abs=1e-12)
            compared += 1
    assert compared


@pytest.mark.parametrize("n_classes", [2, 3, 4])
def test_instabilities_are_those_of_fpc(points: np.ndarray, n_classes: int) -> None:
    expected = pd.read_csv(R_NUMBERS / "class_numbers" / "instability.csv").set_index("classes")
    draws = partitions("draws.csv")[n_classes]
    found = [
        parted_pairs(predicted(points, *one), predicted(points, *other))
        for one, other in zip(draws[::2], draws[1::2], strict=True)
    ]
    assert np.mean(found) == pytest.approx(expected.loc[n_classes, "instability"], abs=1e-12)


def test_similarities_are_those_of_clusterboot() -> None:
    folder = R_NUMBERS / "stability"
    own = pd.read_csv(folder / "sample.csv").set_index("point")["class"]
    expected = pd.read_csv(folder / "jaccard.csv", index_col="replicate")
    for number, drawn in pd.read_csv(folder / "resamples.csv").groupby("replicate"):
        similarity = best_jaccard(
            own.loc[drawn["point"]].to_numpy() - 1, drawn["class"].to_numpy() - 1, 3
        )
        np.testing.assert_allclose(similarity, expected.loc[number], atol=1e-12)


def test_pairs_by_hand() -> None:
    own, other = np.array([0, 0, 0, 1, 1, 2]), np.array([0, 0, 1, 1, 1, 0])
    # Of the three pairs of the first class one is kept; the third class has no pair.
    assert pair_strength(own, other) == pytest.approx(1 / 3)
    pairs = [(own[i] == own[j]) != (other[i] == other[j]) for i in range(6) for j in range(6)]
    assert pair_instability(own, other) == pytest.approx(np.mean(pairs))
    assert pair_strength(np.arange(3), np.zeros(3, dtype=int)) == 1


def test_a_weight_of_two_is_two_respondents() -> None:
    rng = np.random.default_rng(1)
    own, other = rng.integers(0, 3, (2, 30))
    counts = 1 + np.arange(30) % 2
    twice = own.repeat(counts), other.repeat(counts)
    weighted = pair_instability(own, other, counts.astype(float))
    assert weighted == pytest.approx(pair_instability(*twice))
    by_hand = []
    for number in range(3):
        here = np.flatnonzero(own == number)
        products = np.outer(counts[here], counts[here])
        products[np.diag_indices(len(here))] = 0
        kept = other[here][:, np.newaxis] == other[here]
        by_hand.append((products * kept).sum() / products.sum())
    assert pair_strength(own, other, counts.astype(float)) == pytest.approx(min(by_hand))


def groups(n: int, apart: float) -> pd.DataFrame:
    """Three groups whose profiles cross, ``apart`` from each other; 0: one attitude instead."""
    rng = np.random.default_rng(7)
    kinds = np.array([[1, 1, -1, -1], [1, -1, 1, -1], [-1, 1, 1, -1]]).repeat(3, axis=1)
    latent = apart * kinds[np.arange(n) % 3] if apart else rng.normal(size=(n, 1)) * np.ones(12)
    codes = 1 + ((latent + rng.normal(size=latent.shape))[:, :, np.newaxis] > [-1, 0, 1]).sum(
        axis=2
    )
    return pd.DataFrame(codes).astype(str).rename(columns=str)


@pytest.fixture(scope="module")
def planted() -> pd.DataFrame:
    return groups(150, 1.5)


def test_cuts_are_those_of_the_chain(planted: pd.DataFrame) -> None:
    table = code_table(planted)
    counts = np.bincount(np.random.default_rng(2).integers(0, 150, 150), minlength=150)
    for drawn in (None, counts):
        cuts = cut_chain(table, range(2, 6), n_axes=3, consolidated=True, counts=drawn)
        for number in (2, 4):
            chain = run_chain(table, ChainSettings(3, number), counts=drawn)
            np.testing.assert_array_equal(cuts.rows, chain.rows)
            pairs = set(zip(chain.labels.tolist(), cuts.labels[number].tolist(), strict=True))
            assert len(pairs) == number


def test_planted_groups_are_predicted_and_one_attitude_is_not(planted: pd.DataFrame) -> None:
    found = prediction_strength(planted, n_axes=2, max_classes=5, n_splits=8, seed=1)
    assert found.suggested == 3
    strengths = found.table.set_index("classes")["strength"]
    assert strengths[3] > 0.9 > strengths[4]
    assert found.splits.shape == (8, 4)
    one = prediction_strength(groups(150, 0), n_axes=2, max_classes=5, n_splits=8, seed=1)
    assert (one.table.set_index("classes")["strength"].loc[3:] < 0.8).all()


def test_planted_groups_come_back_in_resamples(planted: pd.DataFrame) -> None:
    found = select_classes(planted, n_axes=2, max_classes=5, n_replicates=8, seed=1)
    table = found.table.set_index("classes")
    assert found.least_instable == 3
    assert table.loc[3, "least_jaccard"] > 0.9 > table.loc[4, "least_jaccard"]
    assert (table["least_jaccard"] <= table["mean_jaccard"]).all()
    means = found.jaccard.groupby("classes")["mean_jaccard"]
    np.testing.assert_allclose(means.min(), table["least_jaccard"])
    np.testing.assert_allclose(means.mean(), table["mean_jaccard"])


def test_numbers_do_not_depend_on_the_cores_and_frequencies_are_rows(
    planted: pd.DataFrame,
) -> None:
    some, counts = planted.iloc[:40], 1 + np.arange(40) % 2
    repeated = some.iloc[np.arange(40).repeat(counts)]
    for judge, size in ((prediction_strength, "n_splits"), (select_classes, "n_replicates")):
        settings = {"n_axes": 2, "max_classes": 3, size: 9, "seed": 4}
        once = judge(repeated, **settings).table
        pd.testing.assert_frame_equal(once, judge(repeated, n_jobs=2, **settings).table)
        counted = judge(some, sample_weight=counts, frequencies=True, **settings).table
        pd.testing.assert_frame_equal(once, counted)


def test_few_positions_leave_numbers_out_or_are_said() -> None:
    X = pd.DataFrame({"a": list("ynyn") * 5, "b": list("yynn") * 5})
    table = select_classes(X, n_axes=2, max_classes=6, n_replicates=6, seed=1).table
    assert table["classes"].max() == 4
    strength = prediction_strength(X, n_axes=2, max_classes=6, n_splits=6, seed=1)
    assert strength.table["classes"].max() == 4
    same = pd.DataFrame({"a": ["y"] * 6, "b": ["n"] * 6})
    for judge in (prediction_strength, select_classes):
        with pytest.raises(ValueError, match="as many different"):
            judge(same, n_axes=1)
        with pytest.raises(ValueError, match="at least 2"):
            judge(X, n_axes=1, max_classes=1)
