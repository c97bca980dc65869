"""The models of membership in words: sentences, remarks, values, workbook."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from made_up_members import NOTES, errors_of, fitted_of, labels, members
from typology.exhibits.labels import Labels
from typology.membership.measure import CORRECTIONS, MODELS, REMEDIES, membership_tables
from typology.membership.remarks import (
    LEAVING_OUT,
    correction_remark,
    events_remark,
    left_out_remark,
    odds_remark,
)
from typology.membership.sentences import (
    membership_paragraphs,
    order_sentence,
    probabilities_sentence,
)
from typology.membership.terms import ratio_cells, ratio_text
from typology.results.pipeline import run_pipeline
from typology.results.workbook import column_title, in_words
from typology.study import load_study
from typology.words import LANGUAGES, word

NAMES = [
    *(("model", each) for each in MODELS),
    *(("model_phrase", each) for each in MODELS),
    *(("correction", each) for each in CORRECTIONS),
    *(("kind", each) for each in ("slope", "intercept", "threshold")),
    *(("separation", each) for each in ("none", "quasi-complete", "complete")),
    *(("penalty", each) for each in ("none", "firth", "ridge")),
    *(("penalty_phrase", each) for each in sorted({p for ps in REMEDIES.values() for p in ps})),
    *(("penalty_reason", each) for each in ("separation", "no_convergence")),
    *(("standard_errors", each) for each in ("model", "robust")),
    *(("ordered_by", each) for each in ("attitude", "axis_1")),
    *(("paper_order_note", each) for each in ("attitude", "axis_1")),
    *(("membership_note", each) for each in NOTES),
    *(("membership_left_out", each) for each in LEAVING_OUT),
]  # fmt: skip


def made(**models: Any) -> dict[str, pd.DataFrame]:
    table = members()
    fitted = fitted_of(table, types={1: "wary", 2: "", 3: "calm"}, **models)
    classes = pd.DataFrame({"class": [1, 2, 3], "type": ["wary", "", "calm"]})
    return membership_tables(fitted, errors=errors_of(table)) | {"classes": classes}


@pytest.fixture(scope="module")
def tables() -> dict[str, pd.DataFrame]:
    return made(characteristics=["practice", "sex", "age"])


def plain(text: str) -> str:
    return text.replace("\u00a0", " ").replace("\u202f", " ")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("family", "member"), NAMES)
def test_values_have_words(family: str, member: str, language: str) -> None:
    if family == "paper_order_note":
        assert "x" in word(family, language, member, types="x")
    elif family == "membership_left_out":
        assert word(family, language, member, plural=2)
    else:
        assert word(family, language, member)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sheet_and_column_has_words(tables: dict[str, pd.DataFrame], language: str) -> None:
    words = labels(language)
    for name, table in tables.items():
        if not name.startswith("membership"):
            continue
        assert len(word("sheet", language, name)) <= 31
        assert word("about", language, name).endswith(".")
        told = in_words(table, words)
        assert all(column_title(str(column), words) for column in told)
        raw = {"multinomial", "ordered", "firth", "slope", "quasi-complete", "attitude"}
        assert not raw & set(map(str, told.astype(object).to_numpy().ravel()))


def test_the_paragraph_tells_what_was_planted(tables: dict[str, pd.DataFrame]) -> None:
    text = plain(membership_paragraphs(tables, labels("fr")))
    assert "pratique" not in text
    assert "exercice, sexe et âge (référence : classe 2)" in text
    assert "sont associées aux types : exercice et âge." in text
    assert "Aucune association n'est établie pour : sexe." in text
    assert "la probabilité d'appartenir aux méfiants est de" in text
    assert re.search(r"aux méfiants est de \d+ % \[\d+ ; \d+\] pour « seul » contre \d+ % \[", text)
    assert re.search(r"; aux calmes est de \d+ % \[\d+ ; \d+\] pour « équipe » contre", text)
    assert "un type plus favorable, « groupe » à « exercice » plutôt que « seul »" in text
    assert "[0," not in text
    assert "Ce sont des associations, non des causes." in text
    text = plain(membership_paragraphs(tables, labels("en")))
    assert re.search(r"belonging to the wary is \d+% \[\d+; \d+\] for “solo” against", text)
    assert "These are associations, not causes." in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_sentences_have_no_gap(tables: dict[str, pd.DataFrame], language: str) -> None:
    text = membership_paragraphs(tables, labels(language))
    assert text.endswith(".")
    assert re.search(r"\bnan\b|\bNone\b|<NA>|[{}]|  |\.\.", text) is None


def test_what_no_model_compares_is_told_with_the_reason(tables: dict[str, pd.DataFrame]) -> None:
    assert left_out_remark(tables, labels("fr")) == ""
    some = made(characteristics=["practice"])
    told = "Restent hors des modèles : sexe et âge (que l'étude n'a pas choisi d'y comparer)."
    assert plain(left_out_remark(some, labels("fr"))) == told
    assert told in plain(membership_paragraphs(some, labels("fr")))


def test_few_events_are_warned_of_and_enough_are_not(tables: dict[str, pd.DataFrame]) -> None:
    few = plain(events_remark(tables, labels("fr")))  # 60 for 8 coefficients
    assert "60 répondants, soit 15,0 pour chacun des 4 termes et 7,5 pour chaque" in few
    assert "incertaines" in few
    enough = events_remark(made(characteristics=["age"]), labels("en"))
    assert "at least the ten" in enough


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_single_characteristic_is_told_in_the_singular(language: str) -> None:
    text = membership_paragraphs(made(characteristics=["age"]), labels(language))
    said = {"fr": "d'une seule caractéristique : âge", "en": "on one characteristic: age"}
    assert said[language] in plain(text)
    many = {"fr": "ces caractéristiques|toutes sont|aucune n'est associée|chacun des",
            "en": "these characteristics|all of them|none is associated|each of the 1"}  # fmt: skip
    assert re.search(many[language], plain(text)) is None


def brant(p: float, separated: str = "", adjusted: float = 0.5) -> dict[str, pd.DataFrame]:
    odds = pd.DataFrame(
        {"variable": ["", "age"], "chi2": [9.0, 9.0], "df": [1, 1], "p_value": [p, p],
         "p_adjusted": [np.nan, adjusted], "separated": [separated] * 2}
    )  # fmt: skip
    classes = pd.DataFrame({"class": [1, 2, 3], "type": ["wary", "", "calm"]})
    return {"membership_odds": odds, "classes": classes}


def test_proportional_odds_are_rejected_kept_or_not_known() -> None:
    english = labels("en")
    rejected = plain(odds_remark(brant(0.01, adjusted=0.01), english))
    assert rejected.startswith("Brant's test rejects proportional odds (p = 0.010; Age)")
    assert "without pointing" in odds_remark(brant(0.01), english)
    assert "which is not proof of them" in odds_remark(brant(0.2), english)
    assert "limit between Class 2 and the calm" in odds_remark(brant(np.nan, "2|3"), english)
    assert odds_remark({}, english) == ""


def test_what_the_correction_changes_is_told(tables: dict[str, pd.DataFrame]) -> None:
    table = tables["membership_coefficients"]
    chosen = (table["model"] == "multinomial") & (table["kind"] == "slope")
    shifts = table.loc[chosen & (table["correction"] == "bch"), "shift"].abs()
    told = plain(correction_remark(tables, labels("en")))
    assert f"BCH) moves the 8 coefficients by {shifts.max():.1f} standard errors at most" in told
    without = table[table["correction"] == "none"]
    assert correction_remark({"membership_coefficients": without}, labels("en")) == ""


def test_no_difference_is_told_as_none(tables: dict[str, pd.DataFrame]) -> None:
    nothing = {
        **tables,
        "membership_coefficients": tables["membership_coefficients"].assign(p_value=0.5),
        "membership_effects": tables["membership_effects"].assign(p_value=0.5),
    }
    told = probabilities_sentence(nothing, labels("en"))
    assert told == "None clearly changes the probability of a type."
    assert "no characteristic goes with" in order_sentence(nothing, labels("en"))


def test_why_there_is_no_model_is_told() -> None:
    told = plain(membership_paragraphs(made(characteristics=[]), labels("fr")))
    assert told == (
        "Aucun modèle de l'appartenance aux types n'a été ajusté. Le fichier d'étude n'en demande "
        "pas."
    )
    assert membership_paragraphs({}, labels("en")).startswith("There is no model")


@pytest.mark.parametrize(
    ("value", "expected"),
    [(0.25, "0.25"), (9.994, "9.99"), (10.04, "10.0"), (123.4, "123")],
)  # fmt: skip
def test_ratios_are_rounded_as_they_are_read(value: float, expected: str) -> None:
    assert plain(ratio_text(value, "en")) == expected


def test_an_unstable_ratio_tells_its_direction_alone() -> None:
    row = {"odds_ratio": 1455.0, "low": 62.5, "high": 2e5, "unstable": True}
    assert plain(" ".join(ratio_cells(row, "en"))) == "> 1\u2009† –"
    low = {"odds_ratio": 0.01, "low": np.nan, "high": np.nan, "unstable": True}
    assert plain(" ".join(ratio_cells(low, "fr"))) == "< 1\u2009† –"


@pytest.mark.parametrize("name", ["analysis/study.yml", "tests/bfi_study/study.yml"])
def test_both_studies_have_their_models_and_sentences(project: Path, name: str) -> None:
    analysis = run_pipeline(load_study(project / name), validity=False)
    assert set(analysis.tables["membership_fit"]["model"]) - {"partial"} == set(MODELS)
    assert set(analysis.tables["membership_notes"]["remark"]) == {"no_errors"}
    for language in analysis.fitted.questionnaire.languages:
        words = Labels(analysis.fitted.questionnaire, language, analysis.fitted.study.type_names)
        text = membership_paragraphs(analysis.tables, words)
        assert re.search(r"\bnan\b|\bNone\b|<NA>|[{}]|  ", text) is None
