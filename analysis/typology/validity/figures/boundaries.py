"""The respondents along each boundary: one hump, or two with a valley between them."""

from __future__ import annotations

from collections.abc import Hashable
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from typology.exhibits.canvas.frame import Legend, canvas, frame_figure
from typology.exhibits.canvas.placement import text_width, wrap
from typology.exhibits.canvas.style import (
    EDGE,
    INK,
    PAGE_WIDTH,
    PALE,
    SMALL_SIZE,
    TEXT_SIZE,
    apart,
    area_key,
    class_colour,
    class_marker,
    despine,
    halo,
    line_key,
    number_ticks,
    require_columns,
    type_names,
)
from typology.exhibits.labels import Labels
from typology.exhibits.registry import figure_exhibit
from typology.exhibits.run_tables import TableRow
from typology.validity.readings import boundary_p
from typology.validity.verdict_sentences import not_computed
from typology.words import NO_BREAK_SPACE

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure


_KEYS = ["class", "neighbour"]
_MOST_COLUMNS = 3
AXIS_WIDTH = 0.5  # inches that the ticks and the title of an upright axis take
_LINE = 11.0  # printer's points from one line of a title to the next


def boundary_histograms(
    boundary_profiles: pd.DataFrame,
    boundaries: pd.DataFrame,
    null_tests: pd.DataFrame,
    classes: pd.DataFrame,
    labels: Labels,
    *,
    simulated: bool = False,
) -> Figure:
    """Draw the respondents of each two neighbouring types, from one to the other.

    A panel a boundary: a histogram of both types, stacked, and over it that of a population without
    gaps.
    """
    _check(boundary_profiles, boundaries, null_tests, classes)
    names = type_names(classes, labels)
    n_columns = _columns(len(boundaries))
    n_rows = -(-len(boundaries) // n_columns)
    room = (PAGE_WIDTH - 2 * EDGE) / n_columns - AXIS_WIDTH
    tied = {number: _on_one_line(name, room) for number, name in names.items()}
    titles = [
        wrap(_pair(row, tied, labels), room, TEXT_SIZE, bold=True) for row in _rows(boundaries)
    ]
    lines = [title.count("\n") + 1 for title in titles]
    heights = [max(lines[row * n_columns :][:n_columns]) for row in range(n_rows)]
    own = boundary_profiles.set_index(_KEYS).sort_index()
    with canvas(1.5 + 0.13 * (sum(heights) + len(names) / 3) + n_rows * _height(n_rows)) as figure:
        panels = figure.subplots(n_rows, n_columns, squeeze=False).ravel()
        for ax, row, title in zip(panels, _rows(boundaries), titles, strict=False):
            _draw_boundary(ax, row, own.loc[[(row["class"], row["neighbour"])]])
            _write_titles(ax, title, _shown(row, null_tests, labels), gap=bool(row["has_gap"]))
            number_ticks(ax.yaxis, labels.language, most=3, integer=True)
        for ax in panels[len(boundaries) :]:
            ax.set_axis_off()
        for ax in panels[: len(boundaries) : n_columns]:
            ax.set_ylabel(labels.word("boundary_axis"))
        frame_figure(
            figure,
            labels.language,
            legend=_legend(boundary_profiles, boundaries, names, labels),
            note=labels.word("boundary_histograms_note"),
            simulated=simulated,
        )
    return figure


def boundary_histograms_alt(
    boundary_profiles: pd.DataFrame,
    boundaries: pd.DataFrame,
    null_tests: pd.DataFrame,
    classes: pd.DataFrame,
    labels: Labels,
) -> str:
    """Say what :func:`boundary_histograms` shows, for those who cannot see it."""
    _check(boundary_profiles, boundaries, null_tests, classes)
    names = type_names(classes, labels)
    told = [
        labels.word(
            "boundary_histograms_alt_pair",
            _which(row),
            pair=_pair(row, names, labels),
            n=labels.number(row["n"], 0),
            p=_p(row, null_tests, labels),
            ratio=labels.percent(100 * row["gap_ratio"], 0),
        )
        for row in _rows(boundaries)
    ]
    return labels.word(
        "boundary_histograms_alt",
        plural=len(told),
        count=len(told),
        list=apart(told, labels.language),
    )


BOUNDARY_HISTOGRAMS = figure_exhibit(
    "boundary_histograms", boundary_histograms, boundary_histograms_alt,
    takes=("boundary_profiles", "boundaries", "null_tests", "classes"),
    needs=("boundary_profiles", "boundaries", "null_tests", "classes"),
    absent=partial(not_computed, part="nulls"),
)  # fmt: skip


def _check(
    boundary_profiles: pd.DataFrame,
    boundaries: pd.DataFrame,
    null_tests: pd.DataFrame,
    classes: pd.DataFrame,
) -> None:
    shares = ["class_percent", "neighbour_percent", "both_percent", "continuum_percent"]
    require_columns(
        boundary_profiles, [*_KEYS, "from_place", "to_place", *shares], name="boundary_profiles"
    )
    gap = ["gap_ratio", "gap_place", "p_value", "null", "p_holm", "has_gap"]
    require_columns(boundaries, [*_KEYS, "n", *gap], name="boundaries")
    require_columns(null_tests, ["null", "statistic", "replicates"], name="null_tests")
    require_columns(classes, ["class", "type"], name="classes")


def _rows(boundaries: pd.DataFrame) -> list[dict[Hashable, Any]]:
    return boundaries.to_dict("records")


def _columns(count: int) -> int:
    """Return how many panels stand side by side: two rows of two rather than three and one."""
    return 2 if count == 4 else min(count, _MOST_COLUMNS)


def _height(n_rows: int) -> float:
    """Return the height (inches) of a panel with a line of its title: a page holds them all."""
    return max(1.05, min(2.0, 7.5 / n_rows))


def _pair(row: TableRow, names: dict[int, str], labels: Labels) -> str:
    first, second = names[int(row["class"])], names[int(row["neighbour"])]
    return labels.word("boundary_pair", first=first, second=second)


def _on_one_line(name: str, room: float) -> str:
    """Keep a name together where it fits into a line with the dash that follows it."""
    tied = name.replace(" ", NO_BREAK_SPACE)
    fits = text_width(f"{tied}{NO_BREAK_SPACE}–", TEXT_SIZE, bold=True) <= room
    return tied if fits else name


def _which(row: TableRow) -> str:
    return "gap" if row["has_gap"] else "no_gap"


def _shown(row: TableRow, null_tests: pd.DataFrame, labels: Labels) -> str:
    return labels.word("boundary_shows", _which(row), p=_p(row, null_tests, labels))


def _p(row: TableRow, null_tests: pd.DataFrame, labels: Labels) -> str:
    """Return the corrected p-value of a boundary, at most which it is where no draw is as deep."""
    return boundary_p(row, "p_holm", {"null_tests": null_tests}, labels)


def _draw_boundary(ax: Axes, row: TableRow, profile: pd.DataFrame) -> None:
    """Draw both types, stacked, what no gap would give, and where the means and the gap are."""
    start, width = profile["from_place"], profile["to_place"] - profile["from_place"]
    per_band = width.min() / width  # bands are joined where they hold a few respondents
    sides = [profile[f"{side}_percent"] for side in _KEYS]
    told = sides[0].notna()
    below = 0 * start
    for place, side in enumerate(_KEYS):
        number, share = int(row[side]), per_band * sides[place].fillna(0)
        ax.bar(
            start, share, width, below, align="edge", color=class_colour(number),
            edgecolor="white", linewidth=0.3,
        )  # fmt: skip
        below = below + share
        ax.plot(
            place, -0.075, marker=class_marker(number), color=class_colour(number),
            markeredgecolor=INK, markeredgewidth=0.5, markersize=5, clip_on=False,
            transform=ax.get_xaxis_transform(),
        )  # fmt: skip
    both = per_band * profile["both_percent"]
    if not told.all():
        ax.bar(
            start[~told], both[~told], width[~told], align="edge", color=PALE, edgecolor="white",
            linewidth=0.3,
        )  # fmt: skip
    continuum = per_band * profile["continuum_percent"]
    ax.plot(
        start + width / 2, continuum, color=INK, linewidth=1.1, path_effects=halo(2.2),
    )  # fmt: skip
    ends = (float(start.min()), float((start + width).max()))
    if row["has_gap"]:
        ax.plot(
            min(max(row["gap_place"], ends[0]), ends[1]), 0.96, marker="v", color=INK, markersize=5,
            linestyle="none", transform=ax.get_xaxis_transform(),
        )  # fmt: skip
    tallest = float(np.fmax(both.max(), continuum.max()))  # that of both may not be told
    ax.set(xlim=ends, ylim=(0, 1.15 * tallest), xticks=[])
    despine(ax)


def _write_titles(ax: Axes, pair: str, shown: str, *, gap: bool) -> None:
    """Write the two types above a panel, and below them what their boundary shows."""
    style: dict[str, Any] = {"xycoords": "axes fraction", "textcoords": "offset points"}
    weight = "bold" if gap else "normal"
    ax.annotate(shown, (0, 1), (0, 3), size=SMALL_SIZE, va="bottom", weight=weight, **style)
    ax.annotate(pair, (0, 1), (0, 3 + _LINE), size=TEXT_SIZE, va="bottom", weight="bold", **style)


def _legend(
    boundary_profiles: pd.DataFrame,
    boundaries: pd.DataFrame,
    names: dict[int, str],
    labels: Labels,
) -> Legend:
    types: Legend = [
        (
            line_key(
                color=class_colour(number), marker=class_marker(number), markersize=6,
                markeredgecolor=INK, markeredgewidth=0.5, linestyle="none",
            ),
            name,
        )
        for number, name in names.items()
    ]  # fmt: skip
    continuum = (line_key(color=INK, linewidth=1.1), labels.word("boundary_continuum"))
    thinnest = (
        line_key(color=INK, marker="v", markersize=5, linestyle="none"),
        labels.word("boundary_thinnest"),
    )
    untold = boundary_profiles["class_percent"].isna().any()
    either = [(area_key(color=PALE), labels.word("boundary_both"))] if untold else []
    return [*types, *either, continuum, *([thinnest] if boundaries["has_gap"].any() else [])]
