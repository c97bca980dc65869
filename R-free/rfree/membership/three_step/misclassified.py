"""Likelihood of the classes that respondents were assigned to with known errors."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from rfree.base.inputs import FloatArray, IntArray
from rfree.membership.likelihood import Likelihood


@dataclass(frozen=True)
class MisclassifiedLikelihood:
    """Likelihood of the assigned classes, the true ones following a model.

    Attributes
    ----------
    model : Likelihood
        Of the true classes; its memberships play no part, its weights do.
    design : array, n x terms
    weights : array of n floats
    errors : array, true class x assigned class
        Rows sum to 1.
    assigned : array of n ints
        From 0.
    """

    model: Likelihood
    design: FloatArray
    weights: FloatArray
    errors: FloatArray
    assigned: IntArray

    def value(self, parameters: FloatArray) -> float:
        """Weighted log-likelihood; -inf outside the domain."""
        seen = (self.probabilities(self.design, parameters) * self._of_assigned).sum(axis=1)
        if not (np.isfinite(seen).all() and (seen > 0).all()):
            return -np.inf
        return float(self.weights @ np.log(seen))

    def scores(self, parameters: FloatArray) -> FloatArray:
        """Weighted derivatives by respondent, n x p."""
        rows = np.arange(len(self.assigned))
        return np.asarray(self._scores_if_assigned(parameters)[0][self.assigned, rows])

    def class_scores(self, parameters: FloatArray) -> FloatArray:
        """Scores had every respondent been of each class, and known to be, classes x n x p."""
        return self.model.class_scores(parameters)

    def information(self, parameters: FloatArray) -> FloatArray:
        """Take minus the second derivatives as expected under the model: never negative."""
        scores, chances = self._scores_if_assigned(parameters)
        shared = np.divide(chances, self.weights[:, None])
        return np.asarray(np.einsum("is,sij,sik->jk", shared, scores, scores, optimize=True))

    def probabilities(self, design: FloatArray, parameters: FloatArray) -> FloatArray:
        """Probability of each true class, rows of ``design`` x classes."""
        return self.model.probabilities(design, parameters)

    def probability_gradient(
        self, design: FloatArray, parameters: FloatArray, weights: FloatArray
    ) -> FloatArray:
        """Take the derivatives of the weighted mean probabilities, classes x p."""
        return self.model.probability_gradient(design, parameters, weights)

    @property
    def _of_assigned(self) -> FloatArray:
        """Probability that a member of each class is assigned as the respondent was, n x K."""
        return np.asarray(self.errors[:, self.assigned].T)

    def _scores_if_assigned(self, parameters: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Scores had all been assigned to each class (K x n x p), and the chance of it (n x K)."""
        true = self.probabilities(self.design, parameters)
        chances = true @ self.errors
        joint = true[:, :, None] * self.errors[None]
        posterior = np.divide(joint, chances[:, None, :], out=np.zeros_like(joint),
                              where=chances[:, None, :] > 0)  # fmt: skip
        by_class = self.model.class_scores(parameters)
        return np.einsum("its,tip->sip", posterior, by_class, optimize=True), chances
