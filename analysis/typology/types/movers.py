"""Who consolidation moved: bands from the branches of the tree to the types, by their number."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from typology.exhibits.canvas.frame import canvas, frame_figure
from typology.exhibits.canvas.placement import spread, text_box, wrap
from typology.exhibits.canvas.style import (
    GREY,
    INK,
    LIGHT_GREY,
    TITLE_SIZE,
    apart,
    class_colour,
    halo,
    require_columns,
    type_names,
)
from typology.exhibits.hidden_counts import told_count
from typology.exhibits.labels import Labels
from typology.exhibits.registry import figure_exhibit, unasked
from typology.exhibits.run_tables import Tables

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_NUMBER_SIZE, NAME_SIZE = TITLE_SIZE, TITLE_SIZE
_NAME_WIDTH = 1.75  # inches beside either column
LEAST_BAND = 0.012  # of the height: what is too few to be seen, or not shown, is seen all the same
HEADING = 0.35  # inches above the bands
GAP = 0.06  # of the height, between two bars
_BAR = 0.03  # of the width
STAYING_AT, MOVING_AT = 0.22, 0.72  # of the way: where the numbers of the bands stand


@dataclass(frozen=True)
class Band:
    """Respondents of a branch who end in a class: its two ends, from below, and their number.

    ``n`` is NaN where it is not published.
    """

    branch: int
    final: int
    n: float
    stays: bool
    start: tuple[float, float]
    end: tuple[float, float]


def consolidation_movers(
    class_moves: pd.DataFrame, classes: pd.DataFrame, labels: Labels, *, simulated: bool = False
) -> Figure:
    """Draw who went where at consolidation, from the branches of the tree to the types.

    Bands are as thick as they have respondents. Those who stay, in the class that continues their
    branch, are grey; those who move have the colour of the type they join. Branches stand opposite
    the types that continue them. Uses ``tree_class``, ``class``, ``n`` and ``continues``.
    """
    bands = _bands(class_moves, classes)
    language = labels.language
    with canvas(1.1 + 0.85 * len(classes)) as figure:
        ax = figure.subplots()
        ax.set_axis_off()
        ax.set_xlim(0, 1)
        ax.set_ylim(0, 1)
        for band in sorted(bands, key=lambda each: not each.stays):
            _draw_band(ax, band)
        _draw_bars(ax, bands)
        frame_figure(figure, language, note=labels.word("movers_note"), simulated=simulated)
        _leave_room_for_names(ax)
        _write_headings(ax, labels)
        _write_numbers(ax, bands, language)
        _write_names(ax, bands, _names(bands, classes, labels))
    return figure


def consolidation_movers_alt(
    class_moves: pd.DataFrame, classes: pd.DataFrame, labels: Labels
) -> str:
    """Say what :func:`consolidation_movers` shows, for those who cannot see it."""
    bands = _bands(class_moves, classes)
    names = type_names(classes, labels)
    continued = {band.branch: band.final for band in bands if band.stays}
    listed = [
        labels.word(
            "movers_alt_move",
            n=told_count(band.n, labels.language),
            branch=names[continued[band.branch]],
            type=names[band.final],
        )
        for band in bands
        if not band.stays
    ]
    return labels.word("movers_alt", classes=len(classes), list=apart(listed, labels.language))


def _moves(tables: Tables) -> pd.Series[float]:
    moves = tables["class_moves"]
    return moves.loc[~moves["continues"].astype(bool), "n"]


def _somebody_is_told_to_move(tables: Tables) -> bool:
    return bool((_moves(tables) > 0).any())


MOVERS = figure_exhibit(
    "movers", consolidation_movers, consolidation_movers_alt,
    takes=("class_moves", "classes"), needs=("class_moves",), given=_somebody_is_told_to_move,
    absent=unasked, section="consolidation", place=2,
)  # fmt: skip


def _bands(moves: pd.DataFrame, classes: pd.DataFrame) -> list[Band]:
    """Check the tables; place the bands, the first class on top on both sides."""
    require_columns(moves, ["tree_class", "class", "n", "continues"], name="class_moves")
    require_columns(classes, ["class", "type", "n"], name="classes")
    some = moves[moves["n"] != 0].astype({"continues": bool})
    own = some[some["continues"]]
    final = dict(zip(own["tree_class"], own["class"], strict=True))
    order = sorted(set(some["tree_class"]), key=lambda branch: final.get(branch, 0))
    numbers = sorted(classes["class"])
    total = some["n"].sum()
    room = 1 - GAP * (max(len(order), len(numbers)) - 1) - 2 * LEAST_BAND * len(some)
    some = some.assign(thick=LEAST_BAND + (room * some["n"] / total).fillna(0.0))
    some["branch_place"] = [order.index(branch) for branch in some["tree_class"]]
    starts = _ends(some, "branch_place", "class")
    ends = _ends(some, "class", "branch_place")
    return [
        Band(int(row["tree_class"]), int(row["class"]), float(row["n"]), bool(row["continues"]),
             starts[index], ends[index])
        for index, row in some.sort_values(["branch_place", "class"]).iterrows()
    ]  # fmt: skip


def _ends(bands: pd.DataFrame, side: str, other: str) -> dict[object, tuple[float, float]]:
    """Return where bands touch the bars of one side, from the top down, the whole in the middle."""
    ordered = bands.sort_values([side, other], kind="stable")
    n_bars = ordered[side].nunique()
    top = 0.5 + (ordered["thick"].sum() + GAP * (n_bars - 1)) / 2
    found: dict[object, tuple[float, float]] = {}
    former = None
    for index, bar, thick in zip(ordered.index, ordered[side], ordered["thick"], strict=True):
        if former is not None and bar != former:
            top -= GAP
        found[index] = (top - thick, top)
        top, former = top - thick, bar
    return found


def _draw_band(ax: Axes, band: Band) -> None:
    from matplotlib.patches import PathPatch  # noqa: PLC0415 - slow to import
    from matplotlib.path import Path  # noqa: PLC0415

    (low, high), (end_low, end_high) = band.start, band.end
    left, right = _BAR, 1 - _BAR
    points = [
        (left, high), (0.5, high), (0.5, end_high), (right, end_high),
        (right, end_low), (0.5, end_low), (0.5, low), (left, low), (left, high),
    ]  # fmt: skip
    codes = [Path.MOVETO, *[Path.CURVE4] * 3, Path.LINETO, *[Path.CURVE4] * 3, Path.CLOSEPOLY]
    patch = PathPatch(
        Path(points, codes),
        facecolor=LIGHT_GREY if band.stays else class_colour(band.final),
        edgecolor="white" if band.stays else INK,
        linewidth=0.5,
        hatch="////" if pd.isna(band.n) else None,
        alpha=0.6 if band.stays else 1.0,
        zorder=2 if band.stays else 3,
    )
    patch.set_gid(f"band {band.branch} {band.final}")
    ax.add_patch(patch)


def _draw_bars(ax: Axes, bands: list[Band]) -> None:
    """Draw the bar of each branch, in the colour of the type it becomes, and of each type."""
    from matplotlib.patches import Rectangle  # noqa: PLC0415 - slow to import

    continued = {band.branch: band.final for band in bands if band.stays}
    for left, side in ((0.0, "branch"), (1 - _BAR, "final")):
        for bar in dict.fromkeys(getattr(band, side) for band in bands):
            low, high = _reach(bands, side, bar)
            number = bar if side == "final" else continued.get(bar)
            colour = GREY if number is None else class_colour(number)
            ax.add_patch(
                Rectangle((left, low), _BAR, high - low, facecolor=colour, edgecolor=INK,
                          linewidth=0.6, zorder=4)
            )  # fmt: skip


def _reach(bands: list[Band], side: str, bar: int) -> tuple[float, float]:
    ends = [
        band.start if side == "branch" else band.end for band in bands if getattr(band, side) == bar
    ]
    return min(low for low, _ in ends), max(high for _, high in ends)


def _leave_room_for_names(ax: Axes) -> None:
    """Narrow the settled axes, for the names beside them and the headings above."""
    width, height = ax.figure.get_size_inches()  # type: ignore[union-attr]
    _, bottom, _, high = ax.get_position().bounds
    beside = _NAME_WIDTH / width
    ax.set_position((beside, bottom, 1 - 2 * beside, high - HEADING / height))


def _write_numbers(ax: Axes, bands: list[Band], language: str) -> None:
    """Write the numbers on their bands: who stays on the left, who moves on the right, in bold."""
    height = ax.get_window_extent().height / ax.figure.dpi
    for stays, at in ((True, STAYING_AT), (False, MOVING_AT)):
        chosen = [band for band in bands if band.stays is stays]
        wanted = [_middle(band, at) for band in chosen]
        rooms = [1.15 * text_box("0", _NUMBER_SIZE)[1] / height] * len(chosen)
        if not chosen:
            continue
        for band, y in zip(chosen, spread(wanted, rooms, 0.0, 1.0), strict=True):
            ax.text(
                at, y, told_count(band.n, language), size=_NUMBER_SIZE, ha="center", va="center",
                weight="normal" if stays else "bold", path_effects=halo(2.5), zorder=6,
            ).set_gid("count stays" if stays else "count moves")  # fmt: skip


def _middle(band: Band, at: float) -> float:
    """Return the height of the middle of a band at a part of its way."""
    start, end = sum(band.start) / 2, sum(band.end) / 2
    # The Bezier curve has both its handles in the middle: x is 0, 1/2, 1/2, 1.
    step = min((i / 100 for i in range(101)), key=lambda t: abs(_across(t) - at))
    rise = 3 * step**2 - 2 * step**3
    return start + (end - start) * rise


def _across(step: float) -> float:
    return 1.5 * step * (1 - step) ** 2 + 1.5 * step**2 * (1 - step) + step**3


def _write_names(ax: Axes, bands: list[Band], names: dict[tuple[str, int], str]) -> None:
    """Write branches and types beside their bars."""
    height = ax.get_window_extent().height / ax.figure.dpi
    for side, x, align in (("branch", -0.02, "right"), ("final", 1.02, "left")):
        own = {bar: name for (of_side, bar), name in names.items() if of_side == side}
        wanted = [sum(_reach(bands, side, bar)) / 2 for bar in own]
        rooms = [1.1 * text_box(name, NAME_SIZE)[1] / height for name in own.values()]
        for name, y in zip(own.values(), spread(wanted, rooms, -0.05, 1.02), strict=True):
            ax.text(x, y, name, size=NAME_SIZE, ha=align, va="center").set_gid(f"name {side}")


def _write_headings(ax: Axes, labels: Labels) -> None:
    for key, x, align in (("movers_before", -0.02, "right"), ("movers_after", 1.02, "left")):
        ax.annotate(
            labels.word(key), (x, 1), (0, 8), textcoords="offset points", annotation_clip=False,
            size=NAME_SIZE, weight="bold", ha=align, va="bottom",
        ).set_gid("heading")  # fmt: skip


def _names(bands: list[Band], classes: pd.DataFrame, labels: Labels) -> dict[tuple[str, int], str]:
    """Return the name of each bar, with its number where it is published."""
    types, sizes = type_names(classes, labels), classes.set_index("class")["n"]
    branches = pd.DataFrame({"branch": [each.branch for each in bands],
                             "n": [each.n for each in bands]})  # fmt: skip
    counts = branches.groupby("branch", sort=False)["n"].agg(lambda n: n.sum(skipna=False))
    named = {
        ("branch", branch): (labels.word("paper_branch", number=branch), float(n))
        for branch, n in zip(map(int, counts.index), counts, strict=True)
    } | {
        ("final", number): (types[number], float(sizes[number]))
        for number in sorted({band.final for band in bands})
    }
    return {
        bar: wrap(name, _NAME_WIDTH - 0.25, NAME_SIZE)
        + ("" if pd.isna(n) else f"\n{labels.word('n_is', n=labels.number(n, 0))}")
        for bar, (name, n) in named.items()
    }
