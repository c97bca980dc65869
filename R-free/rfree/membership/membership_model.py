"""What a model of class membership reads and what it says."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Literal

import numpy as np
import pandas as pd
from scipy.special import xlogy
from scipy.stats import chi2, norm
from scipy.stats import t as student

from rfree.base.inputs import FloatArray, IntArray
from rfree.base.multiple_tests import adjusted_p_values
from rfree.membership.design_matrix import DesignMatrix
from rfree.membership.likelihood import (
    Likelihood,
    Maximum,
    WeightedVariance,
    model_covariance,
    robust_covariance,
    solve_symmetric,
    weighted_variance,
)
from rfree.membership.likelihood_ratio import RatioTest, weighted_profiles, weighted_ratio
from rfree.membership.memberships import Memberships
from rfree.membership.separation_checks import INTERCEPT, Separation

StandardErrors = Literal["model", "robust"]
ModelKind = Literal["multinomial", "ordered", "partial"]
# Of so many respondents, Wald's intervals and those of profiles are the same on paper.
MOST_PROFILED = 20_000


@dataclass(frozen=True)
class MembershipModel:
    """A logit model of the classes.

    Attributes
    ----------
    kind : {"multinomial", "ordered", "partial"}
        The last: ordered, some slopes differing from limit to limit.
    coefficients : DataFrame
        A row for every parameter: ``outcome`` (class compared with the reference; "" in an ordered
        model), ``term``, ``variable``, ``category``, ``kind`` ("intercept", "slope", "threshold"),
        ``estimate``, ``std_error``, ``z``, ``p_value`` (Wald), ``ratio`` (exponential of the
        estimate: relative risk ratio, or odds ratio of a higher class) with interval ``low``,
        ``high``. Separated and not penalised: estimate infinite, the rest NaN. With survey weights
        as Student's t, with the degrees of freedom of
        `rfree.membership.likelihood.weighted_variance`; but where ``intervals`` are "profile",
        those of slopes are of `rfree.membership.likelihood_ratio.weighted_profiles`, ``z`` being
        the root of its statistic with the sign of the estimate. With Firth's penalty: see
        `rfree.membership.firth.profiled`.
    tests : DataFrame
        Joint Wald tests: ``variable`` ("(all)" first), ``chi2``, ``df``, ``p_value``, ``p_holm``
        (over the variables; NaN for "(all)"). With survey weights, Rao and Scott's likelihood ratio
        tests (`rfree.membership.likelihood_ratio.weighted_ratio`), or under a penalty Wald's with
        the covariance of `rfree.membership.likelihood.weighted_variance`: the sandwich's, of
        several coefficients at once, would reject far too often. With Firth's penalty and no
        weights, penalised likelihood ratio tests.
    fit : DataFrame
        One row: ``model``, ``n`` (rows), ``n_left_out``, ``classes``, ``parameters``,
        ``log_likelihood`` (without penalty), ``log_likelihood_null``, ``chi2``, ``df``, ``p_value``
        (likelihood ratio; NaN when penalised or robust), ``mcfadden``, ``aic``, ``bic`` (with
        survey weights dAIC and dBIC, Lumley & Scott 2015: the parameters count for the trace of
        their design effects in the one, n is the number of respondents in the other),
        ``smallest_class``, ``events_per_parameter`` (smallest class over number of slopes),
        ``converged``, ``separation``, ``penalty`` ("none", "ridge", "firth"), ``ridge`` (NaN
        without), ``standard_errors``, ``intervals`` ("profile" with Firth's penalty, or with survey
        weights, no penalty, slopes alike at all limits and at most 20,000 respondents; else
        "wald").
    covariance : DataFrame, parameters x parameters
        In the order of ``coefficients``.
    separation : Separation
    likelihood : Likelihood
    given : Memberships
        Its classes are in the order of the model: reference first, or ascending.
    """

    kind: ModelKind
    coefficients: pd.DataFrame
    tests: pd.DataFrame
    fit: pd.DataFrame
    covariance: pd.DataFrame
    separation: Separation
    likelihood: Likelihood
    given: Memberships
    level: float

    @property
    def finite(self) -> bool:
        """Whether every estimate is finite."""
        return bool(np.isfinite(self.coefficients["estimate"]).all())


def check_model_options(
    penalty: str | None,
    penalties: tuple[str, ...],
    ridge: float,
    standard_errors: str | None,
    level: float,
) -> None:
    """Raise unless the options of a model are among those allowed."""
    faults = []
    if penalty is not None and penalty not in penalties:
        faults.append(
            f"penalty is {penalty!r}; expected None or {' or '.join(map(repr, penalties))}"
        )
    if not (np.isfinite(ridge) and ridge > 0):
        faults.append(f"ridge is {ridge}; expected a number above 0")
    if standard_errors not in (None, "model", "robust"):
        faults.append(f"standard_errors is {standard_errors!r}; expected None, 'model' or 'robust'")
    if not 0 < level < 1:
        faults.append(f"level is {level}; expected between 0 and 1")
    if faults:
        raise ValueError("; ".join(faults) + ".")


def summarise(
    kind: ModelKind,
    likelihood: Likelihood,
    maximum: Maximum,
    given: Memberships,
    *,
    design: DesignMatrix,
    separation: Separation,
    penalty: str | None,
    ridge: float,
    standard_errors: StandardErrors | None,
    level: float,
    heading: pd.DataFrame | None = None,
) -> MembershipModel:
    """Make the tables of a fitted model, its parameters named by ``heading`` if not as usual."""
    errors = standard_errors or ("robust" if given.uncertain or given.weighted else "model")
    sandwich = robust_covariance(maximum.information, likelihood.scores(maximum.parameters))
    covariance = sandwich if errors == "robust" else model_covariance(maximum.information)
    design_based = errors == "robust" and given.weighted and not given.uncertain
    weighted = None
    if design_based:
        weighted = weighted_variance(
            likelihood, given.design, maximum.parameters, maximum.information
        )
    if heading is None:
        heading = _multinomial_heading(given) if kind == "multinomial" else _ordered_heading(given)
    estimate = maximum.parameters.copy()
    if penalty is None and len(separation.infinite):
        direction = heading.merge(separation.infinite, how="left", on=["outcome", "term"])[
            "direction"
        ]
        infinite = direction.notna().to_numpy()
        estimate[infinite] = direction.to_numpy(dtype=float)[infinite] * np.inf
        unknown = infinite[:, None] | infinite[None, :]
        covariance = np.where(unknown, np.nan, covariance)
    coefficients = _with_intervals(heading, estimate, covariance, level, weighted)
    # The domain of slopes that differ from limit to limit has edges: no profile crosses them.
    by_profile = weighted is not None and penalty is None and kind != "partial"
    by_profile = by_profile and len(given.weights) <= MOST_PROFILED
    if weighted is not None and by_profile:
        coefficients = _with_profiles(coefficients, likelihood, maximum, weighted, level)
    names = pd.MultiIndex.from_frame(heading[["outcome", "term"]])
    if weighted is None or penalty is not None:
        spread = covariance if weighted is None else weighted.covariance
        tests = _joint_tests(heading, partial(_wald, estimate, spread))
    else:
        tests = _joint_tests(heading, partial(_ratio, likelihood, maximum, estimate, weighted))
    counted = float(len(heading))
    if given.weighted:
        counted = float(np.trace(likelihood.information(maximum.parameters) @ sandwich))
    fit = _fit_row(
        kind,
        maximum,
        given,
        heading,
        counted,
        likelihood_ratio=penalty is None and errors == "model",
    )
    fit["n_left_out"] = design.n_left_out
    fit["separation"], fit["penalty"] = separation.kind, penalty or "none"
    fit["ridge"] = ridge if penalty == "ridge" else np.nan
    fit["standard_errors"], fit["intervals"] = errors, "profile" if by_profile else "wald"
    table = pd.DataFrame(covariance, index=names, columns=names)
    return MembershipModel(
        kind, coefficients, tests, fit, table, separation, likelihood, given, level
    )


def _multinomial_heading(given: Memberships) -> pd.DataFrame:
    parts = []
    for outcome in given.classes[1:]:
        part = pd.DataFrame({"outcome": [outcome] * (len(given.terms) + 1)}, dtype=object)
        part["term"] = [INTERCEPT, *given.terms["term"]]
        part["variable"] = ["", *given.terms["variable"]]
        part["category"] = ["", *given.terms["category"]]
        part["kind"] = ["intercept", *["slope"] * len(given.terms)]
        parts.append(part)
    heading = pd.concat(parts, ignore_index=True)
    heading["outcome"] = heading["outcome"].infer_objects()
    return heading


def _ordered_heading(given: Memberships) -> pd.DataFrame:
    limits = [f"{lower}|{upper}" for lower, upper in
              zip(given.classes[:-1], given.classes[1:], strict=True)]  # fmt: skip
    return pd.DataFrame(
        {
            "outcome": "",
            "term": [*given.terms["term"], *limits],
            "variable": [*given.terms["variable"], *[""] * len(limits)],
            "category": [*given.terms["category"], *[""] * len(limits)],
            "kind": ["slope"] * len(given.terms) + ["threshold"] * len(limits),
        }
    )


def _with_intervals(
    heading: pd.DataFrame,
    estimate: FloatArray,
    covariance: FloatArray,
    level: float,
    weighted: WeightedVariance | None,
) -> pd.DataFrame:
    error = np.sqrt(np.clip(np.diag(covariance), 0, None))
    z = np.full_like(estimate, np.nan)
    np.divide(estimate, error, out=z, where=error > 0)
    law = norm if weighted is None else student(weighted.df)
    margin = law.isf((1 - level) / 2) * error
    # A ratio too large for a float is infinite: said by the number itself.
    with np.errstate(over="ignore"):
        numbers = {
            "estimate": estimate,
            "std_error": error,
            "z": z,
            "p_value": 2 * law.sf(np.abs(z)),
            "ratio": np.exp(estimate),
            "low": np.exp(estimate - margin),
            "high": np.exp(estimate + margin),
        }
    return heading.assign(**numbers)


def _with_profiles(
    coefficients: pd.DataFrame,
    likelihood: Likelihood,
    maximum: Maximum,
    weighted: WeightedVariance,
    level: float,
) -> pd.DataFrame:
    """Give the slopes that are finite the tests and intervals of their profiles."""
    estimate = coefficients["estimate"].to_numpy(dtype=float)
    slope = (coefficients["kind"] == "slope").to_numpy()
    chosen = np.flatnonzero(slope & np.isfinite(estimate))
    profiles = weighted_profiles(likelihood, maximum, weighted.covariance, chosen, level=level)
    changed = coefficients.copy()
    rows = changed.index[chosen]
    changed.loc[rows, "z"] = np.sign(estimate[chosen]) * np.sqrt(profiles["statistic"].to_numpy())
    changed.loc[rows, "p_value"] = profiles["p_value"].to_numpy()
    with np.errstate(over="ignore"):
        changed.loc[rows, ["low", "high"]] = np.exp(profiles[["low", "high"]].to_numpy())
    return changed


def _joint_tests(heading: pd.DataFrame, test: Callable[[IntArray], RatioTest]) -> pd.DataFrame:
    """Test all slopes together, then those of each variable, by their positions."""
    slope = (heading["kind"] == "slope").to_numpy()
    variables = list(dict.fromkeys(heading.loc[slope, "variable"]))
    rows = []
    for name in ["(all)", *variables]:
        chosen = slope if name == "(all)" else slope & (heading["variable"] == name).to_numpy()
        found = test(np.flatnonzero(chosen))
        rows.append({"variable": name, "chi2": found.statistic, "df": found.df,
                     "p_value": found.p_value})  # fmt: skip
    return with_holm(pd.DataFrame(rows))


def _wald(estimate: FloatArray, covariance: FloatArray, chosen: IntArray) -> RatioTest:
    values, spread = estimate[chosen], covariance[np.ix_(chosen, chosen)]
    known = bool(np.isfinite(values).all() and np.isfinite(spread).all())
    statistic = float(values @ solve_symmetric(spread, values)) if known else np.nan
    return RatioTest(statistic, len(chosen), float(chi2.sf(statistic, len(chosen))))


def _ratio(
    likelihood: Likelihood,
    maximum: Maximum,
    estimate: FloatArray,
    weighted: WeightedVariance,
    chosen: IntArray,
) -> RatioTest:
    if not np.isfinite(estimate[chosen]).all():
        return RatioTest(np.nan, len(chosen), np.nan)
    return weighted_ratio(likelihood, maximum, weighted.covariance, chosen)


def with_holm(tests: pd.DataFrame) -> pd.DataFrame:
    """Add the p-values corrected over the variables, "(all)" left out."""
    p_values = tests["p_value"].to_numpy(dtype=float)
    corrected = np.full(len(tests), np.nan)
    tested = np.isfinite(p_values) & (tests["variable"] != "(all)").to_numpy()
    if tested.any():
        corrected[tested] = adjusted_p_values(p_values[tested], "holm")
    return tests.assign(p_holm=corrected)


def _fit_row(
    kind: str,
    maximum: Maximum,
    given: Memberships,
    heading: pd.DataFrame,
    counted: float,
    *,
    likelihood_ratio: bool,
) -> pd.DataFrame:
    sizes = given.sizes
    null = float(xlogy(sizes, sizes / sizes.sum()).sum())
    n, parameters = float(sizes.sum()), len(heading)
    counts = given.memberships.sum(axis=0) if given.weighted else sizes
    smallest = float(counts.min())
    slopes = int((heading["kind"] == "slope").sum())
    height = maximum.log_likelihood
    ratio = 2 * (height - null) if likelihood_ratio else np.nan
    row = {
        "model": kind,
        "n": len(given.design),
        "n_left_out": 0,
        "classes": len(sizes),
        "parameters": parameters,
        "log_likelihood": height,
        "log_likelihood_null": null,
        "chi2": ratio,
        "df": slopes,
        "p_value": float(chi2.sf(ratio, slopes)),
        "mcfadden": 1 - height / null,
        "aic": 2 * counted - 2 * height,
        "bic": parameters * np.log(n) - 2 * height,
        "smallest_class": smallest,
        "events_per_parameter": smallest / slopes,
        "converged": maximum.converged,
    }
    return pd.DataFrame([row])
