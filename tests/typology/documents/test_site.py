from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml

from adapted_study import STUDIES, questionnaire, write_study
from typology.documents.site import pages_left_out, site_metadata, write_site
from typology.questionnaire import Questionnaire
from typology.questionnaire.file import load_questionnaire
from typology.study import load_study

PAGES: Mapping[str, Any] = {
    "languages": {"fr": "français", "en": "English"},
    "bar": [
        {"page": "index.qmd", "fr": "Accueil", "en": "Home"},
        {
            "fr": "Article",
            "en": "Article",
            "menu": [
                {"page": "article-fr.qmd", "fr": "Article"},
                {"page": "article-en.qmd", "en": "Article"},
                {"page": "answers.qmd", "fr": "Réponses", "en": "Answers"},
            ],
        },
        {
            "fr": "Méthodes",
            "en": "Methods",
            "menu": [
                {"page": "methods.qmd", "fr": "Méthodes"},
                {"page": "methods-en.qmd", "en": "Methods"},
            ],
        },
    ],
    "titles": {"answers.qmd": {"fr": "Les réponses", "en": "The answers"}},
}


def asked(tmp_path: Path, *languages: str, title: str = "Another study") -> Questionnaire:
    content = questionnaire(replace(STUDIES["one block"], languages=languages))
    content["title"]["en"] = title
    path = tmp_path / "questionnaire.yml"
    path.write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")
    return load_questionnaire(path)


def test_a_site_in_both_languages_has_every_page_and_on_each_its_words(tmp_path: Path) -> None:
    metadata = site_metadata(PAGES, asked(tmp_path, "fr", "en"))
    site = metadata["site"]
    assert "project" not in site
    assert site["lang"] == "fr"
    assert site["study-languages"] == ["fr", "en"]
    assert site["website"]["title"] == "[Une autre étude]{.fr}[Another study]{.en}"
    assert metadata["index"] == {"title": site["website"]["title"]}
    assert metadata["answers"] == {"title": "Les réponses"}
    assert site["website"]["navbar"]["left"] == [
        {"href": "index.qmd", "text": "[Accueil]{.fr}[Home]{.en}"},
        {
            "text": "Article",
            "menu": [
                {"href": "article-fr.qmd", "text": "Article (français)"},
                {"href": "article-en.qmd", "text": "Article (English)"},
                {
                    "href": "answers.qmd",
                    "text": "[Réponses]{.fr}[Answers]{.en} (français, English)",
                },
            ],
        },
        {
            "text": "[Méthodes]{.fr}[Methods]{.en}",
            "menu": [
                {"href": "methods.qmd", "text": "Méthodes (français)"},
                {"href": "methods-en.qmd", "text": "Methods (English)"},
            ],
        },
    ]


def test_the_first_language_is_that_of_the_site(tmp_path: Path) -> None:
    metadata = site_metadata(PAGES, asked(tmp_path, "en", "fr"))
    assert metadata["site"]["lang"] == "en-GB"
    assert metadata["answers"] == {"title": "The answers"}
    assert metadata["index"]["title"].startswith("[Another study]{.en}")


@pytest.mark.parametrize(
    ("language", "left_out", "bar"),
    [
        ("en", ["!article-fr.qmd", "!methods.qmd"],
         [("Home", "index.qmd"),
          ("Article", ["Article", "Answers"]), ("Methods", "methods-en.qmd")]),
        ("fr", ["!article-en.qmd", "!methods-en.qmd"],
         [("Accueil", "index.qmd"),
          ("Article", ["Article", "Réponses"]), ("Méthodes", "methods.qmd")]),
    ],
)  # fmt: skip
def test_a_site_in_one_language_has_its_pages_and_its_words_only(
    tmp_path: Path, language: str, left_out: list[str], bar: list[tuple[str, Any]]
) -> None:
    site = site_metadata(PAGES, asked(tmp_path, language))["site"]
    assert site["project"] == {"render": left_out}
    assert [
        (entry["text"], entry.get("href") or [each["text"] for each in entry["menu"]])
        for entry in site["website"]["navbar"]["left"]
    ] == bar


def test_signs_of_a_title_are_not_markup(tmp_path: Path) -> None:
    metadata = site_metadata(PAGES, asked(tmp_path, "en", title="*A* {{< meta x >}}"))
    assert metadata["index"]["title"] == r"\*A\* \{\{\< meta x \>\}\}"


def test_what_has_not_changed_is_not_written_again(tmp_path: Path) -> None:
    (tmp_path / "_pages.yml").write_text(yaml.safe_dump(dict(PAGES)), encoding="utf-8")
    study = load_study(write_study(STUDIES["one block"], tmp_path))
    written = asked(tmp_path, "fr", "en")
    write_site(tmp_path, study, written)
    files = sorted((tmp_path / "_study").iterdir())
    assert [path.name for path in files] == [
        "answers.yml", "article-en.yml", "article-fr.yml", "index.yml", "site.yml",
    ]  # fmt: skip
    before = [path.stat().st_mtime_ns for path in files]
    write_site(tmp_path, study, written)
    assert [path.stat().st_mtime_ns for path in files] == before
    write_site(tmp_path, study, asked(tmp_path, "en"))
    site = yaml.safe_load((tmp_path / "_study" / "site.yml").read_text(encoding="utf-8"))
    assert site["study-languages"] == ["en"]


def test_a_page_that_the_folder_does_not_have_is_not_in_the_bar(tmp_path: Path) -> None:
    (tmp_path / "_pages.yml").write_text(yaml.safe_dump(dict(PAGES)), encoding="utf-8")
    for name in ("index.qmd", "article-en.qmd"):
        (tmp_path / name).write_text("", encoding="utf-8")
    study = load_study(write_study(STUDIES["one block"], tmp_path))
    write_site(tmp_path, study, asked(tmp_path, "fr", "en"))
    site = yaml.safe_load((tmp_path / "_study" / "site.yml").read_text(encoding="utf-8"))
    assert [entry["href"] for entry in site["website"]["navbar"]["left"]] == [
        "index.qmd",
        "article-en.qmd",
    ]


@pytest.mark.parametrize("there", [True, False])
def test_pages_know_whether_guides_are_beside_them(tmp_path: Path, there: bool) -> None:
    (tmp_path / "_pages.yml").write_text(yaml.safe_dump(dict(PAGES)), encoding="utf-8")
    if there:
        (tmp_path / "guides").mkdir()
    study = load_study(write_study(STUDIES["one block"], tmp_path))
    write_site(tmp_path, study, asked(tmp_path, "fr", "en"))
    site = yaml.safe_load((tmp_path / "_study" / "site.yml").read_text(encoding="utf-8"))
    assert site["study-guides"] is there


def test_a_page_speaks_of_guides_only_where_they_may_be_absent(project: Path) -> None:
    """In pages that every new study has, what leads to a guide can be left out."""
    for page in sorted((project / "quarto").glob("all-messages*.qmd")):
        text = page.read_text(encoding="utf-8")
        led = re.sub(r"\[[^\[\]]*\[[^\[\]]*\]\([^)]*\)\.\]\{\.with-guides\}", "", text)
        assert "guides/" in text
        assert "guides/" not in led


@pytest.mark.parametrize(
    ("languages", "left_out"),
    [(("en",), {"article-fr.qmd", "methods.qmd"}), (("fr", "en"), set())],
)
def test_pages_of_no_language_of_the_study_are_known(
    tmp_path: Path, languages: tuple[str, ...], left_out: set[str]
) -> None:
    (tmp_path / "_pages.yml").write_text(yaml.safe_dump(dict(PAGES)), encoding="utf-8")
    for page in ("index", "article-fr", "article-en", "answers", "methods", "methods-en"):
        (tmp_path / f"{page}.qmd").write_text("", encoding="utf-8")
    study = load_study(write_study(STUDIES["one block"], tmp_path))
    write_site(tmp_path, study, asked(tmp_path, *languages))
    assert pages_left_out(tmp_path) == left_out
