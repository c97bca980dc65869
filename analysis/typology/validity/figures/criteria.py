"""How many axes, how many classes: what each criterion says, beside what the study keeps."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from typology.exhibits.canvas.frame import Legend, canvas, frame_figure
from typology.exhibits.canvas.style import (
    GREY,
    INK,
    LIGHT_GREY,
    SMALL_SIZE,
    accent_colour,
    apart,
    despine,
    line_key,
    number_ticks,
    require_columns,
    study_colour,
    write_above,
)
from typology.exhibits.labels import Labels
from typology.exhibits.registry import figure_exhibit
from typology.exhibits.run_tables import axes_kept
from typology.validity.readings import STABLE
from typology.validity.verdict_sentences import not_computed
from typology.words import number, word

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

LEAST_SHOWN, _MOST_SHOWN = 10, 24  # axes
# Column of each panel, its title, the criteria of the summary that read it.
PANELS = (
    ("within_ratio", ("classes_criteria_tree",), ("within_ratio", "within_ratio_from_2")),
    ("silhouette", ("criterion", "silhouette"), ("silhouette",)),
    ("calinski_harabasz", ("criterion", "calinski_harabasz"), ("calinski_harabasz",)),
    ("gap", ("criterion", "gap"), ("gap",)),
    ("least_stability", ("classes_criteria_stability",), ("stability",)),
    ("within_share", ("statistic", "within_share"), ()),
)


def axes_criteria_marks(
    parallel_analysis: pd.DataFrame,
    axes_criteria: pd.DataFrame,
    labels: Labels,
    *,
    n_kept: int,
    simulated: bool = False,
) -> Figure:
    """Draw the eigenvalues against those of unrelated answers, and what each criterion keeps.

    The criteria that keep more axes than are drawn end in an arrow.
    """
    _check_axes(parallel_analysis, axes_criteria)
    language = labels.language
    shown = parallel_analysis.sort_values("axis").head(_n_shown(axes_criteria, n_kept))
    limit = axes_criteria.set_index("criterion")["threshold"].get("above_mean", np.nan)
    with canvas(3.1 + 0.24 * len(axes_criteria)) as figure:
        above, below = figure.subplots(
            2, 1, sharex=True, height_ratios=[2.1, 0.26 * len(axes_criteria)]
        )
        above.plot(
            shown["axis"],
            shown["eigenvalue"],
            color=study_colour(),
            marker="o",
            markersize=4,
            linewidth=1.2,
        )
        above.plot(
            shown["axis"],
            shown["null_95"],
            color=accent_colour(),
            linewidth=1.2,
            linestyle=(0, (4, 2)),
        )
        dashed = line_key(color=accent_colour(), linestyle=(0, (4, 2)))
        legend: Legend = [
            (line_key(color=study_colour(), marker="o", markersize=4),
             labels.word("null", "sample")),
            (dashed, labels.word("axes_criteria_null")),
        ]  # fmt: skip
        if np.isfinite(limit):
            above.axhline(limit, color=GREY, linewidth=0.8, linestyle=":")
            mean = line_key(color=GREY, linewidth=0.8, linestyle=":")
            legend = [*legend, (mean, labels.word("axes_criteria_mean"))]
        _draw_numbers(below, axes_criteria, len(shown), language)
        _draw_study(above, below, n_kept, language)
        _dress_axes(above, below, shown, language)
        frame_figure(figure, language, legend=legend, simulated=simulated)
    return figure


def axes_criteria_marks_alt(
    parallel_analysis: pd.DataFrame,
    axes_criteria: pd.DataFrame,
    labels: Labels,
    *,
    n_kept: int,
) -> str:
    """Say what :func:`axes_criteria_marks` shows, for those who cannot see it."""
    _check_axes(parallel_analysis, axes_criteria)
    return labels.word(
        "axes_criteria_alt",
        shown=min(_n_shown(axes_criteria, n_kept), len(parallel_analysis)),
        kept=n_kept,
        list=_told(axes_criteria["criterion"], axes_criteria["number"], labels.language),
    )


AXES_CRITERIA = figure_exhibit(
    "axes_criteria", axes_criteria_marks, axes_criteria_marks_alt,
    takes=("parallel_analysis", "axes_criteria"), needs=("parallel_analysis", "axes_criteria"),
    absent=partial(not_computed, part="axes criteria"),
    options=lambda tables: {"n_kept": axes_kept(tables)},
)  # fmt: skip


def classes_criteria_panels(
    classes_criteria: pd.DataFrame,
    classes_criteria_summary: pd.DataFrame,
    labels: Labels,
    *,
    n_classes: int,
    simulated: bool = False,
) -> Figure:
    """Draw each criterion of the number of classes, with the number it suggests."""
    _check_classes(classes_criteria, classes_criteria_summary)
    language = labels.language
    suggested = classes_criteria_summary.set_index("criterion")["classes"].dropna()
    with canvas(4.5) as figure:
        panels = figure.subplots(2, 3, sharex=True)
        for ax, (column, (key, *members), criteria) in zip(panels.ravel(), PANELS, strict=True):
            marked = [int(suggested[each]) for each in criteria if each in suggested]
            _draw_criterion(ax, classes_criteria, column, marked)
            ax.axvline(n_classes, color=GREY, linewidth=0.8, linestyle=(0, (3, 3)), zorder=0)
            name = labels.word(key, *members)
            ax.set_title(name, loc="left", weight="bold", size=SMALL_SIZE + 0.5)
            number_ticks(ax.yaxis, language, most=5)
            ax.set_xticks(classes_criteria["classes"])
            ax.margins(y=0.12)
            despine(ax)
        for ax in panels[-1]:
            ax.set_xlabel(labels.word("number_of_classes"))
        legend = [
            (_ring(), labels.word("classes_criteria_suggested")),
            (line_key(color=GREY, linestyle=(0, (3, 3))),
             labels.word("classes_criteria_chosen")),
        ]  # fmt: skip
        frame_figure(
            figure,
            language,
            legend=legend,
            note=labels.word("classes_criteria_note"),
            simulated=simulated,
        )
    return figure


def classes_criteria_panels_alt(
    classes_criteria: pd.DataFrame,
    classes_criteria_summary: pd.DataFrame,
    labels: Labels,
    *,
    n_classes: int,
) -> str:
    """Say what :func:`classes_criteria_panels` shows, for those who cannot see it."""
    _check_classes(classes_criteria, classes_criteria_summary)
    drawn = [each for _, _, criteria in PANELS for each in criteria]
    summary = classes_criteria_summary
    summary = summary[summary["criterion"].isin(drawn)]
    return labels.word(
        "classes_criteria_alt",
        classes=n_classes,
        list=_told(summary["criterion"], summary["classes"], labels.language),
    )


CLASSES_CRITERIA = figure_exhibit(
    "classes_criteria", classes_criteria_panels, classes_criteria_panels_alt,
    takes=("classes_criteria", "classes_criteria_summary"),
    needs=("classes_criteria", "classes_criteria_summary"),
    absent=partial(not_computed, part="classes criteria"),
    options=lambda tables: {"n_classes": len(tables["classes"])},
)  # fmt: skip


def _check_axes(parallel_analysis: pd.DataFrame, axes_criteria: pd.DataFrame) -> None:
    require_columns(parallel_analysis, ["axis", "eigenvalue", "null_95"], name="parallel_analysis")
    require_columns(axes_criteria, ["criterion", "number", "threshold"], name="axes_criteria")


def _check_classes(classes_criteria: pd.DataFrame, summary: pd.DataFrame) -> None:
    columns = ["classes", "gap_se", *(column for column, _, _ in PANELS)]
    require_columns(classes_criteria, columns, name="classes_criteria")
    require_columns(summary, ["criterion", "classes"], name="classes_criteria_summary")


def _told(criteria: Sequence[str] | pd.Series, numbers: pd.Series, language: str) -> str:
    told = [
        word(
            "criterion_and_number",
            language,
            criterion=word("criterion", language, criterion),
            number=word("axes_criteria_none", language) if pd.isna(count) else int(count),
        )
        for criterion, count in zip(criteria, numbers, strict=True)
    ]
    return apart(told, language)


def _n_shown(axes_criteria: pd.DataFrame, n_kept: int) -> int:
    """Return how many axes to draw: all that most criteria speak of, and some beyond."""
    spoken = axes_criteria["number"].dropna().astype(int)
    reach = max([n_kept, *spoken[spoken <= _MOST_SHOWN - 3]])
    return int(np.clip(reach + 3, LEAST_SHOWN, _MOST_SHOWN))


def _draw_numbers(ax: Axes, axes_criteria: pd.DataFrame, n_shown: int, language: str) -> None:
    """Draw a row a criterion, a dot at the number of axes it keeps."""
    for row, count in enumerate(axes_criteria["number"]):
        if pd.isna(count):
            text = word("axes_criteria_none", language)
            ax.text(0.7, row, text, size=SMALL_SIZE, color=GREY, va="center")
            continue
        beyond = int(count) > n_shown
        place = n_shown + 0.1 if beyond else int(count)
        ax.plot([0.5, place], [row, row], color=LIGHT_GREY, linewidth=1, zorder=0)
        ax.plot(
            place, row, marker=">" if beyond else "o", color=accent_colour(), markersize=6,
            markeredgecolor=INK, markeredgewidth=0.5,
        )  # fmt: skip
        ax.annotate(
            number(int(count), language, 0), (place, row), (6, 0), textcoords="offset points",
            size=SMALL_SIZE, va="center",
        )  # fmt: skip
    names = [word("criterion", language, each) for each in axes_criteria["criterion"]]
    ax.set_yticks(np.arange(len(names)), names)
    ax.set_ylim(len(names) - 0.4, -0.6)
    ax.tick_params(axis="y", length=0)


def _draw_study(above: Axes, below: Axes, n_kept: int, language: str) -> None:
    for ax in (above, below):
        ax.axvline(n_kept, color=GREY, linewidth=0.8, linestyle=(0, (3, 3)), zorder=0)
    told = word("axes_criteria_study", language, count=n_kept)
    write_above(above, told, (n_kept, 1), 2, xycoords=("data", "axes fraction"))


def _dress_axes(above: Axes, below: Axes, shown: pd.DataFrame, language: str) -> None:
    above.set_ylabel(word("eigenvalue", language))
    above.set_ylim(0, None)
    number_ticks(above.yaxis, language, most=5)
    below.set_xticks(shown["axis"])
    below.set_xlim(0.5, len(shown) + 0.9)
    below.set_xlabel(word("axis", language))
    despine(above)
    despine(below, left=True)


def _draw_criterion(ax: Axes, table: pd.DataFrame, column: str, suggested: list[int]) -> None:
    known = table.dropna(subset=[column]).set_index("classes")
    errors = known["gap_se"] if column == "gap" else None
    ax.errorbar(
        known.index, known[column], yerr=errors, color=study_colour(), linewidth=1.1, marker="o",
        markersize=3.5, elinewidth=0.7, capsize=1.5,
    )  # fmt: skip
    if column == "least_stability":
        ax.axhline(STABLE, color=GREY, linewidth=0.7, linestyle=":")
    there = [each for each in suggested if each in known.index]
    ax.plot(there, known.loc[there, column], **_ring_style())


def _ring() -> Artist:
    ring = line_key()
    ring.set(**_ring_style())
    return ring


def _ring_style() -> dict[str, Any]:
    return {"linestyle": "none", "marker": "o", "markersize": 9, "markerfacecolor": "none",
            "markeredgecolor": accent_colour(), "markeredgewidth": 1.8}  # fmt: skip
