"""A doctor without a mouse: the page of this machine in a real browser, key by key."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

MOST_TABS = 200
NARROW, WIDE = 390, 1280
A_RUN = 900.0  # seconds, on a machine that does much else


class Walk:
    """A browser, and what stood in the way of some readers on the pages that it went through."""

    def __init__(self, browser: Any, downloads: Path, *, width: int = WIDE) -> None:
        self.browser = browser
        self.downloads = downloads
        self.width = width
        self.faults: list[tuple[str, object]] = []
        browser.execute_cdp_cmd(
            "Browser.setDownloadBehavior",
            {"behavior": "allow", "downloadPath": str(downloads)},
        )
        self.resize(width)

    def resize(self, width: int) -> None:
        """Go on at another width: that of a desk, that of a telephone."""
        self.width = width
        self.browser.set_window_size(width, 900)

    def one(self, selector: str) -> Any:
        return self.browser.find_element(By.CSS_SELECTOR, selector)

    @property
    def text(self) -> str:
        """What the main part says, nothing while a page is on its way."""
        said = self.browser.execute_script("return document.querySelector('main')?.innerText")
        return " ".join((said or "").split())

    def press(self, *keys: str) -> None:
        ActionChains(self.browser).send_keys(*keys).perform()

    def tab_to(self, selector: str) -> None:
        """Go from link to field to button until one is reached; it must be seen to be so."""
        reached = f"return document.activeElement.matches({selector!r})"
        for _ in range(MOST_TABS):
            if self.browser.execute_script(reached):
                break
            self.press(Keys.TAB)
        assert self.browser.execute_script(reached), selector
        ring = "return getComputedStyle(document.activeElement).outlineStyle"
        assert self.browser.execute_script(ring) != "none", selector

    def follow(self, selector: str, key: str = Keys.ENTER) -> None:
        """Press what leads to another page, and wait for it."""
        self.tab_to(selector)
        former = self.one("html")
        self.press(key)
        self.until(lambda: self._gone(former))
        self.until(lambda: self.browser.execute_script("return document.readyState") == "complete")

    def type_into(self, name: str, text: str) -> None:
        """Go to a field and type into it, over what it holds."""
        self.tab_to(f'[name="{name}"]')
        if self._holds_text():
            all_of_it = ActionChains(self.browser).key_down(Keys.CONTROL).send_keys("a")
            all_of_it.key_up(Keys.CONTROL).perform()
        self.press(text)

    def choose(self, name: str, value: str) -> None:
        """Go to a list of choices and choose one, with the arrows."""
        self.tab_to(f'[name="{name}"]')
        at = "const list = document.activeElement; return [list.selectedIndex, [...list.options]"
        now, wanted = self.browser.execute_script(
            f"{at}.findIndex((each) => each.value === {value!r})]"
        )
        assert wanted >= 0, value
        arrow = Keys.ARROW_DOWN if wanted > now else Keys.ARROW_UP
        self.press(*[arrow] * abs(wanted - now))

    def tick(self, name: str) -> None:
        """Go to a box and tick it, or take its tick away."""
        self.tab_to(f'[name="{name}"]')
        self.press(Keys.SPACE)

    @property
    def focused(self) -> str:
        """The name of the field that has the focus."""
        return str(self.browser.execute_script("return document.activeElement.name"))

    def _holds_text(self) -> bool:
        field = "document.activeElement"
        held = f"return {field}.type !== 'date' && {field}.value !== ''"
        return bool(self.browser.execute_script(held))

    def until(self, there: Callable[[], object], seconds: float = 120) -> None:
        deadline = time.monotonic() + seconds
        while not there():
            assert time.monotonic() < deadline, self.text
            time.sleep(0.1)

    def look(self, axe: Any) -> None:
        """Note what would shut a reader out, on a desk and on a telephone."""
        for width in (NARROW, WIDE):
            self.browser.set_window_size(width, 900)
            checked = axe.Axe(self.browser)
            checked.inject()
            address = self.browser.current_url
            self.faults += [
                (address, (width, fault["id"], fault["nodes"][0]["html"]))
                for fault in checked.run()["violations"]
                if fault["impact"] in ("serious", "critical")
            ]
            seen = self.browser.execute_script("return document.documentElement.scrollWidth")
            if seen > width:
                self.faults.append((address, (width, "wider than the screen", seen)))
        self.browser.set_window_size(self.width, 900)

    def downloaded(self, name: str) -> bytes:
        """Wait for a file that was asked for."""
        path = self.downloads / name
        self.until(path.is_file, 30)
        return path.read_bytes()

    def _gone(self, element: Any) -> bool:
        try:
            element.is_enabled()
        except Exception:
            return True
        return False


WORDS = {
    "fr": {"mended": "Rien à réparer", "preview": "Aperçu", "ran": "Le calcul est fini",
           "written": "L'article (fr), Word", "types": "Les types"},
    "en": {"mended": "Nothing to mend", "preview": "Preview", "ran": "The run is complete",
           "written": "The article (fr), Word", "types": "types"},
}  # fmt: skip
"""What the pages say where a step is done, in each language."""


def to_the_preview(walk: Walk, file: Path, axe: Any, language: str) -> None:
    """Go from the first page and a bare file to the preview, by the keys alone."""
    words = WORDS[language]
    walk.look(axe)
    walk.one("#answers").send_keys(str(file))  # the window that chooses a file is the system's
    walk.follow('[action="/answers"] button')
    walk.look(axe)
    assert "LimeSurvey" in walk.text
    walk.follow(".next a")
    walk.look(axe)
    walk.follow("button.main")
    assert words["mended"] in walk.text
    walk.look(axe)
    walk.follow(".next a")
    walk.look(axe)
    walk.follow(".next a")
    walk.look(axe)
    walk.tick("duplicates")
    walk.type_into("max_missing_share", "40")
    walk.follow("button.main")
    walk.look(axe)
    assert words["preview"] in walk.text


def to_the_results(
    walk: Walk, file: Path, axe: Any, language: str, *, before_run: Callable[[], object]
) -> None:
    """Go from the first page and a bare file to the results, by the keys alone."""
    to_the_preview(walk, file, axe, language)
    walk.follow(".next a")
    before_run()
    walk.look(axe)
    walk.tab_to("[name=how]")
    walk.press(Keys.ARROW_DOWN, Keys.ARROW_UP)
    walk.follow("button.main")
    walk.look(axe)
    walk.until(lambda: WORDS[language]["ran"] in walk.text, A_RUN)
    walk.look(axe)
    walk.follow(".next a")


def through_the_results(walk: Walk, axe: Any, language: str) -> None:
    """Read the verdict, the map to explore and the short form, then go where one leaves."""
    walk.look(axe)
    assert walk.one("html").get_attribute("lang") == language
    assert WORDS[language]["types"] in walk.one(".verdict").text
    for part in ("map", "short"):
        walk.follow(f'.parts [href$="/read/{part}"]')
        walk.look(axe)
        walk.browser.switch_to.frame(walk.one("iframe"))
        assert walk.browser.find_elements("css selector", "svg, input"), part
        walk.browser.switch_to.default_content()
    walk.follow('.steps [href$="/leave"]')
    walk.look(axe)


def take(walk: Walk, name: str) -> bytes:
    """Take a file away, by the keys alone."""
    walk.tab_to(f'[href$="/{name}"]')
    walk.press(Keys.ENTER)
    return walk.downloaded(name)


def write_the_article(walk: Walk, axe: Any, language: str) -> None:
    """Have the article written, and wait for it."""
    walk.follow('[action$="/documents"] button')
    walk.look(axe)
    walk.until(lambda: WORDS[language]["written"] in walk.text, A_RUN)
    walk.until(lambda: walk.browser.execute_script("return document.readyState") == "complete")
    walk.look(axe)
