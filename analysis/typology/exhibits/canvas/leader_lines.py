"""The thin lines that lead from a mark to its name, where the name is not beside it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from typology.exhibits.canvas.style import GREY

if TYPE_CHECKING:
    from matplotlib.figure import Figure
    from matplotlib.lines import Line2D

SHORTEST_LEADER = 4.0  # points: a nearer label needs no line

DrawnPoint = Sequence[float] | npt.NDArray[np.float64]


def leader_line(figure: Figure, start: DrawnPoint, end: DrawnPoint) -> Line2D:
    """Return the line from a mark to its label; both places are in points."""
    from matplotlib.lines import Line2D  # noqa: PLC0415 - slow to import

    across, along = np.array([start, end], dtype=float).T / 72
    leader = Line2D(across, along, transform=figure.dpi_scale_trans, color=GREY, linewidth=0.5)
    leader.set_gid("leader")
    return leader
