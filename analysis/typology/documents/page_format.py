"""The format of the page being made: of the web, of Word or of PDF."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, Literal

PageFormat = Literal["html", "docx", "typst", ""]

PAGE_FORMATS: tuple[PageFormat, ...] = ("html", "docx", "typst")
"""Those that pages of the site are made in."""

_FIGURES: dict[str, PageFormat] = {
    "image/svg+xml": "html",
    "image/png": "docx",
    "application/pdf": "typst",
}
"""Format of figures (``fig-format``) that the front matter of the pages gives to each format."""

_FIGURES_TOLD: dict[str, PageFormat] = {"svg": "html", "png": "docx", "pdf": "typst"}
_MADE_AS: ContextVar[PageFormat] = ContextVar("made_as", default="")


@contextmanager
def page_made_as(made_as: PageFormat) -> Iterator[None]:
    """Within it, the page being made has this format."""
    before = _MADE_AS.set(made_as)
    try:
        yield
    finally:
        _MADE_AS.reset(before)


def in_a_kernel() -> bool:
    """Return whether this process is a kernel, which Quarto starts for a page."""
    return _shell() is not None


def page_format() -> PageFormat:
    """Return the format of the page being made; "" outside a render.

    Quarto tells a kernel one thing of the format, each time it runs a page: the format of figures,
    which it sets in IPython. It also sets an environment variable, but only when it starts the
    kernel, which may go on to run the other formats of the page: that counts where Quarto (1.5)
    did not reach an IPython of today (9).
    """
    shell = _shell()
    if _MADE_AS.get() or shell is None:
        return _MADE_AS.get()
    formatters = shell.display_formatter.formatters
    for figures, page in _FIGURES.items():
        try:
            formatters[figures].lookup_by_type("matplotlib.figure.Figure")
        except KeyError:
            continue
        return page
    return _FIGURES_TOLD.get(os.environ.get("QUARTO_FIG_FORMAT", ""), "")


def _shell() -> Any:
    ipython = sys.modules.get("IPython")
    return None if ipython is None else ipython.get_ipython()
