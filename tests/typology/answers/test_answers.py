"""What a cell says: a number, a tick, a list of choices; and what it does not say."""

from __future__ import annotations

import pandas as pd
import pytest

from typology.answers.cells.code_books import CodeBook, Unreadable
from typology.answers.cells.texts import (
    is_missing,
    map_distinct,
    number_reader,
    read_list,
    read_number,
    read_tick,
    tells_ticks,
)
from typology.questionnaire import Question

VISITS = Question.model_validate(
    {"id": "visits", "type": "number", "en": "Visits", "min": 0, "max": 5000,
     "unit": {"fr": "actes", "en": "visits"}}
)  # fmt: skip
TOOLS = CodeBook([("mail", ["E-mail"]), ("video", ["Video calls"]), ("no", ["None, or no"])])
LEVELS = CodeBook([("1", ["Low"]), ("2", ["High"]), ("10", ["Highest"])])


def kind(text: str, book: CodeBook) -> str:
    with pytest.raises(Unreadable) as caught:
        book.read(text)
    return caught.value.kind


@pytest.mark.parametrize(
    ("text", "number"),
    [("1280 visits", 1280), ("1 280 Actes", 1280), ("41,5", 41.5), ("n/a", None), ("", None)],
)
def test_a_number_may_have_its_unit(text: str, number: float | None) -> None:
    assert read_number(text, VISITS) == number


@pytest.mark.parametrize(
    ("text", "why"),
    [("1,280", "mark"), ("7²", "number"), ("12 km", "number"), ("6000", "bounds"), ("x", "number")],
)
def test_a_number_that_is_not_read_says_why(text: str, why: str) -> None:
    with pytest.raises(Unreadable) as caught:
        read_number(text, VISITS)
    assert caught.value.kind == why


def test_a_mark_decides_only_what_is_in_doubt() -> None:
    assert read_number("1,280", VISITS, mark=".") == 1280
    assert read_number("1,280", VISITS, mark=",") == 1.28
    assert read_number("41,5", VISITS, mark=".") == 41.5


@pytest.mark.parametrize(
    ("text", "code"),
    [("2", "2"), ("2,0", "2"), ("02", "2"), ("２", "2"), ("10.00", "10"), ("2 - High", "2")],
)
def test_a_code_is_read_as_a_number_is_written(text: str, code: str) -> None:
    assert LEVELS.read(text) == code


@pytest.mark.parametrize(
    ("text", "why"),
    [("²", "code"), ("1_0", "code"), ("1/2", "code"), ("1-2", "code"), ("½", "code"),
     ("1.1", "code"), ("2:2", "code"), ("2.02", "code"),
     ("1 - High", "two answers"), ("2024-01-02", "code"), ("1-Feb", "word"), ("1,5", "code")],
)  # fmt: skip
def test_what_is_no_code_is_never_another_code(text: str, why: str) -> None:
    assert kind(text, LEVELS) == why


def test_a_thousand_is_not_one_where_both_are_codes() -> None:
    assert CodeBook([("1", []), ("2", [])]).read("1.000") == "1"
    assert kind("1.000", CodeBook([("1", []), ("1000", [])])) == "two answers"


def test_codes_may_lack_the_zeros_that_spreadsheets_take_away() -> None:
    departments = CodeBook([("01", ["Ain"]), ("11", ["Aude"])])
    assert [departments.read(text) for text in ("1", "01", "11.0")] == ["01", "01", "11"]
    assert kind("001", CodeBook([("1", []), ("01", [])])) == "two answers"


def test_declared_words_mean_what_is_declared() -> None:
    book = CodeBook(
        [("1", ["Low"]), ("2", ["High"])],
        declared={"Bas": "low", "A2": "2", "Vide": "", "Autre": "nothing known"},
    )
    assert [book.read(text) for text in ("bas", "A2", "vide")] == ["1", "2", None]
    assert kind("Autre", book) == "word"


@pytest.mark.parametrize(
    ("text", "ticked"),
    [("1", True), ("0,0", False), ("Not selected", False), ("Coché", True), ("E-mail", True),
     ("", None), ("non cité", False)],
)  # fmt: skip
def test_a_tick_has_several_words(text: str, ticked: bool | None) -> None:
    assert read_tick(text, TOOLS, "mail") is ticked


@pytest.mark.parametrize("text", ["²", "2", "Video calls", "-1"])
def test_another_answer_is_no_tick(text: str) -> None:
    with pytest.raises(Unreadable):
        read_tick(text, TOOLS, "mail")


def test_no_is_a_tick_or_the_choice_called_no_as_the_other_columns_show() -> None:
    assert tells_ticks([["yes", "no"], ["no"]], TOOLS)
    assert tells_ticks([["1", ""], ["no"]], TOOLS)
    assert not tells_ticks([["E-mail", ""], ["no", ""]], TOOLS)
    assert read_tick("no", TOOLS, "no", ticks=True) is False
    with pytest.raises(Unreadable):
        read_tick("no", TOOLS, "no", ticks=False)


@pytest.mark.parametrize(
    ("text", "codes"),
    [("mail video", ("mail", "video")), ("E-mail;Video calls", ("mail", "video")),
     ("None, or no, E-mail", ("no", "mail")), ("n/a", None), ("video", ("video",))],
)  # fmt: skip
def test_choices_are_listed(text: str, codes: tuple[str, ...] | None) -> None:
    assert read_list(text, TOOLS) == codes


@pytest.mark.parametrize(
    ("text", "part", "why"),
    [("mail fax", "mail fax", "word"), ("mail mail", "mail twice", "twice"),
     ("mail;Fax", "Fax", "word"), ("mail;7", "7", "code")],
)  # fmt: skip
def test_a_list_with_something_else_names_it(text: str, part: str, why: str) -> None:
    with pytest.raises(Unreadable) as caught:
        read_list(text, TOOLS)
    assert (caught.value.part, caught.value.kind) == (part, why)


def test_a_column_is_read_once_a_text() -> None:
    read: list[str] = []

    def reader(text: str) -> int:
        read.append(text)
        if text == "x":
            raise Unreadable(text)
        return int(text)

    said, bad, unreadable = map_distinct(pd.Series(["2", "x", "2", "3", "x"]), reader)
    assert said.tolist() == [2, None, 2, 3, None]
    assert bad.tolist() == [False, True, False, False, True]
    assert read == ["2", "x", "3"]
    assert list(unreadable) == ["x"]


@pytest.mark.parametrize("text", ["99", "99.0", "99,00"])
def test_a_declared_number_means_no_answer_however_it_is_written(text: str) -> None:
    assert is_missing(text, ["99"])
    assert not is_missing(text, ["9"])


@pytest.mark.parametrize("text", ["1", "1.0", "1,0"])
def test_a_number_that_is_a_code_and_other_words_is_in_doubt(text: str) -> None:
    children = CodeBook([("1", ["0"]), ("2", ["1"]), ("3", ["2 or more"])])
    assert kind(text, children) == "two answers"


def test_bounds_tell_how_a_column_of_numbers_is_written() -> None:
    age = Question.model_validate(
        {"id": "age", "type": "number", "en": "Age", "min": 18, "max": 99,
         "unit": {"fr": "ans", "en": "years"}}
    )  # fmt: skip
    read, mark = number_reader(["41,500", "n/a", "?", "20 years"], age, ["?"])
    assert mark.mark == ","
    assert [read(text) for text in ("41,500", "?", "n/a", "20 years")] == [41.5, None, None, 20]
    read, _ = number_reader(["41,500"], age, declared=".")
    with pytest.raises(Unreadable):
        read("41,500")  # 41500 years
