"""Diverging bars of the answers to a block of items."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from typology.exhibits.blocks import ACTIVE_BLOCKS, SUPPLEMENTARY_BLOCKS, to_named_items
from typology.exhibits.canvas.frame import canvas, frame_figure
from typology.exhibits.canvas.placement import LINE_HEIGHT, text_width, wrap
from typology.exhibits.canvas.style import (
    GREY,
    SMALL_SIZE,
    TEXT_SIZE,
    Colour,
    area_key,
    despine,
    require_columns,
    scale_colours,
    text_colour,
)
from typology.exhibits.hidden_counts import short_agreement
from typology.exhibits.labels import Labels
from typology.exhibits.registry import FigureExhibit, figure_exhibit
from typology.words import number, word

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

ITEM_WIDTH = 2.9  # inches for the wording of items
ITEM_SIZE = 7.0
_NUMBER_SIZE = 8.0
NUMBER_ROOM = 3.0  # points left free beside the number in a bar


def likert_bars(
    item_distribution: pd.DataFrame,
    item_agreement: pd.DataFrame,
    labels: Labels,
    *,
    block: str,
    simulated: bool = False,
) -> Figure:
    """Draw the answers to the items of a block as bars on both sides of the neutral answer.

    One row an item, sorted by share agreeing; the neutral answer is centred on zero. Raises
    ValueError where the block is missing, or the two tables contradict one another.
    """
    shares, agreement = _tables(item_distribution, item_agreement, block)
    n_neutral = _count_neutral(shares, agreement, block)
    language = labels.language
    wordings = [
        wrap(labels.variable(item), ITEM_WIDTH, ITEM_SIZE, max_lines=3) for item in shares.index
    ]
    n_lines = max(2, *(text.count("\n") + 1 for text in wordings))
    row_height = (n_lines * ITEM_SIZE * LINE_HEIGHT + 3) / 72
    with canvas(len(shares) * row_height + 1.5) as figure:
        ax = figure.subplots()
        colours = scale_colours(shares.shape[1], n_neutral)
        _draw_bars(ax, shares, colours, n_neutral)
        _draw_totals(ax, agreement, shares, n_neutral, language)
        _draw_axes(ax, wordings, shares, n_neutral, language)
        frame_figure(
            figure,
            language,
            legend=[
                (area_key(facecolor=colour, edgecolor=GREY, linewidth=0.4), text)
                for colour, text in zip(colours, labels.scale(block), strict=True)
            ],
            in_one_row=True,
            note=" ".join(
                [
                    labels.word("likert_note"),
                    labels.word("likert_numbers_note"),
                    *_hidden(item_distribution, block, labels),
                ]
            ),
            simulated=simulated,
        )
        _write_shares(ax, shares, colours, n_neutral, language)
    return figure


def likert_bars_alt(
    item_distribution: pd.DataFrame,
    item_agreement: pd.DataFrame,
    labels: Labels,
    *,
    block: str,
) -> str:
    """Say what :func:`likert_bars` shows, for those who cannot see it."""
    shares, agreement = _tables(item_distribution, item_agreement, block)
    scale = labels.scale(block)
    top, bottom = shares.index[0], shares.index[-1]
    return labels.word(
        "likert_alt",
        count=len(shares),
        block=labels.block(block),
        lowest=scale[0],
        highest=scale[-1],
        top=labels.variable(top),
        top_share=short_agreement(agreement.loc[top].to_dict(), "agree_share", labels.language),
        bottom=labels.variable(bottom),
        bottom_share=short_agreement(
            agreement.loc[bottom].to_dict(), "agree_share", labels.language
        ),
    )


def _answers(name: str, label: str, **declared: Any) -> FigureExhibit:
    return figure_exhibit(
        name, likert_bars, likert_bars_alt, takes=("item_distribution", "item_agreement"),
        file="likert_{block}", label=label, caption_key="answers",
        values=to_named_items, **declared,
    )  # fmt: skip


ANSWERS = _answers("answers", "fig-answers-{block}", each=ACTIVE_BLOCKS)
SUPPLEMENTARY_ANSWERS = _answers(
    "supplementary_answers",
    "fig-supplementary-{block}",
    each=SUPPLEMENTARY_BLOCKS,
    section="answers",
    place=2,
)


def _tables(
    item_distribution: pd.DataFrame, item_agreement: pd.DataFrame, block: str
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return shares (items x codes) and agreement of a block, sorted by share agreeing."""
    require_columns(
        item_distribution, ["block", "item", "code", "n", "share"], name="item_distribution"
    )
    columns = ["block", "item", "n", "disagree_share", "agree_share"]
    require_columns(item_agreement, columns, name="item_agreement")
    known = list(dict.fromkeys(item_agreement["block"]))
    if block not in known:
        raise ValueError(f"There is no block {block!r} in item_agreement: expected one of {known}.")
    agreement = item_agreement[item_agreement["block"] == block].set_index("item")
    order = ["agree_share", "disagree_share"]
    agreement = agreement.sort_values(order, ascending=[False, True], kind="stable")
    distribution = item_distribution[item_distribution["block"] == block]
    shares = distribution.set_index(["item", "code"])["share"].unstack()  # noqa: PD010
    shares = shares.reindex(agreement.index).sort_index(axis=1)
    if "hidden" in distribution:
        shares = _drawn_together(shares, agreement)
    return shares.fillna(0.0), agreement


def _drawn_together(shares: pd.DataFrame, agreement: pd.DataFrame) -> pd.DataFrame:
    """Give answers whose shares are not published, together, the place of one of them.

    That of the one nearest the middle on its side, whose total is published; without it, that of
    the one nearest the middle of all.
    """
    drawn = shares.to_numpy(dtype=float, copy=True)
    n_side = shares.shape[1] // 2
    sides = {
        "disagree_share": (slice(0, n_side), -1),
        "agree_share": (slice(shares.shape[1] - n_side, shares.shape[1]), 0),
    }
    totals = agreement.loc[shares.index]
    for place in np.flatnonzero(np.isnan(drawn).any(axis=1)):
        for total, (codes, nearest) in sides.items():
            side, whole = drawn[place, codes], float(totals[total].iloc[place])
            gone = np.flatnonzero(np.isnan(side))
            if len(gone) and not np.isnan(whole):
                left = max(0.0, whole - float(np.nansum(side)))
                side[gone] = 0.0
                side[gone[nearest]] = left
        rest = np.flatnonzero(np.isnan(drawn[place]))
        if len(rest):
            left = max(0.0, 100 - float(np.nansum(drawn[place])))
            drawn[place, rest] = 0.0
            drawn[place, rest[len(rest) // 2]] = left
    return pd.DataFrame(drawn, index=shares.index, columns=shares.columns)


def _hidden(item_distribution: pd.DataFrame, block: str, labels: Labels) -> list[str]:
    """Say that answers are drawn together, where they are."""
    own = item_distribution[item_distribution["block"] == block]
    if "hidden" not in own or not own["hidden"].any():
        return []
    return [labels.word("likert_hidden_note")]


def _count_neutral(shares: pd.DataFrame, agreement: pd.DataFrame, block: str) -> int:
    """Return how many points are neutral: those that neither total of the table counts."""
    n_points = shares.shape[1]
    known = agreement[["disagree_share", "agree_share"]].notna().all(axis=1)
    totals = agreement.loc[known, ["disagree_share", "agree_share"]].to_numpy(dtype=float)
    told = shares[known].to_numpy(dtype=float)
    # What is told to one decimal, share by share, adds up to its total but for their rounding.
    rounded = np.allclose(told, told.round(1), rtol=0, atol=1e-9)
    fits = []
    for n_side in range(n_points // 2, 0, -1):
        sums = np.stack([told[:, :n_side].sum(axis=1), told[:, -n_side:].sum(axis=1)], axis=1)
        gap = float(np.abs(sums - totals).max(initial=0.0))
        if gap <= 1e-6 + (0.05 * (n_side + 1) if rounded else 0.0):
            fits.append((gap, n_points - 2 * n_side))
    if fits:
        return min(fits)[1]
    raise ValueError(
        f"Block {block!r}: the shares of item_distribution do not add up to disagree_share and "
        "agree_share of item_agreement; expected both tables to come from the same answers."
    )


def _starts(shares: pd.DataFrame, n_neutral: int) -> npt.NDArray[np.float64]:
    """Return where each bar starts (items x codes), the neutral ones being centred on zero."""
    values = shares.to_numpy()
    n_side = (values.shape[1] - n_neutral) // 2
    middle = values[:, :n_side].sum(axis=1) + values[:, n_side : n_side + n_neutral].sum(axis=1) / 2
    return np.asarray(np.cumsum(values, axis=1) - values - middle[:, None])


def _draw_bars(ax: Axes, shares: pd.DataFrame, colours: list[Colour], n_neutral: int) -> None:
    starts, rows = _starts(shares, n_neutral), np.arange(len(shares))
    for position, (colour, (_, column)) in enumerate(zip(colours, shares.items(), strict=True)):
        left = starts[:, position]
        ax.barh(
            rows, column, left=left, height=0.72, color=colour, edgecolor="white", linewidth=0.4
        )


def _write_shares(
    ax: Axes, shares: pd.DataFrame, colours: list[Colour], n_neutral: int, language: str
) -> None:
    """Write the share of each answer into its bar, once the layout is settled, where it fits."""
    starts = _starts(shares, n_neutral)
    low, high = ax.get_xlim()
    inches = ax.get_window_extent().width / ax.figure.dpi / (high - low)
    for (row, position), share in np.ndenumerate(shares.to_numpy()):
        text = number(share, language, 0)
        if share * inches < text_width(text, _NUMBER_SIZE) + NUMBER_ROOM / 72:
            continue
        ax.text(
            starts[row, position] + share / 2,
            float(row),
            text,
            size=_NUMBER_SIZE,
            color=text_colour(colours[position]),
            ha="center",
            va="center_baseline",
            in_layout=False,
        ).set_gid(f"share {position}")


def _draw_totals(
    ax: Axes, agreement: pd.DataFrame, shares: pd.DataFrame, n_neutral: int, language: str
) -> None:
    """Write the total disagreeing and agreeing at the ends of the bars, n in the margin."""
    starts = _starts(shares, n_neutral)
    ends = starts[:, -1] + shares.iloc[:, -1].to_numpy()
    style: dict[str, Any] = {"size": TEXT_SIZE, "weight": "bold", "va": "center_baseline"}
    beside: dict[str, Any] = {
        "transform": ax.get_yaxis_transform(), "size": SMALL_SIZE, "color": GREY, "ha": "right",
    }  # fmt: skip
    for row, item in enumerate(agreement.to_dict("records")):
        below = short_agreement(item, "disagree_share", language)
        above = short_agreement(item, "agree_share", language)
        ax.text(starts[row, 0] - 1.5, row, below, ha="right", **style)
        ax.text(ends[row] + 1.5, row, above, ha="left", **style)
        n = number(item["n"], language, 0)
        ax.text(1.075, row, n, va="center_baseline", **beside)
    ax.text(1.075, -0.75, word("n", language), va="bottom", style="italic", **beside)


def _draw_axes(
    ax: Axes, wordings: list[str], shares: pd.DataFrame, n_neutral: int, language: str
) -> None:
    from matplotlib.ticker import MultipleLocator  # noqa: PLC0415 - slow to import

    starts = _starts(shares, n_neutral)
    ends = starts[:, -1] + shares.iloc[:, -1].to_numpy()
    room = 16.0  # for the totals beyond the bars
    ax.set_xlim(min(starts[:, 0].min() - room, -20), max(ends.max() + room, 20))
    ax.set_ylim(len(shares) - 0.5, -0.75)
    ax.set_yticks(np.arange(len(shares)), wordings, size=ITEM_SIZE)
    ax.xaxis.set_major_locator(MultipleLocator(25))
    ax.xaxis.set_major_formatter(lambda value, _: number(abs(value), language, 0))
    ax.set_xlabel(word("likert_axis", language))
    ax.axvline(0, color=GREY, linewidth=0.7, zorder=0)
    despine(ax, left=True)
    ax.tick_params(axis="y", length=0)
