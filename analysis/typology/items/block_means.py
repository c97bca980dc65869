"""A strip of portraits: the mean agreement of each type with each block of items."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from typology.exhibits.canvas.frame import canvas, frame_figure
from typology.exhibits.canvas.placement import text_width, wrap
from typology.exhibits.canvas.style import (
    INK,
    LIGHT_GREY,
    TEXT_SIZE,
    apart,
    class_colour,
    class_marker,
    despine,
    halo,
    require_columns,
    write_above,
)
from typology.exhibits.class_shares import class_share
from typology.exhibits.clauses import capital
from typology.exhibits.hidden_counts import mean_decimals
from typology.exhibits.labels import Labels
from typology.exhibits.registry import figure_exhibit
from typology.words import number

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_PREFIX = "mean_"
_SCALE_WIDTH, _END_WIDTH = 2.5, 0.54
"""Inches for the words of all points of a scale, and for those of one, its neighbours silent."""
_POINT_SIZE = 6


def block_means(
    classes: pd.DataFrame,
    item_distribution: pd.DataFrame,
    labels: Labels,
    *,
    simulated: bool = False,
) -> Figure:
    """Draw the mean agreement of each type with each block on the scale of its answers."""
    blocks = _blocks(classes, item_distribution)
    language = labels.language
    with canvas(1.7 + 0.3 * len(classes) * int(np.ceil(len(blocks) / 2)) * 1.4) as figure:
        panels = figure.subplots(
            int(np.ceil(len(blocks) / 2)), min(2, len(blocks)), sharey=True, squeeze=False
        ).ravel()
        for ax, block in zip(panels, blocks, strict=False):
            codes = sorted(
                item_distribution.loc[item_distribution["block"] == block, "code"].unique()
            )
            _draw_block(ax, classes, block, codes, labels)
        for ax in panels[len(blocks) :]:
            ax.set_axis_off()
        names = [_row_name(row, labels) for _, row in classes.iterrows()]
        panels[0].set_yticks(np.arange(len(classes)), names)
        panels[0].set_ylim(len(classes) - 0.4, -0.6)
        frame_figure(figure, language, simulated=simulated)
    return figure


def block_means_alt(classes: pd.DataFrame, item_distribution: pd.DataFrame, labels: Labels) -> str:
    """Say what :func:`block_means` shows, for those who cannot see it."""
    language = labels.language
    blocks = _blocks(classes, item_distribution)
    decimals = {block: mean_decimals(classes[_PREFIX + block]) for block in blocks}
    sentences = [labels.word("block_means_alt")]
    for _, row in classes.iterrows():
        name = labels.type(row["type"], int(row["class"]))
        means = [
            f"{labels.block(block)} {number(row[_PREFIX + block], language, decimals[block])}"
            for block in blocks
        ]
        listed = apart(means, language)
        sentences.append(labels.word("block_means_alt_type", type=capital(name), list=listed))
    return " ".join(sentences)


BLOCK_MEANS = figure_exhibit(
    "block_means", block_means, block_means_alt, takes=("classes", "item_distribution")
)


def _blocks(classes: pd.DataFrame, item_distribution: pd.DataFrame) -> list[str]:
    require_columns(classes, ["class", "type", "n", "share"], name="classes")
    require_columns(item_distribution, ["block", "code"], name="item_distribution")
    known = set(item_distribution["block"])
    columns = [str(column) for column in classes.columns if str(column).startswith(_PREFIX)]
    blocks = [column.removeprefix(_PREFIX) for column in columns]
    if not blocks or not set(blocks) <= known:
        raise ValueError(
            f"The table 'classes' must have a column mean_<block> for blocks of "
            f"{sorted(known)}; received {columns}."
        )
    return blocks


def _row_name(row: pd.Series, labels: Labels) -> str:
    language = labels.language
    name = wrap(labels.type(row["type"], int(row["class"])), 1.5, TEXT_SIZE)
    if pd.isna(row["n"]):
        return f"{name}\n{wrap(labels.word('not_shown'), 1.5, TEXT_SIZE)}"
    share = class_share(row, language)
    return f"{name}\n{labels.word('n_and_share', n=round(row['n']), share=share)}"


def _draw_block(
    ax: Axes, classes: pd.DataFrame, block: str, codes: list[int], labels: Labels
) -> None:
    means = classes[_PREFIX + block].to_numpy()
    decimals = mean_decimals(means)
    rows = np.arange(len(classes))
    middle = (codes[0] + codes[-1]) / 2
    ax.hlines(rows, codes[0], codes[-1], color=LIGHT_GREY, linewidth=0.7, zorder=0)
    ax.axvline(middle, color=INK, linewidth=0.6, linestyle=(0, (3, 3)), zorder=0)
    for row, mean, class_number in zip(rows, means, classes["class"], strict=True):
        ax.plot(
            mean,
            row,
            marker=class_marker(class_number),
            color=class_colour(class_number),
            markeredgecolor=INK,
            markeredgewidth=0.6,
            markersize=8,
        )
        told = labels.number(mean, decimals)
        write_above(ax, told, (mean, float(row)), 5.5, path_effects=halo(2))
    ax.set_title(labels.block(block), weight="bold", loc="left")
    ax.set_xticks(codes, _point_names(codes, labels.scale(block)), size=_POINT_SIZE)
    ax.set_xlim(codes[0] - 0.4, codes[-1] + 0.4)
    ax.tick_params(axis="y", length=0)
    despine(ax, left=True)


def _point_names(codes: list[int], words: list[str]) -> list[str]:
    """Return what stands below the points of a scale: their words, where none has to be cut.

    Otherwise their codes, the ends and the middle with their words.
    """
    width = _SCALE_WIDTH / len(codes)
    longest = max(text_width(each, _POINT_SIZE) for text in words for each in text.split(" "))
    if longest <= width:
        return [wrap(text, width, _POINT_SIZE, max_lines=5) for text in words]
    last = len(codes) - 1
    told = {0, last} if last % 2 else {0, last // 2, last}
    return [
        f"{code}\n{wrap(text, _END_WIDTH, _POINT_SIZE, max_lines=5)}" if at in told else str(code)
        for at, (code, text) in enumerate(zip(codes, words, strict=True))
    ]
