"""Bars of the inertia of the axes: raw rates, and rates corrected by Benzécri and Greenacre."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from typology.exhibits.canvas.frame import canvas, frame_figure
from typology.exhibits.canvas.style import (
    GREY,
    INK,
    PALE,
    area_key,
    class_hex,
    despine,
    number_ticks,
    require_columns,
    study_colour,
    write_above,
)
from typology.exhibits.labels import Labels
from typology.exhibits.registry import figure_exhibit
from typology.exhibits.run_tables import axes_kept
from typology.words import number, word

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_CORRECTED_RATES = ("benzecri", "greenacre")
HATCHES = ("", "////")
_MOST_SHOWN = 20  # axes
SMALLEST_WRITTEN = 0.05  # percent: less would be written as zero


def inertia_bars(
    axes: pd.DataFrame, labels: Labels, *, n_kept: int | None = None, simulated: bool = False
) -> Figure:
    """Draw the raw rates of inertia above the corrected ones; mark the axes kept."""
    require_columns(axes, ["axis", "percent", *_CORRECTED_RATES], name="axes")
    language = labels.language
    shown = axes.sort_values("axis").head(_MOST_SHOWN)
    kept = n_kept or 0
    with canvas(4.4) as figure:
        above, below = figure.subplots(2, 1, sharex=True, height_ratios=[1, 1.1])
        is_kept = shown["axis"] <= kept
        colours = [study_colour() if marked else PALE for marked in is_kept]
        above.bar(shown["axis"], shown["percent"], color=colours, width=0.7)
        _write_values(above, shown["axis"], shown["percent"], language)
        rate_colours = (class_hex(3), "#f2f2f2")
        for side, rate, colour, hatch in zip(
            (-1, 1), _CORRECTED_RATES, rate_colours, HATCHES, strict=True
        ):
            below.bar(
                shown["axis"] + side * 0.2, shown[rate].fillna(0), width=0.38, color=colour,
                hatch=hatch, edgecolor=INK, linewidth=0.5,
            )  # fmt: skip
        _write_corrected(below, shown, language)
        _draw_axes(above, below, shown, language)
        legend = []
        if n_kept is not None:
            legend += [
                (area_key(color=study_colour()), labels.word("axes_kept", count=kept)),
                (area_key(color=PALE), labels.word("axes_not_kept")),
            ]
        legend += [
            (
                area_key(facecolor=colour, hatch=hatch, edgecolor=INK, linewidth=0.5),
                labels.word(rate),
            )
            for rate, colour, hatch in zip(_CORRECTED_RATES, rate_colours, HATCHES, strict=True)
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
    return figure


def inertia_bars_alt(axes: pd.DataFrame, labels: Labels, *, n_kept: int | None = None) -> str:
    """Say what :func:`inertia_bars` shows, for those who cannot see it."""
    require_columns(axes, ["axis", "percent", *_CORRECTED_RATES], name="axes")
    first, second = (axes.sort_values("axis").iloc[min(index, len(axes) - 1)] for index in (0, 1))
    text = labels.word(
        "inertia_alt",
        shown=min(_MOST_SHOWN, len(axes)),
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


INERTIA = figure_exhibit(
    "inertia", inertia_bars, inertia_bars_alt, takes=("axes",),
    options=lambda tables: {"n_kept": axes_kept(tables)},
)  # fmt: skip


def _write_values(ax: Axes, positions: pd.Series, values: pd.Series, language: str) -> None:
    for position, value in zip(positions, values, strict=True):
        write_above(ax, number(value, language), (position, value), 2)


def _write_corrected(ax: Axes, shown: pd.DataFrame, language: str) -> None:
    """Write both corrected rates over their two bars, the one above the other."""
    for _, row in shown[shown["benzecri"] >= SMALLEST_WRITTEN].iterrows():
        values = "\n".join(number(row[rate], language) for rate in _CORRECTED_RATES)
        top = np.fmax(row["benzecri"], row["greenacre"])
        write_above(ax, values, (row["axis"], top), 2, linespacing=1.1)


def _draw_axes(above: Axes, below: Axes, shown: pd.DataFrame, language: str) -> None:
    above.set_ylabel(word("inertia_raw_axis", language))
    below.set_ylabel(word("inertia_corrected_axis", language))
    below.set_xlabel(word("axis", language))
    below.set_xticks(shown["axis"].to_numpy())
    below.set_xlim(0.4, max(len(shown), 6) + 0.6)
    above.set_ylim(0, shown["percent"].max() * 1.2)
    highest = np.nanmax([shown[rate].max() for rate in _CORRECTED_RATES] + [1.0])
    below.set_ylim(0, highest * 1.3)
    for ax in (above, below):
        number_ticks(ax.yaxis, language, most=5, integer=True)
        ax.yaxis.grid(True, color="#ebebeb", linewidth=0.6)
        ax.set_axisbelow(True)
        ax.tick_params(color=GREY)
        despine(ax)
