"""What has to be known of a sample before its types are believed: nobody should have to ask."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from typology.answers.left_out import INCOMPLETE, exclusion_line, identical
from typology.membership.terms import FEW_EVENTS
from typology.people.verbatims import identifying
from typology.words import word

if TYPE_CHECKING:
    from typology.fit.fitted_typology import FittedTypology
    from typology.membership.design import MembershipDesign

TABLE = "warnings"
_COLUMNS = ["warning", "details"]

RESPONDENTS_A_CLASS = 20
"""Fewer for each class do not show even groups that are well apart (Dalmaijer et al. 2022)."""
RESPONDENTS_AN_ITEM = 5
"""Fewer respondents for each item make unstable axes (Gorsuch 1983)."""
MANY_INCOMPLETE = 10
"""Percent left out by complete cases beyond which those who stay may differ (Bennett 2001)."""
MANY_MISSING = 20
"""Share of an item's answers, in percent, beyond which it is poorly known (Downey & King 1998)."""
NEARLY_ALL = 95
"""Share of one answer, in percent, from which an item tells respondents apart no more."""
LOW_PRECISION = 0.5
"""Effective size over number of respondents below which weights cost more than half the sample."""

_NAMES_LISTED = 10
_ON_CONCLUSIONS = frozenset({
    "few_for_classes", "few_for_items", "small_classes", "many_incomplete", "missing_items",
    "nearly_unanimous", "costly_weights",
})  # fmt: skip
_WITH_REMEDY = frozenset({"few_for_classes", "many_incomplete", "identical", "few_events"})


@dataclass(frozen=True)
class SampleWarning:
    """One thing to know of a sample; its words are filed under "warning", with these details."""

    warning: str
    details: Mapping[str, int | float | str] = field(default_factory=dict)


def sample_warnings(fitted: FittedTypology, terms: MembershipDesign | None) -> pd.DataFrame:
    """Return what has to be known of the sample of a typology.

    Columns: ``warning`` (code), ``details`` (JSON: the values that its sentence needs); no row
    where nothing has to be said. The terms are those of the models of membership, where there are
    any.

    Notes
    -----
    - *few_for_classes*: fewer than 20 respondents for each class. In simulations 20 to 30 in each
      group are needed to find groups that are well apart (Dalmaijer, Nord & Astle 2022, BMC
      Bioinformatics 23:205).
    - *few_for_items*: fewer than 5 respondents for each active item (Gorsuch 1983, Factor
      Analysis, 2nd ed., p. 332). Stricter rules ask for 70 respondents an item (Dolnicar, Grün,
      Leisch & Schmidt 2014, Journal of Travel Research 53:296), or 2 to the power of the number of
      items (Formann 1984), which no survey of 49 items can meet.
    - *small_classes*: classes of fewer than 20 respondents.
    - *many_incomplete*: complete cases leave out more than 10 % (Bennett 2001, Australian and New
      Zealand Journal of Public Health 25:464).
    - *missing_items*: active items without answer from more than 20 % (Downey & King 1998, Journal
      of General Psychology 125:175).
    - *nearly_unanimous*: active items to which 95 % or more gave one answer.
    - *identical*: respondents whose answers to all active items, 10 at least, are another's, where
      chance alone would make no such pair.
    - *identifying*: free answers that hold e-mail addresses or telephone numbers.
    - *costly_weights*: weights that leave less than half of the sample's precision (Kish).
    - *few_events*: fewer than 10 respondents of the smallest class for each parameter of the models
      of membership (Peduzzi et al. 1996; de Jong et al. 2019).
    """
    found = [
        *_sizes(fitted),
        *_incomplete(fitted),
        *_items(fitted),
        *_identical(fitted),
        *_identifying(fitted),
        *_weights(fitted),
        *([] if terms is None else _events(terms)),
    ]
    rows = [(each.warning, json.dumps(each.details, ensure_ascii=False)) for each in found]
    return pd.DataFrame(rows, columns=_COLUMNS)


def warning_sentences(
    warnings: pd.DataFrame, language: str, *, on_conclusions: bool = False, remedies: bool = False
) -> list[str]:
    """Return what each row of a table of warnings says.

    Only those that bear on the conclusions, on demand; with what to do, for whoever runs the study.

    >>> told = pd.DataFrame([("missing_items", '{"items": "E01", "share": 20}')], columns=_COLUMNS)
    >>> warning_sentences(told, "en")
    ['Items left without answer by more than 20% of the respondents: E01.']
    """
    told = []
    for row in warnings.to_dict("records"):
        code, details = str(row["warning"]), json.loads(row["details"])
        if on_conclusions and code not in _ON_CONCLUSIONS:
            continue
        plural = int(details["each"]) if "each" in details else None  # 1,9 is singular in French
        told.append(word("warning", language, code, plural=plural, **details))
        if remedies and code in _WITH_REMEDY:
            told[-1] += f" {word('remedy', language, code, **details)}"
    return told


def _sizes(fitted: FittedTypology) -> Iterator[SampleWarning]:
    labels = fitted.classes.labels
    n, items = len(labels), fitted.active.categories.shape[1]
    sizes = labels.value_counts().sort_index()
    if n < RESPONDENTS_A_CLASS * len(sizes):
        details = {"n": n, "classes": len(sizes), "least": RESPONDENTS_A_CLASS * len(sizes)}
        yield SampleWarning("few_for_classes", details)
    if n < RESPONDENTS_AN_ITEM * items:
        details = {"n": n, "items": items, "least": RESPONDENTS_AN_ITEM * items}
        yield SampleWarning("few_for_items", details)
    small = sizes[sizes < RESPONDENTS_A_CLASS]
    if len(small):
        told = ", ".join(f"{number} (n = {size})" for number, size in small.items())
        yield SampleWarning("small_classes", {"classes": told, "least": RESPONDENTS_A_CLASS})


def _incomplete(fitted: FittedTypology) -> Iterator[SampleWarning]:
    incomplete = int((fitted.quality.excluded_by == INCOMPLETE).sum())
    left = len(fitted.quality.kept)
    share = 100 * left / (left + incomplete)
    if share < 100 - MANY_INCOMPLETE:
        details = {"left": left, "of": left + incomplete, "share": round(share, 1)}
        yield SampleWarning("many_incomplete", details)


def _items(fitted: FittedTypology) -> Iterator[SampleWarning]:
    answers = fitted.items[fitted.active.categories.columns]
    missing = 100 * fitted.active_answers.isna().mean()
    many = missing[missing > MANY_MISSING]
    if len(many):
        yield SampleWarning("missing_items", {"items": _some(many.index), "share": MANY_MISSING})
    most = pd.Series(
        {item: 100 * answers[item].value_counts(normalize=True).max() for item in answers}
    )
    unanimous = most.index[most.astype(float) >= NEARLY_ALL]
    if len(unanimous):
        yield SampleWarning("nearly_unanimous", {"items": _some(unanimous), "share": NEARLY_ALL})


def _identical(fitted: FittedTypology) -> Iterator[SampleWarning]:
    answers = fitted.active_given
    alike = identical(answers)
    if len(alike) and not fitted.study.choices.frequencies and _alike_by_chance(answers) < 1:
        yield SampleWarning(
            "identical",
            {
                "count": len(alike),
                "items": answers.shape[1],
                "respondents": _some(alike),
                "line": exclusion_line(fitted.study, alike),
            },
        )


def _alike_by_chance(answers: pd.DataFrame) -> float:
    """Return how many pairs of respondents would be alike if no item had to do with another.

    With few items of few answers there are many, and none of them is a test.
    """
    same = [
        np.square(answers[item].value_counts(normalize=True, dropna=False)).sum()
        for item in answers.columns
    ]
    return len(answers) * (len(answers) - 1) / 2 * float(np.prod(same))


def _identifying(fitted: FittedTypology) -> Iterator[SampleWarning]:
    found = identifying(fitted.questionnaire, fitted.respondent)
    if found:
        told = ", ".join(f"{variable} ({count})" for variable, count in found.items())
        yield SampleWarning("identifying", {"questions": told})


def _weights(fitted: FittedTypology) -> Iterator[SampleWarning]:
    n, effective = len(fitted.quality.kept), fitted.weights.effective_n
    if effective < LOW_PRECISION * n:
        yield SampleWarning("costly_weights", {"n": n, "effective": round(effective, 1)})


def _events(terms: MembershipDesign) -> Iterator[SampleWarning]:
    sizes = np.bincount(terms.labels[terms.kept])[1:]
    smallest, parameters = int(sizes.min()), terms.design.matrix.shape[1] * (len(sizes) - 1)
    each = smallest / parameters
    if each < FEW_EVENTS:
        yield SampleWarning(
            "few_events",
            {"smallest": smallest, "parameters": parameters, "each": round(each, 2),
             "least": int(FEW_EVENTS)},
        )  # fmt: skip


def _some(names: Iterable[object]) -> str:
    listed = [str(name) for name in names]
    return ", ".join(listed[:_NAMES_LISTED]) + (", …" if len(listed) > _NAMES_LISTED else "")
