"""An attacker of what a run publishes: integer programs over all its tables at once.

What each published number tells is read off the list of declared columns: of every column that is
declared to tell numbers of respondents there is a reading here, and a column without one is a
mistake (`unread_columns`). The attacker knows the questionnaire, the code and every rounding.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import pandas as pd
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.stats import chi2 as chi_squared_law

from rfree.description.hypergeometric import hypergeometric_v_test
from typology.questionnaire import Questionnaire
from typology.results.disclosure.blanks import LEAST_P, SIDE
from typology.results.disclosure.declared import DECLARED
from typology.results.disclosure.pattern import ALL, UNCOUNTED

Tables = Mapping[str, pd.DataFrame]
EXACT = 1e-9
TOLD_SMALL = (".agree_below", ".agree_above")
MOST_TABLES = 5_000
MOST_PAIRS = 20_000


@dataclass(frozen=True)
class Fact:
    """A sum of cells, times some weights, that lies between two bounds."""

    mask: np.ndarray
    low: float
    high: float
    source: str


@dataclass(frozen=True)
class PairFact:
    """Two sums of cells that go together."""

    first: np.ndarray
    second: np.ndarray
    holds: Callable[[np.ndarray, np.ndarray], np.ndarray]
    source: str


@dataclass(frozen=True)
class TableFact:
    """What a whole table must give."""

    holds: Callable[[np.ndarray], bool]
    source: str


@dataclass
class Question:
    """A question as the attacker sees it: categories by classes, and what is told of them."""

    variable: str
    categories: list[str]
    classes: list[int]
    answered: dict[int, int]
    groups: dict[str, list[int]] = field(default_factory=dict)
    scores: np.ndarray | None = None
    facts: list[Fact] = field(default_factory=list)
    pairs: list[PairFact] = field(default_factory=list)
    whole: list[TableFact] = field(default_factory=list)

    @property
    def shape(self) -> tuple[int, int]:
        return len(self.categories), len(self.classes)

    def mask(self, rows: Sequence[int], number: int) -> np.ndarray:
        """Return which cells a category, or several, has in a class, or in all of them."""
        chosen = np.zeros(self.shape)
        columns = slice(None) if number == ALL else self.classes.index(number)
        chosen[np.array(rows, dtype=int), columns] = 1
        return chosen.ravel()

    def rows_of(self, category: str) -> list[int] | None:
        if category in self.categories:
            return [self.categories.index(category)]
        return self.groups.get(category)


@dataclass(frozen=True)
class Disclosed:
    """A number of respondents that what is published gives back."""

    variable: str
    category: str
    number: int
    low: int
    high: int


# --- What a column tells -------------------------------------------------------------------------
# Of a number of respondents, with that of all who gave the answer, of the class and of all.


def _share(count: Any, _total: Any, size: Any, _whole: Any) -> Any:
    return 100 * count / size


def _share_of_answer(count: Any, total: Any, _size: Any, _whole: Any) -> Any:
    with np.errstate(divide="ignore", invalid="ignore"):
        return 100 * count / total


def _tested(place: int) -> Callable[[Any, Any, Any, Any], Any]:
    def told(count: Any, total: Any, size: Any, whole: Any) -> Any:
        return hypergeometric_v_test(count, np.full_like(total, size), total, whole)[place]

    return told


ONE = {"n": lambda count, *_: count, "share": _share, "sample_share": _share}
TWO = {"class_share": _share_of_answer, "p_value": _tested(0), "v_test": _tested(1)}
"""Columns that tell of the number of a class and of that of all at once."""
# Made of others that are in the same row, or of all rows at once.
DERIVED = {
    "category_share", "overall_share", "p_adjusted", "p_holm", "p_bh", "difference", "low", "high",
    "ratio", "weighted_share", "agree_low", "agree_high", "contribution", "cos2", "coordinate",
    "mean", "overall_mean", "agree_share", "neutral_share", "disagree_share", "overall_agree_share",
}  # fmt: skip


def unread_columns() -> set[tuple[str, str]]:
    """Return the declared columns of numbers of answers that nothing here reads."""
    read = {*ONE, *TWO, *DERIVED}
    return {
        (name, column)
        for name, declared in DECLARED.items()
        if declared.variable and declared.category
        for column in (*declared.cells, *declared.totals, *declared.groups, *declared.total_groups)
        if column not in read
    }


def _decimal_half(value: float) -> float:
    """Return half of the last decimal of a number, nought where it is told whole."""
    for decimals in (0, 1, 2):
        if abs(value - round(value, decimals)) < EXACT:
            return 0.5 * 10.0**-decimals
    return 0.0


# --- The questions -------------------------------------------------------------------------------


def questions_of(tables: Tables, questionnaire: Questionnaire) -> dict[str, Question]:
    """Return every question whose answers are counted in a published table, with what is told."""
    sizes = tables["class_sizes"].set_index("class")["n"].astype(float)
    classes = [int(each) for each in sizes.index if each != ALL]
    found: dict[str, Question] = {}
    for variable, categories in _named(tables, questionnaire).items():
        own = Question(variable, categories, classes, {})
        if variable in questionnaire.items:
            scale = questionnaire.scale_of(variable)
            own.scores = np.array([float(each) for each in own.categories])
            for stance in ("disagree", "neutral", "agree"):
                own.groups[stance] = [
                    at for at, code in enumerate(scale.codes) if scale.stance(code) == stance
                ]
            for each in scale.categories:
                if len(each.codes) > 1:
                    own.groups[each.id] = [scale.codes.index(code) for code in each.codes]
        _answered(own, tables, sizes)
        if not np.isnan([*own.answered.values()]).any():
            _read_all(own, tables)
            found[variable] = own
    return found


def _named(tables: Tables, questionnaire: Questionnaire) -> dict[str, list[str]]:
    named: dict[str, list[str]] = {}
    for name, declared in DECLARED.items():
        table = tables.get(name)
        if table is None or declared.margin or not (declared.variable and declared.category):
            continue
        if "subgroup" in table:
            continue
        pairs = table[[declared.variable, declared.category]].dropna().astype(str)
        for variable, category in pairs.drop_duplicates().itertuples(index=False):
            own = named.setdefault(variable, [])
            if variable in questionnaire.items:
                own[:] = [str(code) for code in questionnaire.scale_of(variable).codes]
            elif category not in own and category not in UNCOUNTED and category:
                own.append(category)
    return named


def _answered(own: Question, tables: Tables, sizes: pd.Series) -> None:
    """Find how many of each class answered: items tell it, of others "no answer" does."""
    if own.scores is not None:
        profiles = tables["class_profiles"].query("item == @own.variable")
        own.answered = dict(zip(profiles["class"], profiles["n"].astype(float), strict=True))
        agreed = tables["item_agreement"].query("item == @own.variable")["n"]
        own.answered[ALL] = float(agreed.iloc[0])
        return
    rows = tables["characteristics"].query("variable == @own.variable and category.notna()")
    missing = rows.drop_duplicates("class").set_index("class")["missing"].astype(float)
    own.answered = {
        each: float(sizes[each] - missing.get(each, np.nan)) for each in (*own.classes, ALL)
    }


def _read_all(own: Question, tables: Tables) -> None:
    every = [*range(len(own.categories))]
    several = own.variable.count(":") == 0
    for number, n in own.answered.items():
        if several:
            own.facts.append(Fact(own.mask(every, number), n, n, "sizes"))
    for name, declared in DECLARED.items():
        table = tables.get(name)
        if table is None or not declared.variable or declared.margin or "subgroup" in table:
            continue
        rows = table[table[declared.variable].astype(str) == own.variable]
        for row in rows.to_dict("records"):
            number = int(row[declared.of_class]) if declared.of_class else ALL
            if declared.category:
                category = str(row[declared.category])
                chosen = own.rows_of(category)
                if chosen is not None:
                    _read_cell(own, name, row, chosen, number)
            _read_groups(own, name, row, number)
    _read_tests(own, tables)


def _read_cell(
    own: Question, name: str, row: Mapping[str, Any], chosen: list[int], number: int
) -> None:
    declared = DECLARED[name]
    here, everywhere = own.mask(chosen, number), own.mask(chosen, ALL)
    size, whole = own.answered[number], own.answered[ALL]
    counts = np.arange(int(size) + 1)
    for column in declared.cells:
        value = row.get(column)
        if value is None or pd.isna(value):
            continue
        source = f"{name}.{column}"
        if column in ONE and (column == "n" or name != "categories"):
            told = ONE[column](counts, counts, size, whole)
            fits = counts[np.abs(told - float(value)) < 1e-6]
            if len(fits):  # else weighted
                own.facts.append(Fact(here, fits.min(), fits.max(), source))
        elif column == "category_share":
            count = round(float(value) * size / 100)
            if abs(100 * count / size - value) < 1e-6:
                own.facts.append(Fact(here, count, count, source))
        elif column in TWO:
            own.pairs.append(PairFact(here, everywhere, _pair(column, value, size, whole), source))
    for column in {*declared.totals} & {"overall_share"}:
        value = row.get(column)
        if value is not None and not pd.isna(value):
            count = round(float(value) * whole / 100)
            if abs(100 * count / whole - value) < 1e-6:
                own.facts.append(Fact(everywhere, count, count, f"{name}.{column}"))
    if "coordinate" in declared.places and not pd.isna(row.get("coordinate", np.nan)):
        _read_place(own, name, row, everywhere)


def _pair(column: str, value: float, size: float, whole: float) -> Any:
    def holds(first: np.ndarray, second: np.ndarray) -> np.ndarray:
        possible = (first <= second) & (second - first <= whole - size)
        told = np.full(first.shape, np.nan)
        told[possible] = TWO[column](
            first[possible].astype(float), second[possible].astype(float), size, whole
        )
        return possible & (np.abs(told - value) <= 1e-6 * max(1.0, abs(value)))

    return holds


def _read_place(own: Question, name: str, row: Mapping[str, Any], mask: np.ndarray) -> None:
    """A place, with what it weighs on an axis or how well it is shown, is a number."""
    place, total = float(row["coordinate"]), own.answered[ALL]
    total = float(row.get("_all", total))
    counts = np.arange(1, int(total))
    told = {
        "cos2": place**2 * counts / (total - counts),
        "v_test": place * np.sqrt(counts * (total - 1) / (total - counts)),
    }
    if not np.isnan(row.get("_unit", np.nan)):
        told["contribution"] = 100 * counts * place**2 / row["_unit"]
    for column, values in told.items():
        value = row.get(column)
        if value is None or pd.isna(value) or abs(place) < 1e-6:
            continue
        fits = counts[np.abs(values - value) <= 1e-6 * max(abs(value), 1e-3)]
        if len(fits):
            own.facts.append(Fact(mask, fits.min(), fits.max(), f"{name}.{column}"))


def _read_groups(own: Question, name: str, row: Mapping[str, Any], number: int) -> None:
    declared = DECLARED[name]
    for columns, where in ((declared.groups, number), (declared.total_groups, ALL)):
        for column, group in columns.items():
            value = row.get(column)
            if value is None or pd.isna(value) or not column.endswith("_share"):
                continue
            size = own.answered[where]
            half = 5.0 if bool(row.get(f"{column}_rounded", False)) else 1e-6
            low, high = size * (value - half) / 100, size * (value + half) / 100
            if half < 1 and abs(round(low) - low) > 1e-3:
                continue  # weighted
            mask = own.mask(own.groups.get(group, []), where)
            own.facts.append(
                Fact(mask, np.ceil(low - EXACT), np.floor(high + EXACT), f"{name}.{column}")
            )
    for column, sign in (("agree_below", 1), ("agree_above", -1)):
        if column in row and not pd.isna(row[column]):
            chosen = own.groups["agree"]
            if sign < 0:
                chosen = [at for at in range(len(own.categories)) if at not in chosen]
            size = own.answered[number]
            few = row[column] if sign > 0 else 100 - row[column]
            most = round(few * size / 100) - 1
            own.facts.append(Fact(own.mask(chosen, number), 1, most, f"{name}.{column}"))
    for columns, where in ((declared.means, number), (declared.total_means, ALL)):
        for column in columns:
            value = row.get(column)
            if own.scores is None or value is None or pd.isna(value):
                continue
            half = min(_decimal_half(float(value)), 0.05) or 1e-7
            size = own.answered[where]
            weights = np.repeat(own.scores, len(own.classes))
            mask = own.mask(range(len(own.categories)), where) * weights
            bounds = size * (value - half), size * (value + half)
            own.facts.append(Fact(mask, *bounds, f"{name}.{column}"))


def _read_tests(own: Question, tables: Tables) -> None:
    """What the tests of a question tell, coarse as they may be."""
    for name, effect, test in (("class_variables", "cramers_v", None),
                               ("characteristic_tests", "effect", "test")):  # fmt: skip
        table = tables.get(name)
        if table is None:
            continue
        for row in table[table["variable"] == own.variable].to_dict("records"):
            if test and row[test] not in {"chi-squared", "Kruskal-Wallis"}:
                continue
            ranks = bool(test) and row[test] == "Kruskal-Wallis"
            if ranks and row.get("kind") != "ordered":
                continue
            for column in (effect, "p_value"):
                if not pd.isna(row[column]):
                    own.whole.append(
                        TableFact(
                            _tested_alike(own.shape, column, float(row[column]), ranks=ranks),
                            f"{name}.{column}",
                        )
                    )


def _tested_alike(
    shape: tuple[int, int], column: str, value: float, *, ranks: bool
) -> Callable[[np.ndarray], bool]:
    coarse = abs(value - round(value, 1)) < EXACT
    digit = abs(_digit(value) - value) < EXACT

    def holds(cells: np.ndarray) -> bool:
        statistic, df, effect = (_ranked if ranks else _crossed)(cells.reshape(shape))
        if column == "p_value":
            told = float(chi_squared_law.sf(statistic, df))
            told = _digit(told) if digit else told
        else:
            told = round(effect, 1) if coarse else effect
        return abs(told - value) <= 1e-6

    return holds


def _digit(p_value: float) -> float:
    """Return a p-value to one digit, as it is told."""
    if p_value < LEAST_P:
        return LEAST_P / 2
    digit = float(f"{p_value:.0e}")
    return 0.04 if digit >= SIDE > p_value else round(digit, 4)


def _crossed(table: np.ndarray) -> tuple[float, int, float]:
    used = table[table.sum(axis=1) > 0][:, table.sum(axis=0) > 0]
    expected = np.outer(used.sum(axis=1), used.sum(axis=0)) / used.sum()
    statistic = float(((used - expected) ** 2 / expected).sum())
    least = min(used.shape) - 1
    return (
        statistic,
        (used.shape[0] - 1) * (used.shape[1] - 1),
        np.sqrt(statistic / used.sum() / max(least, 1)),
    )


def _ranked(table: np.ndarray) -> tuple[float, int, float]:
    totals, sizes = table.sum(axis=1), table.sum(axis=0)
    n = totals.sum()
    ranks = np.cumsum(totals) - totals / 2 + 0.5
    sums = ranks @ table
    statistic = 12 / (n * (n + 1)) * (sums**2 / sizes).sum() - 3 * (n + 1)
    statistic /= 1 - (totals**3 - totals).sum() / (n**3 - n)
    return float(statistic), len(sizes) - 1, float(statistic / (n - 1))


# --- The programs --------------------------------------------------------------------------------


def bounds_of(own: Question) -> tuple[np.ndarray, np.ndarray]:
    """Return the least and the most that each cell, then each category, can be."""
    masks = [*np.eye(np.prod(own.shape)), *(own.mask([at], ALL) for at in range(own.shape[0]))]
    facts = _once(own.facts)
    known = {_key(fact.mask): fact for fact in facts if fact.low == fact.high}
    low, high = np.zeros(len(masks)), np.zeros(len(masks))
    for _round in range(3):
        for at, mask in enumerate(masks):
            exact = known.get(_key(mask))
            if exact is not None:
                low[at] = high[at] = exact.low
            else:
                low[at], high[at] = ends(mask, facts)
        gained = list(_from_pairs(own, masks, low, high))
        if not gained:
            break
        facts += gained
        known |= {_key(fact.mask): fact for fact in gained if fact.low == fact.high}
    tables = list(_feasible(own, facts, low, high)) if own.whole else []
    if tables:
        every = np.array(masks) @ np.array(tables).T
        return every.min(axis=1), every.max(axis=1)
    return low, high


def _once(facts: Sequence[Fact]) -> list[Fact]:
    """Return facts without those that say the same again."""
    return list({(fact.mask.tobytes(), fact.low, fact.high): fact for fact in facts}.values())


def _key(mask: np.ndarray) -> bytes:
    return np.asarray(mask, dtype=np.int8).tobytes() if (mask == mask.astype(int)).all() else b""


def ends(
    mask: np.ndarray, facts: Sequence[Fact], *, whole: bool = True, slack: float = 1e-6
) -> tuple[float, float]:
    """Return the least and the most that a sum of whole numbers of respondents can be."""
    return (
        least_of(mask, facts, whole=whole, slack=slack),
        -least_of(-mask, facts, whole=whole, slack=slack),
    )


def least_of(
    mask: np.ndarray, facts: Sequence[Fact], *, whole: bool = True, slack: float = 1e-6
) -> float:
    """Return the least that a sum of whole numbers of respondents can be."""
    within = LinearConstraint(
        np.array([fact.mask for fact in facts]),
        [fact.low - slack for fact in facts],
        [fact.high + slack for fact in facts],
    )
    result = milp(
        mask, constraints=within, bounds=Bounds(0, np.inf),
        integrality=np.full(len(mask), int(whole)),
    )  # fmt: skip
    if result.status == 3:  # unbounded
        return -np.inf
    assert result.status == 0, (result.message, {fact.source for fact in facts})
    return round(result.fun) if whole else float(result.fun)


def only_a_few(
    mask: np.ndarray, facts: Sequence[Fact], *, smallest: int, slack: float = 1e-6
) -> tuple[float, float] | None:
    """Return what a sum of whole numbers can be at least and at most, where that is a few; or None.

    The most is not sought where it can be nought.
    """
    low = least_of(mask, facts, slack=slack)
    if low < 1:
        return None
    high = -least_of(-mask, facts, slack=slack)
    return (low, high) if high < smallest else None


def _from_pairs(
    own: Question, masks: Sequence[np.ndarray], low: np.ndarray, high: np.ndarray
) -> Iterator[Fact]:
    place = {_key(mask): at for at, mask in enumerate(masks)}
    for pair in own.pairs:
        ats = place.get(_key(pair.first)), place.get(_key(pair.second))
        if None in ats or (low[[*ats]] == high[[*ats]]).all():
            continue
        spans = [np.arange(low[at], high[at] + 1) for at in ats]
        if len(spans[0]) * len(spans[1]) > MOST_PAIRS:
            continue
        first, second = (each.ravel() for each in np.meshgrid(*spans))
        fits = pair.holds(first, second)
        if not fits.any():
            continue  # weighted, or rounded
        for at, mask, left in zip(ats, (pair.first, pair.second), (first, second), strict=True):
            least, most = left[fits].min(), left[fits].max()
            if least > low[at] or most < high[at]:
                yield Fact(mask, least, most, pair.source)


def _feasible(
    own: Question, facts: Sequence[Fact], low: np.ndarray, high: np.ndarray
) -> Iterator[np.ndarray]:
    """Yield every table that gives all that is told; none where there are too many."""
    n_cells = int(np.prod(own.shape))
    spans = high[:n_cells] - low[:n_cells]
    if not np.isfinite(spans).all():
        return
    order = np.argsort(spans, kind="stable")
    matrix = np.array([fact.mask for fact in facts])
    least = np.array([fact.low for fact in facts]) - 1e-6
    most = np.array([fact.high for fact in facts]) + 1e-6
    rest_low = np.zeros((n_cells + 1, len(facts)))
    rest_high = np.zeros((n_cells + 1, len(facts)))
    for at in range(n_cells - 1, -1, -1):
        cell = order[at]
        rest_low[at] = rest_low[at + 1] + matrix[:, cell] * low[cell]
        rest_high[at] = rest_high[at + 1] + matrix[:, cell] * high[cell]
    # Tables begun, all to the same cell: what each has in its cells, and what its facts add up to.
    begun, sums, steps = np.zeros((1, 0)), np.zeros((1, len(facts))), 1
    for at, cell in enumerate(order):
        longer, totals = [], []
        for value in range(int(low[cell]), int(high[cell]) + 1):
            total = sums + matrix[:, cell] * value
            fits = (total + rest_low[at + 1] <= most) & (total + rest_high[at + 1] >= least)
            possible = fits.all(axis=1)
            longer.append(np.c_[begun[possible], np.full(possible.sum(), value)])
            totals.append(total[possible])
        begun, sums = np.vstack(longer), np.vstack(totals)
        steps += len(begun)
        if steps > MOST_TABLES:
            return
    for values in begun:
        table = np.zeros(n_cells)
        table[order] = values
        if all(fact.holds(table) for fact in own.whole):
            yield table


def disclosed_of(own: Question, *, smallest: int) -> list[Disclosed]:
    """Return the hidden numbers of a question that are given back.

    One is given back where it can only be one number of a few respondents, or only some numbers of
    a few.
    """
    low, high = bounds_of(own)
    names = [
        *((name, number) for name in own.categories for number in own.classes),
        *((name, ALL) for name in own.categories),
    ]
    few = [at for at in range(len(names)) if low[at] >= 1 and high[at] < smallest]
    unsaid = [fact for fact in own.facts if not fact.source.endswith(TOLD_SMALL)]
    if few and len(unsaid) < len(own.facts):
        # That it is one of a few is told on purpose, in so many words: no more may be known.
        free_low, free_high = bounds_of(replace(own, facts=unsaid))
        few = [
            at
            for at in few
            if (low[at], high[at]) != (1, smallest - 1)
            or (free_low[at] >= 1 and free_high[at] < smallest)
        ]
    return [Disclosed(own.variable, *names[at], int(low[at]), int(high[at])) for at in few]


def attack(
    tables: Tables,
    questionnaire: Questionnaire,
    *,
    smallest: int,
    n_active: int = 0,
    variables: Iterable[str] | None = None,
) -> list[Disclosed]:
    """Return every number of a few respondents that the tables of a run give back."""
    tables = {**tables, "categories": _with_units(tables, n_active)}
    found = questions_of(tables, questionnaire)
    wanted = set(found if variables is None else variables)
    return [
        each
        for name, own in found.items()
        if name in wanted
        for each in disclosed_of(own, smallest=smallest)
    ]


def _with_units(tables: Tables, n_active: int) -> pd.DataFrame:
    """Say of each category how many there are in all, and what a respondent weighs on its axis."""
    table = tables["categories"]
    n = float(tables["class_sizes"].set_index("class")["n"][ALL])
    roots = tables["axes"].set_index("axis")["eigenvalue"].astype(float)
    unit = table["axis"].map(roots) * n * n_active if n_active else np.nan
    return table.assign(_all=n, _unit=unit)


# --- Tables that are linked ----------------------------------------------------------------------


def attack_linked(
    tables: Tables, questionnaire: Questionnaire, *, smallest: int
) -> list[Disclosed]:
    """Attack two questions and the classes at once, wherever two questions are crossed.

    The unknowns are respondents by both answers and class; the facts are those of each question,
    and those of the table that crosses them: the answers of subgroups, and the crossed questions.
    """
    found = questions_of(tables, questionnaire)
    disclosed = []
    for name, other, counts in _crossings(tables):
        first, second = found.get(name), found.get(other)
        if first is None or second is None or not _complete(first, second):
            continue
        disclosed += _linked(first, second, counts, smallest)
    return disclosed


def _complete(first: Question, second: Question) -> bool:
    """Return whether everybody answered both questions: else there are answers to no question."""
    return first.answered == second.answered


def _crossings(tables: Tables) -> Iterator[tuple[str, str, list[tuple[str, str, float]]]]:
    if "subgroup_categories" in tables:
        named = tables["subgroups"].set_index("subgroup")
        own = tables["subgroup_categories"].drop_duplicates(["subgroup", "variable", "category"])
        own = own.assign(
            other=own["subgroup"].map(named["variable"]),
            answer=own["subgroup"].map(named["category"]),
        )
        for (name, other), rows in own.groupby(["variable", "other"], sort=False):
            told = rows[["category", "answer", "n"]].dropna()
            yield (
                str(name),
                str(other),
                list(told.astype({"category": str}).itertuples(False, None)),
            )
    if "crossed_categories" in tables:
        own = tables["crossed_categories"]
        own = own.drop_duplicates(["category", "other_category"])
        told = own[["category", "other_category", "n"]].dropna()
        pair = str(own["variable"].iloc[0]), str(own["other_variable"].iloc[0])
        yield *pair, list(told.astype(str).astype({"n": float}).itertuples(index=False, name=None))


def _linked(
    first: Question, second: Question, counts: list[tuple[str, str, float]], smallest: int
) -> list[Disclosed]:
    n_first, n_classes = first.shape
    n_second = second.shape[0]

    def of_first(mask: np.ndarray) -> np.ndarray:
        return np.repeat(mask.reshape(n_first, n_classes)[:, None], n_second, axis=1).ravel()

    def of_second(mask: np.ndarray) -> np.ndarray:
        return np.repeat(mask.reshape(n_second, n_classes)[None], n_first, axis=0).ravel()

    def of_both(row: int, column: int) -> np.ndarray:
        mask = np.zeros((n_first, n_second, n_classes))
        mask[row, column] = 1
        return mask.ravel()

    facts = [
        *(replace(fact, mask=of_first(fact.mask)) for fact in _once(first.facts)),
        *(replace(fact, mask=of_second(fact.mask)) for fact in _once(second.facts)),
    ]
    for row, column, n in counts:
        if row in first.categories and column in second.categories:
            places = first.categories.index(row), second.categories.index(column)
            facts.append(Fact(of_both(*places), n, n, "crossed"))
    aims = [
        *((first.variable, name, number, of_first(first.mask([at], number)))
          for at, name in enumerate(first.categories) for number in (*first.classes, ALL)),
        *((second.variable, name, number, of_second(second.mask([at], number)))
          for at, name in enumerate(second.categories) for number in (*second.classes, ALL)),
        *((f"{first.variable} x {second.variable}", f"{name} x {other}", ALL, of_both(at, place))
          for at, name in enumerate(first.categories)
          for place, other in enumerate(second.categories)),
    ]  # fmt: skip
    exact = {_key(fact.mask) for fact in facts if fact.low == fact.high}
    unsaid = [fact for fact in facts if not fact.source.endswith(TOLD_SMALL)]
    disclosed = []
    for variable, name, number, mask in aims:
        if _key(mask) in exact:
            continue
        few = only_a_few(mask, facts, smallest=smallest)
        if few and (few != (1, smallest - 1) or only_a_few(mask, unsaid, smallest=smallest)):
            disclosed.append(Disclosed(variable, name, number, *map(int, few)))
    return disclosed


# --- What other tables tell ----------------------------------------------------------------------


def counts_of_margins(tables: Tables, variable: str) -> np.ndarray:
    """Return all numbers of respondents by a margin that give its shares, test and weights.

    An array of possibilities x categories.
    """
    rows, tests = (
        table[table["variable"] == variable]
        for table in (tables["representativeness"], tables["representativeness_tests"])
    )
    test = tests.iloc[0]
    shares = rows["population_share"].to_numpy(dtype=float) / 100
    told = rows["n"].to_numpy(dtype=float)
    hidden = np.isnan(told)
    rest = int(test["n"] - np.nansum(told))
    found = []
    for values in shared_out(rest, int(hidden.sum())):
        counts = told.copy()
        counts[hidden] = values
        expected = test["n"] * shares
        statistic = ((counts - expected) ** 2 / expected).sum()
        statistic /= 1 - np.nan_to_num(test["sampling_fraction"]) / 100
        p_value = float(chi_squared_law.sf(statistic, test["df"]))
        if not np.isnan(test["chi2"]):
            fits = abs(statistic - test["chi2"]) < 1e-6 * max(1.0, statistic)
        elif not np.isnan(test["p_value"]):
            fits = abs(_digit(p_value) - test["p_value"]) < EXACT
        else:
            fits = True
        if fits:
            found.append(counts)
    return np.array(found)


def shared_out(total: int, number: int) -> Iterator[tuple[int, ...]]:
    """Yield all so many whole numbers that add up to a total."""
    if number <= 1:
        yield (total,) * number
        return
    for first in range(total + 1):
        for others in shared_out(total - first, number - 1):
            yield (first, *others)


def passive_answers(tables: Tables, n_active: int) -> tuple[float, float, float]:
    """Return how many passive answers there are, by the eigenvalues; then the least and the most.

    The eigenvalues add up to the active categories over the questions, less the share of the
    active answers over the questions.
    """
    once = tables["categories"].drop_duplicates(["variable", "category"])
    n_categories = int((once["role"] == "active").sum())
    n = float(tables["class_sizes"].set_index("class")["n"][ALL])
    axes = tables["axes"]
    values = axes["eigenvalue"].astype(float)
    half = np.where(np.abs(values - values.round(3)) < EXACT, 0.0005, 0.0)
    by_sum = values.sum() + np.array([0.0, -half.sum(), half.sum()])
    # A passive answer adds its mass to what the eigenvalues add up to.
    return tuple(n * (n_active * by_sum - n_categories + n_active))  # type: ignore[return-value]


# --- Comparisons, next to the results of each study ----------------------------------------------


def facts_of_comparison(own: Question, tables: Tables, sample: str) -> list[Fact]:
    """Return what a comparison tells of a sample's answers to an item, as sums over all classes."""
    rows = tables["comparison_items"].query("item == @own.variable").to_dict("records")
    if not rows or own.scores is None:
        return []
    row, every = rows[0], range(len(own.categories))
    n = float(row[f"n_{sample}"])
    weighed = own.mask(every, ALL) * np.repeat(own.scores, len(own.classes))
    agree = own.mask(own.groups["agree"], ALL)
    told = ((weighed, row[f"mean_{sample}"], 1), (agree, row[f"agree_share_{sample}"], 100))
    return [
        Fact(mask, n * value / unit, n * value / unit, f"comparison_items of {sample}")
        for mask, value, unit in told
        if not pd.isna(value)
    ]


def answers_of_others(
    whole: np.ndarray,
    scores: np.ndarray,
    agreeing: np.ndarray,
    told: Sequence[tuple[float, float, float]],
) -> tuple[np.ndarray, np.ndarray]:
    """Return the least and the most of those not compared who gave each answer.

    ``whole`` are the numbers of all by answer, ``told`` the number, the mean and the share agreeing
    of each sample that was compared out of them.
    """
    n, means, shares = np.array(told, dtype=float).T
    every = np.ones(len(whole))
    facts = [Fact(every, *(2 * [whole.sum() - n.sum()]), "n")]
    for mask, values in ((scores, n * means), (agreeing.astype(float), n * shares / 100)):
        if not np.isnan(values).any():
            facts.append(Fact(mask, *(2 * [mask @ whole - values.sum()]), "comparison_items"))
    facts += [Fact(own, 0, most, "whole") for own, most in zip(np.eye(len(whole)), whole,
                                                               strict=True)]  # fmt: skip
    found = [ends(own, facts) for own in (*np.eye(len(whole)), agreeing.astype(float))]
    low, high = np.array(found).T
    return low, high
