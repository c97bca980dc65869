"""Classes that come back, and those that do not."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from rfree.chain import ChainSettings, code_table, run_chain
from rfree.matching import jaccard_table, match_classes
from rfree.replicates import child_seed, run_replicates
from rfree.resampled_axes import aligned_coordinates, category_ellipses
from rfree.stability import bootstrap_stability
from rfree.stability_tables import class_means, stability_reading
from rfree.ward import cut, ward_tree

R_NUMBERS = Path(__file__).parents[2] / "R-free" / "reference" / "stability"


def planted(n: int, distance: float, seed: int = 0) -> tuple[pd.DataFrame, np.ndarray]:
    """Three groups along a line, of which the middle one is the largest."""
    generator = np.random.default_rng(seed)
    group = np.sort(generator.choice(3, n, p=[0.3, 0.4, 0.3]))
    latent = distance * (group[:, np.newaxis] - 1) + generator.standard_normal((n, 12))
    codes = 1 + (latent[:, :, np.newaxis] > [-1.5, -0.5, 0.5, 1.5]).sum(axis=2)
    index = [f"R{number}" for number in range(n)]
    return pd.DataFrame(codes, index=index, columns=list("abcdefghijkl")).astype(str), group


def test_jaccard_by_hand() -> None:
    first, second = np.array([1, 1, 1, 2, 2, 3]), np.array([1, 1, 2, 2, 2, 2])
    by_hand = [[2 / 3, 1 / 6], [0, 2 / 4], [0, 1 / 4]]
    np.testing.assert_allclose(jaccard_table(first, second, 3, 2), by_hand)


def test_weighted_jaccard_is_that_of_repeated_respondents() -> None:
    generator = np.random.default_rng(1)
    first, second = generator.integers(1, 4, 30), generator.integers(1, 4, 30)
    times = generator.integers(0, 4, 30)
    weighted = jaccard_table(first, second, 3, 3, times.astype(float))
    repeated = jaccard_table(np.repeat(first, times), np.repeat(second, times), 3, 3)
    np.testing.assert_allclose(weighted, repeated)


def test_matching_maximises_the_total_not_each_class() -> None:
    similarity = np.array([[0.6, 0.5], [0.55, 0.1]])
    # Greedy would take .6 + .1.
    np.testing.assert_array_equal(match_classes(similarity), [1, 0])


def test_similarities_are_those_of_fpc() -> None:
    points = pd.read_csv(R_NUMBERS / "points.csv").to_numpy()
    sample = pd.read_csv(R_NUMBERS / "sample.csv")
    resamples = pd.read_csv(R_NUMBERS / "resamples.csv")
    expected = pd.read_csv(R_NUMBERS / "jaccard.csv", index_col="replicate")
    own = sample.set_index("point")["class"]
    np.testing.assert_array_equal(own.to_numpy(), cut(ward_tree(points), 3))
    for number, drawn in resamples.groupby("replicate"):
        found = drawn["class"].to_numpy()
        here = drawn["point"].to_numpy()
        similarity = jaccard_table(own.loc[here].to_numpy(), found, 3, 3)
        np.testing.assert_allclose(similarity.max(axis=1), expected.loc[number], atol=1e-12)
        # R's partition of the resample is the tree's too, up to the names of the classes.
        tree = cut(ward_tree(points[here - 1]), 3)
        assert (jaccard_table(tree, found, 3, 3).max(axis=1) == 1).all()


def test_readings_change_at_hennigs_marks() -> None:
    marks = [0, 0.599, 0.6, 0.749, 0.75, 0.849, 0.85, 1]
    readings = [stability_reading(mark) for mark in marks]
    expected = ["do not trust", "a pattern", "stable", "highly stable"]
    assert readings == [reading for reading in expected for _ in range(2)]


def test_planted_groups_come_back() -> None:
    X, group = planted(150, 3.0)
    result = bootstrap_stability(X, n_axes=2, n_classes=3, n_replicates=25, seed=3)
    assert (result.classes["reading"] == "highly stable").all()
    assert (result.classes["recovered"] == 25).all()
    assert (result.classes["dissolved"] == 0).all()
    own = result.respondents["class"].to_numpy()
    assert jaccard_table(own, group + 1, 3, 3).max(axis=1).min() > 0.95
    assert result.respondents["confidence"].mean() > 0.97
    assert list(result.respondents["respondent"]) == list(X.index)


def test_classes_of_noise_dissolve() -> None:
    generator = np.random.default_rng(5)
    X = pd.DataFrame(generator.integers(1, 6, (150, 12))).astype(str)
    result = bootstrap_stability(X, n_axes=3, n_classes=4, n_replicates=20, seed=3)
    assert (result.classes["reading"] == "do not trust").all()
    assert result.respondents["confidence"].mean() < 0.7


def test_tables_follow_from_the_replicates() -> None:
    X, _ = planted(100, 1.2)
    result = bootstrap_stability(X, n_axes=2, n_classes=3, n_replicates=30, seed=2, level=0.9)
    table, jaccard = result.classes, result.jaccard.to_numpy()
    np.testing.assert_allclose(table["mean_jaccard"], jaccard.mean(axis=0))
    np.testing.assert_allclose(table["low"], np.quantile(jaccard, 0.05, axis=0))
    np.testing.assert_array_equal(table["dissolved"], (jaccard <= 0.5).sum(axis=0))
    np.testing.assert_array_equal(table["recovered"], (jaccard >= 0.75).sum(axis=0))
    assert result.mean_jaccard == pytest.approx(jaccard.mean())
    people = result.respondents
    assert (people["confidence"] + people["second_share"] <= 1 + 1e-12).all()
    assert (people["class"] != people["second_class"]).all()
    assert ((people["second_class"] == 0) == (people["second_share"] == 0)).all()
    assert result.sizes["share"].sum() == pytest.approx(100)
    assert (result.sizes["low"] <= result.sizes["high"]).all()


def test_numbers_are_the_same_on_one_and_two_cores() -> None:
    X, _ = planted(60, 1.5)
    profiles = pd.DataFrame({"score": X.astype(int).mean(axis=1)})
    done: list[int] = []
    one, two = (
        bootstrap_stability(X, n_axes=2, n_classes=3, n_replicates=18, seed=7, n_jobs=n_jobs,
                            profiles=profiles, progress=done.append)
        for n_jobs in (1, 2)
    )  # fmt: skip
    for table in ("classes", "respondents", "sizes", "profiles", "ellipses", "jaccard"):
        pd.testing.assert_frame_equal(getattr(one, table), getattr(two, table), check_exact=True)
    assert done == [8, 16, 18] * 2


def test_more_replicates_begin_with_the_same_ones() -> None:
    X, _ = planted(60, 1.5)
    few = bootstrap_stability(X, n_axes=2, n_classes=3, n_replicates=5, seed=7)
    many = bootstrap_stability(X, n_axes=2, n_classes=3, n_replicates=9, seed=7)
    pd.testing.assert_frame_equal(few.jaccard, many.jaccard.iloc[:5])


def test_classes_keep_the_numbers_of_the_labels_given() -> None:
    X, _ = planted(90, 2.0)
    own = run_chain(code_table(X), ChainSettings(2, 3), thorough=True).labels
    turned = np.array([0, 3, 1, 2])[own]
    straight = bootstrap_stability(X, n_axes=2, n_classes=3, n_replicates=10, seed=1)
    other = bootstrap_stability(X, n_axes=2, n_classes=3, n_replicates=10, seed=1, labels=turned)
    np.testing.assert_allclose(other.jaccard[[3, 1, 2]], straight.jaccard[[1, 2, 3]])
    np.testing.assert_allclose(other.respondents["confidence"], straight.respondents["confidence"])


def test_profiles_leave_out_what_is_unknown() -> None:
    X, group = planted(90, 3.0)
    profiles = pd.DataFrame({"group": group.astype(float), "unknown": np.nan}, index=X.index)
    profiles.iloc[::7, 0] = np.nan
    result = bootstrap_stability(
        X, n_axes=2, n_classes=3, n_replicates=15, seed=1, profiles=profiles
    )
    known = result.profiles[result.profiles["profile"] == "group"]
    assert (known["low"] <= known["mean"]).all()
    assert (known["mean"] <= known["high"]).all()
    assert sorted(known["mean"].round()) == [0, 1, 2]
    assert result.profiles.loc[result.profiles["profile"] == "unknown", "mean"].isna().all()


def test_class_means_by_hand() -> None:
    values = np.array([[1.0, 2.0], [4.0, np.nan], [7.0, 8.0]])
    means = class_means(values, np.array([0, 0, 1]), np.array([1.0, 2.0, 5.0]), 2)
    np.testing.assert_allclose(means, [[3.0, 2.0], [7.0, 8.0]])


def test_equal_weights_change_nothing_and_others_do() -> None:
    X, _ = planted(80, 1.5)
    plain = bootstrap_stability(X, n_axes=2, n_classes=3, n_replicates=6, seed=1)
    same = bootstrap_stability(X, n_axes=2, n_classes=3, n_replicates=6, seed=1,
                               sample_weight=np.full(80, 2.5))  # fmt: skip
    pd.testing.assert_frame_equal(plain.jaccard, same.jaccard)
    weights = np.random.default_rng(0).uniform(0.5, 2, 80)
    weighted = bootstrap_stability(X, n_axes=2, n_classes=3, n_replicates=6, seed=1,
                                   sample_weight=weights)  # fmt: skip
    own = weighted.respondents["class"].to_numpy()
    expected = 100 * np.bincount(own, weights)[1:] / weights.sum()
    np.testing.assert_allclose(weighted.sizes["share"], expected)


def test_axes_are_turned_back() -> None:
    generator = np.random.default_rng(2)
    sample = generator.standard_normal((20, 3))
    rotation, _ = np.linalg.qr(generator.standard_normal((3, 3)))
    turned = sample @ rotation
    turned[4] = np.nan
    back = aligned_coordinates(turned, sample)
    np.testing.assert_allclose(np.delete(back, 4, axis=0), np.delete(sample, 4, axis=0), atol=1e-12)
    assert np.isnan(back[4]).all()


def test_ellipses_hold_the_share_asked_for() -> None:
    generator = np.random.default_rng(3)
    root = np.array([[2.0, 0.0], [1.0, 0.5]])
    cloud = np.array([3.0, -1.0]) + generator.standard_normal((4000, 1, 2)) @ root.T
    categories = pd.MultiIndex.from_tuples([("q", "yes")])
    ellipse = category_ellipses(np.array([[3.0, -1.0]]), cloud, categories, level=0.9).iloc[0]
    angle = np.radians(ellipse["angle"])
    turn = np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])
    away = (cloud[:, 0] - ellipse[["center_x", "center_y"]].to_numpy(dtype=float)) @ turn.T
    inside = (2 * away[:, 0] / ellipse["width"]) ** 2 + (
        2 * away[:, 1] / ellipse["height"]
    ) ** 2 <= 1
    assert inside.mean() == pytest.approx(0.9, abs=0.02)
    assert ellipse["width"] > ellipse["height"]
    assert ellipse["replicates"] == 4000


def test_a_category_met_in_few_replicates_has_no_ellipse() -> None:
    X, _ = planted(60, 1.5)
    X["a"] = ["rare"] + ["often"] * 30 + ["other"] * 29
    result = bootstrap_stability(X, n_axes=2, n_classes=3, n_replicates=4, seed=1)
    rare = result.ellipses.set_index(["variable", "category"]).loc[[("a", "rare")]]
    assert (rare["replicates"] <= 4).all()
    assert rare["width"].isna().all() == (rare["replicates"] < 3).all()


def test_child_seeds_are_those_that_spawning_gives_and_leave_the_parent_alone() -> None:
    parent = np.random.SeedSequence(12)
    child = child_seed(parent, 1)
    assert parent.n_children_spawned == 0
    spawned = np.random.SeedSequence(12).spawn(2)[1]
    np.testing.assert_array_equal(child.generate_state(4), spawned.generate_state(4))
    first, again = (run_replicates(lambda g: float(g.random()), 3, seed=parent) for _ in range(2))
    assert first == again
    assert len(set(first)) == 3


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"level": 1.0}, "level is 1.0"),
        ({"labels": [1, 2]}, "labels has shape"),
        ({"labels": [1] * 60}, "expected all classes 1..3"),
        ({"profiles": pd.DataFrame({"a": [1.0]})}, "profiles .1 rows. and X .60. are"),
        ({"n_replicates": 0}, "n_replicates is 0"),
    ],
)
def test_wrong_settings_are_errors(settings: dict[str, object], message: str) -> None:
    X, _ = planted(60, 1.5)
    with pytest.raises(ValueError, match=message):
        bootstrap_stability(X, n_axes=2, n_classes=3, **settings)
