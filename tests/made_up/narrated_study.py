"""A study whose tables are made by hand: every word of a sentence can be checked by eye."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from typology.exhibits.labels import Labels
from typology.questionnaire import Questionnaire, Text

SCALE = [
    {"code": 1, "fr": "Non", "en": "No"},
    {"code": 2, "fr": "Ni l'un ni l'autre", "en": "Neither"},
    {"code": 3, "fr": "Oui", "en": "Yes"},
]


def item(name: str, fr: str, en: str) -> dict[str, Any]:
    return {"id": name, "fr": fr, "en": en, "short": {"fr": fr, "en": en}}


QUESTIONNAIRE = Questionnaire.model_validate(
    {
        "title": {"fr": "Essai", "en": "Trial"},
        "scales": {"yes": SCALE},
        "blocks": [
            {
                "id": "hopes",
                "title": {"fr": "Attentes", "en": "Hopes"},
                "scale": "yes",
                "direction": "favourable",
                "items": [
                    item("H1", "Gagner du temps.", "Save time."),
                    item("H2", "CPTS utiles", "CPTS useful"),
                ],
            },
            {
                "id": "open",
                "title": {"fr": "Ouverture", "en": "Openness"},
                "scale": "yes",
                "direction": "favourable",
                "items": [item("O1", "Essayer", "Try"), item("O2", "Changer", "Change")],
            },
        ],
        "respondent": [
            {
                "id": "sex", "type": "single", "fr": "Sexe", "en": "Sex",
                "choices": [
                    {"code": "f", "fr": "Femme", "en": "Woman"},
                    {"code": "m", "fr": "Homme", "en": "Man"},
                ],
            },
            {
                "id": "work", "type": "multiple", "fr": "Travail", "en": "Work",
                "choices": [
                    {"code": "a", "fr": "Enseignement", "en": "Teaching"},
                    {"code": "b", "fr": "Hôpital", "en": "Hospital"},
                ],
            },
            {"id": "age", "type": "number", "fr": "Âge", "en": "Age",
             "unit": {"fr": "ans", "en": "years"}},
        ],
    }
)  # fmt: skip  # fmt: skip
TYPES = {"calm": Text(fr="Les calmes", en="The calm")}


def labels(language: str) -> Labels:
    return Labels(QUESTIONNAIRE, language, TYPES)


def plain(text: str) -> str:
    """Turn no-break spaces into spaces, so that expected sentences can be typed."""
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def categories(rows: list[tuple[Any, ...]]) -> pd.DataFrame:
    names = ["class", "variable", "role", "category", "category_share", "overall_share"]
    table = pd.DataFrame(rows, columns=[*names, "p_adjusted", "v_test"])
    return table.assign(class_share=50.0, p_value=table["p_adjusted"])


def tables() -> dict[str, pd.DataFrame]:
    profiles = [
        (1, "hopes", "H1", 10.0, 60.0), (1, "hopes", "H2", 62.0, 60.0),
        (1, "open", "O1", 50.0, 50.0), (1, "open", "O2", 91.0, 50.0),
        (2, "hopes", "H1", 61.0, 60.0), (2, "hopes", "H2", 61.0, 60.0),
        (2, "open", "O1", 51.0, 50.0), (2, "open", "O2", 49.0, 50.0),
    ]  # fmt: skip
    return {
        "flow": pd.DataFrame(
            {"step_id": ["read", "no answer", "incomplete", "analysed"],
             "excluded": [0, 1, 3, 0], "remaining": [104, 103, 100, 100]}
        ),
        "classes": pd.DataFrame(
            {"class": [1, 2], "type": ["calm", np.nan], "n": [25.0, 75.0], "share": [25.0, 75.0],
             "mean_hopes": [1.4, 2.24], "mean_open": [2.6, 2.2]}
        ),
        "class_profiles": pd.DataFrame(
            profiles, columns=["class", "block", "item", "agree_share", "overall_agree_share"]
        ),
        "class_categories": categories(
            [
                (1, "H1", "active", "1", 90.0, 30.0, 0.001, 8.0),
                (1, "sex", "supplementary", "f", 80.0, 50.0, 0.01, 3.2),
                (1, "sex", "supplementary", "m", 20.0, 50.0, 0.01, -3.2),
                (1, "work:a", "supplementary", "yes", 5.0, 30.0, 0.02, -3.0),
                (1, "work:a", "supplementary", "no", 95.0, 70.0, 0.02, 3.0),
                (1, "work:b", "supplementary", "yes", 40.0, 30.0, 0.9, 1.0),
                (2, "sex", "supplementary", "f", 49.0, 50.0, 0.9, -0.3),
            ]
        ),
        "class_quantities": pd.DataFrame(
            {"class": [1, 2], "variable": ["age", "age"], "class_mean": [50.04, 48.0],
             "overall_mean": [50.01, 50.01], "p_adjusted": [0.01, 0.6], "v_test": [3.0, -0.5]}
        ),
        "inertia_gains": pd.DataFrame(
            {"classes": [2, 3, 4], "within_share": [60.0, 30.0, 20.0],
             "criterion": [0.6, 0.5, 0.66], "suggested": [False, True, False],
             "chosen": [True, False, False], "suggested_by": "within_ratio"}
        ),
        "class_moves": pd.DataFrame(
            {"tree_class": [1, 2, 1, 2], "class": [1, 1, 2, 2], "n": [24, 1, 0, 75],
             "continues": [True, False, False, True]}
        ),
        "consolidation": pd.DataFrame({"n": [100], "moved": [1]}),
        "reliability": pd.DataFrame(
            {"block": ["hopes", "open"], "items": [2, 2], "alpha": [0.96, 0.5],
             "omega": [0.97, 0.55]}
        ),
        "item_agreement": pd.DataFrame(
            {"block": ["hopes", "hopes", "open", "open"], "item": ["H1", "H2", "O1", "O2"],
             "agree_share": [60.0, 60.5, 50.0, 49.0], "agree_low": 40.0, "agree_high": 70.0,
             "rank": [2, 1, 1, 2]}
        ),
        "axes": pd.DataFrame(
            {"axis": [1, 2], "percent": [20.0, 10.0], "benzecri": [80.0, np.nan],
             "kept": [True, False]}
        ),
        "categories": axis_categories(),
        "guttman": pd.DataFrame({"axis_x": [1], "axis_y": [2], "r2": [0.6]}),
    }  # fmt: skip


def axis_categories() -> pd.DataFrame:
    """Axis 1 opposes no to yes on the hopes; axis 2 the middle to both ends."""
    rows = []
    for axis, signs in ((1, (-1, -1, 1)), (2, (1, -1, 1))):
        for name in ("H1", "H2", "O1", "O2"):
            for code, sign in zip("123", signs, strict=True):
                strong = name.startswith("H") and (axis == 2 or code != "2")
                rows.append((name, code, "active", axis, float(sign), 20.0 if strong else 1.0, 1.0))
    rows += [("sex", "f", "supplementary", axis, -0.5, np.nan, -3.0) for axis in (1, 2)]
    rows += [("sex", "m", "supplementary", axis, 0.5, np.nan, 1.0) for axis in (1, 2)]
    names = ["variable", "category", "role", "axis", "coordinate", "contribution", "v_test"]
    return pd.DataFrame(rows, columns=names).assign(cos2=0.1)
