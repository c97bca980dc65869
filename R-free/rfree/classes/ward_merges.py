"""Ward's merges of points of equal weight, the nearest ones found in cells that halve the space."""

from __future__ import annotations

import numpy as np

from rfree.base.compiled import compiled
from rfree.base.inputs import FloatArray, IntArray

# Axes up to which few cells are near a point; with more, all distances are as fast.
MOST_CELL_AXES = 5
# Points in a cell that is not halved any more.
_CELL_SIZE = 16
# Cells lie within each other this deep at most, and two wait at every depth.
_WAITING = 128
# What rounding can take from a lower bound is a thousand times less.
_SAFE = 1 - 1e-12

_Clusters = tuple[FloatArray, FloatArray, FloatArray]
"""Of each row: centre (rows x axes), weight, gain of merging it with the nearest row after it."""
_Stack = tuple[IntArray, FloatArray, IntArray]
"""Room for the cells that are still to be looked into, the least gain in each, the rows found."""
_Cells = tuple[
    IntArray, IntArray, IntArray, IntArray, FloatArray, FloatArray, FloatArray, FloatArray, IntArray
]
"""Rows cell by cell; where a row is among them, and its cell. Of each cell, the first being 1 and
the halves of c being 2c and 2c + 1: its first and last place (cells that are not halved), corners
of its box, least weight, largest gain, last row."""


def ward_merges(points: FloatArray) -> FloatArray:
    """Merge points of equal weight, always the two classes whose merging costs least.

    Parameters
    ----------
    points : array, n points x axes
        Finite; n at least 2.

    Returns
    -------
    array, (n - 1) x 4
        What ``fastcluster.linkage_vector(points, "ward")`` gives, to the last bit: the nodes
        merged, the square root of twice the gain, the number of points.

    Notes
    -----
    The generic algorithm of Müllner (2013, *fastcluster*, section 3.1): every row keeps the nearest
    of the rows after it, in a heap; where that one has been merged meanwhile, its gain is a lower
    bound, and the nearest is looked for when the row comes to the top. A merged class takes the row
    of its second part. Of equal gains, the first row counts as the nearest, and the heap decides
    which pair is first.

    Here the nearest row is looked for in a k-d tree (Bentley 1975), and cells that can hold none as
    near are left out: a gain is at least that of the nearest corner of the cell with its least
    weight. The tree is made anew whenever half of the rows are gone.

    Examples
    --------
    >>> ward_merges(np.array([[0.0], [1.0], [5.0]])).round(3)
    array([[0.   , 1.   , 1.   , 2.   ],
           [2.   , 3.   , 5.196, 3.   ]])
    """
    return _merges(np.array(points, dtype=np.float64, order="C"))


@compiled
def _cells_of(rows: IntArray, clusters: _Clusters) -> _Cells:
    """Halve rows along the longest side of their box, until cells are small."""
    points, weight, gain = clusters
    n_rows, n_axes = len(rows), points.shape[1]
    depth = 0
    while n_rows >> depth > _CELL_SIZE:
        depth += 1
    n_cells = 1 << depth
    order = rows.copy()
    for level in range(depth):
        for cell in range(1 << level):
            own = order[cell * n_rows >> level : (cell + 1) * n_rows >> level]
            longest, side = 0, -1.0
            for axis in range(n_axes):
                along = points[own, axis]
                if along.max() - along.min() > side:
                    longest, side = axis, along.max() - along.min()
            own[:] = own[np.argsort(points[own, longest])]
    place, cell_of = np.zeros(len(points), np.int64), np.zeros(len(points), np.int64)
    bounds = np.zeros((2 * n_cells, 2), np.int64)
    low = np.full((2 * n_cells, n_axes), np.inf)
    high = np.full((2 * n_cells, n_axes), -np.inf)
    least, largest = np.full(2 * n_cells, np.inf), np.zeros(2 * n_cells)
    last = np.zeros(2 * n_cells, np.int64)
    for cell in range(n_cells, 2 * n_cells):
        bounds[cell, 0] = (cell - n_cells) * n_rows >> depth
        bounds[cell, 1] = (cell - n_cells + 1) * n_rows >> depth
        for at in range(bounds[cell, 0], bounds[cell, 1]):
            row = order[at]
            place[row], cell_of[row] = at, cell
            low[cell] = np.minimum(low[cell], points[row])
            high[cell] = np.maximum(high[cell], points[row])
            least[cell] = min(least[cell], weight[row])
            largest[cell] = max(largest[cell], gain[row])
            last[cell] = max(last[cell], row)
    for cell in range(n_cells - 1, 0, -1):
        one, two = 2 * cell, 2 * cell + 1
        low[cell], high[cell] = np.minimum(low[one], low[two]), np.maximum(high[one], high[two])
        least[cell] = min(least[one], least[two])
        largest[cell] = max(largest[one], largest[two])
        last[cell] = max(last[one], last[two])
    return order, place, cell_of, bounds, low, high, least, largest, last


@compiled
def _least_gain(row: int, cell: int, clusters: _Clusters, cells: _Cells) -> float:
    """Give a gain that no merge of a row with one of the cell is below."""
    points, weight, _ = clusters
    _, _, _, _, low, high, least, _, _ = cells
    squared = 0.0
    for axis in range(points.shape[1]):
        at = points[row, axis]
        below, above = low[cell, axis] - at, at - high[cell, axis]
        away = below if below > above else above
        squared += away * away if away > 0 else 0.0
    return float(_SAFE * (squared * weight[row] * least[cell] / (weight[row] + least[cell])))


@compiled
def _gain_of(row: int, other: int, clusters: _Clusters) -> float:
    points, weight, _ = clusters
    squared = 0.0
    for axis in range(points.shape[1]):
        away = points[row, axis] - points[other, axis]
        squared += away * away
    return float(squared * weight[row] * weight[other] / (weight[row] + weight[other]))


@compiled
def _nearest_after(
    row: int, clusters: _Clusters, cells: _Cells, stack: _Stack
) -> tuple[int, float]:
    """Give the row after one that it would merge with at the least gain, and that gain."""
    order, _, _, bounds, _, _, _, _, last = cells
    waiting, at_least, _ = stack
    n_cells = len(bounds) // 2
    waiting[0], at_least[0], n_waiting = 1, 0.0, 1
    nearest, least = len(clusters[0]), np.inf
    while n_waiting:
        n_waiting -= 1
        cell = waiting[n_waiting]
        if at_least[n_waiting] > least or last[cell] <= row:
            continue
        if cell < n_cells:
            near, far = 2 * cell, 2 * cell + 1
            gain_near = _least_gain(row, near, clusters, cells)
            gain_far = _least_gain(row, far, clusters, cells)
            if gain_far < gain_near:
                near, far, gain_near, gain_far = far, near, gain_far, gain_near
            waiting[n_waiting], at_least[n_waiting] = far, gain_far
            waiting[n_waiting + 1], at_least[n_waiting + 1] = near, gain_near
            n_waiting += 2
            continue
        for at in range(bounds[cell, 0], bounds[cell, 1]):
            other = order[at]
            if other > row:
                gain = _gain_of(row, other, clusters)
                if gain < least or (gain == least and other < nearest):
                    nearest, least = other, gain
    return nearest, least


@compiled
def _brought_nearer(
    row: int, after: int, clusters: _Clusters, cells: _Cells, stack: _Stack
) -> IntArray:
    """List the rows between two that are nearer to the second than to their nearest, in order."""
    _, _, gain = clusters
    order, _, _, bounds, _, _, _, largest, last = cells
    waiting, _, found = stack
    n_cells = len(bounds) // 2
    waiting[0], n_waiting = 1, 1
    n_found = 0
    while n_waiting:
        n_waiting -= 1
        cell = waiting[n_waiting]
        if last[cell] <= after or _least_gain(row, cell, clusters, cells) >= largest[cell]:
            continue
        if cell < n_cells:
            waiting[n_waiting], waiting[n_waiting + 1] = 2 * cell, 2 * cell + 1
            n_waiting += 2
            continue
        for at in range(bounds[cell, 0], bounds[cell, 1]):
            other = order[at]
            if after < other < row and _gain_of(other, row, clusters) < gain[other]:
                found[n_found] = other
                n_found += 1
    return np.sort(found[:n_found])


@compiled
def _note_gain(row: int, clusters: _Clusters, cells: _Cells) -> None:
    """Tell the cells of a row of its new gain."""
    _, _, gain = clusters
    _, _, cell_of, _, _, _, _, largest, _ = cells
    cell = cell_of[row]
    while cell and largest[cell] < gain[row]:
        largest[cell] = gain[row]
        cell >>= 1


@compiled
def _merge_rows(row: int, other: int, clusters: _Clusters, cells: _Cells) -> None:
    """Put the class of a row into another row; the first is then in no cell."""
    points, weight, _ = clusters
    order, place, cell_of, bounds, low, high, _, _, _ = cells
    both = weight[row] + weight[other]
    for axis in range(points.shape[1]):
        sum_along = points[row, axis] * weight[row] + points[other, axis] * weight[other]
        points[other, axis] = sum_along / both
    weight[other] = both
    cell = cell_of[other]
    while cell:
        for axis in range(points.shape[1]):
            low[cell, axis] = min(low[cell, axis], points[other, axis])
            high[cell, axis] = max(high[cell, axis], points[other, axis])
        cell >>= 1
    cell = cell_of[row]
    bounds[cell, 1] -= 1
    moved = order[bounds[cell, 1]]
    order[place[row]], place[moved] = moved, place[row]


@compiled
def _up(row: int, gain: FloatArray, heap: IntArray, where: IntArray) -> None:
    """Let a row climb in the heap while its gain is lower."""
    at = where[row]
    while at > 0 and gain[row] < gain[heap[(at - 1) // 2]]:
        above = heap[(at - 1) // 2]
        heap[at], where[above] = above, at
        at = (at - 1) // 2
    heap[at], where[row] = row, at


@compiled
def _down(row: int, gain: FloatArray, heap: IntArray, where: IntArray, size: int) -> None:
    """Let a row sink in a heap of some size while its gain is higher."""
    at = where[row]
    while 2 * at + 1 < size:
        below = 2 * at + 1
        if below + 1 < size and gain[heap[below + 1]] < gain[heap[below]]:
            below += 1
        if gain[heap[below]] >= gain[row]:
            break
        heap[at], where[heap[below]] = heap[below], at
        at = below
    heap[at], where[row] = row, at


@compiled
def _merges(points: FloatArray) -> FloatArray:
    """Make the merges of `ward_merges`, in place of the points."""
    n_points = len(points)
    gain = np.zeros(n_points)
    stack = np.empty(_WAITING, np.int64), np.empty(_WAITING), np.empty(n_points, np.int64)
    clusters = points, np.ones(n_points), gain
    rows = np.arange(n_points)
    cells = _cells_of(rows, clusters)
    node, row_of = np.arange(n_points), np.arange(2 * n_points - 1)
    merged = np.zeros(2 * n_points - 1, np.bool_)
    nearest = np.zeros(n_points, np.int64)  # nodes: that of a row changes
    for row in range(n_points - 1):
        nearest[row], gain[row] = _nearest_after(row, clusters, cells, stack)
        _note_gain(row, clusters, cells)
    size = n_points - 1
    heap, where = np.arange(size), np.arange(size)
    for at in range(size // 2 - 1, -1, -1):
        _down(heap[at], gain, heap, where, size)
    linkage, n_kept = np.empty((n_points - 1, 4)), n_points
    for step in range(n_points - 1):
        row = heap[0]
        while merged[nearest[row]]:
            other, gain[row] = _nearest_after(row, clusters, cells, stack)
            nearest[row] = node[other]
            _note_gain(row, clusters, cells)
            _down(row, gain, heap, where, size)
            row = heap[0]
        size -= 1
        heap[0], where[heap[size]] = heap[size], 0
        _down(heap[0], gain, heap, where, size)
        other = row_of[nearest[row]]
        _merge_rows(row, other, clusters, cells)
        linkage[step, 0], linkage[step, 1] = (
            min(node[row], node[other]),
            max(node[row], node[other]),
        )
        linkage[step, 2], linkage[step, 3] = np.sqrt(2 * gain[row]), clusters[1][other]
        merged[node[row]] = merged[node[other]] = True
        node[other], row_of[n_points + step] = n_points + step, other
        for between in _brought_nearer(other, row, clusters, cells, stack):
            gain[between], nearest[between] = _gain_of(between, other, clusters), node[other]
            _up(between, gain, heap, where)
        if other < n_points - 1:
            before = gain[other]
            at, gain[other] = _nearest_after(other, clusters, cells, stack)
            nearest[other] = node[at]
            _note_gain(other, clusters, cells)
            if gain[other] <= before:
                _up(other, gain, heap, where)
            else:
                _down(other, gain, heap, where, size)
        if 2 * (n_points - 1 - step) <= n_kept and size:
            n_kept = n_points - 1 - step
            rows = rows[~merged[node[rows]]]
            cells = _cells_of(rows, clusters)
    return linkage
