"""A study with a question of every kind, its answers simulated, written to a folder."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from typology.tools.simulate.files import write_simulation

LANGUAGES = ("fr", "en")


def _text(fr: str, en: str) -> dict[str, str]:
    return {"fr": fr, "en": en}


def scales() -> dict[str, Any]:
    """Return three scales: 11 points merged into 3, 4 points with "don't know", 7 points."""
    never = ("Jamais", "Rarement", "Souvent", "Toujours")
    en = ("Never", "Rarely", "Often", "Always")
    return {
        "eleven": {
            "points": [{"code": code, **_text(str(code), str(code))} for code in range(11)],
            "merge": [
                {"codes": [0, 1, 2, 3], **_text("Pas d’accord", "Disagree")},
                {"codes": [4, 5, 6], **_text("Entre les deux", "In between")},
                {"codes": [7, 8, 9, 10], **_text("D’accord", "Agree")},
            ],
        },
        "frequency": {
            "points": [
                {"code": code, **_text(*words)}
                for code, words in enumerate(zip(never, en, strict=True), start=1)
            ],
            "no_opinion": {
                "code": 9,
                **_text("Ne sait pas", "Don't know"),
                "counts_as": "category",
            },
        },
        "seven": {
            "points": [
                {"code": code, **_text(f"Degré {code}", f"Degree {code}")} for code in range(1, 8)
            ],
            "no_opinion": {"code": 8, **_text("Sans avis", "No view"), "counts_as": "passive"},
        },
    }


def block(name: str, fr: str, en: str, *, scale: str, direction: str, count: int) -> dict[str, Any]:
    """Return a block of items on a scale, the last of them reversed."""
    return {
        "id": name, "title": _text(fr, en), "scale": scale, "direction": direction,
        "items": [
            {
                "id": f"{name[0].upper()}{at}",
                **_text(f"{fr} : énoncé {at}", f"{en}: item {at}"),
                "short": _text(f"{fr} {at}", f"{en} {at}"),
                "reversed": at == count,
            }
            for at in range(1, count + 1)
        ],
    }  # fmt: skip


def questionnaire(languages: tuple[str, ...] = LANGUAGES) -> dict[str, Any]:
    """Return a questionnaire with a question of every kind."""
    return {
        "title": _text("Toutes les questions", "Questions of every kind"),
        "languages": [*languages],
        "scales": scales(),
        "blocks": [
            block("hopes", "Espoirs", "Hopes", scale="eleven", direction="favourable", count=6),
            block(
                "doubts", "Doutes", "Doubts", scale="frequency", direction="unfavourable", count=6
            ),
            block("needs", "Besoins", "Needs", scale="seven", direction="favourable", count=4),
        ],
        "respondent": [
            {"id": "sex", "type": "single", **_text("Sexe", "Sex"),
             "choices": [{"code": "f", **_text("Femme", "Woman")},
                         {"code": "m", **_text("Homme", "Man")}]},
            {"id": "place", "type": "single", **_text("Où exercez-vous ?", "Where do you work?"),
             "choices": [{"code": "town", **_text("Ville", "Town")},
                         {"code": "country", **_text("Campagne", "Country")},
                         {"code": "other", **_text("Autre : ...", "Other: ..."), "text": True}]},
            {"id": "tools", "type": "multiple", **_text("Outils", "Tools"),
             "choices": [{"code": "video", **_text("Vidéo", "Video")},
                         {"code": "phone", **_text("Téléphone", "Phone")},
                         {"code": "other", **_text("Autre : ...", "Other: ..."), "text": True}]},
            {"id": "age", "type": "number", **_text("Âge", "Age"), "unit": _text("ans", "years"),
             "min": 20, "max": 80, "bands": [40, 60]},
            {"id": "reasons", "type": "rank", **_text("Raisons", "Reasons"),
             "choices": [{"code": "time", **_text("Temps", "Time")},
                         {"code": "money", **_text("Argent", "Money")},
                         {"code": "care", **_text("Soins", "Care")}]},
            {"id": "since", "type": "date", **_text("Installé depuis", "Settled since"),
             "earliest": "2021-01-01", "latest": "2021-06-30"},
            {"id": "comment", "type": "text", **_text("Commentaire", "Comment"),
             "themes": [{"code": "cost", **_text("Coût", "Cost")},
                        {"code": "team", **_text("Équipe", "Team")}]},
            {"id": "wish", "type": "text", **_text("Un souhait", "A wish")},
        ],
    }  # fmt: skip


def study(language: str = "fr", **choices: object) -> dict[str, Any]:
    """Return a study of it, with any of its choices changed."""
    return {
        "title": _text("Toutes les questions", "Questions of every kind"),
        "questionnaire": "questionnaire.yml",
        "responses": "responses.csv",
        "simulated": True,
        "respondent_column": "respondent",
        "language": language,
        "active": ["hopes", "doubts", "needs"],
        "missing": "passive category",
        "axes": 2,
        "classes": 3,
        "seed": 4,
    } | choices


def write_kinds_study(folder: Path, *, n: int = 160, **choices: Any) -> Path:
    """Write the study, its questionnaire and simulated answers; return the study file."""
    put(folder / "questionnaire.yml", questionnaire())
    put(folder / "study.yml", study(**choices))
    write_simulation(
        folder / "questionnaire.yml", n=n, seed=8, output=folder / "responses.csv", force=True
    )
    return folder / "study.yml"


def put(path: Path, content: object) -> None:
    """Write a YAML file."""
    text = yaml.safe_dump(content, allow_unicode=True, sort_keys=False)
    path.write_text(text, encoding="utf-8")
