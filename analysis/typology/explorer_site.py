"""The explorer on the site: that of the run, within a page."""

from __future__ import annotations

from typology.document import Document
from typology.facts import Written
from typology.results import EXPLORER

BEGIN, END = '<div class="typology-explorer"', "</main>"


def explorer_to_read(document: Document) -> Written:
    """Return the explorer of the run, to put it into a page.

    Parameters
    ----------
    document : Document

    Returns
    -------
    Written

    Raises
    ------
    ValueError
        If there is no explorer in the file of the run.
    """
    page = (document.study.results_path / EXPLORER).read_text(encoding="utf-8")
    start, end = page.find(BEGIN), page.rfind(END)
    if not 0 <= start < end:
        raise ValueError(f"No explorer in {EXPLORER}: run `typology run` again.")
    return document.html(page[start:end])
