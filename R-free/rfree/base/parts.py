"""A table of answers too large to hold: read part after part, here or on the cores of a cluster."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial, reduce
from importlib import import_module
from os import PathLike
from typing import Any, TypeVar

import numpy as np
import pandas as pd

from rfree.base.inputs import FloatArray
from rfree.base.threads import single_thread

_Result = TypeVar("_Result")
Sums = tuple[FloatArray, ...]

CELLS_AT_ONCE = 2**22
"""Answers of a part read from Arrow or Parquet: 85,000 respondents to 49 questions."""


class TableParts(ABC):
    """A table cut into DataFrames of the same columns, which can be gone through several times."""

    @abstractmethod
    def map(
        self, work: Callable[..., _Result], each: Sequence[Sequence[Any]] = ()
    ) -> list[_Result]:
        """Return what a function makes of every part.

        Parameters
        ----------
        work : function of a DataFrame
            And of the next value of each sequence. One that can be sent to another process.
        each : sequence of sequences
            One value a part.

        Returns
        -------
        list
            In the order of the parts.
        """

    @abstractmethod
    def total(self, work: Callable[..., Sums], each: Sequence[Sequence[Any]] = ()) -> Sums:
        """Return the sums over the parts of the arrays that a function makes of each.

        Parameters
        ----------
        work, each
            As in `map`; ``work`` gives a tuple of arrays.

        Returns
        -------
        tuple of arrays

        Notes
        -----
        Neighbours are added two by two, then their sums, wherever they were made: the last digit
        depends on the parts, not on who worked on them.
        """


@dataclass(frozen=True)
class PartsHere(TableParts):
    """Parts read one after the other by this process.

    Attributes
    ----------
    read : function
        Gives the parts, from the first, each time it is called.
    """

    read: Callable[[], Iterable[pd.DataFrame]]

    def map(
        self, work: Callable[..., _Result], each: Sequence[Sequence[Any]] = ()
    ) -> list[_Result]:
        """Return what a function makes of every part."""
        return list(self._made(work, each))

    def total(self, work: Callable[..., Sums], each: Sequence[Sequence[Any]] = ()) -> Sums:
        """Return the sums over the parts of the arrays that a function makes of each."""
        waiting: list[tuple[int, Sums]] = []  # sums of 1, 2, 4, 8... parts, the larger first
        for made in self._made(work, each):
            count, sums = 1, made
            while waiting and waiting[-1][0] == count:
                sums = added(waiting.pop()[1], sums)
                count *= 2
            waiting.append((count, sums))
        return reduce(lambda later, earlier: added(earlier, later), [s for _, s in waiting[::-1]])

    def _made(
        self, work: Callable[..., _Result], each: Sequence[Sequence[Any]]
    ) -> Iterator[_Result]:
        values = zip(*each, strict=True) if each else None
        with single_thread():  # as on the cores of a cluster
            for part in self.read():
                yield work(part, *(next(values) if values is not None else ()))


@dataclass(frozen=True)
class PartsOnCluster(TableParts):
    """Partitions of a dask DataFrame, which the workers go through.

    Attributes
    ----------
    partitions : tuple of dask Delayed
    """

    partitions: tuple[Any, ...]

    def map(
        self, work: Callable[..., _Result], each: Sequence[Sequence[Any]] = ()
    ) -> list[_Result]:
        """Return what a function makes of every part."""
        dask = _dask()
        return list(dask.compute(*self._made(work, each)))

    def total(self, work: Callable[..., Sums], each: Sequence[Sequence[Any]] = ()) -> Sums:
        """Return the sums over the parts of the arrays that a function makes of each."""
        dask = _dask()
        add = dask.delayed(added)
        sums = self._made(work, each)
        while len(sums) > 1:
            pairs = [add(*sums[start : start + 2]) for start in range(0, len(sums) - 1, 2)]
            sums = pairs + sums[2 * len(pairs) :]
        (done,) = dask.compute(sums[0])
        return tuple(np.asarray(table) for table in done)

    def _made(self, work: Callable[..., Any], each: Sequence[Sequence[Any]]) -> list[Any]:
        dask = _dask()
        alone = dask.delayed(partial(_on_one_core, work))
        values = list(zip(*each, strict=True)) if each else [()] * len(self.partitions)
        return [alone(part, *value) for part, value in zip(self.partitions, values, strict=True)]


def _dask() -> Any:
    """Return the library, which is an extra: `scale`."""
    return import_module("dask")


def _on_one_core(work: Callable[..., _Result], *arguments: Any) -> _Result:
    with single_thread():
        return work(*arguments)


def added(first: Sums, second: Sums) -> Sums:
    """Add the arrays of two parts, one by one.

    Examples
    --------
    >>> added((np.array([1.0, 2.0]),), (np.array([3.0, 4.0]),))
    (array([4., 6.]),)
    """
    return tuple(one + other for one, other in zip(first, second, strict=True))


def as_parts(source: Any, *, columns: Sequence[str] | None = None) -> TableParts:
    """Make a table in parts of what holds one.

    Parameters
    ----------
    source : path, pyarrow Table or Dataset, dask DataFrame, sequence of DataFrames, or TableParts
        A path is that of a Parquet file, or of a folder of them, read in the order of their names.
    columns : sequence of str, optional
        Those wanted; None: all. Of Parquet, the others are not read.

    Returns
    -------
    TableParts

    Raises
    ------
    TypeError
        If it holds no table.

    Notes
    -----
    What is read from Arrow is held a few million answers at a time, whatever the size of the
    files. Texts come as categories, in the order that `rfree.base.coding.ordered_levels` gives
    them.

    Examples
    --------
    >>> halves = as_parts([pd.DataFrame({"q": ["a", "b"]}), pd.DataFrame({"q": ["b"]})])
    >>> halves.map(len)
    [2, 1]
    """
    if isinstance(source, TableParts):
        return source
    if isinstance(source, str | PathLike):
        import pyarrow.dataset  # noqa: PLC0415 - slow to import

        source = pyarrow.dataset.dataset(source, format="parquet")
    if hasattr(source, "to_delayed"):
        chosen = source if columns is None else source[list(columns)]
        return PartsOnCluster(tuple(chosen.to_delayed()))
    if hasattr(source, "to_batches"):
        return PartsHere(partial(_arrow_parts, source, None if columns is None else list(columns)))
    if isinstance(source, Sequence) and source and isinstance(source[0], pd.DataFrame):
        return PartsHere(partial(_chosen, source, None if columns is None else list(columns)))
    raise TypeError(
        f"X must be a pandas DataFrame, not {type(source).__name__}; or a path of Parquet files, a "
        "pyarrow Table or Dataset, a dask DataFrame, a sequence of DataFrames."
    )


def _chosen(parts: Sequence[pd.DataFrame], columns: list[str] | None) -> list[pd.DataFrame]:
    return [part if columns is None else part[columns] for part in parts]


def _arrow_parts(source: Any, columns: list[str] | None) -> Iterator[pd.DataFrame]:
    names = source.schema.names if columns is None else columns
    rows = max(1, CELLS_AT_ONCE // max(1, len(names)))
    if hasattr(source, "get_fragments"):
        fragments = sorted(source.get_fragments(), key=lambda each: str(each.path))
        batches = (
            batch
            for fragment in fragments
            for batch in fragment.to_batches(
                schema=source.schema, columns=names, batch_size=rows, batch_readahead=1
            )
        )
    else:
        batches = iter(source.select(names).to_batches(max_chunksize=rows))
    for batch in batches:
        if batch.num_rows:
            yield _frame(batch)


def _frame(batch: Any) -> pd.DataFrame:
    """Turn a batch into a DataFrame, texts into categories."""
    columns = {name: _column(batch.column(name)) for name in batch.schema.names}
    return pd.DataFrame(columns, copy=False)


def _column(values: Any) -> Any:
    import pyarrow as pa  # noqa: PLC0415 - slow to import

    from rfree.base.coding import ordered_levels  # noqa: PLC0415 - which reads parts as well

    if not (pa.types.is_string(values.type) or pa.types.is_large_string(values.type)):
        return values.to_pandas()
    coded = values.dictionary_encode()
    positions, levels = ordered_levels(pd.Series(coded.dictionary.to_pylist(), dtype=object))
    place = np.append(positions, -1)  # the last for a missing answer
    codes = coded.indices.fill_null(len(positions)).to_numpy(zero_copy_only=False)
    return pd.Categorical.from_codes(place[codes], categories=pd.Index(levels, dtype=object))
