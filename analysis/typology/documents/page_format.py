"""The format of the page being made: of the web, of Word or of PDF."""

from __future__ import annotations

import sys
from typing import Literal

PageFormat = Literal["html", "docx", "typst", ""]

_FIGURES: dict[str, PageFormat] = {
    "image/svg+xml": "html",
    "image/png": "docx",
    "application/pdf": "typst",
}
"""Format of figures (``fig-format``) that the front matter of the pages gives to each format."""


def page_format() -> PageFormat:
    """Return the format of the page being made; "" outside Quarto.

    Quarto tells a kernel one thing of the format, each time it runs a page: the format of figures,
    which it sets in IPython. (It also sets an environment variable, but only when it starts the
    kernel, which may go on to run the other formats of the page.)
    """
    ipython = sys.modules.get("IPython")
    shell = None if ipython is None else ipython.get_ipython()
    if shell is None:
        return ""
    formatters = shell.display_formatter.formatters
    for figures, page in _FIGURES.items():
        try:
            formatters[figures].lookup_by_type("matplotlib.figure.Figure")
        except KeyError:
            continue
        return page
    return ""
