"""Ordered answers: the codes of a table of categories, and the same answers dealt anew."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pandas as pd

from rfree.base.inputs import FloatArray, IntArray, aligned_to, in_one_order
from rfree.base.limits import LimitError
from rfree.classes.chain import CodedTable


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

    @cached_property
    def missing(self) -> npt.NDArray[np.bool_]:
        """Cells, respondents x items, without an ordered answer."""
        return np.isnan(self.codes_given)

    @cached_property
    def ascending(self) -> IntArray:
        """Categories that each item was given, items x respondents, by ascending code.

        Those of the respondents without an ordered answer, last, are no categories.
        """
        known = np.where(self.missing, self.codes[0], self.codes_given)
        places = _ascending(np.searchsorted(self.codes, known), self.missing)
        places = np.minimum(places, len(self.codes) - 1)
        return np.take_along_axis(self.category_of, places, axis=1)


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
    numbers[np.isinf(numbers)] = np.nan
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


def counted_once(
    code_of: FloatArray, table: CodedTable, alike: Iterable[Sequence[int]]
) -> FloatArray:
    """Take the codes away from items that repeat another.

    Parameters
    ----------
    code_of : array of categories
        Code of each category of the table.
    table : CodedTable
    alike : tuples of ints
        Positions of items that ask nearly the same; the first of each keeps its codes
        (``alike`` of `rfree.reality.one_attitude.SecondDirection`).

    Returns
    -------
    array of categories
        With NaN for the categories of the others.

    Examples
    --------
    >>> from rfree.classes.chain import code_table
    >>> X = pd.DataFrame({"q": ["1", "2"], "r": ["1", "2"], "s": ["2", "1"]})
    >>> table = code_table(X)
    >>> counted_once(ordinal_answers(table).code_of, table, [(0, 1)])
    array([ 1.,  2., nan, nan,  1.,  2.])
    """
    repeated = [item for items in alike for item in items[1:]]
    return np.where(np.isin(table.coding.variable_of, repeated), np.nan, code_of)


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
    return np.where(fixed, codes, _dealt(_ascending(codes, fixed), fixed, latent))


def _ascending(codes: IntArray, fixed: npt.NDArray[np.bool_]) -> IntArray:
    """Sort the free answers of each column; as a table of items x respondents."""
    return np.sort(np.where(fixed, np.iinfo(np.int64).max, codes).T, axis=1)


def _dealt(ascending: IntArray, fixed: npt.NDArray[np.bool_], latent: FloatArray) -> IntArray:
    """Give sorted answers to those of ascending latent ones; in fixed cells whatever is left."""
    # Row by row, an item is one piece of memory.
    keys = np.where(fixed, np.inf, latent).T.copy()
    dealt = np.empty_like(ascending)
    np.put_along_axis(dealt, keys.argsort(axis=1, kind="stable"), ascending, axis=1)
    return dealt.T


def dealt_anew(
    table: CodedTable, answers: OrdinalAnswers, items: IntArray, latent: FloatArray
) -> IntArray:
    """Deal the ordered answers of some items again, in the order of latent ones.

    Parameters
    ----------
    table : CodedTable
    answers : OrdinalAnswers
        Those of the table.
    items : array of ints
        Positions of the items that are dealt.
    latent : array, respondents x those items

    Returns
    -------
    array, respondents x all items
        Numbers of the table's categories. The codes count, whatever the order of the categories;
        what is no number stays in its cell.

    Examples
    --------
    >>> from rfree.classes.chain import code_table
    >>> table = code_table(pd.DataFrame({"q": ["1", "2", "no answer"], "r": ["2", "1", "2"]}))
    >>> latent = np.array([[0.3], [0.1], [0.2]])
    >>> dealt_anew(table, ordinal_answers(table), np.array([0]), latent)[:, 0]
    array([1, 0, 2])
    """
    latent = np.asarray(aligned_to(latent, table.index, name="latent", of="table"))
    missing = answers.missing[:, items]
    dealt = _dealt(answers.ascending[items], missing, latent)
    redrawn = table.codes.copy()
    redrawn[:, items] = np.where(missing, table.codes[:, items], dealt)
    return redrawn
