"""What is hidden of single tables besides what is declared of them."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from rfree.base.inputs import FloatArray
from rfree.disclosure.count_forms import CountTable
from rfree.disclosure.suppression import hide_small_counts
from rfree.items.agreement import ranking
from typology.exhibits.run_tables import Tables
from typology.results.disclosure.blanks import HIDDEN_COLUMN, blanked, small, without
from typology.results.disclosure.pattern import ALL, MARGIN, Pattern
from typology.results.disclosure.statistics.told_models import (
    told_curves,
    told_distances,
    told_likelihoods,
    told_reliability,
)
from typology.results.disclosure.statistics.told_places import (
    told_axis_categories,
    told_axis_variables,
    told_categories,
    told_category_ellipses,
    told_class_ellipses,
    told_crossed_effects,
    told_subgroup_axes,
    told_subgroups,
)
from typology.results.disclosure.subgroups import (
    answers_of_subgroups,
    crossed_answers,
    placed_subgroups,
)
from typology.results.disclosure.told_measures import MANY_MEASURED, MEASURED_KINDS

Change = Callable[[pd.DataFrame, Tables, Pattern], pd.DataFrame]
"""Makes a table without what is hidden, from it, the tables made before it, and the pattern."""
_ENDS = ("smallest_weight", "largest_weight")


def _moves(table: pd.DataFrame, _: Tables, pattern: Pattern) -> pd.DataFrame:
    """Hide who moved where, all of it, where one of the moves is that of a few."""
    few = small(table["n"], pattern.smallest).any()
    return without(table, ["n"], np.full(len(table), few))


def _branches(table: pd.DataFrame, _: Tables, pattern: Pattern) -> pd.DataFrame:
    """Hide the sizes of all branches of the tree where that of one, or of a class, is a few.

    The size of two branches, less that of one, is that of the other.
    """
    sizes = "n" if "n" in table else "size"
    few = bool(pattern.classes) or small(table[sizes], pattern.smallest).any()
    return without(table, [sizes], np.full(len(table), few))


def _of_both(table: pd.DataFrame, _: Tables, pattern: Pattern) -> pd.DataFrame:
    """Hide how many two neighbours are where the size of one of them is hidden."""
    hidden = table["class"].isin(pattern.classes) | table["neighbour"].isin(pattern.classes)
    return without(table, ["n"], hidden.to_numpy(dtype=bool))


def _whole(column: str) -> Change:
    """Return a change: the number of a column is hidden where it, or all but it, is a few."""

    def change(table: pd.DataFrame, _: Tables, pattern: Pattern) -> pd.DataFrame:
        others = table["n"] - table[column]
        few = small(table[column], pattern.smallest) | small(others, pattern.smallest)
        return without(table, [column], few)

    return change


def _each(columns: tuple[str, ...]) -> Change:
    """Return a change: numbers that sum up to nothing else are hidden where they are a few."""

    def change(table: pd.DataFrame, _: Tables, pattern: Pattern) -> pd.DataFrame:
        for name in columns:
            table = without(table, [name], small(table[name], pattern.smallest))
        return table

    return change


def _confidence(table: pd.DataFrame, _: Tables, pattern: Pattern) -> pd.DataFrame:
    """Hide how many are doubtful of a class where they are a few, and of another class then."""
    once = table.drop_duplicates("class").set_index("class")["doubtful"].astype(float)
    few = pd.Series(small(once, pattern.smallest), index=once.index)
    whole = small(table["all_doubtful"], pattern.smallest)
    others = once[~few & (once > 0)].sort_values(kind="stable")
    while few.any() and len(others) and (few.sum() < 2 or once[few].sum() < pattern.smallest):
        few[others.index[0]] = True
        others = others.iloc[1:]
    rows = table["class"].map(few).to_numpy(dtype=bool)
    if not rows.any() and not whole.any():
        return table
    return table.assign(
        doubtful=blanked(table["doubtful"], rows),
        all_doubtful=blanked(table["all_doubtful"], whole),
        hidden=rows | whole,
    )


def _told_agreement(table: pd.DataFrame, tables: Tables, pattern: Pattern) -> pd.DataFrame:
    """Tell of a hidden share of those who agree whole tens. Uses ``item_agreement`` as it was."""
    keys = _keys(table, ALL)
    told = _to_tens(table["agree_share"], tables["item_agreement"]["agree_share"], keys, pattern)
    ranked = _ranks_of_told(table.assign(agree_share=told["agree_share"]), keys, pattern)
    table = table.assign(rank=ranked)
    return table.assign(**told) if told["agree_share_rounded"].any() else table


def _ranks_of_told(
    table: pd.DataFrame, keys: list[tuple[str, int]], pattern: Pattern
) -> pd.Series[Any]:
    """Return the ranks of the items by what is told of them: others would place a hidden share.

    A share that is hidden as that of a few ranks as none, that of all but a few as all.
    """
    if HIDDEN_COLUMN not in table:
        return table["rank"]
    ends = np.array([{-1: 0.0, 1: 100.0}.get(pattern.few.get(key, 0), -1.0) for key in keys])
    shares = table["agree_share"].astype(float)
    shares = shares.where(shares.notna() | table["rank"].isna(), pd.Series(ends, table.index))
    consensus = table["consensus"].astype(float)
    consensus = consensus.where(consensus.notna() | table["rank"].isna(), -1.0)
    known = table.assign(agree_share=shares, consensus=consensus)
    ranked = [ranking(own)[["item", "rank"]] for _, own in known.groupby("block", sort=False)]
    ranks = pd.concat(ranked).set_index("item")["rank"]
    return table["item"].map(ranks).astype(table["rank"].dtype)


def _told_shares(table: pd.DataFrame, tables: Tables, pattern: Pattern) -> pd.DataFrame:
    """Tell of a hidden share whole tens, or that it is below, or above, that of a few."""
    if HIDDEN_COLUMN not in table:
        return table
    whole = tables["class_profiles"]  # not yet that which leaves
    keys = _keys(table, table["class"])
    side = np.array([pattern.few.get(key, 0) for key in keys])
    gone, few = table["agree_share"].isna(), 100 * pattern.smallest / table["n"].astype(float)
    return table.assign(
        agree_below=few.where(gone & (side < 0)),
        agree_above=(100 - few).where(gone & (side > 0)),
        **_to_tens(table["agree_share"], whole["agree_share"], keys, pattern),
        **_to_tens(
            table["overall_agree_share"], whole["overall_agree_share"], _keys(table, ALL), pattern
        ),
    )


def _keys(table: pd.DataFrame, classes: pd.Series[Any] | int) -> list[tuple[str, int]]:
    """Return the item and the class of each row."""
    numbers = np.broadcast_to(classes, len(table)).tolist()
    return list(zip(table["item"].astype(str), map(int, numbers), strict=True))


def _to_tens(
    shares: pd.Series[Any], whole: pd.Series[Any], keys: list[tuple[str, int]], pattern: Pattern
) -> dict[str, pd.Series[Any]]:
    """Return shares with whole tens where that is told of hidden ones, and where it is."""
    tens = shares.isna() & np.array([key in pattern.rounded for key in keys], dtype=bool)
    name = str(shares.name)
    return {name: shares.where(~tens, whole.round(-1)), f"{name}_rounded": tens}


def _bands_of_several(table: pd.DataFrame, tables: Tables, pattern: Pattern) -> pd.DataFrame:
    """Join the bands along a boundary until each holds nobody or several.

    And do not tell of which type they are where there are a few of one, or where nothing weighted
    is told of one of both: its share of all bands is its weighted size.
    """
    sides = ["class_percent", "neighbour_percent"]
    parts = []
    for row in tables["boundaries"].to_dict("records"):
        rows = table[(table["class"] == row["class"]) & (table["neighbour"] == row["neighbour"])]
        if pd.isna(row["n"]):  # the sizes of both are hidden: so is of whom they are
            sized = np.ones(len(rows), dtype=bool)
            parts.append(without(rows, [*sides, "both_percent"], sized))
            continue
        unit = float(row["n"]) / 100
        bands = _bands(rows["both_percent"].to_numpy(dtype=float) * unit, pattern.smallest)
        summed = rows.groupby(bands).agg(
            {"from_place": "first", "to_place": "last",
             **dict.fromkeys([*sides, "both_percent", "continuum_percent"], "sum")}
        )  # fmt: skip
        summed = summed.assign(**{"class": row["class"], "neighbour": row["neighbour"]})
        counts = np.round(summed[sides].to_numpy(dtype=float) * unit)
        few = np.asarray(
            hide_small_counts(CountTable(counts), smallest=pattern.smallest).cells.any(axis=1)
        )
        unweighed = not pattern.unweighed.isdisjoint((row["class"], row["neighbour"]))
        few = few | (pattern.weighted and unweighed)
        gone = {side: blanked(summed[side], few) for side in sides}
        parts.append(summed.assign(**gone, **{HIDDEN_COLUMN: few}))
    joined = pd.concat(parts, ignore_index=True) if parts else table
    if HIDDEN_COLUMN in joined and not joined[HIDDEN_COLUMN].any():
        joined = joined.drop(columns=HIDDEN_COLUMN)
    return joined[[*table.columns, *joined.columns.difference(table.columns)]]


def _bands(counts: FloatArray, smallest: int) -> npt.NDArray[np.int64]:
    """Return the band of each row: rows are joined until no number is that of a few."""
    bands, band, joined = [], 0, 0.0
    for count in np.round(counts):
        bands.append(band)
        joined += count
        if joined == 0 or joined >= smallest:
            band, joined = band + 1, 0.0
    # The last rows, where they are too few, belong to the band before.
    return np.minimum(np.array(bands, dtype=np.int64), np.int64(max(band - 1, 0)))


def _profile_means(table: pd.DataFrame, _: Tables, pattern: Pattern) -> pd.DataFrame:
    """Round the mean of each class on each block: exact, it would give back those of its items."""
    if not pattern.mixed:
        return table
    decimals = pattern.decimals
    columns = {
        name: table[name].astype(float).round(decimals.get(name.removeprefix("mean_"), 1))
        for name in map(str, table.columns)
        if name.startswith("mean_")
    }
    for name in ("mean", "unweighted_mean", "weighted_mean"):
        if name in table:
            two = table["block"].map(decimals).eq(2)
            columns[name] = table[name].astype(float)
            columns[name] = columns[name].round(2).where(two, columns[name].round(1))
    return table.assign(**columns)


def _measures(columns: tuple[str, ...], *, times: int = 1) -> Change:
    """Return a change: what sums up the numbers of a few is hidden, and of the next class then.

    Of both together, the numbers of all would give back the first. A few are so many ``times`` the
    smallest number shown: a mean with its deviation and quartiles are five ages of five persons.
    """

    def change(table: pd.DataFrame, _: Tables, pattern: Pattern) -> pd.DataFrame:
        known = [name for name in columns if name in table]
        measured = table[known].notna().any(axis=1) & (table["class"] != ALL)
        few = np.zeros(len(table), dtype=bool)
        places = pd.Series(np.arange(len(table)), index=table.index)
        keys = [name for name in ("variable", "kind") if name in table]
        for _key, rows in table[measured].groupby(keys, sort=False):
            own = small(rows["n"], times * pattern.smallest)
            if own.any() and own.sum() < 2:
                others = rows["n"][~own].sort_values(kind="stable").index[:1]
                few[places[others]] = True
            few[places[rows.index[own]]] = True
        return without(table, known, few)

    return change


def _agreement_of_ranks(table: pd.DataFrame, _: Tables, pattern: Pattern) -> pd.DataFrame:
    """Hide what is made of the means of ranks where one of them is hidden."""
    asked = {name.partition(":")[0] for name in pattern.averageless}
    rows = table["variable"].astype(str).isin(asked).to_numpy()
    return without(table, ("kendalls_w", "statistic", "p_value"), rows)


def _of_few_values(spreads: tuple[str, ...], means: tuple[str, ...]) -> Change:
    """Return a change: what would tell how many gave each of a few values is hidden."""

    def change(table: pd.DataFrame, _: Tables, pattern: Pattern) -> pd.DataFrame:
        names = table["variable"].astype(str)
        measured = np.ones(len(table), dtype=bool)
        if "kind" in table:
            measured = table["kind"].isin(MEASURED_KINDS).to_numpy()
        for columns, of in ((spreads, pattern.spreadless), (means, pattern.averageless)):
            rows = measured & names.isin(of).to_numpy()
            table = without(table, [name for name in columns if name in table], rows)
        return table

    return change


def _sizes_of_other_cuts(table: pd.DataFrame, _: Tables, pattern: Pattern) -> pd.DataFrame:
    """Hide the sizes of small classes of other cuts, with the next of the same cut."""
    few = small(table["n"], pattern.smallest)
    for _case, rows in table.groupby("case", sort=False):
        own = few[rows.index]
        if own.any() and (own.sum() < 2 or rows["n"][own].sum() < pattern.smallest):
            others = rows["n"][~own].sort_values(kind="stable")
            few[others.index[:1]] = True
    shares = [name for name in ("share", "kept_share", "jaccard") if name in table]
    # One of the other cuts may be that of the study.
    untold = np.full(len(table), pattern.weighted and bool(pattern.unweighed))
    return without(without(table, ["n", *shares], few), shares, untold)


def _smallest_share(table: pd.DataFrame, public: Tables, pattern: Pattern) -> pd.DataFrame:
    n = float(public["flow"].set_index("step_id")["remaining"]["analysed"])
    few = small(table["smallest_share"] * n / 100, pattern.smallest)
    return without(table, ["smallest_share"], few)


def _reported(table: pd.DataFrame, _: Tables, pattern: Pattern) -> pd.DataFrame:
    few = small(table["n"], pattern.smallest)
    few |= small(table["base"] - table["n"], pattern.smallest)
    return without(table, ("n", "computed", "difference"), few)


def _side_by_side(table: pd.DataFrame, _: Tables, pattern: Pattern) -> pd.DataFrame:
    """Hide the sizes of classes, weighted and not, where one of the two is that of a few."""
    numbers = ("unweighted_n", "weighted_n")
    few = np.logical_or.reduce([small(table[name], pattern.smallest) for name in numbers])
    return without(table, (*numbers, "unweighted_share", "weighted_share"), few)


def _weights(table: pd.DataFrame, _: Tables, pattern: Pattern) -> pd.DataFrame:
    """Tell of the weights what leaves open how many have each.

    The smallest and the largest are those of one respondent, or of one combination of answers to
    the margins; the effective number is an equation of how these answers cross. Where a number of a
    margin is hidden, its weights are the inverse of it.
    """
    touched = any(name.startswith(MARGIN) for name in pattern.touched)
    hidden = touched & (table["weights"] == "margins") | (pattern.weighing == "hidden")
    if pattern.weighing != "exact" and not hidden.all():
        whole = table["effective_n"].astype(float).round()
        table = table.assign(effective_n=whole, design_effect=table["n"] / whole)
        return without(table, _ENDS, np.ones(len(table), dtype=bool))
    told = ("effective_n", "design_effect", *_ENDS, "largest_gap")
    return without(table, told, hidden.to_numpy())


def _other_weighting(table: pd.DataFrame, _: Tables, __: Pattern) -> pd.DataFrame:
    """Round what is weighted, be the main results weighted or not: its decimals tell who weighs."""
    decimals = {"weighted_share": 1, "weighted_mean": 2}
    return table.round({name: own for name, own in decimals.items() if name in table})


def _of_a_design(table: pd.DataFrame, _: Tables, __: Pattern) -> pd.DataFrame:
    """Round shares and their intervals, the middle of which they are."""
    return table.round(dict.fromkeys(("share", "std_error", "low", "high"), 1))


def _total_inertia(table: pd.DataFrame, tables: Tables, pattern: Pattern) -> pd.DataFrame:
    """Tell the rates of the axes as if as many had given each passive answer of a few.

    The eigenvalues add up to what the active answers leave to the passive ones: so those of the
    axes that are not kept have three decimals too. Uses ``categories``, as it was, ``axis_blocks``
    and ``item_distribution``.
    """
    once = tables["categories"].drop_duplicates(["variable", "category"])
    pairs = zip(once["variable"].astype(str), once["category"].astype(str), strict=True)
    hidden = np.array([(*pair, ALL) in pattern.cells for pair in pairs]) & (
        once["role"].eq("passive").to_numpy()
    )
    if not hidden.any():
        return table
    eigenvalues = table["eigenvalue"].astype(float)
    kept = table["kept"].astype(bool) if "kept" in table else table["axis"] <= 0
    coarse = eigenvalues.where(kept, eigenvalues.round(3))
    if "percent" not in table:
        return table.assign(eigenvalue=coarse)
    blocks = tables["axis_blocks"].drop_duplicates("block").set_index("block")
    of_item = tables["item_distribution"].drop_duplicates("item").set_index("item")["block"]
    weights = once["variable"][hidden].map(of_item).map(blocks["weight"]).fillna(1.0)
    answers = float(blocks["items"].sum()) * float(tables["completeness"]["n"].iloc[0])
    other = (weights * (pattern.smallest / 2 - once["n"][hidden])).sum() / answers
    total = eigenvalues.sum() + float(other)
    percent = 100 * coarse / total
    return table.assign(eigenvalue=coarse, percent=percent, cumulative=percent.cumsum())


def _sparse(table: pd.DataFrame, _: Tables, pattern: Pattern) -> pd.DataFrame:
    """Name every hidden number of the characteristics of a model, not the small ones alone."""
    variables = list(dict.fromkeys(table["variable"]))
    hidden = sorted(each for each in pattern.cells if each[0] in variables and each[2] != ALL)
    if not hidden:
        return table
    named = pd.DataFrame(hidden, columns=["variable", "category", "class"])
    kept = table[table["n"].notna() & (table["n"] == 0)]
    both = pd.concat([kept.drop(columns=HIDDEN_COLUMN, errors="ignore"), named], ignore_index=True)
    both[HIDDEN_COLUMN] = both["n"].isna()
    order = both["variable"].map({name: at for at, name in enumerate(variables)})
    ordered = both.assign(order=order).sort_values(["order", "category", "class"], kind="stable")
    return ordered.drop(columns="order").reset_index(drop=True)


def _shown_verbatims(table: pd.DataFrame, _: Tables, pattern: Pattern) -> pd.DataFrame:
    """Keep the texts that are quoted, of those of whom several wrote."""
    authors = table.groupby(["variable", "class"])["text"].transform("size")
    return table[table["shown"].astype(bool) & (authors >= pattern.smallest)]


def _points_of_told_answers(table: pd.DataFrame, _: Tables, pattern: Pattern) -> pd.DataFrame:
    """Leave out the points of an answer whose number, or whose place, is hidden: they add up."""
    pairs = zip(table["variable"].astype(str), table["category"].astype(str), strict=True)
    told = [(*pair, ALL) not in pattern.cells and pair not in pattern.unplaced for pair in pairs]
    return table[np.array(told, dtype=bool)]


_NAMING = {"respondents": "…", "line": "exclusions: …"}


def _unnamed_warnings(table: pd.DataFrame, _: Tables, pattern: Pattern) -> pd.DataFrame:
    """Name nobody, and tell no size of a small class."""
    details = []
    for told in table["details"]:
        values = json.loads(told)
        values |= {name: text for name, text in _NAMING.items() if name in values}
        if pattern.classes and "classes" in values:
            values["classes"] = str(values["classes"]).partition(" (n")[0] + ", …"
        details.append(json.dumps(values, ensure_ascii=False))
    return table.assign(details=details)


SINGLE_TABLES: Mapping[str, tuple[Change, ...]] = {
    "item_agreement": (_told_agreement,),
    "class_profiles": (_told_shares,),
    "characteristics": (
        _measures(("mean", "sd", "median", "q1", "q3")),
        _measures(("sd", "median", "q1", "q3"), times=MANY_MEASURED),
        _of_few_values(("sd", "median", "q1", "q3"), ("mean",)),
    ),
    "class_quantities": (
        _measures(("class_mean", "class_sd", "p_value", "p_adjusted", "v_test")),
        _measures(("class_sd",), times=MANY_MEASURED),
        _of_few_values(
            ("class_sd", "overall_sd", "p_value", "p_adjusted", "v_test"),
            ("class_mean", "overall_mean"),
        ),
    ),
    "characteristic_tests": (
        _of_few_values(("statistic", "p_value", "p_holm", "p_bh", "effect"), ()),
    ),
    "rank_agreement": (_agreement_of_ranks,),
    "axes": (_total_inertia,),
    "parallel_analysis": (_total_inertia,),
    "weights_summary": (_each(("trimmed",)), _weights),
    "tree": (_branches,),
    "tree_branches": (_branches,),
    "boundaries": (_of_both,),
    "class_moves": (_moves,),
    "consolidation": (_whole("moved"),),
    "imputation_changed": (_whole("changed"),),
    "completeness": (_whole("complete"),),
    "stability_confidence": (_confidence,),
    "classes": (_profile_means, told_distances),
    "class_means": (_profile_means,),
    "weighting_means": (_other_weighting, _profile_means),
    "sensitivity_classes": (_sizes_of_other_cuts,),
    "latent_classes": (_smallest_share, told_likelihoods),
    "answer_models": (told_likelihoods,),
    "reliability": (told_reliability,),
    "factor_number": (told_reliability,),
    "comparison_curves": (told_curves,),
    "categories": (told_categories,),
    "axis_categories": (told_axis_categories,),
    "axis_variables": (told_axis_variables,),
    "class_ellipses": (told_class_ellipses,),
    "category_ellipses": (told_category_ellipses,),
    "subgroups": (told_subgroups,),
    "other_methods": (_smallest_share,),
    "reported_shares": (_reported,),
    "weighting_comparison": (_other_weighting, _side_by_side),
    "survey_shares": (_of_a_design,),
    "membership_sparse": (_sparse,),
    "answer_quality": (_each(("one_answer", "nearly_one", "long_run", "twins", "repeats")),),
    "boundary_profiles": (_bands_of_several,),
    "subgroup_axes": (placed_subgroups, told_subgroup_axes),
    "subgroup_inertia": (placed_subgroups,),
    "subgroup_categories": (answers_of_subgroups, told_categories),
    "crossed_categories": (crossed_answers, told_categories),
    "crossed_effects": (told_crossed_effects,),
    "verbatims": (_shown_verbatims,),
    "question_points": (_points_of_told_answers,),
    "splits": (_each(("smaller",)),),
    "warnings": (_unnamed_warnings,),
}
