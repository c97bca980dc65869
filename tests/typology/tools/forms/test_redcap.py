"""The REDCap form against the rules of its data dictionary."""

from __future__ import annotations

import csv
import html
import re
from io import StringIO
from itertools import groupby

import pytest

from typology.questionnaire.forms.form import Form
from typology.tools.forms import redcap

NAME, FORM, SECTION, TYPE, LABEL, CHOICES, NOTE, CHECK, LOW, HIGH = redcap.DICTIONARY_COLUMNS[:10]
REQUIRED, MATRIX, RANKING = (redcap.DICTIONARY_COLUMNS[at] for at in (12, 15, 16))
Line = dict[str, str]


def read(form: Form, language: str | None = None) -> list[Line]:
    content = dict(redcap.write(form).files)[language or form.languages[0]]  # type: ignore[index]
    return list(csv.DictReader(StringIO(content.decode(), newline="")))


def choices(line: Line) -> dict[str, str]:
    pairs = [each.strip().partition(",") for each in line[CHOICES].split("|")]
    return {code.strip(): html.unescape(label.strip()) for code, _, label in pairs}


def test_there_is_a_file_a_language(form: Form) -> None:
    assert tuple(redcap.write(form).files) == form.languages


def test_the_eighteen_columns_stand_in_their_order(form: Form) -> None:
    header = redcap.write(form).files[form.languages[0]].decode().splitlines()[0]
    assert next(csv.reader([header])) == [
        "Variable / Field Name", "Form Name", "Section Header", "Field Type", "Field Label",
        "Choices, Calculations, OR Slider Labels", "Field Note",
        "Text Validation Type OR Show Slider Number", "Text Validation Min",
        "Text Validation Max", "Identifier?", "Branching Logic (Show field only if...)",
        "Required Field?", "Custom Alignment", "Question Number (surveys only)",
        "Matrix Group Name", "Matrix Ranking?", "Field Annotation",
    ]  # fmt: skip
    assert not header.startswith("\ufeff")


def test_the_first_field_is_the_identifier_of_the_record(form: Form) -> None:
    first = read(form)[0]
    assert (first[NAME], first[TYPE], first[CHECK]) == ("record_id", "text", "")


def test_field_names_are_of_the_form_that_is_taken(form: Form) -> None:
    names = [line[NAME] for line in read(form)]
    assert len(names) == len(set(names))
    for name in names:
        assert re.fullmatch("[a-z]([a-z0-9_]*[a-z0-9])?", name)
        assert len(name) <= 26
        assert "__" not in name


def test_every_field_is_in_one_instrument_whose_name_is_taken(form: Form) -> None:
    assert {line[FORM] for line in read(form)} == {"questionnaire"}


def test_types_and_validations_are_known(form: Form) -> None:
    for line in read(form):
        assert line[TYPE] in {"text", "notes", "radio", "checkbox"}
        assert bool(line[CHOICES]) == (line[TYPE] in {"radio", "checkbox"})
        known = {"", "number", "date_dmy", "date_ymd"}
        assert line[CHECK] in (known if line[TYPE] == "text" else {""})
        assert line[REQUIRED] == ""
        assert line[LABEL]


def test_a_matrix_has_radio_buttons_with_the_same_choices_in_adjacent_fields(form: Form) -> None:
    groups = [(name, list(lines)) for name, lines in groupby(read(form), lambda each: each[MATRIX])]
    named = [name for name, _ in groups if name]
    assert len(named) == len(set(named))
    for name, lines in groups:
        if name:
            assert re.fullmatch("[a-z][a-z0-9_]*", name)
            assert {line[TYPE] for line in lines} == {"radio"}
            assert len({line[CHOICES] for line in lines}) == 1
            assert lines[0][SECTION]
            assert not any(line[SECTION] for line in lines[1:])
            assert len({line[RANKING] for line in lines}) == 1


@pytest.mark.parametrize("place", [0, 1])
def test_a_block_is_a_matrix_with_its_items_and_answers(hostile: Form, place: int) -> None:
    for language in hostile.languages:
        lines, grid = read(hostile, language)[1:], hostile.grids[place]
        start = sum(len(each.rows) for each in hostile.grids[:place])
        for line, row in zip(lines[start : start + len(grid.rows)], grid.rows, strict=True):
            assert html.unescape(line[LABEL]) == row.text.in_(language)
            assert choices(line) == {
                option.code: option.text.in_(language) for option in grid.options
            }


def test_a_bar_in_a_choice_does_not_make_another_choice(hostile: Form) -> None:
    question = hostile.questions[1]
    line = next(line for line in read(hostile) if line[TYPE] == "checkbox")
    assert list(choices(line).values()) == [option.text.in_("fr") for option in question.options]
    assert list(choices(line)) == ["mail", "video_call", "other", "x_1"]


def test_codes_of_choices_are_letters_digits_underscores_or_whole_numbers(form: Form) -> None:
    for line in read(form):
        codes = list(choices(line)) if line[CHOICES] else []
        assert all(re.fullmatch("[A-Za-z0-9_]+|-[0-9]+", code) for code in codes)
        assert len({code.lower() for code in codes}) == len(codes)


def test_ranks_are_a_matrix_that_takes_each_rank_once(hostile: Form) -> None:
    lines = [line for line in read(hostile) if line[RANKING]]
    assert [line[NAME] for line in lines] == ["order_a", "order_b_long_code", "order_c"]
    assert {line[RANKING] for line in lines} == {"y"}
    assert choices(lines[0]) == {"1": "1", "2": "2", "3": "3"}
    assert "Q5" in lines[0][SECTION]


def test_a_number_has_its_bounds_without_exponent(hostile: Form) -> None:
    bounded, open_above = (line for line in read(hostile) if line[CHECK] == "number")
    assert (bounded[LOW], bounded[HIGH]) == ("0.5", "1000000")
    assert (open_above[LOW], open_above[HIGH]) == ("0", "")
    assert open_above[NOTE] == "un nombre à partir de 0"


def test_a_date_has_its_bounds_as_redcap_writes_them(hostile: Form) -> None:
    for language, kind in (("fr", "date_dmy"), ("en", "date_ymd")):
        line = next(line for line in read(hostile, language) if line[NAME] == "since")
        assert (line[CHECK], line[LOW], line[HIGH]) == (kind, "1990-01-31", "2021-12-01")


def test_words_of_ones_own_are_asked_of_whoever_makes_the_choice(hostile: Form) -> None:
    logic = redcap.DICTIONARY_COLUMNS[11]
    shown = {line[NAME]: line[logic] for line in read(hostile) if line[logic]}
    assert shown == {
        "how_else_text": "[how] = 'Else'",
        "whom_o_text": "[whom(o)] = '1'",
    }
    fields = [line[NAME] for line in read(hostile)]
    for name, source in (("how_else_text", "how"), ("whom_o_text", "whom")):
        assert fields.index(name) == fields.index(source) + 1


def test_no_label_is_a_formula_a_tag_or_the_answer_to_a_field(hostile: Form) -> None:
    for line in read(hostile):
        for column in (LABEL, NOTE, SECTION):
            assert line[column][:1] not in set("=+-@") or not line[column]
            assert "[" not in line[column]
            assert "<b" not in line[column].replace("<br>", "")


def test_what_is_written_otherwise_is_told(hostile: Form, bfi_form: Form) -> None:
    names, codes, languages = redcap.write(hostile).notes
    assert "record_id → record_id2" in names
    assert "tools__used_ → tools_used" in names
    assert "semi-urban → semi_urban2" in codes
    assert "one language" in languages
    assert redcap.write(bfi_form).notes == ()
