"""The strip of final classes beside a classification tree, where those who moved stand out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from typology.exhibits.canvas.style import class_colour

if TYPE_CHECKING:
    from matplotlib.axes import Axes

BRANCH_STEP = 10.0  # between branches, as SciPy's dendrogram has it
STRIP = (1.020, 1.029)  # of the width of the axes
STANDING_OUT = 1.046


def moved(respondents: pd.DataFrame) -> pd.Series:
    """Return who is not in the class that continues their branch, both being numbered alike.

    Nobody without a column ``class``.
    """
    if "class" not in respondents:
        return pd.Series(False, index=respondents.index)
    return respondents["tree_class"] != respondents["class"]


def draw_final_classes(
    ax: Axes, tree: pd.DataFrame, respondents: pd.DataFrame, nodes: Sequence[int]
) -> None:
    """Draw the final class of every respondent to the right of a tree that lies on its side.

    ``nodes`` are the branches drawn, in their places, ``BRANCH_STEP`` apart. Respondents under one
    branch share its place, by class.
    """
    from matplotlib.collections import PolyCollection  # noqa: PLC0415 - slow to import

    changed = moved(respondents).to_numpy()
    final = respondents["class"].to_numpy()
    boxes, colours = [], []
    for place, node in enumerate(nodes):
        leaves = _leaves(tree, node)
        kinds = pd.Series(list(zip(final[leaves], changed[leaves], strict=True)))
        counts = kinds.value_counts().sort_index()
        edges = BRANCH_STEP * (place + np.r_[0, counts.cumsum()] / len(leaves))
        for (number, stands_out), low, high in zip(
            counts.index, edges[:-1], edges[1:], strict=True
        ):
            right = STANDING_OUT if stands_out else STRIP[1]
            boxes.append([(STRIP[0], low), (right, low), (right, high), (STRIP[0], high)])
            colours.append(class_colour(int(number)))
    strip = PolyCollection(
        boxes, facecolors=colours, edgecolors=colours, linewidths=0.15,
        transform=ax.get_yaxis_transform(), clip_on=False,
    )  # fmt: skip
    strip.set_gid("final classes")
    strip.set_in_layout(False)
    ax.add_collection(strip, autolim=False)


def _leaves(tree: pd.DataFrame, node: int) -> list[int]:
    """Return the leaves under a node, by a walk down the tree."""
    n_leaves = len(tree) + 1
    left, right = tree["left"].to_numpy(dtype=int), tree["right"].to_numpy(dtype=int)
    waiting, found = [node], []
    while waiting:
        each = waiting.pop()
        if each < n_leaves:
            found.append(each)
        else:
            waiting += [right[each - n_leaves], left[each - n_leaves]]
    return found
