"""The tables of a comparison as they may leave: no number of a few, nor what gives one back.

The results of each study leave too. What both say of the same people is subtracted by whoever reads
them: those who answered one wave alone, or are of neither group, are protected like the others. So
are those who changed, from one type to another or in what they agree with.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from rfree.base.inputs import BoolArray, FloatArray
from rfree.disclosure.count_forms import CountTable
from rfree.disclosure.suppression import hide_small_counts
from typology.questionnaire.item_answers import degrees
from typology.results.disclosure.blanks import (
    HIDDEN_COLUMN,
    blanked,
    one_digit,
    small,
    without,
)
from typology.results.disclosure.pattern import unweighed_classes
from typology.results.disclosure.told_tests import EFFECT_DECIMALS
from typology.tools.compare.comparison import Comparison
from typology.tools.compare.items import Answered

_P_VALUES = ("p_value", "p_holm", "holm", "bh")
_CHANGE = ("low", "high", "p_value", "p_holm")
_SLACK = 1e-6
_OF_CHANGE = ("low", "high", "p_value", "holm", "bh")


def published_comparison(comparison: Comparison, *, smallest: int) -> dict[str, pd.DataFrame]:
    """Return the tables of a comparison under the rule of the study.

    What is hidden of one sample is hidden of the other too: the results of both together would give
    it back.
    """
    tables = comparison.tables
    made = dict(tables)
    if smallest == 1:
        return made
    made["comparison_items"] = _items(comparison, smallest)
    shares = tables["comparison_shares"]
    hidden = _hidden_types(comparison, smallest)
    made["comparison_shares"] = without(
        shares, [name for name in shares.columns if name not in {"class", "type"}], hidden
    )
    few_moved = False
    if "comparison_transitions" in tables:
        moved = tables["comparison_transitions"]
        few_moved = bool(hidden.any() or small(moved["n"], smallest).any())
        made["comparison_transitions"] = without(
            moved, ("n", "share"), np.full(len(moved), few_moved)
        )
        made["comparison_shares"] = _without_change(
            made["comparison_shares"], moved, smallest, whole=bool(hidden.any())
        )
    if hidden.any() or few_moved:
        made["comparison_test"] = _coarse_test(tables["comparison_test"], n_types=len(shares))
    made["comparison_classes"] = _own_classes(
        tables["comparison_classes"], smallest, hidden=bool(hidden.any())
    )
    if any(np.ptp(each.weight) > 0 for each in (comparison.first, comparison.second)):
        _as_told_weighted(made, comparison)
    return made


def _as_told_weighted(made: dict[str, pd.DataFrame], comparison: Comparison) -> None:
    """Tell what is weighted no more exactly than the results of each study, or not at all there."""
    for name in ("comparison_shares", "comparison_transitions", "comparison_items"):
        if name in made:
            numbers = made[name].select_dtypes("float").columns
            made[name] = made[name].round(
                {
                    column: 2 if str(column).startswith("mean_") else 1
                    for column in numbers
                    if not str(column).startswith("n_") and not str(column).endswith(_P_VALUES)
                }
            )
    unweighed = unweighed_classes(comparison.reference)
    shares = made["comparison_shares"]
    rows = shares["class"].isin(unweighed).to_numpy()
    if not rows.any():
        return
    weighted = [
        name for name in shares.columns
        if name not in {"class", "type", HIDDEN_COLUMN} and not name.startswith("n_")
    ]  # fmt: skip
    made["comparison_shares"] = without(shares, weighted, rows)
    if "comparison_transitions" in made:
        moved = made["comparison_transitions"]
        made["comparison_transitions"] = without(moved, ["share"], np.full(len(moved), True))


def _hidden_types(comparison: Comparison, smallest: int) -> BoolArray:
    """Return of which types the shares are hidden."""
    numbers = comparison.tables["comparison_shares"]["class"].tolist()

    def by_type(answered: Answered) -> FloatArray:
        nearest = answered.nearest[answered.typed]
        return np.array([float((nearest == number).sum()) for number in numbers])

    told = comparison.tables["comparison_shares"][["n_first", "n_second"]].to_numpy(dtype=float)
    # Of a panel, who is compared has a type in both waves.
    others = [
        np.maximum(by_type(whole.answered) - told[:, whole.parts].sum(axis=1), 0)
        for whole in comparison.wholes
    ]
    counts = np.column_stack([told, *(each for each in others if each.any())])
    found = hide_small_counts(CountTable(counts), smallest=smallest)
    return np.asarray(found.cells.any(axis=1) | found.categories)


def _without_change(
    shares: pd.DataFrame, moved: pd.DataFrame, smallest: int, *, whole: bool
) -> pd.DataFrame:
    """Hide what tells how many came or went, of types that a few came to or left."""
    away = moved[moved["class_first"] != moved["class_second"]]
    left = away.groupby("class_first")["n"].sum().reindex(shares["class"], fill_value=0)
    came = away.groupby("class_second")["n"].sum().reindex(shares["class"], fill_value=0)
    few = small(left, smallest) | small(came, smallest) | np.full(len(shares), whole)
    return without(shares, _CHANGE, few)


def _coarse_test(test: pd.DataFrame, *, n_types: int) -> pd.DataFrame:
    """Tell the test as coarsely as those of a run; of two types it would tell one number."""
    every = np.full(len(test), True)
    p_value = one_digit(test["p_value"])
    return test.assign(
        statistic=blanked(test["statistic"], every),
        smallest_expected=blanked(test["smallest_expected"].astype(float), every),
        cramers_v=test["cramers_v"].astype(float).round(EFFECT_DECIMALS),
        p_value=blanked(p_value, every) if n_types <= 2 else p_value,
    )


def _own_classes(table: pd.DataFrame, smallest: int, *, hidden: bool) -> pd.DataFrame:
    """Hide all numbers of the classes made again where one is that of a few, or hidden above."""
    numbers = table[["n", "own_n"]].astype(float)
    if not len(table) or not (hidden or small(numbers, smallest).any()):
        return table
    told = without(table, ("n", "own_n"), np.full(len(table), True))
    # How much two groups overlap, of which one is known, would tell the other.
    return told.assign(jaccard=table["jaccard"].round(1))


def _items(comparison: Comparison, smallest: int) -> pd.DataFrame:
    """Hide the means of items with rare answers, and the shares agreeing of a few or all but."""
    table = comparison.tables["comparison_items"]
    found = [_hidden_of_item(str(item), comparison, smallest) for item in table["item"]]
    if not found:
        return table
    means, shares, mean_changes, share_changes = map(np.array, zip(*found, strict=True))
    changes = {"mean": means | mean_changes, "agree": shares | share_changes}
    hidden = changes["mean"] | changes["agree"]
    if not hidden.any():
        return table
    told: dict[str, pd.Series] = {}
    for name in map(str, table.columns):
        prefix, _, what = name.partition("_")
        if prefix in changes:
            plain = {"mean": means, "agree": shares}[prefix]
            told[name] = blanked(table[name], changes[prefix] if what in _OF_CHANGE else plain)
    # A place between two known differences would tell a hidden one.
    told["rank"] = blanked(table["rank"], means)
    told["rank"] = told["rank"].rank(method="first")
    return table.assign(**told, **{HIDDEN_COLUMN: hidden})


def _hidden_of_item(
    item: str, comparison: Comparison, smallest: int
) -> tuple[bool, bool, bool, bool]:
    """Return whether means, shares agreeing, and what tells who changed either, are hidden."""
    questionnaire = comparison.reference.questionnaire
    scale = questionnaire.scale_of(item)
    codes = np.array(scale.codes, dtype=float)
    stances = {
        stance: [at for at, code in enumerate(scale.codes) if scale.stance(code) == stance]
        for stance in ("disagree", "neutral", "agree")
    }
    agreeing = np.isin(np.arange(len(codes)), stances["agree"])

    def given(answered: Answered) -> FloatArray:
        own = degrees(answered.items[[item]], questionnaire)[item]
        return np.asarray(own.astype("Float64").astype(float), dtype=np.float64)

    def counted(values: FloatArray) -> FloatArray:
        return np.array([float((values == code).sum()) for code in codes])

    compared = [given(each) for each in comparison.compared]
    panel = comparison.tables["comparison_test"]["design"].iloc[0] == "panel"
    changes = np.zeros(0)
    agreed = np.zeros(0)
    if panel:  # those who answered twice are compared
        twice = ~np.isnan(compared[0]) & ~np.isnan(compared[1])
        compared = [each[twice] for each in compared]
        changes = np.sign(compared[1] - compared[0])
        one, two = (np.isin(each, codes[agreeing]).astype(float) for each in compared)
        agreed = two - one
    told = [counted(each) for each in compared]
    wholes = [counted(given(each.answered)) for each in comparison.wholes]
    groups = {name: own for name, own in stances.items() if own}
    found = hide_small_counts(CountTable(np.column_stack(told), groups), smallest=smallest)
    means = bool(found.cells.any() or found.categories.any())
    shares = any(each.any() for each in found.groups.values())
    for whole, counts in zip(comparison.wholes, wholes, strict=True):
        others = counts - np.sum([told[part] for part in whole.parts], axis=0)
        split = [float(others[agreeing].sum()), float(others[~agreeing].sum())]
        shares |= bool(small(split, smallest).any())
        known = [np.ones(len(codes)), codes, *([] if shares else [agreeing.astype(float)])]
        means |= _gives_back(np.array(known), others, most=counts, smallest=smallest)
    return means, shares, _few_changed(changes, smallest), _few_changed(agreed, smallest)


def _gives_back(known: FloatArray, counts: FloatArray, *, most: FloatArray, smallest: int) -> bool:
    """Return whether some sums of counts tell that one of them is that of a few."""
    from scipy.optimize import Bounds, LinearConstraint, milp  # noqa: PLC0415 - slow to import

    if counts.sum() < smallest:
        return bool(counts.any())
    sums = LinearConstraint(known, known @ counts - _SLACK, known @ counts + _SLACK)
    for aim in np.eye(len(counts))[small(counts, smallest)]:
        ends = [
            sign * milp(
                sign * aim, constraints=sums, bounds=Bounds(0, most),
                integrality=np.ones(len(counts)),
            ).fun
            for sign in (1, -1)
        ]  # fmt: skip
        if round(ends[0]) >= 1 and round(ends[1]) < smallest:
            return True
    return False


def _few_changed(changes: FloatArray, smallest: int) -> bool:
    return bool(small([(changes > 0).sum(), (changes < 0).sum()], smallest).any())
