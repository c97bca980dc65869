from __future__ import annotations

import ast
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import matplotlib as mpl
import matplotlib.pyplot as plt
import pytest

from figure_shapes import FIGURES, SHAPES, draw, say, study_of
from made_up_validity import VALIDITY_FIGURES
from reading import Reading, read_figure, words_of
from typology.exhibits.canvas.saving import save_figure
from typology.exhibits.registry import FigureExhibit, exhibits_of
from typology.results.exhibits import RUN_MODULES

EVERY = pytest.mark.parametrize("name", list(FIGURES))


@cache
def marked(name: str, shape: str) -> Reading:
    """Read a figure of simulated answers, drawn once for all the tests."""
    return read_figure(draw(name, study_of(shape), simulated=True))


@dataclass(frozen=True)
class Saved:
    """The files of a figure, and what drawing and saving it did beside."""

    files: list[bytes]
    drawn: list[type]
    settings_kept: bool
    figures_kept: list[int]


@cache
def saved_twice(name: str) -> tuple[Saved, Saved]:
    """Draw and save a figure, and again, once for all the tests."""

    def saved(folder: Path) -> Saved:
        before, drawn = dict(mpl.rcParams), []
        figure = draw(name, study_of("six"), simulated=True)
        kept = dict(mpl.rcParams) == before
        figure.canvas.mpl_connect("draw_event", lambda event: drawn.append(type(event.renderer)))
        files = save_figure(figure, folder / name, alt="What it shows")
        return Saved([file.read_bytes() for file in files], drawn, kept, plt.get_fignums())

    with TemporaryDirectory() as first, TemporaryDirectory() as second:
        return saved(Path(first)), saved(Path(second))


@EVERY
@pytest.mark.parametrize("shape", list(SHAPES))
def test_no_text_overlaps_another_or_is_cut(name: str, shape: str) -> None:
    figure = marked(name, shape)
    assert len(figure.texts) > 5
    assert figure.overlapping == ()
    assert figure.cut == ()


def test_every_figure_of_a_run_is_among_those_drawn_to_find_overlaps(project: Path) -> None:
    """By one of the two lists, or by its own function, in a module with the test above."""
    own = test_no_text_overlaps_another_or_is_cut.__name__
    used: set[str] = set()
    for path in (project / "tests" / "typology").rglob("test_*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        if own in {each.name for each in tree.body if isinstance(each, ast.FunctionDef)}:
            used |= {
                f"{node.module}:{each.name}"
                for node in tree.body
                if isinstance(node, ast.ImportFrom)
                for each in node.names
            }
    assert {"figure_shapes:FIGURES", "made_up_validity:VALIDITY_FIGURES"} <= used
    listed = {*FIGURES, *VALIDITY_FIGURES}
    figures = [
        each for each in exhibits_of(RUN_MODULES).values() if isinstance(each, FigureExhibit)
    ]
    assert len(figures) > len(listed)
    assert [e.name for e in figures if e.name not in listed and _drawn_by(e) not in used] == []


def _drawn_by(exhibit: FigureExhibit) -> str:
    return f"{exhibit.drawing.__module__}:{exhibit.drawing.__name__}"


@EVERY
@pytest.mark.parametrize(
    ("shape", "mark"), [("study", "Données simulées"), ("ten", "Simulated data")]
)
def test_simulated_data_are_marked_and_real_ones_are_not(name: str, shape: str, mark: str) -> None:
    assert mark in marked(name, shape).words
    assert mark not in words_of(draw(name, study_of(shape), simulated=False))


@EVERY
def test_a_figure_is_saved_in_the_same_bytes_every_time(name: str) -> None:
    first, second = (each.files for each in saved_twice(name))
    assert first == second
    svg, png = first
    assert svg.startswith(b"<?xml")
    assert b"What it shows" in svg
    assert png.startswith(b"\x89PNG")
    assert png[25] == 2  # colour type of PNG: red, green, blue, all of it opaque
    for written in first:
        assert b"Matplotlib v" not in written
        assert b"matplotlib.org" not in written
        assert b"dc:date" not in written


@EVERY
def test_a_figure_is_drawn_once_into_each_file(name: str) -> None:
    assert [len(each.drawn) for each in saved_twice(name)] == [2, 2]


@EVERY
def test_drawing_leaves_matplotlib_as_it_was(name: str) -> None:
    for each in saved_twice(name):
        assert each.settings_kept
        assert each.figures_kept == []


@EVERY
def test_the_title_is_left_to_the_caption(name: str) -> None:
    gids = marked(name, "six").gids
    assert "simulated" in gids
    assert "title" not in gids


@EVERY
@pytest.mark.parametrize("shape", list(SHAPES))
def test_alternative_texts_are_sentences_without_gaps(name: str, shape: str) -> None:
    text = say(name, study_of(shape))
    assert text.endswith(".")
    assert re.search(r"\bnan\b|\bNone\b|[{}–]|  ", text) is None
    assert ("\u00a0:" in text or "\u00a0;" in text or "«" in text) == (
        study_of(shape).labels.language == "fr"
    )


@EVERY
def test_a_table_without_its_columns_is_refused(name: str) -> None:
    with pytest.raises(
        ValueError, match=r"The table '\w+' lacks the columns .*received respondent"
    ):
        draw(name, study_of("six"), spoil=True)
