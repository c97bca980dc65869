"""Populations without groups: what they keep of the sample, and the shapes they have."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
import pandas as pd
import pytest
from scipy.stats import kstest

from made_up_answers import one_trait
from rfree.base.limits import LimitError
from rfree.classes.chain import CodedTable, code_table
from rfree.items.association import polychoric
from rfree.reality import null_populations
from rfree.reality.null_populations import (
    NARROW_ARMS,
    SHAPES,
    NullPopulation,
    ShapedAttitudes,
    _drawn_pull,
    _in_plane,
    armed_as,
    fit_nulls,
    open_ring,
    permuted,
    star,
)
from rfree.reality.nulls import NULLS
from rfree.reality.ordered_answers import ordinal_answers

DEALT = tuple(null for null in NULLS if null != "continuous attitudes")


@pytest.fixture(scope="module")
def table() -> CodedTable:
    X = one_trait(150, missing=0.05)
    return code_table(X, passive=[(q, "no answer") for q in X])


@pytest.fixture(scope="module")
def populations(table: CodedTable) -> dict[str, NullPopulation]:
    return fit_nulls(table)[0]


def counts(table: CodedTable, codes: np.ndarray) -> np.ndarray:
    return np.bincount(codes.ravel(), minlength=table.coding.n_categories)


def test_there_is_a_population_for_every_null(populations: dict[str, NullPopulation]) -> None:
    assert set(populations) == set(NULLS)


@pytest.mark.parametrize("null", NULLS)
def test_missing_cells_stay_and_answers_move(
    table: CodedTable, populations: dict[str, NullPopulation], null: str
) -> None:
    missing = np.isnan(ordinal_answers(table).codes_given)
    assert missing.any()
    before = table.codes.copy()
    drawn = populations[null].draw(np.random.default_rng(1))
    np.testing.assert_array_equal(drawn[missing], table.codes[missing])
    assert (np.isnan(ordinal_answers(table).code_of[drawn]) == missing).all()
    assert (drawn != table.codes).any(axis=0).all()
    np.testing.assert_array_equal(table.codes, before)
    again, other = (populations[null].draw(np.random.default_rng(seed)) for seed in (1, 2))
    np.testing.assert_array_equal(again, drawn)
    assert (other != drawn).any()


@pytest.mark.parametrize("null", DEALT)
def test_dealt_items_keep_their_answers_exactly(
    table: CodedTable, populations: dict[str, NullPopulation], null: str
) -> None:
    for seed in range(3):
        drawn = populations[null].draw(np.random.default_rng(seed))
        np.testing.assert_array_equal(counts(table, drawn), counts(table, table.codes))


def test_a_normal_population_keeps_shares_on_average(
    table: CodedTable, populations: dict[str, NullPopulation]
) -> None:
    drawn = [
        counts(table, populations["continuous attitudes"].draw(np.random.default_rng(seed)))
        for seed in range(20)
    ]
    # 20 draws of 150: five standard errors of a share.
    np.testing.assert_allclose(
        np.mean(drawn, axis=0) / 150, counts(table, table.codes) / 150, atol=2.5 / np.sqrt(3000)
    )


def test_correlations_are_kept_or_broken(
    table: CodedTable, populations: dict[str, NullPopulation]
) -> None:
    answers = ordinal_answers(table)
    own = polychoric(pd.DataFrame(answers.codes_given)).correlations.to_numpy()
    off = ~np.eye(len(own), dtype=bool)
    assert np.abs(own[off]).min() > 0.3
    for null, population in populations.items():
        draws = [population.draw(np.random.default_rng(seed)) for seed in range(8)]
        tables = [polychoric(pd.DataFrame(answers.code_of[drawn])).correlations for drawn in draws]
        expected = 0 if null == "independence" else own[off]
        np.testing.assert_allclose(np.mean(tables, axis=0)[off], expected, atol=0.15, err_msg=null)


def parts_drawn(
    population: NullPopulation, monkeypatch: pytest.MonkeyPatch, n_draws: int = 10
) -> np.ndarray:
    """Where respondents stand on the population's directions, in standard deviations."""
    latent: list[np.ndarray] = []

    def keep(table: CodedTable, *others: object) -> np.ndarray:
        latent.append(np.asarray(others[-1]))
        return table.codes

    monkeypatch.setattr(null_populations, "dealt_anew", keep)
    generator = np.random.default_rng(3)
    for _ in range(n_draws):
        population.draw(generator)
    return np.vstack(latent) @ np.linalg.inv(population.directions.T)  # type: ignore[union-attr]


def test_shapes_are_what_they_are_called(
    populations: dict[str, NullPopulation], monkeypatch: pytest.MonkeyPatch
) -> None:
    parts = {null: parts_drawn(populations[null], monkeypatch) for null in SHAPES}
    n_items = populations["ring"].directions.shape[0]  # type: ignore[union-attr]
    evenly = {"args": (-np.sqrt(3), 2 * np.sqrt(3))}
    for null, n_other in (
        ("flat attitudes", 1), ("flat plane", 2), ("ring", 2), ("open ring", 2), ("star", 2)
    ):  # fmt: skip
        others = parts[null][:, : n_items - n_other].T
        for part in others:
            assert kstest(part, "norm").pvalue > 0.001
        assert np.abs(np.cov(parts[null].T, bias=True) - np.eye(n_items)).max() < 0.12
    assert kstest(parts["flat attitudes"][:, -1], "uniform", **evenly).pvalue > 0.001
    for place in (-1, -2):
        assert kstest(parts["flat plane"][:, place], "uniform", **evenly).pvalue > 0.001
    ring = parts["ring"][:, -2:]
    np.testing.assert_allclose(np.hypot(*ring.T), np.sqrt(2))
    angles = np.arctan2(*ring.T)
    assert kstest(angles, "uniform", args=(-np.pi, 2 * np.pi)).pvalue > 0.001
    tails = np.sqrt(3) * parts["heavy tails"]
    for part in tails.T:
        assert kstest(part, "t", args=(3,)).pvalue > 0.001
    # All directions at once: a respondent is far out on all of them.
    sizes = np.corrcoef(np.log(np.square(tails)).T)
    assert sizes[~np.eye(n_items, dtype=bool)].min() > 0.1


@pytest.mark.parametrize("opening", [0.0, 0.5, np.pi / 2, np.pi])
def test_an_open_ring_is_scaled_to_variance_one(opening: float) -> None:
    drawn = open_ring(200_000, opening, np.random.default_rng(2))
    parts = np.vstack([drawn.real, drawn.imag])
    np.testing.assert_allclose(parts.mean(axis=1), 0, atol=0.01)
    np.testing.assert_allclose(np.cov(parts), np.eye(2), atol=0.01)
    # Nobody stands on the opening, which lies opposite to the first way: undo shift and scale.
    half = np.pi - opening / 2
    angles = np.linspace(-half, half, 10_001)
    back = drawn.real * np.cos(angles).std() + np.cos(angles).mean()
    around = np.arctan2(drawn.imag * np.sin(angles).std(), back)
    assert np.abs(around).max() < half + 0.02


def on_a_ring(share: float, n: int = 600) -> CodedTable:
    """Answers of a cloud on a share of a ring, items spread around the circle."""
    generator = np.random.default_rng(8)
    angles = generator.uniform(0, 2 * np.pi * share, (n, 1))
    items = np.linspace(0, 2 * np.pi, 16, endpoint=False)
    latent = np.cos(angles - items) + 0.4 * generator.standard_normal((n, 16))
    codes = 3 + np.clip(np.rint(1.5 * latent), -2, 2).astype(int)
    return code_table(pd.DataFrame(codes.astype(str), columns=[f"Q{i}" for i in range(16)]))


def opened(share: float) -> ShapedAttitudes:
    population = fit_nulls(on_a_ring(share))[0]["open ring"]
    assert isinstance(population, ShapedAttitudes)
    return population


@pytest.mark.parametrize("share", [0.6, 0.75])
def test_a_ring_is_opened_as_far_as_the_answers(share: float) -> None:
    # Cut off at both ends, answers bend the circle a little: to a quarter of a right angle or so.
    assert opened(share).opening == pytest.approx(2 * np.pi * (1 - share), abs=np.pi / 6)


def test_a_whole_ring_stays_closed() -> None:
    assert opened(1.0).opening < np.pi / 4


def test_the_opening_lies_on_the_side_of_the_answers() -> None:
    table = on_a_ring(0.7)
    population = fit_nulls(table)[0]["open ring"]
    code_of = ordinal_answers(table).code_of
    pattern = np.exp(1j * np.linspace(0, 2 * np.pi, 16, endpoint=False))

    def share_in_the_opening(codes: np.ndarray) -> float:
        values = code_of[codes]
        angles = np.angle((values - values.mean(axis=0)) @ pattern)
        # Of the ring 0 to 252 degrees are taken: 306 is the middle of what is left.
        return float((np.cos(angles - np.deg2rad(306)) > np.cos(np.deg2rad(40))).mean())

    def drawn(null: NullPopulation) -> float:
        return float(
            np.mean([share_in_the_opening(null.draw(np.random.default_rng(i))) for i in range(10)])
        )

    sample, ring = share_in_the_opening(table.codes), drawn(fit_nulls(table)[0]["ring"])
    assert sample < ring
    assert abs(drawn(population) - sample) < (ring - sample) / 2


@pytest.mark.parametrize("n_arms", [3, 4, 5])
@pytest.mark.parametrize("width", [0.0, 0.5, 1.0])
def test_a_star_is_scaled_to_variance_one(n_arms: int, width: float) -> None:
    drawn = star(200_000, n_arms, np.random.default_rng(2), width=width)
    parts = np.vstack([drawn.real, drawn.imag])
    np.testing.assert_allclose(parts.mean(axis=1), 0, atol=0.01)
    np.testing.assert_allclose(np.cov(parts), np.eye(2), atol=0.012)
    # As many at every distance from the centre, and in every direction within an arm.
    assert kstest(np.abs(drawn), "uniform", args=(0, np.sqrt(6))).pvalue > 0.001
    turns = np.angle(drawn) * n_arms / (2 * np.pi)
    beside = turns - np.rint(turns)
    assert np.abs(beside).max() <= width / 2 + 1e-9
    if width:
        assert kstest(beside, "uniform", args=(-width / 2, width)).pvalue > 0.001
    counts = np.bincount(np.rint(turns).astype(int) % n_arms)
    np.testing.assert_allclose(counts / 200_000, 1 / n_arms, atol=0.01)


def on_a_star(n_arms: int, width: float, turn: float = 0.4, n: int = 800) -> CodedTable:
    """Answers of a cloud on arms, items spread around the circle."""
    generator = np.random.default_rng(8)
    arm = generator.integers(n_arms, size=n) + width * generator.uniform(-0.5, 0.5, n)
    angles = turn + 2 * np.pi * arm / n_arms
    items = np.linspace(0, 2 * np.pi, 16, endpoint=False)
    far = 2 * generator.uniform(0, 1, (n, 1))
    latent = far * np.cos(angles[:, np.newaxis] - items) + 0.4 * generator.standard_normal((n, 16))
    codes = 4 + np.clip(np.rint(1.5 * latent), -3, 3).astype(int)
    return code_table(pd.DataFrame(codes.astype(str), columns=[f"Q{i}" for i in range(16)]))


def armed(table: CodedTable) -> ShapedAttitudes:
    population = fit_nulls(table)[0]["star"]
    assert isinstance(population, ShapedAttitudes)
    return population


@pytest.mark.parametrize("n_arms", [3, 4, 5])
def test_a_star_has_as_many_arms_as_the_answers_and_as_narrow(n_arms: int) -> None:
    found = [armed(on_a_star(n_arms, width)) for width in (0.0, 0.3, 0.8)]
    assert [each.n_arms for each in found] == [n_arms] * 3
    lines, wide, wider = (each.width for each in found)
    # Correlations of what is not normal are a little too high: answers look less like lines.
    assert lines < 0.3
    assert lines < wide < NARROW_ARMS
    assert wider == 1  # what takes most directions is no arm


def test_the_arms_of_a_star_lie_where_those_of_the_answers_do() -> None:
    table = on_a_star(3, 0.0)
    code_of = ordinal_answers(table).code_of
    pattern = np.exp(1j * np.linspace(0, 2 * np.pi, 16, endpoint=False))

    def turned(codes: np.ndarray) -> complex:
        values = code_of[codes]
        places = (values - values.mean(axis=0)) @ pattern
        return complex((np.abs(places) ** 2 * np.exp(3j * np.angle(places))).mean())

    sample = turned(table.codes)
    drawn = [turned(armed(table).draw(np.random.default_rng(i))) for i in range(5)]
    assert abs(np.angle(np.mean(drawn) / sample)) < 0.3
    assert abs(np.mean(drawn)) == pytest.approx(abs(sample), rel=0.2)


def test_answers_without_arms_give_a_star_without_arms() -> None:
    assert armed(on_a_ring(1.0)).width > 0.7
    assert armed(code_table(one_trait(400, 8))).width > 0.7


def test_places_in_a_plane_are_uncorrelated_and_turned_as_little_as_can_be() -> None:
    generator = np.random.default_rng(3)
    codes = generator.integers(1, 6, (50, 4)).astype(float)
    codes[:, 1] += codes[:, 0]
    plane, times = generator.standard_normal((4, 2)), generator.integers(1, 5, 50)
    found = _in_plane(codes, times.astype(float), plane)
    repeated = _in_plane(np.repeat(codes, times, axis=0), None, plane)
    assert found is not None
    assert repeated is not None
    np.testing.assert_allclose(np.repeat(found, times), repeated, atol=1e-9)
    parts = np.column_stack([repeated.imag, repeated.real])
    np.testing.assert_allclose(parts.mean(axis=0), 0, atol=1e-9)
    np.testing.assert_allclose(np.cov(parts.T, bias=True), np.eye(2), atol=1e-9)
    # The whitening that changes the places least is symmetric: so is their product with them.
    whole = np.repeat(codes, times, axis=0)
    places = (whole - whole.mean(axis=0)) / whole.std(axis=0) @ plane
    product = places.T @ parts / len(whole)
    assert product[0, 1] == pytest.approx(product[1, 0])
    assert np.linalg.eigvalsh(product).min() > 0


def test_a_plane_all_but_flat_is_a_line() -> None:
    # Two items without correlation, the second counted so little: a share of the variance.
    codes = np.array([[1.0, 1], [1, 2], [2, 1], [2, 2]])
    for little, is_plane in ((1e-4, True), (3e-5, False), (0.0, False)):
        # Variances of the sum and of the rest, at right angles: 2 and little ** 2 / 2.
        assert is_plane == (little**2 / 4 > null_populations.NO_PLANE)
        found = _in_plane(codes, None, np.array([[1.0, 1.0], [0.0, little]]))
        assert (found is not None) is is_plane


def test_of_several_samples_a_moment_has_its_mean_size() -> None:
    moments, seen = [3j, -4.0 + 0j, 0j], []

    def pull(codes: np.ndarray) -> complex:
        seen.append(codes.tolist())
        return moments[len(seen) - 1]

    population: Any = SimpleNamespace(
        draw=lambda generator: generator.integers(0, 2, (3, 4)),
        items=[3, 1],
        answers=SimpleNamespace(code_of=np.array([10.0, 20.0])),
    )
    assert _drawn_pull(population, pull, np.random.default_rng(1)) == pytest.approx((3 + 4) / 3)
    again = np.random.default_rng(1)
    drawn = [np.array([10.0, 20.0])[again.integers(0, 2, (3, 4))[:, [3, 1]]] for _ in range(3)]
    assert seen == [each.tolist() for each in drawn]


def two_stars(first: int, second: int) -> pd.DataFrame:
    """Answers of two clouds, one after the other, with different numbers of arms."""
    tables = [on_a_star(n_arms, 0.0, n=500) for n_arms in (first, second)]
    codes = np.vstack([ordinal_answers(each).codes_given for each in tables])
    return pd.DataFrame(codes.astype(int).astype(str), columns=[f"Q{i}" for i in range(16)])


def test_arms_are_those_of_the_weighted_answers() -> None:
    X = two_stars(3, 5)
    for weights, n_arms in ((np.repeat([1.0, 0.05], 500), 3), (np.repeat([0.05, 1.0], 500), 5)):
        assert armed(code_table(X, sample_weight=weights)).n_arms == n_arms
    # Of the same arms, turned: those of the heavier respondents.
    near, far = on_a_star(3, 0.0, 0.0, n=500), on_a_star(3, 0.0, 0.7, n=500)
    codes = np.vstack([ordinal_answers(each).codes_given for each in (near, far)])
    X = pd.DataFrame(codes.astype(int).astype(str), columns=[f"Q{i}" for i in range(16)])
    alone = [armed(each) for each in (near, far)]
    for weights, lone in zip(np.repeat([[1, 0.02], [0.02, 1]], 500, axis=1), alone, strict=True):
        found = armed(code_table(X, sample_weight=weights))
        assert found.width < 0.4
        # Axes may be turned the other way: what they tell of answers is compared.
        pulls = [
            third_moment(each.draw(np.random.default_rng(1)), each.table) for each in (found, lone)
        ]
        assert abs(np.angle(pulls[0] / pulls[1])) < 0.5


def third_moment(codes: np.ndarray, table: CodedTable) -> complex:
    values = ordinal_answers(table).code_of[codes]
    pattern = np.exp(1j * np.linspace(0, 2 * np.pi, 16, endpoint=False))
    places = (values - values.mean(axis=0)) @ pattern
    return complex((np.abs(places) ** 2 * np.exp(3j * np.angle(places))).mean())


def test_answers_on_a_line_have_a_star_all_the_same() -> None:
    table = on_a_star(4, 0.0, n=100)
    star_given = fit_nulls(table)[0]["star"]
    assert isinstance(star_given, ShapedAttitudes)
    line = np.column_stack([np.ones(16), 2 * np.ones(16)])
    found = armed_as(star_given, line)
    assert found.n_arms in null_populations.ARMS
    assert 0 <= found.width <= 1
    assert np.isfinite(found.turn)


def test_directions_are_those_of_the_polychoric_correlations(
    table: CodedTable, populations: dict[str, NullPopulation]
) -> None:
    own = polychoric(pd.DataFrame(ordinal_answers(table).codes_given)).correlations.to_numpy()
    for null in SHAPES:
        directions = populations[null].directions  # type: ignore[union-attr]
        np.testing.assert_allclose(directions @ directions.T, own, atol=0.01)
        sizes = np.square(directions).sum(axis=0)
        assert (np.diff(sizes) >= 0).all()


def test_permuting_keeps_fixed_cells_and_moves_each_column_by_itself() -> None:
    codes = np.arange(400).reshape(100, 4)
    fixed = np.zeros(codes.shape, dtype=bool)
    fixed[:30, 2] = True
    drawn = permuted(codes, fixed, np.random.default_rng(0))
    np.testing.assert_array_equal(drawn[fixed], codes[fixed])
    np.testing.assert_array_equal(np.sort(drawn, axis=0), codes)
    assert len(np.unique(drawn // 4 - np.arange(100)[:, np.newaxis], axis=1).T) == 4
    assert codes[0, 0] == 0  # the table given is left alone


def test_an_item_with_one_answer_stays_as_it_is() -> None:
    X = one_trait(60)
    X["q0"] = "3"
    coded = code_table(X)
    for population in fit_nulls(coded)[0].values():
        drawn = population.draw(np.random.default_rng(0))
        np.testing.assert_array_equal(drawn[:, 0], coded.codes[:, 0])
        assert (drawn[:, 1:] != coded.codes[:, 1:]).any(axis=0).all()


def test_two_ordered_items_are_enough_and_one_is_not() -> None:
    X = one_trait(60, 3)
    X["q2"] = "3"
    for population in fit_nulls(code_table(X))[0].values():
        assert population.draw(np.random.default_rng(0)).shape == (60, 3)
    X["q1"] = "2"
    with pytest.raises(LimitError) as limit:
        fit_nulls(code_table(X))
    assert limit.value.details == {"expected": 2, "found": 1}


def test_an_answer_of_weight_zero_alone_is_none() -> None:
    X = one_trait(60, 4)
    weights = np.resize([1.0, 2.0], 60)
    weights[:6] = 0
    X["q0"] = np.where(weights == 0, "4", "3")
    for population in fit_nulls(code_table(X, sample_weight=weights))[0].values():
        drawn = population.draw(np.random.default_rng(0))
        assert drawn.shape == (60, 4)
    X["q1"] = X["q2"] = X["q0"]
    with pytest.raises(LimitError) as limit:
        fit_nulls(code_table(X, sample_weight=weights))
    assert limit.value.details == {"expected": 2, "found": 1}


def test_respondents_who_answered_nothing_stay_silent() -> None:
    X = one_trait(60, 4)
    X.iloc[:5] = "no answer"
    table = code_table(X)
    for population in fit_nulls(table)[0].values():
        drawn = population.draw(np.random.default_rng(0))
        np.testing.assert_array_equal(drawn[:5], table.codes[:5])
