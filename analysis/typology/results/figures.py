"""The figures of a study, drawn into files."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

from joblib import Parallel, delayed

from typology.exhibits.canvas.saving import save_drawing, save_figure
from typology.exhibits.canvas.style import NARROW_WIDTH
from typology.exhibits.labels import Labels
from typology.exhibits.registry import ExhibitPart, FigureExhibit, exhibits_of
from typology.exhibits.run_tables import Tables
from typology.results.exhibits import RUN_MODULES
from typology.words.visible_text import visible

NARROW = "_narrow"
"""What the names of drawings for phones end with."""


@dataclass(frozen=True)
class StudyFigure:
    """A figure of a study, or what it shows of one block."""

    exhibit: FigureExhibit
    part: ExhibitPart

    @property
    def name(self) -> str:
        """Return the name of its files."""
        return self.exhibit.file_of(**self.part)


def study_figures(
    tables: Tables, labels: Labels, modules: Iterable[ModuleType] = RUN_MODULES
) -> list[StudyFigure]:
    """Return the figures that the tables of a run allow to draw."""
    return [
        StudyFigure(exhibit, part)
        for exhibit in exhibits_of(modules).values()
        if isinstance(exhibit, FigureExhibit) and exhibit.is_there(tables)
        for part in exhibit.parts(tables, labels)
    ]


def draw_figures(
    tables: Tables,
    labels: Mapping[str, Labels],
    folder: Path,
    *,
    simulated: bool,
    n_jobs: int = 1,
) -> tuple[Path, ...]:
    """Draw every figure in every language: SVG, PNG, and what it shows in words.

    Each language gets a folder, with ``<name>.svg``, ``<name>.png`` and ``<name>.txt``, and
    ``<name>_narrow.svg`` of what phones show in a drawing of its own; the files are returned. The
    figures have no title: articles and journals put it into the caption. They do not depend on
    ``n_jobs``, and say that the answers are simulated where ``simulated``.
    """
    parts = 2 * n_jobs
    for language in labels:
        (folder / language).mkdir(parents=True)
    drawn = Parallel(n_jobs=n_jobs)(
        delayed(_draw_part)(
            slice(part, None, parts), tables, labels[language], folder / language, simulated
        )
        for language in labels
        for part in range(parts)
    )
    return tuple(path for paths in drawn for path in paths)


def _draw_part(
    chosen: slice, tables: Tables, labels: Labels, folder: Path, simulated: bool
) -> list[Path]:
    written: list[Path] = []
    for figure in study_figures(tables, labels)[chosen]:
        with swept_once():
            written += _draw_figure(figure, tables, labels, folder, simulated)
    return written


def _draw_figure(
    figure: StudyFigure, tables: Tables, labels: Labels, folder: Path, simulated: bool
) -> list[Path]:
    alt = visible(figure.exhibit.describe(tables, labels, **figure.part))
    drawn = figure.exhibit.draw(tables, labels, simulated=simulated, **figure.part)
    told = folder / f"{figure.name}.txt"
    told.write_bytes(f"{alt}\n".encode())
    written = [*save_figure(drawn, folder / figure.name, alt=alt), told]
    if figure.exhibit.narrow:
        small = figure.exhibit.draw(
            tables, labels, simulated=simulated, width=NARROW_WIDTH, **figure.part
        )
        written.append(save_drawing(small, folder / f"{figure.name}{NARROW}", alt=alt))
    return written


@contextmanager
def swept_once() -> Iterator[None]:
    """Take what is made within out of memory once it is written, not look for it meanwhile.

    The artists of a figure, the cells of a page all refer to one another; sought as they are made,
    they would be found in use each time.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.collect(0)
        if was_enabled:
            gc.enable()
