"""Columns of items and of questions with one answer: codes, words, labels and own words."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from file_of_columns import file_of_columns
from typology.answers.cells.answer_cells import AnswerColumns
from typology.answers.columns.answer_file import AnswerFile
from typology.answers.columns.item_columns import read_item, read_question
from typology.questionnaire import Question
from typology.questionnaire.file import questionnaire_from_mapping


def file(
    columns: dict[str, list[str]], labels: dict[str, str] | None = None, **said: Any
) -> AnswerFile:
    """Return a file of these columns, with labels of the values of the first."""
    return file_of_columns(columns, {0: labels or {}}, **said)


def asked(**more: Any) -> Question:
    return Question.model_validate({"id": "q", "fr": "Q ?", "en": "Q?", **more})


def given(found: AnswerColumns) -> dict[str, list[Any]]:
    return {
        name: [None if pd.isna(each) else each for each in column]
        for name, column in found.columns.items()
    }


SCALE = [{"code": 1, "fr": "Non", "en": "No"}, {"code": 2, "fr": "Neutre", "en": "Neutral"},
         {"code": 3, "fr": "Oui", "en": "Yes"}]  # fmt: skip


def item(cells: list[str], labels: dict[str, str] | None = None, **said: Any) -> AnswerColumns:
    questionnaire = questionnaire_from_mapping({
        "title": {"fr": "É", "en": "S"}, "scales": {"agreement": SCALE},
        "blocks": [{"id": "fears", "title": {"fr": "a", "en": "b"}, "scale": "agreement",
                    "direction": "neutral", "items": [{"id": "F1", "fr": "x", "en": "y"}]}],
    })  # fmt: skip
    (block,) = questionnaire.blocks
    return read_item(
        block.items[0], block, questionnaire.scales["agreement"],
        file({"F1": cells}, labels, **said),
    )  # fmt: skip


def test_an_item_is_read_as_codes_of_its_scale() -> None:
    found = item(["1", "Oui", "3 - Yes", "", "neutral", "?"], no_answer=("?",))
    assert given(found) == {"F1": [1, 3, 3, None, 2, None]}
    assert found.columns["F1"].dtype == "Int64"
    assert (found.unread, found.renumbered) == ((), ())


@pytest.mark.parametrize("name", ["agreement", "fears", "F1"])
def test_words_are_declared_for_a_scale_a_block_or_an_item(name: str) -> None:
    found = item(["Bof", "1"], answer_words={name: {"Bof": "2"}})
    assert given(found) == {"F1": [2, 1]}
    assert len(item(["Bof"], answer_words={"other": {"Bof": "2"}}).unread) == 1


def test_what_is_no_answer_of_the_scale_is_told_with_what_is_expected() -> None:
    (unread,) = item(["1", "7"]).unread
    assert (unread.part, unread.rows, unread.name) == ("7", (1,), "agreement")
    assert unread.expected == "a code from 1 to 3, or the words of the scale (No ... Yes)"
    assert unread.expected.in_("fr").endswith("(Non ... Oui)")


def test_labels_that_number_the_answers_otherwise_are_told() -> None:
    found = item(["1", "2", "3"], {"1": "Yes", "2": "Neutral", "3": "No"})
    assert given(found) == {"F1": [3, 2, 1]}
    assert found.renumbered == ("F1",)
    same = item(["1", "2", "3"], {"1": "No", "2": "Neutral", "3": "Yes"})
    assert (given(same), same.renumbered) == ({"F1": [1, 2, 3]}, ())
    other = item(["11", "13"], {"11": "No", "13": "Yes"})
    assert (given(other), other.renumbered) == ({"F1": [1, 3]}, ())


def test_a_text_is_what_was_written_or_what_its_label_says() -> None:
    text = asked(type="text")
    found = read_question(
        text, file({"q": [" a friend ", "", "N/A", "n/a ", "1"]}, no_answer=("N/A",))
    )
    assert given(found) == {"q": ["a friend", None, None, None, "1"]}
    assert found.columns["q"].dtype == "string"
    labelled = read_question(text, file({"q": ["1", "2", "3"]}, {"1": " Doctor ", "2": " "}))
    assert given(labelled) == {"q": ["Doctor", "2", "3"]}


def test_a_question_without_a_column_has_no_answers() -> None:
    other = file({"other": ["1"]})
    for kind in ("text", "number", "date"):
        assert read_question(asked(type=kind), other).columns == {}
    for kind in ("single", "multiple", "rank"):
        choices = [{"code": code, "fr": code, "en": code} for code in ("one", "two")]
        assert read_question(asked(type=kind, choices=choices), other).columns == {}


CHOICES = [{"code": "gp", "fr": "Généraliste", "en": "General"},
           {"code": "sp", "fr": "Spécialiste", "en": "Specialist"}]  # fmt: skip
OTHER = {"code": "oth", "fr": "Autre : ...", "en": "Other: ...", "text": True}


def test_a_single_choice_is_a_code() -> None:
    found = read_question(
        asked(type="single", choices=CHOICES), file({"q": ["gp", "Specialist", "", "x"]})
    )
    assert given(found) == {"q": ["gp", "sp", None, None]}
    (unread,) = found.unread
    assert (unread.part, unread.name) == ("x", "q")
    assert unread.expected == "one of gp (Généraliste), sp (Spécialiste)"


def test_whoever_wrote_words_chose_other() -> None:
    question = asked(type="single", choices=[*CHOICES, OTHER])
    found = read_question(
        question, file({"q": ["gp", "a nurse", "Autre : infirmière", "", "Other"]})
    )
    assert given(found) == {
        "q": ["gp", "oth", "oth", None, "oth"],
        "q:oth:text": [None, "a nurse", "infirmière", None, None],
    }
    beside = read_question(
        question,
        file({"q": ["gp", "Other", "", "sp"], "q:oth:text": ["", "a nurse", "a cook", "x"]}),
    )
    assert given(beside) == {
        "q": ["gp", "oth", "oth", "sp"], "q:oth:text": [None, "a nurse", "a cook", "x"],
    }  # fmt: skip


def test_codes_of_a_platform_are_no_words_of_ones_own() -> None:
    question = asked(type="single", choices=[*CHOICES, OTHER])
    found = read_question(question, file({"q": ["A1", "A2", "-oth-", ""]}))
    assert given(found) == {"q": [None, None, "oth", None], "q:oth:text": [None] * 4}
    assert [each.part for each in found.unread] == ["A1", "A2"]
    assert found.notices == ()


def test_words_that_look_like_a_choice_are_told() -> None:
    question = asked(type="single", choices=[*CHOICES, OTHER])
    (notice,) = read_question(question, file({"q": ["gp", "Specialists"]})).notices
    assert notice.startswith("q: 'Specialists' (1) are no choice of the questionnaire")
    labelled = file({"q": ["1", "2"]}, {"1": "General", "2": "A nurse"})
    assert read_question(question, labelled).notices == ()
