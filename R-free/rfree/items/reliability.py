"""Reliability of the items of a block: Cronbach's alpha and McDonald's omega."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from rfree.base.inputs import FloatArray, check_weights, with_near_names
from rfree.base.threads import single_thread
from rfree.items.association import polychoric
from rfree.items.factor import OneFactorResult, one_factor
from rfree.items.general_factor import ITEMS_A_FACTOR, GeneralFactor, schmid_leiman
from rfree.items.ordinal import answer_codes

# A variance that is this part of another is rounding.
_NO_VARIANCE = 1e-12
GROUP_FACTORS = 3
"""Group factors beside the general one, as `psych::omega` has them unless told otherwise."""
_GENERAL = ("omega_hierarchical", "explained_common_variance")


@dataclass(frozen=True)
class AlphaResult:
    """Cronbach's alpha of a set of items.

    Attributes
    ----------
    alpha : float
        From the covariances of the codes.
    alpha_standardised : float
        From their Pearson correlations.
    n : int
        Respondents used: those of positive weight who answered every item (the sum of their
        frequencies, where weights are such).
    items : DataFrame by item
        alpha_if_dropped (NaN with two items), item_rest_correlation (Pearson correlation
        with the sum of the other items).
    """

    alpha: float
    alpha_standardised: float
    n: int
    items: pd.DataFrame


@dataclass(frozen=True)
class OmegaResult:
    """McDonald's total omega of a set of items.

    Attributes
    ----------
    omega : float
        Share of the variance of the sum of the latent answers that the factor explains.
    model : OneFactorResult
        The one-factor model of the polychoric correlations.
    correlations : DataFrame, items x items
        Those correlations, reversed items turned round.
    """

    omega: float
    model: OneFactorResult
    correlations: pd.DataFrame


def cronbach_alpha(
    items: pd.DataFrame,
    *,
    reversed_items: Collection[str] = (),
    sample_weight: Sequence[float] | FloatArray | None = None,
    frequencies: bool = False,
) -> AlphaResult:
    """Return Cronbach's alpha, raw and standardised, and what each item does to it.

    Parameters
    ----------
    items : DataFrame, respondents x at least 2 items
        Numeric codes; ``<NA>`` or NaN is no answer.
    reversed_items : collection of column names
        Items worded the other way: their sign is turned (which is the same as low + high - code).
    sample_weight : array of one weight a respondent, optional
        Not negative.
    frequencies : bool
        Whether weights are numbers of respondents: ``n`` then counts them. Nothing else depends on
        the unit of the weights.

    Returns
    -------
    AlphaResult

    Raises
    ------
    TypeError
        If ``items`` is not a DataFrame of numbers.
    ValueError
        If there are fewer than two items or complete respondents, an item is constant, or a
        reversed item is unknown.

    Notes
    -----
    alpha = k/(k-1) (1 - sum of item variances / variance of the sum) (Cronbach 1951). Only
    respondents who answered every item are used, so that all variances are those of the
    same people.

    Examples
    --------
    >>> answers = pd.DataFrame({"a": [1, 2, 3, 4], "b": [1, 2, 3, 4], "c": [1, 2, 4, 3]})
    >>> round(cronbach_alpha(answers).alpha, 5)  # 3/2 (1 - 3.75 / 10.25)
    0.95122
    """
    answers = answer_codes(items)
    weights = check_weights(sample_weight, items, of="items")
    used = ~np.isnan(answers).any(axis=1) & (weights > 0)
    reason = _why_not(items, answers[used])
    if reason:
        raise ValueError(f"no alpha: {reason}.")
    kept = answers[used] * _signs(items, reversed_items)
    covariance = np.cov(kept, rowvar=False, aweights=weights[used], ddof=0)
    deviations = np.sqrt(np.diag(covariance))
    table = pd.DataFrame(
        {
            "alpha_if_dropped": _alpha_without_each(covariance),
            "item_rest_correlation": _item_rest_correlations(covariance),
        },
        index=items.columns,
    )
    return AlphaResult(
        alpha=_alpha(covariance),
        alpha_standardised=_alpha(covariance / np.outer(deviations, deviations)),
        n=_counted(weights[used], frequencies),
        items=table,
    )


def ordinal_omega(
    items: pd.DataFrame,
    *,
    reversed_items: Collection[str] = (),
    sample_weight: Sequence[float] | FloatArray | None = None,
) -> OmegaResult:
    """Return McDonald's total omega of ordered answers.

    Parameters
    ----------
    items : DataFrame, respondents x at least 2 items
        Numeric codes; ``<NA>`` or NaN is no answer.
    reversed_items : collection of column names
        Items worded the other way: their correlations change sign.
    sample_weight : array of one weight a respondent, optional
        Not negative. Survey weights and numbers of respondents give the same: only their
        proportions count.

    Returns
    -------
    OmegaResult

    Raises
    ------
    TypeError
        If ``items`` is not a DataFrame of numbers.
    ValueError
        If there are fewer than two items or complete respondents, an item is constant, or a
        reversed item is unknown.

    Notes
    -----
    omega = (sum of loadings)^2 / ((sum of loadings)^2 + sum of uniquenesses) (McDonald
    1999), the loadings those of one minres factor of the polychoric correlations: the
    reliability of the sum of the latent answers, above that of the codes. Like alpha, it uses
    the respondents who answered every item. The denominator is the variance that the model
    implies; programs that put the observed one there differ by the sum of the residuals.

    Examples
    --------
    >>> codes = np.random.default_rng(1).normal(size=(500, 1)) + np.linspace(-1, 1, 4)
    >>> noise = np.random.default_rng(2).normal(size=(500, 4))
    >>> bool(0.7 < ordinal_omega(pd.DataFrame((codes + noise > 0) * 1)).omega < 0.9)
    True
    """
    answers = answer_codes(items)
    weights = check_weights(sample_weight, items, of="items")
    used = ~np.isnan(answers).any(axis=1) & (weights > 0)
    reason = _why_not(items, answers[used])
    if reason:
        raise ValueError(f"no omega: {reason}.")
    signs = _signs(items, reversed_items)
    association = polychoric(items.loc[used], sample_weight=weights[used]).correlations
    correlations = association * np.outer(signs, signs)
    model = one_factor(correlations)
    explained = model.loadings.sum() ** 2
    omega = explained / (explained + model.uniquenesses.sum())
    return OmegaResult(omega=float(omega), model=model, correlations=correlations)


def describe_reliability(
    items: pd.DataFrame,
    blocks: Mapping[str, Sequence[str]],
    *,
    reversed_items: Collection[str] = (),
    sample_weight: Sequence[float] | FloatArray | None = None,
    frequencies: bool = False,
) -> pd.DataFrame:
    """Return the reliability of each block of items.

    Parameters
    ----------
    items : DataFrame, respondents x items
        Numeric codes; ``<NA>`` or NaN is no answer.
    blocks : mapping of a block's name to its columns
    reversed_items : collection of column names
        Items worded the other way.
    sample_weight : array of one weight a respondent, optional
        Not negative.
    frequencies : bool
        Whether weights are numbers of respondents: ``n`` then counts them. Nothing else depends on
        the unit of the weights.

    Returns
    -------
    DataFrame
        One row a block: block, items (their number), n (respondents who answered them all),
        alpha, alpha_standardised, omega, omega_hierarchical and explained_common_variance (of
        the general factor beside three group factors, `rfree.items.general_factor`; NaN below six
        items), mean_polychoric (mean correlation between its items, reversed ones turned round),
        note. Where a block has one item, a constant item or too few respondents, the numbers are
        NaN and ``note`` says why; it also names Heywood cases of the one-factor model.

    Raises
    ------
    TypeError
        If ``items`` is not a DataFrame of numbers.
    ValueError
        If a block is empty or names an unknown item, or a reversed item is unknown.

    Examples
    --------
    >>> answers = pd.DataFrame({"a": [1, 2, 3, 1, 2], "b": [1, 3, 3, 2, 1], "c": [5, 5, 5, 5, 5]})
    >>> table = describe_reliability(answers, {"good": ["a", "b"], "bad": ["b", "c"]})
    >>> table[["block", "n", "note"]]
      block  n                    note
    0  good  5
    1   bad  5  constant items: c
    """
    answer_codes(items)
    weights = check_weights(sample_weight, items, of="items")
    turned = set(items.columns[_signs(items, reversed_items) < 0])
    _check_blocks(items, blocks)
    rows = []
    for block, columns in blocks.items():
        part = items[list(columns)]
        own = [column for column in columns if column in turned]
        numbers = _block_row(part, own, weights, frequencies)
        rows.append({"block": block, "items": len(columns)} | numbers)
    return pd.DataFrame(rows)


def _block_row(
    items: pd.DataFrame, reversed_items: Sequence[str], weights: FloatArray, frequencies: bool
) -> dict[str, object]:
    """Return the numbers of one block, or NaN and the reason."""
    answers = answer_codes(items)
    used = ~np.isnan(answers).any(axis=1) & (weights > 0)
    row: dict[str, object] = {"n": _counted(weights[used], frequencies)}
    reason = _why_not(items, answers[used])
    if reason:
        unknown = ("alpha", "alpha_standardised", "omega", *_GENERAL, "mean_polychoric")
        return row | dict.fromkeys(unknown, np.nan) | {"note": reason}
    alpha = cronbach_alpha(items, reversed_items=reversed_items, sample_weight=weights)
    omega = ordinal_omega(items, reversed_items=reversed_items, sample_weight=weights)
    matrix = omega.correlations.to_numpy()
    bounded = omega.model.bounded
    return row | {
        "alpha": alpha.alpha,
        "alpha_standardised": alpha.alpha_standardised,
        "omega": omega.omega,
        **_of_general_factor(omega.correlations),
        "mean_polychoric": float(matrix[np.triu_indices(len(matrix), k=1)].mean()),
        "note": f"uniqueness at its lower bound: {', '.join(bounded)}" if bounded else "",
    }


def _of_general_factor(correlations: pd.DataFrame) -> dict[str, float]:
    if len(correlations) < ITEMS_A_FACTOR * GROUP_FACTORS:
        return dict.fromkeys(_GENERAL, np.nan)
    with single_thread():  # the last digits do not depend on the number of cores
        general: GeneralFactor = schmid_leiman(correlations, n_factors=GROUP_FACTORS)
    return {name: getattr(general, name) for name in _GENERAL}


def _counted(weights: FloatArray, frequencies: bool) -> int:
    """Return how many respondents rows of these weights stand for."""
    return int(np.rint(weights.sum())) if frequencies else int((weights > 0).sum())


def _check_blocks(items: pd.DataFrame, blocks: Mapping[str, Sequence[str]]) -> None:
    """Raise if a block is empty, repeats an item, or names one that is no column."""
    if not isinstance(blocks, Mapping):
        raise TypeError(
            f"blocks must say the items of each block (a mapping), not {type(blocks).__name__}."
        )
    problems = []
    for block, columns in blocks.items():
        if isinstance(columns, str):
            problems.append(f"block {block!r} is the text {columns!r}: give a list of items")
            continue
        unknown = [column for column in columns if column not in items.columns]
        if unknown:
            listed = with_near_names(unknown, items.columns)
            problems.append(f"block {block!r} names unknown items: {listed}")
        if len(columns) == 0:
            problems.append(f"block {block!r} has no item")
        if len(set(columns)) < len(columns):
            problems.append(f"block {block!r} names an item twice")
    if problems:
        raise ValueError("; ".join(problems) + ".")


def _why_not(items: pd.DataFrame, complete: FloatArray) -> str:
    """Return why there is no reliability to compute, or an empty string."""
    if items.shape[1] < 2:
        return "a single item"
    if len(complete) < 2:
        return f"{len(complete)} respondents answered every item"
    constant = items.columns[np.ptp(complete, axis=0) == 0]
    return f"constant items: {', '.join(map(str, constant))}" if len(constant) else ""


def _signs(items: pd.DataFrame, reversed_items: Collection[str]) -> FloatArray:
    """Return -1 for the reversed items and 1 for the others."""
    if isinstance(reversed_items, str):
        raise ValueError(f"reversed_items is the text {reversed_items!r}: give a list of items.")
    turned = list(reversed_items)  # what can be gone through only once too
    unknown = [item for item in turned if item not in items.columns]
    if unknown:
        listed = with_near_names(unknown, items.columns)
        raise ValueError(f"reversed_items names unknown items: {listed}.")
    return np.where(items.columns.isin(turned), -1.0, 1.0)


def _alpha(covariance: FloatArray) -> float:
    """Return alpha from a covariance matrix; NaN where the sum of the items does not vary."""
    size, variances, total = len(covariance), float(np.trace(covariance)), float(covariance.sum())
    if total <= _NO_VARIANCE * variances:
        return float("nan")
    return size / (size - 1) * (1 - variances / total)


def _alpha_without_each(covariance: FloatArray) -> FloatArray:
    """Return alpha of the other items, for each item."""
    size = len(covariance) - 1
    if size < 2:
        return np.full(len(covariance), np.nan)
    variances = np.diag(covariance)
    # The sum of the others: total variance less the item's row and column, counted once.
    rest = covariance.sum() - 2 * covariance.sum(axis=1) + variances
    others = variances.sum() - variances
    known = rest > _NO_VARIANCE * others
    shares = np.divide(others, rest, out=np.full(len(rest), np.nan), where=known)
    alphas: FloatArray = size / (size - 1) * (1 - shares)
    return alphas


def _item_rest_correlations(covariance: FloatArray) -> FloatArray:
    """Return the correlation of each item with the sum of the others."""
    variances = np.diag(covariance)
    with_rest = covariance.sum(axis=1) - variances
    rest = covariance.sum() - 2 * covariance.sum(axis=1) + variances
    known = rest > _NO_VARIANCE * variances
    spread = np.sqrt(np.where(known, variances * rest, 1.0))
    return np.where(known, with_rest / spread, np.nan)
