"""Figures that the documents draw themselves are drawn again only of something else."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from typology.documents.drawings import draw_once


def test_a_figure_is_drawn_once_of_the_same(tmp_path: Path) -> None:
    stem, drawn = tmp_path / "figure", []

    def draw(table: pd.DataFrame) -> None:
        def save() -> None:
            drawn.append(table)
            for ending in (".svg", ".png"):
                stem.with_name(stem.name + ending).write_text("", encoding="utf-8")

        draw_once(stem, (table, "told"), save)

    for table in (pd.DataFrame({"a": [1]}), pd.DataFrame({"a": [1]}), pd.DataFrame({"a": [2]})):
        draw(table)
    assert [table["a"].item() for table in drawn] == [1, 2]
    stem.with_name("figure.png").unlink()
    draw(drawn[-1])
    assert len(drawn) == 3


def test_a_figure_that_failed_is_drawn_the_next_time(tmp_path: Path) -> None:
    tried = []

    def fail() -> None:
        tried.append(1)
        if len(tried) == 1:
            raise OSError

    for _ in range(2):
        try:
            draw_once(tmp_path / "figure", "made of", fail)
        except OSError:
            continue
    assert len(tried) == 2
