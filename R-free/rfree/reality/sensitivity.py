"""How much of the partition depends on the choices made: a grid of other choices."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd
from joblib import Parallel, delayed

from rfree.base.class_labels import check_numbers
from rfree.base.inputs import FloatArray, IntArray, check_weights
from rfree.base.limits import LimitError
from rfree.base.weighting import scaled_weights
from rfree.classes.chain import ChainSettings, TooFewPositionsError, code_table, run_chain
from rfree.classes.consolidation import consolidate_groups
from rfree.classes.hcpc import number_along_first_axis
from rfree.classes.partition_agreement import (
    adjusted_rand,
    jaccard_table,
    matched_cells,
    matched_classes,
    overlap_table,
)
from rfree.classes.tree import grow_tree
from rfree.classes.ward import distinct_points

# Fitted without consolidation and classes of its own: only its axes are used.
_FEWEST_CLASSES = 2


@dataclass(frozen=True)
class AlternativeTable:
    """One way of making the active table.

    Attributes
    ----------
    settings : mapping
        What sets this table apart, such as ``{"missing": "passive", "active_set": "fears"}``: one
        column of the results each. All tables of a grid have the same keys.
    categories : DataFrame, respondents x variables
        Complete. Its index names the respondents; some of the study's may be left out, as in
        complete cases.
    passive : tuple of (variable, category) pairs
        Categories that make no axis.
    blocks : mapping of variables to blocks, or None
        As in `rfree.axes.mca.MCA`; may name further variables.
    """

    settings: Mapping[str, str]
    categories: pd.DataFrame
    passive: tuple[tuple[Hashable, Hashable], ...] = field(default=())
    blocks: Mapping[Hashable, Hashable] | None = None


@dataclass(frozen=True)
class SensitivityGrid:
    """Agreement of the partitions of a grid with the study's.

    Attributes
    ----------
    cases : DataFrame
        A row for every case: ``case`` (1, 2, ...), a column for each setting of the tables,
        ``axes``, ``classes``, ``consolidated``; ``respondents`` in the table; ``adjusted_rand``
        with the study's partition; ``same_share``, percent of the respondents (weighted) in the
        class that answers to their own.
    classes : DataFrame
        A row for every case and class of the study: ``case``, ``class``, ``n`` (its respondents in
        the table, whatever they weigh), ``share`` (its weighted percent of those in the table),
        ``matched_class`` of the case, ``kept_share`` (weighted percent of the class's members who
        are in the matched class), ``jaccard`` (weighted). A class nobody of whom is in the table:
        NaN.
    respondents : DataFrame
        ``respondent``, ``class``, ``cases`` (in whose table the respondent is), ``changed_share``:
        percent of those cases that put the respondent elsewhere than in the matched class. NaN
        for a respondent who is in no table.
    """

    cases: pd.DataFrame
    classes: pd.DataFrame
    respondents: pd.DataFrame


@dataclass(frozen=True)
class _Choices:
    """What is varied on every table."""

    n_axes: tuple[int, ...]
    n_classes: tuple[int, ...]
    consolidated: tuple[bool, ...]
    thorough: bool


@dataclass(frozen=True)
class _TableAgreement:
    """Agreement of all partitions of one table with the study's."""

    cases: list[dict[str, object]]
    classes: list[FloatArray]
    changed: IntArray


def sensitivity_grid(
    tables: Sequence[AlternativeTable],
    reference_labels: pd.Series[int],
    *,
    n_axes: Sequence[int],
    n_classes: Sequence[int],
    consolidated: Sequence[bool] = (True, False),
    sample_weight: pd.Series[float] | None = None,
    frequencies: bool = False,
    thorough: bool = True,
    n_jobs: int = 1,
) -> SensitivityGrid:
    """Redo the typology under every combination of choices.

    Parameters
    ----------
    tables : sequence of AlternativeTable
        Ways of making the active table: missing rules, sets of active questions.
    reference_labels : Series
        The study's class of each respondent, by respondent.
    n_axes, n_classes : sequences of ints
        Numbers of axes and of classes to try.
    consolidated : sequence of bools
        Whether k-means follows the cut of the tree.
    sample_weight : Series, or None
        Positive weight of each respondent, by respondent.
    frequencies : bool
        Whether weights are numbers of respondents: every number is then that of the rows as often
        as their weights say, but for ``respondents``, which keeps a row for each row.
    thorough : bool
        As in `rfree.classes.consolidation.consolidate`: True gives exactly the classes of
        `rfree.classes.hcpc.HCPC`; False is about twice as fast.
    n_jobs : int
        Cores, through joblib; a table each.

    Returns
    -------
    SensitivityGrid
        ``cases``, ``classes``, ``respondents``.

    Raises
    ------
    ValueError
        If a table holds a respondent without a class, tables differ in the names of their
        settings, or nothing is to be tried. LimitError: if no case can be made.

    Notes
    -----
    A case with at least as many classes as the study has its classes matched one to one by Jaccard
    indices; with fewer, each class of the study goes to the one that holds most of its members
    (`rfree.classes.partition_agreement.matched_classes`). A case that asks for more classes than
    its table has different positions is left out. The adjusted Rand index leaves survey weights
    out. Nothing is drawn at random.

    Examples
    --------
    >>> X = pd.DataFrame({"a": list("xxxyyy"), "b": list("uuuvvv"), "c": list("sstttt")})
    >>> study = pd.Series([1, 1, 1, 2, 2, 2], index=X.index)
    >>> tables = [
    ...     AlternativeTable({"questions": "all"}, X),
    ...     AlternativeTable({"questions": "c"}, X[["c"]]),
    ... ]
    >>> grid = sensitivity_grid(tables, study, n_axes=[1], n_classes=[2], consolidated=[True])
    >>> grid.cases[["questions", "adjusted_rand", "same_share"]].round(3)
      questions  adjusted_rand  same_share
    0       all          1.000     100.000
    1         c          0.324      83.333
    """
    _check_grid(tables, reference_labels, (n_axes, n_classes, consolidated))
    weighting = scaled_weights(
        check_weights(sample_weight, reference_labels, of="reference_labels"),
        frequencies=frequencies,
    )
    if (weighting.weights == 0).any():
        raise ValueError(
            f"{(weighting.weights == 0).sum()} respondents have weight zero: leave them out."
        )
    weights = pd.DataFrame(
        {"weight": weighting.weights, "respondents": weighting.respondents},
        index=reference_labels.index,
    )
    checked_labels = check_numbers(reference_labels, reference_labels, name="reference_labels")
    reference_labels = pd.Series(checked_labels, index=reference_labels.index)
    names = np.unique(checked_labels)
    agreements = Parallel(n_jobs=n_jobs)(
        delayed(_agreement_of_table)(
            table,
            reference_labels.loc[table.categories.index].to_numpy(),
            weights.loc[table.categories.index],
            names,
            _Choices(tuple(n_axes), tuple(n_classes), tuple(consolidated), thorough),
        )
        for table in tables
    )
    if not any(each.cases for each in agreements):
        raise LimitError("no_other_choice", "no table has as many different positions as classes.")
    return _gathered(tables, agreements, reference_labels, names)


def _check_grid(
    tables: Sequence[AlternativeTable],
    reference_labels: pd.Series[int],
    choices: tuple[Sequence[object], ...],
) -> None:
    if not tables or not all(len(each) for each in choices):
        raise ValueError(
            "nothing to try: give at least one table, n_axes, n_classes, consolidated."
        )
    names = {tuple(table.settings) for table in tables}
    if len(names) > 1:
        listed = "; ".join(", ".join(each) for each in sorted(names))
        raise ValueError(f"tables differ in the names of their settings: {listed}.")
    if reference_labels.index.has_duplicates:
        raise ValueError("reference_labels names a respondent twice.")
    for table in tables:
        unknown = table.categories.index.difference(reference_labels.index)
        if len(unknown):
            raise ValueError(
                f"table {dict(table.settings)} holds {len(unknown)} respondents without a class "
                f"in reference_labels, first {unknown[0]!r}."
            )


def _agreement_of_table(
    table: AlternativeTable,
    reference: IntArray,
    weighed: pd.DataFrame,
    names: IntArray,
    choices: _Choices,
) -> _TableAgreement:
    """Partition the respondents of a table in every way, and compare each with the study."""
    weights, respondents = weighed["weight"].to_numpy(), weighed["respondents"].to_numpy()
    agreement = _TableAgreement([], [], np.zeros(len(reference), dtype=np.int64))
    for case, labels in _partitions(table, weights, choices):
        overlap = overlap_table(reference, labels, weights)
        counts = overlap_table(reference, labels, respondents)
        match = matched_classes(overlap)
        same = match.to_numpy()[np.searchsorted(overlap.index.to_numpy(), reference)] == labels
        agreement.changed[:] += ~same
        agreement.cases.append(
            {
                **table.settings,
                **case,
                "respondents": int(respondents.sum()),
                "adjusted_rand": adjusted_rand(counts),
                "same_share": 100 * float(np.average(same, weights=weights)),
            }
        )
        agreement.classes.append(_class_agreement(overlap, counts, match, names))
    return agreement


def _partitions(
    table: AlternativeTable, weights: FloatArray, choices: _Choices
) -> Iterator[tuple[dict[str, object], IntArray]]:
    """Go through the partitions of a table: axes once, a tree for each number of them."""
    coded = code_table(
        table.categories, passive=table.passive, blocks=table.blocks, sample_weight=weights
    )
    settings = ChainSettings(max(choices.n_axes), _FEWEST_CLASSES, consolidate=False)
    try:
        coordinates = run_chain(coded, settings).coordinates
    except TooFewPositionsError:
        return
    for axes in choices.n_axes:
        points = np.ascontiguousarray(coordinates[:, :axes])
        positions = distinct_points(points, weights)
        tree = grow_tree(*positions)
        thorough = choices.thorough and tree.n_micro_clusters is None
        for classes in choices.n_classes:
            if classes > len(positions[0]):
                continue
            start = tree.cut(classes)
            tree_labels = number_along_first_axis(points, start, weights)
            for again in choices.consolidated:
                labels = tree_labels
                if again:
                    moved = consolidate_groups(
                        points, tree_labels, weights, positions, thorough=thorough
                    )
                    labels = number_along_first_axis(points, moved, weights)
                yield {"axes": axes, "classes": classes, "consolidated": bool(again)}, labels


def _class_agreement(
    overlap: pd.DataFrame, counts: pd.DataFrame, match: pd.Series[int], names: IntArray
) -> FloatArray:
    """Give n, share, matched class, kept share and Jaccard index of each class of the study."""
    table = np.full((len(names), 5), np.nan)
    table[:, :2] = 0
    sizes = overlap.to_numpy().sum(axis=1)
    table[np.searchsorted(names, overlap.index.to_numpy())] = np.column_stack(
        [
            counts.to_numpy().sum(axis=1),
            100 * sizes / sizes.sum(),
            match.to_numpy(),
            100 * matched_cells(overlap, match) / sizes,
            matched_cells(jaccard_table(overlap), match),
        ]
    )
    return table


def _gathered(
    tables: Sequence[AlternativeTable],
    agreements: Sequence[_TableAgreement],
    reference_labels: pd.Series[int],
    names: IntArray,
) -> SensitivityGrid:
    """Put the agreements of all tables together."""
    present = np.zeros(len(reference_labels), dtype=np.int64)
    changed = np.zeros(len(reference_labels), dtype=np.int64)
    for table, agreement in zip(tables, agreements, strict=True):
        rows = reference_labels.index.get_indexer(table.categories.index)
        present[rows] += len(agreement.cases)
        changed[rows] += agreement.changed
    cases = pd.DataFrame([case for agreement in agreements for case in agreement.cases])
    cases.insert(0, "case", np.arange(1, len(cases) + 1))
    values = np.concatenate([each for agreement in agreements for each in agreement.classes])
    classes = pd.DataFrame(
        {
            "case": np.repeat(cases["case"].to_numpy(), len(names)),
            "class": np.tile(names, len(cases)),
            "n": values[:, 0],
            "share": values[:, 1],
            "matched_class": pd.array(values[:, 2], dtype="Float64").astype("Int64"),
            "kept_share": values[:, 3],
            "jaccard": values[:, 4],
        }
    )
    share = np.divide(100 * changed, present, out=np.full(len(present), np.nan), where=present > 0)
    respondents = pd.DataFrame(
        {
            "respondent": reference_labels.index,
            "class": reference_labels.to_numpy(),
            "cases": present,
            "changed_share": share,
        }
    )
    return SensitivityGrid(cases, classes, respondents)
