"""Groups of one covariance fitted to scores: against scikit-learn, by hand, by property."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.mixture import GaussianMixture

from rfree.reality.separation import answer_scores, fit_groups, second_direction


def groups(apart: float, n: int = 200) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(12)
    labels = np.repeat([1, 2], n)
    return rng.normal(size=(2 * n, 2)) + apart * np.column_stack([labels == 2, 0 * labels]), labels


@pytest.mark.parametrize("apart", [2.5, 4.0])
def test_the_likelihood_is_that_of_scikit_learn(apart: float) -> None:
    points, labels = groups(apart)
    found = fit_groups(points, labels, 2)
    centred = points - points.mean(axis=0)
    values, vectors = np.linalg.eigh(centred.T @ centred / len(points))
    white = centred @ vectors / np.sqrt(values)
    means = np.array([white[labels == each].mean(axis=0) for each in (1, 2)])
    theirs = GaussianMixture(2, covariance_type="tied", means_init=means, tol=1e-9, max_iter=1000)
    # Gain over one normal group: log-likelihoods a respondent, that of a white cloud 1 + log 2 pi.
    gain = theirs.fit(white).score(white) + np.log(2 * np.pi) + 1
    assert found.gain == pytest.approx(gain, abs=5e-3)
    memberships = theirs.predict_proba(white)
    order = np.argsort([found.memberships[labels == 1, each].mean() for each in (1, 0)])
    np.testing.assert_allclose(found.memberships[:, order], memberships, atol=0.1)
    entropy = -(memberships * np.log(np.maximum(memberships, 1e-300))).sum(axis=1).mean()
    assert found.entropy == pytest.approx(entropy, abs=0.02)
    assert found.separation == found.gain - found.entropy


def test_memberships_sum_to_one_and_a_weight_of_two_is_the_row_twice() -> None:
    points, labels = groups(3.0, n=40)
    counts = 1 + np.arange(80) % 3
    weighted = fit_groups(points, labels, 2, counts.astype(float))
    rows = np.repeat(np.arange(80), counts)
    repeated = fit_groups(points[rows], labels[rows], 2)
    np.testing.assert_allclose(weighted.memberships.sum(axis=1), 1)
    assert weighted.gain == pytest.approx(repeated.gain, abs=1e-6)
    assert weighted.entropy == pytest.approx(repeated.entropy, abs=1e-6)
    np.testing.assert_allclose(
        weighted.memberships[np.repeat(np.arange(80), counts)], repeated.memberships, atol=1e-5
    )


def test_scores_are_the_principal_components_of_standardised_answers() -> None:
    rng = np.random.default_rng(3)
    values = np.round(rng.normal(size=(50, 4)) + rng.normal(size=(50, 1)), 1)
    standardised = (values - values.mean(axis=0)) / values.std(axis=0)
    eigenvalues = np.linalg.eigvalsh(standardised.T @ standardised / 50)[::-1]
    scores = answer_scores(values)
    np.testing.assert_allclose(np.square(scores).mean(axis=0), eigenvalues[:2])
    assert second_direction(scores) == pytest.approx(eigenvalues[1])
    assert second_direction(scores[:, :1]) == 0
    np.testing.assert_allclose(scores.T @ scores / 50, np.diag(eigenvalues[:2]), atol=1e-12)


def test_no_answer_lies_at_the_weighted_mean_of_its_item() -> None:
    values = np.array([[1.0, 2.0], [2.0, np.nan], [4.0, 5.0], [5.0, 9.0]])
    weights = np.array([1.0, 2.0, 1.0, 1.0])
    means = np.array([14 / 5, 16 / 3])
    deviations = np.where(np.isnan(values), 0.0, values - means)
    # Variances are over those who answered: five and three of weight.
    spreads = np.sqrt(weights @ np.square(deviations) / [5, 3])
    expected = deviations / spreads
    scores = answer_scores(values, weights)
    # Two items have two directions: nothing but a turn lies between.
    np.testing.assert_allclose(scores @ scores.T, expected @ expected.T)
    constant = answer_scores(np.array([[1.0, 3.0], [1.0, 4.0]]))
    np.testing.assert_allclose(constant[:, 0], [-1, 1])


def test_a_weight_of_two_is_the_answers_twice() -> None:
    rng = np.random.default_rng(4)
    values = rng.integers(1, 6, (30, 3)).astype(float)
    values[::7, 1] = np.nan
    counts = 1 + np.arange(30) % 2
    weighted = answer_scores(values, counts.astype(float))
    rows = np.repeat(np.arange(30), counts)
    np.testing.assert_allclose(weighted[rows], answer_scores(values[rows]), atol=1e-10)
    assert second_direction(weighted, counts.astype(float)) == pytest.approx(
        second_direction(answer_scores(values[rows]))
    )


def test_scores_without_spread_hold_no_groups() -> None:
    found = fit_groups(np.zeros((6, 1)), np.array([1, 1, 2, 2, 3, 3]), 3)
    assert (found.gain, found.entropy) == (0.0, pytest.approx(np.log(3)))
    np.testing.assert_allclose(found.memberships, 1 / 3)


def test_the_better_of_two_starts_is_kept() -> None:
    points, labels = groups(6.0, n=50)
    crossed = np.where(np.arange(100) % 2 == 0, 1, 2)
    assert fit_groups(points, crossed, 2).gain == pytest.approx(
        fit_groups(points, labels, 2).gain, abs=1e-3
    )
