"""Sentences on validity, read against tables made by hand."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest

from typology.exhibits.labels import Labels
from typology.questionnaire import Questionnaire, Text
from typology.validity.latent_class_sentences import latent_classes_sentence
from typology.validity.notes import Note, notes_table
from typology.validity.sentences import (
    criteria_sentence,
    imputation_sentence,
    sensitivity_sentence,
    stability_sentence,
    validity_paragraphs,
)
from typology.validity.verdict_sentences import (
    usual_criteria_sentence,
    verdict_meaning,
    verdict_sentence,
)

BOTH = {"fr": "Oui", "en": "Yes"}
SCALE = [{"code": code, **BOTH} for code in (1, 2, 3)]
SCALE[0] |= {"fr": "Non", "en": "No", "stance": "disagree"}
SCALE[1] |= {"fr": "Neutre", "en": "Neutral", "stance": "neutral"}
TYPES = {
    "calm": Text(fr="les calmes", en="the calm"),
    "lively": Text(fr="les vifs", en="the lively"),
}
STEPS = (
    ("slices", "independence", "within_share", 0.2, 0.4),
    ("regions", "independence", "within_share", 0.2, 0.4),
    ("regions", "one continuum", "second_direction", 1.8, 1.1),
    ("groups", "independence", "separation", 0.3, -0.6),
    ("groups", "continuous attitudes", "separation", 0.3, -0.2),
)


def labels(language: str) -> Labels:
    items = [{"id": "A1", **BOTH, "short": BOTH}, {"id": "A2", **BOTH, "short": BOTH}]
    block = {"id": "hopes", "title": {"fr": "Attentes", "en": "Hopes"}, "scale": "s",
             "direction": "favourable", "items": items}  # fmt: skip
    scale = [{key: value for key, value in point.items() if key != "stance"} for point in SCALE]
    questionnaire = Questionnaire.model_validate(
        {"title": {"fr": "Essai", "en": "Trial"}, "scales": {"s": scale}, "blocks": [block]}
    )
    return Labels(questionnaire, language, TYPES)


def plain(text: str) -> str:
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def verdict(rung: str, p_values: tuple[float, ...]) -> dict[str, pd.DataFrame]:
    steps = pd.DataFrame(STEPS, columns=["rung", "null", "statistic", "sample", "null_mean"])
    steps = steps.assign(p_value=p_values)
    steps["beaten"] = steps["p_value"] <= 0.05
    return {"verdict": pd.DataFrame({"rung": [rung]}), "verdict_steps": steps}


def tables(**replaced: Any) -> dict[str, pd.DataFrame]:
    made = {
        "classes": pd.DataFrame({"class": [1, 2], "type": ["calm", "lively"], "n": [30.0, 10.0]}),
        "axes": pd.DataFrame({"axis": [1, 2, 3], "kept": [True, True, False]}),
        "stability": pd.DataFrame(
            {"class": [1, 2], "mean_jaccard": [0.9, 0.7], "replicates": [200, 200],
             "reading": ["highly stable", "a pattern"]}
        ),
        "stability_respondents": pd.DataFrame({"confidence": [1.0, 0.75, 0.7, 0.4]}),
        "sensitivity_cases": pd.DataFrame(
            {"active_set": ["all", "all", "hopes"], "classes": [2, 3, 2],
             "adjusted_rand": [1.0, 0.5, 0.3]}
        ),
        "imputation_classes": pd.DataFrame({"mean_jaccard": [0.99, 0.9]}),
        "imputation_respondents": pd.DataFrame({"own_share": [100.0, 100.0, 95.0, 100.0]}),
        "latent_classes": pd.DataFrame(
            {"classes": [1, 2, 3], "parameters": [10, 41, 62], "bic": [90.0, 70.0, 75.0],
             "abic": [80.0, 60.0, 50.0], "entropy": [np.nan, 0.9, 0.8],
             "p_value": [np.nan, 0.025, 0.4], "replicated": [True, True, True]}
        ),
        "other_methods": pd.DataFrame(
            {"method": ["study", "latent_classes"], "chosen_by": ["study", "study"],
             "adjusted_rand": [1.0, 0.8]}
        ),
        "axes_criteria": pd.DataFrame(
            {"criterion": ["elbow", "greenacre"], "number": pd.array([1, pd.NA], dtype="Int64")}
        ),
        "classes_criteria_summary": pd.DataFrame(
            {"criterion": ["gap", "silhouette"], "classes": [1, 4]}
        ),
    }  # fmt: skip
    return made | replaced


def test_a_verdict_of_regions_tells_what_was_beaten_and_what_was_not() -> None:
    given = tables() | verdict("regions", (0.01, 0.01, 0.02, 0.01, 0.4))
    assert plain(verdict_sentence(given, labels("fr"))) == (
        "Les types sont des régions d'un espace continu d'attitudes plutôt que des groupes "
        "séparés : les réponses d'un même type se ressemblent plus que si elles étaient sans lien "
        "(inertie intra-classe de 20,0 %, contre 40,0 % en moyenne avec des réponses "
        "indépendantes, p = 0,01) et les réponses ont en commun plus qu'un seul continuum "
        "(deuxième valeur propre de leurs corrélations de 1,80, contre 1,10 en moyenne avec un "
        "seul continuum, p = 0,02), mais rien ne montre que les types soient mieux séparés que "
        "dans une population sans groupes (séparation de 0,30, contre −0,20 en moyenne avec des "
        "attitudes continues, p = 0,40)."
    )


def test_a_verdict_of_groups_names_every_population_beaten() -> None:
    given = tables() | verdict("groups", (0.01,) * 5)
    assert plain(verdict_sentence(given, labels("en"))) == (
        "The types are separate groups: they are better separated than in any population without "
        "groups (separation of 0.30, against −0.60 on average with independent answers, p = 0.01; "
        "−0.20 with continuous attitudes, p = 0.01)."
    )


@pytest.mark.parametrize(
    ("rung", "p_values", "said", "unsaid"),
    [
        ("no_structure", (0.5, 0.5, 0.01, 0.9, 0.9), "p = 0.50", "continuum"),
        ("slices", (0.01, 0.01, 0.6, 0.9, 0.9), "p = 0.60", "separated"),
    ],
)
def test_lower_verdicts_stop_at_the_next_rung(
    rung: str, p_values: tuple[float, ...], said: str, unsaid: str
) -> None:
    sentence = plain(verdict_sentence(tables() | verdict(rung, p_values), labels("en")))
    assert said in sentence
    assert unsaid not in sentence
    assert verdict_meaning(verdict(rung, p_values), labels("en"))


def test_an_unknown_statistic_is_refused() -> None:
    given = verdict("groups", (0.01,) * 5)
    given["verdict_steps"]["statistic"] = "dip"
    with pytest.raises(KeyError, match="No words under 'verdict_clause > dip'"):
        verdict_sentence(given, labels("fr"))


def test_stability_groups_the_types_by_reading_and_counts_the_doubtful() -> None:
    assert plain(stability_sentence(tables(), labels("fr"))) == (
        "Quand l'analyse entière est refaite sur 200 rééchantillonnages des répondants, l'indice "
        "de Jaccard moyen des types va de 0,70 à 0,90 (très stables : les calmes ; de simples "
        "tendances : les vifs). 2 répondants sur 4 (50,0 %) retrouvent leur type dans moins de "
        "75 % des rééchantillonnages."
    )


@pytest.mark.parametrize(
    ("confidence", "said"),
    [([1.0, 0.8], "Every respondent"), ([1.0, 0.2], "One respondent of 2 (50.0%)")],
)
def test_nobody_or_one_respondent_may_be_doubtful(confidence: list[float], said: str) -> None:
    given = tables(stability_respondents=pd.DataFrame({"confidence": confidence}))
    assert said in plain(stability_sentence(given, labels("en")))


def test_sensitivity_tells_all_cases_then_those_with_as_many_classes() -> None:
    assert plain(sensitivity_sentence(tables(), labels("en"))) == (
        "Under 3 combinations of choices (axes, classes, missing answers, active items, "
        "consolidation), the adjusted Rand index with the study's typology ranges from 0.30 to "
        "1.00 (median 0.50). With all items and as many classes, its median is 1.00. With the "
        "items of a single block, it is 0.30 (“Hopes”)."
    )


def test_imputation_counts_who_changes_type() -> None:
    assert plain(imputation_sentence(tables(), labels("fr"))).endswith(
        "va de 0,90 à 0,99 ; un répondant sur 4 (25,0 %) change de type dans une imputation au "
        "moins."
    )


def test_nothing_missing_is_not_the_same_as_not_computed() -> None:
    given = tables()
    del given["imputation_classes"]
    assert plain(imputation_sentence(given, labels("fr"))).startswith("Aucune réponse ne manque")
    limit = Note("imputation", "not_computed", "one_answer_each")
    given["validity_notes"] = notes_table([limit])
    assert plain(imputation_sentence(given, labels("fr"))) == (
        "Réponses manquantes imputées : non calculé. Chaque énoncé n'a reçu qu'une réponse : rien "
        "ne distingue les répondants."
    )


def test_latent_classes_tell_both_criteria_the_test_and_too_many_parameters() -> None:
    assert plain(latent_classes_sentence(tables(), labels("en"))) == (
        "A latent class analysis keeps two classes by the BIC and three by the adjusted BIC "
        "(relative entropy of 0.900 with two classes). The likelihood-ratio test stops at two "
        "classes (p = 0.400 for one more). With as many classes as the study, the adjusted Rand "
        "index of its classes with the types is 0.80. The model of two classes has more "
        "parameters (41) than the study has respondents (40): its choice is fragile."
    )


@pytest.mark.parametrize(
    ("language", "told"),
    [("en", "no second independent search found again, of 2, 3 classes"),
     ("fr", "qu'une seconde recherche indépendante n'a pas retrouvés, à 2, 3 classes")],
)  # fmt: skip
def test_models_found_once_are_told(language: str, told: str) -> None:
    models = tables()["latent_classes"].assign(replicated=[True, False, False])
    found = tables(latent_classes=models)
    assert told in plain(latent_classes_sentence(found, labels(language)))
    assert "independent" not in plain(latent_classes_sentence(tables(), labels("en")))


def test_a_single_latent_class_is_told_as_such() -> None:
    models = tables()["latent_classes"].assign(bic=[1.0, 2.0, 3.0], p_value=np.nan)
    sentence = plain(latent_classes_sentence(tables(latent_classes=models), labels("fr")))
    assert sentence.startswith("Une analyse en classes latentes n'en retient qu'une")
    assert "paramètres" not in sentence


def test_criteria_without_a_number_are_left_out() -> None:
    assert plain(criteria_sentence(tables(), labels("en"))) == (
        "The study keeps two axes; the criteria suggest from 1 to 1 (elbow: 1). The study keeps "
        "two classes; the criteria suggest from 1 to 4 (gap statistic: 1; silhouette: 4). The "
        "gap statistic, the only one that can say so, sees a single class."
    )


def test_usual_criteria_are_told_for_continuous_attitudes() -> None:
    names = ["null", "suggested_as_many", "mean_jaccard", "jaccard_low", "jaccard_high"]
    rows = [
        ("sample", 100.0, 0.9, 0.9, 0.9, 0.5),
        ("continuous attitudes", 15.2, 0.8, 0.6, 0.94, 0.49),
    ]
    described = pd.DataFrame(rows, columns=[*names, "silhouette"])
    sentence = plain(usual_criteria_sentence(tables(null_descriptions=described), labels("en")))
    assert "stability of 0.80 (0.60 to 0.94; sample: 0.90)" in sentence
    assert "suggests two classes in 15% of the draws" in sentence
    unknown = described.assign(mean_jaccard=np.nan)
    assert usual_criteria_sentence(tables(null_descriptions=unknown), labels("en")) == ""


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_paragraph_says_what_was_not_computed(language: str) -> None:
    said = plain(validity_paragraphs({"classes": tables()["classes"]}, labels(language)))
    assert said.count("non calculé" if language == "fr" else "not computed") == 4
    full = validity_paragraphs(
        tables() | verdict("slices", (0.01, 0.01, 0.6, 0.9, 0.9)), labels(language)
    )
    assert "Non calculé" not in full
    assert "Not computed" not in full
