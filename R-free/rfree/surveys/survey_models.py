"""Standard errors and tests of models of membership, as strata, clusters or replicates ask."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
from scipy.stats import f
from scipy.stats import t as student

from rfree.base.inputs import FloatArray
from rfree.membership.design_matrix import DesignMatrix
from rfree.membership.likelihood import maximise_likelihood, model_covariance, solve_symmetric
from rfree.membership.membership_model import MembershipModel, with_holm
from rfree.membership.three_step.misclassified import MisclassifiedLikelihood
from rfree.surveys.survey_design import SurveyDesign


def under_survey(
    model: MembershipModel, design: DesignMatrix, survey: SurveyDesign
) -> MembershipModel:
    """Give a model the standard errors, intervals and tests of a survey.

    Parameters
    ----------
    model : MembershipModel
        Fitted with the weights of the survey, without penalty, every estimate finite.
    design : DesignMatrix
        That of the model.
    survey : SurveyDesign
        Of all respondents of the design.

    Returns
    -------
    MembershipModel
        The same estimates. ``coefficients``: Wald's, as Student's t with the survey's degrees of
        freedom. ``tests``: adjusted Wald tests, ``chi2`` being q times F, ``df`` q. ``fit``:
        ``standard_errors`` "survey", ``chi2`` and ``p_value`` NaN.

    Raises
    ------
    ValueError
        If the model is penalised or not finite, or respondents or weights differ.

    Notes
    -----
    Linearisation: A^-1 V(total score) A^-1, the scores added up by cluster within strata (Binder
    1983), those left out by the model contributing nothing. Replicates: the model is fitted again
    under each. Adjusted Wald test of q coefficients, d degrees of freedom: W (d - q + 1) / (d q)
    against F on q and d - q + 1 (Korn & Graubard 1990); NaN where d is below q.

    Examples
    --------
    >>> from rfree.membership.design_matrix import design_matrix
    >>> from rfree.membership.multinomial import multinomial_logit
    >>> from rfree.surveys.survey_design import survey_design
    >>> design = design_matrix(pd.DataFrame({"age": [30.0, 35, 40, 45, 50, 55, 60, 65]}))
    >>> model = multinomial_logit(design, [1, 1, 2, 1, 2, 1, 2, 2], reference=1)
    >>> survey = survey_design(np.ones(8), clusters=[1, 1, 2, 2, 3, 3, 4, 4])
    >>> under_survey(model, design, survey).fit["standard_errors"].item()
    'survey'
    """
    kept = design.kept & (survey.weights > 0) if len(design.kept) == len(survey.weights) else None
    if kept is None or int(kept.sum()) != len(model.given.weights):
        raise ValueError(
            f"The survey has {len(survey.weights)} respondents, the model was fitted to "
            f"{len(model.given.weights)} of {len(design.kept)}: they are not the same."
        )
    if not model.finite or model.fit["penalty"].item() != "none":
        raise ValueError("The model must be fitted without a penalty, its estimates finite.")
    ratio = model.given.weights / survey.weights[kept]
    if not np.allclose(ratio, ratio[0]):
        raise ValueError("The model was not fitted with the weights of the survey.")
    parameters = model.coefficients["estimate"].to_numpy(dtype=float)

    def estimate(weights: FloatArray) -> FloatArray:
        weighted = _weighted(model.likelihood, weights[kept] * ratio[0])
        found = maximise_likelihood(weighted, parameters, np.zeros((len(parameters),) * 2))
        if not found.converged:
            raise ValueError("The model has no finite estimates under some replicate.")
        return found.parameters

    contributions = np.zeros((len(kept), len(parameters)))
    bread = model_covariance(model.likelihood.information(parameters))
    contributions[kept] = model.likelihood.scores(parameters) @ bread
    covariance = survey.covariance(estimate, contributions)
    names = model.covariance.index
    return replace(
        model,
        coefficients=_with_errors(model, covariance, survey.df),
        tests=_tests(model, covariance, survey.df),
        fit=model.fit.assign(
            standard_errors="survey", intervals="wald", chi2=np.nan, p_value=np.nan
        ),
        covariance=pd.DataFrame(covariance, index=names, columns=names),
    )


def _weighted(likelihood: Any, weights: FloatArray) -> Any:
    """Return a likelihood under other weights."""
    if isinstance(likelihood, MisclassifiedLikelihood):
        return replace(likelihood, model=_weighted(likelihood.model, weights), weights=weights)
    return replace(likelihood, weights=weights)


def _with_errors(model: MembershipModel, covariance: FloatArray, df: float) -> pd.DataFrame:
    estimate = model.coefficients["estimate"].to_numpy(dtype=float)
    error = np.sqrt(np.clip(np.diag(covariance), 0, None))
    statistic = np.divide(estimate, error, out=np.full_like(error, np.nan), where=error > 0)
    margin = student.isf((1 - model.level) / 2, df) * error
    with np.errstate(over="ignore"):
        return model.coefficients.assign(
            std_error=error,
            z=statistic,
            p_value=2 * student.sf(np.abs(statistic), df),
            low=np.exp(estimate - margin),
            high=np.exp(estimate + margin),
        )


def _tests(model: MembershipModel, covariance: FloatArray, df: float) -> pd.DataFrame:
    table = model.coefficients
    estimate = table["estimate"].to_numpy(dtype=float)
    slope = (table["kind"] == "slope").to_numpy()
    rows = []
    for name in model.tests["variable"]:
        chosen = np.flatnonzero(
            slope & ((table["variable"] == name) | (name == "(all)")).to_numpy()
        )
        q = len(chosen)
        spread = covariance[np.ix_(chosen, chosen)]
        wald = float(estimate[chosen] @ solve_symmetric(spread, estimate[chosen]))
        rest = df - q + 1
        ratio = wald * rest / (df * q) if rest > 0 else np.nan
        rows.append({"variable": name, "chi2": q * ratio, "df": q,
                     "p_value": float(f.sf(ratio, q, max(rest, 1)))})  # fmt: skip
    return with_holm(pd.DataFrame(rows))
