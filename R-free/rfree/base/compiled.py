"""Loops that NumPy cannot take over, compiled when they are first called."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, wraps
from types import FunctionType
from typing import ParamSpec, TypeVar

_Given = ParamSpec("_Given")
_Returned = TypeVar("_Returned")
_KERNEL = "kernel"
"""The attribute of a compiled function that gives what Numba made of it."""


def compiled(function: Callable[_Given, _Returned]) -> Callable[_Given, _Returned]:
    """Compile a function of arrays and numbers with Numba, at its first call.

    What was compiled is kept on disk for the next process, where there is a folder to write in.
    Numbers are those of the loops as they are written: nothing is reordered.

    Parameters
    ----------
    function : callable
        One that Numba compiles whole; it may call other compiled functions of its own module.

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

        looped = _calling_kernels(function)
        # NumPy's rule for a division by zero: without it no loop becomes vector instructions.
        try:
            made = njit(cache=True, nogil=True, error_model="numpy")(looped)
        except RuntimeError:  # no folder to keep it in
            made = njit(nogil=True, error_model="numpy")(looped)
        found: Callable[_Given, _Returned] = made
        return found

    @wraps(function)
    def call(*args: _Given.args, **kwargs: _Given.kwargs) -> _Returned:
        return kernel()(*args, **kwargs)

    call.__dict__[_KERNEL] = kernel
    return call


def _calling_kernels(function: Callable[_Given, _Returned]) -> Callable[_Given, _Returned]:
    """Return a function whose calls of compiled ones are of what Numba made of them."""
    inner = {
        name: getattr(other, _KERNEL)()
        for name in function.__code__.co_names
        if hasattr(other := function.__globals__.get(name), _KERNEL)
        and other.__module__ == function.__module__
    }
    if not inner:
        return function
    own: Callable[_Given, _Returned] = FunctionType(
        function.__code__,
        {**function.__globals__, **inner},
        function.__name__,
        function.__defaults__,
    )
    return own
