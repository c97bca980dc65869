"""Probability of each type by characteristic, as the multinomial model predicts it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from typology.exhibits.canvas.frame import Legend, canvas, frame_figure
from typology.exhibits.canvas.placement import wrap
from typology.exhibits.canvas.style import (
    GREY,
    INK,
    LIGHT_GREY,
    SMALL_SIZE,
    TEXT_SIZE,
    apart,
    class_colour,
    class_marker,
    line_key,
    number_ticks,
    require_columns,
    type_names,
)
from typology.exhibits.labels import Labels
from typology.exhibits.registry import figure_exhibit, unasked
from typology.membership.panel_rows import (
    BELOW,
    PanelRow,
    TypePanels,
    draw_rows,
    positions_of,
    row_of,
    title_scale,
)
from typology.membership.terms import answer_key, extremes, fit_of, fitted, predictions, value_words
from typology.words import NO_BREAK_SPACE, word

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

TICKS = 3  # intervals of the scale of a narrow panel, at most


def membership_probabilities(
    predicted: pd.DataFrame,
    fit: pd.DataFrame,
    classes: pd.DataFrame,
    labels: Labels,
    *,
    simulated: bool = False,
) -> Figure:
    """Draw the probability of each type had everybody given each answer.

    A panel a type; filled marks with intervals for the types as assigned, hollow ones below for
    the model corrected for errors of classification.
    """
    _check(predicted, fit, classes)
    language = labels.language
    tables = {"membership_predictions": predicted, "membership_fit": fit}
    plain, corrected = predictions(tables), predictions(tables, corrected=True)
    numbers = list(dict.fromkeys(plain["class"].astype(int)))
    panels = TypePanels(len(numbers))
    rows = _rows(plain[plain["class"] == numbers[0]], labels, panels.label_width)
    names = type_names(classes, labels)
    with canvas(panels.height(rows)) as figure:
        for place, (ax, each) in enumerate(zip(panels.drawn(figure), numbers, strict=True)):
            draw_rows(ax, rows, labelled=panels.is_first(place))
            _draw_marks(ax, rows, corrected[corrected["class"] == each], each, corrected=True)
            _draw_marks(ax, rows, plain[plain["class"] == each], each, corrected=False)
            ax.set_title(wrap(names[each], panels.width, TEXT_SIZE, bold=True), weight="bold")
            ax.set_xlim(0, 100)
            number_ticks(ax.xaxis, language, most=TICKS, integer=True)
            ax.grid(axis="x", color=LIGHT_GREY, linewidth=0.4)
            ax.set_axisbelow(True)
            lowest = panels.is_lowest(place)
            ax.tick_params(axis="x", labelsize=SMALL_SIZE, labelbottom=lowest)
            ax.set_xlabel(NO_BREAK_SPACE if lowest else "")  # room for the title of the scale
        frame_figure(
            figure,
            language,
            legend=_legend(language, corrected=not corrected.empty),
            note=labels.word("probabilities_note", n=int((fit_of(tables) or {})["n"])),
            simulated=simulated,
        )
        title_scale(figure, labels.word("probabilities_axis"))
    return figure


def membership_probabilities_alt(
    predicted: pd.DataFrame, fit: pd.DataFrame, classes: pd.DataFrame, labels: Labels
) -> str:
    """Say what :func:`membership_probabilities` shows, for those who cannot see it."""
    _check(predicted, fit, classes)
    language = labels.language
    tables = {"membership_predictions": predicted, "membership_fit": fit}
    plain, names = predictions(tables), type_names(classes, labels)
    told = []
    for each in dict.fromkeys(plain["class"].astype(int)):
        lowest, highest = extremes(plain[plain["class"] == each])
        told.append(
            labels.word(
                "probabilities_alt_type",
                type=names[each],
                variable=labels.short(str(lowest["variable"])),
                low_answer=value_words(lowest, labels),
                low=labels.percent(float(lowest["probability"]), 0),
                high_answer=value_words(highest, labels),
                high=labels.percent(float(highest["probability"]), 0),
            )
        )
    n = int((fit_of(tables) or {})["n"])
    return labels.word("probabilities_alt", n=n, list=apart(told, language))


MEMBERSHIP_PROBABILITIES = figure_exhibit(
    "membership_probabilities", membership_probabilities, membership_probabilities_alt,
    takes=("membership_predictions", "membership_fit", "classes"),
    needs=("membership_predictions",), given=fitted("membership_predictions", "multinomial"),
    absent=unasked, label="fig-membership",
)  # fmt: skip


def _check(predicted: pd.DataFrame, fit: pd.DataFrame, classes: pd.DataFrame) -> None:
    columns = [
        "model", "correction", "class", "variable", "category", "reference_category", "value",
        "probability", "low", "high",
    ]  # fmt: skip
    require_columns(predicted, columns, name="membership_predictions")
    require_columns(fit, ["model", "correction", "n"], name="membership_fit")
    require_columns(classes, ["class", "type"], name="classes")


def _rows(answers: pd.DataFrame, labels: Labels, width: float) -> list[PanelRow]:
    """Return the lines of the plot: under each characteristic, its answers."""
    rows: list[PanelRow] = []
    for variable, group in answers.groupby("variable", sort=False):
        rows.append(row_of(labels.short(str(variable)), "title", width))
        rows += [
            row_of(value_words(row, labels), "term", width, answer_key(row))
            for row in group.to_dict("records")
        ]
    return rows


def _draw_marks(
    ax: Axes, rows: list[PanelRow], answers: pd.DataFrame, class_number: int, *, corrected: bool
) -> None:
    places = {row.key: at for row, at in zip(rows, positions_of(rows), strict=True) if row.key}
    for answer in answers.to_dict("records"):
        # At other quartiles, or another answer, the corrected model has nothing beside.
        if answer_key(answer) not in places:
            continue
        y = places[answer_key(answer)] + (BELOW if corrected else -BELOW / 2)
        ax.plot(
            [answer["low"], answer["high"]], [y, y], zorder=2,
            color=GREY if corrected else INK, linewidth=0.5 if corrected else 1.1,
        )  # fmt: skip
        ax.plot(
            answer["probability"], y, linestyle="", clip_on=False, zorder=3,
            marker=class_marker(class_number),
            color="white" if corrected else class_colour(class_number),
            markeredgecolor=GREY if corrected else INK, markeredgewidth=0.6,
            markersize=3.2 if corrected else 5.5,
        )  # fmt: skip


def _legend(language: str, *, corrected: bool) -> Legend:
    plain = line_key(
        color=INK, linewidth=1.1, marker="o", markersize=5.5, markerfacecolor=LIGHT_GREY,
        markeredgecolor=INK, markeredgewidth=0.6,
    )  # fmt: skip
    hollow = line_key(
        color=GREY, linewidth=0.5, marker="o", markersize=3.2, markerfacecolor="white",
        markeredgecolor=GREY, markeredgewidth=0.6,
    )  # fmt: skip
    legend = [(plain, word("probabilities_plain", language)),
              (hollow, word("ratios_corrected", language))]  # fmt: skip
    return legend if corrected else legend[:1]
