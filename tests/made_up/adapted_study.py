"""Studies that someone else made of the project: other blocks, other languages."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import yaml

RESPONDENTS, SEED = 90, 5


@dataclass(frozen=True)
class Adapted:
    """A study of someone else: active and supplementary blocks by id, with their titles."""

    active: dict[str, tuple[str, str]]
    supplementary: dict[str, tuple[str, str]]
    characteristic: bool
    languages: tuple[str, ...] = ("fr", "en")


STUDIES = {
    "renamed": Adapted(
        {"hopes": ("Espoirs", "Hopes"), "the_worries": ("Soucis du métier", "Worries at work")},
        {"beliefs": ("Croyances", "Beliefs")},
        True,
    ),
    "one block": Adapted({"types": ("Ouverture", "Openness")}, {}, False),
}


def questionnaire(study: Adapted) -> dict[str, Any]:
    points = (("Non", "No"), ("Peut-être", "Perhaps"), ("Oui", "Yes"))
    blocks = {**study.active, **study.supplementary}
    sex = {
        "id": "sex", "type": "single", "fr": "Sexe", "en": "Sex",
        "choices": [
            {"code": "f", "fr": "Femme", "en": "Woman"},
            {"code": "m", "fr": "Homme", "en": "Man"},
        ],
    }  # fmt: skip
    return {
        "title": {"fr": "Une autre étude", "en": "Another study"},
        "languages": [*study.languages],
        "scales": {
            "three": [
                {"code": code, "fr": fr, "en": en} for code, (fr, en) in enumerate(points, start=1)
            ]
        },
        "blocks": [
            {
                "id": block,
                "title": {"fr": fr, "en": en},
                "scale": "three",
                "direction": "favourable",
                "items": [
                    {"id": f"{block}{each}", "fr": f"{fr} {each}", "en": f"{en} {each}"}
                    for each in "abcdef"
                ],
            }
            for block, (fr, en) in blocks.items()
        ],
        "respondent": [sex] if study.characteristic else [],
    }


def study_file(study: Adapted) -> dict[str, Any]:
    return {
        "title": {"fr": "Une autre étude", "en": "Another study"},
        "questionnaire": "questionnaire.yml",
        "responses": "responses.csv",
        "respondent_column": "respondent",
        "active": [*study.active],
        "missing": "own category",
        "axes": 2,
        "classes": 3,
        "seed": SEED,
        "validity": {"resamples": 4, "null_replicates": 19, "imputations": 2},
    }


def write_study(study: Adapted, folder: Path) -> Path:
    """Write a study into a folder; return its study file."""
    files = {"questionnaire.yml": questionnaire(study), "study.yml": study_file(study)}
    for name, content in files.items():
        (folder / name).write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")
    answers(study).to_csv(folder / "responses.csv", index_label="respondent")
    return folder / "study.yml"


def answers(study: Adapted) -> pd.DataFrame:
    """Answers that one attitude commands, with some noise."""
    rng = np.random.default_rng(SEED)
    attitude = rng.normal(size=(RESPONDENTS, 1))
    names = [
        f"{block}{each}" for block in (*study.active, *study.supplementary) for each in "abcdef"
    ]
    felt = attitude + rng.normal(scale=0.7, size=(RESPONDENTS, len(names)))
    codes = 1 + (felt > -0.5).astype(int) + (felt > 0.5)
    table = pd.DataFrame(codes, columns=names)
    if study.characteristic:
        table["sex"] = rng.choice(["f", "m"], RESPONDENTS)
    return table
