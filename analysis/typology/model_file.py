"""The typology as a file: what places a new respondent, without those it came from."""

from __future__ import annotations

import hashlib
import json
from typing import Any

import numpy as np
import pandas as pd

from typology.pipeline import Analysis
from typology.questionnaire import Questionnaire

MODEL_VERSION = 1


def model_content(analysis: Analysis) -> dict[str, Any]:
    """Return the axes and the classes of a run as plain values.

    Parameters
    ----------
    analysis : Analysis

    Returns
    -------
    dict
        ``questionnaire`` (fingerprint of the active items and their scales), ``missing`` rule,
        ``items`` in order, ``axes`` (eigenvalues of those kept, ``centre``), ``categories``
        (item, category, role, ``scores``), ``classes`` (number, type, names, share, ``centre``).

    Notes
    -----
    A respondent lies at the sum of the scores of their Q answers, divided by Q, less the centre;
    a score is a category's coordinate divided by the square root of the eigenvalue, zero for
    passive categories. The class is that of the nearest centre.
    """
    mca, number = analysis.axes.mca, analysis.axes.number
    eigenvalues = mca.eigenvalues_[:number]
    scores: pd.DataFrame = mca.column_coordinates_.iloc[:, :number].div(np.sqrt(eigenvalues))
    scores = scores.where(mca.column_roles_ == "active", 0.0)
    n_items = analysis.active.categories.shape[1]
    masses = mca.column_weights_ / (mca.n_respondents_ * n_items)
    return {
        "version": MODEL_VERSION,
        "simulated": analysis.study.choices.simulated,
        "questionnaire": fingerprint(
            analysis.questionnaire, list(analysis.active.categories.columns)
        ),
        "missing": analysis.study.choices.missing,
        "items": list(analysis.active.categories.columns),
        "axes": {
            "eigenvalues": eigenvalues.tolist(),
            "centre": (masses.to_numpy() @ scores.to_numpy()).tolist(),
        },
        "categories": [
            {"item": str(item), "category": str(category), "role": role, "scores": row}
            for (item, category), role, row in zip(
                scores.index, mca.column_roles_, scores.to_numpy().tolist(), strict=True
            )
        ],
        "classes": _classes(analysis),
    }


def fingerprint(questionnaire: Questionnaire, items: list[str]) -> str:
    """Return a checksum of what makes answers comparable: the items and the codes of their scales.

    Parameters
    ----------
    questionnaire : Questionnaire
    items : list of item ids

    Returns
    -------
    str
        SHA-256 in hexadecimal; translations and labels do not change it.
    """
    content = [[item, list(questionnaire.scale_of(item).codes)] for item in items]
    return hashlib.sha256(json.dumps(content).encode()).hexdigest()


def _classes(analysis: Analysis) -> list[dict[str, Any]]:
    names = analysis.study.type_names
    table = analysis.tables["classes"]
    centers = np.asarray(analysis.classes.hcpc.centers_)
    return [
        {
            "class": int(number),
            "type": kind,
            "names": {"fr": names[kind].fr, "en": names[kind].en} if kind else {},
            "share": float(share),
            "centre": centre.tolist(),
        }
        for number, kind, share, centre in zip(
            table["class"], table["type"], table["share"], centers, strict=True
        )
    ]
