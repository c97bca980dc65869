"""The likelihood of assigned classes: by hand, by its differences, by its expectation."""

from __future__ import annotations

import numpy as np
import pytest

from rfree.base.inputs import FloatArray
from rfree.membership.multinomial import MultinomialLikelihood
from rfree.membership.three_step.misclassified import MisclassifiedLikelihood

ERRORS = np.array([[0.8, 0.15, 0.05], [0.1, 0.8, 0.1], [0.0, 0.25, 0.75]])
DESIGN = np.array([[1.0, -1.0], [1, 0], [1, 0.5], [1, 2]])
WEIGHTS = np.array([1.0, 2.0, 0.5, 3.0])
ASSIGNED = np.array([0, 2, 1, 1])
AT = np.array([0.2, -0.4, -0.3, 0.6])  # intercept and slope of class 2, then of class 3


def likelihood(errors: FloatArray = ERRORS) -> MisclassifiedLikelihood:
    true = MultinomialLikelihood(DESIGN, np.full((4, 3), np.nan), WEIGHTS)
    return MisclassifiedLikelihood(true, DESIGN, WEIGHTS, errors, ASSIGNED)


def true_classes(at: FloatArray) -> FloatArray:
    scores = np.exp(np.column_stack([np.zeros(4), DESIGN @ at[:2], DESIGN @ at[2:]]))
    return np.asarray(scores / scores.sum(axis=1, keepdims=True))


def by_hand(at: FloatArray, errors: FloatArray = ERRORS) -> FloatArray:
    """The weighted log-likelihood of each respondent."""
    chances = true_classes(at) @ errors
    return np.asarray(WEIGHTS * np.log([chances[row, own] for row, own in enumerate(ASSIGNED)]))


def test_the_value_is_that_of_its_definition() -> None:
    assert likelihood().value(AT) == pytest.approx(by_hand(AT).sum())
    assert isinstance(likelihood().value(AT), float)
    np.testing.assert_allclose(likelihood().probabilities(DESIGN, AT), true_classes(AT))


def test_outside_the_domain_the_value_is_the_lowest() -> None:
    never = np.array([[1.0, 0, 0], [1, 0, 0], [1, 0, 0]])  # nobody is assigned to the others
    assert likelihood(never).value(AT) == -np.inf
    assert likelihood().value(np.full(4, np.nan)) == -np.inf


def test_scores_are_the_derivatives_of_each_respondent() -> None:
    step = 1e-6
    found = likelihood().scores(AT)
    assert found.shape == (4, 4)
    for place in range(4):
        moved = np.eye(4)[place] * step
        slopes = (by_hand(AT + moved) - by_hand(AT - moved)) / (2 * step)
        np.testing.assert_allclose(found[:, place], slopes, atol=1e-8)


def test_information_is_the_expected_square_of_the_scores() -> None:
    """Over the classes that each could have been assigned to, by their chances."""
    chances = true_classes(AT) @ ERRORS
    expected = np.zeros((4, 4))
    for assigned in range(3):
        true = MultinomialLikelihood(DESIGN, np.full((4, 3), np.nan), np.ones(4))
        one = MisclassifiedLikelihood(true, DESIGN, np.ones(4), ERRORS, np.full(4, assigned))
        scores = one.scores(AT)
        expected += np.einsum("i,ij,ik->jk", WEIGHTS * chances[:, assigned], scores, scores)
    np.testing.assert_allclose(likelihood().information(AT), expected)


def test_without_errors_it_is_the_model_of_the_classes_themselves() -> None:
    known = MultinomialLikelihood(DESIGN, np.eye(3)[ASSIGNED], WEIGHTS)
    found = likelihood(np.eye(3))
    assert found.value(AT) == pytest.approx(known.value(AT))
    np.testing.assert_allclose(found.scores(AT), known.scores(AT))
    np.testing.assert_allclose(found.information(AT), known.information(AT))
    np.testing.assert_allclose(found.class_scores(AT), known.class_scores(AT))
    np.testing.assert_allclose(
        found.probability_gradient(DESIGN, AT, WEIGHTS),
        known.probability_gradient(DESIGN, AT, WEIGHTS),
    )


def test_an_assignment_that_cannot_be_has_no_score() -> None:
    never = np.array([[1.0, 0, 0], [1, 0, 0], [1, 0, 0]])
    scores = likelihood(never).scores(AT)
    assert np.isfinite(scores).all()
    np.testing.assert_allclose(scores[1:], 0)
