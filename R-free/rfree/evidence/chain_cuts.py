"""One passage of the chain cut into each number of classes, and everybody's nearest class."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from rfree.base.inputs import IntArray, aligned_to
from rfree.classes.chain import ChainSettings, CodedTable, TooFewPositionsError, run_chain
from rfree.classes.consolidation import consolidate_groups
from rfree.classes.nearest_centre import nearest_class
from rfree.classes.transfers import class_centres
from rfree.classes.tree import grow_tree
from rfree.classes.ward import distinct_points


@dataclass(frozen=True)
class ChainCuts:
    """Classes of those who took part in one passage, for several numbers of classes.

    Attributes
    ----------
    rows : array of ints
        Who took part.
    labels : dict
        For each number of classes, those of ``rows`` (from 0). Numbers above the positions that
        the respondents hold are left out.
    everybody : dict
        For each number of classes, the classes of all respondents of the table (from 0); those who
        did not take part are placed as supplementary respondents, in that of the nearest centre.
    """

    rows: IntArray
    labels: dict[int, IntArray]
    everybody: dict[int, IntArray]


def cut_chain(
    table: CodedTable,
    numbers: range,
    *,
    n_axes: int,
    consolidated: bool,
    counts: IntArray | None = None,
) -> ChainCuts | None:
    """Go from categories to axes and to Ward's tree once, and cut it into each number of classes.

    Parameters
    ----------
    table : CodedTable
        From `rfree.classes.chain.code_table`.
    numbers : range
        Numbers of classes, from 2.
    n_axes : int
    consolidated : bool
        Whether k-means follows each cut.
    counts : array of respondents, optional
        How many times each takes part.

    Returns
    -------
    ChainCuts or None
        None where nothing tells the respondents apart.

    Examples
    --------
    >>> import pandas as pd
    >>> from rfree.classes.chain import code_table
    >>> X = pd.DataFrame({"a": list("yyynnn"), "b": list("yyynnn"), "c": list("yynnyn")})
    >>> cuts = cut_chain(code_table(X), range(2, 4), n_axes=2, consolidated=True)
    >>> cuts.labels[2].tolist()
    [0, 0, 0, 1, 1, 1]
    """
    if counts is not None:
        counts = np.asarray(aligned_to(counts, table.index, name="counts", of="table"))
    try:
        found = run_chain(table, ChainSettings(n_axes, 2, consolidate=False), counts=counts)
    except TooFewPositionsError:
        return None
    rows, coordinates = found.rows, found.coordinates
    points = coordinates[rows]
    mass = np.ones(len(coordinates)) if table.weights is None else table.weights
    weights = (mass if counts is None else mass * counts)[rows]
    positions = distinct_points(points, weights)
    tree = grow_tree(*positions)
    most = len(positions[0])
    labels, everybody = {}, {}
    for number in numbers:
        if number > most:
            break
        classes = _by_appearance(tree.cut(number))
        if consolidated:
            classes = consolidate_groups(points, classes, weights, positions, thorough=False)
        centres, _ = class_centres(points, classes, weights, number)
        labels[number] = classes
        everybody[number] = nearest_class(coordinates, centres)
        everybody[number][rows] = classes
    return ChainCuts(rows, labels, everybody)


def _by_appearance(labels: IntArray) -> IntArray:
    """Give classes numbers from 0 in the order of the rows, whatever the tree calls them."""
    _, first, inverse = np.unique(labels, return_index=True, return_inverse=True)
    return np.asarray(first.argsort().argsort()[inverse], dtype=np.int64)
