from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import matplotlib as mpl
import numpy as np
import pytest
from matplotlib.font_manager import FontProperties, findfont, fontManager

from typology.exhibits.canvas.placement import (
    FIGURE_FONT,
    place_labels,
    prefer_own_font,
    spread,
    text_width,
    wrap,
)


def test_wrapped_lines_are_no_wider_than_asked_and_lose_no_word() -> None:
    text = "La multiplicité des structures ajoutera une difficulté supplémentaire à se coordonner"
    wrapped = wrap(text, 1.2, 8)
    assert max(text_width(line, 8) for line in wrapped.split("\n")) <= 1.2
    assert wrapped.replace("\n", " ") == text


@pytest.mark.parametrize("width", [0.7, 0.9, 1.7, 3.1])
def test_no_line_has_room_for_the_first_word_of_the_next(width: float) -> None:
    text = "I will, WWW, not be il il il il as wide as expected: MMM mmm and i i i i go on, then."
    lines = wrap(text, width, 8).split("\n")
    assert " ".join(lines) == text
    firsts = [line.split(" ")[0] for line in lines[1:]]
    fuller = [f"{line} {word}" for line, word in zip(lines, firsts, strict=False)]
    assert all(text_width(line, 8) > width for line in fuller)


@pytest.mark.parametrize("bold", [False, True])
def test_a_text_is_as_much_wider_as_its_font_is_larger(bold: bool) -> None:
    small, large = (text_width("Réticents", size, bold=bold) for size in (6, 9))
    assert large == pytest.approx(1.5 * small)


def test_no_break_spaces_are_not_broken() -> None:
    assert (
        wrap("n\u00a0=\u00a059\u00a0; 18,9\u00a0%", 0.5, 8)
        == "n\u00a0=\u00a059\u00a0;\n18,9\u00a0%"
    )


def test_a_word_wider_than_a_line_is_cut_into_lines() -> None:
    wrapped = wrap("Donaudampfschifffahrtsgesellschaft", 0.6, 8)
    assert max(text_width(line, 8) for line in wrapped.split("\n")) <= 0.6
    assert wrapped.replace("\n", "") == "Donaudampfschifffahrtsgesellschaft"


def test_what_exceeds_the_lines_allowed_ends_with_an_ellipsis() -> None:
    wrapped = wrap("one two three four five six", 0.5, 8, max_lines=2)
    assert wrapped.count("\n") == 1
    assert wrapped.endswith("…")


@pytest.mark.parametrize("seed", range(5))
def test_spread_labels_keep_their_order_their_room_and_the_line(seed: int) -> None:
    random = np.random.default_rng(seed)
    wanted, sizes = random.uniform(0, 10, 8), random.uniform(0.3, 1.2, 8)
    centres = spread(wanted, sizes, 0, 10)
    order = np.argsort(wanted)
    lows, highs = (centres - sizes / 2)[order], (centres + sizes / 2)[order]
    assert (lows[1:] >= highs[:-1] - 1e-9).all()
    assert lows[0] >= -1e-9
    assert highs[-1] <= 10 + 1e-9


def test_labels_with_room_stay_where_they_are_wanted() -> None:
    assert spread([2.0, 8.0], [1, 1], 0, 10) == pytest.approx([2.0, 8.0])


@pytest.mark.parametrize("seed", range(5))
def test_placed_labels_overlap_nothing_and_the_first_comes_first(seed: int) -> None:
    random = np.random.default_rng(seed)
    points = random.uniform(50, 350, (80, 2))
    sizes = np.column_stack([random.uniform(20, 80, 80), random.uniform(8, 20, 80)])
    radii = np.full(80, 2.0)
    placed = place_labels(
        points, sizes, points, bounds=(0, 0, 400, 400), radii=radii, obstacle_radii=radii
    )
    assert placed[0].index == 0
    assert len(placed) > 20
    low = np.array([place.corner for place in placed])
    high = low + sizes[[place.index for place in placed]]
    assert (low >= 0).all()
    assert (high <= 400).all()
    apart = (high[:, None] <= low[None] + 1e-9).any(axis=2)
    assert (apart | apart.T | np.eye(len(placed), dtype=bool)).all()
    covered = (points[None] > low[:, None]).all(axis=2) & (points[None] < high[:, None]).all(axis=2)
    assert not covered.any()


def test_the_font_that_matplotlib_brings_along_is_taken_before_the_systems(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    of_the_system = [
        replace(entry, fname=f"/usr/share/fonts/{Path(entry.fname).name}")
        for entry in fontManager.ttflist
    ]
    monkeypatch.setattr(fontManager, "ttflist", of_the_system)
    prefer_own_font.__wrapped__()
    own = Path(mpl.get_data_path(), "fonts", "ttf")
    for weight, name in (("normal", "DejaVuSans.ttf"), ("bold", "DejaVuSans-Bold.ttf")):
        found = findfont(FontProperties(family=FIGURE_FONT, weight=weight))
        assert Path(found) == (own / name).resolve()
    assert [entry for entry in fontManager.ttflist if entry in of_the_system] == of_the_system
