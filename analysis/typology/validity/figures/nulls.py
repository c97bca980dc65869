"""The sample against populations without groups: its statistics, and its inertia by classes."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import numpy as np
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
    area_key,
    class_hex,
    despine,
    line_key,
    number_ticks,
    require_columns,
    study_colour,
    tick_text,
)
from typology.exhibits.labels import Labels
from typology.exhibits.registry import figure_exhibit
from typology.validity.verdict_sentences import not_computed
from typology.words import percent, word
from typology.words.statistic_values import SHARES, replicated_p, statistic_text

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_NAME_WIDTH, _ROW_HEIGHT = 1.35, 0.27  # inches
_KEYS = ["null", "statistic"]


def null_statistics(
    null_replicates: pd.DataFrame,
    null_tests: pd.DataFrame,
    verdict_steps: pd.DataFrame,
    labels: Labels,
    *,
    simulated: bool = False,
) -> Figure:
    """Draw each statistic under the nulls that it is asked of, and where the sample falls.

    A panel a statistic, below the question that it answers; a row a null, from the poorest to the
    richest.
    """
    _check_tests(null_replicates, null_tests, verdict_steps)
    language = labels.language
    judged = _judged(null_tests, verdict_steps)
    statistics = dict(list(judged.groupby("statistic", sort=False)))
    rows = [len(tests) for tests in statistics.values()]
    with canvas(1.1 + 0.75 * len(rows) + _ROW_HEIGHT * sum(rows)) as figure:
        panels = figure.subplots(
            len(rows), 1, squeeze=False, gridspec_kw={"height_ratios": rows}
        ).ravel()
        for ax, (statistic, tests) in zip(panels, statistics.items(), strict=True):
            asked = null_replicates[null_replicates["null"].isin(tests["null"])]
            _draw_statistic(
                ax, str(statistic), tests, asked[["null", statistic]].dropna(), language
            )
        frame_figure(
            figure,
            language,
            legend=_verdict_legend(judged, language),
            note=labels.word("nulls_note", replicates=int(null_tests["replicates"].max())),
            simulated=simulated,
        )
    return figure


def null_statistics_alt(
    null_replicates: pd.DataFrame,
    null_tests: pd.DataFrame,
    verdict_steps: pd.DataFrame,
    labels: Labels,
) -> str:
    """Say what :func:`null_statistics` shows, for those who cannot see it."""
    _check_tests(null_replicates, null_tests, verdict_steps)
    language = labels.language
    told = []
    for statistic, tests in _judged(null_tests, verdict_steps).groupby("statistic", sort=False):
        parts = [
            labels.word(
                "nulls_alt_null",
                null=labels.word("null", row["null"]),
                low=statistic_text(str(statistic), row["null_low"], language),
                high=statistic_text(str(statistic), row["null_high"], language),
                p=replicated_p(row["p_value"], language, row["replicates"]),
                beaten=labels.word("nulls_judgement", row["judgement"]),
            )
            for row in tests.to_dict("records")
        ]
        told.append(
            labels.word(
                "nulls_alt_statistic",
                statistic=labels.word("statistic", str(statistic)),
                sample=statistic_text(str(statistic), tests["sample"].iloc[0], language),
                list=apart(parts, language),
            )
        )
    return labels.word("nulls_alt", list=". ".join(told))


NULL_DISTRIBUTIONS = figure_exhibit(
    "nulls", null_statistics, null_statistics_alt,
    takes=("null_replicates", "null_tests", "verdict_steps"),
    needs=("null_replicates", "null_tests", "verdict_steps"),
    absent=partial(not_computed, part="nulls"),
)  # fmt: skip


def null_inertia(
    null_by_classes: pd.DataFrame, labels: Labels, *, n_classes: int, simulated: bool = False
) -> Figure:
    """Draw the within-class inertia at each number of classes against every null."""
    _check_inertia(null_by_classes)
    language = labels.language
    nulls = list(dict.fromkeys(null_by_classes["null"]))
    n_columns = min(len(nulls), 2)
    n_rows = -(-len(nulls) // n_columns)
    with canvas(1.3 + 1.6 * n_rows) as figure:
        panels = figure.subplots(n_rows, n_columns, sharex=True, sharey=True, squeeze=False)
        drawn = panels.ravel()[: len(nulls)]
        for ax, null in zip(drawn, nulls, strict=True):
            _draw_inertia(ax, null_by_classes[null_by_classes["null"] == null], n_classes)
            ax.set_title(labels.word("null", null), loc="left", weight="bold")
        for ax in panels.ravel()[len(nulls) :]:
            ax.set_axis_off()
        _draw_inertia_axes(list(drawn), n_columns, language)
        legend = [
            (
                line_key(color=study_colour(), marker="o", markersize=4),
                labels.word("null", "sample"),
            ),
            (line_key(color=GREY, linewidth=1), labels.word("null_by_classes_mean")),
            (area_key(color=LIGHT_GREY), labels.word("null_by_classes_band")),
        ]
        frame_figure(
            figure,
            language,
            legend=legend,
            note=labels.word("null_by_classes_note"),
            simulated=simulated,
        )
    return figure


def null_inertia_alt(null_by_classes: pd.DataFrame, labels: Labels, *, n_classes: int) -> str:
    """Say what :func:`null_inertia` shows, for those who cannot see it."""
    _check_inertia(null_by_classes)
    language = labels.language
    # Many classes are beyond the numbers compared: the last of these is told.
    n_classes = min(n_classes, int(null_by_classes["classes"].max()))
    here = null_by_classes[null_by_classes["classes"] == n_classes]
    told = [
        labels.word(
            "null_by_classes_alt_null",
            null=labels.word("null", row["null"]),
            low=labels.percent(100 * row["null_low"]),
            high=labels.percent(100 * row["null_high"]),
        )
        for row in here.to_dict("records")
    ]
    return labels.word(
        "null_by_classes_alt",
        first=int(null_by_classes["classes"].min()),
        last=int(null_by_classes["classes"].max()),
        classes=n_classes,
        sample=labels.percent(100 * float(here["sample"].iloc[0])),
        list=apart(told, language),
    )


NULL_BY_CLASSES = figure_exhibit(
    "null_by_classes", null_inertia, null_inertia_alt, takes=("null_by_classes",),
    needs=("null_by_classes",), absent=partial(not_computed, part="nulls"),
    options=lambda tables: {"n_classes": len(tables["classes"])},
)  # fmt: skip


def _check_tests(
    null_replicates: pd.DataFrame, null_tests: pd.DataFrame, verdict_steps: pd.DataFrame
) -> None:
    require_columns(null_replicates, ["null", "replicate"], name="null_replicates")
    columns = [*_KEYS, "direction", "sample", "null_low", "null_high", "p_value", "replicates"]
    require_columns(null_tests, columns, name="null_tests")
    require_columns(verdict_steps, ["question", *_KEYS, "beaten"], name="verdict_steps")


def _check_inertia(null_by_classes: pd.DataFrame) -> None:
    columns = ["null", "classes", "sample", "null_mean", "null_low", "null_high"]
    require_columns(null_by_classes, columns, name="null_by_classes")


def _judged(null_tests: pd.DataFrame, verdict_steps: pd.DataFrame) -> pd.DataFrame:
    """Add to each test its question and what the verdict made of it.

    ``judgement``: beaten, not_beaten or not_asked; ``question``: "" for the last.
    """
    steps = verdict_steps[["question", *_KEYS, "beaten"]]
    judged = null_tests.merge(steps, how="left", on=_KEYS)
    names = {True: "beaten", False: "not_beaten"}
    return judged.assign(
        judgement=judged["beaten"].map(names).fillna("not_asked"),
        question=judged["question"].fillna(""),
    )


def _judgement_colours() -> dict[str, str]:
    """Return the colour of what the verdict makes of a null, in the order of the legend."""
    return {"beaten": class_hex(3), "not_beaten": class_hex(1), "not_asked": "#d5d5d5"}


def _verdict_legend(judged: pd.DataFrame, language: str) -> Legend:
    shown = set(judged["judgement"])
    sample = line_key(color=study_colour(), linewidth=1.6)
    return [
        (sample, word("nulls_sample", language)),
        *(
            (area_key(facecolor=colour, edgecolor=GREY, linewidth=0.5),
             word("nulls_judgement", language, each))
            for each, colour in _judgement_colours().items()
            if each in shown
        ),
    ]  # fmt: skip


def _draw_statistic(
    ax: Axes, statistic: str, tests: pd.DataFrame, replicates: pd.DataFrame, language: str
) -> None:
    """Draw the draws of each null, the line of the sample, and p-values to the right."""
    import seaborn as sns  # noqa: PLC0415 - slow to import
    from matplotlib.ticker import MaxNLocator  # noqa: PLC0415

    colours = _judgement_colours()
    judgements = dict(zip(map(str, tests["null"]), tests["judgement"], strict=True))
    sns.violinplot(
        data=replicates, x=statistic, y="null", hue="null", order=list(judgements), inner=None,
        palette={null: colours[each] for null, each in judgements.items()}, cut=0,
        density_norm="width", linewidth=0.5, linecolor=GREY, width=0.8, legend=False, ax=ax,
    )  # fmt: skip
    for row, test in enumerate(tests.to_dict("records")):
        ax.plot([test["null_low"], test["null_high"]], [row, row], color=INK, linewidth=2.2)
        ax.text(
            1.02, row, f"{replicated_p(test['p_value'], language, test['replicates'])}, "
            f"{word('nulls_judgement', language, test['judgement'])}",
            size=SMALL_SIZE, va="center", transform=ax.get_yaxis_transform(),
        )  # fmt: skip
    sample = float(tests["sample"].iloc[0])
    ax.axvline(sample, color=study_colour(), linewidth=1.6)
    side = word("nulls_side", language, tests["direction"].iloc[0])
    question, named = tests["question"].iloc[0], word("statistic", language, statistic)
    asked = f"{word('question', language, question)}\n{named}" if question else named
    ax.set_title(asked, loc="left", weight="bold")
    ax.set_title(
        f"{word('nulls_sample', language)} {statistic_text(statistic, sample, language)}   {side}",
        loc="right",
    )
    names = [wrap(word("null", language, null), _NAME_WIDTH, TEXT_SIZE) for null in judgements]
    ax.set_yticks(np.arange(len(names)), names)
    ax.set(xlabel="", ylabel="")
    ax.xaxis.set_major_locator(MaxNLocator(7, steps=[1, 2, 5, 10]))
    ax.xaxis.set_major_formatter(lambda value, _: _tick(statistic, value, language))
    ax.tick_params(axis="y", length=0)
    despine(ax, left=True)


def _tick(statistic: str, value: float, language: str) -> str:
    if statistic in SHARES:
        decimals = f"{100 * value:.4f}".rstrip("0").partition(".")[2]
        return percent(100 * value, language, len(decimals))
    return tick_text(round(value, 6), language)


def _draw_inertia(ax: Axes, table: pd.DataFrame, n_classes: int) -> None:
    shares = 100 * table[["sample", "null_mean", "null_low", "null_high"]]
    classes = table["classes"]
    ax.fill_between(classes, shares["null_low"], shares["null_high"], color=LIGHT_GREY, linewidth=0)
    ax.plot(classes, shares["null_mean"], color=GREY, linewidth=1)
    ax.plot(
        classes, shares["sample"], color=study_colour(), linewidth=1.2, marker="o", markersize=3.5
    )
    ax.axvline(n_classes, color=GREY, linewidth=0.7, linestyle=(0, (3, 3)), zorder=0)


def _draw_inertia_axes(panels: list[Axes], n_columns: int, language: str) -> None:
    """Dress the axes; write what they count below each column and left of each row."""
    from matplotlib.ticker import LogLocator, MaxNLocator, NullFormatter  # noqa: PLC0415

    for place, ax in enumerate(panels):
        ax.set_yscale("log")
        ax.yaxis.set_major_locator(LogLocator(base=10, subs=(1.0, 2.0, 5.0)))
        number_ticks(ax.yaxis, language)
        ax.yaxis.set_minor_formatter(NullFormatter())
        ax.xaxis.set_major_locator(MaxNLocator(integer=True))
        despine(ax)
        if place % n_columns == 0:
            ax.set_ylabel(word("null_by_classes_axis", language))
        if place + n_columns >= len(panels):
            ax.tick_params(labelbottom=True)
            ax.set_xlabel(word("number_of_classes", language))
