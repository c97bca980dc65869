"""The number of classes that a tree suggests: three criteria of its cuts."""

from __future__ import annotations

from typing import Literal, get_args

import numpy as np

from rfree.base.inputs import FloatArray, IntArray

Criterion = Literal["within_ratio", "gain_ratio", "krzanowski_lai"]
CRITERIA: tuple[Criterion, ...] = get_args(Criterion)
DEFAULT_CRITERION: Criterion = "within_ratio"
# The ratio of gains looks at no fewer.
FEWEST_BY_GAINS = 4
# Two terms this close, relatively, differ by rounding alone.
_ROUNDING = 1e-12


def cut_criterion(name: Criterion, gains: FloatArray, *, n_axes: int) -> FloatArray:
    """Return a criterion of every cut of a tree.

    Parameters
    ----------
    name : {"within_ratio", "gain_ratio", "krzanowski_lai"}
    gains : array of floats
        Inertia gained by the cuts into 2, 3, ... classes, zero beyond m classes, m being the number
        of different positions of the respondents.
    n_axes : int, at least 1
        Axes on which the tree was made; only ``krzanowski_lai`` uses it.

    Returns
    -------
    array of floats
        The criterion of the cuts into 2, 3, ... classes. ``within_ratio`` suggests the cut where it
        is lowest, the others where they are highest. Infinite where nothing is left to gain beyond
        the cut; NaN where it is 0 / 0, as beyond m classes.

    Raises
    ------
    ValueError
        If there is no criterion of that name.

    Notes
    -----
    With g(q) the gain of the cut into q classes and W(q) the inertia left within them:

    - ``within_ratio``: W(q) / W(q - 1) (Husson, Josse & Pagès 2010), as FactoMineR to 2.12;
    - ``gain_ratio``: g(q) / g(q + 1), from 4 classes on, as FactoMineR 2.14;
    - ``krzanowski_lai``: |D(q) / D(q + 1)| with D(q) = (q - 1)^(2/p) W(q - 1) - q^(2/p) W(q), p the
      number of axes (Krzanowski & Lai 1988, Biometrics 44, 23-34), as FactoMineR from 2.15 on.

    There are no more classes than different positions, so W(m) = 0 and nothing is gained beyond.
    A program that counts respondents with the same answers as different positions goes on beyond
    m and divides 0 by 0, or one rounding error by another: with 8 different positions among 37
    respondents, FactoMineR 2.7 suggests 9 classes. There are 8, which is what is suggested here.

    Examples
    --------
    >>> gains = np.array([8.0, 4.0, 1.0, 0.5])  # W: 13.5, 5.5, 1.5, 0.5, 0
    >>> cut_criterion("within_ratio", gains, n_axes=2).round(3)
    array([0.407, 0.273, 0.333, 0.   ])
    >>> cut_criterion("gain_ratio", gains, n_axes=2)
    array([ 2.,  4.,  2., inf])
    >>> cut_criterion("krzanowski_lai", gains, n_axes=2).round(3)  # D: 2.5, 6.5, 2.5, 2, 0
    array([0.385, 2.6  , 1.25 ,   inf])
    """
    within = np.append(np.cumsum(gains[::-1])[::-1], 0.0)
    if name == "within_ratio":
        return _ratio(within[1:], within[:-1])
    if name == "gain_ratio":
        return _ratio(gains, np.append(gains[1:], 0.0))
    if name == "krzanowski_lai":
        scaled = np.arange(1, len(within) + 1) ** (2 / n_axes) * within
        difference = scaled[:-1] - scaled[1:]
        difference[np.abs(difference) <= _ROUNDING * scaled[:-1]] = 0.0
        return _ratio(np.abs(difference), np.append(np.abs(difference[1:]), 0.0))
    raise ValueError(f"criterion is {name!r}; expected one of {', '.join(CRITERIA)}.")


def suggested_number(
    name: Criterion, values: FloatArray, classes: IntArray, *, fewest: int, most: int
) -> int | None:
    """Return the number of classes that a criterion suggests, the fewest where several do.

    Parameters
    ----------
    name : {"within_ratio", "gain_ratio", "krzanowski_lai"}
    values : array of floats
        The criterion, of :func:`cut_criterion`.
    classes : array of ints
        The numbers of classes that they belong to, ascending.
    fewest, most : int
        Numbers of classes considered; "gain_ratio" considers none below 4.

    Returns
    -------
    int or None
        None where no number considered has a value.

    Examples
    --------
    >>> values, classes = np.array([0.4, 0.5, 0.3]), np.array([2, 3, 4])
    >>> suggested_number("within_ratio", values, classes, fewest=2, most=3)
    2
    """
    if name == "gain_ratio":
        fewest = max(fewest, FEWEST_BY_GAINS)
    worth = -values if name == "within_ratio" else values
    considered = (classes >= fewest) & (classes <= most) & ~np.isnan(values)
    if not considered.any():
        return None
    return int(classes[considered][worth[considered].argmax()])


def _ratio(above: FloatArray, below: FloatArray) -> FloatArray:
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(above / below)
