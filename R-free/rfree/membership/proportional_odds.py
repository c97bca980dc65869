"""Do the odds of a higher class change alike at every limit? Brant's test."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.stats import chi2

from rfree.base.inputs import FloatArray
from rfree.base.multiple_tests import adjusted_p_values
from rfree.membership.likelihood import (
    Maximum,
    maximise_likelihood,
    model_covariance,
    solve_symmetric,
)
from rfree.membership.membership_model import MembershipModel
from rfree.membership.memberships import Memberships
from rfree.membership.multinomial import MultinomialLikelihood
from rfree.membership.separation_checks import multinomial_separation, separation_at


def brant_test(model: MembershipModel) -> pd.DataFrame:
    """Test the proportional odds of an ordered logit.

    Parameters
    ----------
    model : MembershipModel
        Of `rfree.membership.ordered.ordered_logit`, at least three classes. Its penalty plays no
        part.

    Returns
    -------
    DataFrame
        ``variable`` ("(all)" first), ``chi2``, ``df``, ``p_value``, ``p_holm`` (over the variables;
        NaN for "(all)"), ``separated`` (limits where a binary logit has no finite estimate, such as
        "1|2"; "" when none). With any, the numbers are NaN: the test does not exist.

    Raises
    ------
    ValueError
        If the model is not ordered, or has two classes.

    Notes
    -----
    Brant (1990, Biometrics 46): a binary logit of "above the limit" at each of the K - 1 limits,
    and a Wald test that their slopes are equal. Under proportional odds the covariance of two of
    these logits is A_j^-1 X'W_jl X A_l^-1 with w_jl = pi_l - pi_j pi_l for l above j, pi fitted by
    each logit. With memberships, the covariance of the scores takes its place; with survey
    weights w, X'W_jl X is X'w^2 W_jl X. A small p-value speaks against
    proportional odds; with many terms and small classes the test rejects too often.

    Examples
    --------
    >>> from rfree.membership.design_matrix import design_matrix
    >>> from rfree.membership.ordered import ordered_logit
    >>> design = design_matrix(pd.DataFrame({"practice": ["solo"] * 12 + ["group"] * 12}))
    >>> classes = np.repeat([1, 2, 3, 1, 2, 3], [6, 4, 2, 2, 4, 6])  # the same odds ratio twice
    >>> brant_test(ordered_logit(design, classes))[["variable", "chi2", "df"]].round(2)
       variable  chi2  df
    0     (all)   0.0   1
    1  practice   0.0   1
    """
    if model.kind != "ordered":
        raise ValueError(
            "brant_test wants an ordered logit: see rfree.membership.ordered.ordered_logit."
        )
    given = model.given
    n_limits, n_slopes = len(given.classes) - 1, given.design.shape[1] - 1
    if n_limits < 2:
        raise ValueError("Two classes have one limit only: proportional odds cannot be tested.")
    robust = model.fit["standard_errors"].iloc[0] == "robust"
    by_scores = (robust and not given.weighted) or given.uncertain
    binaries = [_above(given, limit) for limit in range(n_limits)]
    fits = [_fit(binary) for binary in binaries]
    separated = " ".join(
        f"{given.classes[limit]}|{given.classes[limit + 1]}"
        for limit, fit in enumerate(fits)
        if separation_at(fit.maximum, fit.likelihood, binaries[limit], multinomial_separation).kind
        != "none"
    )
    variables = given.terms["variable"].to_numpy()
    if separated:
        slopes = np.full((n_limits, n_slopes), np.nan)
        covariance = np.full((n_limits * n_slopes,) * 2, np.nan)
    else:
        slopes, covariance = _binary_logits(fits, by_scores, given.weighted)
    rows = []
    for name in ["(all)", *dict.fromkeys(variables)]:
        chosen = np.flatnonzero((variables == name) | (name == "(all)"))
        statistic, df = _equal_slopes(slopes, covariance, chosen)
        rows.append({"variable": name, "chi2": statistic, "df": df,
                     "p_value": float(chi2.sf(statistic, df))})  # fmt: skip
    table = pd.DataFrame(rows)
    holm = np.full(len(table), np.nan)
    if not separated:
        holm[1:] = adjusted_p_values(table["p_value"].to_numpy(dtype=float)[1:], "holm")
    return table.assign(p_holm=holm, separated=separated)


def _above(given: Memberships, limit: int) -> Memberships:
    """Two classes, up to the limit and above."""
    above = given.memberships[:, limit + 1 :].sum(axis=1)
    return Memberships(
        given.design, given.terms, np.column_stack([1 - above, above]), given.weights,
        ("low", "high"), ("low", "high"), given.uncertain, given.weighted,
    )  # fmt: skip


@dataclass(frozen=True)
class _BinaryLogit:
    """The logit of one limit."""

    likelihood: MultinomialLikelihood
    maximum: Maximum


def _fit(binary: Memberships) -> _BinaryLogit:
    likelihood = MultinomialLikelihood(binary.design, binary.memberships, binary.weights)
    size = binary.design.shape[1]
    return _BinaryLogit(
        likelihood, maximise_likelihood(likelihood, np.zeros(size), np.zeros((size, size)))
    )


def _binary_logits(
    fits: list[_BinaryLogit], by_scores: bool, weighted: bool
) -> tuple[FloatArray, FloatArray]:
    """Slopes of the logits (limits x terms), and the covariance of all of them."""
    design, weights = fits[0].likelihood.design, fits[0].likelihood.weights
    parameters = [fit.maximum.parameters for fit in fits]
    estimates = [values[1:] for values in parameters]
    breads = [model_covariance(fit.maximum.information) for fit in fits]
    both = list(zip(fits, parameters, strict=True))
    scores = [fit.likelihood.scores(values) for fit, values in both]
    fitted = [fit.likelihood.probabilities(design, values)[:, 1] for fit, values in both]
    n_limits, n = len(fits), len(design)
    blocks = []
    for first in range(n_limits):
        row = []
        for second in range(n_limits):
            if by_scores:
                middle = scores[first].T @ scores[second] * n / (n - 1)
            else:
                low, high = sorted((first, second))
                shared = (weights**2 if weighted else weights) * fitted[high] * (1 - fitted[low])
                middle = design.T @ (design * shared[:, None])
            row.append((breads[first] @ middle @ breads[second])[1:, 1:])
        blocks.append(row)
    return np.array(estimates), np.block(blocks)


def _equal_slopes(
    slopes: FloatArray, covariance: FloatArray, chosen: np.ndarray[tuple[int], np.dtype[np.int64]]
) -> tuple[float, int]:
    """Wald test that the chosen slopes are those of the first limit at every limit."""
    n_limits, n_slopes = slopes.shape
    places = (np.arange(n_limits)[:, None] * n_slopes + chosen).ravel()
    values, spread = slopes[:, chosen].ravel(), covariance[np.ix_(places, places)]
    one = np.eye(len(chosen))
    contrast = np.hstack([np.tile(one, (n_limits - 1, 1)), -np.kron(np.eye(n_limits - 1), one)])
    df = (n_limits - 1) * len(chosen)
    if not np.isfinite(values).all():
        return np.nan, df
    gap = contrast @ values
    return float(gap @ solve_symmetric(contrast @ spread @ contrast.T, gap)), df
