"""The threads of linear algebra, held to one where the last digits must not depend on them."""

from __future__ import annotations

from contextlib import AbstractContextManager
from functools import cache
from typing import Any

from threadpoolctl import ThreadpoolController  # type: ignore[import-untyped]


def single_thread() -> AbstractContextManager[Any]:
    """Hold linear algebra to one thread, within ``with``.

    Returns
    -------
    context manager

    Examples
    --------
    >>> with single_thread():
    ...     pass
    """
    limited: AbstractContextManager[Any] = _controller().limit(limits=1)
    return limited


@cache
def _controller() -> ThreadpoolController:
    """Return what knows the libraries loaded; they are looked for once."""
    return ThreadpoolController()
