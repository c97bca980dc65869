"""Which numbers of respondents are hidden: found once, the same in every table.

A small number is one of 1 to ``smallest - 1`` respondents. One pattern for all tables, figures and
pages is what keeps one of them from giving back what another hides. How many did not answer a
question, or answered "don't know", is no such number: it is told, and nothing they said is in it;
but they have no place on the maps where they are few, which would be the place of one of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import pandas as pd

from rfree.disclosure.suppression import CountTable, HiddenCounts, hide_small_counts
from typology.fit.fitted_typology import FittedTypology
from typology.questionnaire.answer_scale import NO_OPINION
from typology.questionnaire.characteristics import NO_ANSWER, characteristic_categories

ALL = 0
"""Stands for all classes together."""
UNCOUNTED = (NO_ANSWER, NO_OPINION)
BOUNDED = ("agree",)
"""Groups of answers of whose hidden numbers it is told whether they are those of a few."""
MARGIN = "margin:"
"""Before the name of a question whose answers are counted as its margin has them."""


@dataclass(frozen=True)
class Pattern:
    """What is hidden.

    ``cells`` are question, answer (or answers counted together) and class; ``mixed``, question and
    class, are where one of the numbers of a class is hidden, so that what sums all of them up is
    too, but for means, told to one decimal where that is safe: not those of ``meanless``. ``few``,
    question and class, says of a hidden number of those who agree that it is small (-1), or that of
    all others (1); ``rounded`` are those of these numbers that are told to whole tens of percent.
    Both are empty where respondents weigh differently.
    ``unplaced``, question and answer, have no coordinate. ``classes`` are those whose size is
    hidden.
    """

    smallest: int
    cells: frozenset[tuple[str, str, int]] = frozenset()
    mixed: frozenset[tuple[str, int]] = frozenset()
    meanless: frozenset[tuple[str, int]] = frozenset()
    unplaced: frozenset[tuple[str, str]] = frozenset()
    classes: frozenset[int] = frozenset()
    few: Mapping[tuple[str, int], int] = field(default_factory=dict)
    rounded: frozenset[tuple[str, int]] = frozenset()
    unplaced_variables: frozenset[str] = field(init=False)
    touched: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "unplaced_variables", frozenset(name for name, _ in self.unplaced))
        object.__setattr__(self, "touched", frozenset(name for name, _ in self.mixed))


@dataclass(frozen=True)
class Counted:
    """A question counted by answer and class, with the answers that are counted together."""

    variable: str
    categories: tuple[str, ...]
    counts: npt.NDArray[np.float64]  # categories x classes
    groups: Mapping[str, Sequence[int]]
    scores: npt.NDArray[np.float64] | None = None  # of an item, whose means are told


def find_pattern(fitted: FittedTypology, tables: Mapping[str, pd.DataFrame]) -> Pattern:
    """Find what is hidden of a typology under the rule of its study."""
    smallest = fitted.study.choices.disclosure.smallest_cell
    if smallest == 1:
        return Pattern(1)
    labels = fitted.classes.labels
    classes = sorted(int(each) for each in labels.unique())
    small_classes = hidden_classes(labels, smallest)
    known = np.array([each not in small_classes for each in classes])
    cells: set[tuple[str, str, int]] = set()
    mixed: set[tuple[str, int]] = set()
    meanless: set[tuple[str, int]] = set()
    few: dict[tuple[str, int], int] = {}
    rounded: set[tuple[str, int]] = set()
    for each in counted_questions(fitted):
        table = CountTable(each.counts, each.groups, known, each.scores, BOUNDED)
        found = hide_small_counts(table, smallest=smallest)
        own = set(_hidden_cells(each, found, classes))
        if small_classes:
            every = (*each.categories, *each.groups)
            own |= {(each.variable, name, number) for name in every for number in small_classes}
            meanless |= {(each.variable, number) for number in small_classes}
        cells |= own
        lost = zip((*classes, ALL), found.means, strict=False)
        meanless |= {(each.variable, number) for number, gone in lost if gone}
        sides = zip((*classes, ALL), found.few.get("agree", ()), strict=False)
        few |= {(each.variable, number): int(side) for number, side in sides if side}
        rounded |= {(each.variable, number) for number in _rounded(found, classes)}
        mixed |= {(variable, number) for variable, _, number in own}
    cells |= set(_of_margins(tables, smallest, cells))
    weighted = bool(np.ptp(fitted.sample_weight))
    return Pattern(
        smallest, frozenset(cells), frozenset(mixed), frozenset(meanless),
        unplaced_categories(tables["categories"], smallest), small_classes,
        {} if weighted else few, frozenset() if weighted else frozenset(rounded),
    )  # fmt: skip


def _rounded(found: HiddenCounts, classes: Sequence[int]) -> Iterator[int]:
    """Yield the classes, 0 for all, whose hidden numbers of those who agree are told rounded."""
    for name in BOUNDED:
        if name not in found.few:
            continue
        told = found.groups[name] & (found.few[name] == 0) & ~found.unrounded[name]
        yield from np.array((*classes, ALL))[told].tolist()


def hidden_classes(labels: pd.Series, smallest: int) -> frozenset[int]:
    """Return the classes whose size is hidden: the small ones, and one that would give them back.

    >>> hidden_classes(pd.Series([1] * 3 + [2] * 9 + [3] * 20), 5)
    frozenset({1, 2})
    """
    sizes = labels.value_counts().sort_index()
    table = CountTable(np.asarray(sizes, dtype=np.float64)[:, None])
    found = hide_small_counts(table, smallest=smallest)
    return frozenset(int(each) for each in sizes.index[found.categories | found.cells[:, 0]])


def counted_questions(fitted: FittedTypology) -> Iterator[Counted]:
    """Yield every item and every question on the respondents that is counted by answer."""
    counting = np.asarray(fitted.sample_weight) > 0
    labels = fitted.classes.labels.to_numpy()[counting]
    questionnaire = fitted.questionnaire
    for item in map(str, fitted.items.columns):
        scale = questionnaire.scale_of(item)
        codes = fitted.items[item].astype("object")[counting]
        groups = {
            **{
                stance: [at for at, code in enumerate(scale.codes) if scale.stance(code) == stance]
                for stance in ("disagree", "neutral", "agree")
            },
            **{
                each.id: [at for at, code in enumerate(scale.codes) if code in each.codes]
                for each in scale.categories
                if len(each.codes) > 1
            },
        }
        several = {name: members for name, members in groups.items() if members}
        names = tuple(map(str, scale.codes))
        scores = np.array(scale.codes, dtype=float)
        yield Counted(item, names, _crossed(codes, scale.codes, labels), several, scores)
    characteristics = characteristic_categories(questionnaire, fitted.respondent)
    for name in map(str, characteristics.columns):
        column = characteristics[name]
        categories = tuple(
            str(each) for each in column.cat.categories if str(each) not in UNCOUNTED
        )
        values = column.astype("object")[counting]
        yield Counted(name, categories, _crossed(values, categories, labels), {})


def _crossed(
    values: pd.Series, categories: Iterable[object], labels: npt.NDArray[np.int64]
) -> npt.NDArray[np.float64]:
    classes = np.unique(labels)
    given = values.to_numpy(dtype=object)
    chosen = np.array([[not pd.isna(one) and one == each for one in given] for each in categories])
    counts = [[float((row & (labels == number)).sum()) for number in classes] for row in chosen]
    return np.array(counts).reshape(-1, len(classes))


def _hidden_cells(
    counted: Counted, found: HiddenCounts, classes: Sequence[int]
) -> Iterator[tuple[str, str, int]]:
    for at, category in enumerate(counted.categories):
        for place, number in enumerate(classes):
            if found.cells[at, place]:
                yield counted.variable, category, number
        if found.categories[at]:
            yield counted.variable, category, ALL
    for name, hidden in found.groups.items():
        for number, gone in zip((*classes, ALL), hidden, strict=True):
            if gone:
                yield counted.variable, name, number


def _of_margins(
    tables: Mapping[str, pd.DataFrame], smallest: int, cells: Iterable[tuple[str, str, int]]
) -> Iterator[tuple[str, str, int]]:
    """Yield what is hidden of the answers counted as the margins of the population have them."""
    if "representativeness" not in tables:
        return
    hidden = set(cells)
    for variable, rows in tables["representativeness"].groupby("variable", sort=False):
        names = [str(each) for each in rows["category"]]
        counts = rows["n"].to_numpy(dtype=float)[:, None]
        found = hide_small_counts(CountTable(counts), smallest=smallest)
        for name, cell, whole in zip(names, found.cells[:, 0], found.categories, strict=True):
            if cell or whole or (str(variable), name, ALL) in hidden:
                yield f"{MARGIN}{variable}", name, ALL


def unplaced_categories(categories: pd.DataFrame, smallest: int) -> frozenset[tuple[str, str]]:
    """Return the answers without coordinates, question by question.

    Those that fewer than ``smallest`` respondents gave: the coordinate of an answer that one gave,
    times the root of the eigenvalue, is where that one lies. The answers of a question, each as
    heavy as those who gave it, lie at the origin together: so those without coordinates are two at
    least, and of ``smallest`` respondents together.
    """
    found: set[tuple[str, str]] = set()
    once = categories.drop_duplicates(["variable", "category"])
    for variable, rows in once.groupby("variable", sort=False):
        ordered = rows[rows["n"] > 0].sort_values("n", kind="stable")
        sizes = ordered["n"].to_numpy(dtype=float)
        small = int((sizes < smallest).sum())
        if not small:
            continue
        while small < len(sizes) and (small < 2 or sizes[:small].sum() < smallest):
            small += 1
        found |= {(str(variable), str(name)) for name in ordered["category"].iloc[:small]}
    return frozenset(found)
