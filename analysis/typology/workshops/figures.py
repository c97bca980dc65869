"""What a workshop shows: ideas by their importance, statements in their four fields."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import TYPE_CHECKING, Any

import pandas as pd

from typology.exhibits.canvas.frame import canvas, frame_figure
from typology.exhibits.canvas.placement import text_box, wrap
from typology.exhibits.canvas.style import (
    GREY,
    INK,
    LIGHT_GREY,
    MARKERS,
    PAGE_WIDTH,
    TEXT_SIZE,
    TITLE_SIZE,
    tick_text,
)
from typology.words import NO_BREAK_SPACE, number, percent, word
from typology.workshops.nominal_group import NominalGroup
from typology.workshops.swot import FIELDS, Swot

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

LABELS = 2.9  # inches of the names of ideas
_BAR = "#7f8fb5"
FIELD_COLOURS = ("#e3ecf7", "#fbe9dc", "#e6f2e3", "#f3e6ee")
PAD = 0.08  # inches around the statements of a field


def draw_priorities(workshop: NominalGroup, language: str) -> Figure:
    """Draw the importance of each idea, those of several groups pooled, each group a mark."""
    ideas = _ranked(workshop)
    names = [wrap(str(name), LABELS, TEXT_SIZE, max_lines=3) for name in ideas["idea"]]
    heights = [max(0.24, text_box(name, TEXT_SIZE)[1] + 0.07) for name in names]
    with canvas(1.2 + sum(heights) + 0.2 * (len(workshop.groups) > 1)) as figure:
        ax = figure.subplots()
        places = [sum(heights[:at]) + heights[at] / 2 for at in range(len(heights))]
        ax.barh(places, ideas["importance"], height=0.14, color=_BAR, zorder=2)
        for place, value in zip(places, ideas["importance"], strict=True):
            ax.text(101, place, percent(value, language, 0), size=TEXT_SIZE, va="center")
        legend = _draw_groups(ax, workshop, dict(zip(ideas["idea"], places, strict=True)))
        ax.set_yticks(places, names)
        ax.set_ylim(sum(heights), 0)
        ax.set_xlim(0, 100)
        ax.set_xticks(range(0, 101, 20), [tick_text(at, language) for at in range(0, 101, 20)])
        ax.set_xlabel(word("workshop_importance_axis", language))
        ax.tick_params(axis="y", length=0)
        ax.grid(axis="x", color=LIGHT_GREY, linewidth=0.6)
        ax.set_axisbelow(True)
        for side in ("top", "right", "left"):
            ax.spines[side].set_visible(False)
        frame_figure(
            figure,
            language,
            legend=legend,
            note=word("workshop_figure_note", language),
            right=0.35,
            simulated=workshop.simulated,
        )
    return figure


def tell_priorities(workshop: NominalGroup, language: str) -> str:
    """Say what `draw_priorities` shows."""
    told = [
        word(
            "workshop_alt_idea", language, rank=int(row["rank"]), idea=str(row["idea"]),
            importance=percent(row["importance"], language),
        )
        for row in _ranked(workshop).to_dict("records")
    ]  # fmt: skip
    return " ".join([word("workshop_alt", language), *told])


def draw_swot(workshop: Swot, language: str) -> Figure:
    """Draw the four fields, the statements of each with the number of groups that made them."""
    several = len(workshop.groups) > 1
    width = (PAGE_WIDTH - 0.5) / 2
    statements = workshop.tables["swot_statements"]
    texts = {
        field: [
            wrap(_bulleted(row, language, several=several), width - 2 * PAD, TEXT_SIZE)
            for row in statements[statements["field"] == field].to_dict("records")
        ]
        for field in FIELDS
    }
    tall = {
        field: 0.32 + sum(text_box(text, TEXT_SIZE)[1] + 0.04 for text in said) + PAD
        for field, said in texts.items()
    }
    rows = [max(tall["strengths"], tall["weaknesses"]),
            max(tall["opportunities"], tall["threats"])]  # fmt: skip
    with canvas(sum(rows) + 0.6) as figure:
        axes = figure.subplots(2, 2, height_ratios=rows)
        for ax, colour in zip(axes.ravel(), FIELD_COLOURS, strict=True):
            ax.set_facecolor(colour)
            ax.set_xticks([])
            ax.set_yticks([])
            for side in ax.spines.values():
                side.set_color("white")
        frame_figure(
            figure,
            language,
            note=word("swot_figure_note", language, "several" if several else "one"),
            simulated=workshop.simulated,
        )
        for ax, field in zip(axes.ravel(), FIELDS, strict=True):
            _write_field(ax, word("swot_field", language, field), texts[field])
    return figure


def tell_swot(workshop: Swot, language: str) -> str:
    """Say what `draw_swot` shows."""
    statements = workshop.tables["swot_statements"]
    separator = word("narrative_then", language)
    told = []
    for field in FIELDS:
        own = statements.loc[statements["field"] == field, "statement"]
        said = separator.join(map(str, own)) or word("workshop_nothing", language)
        told.append(
            word("swot_alt", language, field=word("swot_field", language, field), said=said)
        )
    return " ".join(told)


def _ranked(workshop: NominalGroup) -> pd.DataFrame:
    pooled = workshop.tables.get("nominal_group_pooled")
    return workshop.tables["nominal_group_ideas"] if pooled is None else pooled


def _draw_groups(
    ax: Axes, workshop: NominalGroup, places: dict[str, float]
) -> list[tuple[Artist, str]]:
    """Draw the importance that each of several groups gave, a mark a group; return the legend."""
    if len(workshop.groups) < 2:
        return []
    legend: list[tuple[Artist, str]] = []
    for at, group in enumerate(workshop.groups):
        ideas = workshop.tables["nominal_group_ideas"]
        own = ideas[ideas["group"] == group]
        [handle] = ax.plot(
            own["importance"],
            [places[idea] for idea in own["idea"]],
            linestyle="",
            marker=MARKERS[at % len(MARKERS)],
            markersize=4.5,
            markerfacecolor="white",
            markeredgecolor=INK,
            markeredgewidth=0.8,
            zorder=3,
            clip_on=False,
        )
        legend.append((handle, group))
    return legend


def _bulleted(row: Mapping[Hashable, Any], language: str, *, several: bool) -> str:
    count = row["groups"] if several else row["n"]
    said = (
        f"{NO_BREAK_SPACE}({number(float(str(count)), language, 0)})"
        if several or count != 1
        else ""
    )
    return f"• {row['statement']}{said}"


def _write_field(ax: Axes, title: str, texts: list[str]) -> None:
    """Write the statements of a field from its top, the layout being settled."""
    height = ax.get_window_extent().height / ax.figure.dpi
    width = ax.get_window_extent().width / ax.figure.dpi
    at = 1 - PAD / height
    written = ax.text(PAD / width, at, title, size=TITLE_SIZE, weight="bold", va="top",
                      transform=ax.transAxes)  # fmt: skip
    written.set_gid("field")
    at -= 0.24 / height
    for text in texts:
        ax.text(PAD / width, at, text, size=TEXT_SIZE, color=INK, va="top",
                transform=ax.transAxes)  # fmt: skip
        at -= (text_box(text, TEXT_SIZE)[1] + 0.04) / height
    if not texts:
        ax.text(PAD / width, at, "–", size=TEXT_SIZE, color=GREY, va="top", transform=ax.transAxes)
