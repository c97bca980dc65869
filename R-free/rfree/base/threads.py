"""The threads of linear algebra, held to one where the last digits must not depend on them."""

from __future__ import annotations

import sys
from contextlib import AbstractContextManager
from functools import lru_cache
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
    limited: AbstractContextManager[Any] = _controller(len(sys.modules)).limit(limits=1)
    return limited


@lru_cache(maxsize=1)
def _controller(n_modules: int) -> ThreadpoolController:  # noqa: ARG001
    """Return what knows the libraries loaded; they are looked for again after an import."""
    return ThreadpoolController()
