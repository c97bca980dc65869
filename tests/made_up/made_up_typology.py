"""A fitted typology of answers made up in memory: two blocks of items on a five-point scale."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd

from typology.answers.responses import Responses
from typology.fit.fitted_typology import FittedTypology, fit_typology
from typology.questionnaire import Questionnaire
from typology.study import Study
from typology.study.sections import StudyFile

DIRECTIONS = {"hopes": "favourable", "fears": "unfavourable"}


def typology_of_items(items: pd.DataFrame, **choices: Any) -> FittedTypology:
    """Fit a typology to answers: items whose names begin with H are hopes, with F fears."""
    blocks = [
        {"id": name, "title": {"fr": name, "en": name}, "scale": "s", "direction": direction,
         "items": [{"id": item, "fr": item, "en": item} for item in items
                   if item[0].lower() == name[0]]}
        for name, direction in DIRECTIONS.items()
    ]  # fmt: skip
    points = [{"code": code, "fr": f"Niveau {code}", "en": f"Level {code}"} for code in range(1, 6)]
    asked = Questionnaire.model_validate(
        {"title": {"fr": "t", "en": "t"}, "scales": {"s": points}, "blocks": blocks}
    )
    decided = {
        "title": {"fr": "t", "en": "t"}, "questionnaire": "q.yml", "responses": "r.csv",
        "active": [*DIRECTIONS], "missing": "passive category", "axes": 2, "classes": 2, "seed": 5,
        "validity": {"resamples": 10, "null_replicates": 19, "imputations": 3},
    }  # fmt: skip
    study = Study(
        StudyFile.model_validate({**decided, **choices}),
        Path("study.yml"),
        questionnaire_path=Path("q.yml"),
        responses_path=Path("r.csv"),
        results_path=Path("results"),
    )
    return fit_typology(study, Responses(asked, items, pd.DataFrame(index=items.index)))
