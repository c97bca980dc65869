"""The page of the short form: what it holds, and how it answers in a real browser."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from typology.documents.short_form import short_form_document, short_form_html
from typology.fit.fitted_typology import fit_typology
from typology.questionnaire import Questionnaire
from typology.results.checking import read_study
from typology.results.model_file import model_content
from typology.results.saved_model import class_names
from typology.study import load_study
from typology.tools.assign.assignment import assign_by_short_form
from typology.tools.short_form.scored_form import make_short_form

Shown = tuple[dict[str, Any], Questionnaire, pd.DataFrame]


@pytest.fixture(scope="module")
def shown(project: Path) -> Shown:
    """The model of the project's study, its questionnaire and its answers."""
    study = load_study(project / "analysis" / "study.yml")
    questionnaire, responses = read_study(study)
    fitted = fit_typology(study, responses)
    form = make_short_form(fitted)
    assert form is not None
    model = json.loads(json.dumps(model_content(fitted, short_form=form.content)))
    return model, questionnaire, fitted.items


# --- The text of the page.


def test_nothing_comes_from_elsewhere_and_nothing_can_be_sent(shown: Shown) -> None:
    document = short_form_document(*shown[:2], language="en")
    assert not re.search(r"https?:|//cdn|@import|url\(|\bsrc=|<form", document)
    assert not re.search(r"fetch\(|XMLHttp|sendBeacon|WebSocket|localStorage|cookie", document)
    assert set(re.findall(r"href=\"([^\"]*)\"", document)) == {"data:,"}


def test_the_notice_is_there_only_for_simulated_answers(shown: Shown) -> None:
    model, questionnaire, _ = shown
    assert '<p class="sf-simulated">' in short_form_html(model, questionnaire, language="fr")
    real = {**model, "simulated": False}
    assert '<p class="sf-simulated">' not in short_form_html(real, questionnaire, language="fr")


def test_hostile_words_stay_words(shown: Shown) -> None:
    model, questionnaire, _ = shown
    hostile = "</script><script>alert(1)</script>"
    first, *others = model["classes"]
    named = {**model, "classes": [{**first, "names": {"fr": hostile, "en": hostile}}, *others]}
    page = short_form_html(named, questionnaire, language="fr")
    assert "alert(1)" in page
    assert page.count("</script>") == 2
    assert "<script>alert" not in page


def test_a_model_without_a_short_form_is_refused(shown: Shown) -> None:
    with pytest.raises(ValueError, match="no short form"):
        short_form_html({**shown[0], "short_form": None}, shown[1], language="fr")


def test_a_language_that_the_questionnaire_lacks_is_refused(shown: Shown) -> None:
    with pytest.raises(ValueError, match="'de'; the questionnaire has fr, en"):
        short_form_html(*shown[:2], language="de")


# --- The page in a browser.


class Page:
    """The short form as a reader meets it."""

    def __init__(self, browser: Any) -> None:
        self.browser = browser

    def all(self, selector: str) -> list[Any]:
        found: list[Any] = self.browser.find_elements("css selector", selector)
        return found

    def click(self, selector: str) -> None:
        (element,) = self.all(selector)
        self.browser.execute_script("arguments[0].scrollIntoView({block: 'center'})", element)
        element.click()

    def answer(self, item: str, code: int) -> None:
        self.click(f"[data-item='{item}'] input[value='{code}']")

    def text(self, selector: str) -> str:
        (element,) = self.all(selector)
        return str(element.get_attribute("textContent"))

    def totals(self) -> dict[str, int]:
        return {
            bar.get_attribute("data-class"): int(bar.get_attribute("data-total"))
            for bar in self.all(".sf-bar")
        }


@pytest.fixture
def open_page(browser: Any, tmp_path: Path, shown: Shown) -> Iterator[Callable[..., Page]]:
    def opened(language: str, *, width: int = 1000) -> Page:
        path = tmp_path / "short_form.html"
        path.write_text(short_form_document(*shown[:2], language=language), encoding="utf-8")
        size = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": False}
        browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
        browser.get(path.as_uri())
        return Page(browser)

    yield opened
    assert [entry["message"] for entry in browser.get_log("browser")] == []


@pytest.mark.parametrize("row", [0, 1, 2, 30])
def test_a_reader_gets_the_type_that_the_command_gives(
    open_page: Callable[..., Page], shown: Shown, row: int
) -> None:
    model, _, items = shown
    respondent = items.iloc[[row]]
    expected = assign_by_short_form(model, respondent, language="fr").iloc[0]
    page = open_page("fr")
    for item in model["short_form"]["items"]:
        code = respondent[item["item"]].iloc[0]
        if code is not pd.NA:
            page.answer(item["item"], int(code))
    assert page.text(".sf-type") == class_names(model, "fr")[expected["class"]]
    assert page.totals() == {
        str(number): expected[f"points_{number}"] for number in class_names(model, "fr")
    }


def test_no_type_is_shown_before_enough_answers(
    open_page: Callable[..., Page], shown: Shown
) -> None:
    items = shown[0]["short_form"]["items"]
    needed = len(items) - len(items) // 2
    page = open_page("en")
    for item in items[: needed - 1]:
        page.answer(item["item"], 3)
    assert page.all(".sf-type") == []
    assert f"Answers: {needed - 1} of {len(items)}" in page.text(".sf-result")
    page.answer(items[needed - 1]["item"], 3)
    assert len(page.all(".sf-type")) == 1


def test_the_language_changes_and_the_answers_stay(
    open_page: Callable[..., Page], shown: Shown
) -> None:
    model, questionnaire, _ = shown
    page = open_page("fr")
    for item in model["short_form"]["items"]:
        page.answer(item["item"], 4)
    before = page.totals()
    page.click("[data-language='en']")
    assert page.totals() == before
    assert page.text(".sf-type") in class_names(model, "en").values()
    first = model["short_form"]["items"][0]["item"]
    assert questionnaire.items[first].en in page.text(f"[data-item='{first}'] legend")
    assert page.all(".typology-short-form[lang='en']")


def test_answers_can_be_cleared_and_nothing_is_fetched(
    open_page: Callable[..., Page], shown: Shown
) -> None:
    page = open_page("fr")
    for item in shown[0]["short_form"]["items"]:
        page.answer(item["item"], 2)
    page.click(".sf-clear")
    assert page.all(".sf-type") == []
    assert page.all("input:checked") == []
    script = "return performance.getEntriesByType('resource').map((entry) => entry.name)"
    fetched = page.browser.execute_script(script)
    assert [name for name in fetched if not name.startswith("data:")] == []


def test_a_narrow_screen_is_enough(open_page: Callable[..., Page]) -> None:
    page = open_page("fr", width=360)
    wide = "return document.documentElement.scrollWidth > window.innerWidth"
    assert page.browser.execute_script(wide) is False


def test_every_answer_is_a_named_choice(open_page: Callable[..., Page]) -> None:
    page = open_page("fr")
    unnamed = page.browser.execute_script(
        "return [...document.querySelectorAll('input')].filter("
        "(each) => !each.labels.length || !each.closest('fieldset').querySelector('legend')).length"
    )
    assert unnamed == 0
