"""What all figures share: theme, colours, markers, columns expected, what labels must offer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Protocol

import matplotlib as mpl
import numpy as np
import pandas as pd
import seaborn as sns
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import LinearSegmentedColormap, to_rgb
from matplotlib.figure import Figure

from typology.exhibits.class_shares import class_share
from typology.words import number, percent, word

PAGE_WIDTH = 7.5  # inches: the text width of a journal's page
PNG_DPI = 200
EDGE = 0.08  # inches left free around everything
TITLE_SIZE, TEXT_SIZE, SMALL_SIZE = 9.0, 7.5, 6.5
INK, GREY, LIGHT_GREY = "#222222", "#6b6b6b", "#d9d9d9"
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


class FigureLabels(Protocol):
    """What figures ask of labels: words for the ids of the tables, in one language."""

    @property
    def language(self) -> str:
        """Return "fr" or "en"."""

    def word(self, key: str, /, *members: str, plural: int | None = None, **values: object) -> str:
        """Return the words filed under a key."""

    def number(self, value: float, decimals: int = 1) -> str:
        """Return a number as the language writes it."""

    def percent(self, value: float, decimals: int = 1) -> str:
        """Return a share that is already in percent."""

    def p(self, value: float, decimals: int = 3, *, named: bool = False) -> str:
        """Return a p-value, never as zero."""

    def variable(self, variable: str, /) -> str:
        """Return the full wording of an item or question."""

    def short(self, variable: str, /) -> str:
        """Return its short label."""

    def category(self, variable: str, category: str, /) -> str:
        """Return "short label: answer"."""

    def answer(self, variable: str, category: str, /) -> str:
        """Return the words of an answer."""

    def block(self, block_id: str, /) -> str:
        """Return the title of a block of items."""

    def scale(self, block_id: str, /) -> list[str]:
        """Return the words of its scale, from disagreement to agreement."""

    def type(self, type_id: str, class_number: int, /) -> str:
        """Return the name of a type, or "Class 3" where the class has none."""


def check_columns(table: pd.DataFrame, required: Iterable[str], *, name: str = "table") -> None:
    """Check that a result table has the columns a figure reads.

    Parameters
    ----------
    table : DataFrame
    required : names of columns
    name : str
        What to call the table in the message.

    Raises
    ------
    ValueError
        If columns are missing, naming received and expected ones, or if the table has no row.

    Examples
    --------
    >>> check_columns(pd.DataFrame({"axis": [1]}), ["axis", "percent"], name="axes")
    Traceback (most recent call last):
    ...
    ValueError: The table 'axes' lacks the columns percent: expected axis, percent; received axis.
    """
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
def figure_style() -> Iterator[None]:
    """Draw in the project's style, and leave Matplotlib's settings as they were."""
    with mpl.rc_context():
        sns.set_theme(
            context="paper",
            style="white",
            palette="colorblind",
            font="DejaVu Sans",  # Matplotlib ships it: the same figure everywhere
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
                "xtick.color": INK,
                "ytick.color": INK,
                "text.parse_math": False,  # a dollar in a question is a dollar
                "axes.unicode_minus": True,
                "figure.facecolor": "white",
                "savefig.facecolor": "white",
            },
        )
        yield


def new_figure(height: float, *, width: float = PAGE_WIDTH) -> Figure:
    """Return an empty figure of this height (inches) that pyplot does not know."""
    figure = Figure(figsize=(width, height), dpi=PNG_DPI, layout="constrained")
    FigureCanvasAgg(figure)
    layout = figure.get_layout_engine()
    if layout is not None:
        layout.set(w_pad=EDGE, h_pad=0.04)  # type: ignore[call-arg]
    return figure


def map_height(x: pd.Series, y: pd.Series) -> float:
    """Return the height (inches) of a map of these points with equal scales on both axes."""
    width, height = x.max() - x.min(), y.max() - y.min()
    ratio = height / width if width > 0 else 1.0
    return float(np.clip(6.6 * ratio + 1.4, 6.0, 8.2))


def lightness(colour: str | Sequence[float]) -> float:
    """Return the CIE lightness L* (0 black to 100 white) of a colour: what it is in grey.

    Examples
    --------
    >>> lightness("black"), round(lightness("white"))
    (0.0, 100)
    """
    red_green_blue = np.array([*to_rgb(colour)])  # type: ignore[arg-type]
    linear = np.where(
        red_green_blue <= 0.04045, red_green_blue / 12.92, ((red_green_blue + 0.055) / 1.055) ** 2.4
    )
    luminance = float(linear @ [0.2126, 0.7152, 0.0722])
    return 116 * luminance ** (1 / 3) - 16 if luminance > 0.008856 else 903.3 * luminance


def text_colour(background: str | Sequence[float]) -> str:
    """Return the ink, dark or white, that reads on a background."""
    return INK if lightness(background) > 55 else "white"


def class_colour(class_number: int) -> tuple[float, float, float]:
    """Return the colour of a class, the same in every figure."""
    return _colour(*CLASS_COLOURS[(class_number - 1) % len(CLASS_COLOURS)])


def class_marker(class_number: int) -> str:
    """Return the marker of a class, the same in every figure."""
    return MARKERS[(class_number - 1) % len(MARKERS)]


def scale_colours(n_points: int, n_neutral: int) -> list[tuple[float, float, float]]:
    """Return the colours of a scale, from disagreement (orange) to agreement (blue).

    Parameters
    ----------
    n_points, n_neutral : int
        Points of the scale, and those of them in the middle that are neither.

    Returns
    -------
    list of n_points colours
        Their greys all differ: they grow darker from the middle outwards, agreement taking
        the lightnesses between those of disagreement.

    Examples
    --------
    >>> len(scale_colours(5, 1))
    5
    """
    n_side = (n_points - n_neutral) // 2
    levels = np.linspace(0.82, 0.30, 2 * n_side)
    disagree = [_colour(DISAGREE_HUE, 0.85, level) for level in levels[0::2]]
    agree = [_colour(AGREE_HUE, 0.8, level) for level in levels[1::2]]
    neutral = [_colour(0, 0, level) for level in np.linspace(0.94, 0.88, n_neutral)]
    return disagree[::-1] + neutral + agree


def difference_colours() -> LinearSegmentedColormap:
    """Return the colours of a difference: orange below, white at none, blue and darker above."""
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
    """Write the value of a tick with the decimals it needs and no more.

    Examples
    --------
    >>> tick_text(2.0, "en"), tick_text(0.25, "en")
    ('2', '0.25')
    """
    decimals = next(
        places for places in range(7) if places == 6 or np.isclose(value, round(value, places))
    )
    return number(value, language, decimals)


def type_with_share(row: pd.Series, labels: FigureLabels) -> str:
    """Return "the reluctant (n = 59; 18.9%)" from a row of the table of classes."""
    name = labels.type(str(row["type"]), int(row["class"]))
    share = class_share(row, labels.language)
    return labels.word("type_with_share", type=name, n=round(row["n"]), share=share)


def draw_origin(ax: Axes) -> None:
    """Draw thin lines through the origin of a map."""
    ax.axhline(0, color=LIGHT_GREY, linewidth=0.7, zorder=0)
    ax.axvline(0, color=LIGHT_GREY, linewidth=0.7, zorder=0)


def _colour(hue: float, saturation: float, level: float) -> tuple[float, float, float]:
    red, green, blue = sns.husl_palette(1, h=hue / 359, s=saturation, l=level)[0]
    return float(red), float(green), float(blue)
