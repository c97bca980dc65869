"""What all figures share: theme, colours, markers, marks, ticks.

Libraries that draw are slow to import: here and in every drawing module they are imported by the
function that uses them, so that a page knows all figures without them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from math import isclose
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from typology.exhibits.canvas.placement import FIGURE_FONT, prefer_own_font
from typology.exhibits.class_shares import class_share
from typology.exhibits.labels import Labels
from typology.words import number, percent, word

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.axis import Axis
    from matplotlib.colors import LinearSegmentedColormap
    from matplotlib.lines import Line2D
    from matplotlib.patches import Patch
    from matplotlib.patheffects import AbstractPathEffect
    from matplotlib.text import Annotation

Colour = tuple[float, float, float]
Plane = tuple[int, int]
"""The two axes of a map."""

FIRST_PLANE: Plane = (1, 2)
MAP_RATE = "benzecri"
"""The corrected rate that the axes of a map are titled with."""

PAGE_WIDTH = 7.5  # inches: the text width of a journal's page
NARROW_WIDTH = 3.5  # inches: the screen of a phone, which shows it a little larger
PNG_DPI = 200
EDGE = 0.08  # inches left free around everything
TITLE_SIZE, TEXT_SIZE, SMALL_SIZE = 9.0, 7.5, 6.5
MAP_SIZE, NARROW_MAP_SIZE = 9.0, 8.0  # of the names on a map: a page is printed smaller
LEAST_CONTRAST = 4.5  # of a text with what is behind it: WCAG 2, level AA
INK, GREY, LIGHT_GREY, PALE = "#222222", "#6b6b6b", "#d9d9d9", "#c3c8d6"
DISAGREE_HUE, AGREE_HUE = 40, 250
MARKERS = ("o", "s", "^", "D", "v", "P", "X", "<", ">", "p")

# Hue, saturation and lightness of classes 1, 2, ...: no two have the same grey.
CLASS_COLOURS = (
    (20, 0.9, 0.48),
    (60, 0.9, 0.80),
    (245, 0.8, 0.64),
    (262, 0.8, 0.32),
    (140, 0.8, 0.40),
    (320, 0.6, 0.72),
    (35, 0.8, 0.24),
    (0, 0.0, 0.56),
    (340, 0.7, 0.88),
    (0, 0.0, 0.16),
)


def require_columns(table: pd.DataFrame, required: Iterable[str], *, name: str = "table") -> None:
    """Raise ValueError where a result table lacks a row or columns that a figure reads."""
    expected = list(required)
    lacking = [column for column in expected if column not in table.columns]
    if lacking:
        raise ValueError(
            f"The table {name!r} lacks the columns {', '.join(lacking)}: expected "
            f"{', '.join(expected)}; received {', '.join(map(str, table.columns))}."
        )
    if table.empty:
        raise ValueError(f"The table {name!r} has no rows: there is nothing to draw.")


@contextmanager
def figure_style(*, title_height: float | None = 1.0) -> Iterator[None]:
    """Draw in the project's style, and leave Matplotlib's settings as they were.

    Titles of axes stand right above these, at 1; where None, above the ticks too.
    """
    import matplotlib as mpl  # noqa: PLC0415
    import seaborn as sns  # noqa: PLC0415

    prefer_own_font()
    with mpl.rc_context():
        sns.set_theme(
            context="paper",
            style="white",
            palette="colorblind",
            font=FIGURE_FONT,
            rc={
                "font.size": TEXT_SIZE,
                "axes.titlesize": TEXT_SIZE,
                "axes.labelsize": TEXT_SIZE,
                "xtick.labelsize": TEXT_SIZE,
                "ytick.labelsize": TEXT_SIZE,
                "legend.fontsize": TEXT_SIZE,
                "text.color": INK,
                "axes.labelcolor": INK,
                "axes.edgecolor": GREY,
                "axes.linewidth": 0.6,
                "axes.titley": title_height,  # None: sought each time a figure is drawn
                "xtick.color": INK,
                "ytick.color": INK,
                "text.parse_math": False,  # a dollar in a question is a dollar
                "axes.unicode_minus": True,
                "figure.facecolor": "white",
                "savefig.facecolor": "white",
            },
        )
        yield


def map_height(x: pd.Series, y: pd.Series, *, width: float = PAGE_WIDTH) -> float:
    """Return the height (inches) of a map of these points with equal scales on both axes."""
    across, along = x.max() - x.min(), y.max() - y.min()
    ratio = along / across if across > 0 else 1.0
    if width < PAGE_WIDTH:
        return float(np.clip((width - 0.6) * ratio + 2.6, 4.6, 6.4))
    return float(np.clip(6.6 * ratio + 1.4, 6.0, 8.2))


def mark_scale(width: float) -> float:
    """Return how much smaller the marks on a map of this width (inches) are than on a page."""
    return 1.0 if width >= PAGE_WIDTH else 0.6


def map_text_size(width: float) -> float:
    """Return the size (points) of the names on a map of this width (inches)."""
    return MAP_SIZE if width >= PAGE_WIDTH else NARROW_MAP_SIZE


def lightness(colour: str | Sequence[float]) -> float:
    """Return the CIE lightness L* (0 black to 100 white) of a colour: what it is in grey."""
    luminance = _luminance(colour)
    return 116 * luminance ** (1 / 3) - 16 if luminance > 0.008856 else 903.3 * luminance


def contrast(first: str | Sequence[float], second: str | Sequence[float]) -> float:
    """Return the contrast of two colours, from 1 to 21, as WCAG 2 defines it."""
    lower, higher = sorted([_luminance(first), _luminance(second)])
    return (higher + 0.05) / (lower + 0.05)


def text_colour(background: str | Sequence[float]) -> str:
    """Return the ink that reads on a background: a contrast of 4.5 at least.

    Where neither ink nor white has it, black has.
    """
    best = max((INK, "white"), key=lambda ink: contrast(ink, background))
    return best if contrast(best, background) >= LEAST_CONTRAST else "black"


def class_colour(class_number: int) -> Colour:
    """Return the colour of a class, the same in every figure."""
    return _colour(*CLASS_COLOURS[(class_number - 1) % len(CLASS_COLOURS)])


def class_hex(class_number: int) -> str:
    """Return the colour of a class in the form "#d65d00"."""
    from matplotlib.colors import to_hex  # noqa: PLC0415

    return to_hex(class_colour(class_number))


def study_colour() -> Colour:
    """Return the colour of the sample, and of what the study chose."""
    return class_colour(4)


def accent_colour() -> Colour:
    """Return the colour of what is set against it: a null, a suggestion."""
    return class_colour(1)


def class_marker(class_number: int) -> str:
    """Return the marker of a class, the same in every figure."""
    return MARKERS[(class_number - 1) % len(MARKERS)]


def scale_colours(n_points: int, n_neutral: int) -> list[Colour]:
    """Return the colours of a scale, from disagreement (orange) to agreement (blue).

    ``n_neutral`` points in the middle are neither. Their greys all differ: they grow darker from
    the middle outwards, agreement taking the lightnesses between those of disagreement.
    """
    n_side = (n_points - n_neutral) // 2
    levels = np.linspace(0.82, 0.30, 2 * n_side)
    disagree = [_colour(DISAGREE_HUE, 0.85, level) for level in levels[0::2]]
    agree = [_colour(AGREE_HUE, 0.8, level) for level in levels[1::2]]
    neutral = [_colour(0, 0, level) for level in np.linspace(0.94, 0.88, n_neutral)]
    return disagree[::-1] + neutral + agree


def difference_colours() -> LinearSegmentedColormap:
    """Return the colours of a difference: orange below, white at none, blue and darker above."""
    from matplotlib.colors import LinearSegmentedColormap  # noqa: PLC0415

    below = [_colour(DISAGREE_HUE, 0.85, level) for level in (0.62, 0.78, 0.90)]
    above = [_colour(AGREE_HUE, 0.8, level) for level in (0.82, 0.56, 0.30)]
    return LinearSegmentedColormap.from_list("difference", [*below, (1.0, 1.0, 1.0), *above])


def axis_title(axes: pd.DataFrame, axis: int, *, rate: str, language: str) -> str:
    """Return "Axis 1 (12.3%; corrected rate 62.1%)" from the table of axes."""
    row = axes[axes["axis"] == axis]
    if row.empty:
        raise ValueError(f"The table 'axes' has no axis {axis}: there are {len(axes)} axes.")
    raw = percent(float(row["percent"].iloc[0]), language)
    corrected_rate = float(row[rate].iloc[0])
    if np.isnan(corrected_rate):
        return word("axis_title_raw", language, axis=axis, percent=raw)
    corrected = percent(corrected_rate, language)
    return word("axis_title", language, axis=axis, percent=raw, corrected=corrected)


def tick_text(value: float, language: str) -> str:
    """Write the value of a tick with the decimals it needs and no more: "2", "0.25"."""
    decimals = next(
        places
        for places in range(7)
        if places == 6 or isclose(value, round(value, places), rel_tol=1e-5, abs_tol=1e-8)
    )
    return number(value, language, decimals)


def type_names(classes: pd.DataFrame, labels: Labels) -> dict[int, str]:
    """Return the name of each class."""
    kinds = classes["type"].fillna("")
    return {
        int(each): labels.type(str(kind), int(each))
        for each, kind in zip(classes["class"], kinds, strict=True)
    }


def type_with_share(row: pd.Series, labels: Labels) -> str:
    """Return "the reluctant (n = 59; 18.9%)" from a row of the table of classes."""
    name = labels.type(str(row["type"]), int(row["class"]))
    if pd.isna(row["n"]):
        return labels.word("type_of_a_few", type=name)
    share = class_share(row, labels.language)
    return labels.word("type_with_share", type=name, n=round(row["n"]), share=share)


def apart(told: Iterable[str], language: str) -> str:
    """Join parts that have commas within."""
    return word("narrative_then", language).join(told)


def draw_origin(ax: Axes) -> None:
    """Draw thin lines through the origin of a map."""
    ax.axhline(0, color=LIGHT_GREY, linewidth=0.7, zorder=0)
    ax.axvline(0, color=LIGHT_GREY, linewidth=0.7, zorder=0)


def dress_map(ax: Axes, axes: pd.DataFrame, plane: Plane, *, rate: str, language: str) -> None:
    """Give both sides of a map the same scale, and the titles of their axes."""
    ax.set_aspect("equal", adjustable="datalim")
    ax.set_xlabel(axis_title(axes, plane[0], rate=rate, language=language))
    ax.set_ylabel(axis_title(axes, plane[1], rate=rate, language=language))
    for axis in (ax.xaxis, ax.yaxis):
        number_ticks(axis, language)
    despine(ax)


def number_ticks(
    axis: Axis, language: str, *, most: int | None = None, integer: bool = False
) -> None:
    """Write the ticks of an axis as the language does; so many intervals at most."""
    from matplotlib.ticker import MaxNLocator  # noqa: PLC0415

    if most is not None:
        axis.set_major_locator(MaxNLocator(most, integer=integer))
    axis.set_major_formatter(lambda value, _: tick_text(value, language))


def write_above(
    ax: Axes, text: str, at: tuple[float, float], gap: float, **style: Any
) -> Annotation:
    """Write a small text above a point, so many printer's points off it."""
    return ax.annotate(
        text, at, (0, gap), textcoords="offset points", size=SMALL_SIZE, ha="center", va="bottom",
        **style,
    )  # fmt: skip


def despine(ax: Axes, *, left: bool = False, bottom: bool = False) -> None:
    """Take away the frame of axes above and to the right, and the sides named."""
    import seaborn as sns  # noqa: PLC0415

    sns.despine(ax=ax, left=left, bottom=bottom)


def line_key(**style: Any) -> Line2D:
    """Return a line, or its marker, for a legend."""
    from matplotlib.lines import Line2D  # noqa: PLC0415

    return Line2D([], [], **style)


def area_key(**style: Any) -> Patch:
    """Return a coloured rectangle for a legend."""
    from matplotlib.patches import Patch  # noqa: PLC0415

    return Patch(**style)


def halo(width: float, colour: str = "white") -> list[AbstractPathEffect]:
    """Return the outline that keeps a text or a line legible on what lies below."""
    from matplotlib.patheffects import withStroke  # noqa: PLC0415

    return [withStroke(linewidth=width, foreground=colour)]


def _luminance(colour: str | Sequence[float]) -> float:
    """Return the relative luminance of a colour, 0 black to 1 white."""
    from matplotlib.colors import to_rgb  # noqa: PLC0415

    red_green_blue = np.array([*to_rgb(colour)])  # type: ignore[arg-type]
    linear = np.where(
        red_green_blue <= 0.04045, red_green_blue / 12.92, ((red_green_blue + 0.055) / 1.055) ** 2.4
    )
    return float(linear @ [0.2126, 0.7152, 0.0722])


@lru_cache
def _colour(hue: float, saturation: float, level: float) -> Colour:
    from seaborn import husl_palette  # noqa: PLC0415

    red, green, blue = husl_palette(1, h=hue / 359, s=saturation, l=level)[0]
    return float(red), float(green), float(blue)
