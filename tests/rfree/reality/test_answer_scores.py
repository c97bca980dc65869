"""Respondents on the principal components of their ordered answers: against numpy, by hand."""

from __future__ import annotations

import numpy as np
import pytest

from rfree.reality.answer_scores import answer_scores, standardised_answers


def test_scores_are_principal_components() -> None:
    generator = np.random.default_rng(3)
    values = np.round(generator.normal(size=(50, 5)) + generator.normal(size=(50, 1)), 1)
    standardised = (values - values.mean(axis=0)) / values.std(axis=0)
    left, sizes, _ = np.linalg.svd(standardised, full_matrices=False)
    scores = answer_scores(values)
    assert scores.shape == (50, 3)
    expected = left[:, :3] * sizes[:3]
    signs = np.sign((scores * expected).sum(axis=0))
    np.testing.assert_allclose(scores, expected * signs, atol=1e-10)
    eigenvalues = np.linalg.eigvalsh(np.corrcoef(values.T))[::-1]
    np.testing.assert_allclose(np.square(scores).mean(axis=0), eigenvalues[:3])


def test_the_largest_loading_of_a_direction_is_positive() -> None:
    generator = np.random.default_rng(4)
    values = generator.normal(size=(40, 4)) + generator.normal(size=(40, 1)) * [1, -1, -1, -1]
    for given in (values, -values, values[:, ::-1]):
        scores = answer_scores(given, n_directions=4)
        links = scores.T @ standardised_answers(given)
        assert (links[np.arange(4), np.abs(links).argmax(axis=1)] > 0).all()


def test_no_answer_lies_at_the_weighted_mean_of_its_item() -> None:
    values = np.array([[1.0, 2.0], [2.0, np.nan], [4.0, 5.0], [5.0, 9.0]])
    weights = np.array([1.0, 2.0, 1.0, 1.0])
    means = np.array([14 / 5, 16 / 3])
    deviations = np.where(np.isnan(values), 0.0, values - means)
    # Variances are over those who answered: five and three of weight.
    expected = deviations / np.sqrt(weights @ np.square(deviations) / [5, 3])
    np.testing.assert_allclose(standardised_answers(values, weights), expected)
    # Two items have two directions: nothing but a turn lies between.
    scores = answer_scores(values, weights)
    np.testing.assert_allclose(scores @ scores.T, expected @ expected.T)


def test_a_weight_of_two_is_the_answers_twice_and_one_of_zero_none() -> None:
    generator = np.random.default_rng(4)
    values = generator.integers(1, 6, (30, 3)).astype(float)
    values[::7, 1] = np.nan
    times = np.arange(30) % 3
    weighted = answer_scores(values, times.astype(float))
    rows = np.repeat(np.arange(30), times)
    np.testing.assert_allclose(weighted[rows], answer_scores(values[rows]), atol=1e-10)


def test_an_item_that_all_answered_alike_adds_nothing_whatever_the_weights() -> None:
    generator = np.random.default_rng(6)
    values = generator.integers(1, 6, (40, 3)).astype(float)
    weights = generator.uniform(0.1, 3, 40)
    for constant in (3.0, 0.1, 7.0):
        item = np.full((40, 1), constant)
        item[0] = np.nan
        np.testing.assert_array_equal(standardised_answers(item, weights), np.zeros((40, 1)))
        both = np.hstack([item, values])
        np.testing.assert_allclose(
            answer_scores(both, weights), answer_scores(values, weights), atol=1e-10
        )
    # So does an item that only those who weigh nothing answered otherwise.
    weights[:5] = 0
    item = np.where(np.arange(40) < 5, 4.0, 2.0)[:, np.newaxis]
    assert not standardised_answers(item, weights).any()


def test_nobody_answered_an_item_or_a_respondent_no_item() -> None:
    values = np.array([[1.0, np.nan], [3.0, np.nan], [np.nan, np.nan]])
    np.testing.assert_array_equal(standardised_answers(values), [[-1, 0], [1, 0], [0, 0]])
    np.testing.assert_allclose(np.abs(answer_scores(values)), [[1, 0], [1, 0], [0, 0]])
    assert not answer_scores(np.full((3, 2), np.nan)).any()


def test_items_with_fewer_directions_give_fewer() -> None:
    assert answer_scores(np.array([[1.0], [2.0], [4.0]])).shape == (3, 1)
    alike = answer_scores(np.repeat([[1.0], [2.0], [4.0]], 3, axis=1))
    assert alike[:, 1:] == pytest.approx(0, abs=1e-7)
