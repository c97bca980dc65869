"""Columns whose codes have labels: which decides, what is in doubt, and what is told of it."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest

from typology.answers.cells.answer_cells import AnswerColumns, Cells
from typology.answers.cells.code_books import CodeBook, Unreadable
from typology.answers.cells.value_labels import LabelledReader, read_by_labels
from typology.answers.columns.answer_file import AnswerFile
from typology.answers.columns.number_columns import read_number_column
from typology.answers.headings.matching import ColumnMatch
from typology.answers.platforms import AnswerTable
from typology.questionnaire import Question
from typology.words.number_conventions import Conventions
from typology.words.phrases import phrase

BOOK = CodeBook([("1", ["No"]), ("2", ["Maybe"]), ("3", ["Yes"])], name="s")


def labelled(labels: dict[str, str], telling: list[str] | None = None) -> LabelledReader[str]:
    return LabelledReader(
        labels, plain=BOOK.read, of_label=BOOK.read_label,
        telling=BOOK.words if telling is None else telling,
    )  # fmt: skip


def said(reader: LabelledReader[str], text: str) -> str | None:
    try:
        return reader.read(text)
    except Unreadable as unreadable:
        return f"{unreadable.kind}: {unreadable.part}"


def test_a_label_that_is_understood_decides() -> None:
    reader = labelled({"1": " Yes ", "2": "2 - Maybe", "3": "3. No"})
    assert [said(reader, text) for text in ("1", " 2", "3", "4")] == [
        "3", "2", "1", "code: 4",
    ]  # fmt: skip
    assert reader.renumbered
    assert not labelled({"1": "No", "3": "Yes"}).renumbered
    assert labelled({"7": "No"}).renumbered  # 7 is no code


def test_a_label_that_is_not_understood_makes_its_code_unreadable() -> None:
    reader = labelled({"1": "Never", "2": "Maybe"})
    assert said(reader, "1") == "label: Never"
    assert said(reader, "2") == "2"
    # The label of an end is not understood: the code without one is in doubt.
    assert said(reader, "3") == "numbering: 3"
    assert said(labelled({"9": "Never"}), "3") == "3"
    assert reader.told_only_by_labels(["2"]) == ["Never"]
    assert reader.told_only_by_labels(["1"]) == []
    assert labelled({"9": "Never"}).told_only_by_labels([]) == []


def test_labels_of_signs_alone_say_nothing() -> None:
    reader = labelled({"1": "...", "2": "-", "3": "No answer"})
    assert [said(reader, text) for text in ("1", "2", "3")] == ["1", "2", None]
    assert not reader.renumbered


def test_codes_beside_others_that_are_numbered_otherwise_are_in_doubt() -> None:
    reader = labelled({"1": "Yes", "9": "No answer"})
    assert [said(reader, text) for text in ("1", "9", "2", "")] == [
        "3", None, "numbering: 2", None,
    ]  # fmt: skip


def test_one_label_of_several_codes_is_told() -> None:
    reader = labelled({"1": "No", "2": "no.", "3": "Yes", "8": "No answer", "9": "No answer"})
    assert reader.same_labels(["2", "1", "3", "8", "9"]) == {"no.": ["1", "2"]}
    assert reader.same_labels(["1", "3"]) == {}


def column(*texts: str, labels: dict[str, str], numbers: list[bool] | None = None) -> Cells:
    held = None if numbers is None else np.array(numbers)
    return Cells(pd.Series(texts), "q", "Q", labels, held)


def test_a_column_is_read_by_its_labels_and_doubts_are_noted_with_the_book() -> None:
    cells = column("1", "2", "2", "7", labels={"1": "No", "2": "no", "3": "Always"})
    expected = phrase("a code")
    reader = labelled(dict(cells.labels))
    found = read_by_labels(cells, reader, "string", expected=expected, book=BOOK)
    assert found.columns["q"].isna().tolist() == [False, False, False, True]
    assert [(each.kind, each.part, each.rows) for each in found.unread] == [
        ("code", "7", (3,)), ("label", "Always", ()), ("same label", "'No' for 1, 2", ()),
    ]  # fmt: skip
    for each in found.unread:
        assert (each.name, each.expected, each.book) == ("s", expected, BOOK)
        assert each.cells is cells


# --- Numbers ---


def read(
    *texts: str, labels: dict[str, str] | None = None, numbers: list[bool] | None = None,
    said: dict[str, Any] | None = None, **asked: Any,
) -> AnswerColumns:  # fmt: skip
    question = Question.model_validate({"id": "n", "type": "number", "en": "N", **asked})
    cells = pd.DataFrame({0: list(texts)}, index=range(2, len(texts) + 2), dtype="string")
    table = AnswerTable(
        "a.csv", ("How many",), cells, value_labels={0: labels or {}},
        numbers={} if numbers is None else {0: np.array(numbers)},
    )  # fmt: skip
    match = ColumnMatch({"n": 0}, None, None, ignored=(), problems=())
    rows = pd.Series(range(2, len(texts) + 2))
    return read_number_column(question, AnswerFile(table, match, rows, Conventions(**(said or {}))))


def numbers_of(found: AnswerColumns) -> list[float | None]:
    assert found.columns["n"].dtype == "Float64"
    return [None if pd.isna(each) else float(each) for each in found.columns["n"]]


UNIT = {"fr": "ans", "en": "years"}


def test_a_label_may_say_no_answer_or_the_same_number_with_its_unit() -> None:
    found = read("99", "5", "7", "3", labels={"99": "No answer", "5": "5 years", "7": "..."},
                 unit=UNIT)  # fmt: skip
    assert numbers_of(found) == [None, 5, 7, 3]
    # A number without a label: the labels are not the numbers meant.
    (unread,) = read("5", "3", labels={"5": "6 years"}, unit=UNIT).unread
    assert (unread.kind, unread.part) == ("label", "6 years")
    (months,) = read("5", "3", labels={"5": "5 months"}, unit=UNIT).unread
    assert months.part == "5 months"


def test_labels_that_are_all_numbers_are_the_numbers_meant() -> None:
    found = read("1", "2", "9", labels={"1": "35 ans", "2": "37.5", "9": "n/a"}, unit=UNIT)
    assert (numbers_of(found), found.renumbered) == ([35, 37.5, None], ("n",))
    same = read("35", "37", labels={"35": "35", "37": "37 years"}, unit=UNIT)
    assert (numbers_of(same), same.renumbered) == ([35, 37], ())
    some = read("1", "2", labels={"1": "35"})
    assert [each.part for each in some.unread] == ["35"]


def test_words_of_labels_may_be_declared() -> None:
    declared = {"answer_words": {"n": {"Many": "12"}}, "no_answer": ("Refus",)}
    found = read("1", "2", "3", labels={"1": "Many", "2": "Refus"}, said=declared)
    assert numbers_of(found) == [12, None, 3]


@pytest.mark.parametrize(
    ("bounds", "expected"),
    [({}, "a number"), ({"min": 2}, "a number from 2"), ({"max": 9}, "a number up to 9"),
     ({"min": 2, "max": 9}, "a number from 2 to 9")],
)  # fmt: skip
def test_what_is_no_number_of_the_question_is_told(bounds: dict[str, int], expected: str) -> None:
    found = read("1", "2", "9", "10", "x", **bounds)
    assert {unread.expected for unread in found.unread} == {expected}
    told = [(unread.kind, unread.part) for unread in found.unread]
    assert told == [
        *([("bounds", "1")] if "min" in bounds else []),
        *([("bounds", "10")] if "max" in bounds else []), ("number", "x"),
    ]  # fmt: skip


def test_numbers_of_the_file_have_a_point_and_typed_ones_a_mark() -> None:
    found = read("1.280", "1,5", "2.5", numbers=[True, False, True])
    assert numbers_of(found) == [1.28, 1.5, 2.5]
    typed = read("1.280", "1,5", numbers=[False, False])
    assert numbers_of(typed) == [1280, 1.5]


def told(*texts: str) -> str:
    notices = [each for each in read(*texts).notices if "no answer" in each]
    return notices[0] if notices else ""


def test_numbers_far_from_the_others_are_told_with_their_line() -> None:
    assert told("5", "999", "7", "999", "-1") == (
        "n (How many): numbers far from the others, or negative where the others are not: "
        "'-1' (1), '999' (2). They are read as numbers; if they mean no answer, add to the study "
        'file: answer_words: {n: {"-1": "", "999": ""}}'
    )
    for plain in (("5", "99", "70"), ("-5", "-99", "3.5", "-2.5"), ("999", "999"), ("5", "7"),
                  ("-1", "-2", "0.5", "-0.5")):  # fmt: skip
        assert told(*plain) == ""
    assert told("66", "99") == ""
    assert told("65", "99")
    eight = [f"-{at}" for at in range(1, 9)]
    assert told("5", *eight)
    assert told("5", *eight, "-9") == ""
