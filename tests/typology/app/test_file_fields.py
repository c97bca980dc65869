"""A field for a file speaks the language of the page, and the keys reach it."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("starlette", reason="The page (extra: app) is not installed.")

from served_page import Served, served

SAID = {
    "fr": ("Choisir un fichier", "Aucun fichier choisi", "Choisissez d'abord un fichier."),
    "en": ("Choose a file", "No file chosen", "Choose a file first."),
}
STATE = """
const field = document.querySelector("#answers"), place = field.closest(".choose");
const button = place.querySelector("label"), told = place.querySelector(".chosen");
return [button.textContent, told.textContent, field.validationMessage,
        getComputedStyle(field).opacity, getComputedStyle(place).outlineStyle];
"""


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with served(tmp_path_factory.mktemp("studies")) as page:
        yield page


def test_every_field_for_a_file_has_words_of_the_page() -> None:
    from typology import app  # noqa: PLC0415

    pages = Path(app.__file__).parent / "pages"
    fields = {
        path.name: len(re.findall(r'type="file"', path.read_text("utf-8")))
        for path in pages.glob("*.html")
    }
    assert {name for name, count in fields.items() if count} == {"macros.html"}


@pytest.mark.parametrize("language", SAID)
def test_the_browser_says_nothing_of_its_own_beside_a_file(
    page: Served, request: pytest.FixtureRequest, tmp_path: Path, language: str
) -> None:
    if not (shutil.which("chromium") and shutil.which("chromedriver")):
        pytest.skip("No Chromium with its chromedriver on PATH: the page was not opened.")
    from keyboard_walk import Walk  # noqa: PLC0415 - selenium is optional

    axe = pytest.importorskip("selenium_axe_python", reason="selenium-axe-python (extra: test).")
    browser: Any = request.getfixturevalue("browser")
    walk = Walk(browser, tmp_path)
    browser.get(page.keys.address)
    if browser.find_element("tag name", "html").get_attribute("lang") != language:
        walk.follow("button[name=language]")
    walk.look(axe)
    assert walk.faults == []
    choose, none, missing = SAID[language]
    assert browser.execute_script(STATE)[:4] == [choose, none, missing, "0"]
    walk.tab_to("#answers")
    assert browser.execute_script(STATE)[4] != "none"
    path = tmp_path / "réponses.csv"
    path.write_text("a\n1\n", encoding="utf-8")
    walk.one("#answers").send_keys(str(path))
    assert browser.execute_script(STATE)[:3] == [choose, path.name, ""]
