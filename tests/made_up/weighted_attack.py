"""An attacker of weighted results, who knows what everybody weighs: programs in whole numbers.

Of each class the attacker knows how many respondents who answered have each weight, and reads what
is told of a question: numbers, weighted shares and means, each to its last decimal. The unknowns
are the respondents by answer, class and weight.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from disclosure_attack import Disclosed, Fact, only_a_few
from typology.results.disclosure.pattern import ALL, Counted, counted_questions, counted_weights
from typology.results.pipeline import Analysis

Tables = Mapping[str, pd.DataFrame]


@dataclass
class WeighedQuestion:
    """A question by answer, class and weight, with what is told of it."""

    counted: Counted
    classes: list[int]
    weights: np.ndarray
    cells: np.ndarray
    facts: list[Fact] = field(default_factory=list)

    def mask(self, rows: Sequence[int], number: int) -> np.ndarray:
        chosen = np.zeros(self.cells.shape)
        columns = [*range(len(self.classes))] if number == ALL else [self.classes.index(number)]
        chosen[np.ix_(rows, columns)] = 1
        return chosen

    def total(self, number: int) -> float:
        return float((self.mask(range(len(self.cells)), number) * self.cells) .sum(axis=(0, 1))
                     @ self.weights)  # fmt: skip

    def tell(self, mask: np.ndarray, low: float, high: float, source: str) -> None:
        self.facts.append(Fact(mask.ravel().astype(float), low, high, source))

    def tell_share(self, rows: Sequence[int], number: int, value: float, source: str) -> None:
        if not pd.isna(value):
            unit = self.total(number) / 100
            self.tell(self.mask(rows, number) * self.weights, unit * (value - 0.05),
                      unit * (value + 0.05), source)  # fmt: skip

    def tell_number(self, rows: Sequence[int], number: int, value: float, source: str) -> None:
        if not pd.isna(value):
            self.tell(self.mask(rows, number), value, value, source)

    def tell_mean(self, number: int, value: float, source: str) -> None:
        if self.counted.scores is None or pd.isna(value):
            return
        half = 0.05 if abs(value - round(value, 1)) < 1e-9 else 0.005
        total = self.total(number)
        scored = self.counted.scores[:, None, None] * self.weights
        self.tell(self.mask(range(len(self.cells)), number) * scored, total * (value - half),
                  total * (value + half), source)  # fmt: skip


def weighed_questions(tables: Tables, analysis: Analysis) -> Iterator[WeighedQuestion]:
    """Yield every question whose answers are counted, with what is told of it."""
    groups = counted_weights(analysis.fitted)
    assert groups is not None
    classes = sorted(int(each) for each in analysis.fitted.classes.labels.unique())
    for counted in counted_questions(analysis.fitted):
        assert counted.by_weight is not None
        own = WeighedQuestion(counted, classes, groups.weights, counted.by_weight)
        for at, number in np.ndindex(len(classes), len(groups.weights)):
            known = np.zeros(own.cells.shape)
            known[:, at, number] = 1
            own.tell(known, *([own.cells[:, at, number].sum()] * 2), "weights of the class")
        if counted.scores is None:
            _read_answers(own, tables["characteristics"], "variable", "category")
        else:
            _read_answers(own, tables["class_distribution"], "item", "code")
            _read_answers(own, tables["item_distribution"].assign(**{"class": ALL}), "item", "code")
            _read_item(own, tables)
        _read_ratios(own, tables["class_categories"])
        yield own


def _read_answers(own: WeighedQuestion, table: pd.DataFrame, of: str, answer: str) -> None:
    for row in table[table[of] == own.counted.variable].to_dict("records"):
        name = str(int(row[answer])) if own.counted.scores is not None else str(row[answer])
        if name in own.counted.categories:
            rows = [own.counted.categories.index(name)]
            own.tell_number(rows, int(row["class"]), row["n"], f"{answer}.n")
            own.tell_share(rows, int(row["class"]), row["share"], f"{answer}.share")


def _read_item(own: WeighedQuestion, tables: Tables) -> None:
    groups = own.counted.groups
    for row in tables["class_profiles"].query("item == @own.counted.variable").to_dict("records"):
        number = int(row["class"])
        own.tell_mean(number, row["mean"], "class_profiles.mean")
        own.tell_mean(ALL, row["overall_mean"], "class_profiles.overall_mean")
        own.tell_share([*groups["agree"]], number, row["agree_share"], "agree_share")
    for row in tables["item_agreement"].query("item == @own.counted.variable").to_dict("records"):
        for stance in ("disagree", "neutral", "agree"):
            own.tell_share([*groups[stance]], ALL, row[f"{stance}_share"], stance)


def _read_ratios(own: WeighedQuestion, table: pd.DataFrame) -> None:
    for row in table[table["variable"] == own.counted.variable].to_dict("records"):
        name = str(row["category"])
        if name not in own.counted.categories or pd.isna(row["class_share"]):
            continue
        rows = [own.counted.categories.index(name)]
        here, everywhere = (own.mask(rows, number) * own.weights for number in (row["class"], ALL))
        for step, bounds in ((-0.05, (0, np.inf)), (0.05, (-np.inf, 0))):
            share = (row["class_share"] + step) / 100
            own.tell(here - share * everywhere, *bounds, "class_share")


def untrue_facts(own: WeighedQuestion) -> set[str]:
    """Return where what the attacker reads is not so: a wrong reading proves nothing."""
    cells = own.cells.ravel()
    return {
        fact.source for fact in own.facts
        if not fact.low - 1e-6 <= fact.mask @ cells <= fact.high + 1e-6
    }  # fmt: skip


def given_back(own: WeighedQuestion, *, smallest: int) -> list[Disclosed]:
    """Return the numbers of a few that can only be those of a few."""
    found = []
    for at, name in enumerate(own.counted.categories):
        for number in (*own.classes, ALL):
            mask = own.mask([at], number).ravel()
            if not 1 <= mask @ own.cells.ravel() < smallest:
                continue
            few = only_a_few(mask, own.facts, smallest=smallest)
            if few:
                found.append(Disclosed(own.counted.variable, name, number, *map(int, few)))
    return found


def crossings_of(rows: np.ndarray, columns: np.ndarray) -> Iterator[np.ndarray]:
    """Yield every table of whole numbers with two rows that has these sums."""
    spans = [range(int(min(rows[0], own)) + 1) for own in columns[:-1]]
    for first in np.ndindex(*(len(span) for span in spans)):
        last = rows[0] - sum(first)
        top = np.array([*first, last])
        if 0 <= last <= columns[-1]:
            yield np.vstack([top, columns - top]).astype(float)


def weights_of(crossed: np.ndarray, rows: np.ndarray, columns: np.ndarray) -> np.ndarray:
    """Return what one of each cell weighs when the weighted sums are those of the population."""
    weights = np.ones(crossed.shape)
    with np.errstate(divide="ignore", invalid="ignore"):
        for _pass in range(100):
            weights *= (rows / (weights * crossed).sum(axis=1))[:, None]
            weights *= columns / (weights * crossed).sum(axis=0)
    return weights


def effective(crossed: np.ndarray, weights: np.ndarray) -> float:
    """Return Kish's number of respondents without weights that are worth as much."""
    return float((weights * crossed).sum() ** 2 / (weights**2 * crossed).sum())
