"""How time and memory grow with the number of respondents, drawn."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from typology.documents.costs.measured import MEASURED, TIMED_STEPS
from typology.documents.costs.tables import seconds
from typology.exhibits.canvas.frame import canvas, frame_figure
from typology.exhibits.canvas.style import (
    GREY,
    PAGE_WIDTH,
    class_colour,
    class_marker,
    despine,
    line_key,
    require_columns,
)
from typology.words import number, word

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_COLOURS = (4, 1, 5)
"""Of the steps, as of classes: they differ in grey, and on their markers."""
_GUIDE: dict[str, Any] = {"color": GREY, "linewidth": 0.8, "linestyle": (0, (4, 3))}


def growth(growing: pd.DataFrame, language: str, *, width: float = PAGE_WIDTH) -> Figure:
    """Draw seconds of each step, and memory, over respondents; both scales are logarithmic.

    Dashed lines grow with the respondents, from the largest number of them downwards.
    """
    require_columns(growing, ["respondents", *MEASURED.values()], name="sizes")
    stacked = width < PAGE_WIDTH
    shape = (2, 1) if stacked else (1, 2)
    with canvas(5.4 if stacked else 3.3, width=width) as figure:
        left, right = figure.subplots(*shape)
        styles = [
            {"color": class_colour(each), "marker": class_marker(each), "markersize": 4.5,
             "linewidth": 1.2}
            for each in _COLOURS
        ]  # fmt: skip
        steps = [MEASURED[step] for step in TIMED_STEPS]
        for style, column in zip(styles, steps, strict=True):
            left.plot(growing["respondents"], growing[column], **style)
        held = growing[MEASURED["memory"]]
        memory = {**styles[0], "color": GREY, "marker": "x"}
        right.plot(growing["respondents"], held, **memory)
        for ax, values, what in (
            (left, growing[steps].sum(axis=1), "seconds"),
            (right, held, "memory"),
        ):
            _dress(ax, growing["respondents"], values, what, language)
        legend = [
            (line_key(**style), word("cost_step", language, step))
            for style, step in zip(styles, TIMED_STEPS, strict=True)
        ]
        legend += [
            (line_key(**memory), word("cost_axis", language, "memory_key")),
            (line_key(**_GUIDE), word("cost_axis", language, "linear")),
        ]
        frame_figure(figure, language, legend=legend, simulated=False)
    return figure


def growth_alt(growing: pd.DataFrame, language: str) -> str:
    """Say what :func:`growth` shows, for those who cannot see it."""
    first, last = growing.iloc[0], growing.iloc[-1]
    told: dict[str, Any] = {
        f"{step}_{place}": seconds(row[column], language)
        for step, column in MEASURED.items()
        for place, row in (("first", first), ("last", last))
    }
    for place, row in (("first", first), ("last", last)):
        told[place] = number(row["respondents"], language, 0)
    return word("cost_growth_alt", language, **told)


def _dress(ax: Axes, respondents: pd.Series, values: pd.Series, what: str, language: str) -> None:
    """Give logarithmic scales, their titles, and the line of what grows with the respondents."""
    from matplotlib.ticker import FixedLocator, NullFormatter, NullLocator  # noqa: PLC0415

    ax.set_xscale("log")
    ax.set_yscale("log")
    lowest = min(np.asarray(line.get_ydata()).min() for line in ax.lines)
    guide = values.iloc[-1] * respondents / respondents.iloc[-1]
    ax.plot(respondents, guide, **_GUIDE, zorder=0)
    ax.set_ylim(10 ** np.floor(np.log10(lowest)), 10 ** np.ceil(np.log10(values.max())))
    for axis, ends in ((ax.xaxis, respondents), (ax.yaxis, pd.Series(ax.get_ylim()))):
        ticks = _powers(float(ends.min()), float(ends.max()))
        axis.set_major_locator(FixedLocator(ticks))
        axis.set_minor_locator(NullLocator())
        axis.set_minor_formatter(NullFormatter())
        axis.set_ticklabels([_power(tick, language) for tick in ticks])
    ax.set_xlabel(word("cost_axis", language, "respondents"))
    ax.set_ylabel(word("cost_axis", language, what))
    ax.grid(True, color="#ebebeb", linewidth=0.6)
    ax.set_axisbelow(True)
    ax.tick_params(color=GREY)
    despine(ax)


def _powers(low: float, high: float) -> Sequence[float]:
    """Return the powers of ten from one number to another, both allowed to miss by a hair."""
    first, last = np.ceil(np.log10(low) - 1e-9), np.floor(np.log10(high) + 1e-9)
    return [float(10.0**power) for power in np.arange(first, last + 1)]


def _power(value: float, language: str) -> str:
    return number(value, language, max(0, int(-np.floor(np.log10(value)))))
