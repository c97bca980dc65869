"""What the article says of the study itself, and what it shows as not written."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
import pytest
import yaml

from adapted_study import STUDIES, write_study
from typology.documents.article.metadata import article_metadata
from typology.documents.document import Document
from typology.questionnaire.file import load_questionnaire
from typology.study import Study, load_study

FLOW = pd.DataFrame({"step_id": ["read", "analysed"], "excluded": [0, 0], "remaining": [90, 90]})


def study_with(folder: Path, paper: dict[str, Any]) -> Study:
    path = write_study(STUDIES["one block"], folder)
    content = yaml.safe_load(path.read_text("utf-8"))
    path.write_text(yaml.safe_dump({**content, "paper": paper}), "utf-8")
    return load_study(path)


def page(folder: Path, language: str, **paper: Any) -> Document:
    study = study_with(folder, paper)
    questionnaire = load_questionnaire(study.questionnaire_path)
    agreement = pd.DataFrame(
        {"block": ["types"] * 6, "item": [f"types{each}" for each in "abcdef"]}
    )
    tables = {
        "flow": FLOW,
        "item_agreement": agreement,
        "classes": pd.DataFrame({"class": [1], "mean_types": [2.0]}),
    }
    return Document(language, study, questionnaire, tables, {}, folder)


@pytest.mark.parametrize(
    ("language", "shown"),
    [("en", r"[\[to write: funding\]]{.mark}"), ("fr", r"[\[à écrire : financement\]]{.mark}")],
)
def test_what_is_not_written_is_marked(tmp_path: Path, language: str, shown: str) -> None:
    said = page(tmp_path, language).say("part", "funding")
    assert said.replace("\N{NO-BREAK SPACE}", " ") == shown


def test_what_is_written_is_said_in_its_language_alone(tmp_path: Path) -> None:
    english = page(tmp_path, "en", funding={"en": "None."})
    assert english.say("part", "funding") == "None."
    assert ".mark" in english.in_language("fr").say("part", "funding")


@pytest.mark.parametrize(
    ("dates", "english", "french"),
    [
        ({"from": "2021-01-15", "to": "2021-04-01"}, "From 15 January 2021 to 1 April 2021.",
         "Du 15 janvier 2021 au 1er avril 2021."),
        ({"from": "2020-04", "to": "2021-08"}, "From April 2020 to August 2021.",
         "D'avril 2020 à août 2021."),
        ({"from": "2021-03-01"}, "From 1 March 2021 on.", "À partir du 1er mars 2021."),
        ({"from": "2021-10"}, "From October 2021 on.", "À partir d'octobre 2021."),
        ({"from": "2021-05-02", "to": "2021-05-02"}, "On 2 May 2021.", "Le 2 mai 2021."),
        ({"from": 2020, "to": 2020}, "In 2020.", "En 2020."),
    ],
)  # fmt: skip
def test_dates_are_written_out(
    tmp_path: Path, dates: dict[str, object], english: str, french: str
) -> None:
    shown = page(tmp_path, "en", dates=dates)
    assert f"**Dates.** {english}" in shown.say("collection_paragraphs")
    assert f"**Dates.** {french}" in shown.in_language("fr").say("collection_paragraphs")


def test_the_response_rate_follows_from_the_number_invited(tmp_path: Path) -> None:
    shown = page(tmp_path, "en", invited=1200)
    assert shown.say("response_rate") == (
        "Of 1,200 people invited, 90 answered: a response rate of 7.5%."
    )
    assert "1,200 people were invited." in shown.say("collection_paragraphs")
    assert page(tmp_path, "en").say("response_rate") == ""
    assert page(tmp_path, "en", invited=89).say("response_rate") == ""


def test_the_abstract_says_who_was_asked_what_on_their_own_scale(tmp_path: Path) -> None:
    shown = page(tmp_path, "en", respondents={"en": "bakers & *cooks*"})
    assert shown.say("survey_in_brief") == (
        r"Questionnaire survey of bakers \& \*cooks\*: 6 “Openness” items, "
        "rated from “no” to “yes” in three points."
    )


AUTHORS = [
    {
        "name": "Ada *Author*", "orcid": "0000-0002-1825-0097", "email": "a_b@example.org",
        "affiliations": ["One {{< meta x >}}"], "corresponding": True,
        "roles": ["Conceptualisation", "Writing - original draft"],
    },
    {"name": "Second"},
]  # fmt: skip


def test_titles_and_authors_are_told_to_quarto_as_text(tmp_path: Path) -> None:
    paper = {"authors": AUTHORS, "subtitle": {"en": "A {{< b >}}"}}
    told = article_metadata(study_with(tmp_path, paper), "en", references="../paper.bib")
    assert told == {
        "title": "Another study",
        "subtitle": r"A \{\{\< b \>\}\}",
        "author": [
            {
                "name": {"literal": r"Ada \*Author\*"}, "orcid": "0000-0002-1825-0097",
                "email": "a_b@example.org", "corresponding": True,
                "affiliations": [{"name": r"One \{\{\< meta x \>\}\}"}],
            },
            {"name": {"literal": "Second"}},
        ],
        "bibliography": ["references.bib", "../paper.bib"],
    }  # fmt: skip


def test_a_study_without_authors_or_subtitle_shows_that_they_are_to_be_written(
    tmp_path: Path,
) -> None:
    told = article_metadata(study_with(tmp_path, {}), "en")
    assert told["title"] == "Another study"
    assert "[to write: subtitle" in told["subtitle"]
    assert "[to write: authors" in told["author"][0]["name"]["literal"]


def test_contributions_are_in_the_language_of_the_page(tmp_path: Path) -> None:
    english = page(tmp_path, "en", authors=AUTHORS)
    assert english.say("contributions") == (
        r"Ada \*Author\*: conceptualization, writing – original draft."
    )
    french = english.in_language("fr").say("contributions")
    assert "rédaction du manuscrit original" in french


def test_word_shows_affiliations_and_whom_to_write_to(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = page(tmp_path, "en", authors=AUTHORS)
    assert shown.say("author_lines") == ""
    monkeypatch.setattr("typology.documents.article.own_words.page_format", lambda: "docx")
    lines = shown.say("author_lines").split("\n\n")
    assert lines[0].endswith("<https://orcid.org/0000-0002-1825-0097>")
    assert lines[-1] == r"Correspondence: Ada \*Author\*, a_b@example.org"
    monkeypatch.setattr("typology.documents.article.own_words.page_format", lambda: "typst")
    assert shown.say("author_lines") == (
        r"**Ada \*Author\***, <https://orcid.org/0000-0002-1825-0097>"
    )
