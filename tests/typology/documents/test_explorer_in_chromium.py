"""The explorer in a real browser: opened from a file, driven by pointer and keyboard."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import numpy as np
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


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Explored, str], Path]:
    """Write the explorer of a study in a language, once."""
    folder = tmp_path_factory.mktemp("explorers")

    def path_of(explored: Explored, language: str) -> Path:
        path = folder / f"{id(explored)}-{language}.html"
        if not path.exists():
            document = explorer_document(*explored, language=language, simulated=True)
            path.write_text(document, encoding="utf-8")
        return path

    return path_of


@pytest.fixture
def open_page(
    browser: Any, written: Callable[[Explored, str], Path]
) -> Iterator[Callable[..., Page]]:
    """Open the explorer of a study in a window; afterwards nothing may be on the console."""

    def opened(explored: Explored, language: str, *, width: int = 1280, height: int = 900) -> Page:
        path = written(explored, language)
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


def test_points_are_coloured_by_the_answers_to_any_question(
    page: Page, physicians: Explored
) -> None:
    tables, labels = physicians
    before = picture(page)
    options = page.words(".te-colour option")
    assert len(options) > 50
    Select(page.one(".te-colour")).select_by_value("practice")
    assert picture(page) != before
    points = tables["question_points"].query("variable == 'practice'")
    answers = [each.get_attribute("data-answer") for each in page.all("[data-answer]")]
    assert sorted(answers) == sorted(points["category"].unique())
    for answer, told in zip(answers, page.words("[data-answer]"), strict=True):
        assert told == labels["fr"].answer("practice", answer)
    shapes = {each.get_attribute("d") for each in page.all("[data-answer] path")}
    assert len(shapes) == len(answers)
    assert page.one(".te-plot").get_attribute("data-respondents") == str(points["n"].sum())
    assert Select(page.one(".te-variable")).first_selected_option.get_attribute("value") == (
        "practice"
    )


def picture(page: Page) -> str:
    drawn: str = page.browser.execute_script("return document.querySelector('canvas').toDataURL()")
    return drawn


def test_categories_are_filtered_by_contribution_and_by_cos2(
    page: Page, physicians: Explored
) -> None:
    table = physicians[0]["categories"].query("axis <= 2").dropna(subset=["coordinate"])
    threshold, plot = Select(page.one(".te-threshold")), page.one(".te-plot")
    active = table[table["role"] == "active"]
    mean = 100 / (len(active) / 2)
    largest = active.groupby(["variable", "category"])["contribution"].max()
    threshold.select_by_value("contribution")
    others = (table.query("axis == 1")["role"] == "supplementary").sum()
    assert int(plot.get_attribute("data-categories")) == (largest >= mean).sum() + others
    page.one("[data-least]").send_keys(Keys.ARROW_RIGHT)
    assert "1,25 fois la moyenne" in page.words(".te-least")[0].replace("\u00a0", " ")
    assert int(plot.get_attribute("data-categories")) == (largest >= 1.25 * mean).sum() + others
    threshold.select_by_value("cos2")
    quality = table.groupby(["variable", "category", "role"])["cos2"].sum()
    assert int(plot.get_attribute("data-categories")) == (quality >= 0.1).sum()
    threshold.select_by_value("")
    assert int(plot.get_attribute("data-categories")) == len(quality)


def test_search_finds_an_answer_and_shows_it_on_the_map(page: Page, physicians: Explored) -> None:
    Select(page.one(".te-threshold")).select_by_value("cos2")
    for _ in range(20):
        page.one("[data-least]").send_keys(Keys.ARROW_RIGHT)
    page.one("input[type='search']").send_keys("exercice isole")
    answer = physicians[1]["fr"].category("practice", "solo")
    assert page.words("[data-found-category]") == [answer]
    page.click("[data-found-category]")
    assert page.tip.is_displayed()
    assert page.one(".te-current").get_attribute("data-code") == "solo"
    assert page.one(".te-threshold").get_attribute("value") == ""
    focused = page.browser.switch_to.active_element
    assert focused.get_attribute("data-code") == "solo"


def type_bounds(page: Page, *bounds: float) -> None:
    if not page.one(".te-bounds").is_displayed():
        page.click(".te-selection summary")
    for side, value in zip(("left", "right", "bottom", "top"), bounds, strict=True):
        field = page.one(f"[data-bound='{side}']")
        field.clear()
        field.send_keys(str(value))
    page.one("[data-bound='top']").send_keys(Keys.ENTER)


def test_a_selection_by_keyboard_counts_whom_and_what_it_holds(
    page: Page, physicians: Explored
) -> None:
    tables, labels = physicians
    spread = np.sqrt(tables["axes"].set_index("axis")["eigenvalue"])
    type_bounds(page, -9, 0, -9, 9)
    points = tables["map_points"]
    inside = points["Axis 1"] / spread[1] < 0
    n = int(points.loc[inside, "n"].sum())
    assert page.one(".te-selection .te-count").get_attribute("data-selected") == str(n)
    assert page.one(".te-plot").get_attribute("data-respondents") == str(n)
    by_class = points[inside].groupby("class")["n"].sum()
    rows = {
        int(row.get_attribute("data-selected-type")): row.text.split()
        for row in page.all("[data-selected-type]")
    }
    assert set(rows) == set(by_class.index)
    assert all(str(by_class[number]) in row for number, row in rows.items())
    asked = tables["question_points"]
    left = asked[asked["Axis 1"] / spread[1] < 0]
    standing = page.all("[data-standing]")
    assert 0 < len(standing) <= 8
    for row in standing:
        pair = (row.get_attribute("data-standing"), row.get_attribute("data-code"))
        own = (left["variable"] == pair[0]) & (left["category"].astype(str) == pair[1])
        count = int(left.loc[own, "n"].sum())
        share = 100 * count / left.loc[left["variable"] == pair[0], "n"].sum()
        assert count >= 5
        cells = [cell.get_attribute("textContent") for cell in row.find_elements("tag name", "td")]
        assert cells[:2] == [number(count, "fr", 0), percent(share, "fr")]
        assert labels["fr"].answer(*pair) in row.text
    page.click("[data-tool='none']")
    assert page.all("[data-standing]") == []
    assert page.one(".te-plot").get_attribute("data-respondents") == str(points["n"].sum())


@pytest.mark.parametrize("tool", ["rectangle", "lasso"])
def test_a_region_is_drawn_with_the_pointer(page: Page, tool: str) -> None:
    page.click(f"[data-tool='{tool}']")
    assert page.one(f"[data-tool='{tool}']").get_attribute("aria-pressed") == "true"
    svg = page.one(".te-plot > svg")
    page.browser.execute_script("arguments[0].scrollIntoView({block: 'center'})", svg)
    moves = ActionChains(page.browser).move_to_element_with_offset(svg, -250, -150)
    moves = moves.click_and_hold().move_by_offset(150, 10).move_by_offset(20, 260)
    moves.move_by_offset(-120, 10).release().perform()
    selected = int(page.one(".te-selection .te-count").get_attribute("data-selected"))
    assert 0 < selected < 312
    assert page.one(".te-region").is_displayed()
    assert page.one(f"[data-tool='{tool}']").get_attribute("aria-pressed") == "false"
    Select(page.one("[data-side='x']")).select_by_value("2")
    assert page.all(".te-region") == []


def saved(page: Page, kind: str) -> str:
    """Return what a button would save, its bytes as characters."""
    page.browser.execute_script(
        "window.kept = null; URL.createObjectURL = (blob) => { window.kept = blob; return '#'; };"
        "HTMLAnchorElement.prototype.click = function () { window.keptName = this.download; };"
    )
    page.click(f"[data-save='{kind}']")
    script = (
        "const [done] = arguments; const wait = () => { if (!window.kept) setTimeout(wait, 20);"
        "else window.kept.arrayBuffer().then((bytes) => done(Array.from(new Uint8Array(bytes))));};"
        "wait();"
    )
    return bytes(page.browser.execute_async_script(script)).decode("latin-1")


def test_the_map_is_saved_as_drawing_picture_and_table(page: Page, physicians: Explored) -> None:
    tables, labels = physicians
    type_bounds(page, -9, 0, -9, 9)
    drawing = ElementTree.fromstring(saved(page, "svg").encode("latin-1"))
    shapes = drawing.findall(".//{*}path")
    assert len(shapes) > len(tables["map_points"])
    texts = " ".join(each.text or "" for each in drawing.findall(".//{*}text"))
    assert labels["fr"].type("reluctant", 1) in texts
    assert "Données simulées" in texts
    assert not [each for each in drawing.iter() if each.get("class") or each.get("tabindex")]
    assert saved(page, "png").startswith("\x89PNG")
    text = saved(page, "csv").encode("latin-1").decode("utf-8-sig")
    rows = list(csv.reader(text.splitlines(), delimiter=";"))
    assert page.browser.execute_script("return window.keptName") == "carte-axes-1-2.csv"
    drawn = tables["categories"].query("axis == 1").dropna(subset=["coordinate"])
    assert len(rows) == 1 + len(drawn) + len(tables["map_points"])
    assert {len(row) for row in rows} == {11}
    people = [row for row in rows if row[0] == "Répondants"]
    assert sum(int(row[3]) for row in people) == tables["map_points"]["n"].sum()
    chosen = sum(int(row[3]) for row in people if row[-1] == "oui")
    assert page.one(".te-selection .te-count").get_attribute("data-selected") == str(chosen)


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
