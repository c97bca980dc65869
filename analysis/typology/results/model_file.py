"""The typology as a file: what places a new respondent, without those it came from."""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from rfree import MCA
from rfree.base.inputs import FloatArray
from rfree.classes.nearest_centre import centre_distances, class_spread
from rfree.classes.transfers import class_centres
from typology.fit.fitted_typology import FittedTypology
from typology.fit.placing import place_respondents
from typology.questionnaire import Questionnaire
from typology.results.saved_model import MODEL_VERSION

UNUSUAL = 0.99
"""Share of the sample that lies nearer than what is called unusual."""
FOLDS = 10


def model_content(
    fitted: FittedTypology, *, short_form: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    """Return axes and classes as plain values.

    ``short_form`` is that of `typology.tools.short_form.scored_form.ShortForm.content`. The model
    has ``questionnaire`` (fingerprint of the active items and their scales), ``missing`` rule,
    ``max_missing_share`` (percent), ``respondent_column``, ``reading`` (what else the study says
    of its file of answers), ``items`` in order (id, codes, wordings, and where the scale has them
    ``merge``: codes by category, and ``no_opinion``: code, what it counts as), ``axes``
    (eigenvalues of those kept, ``centre``, ``total``), ``categories`` (item, category, role,
    ``scores``, ``term``), ``classes`` (number, type, names, share, ``centre``), ``spread``
    (variance within the classes, by axis), ``limits`` (distance to the nearest centre and to the
    axes beyond which a respondent is ``unusual``, and the ``farthest`` of the sample, also when
    the axes are made without them; to the hundredth above),
    ``sample`` (n, ``given_back``: those whose class is that of the nearest centre) and
    ``short_form``.

    A respondent lies at the sum of the scores of their Q answers, divided by Q, less the centre;
    a score is a category's coordinate divided by the square root of the eigenvalue, times what its
    item weighs where blocks weigh the same, zero for passive categories. The class is that of the
    nearest centre. After consolidation the nearest
    centre gives every respondent of the sample their own class: with d_a and d_b the distances to
    the centres of their class and of another, no transfer lowers the within-class inertia only if
    n_a / (n_a - 1) d_a² <= n_b / (n_b + 1) d_b² (Hartigan 1975), hence d_a < d_b. Without
    consolidation, or with imputed answers, some may lie nearer to another centre: ``given_back``
    tells how many do not.
    """
    choices = fitted.study.choices
    items = [str(item) for item in fitted.active.categories.columns]
    model: dict[str, Any] = {
        "version": MODEL_VERSION,
        "simulated": choices.simulated,
        "questionnaire": fingerprint(fitted.questionnaire, items),
        "missing": choices.missing,
        "max_missing_share": choices.exclusions.max_missing_share,
        "respondent_column": choices.respondent_column,
        "reading": {
            "no_answer": list(choices.no_answer),
            "answer_words": choices.answer_words,
            "decimal_mark": choices.decimal_mark,
            "ignored_columns": list(choices.ignored_columns),
            "absent_columns": list(choices.absent_columns),
            "weight_column": choices.weight_column,
            "columns": choices.columns,
            "exclusions": choices.exclusions.model_dump(mode="json", exclude={"max_missing_share"}),
        },
        "items": [item_content(fitted.questionnaire, item) for item in items],
        **axes_content(fitted.axes.mca, fitted.axes.number),
    }
    model["classes"] = _classes(fitted)
    return model | _sample(fitted, model) | {"short_form": short_form and dict(short_form)}


def axes_content(mca: MCA, number: int) -> dict[str, Any]:
    """Return the ``axes`` and the ``categories`` of a model that keeps so many axes."""
    n_items = len(mca.coding_.variables)
    eigenvalues, roles = mca.eigenvalues_[:number], mca.column_roles_
    weights = mca.variable_weights_.loc[roles.index.get_level_values(0)].to_numpy()
    scores: pd.DataFrame = mca.column_coordinates_.iloc[:, :number].div(np.sqrt(eigenvalues))
    scores = scores.mul(weights, axis=0).where(roles == "active", 0.0)
    masses = mca.column_weights_ / (mca.n_respondents_ * n_items)
    terms = ((1 / (n_items**2 * masses) - 2 / n_items) * weights).where(roles == "active", 0.0)
    return {
        "axes": {
            "eigenvalues": eigenvalues.tolist(),
            "centre": (masses.to_numpy() @ scores.to_numpy()).tolist(),
            "total": float((weights * masses)[roles == "active"].sum()),
        },
        "categories": [
            {
                "item": str(item),
                "category": str(category),
                "role": role,
                "scores": row,
                "term": float(term),
            }
            for (item, category), role, row, term in zip(
                scores.index, roles, scores.to_numpy().tolist(), terms, strict=True
            )
        ],
    }


def fingerprint(questionnaire: Questionnaire, items: list[str]) -> str:
    """Return a checksum of what makes answers comparable: the items, codes and merged categories.

    SHA-256 in hexadecimal; translations and labels do not change it.
    """
    content = [
        [item, list(questionnaire.scale_of(item).codes), *_beyond_points(questionnaire, item)]
        for item in items
    ]
    return hashlib.sha256(json.dumps(content).encode()).hexdigest()


def item_content(questionnaire: Questionnaire, item: str) -> dict[str, Any]:
    """Return what a model says of an item: its id, its codes, its wordings, its categories."""
    asked = questionnaire.items[item]
    codes = list(questionnaire.scale_of(item).codes)
    content: dict[str, Any] = {"item": item, "codes": codes, "fr": asked.fr, "en": asked.en}
    for part in _beyond_points(questionnaire, item):
        content |= part
    return content


def _beyond_points(questionnaire: Questionnaire, item: str) -> list[dict[str, Any]]:
    """Return the merged categories of an item's scale, and what stands beside its points."""
    scale = questionnaire.scale_of(item)
    parts: list[dict[str, Any]] = []
    if scale.merge:
        merged = [{"category": each.id, "codes": list(each.codes)} for each in scale.categories]
        parts.append({"merge": merged})
    if scale.no_opinion is not None:
        beside = {"code": scale.no_opinion.code, "counts_as": scale.no_opinion.counts_as}
        parts.append({"no_opinion": beside})
    return parts


def _classes(fitted: FittedTypology) -> list[dict[str, Any]]:
    names, types = fitted.study.type_names, fitted.classes.types
    labels = fitted.classes.labels
    weights = pd.Series(fitted.axes.mca.weights_, index=labels.index).groupby(labels).sum()
    shares = 100 * weights / weights.sum()
    return [
        {
            "class": int(number),
            "type": types[number],
            "names": _names(names, types[number]),
            "share": float(shares[number]),
            "centre": centre.tolist(),
        }
        for number, centre in zip(types, fitted.classes.centres, strict=True)
    ]


def _names(names: Mapping[str, Any], kind: str) -> dict[str, str]:
    return {"fr": names[kind].fr, "en": names[kind].en} if kind else {}


def _sample(fitted: FittedTypology, model: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the sample teaches on distances, and nothing of one respondent alone."""
    labels = fitted.classes.labels
    places = place_respondents(model, fitted.active_given)
    centres = fitted.classes.centres
    distances = centre_distances(places.coordinates, centres)
    nearest = distances.argmin(axis=1) + 1
    weights = np.asarray(fitted.axes.mca.weights_, dtype=float)
    outside = held_out_distances(fitted)
    limits = {}
    for name, own in (("centre", distances.min(axis=1)), ("axes", places.residual)):
        farthest = max(float(own.max()), float(outside[name].max()))
        unusual = float(np.quantile(outside[name], UNUSUAL))
        limits[name] = {"unusual": _rounded_up(unusual), "farthest": _rounded_up(farthest)}
    return {
        "spread": class_spread(places.coordinates, labels.to_numpy(), centres, weights),
        "limits": limits,
        "sample": {
            "n": len(labels),
            "given_back": int((nearest == labels.to_numpy()).sum()),
        },
    }


def _rounded_up(distance: float) -> float:
    """Return the hundredth above: it holds all distances below, and is nobody's own."""
    return math.ceil(100 * distance) / 100


def held_out_distances(fitted: FittedTypology) -> dict[str, FloatArray]:
    """Return how far respondents lie when the axes are made without them.

    ``centre`` is the distance to the nearest centre, ``axes`` that to the axes kept. Axes fit the
    answers they are made from: those of others lie farther away. Hence in each of 10 folds axes and
    centres are made from the other respondents, with the classes that the whole typology gave them.
    """
    from sklearn.model_selection import KFold  # noqa: PLC0415 - slow to import

    mca, number = fitted.axes.mca, fitted.axes.number
    categories = fitted.active.categories
    labels = fitted.classes.labels.to_numpy()
    weights = np.asarray(mca.weights_, dtype=float)
    items = fitted.active_given
    asked = [item_content(fitted.questionnaire, str(item)) for item in items.columns]
    found = {name: np.zeros(len(labels)) for name in ("centre", "axes")}
    folds = KFold(min(FOLDS, len(labels)), shuffle=True, random_state=fitted.study.choices.seed)
    for kept, held in folds.split(labels):
        passive = list(fitted.active.passive) or None
        others = MCA(number, passive=passive, blocks=fitted.active.blocks)
        others.fit(categories.iloc[kept], weights[kept])
        made = axes_content(others, min(number, others.n_components_))
        made["items"] = asked
        present = np.unique(labels[kept])
        centres, _ = class_centres(
            others.row_coordinates_.iloc[:, :number].to_numpy(),
            np.searchsorted(present, labels[kept]),
            weights[kept],
            len(present),
        )
        places = place_respondents(made, items.iloc[held])
        found["centre"][held] = centre_distances(places.coordinates, centres).min(axis=1)
        found["axes"][held] = places.residual
    return found
