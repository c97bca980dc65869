"""Every figure, drawn from a study of any shape."""

from __future__ import annotations

from functools import cache
from typing import Any

import pandas as pd
from matplotlib.figure import Figure

from made_up_study import Study, make_study
from typology.exhibits.registry import FigureExhibit, exhibits_of
from typology.results.exhibits import RUN_MODULES

SPOILT = pd.DataFrame({"respondent": [1]})
SHAPES: dict[str, dict[str, Any]] = {
    "study": {},
    "ten": {"language": "en", "n_classes": 10, "n": 1500, "named": False, "seed": 2},
    "six": {"n_points": 6, "n_items": (5, 5), "n": 30, "n_classes": 2},
    "seven": {"n_points": 7, "n_items": (12, 5), "n": 80, "n_classes": 6, "seed": 3},
    "four": {"n_points": 4, "n_items": (6, 20), "n": 120, "n_classes": 3, "seed": 4},
}
FIGURES = {
    name: exhibit
    for name, exhibit in exhibits_of(RUN_MODULES).items()
    if isinstance(exhibit, FigureExhibit) and not exhibit.needs
}
"""Those that every run has."""


@cache
def study_of(shape: str) -> Study:
    """Return the study of a shape, made once."""
    return make_study(**SHAPES[shape])


def draw(name: str, study: Study, *, spoil: bool = False, **options: Any) -> Figure:
    """Draw a figure; spoil its first table on demand."""
    tables, part = _tables(study), _part(name)
    if spoil:
        kept = FIGURES[name].options
        options |= kept(tables) if kept else {}
        others = (tables[other] for other in FIGURES[name].takes[1:])
        return FIGURES[name].drawing(SPOILT, *others, study.labels, **options, **part)
    settings = {"simulated": False} | options
    return FIGURES[name].draw(tables, study.labels, **settings, **part)  # type: ignore[arg-type]


def say(name: str, study: Study) -> str:
    """Return the alternative text of a figure."""
    return FIGURES[name].describe(_tables(study), study.labels, **_part(name))  # type: ignore[arg-type]


def _tables(study: Study) -> dict[str, pd.DataFrame]:
    axes = study.axes.assign(kept=study.axes["axis"] <= 3)
    points = study.respondents.assign(n=1)
    return {
        **vars(study), "axes": axes, "class_ellipses": study.ellipses, "map_points": points,
        "tree_branches": points,
    }  # fmt: skip


def _part(name: str) -> dict[str, str]:
    return {"block": "fears"} if FIGURES[name].each else {}
