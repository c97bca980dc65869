"""Bars of the inertia of the axes: raw rates, and rates corrected by Benzécri and Greenacre."""

from __future__ import annotations

import numpy as np
import pandas as pd
import seaborn as sns
from matplotlib.axes import Axes
from matplotlib.colors import to_hex
from matplotlib.figure import Figure
from matplotlib.patches import Patch
from matplotlib.ticker import FuncFormatter, MaxNLocator

from typology.exhibits.canvas.frame import frame_figure, freeze_layout
from typology.exhibits.canvas.style import (
    GREY,
    INK,
    SMALL_SIZE,
    FigureLabels,
    check_columns,
    class_colour,
    figure_style,
    new_figure,
)
from typology.words import number, word

KEPT_COLOUR, OTHER_COLOUR = class_colour(4), "#c3c8d6"
RATES = ("benzecri", "greenacre")
RATE_COLOURS = (to_hex(class_colour(3)), "#f2f2f2")
HATCHES = ("", "////")
SMALLEST_WRITTEN = 0.05  # percent: less would be written as zero


def inertia_bars(
    axes: pd.DataFrame,
    labels: FigureLabels,
    *,
    n_kept: int | None = None,
    n_shown: int = 20,
    simulated: bool = False,
) -> Figure:
    """Draw the raw rates of inertia above the corrected ones.

    Parameters
    ----------
    axes : DataFrame
        Columns axis, percent, benzecri, greenacre (NaN where the axis has no corrected rate).
    labels : FigureLabels
        Only its language is used.
    n_kept : int, optional
        How many axes the classes are made on: they are marked.
    n_shown : int
        At most how many axes are drawn.
    simulated : bool

    Returns
    -------
    Figure
    """
    check_columns(axes, ["axis", "percent", *RATES], name="axes")
    language = labels.language
    shown = axes.sort_values("axis").head(n_shown)
    kept = n_kept or 0
    with figure_style():
        figure = new_figure(4.4)
        above, below = figure.subplots(2, 1, sharex=True, height_ratios=[1, 1.1])
        is_kept = shown["axis"] <= kept
        colours = [KEPT_COLOUR if marked else OTHER_COLOUR for marked in is_kept]
        above.bar(shown["axis"], shown["percent"], color=colours, width=0.7)
        _write_values(above, shown["axis"], shown["percent"], language)
        for side, rate, colour, hatch in zip((-1, 1), RATES, RATE_COLOURS, HATCHES, strict=True):
            position = shown["axis"] + side * 0.2
            style = {"color": colour, "hatch": hatch, "edgecolor": INK, "linewidth": 0.5}
            below.bar(position, shown[rate].fillna(0), width=0.38, **style)
        _write_corrected(below, shown, language)
        _draw_axes(above, below, shown, language)
        legend = []
        if n_kept is not None:
            legend += [
                (Patch(color=KEPT_COLOUR), labels.word("axes_kept", count=kept)),
                (Patch(color=OTHER_COLOUR), labels.word("axes_not_kept")),
            ]
        legend += [
            (
                Patch(facecolor=colour, hatch=hatch, edgecolor=INK, linewidth=0.5),
                labels.word(rate),
            )
            for rate, colour, hatch in zip(RATES, RATE_COLOURS, HATCHES, strict=True)
        ]
        n_corrected = int(axes["benzecri"].notna().sum())
        frame_figure(
            figure,
            language,
            legend=legend,
            note=labels.word(
                "inertia_note", shown=len(shown), total=len(axes), corrected=n_corrected
            ),
            simulated=simulated,
        )
        freeze_layout(figure)
    return figure


def inertia_bars_alt(
    axes: pd.DataFrame, labels: FigureLabels, *, n_kept: int | None = None, n_shown: int = 20
) -> str:
    """Say what :func:`inertia_bars` shows, for those who cannot see it."""
    check_columns(axes, ["axis", "percent", *RATES], name="axes")
    first, second = (axes.sort_values("axis").iloc[min(index, len(axes) - 1)] for index in (0, 1))
    text = labels.word(
        "inertia_alt",
        shown=min(n_shown, len(axes)),
        total=len(axes),
        first=labels.percent(first["percent"]),
        first_benzecri=labels.percent(first["benzecri"]),
        first_greenacre=labels.percent(first["greenacre"]),
        second=labels.percent(second["percent"]),
        second_benzecri=labels.percent(second["benzecri"]),
        second_greenacre=labels.percent(second["greenacre"]),
    )
    if n_kept is None:
        return text
    return f"{text} {labels.word('inertia_alt_kept', count=n_kept)}"


def _write_values(ax: Axes, positions: pd.Series, values: pd.Series, language: str) -> None:
    for position, value in zip(positions, values, strict=True):
        ax.annotate(
            number(value, language),
            (position, value),
            (0, 2),
            textcoords="offset points",
            size=SMALL_SIZE,
            ha="center",
            va="bottom",
        )


def _write_corrected(ax: Axes, shown: pd.DataFrame, language: str) -> None:
    """Write both corrected rates over their two bars, the one above the other."""
    for _, row in shown[shown["benzecri"] >= SMALLEST_WRITTEN].iterrows():
        ax.annotate(
            "\n".join(number(row[rate], language) for rate in RATES),
            (row["axis"], np.fmax(row["benzecri"], row["greenacre"])),
            (0, 2),
            textcoords="offset points",
            size=SMALL_SIZE,
            ha="center",
            va="bottom",
            linespacing=1.1,
        )


def _draw_axes(above: Axes, below: Axes, shown: pd.DataFrame, language: str) -> None:
    above.set_ylabel(word("inertia_raw_axis", language))
    below.set_ylabel(word("inertia_corrected_axis", language))
    below.set_xlabel(word("axis", language))
    below.set_xticks(shown["axis"].to_numpy())
    below.set_xlim(0.4, max(len(shown), 6) + 0.6)
    above.set_ylim(0, shown["percent"].max() * 1.2)
    highest = np.nanmax([shown[rate].max() for rate in RATES] + [1.0])
    below.set_ylim(0, highest * 1.3)
    for ax in (above, below):
        ax.yaxis.set_major_locator(MaxNLocator(5, integer=True))
        ax.yaxis.set_major_formatter(FuncFormatter(lambda value, _: number(value, language, 0)))
        ax.yaxis.grid(True, color="#ebebeb", linewidth=0.6)
        ax.set_axisbelow(True)
        ax.tick_params(color=GREY)
        sns.despine(ax=ax)
