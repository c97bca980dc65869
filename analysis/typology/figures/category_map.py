"""The map of categories: those that make the axes named, the others as dots."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
import seaborn as sns
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.ticker import FuncFormatter

from typology.figures.category_marks import (
    Marks,
    centre_handle,
    draw_categories,
    draw_centres,
    join_answers,
    legend_of,
)
from typology.figures.frame import frame_figure, freeze_layout, wrap_note
from typology.figures.placement import Placed, place_labels, text_box, wrap
from typology.figures.style import (
    GREY,
    SMALL_SIZE,
    TEXT_SIZE,
    FigureLabels,
    axis_title,
    check_columns,
    draw_origin,
    figure_style,
    map_height,
    new_figure,
    tick_text,
)
from typology.words import number, word

SIGNIFICANT = 2.0  # absolute v-test from which a supplementary category is named
LABEL_SIZE = 6.0
RADII = {"active": 2.6, "supplementary": 2.6, "type": 6.0}  # points
SHORTEST_LEADER = 4.0  # points: a nearer label needs no line
LABEL_WIDTH = 1.4  # inches
COLUMNS = ("variable", "category", "role", "axis", "coordinate", "contribution", "v_test")


@dataclass(frozen=True)
class MapLabel:
    """A label wanted on the map: its text, where its point is, what it is of."""

    text: str
    x: float
    y: float
    kind: str  # active, supplementary or type
    answer: str = ""


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
    title: bool = True,
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
    title, simulated : bool

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
            text = word("guttman_r2", language, r2=number(r2.iloc[0], language, 2))
            ax.set_title(text, loc="right", size=SMALL_SIZE, color=GREY, pad=2)
        legend: list[tuple[Artist, str]] = legend_of(marks, known_blocks, labels)
        if not centres.empty:
            legend.append((centre_handle(), word("type_centre", language)))
        note = frame_figure(
            figure,
            language,
            title=word("category_map_title", language) if title else "",
            legend=legend,
            note=_note(marks, marks.n_qualified, marks.n_significant, rate, language),
            simulated=simulated,
        )
        drawn = _write_labels(figure, ax, wanted, marks, centres)
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
    ends = {}
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
    return word("category_map_alt", language, total=len(active), x=plane[0], y=plane[1], **ends)


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
    key = ["variable", "category", "role"]
    values = ["coordinate", "contribution", "v_test"]
    sides = []
    for name, axis in zip("xy", plane, strict=True):
        part = categories.loc[categories["axis"] == axis, key + values]
        if part.empty:
            raise ValueError(f"The table 'categories' has no axis {axis}.")
        renamed = {value: f"{value}_{name}" for value in values} | {"coordinate": name}
        sides.append(part.rename(columns=renamed))
    table = sides[0].merge(sides[1], on=key, how="inner", validate="one_to_one")
    table["category"] = table["category"].astype(str)
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


def _write_labels(
    figure: Figure, ax: Axes, wanted: list[MapLabel], marks: Marks, centres: pd.DataFrame
) -> list[MapLabel]:
    """Write the labels that find room; return them."""
    freeze_layout(figure)
    to_points = 72 / figure.dpi
    sizes = [TEXT_SIZE if label.kind == "type" else LABEL_SIZE for label in wanted]
    texts = [_two_parts(label, size) for label, size in zip(wanted, sizes, strict=True)]
    boxes = [
        text_box(text, size, bold=label.kind == "type")
        for label, text, size in zip(wanted, texts, sizes, strict=True)
    ]
    places = np.array([(label.x, label.y) for label in wanted], dtype=float).reshape(-1, 2)
    obstacles = np.vstack(
        [marks.all[["x", "y"]].to_numpy(float), centres[["x", "y"]].to_numpy(float)]
    )
    bounds = ax.get_window_extent()
    placed = place_labels(
        ax.transData.transform(places) * to_points,
        np.array(boxes).reshape(-1, 2) * 72,
        ax.transData.transform(obstacles) * to_points,
        bounds=tuple(float(value) * to_points for value in bounds.extents),  # type: ignore[arg-type]
        radii=np.array([RADII[label.kind] for label in wanted]),
        obstacle_radii=np.repeat([RADII["active"], RADII["type"]], [len(marks.all), len(centres)]),
    )
    for place in placed:
        _write_label(figure, ax, wanted[place.index], texts[place.index], place)
    return [wanted[place.index] for place in placed]


def _two_parts(label: MapLabel, size: float) -> str:
    """Wrap a label, its answer on a line of its own when both do not fit on one."""
    bold = label.kind == "type"
    if not label.answer or text_box(label.text, size, bold=bold)[0] <= LABEL_WIDTH:
        return wrap(label.text, LABEL_WIDTH, size, bold=bold)
    variable = label.text.removesuffix(label.answer).rstrip(" ")
    return "\n".join(wrap(part, LABEL_WIDTH, size) for part in (variable, label.answer))


def _write_label(figure: Figure, ax: Axes, label: MapLabel, text: str, place: Placed) -> None:
    """Write one label where there is room, with a line to its point when it is far."""
    size = TEXT_SIZE if label.kind == "type" else LABEL_SIZE
    width, height = text_box(text, size, bold=label.kind == "type")
    left, bottom = place.corner[0] / 72, place.corner[1] / 72
    figure.text(
        left + width / 2,
        bottom + height / 2,
        text,
        transform=figure.dpi_scale_trans,
        size=size,
        weight="bold" if label.kind == "type" else "normal",
        style="italic" if label.kind == "supplementary" else "normal",
        ha="center",
        va="center",
        linespacing=1.1,
        zorder=6,
    ).set_gid(f"label {label.kind}")
    if place.distance > SHORTEST_LEADER:
        start = figure.dpi_scale_trans.inverted().transform(
            ax.transData.transform((label.x, label.y))
        )
        figure.add_artist(
            Line2D(
                [start[0], place.end[0] / 72],
                [start[1], place.end[1] / 72],
                transform=figure.dpi_scale_trans,
                color=GREY,
                linewidth=0.4,
            )
        )
