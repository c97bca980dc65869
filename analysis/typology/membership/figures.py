"""Forest plot of the multinomial model: relative risk ratios of each type against the reference."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from typology.exhibits.canvas.frame import Legend, canvas, frame_figure
from typology.exhibits.canvas.placement import wrap
from typology.exhibits.canvas.ratio_scale import draw_ratio_scale, ratio_limits
from typology.exhibits.canvas.style import (
    GREY,
    INK,
    LIGHT_GREY,
    TEXT_SIZE,
    apart,
    class_colour,
    class_marker,
    line_key,
    require_columns,
    type_names,
)
from typology.exhibits.labels import Labels
from typology.exhibits.registry import figure_exhibit, unasked
from typology.exhibits.run_tables import LEVEL
from typology.membership.panel_rows import (
    BELOW,
    PanelRow,
    TypePanels,
    draw_rows,
    positions_of,
    row_of,
    title_scale,
)
from typology.membership.terms import fit_of, fitted, ratio_cells, slopes, term_words
from typology.words import NO_BREAK_SPACE, word

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_TOLD = 3  # ratios told of each type in the alternative text


def membership_ratios(
    coefficients: pd.DataFrame,
    fit: pd.DataFrame,
    classes: pd.DataFrame,
    labels: Labels,
    *,
    simulated: bool = False,
) -> Figure:
    """Draw the relative risk ratios of each type against the reference type.

    A panel a type; filled marks with intervals for the types as assigned, hollow ones below for
    the model corrected for errors of classification.
    """
    _check(coefficients, fit, classes)
    language = labels.language
    tables = {"membership_coefficients": coefficients, "membership_fit": fit}
    plain, corrected = slopes(tables), slopes(tables, corrected=True)
    numbers = list(dict.fromkeys(plain["class"].astype(int)))
    panels = TypePanels(len(numbers))
    rows = _rows(_of_class(plain, numbers[0]), labels, panels.label_width)
    names = type_names(classes, labels)
    told = fit_of(tables) or {}
    reference = names[int(told["reference_class"])]
    limits = ratio_limits(pd.concat([plain, corrected]))
    with canvas(panels.height(rows)) as figure:
        for place, (ax, number) in enumerate(zip(panels.drawn(figure), numbers, strict=True)):
            draw_rows(ax, rows, labelled=panels.is_first(place))
            _mark_one(ax, rows)
            _draw_ratios(ax, rows, _of_class(corrected, number), number, limits, corrected=True)
            _draw_ratios(ax, rows, _of_class(plain, number), number, limits, corrected=False)
            ax.set_title(wrap(names[number], panels.width, TEXT_SIZE, bold=True), weight="bold")
            draw_ratio_scale(ax, limits, panels.width, language)
            lowest = panels.is_lowest(place)
            ax.tick_params(labelbottom=lowest)
            ax.set_xlabel(NO_BREAK_SPACE if lowest else "")  # room for the title of the scale
        frame_figure(
            figure,
            language,
            legend=_legend(language, corrected=not corrected.empty),
            note=labels.word("ratios_note", n=int(told["n"])),
            simulated=simulated,
        )
        title_scale(figure, labels.word("ratios_axis", type=reference))
    return figure


def membership_ratios_alt(
    coefficients: pd.DataFrame, fit: pd.DataFrame, classes: pd.DataFrame, labels: Labels
) -> str:
    """Say what :func:`membership_ratios` shows, for those who cannot see it."""
    _check(coefficients, fit, classes)
    language = labels.language
    tables = {"membership_coefficients": coefficients, "membership_fit": fit}
    plain, names = slopes(tables), type_names(classes, labels)
    told = []
    for number in dict.fromkeys(plain["class"].astype(int)):
        clear = _of_class(plain, number).query("p_value < @LEVEL", local_dict={"LEVEL": LEVEL})
        first = clear.sort_values("p_value", kind="stable").head(_TOLD)
        ratios = [
            labels.word(
                "ratios_alt_term", term=_full_term(row, labels), ratio=ratio, interval=interval
            )
            for row in first.to_dict("records")
            for ratio, interval in [ratio_cells(row, language)]
        ]
        listed = ", ".join(ratios) or labels.word("ratios_alt_none")
        told.append(labels.word("ratios_alt_type", type=names[number], list=listed))
    row = fit_of(tables) or {}
    return labels.word(
        "ratios_alt",
        n=int(row["n"]),
        type=names[int(row["reference_class"])],
        list=apart(told, language),
    )


MEMBERSHIP_RATIOS = figure_exhibit(
    "membership_ratios", membership_ratios, membership_ratios_alt,
    takes=("membership_coefficients", "membership_fit", "classes"),
    needs=("membership_coefficients",), given=fitted("membership_coefficients", "multinomial"),
    absent=unasked, label="fig-ratios", section="membership", place=3,
)  # fmt: skip


def _check(coefficients: pd.DataFrame, fit: pd.DataFrame, classes: pd.DataFrame) -> None:
    columns = [
        "model", "correction", "class", "kind", "term", "variable", "category",
        "reference_category", "step", "odds_ratio", "low", "high", "p_value",
        "unstable",
    ]  # fmt: skip
    require_columns(coefficients, columns, name="membership_coefficients")
    require_columns(fit, ["model", "correction", "reference_class", "n"], name="membership_fit")
    require_columns(classes, ["class", "type"], name="classes")


def _of_class(table: pd.DataFrame, number: int) -> pd.DataFrame:
    return table[table["class"] == number]


def _full_term(row: dict[object, object], labels: Labels) -> str:
    category = row["category"]
    if isinstance(category, str) and category:
        return labels.category(str(row["variable"]), category)
    return term_words(row, labels)


def _rows(terms: pd.DataFrame, labels: Labels, width: float) -> list[PanelRow]:
    """Return the lines of the plot: under each title, its reference answer, then its terms."""
    rows: list[PanelRow] = []
    for variable, group in terms.groupby("variable", sort=False):
        first = group.iloc[0].to_dict()
        reference = first["reference_category"]
        if not (isinstance(reference, str) and reference):
            rows.append(row_of(term_words(first, labels), "title", width, str(first["term"])))
            continue
        rows.append(row_of(labels.short(str(variable)), "title", width))
        answer = labels.answer(str(variable), reference)
        named = labels.word("ratios_reference", answer=answer)
        rows.append(row_of(named, "reference", width))
        rows += [
            row_of(term_words(row, labels), "term", width, row["term"])
            for row in group.to_dict("records")
        ]
    return rows


def _mark_one(ax: Axes, rows: Sequence[PanelRow]) -> None:
    """Draw the line of no difference, and the reference answers on it."""
    ax.axvline(1, color=GREY, linewidth=0.8, zorder=1)
    for position, row in zip(positions_of(rows), rows, strict=True):
        if row.kind == "reference":
            ax.plot(1, position, marker="o", color=GREY, markersize=2.8, zorder=1)


def _draw_ratios(
    ax: Axes,
    rows: Sequence[PanelRow],
    terms: pd.DataFrame,
    number: int,
    limits: tuple[float, float],
    *,
    corrected: bool,
) -> None:
    places = {row.key: at for row, at in zip(rows, positions_of(rows), strict=True) if row.key}
    low, high = limits
    for term in terms.to_dict("records"):
        y = places[term["term"]] + (BELOW if corrected else -BELOW / 2)
        ends = [float(term["low"]), float(term["high"])]
        if not np.isnan(ends).any():
            clipped = np.clip(ends, low, high)
            ax.plot(
                clipped, [y, y],
                color=GREY if corrected else INK, linewidth=0.5 if corrected else 1.1, zorder=2,
            )  # fmt: skip
            beyond = (ends[0] < low, ends[1] > high)
            for end, is_beyond, mark in zip(limits, beyond, "<>", strict=True):
                if is_beyond:
                    ax.plot(end, y, marker=mark, color=GREY if corrected else INK,
                            markersize=2.5 if corrected else 3.5, clip_on=False)  # fmt: skip
        ax.plot(
            float(np.clip(term["odds_ratio"], low, high)),
            y,
            marker=class_marker(number),
            color="white" if corrected else class_colour(number),
            markeredgecolor=GREY if corrected else INK,
            markeredgewidth=0.6,
            markersize=3.2 if corrected else 5.5,
            linestyle="",
            clip_on=False,
            zorder=3,
        )


def _legend(language: str, *, corrected: bool) -> Legend:
    plain = line_key(
        color=INK, linewidth=1.1, marker="o", markersize=5.5, markerfacecolor=LIGHT_GREY,
        markeredgecolor=INK, markeredgewidth=0.6,
    )  # fmt: skip
    hollow = line_key(
        color=GREY, linewidth=0.5, marker="o", markersize=3.2, markerfacecolor="white",
        markeredgecolor=GREY, markeredgewidth=0.6,
    )  # fmt: skip
    legend = [(plain, word("ratios_plain", language)), (hollow, word("ratios_corrected", language))]
    return legend if corrected else legend[:1]
