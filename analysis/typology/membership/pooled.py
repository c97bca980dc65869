"""The multinomial model over imputations of the missing answers, pooled by Rubin's rules."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from rfree.membership.likelihood import model_covariance
from rfree.membership.membership_model import MembershipModel
from rfree.membership.multinomial import multinomial_logit
from rfree.missing.pooling import pool_estimates
from typology.membership.characteristics import ModelNote
from typology.membership.design import MembershipDesign


def pooled_table(
    plain: MembershipModel,
    given: MembershipDesign,
    moves: pd.DataFrame,
    n_imputations: int,
    notes: list[ModelNote],
) -> pd.DataFrame | None:
    """Return the slopes of the multinomial model, pooled over the imputed classes.

    ``plain`` is the model of the study's classes, whose penalty is kept; ``moves`` are those of
    `typology.validity.alternatives.imputation_tables`. Columns: ``class``, ``reference_class``,
    ``term``, ``variable``, ``category``, ``step`` (of a quantity), ``coefficient``, ``std_error``,
    ``df``, ``odds_ratio``, ``low``, ``high``, ``p_value``, ``fmi`` (fraction of missing
    information, percent), ``imputations``. None, with a note, where some imputation has no finite
    estimates.
    """
    penalty: Any = plain.fit["penalty"].item()
    estimates, variances = [], []
    for imputation in range(1, n_imputations + 1):
        labels = _labels(given, moves[moves["imputation"] == imputation])
        try:
            model = multinomial_logit(
                given.design, labels, reference=given.reference,
                sample_weight=given.sample_weight, standard_errors="robust",
                penalty=None if penalty == "none" else penalty,
            )  # fmt: skip
        except ValueError:
            model = None
        if model is None or not (model.finite and model.fit["converged"].item()):
            notes.append(ModelNote("pooling_failed"))
            return None
        estimates.append(model.coefficients["estimate"].to_numpy(dtype=float))
        variances.append(_variance(model, weighted=plain.given.weighted))
    pooled = pool_estimates(
        estimates, variances, df_complete=len(plain.given.design) - len(estimates[0])
    )
    heading = plain.coefficients
    units = given.design.terms.set_index("term")["unit"]
    table = pd.DataFrame(
        {
            "class": heading["outcome"].astype("int64"),
            "reference_class": given.reference,
            "term": heading["term"],
            "variable": heading["variable"],
            "category": heading["category"],
            "step": heading["term"].map(units),
            "coefficient": pooled["estimate"],
            "std_error": pooled["std_error"],
            "df": pooled["df"],
            "odds_ratio": np.exp(pooled["estimate"]),
            "low": np.exp(pooled["low"]),
            "high": np.exp(pooled["high"]),
            "p_value": pooled["p_value"],
            "fmi": 100 * pooled["fmi"],
            "imputations": n_imputations,
        }
    )
    return table[heading["kind"] == "slope"].reset_index(drop=True)


def _labels(
    given: MembershipDesign, moved: pd.DataFrame
) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    labels = pd.Series(given.labels, index=given.design.respondents)
    labels.loc[moved["respondent"]] = moved["class"].to_numpy()
    return labels.to_numpy(dtype=np.int64)


def _variance(model: MembershipModel, *, weighted: bool) -> np.ndarray[tuple[int], Any]:
    """Return the variances: of the model, or robust where respondents are weighted."""
    if weighted:
        return model.coefficients["std_error"].to_numpy(dtype=float) ** 2
    information = model.likelihood.information(model.coefficients["estimate"].to_numpy(dtype=float))
    return np.diag(model_covariance(information))
