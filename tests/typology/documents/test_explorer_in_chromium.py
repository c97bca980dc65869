"""The explorer in a real browser: opened from a file, driven by pointer and keyboard."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from typology.documents.explorer import explorer_document
from typology.exhibits.labels import Labels
from typology.words import number, percent

pytest.importorskip(
    "selenium.webdriver", reason="The package selenium (extra: test) is not installed."
)
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.actions.wheel_input import ScrollOrigin
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import Select

Explored = tuple[dict[str, pd.DataFrame], dict[str, Labels]]


class Page:
    """The explorer as a reader meets it."""

    def __init__(self, browser: Any) -> None:
        self.browser = browser

    def one(self, selector: str) -> Any:
        return self.browser.find_element(By.CSS_SELECTOR, selector)

    def all(self, selector: str) -> list[Any]:
        found: list[Any] = self.browser.find_elements(By.CSS_SELECTOR, selector)
        return found

    def words(self, selector: str) -> list[str]:
        """Return texts with their no-break spaces, which the driver makes ordinary."""
        return [each.get_attribute("textContent") for each in self.all(selector)]

    def hover(self, selector: str) -> None:
        element = self.one(selector)
        self.browser.execute_script("arguments[0].scrollIntoView({block: 'center'})", element)
        ActionChains(self.browser).move_to_element(element).perform()

    def press(self, *keys: str) -> None:
        ActionChains(self.browser).send_keys(*keys).perform()

    def click(self, selector: str) -> None:
        element = self.one(selector)
        self.browser.execute_script("arguments[0].scrollIntoView({block: 'center'})", element)
        element.click()

    @property
    def tip(self) -> Any:
        return self.one(".te-tip")

    @property
    def zoom(self) -> float:
        self.browser.execute_async_script("requestAnimationFrame(() => arguments[0]())")
        return float(self.one(".te-plot").get_attribute("data-zoom"))

    def errors(self) -> list[str]:
        return [entry["message"] for entry in self.browser.get_log("browser")]


@pytest.fixture
def open_page(browser: Any, tmp_path: Path) -> Iterator[Callable[..., Page]]:
    """Open the explorer of a study in a window; afterwards nothing may be on the console."""

    def opened(explored: Explored, language: str, *, width: int = 1280, height: int = 900) -> Page:
        path = tmp_path / "explorer.html"
        document = explorer_document(*explored, language=language, simulated=True)
        path.write_text(document, encoding="utf-8")
        size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
        browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
        browser.get(path.as_uri())
        return Page(browser)

    yield opened
    assert Page(browser).errors() == []


@pytest.fixture
def page(open_page: Callable[..., Page], physicians: Explored) -> Page:
    return open_page(physicians, "fr")


def test_the_page_draws_every_category_and_fetches_nothing(
    page: Page, physicians: Explored
) -> None:
    categories = physicians[0]["categories"]
    expected = len(categories[["variable", "category", "role"]].drop_duplicates())
    assert len(page.all("[data-category]")) == expected
    drawn = page.browser.execute_script(
        "const canvas = document.querySelector('canvas');"
        "const data = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;"
        "return data.some((value) => value > 0);"
    )
    assert drawn
    fetched = page.browser.execute_script(
        "return performance.getEntriesByType('resource').map((entry) => entry.name)"
    )
    assert [name for name in fetched if not name.startswith("data:")] == []


def test_hovering_a_category_shows_its_wording_and_numbers(
    page: Page, physicians: Explored
) -> None:
    tables, labels = physicians
    assert not page.tip.is_displayed()
    page.hover("[data-category][tabindex='0']")
    assert page.tip.is_displayed()
    variable, code = (page.tip.get_attribute(f"data-{name}") for name in ("variable", "code"))
    assert page.one("[data-category][tabindex='0']").get_attribute("data-variable") == variable
    text = page.tip.text
    assert labels["fr"].variable(variable) in text
    assert labels["fr"].answer(variable, code) in text
    rows = tables["categories"]
    rows = rows[(rows["variable"] == variable) & (rows["category"].astype(str) == code)]
    rows = rows.sort_values("axis")
    shown = {
        name: page.words(f".te-tip [data-value='{name}']")
        for name in ("coordinate", "contribution", "cos2", "v_test")
    }
    assert shown["coordinate"] == [number(value, "fr", 2) for value in rows["coordinate"]]
    assert shown["contribution"] == [percent(value, "fr", 1) for value in rows["contribution"]]
    assert shown["cos2"] == [number(value, "fr", 2) for value in rows["cos2"]]
    assert shown["v_test"] == [number(value, "fr", 1) for value in rows["v_test"]]
    ActionChains(page.browser).move_to_element(page.one("h1")).perform()
    assert not page.tip.is_displayed()


def test_the_keyboard_reaches_the_categories_one_after_another(page: Page) -> None:
    page.one(".te-zooms button:last-child").click()
    page.press(Keys.TAB)
    focused = page.browser.switch_to.active_element
    assert focused.get_attribute("tabindex") == "0"
    assert page.tip.is_displayed()
    first = (page.tip.get_attribute("data-variable"), page.tip.get_attribute("data-code"))
    assert first[0] == focused.get_attribute("data-variable")
    page.press(Keys.ARROW_LEFT)
    second = (page.tip.get_attribute("data-variable"), page.tip.get_attribute("data-code"))
    assert second != first
    assert len(page.all("[data-category][tabindex='0']")) == 1
    page.press(Keys.ESCAPE)
    assert not page.tip.is_displayed()


def test_a_click_pins_the_details_until_they_are_closed(page: Page) -> None:
    page.click("[data-category][tabindex='0']")
    ActionChains(page.browser).move_to_element(page.one("h1")).perform()
    assert page.tip.is_displayed()
    page.click(".te-close")
    assert not page.tip.is_displayed()


def test_filtering_shows_the_respondents_of_the_types_chosen(
    page: Page, physicians: Explored
) -> None:
    sizes = physicians[0]["respondents"]["class"].value_counts()
    total = int(sizes.sum())
    plot = page.one(".te-plot")
    assert plot.get_attribute("data-respondents") == str(total)
    page.click("[data-type='1']")
    assert plot.get_attribute("data-respondents") == str(sizes[1])
    page.click("[data-type='4']")
    both = int(sizes[1] + sizes[4])
    assert plot.get_attribute("data-respondents") == str(both)
    share = percent(100 * both / total, "fr")
    assert page.words(".te-filter .te-count") == [
        f"{both} répondants montrés sur {total} ({share})."
    ]
    pressed = [
        button.get_attribute("data-type")
        for button in page.all(".te-type")
        if button.get_attribute("aria-pressed") == "true"
    ]
    assert pressed == ["1", "4"]
    dimmed = [row.get_attribute("data-class") for row in page.all(".te-row.te-dimmed")]
    assert dimmed == ["2", "3"]
    page.click("[data-type='all']")
    assert plot.get_attribute("data-respondents") == str(total)


def test_an_item_shows_its_answers_by_type(page: Page, physicians: Explored) -> None:
    item = "F07"
    Select(page.one(".te-variable")).select_by_value(item)
    table = physicians[0]["class_distribution"]
    table = table[table["item"] == item]
    for class_number, rows in table.groupby("class"):
        row = f".te-row[data-class='{class_number}']"
        expected = rows.set_index(rows["code"].astype(str))["share"]
        for code, share in expected[expected > 0].items():
            style = page.one(f"{row} [data-code='{code}']").get_attribute("style")
            width = float(style.split("width:")[1].split("%")[0])
            assert width == pytest.approx(share, abs=1e-3)
        n = number(rows["n"].sum(), "fr", 0)
        assert page.words(f"{row} .te-row-n") == [f"n\u00a0=\u00a0{n}"]
    assert page.one(".te-wording").text == physicians[1]["fr"].variable(item)
    marked = {mark.get_attribute("data-variable") for mark in page.all(".te-marked")}
    assert marked == {item}


def test_search_finds_words_without_accents_and_a_click_takes_the_question(
    page: Page, physicians: Explored
) -> None:
    labels = physicians[1]["fr"]
    page.one("input[type='search']").send_keys("COORDINATION hopital")
    found = [button.get_attribute("data-found") for button in page.all("[data-found]")]
    assert found
    assert all("hôpital" in labels.variable(item).lower() for item in found)
    marked = {mark.get_attribute("data-variable") for mark in page.all(".te-marked")}
    assert marked == set(found)
    page.click(f"[data-found='{found[-1]}']")
    assert (
        Select(page.one(".te-variable")).first_selected_option.get_attribute("value") == (found[-1])
    )
    page.one("input[type='search']").send_keys(Keys.CONTROL, "a")
    page.one("input[type='search']").send_keys("xyzxyz")
    assert "Aucune question" in page.one(".te-search").text
    assert page.all(".te-marked") == []


def test_the_portrait_follows_the_type(page: Page, physicians: Explored) -> None:
    tables, labels = physicians
    page.click("[data-type='3']")
    assert page.one(".te-face").get_attribute("data-class") == "3"
    Select(page.one(".te-portrayed")).select_by_value("2")
    rows = tables["class_categories"]
    for role, place in (("supplementary", 1), ("active", 2)):
        top = rows[(rows["class"] == 2) & (rows["role"] == role)].nlargest(1, "v_test").iloc[0]
        row = page.one(f".te-face .te-pair > div:nth-child({place}) tbody tr").text
        assert labels["fr"].short(top["variable"]) in row
        assert labels["fr"].answer(top["variable"], str(top["category"])) in row
        assert number(top["v_test"], "fr", 1) in row
    assert "Circulaire" in page.one(".te-circular").text


def test_the_language_changes_every_word_and_keeps_the_choices(
    page: Page, physicians: Explored
) -> None:
    page.click("[data-type='2']")
    page.click("[data-language='en']")
    assert page.one(".typology-explorer").get_attribute("lang") == "en"
    assert page.one("[data-type='2']").get_attribute("aria-pressed") == "true"
    text = page.one(".typology-explorer").text
    assert "Filter by type" in text
    assert physicians[1]["en"].type("mixed", 2) in text
    assert "Simulated data" in text
    for french in ("Modalité", "Réponse", "Axe ", "répondants", "les mitigés", "simulées"):
        assert french not in text
    assert page.browser.switch_to.active_element.get_attribute("data-language") == "en"


def test_zoom_by_wheel_and_buttons_move_by_drag_and_reset(page: Page) -> None:
    mark = page.one("[data-category][tabindex='0']")
    start = mark.get_attribute("transform")
    plot = page.one(".te-plot")
    page.browser.execute_script("arguments[0].scrollIntoView({block: 'center'})", plot)
    origin = ScrollOrigin.from_element(plot)
    ActionChains(page.browser).scroll_from_origin(origin, 0, -200).perform()
    by_wheel = page.zoom
    assert by_wheel > 1
    page.click("[data-zoom='in']")
    assert page.zoom == pytest.approx(1.5 * by_wheel, abs=2e-3)
    before = mark.get_attribute("transform")
    ActionChains(page.browser).move_to_element(plot).click_and_hold().move_by_offset(
        40, 25
    ).release().perform()
    assert page.zoom == pytest.approx(1.5 * by_wheel, abs=2e-3)
    moved = [
        float(after) - float(former)
        for after, former in zip(
            mark.get_attribute("transform")[10:-1].split(","), before[10:-1].split(","), strict=True
        )
    ]
    assert moved == pytest.approx([40, 25], abs=0.2)
    page.click("[data-zoom='reset']")
    assert page.zoom == 1
    assert mark.get_attribute("transform") == start


def test_layers_are_shown_and_hidden(page: Page) -> None:
    page.click("[data-show='categories']")
    roles = {
        mark.get_attribute("data-role")
        for mark in page.all("[data-category]")
        if mark.is_displayed()
    }
    assert roles == {"supplementary"}
    page.click("[data-show='respondents']")
    assert page.one(".te-plot").get_attribute("data-respondents") == "0"
    assert page.all(".te-ellipse")
    page.click("[data-show='ellipses']")
    assert not page.all(".te-ellipse")


def test_axes_are_chosen_and_exchanged(
    open_page: Callable[..., Page], personality: Explored
) -> None:
    page = open_page(personality, "en")
    rates = personality[0]["axes"].set_index("axis")["percent"]

    def titles() -> list[str]:
        return [title.text.split(";")[0] for title in page.all(".te-axis-title")]

    def expected(*axes: int) -> list[str]:
        return [f"Axis {axis} ({percent(rates[axis], 'en')}" for axis in axes]

    assert titles() == expected(1, 2)
    Select(page.one("[data-side='x']")).select_by_value("4")
    assert titles() == expected(4, 2)
    Select(page.one("[data-side='y']")).select_by_value("4")
    assert titles() == expected(2, 4)
    assert len(page.all(".te-ellipse")) == len(personality[0]["classes"])
    n = len(personality[0]["respondents"])
    assert page.one(".te-plot").get_attribute("data-respondents") == str(n)


def test_centres_lie_in_the_middle_of_their_respondents_on_any_plane(
    open_page: Callable[..., Page], personality: Explored
) -> None:
    """Placed where the mean of the respondents of the class is, axes exchanged or not."""
    page = open_page(personality, "en")
    tables = personality[0]
    eigenvalues = tables["axes"].set_index("axis")["eigenvalue"]
    means = tables["respondents"].groupby("class")[["Axis 1", "Axis 3"]].mean()
    Select(page.one("[data-side='x']")).select_by_value("3")
    Select(page.one("[data-side='y']")).select_by_value("1")

    def placed(selector: str) -> tuple[float, float]:
        x, y = page.one(selector).get_attribute("transform")[10:-1].split(",")
        return float(x), float(y)

    xs = {each: means.loc[each, "Axis 3"] / eigenvalues[3] ** 0.5 for each in means.index}
    ys = {each: means.loc[each, "Axis 1"] / eigenvalues[1] ** 0.5 for each in means.index}
    first, *others = means.index
    places = {each: placed(f"[data-centre='{each}']") for each in means.index}
    scales = []
    for each in others:
        dx, dy = (places[each][i] - places[first][i] for i in (0, 1))
        scales += [dx / (xs[each] - xs[first]), -dy / (ys[each] - ys[first])]
    assert scales == pytest.approx([scales[0]] * len(scales), rel=1e-3)
    assert scales[0] > 0


@pytest.mark.parametrize("width", [360, 800])
def test_nothing_overflows_a_narrow_window(
    open_page: Callable[..., Page], physicians: Explored, width: int
) -> None:
    page = open_page(physicians, "fr", width=width, height=800)
    page.click("[data-category][tabindex='0']")
    assert page.tip.is_displayed()
    sizes = "return [document.documentElement.scrollWidth, document.documentElement.clientWidth]"
    needed, available = page.browser.execute_script(sizes)
    assert needed <= available
    tip, plot = page.tip.rect, page.one(".te-plot").rect
    assert tip["x"] >= plot["x"] - 1
    assert tip["x"] + tip["width"] <= plot["x"] + plot["width"] + 1
    mark = page.one(".te-current").rect
    apart = (
        tip["x"] >= mark["x"] + mark["width"]
        or tip["x"] + tip["width"] <= mark["x"]
        or tip["y"] >= mark["y"] + mark["height"]
    )
    assert apart, "The details hide their own category."


def test_controls_have_names(page: Page) -> None:
    unnamed = page.browser.execute_script(
        "return [...document.querySelectorAll('button, select, input')].filter((each) =>"
        " !(each.getAttribute('aria-label') || each.textContent.trim()"
        " || (each.labels && [...each.labels].some((label) => label.textContent.trim()))))"
        ".map((each) => each.outerHTML)"
    )
    assert unnamed == []
