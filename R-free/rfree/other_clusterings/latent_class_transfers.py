"""Latent classes improved respondent by respondent, where expectation-maximisation stands still."""

from __future__ import annotations

import numpy as np

from rfree.base.inputs import FloatArray, IntArray
from rfree.other_clusterings.latent_class_em import (
    ClassData,
    ClassParameters,
    expectation,
    maximisation,
)

# Least gain of log-likelihood for which a respondent is moved; most moves of a model.
WORTH_MOVING, MOST_MOVES = 1e-2, 100


def transferred(data: ClassData, models: ClassParameters) -> ClassParameters:
    """Put every respondent into a class, and move them one at a time while that raises it.

    Parameters
    ----------
    data : ClassData
        In single precision.
    models : ClassParameters

    Returns
    -------
    ClassParameters
        Of the classes that the moves end in.

    Notes
    -----
    Where many answers make the classes of respondents all but certain, expectation-maximisation
    takes a respondent for a member of the class whose probabilities they have helped to make, and
    stops at the first of very many maxima, as Lloyd's k-means does. Here what a move changes is
    counted with the probabilities that follow from it, as in Hartigan & Wong (1979): the
    likelihood of classified respondents is the sum of c log c over the counts c of each answer in
    each class, less those of all answers of the class to the question. Of each model the move
    that gains most is made. Weights that differ count as ones in the choice of moves alone.
    """
    posterior = expectation(data, models)[1]
    n_rows, n_models, n_classes = posterior.shape
    labels = posterior.argmax(axis=2)
    member = _membership(labels, n_classes)
    counts = (data.indicator.T @ member.reshape(n_rows, -1)).reshape(-1, n_models, n_classes)
    sizes = member.sum(axis=0)
    going = np.arange(n_models)
    for _ in range(MOST_MOVES):
        rows, targets, gains = _best_moves(data, labels[:, going], counts[:, going], sizes[going])
        worth = gains > WORTH_MOVING
        going, rows, targets = going[worth], rows[worth], targets[worth]
        if not len(going):
            break
        sources = labels[rows, going]
        answers = data.indicator[rows].T
        counts[:, going, sources] -= answers
        counts[:, going, targets] += answers
        sizes[going, sources] -= 1
        sizes[going, targets] += 1
        labels[rows, going] = targets
    return maximisation(data, _membership(labels, n_classes), models)


def _membership(labels: IntArray, n_classes: int) -> FloatArray:
    member: FloatArray = (labels[:, :, np.newaxis] == np.arange(n_classes)).astype("float32")
    return member


def _best_moves(
    data: ClassData, labels: IntArray, counts: FloatArray, sizes: FloatArray
) -> tuple[IntArray, IntArray, FloatArray]:
    """Return, for each model, the respondent to move, the class to move to and what is gained."""
    n_rows, n_models = labels.shape
    totals = np.add.reduceat(counts, data.offsets, axis=0)
    joining, leaving = (
        (_change(counts, step) - _change(totals, step)[data.variable_of]).reshape(len(counts), -1)
        for step in (1, -1)
    )
    joined = (data.indicator @ joining).reshape(n_rows, n_models, -1) + _change(sizes, 1)
    left = (data.indicator @ leaving).reshape(n_rows, n_models, -1) + _change(sizes, -1)
    own = labels[:, :, np.newaxis]
    np.put_along_axis(joined, own, -np.inf, axis=2)
    target = joined.argmax(axis=2)
    gains = np.take_along_axis(joined, target[:, :, np.newaxis], axis=2)[:, :, 0]
    gains += np.take_along_axis(left, own, axis=2)[:, :, 0]
    models = np.arange(n_models)
    gains[sizes[models, labels] <= 1] = -np.inf
    rows = gains.argmax(axis=0)
    return rows, target[rows, models], gains[rows, models]


def _change(counts: FloatArray, step: int) -> FloatArray:
    """Change of c log c when counts grow by a step; never below 0."""
    return _information(np.maximum(counts + np.float32(step), 0)) - _information(counts)


def _information(counts: FloatArray) -> FloatArray:
    found: FloatArray = counts * np.log(np.maximum(counts, np.float32(1e-6)))
    return found
