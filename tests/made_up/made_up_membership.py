"""Tables of the models of membership, made up from a seed, with labels of any length."""

from __future__ import annotations

import numpy as np
import pandas as pd

from typology.exhibits.labels import Labels
from typology.questionnaire import Questionnaire

LONG = "avec un libellé qui n’en finit pas, comme en ont souvent les questionnaires d’enquête"


def made_up_labels(language: str = "fr", *, n_questions: int = 4, long: bool = False) -> Labels:
    """Make up single-choice questions with two to four answers, and a number with a unit."""
    more = f" {LONG}" if long else ""
    questions: list[dict[str, object]] = [
        {
            "id": f"q{at}", "type": "single", "fr": f"Question {at} ?", "en": f"Question {at}?",
            "short": {"fr": f"Question {at}", "en": f"Question {at}"},
            "choices": [
                {"code": f"c{code}", "fr": f"Réponse {code}{more}", "en": f"Answer {code}{more}"}
                for code in range(2 + at % 3)
            ],
        }
        for at in range(n_questions)
    ]  # fmt: skip
    age = {"id": "age", "type": "number", "fr": "Âge", "en": "Age",
           "unit": {"fr": "ans", "en": "years"}}  # fmt: skip
    words = {"fr": "Énoncé", "en": "Item", "short": {"fr": "Énoncé", "en": "Item"}}
    block = {"id": "hopes", "title": {"fr": "Attentes", "en": "Hopes"}, "scale": "s",
             "direction": "favourable", "items": [{"id": "A1", **words}]}  # fmt: skip
    questionnaire = Questionnaire.model_validate(
        {
            "title": {"fr": "Essai", "en": "Trial"},
            "scales": {"s": [{"code": 0, "fr": "Non", "en": "No"},
                             {"code": 1, "fr": "Oui", "en": "Yes"}]},
            "blocks": [block],
            "respondent": [*questions, age],
        }
    )  # fmt: skip
    return Labels(questionnaire, language)


def made_up_membership(
    labels: Labels, *, n_classes: int = 4, spread: float = 1.0, seed: int = 1
) -> dict[str, pd.DataFrame]:
    """Make up the coefficients of both models, corrected or not, their fit and the classes."""
    random = np.random.default_rng(seed)
    terms = [
        {"variable": each.id, "category": code, "reference_category": each.choice_codes[0],
         "step": np.nan, "term": f"{each.id}: {code}"}
        for each in labels.questionnaire.respondent if each.type == "single"
        for code in each.choice_codes[1:]
    ]  # fmt: skip
    terms.append({"variable": "age", "category": "", "reference_category": "", "step": 10.0,
                  "term": "age (per 10)"})  # fmt: skip
    parts = []
    for number in [None, *range(2, n_classes + 1)]:
        plain = random.normal(0, spread, len(terms))
        for correction in ("none", "bch"):
            moved = 0.2 if correction == "bch" else 0.0
            estimate = plain + random.normal(0, moved, len(terms))
            error = random.uniform(0.2, 0.9, len(terms))
            kind = "ordered" if number is None else "multinomial"
            parts.append(
                pd.DataFrame(terms).assign(
                    model=kind, correction=correction, kind="slope", coefficient=estimate,
                    std_error=error, odds_ratio=np.exp(estimate),
                    low=np.exp(estimate - 1.96 * error), high=np.exp(estimate + 1.96 * error),
                    shift=random.normal(0, 0.2, len(terms)),
                    p_value=random.uniform(0, 0.1, len(terms)), unstable=error > 0.85,
                    **{"class": pd.array([number] * len(terms), dtype="Int64")},
                    reference_class=pd.array([number and 1] * len(terms), dtype="Int64"),
                )
            )  # fmt: skip
    fit = pd.DataFrame(
        [{"model": model, "correction": correction, "reference_class": 1, "n": 300}
         for model in ("multinomial", "ordered") for correction in ("none", "bch")]
    )  # fmt: skip
    classes = pd.DataFrame({"class": range(1, n_classes + 1), "type": ""})
    return {
        "membership_coefficients": pd.concat(parts, ignore_index=True),
        "membership_fit": fit,
        "classes": classes,
    }


def made_up_predictions(
    labels: Labels, *, n_classes: int = 4, seed: int = 1
) -> dict[str, pd.DataFrame]:
    """Make up the probabilities of the multinomial model, corrected or not, fit and classes."""
    random = np.random.default_rng(seed)
    answers = [
        {"variable": each.id, "category": code, "reference_category": each.choice_codes[0],
         "value": np.nan}
        for each in labels.questionnaire.respondent if each.type == "single"
        for code in each.choice_codes
    ]  # fmt: skip
    answers += [{"variable": "age", "category": "", "reference_category": "", "value": value}
                for value in (35.0, 45.0, 55.5)]  # fmt: skip
    parts = []
    for correction in ("none", "bch"):
        shares = 100 * random.dirichlet(np.ones(n_classes), len(answers))
        for number in range(1, n_classes + 1):
            share = shares[:, number - 1]
            parts.append(
                pd.DataFrame(answers).assign(
                    model="multinomial", correction=correction, **{"class": number},
                    probability=share, std_error=3.0, low=share / 2, high=(share + 100) / 2,
                )
            )  # fmt: skip
    fit = made_up_membership(labels, n_classes=n_classes, seed=seed)["membership_fit"]
    return {
        "membership_predictions": pd.concat(parts, ignore_index=True),
        "membership_fit": fit,
        "classes": pd.DataFrame({"class": range(1, n_classes + 1), "type": ""}),
    }
