"""What was ticked or typed and not saved: there again after the browser is killed, never mixed."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("starlette", reason="The page (extra: app) is not installed.")

from brought_answers import answers
from killed_browser import Killable
from served_page import Answer, Served, Visitor, served
from typology.files.yaml_files import load_mapping

CHOICES = {
    "active": "satisfaction", "axes_by": "number", "axes_number": "3", "classes_by": "number",
    "classes_number": "5", "missing": "own category", "weights": "none", "duplicates": "1",
    "max_missing_share": "12.5", "smallest_cell": "5", "passive_below": "5", "seed": "7",
}  # fmt: skip


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with served(tmp_path_factory.mktemp("studies")) as page:
        yield page


def brought(page: Served, *, faults: bool = False) -> Visitor:
    visitor = page.visitor()
    sent = {"answers": ("export.csv", answers(faults=faults))}
    visitor.open(visitor.post("/answers", files=sent, questionnaire=""))
    return visitor


def folder_of(page: Served, visitor: Visitor) -> Path:
    study = page.site.shelf.get(visitor.study.rpartition("/")[2])
    assert study is not None
    return study.folder


def content_of(folder: Path) -> dict[Path, bytes]:
    return {each: each.read_bytes() for each in folder.rglob("*") if each.is_file()}


def turn(answer: Answer, form: str) -> str:
    """The turn of one of the forms of a page."""
    return Answer(200, "", answer.html.split(f'name="form" value="{form}"')[1].encode()).value(
        "turn"
    )


def keep(visitor: Visitor, screen: str, form: str, **fields: str | list[str]) -> None:
    shown = visitor.get(screen)
    to = "/keep" if screen == "/" else "keep"
    assert visitor.post(to, form=form, turn=turn(shown, form), **fields).status == 200


def back(page: Served, visitor: Visitor) -> Visitor:
    """Whoever opens the page again, without anything that their browser knew."""
    again = page.visitor()
    again.study = visitor.study
    return again


def shown(answer: Answer, *words: str) -> bool:
    return all(word in answer.text for word in words)


def test_choices_that_were_not_saved_are_there_again_and_said_to_be_so(page: Served) -> None:
    visitor = brought(page)
    before = content_of(page.site.shelf.folder)
    keep(visitor, "choose", "choose", **CHOICES)
    again = back(page, visitor)
    there = again.get("choose")
    assert shown(there, "pas encore enregistrés", "Oublier ces changements")
    for field in ('name="classes_number" min="2" value="5"', 'name="seed" min="0" value="7"',
                  'step="any" value="12.5"', 'name="duplicates" value="1" checked',
                  'value="own category" checked', 'name="consolidate" value="1">'):  # fmt: skip
        assert field in there.html, field
    assert "pas encore enregistrés" in again.get("run").text
    assert content_of(page.site.shelf.folder) == before
    assert shown(again.post("choose", act="discard"), "tel que le dit le fichier")
    assert "pas encore enregistrés" not in again.get("choose").text
    keep(again, "choose", "choose", **CHOICES)
    again.post("choose", **CHOICES)
    saved = load_mapping(folder_of(page, visitor) / "study.yml")
    assert (saved["classes"], saved["exclusions"]["max_missing_share"]) == (5, 12.5)
    assert "pas encore enregistrés" not in again.get("choose").text


def test_what_arrives_after_the_choices_were_saved_is_late(page: Served) -> None:
    visitor = brought(page)
    former = turn(visitor.get("choose"), "choose")
    visitor.post("choose", **CHOICES)
    visitor.post("keep", form="choose", turn=former, **(CHOICES | {"seed": "99"}))
    assert "pas encore enregistrés" not in visitor.get("choose").text


def test_choices_opened_before_others_were_saved_overwrite_nothing(page: Served) -> None:
    visitor = brought(page)
    former = visitor.get("choose").html.split('name="form" value="choose"')[1]
    mark = Answer(200, "", former.encode()).value("former")
    visitor.post("choose", **(CHOICES | {"classes_number": "4"}))
    late = visitor.post("choose", former=mark, **CHOICES)
    assert shown(late, "Le fichier a changé")
    assert 'name="classes_number" min="2" value="5"' in late.html
    assert load_mapping(folder_of(page, visitor) / "study.yml")["classes"] == 4


def test_two_studies_and_two_screens_keep_their_own(page: Served) -> None:
    one, other = brought(page), brought(page)
    keep(one, "choose", "choose", **CHOICES)
    keep(other, "choose", "choose", **(CHOICES | {"seed": "11"}))
    keep(one, "run", "run", how="quick")
    keep(one, "mend", "mend/word", word="Bof", meaning="satisfaction/Plutôt satisfait")
    assert 'min="0" value="7"' in one.get("choose").html
    assert 'min="0" value="11"' in other.get("choose").html
    assert 'value="quick" checked' in one.get("run").html
    assert 'value="quick" checked' not in other.get("run").html
    assert "Bof" in one.get("mend").html
    assert "Bof" not in other.get("mend").html
    assert 'name="word" value=""' in one.get("mend").html  # another form has a field of this name


@pytest.mark.parametrize(
    ("form", "fields", "there"),
    [
        ("mend/column", {"column": "Remarques", "key": "S03"},
         ("<option selected>Remarques", 'value="S03" selected')),
        ("mend/ignored", {"columns": ["seed", "Remarques"]},
         ("<option selected>seed", "<option selected>Remarques")),
        ("mend/identifier", {"column": "seed"}, ("<option selected>seed",)),
        ("mend/no_answer", {"word": "Néant"}, ('value="Néant"',)),
        ("mend/left_out", {"respondents": "R1, R2"}, ('value="R1, R2"',)),
    ],
)  # fmt: skip
def test_a_remedy_that_was_chosen_and_not_written_waits(
    page: Served, form: str, fields: dict[str, str | list[str]], there: tuple[str, ...]
) -> None:
    visitor = brought(page, faults=True)
    keep(visitor, "mend", form, **fields)
    waiting = back(page, visitor).get("mend")
    assert shown(waiting, "pas encore enregistré")
    for each in there:
        assert each in waiting.html, each
    written = visitor.post("mend", action=form.partition("/")[2], form=form, **fields)
    assert shown(written, "Écrit dans study.yml")
    assert "pas encore enregistré" not in written.text


def test_a_file_that_is_edited_as_a_text_waits(page: Served) -> None:
    visitor = brought(page)
    text = (folder_of(page, visitor) / "study.yml").read_text(encoding="utf-8")
    keep(visitor, "questionnaire", "file/study.yml", text=f"{text}\n# une note à moi")
    waiting = back(page, visitor).get("questionnaire")
    assert shown(waiting, "pas encore enregistré", "# une note à moi")
    assert "une note" not in (folder_of(page, visitor) / "study.yml").read_text(encoding="utf-8")
    gone = visitor.post("questionnaire", part="file", file="study.yml", act="discard", text="x")
    assert "une note" not in gone.text


def test_a_study_that_was_being_begun_waits_on_the_first_page(page: Served) -> None:
    visitor = page.visitor()
    keep(visitor, "/", "new", title="Le café", begin="satisfaction", languages=["fr", "en"])
    there = page.visitor().get("/")
    assert 'value="Le café"' in there.html
    assert 'value="satisfaction" selected' in there.html
    assert there.html.count('name="languages"') == there.html.count(" checked") == 2
    visitor.post("/new", title="Le café", begin="satisfaction", languages=["fr", "en"])
    assert 'value="Le café"' not in visitor.get("/").html


def test_the_language_outlives_what_the_browser_forgot(page: Served) -> None:
    page.visitor().post("/language", language="en", here="/")
    assert 'lang="en"' in page.visitor().get("/").html
    page.visitor().post("/language", language="fr", here="/")


def test_nothing_is_kept_of_a_form_that_is_none(page: Served) -> None:
    visitor = brought(page)
    assert visitor.post("keep", form="block/satisfaction", turn="0", title="x").status == 404
    assert visitor.post("keep", turn="0").status == 404


@pytest.fixture
def opened(new_browser: Callable[[Path], Any], tmp_path: Path) -> Iterator[Killable]:
    """Whoever opens a browser that can be killed, again and again on the same profile."""
    killable = Killable(tmp_path / "profile", new_browser)
    yield killable
    killable.close()


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="This system kills otherwise.")
def test_a_browser_that_is_killed_loses_no_tick_and_no_number(
    page: Served, opened: Killable
) -> None:
    visitor = brought(page)
    page.keys.used = False
    browser = opened.open(page.keys.address)
    browser.get(f"{page.top}{visitor.study}/choose")
    browser.find_element("css selector", '[name="duplicates"]').click()
    number = browser.find_element("css selector", '[name="smallest_cell"]')
    number.clear()
    number.send_keys("9")
    opened.kill(signal.SIGKILL, after=0.6)
    page.keys.used = False  # a new address: the browser may have forgotten that it was let in
    browser = opened.open(page.keys.address)
    browser.get(f"{page.top}{visitor.study}/choose")
    ticked = browser.find_element("css selector", '[name="duplicates"]')
    assert ticked.is_selected()
    assert browser.find_element("css selector", '[name="smallest_cell"]').get_property(
        "value"
    ) == "9"  # fmt: skip
    assert "pas encore enregistrés" in browser.find_element("css selector", "main").text
