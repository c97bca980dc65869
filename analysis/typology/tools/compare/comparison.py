"""Two waves or two groups in the same types: shares, items, and whether the types still hold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from rfree.axes.procrustes import Protest, protest
from rfree.base.inputs import FloatArray
from rfree.classes.partition_agreement import (
    adjusted_rand,
    jaccard_table,
    matched_cells,
    matched_classes,
    overlap_table,
)
from typology.fit.fitted_typology import FittedTypology
from typology.results.model_file import model_content
from typology.tools.assign.assignment import assign_types
from typology.tools.compare.independent import independent_tables
from typology.tools.compare.invariance import comparability, invariance_table
from typology.tools.compare.items import Answered, Whole
from typology.tools.compare.panel import paired_samples, panel_tables


@dataclass(frozen=True)
class Sample:
    """One of the two samples compared: what it is called, and its answers as codes.

    ``own`` is the typology made from this sample alone, None where none can be; ``weights``, all
    positive, are None where all respondents weigh the same.
    """

    name: str
    items: pd.DataFrame
    own: FittedTypology | None
    weights: FloatArray | None = None

    @property
    def weight(self) -> FloatArray:
        """Return what each respondent weighs."""
        return np.ones(len(self.items)) if self.weights is None else self.weights


@dataclass(frozen=True)
class Comparison:
    """Two samples in the types of a reference.

    The axes and classes used are those of the reference: the first wave, or the study that holds
    both groups. The tables are those of :func:`compare_samples`. ``compared`` are those whom the
    tables count, ``wholes`` those whom the results of each study count.
    """

    reference: FittedTypology
    first: Sample
    second: Sample
    tables: dict[str, pd.DataFrame]
    compared: tuple[Answered, Answered]
    wholes: tuple[Whole, ...]


def compare_samples(
    reference: FittedTypology,
    first: Sample,
    second: Sample,
    *,
    pairs: pd.DataFrame | None = None,
) -> Comparison:
    """Compare two samples in the types of a reference typology.

    ``pairs``, of a panel, has ``first`` and ``second``, the same person in the index of each
    sample: only those are compared, each with themselves. None: the samples are independent.

    Shares are in percent and weighted, numbers of respondents; p-values of differences also by Holm
    (and, for items, Benjamini-Hochberg) over their table. The tables are:

    - ``comparison_shares``: ``class``, ``type``, ``n_first``, ``n_second`` and the columns of
      `rfree.samples.two_samples.compare_shares` (of a panel: `rfree.samples.paired_samples`),
      ``p_holm``. Everybody is of the nearest type, except who answered too little.
    - ``comparison_test``: ``design`` ("independent" or "panel"), ``n_first``, ``n_second``,
      ``only_first``, ``only_second`` (of a panel: respondents of one sample alone, not
      compared), ``too_few_first``, ``too_few_second``, ``none_first``, ``none_second`` (who
      lies far from every type: counted above, not tested, since the respondents of the
      reference have a type by definition), ``weighted``, ``test`` ("chi_squared",
      "fisher_freeman_halton" where chi-squared cannot be trusted, "rao_scott",
      "stuart_maxwell"), ``statistic``, ``df`` (of chi-squared), ``p_value`` (of the test),
      ``cramers_v``, ``smallest_expected`` of the table of types; ``comparable``: whether the
      invariance of the items allows the comparison ("yes", "some": some items moved, "no",
      "untested").
    - ``comparison_invariance``: see `typology.tools.compare.invariance`.
    - ``comparison_items``: ``block``, ``item``, those of
    `rfree.samples.two_samples.compare_means` as
      ``mean_...``, those of `compare_shares` for the share agreeing as ``agree_...`` (of a
      panel: paired, by Wilcoxon's and McNemar's tests), each with ``_holm`` and ``_bh``,
      ``rank``: by the size of the difference between means.
    - ``comparison_transitions``, of a panel only: see `typology.tools.compare.panel`.
    - ``comparison_classes``: by ``sample`` made again on its own, each ``class`` and ``type``
      of the reference, the ``own_class`` matched to it, ``n``, ``own_n``, ``jaccard``.
    - ``comparison_agreement``: by ``sample``, ``own_classes`` (their number), ``adjusted_rand``
      (own classes against the types of the reference), ``axes``, ``categories`` and
      ``map_correlation``: Procrustes between the maps of their active categories, with ``m2``,
      ``map_p_value`` and ``permutations`` of Jackson's test.
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
    one, two = (
        Answered(sample.items, assigned[name], sample.weight)
        for name, sample in (("first", first), ("second", second))
    )
    questionnaire, classes = reference.questionnaire, model["classes"]
    if pairs is None:
        seed = reference.study.choices.seed
        tables = independent_tables(questionnaire, classes, one, two, seed=seed)
        asked = (one, two)
    else:
        tables = panel_tables(questionnaire, classes, one, two, pairs=pairs)
        asked = paired_samples(one, two, pairs)
    invariance = invariance_table(
        questionnaire, reference.active.categories.columns, *asked, paired=pairs is not None
    )
    tables["comparison_test"]["comparable"] = comparability(invariance)
    tables |= {
        "comparison_invariance": invariance,
        "comparison_classes": _own_classes(model, assigned, made_again),
        "comparison_agreement": _agreement(reference, assigned, made_again),
    }
    wholes: tuple[Whole, ...] = (Whole(one, (0,)), Whole(two, (1,)))
    if first.own is not reference:
        given = reference.given
        everybody = Answered(
            given, assign_types(model, given, language="en"), reference.sample_weight
        )
        wholes = (Whole(everybody, (0, 1)),)
    return Comparison(reference, first, second, tables, asked, wholes)


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
        axes, shared, test = _maps(reference, sample.own)
        rows.append(
            {
                "sample": name,
                "own_classes": sample.own.classes.number,
                "adjusted_rand": adjusted_rand(_overlap(assigned[name], sample)),
                "axes": axes,
                "categories": shared,
                "map_correlation": test.correlation,
                "m2": test.m2,
                "map_p_value": test.p_value,
                "permutations": test.permutations,
            }
        )
    columns = ["sample", "own_classes", "adjusted_rand", "axes", "categories", "map_correlation",
               "m2", "map_p_value", "permutations"]  # fmt: skip
    return pd.DataFrame(rows, columns=columns)


def _maps(reference: FittedTypology, own: FittedTypology) -> tuple[int, int, Protest]:
    """Return the axes and the active categories two maps share, and how alike they are."""
    axes = min(reference.axes.number, own.axes.number)
    maps = []
    for each in (reference, own):
        mca = each.axes.mca
        maps.append(mca.column_coordinates_[mca.column_roles_ == "active"].iloc[:, :axes])
    shared = maps[0].index.intersection(maps[1].index, sort=False)
    weights = reference.axes.mca.column_weights_.loc[shared].to_numpy(dtype=float)
    first, second = (np.asarray(each.loc[shared], dtype=float) for each in maps)
    random = np.random.default_rng(reference.study.choices.seed)
    mass = np.asarray(weights, dtype=np.float64)
    return axes, len(shared), protest(first, second, mass, random=random)
