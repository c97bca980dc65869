"""The sample against its population: the share of each category in the one and in the other."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import TYPE_CHECKING, Any

import pandas as pd

from typology.exhibits.canvas.frame import Legend, canvas, frame_figure
from typology.exhibits.canvas.placement import wrap
from typology.exhibits.canvas.style import (
    GREY,
    INK,
    LIGHT_GREY,
    TEXT_SIZE,
    Colour,
    apart,
    despine,
    line_key,
    require_columns,
    scale_colours,
    tick_text,
)
from typology.exhibits.labels import Labels
from typology.exhibits.registry import figure_exhibit, told
from typology.words import word

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_COLUMNS = ("variable", "category", "sample_share", "population_share", "low", "high")


def sample_and_population(
    representativeness: pd.DataFrame,
    tests: pd.DataFrame,
    labels: Labels,
    *,
    simulated: bool = False,
) -> Figure:
    """Draw the share of each category in the sample, with its interval, and in the population.

    One panel a margin, one row a category; the tests say whether the margins are illustrative.
    """
    require_columns(representativeness, _COLUMNS, name="representativeness")
    require_columns(tests, ["variable", "illustrative"], name="representativeness_tests")
    language = labels.language
    illustrative = bool(tests["illustrative"].any())
    margins = list(dict.fromkeys(representativeness["variable"]))
    rows = [int((representativeness["variable"] == name).sum()) for name in margins]
    with canvas(1.5 + 0.3 * sum(rows) + 0.34 * len(margins)) as figure:
        panels = figure.subplots(
            len(margins), 1, sharex=True, squeeze=False, height_ratios=[n + 0.4 for n in rows]
        ).ravel()
        for ax, name in zip(panels, margins, strict=True):
            own = representativeness[representativeness["variable"] == name]
            _draw_margin(ax, own, name, labels)
        _draw_axis(panels[-1], representativeness, language)
        note = labels.word("representativeness_note")
        if illustrative:
            note = f"{note} {labels.word('representativeness_note_illustrative')}"
        frame_figure(
            figure,
            language,
            legend=_legend(language, illustrative=illustrative),
            note=note,
            simulated=simulated,
        )
    return figure


def sample_and_population_alt(
    representativeness: pd.DataFrame, tests: pd.DataFrame, labels: Labels
) -> str:
    """Say what :func:`sample_and_population` shows, for those who cannot see it."""
    require_columns(representativeness, _COLUMNS, name="representativeness")
    language = labels.language
    sentences = [labels.word("representativeness_alt")]
    if bool(tests["illustrative"].any()):
        sentences.append(labels.word("representativeness_note_illustrative"))
    for name, own in representativeness.groupby("variable", sort=False):
        shares = [
            labels.word(
                "representativeness_alt_category",
                category=labels.answer(str(name), str(row["category"])),
                sample=labels.percent(row["sample_share"]),
                population=labels.percent(row["population_share"]),
            )
            for row in own.to_dict("records")
        ]
        sentences.append(
            labels.word("representativeness_alt_margin", margin=labels.short(str(name)),
                 list=apart(shares, language))
        )  # fmt: skip
    return " ".join(sentences)


REPRESENTATIVENESS = figure_exhibit(
    "representativeness", sample_and_population, sample_and_population_alt,
    takes=("representativeness", "representativeness_tests"), needs=("representativeness",),
    absent=told("no_representativeness"), section="representativeness", place=2,
)  # fmt: skip


def _draw_margin(ax: Axes, own: pd.DataFrame, name: str, labels: Labels) -> None:
    for row, values in enumerate(own.to_dict("records")):
        _draw_category(ax, row, values)
    answers = [labels.answer(name, str(category)) for category in own["category"]]
    ax.set_yticks(range(len(own)), [wrap(answer, 1.9, TEXT_SIZE) for answer in answers])
    ax.set_ylim(len(own) - 0.5, -0.5)
    ax.set_title(labels.short(name), loc="left", weight="bold", size=TEXT_SIZE, pad=3)
    ax.tick_params(axis="y", length=0)
    ax.tick_params(axis="x", length=0)
    ax.grid(axis="x", color=LIGHT_GREY, linewidth=0.6)
    ax.set_axisbelow(True)
    despine(ax, left=True, bottom=True)


def _draw_category(ax: Axes, row: int, values: Mapping[Hashable, Any]) -> None:
    sample, population = values["sample_share"], values["population_share"]
    ax.plot((population, sample), (row, row), color=GREY, linewidth=2.4, alpha=0.45, zorder=1)
    ends = population + values["low"], population + values["high"]
    ax.hlines(row, *ends, color=INK, linewidth=0.9, zorder=2)
    ax.plot(sample, row, marker="o", markersize=6.5, markerfacecolor=_colour(),
            markeredgecolor=INK, markeredgewidth=0.8, zorder=4)  # fmt: skip
    ax.plot(population, row, marker="D", markersize=6, markerfacecolor="white",
            markeredgecolor=INK, markeredgewidth=1.1, zorder=3)  # fmt: skip


def _draw_axis(ax: Axes, shares: pd.DataFrame, language: str) -> None:
    highest = max(
        float((shares["population_share"] + shares["high"]).max()),
        float(shares["population_share"].max()),
    )
    ax.set_xlim(0, min(100.0, 5 * (int(highest // 5) + 1)))
    ticks = [tick for tick in ax.get_xticks() if 0 <= tick <= ax.get_xlim()[1]]
    ax.set_xticks(ticks, [tick_text(float(tick), language) for tick in ticks])
    ax.set_xlabel(word("representativeness_axis", language))


def _colour() -> Colour:
    return scale_colours(2, 0)[-1]


def _legend(language: str, *, illustrative: bool) -> Legend:
    key = "representativeness_illustrative" if illustrative else "representativeness_population"
    sample = line_key(color=INK, linewidth=0.9, marker="o", markersize=6,
                    markerfacecolor=_colour(), markeredgecolor=INK)  # fmt: skip
    population = line_key(linestyle="", marker="D", markersize=5.5,
                        markerfacecolor="white", markeredgecolor=INK)  # fmt: skip
    return [
        (sample, word("representativeness_sample", language)),
        (population, word(key, language)),
    ]
