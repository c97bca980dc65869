"""What a sample gives back of planted types, against its number of respondents."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from typology.exhibits.canvas.frame import canvas, frame_figure
from typology.exhibits.canvas.placement import wrap
from typology.exhibits.canvas.style import (
    GREY,
    INK,
    LIGHT_GREY,
    TEXT_SIZE,
    accent_colour,
    despine,
    line_key,
    number_ticks,
    require_columns,
    study_colour,
)
from typology.tools.plan.measure import MEASURES
from typology.tools.plan.sentences import INDICES, measure_at_size, measure_text
from typology.words import number, word

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_COLUMNS = ("respondents", "measure", "value", "low", "high")
ACROSS = 3
PANEL = 2.0  # inches that the title of a panel may take


def plan_figure(plan: pd.DataFrame, criteria: pd.DataFrame, language: str) -> Figure:
    """Draw each measure of a plan against the number of respondents.

    One panel a measure: values with their 95 % intervals; a broken line at what is asked; a full
    mark from the size on that reaches it. The last panel says those sizes in words.
    """
    require_columns(plan, _COLUMNS, name="plan")
    shown = [each for each in MEASURES if (plan["measure"] == each).any()]
    rows = -(-(len(shown) + 1) // ACROSS)
    with canvas(1.1 + 2.15 * rows) as figure:
        panels = figure.subplots(rows, ACROSS, squeeze=False).ravel().tolist()
        for ax, measure in zip(panels, shown, strict=False):
            _draw_measure(ax, plan[plan["measure"] == measure], criteria, measure, language)
        _write_sizes(panels[len(shown)], criteria, language)
        for ax in panels[len(shown) + 1 :]:
            ax.set_axis_off()
        frame_figure(
            figure,
            language,
            title=word("plan_figure_title", language),
            legend=[
                (line_key(marker="o", color=study_colour(), markersize=5),
                 word("plan_key", language, "reached")),
                (line_key(marker="o", color=study_colour(), markersize=5, markerfacecolor="white"),
                 word("plan_key", language, "below")),
                (line_key(color=accent_colour(), linestyle="--"),
                 word("plan_key", language, "asked")),
            ],
            note=word("plan_figure_note", language, samples=int(plan["samples"].max())),
            simulated=True,
        )  # fmt: skip
    return figure


def plan_alt(plan: pd.DataFrame, criteria: pd.DataFrame, language: str) -> str:
    """Say what :func:`plan_figure` shows, for those who cannot see it."""
    smallest, largest = int(plan["respondents"].min()), int(plan["respondents"].max())
    told = [word("plan_figure_title", language) + "."]
    for measure in (str(each) for each in criteria["measure"] if each != "found"):
        ends = [measure_text(measure, measure_at_size(plan, measure, n), language)
                for n in (smallest, largest)]  # fmt: skip
        told.append(
            word(
                "plan_alt",
                language,
                measure=word("plan_measure", language, measure),
                first=ends[0],
                last=ends[1],
                smallest=smallest,
                largest=largest,
            )
        )
    return " ".join(told)


def _draw_measure(
    ax: Axes, values: pd.DataFrame, criteria: pd.DataFrame, measure: str, language: str
) -> None:
    row = criteria[criteria["measure"] == measure].iloc[0]
    sizes = values["respondents"].to_numpy(dtype=float)
    value = values["value"].to_numpy(dtype=float)
    top = 1.0 if measure in INDICES else 100.0
    ax.axhline(row["asked"], color=accent_colour(), linestyle="--", linewidth=1.0, zorder=1)
    ax.plot(sizes, value, color=study_colour(), linewidth=1.1, zorder=2)
    ax.vlines(sizes, values["low"], values["high"], color=study_colour(), linewidth=1.0, zorder=2)
    for n, at in zip(sizes, value, strict=True):
        reached = not pd.isna(row["respondents"]) and n >= row["respondents"]
        face = study_colour() if reached else "white"
        ax.plot(n, at, marker="o", markersize=4.5, markerfacecolor=face,
                markeredgecolor=study_colour(), zorder=3)  # fmt: skip
    ax.set_ylim(-0.02 * top, 1.04 * top)
    ax.set_xlim(0, 1.05 * float(sizes.max()))
    _write_title(ax, word("plan_panel", language, measure))
    ax.set_xlabel(word("plan_respondents", language))
    number_ticks(ax.xaxis, language, most=5, integer=True)
    number_ticks(ax.yaxis, language, most=5)
    ax.grid(axis="y", color=LIGHT_GREY, linewidth=0.6)
    ax.set_axisbelow(True)
    despine(ax)


def _write_sizes(ax: Axes, criteria: pd.DataFrame, language: str) -> None:
    """Write from which size on each measure reaches what is asked."""
    ax.set_axis_off()
    _write_title(ax, word("plan_needed", language))
    for place, row in enumerate(criteria.to_dict("records")):
        measure = str(row["measure"])
        reached = not pd.isna(row["respondents"])
        size = (
            number(float(row["respondents"]), language, 0)
            if reached
            else word("plan_none", language)
        )
        at = 0.93 - 0.17 * place
        weight = "bold" if measure == "found" else "normal"
        ax.text(0, at, word("plan_measure", language, measure), size=TEXT_SIZE, va="center",
                weight=weight, transform=ax.transAxes)  # fmt: skip
        ax.text(1, at, size, size=TEXT_SIZE, va="center", ha="right", weight=weight,
                color=INK if reached else GREY, transform=ax.transAxes)  # fmt: skip


def _write_title(ax: Axes, title: str) -> None:
    wrapped = wrap(title, PANEL, TEXT_SIZE, bold=True)
    ax.set_title(wrapped, loc="left", weight="bold", size=TEXT_SIZE)
