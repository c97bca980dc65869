"""Answers drawn anew without groups: same questions, same scales, same answers missing."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from rfree.base.inputs import FloatArray, IntArray, in_one_order
from rfree.base.limits import LimitError
from rfree.classes.chain import CodedTable
from rfree.items.association import polychoric, positive_definite
from rfree.items.factor import one_factor
from rfree.items.ordinal import sample_ordinal


@dataclass(frozen=True)
class OrdinalAnswers:
    """The ordered answers of a table of categories.

    Attributes
    ----------
    codes_given : array, respondents x items
        Codes of the scale; NaN where the category is no number ("no answer").
    codes : array
        All codes that some item has, ascending.
    category_of : array, items x codes
        Number of the category in the table; -1 where nobody gave the code to the item.
    code_of : array of categories
        Code of each category of the table; NaN where it is no number.
    """

    codes_given: FloatArray
    codes: FloatArray
    category_of: IntArray
    code_of: FloatArray


def ordinal_answers(table: CodedTable) -> OrdinalAnswers:
    """Read the categories that are numbers as codes of an ordered scale.

    Parameters
    ----------
    table : CodedTable

    Returns
    -------
    OrdinalAnswers

    Raises
    ------
    ValueError
        If fewer than two items have two codes in use: no attitude can be drawn from them.

    Examples
    --------
    >>> from rfree.classes.chain import code_table
    >>> X = pd.DataFrame({"q": ["1", "2", "no answer"], "r": ["2", "1", "2"]})
    >>> ordinal_answers(code_table(X)).codes_given
    array([[ 1., 2.], [ 2., 1.], [nan, 2.]])
    """
    numbers = np.concatenate(
        [pd.to_numeric(pd.Series(each), errors="coerce") for each in table.coding.categories]
    ).astype(float)
    codes = np.unique(numbers[~np.isnan(numbers)])
    category_of = np.full((len(table.coding.variables), len(codes)), -1, dtype=np.int64)
    ordered = np.flatnonzero(~np.isnan(numbers))
    category_of[table.coding.variable_of[ordered], np.searchsorted(codes, numbers[ordered])] = (
        ordered
    )
    n_ordered = int(((category_of >= 0).sum(axis=1) >= 2).sum())
    if n_ordered < 2:
        raise LimitError(
            "too_few_ordered_items",
            "Fewer than two questions have two categories that are numbers: the nulls need ordered "
            "answers, coded such as '1' to '5'.",
            expected=2,
            found=n_ordered,
        )
    return OrdinalAnswers(numbers[table.codes], codes, category_of, numbers)


def permuted(
    codes: IntArray, fixed: npt.NDArray[np.bool_], generator: np.random.Generator
) -> IntArray:
    """Shuffle each column among its free cells.

    Parameters
    ----------
    codes : array, respondents x items
    fixed : boolean array, respondents x items
        Cells that stay as they are.
    generator : numpy Generator

    Returns
    -------
    array, respondents x items

    Examples
    --------
    >>> codes = np.array([[1], [9], [2]])
    >>> shuffled = permuted(codes, codes == 9, np.random.default_rng(0))
    >>> int(shuffled[1, 0]), sorted(shuffled.ravel().tolist())
    (9, [1, 2, 9])
    """
    codes, fixed = in_one_order(codes=codes, fixed=fixed)
    keys = generator.random(codes.shape)
    keys[fixed] = 2.0
    source = np.argsort(keys, axis=0)  # free cells in random order, then the fixed ones
    target = np.argsort(fixed, axis=0, kind="stable")  # free cells in order, then the fixed ones
    shuffled = codes.copy()
    np.put_along_axis(shuffled, target, np.take_along_axis(codes, source, axis=0), axis=0)
    shuffled[fixed] = codes[fixed]
    return shuffled


@dataclass(frozen=True)
class Independence:
    """Every item permuted among those who answered it.

    Attributes
    ----------
    table : CodedTable
    answers : OrdinalAnswers
    """

    table: CodedTable
    answers: OrdinalAnswers

    def draw(self, generator: np.random.Generator) -> IntArray:
        """Return the table's numbers of categories, redrawn."""
        return permuted(self.table.codes, np.isnan(self.answers.codes_given), generator)


@dataclass(frozen=True)
class LatentNormal:
    """Latent attitudes of a normal distribution, cut at the sample's thresholds.

    Attributes
    ----------
    table : CodedTable
    answers : OrdinalAnswers
    structure : DataFrame or Series
        Correlations of the items, or loadings on one factor.
    thresholds : DataFrame, items x limits
        Items are positions of the table's variables; those not listed stay as they are.
    """

    table: CodedTable
    answers: OrdinalAnswers
    structure: pd.DataFrame | pd.Series[float]
    thresholds: pd.DataFrame

    def draw(self, generator: np.random.Generator) -> IntArray:
        """Return the table's numbers of categories, redrawn where they are answers."""
        drawn = sample_ordinal(
            self.structure,
            self.thresholds,
            codes=range(len(self.answers.codes)),
            n=len(self.table.codes),
            generator=generator,
        ).to_numpy(dtype=np.int64)
        items = self.thresholds.index.to_numpy(dtype=np.int64)
        redrawn = self.table.codes.copy()
        redrawn[:, items] = self.answers.category_of[items, drawn]
        missing = np.isnan(self.answers.codes_given)
        redrawn[missing] = self.table.codes[missing]
        return redrawn


@dataclass(frozen=True)
class FlatAttitudes:
    """Latent attitudes spread evenly along their main direction, dealt the sample's answers.

    Attributes
    ----------
    table : CodedTable
    answers : OrdinalAnswers
    items : array of ints
        Positions of the items redrawn.
    directions : array, items x items
        Columns: principal directions times their standard deviations, the main one last.
    """

    table: CodedTable
    answers: OrdinalAnswers
    items: IntArray
    directions: FloatArray

    def draw(self, generator: np.random.Generator) -> IntArray:
        """Return the table's numbers of categories, redrawn where they are answers."""
        n_rows, n_items = len(self.table.codes), len(self.items)
        parts = generator.standard_normal((n_rows, n_items))
        side = np.sqrt(3.0)  # of variance one
        parts[:, -1] = generator.uniform(-side, side, n_rows)
        latent = parts @ self.directions.T
        redrawn = self.table.codes.copy()
        redrawn[:, self.items] = same_answers_ordered(
            self.table.codes[:, self.items],
            np.isnan(self.answers.codes_given[:, self.items]),
            latent,
        )
        return redrawn


def same_answers_ordered(
    codes: IntArray, fixed: npt.NDArray[np.bool_], latent: FloatArray
) -> IntArray:
    """Deal each column's answers again, the higher to those whose latent answer is higher.

    Parameters
    ----------
    codes : array, respondents x items
        Numbers that ascend with the answer.
    fixed : boolean array, respondents x items
        Cells that stay as they are.
    latent : array, respondents x items

    Returns
    -------
    array, respondents x items

    Examples
    --------
    >>> codes, latent = np.array([[3], [9], [1]]), np.array([[0.1], [5.0], [0.2]])
    >>> same_answers_ordered(codes, codes == 9, latent).ravel()
    array([1, 9, 3])
    """
    codes, fixed, latent = in_one_order(codes=codes, fixed=fixed, latent=latent)
    most = np.iinfo(np.int64).max
    dealt = codes.copy()
    people = np.argsort(np.where(fixed, np.inf, latent), axis=0, kind="stable")
    answers = np.sort(np.where(fixed, most, codes), axis=0)
    np.put_along_axis(dealt, people, answers, axis=0)
    dealt[fixed] = codes[fixed]
    return dealt


NullPopulation = Independence | LatentNormal | FlatAttitudes


def fit_nulls(table: CodedTable) -> dict[str, NullPopulation]:
    """Fit populations without groups to a table.

    Parameters
    ----------
    table : CodedTable
        Whose categories that are numbers are ordered answers. Others ("no answer") stay in their
        cells in every replicate: who did not answer what is no attitude.

    Returns
    -------
    dict
        ``independence``: every item permuted. ``one continuum``: a graded one-factor model with the
        loadings of the polychoric correlations. ``continuous attitudes``: a multivariate normal
        with those correlations, made positive definite. ``flat attitudes``: the same
        correlations, but attitudes spread evenly (uniform) along their main direction, normal
        along all others.

    Raises
    ------
    ValueError
        If fewer than two items have two codes in use, or no respondent answered both of a pair.

    Notes
    -----
    Attitudes need not be normal to be continuous. Of all clouds without a gap, an even one is the
    most like several groups: a sample that beats flat attitudes too does not owe its groups to a
    flat or skewed continuum. Thresholds would not give its answers the
    sample's shares, so each item keeps the sample's answers, dealt in the order of the latent ones.
    """
    answers = ordinal_answers(table)
    varying = np.flatnonzero((answers.category_of >= 0).sum(axis=1) >= 2)
    items = pd.DataFrame(answers.codes_given[:, varying], columns=pd.Index(varying))
    found = polychoric(items, codes=answers.codes.tolist(), sample_weight=table.weights)
    factor = one_factor(found.correlations)
    definite = positive_definite(found.correlations)
    variances, vectors = np.linalg.eigh(definite.to_numpy())
    flat = FlatAttitudes(table, answers, varying, vectors * np.sqrt(variances))
    return {
        "independence": Independence(table, answers),
        "one continuum": LatentNormal(table, answers, factor.loadings, found.thresholds),
        "continuous attitudes": LatentNormal(table, answers, definite, found.thresholds),
        "flat attitudes": flat,
    }
