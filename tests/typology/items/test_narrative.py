"""Sentences, read against tables made by hand: every word can be checked by eye."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from typology.axes.sentences import axis_sentences, guttman_sentence
from typology.documents.discussion import (
    confirmation_sentence,
    curvature_sentence,
    first_axis_sentence,
    shared_themes_sentence,
    summary,
    use_sentence,
)
from typology.exhibits.clauses import block_phrase, inside
from typology.exhibits.labels import Labels
from typology.exhibits.run_tables import consolidation_moves
from typology.items.sentences import reliability_sentence, unanimous_sentence
from typology.people.sentences import flow_sentence
from typology.questionnaire import Questionnaire, Text
from typology.results.pipeline import run_pipeline
from typology.study import load_study
from typology.types.sentences import (
    classes_sentence,
    consolidation_sentence,
    type_sentences,
    type_title,
)

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
)  # fmt: skip
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
             "chosen": [True, False, False]}
        ),
        "class_moves": pd.DataFrame(
            {"tree_class": [1, 2, 1, 2], "class": [1, 1, 2, 2], "n": [24, 1, 0, 75],
             "continues": [True, False, False, True]}
        ),
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


def test_a_named_type_in_french() -> None:
    assert plain(type_sentences(tables(), labels("fr"), 1)) == (
        "Le type 1, « les calmes » (n = 25 ; 25,0 %), est nettement moins d'accord que l'ensemble "
        "des répondants avec les attentes (accord moyen de 1,4 contre 2,0, sur une échelle de 1 à "
        "3) et plus d'accord avec le bloc « Ouverture » (2,6 contre 2,3). L'accord y est bien "
        "moins fréquent que dans l'ensemble avec « gagner du temps » (10,0 % contre 60,0 %) ; il y "
        "est bien plus fréquent avec « changer » (91,0 % contre 50,0 %). Parmi les variables qui "
        "n'ont pas servi à former les types, une réponse y est plus fréquente que dans l'ensemble "
        ": sexe « femme » (80,0 % contre 50,0 %) ; sur une autre variable, une réponse l'est "
        "moins : travail « enseignement » (5,0 % contre 30,0 %). La moyenne y est plus élevée que "
        "dans l'ensemble pour la variable « âge » (50,04 contre 50,01 ans)."
    )


def test_a_named_type_in_english() -> None:
    assert plain(type_sentences(tables(), labels("en"), 1)) == (
        "Type 1, “the calm” (n = 25; 25.0%), agrees far less than respondents as a whole with the "
        "hopes (mean 1.4 against 2.0, on a scale from 1 to 3) and more with the “Openness” items "
        "(2.6 against 2.3). Agreement is much less frequent than in the whole sample with “save "
        "time” (10.0% against 60.0%); it is much more frequent with “change” (91.0% against "
        "50.0%). Among the variables that played no part in forming the types, one answer is more "
        "frequent than in the whole sample: sex “woman” (80.0% against 50.0%); on another "
        "variable, one answer is less so: work “teaching” (5.0% against 30.0%). The mean is higher "
        "than in the whole sample for “age” (50.04 against 50.01 years)."
    )


def test_a_class_without_a_name_and_with_nothing_significant_says_so() -> None:
    told = plain(type_sentences(tables(), labels("fr"), 2))
    assert told.startswith("La classe 2 (n = 75 ; 75,0 %) est plus d'accord que l'ensemble")
    assert "Sur aucun énoncé la part d'accord ne s'y écarte de 10 points" in told
    assert "aucune réponse n'y est significativement plus ou moins fréquente" in told
    assert plain(type_title(tables(), labels("en"), 2)) == "Class 2 (n = 75; 75.0%)"
    assert plain(type_title(tables(), labels("fr"), 1)) == (
        "Type 1, « les calmes » (n = 25 ; 25,0 %)"
    )


def test_without_supplementary_variables_nothing_is_said_of_them() -> None:
    given = tables()
    given["class_categories"] = given["class_categories"].query("role == 'active'")
    given["class_quantities"] = given["class_quantities"].iloc[:0]
    for number in (1, 2):
        assert "n'ont pas servi" not in type_sentences(given, labels("fr"), number)


def test_no_sentence_claims_a_cause() -> None:
    told = summary(tables(), labels("en")) + type_sentences(tables(), labels("en"), 1)
    assert not {"because", "causes", "due", "leads", "explains"} & set(told.lower().split())


def test_flow_tells_who_was_left_out_and_why() -> None:
    assert plain(flow_sentence(tables(), labels("fr"))) == (
        "Sur 104 répondants, 4 ont été écartés (1 sans aucune réponse et 3 avec au moins un énoncé "
        "sans réponse) et 100 analysés."
    )
    one = tables()
    one["flow"] = one["flow"].assign(excluded=[0, 1, 0, 0], remaining=[101, 100, 100, 100])
    assert plain(flow_sentence(one, labels("en"))) == (
        "Of 101 respondents, one was left out (without any answer) and 100 analysed."
    )
    none = tables()
    none["flow"] = none["flow"].assign(excluded=0, remaining=1234)
    assert plain(flow_sentence(none, labels("fr"))) == (
        "Les 1 234 répondants ont tous été analysés."
    )


def test_unanimous_items_come_in_their_rank() -> None:
    assert plain(unanimous_sentence(tables(), labels("fr"), "hopes")) == (
        "Parmi les attentes, l'accord le plus large va, dans l'ordre, à « CPTS utiles » (60,5 % "
        "d'accord ; IC à 95 % : 40,0–70,0) et « gagner du temps » (60,0 % ; 40,0–70,0)."
    )
    assert plain(unanimous_sentence(tables(), labels("en"), "open", top=1)) == (
        "Among the “Openness” items, the one most agreed with is “try” (50.0% agree; 95% CI "
        "40.0–70.0)."
    )


def test_reliability_is_marked_and_a_very_high_alpha_warned_of() -> None:
    assert plain(reliability_sentence(tables(), labels("fr"))) == (
        "La cohérence interne est très élevée pour les attentes (alpha de Cronbach 0,96 ; oméga de "
        "McDonald 0,97 ; 2 énoncés) ; faible pour le bloc « Ouverture » (0,50 ; 0,55 ; 2 énoncés). "
        "Un alpha supérieur à 0,95 (les attentes) peut signaler des énoncés qui se répètent."
    )


def test_an_axis_opposes_what_makes_its_sides() -> None:
    assert plain(axis_sentences(tables(), labels("fr"), 1)) == (
        "L'axe 1 (20,0 % de l'inertie, 80,0 % après correction de Benzécri) oppose le désaccord "
        "avec les attentes (côté négatif) à l'accord avec les attentes (côté positif). Les "
        "réponses qui y contribuent le plus sont, du côté négatif, « non » à « gagner du temps » "
        "et à « CPTS utiles » ; du côté positif, « oui » à « gagner du temps » et à « CPTS utiles "
        "». Parmi les variables qui n'ont pas servi à construire les axes, on trouve, du côté "
        "négatif, sexe « femme »."
    )


def test_an_axis_of_extremes_against_the_middle_is_told_so() -> None:
    told = plain(axis_sentences(tables(), labels("en"), 2))
    assert told.startswith(
        "Axis 2 (10.0% of the inertia) opposes intermediate answers (negative side) to firm "
        "answers, one way or the other (positive side)."
    )


def test_reversed_items_are_read_turned_round() -> None:
    given = tables()["categories"]
    content = QUESTIONNAIRE.model_dump()
    content["blocks"][0]["items"][0]["reversed"] = True
    content["blocks"][0]["items"][1]["reversed"] = True
    turned = Labels(Questionnaire.model_validate(content), "en", TYPES)
    told = axis_sentences({**tables(), "categories": given}, turned, 1)
    assert "opposes agreement with the hopes (negative side) to disagreement" in told
    assert "Reversed items count there as turned round." in told


@pytest.mark.parametrize(
    ("r2", "said"), [(0.5, "est marqué"), (0.3, "en partie"), (0.1, "pas d'effet Guttman notable")]
)
def test_the_guttman_effect_is_told_in_words(r2: float, said: str) -> None:
    given = {**tables(), "guttman": pd.DataFrame({"axis_x": [1], "axis_y": [2], "r2": [r2]})}
    assert said in guttman_sentence(given, labels("fr"))
    assert guttman_sentence(given, labels("fr"), axis_y=3) == ""


def test_the_number_of_classes_is_compared_with_the_criterion() -> None:
    told = plain(classes_sentence(tables(), labels("fr")))
    assert told.startswith(
        "Le critère de perte relative d'inertie suggère trois classes ; l'étude en retient deux."
    )
    assert "Une coupure en deux classes" not in told
    assert told.endswith(
        "Les classes sont : « les calmes » (n = 25 ; 25,0 %) et la classe 2 (n = 75 ; 75,0 %)."
    )
    better = tables()
    better["inertia_gains"] = better["inertia_gains"].assign(criterion=[0.4, 0.5, 0.66])
    assert "(0,40 contre 0,50)" in classes_sentence(better, labels("fr"))


def test_moves_are_counted_whatever_the_numbers_of_the_classes() -> None:
    assert plain(consolidation_sentence(tables(), labels("fr"))) == (
        "La consolidation a fait changer de classe un répondant sur 100 (1,0 %)."
    )
    given = tables()
    given["class_moves"] = given["class_moves"].assign(
        n=[0, 75, 25, 0], continues=[False, True, True, False]
    )
    assert consolidation_moves(given).continues == {1: 2, 2: 1}
    assert consolidation_sentence(given, labels("en")) == "Consolidation moved nobody."


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        ("Gagner du temps", "gagner du temps"),
        ("CPTS utiles", "CPTS utiles"),
        ("COVID-19 et soins", "COVID-19 et soins"),
        ("L’hôpital", "l’hôpital"),
        ("L'ARS décide", "l'ARS décide"),
        ("Âge", "âge"),
        ("I feel forced", "I feel forced"),
        ("A plan.", "a plan"),
        ("", ""),
    ],
)
def test_labels_lose_their_capital_inside_a_sentence_but_acronyms_do_not(
    label: str, expected: str
) -> None:
    assert inside(label) == expected


@pytest.mark.parametrize(
    ("title", "language", "expected"),
    [
        ("Attentes", "fr", "les attentes"),
        ("Freins", "fr", "les freins"),
        ("Accès", "fr", "le bloc « Accès »"),
        ("Temps", "fr", "le bloc « Temps »"),
        ("Ce qui freine", "fr", "le bloc « Ce qui freine »"),
        ("Fears", "en", "the fears"),
        ("Openness", "en", "the “Openness” items"),
        ("Focus", "en", "the “Focus” items"),
    ],
)
def test_only_a_plural_takes_its_article(title: str, language: str, expected: str) -> None:
    content = QUESTIONNAIRE.model_dump()
    content["blocks"][0]["title"] = {"fr": title, "en": title}
    named = Labels(Questionnaire.model_validate(content), language, {})
    assert plain(block_phrase(named, "hopes")) == expected


def test_words_of_the_questionnaire_cannot_break_markdown() -> None:
    content = QUESTIONNAIRE.model_dump()
    content["blocks"][0]["items"][1]["fr"] = "Une *étoile* @moi"
    told = unanimous_sentence(
        tables(), Labels(Questionnaire.model_validate(content), "fr"), "hopes"
    )
    assert r"une \*étoile\* \@moi" in told


@pytest.mark.parametrize("study", ["analysis/study.yml", "tests/bfi_study/study.yml"])
@pytest.mark.parametrize("number_of_classes", [2, 10])
def test_sentences_hold_on_real_runs_whatever_the_number_of_classes(
    project: Path, study: str, number_of_classes: int
) -> None:
    loaded = load_study(project / study)
    choices = loaded.choices.model_copy(update={"classes": number_of_classes})
    analysis = run_pipeline(type(loaded)(**{**vars(loaded), "choices": choices}), validity=False)
    ids = set(analysis.questionnaire.items) | set(analysis.questionnaire.questions)
    for language in ("fr", "en"):
        named = Labels(analysis.questionnaire, language, loaded.type_names)
        told = everything(analysis.tables, named)
        assert len(told) > 2 * number_of_classes
        for sentence in told:
            assert "nan" not in sentence.replace("financ", "").split()
            assert not {"{", "}", "None", "<NA>"} & set(sentence.split())
            assert "  " not in sentence
            assert sentence == sentence.strip()
            coded = {name for name in ids if any(letter.isdigit() for letter in name)}
            assert not coded & set(sentence.replace("(", " ").split())


def everything(given: Mapping[str, pd.DataFrame], named: Labels) -> list[str]:
    kept = given["axes"].loc[given["axes"]["kept"].astype(bool), "axis"]
    return [
        flow_sentence(given, named),
        reliability_sentence(given, named),
        guttman_sentence(given, named),
        classes_sentence(given, named),
        consolidation_sentence(given, named),
        summary(given, named, simulated=True),
        shared_themes_sentence(given, named),
        first_axis_sentence(given, named),
        curvature_sentence(given, named),
        confirmation_sentence(given, named),
        use_sentence(given, named),
        *(axis_sentences(given, named, int(axis)) for axis in kept),
        *(type_sentences(given, named, int(each)) for each in given["classes"]["class"]),
        *(type_title(given, named, int(each)) for each in given["classes"]["class"]),
    ]


# --- Little agreement.


def agreed(*shares: float) -> dict[str, pd.DataFrame]:
    """Return the table of agreement with the first block, whose items are agreed with so much."""
    block = QUESTIONNAIRE.blocks[0]
    items = [item.id for item in block.items][: len(shares)]
    rows = [
        {"block": block.id, "item": item, "agree_share": share, "agree_low": share / 2,
         "agree_high": share, "rank": rank}
        for rank, (item, share) in enumerate(zip(items, shares, strict=True), 1)
    ]  # fmt: skip
    return {"item_agreement": pd.DataFrame(rows)}


@pytest.mark.parametrize(
    ("shares", "fr", "en"),
    [
        ((0.0, 0.0), "aucun énoncé ne recueille d'accord", "nobody agrees with any"),
        ((0.04, 0.0), "aucun énoncé ne recueille d'accord", "nobody agrees with any"),
        ((12.0, 0.0), "aucun énoncé n'a l'accord de la moitié", "none has the agreement of half"),
        ((np.nan, np.nan), "n'a reçu de réponse", "none was answered"),
    ],
)
def test_items_that_few_agree_with_are_not_called_most_agreed_with(
    shares: tuple[float, ...], fr: str, en: str
) -> None:
    for language, expected in (("fr", fr), ("en", en)):
        labels = Labels(QUESTIONNAIRE, language, {})
        sentence = unanimous_sentence(agreed(*shares), labels, QUESTIONNAIRE.blocks[0].id)
        assert expected in sentence
        assert "(0" not in sentence


def test_items_that_nobody_agrees_with_end_the_list() -> None:
    labels = Labels(QUESTIONNAIRE, "en", {})
    sentence = unanimous_sentence(agreed(80.0, 0.0), labels, QUESTIONNAIRE.blocks[0].id)
    assert "80.0%" in sentence
    assert "0.0%;" not in sentence.replace("80.0%", "")
