"""The map of categories: those that make the axes named, the others as dots."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

import numpy as np
import pandas as pd
import seaborn as sns
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter

from typology.axes.category_marks import (
    Marks,
    centre_handle,
    draw_categories,
    draw_centres,
    join_answers,
    legend_of,
    on_plane,
)
from typology.axes.map_labels import MapLabel, write_labels
from typology.exhibits.canvas.frame import frame_figure, wrap_note
from typology.exhibits.canvas.style import (
    GREY,
    SMALL_SIZE,
    FigureLabels,
    axis_title,
    check_columns,
    draw_origin,
    figure_style,
    map_height,
    new_figure,
    tick_text,
)
from typology.words import word

SIGNIFICANT = 2.0  # absolute v-test from which a supplementary category is named
COLUMNS = ("variable", "category", "role", "axis", "coordinate", "contribution", "v_test")


def category_map(
    categories: pd.DataFrame,
    axes: pd.DataFrame,
    guttman: pd.DataFrame,
    labels: FigureLabels,
    *,
    blocks: Mapping[str, str] | None = None,
    classes: pd.DataFrame | None = None,
    ellipses: pd.DataFrame | None = None,
    plane: tuple[int, int] = (1, 2),
    rate: str = "benzecri",
    join: bool = False,
    roles: Collection[str] = ("supplementary",),
    most_labels: int = 60,
    simulated: bool = False,
) -> Figure:
    """Draw the categories on two axes.

    Parameters
    ----------
    categories : DataFrame
        Columns variable, category, role, axis, coordinate, contribution, v_test.
    axes : DataFrame
        Columns axis, percent and the rate.
    guttman : DataFrame
        Columns axis_x, axis_y, r2.
    labels : FigureLabels
    blocks : mapping of variable to block, optional
        Gives the active variables one marker a block, and colours in the order of the scale.
    classes, ellipses : DataFrame, optional
        Both, to show the types where supplementary categories of their members would be, at
        centre / sqrt(eigenvalue): columns class, type; and class, axis_x, axis_y, center_x,
        center_y. The table of axes then needs its column eigenvalue.
    plane : (int, int)
        The axes drawn.
    rate : {"benzecri", "greenacre"}
        The corrected rate in the titles of the axes.
    join : bool
        Whether to join the categories of each active variable, in the order of its answers.
    roles : names of roles
        Which categories to show beside the active ones: "supplementary", "passive".
    most_labels : int
        At most how many active categories are named.
    simulated : bool

    Returns
    -------
    Figure
        Categories contributing above average to either axis are named, the greatest contributions
        first, as long as there is room; the note says how many of how many.
    """
    marks = _marks(categories, axes, guttman, plane=plane, rate=rate, roles=roles)
    centres = _centres(classes, ellipses, axes, plane)
    language = labels.language
    known_blocks = blocks or {}
    wanted = _wanted_labels(marks, centres, labels, most_labels)
    with figure_style():
        figure = new_figure(map_height(marks.all["x"], marks.all["y"]))
        ax = figure.subplots()
        draw_origin(ax)
        if join:
            join_answers(ax, marks.active)
        draw_categories(ax, marks, known_blocks, labels)
        draw_centres(ax, centres)
        _draw_axes(ax, axes, plane, rate, language)
        r2 = guttman[(guttman["axis_x"] == plane[0]) & (guttman["axis_y"] == plane[1])]["r2"]
        if not r2.empty:
            text = labels.word("guttman_r2", r2=labels.number(r2.iloc[0], 2))
            ax.set_title(text, loc="right", size=SMALL_SIZE, color=GREY, pad=2)
        legend: list[tuple[Artist, str]] = legend_of(marks, known_blocks, labels)
        if not centres.empty:
            legend.append((centre_handle(), labels.word("type_centre")))
        note = frame_figure(
            figure,
            language,
            legend=legend,
            note=_note(marks, marks.n_qualified, marks.n_significant, rate, language),
            simulated=simulated,
        )
        drawn = write_labels(figure, ax, wanted, obstacles=marks.all, large_obstacles=centres)
        kinds = [label.kind for label in drawn]
        counts = (kinds.count("active"), kinds.count("supplementary"))
        text = _note(marks, *counts, rate, language)
        wrap_note(figure, note, text, language=language, simulated=simulated)
    return figure


def category_map_alt(
    categories: pd.DataFrame,
    axes: pd.DataFrame,
    guttman: pd.DataFrame,
    labels: FigureLabels,
    *,
    plane: tuple[int, int] = (1, 2),
) -> str:
    """Say what :func:`category_map` shows, for those who cannot see it."""
    marks = _marks(categories, axes, guttman, plane=plane, rate="benzecri", roles=())
    language = labels.language
    active = marks.active
    ends: dict[str, Any] = {}
    for name in ("x", "y"):
        for side, part in (("low", active[active[name] < 0]), ("high", active[active[name] >= 0])):
            first = part.sort_values(f"contribution_{name}", ascending=False, kind="stable").head(3)
            texts = [
                labels.category(*pair)
                for pair in zip(first["variable"], first["category"], strict=True)
            ]
            ends[f"{name}_{side}"] = ", ".join(
                f"« {text} »" if language == "fr" else f"“{text}”" for text in texts
            )
    return labels.word("category_map_alt", total=len(active), x=plane[0], y=plane[1], **ends)


def _marks(
    categories: pd.DataFrame,
    axes: pd.DataFrame,
    guttman: pd.DataFrame,
    *,
    plane: tuple[int, int],
    rate: str,
    roles: Collection[str],
) -> Marks:
    """Check the tables; return one row a category with its place on the two axes."""
    check_columns(categories, COLUMNS, name="categories")
    check_columns(axes, ["axis", "percent", rate], name="axes")
    if len(guttman):
        check_columns(guttman, ["axis_x", "axis_y", "r2"], name="guttman")
    table = on_plane(categories, plane)
    return Marks.of(table, roles=roles, significant=SIGNIFICANT)


def _centres(
    classes: pd.DataFrame | None,
    ellipses: pd.DataFrame | None,
    axes: pd.DataFrame,
    plane: tuple[int, int],
) -> pd.DataFrame:
    """Return class, type, x and y of the centres of the types, none without the tables."""
    if classes is None or ellipses is None:
        return pd.DataFrame(columns=["class", "type", "x", "y"])
    check_columns(classes, ["class", "type"], name="classes")
    columns = ["class", "axis_x", "axis_y", "center_x", "center_y"]
    check_columns(ellipses, columns, name="ellipses")
    here = (ellipses["axis_x"] == plane[0]) & (ellipses["axis_y"] == plane[1])
    places = ellipses[here].drop_duplicates("class")[["class", "center_x", "center_y"]]
    check_columns(axes, ["axis", "eigenvalue"], name="axes")
    scales = np.sqrt(axes.set_index("axis")["eigenvalue"].loc[list(plane)].to_numpy())
    places = places.assign(x=places["center_x"] / scales[0], y=places["center_y"] / scales[1])
    places = places[["class", "x", "y"]]
    return classes[["class", "type"]].merge(places, on="class")


def _wanted_labels(
    marks: Marks, centres: pd.DataFrame, labels: FigureLabels, most_labels: int
) -> list[MapLabel]:
    """Return the labels wanted, the most important first."""
    wanted = [
        MapLabel(labels.type(row["type"], int(row["class"])), row["x"], row["y"], "type")
        for _, row in centres.iterrows()
    ]
    for kind, table in (
        ("active", marks.qualified.head(most_labels)),
        ("supplementary", marks.significant),
    ):
        wanted += [
            MapLabel(
                labels.category(row["variable"], row["category"]),
                row["x"],
                row["y"],
                kind,
                labels.answer(row["variable"], row["category"]),
            )
            for _, row in table.iterrows()
        ]
    return wanted


def _note(marks: Marks, n_active: int, n_supplementary: int, rate: str, language: str) -> str:
    sentences = [
        word(
            "category_map_note",
            language,
            labelled=n_active,
            qualified=marks.n_qualified,
            total=len(marks.active),
        )
    ]
    if marks.n_significant:
        sentences.append(
            word(
                "category_map_supplementary_note",
                language,
                labelled=n_supplementary,
                qualified=marks.n_significant,
            )
        )
    sentences.append(word("category_map_rate", language, rate=word(rate, language)))
    return " ".join(sentences)


def _draw_axes(
    ax: Axes, axes: pd.DataFrame, plane: tuple[int, int], rate: str, language: str
) -> None:
    ax.set_aspect("equal", adjustable="datalim")
    ax.margins(0.09)
    ax.set_xlabel(axis_title(axes, plane[0], rate=rate, language=language))
    ax.set_ylabel(axis_title(axes, plane[1], rate=rate, language=language))
    for axis in (ax.xaxis, ax.yaxis):
        axis.set_major_formatter(FuncFormatter(lambda value, _: tick_text(value, language)))
    sns.despine(ax=ax)
