"""Runs without what takes long and has tests of its own: many starts, pictures made of figures."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from typology.results.pipeline import Analysis
from typology.study import Study
from typology.tools.run import run_study
from typology.validity.effort import Effort

if TYPE_CHECKING:
    from matplotlib.figure import Figure


@contextmanager
def few_starts() -> Iterator[None]:
    """Seek latent classes from few starts, in runs on one core."""
    with pytest.MonkeyPatch.context() as patch:
        effort = Effort(starts=5, replicates=5, thorough=True)
        patch.setattr("typology.validity.effort.USUAL", effort)
        yield


def run_shortly(study: Study) -> Analysis:
    """Run a study from few starts; its figures are drawn, and their files left empty."""
    with pytest.MonkeyPatch.context() as patch, few_starts():
        patch.setattr("typology.results.figures.save_figure", _leave_empty)
        patch.setattr("typology.results.figures.save_drawing", _leave_drawing_empty)
        return run_study(study, n_jobs=1)


def _leave_empty(figure: Figure, stem: Path, *, alt: str = "") -> tuple[Path, Path]:
    png = stem.with_name(f"{stem.name}.png")
    png.write_bytes(b"")
    return _leave_drawing_empty(figure, stem, alt=alt), png


def _leave_drawing_empty(_figure: Figure, stem: Path, *, alt: str = "") -> Path:
    assert alt
    svg = stem.with_name(f"{stem.name}.svg")
    svg.write_text("", encoding="utf-8")
    return svg
