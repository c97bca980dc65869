"""The XLSForm against its specification, and read by pyxform as ODK and Kobo read it."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any
from xml.etree import ElementTree

import pytest
from openpyxl import load_workbook

from typology.questionnaire.forms.form import Form
from typology.tools.forms import xlsform
from typology.words import word

XFORMS = "{http://www.w3.org/2002/xforms}"
Line = dict[str, str]


def read(form: Form) -> dict[str, list[Line]]:
    workbook = load_workbook(BytesIO(xlsform.write(form).files[None]))
    return {sheet.title: list(lines(sheet)) for sheet in workbook}


def lines(sheet: Any) -> Iterator[Line]:
    header, *rows = sheet.iter_rows(values_only=True)
    for row in rows:
        yield {name: text for name, text in zip(header, row, strict=True) if text is not None}


def label(language: str, column: str = "label") -> str:
    return f"{column}::{word('language', language, language)} ({language})"


@pytest.fixture
def converted(form: Form) -> Any:
    pyxform = pytest.importorskip(
        "pyxform.xls2xform", reason="The package pyxform (extra: test) is not installed."
    )
    return pyxform.convert(BytesIO(xlsform.write(form).files[None]), file_type=".xlsx")


def test_pyxform_takes_it_without_a_warning(converted: Any) -> None:
    assert converted.warnings == []


def test_the_form_it_makes_has_every_text_of_every_language(form: Form, converted: Any) -> None:
    root = ElementTree.fromstring(converted.xform)
    for language in form.languages:
        name = f"{word('language', language, language)} ({language})"
        found = next(each for each in root.iter(f"{XFORMS}translation") if each.get("lang") == name)
        said = {plain(value.text or "") for value in found.iter(f"{XFORMS}value")}
        texts = [row.text for grid in form.grids for row in grid.rows]
        texts += [option.text for grid in form.grids for option in grid.options]
        texts += [question.text for question in form.questions]
        texts += [option.text for question in form.questions for option in question.options]
        assert {plain(text.in_(language)) for text in texts} <= said


def plain(text: str) -> str:
    """Return a text without what is escaped, and without the quotes that pyxform straightens."""
    text = re.sub(r"\\([*_#])", r"\1", html.unescape(text)).replace("$ {", "${")
    for curly, straight in zip("‘’“”", "''\"\"", strict=True):
        text = text.replace(curly, straight)
    return " ".join(text.split())


def test_the_sheets_and_their_columns_are_those_of_the_specification(form: Form) -> None:
    assert list(read(form)) == ["survey", "choices", "settings"]
    allowed = {"type", "name", "required", "appearance", "relevant", "constraint"}
    for language in form.languages:
        allowed |= {label(language, each) for each in ("label", "hint", "constraint_message")}
    for line in read(form)["survey"]:
        assert set(line) <= allowed
    assert set(read(form)["choices"][0]) == {"list_name", "name", *map(label, form.languages)}


def test_names_are_those_of_xml_elements_each_used_once(form: Form) -> None:
    names = [line["name"] for line in read(form)["survey"] if "name" in line]
    assert len({name.casefold() for name in names}) == len(names)
    assert all(re.fullmatch("[A-Za-z_][A-Za-z0-9_.-]*", name) for name in names)


def test_groups_open_and_close_around_each_block(form: Form) -> None:
    kinds = [line["type"] for line in read(form)["survey"]]
    assert kinds.count("begin_group") == kinds.count("end_group") == len(form.grids) + 1
    depth = 0
    for kind in kinds:
        depth += (kind == "begin_group") - (kind == "end_group")
        assert depth in (0, 1)


def test_items_are_likert_questions_of_the_list_of_their_scale(form: Form) -> None:
    likert = [line for line in read(form)["survey"] if line.get("appearance") == "likert"]
    rows = [(grid, row) for grid in form.grids for row in grid.rows]
    lists = choice_lists(form)
    for line, (grid, row) in zip(likert, rows, strict=True):
        assert line["name"] == row.id
        assert line["required"] == "no"
        kind, name = line["type"].split()
        assert kind == "select_one"
        assert lists[name] == [option.code for option in grid.options]


def choice_lists(form: Form) -> dict[str, list[str]]:
    lists: dict[str, list[str]] = {}
    for line in read(form)["choices"]:
        lists.setdefault(line["list_name"], []).append(line["name"])
    return lists


def test_each_list_is_used_and_has_each_code_once_without_a_space(form: Form) -> None:
    used = {line["type"].split()[1] for line in read(form)["survey"] if " " in line["type"]}
    lists = choice_lists(form)
    assert set(lists) == used
    for codes in lists.values():
        assert len(set(codes)) == len(codes)
        assert not [code for code in codes if " " in code]


def test_each_kind_has_its_type(hostile: Form) -> None:
    asked = {line["name"]: line for line in read(hostile)["survey"] if "name" in line}
    kinds = [asked[name]["type"] for name in ("record_id", "tools__used_", "free", "Order", "note")]
    assert [kind.split()[0] for kind in kinds] == [
        "select_one", "select_multiple", "decimal", "rank", "text",
    ]  # fmt: skip
    assert asked["meta2"]["constraint"] == ". >= 0.5 and . <= 1000000"
    assert asked["meta2"][label("fr", "constraint_message")] == "un nombre de 0,5 à 1000000"
    assert asked["free"]["constraint"] == ". >= 0"
    assert asked["since"]["type"] == "date"
    assert asked["since"]["constraint"] == ". >= date('1990-01-31') and . <= date('2021-12-01')"
    assert asked["how_Else_text"][label("fr")] == "Autre, <i>lequel</i>\u00a0:"


def test_settings_name_the_form_and_its_first_language(form: Form) -> None:
    (settings,) = read(form)["settings"]
    assert settings["form_title"] == form.title.in_(form.languages[0])
    assert re.fullmatch("[a-z][a-z0-9_]*", settings["form_id"])
    assert label(form.languages[0]) == f"label::{settings['default_language']}"


def test_the_version_changes_with_the_form(hostile: Form, bfi_form: Form) -> None:
    versions = {read(each)["settings"][0]["version"] for each in (hostile, bfi_form)}
    assert len(versions) == 2


def test_no_text_takes_an_answer_or_is_a_formula(hostile: Form) -> None:
    workbook = load_workbook(BytesIO(xlsform.write(hostile).files[None]))
    cells = [cell for sheet in workbook for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells if cell.value is not None} == {"s"}
    answers = [str(cell.value) for cell in cells if "${" in str(cell.value or "")]
    assert answers == ["selected(${how}, 'Else')", "selected(${whom}, 'o')"]


def test_what_is_written_otherwise_is_told(hostile: Form, bfi_form: Form) -> None:
    names, language = xlsform.write(hostile).notes
    assert "meta → meta2" in names
    assert language.in_("fr").endswith("en français.")
    assert xlsform.write(bfi_form).notes == ()
