"""What the article says of the study itself, and what it shows as not written."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
import yaml

from adapted_study import STUDIES, write_study
from typology.documents.article.length import ArticleLength, article_length
from typology.documents.article.length_table import too_long
from typology.documents.article.metadata import article_metadata
from typology.documents.article.survey import invitations
from typology.documents.checklists.checklists import items_of
from typology.documents.document import Document
from typology.documents.exhibits import sentences_by_name
from typology.questionnaire.file import load_questionnaire
from typology.study import Study, load_study
from typology.study.paper import PAPER_PARTS, Paper, journal_of
from typology.study.paper.limits import JOURNALS, Limits
from typology.words import word

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
        {
            "block": "types",
            "item": [f"types{each}" for each in "abcdef"],
            "agree_share": 60.0,
            "agree_low": 50.0,
            "agree_high": 70.0,
            "consensus": 0.5,
            "rank": range(1, 7),
        }
    )
    tables = {
        "flow": FLOW,
        "item_agreement": agreement,
        "classes": pd.DataFrame(
            {"class": [1], "type": [""], "n": [90], "share": [100.0], "mean_types": [2.0]}
        ),
    }
    manifest = {"settings": {"simulated": False}}
    return Document(language, study, questionnaire, tables, manifest, folder)


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
    dates = {"from": "2021-03", "to": "2021-04"}
    document = page(tmp_path, "en", respondents={"en": "bakers & *cooks*"}, dates=dates)
    assert (
        r"**Methods.** Cross-sectional questionnaire survey of bakers \& \*cooks\* "
        "(from March 2021 to April 2021): 6 “Openness” items, "
        "rated from “no” to “yes” in three points."
    ) in document.say("abstract")


@pytest.mark.parametrize(
    ("journal", "headings"),
    [
        (None, ["Background", "Objective", "Methods", "Results", "Conclusion"]),
        ("bmc-primary-care", ["Background", "Methods", "Results", "Conclusions"]),
        ("exercer", ["Introduction", "Methods", "Results", "Conclusion"]),
        ("sante-publique",
         ["Introduction", "Purpose of research", "Methods", "Results", "Conclusions"]),
    ],
)  # fmt: skip
def test_an_abstract_has_the_headings_of_its_journal(
    tmp_path: Path, journal: str | None, headings: list[str]
) -> None:
    shown = page(tmp_path, "en", **({"journal": journal} if journal else {})).say("abstract")
    assert re.findall(r"^\*\*(.+?)\.\*\*", shown, re.MULTILINE) == headings


def test_an_abstract_says_how_many_were_invited_and_answered(tmp_path: Path) -> None:
    assert "Of 1,200 people invited, 90 answered (7.5%)." in page(tmp_path, "en", invited=1200).say(
        "abstract"
    )
    (other := tmp_path / "unknown").mkdir()
    unknown = page(other, "en").say("abstract")
    assert "[to write: number invited" in unknown
    assert "answers received: 90." in unknown


def test_the_flow_begins_with_the_people_invited(tmp_path: Path) -> None:
    shown = page(tmp_path, "en", invited=1200, opened=300)
    table = shown.table(invitations.make(shown), label="tbl-x", caption="x")  # type: ignore[arg-type]
    assert re.search(r"People invited *\| *\| +1,200 \| +100\.0%", table)
    assert re.search(r"Questionnaires opened *\| *\| +300 \| +25\.0%", table)
    assert re.search(r"Answers read *\| *\| +90 \| +7\.5%", table)
    (other := tmp_path / "unknown").mkdir()
    unknown = page(other, "en")
    table = unknown.table(invitations.make(unknown), label="tbl-x", caption="x")  # type: ignore[arg-type]
    assert "to write: number invited" in table
    assert "no response rate can be computed" in table


SHORT = """---
title: x
---

::: {.abstract}
## Abstract

Two words, `{python} doc.say("part", "funding")`
:::

## Results

Three words here [@one1990; @two1991], @tbl-flow.

```{python}
doc.show("invitations")
```

## Declarations {.declarations}

Not counted.
"""


def test_an_article_is_as_long_as_its_filled_page(tmp_path: Path) -> None:
    document = page(tmp_path, "en", funding={"en": "None at all."}, limits={"text": 4},
                    journal="exercer", keywords={"en": ["one", "two"]})  # fmt: skip
    assert article_length(document) is None
    (tmp_path / "article-en.qmd").write_text(SHORT, encoding="utf-8")
    length = article_length(document)
    assert length == ArticleLength(abstract=6, text=5, exhibits=1, keywords=2, references=2)
    assert length.over(journal_of(document.study.choices.paper)) == ("text",)
    assert too_long(document) == "Too long: words of the text: 5, at most 4."


def test_the_limits_of_a_journal_give_way_to_those_of_the_study() -> None:
    bmc = journal_of(Paper(journal="bmc-primary-care"))
    assert (bmc.limits["abstract"], bmc.limits["text"]) == (350, 3500)
    assert "abstract" in bmc.told
    assert "text" not in bmc.told
    assert journal_of(Paper()).limits["abstract"] == 250
    own = journal_of(Paper(journal="exercer", limits=Limits(abstract=200)))
    assert own.limits["abstract"] == 200
    assert own.told == ("abstract",)


@pytest.mark.parametrize("name", [None, *JOURNALS])
def test_every_journal_has_its_source_and_its_style(name: str | None, project: Path) -> None:
    journal = journal_of(Paper.model_validate({"journal": name}))
    assert (project / "quarto" / journal.style).is_file()
    assert bool(journal.source) is bool(journal.consulted) is (name is not None)
    told = [part for heading in journal.abstract for part in heading.parts]
    assert told == ["background", "objective", "methods", "results", "conclusion"]


@pytest.mark.parametrize(("checklist", "count"), [("cross", 40), ("cherries", 30), ("strobe", 32)])
def test_checklists_have_every_item_in_both_languages(checklist: str, count: int) -> None:
    items = items_of(checklist)
    assert len(items) == count
    numbers = [item["number"] for item in items if "number" in item]
    assert len(set(numbers)) == len(numbers) == (0 if checklist == "cherries" else count)
    for item in items:
        assert item["fr"]
        assert item["en"]
        assert item.get("where") or item.get("state")
        assert set(item.get("needs", ())) <= {*PAPER_PARTS, "invited", "opened", "dates"}
        assert item.get("says", "summary") in {*sentences_by_name(), "summary"}
        for language in ("fr", "en"):
            assert word("checklist_topic", language, item["topic"])
            assert all(word("checklist_place", language, each) for each in item.get("where", ()))


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
        "csl": "numbered.csl",
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
