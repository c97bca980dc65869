"""The script for Google Forms, run by Node against a stand-in `FormApp` that notes its calls."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from typology.questionnaire import Language
from typology.questionnaire.forms.form import Form
from typology.questionnaire.forms.headings import answer_headings
from typology.tools.forms import google_forms
from typology.words import word

NODE = shutil.which("node")
STAND_IN = Path(__file__).parent / "stand_in_form_app.js"
Item = dict[str, Any]


def made(form: Form, language: Language, folder: Path) -> Item:
    """Run the script; return the form that it made."""
    if NODE is None:
        pytest.skip("No Node on PATH: the script was not run.")
    script = folder / f"form_{language}.gs"
    script.write_bytes(google_forms.write(form).files[language])
    ended = subprocess.run(
        [NODE, str(STAND_IN), str(script)], capture_output=True, encoding="utf-8", check=False
    )
    assert ended.returncode == 0, ended.stderr
    found: Item = json.loads(ended.stdout)
    return found


@pytest.fixture(params=[0, -1], ids=["first language", "last language"])
def language(request: pytest.FixtureRequest, form: Form) -> Language:
    return form.languages[request.param]


def test_the_form_has_its_title_and_tells_its_addresses(
    form: Form, language: Language, tmp_path: Path
) -> None:
    found = made(form, language, tmp_path)
    assert found["title"] == form.title.in_(language)
    assert found["description"] == (form.about.in_(language) if form.about else "")
    assert found["collectEmail"] is False
    assert len(found["log"]) == 2


def test_a_block_is_a_page_with_one_grid(form: Form, language: Language, tmp_path: Path) -> None:
    items = made(form, language, tmp_path)["items"]
    pages = [item for item in items if item["type"] in ("SECTION_HEADER", "PAGE_BREAK")]
    titles = [grid.title.in_(language) for grid in form.grids]
    assert [page["title"] for page in pages] == [*titles, word("about_you", language)]
    assert pages[0]["type"] == "SECTION_HEADER"
    grids = [item for item in items if item["type"] == "GRID" and "validation" not in item]
    for item, grid in zip(grids, form.grids, strict=True):
        assert item["title"] == grid.asked.in_(language)
        assert item["rows"] == [row.text.in_(language) for row in grid.rows]
        assert item["columns"] == [option.text.in_(language) for option in grid.options]


def test_every_question_has_its_words_and_its_choices(
    form: Form, language: Language, tmp_path: Path
) -> None:
    items = made(form, language, tmp_path)["items"][-len(form.questions) :]
    for item, question in zip(items, form.questions, strict=True):
        assert item["title"] == question.text.in_(language)
        labels = [option.text.in_(language) for option in question.options if not option.worded]
        assert item.get("other", False) is (question.own_words is not None)
        assert (item.get("rows") or item.get("choices") or []) == labels


def test_nothing_is_required(form: Form, language: Language, tmp_path: Path) -> None:
    items = made(form, language, tmp_path)["items"]
    assert {item["required"] for item in items if "required" in item} == {False}


def test_each_kind_has_its_item(hostile: Form, tmp_path: Path) -> None:
    items = made(hostile, "fr", tmp_path)["items"][-9:]
    assert [item["type"] for item in items] == [
        "MULTIPLE_CHOICE", "CHECKBOX", "TEXT", "TEXT", "GRID", "DATE", "MULTIPLE_CHOICE",
        "CHECKBOX", "PARAGRAPH_TEXT",
    ]  # fmt: skip
    bounded, low = items[2], items[3]
    assert bounded["validation"] == {
        "rule": "NumberBetween", "values": [0.5, 1000000], "help": "un nombre de 0,5 à 1000000",
    }  # fmt: skip
    assert low["validation"]["rule"] == "NumberGreaterThanOrEqualTo"
    told = items[5]["help"].replace("\u00a0", " ")
    assert told == "une date du 31 janvier 1990 au 1er décembre 2021"
    assert items[4]["columns"] == ["1", "2", "3"]
    assert items[4]["validation"]["rule"] == "LimitOneResponsePerColumn"


def test_headings_are_those_of_the_sheet_of_answers(
    form: Form, language: Language, tmp_path: Path
) -> None:
    """A grid has a column a row, "Title [Row]"; any other item one, its title."""
    items = made(form, language, tmp_path)["items"]
    written: list[str] = []
    for item in items:
        if item["type"] == "GRID":
            written += [f"{item['title']} [{row}]" for row in item["rows"]]
        elif item["type"] not in ("SECTION_HEADER", "PAGE_BREAK"):
            written.append(item["title"])
    told = answer_headings(form, "google-forms", language=language)
    assert [each.names[0] for each in told] == written


def test_commas_in_choices_that_are_ticked_are_told(hostile: Form, bfi_form: Form) -> None:
    notes = google_forms.write(hostile).notes
    assert any("commas themselves" in note and "tools__used_" in note for note in notes)
    assert any("checks no date" in note and "since" in note for note in notes)
    assert any('"Other" itself' in note and "how, whom" in note for note in notes)
    assert len(google_forms.write(bfi_form).notes) == 1
