"""Which numbers of respondents are hidden: found once, the same in every table.

A small number is one of 1 to ``smallest - 1`` respondents. One pattern for all tables, figures and
pages is what keeps one of them from giving back what another hides. How many did not answer a
question, or answered "don't know", is no such number: it is told, and nothing they said is in it;
but they have no place on the maps where they are few, which would be the place of one of them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import numpy.typing as npt
import pandas as pd

from rfree.disclosure.count_forms import CountTable, HiddenCounts, small_counts
from rfree.disclosure.other_tables import gives_small_numbers_back, other_tables
from rfree.disclosure.suppression import hide_small_counts
from typology.fit.fitted_typology import FittedTypology
from typology.fit.respondent_weights import read_margins
from typology.people.reported_shares import ANSWERS_JOINED
from typology.questionnaire.answer_scale import NO_OPINION
from typology.questionnaire.characteristics import NO_ANSWER, characteristic_categories
from typology.results.disclosure.block_means import block_decimals
from typology.results.disclosure.statistics.class_centres import placing_items, told_centres
from typology.results.disclosure.told_measures import telling_measures
from typology.results.disclosure.told_tests import told_by_margin, told_by_tests
from typology.results.disclosure.told_weights import (
    HiddenQuestion,
    ToldByWeights,
    Weighing,
    WeightGroups,
    groups_of_margins,
    told_by_weights,
    weighing_told,
    weight_groups,
)
from typology.study.margin_checks import MERGED

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
    hidden. ``effectless`` and ``untested`` are the questions of which the size of the effect, or
    the p-value too, would tell too much of a hidden number, however coarse. ``decimals`` are those
    of the mean of a block. ``weighted`` is whether respondents weigh differently; ``weighing`` is
    how closely the summary of the weights is told. ``of_weights`` are the questions by which
    respondents weigh, with how many of their hidden numbers the weighted numbers of ``unweighed``
    classes would give back, of which none is told. ``ratioless`` are the questions of which no
    weighted shares of the classes in an answer are told, and ``shareless`` those of which no
    weighted share is. ``spreadless`` are the ranks and numbers of which no deviation nor quartile
    is told, ``averageless`` those of which no mean is either. ``places`` are the items, of equal
    weight, that place a respondent, and ``centres`` where the classes lie, as it is told.
    """

    smallest: int
    cells: frozenset[tuple[str, str, int]] = frozenset()
    mixed: frozenset[tuple[str, int]] = frozenset()
    meanless: frozenset[tuple[str, int]] = frozenset()
    unplaced: frozenset[tuple[str, str]] = frozenset()
    classes: frozenset[int] = frozenset()
    few: Mapping[tuple[str, int], int] = field(default_factory=dict)
    rounded: frozenset[tuple[str, int]] = frozenset()
    effectless: frozenset[str] = frozenset()
    untested: frozenset[str] = frozenset()
    decimals: Mapping[str, int] = field(default_factory=dict)
    weighted: bool = False
    weighing: Weighing = "exact"
    of_weights: Mapping[str, int] = field(default_factory=dict)
    ratioless: frozenset[str] = frozenset()
    shareless: frozenset[str] = frozenset()
    unweighed: frozenset[int] = frozenset()
    spreadless: frozenset[str] = frozenset()
    averageless: frozenset[str] = frozenset()
    places: float = 1.0
    centres: Mapping[int, npt.NDArray[np.float64]] = field(default_factory=dict)
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
    by_weight: npt.NDArray[np.float64] | None = None  # categories x classes x weights


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
    effectless: set[str] = set()
    untested: set[str] = set()
    weighted = bool(np.ptp(fitted.sample_weight))
    groups = counted_weights(fitted)
    by_weights = ToldByWeights(groups, smallest, _weighing_questions(tables))
    for each in counted_questions(fitted):
        unions = unions_elsewhere(each, tables)
        table = CountTable(each.counts, each.groups, known, each.scores, BOUNDED, unions)
        safe = _safely_hidden(table, smallest, each.by_weight, groups)
        table, found = safe.table, safe.hidden
        by_weights.read(each.variable, safe, each.by_weight)
        if not weighted:
            silent = _silent_tests(each.variable, table, found, tables, smallest)
            effectless |= {each.variable} if silent else set()
            untested |= {each.variable} if silent > 1 else set()
        own = set(_hidden_cells(each, found, classes))
        if small_classes:
            every = (*each.categories, *each.groups)
            own |= {(each.variable, name, number) for name in every for number in small_classes}
            meanless |= {(each.variable, number) for number in small_classes}
        cells |= own
        lost = zip((*classes, ALL), found.means, strict=False)
        meanless |= {(each.variable, number) for number, gone in lost if gone}
        if each.scores is not None and table.scores is None:
            meanless |= {(each.variable, number) for number in (*classes, ALL)}
        sides = zip((*classes, ALL), found.few.get("agree", ()), strict=False)
        few |= {(each.variable, number): int(side) for number, side in sides if side}
        rounded |= {(each.variable, number) for number in _rounded(found, classes)}
        mixed |= {(variable, number) for variable, _, number in own}
    decimals, more = block_decimals(tables, mixed, meanless)
    meanless |= more
    of_margins = set(_of_margins(tables, smallest, cells))
    cells |= of_margins
    mixed |= {(variable, number) for variable, _, number in of_margins}
    margins = {name for name, _, _ in of_margins}
    untested |= {name for name in margins if _margin_tells(name, tables, cells, smallest)}
    unweighed = (
        {classes[at] for at in by_weights.unweighed}
        if weighted
        else _weighed_beside(fitted, tables, cells, classes)
    )
    uncounted = {(variable, name) for variable, name, number in cells if number == ALL}
    return Pattern(
        smallest, frozenset(cells), frozenset(mixed), frozenset(meanless),
        unplaced_categories(tables["categories"], smallest, uncounted), small_classes,
        {} if weighted else few, frozenset() if weighted else frozenset(rounded),
        frozenset(effectless), frozenset(untested), decimals, weighted,
        weighing_told(fitted, tables, smallest), by_weights.given_back,
        frozenset(by_weights.ratioless), frozenset(by_weights.shareless),
        frozenset(unweighed), *telling_measures(fitted, tables, smallest),
        places=placing_items(fitted), centres=told_centres(fitted, tables, unweighed),
    )  # fmt: skip


def _safely_hidden(
    table: CountTable,
    smallest: int,
    by_weight: npt.NDArray[np.float64] | None,
    groups: WeightGroups | None,
) -> HiddenQuestion:
    """Hide the small numbers of a question; tell less of it until no whole numbers give them back.

    First whether those who agree are a few is no longer told, then the means neither. Returns what
    is told still, and what is hidden. Where respondents weigh differently, shares and means that
    are weighted are not to give them back either.
    """
    told = [table, replace(table, bounded=()), replace(table, bounded=(), scores=None)]
    for less in told:
        found = hide_small_counts(less, smallest=smallest)
        others = other_tables(less, found, smallest=smallest)
        safe = HiddenQuestion(less, found, others or ())
        if others is None:
            continue
        if not told_by_weights(safe, by_weight, groups, smallest=smallest):
            break
    return safe


def _weighing_questions(tables: Mapping[str, pd.DataFrame]) -> frozenset[str]:
    """Return the questions that the weights were made from."""
    if "weights_summary" not in tables or tables["weights_summary"]["weights"].iloc[0] == "column":
        return frozenset()
    return frozenset(tables["representativeness"]["variable"].astype(str))


def unweighed_classes(fitted: FittedTypology) -> frozenset[int]:
    """Return the classes of which no weighted number is told, as in the results of the study."""
    smallest, groups = fitted.study.choices.disclosure.smallest_cell, counted_weights(fitted)
    if smallest == 1 or groups is None:
        return frozenset()
    labels = fitted.classes.labels
    classes = sorted(int(each) for each in labels.unique())
    small_classes = hidden_classes(labels, smallest)
    known = np.array([each not in small_classes for each in classes])
    margins = read_margins(fitted.study, fitted.questionnaire)
    made = margins is not None and fitted.study.choices.weights == "margins"
    asked = frozenset(margins.population()) if margins is not None and made else frozenset()
    told = ToldByWeights(groups, smallest, asked)
    for each in counted_questions(fitted):
        if each.by_weight is not None and each.scores is None:
            table = CountTable(each.counts, each.groups, known)
            found = hide_small_counts(table, smallest=smallest)
            told.read_classes(each.variable, HiddenQuestion(table, found, ()), each.by_weight)
    return frozenset(classes[at] for at in told.unweighed)


def _weighed_beside(
    fitted: FittedTypology, tables: Mapping[str, pd.DataFrame],
    cells: Collection[tuple[str, str, int]], classes: Sequence[int],
) -> set[int]:  # fmt: skip
    """Return the classes whose weighted size, beside the results without, tells a hidden number.

    As its share is told, to one decimal: where the weights made by the margins are few.
    """
    found = ToldByWeights(groups_of_margins(fitted, tables), 1)
    if found.groups is None:
        return set()
    characteristics = characteristic_categories(fitted.questionnaire, fitted.respondent)
    for name in _weighing_questions(tables):
        categories = [str(each) for each in characteristics[name].cat.categories]
        _, by_weight = _crossed(
            characteristics[name].astype("object"), categories,
            fitted.classes.labels.to_numpy(), found.groups,
        )  # fmt: skip
        hidden = [[(name, each, number) in cells for number in classes] for each in categories]
        if by_weight is not None:
            found.read_sizes(name, np.array(hidden, dtype=bool), by_weight, weighed_by=True)
    return {classes[at] for at in found.unweighed}


def counted_weights(fitted: FittedTypology) -> WeightGroups | None:
    """Return the respondents who are counted by what they weigh, where they weigh differently."""
    weights = np.asarray(fitted.sample_weight, dtype=float)
    counting = weights > 0
    return weight_groups(weights[counting], fitted.classes.labels.to_numpy()[counting])


def _silent_tests(
    variable: str,
    table: CountTable,
    found: HiddenCounts,
    tables: Mapping[str, pd.DataFrame],
    smallest: int,
) -> int:
    """Return how much the tests of a question are not to tell: 1 the effect, 2 the p-value too."""
    if not found.cells.any():
        return 0
    for silent, effects in enumerate((True, False)):
        told = told_by_tests(variable, tables, effects=effects)
        if not gives_small_numbers_back(table, found, smallest=smallest, told=told):
            return silent
    return 2


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
    questionnaire, groups_of_weights = fitted.questionnaire, counted_weights(fitted)
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
        counts, by_weight = _crossed(codes, scale.codes, labels, groups_of_weights)
        yield Counted(item, names, counts, several, scores, by_weight)
    characteristics = characteristic_categories(questionnaire, fitted.respondent)
    for name in map(str, characteristics.columns):
        column = characteristics[name]
        categories = tuple(
            str(each) for each in column.cat.categories if str(each) not in UNCOUNTED
        )
        values = column.astype("object")[counting]
        counts, by_weight = _crossed(values, categories, labels, groups_of_weights)
        yield Counted(name, categories, counts, {}, by_weight=by_weight)


def _crossed(
    values: pd.Series,
    categories: Iterable[object],
    labels: npt.NDArray[np.int64],
    groups: WeightGroups | None,
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64] | None]:
    """Count answers by class; and by class and weight, where respondents weigh differently."""
    given = values.to_numpy(dtype=object)
    chosen = np.array(
        [[not pd.isna(one) and one == each for one in given] for each in categories], dtype=bool
    ).reshape(-1, 1, len(given))
    members = (chosen & (labels == np.unique(labels)[:, np.newaxis])).astype(float)
    return members.sum(axis=2), None if groups is None else groups.split(members)


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
    for name in found.unions:
        yield counted.variable, name, ALL


def unions_elsewhere(
    counted: Counted, tables: Mapping[str, pd.DataFrame]
) -> dict[str, Sequence[int]]:
    """Return the answers to a question that other tables count together, over all respondents.

    The margins of the population that merge some, and the shares that were reported of several.
    """
    several: dict[str, list[str]] = {}
    if "representativeness" in tables:
        rows = tables["representativeness"]
        own = rows["category"][rows["variable"].astype(str) == counted.variable].astype(str)
        several |= {name: name.split(MERGED) for name in own if MERGED in name}
    if "reported_shares" in tables:
        rows = tables["reported_shares"]
        told = rows["within"].astype(str).isin(["", "nan"])
        own = rows["answers"][told & (rows["variable"].astype(str) == counted.variable)].astype(str)
        several |= {name: name.split(ANSWERS_JOINED) for name in own if ANSWERS_JOINED in name}
    places = {name: at for at, name in enumerate(counted.categories)}
    return {
        name: [places[each] for each in answers if each in places]
        for name, answers in several.items()
    }


def _of_margins(
    tables: Mapping[str, pd.DataFrame], smallest: int, cells: Iterable[tuple[str, str, int]]
) -> Iterator[tuple[str, str, int]]:
    """Yield what is hidden of the answers counted as the margins of the population have them.

    What is hidden of the question itself, answers that the margin merges included; and what is of
    a few all the same, should the margin count others.
    """
    if "representativeness" not in tables:
        return
    hidden = set(cells)
    for variable, rows in tables["representativeness"].groupby("variable", sort=False):
        names = [str(each) for each in rows["category"]]
        counts = rows["n"].to_numpy(dtype=float)
        gone = np.array([(str(variable), name, ALL) in hidden for name in names], dtype=bool)
        if (small_counts(counts, smallest) & ~gone).any():
            found = hide_small_counts(CountTable(counts[:, np.newaxis]), smallest=smallest)
            gone |= found.cells[:, 0] | found.categories
        yield from (
            (f"{MARGIN}{variable}", name, ALL) for name, own in zip(names, gone, strict=True) if own
        )


def _margin_tells(
    name: str,
    tables: Mapping[str, pd.DataFrame],
    cells: Collection[tuple[str, str, int]],
    smallest: int,
) -> bool:
    """Return whether the p-value of a sample against a margin tells of a hidden number of it."""
    variable = name.removeprefix(MARGIN)
    rows = tables["representativeness"]
    rows = rows[rows["variable"].astype(str) == variable]
    counts = rows["n"].to_numpy(dtype=float)[:, np.newaxis]
    gone = np.array([(name, str(each), ALL) in cells for each in rows["category"]])
    nothing = np.zeros(2, dtype=bool)
    hidden = HiddenCounts(gone[:, np.newaxis], gone, {}, nothing, {}, {})
    told = told_by_margin(variable, tables)
    return gives_small_numbers_back(CountTable(counts), hidden, smallest=smallest, told=told)


def unplaced_categories(
    categories: pd.DataFrame, smallest: int, uncounted: Collection[tuple[str, str]] = ()
) -> frozenset[tuple[str, str]]:
    """Return the answers without coordinates, question by question.

    Those that fewer than ``smallest`` respondents gave: the coordinate of an answer that one gave,
    times the root of the eigenvalue, is where that one lies. And the ``uncounted``, whose number is
    hidden: a coordinate with its v-test, its cos² or its contribution is a number of respondents.
    The answers of a question, each as heavy as those who gave it, lie at the origin together: so
    those without coordinates are two at least, two of those that make the axes where one of them
    does, and of ``smallest`` respondents together.
    """
    found: set[tuple[str, str]] = set()
    once = categories.drop_duplicates(["variable", "category"])
    for variable, rows in once.groupby("variable", sort=False):
        ordered = rows[rows["n"] > 0].sort_values("n", kind="stable")
        sizes = ordered["n"].to_numpy(dtype=float)
        names = [(str(variable), str(name)) for name in ordered["category"]]
        gone = (sizes < smallest) | np.array([each in uncounted for each in names], dtype=bool)
        if not gone.any():
            continue
        active = ordered["role"].eq("active").to_numpy()
        needs_active = bool((gone & active).any())
        for at in range(len(gone)):
            if gone.sum() >= 2 and sizes[gone].sum() >= smallest:
                break
            gone[at] = True
        for at in np.flatnonzero(active).tolist():
            if not needs_active or (gone & active).sum() >= 2:
                break
            gone[at] = True
        found |= {name for name, hidden in zip(names, gone, strict=True) if hidden}
    return frozenset(found)
