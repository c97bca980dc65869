"""Saving figures: SVG and PNG, the same bytes every time."""

from __future__ import annotations

import re
from io import BytesIO, StringIO
from pathlib import Path
from typing import TYPE_CHECKING

from typology.exhibits.canvas.style import PNG_DPI
from typology.words import curly_apostrophes
from typology.words.visible_text import visible

if TYPE_CHECKING:
    from matplotlib.figure import Figure

COMPRESSION = 3
"""Of PNG, 0 to 9: the usual 6 takes half as long again, and its files are no smaller."""


def save_figure(figure: Figure, stem: Path, *, alt: str = "") -> tuple[Path, Path]:
    """Write a figure as ``<stem>.svg`` and ``<stem>.png``, what it shows kept in both.

    Its texts get typographic apostrophes; a dollar is a dollar, a control character visible. The
    SVG has texts as shapes: it looks the same everywhere. Neither file names a date, a program or a
    version, and the ids in the SVG are drawn from a fixed salt, so that the same figure gives the
    same bytes.
    """
    svg, png = save_drawing(figure, stem, alt=alt), stem.with_name(stem.name + ".png")
    _save_png(figure, png, alt)
    return svg, png


def save_drawing(figure: Figure, stem: Path, *, alt: str = "") -> Path:
    """Write a figure as ``<stem>.svg`` alone, as `save_figure` does."""
    import matplotlib as mpl  # noqa: PLC0415 - slow to import
    from matplotlib.text import Text  # noqa: PLC0415

    description = {"Description": visible(alt)} if alt else {}
    svg = stem.with_name(stem.name + ".svg")
    for text in figure.findobj(Text):
        text.set_text(visible(curly_apostrophes(text.get_text())))
        text.set_parse_math(False)  # texts of ticks are made after the style was left
    drawn = StringIO()
    with mpl.rc_context(
        {"svg.hashsalt": "typology", "svg.fonttype": "path", "text.parse_math": False}
    ):
        figure.savefig(drawn, format="svg", metadata={"Date": None, "Creator": None, **description})
    svg.write_bytes(_clips_numbered(drawn.getvalue()).encode())
    return svg


def _save_png(figure: Figure, png: Path, alt: str) -> None:
    """Write a figure as PNG in three colours: nothing shines through its white ground."""
    from PIL.Image import frombuffer  # noqa: PLC0415 - slow to import
    from PIL.PngImagePlugin import PngInfo  # noqa: PLC0415

    description = PngInfo()
    if alt:
        description.add_text("Description", visible(alt))
    drawn = BytesIO()
    figure.savefig(drawn, format="rgba", dpi=PNG_DPI)
    width, height = (int(PNG_DPI * inches + 1e-8) for inches in figure.get_size_inches())
    frombuffer("RGBA", (width, height), drawn.getvalue()).convert("RGB").save(
        png, pnginfo=description, dpi=(PNG_DPI, PNG_DPI), compress_level=COMPRESSION
    )


def _clips_numbered(svg: str) -> str:
    """Name the clips of an SVG by their order: their own names hash the last bit of positions."""
    names = dict.fromkeys(re.findall(r'<clipPath id="(p[0-9a-f]{10})"', svg))
    for number, name in enumerate(names, start=1):
        svg = svg.replace(name, f"clip{number}")
    return svg
