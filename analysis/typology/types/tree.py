"""The classification tree, where it is cut, and the inertia gained at each number of classes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from typology.exhibits.canvas.frame import canvas, frame_figure
from typology.exhibits.canvas.placement import LINE_HEIGHT, spread, text_box, wrap
from typology.exhibits.canvas.style import (
    GREY,
    INK,
    PALE,
    SMALL_SIZE,
    TEXT_SIZE,
    class_colour,
    class_marker,
    despine,
    number_ticks,
    require_columns,
    study_colour,
    write_above,
)
from typology.exhibits.hidden_counts import told_size
from typology.exhibits.labels import Labels
from typology.exhibits.registry import figure_exhibit
from typology.types.consolidation import draw_final_classes, moved
from typology.words import word

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

MOST_BRANCHES = 350  # more could not be told apart on a page
LABEL_WIDTH = 1.89  # inches


def classification_tree(
    tree: pd.DataFrame,
    branches: pd.DataFrame,
    classes: pd.DataFrame,
    inertia_gains: pd.DataFrame,
    labels: Labels,
    *,
    simulated: bool = False,
) -> Figure:
    """Draw the tree with its cut, its branches in the colours of the classes.

    ``tree`` is SciPy's linkage, its leaves the rows of ``branches``, groups of respondents: column
    ``n``, how many, ``tree_class``, their class at the cut, and ``class``, the final one of most
    (without it nobody is taken to have moved). The tree lies on its side, root to the left. Of a
    large one the last branches are drawn, and the note says so. Branches above the cut are grey.
    Where consolidation moved someone, a strip of the final classes lies beside that of the cut.
    """
    _check(tree, branches, classes, inertia_gains)
    language = labels.language
    n_leaves = len(tree) + 1
    n_branches = min(n_leaves, MOST_BRANCHES)
    with canvas(max(5.6, 2.2 + 0.42 * branches["tree_class"].nunique())) as figure:
        above, below = figure.subplots(2, 1, height_ratios=[3.4, 1])
        positions, nodes = _draw_branches(
            above, tree, branches["tree_class"].to_numpy(), n_branches
        )
        changed = moved(branches).any()
        if changed:
            draw_final_classes(above, tree, branches, nodes)
        _draw_cut(above, tree, branches["tree_class"].nunique(), language)
        _draw_gains(below, inertia_gains, language)
        note = labels.word("tree_note")
        if _sizes_told(branches) and _respondents(branches) > n_leaves:
            note = f"{note} {labels.word('tree_grouped', least=int(branches['n'].min()))}"
        if n_branches < n_leaves:
            truncated = labels.word("tree_truncated", shown=n_branches, total=n_leaves)
            note = f"{note} {truncated}"
        if changed:
            note = f"{note} {labels.word('tree_strips_note')}"
        frame_figure(figure, language, note=note, right=LABEL_WIDTH, simulated=simulated)
        _label_classes(figure, above, positions, _class_texts(branches, classes, labels))
    return figure


def classification_tree_alt(
    tree: pd.DataFrame,
    branches: pd.DataFrame,
    classes: pd.DataFrame,
    inertia_gains: pd.DataFrame,
    labels: Labels,
) -> str:
    """Say what :func:`classification_tree` shows, for those who cannot see it."""
    _check(tree, branches, classes, inertia_gains)
    texts = _class_texts(branches, classes, labels)
    text = labels.word(
        "tree_alt",
        n=told_size(branches["n"].sum(skipna=False)),
        classes=len(texts),
        list=", ".join(text.replace("\n", " (") + ")" for text in texts.values()),
    )
    suggested = inertia_gains.loc[inertia_gains["suggested"].astype(bool), "classes"]
    if not suggested.empty:
        by = labels.word("suggesting_criterion", str(inertia_gains["suggested_by"].iloc[0]))
        told = labels.word("tree_alt_suggested", suggested=int(suggested.iloc[0]), criterion=by)
        text = f"{text} {told}"
    n_moved = int(moved(branches).sum())
    if n_moved == 0 or not _sizes_told(branches) or _respondents(branches) > len(branches):
        return text
    return f"{text} {labels.word('tree_alt_moved', plural=n_moved, moved=n_moved)}"


TREE = figure_exhibit(
    "tree", classification_tree, classification_tree_alt,
    takes=("tree", "tree_branches", "classes", "inertia_gains"),
)  # fmt: skip


def _check(
    tree: pd.DataFrame,
    branches: pd.DataFrame,
    classes: pd.DataFrame,
    inertia_gains: pd.DataFrame,
) -> None:
    require_columns(tree, ["left", "right", "height"], name="tree")
    require_columns(branches, ["tree_class"], name="tree_branches")
    require_columns(classes, ["class", "type"], name="classes")
    columns = ["classes", "gain", "suggested", "chosen", "suggested_by"]
    require_columns(inertia_gains, columns, name="inertia_gains")
    if len(branches) != len(tree) + 1:
        raise ValueError(
            f"The tree has {len(tree) + 1} leaves and 'tree_branches' {len(branches)} rows: "
            "expected one row a leaf, in the same order."
        )


def _sizes_told(branches: pd.DataFrame) -> bool:
    return bool(branches["n"].notna().all())


def _respondents(branches: pd.DataFrame) -> int:
    return int(branches["n"].sum())


def _class_texts(branches: pd.DataFrame, classes: pd.DataFrame, labels: Labels) -> dict[int, str]:
    """Return name and number at the cut of each class."""
    types = classes.set_index("class")["type"]
    counts = branches.groupby("tree_class")["n"].sum()
    told, texts = _sizes_told(branches), {}
    for class_number, count in counts.items():
        name = labels.type(str(types.get(class_number, "")), int(str(class_number)))
        if not told:
            texts[int(str(class_number))] = name
            continue
        share = labels.percent(100 * count / _respondents(branches))
        n_and_share = labels.word("n_and_share", n=int(count), share=share)
        texts[int(str(class_number))] = f"{name}\n{n_and_share}"
    return texts


def _node_classes(tree: pd.DataFrame, leaf_classes: np.ndarray) -> list[int]:
    """Return the class that all leaves under each node share, or 0: a walk up the tree."""
    node_classes = [int(number) for number in leaf_classes]
    for left, right in zip(tree["left"].astype(int), tree["right"].astype(int), strict=True):
        same = node_classes[left] == node_classes[right]
        node_classes.append(node_classes[left] if same else 0)
    return node_classes


def _linkage(tree: pd.DataFrame) -> np.ndarray:
    """Return SciPy's linkage, its sizes counted in respondents whatever their weights."""
    sizes = [1.0] * (len(tree) + 1)
    for left, right in zip(tree["left"].astype(int), tree["right"].astype(int), strict=True):
        sizes.append(sizes[left] + sizes[right])
    rows = tree[["left", "right", "height"]].to_numpy(dtype=float)
    return np.column_stack([rows, sizes[len(tree) + 1 :]])


def _draw_branches(
    ax: Axes, tree: pd.DataFrame, leaf_classes: np.ndarray, n_branches: int
) -> tuple[dict[int, float], list[int]]:
    """Draw the branches; return where each class lies across the tree, and the nodes drawn."""
    from matplotlib.collections import LineCollection  # noqa: PLC0415 - slow to import
    from scipy.cluster.hierarchy import dendrogram  # noqa: PLC0415

    node_classes = _node_classes(tree, leaf_classes)
    drawn = dendrogram(
        _linkage(tree),
        p=n_branches,
        truncate_mode="lastp",
        no_plot=True,
        link_color_func=lambda node: str(node_classes[node]),
    )
    across, heights = np.array(drawn["icoord"]), np.array(drawn["dcoord"])
    colours = [GREY if each == "0" else class_colour(int(each)) for each in drawn["color_list"]]
    width = 0.9 if n_branches < 150 else 0.6
    ax.add_collection(
        LineCollection(list(np.dstack([heights, across])), colors=colours, linewidths=width)
    )
    ax.set_xlim(heights.max() * 1.03, 0)
    ax.set_ylim(-6, 10 * n_branches + 6)
    classes_across = pd.Series(node_classes)[drawn["leaves"]].to_numpy()
    middles = (
        pd.Series(10 * np.arange(n_branches) + 5.0).groupby(classes_across).agg(["min", "max"])
    )
    for class_number, ends in middles.iterrows():
        if class_number:
            colour = class_colour(int(str(class_number)))
            ax.plot(
                [1.012, 1.012],
                [ends["min"] - 4, ends["max"] + 4],
                color=colour,
                linewidth=3,
                solid_capstyle="butt",
                transform=ax.get_yaxis_transform(),
                clip_on=False,
            )
    places = {
        int(str(each)): float(middle) for each, middle in middles.mean(axis=1).items() if each
    }
    return places, [int(node) for node in drawn["leaves"]]


def _draw_cut(ax: Axes, tree: pd.DataFrame, n_classes: int, language: str) -> None:
    """Draw the line of the cut between the last merge below it and the first one above."""
    heights = tree["height"].to_numpy()
    if n_classes >= 2:
        below = heights[-n_classes] if len(heights) >= n_classes else 0.0
        cut = (below + heights[1 - n_classes]) / 2
        ax.axvline(cut, color=INK, linewidth=0.8, linestyle=(0, (4, 3)))
        ax.annotate(
            word("tree_cut", language, classes=n_classes),
            (cut, 1),
            (0, 3),
            xycoords=("data", "axes fraction"),
            textcoords="offset points",
            size=SMALL_SIZE,
            ha="center" if cut > heights.max() * 0.12 else "right",
            va="bottom",
        ).set_gid("cut")
    ax.set_yticks([])
    ax.set_xlabel(word("tree_height_axis", language))
    number_ticks(ax.xaxis, language, most=6)
    despine(ax, left=True)


def _label_classes(
    figure: Figure, ax: Axes, positions: dict[int, float], texts: dict[int, str]
) -> None:
    """Write the classes to the right of the tree, moved apart where they are narrow."""
    inches = ax.get_window_extent().height / figure.dpi
    numbers = list(positions)
    written = [
        "\n".join(wrap(line, LABEL_WIDTH - 0.56, TEXT_SIZE) for line in texts[each].split("\n"))
        for each in numbers
    ]
    sizes = [text_box(text, TEXT_SIZE)[1] + 0.4 * TEXT_SIZE * LINE_HEIGHT / 72 for text in written]
    low, high = ax.get_ylim()
    heights = {each: (middle - low) / (high - low) for each, middle in positions.items()}
    wanted = [heights[each] * inches for each in numbers]
    centres = spread(wanted, sizes, -0.2, inches + 0.1) / inches
    width = ax.get_window_extent().width / figure.dpi
    for each, text, centre in zip(numbers, written, centres, strict=True):
        ax.plot(
            [1.0 + 0.24 / width, 1.0 + 0.34 / width],
            [heights[each], centre],
            color=GREY,
            linewidth=0.5,
            transform=ax.transAxes,
            clip_on=False,
        )
        ax.plot(
            [1.0 + 0.4 / width],
            [centre],
            marker=class_marker(each),
            color=class_colour(each),
            markersize=5,
            transform=ax.transAxes,
            clip_on=False,
        )
        ax.text(
            1.0 + 0.5 / width,
            centre,
            text,
            size=TEXT_SIZE,
            va="center",
            linespacing=1.15,
            transform=ax.transAxes,
        ).set_gid("label")


def _draw_gains(ax: Axes, inertia_gains: pd.DataFrame, language: str) -> None:
    """Draw the inertia gained by each number of classes; say which is suggested and chosen."""
    chosen = inertia_gains["chosen"].astype(bool)
    colours = [study_colour() if each else PALE for each in chosen]
    ax.bar(inertia_gains["classes"], inertia_gains["gain"], color=colours, width=0.65)
    for _, row in inertia_gains.iterrows():
        marks = [word(name, language) for name in ("suggested", "chosen") if row[name]]
        if marks:
            write_above(ax, "\n".join(marks), (row["classes"], row["gain"]), 2)
    ax.set_xticks(inertia_gains["classes"].to_numpy())
    ax.set_ylim(0, inertia_gains["gain"].max() * 1.3)
    ax.set_xlabel(word("number_of_classes", language))
    ax.set_ylabel(word("tree_gains_axis", language))
    number_ticks(ax.yaxis, language, most=3)
    despine(ax)
