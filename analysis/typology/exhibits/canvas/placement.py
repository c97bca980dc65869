"""Where texts go: measured, wrapped, spread along a line, placed on a map without overlap."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from rfree.base.inputs import FloatArray


FIGURE_FONT = "DejaVu Sans"
"""What all texts are drawn in: Matplotlib brings it along."""

LINE_HEIGHT = 1.25  # of the font size
HINTING = 1.03  # texts are drawn a little wider than their shapes at low resolutions
ELLIPSIS = "…"
_USUAL_LETTER = 0.56  # width of a letter, of the font size
_COMPASS = ((1, 0), (-1, 0), (0, 1), (0, -1), (1, 1), (-1, 1), (1, -1), (-1, -1))
_BETWEEN = ((1, 0.5), (-1, 0.5), (1, -0.5), (-1, -0.5), (0.5, 1), (-0.5, 1), (0.5, -1), (-0.5, -1))
_DIRECTIONS = np.array([*_COMPASS, *_BETWEEN], dtype=float)
_DISTANCES = (2.0, 5.0, 10.0, 17.0, 26.0, 36.0, 48.0, 64.0)  # points


@cache
def prefer_own_font() -> None:
    """Have Matplotlib take the font that it brings along, not another version of the system's.

    Glyphs have other shapes and numbers there: the same figure would not give the same bytes.
    """
    import matplotlib as mpl  # noqa: PLC0415 - slow to import
    from matplotlib.font_manager import fontManager  # noqa: PLC0415

    others = list(fontManager.ttflist)
    fontManager.ttflist.clear()
    for path in sorted(Path(mpl.get_data_path(), "fonts", "ttf").glob("DejaVuSans*.ttf")):
        fontManager.addfont(path)  # of fonts that fit alike, the first is taken
    fontManager.ttflist.extend(others)


def text_width(text: str, size: float, *, bold: bool = False) -> float:
    """Return the width of one line of text in inches, whatever the resolution; size in points."""
    return HINTING * (_width_of_100(text, bold) * (size / 100)) / 72


@lru_cache(maxsize=4096)
def _width_of_100(text: str, bold: bool) -> float:
    """Return the width of one line of text of size 100, in points: measuring it takes time."""
    from matplotlib.font_manager import FontProperties  # noqa: PLC0415 - slow to import
    from matplotlib.textpath import TextToPath  # noqa: PLC0415

    prefer_own_font()
    weight = "bold" if bold else "normal"
    properties = FontProperties(family=FIGURE_FONT, size=100, weight=weight)
    width, _, _ = TextToPath().get_text_width_height_descent(text, properties, False)
    return float(width)


def text_box(text: str, size: float, *, bold: bool = False) -> tuple[float, float]:
    """Return the width and height, in inches, of a text of several lines."""
    lines = text.split("\n")
    width = max(text_width(line, size, bold=bold) for line in lines)
    return width, len(lines) * size * LINE_HEIGHT / 72


def wrap(text: str, width: float, size: float, *, max_lines: int = 99, bold: bool = False) -> str:
    r"""Break a text into lines no wider than ``width`` inches, the font having ``size`` points.

    Broken at ordinary spaces only, never at no-break ones; a longer word is cut. What goes beyond
    ``max_lines`` is replaced by an ellipsis.

    >>> wrap("one two three", 0.5, 8)
    'one two\nthree'
    """
    lines: list[str] = []
    words = text.split(" ")
    while words:
        count = _words_that_fit(words, width, size, bold)
        if count:
            lines.append(" ".join(words[:count]))
            words = words[count:]
        else:
            *cut, words[0] = _pieces(words[0], width, size, bold)
            lines += cut
    if len(lines) > max_lines:
        last = lines[max_lines - 1]
        while last and text_width(last + ELLIPSIS, size, bold=bold) > width:
            last = last[:-1]
        lines = [*lines[: max_lines - 1], last.rstrip() + ELLIPSIS]
    return "\n".join(lines)


def _words_that_fit(words: Sequence[str], width: float, size: float, bold: bool) -> int:
    """Return how many of the words fit on one line, none where the first is wider.

    A single letter is never too wide. Measuring takes time: what usually fits is tried first.
    """
    lengths = np.cumsum([len(each) + 1 for each in words])
    tried = int(np.searchsorted(lengths, 72 * width / (_USUAL_LETTER * size)))
    fit, beyond = int(len(words[0]) < 2), len(words) + 1
    while beyond - fit > 1:
        tried = min(max(tried, fit + 1), beyond - 1)
        if text_width(" ".join(words[:tried]), size, bold=bold) <= width:
            fit = tried
            tried += 1
        else:
            beyond = tried
            tried -= 1
    return fit


def _pieces(text: str, width: float, size: float, bold: bool) -> list[str]:
    """Cut a word that is wider than a line."""
    pieces = []
    while len(text) > 1 and text_width(text, size, bold=bold) > width:
        length = len(text) - 1
        while length > 1 and text_width(text[:length], size, bold=bold) > width:
            length -= 1
        pieces.append(text[:length])
        text = text[length:]
    return [*pieces, text]


def spread(
    positions: Sequence[float] | FloatArray,
    sizes: Sequence[float] | FloatArray,
    low: float,
    high: float,
) -> FloatArray:
    """Move labels along a line as little as needed for none to overlap; return their centres.

    ``positions`` are the centres wanted, ``sizes`` the room of each. Where the labels do not all
    fit between ``low`` and ``high`` they are evenly squeezed into it.

    >>> spread([1.0, 1.0, 8.0], [2, 2, 2], 0, 10)
    array([1., 3., 8.])
    """
    wanted, room = np.asarray(positions, dtype=float), np.asarray(sizes, dtype=float)
    room = room * min(1.0, (high - low) / room.sum())
    order = np.argsort(wanted, kind="stable")
    # With the room of those before taken off, "no overlap" is "in ascending order".
    before = np.concatenate([[0.0], np.cumsum(room[order])[:-1]])
    starts = _ascending(wanted[order] - room[order] / 2 - before)
    starts = np.clip(starts, low, high - room.sum())
    centres = np.empty_like(wanted)
    centres[order] = starts + before + room[order] / 2
    return centres


def _ascending(values: FloatArray) -> FloatArray:
    """Return the ascending values nearest to these (pool adjacent violators)."""
    pools: list[tuple[float, int]] = []
    for value in values:
        mean, count = float(value), 1
        while pools and pools[-1][0] > mean:
            former, size = pools.pop()
            mean, count = (former * size + mean * count) / (size + count), size + count
        pools.append((mean, count))
    return np.repeat([mean for mean, _ in pools], [count for _, count in pools])


@dataclass(frozen=True)
class Placed:
    """A label that found room: which, its lower left corner, the end of its leader (points)."""

    index: int
    corner: tuple[float, float]
    end: tuple[float, float]
    distance: float


def place_labels(
    points: FloatArray,
    sizes: FloatArray,
    obstacles: FloatArray,
    *,
    bounds: tuple[float, float, float, float],
    radii: FloatArray,
    obstacle_radii: FloatArray,
    kinds: Sequence[str] = (),
    most: Mapping[str, int] | None = None,
) -> list[Placed]:
    """Place labels beside their points, the first ones best, without any overlap.

    Each label in turn takes the nearest of 128 places around its point where it lies within the
    bounds (left, bottom, right, top), covers no label and no obstacle, and its leader line crosses
    no label, no other leader line and no other mark. A label without such a place is left out. All
    in points:
    ``points`` and ``sizes`` (width, height) of the labels, the most important first, ``obstacles``
    the centres of marks, and half the size of the mark of each. No more labels are placed of a
    kind than ``most`` says.
    """
    left = dict(most or {})
    placed: list[Placed] = []
    boxes = np.empty((0, 4))
    leaders = np.empty((0, 9, 2))
    for index, (point, size) in enumerate(zip(points, sizes, strict=True)):
        kind = kinds[index] if kinds else ""
        if left.get(kind, 1) < 1:
            continue
        candidates, distances = _candidates(point, size, float(radii[index]), bounds)
        covering = _covers_point(candidates, obstacles, obstacle_radii).any(axis=1)
        covering |= _overlap(candidates, boxes).any(axis=1)
        candidates, distances = candidates[~covering], distances[~covering]
        lines = _leader(point, candidates)
        free = ~_covers_point(candidates, leaders.reshape(-1, 2), 0.5).any(axis=1)
        crossed = _covers_point(boxes, lines.reshape(-1, 2), 0.5)
        free &= ~crossed.reshape(len(boxes), len(lines), lines.shape[1]).any(axis=(0, 2))
        free &= ~_cross(lines[:, [0, -1]], leaders[:, [0, -1]]).any(axis=1)
        free &= ~_cross(lines[:, [0, -1]], _diagonals(boxes)).any(axis=1)
        own = _cross(_diagonals(candidates), leaders[:, [0, -1]])
        free &= ~own.reshape(len(candidates), own.size // max(len(candidates), 1)).any(axis=1)
        others = np.hypot(*(obstacles - point).T) > radii[index]
        free &= ~_meets(lines[:, -1], point, obstacles[others], obstacle_radii[others]).any(axis=1)
        if not free.any():
            continue
        best = int(np.flatnonzero(free)[0])
        if kind in left:
            left[kind] -= 1
        boxes = np.vstack([boxes, candidates[best]])
        leaders = np.vstack([leaders, lines[best : best + 1]])
        corner, end = candidates[best], lines[best, -1]
        placed.append(
            Placed(
                index,
                (float(corner[0]), float(corner[1])),
                (float(end[0]), float(end[1])),
                float(distances[best]),
            )
        )
    return placed


def _candidates(
    point: FloatArray, size: FloatArray, radius: float, bounds: tuple[float, float, float, float]
) -> tuple[FloatArray, FloatArray]:
    """Return the boxes around a point that lie within the bounds, the nearest first."""
    distances = np.repeat(_DISTANCES, len(_DIRECTIONS))
    directions = np.tile(_DIRECTIONS, (len(_DISTANCES), 1))
    corners = point + directions * (size / 2 + radius + distances[:, None]) - size / 2
    boxes = np.hstack([corners, corners + size])
    within = (boxes[:, :2] >= bounds[:2]).all(axis=1) & (boxes[:, 2:] <= bounds[2:]).all(axis=1)
    return boxes[within], distances[within]


def _leader(point: FloatArray, boxes: FloatArray) -> FloatArray:
    """Return 9 positions from the point to the nearest edge of each box."""
    ends = np.clip(point, boxes[:, :2], boxes[:, 2:])
    steps = np.linspace(0, 1, 9)[None, :, None]
    return np.asarray(point + (ends[:, None, :] - point) * steps)


def _overlap(first: FloatArray, second: FloatArray) -> npt.NDArray[np.bool_]:
    a, b = first[:, None, :], second[None, :, :]
    apart = (a[..., 2] <= b[..., 0]) | (b[..., 2] <= a[..., 0])
    apart |= (a[..., 3] <= b[..., 1]) | (b[..., 3] <= a[..., 1])
    return np.asarray(~apart)


def _covers_point(
    boxes: FloatArray, points: FloatArray, margin: float | FloatArray
) -> npt.NDArray[np.bool_]:
    left, bottom, right, top = boxes.T[:, :, None]
    across, along = points.T
    beside = (across > left - margin) & (across < right + margin)
    return np.asarray(beside & (along > bottom - margin) & (along < top + margin))


def _diagonals(boxes: FloatArray) -> FloatArray:
    """Return both diagonals of each box, one after the other: a line through it crosses one."""
    left, bottom, right, top = boxes.T
    corners = np.array([[left, bottom], [right, top], [left, top], [right, bottom]])
    return np.asarray(corners.transpose(2, 0, 1).reshape(-1, 2, 2))


def _meets(
    ends: FloatArray, start: FloatArray, obstacles: FloatArray, radii: FloatArray
) -> npt.NDArray[np.bool_]:
    """Return which segments from the start (ends x 2) run over the middle of which marks."""
    along = ends - start
    length = np.maximum((along**2).sum(axis=1), 1e-12)
    places = np.clip((obstacles - start) @ along.T / length, 0, 1).T[..., None]
    nearest = start + places * along[:, None, :]
    across, up = (nearest - obstacles).transpose(2, 0, 1)
    return np.asarray(np.hypot(across, up) < radii / 2)


def _cross(first: FloatArray, second: FloatArray) -> npt.NDArray[np.bool_]:
    """Return which segments (n x 2 ends x 2) of the first cross which of the second."""
    a, b = first[:, None, 0], first[:, None, 1]
    c, d = second[None, :, 0], second[None, :, 1]
    return np.asarray((_side(a, b, c) * _side(a, b, d) < 0) & (_side(c, d, a) * _side(c, d, b) < 0))


def _side(start: FloatArray, end: FloatArray, point: FloatArray) -> FloatArray:
    """Return on which side of a line a point lies, as a sign."""
    along, to = end - start, point - start
    return np.asarray(along[..., 0] * to[..., 1] - along[..., 1] * to[..., 0])
