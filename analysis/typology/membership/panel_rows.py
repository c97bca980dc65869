"""The lines of the figures of membership: characteristics, their answers, panels beside them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from typology.exhibits.canvas.placement import wrap
from typology.exhibits.canvas.style import GREY, INK, PAGE_WIDTH, TEXT_SIZE, despine

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

PANEL_LABEL_WIDTH, NARROW_LABEL_WIDTH = 2.5, 2.0  # inches; narrow beside four panels
_LINE, LEAST_HEIGHT, TITLE_SPACE = 0.13, 0.17, 0.05  # inches: of a line of label, a row, above it
MOST_PANELS = 4  # side by side
LABEL_PAD = 8  # points: room between the labels and the arrow of an interval cut short
BELOW = 0.045  # inches: how far below the middle of their row the corrected marks lie


@dataclass(frozen=True)
class PanelRow:
    """A line of the plot: a title, a reference answer or a term, known by its ``key``."""

    text: str
    kind: str
    key: str

    @property
    def height(self) -> float:
        """Return the room it takes below what goes before, in inches."""
        return max(LEAST_HEIGHT, (self.text.count("\n") + 1) * _LINE + 0.04)

    @property
    def space(self) -> float:
        """Return the room above it, in inches."""
        return TITLE_SPACE if self.kind == "title" else 0.0


def row_of(text: str, kind: str, width: float, key: str = "") -> PanelRow:
    """Return a line whose text is wrapped to so many inches."""
    return PanelRow(wrap(text, width, TEXT_SIZE, bold=kind == "title"), kind, key)


def height_of(rows: Sequence[PanelRow]) -> float:
    """Return the height of all lines, in inches."""
    return sum(row.height + row.space for row in rows)


def positions_of(rows: Sequence[PanelRow]) -> list[float]:
    """Return the middle of each row, in inches from the top."""
    ends = np.cumsum([row.height + row.space for row in rows])
    return [float(end - row.height / 2) for end, row in zip(ends, rows, strict=True)]


@dataclass(frozen=True)
class TypePanels:
    """Where the panels of so many types lie: at most four side by side, their rows named left."""

    n: int

    @property
    def n_rows(self) -> int:
        """Return the number of rows of panels."""
        return -(-self.n // MOST_PANELS)

    @property
    def n_columns(self) -> int:
        """Return the number of panels side by side."""
        return -(-self.n // self.n_rows)

    @property
    def label_width(self) -> float:
        """Return the room of the labels, in inches."""
        return NARROW_LABEL_WIDTH if self.n_columns == MOST_PANELS else PANEL_LABEL_WIDTH

    @property
    def width(self) -> float:
        """Return the room of what stands above or below a panel, in inches."""
        return (PAGE_WIDTH - self.label_width) / self.n_columns - 0.15

    def height(self, rows: Sequence[PanelRow]) -> float:
        """Return the height of the figure, in inches."""
        return 1.35 + self.n_rows * (height_of(rows) + 0.4)

    def drawn(self, figure: Figure) -> list[Axes]:
        """Draw the panels, empty, and return them."""
        grid = figure.subplots(self.n_rows, self.n_columns, squeeze=False, sharex=True, sharey=True)
        panels: list[Axes] = list(grid.flat)
        for unused in panels[self.n :]:
            unused.set_visible(False)
        return panels[: self.n]

    def is_first(self, place: int) -> bool:
        """Return whether a panel begins a row."""
        return place % self.n_columns == 0

    def is_lowest(self, place: int) -> bool:
        """Return whether no panel lies below one."""
        return place + self.n_columns >= self.n


def draw_rows(ax: Axes, rows: Sequence[PanelRow], *, labelled: bool) -> None:
    """Name the lines on the left of a panel, titles in bold."""
    ax.set_ylim(height_of(rows), 0)
    ax.set_yticks(positions_of(rows), [row.text for row in rows])
    ax.tick_params(axis="y", length=0, pad=LABEL_PAD, labelleft=labelled)
    for text, row in zip(ax.get_yticklabels() if labelled else (), rows, strict=labelled):
        text.set_fontweight("bold" if row.kind == "title" else "normal")
        text.set_color(GREY if row.kind == "reference" else INK)
    despine(ax, left=True)


def title_scale(figure: Figure, words: str) -> None:
    """Write the title of the scale once, under the middle of all panels."""
    lowest = min(
        (ax for ax in figure.axes if ax.get_visible()), key=lambda ax: ax.get_position().y0
    )
    box = lowest.xaxis.label.get_window_extent().transformed(figure.transFigure.inverted())
    left = min(ax.get_position().x0 for ax in figure.axes)
    right = max(ax.get_position().x1 for ax in figure.axes)
    for ax in figure.axes:
        ax.set_xlabel("")
    figure.text(
        (left + right) / 2, (box.y0 + box.y1) / 2,
        wrap(words, PAGE_WIDTH - PANEL_LABEL_WIDTH, TEXT_SIZE),
        size=TEXT_SIZE, ha="center", va="center",
    )  # fmt: skip
