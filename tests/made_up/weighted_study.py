"""A small study whose answers, margins and weights are made up."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import yaml

from typology.results.pipeline import Analysis, run_pipeline
from typology.study import Study, load_study

HOPES, DOUBTS = ("H1", "H2", "H3", "H4"), ("D1", "D2", "D3", "D4")
ITEMS = (*HOPES, *DOUBTS)


def questionnaire() -> dict[str, Any]:
    points = [{"code": at, "fr": f"Degré {at}", "en": f"Level {at}"} for at in range(1, 6)]
    blocks = {"hopes": ("favourable", HOPES), "doubts": ("unfavourable", DOUBTS)}
    return {
        "title": {"fr": "Le café", "en": "Coffee"},
        "scales": {"agreement": points},
        "blocks": [
            {
                "id": name,
                "scale": "agreement",
                "title": {"fr": name, "en": name},
                "direction": direction,
                "items": [{"id": item, "fr": item, "en": item} for item in items],
            }
            for name, (direction, items) in blocks.items()
        ],
        "respondent": [
            {"id": "sex", "type": "single", "fr": "Sexe", "en": "Sex",
             "choices": [{"code": "f", "fr": "Femme", "en": "Woman"},
                         {"code": "m", "fr": "Homme", "en": "Man"}]},
            {"id": "place", "type": "single", "fr": "Lieu", "en": "Place",
             "choices": [{"code": code, "fr": code, "en": code}
                         for code in ("town", "suburb", "country")]},
            {"id": "age", "type": "number", "fr": "Âge", "en": "Age", "min": 18, "bands": [40]},
        ],
    }  # fmt: skip


def answers(n: int = 90, *, seed: int = 3) -> pd.DataFrame:
    """Return respondents of three types, from the doubting to the hopeful."""
    rng = np.random.default_rng(seed)
    attitude = np.resize([-1.3, 0.0, 1.3], n)[:, None]
    latent = attitude * np.repeat([1, -1], 4) + 0.6 * rng.normal(size=(n, 8))
    table = pd.DataFrame(np.digitize(latent, [-1.2, -0.4, 0.4, 1.2]) + 1, columns=list(ITEMS))
    table.insert(0, "id", [f"R{at}" for at in range(n)])
    table["sex"] = rng.choice(["f", "m"], n, p=[0.6, 0.4])
    table["place"] = rng.choice(["town", "suburb", "country"], n, p=[0.5, 0.3, 0.2])
    table["age"] = rng.integers(20, 70, n)
    return table


def margins() -> dict[str, Any]:
    source = {"fr": "Recensement", "en": "Census"}
    return {
        "title": {"fr": "Les buveurs de café", "en": "Coffee drinkers"},
        "margins": {
            "sex": {"source": source, "year": 2020, "population": {"f": 49, "m": 51}},
            "place": {
                "source": source,
                "year": 2020,
                "population": {"town": 400, "suburb + country": 600},
            },
            "age": {"source": source, "year": 2020, "population": {"<40": 0.3, ">=40": 0.7}},
        },
    }


def published() -> dict[str, Any]:
    """Return twenty of fifty cafés, known from percentages: 12 small of 25, 8 large of 25."""
    return {
        "title": {"fr": "Les cafés de la ville", "en": "Cafés of the town"},
        "population_size": 50,
        "margins": {
            "size": {
                "title": {"fr": "Taille", "en": "Size"},
                "names": {"s": {"fr": "Petit", "en": "Small"}, "l": {"fr": "Grand", "en": "Large"}},
                "source": {"fr": "Annuaire", "en": "Directory"},
                "year": 2021,
                "population": {"s": 50, "l": 50},
                "published": {"percentages": {"s": 60, "l": 40}, "base": 20},
            }
        },
    }


def write_study(
    folder: Path,
    *,
    table: pd.DataFrame | None = None,
    population: dict[str, Any] | None = None,
    **settings: object,
) -> Study:
    """Write a study into a folder and load it; settings of None are left out."""
    write_yaml(folder / "questionnaire.yml", questionnaire())
    write_yaml(folder / "margins.yml", margins() if population is None else population)
    (answers() if table is None else table).to_csv(folder / "answers.csv", index=False)
    content: dict[str, object] = {
        "title": {"fr": "Le café", "en": "Coffee"},
        "questionnaire": "questionnaire.yml",
        "responses": "answers.csv",
        "respondent_column": "id",
        "active": ["hopes", "doubts"],
        "missing": "passive category",
        "axes": 2,
        "classes": 3,
        "seed": 7,
        "margins": "margins.yml",
        "validity": {"resamples": 8, "null_replicates": 19, "imputations": 2},
    } | settings
    write_yaml(folder / "study.yml", {k: v for k, v in content.items() if v is not None})
    return load_study(folder / "study.yml")


def write_yaml(path: Path, content: object) -> None:
    path.write_text(yaml.safe_dump(content, allow_unicode=True, sort_keys=False), encoding="utf-8")


def run(folder: Path, *, validity: bool = False, **options: object) -> Analysis:
    """Run a study made up into a folder."""
    folder.mkdir(exist_ok=True)
    return run_pipeline(write_study(folder, **options), validity=validity)  # type: ignore[arg-type]


def with_weights(weights: object, table: pd.DataFrame | None = None) -> pd.DataFrame:
    """Return answers with a column of weights."""
    table = answers() if table is None else table
    return table.assign(poids=weights)
