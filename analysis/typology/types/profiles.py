"""The profiles of the types: share agreeing with each item in each type, and in all."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from typology.exhibits.blocks import ACTIVE_BLOCKS, title_of_block
from typology.exhibits.canvas.frame import canvas, frame_figure
from typology.exhibits.canvas.placement import text_width, wrap
from typology.exhibits.canvas.style import (
    SMALL_SIZE,
    TEXT_SIZE,
    difference_colours,
    require_columns,
    text_colour,
    type_names,
)
from typology.exhibits.clauses import capital
from typology.exhibits.hidden_counts import (
    HIDDEN_COUNT,
    SIGNS,
    agreement_shares,
    agreement_sign,
    hidden_notes,
    told_agreement,
    told_size,
)
from typology.exhibits.labels import Labels
from typology.exhibits.registry import figure_exhibit
from typology.words import NO_BREAK_SPACE, number, word

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

MARKED_DIFFERENCE = 10.0  # points
_ROW_HEIGHT = 0.165  # inches
_COLUMNS = ("class", "block", "item", "agree_share", "overall_agree_share")


def type_profiles(
    class_profiles: pd.DataFrame,
    classes: pd.DataFrame,
    labels: Labels,
    *,
    block: str | None = None,
    simulated: bool = False,
) -> Figure:
    """Draw the share agreeing with each item in each type as a heat map, by block.

    Items sorted by overall agreement within their block. Numbers are shares, colours differences
    from all respondents.
    """
    profiles = _chosen(class_profiles, classes, block)
    language = labels.language
    blocks = list(dict.fromkeys(profiles["block"]))
    n_rows = [profiles.loc[profiles["block"] == each, "item"].nunique() for each in blocks]
    limit = _limit(profiles)
    height = sum(n_rows) * _ROW_HEIGHT + 0.3 * len(blocks) + 1.6
    with canvas(height, title_height=None) as figure:
        panels = figure.subplots(len(blocks), 1, height_ratios=n_rows, squeeze=False)[:, 0]
        for ax, each in zip(panels, blocks, strict=True):
            _draw_block(ax, profiles[profiles["block"] == each], labels, limit)
            ax.set_title(labels.block(each), weight="bold", loc="left", pad=5)
        _name_columns(panels[0], classes, labels)
        _draw_scale(figure, panels, limit, language)
        bounds = [labels.word("profiles_bounds_note")] if _signs(profiles) else []
        note = " ".join([labels.word("profiles_note"), *bounds, *hidden_notes(labels, profiles)])
        frame_figure(figure, language, note=note, simulated=simulated)
    return figure


def type_profiles_alt(
    class_profiles: pd.DataFrame,
    classes: pd.DataFrame,
    labels: Labels,
    *,
    block: str | None = None,
) -> str:
    """Say what :func:`type_profiles` shows, for those who cannot see it."""
    profiles = _chosen(class_profiles, classes, block)
    difference = agreement_shares(profiles) - profiles["overall_agree_share"]
    sentences = [
        labels.word(
            "profiles_alt", items=profiles["item"].nunique(), classes=profiles["class"].nunique()
        )
    ]
    names = type_names(classes, labels)
    known = profiles.assign(difference=difference).dropna(subset=["difference"])
    for class_number, part in known.groupby("class"):
        name = names[int(str(class_number))]
        ordered = part.sort_values("difference", kind="stable")
        rows = ordered.to_dict("records")
        extremes = (("more", rows[-1]), ("less", rows[0]))
        gaps = [
            labels.word(
                "profiles_alt_gap",
                way,
                item=labels.short(row["item"]),
                share=_in_words(row, labels, "agree_share"),
                overall=_in_words(row, labels, "overall_agree_share"),
            )
            for way, row in extremes
            if (row["difference"] > 0) == (way == "more") and row["difference"] != 0
        ]
        if gaps:
            told = labels.word("profiles_alt_type", type=capital(name), list=", ".join(gaps))
            sentences.append(told)
    return " ".join(sentences)


def _in_words(row: Mapping[Hashable, Any], labels: Labels, share: str) -> str:
    exact = not agreement_sign(row, share)
    return labels.percent(row[share], 0) if exact else told_agreement(row, labels.language, share)


PROFILES = figure_exhibit(
    "profiles", type_profiles, type_profiles_alt, takes=("class_profiles", "classes"),
    each=ACTIVE_BLOCKS, values=title_of_block, file="profiles_{block}",
    label="fig-profiles-{block}",
)  # fmt: skip


def _chosen(class_profiles: pd.DataFrame, classes: pd.DataFrame, block: str | None) -> pd.DataFrame:
    require_columns(class_profiles, _COLUMNS, name="class_profiles")
    require_columns(classes, ["class", "type", "n"], name="classes")
    known = list(dict.fromkeys(class_profiles["block"]))
    if block is not None and block not in known:
        raise ValueError(f"There is no block {block!r} in class_profiles: expected one of {known}.")
    profiles = class_profiles if block is None else class_profiles[class_profiles["block"] == block]
    return profiles.reset_index(drop=True)


def _limit(profiles: pd.DataFrame) -> float:
    """Return the end of the colour scale: the largest difference, in whole tens of points."""
    largest = (agreement_shares(profiles) - profiles["overall_agree_share"]).abs().max()
    return float(max(10.0, 10 * np.ceil(largest / 10)))


def _signs(profiles: pd.DataFrame) -> dict[tuple[str, Any], str]:
    """Return the sign before the share of an item in a class (0: all) that is not told exactly."""
    signs = {}
    for row in profiles.to_dict("records"):
        for number_of_class, share in ((row["class"], "agree_share"), (0, "overall_agree_share")):
            if sign := agreement_sign(row, share):
                signs[row["item"], number_of_class] = SIGNS[sign]
    return signs


def _draw_block(ax: Axes, profiles: pd.DataFrame, labels: Labels, limit: float) -> None:
    """Draw one block: a row an item, a column a class, a first column for all."""
    import seaborn as sns  # noqa: PLC0415 - slow to import
    from matplotlib.colors import Normalize  # noqa: PLC0415

    keyed = profiles.set_index(["item", "class"])
    shares = agreement_shares(keyed).unstack()  # noqa: PD010
    overall = profiles.groupby("item")["overall_agree_share"].first()
    order = overall.sort_values(ascending=False, kind="stable").index
    shares.insert(0, 0, overall)
    shares = shares.loc[order]
    differences = shares.sub(overall.loc[order], axis=0)
    signs = _signs(profiles)
    texts = [
        [
            NO_BREAK_SPACE.join(filter(None, [signs.get((item, each)), labels.number(share, 0)]))
            for each, share in zip(shares.columns, row, strict=True)
        ]
        for item, row in zip(shares.index, shares.to_numpy(), strict=True)
    ]
    sns.heatmap(
        differences,
        vmin=-limit,
        vmax=limit,
        cmap=difference_colours(),
        annot=texts,
        fmt="",
        annot_kws={"size": SMALL_SIZE, "va": "center_baseline"},
        linewidths=0.6,
        linecolor="white",
        cbar=False,
        ax=ax,
    )
    # A cell of which nobody in the class says anything is left empty.
    known = differences.to_numpy()[differences.notna().to_numpy()]
    colours = difference_colours()(Normalize(-limit, limit)(known))
    for text, colour, difference in zip(ax.texts, colours, known, strict=True):
        text.set_in_layout(False)  # it lies within the axes: measuring it takes time
        text.set_color(text_colour(colour[:3]))
        if difference >= MARKED_DIFFERENCE:
            text.set_fontweight("bold")
        elif difference <= -MARKED_DIFFERENCE:
            text.set_fontstyle("italic")
    _mark_hidden(ax, profiles, shares)
    ax.axvline(1, color="black", linewidth=0.8)
    ax.set_yticks(np.arange(len(order)) + 0.5, [labels.short(item) for item in order], rotation=0)
    ax.set_xticks([])
    ax.set(xlabel="", ylabel="")
    ax.tick_params(axis="y", length=0)


def _mark_hidden(ax: Axes, profiles: pd.DataFrame, shares: pd.DataFrame) -> None:
    """Mark the cells whose numbers are not published."""
    if "hidden" not in profiles:
        return
    hidden = profiles[profiles["hidden"].astype(bool) & agreement_shares(profiles).isna()]
    for item, number_of_class in zip(hidden["item"], hidden["class"], strict=True):
        across = float(list(shares.columns).index(number_of_class))
        down = float(list(shares.index).index(item))
        ax.text(
            across + 0.5,
            down + 0.5,
            HIDDEN_COUNT,
            ha="center",
            va="center_baseline",
            size=SMALL_SIZE,
        ).set_in_layout(False)


def _name_columns(ax: Axes, classes: pd.DataFrame, labels: Labels) -> None:
    """Write the types and their numbers above the columns, in as many lines as they need."""
    room = 4.1 / (len(classes) + 1)
    total = labels.word("n_is", n=told_size(classes["n"].sum(skipna=False)))
    names = [(labels.word("overall"), total)]
    for _, row in classes.sort_values("class").iterrows():
        name = labels.type(row["type"], int(row["class"]))
        names.append((name, labels.word("n_is", n=told_size(row["n"]))))
    words = [part for name, n_is in names for part in [*name.split(" "), n_is]]
    crowded = max(text_width(part, SMALL_SIZE) for part in words) > room
    widest = 1.1 if crowded else room
    ax.xaxis.set_ticks_position("top")
    ax.set_xticks(
        np.arange(len(names)) + 0.5,
        [f"{wrap(name, widest, SMALL_SIZE)}\n{n_is}" for name, n_is in names],
        size=SMALL_SIZE,
        rotation=90 if crowded else 0,
        linespacing=1.15,
    )
    ax.tick_params(axis="x", length=0, pad=2)


def _draw_scale(figure: Figure, panels: np.ndarray, limit: float, language: str) -> None:
    from matplotlib.cm import ScalarMappable  # noqa: PLC0415 - slow to import
    from matplotlib.colors import Normalize  # noqa: PLC0415

    mappable = ScalarMappable(Normalize(-limit, limit), difference_colours())
    bar = figure.colorbar(
        mappable,
        ax=list(panels),
        location="bottom",
        aspect=45,
        shrink=0.8,
        pad=0.12 / figure.get_size_inches()[1],
    )
    bar.set_label(word("profiles_colour", language), size=TEXT_SIZE)
    bar.ax.tick_params(labelsize=SMALL_SIZE, length=2)
    bar.ax.xaxis.set_major_formatter(
        lambda value, _: ("+" if value > 0 else "") + number(value, language, 0)
    )
    bar.outline.set_visible(False)
