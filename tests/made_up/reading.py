"""Reading figures back: the boxes of their texts, and whether any overlap or are cut."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.text import Text
from matplotlib.transforms import Bbox


@dataclass(frozen=True)
class Reading:
    """What is read of a figure, kept when the figure is not."""

    texts: tuple[str, ...]
    gids: tuple[object, ...]
    overlapping: tuple[tuple[str, str], ...]
    cut: tuple[str, ...]

    @property
    def words(self) -> str:
        """All the words on one line, as `words_of` gives them."""
        return _on_one_line(self.texts)


def read_figure(figure: Figure) -> Reading:
    """Read a figure once for all that is asked of it."""
    texts = texts_of(figure)
    return Reading(
        tuple(text.get_text() for text in texts),
        tuple(text.get_gid() for text in texts),
        tuple(overlapping(texts)),
        tuple(cut(figure, texts)),
    )


def texts_of(figure: Figure) -> list[Text]:
    """Return every text that is drawn, the figure being drawn first."""
    figure.draw_without_rendering()
    found = [text for text in figure.findobj(Text) if text.get_visible() and text.get_text()]
    beyond = {id(text) for ax in figure.axes for text in _ticks_beyond(ax)}
    return [text for text in found if id(text) not in beyond]


def _ticks_beyond(ax: Axes) -> list[Text]:
    """Return the labels of ticks beyond the ends of their axis, which are not drawn."""
    labels = []
    for axis, ends in ((ax.xaxis, ax.get_xlim()), (ax.yaxis, ax.get_ylim())):
        low, high = sorted(ends)
        room = 1e-6 * (high - low)
        for tick in [*axis.majorTicks, *axis.minorTicks]:
            if not ax.axison or not low - room <= tick.get_loc() <= high + room:
                labels += [tick.label1, tick.label2]
    return labels


def box_of(text: Text) -> Bbox:
    """Return the box of a text in pixels, without the arrow of an annotation."""
    return Text.get_window_extent(text)


def overlapping(texts: list[Text]) -> list[tuple[str, str]]:
    """Return the pairs of texts whose boxes overlap by more than a pixel either way."""
    boxes = [(text.get_text(), box_of(text)) for text in texts]
    return [
        (first, second)
        for (first, a), (second, b) in combinations(boxes, 2)
        if min(a.x1, b.x1) - max(a.x0, b.x0) > 1 and min(a.y1, b.y1) - max(a.y0, b.y0) > 1
    ]


def cut(figure: Figure, texts: list[Text]) -> list[str]:
    """Return the texts that reach beyond the figure."""
    width, height = figure.bbox.width, figure.bbox.height
    boxes = [(text.get_text(), box_of(text)) for text in texts]
    return [
        text for text, box in boxes if box.x0 < 0 or box.y0 < 0 or box.x1 > width or box.y1 > height
    ]


def words_of(figure: Figure) -> str:
    """Return all the words of a figure on one line, its own line breaks taken back."""
    return _on_one_line(text.get_text() for text in texts_of(figure))


def _on_one_line(texts: Iterable[str]) -> str:
    return " | ".join(text.replace("\n", " ") for text in texts)
