"""Multiple correspondence analysis from the Burt table, with weights and passive categories."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from functools import partial
from typing import Any

import numpy as np
import pandas as pd
from sklearn.base import BaseEstimator
from sklearn.utils.validation import check_is_fitted

from rfree.axes.axes import PrincipalAxes, principal_axes
from rfree.axes.block_weights import block_numbers, weighed_inertia_table
from rfree.axes.burt import burt_table, sums_of_scores
from rfree.axes.corrected_rates import inertia_table
from rfree.axes.passive import check_axes_exist, own_inertia, passive_categories
from rfree.axes.supplementary import (
    SupplementaryVariables,
    category_cos2,
    category_v_tests,
    correlation_ratios,
    supplementary_variables,
    weighted_category_v_tests,
)
from rfree.base.coded_answers import CodedAnswers, coded_answers
from rfree.base.coding import CategoryCoding
from rfree.base.inputs import (
    BoolArray,
    FloatArray,
    IntArray,
    check_weights,
    check_whole_number,
)
from rfree.base.parts import Sums
from rfree.base.weighting import Weighting, scaled_weights


class MCA(BaseEstimator):  # type: ignore[misc]
    """Multiple correspondence analysis of a table of categories.

    Parameters
    ----------
    n_components : int, default 5
        Number of axes to keep; fewer when fewer are not null.
    passive : list or other collection of (variable, category) pairs, optional
        Categories that stay in the margins and make no axis ("no answer", rare ones): specific MCA.
        Each must be a category of the table (or an unused level of a categorical
        column); one that nobody gave changes nothing.
    blocks : mapping of variables to blocks, optional
        Blocks that are to weigh the same: the questions of each are weighed so that its own first
        eigenvalue is one (multiple factor analysis). None: every question weighs the same.

    Attributes
    ----------
    eigenvalues_ : array
        All eigenvalues of the indicator table, descending: J - Q of them for J categories and Q
        variables. With passive categories, the number of active categories less the number
        of variables that have no passive one. Where the rank is lower, the last are 0.
    inertia_ : DataFrame
        Index ``axis``; columns ``eigenvalue``, ``percent``, ``cumulative``, ``benzecri``,
        ``greenacre`` (see `rfree.axes.corrected_rates`).
    row_coordinates_, row_contributions_, row_cos2_ : DataFrame, respondents x axes
        Principal coordinates; contributions in percent; squared cosines (0 to 1).
    column_coordinates_, column_cos2_, column_v_tests_ : DataFrame, (variable, category) x axes
        Principal coordinates, squared cosines and v-tests of all categories, passive ones included.
    column_contributions_ : DataFrame, (variable, category) x axes
        In percent; NaN for passive categories.
    column_roles_ : Series, (variable, category)
        ``active`` or ``passive``.
    column_weights_ : Series, (variable, category)
        Weight of the respondents of each category; those of a variable sum to ``n_respondents_``.
    column_counts_ : Series, (variable, category)
        Number of respondents of each category, whatever they weigh.
    column_squares_ : Series, (variable, category)
        Sum of the squares of their shares of the weight: what design-based tests need.
    eta2_ : DataFrame, variable x axes
        Squared correlation ratios, 0 to 1: share of the variance of the axis that the active
        categories of the variable make. Their mean over the variables is the eigenvalue. (With
        passive ones among the categories: `supplementary` of the same variable.)
    variable_weights_ : Series, variable
        How many times more than 1/Q each question weighs: 1 without blocks. With them, the
        eigenvalue is the mean over the variables of weight times eta2.
    block_coordinates_ : DataFrame, block x axes
        What each block adds to the eigenvalue: at most 1 where blocks weigh the same, and then 1
        for a block that has the axis as its own first. Without blocks: one row, the eigenvalues.
    n_components_ : int
        Number of axes kept.
    n_respondents_ : float
        Number of respondents of positive weight, or sum of the frequencies.
    weights_ : array of respondents
        Weights that sum to ``n_respondents_``.
    respondents_ : array of respondents
        How many respondents each row stands for: 1 where it weighs something, or its frequency.
    design_based_ : bool
        Whether tests take account of weights: survey weights that differ.
    coding_ : CategoryCoding
        Categories known to `transform`.

    Notes
    -----
    The eigenvalues are those of the indicator table Z; the Burt table Z'diag(w)Z, from which
    everything is computed with the exact solver of `prince.CA`, has their squares. A respondent
    lies at (z/Q - c) diag(c)^-1/2 V, c the masses of the categories and V the axes (with blocks,
    each term times sqrt(w), w the weight of the question); a category at the barycentre of its
    respondents divided by sqrt(lambda). The v-test of a category is
    coordinate * sqrt(n_j (n - 1) / (n - n_j)), or design-based with survey weights that differ
    (`rfree.axes.supplementary.weighted_category_v_tests`). See Greenacre & Blasius (2006),
    *Multiple Correspondence Analysis and Related Methods*, and, for passive categories, Le Roux &
    Rouanet (2010), *Multiple Correspondence Analysis*.

    Signs: on each axis the active category that contributes most has a positive coordinate;
    among those that contribute equally (to 1e-8), the first of the table. Axes of equal eigenvalues
    are any basis of their plane.

    A respondent of weight 0 counts for nothing; a category that only such respondents gave is
    absent from every table and lies at the centre for them.

    Examples
    --------
    >>> X = pd.DataFrame({"fear": list("yyynn"), "hope": list("nnyyy")})
    >>> mca = MCA(n_components=1).fit(X)
    >>> mca.inertia_.round(3)
            eigenvalue  percent  cumulative  benzecri  greenacre
    axis
    Axis 1       0.833   83.333      83.333     100.0      100.0
    Axis 2       0.167   16.667     100.000       NaN        NaN
    >>> mca.column_coordinates_.round(3)
    axis               Axis 1
    variable category
    fear     n          1.118
             y         -0.745
    hope     n         -1.118
             y          0.745
    """

    eigenvalues_: FloatArray
    inertia_: pd.DataFrame
    row_coordinates_: pd.DataFrame
    row_contributions_: pd.DataFrame
    row_cos2_: pd.DataFrame
    column_coordinates_: pd.DataFrame
    column_contributions_: pd.DataFrame
    column_cos2_: pd.DataFrame
    column_v_tests_: pd.DataFrame
    column_roles_: pd.Series[str]
    column_weights_: pd.Series[float]
    column_counts_: pd.Series[float]
    column_squares_: pd.Series[float]
    eta2_: pd.DataFrame
    variable_weights_: pd.Series[float]
    block_coordinates_: pd.DataFrame
    n_components_: int
    n_respondents_: float
    weights_: FloatArray
    respondents_: FloatArray
    design_based_: bool
    coding_: CategoryCoding

    def __init__(
        self,
        n_components: int = 5,
        *,
        passive: Iterable[tuple[Hashable, Hashable]] | None = None,
        blocks: Mapping[Hashable, Hashable] | None = None,
    ) -> None:
        self.n_components = n_components
        self.passive = passive
        self.blocks = blocks

    def fit(
        self,
        X: Any,
        sample_weight: Sequence[float] | FloatArray | None = None,
        *,
        frequencies: bool = False,
    ) -> MCA:
        """Find the axes.

        Parameters
        ----------
        X : DataFrame, respondents x variables
            One categorical column a question; no missing value. Or a table in parts, of which one
            is held at a time (`rfree.base.parts.as_parts`): a path of Parquet files, a pyarrow
            Table or Dataset, a dask DataFrame, a sequence of DataFrames.
        sample_weight : array of respondents, optional
            Not negative; coordinates depend on their proportions only. Survey weights, with
            which v-tests are design-based.
        frequencies : bool
            Whether weights are numbers of respondents: a weight of 2 is then the row twice.

        Returns
        -------
        MCA
            Itself, fitted.

        Raises
        ------
        TypeError
            If X is no table.
        ValueError
            If X is empty, misses answers or has no variable with two categories; if the weights are
            not valid; if a passive category is unknown or all of a variable's are passive; if a
            variable has no block.
        """
        _check_n_components(self.n_components)
        answers = coded_answers(X)
        coding = answers.coding
        given = check_weights(sample_weight, answers.index)
        weighting = scaled_weights(given, frequencies=frequencies)
        burt, counts, squares = _sums(answers, weighting)
        present = np.diag(burt) > 0
        active = (present & ~passive_categories(self.passive, coding, answers.levels))[present]
        if not present.all():
            burt = burt[np.ix_(present, present)]
        variable_of = coding.variable_of[present]
        check_axes_exist(coding, variable_of, active)

        self.coding_ = coding
        self.weights_ = weighting.weights
        self.respondents_ = weighting.respondents
        self.n_respondents_ = weighting.size
        self.design_based_ = weighting.design_based
        self._fit_axes(burt, variable_of, active)
        self._describe_columns(burt, variable_of, active, present)
        index = self.column_weights_.index
        self.column_counts_ = pd.Series(counts[present], index=index, name="n")
        self.column_squares_ = pd.Series(squares[present], index=index, name="squares")
        self._describe_rows(answers, present, active)
        self._test_columns()
        return self

    def transform(self, X: pd.DataFrame) -> pd.DataFrame:
        """Place respondents, those of the fit or others, on the axes.

        Parameters
        ----------
        X : DataFrame, respondents x variables
            The variables of the fit, in any order; other columns are ignored.

        Returns
        -------
        DataFrame, respondents x axes
            Principal coordinates.

        Raises
        ------
        ValueError
            If a variable is absent, an answer is missing, or a category was not fitted: all are
            named.
        """
        check_is_fitted(self, "eigenvalues_")
        codes = self.coding_.encode(X)
        return pd.DataFrame(
            _means_of_scores(codes, self._scores) - self._centre,
            index=X.index,
            columns=self._axis_names,
        )

    def supplementary(self, S: pd.DataFrame) -> SupplementaryVariables:
        """Place supplementary variables on the axes.

        Parameters
        ----------
        S : DataFrame
            The respondents of the fit, by its index, in any order. Numeric columns are correlated
            with the axes; text, categorical and boolean columns are categories (turn codes into
            text first).

        Returns
        -------
        SupplementaryVariables
            With ``coordinates``, ``cos2``, ``v_tests``, ``eta2``, ``correlations``, ``weights``,
            ``counts``.

        Raises
        ------
        TypeError
            If a column holds dates, durations or complex numbers.
        ValueError
            If the rows are not those of the fit, an answer is missing, or a number does not vary.
        """
        check_is_fitted(self, "eigenvalues_")
        kept = self.eigenvalues_[: self.n_components_]
        return supplementary_variables(
            S,
            self.row_coordinates_,
            self.weights_,
            kept,
            respondents=self.respondents_,
            design_based=self.design_based_,
        )

    def _fit_axes(self, burt: FloatArray, variable_of: IntArray, active: BoolArray) -> None:
        number = int(self.n_components)
        blocks = block_numbers(self.blocks, self.coding_.variables)
        shares = np.diag(burt) / self.n_respondents_
        if blocks is None:
            axes = principal_axes(burt, variable_of, active, number)
            self.inertia_ = inertia_table(
                axes.eigenvalues,
                len(self.coding_.variables),
                own_inertia(shares, variable_of, active),
            )
        else:
            axes = principal_axes(burt, variable_of, active, block_of=blocks[variable_of])
            self.inertia_ = _weighed_inertia(axes, shares, variable_of, active)
        self.eigenvalues_ = axes.eigenvalues
        self._vectors = axes.vectors[:, :number]
        self.n_components_ = self._vectors.shape[1]
        self._axis_names = self.inertia_.index[: self.n_components_]
        self._category_weights = np.ones(len(shares))
        self._category_weights[active] = axes.weights
        variables = self.coding_.index.levels[0]
        weights = np.ones(len(variables))
        weights[variable_of[active]] = axes.weights
        self.variable_weights_ = pd.Series(weights, index=variables, name="weight")
        self.block_coordinates_ = self._block_coordinates(variable_of[active])

    def _block_coordinates(self, variable_of: IntArray) -> pd.DataFrame:
        variables = self.coding_.variables
        if self.blocks is None:
            numbers, given = np.zeros(len(variables), dtype=np.int64), pd.Index(["all"])
        else:
            names = [self.blocks[each] for each in variables]
            numbers, given = pd.factorize(pd.Index(names, tupleize_cols=False))
        made = np.zeros((len(given), self.n_components_))
        np.add.at(made, numbers[variable_of], np.square(self._vectors))
        return pd.DataFrame(
            made * self.eigenvalues_[: self.n_components_],
            index=given.rename("block"),
            columns=self._axis_names,
        )

    def _describe_columns(
        self,
        burt: FloatArray,
        variable_of: IntArray,
        active: BoolArray,
        present: BoolArray,
    ) -> None:
        n_variables = len(self.coding_.variables)
        counts = np.diag(burt).copy()
        masses = counts / (self.n_respondents_ * n_variables)
        scores = np.zeros((len(counts), self.n_components_))
        weighed = self._category_weights[active] / masses[active]
        scores[active] = self._vectors * np.sqrt(weighed)[:, np.newaxis]
        self._centre = masses @ scores
        # A category is its average respondent, divided by sqrt(lambda).
        averages = (burt / counts[:, np.newaxis]) @ scores / n_variables - self._centre
        coordinates = averages / np.sqrt(self.eigenvalues_[: self.n_components_])
        contributions = np.full(scores.shape, np.nan)
        contributions[active] = 100 * np.square(self._vectors)
        shares = counts / self.n_respondents_

        index = self.coding_.index if present.all() else self.coding_.index[present]
        columns = self._axis_names

        def table(values: FloatArray) -> pd.DataFrame:
            return pd.DataFrame(values, index=index, columns=columns)

        self.column_coordinates_ = table(coordinates)
        self.column_contributions_ = table(contributions)
        self.column_cos2_ = table(category_cos2(coordinates, shares))
        roles = np.array(["passive", "active"], dtype=object)[active.astype(int)]
        self.column_roles_ = pd.Series(roles, index=index, name="role")
        self.column_weights_ = pd.Series(counts, index=index, name="weight")
        self.eta2_ = pd.DataFrame(
            correlation_ratios(coordinates, shares * active, variable_of),
            index=self.coding_.index.levels[0],
            columns=columns,
        )
        self._scores = np.zeros((len(present), self.n_components_))
        self._scores[present] = scores

    def _test_columns(self) -> None:
        shares = self.weights_ / self.n_respondents_
        squares: FloatArray = np.asarray(self.column_squares_, dtype=np.float64)
        coordinates = self.column_coordinates_.to_numpy()
        counts: FloatArray = np.asarray(self.column_weights_, dtype=np.float64)
        if self.design_based_:
            rows = self.row_coordinates_.to_numpy()
            v_tests = weighted_category_v_tests(
                coordinates, counts / self.n_respondents_, squares, rows, shares
            )
        else:
            v_tests = category_v_tests(coordinates, counts, self.n_respondents_)
        index = self.column_coordinates_.index
        self.column_v_tests_ = pd.DataFrame(v_tests, index=index, columns=self._axis_names)

    def _describe_rows(self, answers: CodedAnswers, present: BoolArray, active: BoolArray) -> None:
        n_variables, index = len(self.coding_.variables), answers.index
        # Squared distance to the centre: sum over the active categories of (z/Q - c)^2 / c.
        masses = self.column_weights_.to_numpy()[active] / (self.n_respondents_ * n_variables)
        weights = self._category_weights[active]
        terms = np.zeros(len(present))
        terms[np.flatnonzero(present)[active]] = weights * (1 / (n_variables * masses) - 2)
        scores = np.column_stack([self._scores, terms])
        sums = np.concatenate(answers.map(partial(_means_of_scores, scores=scores)))
        coordinates = sums[:, :-1] - self._centre
        distances = sums[:, -1:] + weights @ masses
        squares = np.square(coordinates)
        away = distances > 1e-12
        cos2 = np.where(away, squares / np.where(away, distances, 1.0), 0.0)
        shares = self.weights_ / self.n_respondents_
        kept = self.eigenvalues_[: self.n_components_]
        columns = self._axis_names
        self.row_coordinates_ = pd.DataFrame(coordinates, index=index, columns=columns)
        self.row_contributions_ = pd.DataFrame(
            100 * shares[:, np.newaxis] * squares / kept, index=index, columns=columns
        )
        self.row_cos2_ = pd.DataFrame(cos2, index=index, columns=columns)


def _sums(answers: CodedAnswers, weighting: Weighting) -> Sums:
    """Burt table; by category, respondents, and squares of their shares of the weight."""
    n_categories, size = answers.coding.n_categories, weighting.size
    weights, respondents = weighting.weights, weighting.respondents
    if (weights == 1).all() and (respondents == 1).all():
        (burt,) = answers.total(partial(_burt_of_piece, n_categories=n_categories))
        counts = np.diag(burt)
        return burt, counts.copy(), counts / size**2
    work = partial(_sums_of_piece, n_categories=n_categories)
    burt, counts, squares = answers.total(work, weights, respondents)
    return burt, counts, squares / size**2


def _burt_of_piece(codes: IntArray, *, n_categories: int) -> Sums:
    return (burt_table(codes, np.ones(len(codes)), n_categories),)


def _sums_of_piece(
    codes: IntArray, weights: FloatArray, respondents: FloatArray, *, n_categories: int
) -> Sums:
    def by_category(values: FloatArray) -> FloatArray:
        of_cell = np.repeat(values, codes.shape[1])
        return np.bincount(codes.ravel(), of_cell, n_categories).astype(float)

    burt = burt_table(codes, weights, n_categories)
    return burt, by_category(respondents), by_category(weights**2)


def _means_of_scores(codes: IntArray, scores: FloatArray) -> FloatArray:
    return np.asarray(sums_of_scores(codes, scores) / codes.shape[1])


def _weighed_inertia(
    axes: PrincipalAxes, shares: FloatArray, variable_of: IntArray, active: BoolArray
) -> pd.DataFrame:
    n_variables = int(variable_of.max()) + 1
    weights = np.ones(n_variables)
    weights[variable_of[active]] = axes.weights
    made = np.zeros((axes.vectors.shape[1], n_variables))
    np.add.at(made.T, variable_of[active], np.square(axes.vectors))
    own = own_inertia(shares, variable_of, active, variable_weights=weights)
    return weighed_inertia_table(axes.eigenvalues, made, weights / n_variables, own)


def _check_n_components(n_components: int) -> None:
    check_whole_number(n_components, name="n_components")
    if n_components < 1:
        raise ValueError(f"n_components must be at least 1, not {n_components}.")
