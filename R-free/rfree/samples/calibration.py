"""Raking: weights that give a sample the margins of its population."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from rfree.base.inputs import FloatArray, IntArray, aligned_to, check_weights, with_near_names
from rfree.samples.proportional_fitting import AT_BOUND, fit_margins, within

_NO_ANSWER = "no answer"
_ROUNDING = 1e-9


@dataclass(frozen=True)
class RakingResult:
    """Calibrated weights and how they were found.

    Attributes
    ----------
    weights : array of respondents
        Sum to the number of respondents with a base weight above zero.
    summary : DataFrame
        One row: ``n``, ``converged``, ``iterations`` (passes over all margins), ``largest_gap``
        (percentage points between a weighted and a target share), ``design_effect`` (1 + CV^2),
        ``effective_n``, ``smallest_weight``, ``largest_weight``, ``trimmed`` (respondents at a
        bound), ``trim_rounds``, ``bounds_hold``.
    margins : DataFrame
        A row for every category: ``variable``, ``category``, ``n`` (respondents), ``sample_share``
        (with the base weights), ``target_share``, ``weighted_share``, ``gap``; in percent.
    variables : DataFrame
        A row for every margin: ``variable``, ``given_sum`` (of the figures as given), ``rescaled``
        (whether it was neither 1 nor 100), ``missing`` (respondents without answer).
    """

    weights: FloatArray
    summary: pd.DataFrame
    margins: pd.DataFrame
    variables: pd.DataFrame


def rake(
    X: pd.DataFrame,
    margins: Mapping[str, Mapping[str, float]],
    *,
    sample_weight: Sequence[float] | FloatArray | None = None,
    trim: tuple[float, float] | None = None,
    no_answer: Literal["error", "keep"] = "error",
    tolerance: float = 1e-10,
    max_iterations: int = 1000,
    max_trim_rounds: int = 200,
) -> RakingResult:
    """Weight the respondents so that their shares are those of the population.

    Parameters
    ----------
    X : DataFrame, respondents x characteristics
        Has every variable of ``margins``; others are ignored.
    margins : mapping of variable to mapping of category to figure
        Shares, percentages or counts of the population. Scaled to sum to 1.
    sample_weight : array of respondents, or None
        Base weights; survey weights and numbers of respondents give the same, since only their
        proportions count.
    trim : (low, high), optional
        Bounds of the weights, as multiples of their mean: low below 1, high above.
    no_answer : {"error", "keep"}
        What to do with respondents without answer on a margin: refuse, or keep them as a category
        at its share in the sample, the population's shares sharing the rest.
    tolerance : float
        Largest difference of shares (out of 1) at convergence.
    max_iterations : int
        Passes over all margins, each time the weights are raked.
    max_trim_rounds : int
        Times that weights are cut and raked again.

    Returns
    -------
    RakingResult
        When it has not converged, ``summary`` says so.

    Raises
    ------
    TypeError, ValueError
        If a variable or category is missing on either side, or an option is not as described.

    Notes
    -----
    Iterative proportional fitting (Deming & Stephan 1940): weights are multiplied, margin after
    margin, by target over current share, until all margins hold. With ``trim``, weights beyond a
    bound are set to it and all are raked again, until margins and bounds both hold; if the bounds
    are too narrow for the margins, the margins hold and ``bounds_hold`` is False. Kish's design
    effect n sum w^2 / (sum w)^2 = 1 + CV^2 is what weighting costs a mean that has nothing to do
    with the weights.

    Examples
    --------
    >>> X = pd.DataFrame({"sex": ["f", "f", "f", "m"]})
    >>> result = rake(X, {"sex": {"f": 50, "m": 50}})
    >>> print(result.weights.round(4), result.summary["effective_n"].round(4).item())
    [0.6667 0.6667 0.6667 2.    ] 3.0
    """
    base = check_weights(sample_weight, X)
    check_raking_options(X, margins, trim=trim, no_answer=no_answer, tolerance=tolerance)
    coded = coded_margins(X, margins, base=base, no_answer=no_answer)
    counted = base > 0
    n = int(counted.sum())
    low, high = bounds = trim or (0.0, np.inf)
    fitted = fit_margins(
        base,
        counted,
        [(margin.codes, margin.target) for margin in coded],
        bounds=bounds,
        tolerance=tolerance,
        max_iterations=max_iterations,
        max_trim_rounds=max_trim_rounds,
    )
    weights = fitted.mass
    table = _margin_table(coded, base, weights, counted)
    positive = weights[counted]
    at_bound = (positive <= low * (1 + AT_BOUND)) | (positive >= high * (1 - AT_BOUND))
    summary = {
        "n": n,
        "converged": fitted.converged,
        "iterations": fitted.iterations,
        "largest_gap": float(table["gap"].abs().max()),
        "design_effect": n / kish_effective_n(positive),
        "effective_n": kish_effective_n(positive),
        "smallest_weight": float(positive.min()),
        "largest_weight": float(positive.max()),
        "trimmed": int(at_bound.sum()) if trim else 0,
        "trim_rounds": fitted.trim_rounds,
        "bounds_hold": within(positive, low, high),
    }
    variables = pd.DataFrame([margin.description for margin in coded])
    return RakingResult(weights, pd.DataFrame([summary]), table, variables)


def kish_effective_n(weights: FloatArray) -> float:
    """Count the respondents that an unweighted sample as precise would have.

    Parameters
    ----------
    weights : array of floats
        Survey weights, not all zero. Numbers of respondents cost no precision: there their sum is
        the n.

    Returns
    -------
    float
        (sum w)^2 / sum w^2 (Kish 1965).

    Examples
    --------
    >>> kish_effective_n(np.array([1.0, 1.0, 2.0]))
    2.6666666666666665
    """
    return float(weights.sum() ** 2 / (weights**2).sum())


@dataclass(frozen=True)
class CodedMargin:
    """One margin, coded.

    Attributes
    ----------
    name : str
    categories : list of str
        Those with a share; `_NO_ANSWER` is the last where respondents have no answer.
    codes : array of respondents
        Places among the categories; 0 for respondents without base weight.
    target : array of categories
        Shares that sum to 1.
    description : dict
        The row of ``RakingResult.variables``.
    """

    name: str
    categories: list[str]
    codes: IntArray
    target: FloatArray
    description: dict[str, object]


def check_raking_options(
    X: pd.DataFrame,
    margins: Mapping[str, Mapping[str, float]],
    *,
    trim: tuple[float, float] | None,
    no_answer: str = "keep",
    tolerance: float = 1e-10,
) -> None:
    """Raise if an option of `rake` is not as it describes them, with all that is wrong."""
    if not isinstance(X, pd.DataFrame):
        raise TypeError(f"X must be a pandas DataFrame, not {type(X).__name__}.")
    faults = []
    if not margins:
        faults.append("margins is empty: give one variable at least")
    if absent := [name for name in margins if name not in X.columns]:
        faults.append(f"X has no column {with_near_names(absent, X.columns)}, which margins names")
    if trim is not None and not 0 <= trim[0] < 1 < trim[1]:
        faults.append(f"trim is {trim}; expected (low, high) with 0 <= low < 1 < high")
    if no_answer not in ("error", "keep"):
        faults.append(f"no_answer is {no_answer!r}; expected 'error' or 'keep'")
    if not 0 < tolerance < 1:
        faults.append(f"tolerance is {tolerance}; expected between 0 and 1")
    if faults:
        raise ValueError("; ".join(faults) + ".")


def coded_margins(
    X: pd.DataFrame,
    margins: Mapping[str, Mapping[str, float]],
    *,
    base: FloatArray,
    no_answer: Literal["error", "keep"],
) -> list[CodedMargin]:
    """Code the margins, for respondents of these base weights.

    Parameters are those of `rake`, which says what is refused: raises ValueError with all of it.
    """
    base = np.asarray(aligned_to(base, X, name="base"))
    problems: list[str] = []
    coded = [_margin(X[name], margins[name], base, no_answer, problems) for name in margins]
    if problems:
        raise ValueError(" ".join(problems))
    return coded


def _margin(
    answers: pd.Series,
    figures: Mapping[str, float],
    base: FloatArray,
    no_answer: str,
    problems: list[str],
) -> CodedMargin:
    """Code one margin, and add to ``problems`` what is wrong with it."""
    name = str(answers.name)
    shares = {str(category): float(figure) for category, figure in figures.items()}
    wrong = [
        category for category, value in shares.items() if not (np.isfinite(value) and value >= 0)
    ]
    if wrong:
        problems.append(f"Margin {name!r}: {', '.join(map(repr, wrong))} must be at least 0.")
        shares = dict.fromkeys(shares, 1.0)
    total = sum(shares.values())
    counted = base > 0
    absent = answers.isna().to_numpy() & counted
    # A copy: the array behind the column may be that of X.
    words = np.array(answers.astype(str), dtype=object)
    words[absent] = _NO_ANSWER
    weight = pd.Series(base[counted]).groupby(words[counted]).sum()
    if absent.any() and no_answer == "error":
        problems.append(
            f"Margin {name!r}: {int(absent.sum())} respondents have no answer; leave them out, "
            "fill them in, or keep them at their share in the sample (no_answer='keep')."
        )
    elif absent.any():
        kept = float(weight[_NO_ANSWER] / weight.sum())
        shares = {category: value * (1 - kept) for category, value in shares.items()}
        shares[_NO_ANSWER] = kept * total
    unknown = [c for c in weight.index if c not in shares and c != _NO_ANSWER]
    if unknown:
        problems.append(f"Margin {name!r}: no share for {', '.join(map(repr, unknown))}, which "
                        "respondents have; add it, or merge it with another category.")  # fmt: skip
    nobody = [c for c, value in shares.items() if value > 0 and c not in weight.index]
    if nobody:
        problems.append(
            f"Margin {name!r}: nobody in the sample is {', '.join(map(repr, nobody))}, so no "
            "weight can stand for them; merge it with another category."
        )
    banned = [c for c, value in shares.items() if value == 0 and c in weight.index]
    if banned:
        problems.append(
            f"Margin {name!r}: {', '.join(map(repr, banned))} has respondents, but a share of 0 in "
            "the population; leave them out."
        )
    categories = [c for c, value in shares.items() if value > 0]
    codes = np.where(counted, pd.Index(categories).get_indexer(pd.Index(words)), 0)
    target = np.array([shares[c] for c in categories]) / max(total, _ROUNDING)
    rescaled = abs(total - 1) > _ROUNDING and abs(total - 100) > 100 * _ROUNDING
    description: dict[str, object] = {"variable": name, "given_sum": total, "rescaled": rescaled,
                   "missing": int(absent.sum())}  # fmt: skip
    return CodedMargin(name, categories, np.asarray(codes, dtype=np.int64), target, description)


def _margin_table(
    margins: list[CodedMargin], start: FloatArray, weights: FloatArray, counted: np.ndarray
) -> pd.DataFrame:
    parts = []
    for margin in margins:
        size = len(margin.categories)
        before = np.bincount(margin.codes, start, minlength=size) / start.sum()
        after = np.bincount(margin.codes, weights, minlength=size) / weights.sum()
        parts.append(
            pd.DataFrame(
                {
                    "variable": margin.name,
                    "category": margin.categories,
                    "n": np.bincount(margin.codes[counted], minlength=size),
                    "sample_share": 100 * before,
                    "target_share": 100 * margin.target,
                    "weighted_share": 100 * after,
                    "gap": 100 * (after - margin.target),
                }
            )
        )
    return pd.concat(parts, ignore_index=True)
