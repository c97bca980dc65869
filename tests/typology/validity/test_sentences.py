"""Sentences on validity, read against tables made by hand."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest

from rfree.reality.verdict import OF_A_BEND
from typology.exhibits.labels import Labels
from typology.questionnaire import Questionnaire, Text
from typology.validity.grouped_confidence import confidence_table
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
    boundaries_sentence,
    choices_sentence,
    second_direction_sentence,
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
    ("structure", "independence", "within_share", 0.2, 0.4),
    ("directions", "one attitude", "second_eigenvalue", 1.8, 1.1),
    ("gaps", "own shape", "weakest_gap", 3.5, 0.2),
    ("gaps", "ring", "weakest_gap", 3.5, 0.6),
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


def verdict(
    rung: str,
    p_values: tuple[float, ...] = (0.002,) * 4,
    *,
    one_score: float = 0.8,
    several: bool = False,
    stopped_by: str = "",
    n_groups: int | None = None,
    straight_liners: int = 0,
    bent: float | None = None,
) -> dict[str, pd.DataFrame]:
    steps = pd.DataFrame(STEPS, columns=["question", "null", "statistic", "sample", "null_mean"])
    steps = steps.assign(
        p_value=p_values, null_low=0.0, null_high=steps["null_mean"] + 4, replicates=499
    )
    if bent is not None:
        score = dict(zip(steps, (*OF_A_BEND, 0.8, 0.83, bent, 0.78, 0.9, 499), strict=True))
        steps = pd.concat([steps, pd.DataFrame([score])], ignore_index=True)
    steps["beaten"] = steps["p_value"] <= 0.05
    told = pd.DataFrame(
        {"rung": [rung], "several_directions": [several], "one_score": [one_score],
         "ordered": [one_score >= 0.9],
         "stopped_by": [stopped_by], "n_groups": pd.array([n_groups], dtype="Int64"),
         "straight_liners": [straight_liners], "classes": [4]}
    )  # fmt: skip
    apart = pd.DataFrame({"class": [1, 2], "comes_back": [True, False]})
    return {"verdict": told, "verdict_steps": steps, "set_apart": apart}


def confidence(values: list[float]) -> pd.DataFrame:
    """The confidence of respondents of one type, each alone."""
    members = pd.DataFrame({"class": 1, "confidence": values, "second_class": 2})
    return confidence_table(members, smallest=1)


def tables(**replaced: Any) -> dict[str, pd.DataFrame]:
    made = {
        "classes": pd.DataFrame({"class": [1, 2], "type": ["calm", "lively"], "n": [30.0, 10.0]}),
        "axes": pd.DataFrame({"axis": [1, 2, 3], "kept": [True, True, False]}),
        "stability": pd.DataFrame(
            {"class": [1, 2], "mean_jaccard": [0.9, 0.7], "replicates": [200, 200],
             "reading": ["highly stable", "a pattern"]}
        ),
        "stability_confidence": confidence([1.0, 0.75, 0.7, 0.4]),
        "sensitivity_cases": pd.DataFrame(
            {"active_set": ["all", "all", "hopes"], "classes": [2, 3, 2],
             "adjusted_rand": [1.0, 0.5, 0.3]}
        ),
        "imputation_classes": pd.DataFrame({"mean_jaccard": [0.99, 0.9]}),
        "imputation_changed": pd.DataFrame({"n": [4], "changed": [1.0]}),
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


def test_regions_tell_what_answers_share_and_the_boundary_without_a_gap() -> None:
    given = tables() | verdict("regions", (0.002, 0.01, 0.3, 0.4), several=True, one_score=0.67)
    assert plain(verdict_sentence(given, labels("fr"))) == (
        "Les types sont des régions d'un espace continu d'attitudes plutôt que des groupes "
        "séparés : un seul score ne retrouve le type que de 67 % des répondants, et les réponses "
        "ont en commun plus qu'une seule attitude (deuxième valeur propre de leurs corrélations de "
        "1,80, contre 1,10 en moyenne avec une seule attitude, p = 0,01), mais à la frontière la "
        "moins nette entre deux types voisins, le creux (profondeur 3,50) ne dépasse pas ce que "
        "donnent des populations sans groupes (avec des attitudes en anneau, 0,60 en moyenne et "
        "jusqu'à 4,60 dans 95 % des tirages, p = 0,40)."
    )


def test_groups_name_the_population_that_comes_nearest_and_a_floor_is_said() -> None:
    given = tables() | verdict("ordered groups", one_score=0.97)
    assert plain(verdict_sentence(given, labels("en"))) == (
        "The types are separate groups, ordered along one attitude: between neighbouring types "
        "even the weakest gap (depth 3.50) is deeper than in the populations without gaps (0.60 "
        "on average with attitudes on a ring, which come nearest, p ≤ 0.002), and a single score "
        "is enough to recover the type of 97% of the respondents."
    )


@pytest.mark.parametrize(
    ("given", "said", "unsaid"),
    [
        (verdict("no structure", (0.5, 0.5, 0.9, 0.9)), "p = 0.50", "score"),
        (verdict("slices", (0.002, 0.6, 0.3, 0.3)), "nothing shows that the answers", "but"),
        (verdict("slices", (0.002, 0.01, 0.3, 0.3)), "without those who gave the same", "only"),
        (verdict("slices", (0.002, 0.01, 0.3, 0.3), bent=0.3),
         "no fewer than if a single attitude that bends accounted for everything (83.0% on "
         "average and at least 78.0% in 95% of the draws, p = 0.30)", "eigenvalue"),
        (verdict("slices", (0.002, 0.2, 0.3, 0.3), bent=0.3), "(second eigenvalue", "bends"),
        (verdict("slices", stopped_by="recovery"), "the lively does not come back", "p ="),
        (verdict("slices", stopped_by="straight liners", straight_liners=31),
         "without the 31 respondents", "come back"),
        (verdict("other groups", (0.002, 0.01, 0.3, 0.3), n_groups=2),
         "show two groups, which are not the study's four types", "score"),
    ],
)  # fmt: skip
def test_each_verdict_tells_what_decided_it(
    given: dict[str, pd.DataFrame], said: str, unsaid: str
) -> None:
    sentence = plain(verdict_sentence(tables() | given, labels("en")))
    assert said in sentence
    assert unsaid not in sentence
    assert verdict_meaning(given, labels("en"))


def boundaries(*gaps: bool) -> pd.DataFrame:
    pairs = [(1, 2), (2, 1)][: len(gaps)]
    return pd.DataFrame(pairs, columns=["class", "neighbour"]).assign(
        has_gap=gaps, p_value=0.002, p_holm=0.004, null="own shape"
    )


@pytest.mark.parametrize(
    ("gaps", "said"),
    [
        ((False, False), "Neither of the two boundaries between neighbouring types shows a gap"),
        ((False,), "The only boundary between neighbouring types shows no gap."),
        ((True,), "The only boundary between neighbouring types shows a gap."),
        ((True, True), "Each of the two boundaries"),
        ((True, False), "one shows a gap: between the calm and the lively (p = 0.004)"),
    ],
)
def test_boundaries_are_told_one_by_one(gaps: tuple[bool, ...], said: str) -> None:
    drawn = pd.DataFrame({"null": ["own shape"], "statistic": ["weakest_gap"], "replicates": [999]})
    given = tables(boundaries=boundaries(*gaps), null_tests=drawn)
    told = boundaries_sentence(given, labels("en"))
    assert said in plain(told)
    assert boundaries_sentence(tables(), labels("en")) == ""


def test_two_items_alike_are_named() -> None:
    second = pd.DataFrame({"second_kind": ["two alike"], "one_sign": [0.9], "at_random": [0.0]})
    loadings = pd.DataFrame(
        {"item": ["A1", "A2"], "second_loading": [0.8, -0.7], "counts_with": np.nan}
    )
    given = tables(second_direction=second, second_loadings=loadings)
    told = plain(second_direction_sentence(given, labels("en")))
    assert told.startswith("Their second direction is what two items nearly alike have in common:")
    assert "at random" not in told
    assert second_direction_sentence(tables(), labels("en")) == ""


def test_items_that_count_as_one_are_named() -> None:
    second = pd.DataFrame({"second_kind": ["nothing"], "one_sign": [0.9], "at_random": [0.0]})
    loadings = pd.DataFrame(
        {"item": ["A1", "A2"], "second_loading": [0.2, np.nan], "counts_with": [np.nan, "A1"]}
    )
    given = tables(second_direction=second, second_loadings=loadings)
    told = plain(second_direction_sentence(given, labels("en")))
    assert told.endswith("count as one in the directions of the answers: “yes” and “yes”.")
    assert "comptent pour un" in plain(second_direction_sentence(given, labels("fr")))


def test_the_share_that_answers_at_random_is_told() -> None:
    second = pd.DataFrame({"second_kind": ["nothing"], "one_sign": [0.9], "at_random": [0.142]})
    loadings = pd.DataFrame(
        {"item": ["A1", "A2"], "second_loading": [0.8, -0.7], "counts_with": np.nan}
    )
    given = tables(second_direction=second, second_loadings=loadings)
    assert "some 14% of respondents seem to have answered at random" in plain(
        second_direction_sentence(given, labels("en"))
    )
    assert "environ 14 % des répondants semblent avoir répondu au hasard" in plain(
        second_direction_sentence(given, labels("fr"))
    )


def test_other_choices_that_change_the_verdict_are_named() -> None:
    others = pd.DataFrame(
        {"missing": ["imputation", "passive category", "complete cases"], "axes": [2, 1, 2],
         "rung": ["groups", "groups", "slices"]}
    )  # fmt: skip
    given = tables(verdict_choices=others) | verdict("slices", (0.002, 0.6, 0.3, 0.3))
    assert plain(choices_sentence(given, labels("en"))) == (
        "The verdict depends on the choices: separate groups with the rule “imputation” and 1 axis."
    )
    same = given | {"verdict_choices": others[others["rung"] == "slices"]}
    assert "under the one other choice tried" in choices_sentence(same, labels("en"))
    assert choices_sentence(tables(), labels("en")) == ""


def test_stability_groups_the_types_by_reading_and_counts_the_doubtful() -> None:
    assert plain(stability_sentence(tables(), labels("fr"))) == (
        "Quand l'analyse entière est refaite sur 200 rééchantillonnages des répondants, l'indice "
        "de Jaccard moyen des types va de 0,70 à 0,90 (très stables : les calmes ; de simples "
        "tendances : les vifs). 2 répondants sur 4 (50,0 %) retrouvent leur type dans moins de "
        "75 % des rééchantillonnages."
    )


@pytest.mark.parametrize(
    ("values", "said"),
    [([1.0, 0.8], "Every respondent"), ([1.0, 0.2], "One of 2 respondents (50.0%)")],
)
def test_nobody_or_one_respondent_may_be_doubtful(values: list[float], said: str) -> None:
    given = tables(stability_confidence=confidence(values))
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
        "classes (p = 0.40 for one more). With as many classes as the study, the adjusted Rand "
        "index of its classes with the types is 0.80. The model of two classes has more "
        "parameters (41) than the study has respondents (40): that choice is fragile."
    )


@pytest.mark.parametrize(
    ("p_values", "english", "french"),
    [
        ([np.nan, 0.2, 0.4], "stops at a single class (p = 0.20 for one more).",
         "s'arrête à une seule classe (p = 0,20 pour une de plus)."),
        ([np.nan, 0.01, 0.06], "stops at two classes (p = 0.06 for one more).",
         "s'arrête à deux classes (p = 0,06 pour une de plus)."),
        ([np.nan, 0.06, 0.01], "stops at a single class (p = 0.06 for one more).",
         "s'arrête à une seule classe (p = 0,06 pour une de plus)."),
        ([np.nan, 0.01, 0.05], "still prefers three classes to one fewer (p = 0.05).",
         "il préfère encore trois classes à une de moins (p = 0,05)."),
        ([np.nan, 0.01, np.nan], "still prefers two classes to one fewer (p = 0.01).",
         "il préfère encore deux classes à une de moins (p = 0,01)."),
    ],
)  # fmt: skip
def test_the_test_of_one_class_more_stops_at_the_first_it_refuses(
    p_values: list[float], english: str, french: str
) -> None:
    found = tables(latent_classes=tables()["latent_classes"].assign(p_value=p_values))
    assert english in plain(latent_classes_sentence(found, labels("en")))
    assert french in plain(latent_classes_sentence(found, labels("fr")))


def test_a_p_value_counted_over_replicates_is_told_as_no_more_than_the_least() -> None:
    models = tables()["latent_classes"].assign(p_value=[np.nan, 0.01, 0.01], replicates=99)
    assert "one fewer (p ≤ 0.01)." in plain(
        latent_classes_sentence(tables(latent_classes=models), labels("en"))
    )
    untested = models.assign(p_value=np.nan)
    assert "likelihood-ratio" not in plain(
        latent_classes_sentence(tables(latent_classes=untested), labels("en"))
    )


@pytest.mark.parametrize(
    ("language", "told"),
    [("en", "With 2 and 3 classes, a second independent search did not find the same"),
     ("fr", "Avec 2 et 3 classes, une seconde recherche indépendante n'a pas retrouvé")],
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
        "gap statistic, the only one able to do so, finds a single class."
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
        tables() | verdict("slices", (0.01, 0.6, 0.9, 0.9)), labels(language)
    )
    assert "Non calculé" not in full
    assert "Not computed" not in full
