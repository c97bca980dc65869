"""The type of each respondent of a new file, from the model alone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from rfree.base.inputs import FloatArray
from rfree.classes.nearest_centre import centre_distances, class_confidence
from typology.fit.placing import place_respondents
from typology.problems import InputError, Problem
from typology.questionnaire import Questionnaire
from typology.results.saved_model import class_names
from typology.words import word
from typology.words.phrases import phrase
from typology.words.spelling import fold

NO_TYPE, TOO_FEW, UNUSUAL_ANSWERS = "none of the types", "too few answers", "unusual"
"""What may be remarked of a respondent."""

# Rounding of distances that were written and are computed anew.
_ROUNDING = 1e-9


def assign_types(model: Mapping[str, Any], items: pd.DataFrame, *, language: str) -> pd.DataFrame:
    """Give each respondent the type whose centre is nearest.

    Parameters
    ----------
    model : mapping
        From `typology.results.model_file.model_content` or its file.
    items : DataFrame, respondents x items
        Codes, <NA> where there is no answer.
    language : {"fr", "en"}
        Of the names.

    Returns
    -------
    DataFrame
        ``respondent``; ``class`` (<NA> where there is none), ``type`` (id), ``name`` (in words,
        also of no type); ``confidence`` (probability of the class, 0-1); ``second_class``,
        ``second_name``: the next nearest; ``nearest_class``, also for who has none of the types;
        ``distance_1``... to each centre and ``distance_axes``, what the axes leave out;
        ``answered``: items with an answer; ``remark``: "", "unusual", "none of the types" or "too
        few answers".

    Notes
    -----
    The confidence is exp(-d² / (2 s²)), divided by its sum over the classes, with d the distance
    to a centre and s² the variance within the classes by axis in the sample.

    A respondent has none of the types when they lie farther than everyone in the sample from the
    nearest centre, or from the axes, each respondent of the sample being measured both with the
    axes of all and with axes made without them (`typology.results.model_file`). Of n respondents,
    about one of n + 1 others from the same population does so for each of both. *Unusual* is beyond
    99 % of the sample so measured.

    Items without an answer count as in the study (see `typology.fit.placing`); with more of them
    missing than the study allows, nobody is assigned.
    """
    places = place_respondents(model, items)
    centres = np.array([each["centre"] for each in model["classes"]])
    distances = centre_distances(places.coordinates, centres)
    numbers = np.array([each["class"] for each in model["classes"]])
    order = distances.argsort(axis=1, kind="stable")
    confidence = class_confidence(distances, model["spread"])
    remark = _remarks(model, distances.min(axis=1), places.residual, places.answered)
    table = _named(
        model,
        items.index,
        numbers[order[:, 0]],
        numbers[order[:, 1]],
        remark=remark,
        language=language,
    )
    table.insert(4, "confidence", confidence.max(axis=1))
    table.loc[table["class"].isna(), "confidence"] = np.nan
    for number, column in zip(numbers, distances.T, strict=True):
        table[f"distance_{number}"] = column
    table["distance_axes"] = places.residual
    table["answered"] = places.answered.astype(int)
    table["remark"] = remark
    return table


def assign_by_short_form(
    model: Mapping[str, Any], items: pd.DataFrame, *, language: str
) -> pd.DataFrame:
    """Give each respondent the type with most points of the short form; no answer gives no points.

    Columns: ``respondent``, ``class``, ``type``, ``name``, ``confidence`` (of those of the sample
    to whom the short form gave this type, the share, 0-1, who have it, cross-validated),
    ``second_class``, ``second_name``, ``nearest_class``, ``points_1``..., ``answered``, ``remark``
    ("" or "too few answers").
    """
    form = model["short_form"]
    numbers = np.array([each["class"] for each in model["classes"]])
    totals = np.tile(np.array(form["start"], dtype=float), (len(items), 1))
    answered = np.zeros(len(items))
    for item in form["items"]:
        points = dict(zip(item["codes"], item["points"], strict=True))
        if item["item"] not in items:
            continue
        codes = items[item["item"]]
        given = codes.isin(item["codes"]).fillna(False).to_numpy(dtype=bool)
        answered += given
        by_code = pd.DataFrame.from_dict(points, orient="index")
        totals[given] += by_code.loc[codes[given].astype(int)].to_numpy()
    start = np.array(form["start"], dtype=float)
    by_start = np.argsort(-start, kind="stable")  # of equal points, the more frequent type
    order = by_start[np.argsort(-totals[:, by_start], axis=1, kind="stable")]
    few = 100 * (1 - answered / len(form["items"])) > model["max_missing_share"] + _ROUNDING
    remark = np.where(few | (answered == 0), TOO_FEW, "")
    first = numbers[order[:, 0]]
    table = _named(
        model, items.index, first, numbers[order[:, 1]], remark=remark, language=language
    )
    right = {each["class"]: each["correct_share"] for each in form["classes"]}
    shares = pd.Series([right[number] for number in first], dtype="Float64") / 100
    table.insert(4, "confidence", shares.where(table["class"].notna()))
    for number, column in zip(numbers, totals.T, strict=True):
        table[f"points_{number}"] = column.astype(int)
    table["answered"] = answered.astype(int)
    table["remark"] = remark
    return table


def check_same_questionnaire(
    model: Mapping[str, Any], questionnaire: Questionnaire, *, where: str
) -> tuple[str, ...]:
    """Refuse a questionnaire that is not that of a model, and say what differs.

    Returns a notice when some items are worded differently; ``where`` is what to call the
    questionnaire in messages. Raises InputError if items of the model are absent or have other
    codes, or most are worded differently.
    """
    remedy = phrase("Give the questionnaire of the study that made the model.")
    problems, reworded = [], []
    for item in model["items"]:
        name = item["item"]
        if name not in questionnaire.items:
            expected = phrase("an item of the model")
            absent = phrase("a questionnaire without it")
            problems.append(Problem("", "", absent, expected, remedy, f"{where} › {name}"))
            continue
        codes = list(questionnaire.scale_of(name).codes)
        if codes != item["codes"]:
            expected = phrase("the codes of the model ({codes})", codes=_listed(item["codes"]))
            found = phrase("the codes {codes}", codes=_listed(codes))
            problems.append(Problem("", "", found, expected, remedy, f"{where} › {name}"))
        elif not _same_beside(item, questionnaire):
            beside = item.get("no_opinion")
            expected = phrase("the answer beside the scale that the model has (code {code})",
                              code=beside["code"] if beside else "–")  # fmt: skip
            found = phrase("another answer beside the scale")
            problems.append(Problem("", "", found, expected, remedy, f"{where} › {name}"))
        elif not _same_wording(item, questionnaire):
            reworded.append(name)
    if problems:
        raise InputError(problems)
    if 2 * len(reworded) > len(model["items"]):
        found = phrase("other wordings of {items}", items=", ".join(reworded))
        expected = phrase("the items of the model")
        raise InputError(Problem("", "", found, expected, remedy, where))
    if not reworded:
        return ()
    return (phrase("Worded differently from the model: {items}.", items=", ".join(reworded)),)


def _named(
    model: Mapping[str, Any],
    index: pd.Index,
    first: FloatArray,
    second: FloatArray,
    *,
    remark: np.ndarray,
    language: str,
) -> pd.DataFrame:
    names = class_names(model, language)
    types = {each["class"]: each["type"] for each in model["classes"]}
    nearest = pd.Series(first, dtype="Int64")
    given = ~np.isin(remark, [NO_TYPE, TOO_FEW])
    without = {
        NO_TYPE: word("none_of_the_types", language),
        TOO_FEW: word("too_few_answers", language),
    }
    known = nearest.map(names)
    return pd.DataFrame(
        {
            "respondent": index.astype("string"),
            "class": nearest.where(given),
            "type": nearest.map(types).where(given, ""),
            "name": known.where(given, pd.Series(remark).map(without)),
            "second_class": second,
            "second_name": pd.Series(second).map(names),
            "nearest_class": nearest,
        }
    )


def _remarks(
    model: Mapping[str, Any], distance: FloatArray, residual: FloatArray, answered: FloatArray
) -> np.ndarray:
    limits = model["limits"]

    def beyond(limit: str) -> np.ndarray:
        near = limits["centre"][limit] * (1 + _ROUNDING)
        inside = limits["axes"][limit] * (1 + _ROUNDING)
        return np.asarray((distance > near) | (residual > inside))

    missing = 100 * (1 - answered / len(model["items"]))
    few = (missing > model["max_missing_share"] + _ROUNDING) | (answered == 0)
    return np.select(
        [few, beyond("farthest"), beyond("unusual")], [TOO_FEW, NO_TYPE, UNUSUAL_ANSWERS], ""
    )


def _same_wording(item: Mapping[str, Any], questionnaire: Questionnaire) -> bool:
    asked = questionnaire.items[item["item"]]
    pairs = [(item["fr"], asked.fr), (item["en"], asked.en)]
    shared = [(old, new) for old, new in pairs if old and new]
    return not shared or any(fold(old) == fold(new) for old, new in shared)


def _same_beside(item: Mapping[str, Any], questionnaire: Questionnaire) -> bool:
    """Return whether "don't know" has the code that it has in the model."""
    declared = questionnaire.scale_of(item["item"]).no_opinion
    beside = item.get("no_opinion")
    return (declared and declared.code) == (beside and beside["code"])


def _listed(codes: list[int]) -> str:
    return ", ".join(map(str, codes))
