"""Agreement of the study's typology with those of other choices and of other methods."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from typology.exhibits.canvas.frame import canvas, frame_figure
from typology.exhibits.canvas.placement import wrap
from typology.exhibits.canvas.style import (
    AGREE_HUE,
    GREY,
    INK,
    LIGHT_GREY,
    SMALL_SIZE,
    TEXT_SIZE,
    accent_colour,
    apart,
    despine,
    number_ticks,
    require_columns,
    study_colour,
    text_colour,
    write_above,
)
from typology.exhibits.labels import Labels
from typology.exhibits.registry import figure_exhibit
from typology.exhibits.run_tables import ALL_ITEMS
from typology.validity.readings import agreement
from typology.validity.verdict_sentences import not_computed
from typology.words import curly_apostrophes, number, word

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.colors import LinearSegmentedColormap
    from matplotlib.figure import Figure

_COLUMNS = ["missing", "active_set", "axes", "classes", "consolidated", "adjusted_rand"]
SAME = 1 - 1e-9
_NAME_WIDTH = 2.3  # inches
MOST_NUMBERED = 12  # columns: in more, cells are too narrow for numbers


def sensitivity_map(
    sensitivity_cases: pd.DataFrame, labels: Labels, *, simulated: bool = False
) -> Figure:
    """Draw the agreement with the study's partition of those made by other choices.

    A map a set of active items ("all" or a block); a row a rule for missing answers, consolidated
    or not; a column a number of axes and of classes. Cells equal to the study's are framed.
    """
    require_columns(sensitivity_cases, _COLUMNS, name="sensitivity_cases")
    language = labels.language
    sets = list(dict.fromkeys(sensitivity_cases["active_set"]))
    grids = [_grid(sensitivity_cases[sensitivity_cases["active_set"] == each]) for each in sets]
    n_rows = sum(map(len, grids))
    with canvas(1.2 + 0.23 * n_rows + 0.3 * len(sets)) as figure:
        panels = figure.subplots(
            len(sets), 1, sharex=True, squeeze=False, height_ratios=[len(grid) for grid in grids]
        ).ravel()
        for ax, grid, active_set in zip(panels, grids, sets, strict=True):
            _draw_grid(ax, grid, language)
            ax.set_title(set_name(active_set, labels), loc="left", weight="bold")
        _draw_columns(panels[-1], grids[-1].columns, language)
        frame_figure(figure, language, note=labels.word("sensitivity_note"), simulated=simulated)
    return figure


def sensitivity_map_alt(sensitivity_cases: pd.DataFrame, labels: Labels) -> str:
    """Say what :func:`sensitivity_map` shows, for those who cannot see it."""
    require_columns(sensitivity_cases, _COLUMNS, name="sensitivity_cases")
    low, median, high = agreement(sensitivity_cases)
    return labels.word(
        "sensitivity_alt",
        cases=len(sensitivity_cases),
        low=labels.number(low, 2),
        high=labels.number(high, 2),
        median=labels.number(median, 2),
    )


SENSITIVITY = figure_exhibit(
    "sensitivity", sensitivity_map, sensitivity_map_alt, takes=("sensitivity_cases",),
    needs=("sensitivity_cases",), absent=partial(not_computed, part="sensitivity"),
    section="reality", place=5,
)  # fmt: skip


def other_methods_marks(
    other_methods: pd.DataFrame, labels: Labels, *, simulated: bool = False
) -> Figure:
    """Draw the agreement of other methods with the study (the method "study", not drawn)."""
    others = _others(other_methods)
    language = labels.language
    with canvas(1.1 + 0.33 * len(others)) as figure:
        ax = figure.subplots()
        for row, values in enumerate(others.to_dict("records")):
            _draw_method(ax, row, values, language)
        names = [
            wrap(
                curly_apostrophes(
                    f"{labels.word('method', method)}, {labels.word('chosen_by', chosen)}"
                ),
                _NAME_WIDTH,
                TEXT_SIZE,
            )
            for method, chosen in zip(others["method"], others["chosen_by"], strict=True)
        ]
        ax.set_yticks(np.arange(len(names)), names)
        ax.set_ylim(len(names) - 0.4, -0.7)
        for place, key in ((0, "other_methods_chance"), (1, "other_methods_same")):
            ax.axvline(place, color=GREY, linewidth=0.7, linestyle=(0, (3, 3)), zorder=0)
            write_above(ax, labels.word(key), (place, 1), 2, xycoords=("data", "axes fraction"))
        lowest = others["adjusted_rand"].min()
        ax.set_xlim(min(-0.03, (0.0 if np.isnan(lowest) else lowest) - 0.05), 1.03)
        ax.set_xlabel(labels.word("other_methods_axis"))
        number_ticks(ax.xaxis, language)
        ax.tick_params(axis="y", length=0)
        despine(ax, left=True)
        frame_figure(figure, language, simulated=simulated)
    return figure


def other_methods_marks_alt(other_methods: pd.DataFrame, labels: Labels) -> str:
    """Say what :func:`other_methods_marks` shows, for those who cannot see it."""
    told = [
        labels.word(
            "other_methods_alt_method",
            method=labels.word("method", row["method"]),
            chosen_by=labels.word("chosen_by", row["chosen_by"]),
            classes=int(row["classes"]),
            value=labels.number(row["adjusted_rand"], 2),
        )
        for row in _others(other_methods).dropna(subset=["adjusted_rand"]).to_dict("records")
    ]
    return labels.word("other_methods_alt", list=apart(told, labels.language))


OTHER_METHODS = figure_exhibit(
    "other_methods", other_methods_marks, other_methods_marks_alt, takes=("other_methods",),
    needs=("other_methods",), absent=partial(not_computed, part="other methods"),
)  # fmt: skip


def set_name(active_set: str, labels: Labels) -> str:
    """Return the name of a set of active items: all of them, or those of one block."""
    if active_set == ALL_ITEMS:
        return labels.word("active_set_all")
    return labels.block(active_set)


def _others(other_methods: pd.DataFrame) -> pd.DataFrame:
    columns = ["method", "chosen_by", "classes", "adjusted_rand"]
    require_columns(other_methods, columns, name="other_methods")
    return other_methods[other_methods["method"] != "study"].reset_index(drop=True)


def _grid(cases: pd.DataFrame) -> pd.DataFrame:
    """Return rules and consolidation by axes and classes, in the order of the table."""
    grid = cases.pivot_table(
        index=["missing", "consolidated"],
        columns=["axes", "classes"],
        values="adjusted_rand",
        sort=False,
        dropna=False,
    )
    rows = list(dict.fromkeys(zip(cases["missing"], cases["consolidated"], strict=True)))
    return grid.loc[rows].sort_index(axis=1)


def _colours() -> LinearSegmentedColormap:
    import seaborn as sns  # noqa: PLC0415 - slow to import
    from matplotlib.colors import LinearSegmentedColormap  # noqa: PLC0415

    levels = [(0.9, 0.97), (0.9, 0.86), (0.9, 0.68), (0.9, 0.48), (0.9, 0.30)]
    colours = [sns.husl_palette(1, h=AGREE_HUE / 359, s=s, l=light)[0] for s, light in levels]
    return LinearSegmentedColormap.from_list("agreement", colours)


def _draw_grid(ax: Axes, grid: pd.DataFrame, language: str) -> None:
    from matplotlib.patches import Rectangle  # noqa: PLC0415 - slow to import

    colours = _colours()
    values = grid.to_numpy(dtype=float)
    ax.pcolormesh(
        np.ma.masked_invalid(values), cmap=colours, vmin=0, vmax=1, edgecolor="white", linewidth=0.8
    )
    for (row, column), value in np.ndenumerate(values):
        if np.isnan(value):
            continue
        if len(grid.columns) <= MOST_NUMBERED:
            ax.text(
                column + 0.5, row + 0.5, number(value, language, 2), size=SMALL_SIZE,
                color=text_colour(colours(value)[:3]), ha="center", va="center", in_layout=False,
            )  # fmt: skip
        if value >= SAME:
            frame = Rectangle((column + 0.05, row + 0.08), 0.9, 0.84, fill=False, linewidth=1.8)
            ax.add_patch(frame).set_edgecolor(accent_colour())
    names = [
        f"{word('missing_rule', language, missing)}, "
        f"{word('consolidated_yes' if consolidated else 'consolidated_no', language)}"
        for missing, consolidated in grid.index
    ]
    ax.set_yticks(np.arange(len(grid)) + 0.5, names)
    ax.set_ylim(len(grid), 0)
    ax.tick_params(length=0)
    despine(ax, left=True, bottom=True)


def _draw_columns(ax: Axes, columns: pd.Index, language: str) -> None:
    """Write the numbers of classes below the columns, and below them the numbers of axes."""
    classes = [word("sensitivity_axes_classes", language, classes=each) for _, each in columns]
    ax.set_xticks(np.arange(len(columns)) + 0.5, classes)
    axes = np.array([int(each) for each, _ in columns])
    middles = [float(np.flatnonzero(axes == each).mean()) + 0.5 for each in np.unique(axes)]
    second = ax.secondary_xaxis(-0.0)
    names = [
        word("sensitivity_axes", language, plural=int(each), axes=int(each))
        for each in np.unique(axes)
    ]
    second.set_xticks(middles, names, weight="bold")
    second.tick_params(length=0, pad=2 * TEXT_SIZE)
    second.spines["bottom"].set_visible(False)


def _draw_method(ax: Axes, row: int, values: Mapping[Hashable, Any], language: str) -> None:
    value = values["adjusted_rand"]
    classes = word("other_methods_classes", language, classes=int(values["classes"]))
    ax.text(1.03, row, classes, size=SMALL_SIZE, va="center", transform=ax.get_yaxis_transform())
    if np.isnan(value):
        return
    ax.plot([0, value], [row, row], color=LIGHT_GREY, linewidth=1.4, zorder=1)
    ax.plot(
        value, row, marker="o", color=study_colour(), markersize=6.5, markeredgecolor=INK,
        markeredgewidth=0.5,
    )  # fmt: skip
    write_above(ax, number(value, language, 2), (value, row), 6)
