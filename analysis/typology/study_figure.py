"""One figure of a study: its name, how it is drawn, what it says in words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from matplotlib.figure import Figure


@dataclass(frozen=True)
class StudyFigure:
    """One figure of a study.

    Parameters
    ----------
    name : str
        Name of its files.
    draw : callable
        Takes whether to write a title, and whether to mark simulated data.
    describe : callable
        Returns the alternative text, from the same tables.
    """

    name: str
    draw: Callable[[bool, bool], Figure]
    describe: Callable[[], str]
