"""A logarithmic scale of ratios: how far it goes, and the ticks its words leave room for."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from typology.exhibits.canvas.placement import text_width
from typology.exhibits.canvas.style import LIGHT_GREY, SMALL_SIZE, number_ticks, tick_text

if TYPE_CHECKING:
    from matplotlib.axes import Axes

WIDEST_RATIO = 1e4  # ratios beyond are marked at the end of the scale
_DENSITIES = ((1.0, 2.0, 5.0), (1.0, 3.0), (1.0,))


def ratio_limits(ratios: pd.DataFrame) -> tuple[float, float]:
    """Return the ends of a scale of ratios: all of them within, long intervals cut.

    Columns ``odds_ratio``, ``low``, ``high``. Four times beyond the smallest and the largest ratio
    at most.

    >>> low, high = ratio_limits(pd.DataFrame({"odds_ratio": [3.0], "low": [0.9], "high": [200.0]}))
    >>> round(low, 2), high
    (0.25, 12.0)
    """
    values = np.clip(ratios["odds_ratio"].to_numpy(dtype=float), 1 / WIDEST_RATIO, WIDEST_RATIO)
    low = max(min(values.min() / 4, 0.25), float(np.nanmin([*ratios["low"], 0.25])) / 1.15)
    high = min(max(values.max() * 4, 4.0), float(np.nanmax([*ratios["high"], 4.0])) * 1.15)
    return float(max(low, 0.5 / WIDEST_RATIO)), float(min(high, 2 * WIDEST_RATIO))


def draw_ratio_scale(ax: Axes, limits: tuple[float, float], width: float, language: str) -> None:
    """Give the x axis a logarithmic scale with plain numbers, as many as ``width`` inches hold."""
    from matplotlib.ticker import NullLocator  # noqa: PLC0415 - slow to import

    ax.set_xscale("log")
    ax.set_xlim(*limits)
    ax.set_xticks(_ticks(limits, width, language))
    ax.xaxis.set_minor_locator(NullLocator())
    number_ticks(ax.xaxis, language)
    ax.tick_params(axis="x", labelsize=SMALL_SIZE)
    ax.grid(axis="x", color=LIGHT_GREY, linewidth=0.4)
    ax.set_axisbelow(True)


def _ticks(limits: tuple[float, float], width: float, language: str) -> list[float]:
    """Return the ticks of a logarithmic scale, as many as their words leave room for."""
    first, last = (int(np.floor(np.log10(end))) for end in limits)
    powers = range(first, last + 1)
    for density in _DENSITIES:
        ticks = [step * 10.0**power for power in powers for step in density]
        shown = [tick for tick in ticks if limits[0] <= tick <= limits[1]]
        if _fit(shown, limits, width, language):
            return shown
    for stride in (2, 3, 4):
        shown = [10.0**power for power in powers if power % stride == 0]
        shown = [tick for tick in shown if limits[0] <= tick <= limits[1]]
        if _fit(shown, limits, width, language):
            break
    return shown


def _fit(ticks: Sequence[float], limits: tuple[float, float], width: float, language: str) -> bool:
    spread = np.log10(limits[1] / limits[0])
    centres = [width * np.log10(tick / limits[0]) / spread for tick in ticks]
    widths = [text_width(tick_text(tick, language), SMALL_SIZE) for tick in ticks]
    ends = [(at - wide / 2, at + wide / 2) for at, wide in zip(centres, widths, strict=True)]
    return all(right + 0.06 < left for (_, right), (left, _) in pairwise(ends))
