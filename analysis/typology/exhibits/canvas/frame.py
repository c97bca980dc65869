"""The frame of a figure: title and legend above, note and mark of simulated data below."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from typology.exhibits.canvas.placement import text_box, text_width, wrap
from typology.exhibits.canvas.style import EDGE as MARGIN
from typology.exhibits.canvas.style import (
    GREY,
    PAGE_WIDTH,
    PNG_DPI,
    SMALL_SIZE,
    TEXT_SIZE,
    TITLE_SIZE,
    figure_style,
)
from typology.words import word

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.figure import Figure
    from matplotlib.text import Text

HANDLE = 0.32  # inches a legend takes beside its words

Legend = Sequence[tuple["Artist", str]]
"""Handles, each with its words."""


@contextmanager
def canvas(
    height: float, *, width: float = PAGE_WIDTH, title_height: float | None = 1.0
) -> Iterator[Figure]:
    """Give an empty figure of this size (inches), to be drawn on in the project's style.

    Where ticks are written above axes, a ``title_height`` of None puts titles of axes above them.
    """
    from matplotlib.backends.backend_agg import FigureCanvasAgg  # noqa: PLC0415
    from matplotlib.figure import Figure  # noqa: PLC0415

    with figure_style(title_height=title_height):
        # Not pyplot's, which would keep it.
        figure = Figure(figsize=(width, height), dpi=PNG_DPI, layout="constrained")
        FigureCanvasAgg(figure)
        layout = figure.get_layout_engine()
        if layout is not None:
            layout.set(w_pad=MARGIN, h_pad=0.04)  # type: ignore[call-arg]
        yield figure


def frame_figure(
    figure: Figure,
    language: str,
    *,
    title: str = "",
    legend: Legend = (),
    in_one_row: bool = False,
    note: str = "",
    right: float = 0.0,
    simulated: bool,
) -> Text:
    """Write around the axes, in room of its own so that nothing overlaps, and settle the layout.

    Title and note are wrapped to the figure's width; a legend ``in_one_row`` (of a scale) has its
    words wrapped; ``right`` inches are left free beside the axes. What is placed afterwards stays
    where it is put. Returns the note, which `wrap_note` may rewrite.
    """
    width, height = figure.get_size_inches()
    top = MARGIN
    if title:
        wrapped = wrap(title, width - 2 * MARGIN, TITLE_SIZE, bold=True)
        figure.text(
            MARGIN / width,
            1 - top / height,
            wrapped,
            size=TITLE_SIZE,
            weight="bold",
            va="top",
            in_layout=False,
        ).set_gid("title")
        top += text_box(wrapped, TITLE_SIZE)[1] + MARGIN / 2
    if legend:
        top += _draw_legend(figure, legend, top, in_one_row=in_one_row) + MARGIN / 2
    mark = word("simulated", language) if simulated else ""
    note_width = width - 3 * MARGIN - (text_width(mark, SMALL_SIZE, bold=True) if mark else 0)
    wrapped = wrap(note, note_width, SMALL_SIZE)
    bottom = MARGIN
    if note or mark:
        bottom += text_box(wrapped, SMALL_SIZE)[1] + MARGIN / 2
    written = figure.text(
        MARGIN / width,
        MARGIN / height,
        wrapped,
        size=SMALL_SIZE,
        color=GREY,
        va="bottom",
        in_layout=False,
    )
    written.set_gid("note")
    if mark:
        figure.text(
            1 - MARGIN / width,
            MARGIN / height,
            mark,
            size=SMALL_SIZE,
            weight="bold",
            color=GREY,
            ha="right",
            va="bottom",
            in_layout=False,
        ).set_gid("simulated")
    layout = figure.get_layout_engine()
    if layout is not None:
        taken = right / width
        layout.set(rect=(0, bottom / height, 1 - taken, 1 - (top + bottom) / height))  # type: ignore[call-arg]
        layout.execute(figure)
    for ax in figure.axes:
        ax.apply_aspect()
        for axis in (ax.xaxis, ax.yaxis):
            if not axis.get_label_text():
                axis.set_label_coords(0.5, 0.5)  # else its place is sought at each drawing
    figure.set_layout_engine(None)
    return written


def wrap_note(figure: Figure, written: Text, note: str, *, language: str, simulated: bool) -> None:
    """Rewrite the note of a framed figure, when its numbers are known at last."""
    mark = text_width(word("simulated", language), SMALL_SIZE, bold=True) if simulated else 0
    width = figure.get_size_inches()[0] - 3 * MARGIN - mark
    written.set_text(wrap(note, width, SMALL_SIZE))


def _draw_legend(figure: Figure, legend: Legend, top: float, *, in_one_row: bool) -> float:
    """Draw the legend under the title; return its height in inches."""
    width, height = figure.get_size_inches()
    n_columns = len(legend)
    if in_one_row:
        room = (width - 2 * MARGIN) / n_columns - HANDLE - 0.06
        texts = [wrap(text, room, TEXT_SIZE) for _, text in legend]
    else:
        texts = [wrap(text, width - 2 * MARGIN - HANDLE, TEXT_SIZE) for _, text in legend]
        while n_columns > 1 and _legend_width(texts, n_columns) > width - 2 * MARGIN:
            n_columns -= 1
        n_rows = -(-len(texts) // n_columns)
        n_columns = -(-len(texts) // n_rows)
    drawn = figure.legend(
        [handle for handle, _ in legend],
        texts,
        loc="upper left",
        bbox_to_anchor=(MARGIN / width, 1 - top / height),
        ncols=n_columns,
        frameon=False,
        borderpad=0,
        borderaxespad=0,
        handlelength=1.2,
        handletextpad=0.5,
        columnspacing=1.2,
        labelspacing=0.35,
        fontsize=TEXT_SIZE,
    )
    drawn.set_in_layout(False)
    return float(drawn.get_window_extent().height / figure.dpi)


def _legend_width(texts: Sequence[str], n_columns: int) -> float:
    """Return the width of a legend in inches, filled column by column as Matplotlib does."""
    n_rows, longer = divmod(len(texts), n_columns)
    lengths = [n_rows + 1] * longer + [n_rows] * (n_columns - longer)
    starts = [sum(lengths[:column]) for column in range(n_columns)]
    widths = [
        max(text_box(text, TEXT_SIZE)[0] for text in texts[start : start + length])
        for start, length in zip(starts, lengths, strict=True)
    ]
    return sum(widths) + HANDLE * n_columns
