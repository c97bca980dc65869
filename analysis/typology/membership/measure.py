"""Models of who belongs to which type: their tables, as assigned and corrected for its errors."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

import numpy as np
import pandas as pd

from rfree.membership.compare_models import compare_estimates
from rfree.membership.marginal_effects import average_marginal_effects, predicted_probabilities
from rfree.membership.membership_model import MembershipModel
from rfree.membership.multinomial import multinomial_logit
from rfree.membership.ordered import ordered_logit
from rfree.membership.partial_odds import partial_ordered_logit
from rfree.membership.proportional_odds import brant_test
from rfree.membership.three_step.corrected_models import corrected_multinomial, corrected_ordered
from rfree.surveys.survey_design import SurveyDesign
from rfree.surveys.survey_models import under_survey
from typology.exhibits.run_tables import LEVEL, MadeTables
from typology.fit.fitted_typology import FittedTypology
from typology.fit.survey import survey_of
from typology.membership.characteristics import ModelNote
from typology.membership.design import MembershipDesign, membership_design
from typology.membership.pooled import pooled_table
from typology.membership.terms import UNSTABLE_SPAN

_Correction = Literal["none", "bch", "ml"]

MODELS = ("multinomial", "ordered")
PARTIAL = "partial"
"""The ordered model whose ratios may differ from limit to limit, where Brant's test rejects."""

CORRECTIONS: tuple[_Correction, ...] = ("none", "bch", "ml")
REMEDIES: Mapping[str, tuple[str, ...]] = {"multinomial": ("firth", "ridge"), "ordered": ("ridge",)}
"""Penalties tried in turn where the estimates of a model are not finite."""


@dataclass(frozen=True)
class StudyModel:
    """A fitted model, how errors of classification are corrected, and why it is penalised.

    ``penalty_reason`` is "" when it is not.
    """

    model: MembershipModel
    correction: _Correction
    penalty_reason: str

    @property
    def name(self) -> dict[str, str]:
        """Return the columns that tell it from the others."""
        return {"model": self.model.kind, "correction": self.correction}


def membership_tables(
    fitted: FittedTypology,
    *,
    errors: pd.DataFrame | None = None,
    moves: pd.DataFrame | None = None,
) -> MadeTables:
    """Return every table of the models of membership.

    ``errors`` has the columns ``class``, ``assigned_class`` and ``share`` (percent): to which class
    the study assigns those who fall in each over the resamples
    (`rfree.reality.stability.bootstrap_stability`); without it no model is corrected for them.

    ``moves`` are the respondents whose class an imputation of missing answers changes
    (`typology.validity.alternatives.imputation_tables`); without any, nothing is pooled.

    ``membership_notes`` (``remark``, ``variable``, ``value``) always; where models could be
    fitted, also those below. ``model`` is "multinomial" (each class against the reference) or
    "ordered" (a higher class against a lower one); ``correction`` "none" (classes as assigned),
    "bch" or, where its estimates diverge, "ml" (three-step models of the true classes).

    ``membership_coefficients``: ``model``, ``correction``, ``class`` and ``reference_class``
    (missing in the ordered model), ``kind`` (slope, intercept, threshold), ``term``, ``variable``,
    ``category``, ``reference_category``, ``step`` (of a number), ``coefficient``, ``std_error``,
    ``odds_ratio`` (in the multinomial model: relative risk ratio), ``low``, ``high`` (95 %),
    ``limit`` ("1|2": of a slope that counts at one limit alone, in the model "partial"),
    ``p_value`` (Wald; all three from the profile penalised likelihood with Firth's penalty),
    ``unstable`` (an upper limit over a hundred times the lower), ``shift`` (what the correction
    changes, in standard errors of the model without).

    ``membership_predictions``: ``probability`` of each class in percent, had everybody given an
    answer or a number (``value``). ``membership_effects``: average marginal effects,
    ``marginal_effect`` in percentage points.
    ``membership_tests``: joint tests of each characteristic ("" for all): Wald's, or Rao and
    Scott's likelihood ratio where respondents are weighted, or the penalised likelihood ratio with
    Firth's penalty; ``missing``. ``membership_fit``: a row a model; standard errors are robust
    where weights differ or errors are corrected, and otherwise those of the model;
    ``events_per_term`` are respondents of the smallest class over the terms of one equation,
    ``events_per_parameter`` over the slopes of all. ``membership_odds``: Brant's test, unless the
    classes are two. ``membership_pooled``: see `typology.membership.pooled.pooled_table`.
    ``membership_sparse``: categories that fewer than five of a class have.
    """
    given, notes = membership_design(fitted)
    if given is None:
        return {"membership_notes": _notes_table(notes)}
    if errors is None:
        notes.append(ModelNote("no_errors"))
    models = []
    for kind in MODELS:
        if kind == "ordered" and len(given.order) == 2:
            notes.append(ModelNote("two_classes"))
            continue
        plain = _plain(kind, given, notes)
        models += [] if plain is None else [plain]
        if plain is not None and errors is not None:
            corrected = _corrected(plain, given, errors, notes)
            models += [] if corrected is None else [corrected]
    if not models:
        return {"membership_notes": _notes_table(notes)}
    survey = survey_of(fitted.study, fitted.responses)
    if survey is not None:
        models = [_surveyed(each, given, survey, fitted, notes) for each in models]
    odds = _proportional_odds(models)
    partial = None if odds is None else _partial(odds, given, notes)
    models += [] if partial is None else [partial]
    tables = {
        "membership_coefficients": _joined(_coefficients(each, given) for each in models)
        .merge(_shifts(models), how="left", on=["model", "correction", "class", "term"]),
        "membership_tests": _joined(_tests(each, given) for each in models),
        "membership_fit": _joined(_fit(each, given) for each in models),
        "membership_sparse": _sparse(models[0]),
    }  # fmt: skip
    finite = [each for each in models if each.model.finite]
    if finite:
        tables["membership_predictions"] = _joined(_predictions(each, given) for each in finite)
        tables["membership_effects"] = _joined(_effects(each) for each in finite)
    if odds is not None:
        tables["membership_odds"] = odds
    pooled = _pooled(models, given, moves, fitted.study.choices.validity.imputations, notes)
    if pooled is not None:
        tables["membership_pooled"] = pooled
    return tables | {"membership_notes": _notes_table(notes)}


def _plain(kind: str, given: MembershipDesign, notes: list[ModelNote]) -> StudyModel | None:
    """Fit a model of the classes as assigned, with a penalty where its estimates diverge."""

    def fit(penalty: Any) -> MembershipModel:
        # Where a cell is empty, the sandwich has nothing to estimate its spread from.
        errors: Any = None if penalty is None else "model"
        if kind == "multinomial":
            return multinomial_logit(
                given.design, given.labels, reference=given.reference,
                sample_weight=given.sample_weight, penalty=penalty, standard_errors=errors,
            )  # fmt: skip
        return ordered_logit(
            given.design, given.labels, order=given.order,
            sample_weight=given.sample_weight, penalty=penalty, standard_errors=errors,
        )  # fmt: skip

    try:
        model, reason = _remedied(fit, REMEDIES[kind])
    except ValueError:
        notes.append(ModelNote("model_failed", value=kind))
        return None
    if not model.fit["converged"].item():
        notes.append(ModelNote("not_converged", value=kind))
    return StudyModel(model, "none", reason)


def _corrected(
    plain: StudyModel, given: MembershipDesign, errors: pd.DataFrame, notes: list[ModelNote]
) -> StudyModel | None:
    """Fit a model of the true classes: by BCH, or by ML where its estimates diverge."""
    matrix = errors.pivot_table(index="class", columns="assigned_class", values="share") / 100
    kind = plain.model.kind
    attempts: tuple[tuple[_Correction, str | None], ...] = (
        ("bch", None), ("ml", None), ("ml", "ridge"),
    )  # fmt: skip
    for correction, remedy in attempts:
        options: dict[str, Any] = {"errors": matrix, "correction": correction, "penalty": remedy,
                                   "sample_weight": given.sample_weight}  # fmt: skip
        try:
            if kind == "multinomial":
                model = corrected_multinomial(
                    given.design, given.labels, reference=given.reference, **options
                )
            else:
                model = corrected_ordered(given.design, given.labels, order=given.order, **options)
        except ValueError:  # errors that cannot be undone
            break
        if model.finite and model.fit["converged"].item():
            reason = "" if remedy is None else plain.penalty_reason or "no_convergence"
            return StudyModel(model, correction, reason)
    notes.append(ModelNote("correction_failed", value=kind))
    return None


def _surveyed(
    each: StudyModel, given: MembershipDesign, survey: SurveyDesign, fitted: FittedTypology,
    notes: list[ModelNote],
) -> StudyModel:  # fmt: skip
    """Give a model the standard errors of the survey, unless a penalty or replicates forbid it."""
    everybody = fitted.responses.items.index
    places = everybody.get_indexer(given.design.respondents)
    kept = np.zeros(len(everybody), dtype=bool)
    kept[places] = given.kept
    wider = replace(given.design, kept=kept, respondents=everybody)
    try:
        return replace(each, model=under_survey(each.model, wider, survey))
    except ValueError:
        notes.append(ModelNote("survey_failed", value=each.model.kind))
        return each


def _proportional_odds(models: list[StudyModel]) -> pd.DataFrame | None:
    """Return Brant's test of the ordered model, None where there is none."""
    ordered = [
        each.model for each in models if each.name == {"model": "ordered", "correction": "none"}
    ]
    return _odds(brant_test(ordered[0])) if ordered else None


def _pooled(
    models: list[StudyModel], given: MembershipDesign, moves: pd.DataFrame | None,
    n_imputations: int, notes: list[ModelNote],
) -> pd.DataFrame | None:  # fmt: skip
    """Pool the multinomial model over the imputations that change someone's class."""
    plain = [
        each.model for each in models if each.name == {"model": "multinomial", "correction": "none"}
    ]
    if moves is None or moves.empty or not plain or n_imputations < 2:
        return None
    return pooled_table(plain[0], given, moves, n_imputations, notes)


def _partial(
    odds: pd.DataFrame, given: MembershipDesign, notes: list[ModelNote]
) -> StudyModel | None:
    """Fit an ordered model without the proportional odds that Brant's test rejects.

    Of the characteristics that it points to, or of all where it points to none.
    """
    if not odds["p_value"].iloc[0] < LEVEL:
        return None
    single = odds.iloc[1:]
    rejected = single.loc[single["p_adjusted"] < LEVEL, "variable"]
    own = rejected if len(rejected) else single["variable"]
    model = partial_ordered_logit(
        given.design, given.labels, own_slopes=own.tolist(), order=given.order,
        sample_weight=given.sample_weight,
    )  # fmt: skip
    if not model.fit["converged"].item():
        notes.append(ModelNote("partial_failed"))
        return None
    return StudyModel(model, "none", "")


def _remedied(
    fit: Callable[[str | None], MembershipModel], penalties: tuple[str, ...]
) -> tuple[MembershipModel, str]:
    model = fit(None)
    if model.separation.kind == "none" and model.fit["converged"].item():
        return model, ""
    reason = "no_convergence" if model.separation.kind == "none" else "separation"
    for penalty in penalties:
        model = fit(penalty)
        if model.finite and model.fit["converged"].item():
            break
    return model, reason


def _coefficients(each: StudyModel, given: MembershipDesign) -> pd.DataFrame:
    terms = given.design.terms.rename(columns={"reference": "reference_category", "unit": "step"})
    table = each.model.coefficients.merge(
        terms[["term", "reference_category", "step"]], how="left", on="term"
    )
    ordered = each.model.kind != "multinomial"
    none = pd.Series(pd.NA, index=table.index, dtype="Int64")
    return pd.DataFrame(
        {
            **each.name,
            "class": none if ordered else table["outcome"].astype("Int64"),
            "reference_class": none if ordered else none.fillna(given.reference),
            "limit": table["outcome"] if each.model.kind == PARTIAL else "",
            "kind": table["kind"],
            "term": table["term"],
            "variable": table["variable"],
            "category": table["category"],
            "reference_category": table["reference_category"].fillna(""),
            "step": table["step"],
            "coefficient": table["estimate"],
            "std_error": table["std_error"],
            "odds_ratio": table["ratio"],
            "low": table["low"],
            "high": table["high"],
            "p_value": table["p_value"],
            # Unknown limits are no better than wide ones.
            "unstable": (table["kind"] == "slope")
            & ~(table["high"] <= UNSTABLE_SPAN * table["low"]),
        }
    )


def _shifts(models: list[StudyModel]) -> pd.DataFrame:
    """Return what correcting errors of classification changes in every coefficient."""
    columns = {"model": "object", "correction": "object", "class": "Int64", "term": "object",
               "shift": "float64"}  # fmt: skip
    parts = [pd.DataFrame(columns=list(columns)).astype(columns)]
    for kind in MODELS:
        pair = [each for each in models if each.model.kind == kind]
        if len(pair) < 2:
            continue
        plain, corrected = pair
        compared = compare_estimates(plain.model, corrected.model)
        part = pd.DataFrame(
            {
                **corrected.name,
                "class": pd.to_numeric(compared["outcome"], errors="coerce").astype("Int64"),
                "term": compared["term"],
                "shift": compared["standardised_difference"],
            }
        )
        parts.append(part)
    return _joined(parts if len(parts) == 1 else parts[1:])


def _predictions(each: StudyModel, given: MembershipDesign) -> pd.DataFrame:
    found = predicted_probabilities(each.model)
    places = {
        (name, answer): place
        for name, answers in given.answers.items()
        for place, answer in enumerate(answers)
    }
    asked = {name: at for at, name in enumerate(dict.fromkeys(found["variable"]))}
    keys = zip(found["variable"], found["category"], strict=True)
    order = pd.DataFrame(
        {
            "variable": found["variable"].map(asked),
            "place": [places.get(key, 0) for key in keys],
        },
        index=found.index,
    )
    found = found.loc[order.sort_values(["variable", "place"], kind="stable").index]
    references = given.design.terms.drop_duplicates("variable").set_index("variable")["reference"]
    return pd.DataFrame(
        {
            **each.name,
            "class": found["class"].astype("int64"),
            "variable": found["variable"],
            "category": found["category"],
            "reference_category": found["variable"].map(references),
            "value": found["value"],
            "probability": found["probability"],
            "std_error": found["std_error"],
            "low": found["low"],
            "high": found["high"],
        }
    )


def _effects(each: StudyModel) -> pd.DataFrame:
    effects = average_marginal_effects(each.model).rename(
        columns={"reference": "reference_category"}
    )
    units = each.model.given.terms.set_index("term")["unit"]
    return pd.DataFrame(
        {
            **each.name,
            "class": effects["class"].astype("int64"),
            "variable": effects["variable"],
            "category": effects["category"],
            "reference_category": effects["reference_category"],
            "step": effects["term"].map(units),
            "marginal_effect": effects["effect"],
            "std_error": effects["std_error"],
            "low": effects["low"],
            "high": effects["high"],
            "p_value": effects["p_value"],
        }
    )


def _tests(each: StudyModel, given: MembershipDesign) -> pd.DataFrame:
    tests = each.model.tests
    missing = given.design.missing.set_index("variable")["missing"]
    return pd.DataFrame(
        {
            **each.name,
            "variable": tests["variable"].replace("(all)", ""),
            "missing": tests["variable"].map(missing).fillna(given.design.n_left_out).astype(int),
            "chi2": tests["chi2"],
            "df": tests["df"],
            "p_value": tests["p_value"],
            "p_adjusted": tests["p_holm"],
        }
    )


def _fit(each: StudyModel, given: MembershipDesign) -> pd.DataFrame:
    fit = each.model.fit.iloc[0]
    terms = given.design.matrix.shape[1]
    smallest = int(pd.Series(given.labels[given.kept]).value_counts().min())
    row = {
        **each.name,
        "reference_class": given.reference,
        "class_order": " < ".join(map(str, given.order)),
        "ordered_by": given.ordered_by,
        "n": int(fit["n"]),
        "left_out": int(fit["n_left_out"]),
        "classes": int(fit["classes"]),
        "terms": terms,
        "parameters": int(fit["parameters"]),
        "smallest_class": smallest,
        "events_per_term": smallest / terms,
        "events_per_parameter": smallest / int(fit["df"]),
        **{name: float(fit[name]) for name in ("log_likelihood", "log_likelihood_null", "chi2")},
        "df": int(fit["df"]),
        **{name: float(fit[name]) for name in ("p_value", "mcfadden", "aic", "bic")},
        "separation": str(fit["separation"]),
        "penalty": str(fit["penalty"]),
        "penalty_reason": each.penalty_reason,
        "ridge": float(fit["ridge"]),
        "standard_errors": str(fit["standard_errors"]),
        "converged": bool(fit["converged"]),
    }
    return pd.DataFrame([row])


def _odds(brant: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "variable": brant["variable"].replace("(all)", ""),
            "chi2": brant["chi2"],
            "df": brant["df"],
            "p_value": brant["p_value"],
            "p_adjusted": brant["p_holm"],
            "separated": brant["separated"],
        }
    )


def _sparse(each: StudyModel) -> pd.DataFrame:
    cells = each.model.separation.sparse_cells
    return cells.astype({"variable": object, "category": object, "class": "int64", "n": float})


def _notes_table(notes: list[ModelNote]) -> pd.DataFrame:
    columns = ["remark", "variable", "value"]
    rows = [(each.note, each.variable, each.value) for each in dict.fromkeys(notes)]
    return pd.DataFrame(rows, columns=columns)


def _joined(parts: Iterable[pd.DataFrame]) -> pd.DataFrame:
    return pd.concat(list(parts), ignore_index=True)
