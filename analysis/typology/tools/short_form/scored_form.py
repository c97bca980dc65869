"""The short form of a study: its items, its points on paper, how well it gives the types back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from rfree.base.inputs import IntArray
from rfree.items.short_forms import (
    AnswerCodes,
    ScoringTable,
    ShortFormValidation,
    cohen_kappa,
    cross_validate_short_forms,
    fit_scoring,
    smallest_good_size,
)
from rfree.samples.two_samples import wilson_interval
from typology.fit.fitted_typology import FittedTypology
from typology.fit.scores import answer_positions
from typology.questionnaire import Questionnaire

SIZES = (5, 8, 10, 12)
LARGEST_SAMPLE = 5000
"""Of more respondents than this, so many drawn at random choose and judge the items."""


@dataclass(frozen=True)
class ShortForm:
    """A short form and what is known of it.

    ``content`` is for the ``short_form`` of the model: ``size``, ``items`` (id, codes, ``points``
    by code and class), ``start`` (points by class), ``accuracy`` (percent), ``kappa``, ``classes``
    (class, ``found_share``, ``correct_share``, percent). The tables are ``short_form_sizes``,
    ``short_form_types``, ``short_form_items``, ``short_form_points``.
    """

    content: dict[str, Any]
    tables: dict[str, pd.DataFrame]


def make_short_form(
    fitted: FittedTypology, *, size: int | None = None, sizes: Sequence[int] = SIZES
) -> ShortForm | None:
    """Choose the items that give the types back, and judge them by cross-validation.

    The short form has ``size`` items; None: the smallest of ``sizes`` whose accuracy is within one
    standard error of the best of them. None is returned when a class has fewer than 2 respondents,
    or the study fewer items than the sizes.

    What is to be given back is the type by the full form. The tables are, all of them from points
    rounded for paper and made without the respondents they judge (10 folds, items chosen anew in
    each, `rfree.items.short_forms`):

    - ``short_form_sizes``: ``size``, ``n``, ``accuracy``, ``low``, ``high`` (percent, Wilson 95 %),
      ``kappa`` (Cohen), ``accuracy_unrounded``, ``largest_type`` (percent: the accuracy of giving
      everybody the most frequent type), ``items`` (ids), ``chosen``. The last row has all items.
    - ``short_form_types``: ``size``, ``class``, ``type``, ``n``, ``found_share`` (percent of the
      type that is given it), ``correct_share`` (percent of those given the type who have it),
      ``kappa`` (of this type against the others).
    - ``short_form_items``: ``rank`` (order of choice), ``item``, ``block``, ``chosen_share``
      (percent of the folds that chose it at this size): how stable the choice is.
    - ``short_form_points``: ``item`` ("" for the points at the start), ``code``, ``class``,
      ``points``.
    """
    items = [str(item) for item in fitted.active.categories.columns]
    labels, answers = _labels_and_answers(fitted, items)
    compared = sorted({each for each in (*sizes, size or 0) if 0 < each < len(items)})
    if not compared or np.bincount(labels)[1:].min() < 2:
        return None
    validation = cross_validate_short_forms(
        answers, labels, sizes=[*compared, len(items)], random=fitted.study.choices.seed
    )
    accuracy = pd.Series({each: (validation.predicted[each] == labels).mean() for each in compared})
    chosen = size or smallest_good_size(accuracy, len(labels))
    longest = fit_scoring(answers, labels, size=len(items), n_classes=int(labels.max()))
    tables = {
        "short_form_sizes": _sizes_table(validation, labels, longest, items, chosen),
        "short_form_types": _types_table(validation, labels, fitted),
    }
    table = longest.first(chosen).rounded()
    tables["short_form_items"] = pd.DataFrame(
        {
            "rank": np.arange(1, chosen + 1),
            "item": [items[at] for at in table.items],
            "block": [fitted.questionnaire.block_of(items[at]).id for at in table.items],
            "chosen_share": 100 * validation.chosen[chosen][table.items],
        }
    )
    content = _content(table, items, fitted.questionnaire, tables, chosen)
    tables["short_form_points"] = _points_table(content)
    return ShortForm(content, tables)


def _labels_and_answers(fitted: FittedTypology, items: list[str]) -> tuple[IntArray, AnswerCodes]:
    labels = fitted.classes.labels
    if len(labels) > LARGEST_SAMPLE:
        random = np.random.default_rng(fitted.study.choices.seed)
        drawn = random.choice(len(labels), LARGEST_SAMPLE, replace=False)
        labels = labels.iloc[np.sort(drawn)]
    positions = answer_positions(fitted.items.loc[labels.index, items], fitted.questionnaire)
    return labels.to_numpy().astype(np.int64), positions


def _sizes_table(
    validation: ShortFormValidation,
    labels: IntArray,
    longest: ScoringTable,
    items: list[str],
    chosen: int,
) -> pd.DataFrame:
    sizes = list(validation.predicted)
    n = len(labels)
    right = np.array([(validation.predicted[size] == labels).mean() for size in sizes])
    low, high = wilson_interval(right, np.full(len(sizes), float(n)))
    unrounded = [(validation.predicted_unrounded[size] == labels).mean() for size in sizes]
    return pd.DataFrame(
        {
            "size": sizes,
            "n": n,
            "accuracy": 100 * right,
            "low": 100 * low,
            "high": 100 * high,
            "kappa": [cohen_kappa(labels, validation.predicted[size]) for size in sizes],
            "accuracy_unrounded": 100 * np.array(unrounded),
            "largest_type": 100 * np.bincount(labels).max() / n,
            "items": [" ".join(items[at] for at in longest.items[:size]) for size in sizes],
            "chosen": [size == chosen for size in sizes],
        }
    )


def _types_table(
    validation: ShortFormValidation, labels: IntArray, fitted: FittedTypology
) -> pd.DataFrame:
    rows = []
    for size, predicted in validation.predicted.items():
        for number, kind in fitted.classes.types.items():
            own, given = labels == number, predicted == number
            both = int((own & given).sum())
            rows.append(
                {
                    "size": size,
                    "class": number,
                    "type": kind,
                    "n": int(own.sum()),
                    "found_share": 100 * both / own.sum(),
                    "correct_share": 100 * both / given.sum() if given.any() else np.nan,
                    "kappa": cohen_kappa(own.astype(np.int64), given.astype(np.int64)),
                }
            )
    return pd.DataFrame(rows)


def _content(
    table: ScoringTable,
    items: list[str],
    questionnaire: Questionnaire,
    tables: dict[str, pd.DataFrame],
    chosen: int,
) -> dict[str, Any]:
    """Return the short form for the model, its items in the order of the questionnaire."""
    sizes, types = tables["short_form_sizes"], tables["short_form_types"]
    judged = sizes[sizes["size"] == chosen].iloc[0]
    order = np.argsort(table.items, kind="stable")
    listed = []
    for place in order:
        item = items[table.items[place]]
        codes = list(questionnaire.scale_of(item).codes)
        points = table.points[place, : len(codes)].astype(int).tolist()
        listed.append({"item": item, "codes": codes, "points": points})
    return {
        "size": int(chosen),
        "items": listed,
        "start": table.start.astype(int).tolist(),
        "accuracy": float(judged["accuracy"]),
        "kappa": float(judged["kappa"]),
        "classes": [
            {
                "class": int(row["class"]),
                "found_share": float(row["found_share"]),
                # Nobody was given the type: nothing of it is known, and JSON has no NaN.
                "correct_share": None
                if np.isnan(row["correct_share"])
                else float(row["correct_share"]),
            }
            for row in types[types["size"] == chosen].to_dict("records")
        ],
    }


def _points_table(content: dict[str, Any]) -> pd.DataFrame:
    rows: list[tuple[str, int | None, int, int]] = [
        ("", None, number, points) for number, points in enumerate(content["start"], start=1)
    ]
    rows += [
        (item["item"], code, number, points)
        for item in content["items"]
        for code, by_class in zip(item["codes"], item["points"], strict=True)
        for number, points in enumerate(by_class, start=1)
    ]
    table = pd.DataFrame(rows, columns=["item", "code", "class", "points"])
    return table.astype({"code": "Int64"})
