"""Respondents who answer at random are told from those whose answers hang together."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.special import ndtri

from rfree.base.inputs import FloatArray
from rfree.items import random_answers as module
from rfree.items.random_answers import random_answers

N_ITEMS = 20
LOADINGS = np.where(np.arange(N_ITEMS) % 2, 0.7, -0.7)
LIMITS = np.array([-1.3, -0.5, 0.4, 1.2])


def sample(n: int, n_random: int, seed: int = 5) -> tuple[FloatArray, FloatArray]:
    """Draw answers to five points, the first ``n_random`` rows by chance; and the attitude."""
    generator = np.random.default_rng(seed)
    attitude = generator.standard_normal(n)
    own = generator.standard_normal((n, N_ITEMS))
    latent = attitude[:, np.newaxis] * LOADINGS + np.sqrt(1 - LOADINGS**2) * own
    values = np.digitize(latent, LIMITS).astype(float)
    values[:n_random] = generator.integers(0, 5, (n_random, N_ITEMS))
    return values, attitude


@pytest.mark.parametrize("share", [0.05, 0.15, 0.4])
def test_the_share_planted_is_found(share: float) -> None:
    n = 1500
    values, attitude = sample(n, round(share * n))
    found = random_answers(values, attitude, loadings=LOADINGS)
    assert found.share == pytest.approx(share, abs=0.025)
    assert found.gain > 50


def test_where_nobody_answers_at_random_hardly_any_sample_says_so() -> None:
    found = [random_answers(*sample(300, 0, seed), loadings=LOADINGS).share for seed in range(40)]
    assert np.count_nonzero(found) <= 5  # 5 % of 40: 2 expected
    assert max(found) < 0.03


def test_who_answers_at_random_has_answers_unlikely_of_any_attitude() -> None:
    values, attitude = sample(600, 100)
    ratios = random_answers(values, attitude, loadings=LOADINGS).ratios
    assert (ratios[:100] < 0).mean() > 0.9
    assert (ratios[100:] > 0).mean() > 0.9


def test_the_likelihood_of_one_item_and_one_place_is_that_of_its_definition() -> None:
    """Everybody stands at one place: each answer is as likely as its share, by chance 1/3."""
    values = np.repeat([0.0, 1.0, 2.0], [30, 50, 20])[:, np.newaxis]
    found = random_answers(values, np.zeros(100), loadings=np.zeros(1))
    assert found.ratios[:30] == pytest.approx(np.log(0.3 * 3))
    assert found.ratios[30:80] == pytest.approx(np.log(0.5 * 3))
    assert found.ratios[80:] == pytest.approx(np.log(0.2 * 3))


def test_the_share_and_its_gain_are_those_of_the_highest_likelihood() -> None:
    values, attitude = sample(400, 60)
    found = random_answers(values, attitude, loadings=LOADINGS)

    def height(share: float) -> float:
        return float(np.log(share + (1 - share) * np.exp(found.ratios)).sum())

    heights = [height(share) for share in np.linspace(0.001, 0.999, 999)]
    assert np.linspace(0.001, 0.999, 999)[np.argmax(heights)] == pytest.approx(
        found.share, abs=0.001
    )
    assert 2 * (height(found.share) - height(0.0)) == pytest.approx(found.gain)
    # One-sided at 95 %: a chi-squared of one degree of freedom is above 2.706 in one of ten.
    assert 2 * (height(found.share) - height(found.upper)) == pytest.approx(2.7055, abs=1e-3)
    assert found.share < found.upper


def test_the_largest_share_allowed_is_seldom_below_the_one_planted() -> None:
    upper = [random_answers(*sample(300, 45, seed), loadings=LOADINGS).upper for seed in range(40)]
    assert sum(each < 0.15 for each in upper) <= 6  # 2 expected
    assert np.mean(upper) < 0.22


def test_answers_not_given_say_nothing() -> None:
    values, attitude = sample(600, 0)
    lacking = values.copy()
    lacking[::2, 0] = np.nan
    with_none = random_answers(lacking, attitude, loadings=LOADINGS)
    without = random_answers(values[:, 1:], attitude, loadings=LOADINGS[1:])
    assert with_none.gain == without.gain == 0
    assert with_none.ratios[::2] == pytest.approx(without.ratios[::2])


def test_a_weight_of_two_is_two_respondents() -> None:
    values, attitude = sample(300, 50)
    twice = np.where(np.arange(300) % 3 == 0, 2, 1)
    weighted = random_answers(
        values, attitude, loadings=LOADINGS, sample_weight=twice.astype(float)
    )
    repeated = random_answers(np.repeat(values, twice, axis=0), attitude, loadings=LOADINGS)
    assert weighted.share == pytest.approx(repeated.share, abs=1e-9)
    assert weighted.gain * twice.mean() == pytest.approx(repeated.gain)


def test_an_item_with_one_answer_is_no_evidence() -> None:
    values, attitude = sample(300, 50)
    more = np.hstack([values, np.ones((300, 1))])
    found = random_answers(more, attitude, loadings=np.append(LOADINGS, 0.5))
    assert found.share == random_answers(values, attitude, loadings=LOADINGS).share


@pytest.mark.parametrize("limit", [1, 2])
def test_two_answers_are_no_evidence_that_one_of_them_is_given_by_chance(limit: int) -> None:
    values, attitude = sample(300, 0)
    either = (values > limit).astype(float)
    assert random_answers(either, 1.3 * attitude, loadings=LOADINGS).gain == 0
    both = np.hstack([values, either])
    found = random_answers(both, attitude, loadings=np.tile(LOADINGS, 2))
    alone = random_answers(values, attitude, loadings=LOADINGS)
    assert found.ratios == pytest.approx(alone.ratios)


def test_as_many_loadings_as_items_are_needed() -> None:
    values, attitude = sample(50, 0)
    with pytest.raises(ValueError, match="20 items, but 3 loadings"):
        random_answers(values, attitude, loadings=np.ones(3))


def evenly(number: int) -> FloatArray:
    """Return the normal values that cut the normal distribution evenly, standardised."""
    values = ndtri((np.arange(number) + 0.5) / number)
    return np.asarray((values - values.mean()) / values.std())


def test_places_are_all_combinations_of_the_attitude_and_of_the_styles_there_are() -> None:
    attitude = np.random.default_rng(3).standard_normal(500)
    alone = module._places(attitude, styles=False, extremity=0.0)
    stands = np.quantile(attitude, (np.arange(21) + 0.5) / 21)
    np.testing.assert_allclose(alone.attitude, (stands - stands.mean()) / stands.std())
    squares = alone.attitude**2
    np.testing.assert_allclose(alone.square, (squares - squares.mean()) / squares.std())
    assert alone.style.tolist() == [0] * 21
    assert alone.stretch.tolist() == [1] * 21
    styled = module._places(attitude, styles=True, extremity=0.0)
    assert len(styled.attitude) == 21 * 5
    np.testing.assert_allclose(styled.attitude, np.repeat(alone.attitude, 5))
    np.testing.assert_allclose(styled.style, np.tile(evenly(5), 21))
    assert styled.stretch.tolist() == [1] * 105
    stretched = module._places(attitude, styles=False, extremity=0.4)
    np.testing.assert_allclose(stretched.stretch, np.tile(np.exp(0.4 * evenly(5)), 21))
    assert stretched.style.tolist() == [0] * 105
    both = module._places(attitude, styles=True, extremity=0.4)
    assert len(both.square) == 21 * 25
    np.testing.assert_allclose(both.style, np.tile(np.repeat(evenly(5), 5), 21))
    np.testing.assert_allclose(both.stretch, np.tile(np.exp(0.4 * evenly(5)), 105))


def test_a_style_of_answering_is_no_chance() -> None:
    """Half of each item's variance is a style; who knows it finds nobody answering at random."""
    generator = np.random.default_rng(8)
    attitude, style = generator.standard_normal((2, 900))
    own = generator.standard_normal((900, N_ITEMS))
    latent = 0.4 * attitude[:, None] * np.sign(LOADINGS) + 0.7 * style[:, None] + 0.6 * own
    values = np.digitize(latent, LIMITS).astype(float)
    loadings, styles = 0.4 * np.sign(LOADINGS), np.full(N_ITEMS, 0.7)
    unaware = random_answers(values, attitude, loadings=loadings)
    aware = random_answers(values, attitude, loadings=loadings, styles=styles)
    assert unaware.share > 0.05
    assert aware.share < 0.02
    assert aware.ratios.mean() > unaware.ratios.mean()


def test_probabilities_are_those_of_bayes() -> None:
    ratios = np.array([0.0, np.log(3), -np.log(3), 1e3, -1e3])
    found = module.RandomAnswers(0.25, 0.5, 9.0, ratios).probabilities
    np.testing.assert_allclose(found[:3], [0.25, 0.1, 0.5])
    np.testing.assert_allclose(found[3:], [np.exp(-50) / 3, 1], rtol=1e-6, atol=1e-12)
    assert (module.RandomAnswers(0.0, 0.0, 0.0, ratios).probabilities == 0).all()


def test_every_argument_has_as_many_values_as_items() -> None:
    values, attitude = sample(50, 0)
    for wrong, told in (
        ({"bends": np.ones(2)}, "20 items, but 20 loadings, 2 bends and 20 styles"),
        ({"styles": np.ones(7)}, "20 items, but 20 loadings, 20 bends and 7 styles"),
    ):
        with pytest.raises(ValueError, match=told):
            random_answers(values, attitude, loadings=LOADINGS, **wrong)
