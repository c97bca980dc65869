"""Two waves or two groups in the same types: shares, items, and whether the types still hold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from rfree.contingency import chi_squared, cramers_v
from rfree.inputs import FloatArray
from rfree.multiple_tests import adjusted_p_values
from rfree.partition_agreement import (
    adjusted_rand,
    jaccard_table,
    matched_cells,
    matched_classes,
    overlap_table,
)
from rfree.procrustes import procrustes
from rfree.two_samples import compare_means, compare_shares
from typology.assignment import NONE, TOO_FEW, assign_types
from typology.fitting import FittedTypology
from typology.model_file import model_content
from typology.questionnaire import Questionnaire


@dataclass(frozen=True)
class Sample:
    """One of the two samples compared.

    Parameters
    ----------
    name : str
        What it is called.
    items : DataFrame, respondents x items
        Codes, <NA> where there is no answer.
    own : FittedTypology or None
        The typology made from this sample alone, None where none can be.
    """

    name: str
    items: pd.DataFrame
    own: FittedTypology | None


@dataclass(frozen=True)
class Comparison:
    """Two samples in the types of a reference.

    Parameters
    ----------
    reference : FittedTypology
        Whose axes and classes are used: the first wave, or the study that holds both groups.
    first, second : Sample
    tables : dict of table name to DataFrame
        See :func:`compare_samples`.
    """

    reference: FittedTypology
    first: Sample
    second: Sample
    tables: dict[str, pd.DataFrame]


def compare_samples(reference: FittedTypology, first: Sample, second: Sample) -> Comparison:
    """Compare two samples in the types of a reference typology.

    Parameters
    ----------
    reference : FittedTypology
    first, second : Sample
        Independent of each other: not the same respondents asked twice.

    Returns
    -------
    Comparison
        With the tables, shares in percent, p-values of differences also by Holm (and, for items,
        Benjamini-Hochberg) over their table:

        - ``comparison_shares``: ``class``, ``type``, ``n_first``, ``n_second`` and the columns of
          `rfree.two_samples.compare_shares`, ``p_holm``. Everybody is of the nearest type, except
          who answered too little.
        - ``comparison_test``: ``n_first``, ``n_second``, ``too_few_first``, ``too_few_second``,
          ``none_first``, ``none_second`` (who lies far from every type: counted above, not
          tested, since the respondents of the reference have a type by definition), ``chi2``,
          ``df``, ``p_value``, ``cramers_v``, ``smallest_expected`` of the table of types.
        - ``comparison_items``: ``block``, ``item``, those of `rfree.two_samples.compare_means` as
          ``mean_...``, those of `compare_shares` for the share agreeing as ``agree_...``, each
          with ``_holm`` and ``_bh``, ``rank``: by the size of the difference between means.
        - ``comparison_classes``: by ``sample`` made again on its own, each ``class`` and ``type``
          of the reference, the ``own_class`` matched to it, ``n``, ``own_n``, ``jaccard``.
        - ``comparison_agreement``: by ``sample``, ``own_classes`` (their number), ``adjusted_rand``
          (own classes against the types of the reference), ``axes``, ``categories`` and
          ``map_correlation``: Procrustes between the maps of their active categories.
    """
    model = model_content(reference)
    assigned = {
        name: assign_types(model, sample.items, language="en")
        for name, sample in (("first", first), ("second", second))
    }
    made_again = [
        (name, sample)
        for name, sample in (("first", first), ("second", second))
        if sample.own is not None and sample.own is not reference
    ]
    tables = {
        "comparison_shares": _shares(model, assigned),
        "comparison_test": _test(model, assigned),
        "comparison_items": _items(reference.questionnaire, first.items, second.items),
        "comparison_classes": _own_classes(model, assigned, made_again),
        "comparison_agreement": _agreement(reference, assigned, made_again),
    }
    return Comparison(reference, first, second, tables)


def _counts(model: Mapping[str, Any], assigned: pd.DataFrame) -> npt.NDArray[np.int64]:
    """Return how many are nearest to each type, those who answered too little left out."""
    nearest = assigned.loc[assigned["remark"] != TOO_FEW, "nearest_class"]
    found = [int((nearest == each["class"]).sum()) for each in model["classes"]]
    return np.array(found, dtype=np.int64)


def _shares(model: Mapping[str, Any], assigned: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    first, second = (_counts(model, assigned[name]) for name in ("first", "second"))
    n_first, n_second = (np.full(len(first), float(each.sum())) for each in (first, second))
    table = compare_shares(_ratio(first, n_first), n_first, _ratio(second, n_second), n_second)
    table.insert(0, "class", [each["class"] for each in model["classes"]])
    table.insert(1, "type", [each["type"] for each in model["classes"]])
    table.insert(2, "n_first", first)
    table.insert(3, "n_second", second)
    table["p_holm"] = _adjusted(table["p_value"], "holm")
    return table


def _ratio(counts: npt.NDArray[np.int64], totals: FloatArray) -> FloatArray:
    return np.divide(counts, totals, out=np.zeros(len(counts)), where=totals > 0)


def _test(model: Mapping[str, Any], assigned: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    counts = np.stack([_counts(model, assigned[name]) for name in ("first", "second")])
    crossed = counts.astype(float)
    result = chi_squared(crossed)
    used = int((crossed.sum(axis=0) > 0).sum())
    plain, _ = cramers_v(result.statistic, float(crossed.sum()), (2, used))
    few, none = (
        {name: int((table["remark"] == remark).sum()) for name, table in assigned.items()}
        for remark in (TOO_FEW, NONE)
    )
    return pd.DataFrame(
        {
            "n_first": [int(counts[0].sum())],
            "n_second": [int(counts[1].sum())],
            "too_few_first": [few["first"]],
            "too_few_second": [few["second"]],
            "none_first": [none["first"]],
            "none_second": [none["second"]],
            "chi2": [result.statistic],
            "df": [result.df],
            "p_value": [result.p_value],
            "cramers_v": [plain],
            "smallest_expected": [result.smallest_expected],
        }
    )


def _items(questionnaire: Questionnaire, first: pd.DataFrame, second: pd.DataFrame) -> pd.DataFrame:
    shared = [item for item in questionnaire.items if item in first and item in second]
    codes = [each[shared].astype("Float64").astype(float) for each in (first, second)]
    means = compare_means(*codes)
    agree = [_agreeing(each, questionnaire) for each in codes]
    counts = [each.notna().sum().to_numpy(dtype=float) for each in agree]
    shares = [each.mean().fillna(0.0).to_numpy() for each in agree]
    agreeing = compare_shares(shares[0], counts[0], shares[1], counts[1])
    table = pd.DataFrame({"block": [questionnaire.block_of(item).id for item in shared]})
    table["item"] = shared
    for prefix, part in (("mean", means.reset_index(drop=True)), ("agree", agreeing)):
        for method in ("holm", "bh"):
            part[method] = _adjusted(part["p_value"], method)
        for column in part:
            name = str(column)
            plain = name in ("n_first", "n_second") or name.startswith(prefix)
            table[name if plain else f"{prefix}_{name}"] = part[column].to_numpy()
    # On scales of different lengths, differences are compared as shares of the scale.
    lengths = [_width(questionnaire, item) for item in shared]
    moved = (table["mean_difference"].abs() / lengths).fillna(-1.0)
    table["rank"] = moved.rank(ascending=False, method="first").astype(int)
    return table


def _width(questionnaire: Questionnaire, item: str) -> int:
    codes = questionnaire.scale_of(item).codes
    return codes[-1] - codes[0]


def _agreeing(codes: pd.DataFrame, questionnaire: Questionnaire) -> pd.DataFrame:
    agreeing = {}
    for item in codes:
        scale = questionnaire.scale_of(str(item))
        agree = [code for code in scale.codes if scale.stance(code) == "agree"]
        agreeing[item] = codes[item].isin(agree).astype(float).where(codes[item].notna())
    return pd.DataFrame(agreeing, index=codes.index)


def _own_classes(
    model: Mapping[str, Any],
    assigned: Mapping[str, pd.DataFrame],
    made_again: list[tuple[str, Sample]],
) -> pd.DataFrame:
    rows = []
    for name, sample in made_again:
        overlap = _overlap(assigned[name], sample)
        match = matched_classes(overlap)
        cells = pd.Series(matched_cells(jaccard_table(overlap), match), index=match.index)
        for each in model["classes"]:
            number = each["class"]
            found = number in match.index
            rows.append(
                {
                    "sample": name,
                    "class": number,
                    "type": each["type"],
                    "own_class": int(match[number]) if found else pd.NA,
                    "n": int(overlap.loc[number].sum()) if found else 0,
                    "own_n": int(overlap[match[number]].sum()) if found else pd.NA,
                    "jaccard": float(cells[number]) if found else 0.0,
                }
            )
    columns = ["sample", "class", "type", "own_class", "n", "own_n", "jaccard"]
    table = pd.DataFrame(rows, columns=columns)
    return table.astype({"own_class": "Int64", "own_n": "Int64"})


def _overlap(assigned: pd.DataFrame, sample: Sample) -> pd.DataFrame:
    """Cross the nearest types of the reference with the classes made again."""
    assert sample.own is not None
    own = sample.own.classes.labels
    nearest = pd.Series(assigned["nearest_class"].to_numpy(dtype=int), index=sample.items.index)
    return overlap_table(nearest.loc[own.index], own)


def _agreement(
    reference: FittedTypology,
    assigned: Mapping[str, pd.DataFrame],
    made_again: list[tuple[str, Sample]],
) -> pd.DataFrame:
    rows = []
    for name, sample in made_again:
        assert sample.own is not None
        axes, shared, correlation = _maps(reference, sample.own)
        rows.append(
            {
                "sample": name,
                "own_classes": sample.own.classes.hcpc.n_classes_,
                "adjusted_rand": adjusted_rand(_overlap(assigned[name], sample)),
                "axes": axes,
                "categories": shared,
                "map_correlation": correlation,
            }
        )
    columns = ["sample", "own_classes", "adjusted_rand", "axes", "categories", "map_correlation"]
    return pd.DataFrame(rows, columns=columns)


def _maps(reference: FittedTypology, own: FittedTypology) -> tuple[int, int, float]:
    """Return the axes and the active categories two maps share, and how alike they are."""
    axes = min(reference.axes.number, own.axes.number)
    maps = []
    for each in (reference, own):
        mca = each.axes.mca
        maps.append(mca.column_coordinates_[mca.column_roles_ == "active"].iloc[:, :axes])
    shared = maps[0].index.intersection(maps[1].index, sort=False)
    weights = reference.axes.mca.column_weights_.loc[shared].to_numpy(dtype=float)
    first, second = (np.asarray(each.loc[shared], dtype=float) for each in maps)
    fit = procrustes(first, second, np.asarray(weights, dtype=float))
    return axes, len(shared), fit.correlation


def _adjusted(p_values: pd.Series, method: str) -> FloatArray:
    """Correct p-values for their number, leaving out those that were not computed."""
    known = p_values.notna().to_numpy()
    adjusted = np.full(len(p_values), np.nan)
    if known.any():
        adjusted[known] = adjusted_p_values(
            p_values.to_numpy(dtype=float)[known],
            "holm" if method == "holm" else "bh",
        )
    return adjusted
