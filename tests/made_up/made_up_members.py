"""Respondents of planted types with characteristics, as the models of membership read them."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
import pandas as pd

from typology.exhibits.labels import Labels
from typology.questionnaire import Questionnaire
from typology.study.sections import StudyFile

BASE = {
    "title": {"fr": "t", "en": "t"}, "questionnaire": "q.yml", "responses": "r.csv",
    "active": ["hopes", "fears"], "missing": "passive category", "axes": 2, "classes": 3, "seed": 1,
    "types": [
        {"id": "calm", "fr": "les calmes", "en": "the calm", "profile": {"hopes": "high"}},
        {"id": "wary", "fr": "les méfiants", "en": "the wary", "profile": {"hopes": "low"}},
    ],
}  # fmt: skip

NOTES = (
    "none_wanted", "none_asked", "none_left", "one_answer", "not_enough_answers",
    "reference_answer_absent", "reference_class_absent", "empty_class", "too_many_parameters",
    "collinear", "two_classes", "no_errors", "correction_failed", "model_failed",
    "not_converged", "partial_failed", "pooling_failed", "survey_failed", "not_chosen",
    "not_in_file", "several_answers", "date",
)  # fmt: skip
"""What may be said of the models, or of a characteristic."""


def study_file(**models: Any) -> StudyFile:
    """Return a study file with these choices of models."""
    return StudyFile.model_validate({**BASE, "models": models})


def asked(*directions: str) -> Questionnaire:
    """Return a questionnaire on practice, sex, age and hobbies, with two blocks of items."""
    both = {"fr": "Oui", "en": "Yes"}
    blocks = [
        {"id": name, "title": {"fr": name, "en": name}, "scale": "s", "direction": direction,
         "items": [{"id": f"{name}1", **both, "short": both}]}
        for name, direction in zip(("hopes", "fears"), directions, strict=True)
    ]  # fmt: skip
    return Questionnaire.model_validate(
        {
            "title": {"fr": "Essai", "en": "Trial"},
            "scales": {"s": [{"code": 0, "fr": "Non", "en": "No"}, {"code": 1, **both}]},
            "blocks": blocks,
            "respondent": [
                _single("practice", "Exercice", "Practice", solo="seul", group="groupe",
                        team="équipe"),
                _single("sex", "Sexe", "Sex", female="femme", male="homme"),
                {"id": "age", "type": "number", "fr": "Âge", "en": "Age",
                 "unit": {"fr": "ans", "en": "years"}},
                {"id": "hobbies", "type": "text", "fr": "Loisirs", "en": "Hobbies"},
            ],
        }
    )  # fmt: skip


def _single(name: str, fr: str, en: str, **choices: str) -> dict[str, object]:
    offered = [{"code": code, "fr": word, "en": code} for code, word in choices.items()]
    short = {"fr": fr, "en": en}
    return {"id": name, "type": "single", "fr": fr, "en": en, "short": short, "choices": offered}


def labels(language: str) -> Labels:
    """Return the labels of that questionnaire, and of the types."""
    types = {each.id: each for each in study_file().types}
    return Labels(asked("favourable", "unfavourable"), language, types)


def members(n: int = 240, *, seed: int = 1) -> pd.DataFrame:
    """Draw respondents: class 1 practises alone more often, class 3 is older."""
    random = np.random.default_rng(seed)
    labels = random.permuted(np.resize([1, 2, 2, 3], n))
    alone = random.random(n) < np.array([0, 0.7, 0.3, 0.3])[labels]
    team = random.random(n) < 0.3
    table = pd.DataFrame(
        {
            "class": labels,
            "practice": np.where(alone, "solo", np.where(team, "team", "group")),
            "sex": random.choice(["female", "male"], n),
            "age": np.clip(random.normal(45 + 6 * (labels == 3), 10, n).round(), 25, 80),
            "hobbies": "x",
        },
        index=[f"R{at}" for at in range(n)],
    )
    return table.astype({"age": "Float64", "practice": "string", "sex": "string"})


def fitted_of(
    table: pd.DataFrame,
    *,
    directions: tuple[str, str] = ("favourable", "unfavourable"),
    types: dict[int, str] | None = None,
    weights: Any = None,
    **models: Any,
) -> Any:
    """Return what the models read of a fitted typology; class 1 hopes least and fears most."""
    labels = table["class"].astype(int).rename("class")
    scores = pd.DataFrame({"hopes": labels * 1.0, "fears": 4.0 - labels}, index=table.index)
    return SimpleNamespace(
        study=SimpleNamespace(choices=study_file(**models)),
        responses=SimpleNamespace(sampling=None, weights=None),
        questionnaire=asked(*directions),
        respondent=table.drop(columns="class"),
        scores=scores,
        sample_weight=np.ones(len(table)) if weights is None else np.asarray(weights, dtype=float),
        classes=SimpleNamespace(
            labels=labels,
            means=scores.groupby(labels.to_numpy()).mean().rename_axis("class"),
            types=types or {int(each): "" for each in np.unique(labels)},
        ),
    )


def errors_of(table: pd.DataFrame, *, kept: float = 0.9) -> pd.DataFrame:
    """Make up errors of assignment: the share kept, the rest shared out evenly; percent."""
    numbers = np.unique(table["class"].astype(int)).tolist()
    rest = 100 * (1 - kept) / (len(numbers) - 1)
    return pd.DataFrame(
        [(true, assigned, 100 * kept if true == assigned else rest)
         for true in numbers for assigned in numbers],
        columns=["class", "assigned_class", "share"],
    )  # fmt: skip
