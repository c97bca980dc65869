"""Classes that come back, and those that do not."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from joblib import parallel_config

import rfree.reality.stability
from rfree.base.limits import LimitError
from rfree.base.matching import class_jaccard, match_classes
from rfree.base.replicates import child_seed, run_replicates
from rfree.classes.chain import ChainResult, ChainSettings, CodedTable, code_table, run_chain
from rfree.classes.ward import cut, ward_tree
from rfree.reality.resampled_axes import aligned_coordinates, resampled_ellipses
from rfree.reality.stability import BootstrapPlan, bootstrap_stability
from rfree.reality.stability_tables import (
    DISSOLVED_TYPE,
    RECOVERED_TYPE,
    class_means,
    class_table,
    membership_shares,
    percentile_limits,
    profile_table,
    respondent_table,
    size_table,
    stability_reading,
)
from rfree.samples.resample_raking import resample_raking

R_NUMBERS = Path(__file__).parents[3] / "R-free" / "reference" / "stability"


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
    np.testing.assert_allclose(class_jaccard(first, second, 3, 2), by_hand)


def test_weighted_jaccard_is_that_of_repeated_respondents() -> None:
    generator = np.random.default_rng(1)
    first, second = generator.integers(1, 4, 30), generator.integers(1, 4, 30)
    times = generator.integers(0, 4, 30)
    weighted = class_jaccard(first, second, 3, 3, times.astype(float))
    repeated = class_jaccard(np.repeat(first, times), np.repeat(second, times), 3, 3)
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
        similarity = class_jaccard(own.loc[here].to_numpy(), found, 3, 3)
        np.testing.assert_allclose(similarity.max(axis=1), expected.loc[number], atol=1e-12)
        # R's partition of the resample is the tree's too, up to the names of the classes.
        tree = cut(ward_tree(points[here - 1]), 3)
        assert (class_jaccard(tree, found, 3, 3).max(axis=1) == 1).all()


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
    assert class_jaccard(own, group + 1, 3, 3).max(axis=1).min() > 0.95
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
    # On other processes: test_nulls.py.
    with parallel_config(backend="threading"):
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
    ellipse = resampled_ellipses(np.array([[3.0, -1.0]]), cloud, categories, level=0.9).iloc[0]
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
        ({"labels": [1, 2]}, "labels has 2 values"),
        ({"labels": [1] * 60}, "expected all classes 1..3"),
        ({"profiles": pd.DataFrame({"a": [1.0]})}, "profiles .1 rows. and X .60. are"),
        ({"n_replicates": 0}, "n_replicates is 0"),
    ],
)
def test_wrong_settings_are_errors(settings: dict[str, object], message: str) -> None:
    X, _ = planted(60, 1.5)
    with pytest.raises(ValueError, match=message):
        bootstrap_stability(X, n_axes=2, n_classes=3, **settings)


class Drawing:
    """A generator that draws the rows it is told, in a range that it records."""

    def __init__(self, rows: np.ndarray | None = None) -> None:
        self.rows = rows

    def integers(self, low: int, high: int, size: int) -> np.ndarray:
        everybody = np.arange(low, high)
        return np.resize(everybody if self.rows is None else self.rows, size)


def plan_of(X: pd.DataFrame, n_classes: int) -> BootstrapPlan:
    table = code_table(X)
    settings = ChainSettings(2, n_classes, True)
    sample = run_chain(table, settings)
    profile = np.arange(len(X), dtype=float)[:, np.newaxis]
    return BootstrapPlan(table, settings, sample.labels, sample.category_coordinates, profile)


def test_everybody_can_be_drawn_the_first_respondent_among_them() -> None:
    plan = plan_of(planted(60, 3.0)[0], 3)
    drawn = plan(Drawing())  # type: ignore[arg-type]
    assert drawn is not None
    # Everybody drawn once is the sample itself.
    np.testing.assert_allclose(drawn.jaccard, 1)
    np.testing.assert_array_equal(drawn.labels + 1, plan.labels)
    np.testing.assert_allclose(drawn.shares, np.bincount(plan.labels - 1) / 60)
    means = [np.flatnonzero(plan.labels == number).mean() for number in (1, 2, 3)]
    np.testing.assert_allclose(drawn.means[:, 0], means)


def test_every_respondent_is_drawn_about_as_often_as_any_other() -> None:
    generator = np.random.default_rng(0)
    seen: list[np.ndarray] = []

    class Recorded:
        def integers(self, low: int, high: int, size: int) -> np.ndarray:
            seen.append(generator.integers(low, high, size))
            return seen[-1]

    plan = plan_of(planted(30, 3.0)[0], 3)
    for _ in range(40):
        plan(Recorded())  # type: ignore[arg-type]
    times = np.bincount(np.concatenate(seen), minlength=30)
    assert len(times) == 30
    # 40 draws of 30 among 30: 40 each, five standard errors.
    assert (np.abs(times - 40) < 5 * np.sqrt(40)).all()


def test_who_is_not_drawn_joins_the_class_of_the_nearest_centre() -> None:
    X, group = planted(90, 4.0, seed=2)
    plan = plan_of(X, 3)
    left_out = np.concatenate([np.flatnonzero(group == each)[:5] for each in range(3)])
    rows = np.setdiff1d(np.arange(90), left_out)
    drawn = plan(Drawing(rows))  # type: ignore[arg-type]
    assert drawn is not None
    # Groups this far apart: who was left out is of the class of their own group all the same.
    np.testing.assert_array_equal(drawn.labels + 1, plan.labels)
    counts = np.bincount(np.resize(rows, 90), minlength=90)
    found = run_chain(plan.table, plan.settings, counts=counts)
    assert set(found.rows) == set(rows)
    by_hand = {}
    for respondent in left_out:
        distances = {}
        for number in (1, 2, 3):
            members = found.rows[found.labels == number]
            centre = np.average(found.coordinates[members], axis=0, weights=counts[members])
            distances[number] = np.linalg.norm(found.coordinates[respondent] - centre)
        by_hand[respondent] = min(distances, key=distances.__getitem__)
    same = [plan.labels[found.rows[found.labels == number]][0] for number in (1, 2, 3)]
    for respondent, nearest in by_hand.items():
        assert drawn.labels[respondent] + 1 == same[nearest - 1]


def test_two_groups_far_apart_keep_everybody_drawn_or_not() -> None:
    X, _ = planted(60, 6.0, seed=3)
    result = bootstrap_stability(X, n_axes=2, n_classes=3, n_replicates=20, seed=1)
    assert (result.respondents["confidence"] == 1).all()
    assert (result.respondents["second_share"] == 0).all()


def test_a_drawn_respondent_brings_their_weight_as_often_as_drawn() -> None:
    X, _ = planted(60, 1.0, seed=4)
    weights = np.random.default_rng(1).uniform(0.2, 3, 60)
    profile = np.random.default_rng(2).normal(size=(60, 1))
    table = code_table(X, sample_weight=weights)
    settings = ChainSettings(2, 3, True)
    sample = run_chain(table, settings)
    plan = BootstrapPlan(table, settings, sample.labels, sample.category_coordinates, profile)
    rows = np.random.default_rng(3).integers(0, 60, 60)
    drawn = plan(Drawing(rows))  # type: ignore[arg-type]
    assert drawn is not None
    counts = np.bincount(rows, minlength=60)
    found = run_chain(table, settings, counts=counts)
    mass = weights * counts
    for number in range(3):
        here = drawn.labels == number
        assert drawn.shares[number] == pytest.approx(mass[here].sum() / mass.sum())
        known = here & (counts > 0)
        assert drawn.means[number, 0] == pytest.approx(
            np.average(profile[known, 0], weights=mass[known])
        )
        # Each drawn respondent counts once in the similarity, and weights play no part.
        own, again = plan.labels[found.rows] == number + 1, drawn.labels[found.rows] == number
        assert drawn.jaccard[number] == pytest.approx((own & again).sum() / (own | again).sum())
    assert 0 < drawn.jaccard.min() < 1
    np.testing.assert_allclose(
        drawn.categories, aligned_coordinates(found.category_coordinates, plan.categories)
    )
    # Those left out join the nearest weighted centre.
    for respondent in np.flatnonzero(counts == 0):
        centres = [
            np.average(
                found.coordinates[drawn.labels == each], axis=0, weights=mass[drawn.labels == each]
            )
            for each in range(3)
        ]
        away = np.linalg.norm(found.coordinates[respondent] - centres, axis=1)
        assert drawn.labels[respondent] == away.argmin()


def test_the_sample_is_consolidated_thoroughly_and_replicates_are_not(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[bool] = []

    def watched(table: CodedTable, settings: ChainSettings, **options: object) -> ChainResult:
        asked.append(bool(options.get("thorough", False)))
        return run_chain(table, settings, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(rfree.reality.stability, "run_chain", watched)
    bootstrap_stability(planted(40, 2.0)[0], n_axes=2, n_classes=3, n_replicates=2, seed=1)
    assert asked == [True, False, False]


def test_resamples_with_too_few_different_respondents_are_counted_apart() -> None:
    X = pd.DataFrame({"a": list("xxxxxyz"), "b": list("uuuuuvw")})
    result = bootstrap_stability(X, n_axes=1, n_classes=3, n_replicates=20, seed=2)
    assert result.n_replicates == 20
    assert 0 < result.n_failed < 20
    assert len(result.jaccard) == 20 - result.n_failed
    assert result.jaccard.index.tolist() == list(range(20 - result.n_failed))
    assert (result.jaccard.index.name, result.jaccard.columns.name) == ("replicate", "class")
    assert result.jaccard.columns.tolist() == [1, 2, 3]
    assert result.level == 0.95
    assert result.classes["replicates"].tolist() == [20 - result.n_failed] * 3


def test_who_weighs_nothing_has_the_class_of_the_nearest_centre() -> None:
    X, group = planted(60, 6.0, seed=3)
    weights = np.ones(60)
    weights[[0, 30, 59]] = 0
    result = bootstrap_stability(
        X, n_axes=2, n_classes=3, n_replicates=3, seed=1, sample_weight=weights
    )
    own = result.respondents["class"].to_numpy()
    for number in (1, 2, 3):
        assert len(set(group[own == number])) == 1
    assert result.sizes["share"].tolist() == pytest.approx(
        (100 * np.bincount(own, weights)[1:] / 57).tolist()
    )


def test_each_table_by_hand() -> None:
    jaccard = np.array([[0.5, 0.75], [0.9, 0.8], [0.2, 0.7]])
    table = class_table(jaccard, 0.8)
    assert table["class"].tolist() == [1, 2]
    np.testing.assert_allclose(table["mean_jaccard"], [1.6 / 3, 0.75])
    # Three replicates in order, at 0, 1/2 and 1: the tenth part is a fifth of the way to the next.
    np.testing.assert_allclose(table["low"], [0.2 + 0.2 * 0.3, 0.7 + 0.2 * 0.05])
    np.testing.assert_allclose(table["high"], [0.9 - 0.2 * 0.4, 0.8 - 0.2 * 0.05])
    assert table["dissolved"].tolist() == [2, 0]
    assert table["recovered"].tolist() == [1, 2]
    assert table["replicates"].tolist() == [3, 3]
    assert table["reading"].tolist() == ["do not trust", "stable"]
    assert (DISSOLVED_TYPE, RECOVERED_TYPE) == (0.5, 0.75)

    labels = np.array([[0, 1, 2, 2], [0, 0, 2, 0], [0, 2, 2, 2], [0, 1, 2, 1]])
    names = pd.Index(list("uvwx"))
    people = respondent_table(names, np.array([1, 2, 3, 1]), membership_shares(names, labels, 3))
    assert people["respondent"].tolist() == list("uvwx")
    assert people["class"].tolist() == [1, 2, 3, 1]
    assert people["confidence"].tolist() == [1, 0.5, 1, 0.25]
    # Of two classes met as often, the first; none where no other was met.
    assert people["second_class"].tolist() == [0, 1, 0, 3]
    assert people["second_share"].tolist() == [0, 0.25, 0, 0.5]
    certain = pd.DataFrame(np.eye(3, dtype=int)[[0, 1, 2, 0]], names, [1, 2, 3])
    assert (respondent_table(names, np.array([1, 2, 3, 1]), certain)["confidence"] == 1.0).all()
    assert respondent_table(names, np.array([1, 2, 3, 1]), certain)["second_share"].dtype == float

    shares = np.array([[0.2, 0.8], [0.6, 0.4], [0.4, 0.6]])
    sizes = size_table(np.array([1, 2, 2]), np.array([1.0, 1, 2]), shares, 0.8)
    assert sizes["class"].tolist() == [1, 2]
    assert sizes["share"].tolist() == [25, 75]
    np.testing.assert_allclose(sizes[["low", "high"]], [[24, 56], [44, 76]])

    means = np.arange(12.0).reshape(3, 2, 2)
    profiles = profile_table(pd.Index(["p", "q"]), np.array([[1.0, 2], [3, 4]]), means, 0.8)
    assert profiles["class"].tolist() == [1, 1, 2, 2]
    assert profiles["profile"].tolist() == ["p", "q", "p", "q"]
    assert profiles["mean"].tolist() == [1, 2, 3, 4]
    np.testing.assert_allclose(profiles["low"], np.arange(4) + 0.8)
    np.testing.assert_allclose(profiles["high"], np.arange(4) + 7.2)


def test_intervals_leave_out_replicates_without_a_value() -> None:
    values = np.array([[1.0, np.nan, np.nan], [3.0, np.nan, 5.0]])
    low, high = percentile_limits(values, 0.5)
    np.testing.assert_allclose(low, [1.5, np.nan, 5])
    np.testing.assert_allclose(high, [2.5, np.nan, 5])
    assert np.isnan(percentile_limits(np.full((2, 3), np.nan), 0.5)).all()


@pytest.mark.parametrize("level", [0.0, 1.0])
def test_levels_have_their_limits(level: float) -> None:
    with pytest.raises(ValueError, match="level is"):
        bootstrap_stability(planted(30, 2.0)[0], n_axes=1, n_classes=2, level=level)


def test_replicates_draw_from_the_bootstraps_own_child_of_the_seed() -> None:
    X, _ = planted(60, 1.5)
    result = bootstrap_stability(X, n_axes=2, n_classes=3, n_replicates=2, seed=7)
    plan = plan_of(X, 3)
    own = run_chain(plan.table, plan.settings, thorough=True).labels
    plan = replace(plan, labels=own)
    for number in range(2):
        drawn = plan(np.random.default_rng(child_seed(child_seed(7, 1), number)))
        assert drawn is not None
        np.testing.assert_array_equal(drawn.jaccard, result.jaccard.iloc[number])


def raked(n: int = 60) -> tuple[pd.DataFrame, dict[str, dict[str, float]]]:
    """Characteristics of respondents, the last category of one of them rare, and margins."""
    rng = np.random.default_rng(8)
    people = pd.DataFrame({"sex": rng.choice(["f", "m"], n), "age": ["old"] * 2
                           + list(rng.choice(["young", "middle"], n - 2))})  # fmt: skip
    return people, {"sex": {"f": 0.7, "m": 0.3}, "age": {"young": 4, "middle": 4, "old": 1}}


def test_resamples_are_weighted_anew() -> None:
    X, _ = planted(60, 1.0, seed=4)
    reweight = resample_raking(*raked())
    sample_weights = reweight(np.ones(60, dtype=int))
    assert sample_weights is not None
    plan = plan_of(X, 3)
    plan = replace(plan, table=replace(plan.table, weights=sample_weights), reweight=reweight)
    rows = np.random.default_rng(3).integers(0, 60, 60)
    rows[:1] = 0
    counts = np.bincount(rows, minlength=60)
    weights = reweight(counts)
    assert weights is not None
    drawn = plan(Drawing(rows))  # type: ignore[arg-type]
    assert drawn is not None
    mass = weights * counts
    np.testing.assert_allclose(drawn.shares, np.bincount(drawn.labels, mass, 3) / mass.sum())
    by_hand = run_chain(replace(plan.table, weights=weights), plan.settings, counts=counts)
    np.testing.assert_array_equal(
        drawn.categories, aligned_coordinates(by_hand.category_coordinates, plan.categories)
    )


def test_resamples_that_cannot_be_weighted_are_counted_as_failed_on_any_number_of_cores() -> None:
    X, _ = planted(60, 3.0)
    reweight = resample_raking(*raked())
    weights = reweight(np.ones(60, dtype=int))
    with parallel_config(backend="threading"):
        one, two = (
            bootstrap_stability(X, n_axes=2, n_classes=3, n_replicates=18, seed=7, n_jobs=n_jobs,
                                sample_weight=weights, reweight=reweight)
            for n_jobs in (1, 2)
        )  # fmt: skip
    for table in ("classes", "respondents", "sizes", "ellipses", "jaccard"):
        pd.testing.assert_frame_equal(getattr(one, table), getattr(two, table), check_exact=True)
    seeds = [child_seed(child_seed(7, 1), number) for number in range(18)]
    without = [(np.random.default_rng(each).integers(0, 60, 60) > 1).all() for each in seeds]
    assert one.n_failed == sum(without) > 0
    assert (one.classes["replicates"] == 18 - one.n_failed).all()


class Alike:
    """The same weight for all that were drawn."""

    def __call__(self, counts: np.ndarray) -> np.ndarray:
        return 2.5 * (counts > 0)


def test_equal_weights_of_resamples_are_no_weights() -> None:
    X, _ = planted(60, 1.5)
    settings = {"n_axes": 2, "n_classes": 3, "n_replicates": 4, "seed": 1}
    plain = bootstrap_stability(X, **settings)
    alike = bootstrap_stability(X, reweight=Alike(), **settings)
    for table in ("classes", "respondents", "sizes", "ellipses", "jaccard"):
        pd.testing.assert_frame_equal(getattr(plain, table), getattr(alike, table))


def test_weights_of_resamples_have_their_limits() -> None:
    X, _ = planted(60, 1.5)
    settings = {"n_axes": 2, "n_classes": 3, "n_replicates": 2}
    with pytest.raises(ValueError, match="frequencies=True"):
        bootstrap_stability(X, frequencies=True, reweight=Alike(), **settings)
    with pytest.raises(LimitError, match="could be weighted") as none:
        bootstrap_stability(X, reweight=lambda _: None, **settings)
    assert none.value.code == "no_weighted_resample"
    assert none.value.details == {"classes": 3, "resamples": 2}
    with pytest.raises(ValueError, match="sample_weight has"):
        bootstrap_stability(X, reweight=lambda counts: counts[1:], **settings)
