"""What weights tell of the numbers of respondents, beside what is told of these."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

import numpy as np
import pandas as pd

from rfree.base.inputs import BoolArray, FloatArray, IntArray
from rfree.disclosure.count_forms import CountForms, CountTable, HiddenCounts, small_counts
from rfree.disclosure.effective_numbers import raking_is_open, weights_are_open
from rfree.disclosure.exchanges import counts_with_sums
from rfree.disclosure.given_back import KnownSums, sums_given_back
from typology.exhibits.run_tables import Tables
from typology.fit.fitted_typology import FittedTypology
from typology.questionnaire.characteristics import NO_ANSWER, characteristic_categories
from typology.study.margin_checks import MERGED

_RESPONDENTS_OF_A_WEIGHT = 5
FEW_WEIGHTS = 6
"""Different weights up to which everything of a question is tried in place of its numbers."""

Weighing = Literal["exact", "whole", "hidden"]


@dataclass(frozen=True)
class WeightGroups:
    """Respondents by what they weigh: the weights, and the number of that of each."""

    weights: FloatArray
    of: IntArray
    sizes: FloatArray  # classes x weights

    def split(self, chosen: FloatArray) -> FloatArray:
        """Return numbers of respondents by weight, from rows that say who is counted in each."""
        members = np.eye(len(self.weights))[self.of]
        return np.asarray(chosen @ members)


def weight_groups(weights: FloatArray, classes: IntArray) -> WeightGroups | None:
    """Return respondents by weight; None where all weigh the same.

    Respondents without weight are left out before.
    """
    values, of = np.unique(np.round(weights, 9), return_inverse=True)
    if len(values) < 2:
        return None
    members = classes == np.unique(classes)[:, np.newaxis]
    sizes = members.astype(float) @ np.eye(len(values))[of]
    return WeightGroups(values, np.asarray(of, dtype=np.int64), sizes)


@dataclass(frozen=True)
class HiddenQuestion:
    """What is told of a question, what is hidden, and ``others`` that give all that is told."""

    table: CountTable
    hidden: HiddenCounts
    others: Sequence[FloatArray]


@dataclass
class ToldByWeights:
    """What weights tell of the questions that were read, one after the other.

    ``weighed_by`` are the questions that the weights were made from. ``given_back`` are the hidden
    numbers of a question by which respondents weigh that the weighted numbers of some classes would
    give back, and ``unweighed`` are these classes, by position; ``ratioless`` and ``shareless`` are
    the questions of which weighted shares of the classes in an answer, or all weighted shares,
    would give one back.
    """

    groups: WeightGroups | None
    smallest: int
    weighed_by: frozenset[str] = frozenset()
    given_back: dict[str, int] = field(default_factory=dict)
    unweighed: set[int] = field(default_factory=set)
    ratioless: set[str] = field(default_factory=set)
    shareless: set[str] = field(default_factory=set)

    def read(self, variable: str, hidden: HiddenQuestion, cells: FloatArray | None) -> None:
        """Read a question, of which all is told but what is hidden."""
        if self.groups is None or cells is None:
            return
        given = hidden, cells, self.groups
        if told_by_weights(*given, smallest=self.smallest, ratios=True):
            self.ratioless.add(variable)
            if told_by_weights(*given, smallest=self.smallest):
                self.shareless.add(variable)
        self.read_classes(variable, hidden, cells)

    def read_classes(self, variable: str, question: HiddenQuestion, cells: FloatArray) -> None:
        """Read what the weighted sizes of the classes tell of a question."""
        if sizes_tell(question, cells, smallest=self.smallest):
            self.read_sizes(
                variable, question.hidden.cells, cells, weighed_by=variable in self.weighed_by
            )

    def read_sizes(
        self, variable: str, hidden: BoolArray, cells: FloatArray, *, weighed_by: bool
    ) -> None:
        """Read which of the hidden numbers of a question the weighted sizes of the classes tell."""
        gone, classes = said_by_weights(cells, hidden, weighed_by=weighed_by)
        if not len(gone):
            return
        few = cells.sum(axis=2)[gone, classes]
        self.given_back[variable] = int(small_counts(few, self.smallest).sum())
        # All but one class, less all, would be this one.
        alone = len(np.unique(classes)) == 1
        self.unweighed |= set(range(cells.shape[1]) if alone else classes.tolist())


def told_by_weights(
    question: HiddenQuestion,
    cells: FloatArray | None,
    groups: WeightGroups | None,
    *,
    smallest: int,
    ratios: bool = False,
) -> bool:
    """Return what `weights_tell` does; False where all weigh the same, or nothing is hidden."""
    if groups is None or cells is None or not question.hidden.cells.any():
        return False
    return weights_tell(question, cells, groups.weights, smallest=smallest, ratios=ratios)


def weights_tell(
    question: HiddenQuestion,
    cells: FloatArray,
    weights: FloatArray,
    *,
    smallest: int,
    ratios: bool = True,
) -> bool:
    """Return whether weighted shares and means give a hidden number of a question back.

    To whoever knows the weights, and how many of those of each class who answered have each.
    ``cells`` are categories x classes x weights. Shares are told to one decimal, means to two, or
    to one where a number of their class is hidden; with ``ratios``, so are the shares of the
    classes in an answer. Where weights are many, other answers are looked for by exchanging some;
    none found counts as none.
    """
    table, hidden = question.table, question.hidden
    forms = CountForms.of(table)
    told = (forms.told & ~forms.hidden_in(table, hidden)) | forms.fixed
    sizes, own = cells.sum(axis=0), cells.ravel()
    by_weight = np.repeat(forms.matrix, len(weights), axis=1)
    weighed = by_weight * np.tile(weights, forms.matrix.shape[1])
    of_classes = forms.matrix.reshape(-1, *np.shape(table.counts)).any(axis=1)
    totals = of_classes @ (sizes @ weights)  # of those of whom a number is a share
    shares = told & ~forms.fixed & (totals > 0)
    units = totals[shares] / 100
    facts = [(weighed[shares], *_rounded(weighed[shares] @ own, units, 1))]
    if table.scores is not None:
        facts += _means(table, hidden, cells, weights)
    if ratios:
        facts += _ratios(weighed, told, own, (len(cells), len(sizes)))
    matrix, low, high = (np.concatenate(each) for each in zip(*facts, strict=True))
    small = small_counts(forms.matrix @ np.asarray(table.counts, dtype=float).ravel(), smallest)
    small &= ~forms.fixed
    if len(weights) > FEW_WEIGHTS:
        known = KnownSums(matrix, low, high)
        return not _exchanges_hide(forms.matrix[small], question.others, cells, known, smallest)
    groups = np.zeros((*sizes.shape, *cells.shape))
    for number, weight in np.ndindex(*sizes.shape):
        groups[number, weight, :, number, weight] = 1
    exact = np.vstack([by_weight[told], groups.reshape(-1, own.size)])
    at = exact @ own
    known = KnownSums(np.vstack([matrix, exact]), np.r_[low, at], np.r_[high, at])
    return bool(sums_given_back(own, known, by_weight[small], smallest=smallest).any())


def _exchanges_hide(
    sums: FloatArray, others: Sequence[FloatArray], cells: FloatArray, known: KnownSums,
    smallest: int,
) -> bool:  # fmt: skip
    """Return whether other answers give all that is known: each sum is nought or large in some."""
    of_others = np.array([np.rint(sums @ other.ravel()) for other in others])
    of_others = of_others.reshape(len(others), len(sums))
    hide = (of_others == 0) | (of_others >= smallest)
    is_open = np.zeros(len(sums), dtype=bool)
    for other, opened in zip(others, hide, strict=True):
        if (opened & ~is_open).any() and counts_with_sums(cells, other, known):
            is_open |= opened
    return bool(is_open.all())


_Facts = tuple[FloatArray, FloatArray, FloatArray]
"""Sums as rows, the least and the most of each."""


def _rounded(sums: FloatArray, units: FloatArray, decimals: int) -> tuple[FloatArray, FloatArray]:
    """Return between which bounds sums lie that are told, in these units, to some decimals."""
    told, half = np.round(sums / units, decimals), 0.5 * 10.0**-decimals
    return (told - half) * units, (told + half) * units


def _means(
    table: CountTable, hidden: HiddenCounts, cells: FloatArray, weights: FloatArray
) -> list[_Facts]:
    """Return what is told of the means of the scores of each class, then of all."""
    sizes, own = cells.sum(axis=0), cells.ravel()
    scores = np.zeros(len(cells)) if table.scores is None else table.scores
    n_classes = len(sizes)
    groups = np.array([*hidden.groups.values()]).reshape(-1, n_classes + 1)
    found = []
    for number, lost in enumerate(hidden.means):
        chosen = np.ones(n_classes) if number == n_classes else np.eye(n_classes)[number]
        total = np.array([float(chosen @ sizes @ weights)])
        if lost or not total[0]:
            continue
        row = np.kron(scores, np.kron(chosen, weights)).astype(np.float64)[np.newaxis]
        of = hidden.categories if number == n_classes else hidden.cells[:, number]
        coarse = bool(of.any() or groups[:, number].any())
        found.append((row, *_rounded(row @ own, total, 1 if coarse else 2)))
    return found


def _ratios(
    weighed: FloatArray, told: BoolArray, own: FloatArray, shape: tuple[int, int]
) -> list[_Facts]:
    """Return what the shares of the classes in an answer tell, where it and they are told."""
    n_categories, n_classes = shape
    found = []
    for at, number in np.ndindex(n_categories, n_classes):
        cell, whole = at * n_classes + number, n_categories * n_classes + at
        total = float(weighed[whole] @ own)
        if not (told[cell] and told[whole] and total):
            continue
        share = round(100 * float(weighed[cell] @ own) / total, 1) / 100
        rows = [weighed[cell] - (share + step) * weighed[whole] for step in (-0.0005, 0.0005)]
        found.append((np.array(rows), np.array([0, -np.inf]), np.array([np.inf, 0])))
    return found


def said_by_weights(
    cells: FloatArray, hidden: BoolArray, *, weighed_by: bool
) -> tuple[IntArray, IntArray]:
    """Return the positions of the hidden numbers that the weighted sizes of the classes give back.

    Where answers say what a respondent weighs, the weighted size of a class says how many of the
    class gave each; whoever weighs means against one another finds that size, however coarsely it
    is told itself. So of a class are given back the hidden numbers of answers that no weight has in
    common, unless they are all of the class that is hidden. ``cells`` are categories x classes x
    weights; ``hidden`` are categories x classes. Weights that few respondents have in common say
    nothing of answers, unless it is known that respondents are ``weighed_by`` this question.
    """
    by_weight = cells.sum(axis=1)
    nothing = np.array([], dtype=np.int64)
    if not weighed_by and by_weight.sum() < _RESPONDENTS_OF_A_WEIGHT * by_weight.shape[1]:
        return nothing, nothing
    alike = _of_the_same_weights(by_weight > 0)
    places = [
        (at, number)
        for number in range(hidden.shape[1])
        for at in np.flatnonzero(hidden[:, number] & (by_weight.sum(axis=1) > 0)).tolist()
        if len(np.unique(alike[hidden[:, number] & (by_weight.sum(axis=1) > 0)])) > 1
    ]
    found = np.array(places, dtype=np.int64).reshape(-1, 2)
    return found[:, 0], found[:, 1]


def sizes_tell(question: HiddenQuestion, cells: FloatArray, *, smallest: int) -> bool:
    """Return whether how many of a class have each weight gives a hidden number back.

    Of each class, then, it is known how many gave one of the answers that have weights in common.
    """
    table, forms = question.table, CountForms.of(question.table)
    if not question.hidden.cells.any():
        return False
    own = np.asarray(table.counts, dtype=float).ravel()
    told = (forms.told & ~forms.hidden_in(table, question.hidden)) | forms.fixed
    alike = _of_the_same_weights(cells.sum(axis=1) > 0)
    together = (alike == np.unique(alike)[:, np.newaxis]).astype(float)
    rows = np.vstack([forms.matrix[told], np.kron(together, np.eye(cells.shape[1]))])
    small = small_counts(forms.matrix @ own, smallest) & ~forms.fixed
    known = KnownSums(rows, rows @ own, rows @ own)
    return bool(sums_given_back(own, known, forms.matrix[small], smallest=smallest).any())


def _of_the_same_weights(used: BoolArray) -> IntArray:
    """Return groups of answers: those that have a weight in common, directly or by others."""
    near = used @ used.T.astype(float) > 0
    groups = np.arange(len(used))
    for _answer in groups:
        groups = np.array([groups[own].min(initial=at) for at, own in enumerate(near)])
    return groups.astype(np.int64)


def groups_of_margins(
    fitted: FittedTypology, tables: Mapping[str, pd.DataFrame]
) -> WeightGroups | None:
    """Return respondents by what the margins would have them weigh; None where that is many."""
    if "weights_summary" not in tables or tables["weights_summary"]["weights"].iloc[0] == "column":
        return None
    answers, _ = _margins(fitted, tables["representativeness"])
    _, weighed = np.unique(answers, axis=0, return_inverse=True)
    groups = weight_groups(weighed.ravel().astype(np.float64), fitted.classes.labels.to_numpy())
    return groups if groups is not None and len(groups.weights) <= FEW_WEIGHTS else None


def weighing_told(fitted: FittedTypology, tables: Tables, smallest: int) -> Weighing:
    """Return how closely the summary of the weights may be told.

    Exactly where each weight is that of several; else the effective number alone, whole, where it
    leaves open how many have each; else nothing. Uses ``weights_summary`` and
    ``representativeness``.
    """
    if "weights_summary" not in tables:
        return "exact"
    if tables["weights_summary"]["weights"].iloc[0] == "column":
        weights = np.asarray(fitted.sample_weight, dtype=float)
        weights = weights[weights > 0]
        if np.unique(weights, return_counts=True)[1].min() >= smallest:
            return "exact"
        return "whole" if weights_are_open(weights, smallest=smallest) else "hidden"
    answers, shares = _margins(fitted, tables["representativeness"])
    if np.unique(answers, axis=0, return_counts=True)[1].min() >= smallest:
        return "exact"
    if fitted.study.choices.trim_weights is not None:
        return "hidden"
    return "whole" if raking_is_open(answers, shares, smallest=smallest) else "hidden"


def _margins(
    fitted: FittedTypology, table: pd.DataFrame
) -> tuple[IntArray, list[dict[int, float]]]:
    """Return the answers of each respondent as the margins count them, and their shares.

    No answer is one more, which keeps its share.
    """
    categories = characteristic_categories(fitted.questionnaire, fitted.respondent)
    columns, shares = [], []
    for variable, rows in table.groupby("variable", sort=False):
        names = [str(each) for each in rows["category"]]
        places = {part: at for at, name in enumerate(names) for part in name.split(MERGED)}
        places |= {name: at for at, name in enumerate(names)}
        given = categories[str(variable)].astype("object").where(lambda own: own != NO_ANSWER)
        codes = given.map(places).fillna(len(names)).to_numpy(dtype=np.int64)
        columns.append(codes)
        answered = float((codes < len(names)).mean())
        own = (rows["population_share"].to_numpy(dtype=float) / 100 * answered).tolist()
        shares.append(dict(enumerate([*own, 1 - answered])))
    return np.column_stack(columns), shares
