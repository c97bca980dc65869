"""The sample against populations without groups: its statistics, and its inertia by classes."""

from __future__ import annotations

import numpy as np
import pandas as pd
import seaborn as sns
from matplotlib.axes import Axes
from matplotlib.colors import to_hex
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.ticker import FuncFormatter, LogLocator, MaxNLocator, NullFormatter

from typology.exhibits.canvas.frame import frame_figure, freeze_layout
from typology.exhibits.canvas.placement import wrap
from typology.exhibits.canvas.style import (
    GREY,
    INK,
    LIGHT_GREY,
    SMALL_SIZE,
    TEXT_SIZE,
    FigureLabels,
    check_columns,
    class_colour,
    figure_style,
    new_figure,
    tick_text,
)
from typology.words import percent, word
from typology.words.statistic_values import replicated_p, statistic_text

# What the verdict makes of a null, in the order of the legend.
COLOURS = {
    "beaten": to_hex(class_colour(3)),
    "not_beaten": to_hex(class_colour(1)),
    "not_asked": "#d5d5d5",
}
SAMPLE = class_colour(4)
NAME_WIDTH = 1.35  # inches
KEYS = ["null", "statistic"]


def null_statistics(
    null_replicates: pd.DataFrame,
    null_tests: pd.DataFrame,
    verdict_steps: pd.DataFrame,
    labels: FigureLabels,
    *,
    simulated: bool = False,
) -> Figure:
    """Draw each statistic of the verdict under every null, and where the sample falls.

    Parameters
    ----------
    null_replicates : DataFrame
        Columns null, replicate, and one column a statistic.
    null_tests : DataFrame
        Columns null, statistic, direction, sample, null_low, null_high, p_value.
    verdict_steps : DataFrame
        Columns null, statistic, beaten: what the verdict asks.
    labels : FigureLabels
        Only its language is used.
    simulated : bool

    Returns
    -------
    Figure
        A panel a statistic of the verdict, a row a null, from the poorest to the richest.
    """
    _check_tests(null_tests, verdict_steps)
    check_columns(null_replicates, ["null", "replicate"], name="null_replicates")
    language = labels.language
    statistics = list(dict.fromkeys(verdict_steps["statistic"]))
    nulls = list(dict.fromkeys(null_tests["null"]))
    judged = _judged(null_tests, verdict_steps)
    with figure_style():
        figure = new_figure(1.0 + len(statistics) * (0.62 + 0.27 * len(nulls)))
        panels = figure.subplots(len(statistics), 1, squeeze=False).ravel()
        for ax, statistic in zip(panels, statistics, strict=True):
            tests = judged[judged["statistic"] == statistic].set_index("null").loc[nulls]
            replicates = null_replicates[["null", statistic]].dropna()
            _draw_statistic(ax, statistic, tests, replicates, language)
        frame_figure(
            figure,
            language,
            legend=_verdict_legend(judged, statistics, language),
            note=labels.word("nulls_note", replicates=int(null_replicates["replicate"].nunique())),
            simulated=simulated,
        )
        freeze_layout(figure)
    return figure


def null_statistics_alt(
    null_replicates: pd.DataFrame,
    null_tests: pd.DataFrame,
    verdict_steps: pd.DataFrame,
    labels: FigureLabels,
) -> str:
    """Say what :func:`null_statistics` shows, for those who cannot see it."""
    _check_tests(null_tests, verdict_steps)
    check_columns(null_replicates, ["null", "replicate"], name="null_replicates")
    language = labels.language
    joint = " ; " if language == "fr" else "; "
    told = []
    for statistic in dict.fromkeys(verdict_steps["statistic"]):
        tests = null_tests[null_tests["statistic"] == statistic]
        asked = tests.merge(verdict_steps[[*KEYS, "beaten"]].drop_duplicates(), on=KEYS)
        parts = [
            labels.word(
                "nulls_alt_null",
                null=labels.word("null", row["null"]),
                low=statistic_text(str(statistic), row["null_low"], language),
                high=statistic_text(str(statistic), row["null_high"], language),
                p=replicated_p(row["p_value"], language),
                beaten=labels.word("nulls_judgement", "beaten" if row["beaten"] else "not_beaten"),
            )
            for row in asked.to_dict("records")
        ]
        told.append(
            labels.word(
                "nulls_alt_statistic",
                statistic=labels.word("statistic", statistic),
                sample=statistic_text(str(statistic), tests["sample"].iloc[0], language),
                list=joint.join(parts),
            )
        )
    return labels.word("nulls_alt", list=". ".join(told))


def null_inertia(
    null_by_classes: pd.DataFrame,
    labels: FigureLabels,
    *,
    n_classes: int,
    simulated: bool = False,
) -> Figure:
    """Draw the within-class inertia at each number of classes against every null.

    Parameters
    ----------
    null_by_classes : DataFrame
        Columns null, classes, sample, null_mean, null_low, null_high (shares of 0 to 1).
    labels : FigureLabels
        Only its language is used.
    n_classes : int
        The study's.
    simulated : bool

    Returns
    -------
    Figure
        A panel a null.
    """
    _check_inertia(null_by_classes)
    language = labels.language
    nulls = list(dict.fromkeys(null_by_classes["null"]))
    n_rows = -(-len(nulls) // 2)
    with figure_style():
        figure = new_figure(1.3 + 1.75 * n_rows)
        panels = figure.subplots(
            n_rows, min(2, len(nulls)), sharex=True, sharey=True, squeeze=False
        )
        for ax, null in zip(panels.ravel(), nulls, strict=False):
            _draw_inertia(ax, null_by_classes[null_by_classes["null"] == null], n_classes)
            ax.set_title(labels.word("null", null), loc="left", weight="bold")
        for ax in panels.ravel()[len(nulls) :]:
            ax.set_axis_off()
        _draw_inertia_axes(panels, language)
        legend = [
            (Line2D([], [], color=SAMPLE, marker="o", markersize=4), labels.word("null", "sample")),
            (Line2D([], [], color=GREY, linewidth=1), labels.word("null_by_classes_mean")),
            (Patch(color=LIGHT_GREY), labels.word("null_by_classes_band")),
        ]
        frame_figure(
            figure,
            language,
            legend=legend,
            note=labels.word("null_by_classes_note"),
            simulated=simulated,
        )
        freeze_layout(figure)
    return figure


def null_inertia_alt(null_by_classes: pd.DataFrame, labels: FigureLabels, *, n_classes: int) -> str:
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
        list=(" ; " if language == "fr" else "; ").join(told),
    )


def _check_tests(null_tests: pd.DataFrame, verdict_steps: pd.DataFrame) -> None:
    columns = [*KEYS, "direction", "sample", "null_low", "null_high", "p_value"]
    check_columns(null_tests, columns, name="null_tests")
    check_columns(verdict_steps, [*KEYS, "beaten"], name="verdict_steps")


def _check_inertia(null_by_classes: pd.DataFrame) -> None:
    columns = ["null", "classes", "sample", "null_mean", "null_low", "null_high"]
    check_columns(null_by_classes, columns, name="null_by_classes")


def _judged(null_tests: pd.DataFrame, verdict_steps: pd.DataFrame) -> pd.DataFrame:
    """Add to each test what the verdict made of it: beaten, not_beaten or not_asked."""
    steps = verdict_steps[[*KEYS, "beaten"]].drop_duplicates()
    judged = null_tests.merge(steps, how="left", on=KEYS)
    names = {True: "beaten", False: "not_beaten"}
    return judged.assign(judgement=judged["beaten"].map(names).fillna("not_asked"))


def _verdict_legend(
    judged: pd.DataFrame, statistics: list[str], language: str
) -> list[tuple[Line2D | Patch, str]]:
    shown = set(judged.loc[judged["statistic"].isin(statistics), "judgement"])
    legend: list[tuple[Line2D | Patch, str]] = [
        (Line2D([], [], color=SAMPLE, linewidth=1.6), word("nulls_sample", language))
    ]
    return legend + [
        (Patch(facecolor=COLOURS[each], edgecolor=GREY, linewidth=0.5),
         word("nulls_judgement", language, each))
        for each in COLOURS
        if each in shown
    ]  # fmt: skip


def _draw_statistic(
    ax: Axes, statistic: str, tests: pd.DataFrame, replicates: pd.DataFrame, language: str
) -> None:
    """Draw the draws of each null, the line of the sample, and p-values to the right."""
    judgements = dict(zip(map(str, tests.index), tests["judgement"], strict=True))
    sns.violinplot(
        data=replicates, x=statistic, y="null", hue="null", order=list(judgements), inner=None,
        palette={null: COLOURS[each] for null, each in judgements.items()}, cut=0,
        density_norm="width", linewidth=0.5, linecolor=GREY, width=0.8, legend=False, ax=ax,
    )  # fmt: skip
    for row, test in enumerate(tests.to_dict("records")):
        ax.plot([test["null_low"], test["null_high"]], [row, row], color=INK, linewidth=2.2)
        ax.text(
            1.02, row, f"{replicated_p(test['p_value'], language)}, "
            f"{word('nulls_judgement', language, test['judgement'])}",
            size=SMALL_SIZE, va="center", transform=ax.get_yaxis_transform(),
        )  # fmt: skip
    sample = float(tests["sample"].iloc[0])
    ax.axvline(sample, color=SAMPLE, linewidth=1.6)
    side = word("nulls_side", language, tests["direction"].iloc[0])
    ax.set_title(word("statistic", language, statistic), loc="left", weight="bold")
    ax.set_title(
        f"{word('nulls_sample', language)} {statistic_text(statistic, sample, language)}   {side}",
        loc="right",
    )
    names = [wrap(word("null", language, null), NAME_WIDTH, TEXT_SIZE) for null in judgements]
    ax.set_yticks(np.arange(len(names)), names)
    ax.set(xlabel="", ylabel="")
    ax.xaxis.set_major_locator(MaxNLocator(7))
    ax.xaxis.set_major_formatter(FuncFormatter(lambda value, _: _tick(statistic, value, language)))
    ax.tick_params(axis="y", length=0)
    sns.despine(ax=ax, left=True)


def _tick(statistic: str, value: float, language: str) -> str:
    if statistic == "within_share":
        return percent(100 * value, language, 0)
    return tick_text(round(value, 6), language)


def _draw_inertia(ax: Axes, table: pd.DataFrame, n_classes: int) -> None:
    shares = 100 * table[["sample", "null_mean", "null_low", "null_high"]]
    classes = table["classes"]
    ax.fill_between(classes, shares["null_low"], shares["null_high"], color=LIGHT_GREY, linewidth=0)
    ax.plot(classes, shares["null_mean"], color=GREY, linewidth=1)
    ax.plot(classes, shares["sample"], color=SAMPLE, linewidth=1.2, marker="o", markersize=3.5)
    ax.axvline(n_classes, color=GREY, linewidth=0.7, linestyle=(0, (3, 3)), zorder=0)


def _draw_inertia_axes(panels: np.ndarray, language: str) -> None:
    for ax in panels.ravel():
        ax.set_yscale("log")
        ax.yaxis.set_major_locator(LogLocator(base=10, subs=(1.0, 2.0, 5.0)))
        ax.yaxis.set_major_formatter(FuncFormatter(lambda value, _: tick_text(value, language)))
        ax.yaxis.set_minor_formatter(NullFormatter())
        ax.xaxis.set_major_locator(MaxNLocator(integer=True))
        sns.despine(ax=ax)
    for ax in panels[-1]:
        ax.set_xlabel(word("number_of_classes", language))
    for ax in panels[:, 0]:
        ax.set_ylabel(word("null_by_classes_axis", language))
