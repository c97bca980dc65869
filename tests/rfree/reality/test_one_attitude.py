"""One attitude: what its second direction is, and populations that have it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from scipy.signal import find_peaks
from scipy.stats import norm

from made_up_answers import one_trait
from rfree.classes.chain import code_table
from rfree.items.association import polychoric
from rfree.reality.answer_scores import answer_scores
from rfree.reality.one_attitude import (
    N_TURNS,
    OneAttitude,
    SecondDirection,
    fit_one_attitude,
    gapless_width,
    second_direction,
)
from rfree.reality.ordered_answers import ordinal_answers

N = 150
SIGNS = np.array([1.0, 1, 1, 1, -1, -1, -1, -1])


def noise(generator: np.random.Generator, size: float = 0.6) -> np.ndarray:
    return size * generator.standard_normal((N, 8))


def attitude_of(generator: np.random.Generator) -> np.ndarray:
    return generator.standard_normal((N, 1))


def found_in(values: np.ndarray) -> SecondDirection:
    return second_direction(values, pd.DataFrame(np.corrcoef(values.T)))


def of_nothing(generator: np.random.Generator) -> np.ndarray:
    return 0.8 * attitude_of(generator) * SIGNS + noise(generator)


def of_a_horseshoe(generator: np.random.Generator) -> np.ndarray:
    attitude = attitude_of(generator)
    square = (attitude**2 - 1) / np.sqrt(2)
    return np.hstack([np.repeat(attitude, 5, axis=1), np.repeat(square, 3, axis=1)]) + noise(
        generator, 0.4
    )


def of_a_turned_horseshoe(generator: np.random.Generator) -> np.ndarray:
    """The items, and the components of their answers, lie between the two directions."""
    attitude = attitude_of(generator)
    square = (attitude**2 - 1) / np.sqrt(2)
    both = np.hstack([attitude + square, attitude - square]) / np.sqrt(2)
    return np.repeat(both, [5, 3], axis=1) + noise(generator, 0.4)


def of_a_style(generator: np.random.Generator) -> np.ndarray:
    return of_nothing(generator) + 0.55 * attitude_of(generator)


def of_two_alike(generator: np.random.Generator) -> np.ndarray:
    values = 0.45 * generator.standard_normal((300, 1)) * np.tile(SIGNS, 2)
    values = values + 0.9 * generator.standard_normal((300, 16))
    values[:, 0] = values[:, 1] + 0.2 * generator.standard_normal(300)
    return values


def of_another(generator: np.random.Generator) -> np.ndarray:
    two = np.repeat(generator.standard_normal((N, 2)), 4, axis=1) * [1, 1, -1, -1, 1, 1, -1, -1]
    return 0.8 * two + noise(generator)


@pytest.mark.parametrize(
    ("kind", "draw"),
    [
        ("nothing", of_nothing),
        ("bend", of_a_horseshoe),
        ("bend", of_a_turned_horseshoe),
        ("answering style", of_a_style),
        ("two alike", of_two_alike),
        ("another attitude", of_another),
    ],
)
def test_what_was_planted_is_named(kind: str, draw) -> None:
    found = [found_in(draw(np.random.default_rng(seed))) for seed in range(5)]
    assert [each.kind for each in found] == [kind] * 5
    if kind == "answering style":
        assert all(each.worded_both_ways for each in found)
        assert all(each.one_sign >= 0.9 for each in found)
    if kind == "two alike":
        squares = np.square([each.loadings["second"] for each in found])
        assert (squares[:, :2].sum(axis=1) > 0.8 * squares.sum(axis=1)).all()
    for each in found:
        assert (each.eigenvalue > each.chance) == (kind != "nothing")


def test_a_style_on_items_worded_one_way_cannot_be_told_from_the_attitude() -> None:
    generator = np.random.default_rng(1)
    found = found_in(of_nothing(generator) * SIGNS)
    assert not found.worded_both_ways
    assert found_in(of_nothing(generator)).worded_both_ways


def test_eigenvalue_and_bend_are_those_of_numpy() -> None:
    values = of_a_turned_horseshoe(np.random.default_rng(7))
    found = found_in(values)
    assert found.eigenvalue == pytest.approx(np.linalg.eigvalsh(np.corrcoef(values.T))[-2])
    scores = answer_scores(values, n_directions=2)
    white = scores / scores.std(axis=0)
    explained = []
    for turn in np.arange(N_TURNS) * np.pi / N_TURNS:
        line = white @ [np.cos(turn), np.sin(turn)]
        across = white @ [-np.sin(turn), np.cos(turn)]
        fitted = np.polyval(np.polyfit(line, across, 2), line)
        explained.append(np.var(fitted) / np.var(across))
    assert found.bend == pytest.approx(max(explained))
    # The components of the answers themselves hide it.
    assert explained[0] < 0.8 * max(explained)


def test_weights_are_respondents_repeated() -> None:
    values = of_a_horseshoe(np.random.default_rng(8))
    times = np.random.default_rng(9).integers(0, 4, N)
    repeated = np.repeat(values, times, axis=0)
    correlations = pd.DataFrame(np.corrcoef(repeated.T))
    weighted = second_direction(values, correlations, times.astype(float))
    whole = second_direction(repeated, correlations)
    assert weighted.eigenvalue == pytest.approx(whole.eigenvalue)
    assert weighted.bend == pytest.approx(whole.bend)
    pd.testing.assert_frame_equal(weighted.loadings, whole.loadings)


def test_two_items_have_one_direction_alone() -> None:
    values = of_nothing(np.random.default_rng(2))[:, :2]
    found = found_in(values)
    assert found.kind == "nothing"
    assert found.eigenvalue == pytest.approx(1 - np.corrcoef(values.T)[0, 1])


def test_answers_that_are_all_alike_end_well() -> None:
    one = np.repeat(np.arange(60.0)[:, np.newaxis] % 5, 4, axis=1)
    found = second_direction(one, pd.DataFrame(np.full((4, 4), 0.9999) + 0.0001 * np.eye(4)))
    assert found.kind == "nothing"
    assert found.bend == pytest.approx(0, abs=1e-9)


def fitted(X: pd.DataFrame, weights: np.ndarray | None = None):
    table = code_table(X, sample_weight=weights)
    answers = ordinal_answers(table)
    items = np.arange(X.shape[1])
    correlations = polychoric(pd.DataFrame(answers.codes_given), sample_weight=weights).correlations
    return answers, fit_one_attitude(table, answers, items, correlations)


def test_the_attitude_is_that_of_the_sample_with_its_gaps_and_without() -> None:
    answers, (own, filled, second) = fitted(one_trait(N, 8))
    first = answer_scores(answers.codes_given)[:, 0]
    assert abs(np.corrcoef(own.attitude, first)[0, 1]) == pytest.approx(1)
    assert (own.attitude.mean(), own.attitude.std()) == pytest.approx((0, 1))
    assert second.kind == "nothing"
    assert not own.bends.any()
    assert not own.styles.any()
    assert filled.width >= own.width == 0.2
    assert filled.width == pytest.approx(max(0.2, gapless_width(own.attitude, np.ones(N))))
    for name in ("attitude", "loadings", "bends", "styles", "extremity"):
        np.testing.assert_array_equal(getattr(own, name), getattr(filled, name))


def as_codes(values: np.ndarray) -> pd.DataFrame:
    limits = np.quantile(values, [0.2, 0.4, 0.6, 0.8], axis=0)
    codes = 1 + (values[:, :, np.newaxis] > limits.T).sum(axis=2)
    return pd.DataFrame(codes.astype(str)).rename(columns="q{}".format)


def test_a_bend_is_in_the_population_as_the_square_of_the_attitude() -> None:
    generator = np.random.default_rng(3)
    attitude = np.linspace(-1.7, 1.7, N)[:, np.newaxis]
    square = attitude**2 - 1
    planted = np.hstack([np.repeat(attitude, 4, axis=1), np.repeat(square, 4, axis=1)])
    answers, (own, _, second) = fitted(as_codes(planted + noise(generator, 0.3)))
    assert second.kind == "bend"
    assert abs(np.corrcoef(own.attitude, attitude.ravel())[0, 1]) > 0.9
    assert (np.abs(own.loadings[:4]) > 0.7).all()
    assert (np.abs(own.bends[4:]) > 0.7).all()
    assert (np.abs(own.bends[:4]) < 0.3).all()
    assert (own.loadings**2 + own.bends**2 <= 0.95 + 1e-9).all()
    drawn = answers.code_of[own.draw(generator)]
    values = answer_scores(drawn, n_directions=2)
    spread = second_direction(drawn, pd.DataFrame(np.corrcoef(drawn.T)))
    assert spread.bend > 0.25
    assert values.shape == (N, 2)


def test_a_style_is_in_the_population_as_a_factor_of_its_own() -> None:
    _, (own, _, second) = fitted(as_codes(of_a_style(np.random.default_rng(0))))
    assert second.kind == "answering style"
    np.testing.assert_array_equal(own.styles, second.loadings["second"])
    assert abs(np.sign(own.styles).sum()) == 8
    # Another attitude is what the population is held against: it is not in it.
    _, (own, _, second) = fitted(as_codes(of_another(np.random.default_rng(0))))
    assert second.kind == "another attitude"
    assert not own.styles.any()
    assert not own.bends.any()


def a_population(**given: object) -> OneAttitude:
    X = one_trait(N, 4)
    table = code_table(X)
    nothing = np.zeros(4)
    attitude = np.random.default_rng(0).permuted(np.tile([-1.0, 1.0], N // 2))
    plain = OneAttitude(
        table, ordinal_answers(table), np.arange(4), attitude, np.full(N, 1 / N), 0.0,
        np.array([0.8, 0.6, -0.7, 0.0]), nothing, nothing, 0.0,
    )  # fmt: skip
    return replace(plain, **given)


def many(population: OneAttitude) -> np.ndarray:
    generator = np.random.default_rng(1)
    return np.vstack([population.latent(generator) for _ in range(80)])


def test_latent_answers_have_the_variances_and_correlations_of_the_model() -> None:
    styles = np.array([0.3, 0.3, 0.3, 0.6])
    bends = np.array([0.0, 0.5, 0.0, -0.4])
    even = np.linspace(-np.sqrt(3), np.sqrt(3), N)
    population = a_population(styles=styles, bends=bends, attitude=even)
    latent = many(population)
    # An even attitude is not correlated with its square.
    loadings = population.loadings
    expected = sum(np.outer(each, each) for each in (loadings, bends, styles))
    np.fill_diagonal(expected, 1)
    np.testing.assert_allclose(np.cov(latent.T, bias=True), expected, atol=0.05)


def test_an_attitude_of_two_places_is_drawn_at_both_and_smoothed_as_asked() -> None:
    one_item = {"loadings": np.array([1.0, 0, 0, 0])}
    sharp = many(a_population(**one_item))[:, 0]
    # Own part: no less than 5 % of the variance.
    assert np.abs(np.abs(sharp) - 1).std() < 0.3
    smooth = many(a_population(**one_item, width=1.0))[:, 0]
    assert np.mean(np.abs(smooth) < 0.4) > 0.2
    assert np.mean(np.abs(sharp) < 0.4) < 0.05


def test_respondents_are_drawn_as_often_as_they_weigh() -> None:
    chances = np.where(a_population().attitude > 0, 3.0, 1.0)
    population = a_population(loadings=np.array([1.0, 0, 0, 0]), chances=chances / chances.sum())
    latent = many(population)[:, 0]
    assert np.mean(latent > 0) == pytest.approx(0.75, abs=0.02)


def test_extremity_spreads_respondents_between_the_middle_and_the_ends() -> None:
    plain, extreme = (many(a_population(extremity=each)) for each in (0.0, 0.6))
    sizes = [np.log(np.square(each).mean(axis=1)).std() for each in (plain, extreme)]
    # Independent parts of the logarithm of a mean square: 2 * .6 of its own.
    assert sizes[1] ** 2 - sizes[0] ** 2 == pytest.approx(1.2**2, rel=0.1)


def test_a_preference_for_the_ends_is_found() -> None:
    generator = np.random.default_rng(4)
    latent = 0.8 * attitude_of(generator) * np.tile(SIGNS, 2)
    latent = latent + 0.6 * generator.standard_normal((N, 16))
    limits = np.array([-1.2, -0.4, 0.4, 1.2])
    found = []
    for extremity in (0.0, 0.3, 0.6):
        stretched = latent * np.exp(extremity * generator.standard_normal((N, 1)))
        codes = 1 + (stretched[:, :, np.newaxis] > limits).sum(axis=2)
        X = pd.DataFrame(codes.astype(str)).rename(columns="q{}".format)
        found.append(fitted(X)[1][2].extremity)
    assert found == sorted(found)
    assert found[2] > found[0] + 0.2


@pytest.mark.parametrize("size", [1.0, 3.0])
def test_two_points_have_one_summit_at_half_their_distance(size: float) -> None:
    # sigma = half the distance is where the middle of two equal normals turns level.
    halves = size * np.repeat([-1.0, 1.0], 20)
    assert gapless_width(halves, np.ones(40)) == pytest.approx(size, rel=0.02)


def n_summits(attitude: np.ndarray, mass: np.ndarray, width: float) -> int:
    places = np.linspace(attitude.min() - 4 * width, attitude.max() + 4 * width, 4001)
    density = np.exp(-np.square((places[:, np.newaxis] - attitude) / width) / 2) @ mass
    return len(find_peaks(density)[0])


@pytest.mark.parametrize("seed", range(4))
def test_the_width_is_the_narrowest_that_leaves_one_summit(seed: int) -> None:
    generator = np.random.default_rng(seed)
    attitude = np.concatenate([generator.normal(size=30), generator.normal(4, 0.5, 15)])
    attitude = (attitude - attitude.mean()) / attitude.std()
    mass = generator.uniform(0.5, 2, 45)
    width = gapless_width(attitude, mass)
    assert n_summits(attitude, mass, 1.03 * width) == 1
    assert n_summits(attitude, mass, 0.97 * width) > 1


def test_one_respondent_far_from_all_others_and_all_at_one_place() -> None:
    alone = np.append(np.zeros(299), 1.0)
    alone = (alone - alone.mean()) / alone.std()
    width = gapless_width(alone, np.ones(300))
    assert n_summits(alone, np.ones(300), 1.03 * width) == 1
    assert gapless_width(np.zeros(9), np.ones(9)) < 0.2


def with_random_answers(generator: np.random.Generator, n_random: int) -> pd.DataFrame:
    """400 respondents to 20 items of five points, the first ones by chance."""
    signs = np.tile([1.0, -1.0], 10)
    latent = 0.8 * generator.standard_normal((400, 1)) * signs
    latent = latent + 0.6 * generator.standard_normal((400, 20))
    codes = 1 + (latent[:, :, np.newaxis] > [-1.6, -0.9, -0.2, 0.6]).sum(axis=2)
    codes[:n_random] = generator.integers(1, 6, (n_random, 20))
    return pd.DataFrame(codes.astype(str)).rename(columns="q{}".format)


def second_eigenvalue(codes: np.ndarray) -> float:
    return float(np.linalg.eigvalsh(np.corrcoef(codes.T))[-2])


def test_who_answers_at_random_is_in_the_population_and_gives_its_second_direction() -> None:
    generator = np.random.default_rng(11)
    answers, (own, filled, second) = fitted(with_random_answers(generator, 60))
    assert second.at_random == pytest.approx(0.15, abs=0.03)
    assert second.at_random < own.at_random < second.at_random + 0.06
    assert filled.at_random == 0
    drawn, without = (
        np.mean([
            second_eigenvalue(answers.code_of[each.draw(generator)]) for _ in range(20)
        ])
        for each in (own, replace(own, at_random=0.0))
    )  # fmt: skip
    sample = second_eigenvalue(answers.codes_given)
    assert abs(drawn - sample) < abs(without - sample)
    assert drawn > without


def test_where_nobody_answers_at_random_nobody_does_in_the_population() -> None:
    _, (own, filled, second) = fitted(with_random_answers(np.random.default_rng(12), 0))
    assert own.at_random == filled.at_random == second.at_random == 0
    assert own.extremity == filled.extremity


def test_each_answer_in_use_is_as_likely_as_any_at_random() -> None:
    answers, (own, *_) = fitted(with_random_answers(np.random.default_rng(13), 0))
    shares = np.stack([(answers.codes_given == code).mean(axis=0) for code in answers.codes])
    limits = norm.ppf(shares.cumsum(axis=0)[:-1])
    chance = replace(own, at_random=1.0)
    latent = np.concatenate([chance.latent(np.random.default_rng(at)) for at in range(10)])
    drawn = (latent[:, :, np.newaxis] > limits.T).sum(axis=2)
    found = np.stack([(drawn == code).mean(axis=0) for code in range(5)])
    assert found == pytest.approx(np.full((5, 20), 0.2), abs=0.035)  # 5.5 standard errors
    assert np.abs(np.corrcoef(latent.T) - np.eye(20)).max() < 0.09


def with_copies(seed: int = 4) -> pd.DataFrame:
    """Return answers of one attitude, an item of which is asked three times, once turned."""
    generator = np.random.default_rng(seed)
    signs = np.resize([1.0, -1.0], 20)
    latent = 0.6 * generator.standard_normal((400, 1)) * signs
    latent += 0.8 * generator.standard_normal((400, 20))
    latent[:, 7] = latent[:, 2] + 0.3 * generator.standard_normal(400)
    latent[:, 11] = -latent[:, 2] + 0.3 * generator.standard_normal(400)
    return as_codes(latent)


def test_items_asked_again_follow_the_one_they_repeat() -> None:
    X = with_copies()
    answers, (own, filled, second) = fitted(X)
    assert second.alike == ((2, 7, 11),)
    assert second.kind == "nothing"
    distinct = np.setdiff1d(np.arange(20), [7, 11])
    np.testing.assert_array_equal(own.items, distinct)
    assert list(second.loadings.index) == distinct.tolist()
    for population in (own, filled):
        generator = np.random.default_rng(0)
        drawn = np.mean(
            [
                np.corrcoef(answers.code_of[population.draw(generator)].T)[[2, 2, 7], [7, 11, 11]]
                for _ in range(20)
            ],
            axis=0,
        )
        sample = np.corrcoef(answers.codes_given.T)[[2, 2, 7], [7, 11, 11]]
        np.testing.assert_allclose(drawn, sample, atol=0.06)
        assert (
            (answers.code_of[population.draw(generator)] != answers.codes_given).any(axis=0).all()
        )


def test_all_but_the_items_asked_again_are_fitted_as_without_them() -> None:
    X = with_copies()
    _, (own, _, second) = fitted(X)
    _, (alone, _, of_alone) = fitted(X.drop(columns=["q7", "q11"]))
    assert of_alone.alike == ()
    assert second.eigenvalue == of_alone.eigenvalue
    np.testing.assert_allclose(own.attitude, alone.attitude)
    np.testing.assert_allclose(own.loadings, alone.loadings)


@pytest.mark.parametrize("seed", range(4))
def test_in_answers_of_yes_and_no_nobody_is_said_to_answer_at_random(seed: int) -> None:
    """The undecided are as likely to say either: a fitted share of them was half the sample."""
    generator = np.random.default_rng(seed)
    latent = 0.7 * attitude_of(generator) + noise(generator, np.sqrt(0.51))
    _, (own, _, second) = fitted(pd.DataFrame((latent > 0).astype(int).astype(str)))
    assert own.at_random == second.at_random == 0


def test_who_alone_makes_an_item_vary_is_not_said_to_answer_at_random() -> None:
    same = np.tile([1, 2, 4, 5, 1], (49, 1))
    odd = np.vstack([same, [[5, 4, 2, 1, 5]]])
    _, (own, _, second) = fitted(pd.DataFrame(odd.astype(str)).rename(columns="q{}".format))
    assert own.at_random == second.at_random == 0
    floor = np.ones((60, 6), dtype=int)  # nobody leaves the floor but a few who may be anywhere
    floor[:5] = [[5, 2, 4, 1, 3, 2], [1, 4, 2, 5, 3, 1], [3, 5, 1, 2, 4, 5], [4, 1, 5, 3, 1, 4],
                 [2, 3, 3, 4, 5, 3]]  # fmt: skip
    odd = floor
    _, (own, _, second) = fitted(pd.DataFrame(odd.astype(str)).rename(columns="q{}".format))
    assert own.at_random == second.at_random == 0
