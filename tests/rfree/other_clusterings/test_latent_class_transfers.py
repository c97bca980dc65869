"""Respondents moved between latent classes one at a time."""

from __future__ import annotations

import numpy as np
import pandas as pd

from rfree.missing.missing import code_answers
from rfree.other_clusterings.latent_class_em import (
    ClassData,
    ClassParameters,
    expectation,
    maximisation,
)
from rfree.other_clusterings.latent_class_transfers import transferred
from rfree.other_clusterings.latent_classes import class_data


def answered(X: pd.DataFrame) -> ClassData:
    return class_data(code_answers(X)).in_single()


def model_of(data: ClassData, labels: np.ndarray) -> ClassParameters:
    """The classes as they are: their sizes and the shares of their answers."""
    n_classes = labels.max() + 1
    member = (labels[:, np.newaxis, np.newaxis] == np.arange(n_classes)).astype(np.float32)
    n_categories = data.indicator.shape[1]
    nothing = ClassParameters(
        np.zeros((1, n_classes), np.float32), np.zeros((n_categories, 1, n_classes), np.float32)
    )
    return maximisation(data, member, nothing)


def classified_likelihood(data: ClassData, labels: np.ndarray) -> float:
    model = model_of(data, labels)
    chances = np.where(model.probabilities[:, 0] > 0, model.probabilities[:, 0], 1.0)
    fitted = data.indicator @ np.log(chances)
    sizes = np.log(model.sizes[0])
    return float(fitted[np.arange(len(labels)), labels].sum() + sizes[labels].sum())


def test_a_respondent_in_the_wrong_class_goes_where_the_likelihood_is_higher() -> None:
    X = pd.DataFrame({name: np.repeat(["y", "n"], 20) for name in "abcdef"})
    data = answered(X)
    right = np.repeat([0, 1], 20)
    wrong = right.copy()
    wrong[[3, 30]] = 1 - wrong[[3, 30]]
    moved = transferred(data, model_of(data, right))
    assert np.allclose(moved.sizes, 0.5)
    # Expectation-maximisation itself sets these right; the two classes are all that there is.
    found = transferred(data, model_of(data, wrong))
    assert np.allclose(found.sizes, 0.5)


def test_no_single_move_would_raise_the_likelihood_any_more() -> None:
    rng = np.random.default_rng(4)
    X = pd.DataFrame(rng.integers(0, 3, (24, 8)).astype(str))
    X = X.mask(rng.random(X.shape) < 0.1)
    data = answered(X)
    begun = np.arange(24) % 3
    before = expectation(data, model_of(data, begun))[1][:, 0].argmax(axis=1)
    model = transferred(data, model_of(data, begun))
    ended = expectation(data, model)[1][:, 0].argmax(axis=1)
    reached = classified_likelihood(data, ended)
    assert reached > classified_likelihood(data, before)
    for row in range(24):
        for target in range(3):
            other = ended.copy()
            other[row] = target
            if len(np.unique(other)) == 3:
                assert classified_likelihood(data, other) <= reached + 0.011


def test_a_class_is_never_emptied() -> None:
    X = pd.DataFrame({name: list("xyyyyy") for name in "ab"})
    data = answered(X)
    model = transferred(data, model_of(data, np.array([0, 1, 1, 1, 1, 1])))
    assert (model.sizes > 0).all()
