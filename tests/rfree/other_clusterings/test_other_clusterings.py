from __future__ import annotations

from itertools import combinations
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy.stats.contingency import association
from sklearn.metrics import adjusted_rand_score, silhouette_score

from rfree.base.inputs import FloatArray
from rfree.base.replicates import child_seed
from rfree.other_clusterings.k_medoids import gower_answers, k_medoids
from rfree.other_clusterings.k_modes import k_modes
from rfree.other_clusterings.latent_class_choice import choose_latent_classes
from rfree.other_clusterings.other_clusterings import other_clusterings
from rfree.other_clusterings.sampled_medoids import (
    MEDOID_SAMPLES,
    SAMPLE_SIZE,
    draw_medoid_samples,
    sampled_medoids,
)


@pytest.fixture(scope="module")
def tables(project: Path) -> dict[str, tuple[pd.DataFrame, bool]]:
    data = project / "R-free" / "reference" / "data"
    bfi = pd.read_csv(data / "bfi.csv.gz").iloc[:200].astype(float)
    row, column = np.indices(bfi.shape) + 1
    tea = pd.read_csv(data / "tea.csv.gz").iloc[:150, :18]
    return {"bfi": (bfi.mask((7 * row + 3 * column) % 23 == 0), True), "tea": (tea, False)}


def gower_distances(X: pd.DataFrame, *, ordered: bool) -> FloatArray:
    everyone = np.arange(len(X))
    return gower_answers(X, ordered=ordered).between(everyone, everyone)


@pytest.mark.parametrize("case", ["bfi", "tea"])
def test_gower_distances_are_those_of_r(
    project: Path, tables: dict[str, tuple[pd.DataFrame, bool]], case: str
) -> None:
    X, ordered = tables[case]
    path = project / "R-free" / "reference" / "other_clusterings" / f"gower_{case}.csv"
    # R's were rounded to 12 decimals.
    distances = gower_distances(X, ordered=ordered)
    np.testing.assert_allclose(distances[:5], pd.read_csv(path), rtol=0, atol=1e-11)


@pytest.mark.parametrize("case", ["bfi", "tea"])
def test_medoids_are_as_near_as_those_of_r(
    project: Path, tables: dict[str, tuple[pd.DataFrame, bool]], case: str
) -> None:
    X, ordered = tables[case]
    distances = gower_distances(X, ordered=ordered)
    path = project / "R-free" / "reference" / "other_clusterings" / "pam.csv"
    reference = pd.read_csv(path).query("case == @case").set_index("classes")
    for number in reference.index:
        result = k_medoids(distances, int(number))
        expected = reference.loc[number]
        assert result.mean_distance == pytest.approx(expected["mean_distance"], abs=1e-12)
        if case == "bfi":  # tea has respondents with the same answers: medoids may be doubles
            medoids = [int(row) for row in str(expected["medoids"]).split()]
            assert sorted(result.medoids) == medoids


def test_two_medoids_are_the_best_of_all_pairs() -> None:
    points = np.random.default_rng(1).normal(size=(25, 2))
    distances = np.linalg.norm(points[:, np.newaxis] - points, axis=2)
    best = min(
        float(distances[:, list(pair)].min(axis=1).mean()) for pair in combinations(range(25), 2)
    )
    # The swaps end at a partition no single swap betters; here it is the best of all.
    assert k_medoids(distances, 2).mean_distance == pytest.approx(best)


def test_no_swap_betters_the_medoids() -> None:
    rng = np.random.default_rng(2)
    points, weights = rng.normal(size=(30, 3)), rng.integers(1, 4, 30).astype(float)
    distances = np.linalg.norm(points[:, np.newaxis] - points, axis=2)
    result = k_medoids(distances, 4, sample_weight=weights)
    for leaving in range(4):
        for entering in np.setdiff1d(np.arange(30), result.medoids):
            medoids = result.medoids.copy()
            medoids[leaving] = entering
            mean = np.average(distances[:, medoids].min(axis=1), weights=weights)
            assert mean >= result.mean_distance - 1e-12


def test_gower_by_hand_with_missing_answers() -> None:
    X = pd.DataFrame({"a": ["x", "x", "y"], "b": ["u", None, "v"], "c": ["s", "t", "s"]})
    expected = [[0, 1 / 2, 2 / 3], [1 / 2, 0, 1], [2 / 3, 1, 0]]
    np.testing.assert_allclose(gower_distances(X, ordered=False), expected)
    level = pd.Series(pd.Categorical(["low", "high", "mid"], ["low", "mid", "high"], ordered=True))
    np.testing.assert_allclose(gower_distances(level.to_frame("a"), ordered=True)[0], [0, 1, 0.5])


def test_answers_that_have_no_order_are_named() -> None:
    X = pd.DataFrame({"a": ["1", "2", "no answer"]})
    with pytest.raises(ValueError, match="column 'a': 'no answer'"):
        gower_distances(X, ordered=True)
    apart = pd.DataFrame({"a": ["1", None], "b": [None, "2"]}, index=["R1", "R2"])
    with pytest.raises(ValueError, match="'R1' and 'R2' answered no question in common"):
        gower_distances(apart, ordered=True)


def test_wrong_distances_are_refused() -> None:
    with pytest.raises(ValueError, match="complete square table"):
        k_medoids([[0.0, 1.0]], 1)
    with pytest.raises(ValueError, match="symmetric"):
        k_medoids([[0.0, 1.0], [2.0, 0.0]], 1)
    with pytest.raises(ValueError, match="cannot be put into 3"):
        k_medoids([[0.0, 1.0], [1.0, 0.0]], 3)


def groups(seed: int = 1) -> tuple[pd.DataFrame, np.ndarray]:
    rng = np.random.default_rng(seed)
    classes = np.repeat([1, 2, 3], 30)
    codes = 2 * classes[:, np.newaxis] - 1 + rng.choice([-1, 0, 0, 0, 1], size=(90, 10))
    codes = np.clip(codes, 1, 5)
    return pd.DataFrame(codes, columns=[f"q{number}" for number in range(10)]).astype(str), classes


def test_modes_are_a_fixed_point() -> None:
    X, _ = groups()
    holes = X.mask(np.random.default_rng(1).random(X.shape) < 0.1)
    result = k_modes(holes, 3, seed=1)
    differ = (
        (holes.to_numpy()[:, np.newaxis] != result.modes.to_numpy())
        & holes.notna().to_numpy()[:, np.newaxis]
    ).sum(axis=2)
    own = differ[np.arange(90), result.labels - 1]
    assert (own == differ.min(axis=1)).all()
    assert own.mean() == pytest.approx(result.mean_mismatches)
    for number in (1, 2, 3):
        members = holes[result.labels == number]
        assert all(
            (members[name] == result.modes.loc[number, name]).sum()
            == members[name].value_counts().max()
            for name in X
        )


def test_weights_are_worth_the_rows_repeated_in_modes() -> None:
    X, _ = groups()
    weights = 1 + np.arange(90) % 2
    weighted = k_modes(X, 3, seed=1, sample_weight=weights)
    repeated = k_modes(X.loc[np.repeat(X.index, weights)], 3, seed=1)
    assert weighted.mean_mismatches == pytest.approx(repeated.mean_mismatches)


def test_more_modes_than_different_rows_are_refused() -> None:
    with pytest.raises(ValueError, match="2 different respondents"):
        k_modes(pd.DataFrame({"a": ["x", "x", "y"]}), 3, seed=1)


def test_every_method_finds_planted_groups() -> None:
    X, classes = groups()
    latent = choose_latent_classes(X, seed=1, max_classes=4, starts=5, replicates=0)
    result = other_clusterings(X, classes, ordered=True, seed=1, latent_classes=latent)
    table = result.table.set_index(["method", "chosen_by"])
    assert (table["adjusted_rand"] > 0.95).all()
    assert (table["classes"] == 3).all()
    assert table.loc[("study", "study"), ["adjusted_rand", "cramers_v"]].tolist() == [1, 1]
    assert list(result.labels.columns) == list(table.index)


def test_reference_of_one_class_is_refused() -> None:
    X, _ = groups()
    with pytest.raises(ValueError, match="at least 2 classes"):
        other_clusterings(X, np.ones(90), ordered=True, seed=1)


@pytest.mark.parametrize("case", ["bfi", "tea"])
def test_distances_between_some_are_those_of_the_whole_table(
    tables: dict[str, tuple[pd.DataFrame, bool]], case: str
) -> None:
    X, ordered = tables[case]
    rows, others = np.array([3, 7, 90]), np.array([0, 7, 120, 51])
    found = gower_answers(X, ordered=ordered).between(rows, others)
    np.testing.assert_array_equal(found, gower_distances(X, ordered=ordered)[np.ix_(rows, others)])


def test_a_sample_that_holds_everyone_gives_the_medoids_of_everyone(
    tables: dict[str, tuple[pd.DataFrame, bool]],
) -> None:
    X, _ = tables["bfi"]
    everyone = [np.arange(len(X))]
    found = sampled_medoids(gower_answers(X, ordered=True), everyone, [2, 5], np.ones(len(X)))
    for number in (2, 5):
        alone = k_medoids(gower_distances(X, ordered=True), number)
        np.testing.assert_array_equal(found[number].labels, alone.labels)
        assert found[number].mean_distance == pytest.approx(alone.mean_distance, abs=1e-14)


def test_more_samples_are_never_worse_and_never_beat_everyone(
    tables: dict[str, tuple[pd.DataFrame, bool]],
) -> None:
    X, _ = tables["bfi"]
    answers, weights = gower_answers(X, ordered=True), np.ones(len(X))
    samples = draw_medoid_samples(len(X), seed=3, sample_size=40, samples=6)
    assert all(len(np.unique(rows)) == 40 for rows in samples)
    some = sampled_medoids(answers, samples[:1], [4], weights)[4].mean_distance
    more = sampled_medoids(answers, samples, [4], weights)[4].mean_distance
    everyone = k_medoids(gower_distances(X, ordered=True), 4).mean_distance
    assert everyone <= more <= some < 1.2 * everyone


def test_many_respondents_are_compared_in_a_sample_and_planted_groups_are_found() -> None:
    rng = np.random.default_rng(5)
    group = np.repeat([1, 2, 3], 60)
    codes = np.clip(2 * group[:, np.newaxis] - 1 + rng.integers(-1, 2, (180, 8)), 1, 6)
    X = pd.DataFrame(codes).astype(str)
    result = other_clusterings(X, group, ordered=True, seed=1, largest_compared=50)
    assert (result.table["compared"] == 50).all()
    medoids = result.table[result.table["method"] == "k_medoids"]
    assert (medoids["adjusted_rand"] > 0.95).all()
    assert (result.table["classes"] == 3).all()
    again = other_clusterings(X, group, ordered=True, seed=1, largest_compared=50)
    pd.testing.assert_frame_equal(again.table, result.table)


def test_fewer_different_respondents_than_latent_classes_wanted_is_no_error() -> None:
    X = pd.DataFrame({name: list("xxyyz") for name in "abc"})
    study = choose_latent_classes(X, seed=1, max_classes=7, replicates=0)
    assert study.table["classes"].tolist() == [1, 2, 3]


def test_modes_may_be_one_or_as_many_as_the_different_rows() -> None:
    X = pd.DataFrame({"a": list("xxyz"), "b": list("uuvv")})
    one = k_modes(X, 1, seed=1)
    assert one.labels.tolist() == [1, 1, 1, 1]
    assert one.modes.to_numpy().tolist() == [["x", "u"]]
    # The last two differ from x everywhere, and from u; ties of b go to the first category.
    assert one.mean_mismatches == pytest.approx(4 / 4)
    all_of_them = k_modes(X, 3, seed=1)
    assert all_of_them.mean_mismatches == 0
    assert all_of_them.starts_agreeing == 50
    with pytest.raises(ValueError, match="cannot be put into 0 classes"):
        k_modes(X, 0, seed=1)


def test_starts_that_end_higher_do_not_agree() -> None:
    X, _ = groups()
    found = k_modes(X, 5, seed=3, starts=30)
    assert 1 <= found.starts_agreeing < 30
    alone = k_modes(X, 3, seed=3, starts=1)
    assert alone.starts_agreeing == 1


def test_who_weighs_nothing_makes_no_mode() -> None:
    X = pd.DataFrame({"a": list("xxxyyyzz"), "b": list("uuuvvvww")})
    weights = np.array([1.0, 1, 1, 2, 2, 2, 0, 0])
    found = k_modes(X, 2, seed=1, sample_weight=weights)
    assert sorted(found.modes["a"]) == ["x", "y"]
    # The heavier class is the first.
    assert found.labels[:6].tolist() == [2, 2, 2, 1, 1, 1]
    assert found.mean_mismatches == 0
    with pytest.raises(ValueError, match="2 different respondents"):
        k_modes(X, 3, seed=1, sample_weight=weights)


def test_one_medoid_is_the_respondent_nearest_to_all() -> None:
    place = np.array([0.0, 1.0, 2.5, 7.0])
    distances = np.abs(place[:, None] - place)
    one = k_medoids(distances, 1)
    assert one.medoids.tolist() == [1]
    assert one.mean_distance == pytest.approx((1 + 0 + 1.5 + 6) / 4)
    weighted = k_medoids(distances, 1, sample_weight=[1, 1, 1, 9])
    assert weighted.medoids.tolist() == [3]
    assert weighted.mean_distance == pytest.approx((7 + 6 + 4.5) / 12)
    assert k_medoids(distances, 4).mean_distance == 0


def test_weights_decide_among_the_medoids_of_samples() -> None:
    X = pd.DataFrame({"a": list("1234567")})
    weights = np.array([1.0, 1, 1, 1, 1, 1, 20])
    answers = gower_answers(X, ordered=True)
    found = sampled_medoids(answers, [np.arange(7)], [1], weights)[1]
    alone = k_medoids(gower_distances(X, ordered=True), 1, sample_weight=weights)
    assert found.medoids.tolist() == alone.medoids.tolist() == [6]
    assert found.mean_distance == pytest.approx(alone.mean_distance)


def test_every_partition_is_compared_by_hand() -> None:
    X = pd.DataFrame({"a": list("1112555544"), "b": list("1121555545"), "c": list("1112545555")})
    reference = np.array([7] * 3 + [9] * 7)
    latent = choose_latent_classes(X, seed=1, max_classes=3, starts=5, replicates=0)
    result = other_clusterings(
        X, reference, ordered=True, seed=1, latent_classes=latent, max_classes=4
    )
    table = result.table.set_index(["method", "chosen_by"])
    assert table.index.tolist() == [
        ("study", "study"), ("latent_classes", "study"), ("latent_classes", "bic"),
        ("k_medoids", "study"), ("k_medoids", "silhouette"), ("k_modes", "study"),
    ]  # fmt: skip
    assert result.labels.index.equals(X.index)
    assert result.labels.columns.names == ["method", "chosen_by"]
    distances = gower_distances(X, ordered=True)
    for key in table.index:
        labels = result.labels[key].to_numpy()
        row = table.loc[key]
        sizes = np.unique(labels, return_counts=True)[1]
        assert row["classes"] == len(sizes)
        assert row["smallest_share"] == pytest.approx(100 * sizes.min() / 10)
        assert row["compared"] == 10
        assert row["adjusted_rand"] == pytest.approx(adjusted_rand_score(reference, labels))
        counts = pd.crosstab(reference, labels).to_numpy()
        assert row["cramers_v"] == pytest.approx(association(counts, method="cramer"))
        assert row["silhouette"] == pytest.approx(
            silhouette_score(distances, labels, metric="precomputed")
        )
    # The highest silhouette of 2 to 4 medoids.
    widths = {
        number: silhouette_score(
            distances, k_medoids(distances, number).labels, metric="precomputed"
        )
        for number in (2, 3, 4)
    }
    assert table.loc[("k_medoids", "silhouette"), "silhouette"] == pytest.approx(
        max(widths.values())
    )
    labels = result.labels["latent_classes", "study"]
    model = next(each for each in latent.models if each.n_classes == 2)
    assert labels.tolist() == model.labels.tolist()


def test_medoids_are_looked_for_up_to_the_number_asked() -> None:
    X, classes = groups()
    two_classes = np.where(classes == 1, 1, 2)
    few = other_clusterings(X, two_classes, ordered=True, seed=1, max_classes=2).table
    more = other_clusterings(X, two_classes, ordered=True, seed=1, max_classes=3).table
    chosen = [
        each.set_index(["method", "chosen_by"]).loc[("k_medoids", "silhouette"), "classes"]
        for each in (few, more)
    ]
    assert chosen == [2, 3]


def test_a_study_without_its_number_of_latent_classes_has_the_lowest_bic_alone() -> None:
    X, classes = groups()
    latent = choose_latent_classes(X, seed=1, max_classes=2, starts=3, replicates=0)
    table = other_clusterings(X, classes, ordered=True, seed=1, latent_classes=latent).table
    chosen = table.loc[table["method"] == "latent_classes", "chosen_by"]
    assert chosen.tolist() == ["bic"]


def test_as_many_respondents_as_may_be_compared_are_all_compared() -> None:
    X, classes = groups()
    whole = other_clusterings(X, classes, ordered=True, seed=1, largest_compared=90)
    assert (whole.table["compared"] == 90).all()
    plain = other_clusterings(X, classes, ordered=True, seed=1)
    pd.testing.assert_frame_equal(whole.table, plain.table)


def modes_by_hand(
    X: pd.DataFrame, weights: np.ndarray, number: int, *, seed: int, starts: int
) -> tuple[list[int], list[tuple[object, ...]], float, int]:
    """Huang's k-modes respondent by respondent, from the same random starts."""
    table = X.to_numpy(dtype=object)
    levels = [sorted(X[name].dropna().unique()) for name in X]

    def apart(row: np.ndarray, mode: tuple[object, ...]) -> int:
        return sum(pd.notna(a) and a != b for a, b in zip(row, mode, strict=True))

    counted = [n for n in range(len(table)) if weights[n] > 0]
    first = list({tuple(map(str, table[n])): n for n in reversed(counted)}.values())
    rows = np.sort(first)
    draws = np.random.default_rng(seed).random((starts, len(rows))).argsort(axis=1)[:, :number]
    ends = []
    for start in rows[draws]:
        modes = [tuple(table[n]) for n in start]
        labels: list[int] = []
        while True:
            nearest = [int(np.argmin([apart(row, mode) for mode in modes])) for row in table]
            if nearest == labels:
                break
            labels = nearest
            for own in range(number):
                members = [n for n in counted if labels[n] == own]
                if members:
                    modes[own] = tuple(
                        max(
                            each, key=lambda a: sum(weights[n] for n in members if table[n, q] == a)
                        )
                        for q, each in enumerate(levels)
                    )
        total = sum(
            w * min(apart(row, mode) for mode in modes)
            for row, w in zip(table, weights, strict=True)
        )
        ends.append((total, labels, modes))
    total, labels, modes = min(ends, key=lambda end: end[0])
    sizes = [-sum(weights[n] for n in counted if labels[n] == own) for own in range(number)]
    order = sorted(range(number), key=sizes.__getitem__)
    agreeing = sum(np.isclose(end[0], total) for end in ends)
    return (
        [order.index(label) + 1 for label in labels], [modes[own] for own in order],
        total / weights.sum(), agreeing,
    )  # fmt: skip


@pytest.mark.parametrize(("number", "seed"), [(2, 1), (4, 5)])
def test_modes_are_those_of_the_algorithm_written_out(number: int, seed: int) -> None:
    rng = np.random.default_rng(7)
    X = pd.DataFrame(rng.integers(1, 5, (40, 5)), columns=list("abcde")).astype(str)
    X = X.mask(rng.random(X.shape) < 0.1)
    X.iloc[20:24] = X.iloc[:4].to_numpy()
    weights = rng.integers(0, 4, 40) + 0.5 * rng.integers(0, 2, 40)
    labels, modes, mean, agreeing = modes_by_hand(X, weights, number, seed=seed, starts=8)
    found = k_modes(X, number, seed=seed, starts=8, sample_weight=weights)
    assert found.labels.tolist() == labels
    assert found.modes.to_numpy().tolist() == [list(mode) for mode in modes]
    assert list(found.modes.columns) == list(X)
    assert found.modes.index.equals(pd.RangeIndex(1, number + 1, name="class"))
    assert found.mean_mismatches == pytest.approx(mean)
    assert found.starts_agreeing == agreeing


def test_modes_stop_after_their_iterations() -> None:
    X, _ = groups()
    once = k_modes(X, 7, seed=2, starts=1, max_iterations=1)
    often = k_modes(X, 7, seed=2, starts=1)
    assert once.mean_mismatches > often.mean_mismatches


@pytest.mark.parametrize("largest", [SAMPLE_SIZE, 40])
def test_weights_enter_medoids_and_modes(largest: int) -> None:
    X, classes = groups(4)
    weights = np.random.default_rng(5).uniform(0.1, 5, 90)
    result = other_clusterings(
        X, classes, ordered=True, seed=3, max_classes=4, largest_compared=largest,
        sample_weight=weights,
    )  # fmt: skip
    answers = gower_answers(X, ordered=True)
    samples = draw_medoid_samples(90, seed=child_seed(3, 1), sample_size=min(largest, 90))
    if largest == 40:
        medoids = sampled_medoids(answers, samples, [2, 3, 4], weights)[3]
    else:
        medoids = k_medoids(gower_distances(X, ordered=True), 3, sample_weight=weights)
        samples = [np.arange(90)]
    assert result.labels["k_medoids", "study"].tolist() == medoids.labels.tolist()
    modes = k_modes(X, 3, seed=3, sample_weight=weights)
    assert result.labels["k_modes", "study"].tolist() == modes.labels.tolist()
    row = result.table.set_index(["method", "chosen_by"]).loc[("study", "study")]
    distances = answers.between(samples[0], samples[0])
    assert row["silhouette"] == pytest.approx(
        silhouette_score(distances, classes[samples[0]], metric="precomputed")
    )


def test_samples_of_medoids_are_five_of_a_thousand() -> None:
    assert (MEDOID_SAMPLES, SAMPLE_SIZE) == (5, 1000)
    drawn = draw_medoid_samples(1001, seed=1)
    assert [len(np.unique(rows)) for rows in drawn] == [1000] * 5


def test_an_order_that_is_none_is_left_out() -> None:
    X, classes = groups()
    plain = other_clusterings(X, classes, ordered=False, seed=1, max_classes=3)
    distances = gower_distances(X, ordered=False)
    assert plain.table["silhouette"][0] == pytest.approx(
        silhouette_score(distances, classes, metric="precomputed")
    )


def test_every_respondent_alone_and_all_in_one_have_no_width() -> None:
    X = pd.DataFrame({"a": list("1234"), "b": list("1144")})
    result = other_clusterings(X, [1, 2, 3, 4], ordered=True, seed=1, max_classes=9)
    widths = result.table.set_index(["method", "chosen_by"])["silhouette"]
    assert np.isnan(widths["study", "study"])
    # Medoids are looked for up to one less than the respondents.
    assert result.labels["k_medoids", "silhouette"].max() < 4
