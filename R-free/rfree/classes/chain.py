"""The whole chain as one fast function: categories to axes, to Ward's tree, to classes.

What `MCA` and `HCPC` give, without their tables: for the thousands of replicates of a bootstrap
or of a null distribution.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.linalg import eigh

from rfree.axes.axes import NULL_EIGENVALUE, null_directions, oriented
from rfree.axes.block_weights import block_numbers, weighed_residuals
from rfree.axes.burt import residuals_between, sums_of_scores
from rfree.axes.passive import passive_categories
from rfree.base.coding import CategoryCoding, learn_coding
from rfree.base.compiled import compiled
from rfree.base.inputs import BoolArray, FloatArray, IntArray, aligned_to, check_weights
from rfree.base.limits import LimitError
from rfree.base.weighting import repeated_rows
from rfree.classes.consolidation import consolidate_groups, within_inertia
from rfree.classes.hcpc import number_along_first_axis
from rfree.classes.tree import EXACT_UP_TO, WardTree, grow_tree
from rfree.classes.ward import distinct_points, tree_of_equals

# Whole numbers of this size and their sums are exact in single precision.
EXACT_IN_SINGLE = 2**24


class TooFewPositionsError(LimitError):
    """The respondents drawn have fewer different positions than there are classes."""


@dataclass(frozen=True)
class CodedTable:
    """A table of categories as numbers, ready for many passages of the chain.

    Attributes
    ----------
    codes : array, respondents x variables
        Numbers of categories, counted through the whole table.
    coding : CategoryCoding
        Names of variables and categories.
    passive : boolean array of categories
        Categories that stay in the margins and make no axis.
    passive_below : float
        Categories given by fewer (weighted) respondents of a replicate are passive in it as well.
    weights : array of respondents, or None
        None: all respondents count the same.
    index : pandas Index
        Names of the respondents.
    blocks : array of variables, or None
        Number of the block of each: in every passage each has a first eigenvalue of one. None:
        every question weighs the same.
    """

    codes: IntArray
    coding: CategoryCoding
    passive: BoolArray
    passive_below: float
    weights: FloatArray | None
    index: pd.Index
    blocks: IntArray | None = None


@dataclass(frozen=True)
class ChainSettings:
    """What every passage of the chain does alike.

    Attributes
    ----------
    n_axes : int
        Axes on which respondents are compared.
    n_classes : int
        Number of classes.
    consolidate : bool
        Whether k-means follows the cut of the tree.
    """

    n_axes: int
    n_classes: int
    consolidate: bool = True

    def __post_init__(self) -> None:
        if self.n_axes < 1 or self.n_classes < 2:
            raise ValueError(
                f"n_axes is {self.n_axes} and n_classes {self.n_classes}; expected at least 1 axis "
                "and 2 classes."
            )


@dataclass(frozen=True)
class ChainResult:
    """What one passage of the chain gives.

    Attributes
    ----------
    labels, tree_labels : arrays of the respondents drawn
        Classes 1..k, numbered along the first axis, after and before consolidation. In a
        resample: of the rows drawn at least once, in the order of the table (``rows``).
    rows : array of ints
        The rows of the table that took part.
    coordinates : array, all respondents of the table x axes
        Principal coordinates; those who were not drawn are placed as supplementary respondents.
    scores : array, categories x axes
        What each category adds to its respondents, times the number of variables; 0 for passive
        and absent categories. Divided by sqrt(lambda), these are not the categories'
        coordinates: see ``category_coordinates``.
    category_coordinates : array, categories x axes
        Principal coordinates of the categories; NaN for those absent.
    eigenvalues : array of the axes kept
    gains : array
        Inertia gains of the tree, descending; they add up to the inertia of the axes kept.
    within_share : float
        Within-class share of that inertia, after consolidation (0-1).
    """

    labels: IntArray
    tree_labels: IntArray
    rows: IntArray
    coordinates: FloatArray
    scores: FloatArray
    category_coordinates: FloatArray
    eigenvalues: FloatArray
    gains: FloatArray
    within_share: float


def code_table(
    X: pd.DataFrame,
    *,
    passive: Iterable[tuple[Hashable, Hashable]] | None = None,
    passive_below: float = 0.0,
    blocks: Mapping[Hashable, Hashable] | None = None,
    sample_weight: Sequence[float] | FloatArray | None = None,
    frequencies: bool = False,
) -> CodedTable:
    """Give numbers to the categories of a table, once for all passages of the chain.

    Parameters
    ----------
    X : DataFrame, respondents x variables
        One categorical column a question; no missing value.
    passive : iterable of (variable, category) pairs, optional
        As in `rfree.axes.mca.MCA`. They stay passive in every replicate.
    passive_below : float
        A category that fewer (weighted) respondents of a replicate gave is passive in
        that replicate too: the rule for rare categories is applied anew each time. 0: no rule.
    blocks : mapping of variables to blocks, optional
        As in `rfree.axes.mca.MCA`: weighed anew in every replicate.
    sample_weight : array of respondents, optional
        Not negative.
    frequencies : bool
        Whether weights are whole numbers of respondents: the table is then that of the rows as
        often as their weights say.

    Returns
    -------
    CodedTable

    Examples
    --------
    >>> table = code_table(pd.DataFrame({"q": ["1", "2", "1"], "r": ["5", "5", "4"]}))
    >>> table.codes
    array([[0, 3], [1, 3], [0, 2]])
    """
    if frequencies:
        X, sample_weight = X.iloc[repeated_rows(check_weights(sample_weight, X))], None
    coding, codes = learn_coding(X)
    weights = None if sample_weight is None else check_weights(sample_weight, X)
    if weights is not None and (weights == weights[0]).all():
        weights = None
    marked = passive_categories(passive, coding, X)
    numbers = block_numbers(blocks, coding.variables)
    return CodedTable(codes, coding, marked, float(passive_below), weights, X.index, numbers)


def run_chain(
    table: CodedTable,
    settings: ChainSettings,
    *,
    codes: IntArray | None = None,
    counts: IntArray | None = None,
    thorough: bool = False,
) -> ChainResult:
    """Go from categories to consolidated classes.

    Parameters
    ----------
    table : CodedTable
        From `code_table`.
    settings : ChainSettings
        Number of axes and of classes.
    codes : array, respondents x variables, optional
        Other answers than the table's, in the same numbers of categories: a null replicate.
    counts : array of respondents, optional
        How many times each was drawn: a bootstrap replicate. None: every one once.
    thorough : bool
        Whether consolidation searches as far as `rfree.classes.hcpc.HCPC` does; True gives exactly
        its classes, False those of the first partition that no single transfer improves.

    Returns
    -------
    ChainResult

    Raises
    ------
    TooFewPositionsError
        A ValueError: if the respondents drawn have fewer different positions than there are
        classes, or nothing tells them apart.

    Notes
    -----
    The Burt table is a product of zeros and ones, exact in single precision when weights are
    whole; only the axes kept are computed (`scipy.linalg.eigh`, ``subset_by_index``). A
    category that nobody drawn gave is absent; so is its mass. Ward's tree of a resample is made
    of the rows as often as they were drawn: identical points merge first, at height 0.

    Examples
    --------
    >>> X = pd.DataFrame({"fear": list("yyynnn"), "hope": list("nnnyyy"), "use": list("yynnyn")})
    >>> run_chain(code_table(X), ChainSettings(n_axes=1, n_classes=2)).labels
    array([1, 1, 1, 2, 2, 2])
    """
    answers = table.codes
    if codes is not None:
        answers = np.asarray(aligned_to(codes, table.index, name="codes", of="table"))
    mass = np.ones(len(answers)) if table.weights is None else table.weights
    if counts is not None:
        counts = np.asarray(aligned_to(counts, table.index, name="counts", of="table"))
        mass = mass * counts
    rows = np.flatnonzero(mass > 0)
    coordinates, scores, categories, eigenvalues = _axes(table, answers, mass, settings.n_axes)
    points, weights = coordinates[rows], mass[rows]
    positions = distinct_points(points, weights)
    n_positions = len(positions[0])
    if n_positions < settings.n_classes:
        raise TooFewPositionsError(
            "too_few_positions",
            f"{settings.n_classes} classes were asked for, but the respondents hold only "
            f"{n_positions} different positions: ask for fewer classes.",
            classes=settings.n_classes,
            positions=n_positions,
        )
    drawn = None if counts is None or table.weights is not None else counts[rows]
    tree = _tree(points, positions, drawn)
    tree_labels = number_along_first_axis(points, tree.cut(settings.n_classes), weights)
    labels = tree_labels
    if settings.consolidate:
        thorough = thorough and tree.n_micro_clusters is None
        moved = consolidate_groups(points, tree_labels, weights, positions, thorough=thorough)
        labels = number_along_first_axis(points, moved, weights)
    gains = tree.gains
    return ChainResult(
        labels=labels,
        tree_labels=tree_labels,
        rows=rows,
        coordinates=coordinates,
        scores=scores,
        category_coordinates=categories,
        eigenvalues=eigenvalues,
        gains=gains,
        within_share=within_inertia(points, labels, weights) / float(gains.sum()),
    )


def _axes(
    table: CodedTable, codes: IntArray, mass: FloatArray, n_axes: int
) -> tuple[FloatArray, FloatArray, FloatArray, FloatArray]:
    """Return coordinates of respondents, scores and coordinates of categories, eigenvalues."""
    n_variables = codes.shape[1]
    n_categories = table.coding.n_categories
    whole = bool((mass == np.rint(mass)).all()) and mass.sum() < EXACT_IN_SINGLE
    total = float(mass.sum())
    if total <= 0:
        raise _one_answer_each()
    counted = np.bincount(codes.ravel(), np.repeat(mass, n_variables), n_categories)
    sizes = np.asarray(counted, dtype=float)
    used = sizes > 0
    makes_axes = used & ~table.passive & (sizes >= table.passive_below)
    active = np.flatnonzero(makes_axes)
    seen = _indicator_of(codes, active, n_categories, np.float32 if whole else np.float64)
    # A table times itself is made in half the time of a product of two tables.
    times = seen if (mass == 1).all() else seen * mass[:, np.newaxis].astype(seen.dtype)
    root = np.sqrt(sizes[active] / (total * n_variables))
    residuals = residuals_between(seen.T @ times, root, 1 / (total * n_variables**2))
    weighed = root
    if table.blocks is not None:
        block_of = table.blocks[table.coding.variable_of[active]]
        residuals, weights = weighed_residuals(residuals, block_of)
        weighed = root / np.sqrt(weights)
    directions = null_directions(sizes[used], table.coding.variable_of[used], makes_axes[used])
    left = directions.left_out(residuals)
    if not len(left):
        raise _one_answer_each()
    values, vectors = eigh(
        left,
        subset_by_index=[max(0, len(left) - n_axes), len(left) - 1],
        driver="evx",
        overwrite_a=True,
        check_finite=False,
    )
    kept = values[::-1] > NULL_EIGENVALUE
    if not kept.any():
        raise _one_answer_each()
    eigenvalues = values[::-1][kept]
    axes = oriented(directions.put_back(vectors[:, ::-1][:, kept]))
    scores = np.zeros((n_categories, len(eigenvalues)))
    scores[active] = axes / weighed[:, np.newaxis]
    centre = (sizes / (total * n_variables)) @ scores
    coordinates = sums_of_scores(codes, scores) / n_variables - centre
    categories = np.full(scores.shape, np.nan)
    gathered = _sums_of_respondents(codes, coordinates * mass[:, np.newaxis], n_categories)
    categories[used] = gathered[used] / sizes[used, np.newaxis] / np.sqrt(eigenvalues)
    return coordinates, scores, categories, eigenvalues


def _one_answer_each() -> TooFewPositionsError:
    return TooFewPositionsError(
        "one_answer_each",
        "Nothing tells the respondents apart: every question has one answer only.",
    )


@compiled
def _sums_of_respondents(codes: IntArray, points: FloatArray, n_categories: int) -> FloatArray:
    """Add up the positions of the respondents of each category."""
    sums = np.zeros((n_categories, points.shape[1]))
    for row in range(len(codes)):
        for variable in range(codes.shape[1]):
            for axis in range(points.shape[1]):
                sums[codes[row, variable], axis] += points[row, axis]
    return sums


def _indicator_of(
    codes: IntArray, chosen: IntArray, n_categories: int, precision: npt.DTypeLike
) -> FloatArray:
    """Return the indicator table of some categories, and a last column for all the others."""
    place = np.full(n_categories, len(chosen))
    place[chosen] = np.arange(len(chosen))
    indicator: FloatArray = np.zeros((len(codes), len(chosen) + 1), dtype=precision)
    first = np.arange(len(codes))[:, np.newaxis] * indicator.shape[1]
    indicator.reshape(-1)[place[codes] + first] = 1
    return indicator


def _tree(
    points: FloatArray,
    positions: tuple[FloatArray, IntArray, FloatArray],
    drawn: IntArray | None,
) -> WardTree:
    """Return a tree with inertia gains for heights, and the leaf that stands for each point."""
    if drawn is None or len(positions[0]) > EXACT_UP_TO:
        return grow_tree(*positions)
    copies = np.repeat(np.arange(len(points)), drawn)
    linkage = tree_of_equals(points[copies])
    # Its heights are sqrt(2 gain) for points of weight 1.
    linkage[:, 2] = np.square(linkage[:, 2]) / (2 * len(copies))
    return WardTree(linkage, np.concatenate([[0], np.cumsum(drawn)[:-1]]))
