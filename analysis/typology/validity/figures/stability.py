"""How often the types come back: mean Jaccard index of each, confidence of each respondent."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from typology.exhibits.canvas.frame import canvas, frame_figure
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
    despine,
    number_ticks,
    require_columns,
    type_names,
    write_above,
)
from typology.exhibits.hidden_counts import told_count
from typology.exhibits.labels import Labels
from typology.exhibits.registry import figure_exhibit
from typology.validity.readings import DOUBTFUL, STABILITY_MARKS
from typology.validity.verdict_sentences import not_computed
from typology.words import number, percent, word

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

BANDS = ("#dcdcdc", "#e9e9e9", "#f4f4f4", "#ffffff")
"""Greys of Hennig's readings."""

_NAME_WIDTH, DOUBT_WIDTH = 1.35, 1.2  # inches
GOLDEN = 0.6180339887  # steps of this fraction spread dots evenly, the same way every time


def stability_marks(
    stability: pd.DataFrame, classes: pd.DataFrame, labels: Labels, *, simulated: bool = False
) -> Figure:
    """Draw the mean Jaccard index of each type, with its interval, on Hennig's marks."""
    _check_stability(stability, classes)
    language = labels.language
    with canvas(1.5 + 0.36 * len(stability)) as figure:
        ax = figure.subplots()
        left = min(0.4, float(np.floor(stability["low"].min() * 10) / 10) - 0.02)
        _draw_bands(ax, left, language)
        for row, values in enumerate(stability.to_dict("records")):
            _draw_type(ax, row, values, language)
        _draw_rows(ax, stability["class"], classes, labels)
        ax.set_xlim(left, 1.005)
        ax.set_xlabel(labels.word("stability_axis"))
        number_ticks(ax.xaxis, language)
        frame_figure(
            figure,
            language,
            note=labels.word("stability_note", replicates=int(stability["replicates"].iloc[0])),
            simulated=simulated,
        )
    return figure


def stability_marks_alt(stability: pd.DataFrame, classes: pd.DataFrame, labels: Labels) -> str:
    """Say what :func:`stability_marks` shows, for those who cannot see it."""
    _check_stability(stability, classes)
    language = labels.language
    names = type_names(classes, labels)
    told = [
        labels.word(
            "stability_alt_type",
            type=names[row["class"]],
            mean=labels.number(row["mean_jaccard"], 2),
            low=labels.number(row["low"], 2),
            high=labels.number(row["high"], 2),
            reading=labels.word("reading", row["reading"]),
        )
        for row in stability.to_dict("records")
    ]
    return labels.word(
        "stability_alt", replicates=int(stability["replicates"].iloc[0]), list=apart(told, language)
    )


STABILITY = figure_exhibit(
    "stability", stability_marks, stability_marks_alt, takes=("stability", "classes"),
    needs=("stability", "classes"), absent=partial(not_computed, part="stability"),
)  # fmt: skip


def membership_confidence(
    stability_confidence: pd.DataFrame,
    classes: pd.DataFrame,
    labels: Labels,
    *,
    simulated: bool = False,
) -> Figure:
    """Draw in how many resamples respondents fall in their own type, by groups of them."""
    _check_confidence(stability_confidence, classes)
    language = labels.language
    names = type_names(classes, labels)
    with canvas(1.2 + 0.52 * len(classes)) as figure:
        ax = figure.subplots()
        ax.axvline(DOUBTFUL, color=GREY, linewidth=0.7, linestyle=(0, (4, 3)), zorder=0)
        for row, (class_number, members) in enumerate(stability_confidence.groupby("class")):
            order = np.argsort(members["confidence"].to_numpy(dtype=float), kind="stable")
            shares = 100 * members["confidence"].to_numpy(dtype=float)[order]
            heights = row + 0.6 * ((np.arange(len(shares)) * GOLDEN) % 1 - 0.5)
            ax.scatter(
                shares,
                heights,
                s=11 * members["n"].to_numpy()[order],
                marker=class_marker(int(str(class_number))),
                color=class_colour(int(str(class_number))),
                edgecolor=INK,
                linewidth=0.25,
                clip_on=False,
            )
            ax.text(
                1.03, row, _doubt(members, names, language),
                size=SMALL_SIZE, va="center", transform=ax.get_yaxis_transform(),
            )  # fmt: skip
        _draw_rows(ax, classes["class"], classes, labels)
        lowest = 100 * float(stability_confidence["confidence"].min())
        ax.set_xlim(min(50.0, 10 * np.floor(lowest / 10)), 100)
        ax.set_xlabel(labels.word("confidence_axis"))
        frame_figure(
            figure, language, note=_note(stability_confidence, labels), simulated=simulated
        )
    return figure


def membership_confidence_alt(
    stability_confidence: pd.DataFrame, classes: pd.DataFrame, labels: Labels
) -> str:
    """Say what :func:`membership_confidence` shows, for those who cannot see it."""
    _check_confidence(stability_confidence, classes)
    language = labels.language
    names = type_names(classes, labels)
    told = [
        labels.word(
            "confidence_alt_type",
            type=names[int(str(class_number))],
            count=_doubtful(members, labels.language),
            n=int(members["n"].sum()),
        )
        for class_number, members in stability_confidence.groupby("class")
    ]
    return labels.word(
        "confidence_alt", mark=labels.percent(DOUBTFUL, 0), list=apart(told, language)
    )


CONFIDENCE = figure_exhibit(
    "confidence", membership_confidence, membership_confidence_alt,
    takes=("stability_confidence", "classes"), needs=("stability_confidence", "classes"),
    absent=partial(not_computed, part="stability"), section="stability", place=2,
)  # fmt: skip


def _check_stability(stability: pd.DataFrame, classes: pd.DataFrame) -> None:
    columns = ["class", "mean_jaccard", "low", "high", "replicates", "reading"]
    require_columns(stability, columns, name="stability")
    require_columns(classes, ["class", "type"], name="classes")


def _check_confidence(stability_confidence: pd.DataFrame, classes: pd.DataFrame) -> None:
    columns = ["class", "n", "confidence", "doubtful", "second_class"]
    require_columns(stability_confidence, columns, name="stability_confidence")
    require_columns(classes, ["class", "type"], name="classes")


def _note(confidence: pd.DataFrame, labels: Labels) -> str:
    """Say what a dot is: a respondent, or how many of them."""
    if confidence["n"].max() == 1:
        return labels.word("confidence_note")
    least, most = int(confidence["n"].min()), int(confidence["n"].max())
    return labels.word("grouped_confidence_note", least=least, most=most)


def _doubtful(members: pd.DataFrame, language: str) -> str:
    return told_count(float(members["doubtful"].iloc[0]), language)


def _doubt(members: pd.DataFrame, names: dict[int, str], language: str) -> str:
    """Return how many might change type, and to which they mostly would."""
    mark = percent(DOUBTFUL, language, 0)
    text = word(
        "confidence_summary",
        language,
        count=_doubtful(members, language),
        n=int(members["n"].sum()),
        mark=mark,
    )
    second_class = int(members["second_class"].iloc[0])
    if not second_class:
        return text
    second = wrap(names[second_class], DOUBT_WIDTH, SMALL_SIZE, max_lines=1)
    return f"{text}\n{word('confidence_second', language, type=second)}"


def _draw_bands(ax: Axes, left: float, language: str) -> None:
    ends = [*list(STABILITY_MARKS.values())[1:], 1.005]
    for (reading, start), colour, end in zip(STABILITY_MARKS.items(), BANDS, ends, strict=True):
        begin = max(start, left)
        ax.axvspan(begin, end, color=colour, linewidth=0, zorder=0)
        if start:
            ax.axvline(start, color=LIGHT_GREY, linewidth=0.8, zorder=0.5)
        words = wrap(word("reading", language, reading), 0.9, SMALL_SIZE)
        middle = ((begin + end) / 2, 1)
        write_above(ax, words, middle, 3, xycoords=("data", "axes fraction"), color=INK)


def _draw_type(ax: Axes, row: int, values: Mapping[Hashable, Any], language: str) -> None:
    colour = class_colour(int(values["class"]))
    ax.plot([values["low"], values["high"]], [row, row], color=INK, linewidth=1.2, zorder=2)
    ax.plot(
        values["mean_jaccard"],
        row,
        marker=class_marker(int(values["class"])),
        color=colour,
        markeredgecolor=INK,
        markeredgewidth=0.6,
        markersize=7,
        zorder=3,
    )
    mean = values["mean_jaccard"]
    write_above(ax, number(mean, language, 2), (mean, row), 6)


def _draw_rows(ax: Axes, numbers: pd.Series, classes: pd.DataFrame, labels: Labels) -> None:
    names = type_names(classes, labels)
    texts = [wrap(names[int(each)], _NAME_WIDTH, TEXT_SIZE) for each in numbers]
    ax.set_yticks(np.arange(len(texts)), texts)
    ax.set_ylim(len(texts) - 0.45, -0.75)
    ax.tick_params(axis="y", length=0)
    despine(ax, left=True)
