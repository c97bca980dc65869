"""Draw the pictures of the page that the guides show: python tests/made_up/guide_pages.py.

Each is the page itself, in Chromium, at the step that a guide tells: an export of the simulated
sample is brought, mended, run and read; a study is made, and its questionnaire changed.
"""

from __future__ import annotations

import io
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from PIL import Image
from selenium import webdriver
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import Select, WebDriverWait

from guide_screens import EXPORTS, SCREENS, export
from page_picture import FLAGS
from served_page import Served, served

WIDTH, HIGHEST, COLOURS = 860, 2400, 24
A_RUN = 1800  # seconds, on a machine that does much else
FEW = {"resamples": 20, "null_replicates": 39, "imputations": 2}
ITEMS = {
    "fr": "Repérer plus tôt une aggravation",
    "en": "Notice sooner that somebody is getting worse",
}
TITLES = {"fr": "La télésurveillance par les infirmières", "en": "Remote monitoring by nurses"}


@dataclass(frozen=True)
class Guide:
    """The page in a browser, as the reader of a guide in one language has it."""

    driver: Any
    page: Served
    language: str

    def one(self, selector: str) -> Any:
        return self.driver.find_element(By.CSS_SELECTOR, selector)

    def follow(self, selector: str, *, seconds: int = 120) -> None:
        """Click on what leads to another page, and wait for it."""
        former = self.one("html")
        self.driver.execute_script("arguments[0].click()", self.one(selector))
        WebDriverWait(self.driver, seconds).until(lambda _: _gone(former))

    def go(self, screen: str) -> None:
        """Open a screen of the one study there is."""
        (study,) = self.page.site.shelf.studies()
        self.driver.get(f"{self.page.top}/s/{study.name}/{screen}")

    def drawn(self, name: str, *, top: str = "header", bottom: str) -> None:
        """Draw the page from the top of one part to the end of another."""
        self.driver.execute_script(
            "document.activeElement.blur();"
            "document.querySelectorAll('code').forEach((each) => { each.textContent ="
            " each.textContent.replace(/^.*[/\\\\]typologie/, '~/typologie') })"
        )
        box = "return arguments[0].getBoundingClientRect()"
        first = self.driver.execute_script(box, self.one(top))
        last = self.driver.execute_script(box, self.one(bottom))
        shown = Image.open(io.BytesIO(self.driver.get_screenshot_as_png())).convert("RGB")
        ends = max(int(first["top"]) - 8, 0), min(int(last["bottom"]) + 12, shown.height)
        picture = shown.crop((0, ends[0], shown.width, ends[1]))
        path = SCREENS / f"page-{name}-{self.language}.png"
        picture.quantize(COLOURS, dither=Image.Dither.NONE).save(path, optimize=True)
        print(path.name, path.stat().st_size)


def _gone(element: Any) -> bool:
    try:
        element.is_enabled()
    except Exception:
        return True
    return False


@contextmanager
def visited(language: str) -> Iterator[Guide]:
    """Open the page of a folder without studies, in one language."""
    os.environ["LANGUAGE"] = language  # in which the browser says that no file is chosen
    options = webdriver.ChromeOptions()
    options.binary_location = shutil.which("chromium") or shutil.which("google-chrome") or ""
    for flag in (*FLAGS, f"--window-size={WIDTH},{HIGHEST}"):
        options.add_argument(flag)
    with tempfile.TemporaryDirectory() as top, served(Path(top) / "typologie") as page:
        driver = webdriver.Chrome(options=options, service=Service(shutil.which("chromedriver")))
        driver.command_executor.client_config.timeout = A_RUN
        try:
            driver.get(page.keys.address)
            guide = Guide(driver, page, language)
            if guide.one("html").get_attribute("lang") != language:
                guide.follow("button[name=language]")
            yield guide
        finally:
            driver.quit()


def answers_mended(guide: Guide) -> None:
    """From an export to the run, as the first guide tells it."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / EXPORTS[guide.language]
        export(guide.language, with_faults=True).to_excel(path, index=False)
        Select(guide.one("#questionnaire")).select_by_value("cpts")
        guide.one("#answers").send_keys(str(path))
        guide.drawn("bring", bottom=".cards")
        guide.follow('[action="/answers"] button')
    guide.go("mend")
    guide.drawn("mend", bottom=".mending > li:nth-child(2)")
    guide.follow("main form:has([name=lines]) button.main")
    guide.go("run")
    guide.drawn("run", bottom="main form")


def answers_read(guide: Guide) -> None:
    """What the run gives, and what is taken away, in both languages."""
    (study,) = guide.page.site.shelf.studies()
    study.change(study.path, {"validity": FEW})
    guide.follow("button.main")
    WebDriverWait(guide.driver, A_RUN).until(
        lambda driver: driver.find_elements(By.CSS_SELECTOR, ".next a[href$=read]")
    )
    for language in (guide.language, *({"fr", "en"} - {guide.language})):
        if language != guide.language:
            guide.follow("button[name=language]")
        spoken = replace(guide, language=language)
        spoken.go("read")
        spoken.drawn("read", bottom=".verdict")
        spoken.go("leave")
        spoken.drawn("leave", bottom="[aria-labelledby=results]")


def study_made(guide: Guide) -> None:
    """A new study and its questionnaire, as the guide of who asks other questions tells it."""
    guide.one("#title").send_keys(TITLES[guide.language])
    guide.drawn("new", bottom=".cards")
    guide.follow('[action="/new"] button')
    guide.go("questionnaire")
    guide.drawn("questionnaire", bottom="ul.editing")
    guide.follow("ul.editing a")
    item = guide.one(f'[name="items/0/{guide.language}"]')
    item.clear()
    item.send_keys(ITEMS[guide.language])
    guide.drawn("block", bottom="ol.rows > li:nth-child(2), .rows > :nth-child(2)")


def main() -> None:
    """Draw every picture."""
    for language in EXPORTS:
        with visited(language) as guide:
            study_made(guide)
        with visited(language) as guide:
            answers_mended(guide)
            if language == "fr":
                answers_read(guide)


if __name__ == "__main__":
    main()
