"""Every figure, drawn from a study of any shape."""

from __future__ import annotations

from functools import cache
from typing import Any

import pandas as pd
from made_up_study import Study, make_study
from matplotlib.figure import Figure

from typology.figures.block_means import block_means, block_means_alt
from typology.figures.category_map import category_map, category_map_alt
from typology.figures.inertia import inertia_bars, inertia_bars_alt
from typology.figures.likert import likert_bars, likert_bars_alt
from typology.figures.profiles import type_profiles, type_profiles_alt
from typology.figures.respondent_map import respondent_map, respondent_map_alt
from typology.figures.tree import classification_tree, classification_tree_alt

SHAPES: dict[str, dict[str, Any]] = {
    "study": {},
    "ten": {"language": "en", "n_classes": 10, "n": 1500, "named": False, "seed": 2},
    "six": {"n_points": 6, "n_items": (5, 5), "n": 30, "n_classes": 2},
    "seven": {"n_points": 7, "n_items": (12, 5), "n": 80, "n_classes": 6, "seed": 3},
    "four": {"n_points": 4, "n_items": (6, 20), "n": 120, "n_classes": 3, "seed": 4},
}
DRAW: dict[str, tuple[Any, Any, tuple[str, ...], dict[str, Any]]] = {
    "likert": (
        likert_bars,
        likert_bars_alt,
        ("item_distribution", "item_agreement"),
        {"block": "fears"},
    ),
    "inertia": (inertia_bars, inertia_bars_alt, ("axes",), {"n_kept": 3}),
    "tree": (
        classification_tree,
        classification_tree_alt,
        ("tree", "respondents", "classes", "inertia_gains"),
        {},
    ),
    "categories": (category_map, category_map_alt, ("categories", "axes", "guttman"), {}),
    "respondents": (
        respondent_map,
        respondent_map_alt,
        ("respondents", "classes", "ellipses", "axes"),
        {},
    ),
    "profiles": (type_profiles, type_profiles_alt, ("class_profiles", "classes"), {}),
    "means": (block_means, block_means_alt, ("classes", "item_distribution"), {}),
}


@cache
def study_of(shape: str) -> Study:
    """Return the study of a shape, made once."""
    return make_study(**SHAPES[shape])


def draw(name: str, study: Study, *, spoil: bool = False, **options: Any) -> Figure:
    """Draw a figure; spoil its first table on demand."""
    function, _, tables, needed = DRAW[name]
    given = [getattr(study, table) for table in tables]
    if spoil:
        given[0] = pd.DataFrame({"respondent": [1]})
    if name == "categories":
        options |= {
            "blocks": dict(
                zip(study.item_agreement["item"], study.item_agreement["block"], strict=True)
            ),
            "classes": study.classes,
            "ellipses": study.ellipses,
        }
    return function(*given, study.labels, **needed, **options)


def say(name: str, study: Study) -> str:
    """Return the alternative text of a figure."""
    _, function, tables, needed = DRAW[name]
    return function(*(getattr(study, table) for table in tables), study.labels, **needed)
