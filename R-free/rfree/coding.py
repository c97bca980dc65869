"""Categories as integer codes: what was seen when fitting, and where each answer lies in it."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np
import numpy.typing as npt
import pandas as pd

from rfree.inputs import IntArray, check_categories, check_table

ObjectArray = npt.NDArray[np.object_]


@dataclass(frozen=True)
class CategoryCoding:
    """The categories of each variable, numbered through the whole table.

    Attributes
    ----------
    variables : tuple
        Column names, in the order of the table.
    categories : tuple of pandas Index
        For each variable, its categories in their order.
    """

    variables: tuple[Hashable, ...]
    categories: tuple[pd.Index, ...]

    @property
    def n_categories(self) -> int:
        """Number of categories of all variables together."""
        return sum(len(categories) for categories in self.categories)

    @property
    def variable_of(self) -> IntArray:
        """Position of the variable that each category belongs to."""
        counts = [len(categories) for categories in self.categories]
        return np.repeat(np.arange(len(counts)), counts)

    @property
    def offsets(self) -> IntArray:
        """Number of the first category of each variable."""
        counts = [len(categories) for categories in self.categories]
        return np.concatenate([[0], np.cumsum(counts)[:-1]]).astype(np.int64)

    @cached_property
    def index(self) -> pd.MultiIndex:
        """(variable, category) of every category."""
        variables = np.empty(len(self.variables), dtype=object)
        variables[:] = self.variables
        categories = np.concatenate([each.to_numpy(dtype=object) for each in self.categories])
        return pd.MultiIndex.from_arrays(
            [variables[self.variable_of], categories], names=["variable", "category"]
        )

    def encode(self, X: pd.DataFrame, *, name: str = "X") -> IntArray:
        """Give the number of the category that each respondent gave to each variable.

        Parameters
        ----------
        X : DataFrame
            Holds the variables, in any order; further columns are ignored.
        name : str
            What to call the table in messages.

        Returns
        -------
        array, respondents x variables

        Raises
        ------
        ValueError
            If a variable is absent, an answer is missing, or a category was never seen: all of
            them are named.
        """
        if not isinstance(X, pd.DataFrame):
            raise TypeError(f"{name} must be a pandas DataFrame, not {type(X).__name__}.")
        absent = [str(variable) for variable in self.variables if variable not in X.columns]
        if absent:
            raise ValueError(
                f"{name} lacks {len(absent)} columns that were fitted: {', '.join(absent)}."
            )
        X = check_table(X.loc[:, list(self.variables)], name=name)
        codes = np.empty(X.shape, dtype=np.int64)
        unseen = []
        for column, ((variable, answers), known) in enumerate(
            zip(X.items(), self.categories, strict=True)
        ):
            positions, given = _factorize(answers)
            if (positions < 0).any():
                check_categories(X, name=name)
            numbers = known.get_indexer(pd.Index(given, dtype=object))
            codes[:, column] = numbers[positions]
            if (numbers < 0).any():
                values = ", ".join(repr(value) for value in given[numbers < 0])
                expected = ", ".join(repr(value) for value in known)
                unseen.append(f"column {variable!r}: {values} (known: {expected})")
        if unseen:
            raise ValueError(f"{name} has categories that were not fitted. {'; '.join(unseen)}.")
        return codes + self.offsets


def learn_coding(X: pd.DataFrame, *, name: str = "X") -> tuple[CategoryCoding, IntArray]:
    """Give a number to each category found in a table.

    Parameters
    ----------
    X : DataFrame, respondents x variables
        Complete, one categorical column a variable.
    name : str
        What to call the table in messages.

    Returns
    -------
    CategoryCoding
        A categorical column keeps the order of its levels, without those nobody gave. Other
        columns: numbers (and texts that spell one) in numerical order, then other texts in
        alphabetical order.
    array, respondents x variables
        The table as numbers of categories.

    Examples
    --------
    >>> coding, codes = learn_coding(pd.DataFrame({"q": ["10", "2", "none"], "r": [1, 1, 0]}))
    >>> [list(each) for each in coding.categories]
    [['2', '10', 'none'], [0, 1]]
    >>> codes
    array([[1, 4], [0, 4], [2, 3]])
    """
    check_table(X, name=name)
    positions = np.empty(X.shape[::-1], dtype=np.int64)
    ordered, orders, offsets = [], [], [0]
    for variable, (_, answers) in enumerate(X.items()):
        positions[variable], given = _factorize(answers)
        order = _category_order(answers, given)
        ordered.append(given[order])
        orders.append(order + offsets[-1])
        offsets.append(offsets[-1] + len(given))
    if positions.min() < 0:
        check_categories(X, name=name)
    # One index, cut into pieces: making one for each variable takes longer than all the rest.
    categories = pd.Index(np.concatenate(ordered), dtype=object)
    pieces = tuple(categories[start:stop] for start, stop in pairwise(offsets))
    rank = np.argsort(np.concatenate(orders))
    codes = rank[positions + np.array(offsets[:-1])[:, np.newaxis]]
    return CategoryCoding(tuple(X.columns), pieces), np.ascontiguousarray(codes.T)


def _factorize(answers: pd.Series) -> tuple[IntArray, ObjectArray]:
    """Positions of the answers among the different ones; -1 where one is missing."""
    if isinstance(answers.dtype, pd.CategoricalDtype):
        return _used_levels(answers.array)
    texts = isinstance(answers.dtype, pd.StringDtype) and answers.dtype.storage == "python"
    # Texts are Python's own: read as plain objects, they are found several times faster.
    positions, given = pd.factorize(answers.to_numpy(dtype=object) if texts else answers)
    return positions, np.asarray(given, dtype=object)


def _used_levels(answers: pd.Categorical) -> tuple[IntArray, ObjectArray]:
    """Positions of the answers among the levels that somebody gave, in the order of the levels."""
    levels = answers.codes.astype(np.int64)
    given = answers.categories.to_numpy(dtype=object)
    used = np.bincount(levels + 1, minlength=len(given) + 1)[1:] > 0
    if used.all():
        return levels, given
    positions = np.append(np.cumsum(used) - 1, -1)[levels]  # level -1, the last, is a missing one
    return positions, given[used]


def _category_order(answers: pd.Series, given: ObjectArray) -> IntArray:
    if isinstance(answers.dtype, pd.CategoricalDtype):
        return np.arange(len(given))
    keys = [_sorting_key(value) for value in given.tolist()]
    return np.array(sorted(range(len(keys)), key=keys.__getitem__), dtype=np.int64)


def _sorting_key(value: object) -> tuple[bool, float, str]:
    try:
        number = float(value)  # type: ignore[arg-type]
    except (TypeError, ValueError):
        return True, 0.0, str(value)
    if np.isnan(number):  # the text "nan"
        return True, 0.0, str(value)
    return False, number, str(value)
