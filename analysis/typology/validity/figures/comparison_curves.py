"""The curves of the answers against those of a continuum and of two groups, and their index."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import pandas as pd

from typology.exhibits.canvas.frame import canvas, frame_figure
from typology.exhibits.canvas.style import (
    GREY,
    INK,
    LIGHT_GREY,
    SMALL_SIZE,
    area_key,
    class_hex,
    despine,
    halo,
    line_key,
    number_ticks,
    require_columns,
)
from typology.exhibits.labels import Labels
from typology.exhibits.registry import figure_exhibit
from typology.validity.verdict_sentences import not_computed

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_KINDS = {"continuum": "continuum", "two_groups": "groups"}
"""Columns of the mean curves, and what those of their ranges begin with."""
_INDICES = ("ccfi", "mambac", "l_mode")
RANGES = tuple(f"{kind}_{end}" for kind in _KINDS.values() for end in ("low", "high"))
BAND, ZONE_SHADE = 0.25, "#f0f0f0"


def comparison_curves(
    comparison_curves: pd.DataFrame,
    comparison_curve: pd.DataFrame,
    labels: Labels,
    *,
    simulated: bool = False,
) -> Figure:
    """Draw both curves of the answers over those of samples of each kind; below, the index.

    A panel a procedure. The index of the answers is a dot, and a bar is where that of samples
    of a kind lies.
    """
    _check(comparison_curves, comparison_curve)
    row = comparison_curve.iloc[0]
    with canvas(4.9) as figure:
        grid = figure.add_gridspec(2, 2, height_ratios=(2.6, 1))
        procedures = list(comparison_curves.groupby("procedure", sort=False))
        for place, (procedure, curves) in enumerate(procedures):
            ax = figure.add_subplot(grid[0, place])
            _draw_curves(ax, curves, str(procedure), labels)
        _draw_index(figure.add_subplot(grid[1, :]), row, labels)
        keys = [
            (line_key(color=INK, linewidth=1.6), labels.word("comparison_sample")),
            *(
                (area_key(facecolor=colour, alpha=0.6), labels.word("comparison_kind", kind))
                for kind, colour in _colours().items()
            ),
        ]
        frame_figure(
            figure,
            labels.language,
            legend=keys,
            note=labels.word("comparison_curves_note", samples=labels.number(row["samples"], 0)),
            simulated=simulated,
        )
    return figure


def comparison_curves_alt(
    comparison_curves: pd.DataFrame, comparison_curve: pd.DataFrame, labels: Labels
) -> str:
    """Say what :func:`comparison_curves` shows, for those who cannot see it."""
    _check(comparison_curves, comparison_curve)
    row = comparison_curve.iloc[0]
    told: dict[str, Any] = {name: labels.number(row[name], 2) for name in (*_INDICES, *RANGES)}
    return labels.word("comparison_curves_alt", says=labels.word("says", _zone(row)), **told)


COMPARISON_CURVES = figure_exhibit(
    "comparison_curves", comparison_curves, comparison_curves_alt,
    takes=("comparison_curves", "comparison_curve"),
    needs=("comparison_curves", "comparison_curve"),
    absent=partial(not_computed, part="comparison curve"),
)  # fmt: skip


def _check(comparison_curves: pd.DataFrame, comparison_curve: pd.DataFrame) -> None:
    columns = ["procedure", "x", "sample", *_KINDS, *RANGES]
    require_columns(comparison_curves, columns, name="comparison_curves")
    marks = ["continuum_below", "groups_above", "samples"]
    require_columns(comparison_curve, [*_INDICES, *RANGES, *marks], name="comparison_curve")


def _colours() -> dict[str, str]:
    return {"continuum": class_hex(3), "groups": class_hex(1)}


def _zone(row: pd.Series[Any]) -> str:
    if row["ccfi"] < row["continuum_below"]:
        return "continuum"
    return "groups" if row["ccfi"] > row["groups_above"] else "unclear"


def _draw_curves(ax: Axes, curves: pd.DataFrame, procedure: str, labels: Labels) -> None:
    # Shares of the respondents are told in percent; scores are not.
    x = curves["x"] * (100 if procedure == "MAMBAC" else 1)
    for mean, kind in _KINDS.items():
        colour = _colours()[kind]
        ax.fill_between(
            x, curves[f"{kind}_low"], curves[f"{kind}_high"], color=colour, alpha=BAND, linewidth=0
        )
        ax.plot(x, curves[mean], color=colour, linewidth=1.1)
    ax.plot(x, curves["sample"], color=INK, linewidth=1.6, path_effects=halo(2.6))
    ax.set_title(labels.word("comparison_title", procedure), loc="left", weight="bold")
    ax.set(
        xlim=(float(x.min()), float(x.max())),
        xlabel=labels.word("comparison_axis", procedure),
        ylabel=labels.word("comparison_height", procedure),
    )
    number_ticks(ax.xaxis, labels.language)
    number_ticks(ax.yaxis, labels.language)
    despine(ax)


def _draw_index(ax: Axes, row: pd.Series[Any], labels: Labels) -> None:
    """Draw the index from 0 to 1: what it means, the answers, and samples of each kind."""
    below, above = float(row["continuum_below"]), float(row["groups_above"])
    for (start, end), zone in zip(
        ((0.0, below), (below, above), (above, 1.0)),
        ("continuum", "unclear", "groups"),
        strict=True,
    ):
        ax.axvspan(start, end, color=LIGHT_GREY if zone == "unclear" else ZONE_SHADE, linewidth=0)
        ax.text(
            (start + end) / 2, 1.03, labels.word("comparison_zone", zone), size=SMALL_SIZE,
            color=GREY, ha="center", va="bottom", transform=ax.get_xaxis_transform(),
        )  # fmt: skip
    ax.plot(
        [row["mambac"], row["l_mode"]], [0, 0], color=INK, linewidth=1.2, marker="|", markersize=6
    )
    ax.plot([row["ccfi"]], [0], color=INK, marker="o", markersize=6)
    for place, (kind, colour) in enumerate(_colours().items(), start=1):
        ends = [row[f"{kind}_low"], row[f"{kind}_high"]]
        ax.plot(ends, [place, place], color=colour, linewidth=6, solid_capstyle="butt")
    names = [labels.word("comparison_row", each) for each in ("sample", *_colours())]
    ax.set_yticks(range(len(names)), names)
    ax.set(xlim=(0, 1), ylim=(2.6, -0.6), xlabel=labels.word("comparison_index"))
    ax.tick_params(axis="y", length=0)
    number_ticks(ax.xaxis, labels.language)
    despine(ax, left=True)
