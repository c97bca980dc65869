"""Two waves or groups: the share of each type in the one and in the other."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any

import numpy as np
import pandas as pd
import seaborn as sns
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from typology.exhibits.canvas.frame import canvas, frame_figure
from typology.exhibits.canvas.placement import wrap
from typology.exhibits.canvas.style import (
    GREY,
    INK,
    LIGHT_GREY,
    TEXT_SIZE,
    class_colour,
    class_marker,
    require_columns,
    tick_text,
)
from typology.exhibits.labels import Labels
from typology.words import p_value, percent, word
from typology.words.numbers import signed_number

_COLUMNS = (
    "class", "type", "n_first", "n_second", "share_first", "low_first", "high_first",
    "share_second", "low_second", "high_second", "difference", "low", "high", "p_holm",
)  # fmt: skip
APART = 0.14  # rows between the two samples of a type


def type_change(
    shares: pd.DataFrame,
    labels: Labels,
    *,
    names: tuple[str, str],
    panel: bool = False,
    simulated: bool = False,
) -> Figure:
    """Draw how the share of each type differs between two samples, from ``comparison_shares``.

    One row a type: the shares with their 95 % intervals, hollow in the first sample and full in the
    second, and the difference in words. ``names`` are those of the samples; a panel are the same
    respondents.
    """
    require_columns(shares, _COLUMNS, name="comparison_shares")
    language = labels.language
    with canvas(1.75 + 0.52 * len(shares)) as figure:
        ax, beside = figure.subplots(1, 2, sharey=True, width_ratios=(3.4, 1.5))
        rows = list(range(len(shares)))
        for row, values in zip(rows, shares.to_dict("records"), strict=True):
            _draw_type(ax, row, values)
            beside.text(0, row, _difference(values, language), size=TEXT_SIZE, va="center")
        types = [
            wrap(labels.type(str(kind), int(at)), 1.5, TEXT_SIZE)
            for kind, at in zip(shares["type"], shares["class"], strict=True)
        ]
        ax.set_yticks(rows, types)
        ax.set_ylim(len(shares) - 0.5, -0.5)
        ax.set_xlim(
            0, float(np.ceil(shares[["high_first", "high_second"]].to_numpy().max() / 5)) * 5
        )
        ticks = [tick for tick in ax.get_xticks() if tick <= ax.get_xlim()[1]]
        ax.set_xticks(ticks, [tick_text(tick, language) for tick in ticks])
        ax.set_xlabel(word("change_share", language))
        ax.tick_params(axis="y", length=0)
        ax.grid(axis="x", color=LIGHT_GREY, linewidth=0.6)
        ax.set_axisbelow(True)
        beside.set_title(
            wrap(word("change_difference", language), 2.1, TEXT_SIZE), loc="left", weight="bold"
        )
        beside.set_axis_off()
        sns.despine(ax=ax, left=True)
        frame_figure(
            figure,
            language,
            title=word("change_title", language, first=names[0], second=names[1]),
            legend=_legend(shares, names, language),
            note=word("change_note_panel" if panel else "change_note", language),
            simulated=simulated,
        )
    return figure


def type_change_alt(shares: pd.DataFrame, labels: Labels, *, names: tuple[str, str]) -> str:
    """Say what :func:`type_change` shows, for those who cannot see it."""
    require_columns(shares, _COLUMNS, name="comparison_shares")
    language = labels.language
    sentences = [word("change_title", language, first=names[0], second=names[1]) + "."]
    for row in shares.to_dict("records"):
        name = labels.type(row["type"], int(row["class"]))
        sentences.append(
            word(
                "change_alt_type",
                language,
                type=name[:1].upper() + name[1:],
                first=percent(row["share_first"], language),
                second=percent(row["share_second"], language),
                difference=signed_number(row["difference"], language),
            )
        )
    return " ".join(sentences)


def _draw_type(ax: Axes, row: int, values: Mapping[Hashable, Any]) -> None:
    colour, marker = class_colour(int(values["class"])), class_marker(int(values["class"]))
    ends = (values["share_first"], values["share_second"])
    ax.plot(ends, (row - APART, row + APART), color=GREY, linewidth=1.0, zorder=1)
    for sample, at, face in (("first", row - APART, "white"), ("second", row + APART, colour)):
        ax.hlines(at, values[f"low_{sample}"], values[f"high_{sample}"], color=INK, linewidth=0.9)
        ax.plot(
            values[f"share_{sample}"],
            at,
            marker=marker,
            markersize=7,
            markerfacecolor=face,
            markeredgecolor=INK,
            markeredgewidth=0.9,
            zorder=3,
        )


def _difference(values: Mapping[Hashable, Any], language: str) -> str:
    difference = signed_number(values["difference"], language)
    if pd.isna(values["low"]):  # it would tell how few changed
        return difference
    interval = word(
        "change_interval",
        language,
        low=signed_number(values["low"], language),
        high=signed_number(values["high"], language),
    )
    p = p_value(values["p_holm"], language, named=True)
    return f"{difference}  {interval}\n{p}"


def _legend(
    shares: pd.DataFrame, names: tuple[str, str], language: str
) -> list[tuple[Line2D, str]]:
    entries = []
    for sample, name, face in (("first", names[0], "white"), ("second", names[1], GREY)):
        handle = Line2D(
            [], [], linestyle="", marker="o", markersize=6, markerfacecolor=face,
            markeredgecolor=INK,
        )  # fmt: skip
        n = int(shares[f"n_{sample}"].sum())
        entries.append((handle, word("change_sample", language, name=name, n=n)))
    return entries
