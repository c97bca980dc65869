"""Class-specific MCA: the axes of some respondents, in the space that all of them make."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.linalg import eigh

from rfree.axes.axes import NULL_EIGENVALUE, oriented, principal_axes
from rfree.axes.block_weights import block_numbers
from rfree.axes.burt import burt_table, indicator_table
from rfree.axes.corrected_rates import axis_names
from rfree.axes.passive import check_axes_exist, passive_categories
from rfree.base.coding import learn_coding
from rfree.base.inputs import BoolArray, FloatArray, aligned_to, check_weights


@dataclass(frozen=True)
class ClassSpecificMCA:
    """The axes of a subgroup.

    Attributes
    ----------
    inertia : DataFrame
        Index ``axis``; columns ``eigenvalue`` (variance of the subgroup on the axis), ``percent``
        and ``cumulative`` (of the variance of the subgroup). Axes that are not null: none where all
        members gave the same answers.
    row_coordinates : DataFrame, members x axes
        Principal coordinates of the members of positive weight, around their own mean point.
    column_coordinates, column_cos2 : DataFrame, (variable, category) x axes
        Of the categories that a member gave, passive ones included.
    column_contributions : DataFrame, (variable, category) x axes
        In percent; NaN for passive categories.
    column_counts : Series, (variable, category)
        How many members of positive weight gave each.
    cosines : DataFrame, axis of the subgroup x axis_of_all
        Cosines of the angles between them, the latter of the MCA of all: 1 or -1 for the same
        axis, 0 for axes that have nothing in common.
    inertia_ratio : float
        Variance of the subgroup over that of all respondents.
    n_members, n_respondents : int
        Of positive weight.
    """

    inertia: pd.DataFrame
    row_coordinates: pd.DataFrame
    column_coordinates: pd.DataFrame
    column_cos2: pd.DataFrame
    column_contributions: pd.DataFrame
    column_counts: pd.Series[float]
    cosines: pd.DataFrame
    inertia_ratio: float
    n_members: int
    n_respondents: int


def class_specific_mca(
    X: pd.DataFrame,
    members: npt.ArrayLike | pd.Series[bool],
    *,
    n_components: int = 5,
    passive: Iterable[tuple[Hashable, Hashable]] | None = None,
    blocks: Mapping[Hashable, Hashable] | None = None,
    sample_weight: Sequence[float] | FloatArray | None = None,
) -> ClassSpecificMCA:
    """Find the axes of a subgroup, with the distances that all respondents make.

    Parameters
    ----------
    X : DataFrame, respondents x variables
        Of all respondents: one categorical column a question; no missing value.
    members : boolean array of respondents
        Who belongs to the subgroup.
    n_components : int
        Number of axes to keep; fewer when fewer are not null.
    passive, blocks
        As in `rfree.axes.mca.MCA`.
    sample_weight : array of respondents, optional
        Not negative; only their proportions count.

    Returns
    -------
    ClassSpecificMCA

    Raises
    ------
    TypeError
        If X is not a DataFrame, or ``members`` does not hold booleans.
    ValueError
        If X or the weights are not valid, or nobody is a member.

    Notes
    -----
    Class specific analysis (Le Roux & Rouanet 2010, *Multiple Correspondence Analysis*, ch. 3;
    Le Roux 2014). Two respondents are as far from each other as in the MCA of all; the axes are
    those of greatest variance of the subgroup's cloud. With f the shares of the categories among
    all and g those among the members, alone and two by two, the axes V are the eigenvectors of
    (g_jk - g_j g_k) / (Q sqrt(f_j f_k)), the eigenvalues their variances. A member lies at
    sum_k (z_k - g_k) V_k / sqrt(Q f_k), a category at sqrt(lambda) V_k sqrt(Q / f_k), which is the
    mean point of the members who gave it, times g_k / (f_k sqrt(lambda)); its squared distance to
    the centre is g_k (1 - g_k) / f_k^2. Where all respondents are members, this is their MCA.
    Signs are as in `rfree.axes.mca.MCA`.

    Examples
    --------
    >>> X = pd.DataFrame({"fear": list("yyynn"), "hope": list("nnyyy")})
    >>> class_specific_mca(X, [True] * 5).inertia.round(3)
            eigenvalue  percent  cumulative
    axis
    Axis 1       0.833   83.333      83.333
    Axis 2       0.167   16.667     100.000
    """
    coding, codes = learn_coding(X)
    weights = check_weights(sample_weight, X)
    own = weights * _members(members, X)
    if not own.any():
        raise ValueError("members has no respondent of positive weight.")
    burt = burt_table(codes, weights, coding.n_categories)
    present = np.diag(burt) > 0
    burt = burt[np.ix_(present, present)] / weights.sum()
    active = ~passive_categories(passive, coding, X)[present]
    variable_of = coding.variable_of[present]
    check_axes_exist(coding, variable_of, active)
    numbers = block_numbers(blocks, coding.variables)
    block_of = None if numbers is None else numbers[variable_of]
    all_axes = principal_axes(burt, variable_of, active, n_components, block_of=block_of)
    question = np.ones(len(active))
    question[active] = all_axes.weights
    pairs = burt_table(codes, own, coding.n_categories)[np.ix_(present, present)] / own.sum()
    space = _Space(np.diag(burt), np.diag(pairs).copy(), question / codes.shape[1])
    covariance = space.covariance(pairs)
    everywhere = space.variance_of(np.diag(burt))[active].sum()
    found = _decomposed(covariance, active, n_components)
    axes = axis_names(len(found.kept))
    rows = np.flatnonzero(own > 0)
    scores = np.zeros((coding.n_categories, len(axes)))
    scores[present] = found.vectors * space.scale[:, np.newaxis]
    indicator = indicator_table(codes[rows], coding.n_categories)
    coordinates = indicator @ scores - space.members @ scores[present]
    given = space.members > 0
    index = coding.index[present][given]
    places = _places(found, covariance, space)

    def table(values: FloatArray) -> pd.DataFrame:
        return pd.DataFrame(values[given], index=index, columns=axes)

    total = float(np.trace(covariance[np.ix_(active, active)]))
    counts = np.bincount(codes[rows].ravel(), minlength=coding.n_categories)[present].astype(float)
    return ClassSpecificMCA(
        inertia=_inertia(found.eigenvalues, total),
        row_coordinates=pd.DataFrame(coordinates, index=X.index[rows], columns=axes),
        column_coordinates=table(places),
        column_cos2=table(_cos2(places, space)),
        column_contributions=table(
            np.where(active[:, np.newaxis], 100 * np.square(found.vectors), np.nan)
        ),
        column_counts=pd.Series(counts[given], index=index, name="n"),
        cosines=pd.DataFrame(
            found.vectors[active].T @ all_axes.vectors,
            index=axes,
            columns=axis_names(all_axes.vectors.shape[1]).rename("axis_of_all"),
        ),
        inertia_ratio=total / float(everywhere),
        n_members=len(rows),
        n_respondents=int((weights > 0).sum()),
    )


@dataclass(frozen=True)
class _Space:
    """Shares of the categories among all and among the members, and what each question weighs."""

    everybody: FloatArray
    members: FloatArray
    question: FloatArray

    @property
    def scale(self) -> FloatArray:
        """What a category adds to the distances."""
        return np.sqrt(self.question / self.everybody)

    def covariance(self, pairs: FloatArray) -> FloatArray:
        """Covariances of the members in this space, from the shares of two categories at once."""
        centred = pairs - np.outer(self.members, self.members)
        return np.asarray(centred * np.outer(self.scale, self.scale))

    def variance_of(self, shares: FloatArray) -> FloatArray:
        """Variance that each category adds, where it has these shares."""
        return np.asarray(shares * (1 - shares) * self.scale**2)


@dataclass(frozen=True)
class _Axes:
    """Axes of the members; vectors are 0 for passive categories."""

    eigenvalues: FloatArray
    vectors: FloatArray

    @property
    def kept(self) -> FloatArray:
        return self.eigenvalues[: self.vectors.shape[1]]


def _members(members: npt.ArrayLike | pd.Series[bool], X: pd.DataFrame) -> BoolArray:
    given = np.asarray(aligned_to(members, X, name="members"))
    if given.dtype != bool:
        raise TypeError(f"members must hold True or False, not {given.dtype}.")
    return given


def _decomposed(covariance: FloatArray, active: BoolArray, n_components: int) -> _Axes:
    values, vectors = eigh(covariance[np.ix_(active, active)])
    values, vectors = values[::-1], vectors[:, ::-1]
    real = values > max(NULL_EIGENVALUE, NULL_EIGENVALUE * float(values[0]))
    number = min(int(real.sum()), n_components)
    placed = np.zeros((len(active), number))
    if number:
        placed[active] = oriented(vectors[:, :number])
    return _Axes(values[real], placed)


def _places(found: _Axes, covariance: FloatArray, space: _Space) -> FloatArray:
    """Coordinates of the categories; passive ones as well, by their members."""
    weighed = covariance @ found.vectors / np.sqrt(found.kept)
    roots = space.everybody * space.scale
    return np.asarray(weighed / roots[:, np.newaxis])


def _cos2(places: FloatArray, space: _Space) -> FloatArray:
    squared = space.members * (1 - space.members) / space.everybody**2
    away = squared > NULL_EIGENVALUE
    return np.square(places) * np.where(away, 1 / np.where(away, squared, 1.0), 0)[:, np.newaxis]


def _inertia(eigenvalues: FloatArray, total: float) -> pd.DataFrame:
    percent = 100 * eigenvalues / total
    return pd.DataFrame(
        {"eigenvalue": eigenvalues, "percent": percent, "cumulative": percent.cumsum()},
        index=axis_names(len(eigenvalues)),
    )
