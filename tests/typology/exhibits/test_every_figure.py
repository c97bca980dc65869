from __future__ import annotations

import ast
import re
from pathlib import Path

import matplotlib as mpl
import matplotlib.pyplot as plt
import pytest

from figure_shapes import FIGURES, SHAPES, draw, say, study_of
from made_up_validity import VALIDITY_FIGURES
from reading import cut, overlapping, texts_of, words_of
from typology.exhibits.canvas.saving import save_figure
from typology.exhibits.registry import FigureExhibit, exhibits_of
from typology.results.exhibits import RUN_MODULES

EVERY = pytest.mark.parametrize("name", list(FIGURES))


@EVERY
@pytest.mark.parametrize("shape", list(SHAPES))
def test_no_text_overlaps_another_or_is_cut(name: str, shape: str) -> None:
    figure = draw(name, study_of(shape), simulated=True)
    texts = texts_of(figure)
    assert len(texts) > 5
    assert overlapping(texts) == []
    assert cut(figure, texts) == []


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
    assert mark in words_of(draw(name, study_of(shape), simulated=True))
    assert mark not in words_of(draw(name, study_of(shape), simulated=False))


@EVERY
def test_a_figure_is_saved_in_the_same_bytes_every_time(name: str, tmp_path) -> None:
    saved = []
    for run in ("first", "second"):
        figure = draw(name, study_of("six"), simulated=True)
        files = save_figure(figure, tmp_path / run, alt="What it shows")
        saved.append([file.read_bytes() for file in files])
    assert saved[0] == saved[1]
    svg, png = saved[0]
    assert svg.startswith(b"<?xml")
    assert b"What it shows" in svg
    assert png.startswith(b"\x89PNG")
    assert png[25] == 2  # colour type of PNG: red, green, blue, all of it opaque
    for written in saved[0]:
        assert b"Matplotlib v" not in written
        assert b"matplotlib.org" not in written
        assert b"dc:date" not in written


@EVERY
def test_a_figure_is_drawn_once_into_each_file(name: str, tmp_path) -> None:
    figure = draw(name, study_of("six"), simulated=True)
    drawn = []
    figure.canvas.mpl_connect("draw_event", lambda event: drawn.append(type(event.renderer)))
    save_figure(figure, tmp_path / name)
    assert len(drawn) == 2


@EVERY
def test_drawing_leaves_matplotlib_as_it_was(name: str) -> None:
    before = dict(mpl.rcParams)
    draw(name, study_of("six"), simulated=True)
    assert dict(mpl.rcParams) == before
    assert plt.get_fignums() == []


@EVERY
def test_the_title_is_left_to_the_caption(name: str) -> None:
    gids = [text.get_gid() for text in texts_of(draw(name, study_of("six"), simulated=True))]
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
