"""The LimeSurvey form against the rules of its importer and of the manual's page."""

from __future__ import annotations

import csv
import html
import re
from io import StringIO

import pytest

from typology.questionnaire.forms.form import Form
from typology.tools.forms import limesurvey

Line = dict[str, str]
DOCUMENTED = {
    "class", "type/scale", "name", "relevance", "text", "help", "language", "validation",
    "mandatory", "other", "default", "same_default",
}  # fmt: skip


def content(form: Form) -> bytes:
    return limesurvey.write(form).files[None]


def read(form: Form) -> list[Line]:
    """Read as the importer does: tabs, double quotes, one record a line."""
    rows = list(csv.reader(StringIO(content(form).decode()), delimiter="\t", quotechar='"'))
    return [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]


def of(lines: list[Line], language: str, *kinds: str) -> list[Line]:
    return [line for line in lines if line["class"] in kinds and line["language"] == language]


def test_the_header_has_the_documented_columns_once(form: Form) -> None:
    header = content(form).decode().partition("\n")[0].split("\t")
    assert set(header) >= DOCUMENTED
    assert len(header) == len(set(header))


def test_the_encoding_can_be_guessed_from_the_first_thousand_bytes(form: Form) -> None:
    assert content(form)[:1000].isascii()
    content(form).decode("utf-8")


def test_no_text_needs_quotes_or_has_a_tab_or_a_line_end(form: Form) -> None:
    text = content(form).decode()
    assert '"' not in text
    assert "\r" not in text
    columns = text.partition("\n")[0].count("\t")
    assert {line.count("\t") for line in text.splitlines()} == {columns}


def test_settings_come_first_and_name_the_languages(form: Form) -> None:
    lines = read(form)
    settings = {line["name"]: line["text"] for line in lines if line["class"] == "S"}
    assert settings["language"] == form.languages[0]
    assert settings["additional_languages"].split() == list(form.languages[1:])
    kinds = [line["class"] for line in lines]
    assert kinds[: kinds.count("S")] == ["S"] * kinds.count("S")
    assert kinds.index("G") > max(at for at, kind in enumerate(kinds) if kind == "SL")


def test_each_language_has_its_title_and_its_welcome(form: Form) -> None:
    for language in form.languages:
        texts = {line["name"]: line["text"] for line in of(read(form), language, "SL")}
        assert html.unescape(texts["surveyls_title"]) == form.title.in_(language)
        about = form.about.in_(language) if form.about else ""
        assert html.unescape(texts["surveyls_welcometext"]) == about


def test_every_language_has_the_same_rows_in_the_same_order(form: Form) -> None:
    lines = [line for line in read(form) if line["class"] in ("G", "Q", "SQ", "A")]
    size = len(lines) // len(form.languages)
    shape = [
        (line["class"], line["type/scale"], line["name"] if line["class"] != "G" else "")
        for line in lines
    ]
    for place, language in enumerate(form.languages):
        part = slice(place * size, (place + 1) * size)
        assert {line["language"] for line in lines[part]} == {language}
        assert shape[part] == shape[:size]


def test_groups_are_numbered_alike_in_every_language(form: Form) -> None:
    expected = [str(n) for n in range(1, len(form.grids) + 2)]
    if not form.questions:
        expected.pop()
    for language in form.languages:
        assert [line["type/scale"] for line in of(read(form), language, "G")] == expected


def test_a_block_is_a_group_with_one_array(form: Form) -> None:
    language = form.languages[0]
    lines = of(read(form), language, "G", "Q", "SQ", "A")
    starts = [at for at, line in enumerate(lines) if line["class"] == "G"]
    for grid, start in zip(form.grids, starts, strict=False):
        group, question, *rest = lines[start : start + 2 + len(grid.rows) + len(grid.options)]
        assert html.unescape(group["name"]) == grid.title.in_(language)
        assert (question["class"], question["type/scale"]) == ("Q", "F")
        assert html.unescape(question["text"]) == grid.asked.in_(language)
        rows, answers = rest[: len(grid.rows)], rest[len(grid.rows) :]
        assert {line["class"] for line in rows} == {"SQ"}
        assert [html.unescape(line["text"]) for line in rows] == [
            row.text.in_(language) for row in grid.rows
        ]
        assert {line["class"] for line in answers} == {"A"}
        assert [html.unescape(line["text"]) for line in answers] == [
            option.text.in_(language) for option in grid.options
        ]


def test_codes_are_of_the_form_that_is_taken(form: Form) -> None:
    lines = of(read(form), form.languages[0], "Q", "SQ", "A")
    own: list[str] = []
    questions = [line["name"] for line in lines if line["class"] == "Q"]
    for name in questions:
        assert re.fullmatch("[A-Za-z][A-Za-z0-9]{0,19}", name)
        assert name not in {"LANG", "SID", "SAVEDID", "TOKEN", "QID", "GID", "SGQ"}
        assert name not in {"self", "that", "this"}
    assert len({name.casefold() for name in questions}) == len(questions)
    for line in lines:
        if line["class"] == "Q":
            own = []
        elif line["class"] == "SQ":
            assert re.fullmatch("[A-Za-z0-9]{1,20}", line["name"])
            assert line["name"] not in {"time", "other", "comment"}
        else:
            assert re.fullmatch("[A-Za-z0-9]{1,5}", line["name"])
        if line["class"] != "Q":
            assert line["name"].casefold() not in own
            own.append(line["name"].casefold())


def test_ids_and_codes_that_are_taken_are_those_of_the_questionnaire(physicians_form: Form) -> None:
    lines = of(read(physicians_form), "fr", "Q", "SQ", "A")
    names = [line["name"] for line in lines if line["class"] != "A"]
    assert names[:3] == ["expectations", "E01", "E02"]
    assert [line["name"] for line in lines if line["class"] == "A"][:5] == list("12345")


def test_nothing_is_mandatory_and_nothing_is_hidden(form: Form) -> None:
    questions = [line for line in read(form) if line["class"] == "Q"]
    assert {line["mandatory"] for line in questions} == {"N"}
    shown = [line for line in read(form) if line["class"] in ("G", "Q", "SQ")]
    assert {line["relevance"] for line in shown} == {"1"}


def test_each_kind_has_its_type(hostile: Form) -> None:
    questions = of(read(hostile), "en", "Q")[len(hostile.grids) :]
    kinds = ["L", "M", "N", "N", "R", "D", "L", "M", "T"]
    assert [line["type/scale"] for line in questions] == kinds
    assert (questions[5]["date_min"], questions[5]["date_max"]) == ("", "")
    day = of(read(hostile), "fr", "Q")[len(hostile.grids) + 5]
    assert (day["date_min"], day["date_max"]) == ("1990-01-31", "2021-12-01")
    number = of(read(hostile), "fr", "Q")[len(hostile.grids) + 2]
    assert (number["min_num_value_n"], number["max_num_value_n"]) == ("0.5", "1000000")
    assert "numérotez" in of(read(hostile), "fr", "Q")[len(hostile.grids) + 4]["help"]


def test_a_choice_with_words_of_ones_own_is_the_other_of_limesurvey(hostile: Form) -> None:
    for language, words in (
        ("fr", "Autre, <i>lequel</i>"),
        ("en", "Autre, <i>lequel</i> : … (en)"),
    ):
        lines = of(read(hostile), language, "Q", "SQ", "A")
        start = next(at for at, line in enumerate(lines) if line["name"] == "how")
        assert [line["other"] for line in lines[start : start + 3]] == ["Y", "", ""]
        assert html.unescape(lines[start]["other_replace_text"]) == words
        assert [line["name"] for line in lines[start + 1 : start + 4]] == ["mail", "post", "whom"]
        assert lines[start + 3]["other"] == "Y"
        assert [line["name"] for line in lines[start + 4 : start + 6]] == ["gp", "note"]


@pytest.mark.parametrize("sign", ["{", "}", "\\", "<script"])
def test_no_text_is_run_by_limesurvey_or_php(hostile: Form, sign: str) -> None:
    assert sign not in content(hostile).decode()


def test_no_cell_is_run_by_a_spreadsheet(hostile: Form) -> None:
    cells = [cell for line in read(hostile) for cell in line.values()]
    assert not [cell for cell in cells if cell[:1] in set("=+-@")]


def test_letters_beyond_sixteen_bits_are_written_so_that_any_database_keeps_them(
    hostile: Form,
) -> None:
    assert max(map(ord, content(hostile).decode())) <= 0xFFFF
    assert "😀" in html.unescape(content(hostile).decode())


def test_what_is_written_otherwise_is_told(hostile: Form, bfi_form: Form) -> None:
    codes, answers, moved = limesurvey.write(hostile).notes
    assert moved.endswith("after the others, in how.")
    assert "E_1 → E12" in codes
    assert "record_id → recordid" in codes
    assert "other_ → other2" in codes
    assert "agree, record_id, Order" in answers
    assert "réponse" in answers.in_("fr")
    assert len(limesurvey.write(bfi_form).notes) == 1
