"""The Qualtrics form against the rules of its advanced text format."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field

from typology.questionnaire import Language
from typology.questionnaire.forms.form import Form
from typology.tools.forms import qualtrics

TAG = re.compile(r"\[\[([A-Za-z]+)(?::([^\[\]]*))?\]\]")
KNOWN = {
    "AdvancedFormat", "Block", "Question", "ID", "AdvancedChoices", "Choice", "AdvancedAnswers",
    "Answer",
}  # fmt: skip


@dataclass
class Asked:
    kind: str
    block: str
    id: str = ""
    text: str = ""
    choices: dict[str, str] = field(default_factory=dict)
    answers: dict[str, str] = field(default_factory=dict)


def lines(form: Form, language: Language) -> list[str]:
    return qualtrics.write(form).files[language].decode().split("\n")


def read(form: Form, language: Language) -> list[Asked]:
    """Read as the format says: a tag begins each part, texts are HTML."""
    found: list[Asked] = []
    block, part, key = "", "", ""
    for line in lines(form, language):
        tag = TAG.fullmatch(line)
        if tag is None:
            said = html.unescape(line)
            if part == "text" and said:
                found[-1].text += said
            elif part in ("choices", "answers") and said:
                getattr(found[-1], part)[key] = said
            continue
        name, value = tag[1], tag[2] or ""
        if name == "Block":
            block = html.unescape(value)
        elif name == "Question":
            found.append(Asked(value, block))
            part = "text"
        elif name == "ID":
            found[-1].id = value
        elif name in ("AdvancedChoices", "AdvancedAnswers"):
            part = name.removeprefix("Advanced").lower()
        elif name in ("Choice", "Answer"):
            key = value
    return found


def test_there_is_a_file_a_language(form: Form) -> None:
    assert tuple(qualtrics.write(form).files) == form.languages


def test_the_first_line_says_that_the_format_is_the_advanced_one(form: Form) -> None:
    for language in form.languages:
        assert lines(form, language)[0] == "[[AdvancedFormat]]"


def test_double_brackets_stand_in_tags_alone_and_tags_are_known(form: Form) -> None:
    for language in form.languages:
        for line in lines(form, language):
            tag = TAG.fullmatch(line)
            if tag is None:
                assert "[[" not in line
                assert "]]" not in line
            else:
                assert tag[1] in KNOWN


def test_a_block_is_a_block_with_one_matrix(form: Form) -> None:
    for language in form.languages:
        matrices = [each for each in read(form, language) if each.kind == "Matrix"]
        for asked, grid in zip(matrices, form.grids, strict=True):
            assert asked.block == grid.title.in_(language)
            assert asked.id == grid.id
            assert asked.text == grid.asked.in_(language)
            assert list(asked.choices.values()) == [row.text.in_(language) for row in grid.rows]
            assert asked.answers == {
                option.code: option.text.in_(language) for option in grid.options
            }


def test_every_question_has_its_export_tag_its_words_and_its_choices(form: Form) -> None:
    for language in form.languages:
        ids = {question.id for question in form.questions}
        asked = [each for each in read(form, language) if each.id in ids]
        for each, question in zip(asked, form.questions, strict=True):
            assert each.id == question.id
            assert each.text.startswith(question.text.in_(language))
            labels = [option.text.in_(language) for option in question.options]
            assert list(each.choices.values()) == labels


def test_ids_are_used_once(form: Form) -> None:
    ids = [each.id for each in read(form, form.languages[0]) if each.id]
    assert len(set(ids)) == len(ids)


def test_values_are_whole_numbers_each_used_once(form: Form) -> None:
    text = qualtrics.write(form).files[form.languages[0]].decode()
    for value in re.findall(r"\[\[(?:Choice|Answer):([^\]]*)\]\]", text):
        assert re.fullmatch("-?[0-9]+", value)
    for each in read(form, form.languages[0]):
        parts = [*each.choices, *each.answers]
        assert len(parts) == len(set(each.choices)) + len(set(each.answers))


def test_each_kind_has_its_type(hostile: Form) -> None:
    kinds = [each.kind for each in read(hostile, "en")[-11:]]
    assert kinds == [
        "MC:SingleAnswer:Vertical", "MC:MultipleAnswer:Vertical", "TE:SingleLine",
        "TE:SingleLine", "RO", "TE:SingleLine", "MC:SingleAnswer:Vertical", "TE:SingleLine",
        "MC:MultipleAnswer:Vertical", "TE:SingleLine", "TE:Essay",
    ]  # fmt: skip


def test_no_text_is_replaced_or_is_a_tag_of_html(hostile: Form) -> None:
    text = qualtrics.write(hostile).files["fr"].decode()
    assert "${" not in text
    assert "<" not in text


def test_bounds_are_said_in_the_question_and_told(hostile: Form) -> None:
    asked = next(each for each in read(hostile, "en") if each.id == "meta")
    assert asked.text.endswith("a number from 0.5 to 1000000)")
    notes = qualtrics.write(hostile).notes
    assert any("meta, free, since" in note for note in notes)
    assert any("how, whom" in note for note in notes)
    assert any("record_id, tools__used_, Order" in note for note in notes)
