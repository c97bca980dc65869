"""Categories as integer codes: what was seen when fitting, and where each answer lies in it."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np
import numpy.typing as npt
import pandas as pd

from rfree.base.inputs import IntArray, check_categories, check_table

ObjectArray = npt.NDArray[np.object_]


@dataclass(frozen=True)
class CategoryCoding:
    """The categories of each variable, numbered through the whole table.

    Attributes
    ----------
    variables : tuple
        Column names, in the order of the table.
    counts : array of ints
        Number of categories of each variable.
    names : array of objects
        The categories of the first variable in their order, then those of the next, ...
    """

    variables: tuple[Hashable, ...]
    counts: IntArray
    names: ObjectArray

    @property
    def n_categories(self) -> int:
        """Number of categories of all variables together."""
        return len(self.names)

    @property
    def variable_of(self) -> IntArray:
        """Position of the variable that each category belongs to."""
        return np.repeat(np.arange(len(self.counts)), self.counts)

    @property
    def offsets(self) -> IntArray:
        """Number of the first category of each variable."""
        return np.asarray(self.counts.cumsum() - self.counts)

    @cached_property
    def categories(self) -> tuple[pd.Index, ...]:
        """For each variable, its categories in their order."""
        # One index, cut into pieces: making one for each variable takes longer.
        names = pd.Index(self.names, dtype=object)
        bounds = np.append(self.offsets, len(names)).tolist()
        return tuple(names[start:stop] for start, stop in pairwise(bounds))

    @cached_property
    def index(self) -> pd.MultiIndex:
        """(variable, category) of every category."""
        numbers, given = pd.factorize(self.names)
        variables = pd.Index(self.variables, tupleize_cols=False)
        categories = pd.Index(given.tolist(), tupleize_cols=False)
        return pd.MultiIndex(
            levels=[variables, categories],  # type: ignore[list-item]
            codes=[self.variable_of, numbers],  # type: ignore[list-item]
            names=["variable", "category"],
            verify_integrity=False,
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
            positions, levels = ordered_levels(answers)
            if (positions < 0).any():
                check_categories(X, name=name)
            codes[:, column] = known.get_indexer(pd.Index(levels, dtype=object))[positions]
            if (codes[:, column] < 0).any():
                new = levels[np.unique(positions[codes[:, column] < 0])]
                values = ", ".join(repr(value) for value in new)
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

    Raises
    ------
    TypeError
        If ``X`` is no DataFrame, or a cell holds a list or the like.
    ValueError
        If it is empty, an answer is missing, or two categories of a column read the same (1 and
        "1").

    Examples
    --------
    >>> coding, codes = learn_coding(pd.DataFrame({"q": ["10", "2", "none"], "r": [1, 1, 0]}))
    >>> [list(each) for each in coding.categories]
    [['2', '10', 'none'], [0, 1]]
    >>> codes
    array([[1, 4], [0, 4], [2, 3]])
    """
    held = held_answers(X, name=name)
    return held.coding, held.codes()


@dataclass(frozen=True)
class HeldAnswers:
    """A table whose answers become numbers of categories as they are needed.

    Attributes
    ----------
    coding : CategoryCoding
    positions : tuple of arrays of respondents
        Of the answers to each variable, among all of its levels.
    starts : array of variables
        Number of the first level of each.
    number : array of levels
        Number of the category that each is; those that nobody gave have none.
    """

    coding: CategoryCoding
    positions: tuple[npt.NDArray[np.signedinteger], ...]
    starts: IntArray
    number: IntArray

    def codes(self, rows: slice = slice(None)) -> IntArray:
        """Return some rows as numbers of categories, respondents x variables."""
        table = np.stack([each[rows] for each in self.positions], axis=1)
        return np.asarray(self.number[table + self.starts], dtype=np.int64)


def held_answers(X: pd.DataFrame, *, name: str = "X") -> HeldAnswers:
    """Find the categories of a table, without the table of their numbers.

    Parameters
    ----------
    X, name
        As in `learn_coding`.

    Returns
    -------
    HeldAnswers

    Examples
    --------
    >>> held_answers(pd.DataFrame({"q": ["10", "2", "none"]})).codes(slice(1, 3))
    array([[0], [2]])
    """
    check_table(X, name=name)
    positions, levels = zip(*(ordered_levels(answers) for _, answers in X.items()), strict=True)
    if min(int(each.min()) for each in positions) < 0:
        check_categories(X, name=name)
    alike = [
        f"column {variable!r}: {', '.join(map(repr, both))}"
        for variable, each in zip(X.columns, levels, strict=True)
        if (both := _read_the_same(each))
    ]
    if alike:
        raise ValueError(
            f"{name} has categories that read the same: {'; '.join(alike)}. Make them one."
        )
    sizes = np.array([len(each) for each in levels], dtype=np.int64)
    times = zip(positions, sizes.tolist(), strict=True)
    given = np.concatenate([np.bincount(each, minlength=size) for each, size in times]) > 0
    number = np.cumsum(given, dtype=np.int64) - 1  # levels that nobody gave are left out
    variable_of = np.repeat(np.arange(len(sizes)), sizes)
    counts = np.bincount(variable_of[given], minlength=len(sizes))
    names = np.concatenate(levels)[given]
    coding = CategoryCoding(tuple(X.columns), counts, names)
    return HeldAnswers(coding, positions, sizes.cumsum() - sizes, number)


def _read_the_same(levels: ObjectArray) -> list[object]:
    """Return levels of several types that are written alike, such as 1 and "1"."""
    values = levels.tolist()
    if len(set(map(type, values))) < 2:
        return []
    texts = list(map(str, values))
    return [value for value, text in zip(values, texts, strict=True) if texts.count(text) > 1]


def ordered_levels(answers: pd.Series) -> tuple[npt.NDArray[np.signedinteger], ObjectArray]:
    """Find the levels of a column, and which of them each answer is.

    Parameters
    ----------
    answers : Series
        Of any type, or of several.

    Returns
    -------
    positions : array of ints
        Of the answers among the levels; -1 where one is missing.
    levels : array of objects
        Those of a categorical column in its own order, unused ones included. Otherwise numbers
        (and texts that spell one) in numerical order, then other texts in alphabetical order.

    Examples
    --------
    >>> ordered_levels(pd.Series(["10", "none", "2", None]))
    (array([ 1,  2,  0, -1]), array(['2', '10', 'none'], dtype=object))
    """
    if isinstance(answers.dtype, pd.CategoricalDtype):
        values = answers.array
        return values.codes, values.categories.to_numpy(dtype=object)
    texts = isinstance(answers.dtype, pd.StringDtype) and answers.dtype.storage == "python"
    # Texts are Python's own: read as plain objects, they are found several times faster.
    try:
        positions, given = pd.factorize(answers.to_numpy(dtype=object) if texts else answers)
    except TypeError as error:  # lists, sets
        raise TypeError(
            f"column {answers.name!r} holds what cannot be a category, such as a list ({error})."
        ) from None
    levels = np.asarray(given, dtype=object)
    keys = [sorting_key(value) for value in levels.tolist()]
    order = sorted(range(len(keys)), key=keys.__getitem__)
    rank = np.append(np.argsort(order), -1)  # position -1, the last, is a missing answer
    return rank[positions], levels[order]


def as_categorical(answers: pd.Series) -> pd.Categorical:
    """Make a column categorical, its categories in the order of `ordered_levels`.

    Parameters
    ----------
    answers : Series

    Returns
    -------
    Categorical
        A categorical column as it is, unused categories included.

    Examples
    --------
    >>> as_categorical(pd.Series(["10", "2", None])).categories.tolist()
    ['2', '10']
    """
    if isinstance(answers.dtype, pd.CategoricalDtype):
        return pd.Categorical(answers)
    positions, levels = ordered_levels(answers)
    return pd.Categorical.from_codes(positions, categories=pd.Index(levels.tolist()))


def sorting_key(value: object) -> tuple[bool, float, str]:
    """Return what levels are sorted by: numbers and texts that spell one, then other texts.

    Parameters
    ----------
    value : object

    Returns
    -------
    tuple
    """
    try:
        number = float(value)  # type: ignore[arg-type]
    except (TypeError, ValueError):
        return True, 0.0, str(value)
    if np.isnan(number):  # the text "nan"
        return True, 0.0, str(value)
    return False, number, str(value)
