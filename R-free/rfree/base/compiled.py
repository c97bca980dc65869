"""Loops that NumPy cannot take over, compiled when they are first called."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, wraps
from typing import ParamSpec, TypeVar

_Given = ParamSpec("_Given")
_Returned = TypeVar("_Returned")


def compiled(function: Callable[_Given, _Returned]) -> Callable[_Given, _Returned]:
    """Compile a function of arrays and numbers with Numba, at its first call.

    What was compiled is kept on disk for the next process, where there is a folder to write in.
    Numbers are those of the loops as they are written: nothing is reordered.

    Parameters
    ----------
    function : callable
        One that Numba compiles whole, and that calls no other compiled function.

    Returns
    -------
    callable

    Examples
    --------
    >>> @compiled
    ... def total(values):
    ...     found = 0.0
    ...     for value in values:
    ...         found += value
    ...     return found
    >>> import numpy as np
    >>> total(np.array([0.5, 0.25]))
    0.75
    """

    @cache
    def kernel() -> Callable[_Given, _Returned]:
        from numba import njit  # noqa: PLC0415 - slow to import

        # NumPy's rule for a division by zero: without it no loop becomes vector instructions.
        try:
            made = njit(cache=True, nogil=True, error_model="numpy")(function)
        except RuntimeError:  # no folder to keep it in
            made = njit(nogil=True, error_model="numpy")(function)
        found: Callable[_Given, _Returned] = made
        return found

    @wraps(function)
    def call(*args: _Given.args, **kwargs: _Given.kwargs) -> _Returned:
        return kernel()(*args, **kwargs)

    return call
