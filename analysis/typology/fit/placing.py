"""Where answers lie on frozen axes, from the scores of their categories alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from rfree.base.inputs import FloatArray, IntArray
from typology.questionnaire.answer_scale import NO_OPINION
from typology.questionnaire.characteristics import NO_ANSWER


@dataclass(frozen=True)
class Places:
    """Where respondents lie: arrays of respondents.

    ``coordinates`` has a column an axis; ``residual`` is the distance to the axes kept, what they
    leave out of the answers; ``answered`` the number of items with an answer.
    """

    coordinates: FloatArray
    residual: FloatArray
    answered: FloatArray


def place_respondents(model: Mapping[str, Any], items: pd.DataFrame) -> Places:
    """Place respondents on the axes of a model.

    The model has ``items``, ``axes`` and ``categories`` as `typology.results.model_file` writes
    them: it says which codes are merged, and what counts "don't know" as. ``items`` holds codes,
    <NA> where there is no answer; items without a column count as not answered.

    A respondent lies at the sum of the scores of their Q answers, divided by Q, less the centre. No
    answer has a score only if the study made it a category of its own, and for items to which
    somebody in the sample gave none. Otherwise, as an answer that nobody in the sample gave, it
    counts as a passive category: it adds nothing.

    The residual is the chi-squared distance to the centre, less what the axes hold of it: the sum
    over the active categories of (z/Q - c)² / c, z being 1 for those given and c their masses,
    minus the squared coordinates.
    """
    categories = pd.DataFrame(model["categories"])
    pairs = zip(categories["item"], categories["category"], strict=True)
    places = {pair: place for place, pair in enumerate(pairs)}
    n_axes = len(model["axes"]["centre"])
    # A last row of zeros stands for what was never seen.
    scores = np.vstack([np.array(categories["scores"].tolist()), np.zeros(n_axes)])
    terms = np.append(categories["term"].to_numpy(dtype=float), 0.0)
    asked = {each["item"]: each for each in model["items"]}
    names = list(asked)
    summed, squared = np.zeros((len(items), n_axes)), np.zeros(len(items))
    answered = np.zeros(len(items))
    for name in names:
        kinds, given = _kinds_given(items, asked[name])
        row = np.array([places.get((name, kind), -1) for kind in kinds])[given]
        summed += scores[row]
        squared += terms[row]
        answered += places_somebody(pd.Series(kinds, dtype="object"), asked[name]).to_numpy()[given]
    coordinates = summed / len(names) - np.array(model["axes"]["centre"])
    total = squared + float(model["axes"]["total"])
    outside = np.maximum(total - np.square(coordinates).sum(axis=1), 0.0)
    return Places(coordinates, np.sqrt(outside), answered)


def item_categories(items: pd.DataFrame, asked: Mapping[str, Any]) -> pd.Series:
    """Return the answers to an item of a model as categories, or "no answer".

    A code is its own category, unless the model merges it with others or says that it is no
    opinion.
    """
    kinds, given = _kinds_given(items, asked)
    return pd.Series(np.array(kinds, dtype="object")[given], index=items.index, dtype="object")


def _kinds_given(items: pd.DataFrame, asked: Mapping[str, Any]) -> tuple[list[str], IntArray]:
    """Return the categories of an item that were given, each once, and the place of everybody's.

    The last of them is "no answer", whether or not somebody gave none.
    """
    name = asked["item"]
    if name not in items:
        return [NO_ANSWER], np.zeros(len(items), dtype=np.int64)
    ids = {code: each["category"] for each in asked.get("merge", []) for code in each["codes"]}
    beside = asked.get("no_opinion")
    if beside is not None:
        ids[beside["code"]] = NO_ANSWER if beside["counts_as"] == "missing" else NO_OPINION
    given, codes = pd.factorize(items[name].astype("object"))  # -1, the last, where there is none
    return [*(ids.get(int(code), str(int(code))) for code in codes), NO_ANSWER], given


def places_somebody(categories: pd.Series, asked: Mapping[str, Any]) -> pd.Series:
    """Return which answers place their respondents: not a "don't know" that makes no axis."""
    beside = asked.get("no_opinion")
    if beside is None or beside["counts_as"] == "category":
        return pd.Series(categories != NO_ANSWER)
    return ~categories.isin([NO_ANSWER, NO_OPINION])
