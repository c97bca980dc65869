"""Separation: characteristics that predict classes without error, so that estimates diverge."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd
from scipy.optimize import linprog
from scipy.sparse import csr_array, hstack, vstack

from rfree.base.inputs import FloatArray
from rfree.membership.likelihood import Likelihood, Maximum
from rfree.membership.memberships import Memberships

# A gain or a coordinate below this is rounding of the linear programme (its own tolerance: 1e-7).
_NEGLIGIBLE = 1e-6
SPARSE = 5
# Far above Newton's decrement at convergence.
CLEARLY_POSITIVE = 1e-9
INTERCEPT = "(intercept)"
SeparationKind = Literal["none", "quasi-complete", "complete"]


@dataclass(frozen=True)
class Separation:
    """Whether some characteristics predict classes without error.

    Attributes
    ----------
    kind : {"none", "quasi-complete", "complete"}
    infinite : DataFrame
        Coefficients without finite maximum likelihood estimate: ``outcome``, ``term``,
        ``direction`` (1 or -1).
    sparse_cells : DataFrame
        Categories that fewer than five respondents of a class have: ``variable``, ``category``,
        ``class``, ``n`` (count, or sum of memberships; weights left out).
    """

    kind: SeparationKind
    infinite: pd.DataFrame
    sparse_cells: pd.DataFrame


def multinomial_separation(given: Memberships) -> Separation:
    """Look for separation in a multinomial logit, its reference class first.

    Parameters
    ----------
    given : Memberships

    Returns
    -------
    Separation

    Notes
    -----
    Separation is a direction b along which no respondent's likelihood falls and someone's rises:
    (b_c - b_k)'x >= 0 for every respondent x of class c and every other class k (Albert & Anderson
    1984). A linear programme looks for the largest rise with every coordinate of b in
    [-1, 1] (Konis 2007): 0 means that estimates are finite, a coordinate other than 0 is an
    estimate that is infinite. Separation is complete when some direction raises everybody's
    likelihood. Terms are standardised beforehand, so that the tolerance means the same for all.
    """
    scaled, back = _standardised(given)
    n_terms, n_logits = scaled.shape[1], len(given.classes) - 1
    blocks = []
    for own in range(n_logits + 1):
        members = np.unique(scaled[given.memberships[:, own] > 0], axis=0)
        for other in range(n_logits + 1):
            if other == own:
                continue
            columns = [csr_array((len(members), n_terms)) for _ in range(n_logits)]
            if own > 0:
                columns[own - 1] = csr_array(members)
            if other > 0:
                columns[other - 1] = csr_array(-members)
            blocks.append(hstack(columns))
    kind, direction = _separating_direction(csr_array(vstack(blocks)))
    directions = direction.reshape(n_logits, n_terms) @ back
    terms = [INTERCEPT, *given.terms["term"]]
    outcomes = np.repeat(np.arange(n_logits), n_terms)
    names = [given.classes[position + 1] for position in outcomes]
    return Separation(kind, _infinite(names, terms * n_logits, directions.ravel()),
                      sparse_cells(given))  # fmt: skip


def ordered_separation(given: Memberships) -> Separation:
    """Look for separation in an ordered logit, its classes ascending.

    Parameters
    ----------
    given : Memberships

    Returns
    -------
    Separation

    Notes
    -----
    As in `multinomial_separation`. With thresholds a and slopes b, no respondent x of class j loses
    when a_j - x b >= 0 and x b - a_(j-1) >= 0.
    """
    scaled, back = _standardised(given)
    predictors, n_limits = scaled[:, 1:], len(given.classes) - 1
    blocks = []
    for own in range(n_limits + 1):
        members = np.unique(predictors[given.memberships[:, own] > 0], axis=0)
        for limit, sign in ((own, 1.0), (own - 1, -1.0)):
            if 0 <= limit < n_limits:
                at_limit = np.zeros((len(members), n_limits))
                at_limit[:, limit] = sign
                blocks.append(np.column_stack([-sign * members, at_limit]))
    kind, direction = _separating_direction(csr_array(np.vstack(blocks)))
    n_slopes = predictors.shape[1]
    slopes = direction[:n_slopes] @ back[1:, 1:]
    shift = direction[:n_slopes] @ back[1:, 0]
    limits = [f"{lower}|{upper}" for lower, upper in
              zip(given.classes[:-1], given.classes[1:], strict=True)]  # fmt: skip
    terms = [*given.terms["term"], *limits]
    directions = np.concatenate([slopes, direction[n_slopes:] - shift])
    return Separation(kind, _infinite([""] * len(terms), terms, directions), sparse_cells(given))


def separation_at(
    maximum: Maximum,
    likelihood: Likelihood,
    given: Memberships,
    check: Callable[[Memberships], Separation],
) -> Separation:
    """Spare the linear programme where the maximum itself shows that it is finite.

    Parameters
    ----------
    maximum : Maximum
        Of the likelihood without penalty.
    likelihood : Likelihood
    given : Memberships
    check : function
        The linear programme: `multinomial_separation` or `ordered_separation`.

    Returns
    -------
    Separation

    Notes
    -----
    Let a direction of separation raise the log odds of what was observed by r >= 0, at most 1. The
    likelihood's slope along it is at least the sum of w P r over respondents and classes not
    observed, its curvature at most that sum; so at convergence the sum is at most Newton's
    decrement (1e-12), and some weighted fitted probability with it. Where all are larger there is
    no such direction.
    """
    if maximum.converged:
        fitted = likelihood.probabilities(given.design, maximum.parameters)
        if (given.weights[:, None] * fitted).min() > CLEARLY_POSITIVE:
            return Separation("none", _infinite([], [], np.zeros(0)), sparse_cells(given))
    return check(given)


def sparse_cells(given: Memberships, *, below: float = SPARSE) -> pd.DataFrame:
    """List the categories that hardly anyone of a class has.

    Parameters
    ----------
    given : Memberships
    below : float
        Cells with fewer respondents are listed.

    Returns
    -------
    DataFrame
        ``variable``, ``category``, ``class``, ``n`` (weights left out).
    """
    categorical = given.terms[given.terms["category"] != ""]
    columns = ["variable", "category", "class", "n"]
    parts = []
    for variable, group in categorical.groupby("variable", sort=False):
        dummies = given.design[:, 1 + group.index.to_numpy()]
        all_dummies = np.column_stack([1 - dummies.sum(axis=1), dummies])
        counts = all_dummies.T @ given.memberships
        names = [group["reference"].iloc[0], *group["category"]]
        table = pd.DataFrame(counts, index=names, columns=pd.Index(given.classes, dtype=object))
        part = table.rename_axis("category").reset_index().melt("category", var_name="class",
                                                                 value_name="n")  # fmt: skip
        parts.append(part.assign(variable=variable)[columns])
    if not parts:
        return pd.DataFrame(columns=pd.Index(columns))
    cells = pd.concat(parts, ignore_index=True)
    return cells[cells["n"] < below].reset_index(drop=True)


def _standardised(given: Memberships) -> tuple[FloatArray, FloatArray]:
    """Centre the terms, with variance 1; and a matrix that brings coefficients back (right)."""
    share = given.weights / given.weights.sum()
    mean, spread = share @ given.design, given.spreads
    mean[0], spread[0] = 0.0, 1.0
    back = np.diag(1 / spread)
    back[1:, 0] = -mean[1:] / spread[1:]
    return (given.design - mean) / spread, back


def _separating_direction(rises: csr_array) -> tuple[SeparationKind, FloatArray]:
    """Find the direction in [-1, 1] that lowers no row of ``rises`` and raises their sum most."""
    n_rows, size = rises.shape
    objective = -np.asarray(rises.sum(axis=0)).ravel()
    found = linprog(objective, A_ub=-rises, b_ub=np.zeros(n_rows), bounds=(-1, 1), method="highs")
    if found.status != 0 or -found.fun < _NEGLIGIBLE * max(1.0, np.abs(objective).max()):
        return "none", np.zeros(size)
    # The largest rise of the row that rises least: above 0 only if all rise.
    least = csr_array(hstack([-rises, csr_array(np.ones((n_rows, 1)))]))
    goal = np.zeros(size + 1)
    goal[-1] = -1.0
    strict = linprog(goal, A_ub=least, b_ub=np.zeros(n_rows), bounds=(-1, 1), method="highs")
    complete = strict.status == 0 and -strict.fun > _NEGLIGIBLE
    return ("complete" if complete else "quasi-complete"), np.asarray(found.x)


def _infinite(outcomes: list[object], terms: list[str], directions: FloatArray) -> pd.DataFrame:
    table = pd.DataFrame({"outcome": outcomes, "term": terms, "direction": np.sign(directions)})
    return table[np.abs(directions) > _NEGLIGIBLE].reset_index(drop=True)
