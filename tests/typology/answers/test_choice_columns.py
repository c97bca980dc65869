"""Several answers to a question: a column for each choice, for each place, or one that lists."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from file_of_columns import file_of_columns
from typology.answers.cells.answer_cells import AnswerColumns
from typology.answers.columns.choice_columns import read_choices, read_themes
from typology.problems import Problem
from typology.questionnaire import Question

CHOICES = [
    {"code": "time", "fr": "Temps", "en": "Time"}, {"code": "cost", "fr": "Coût", "en": "Cost"},
    {"code": "team", "fr": "Équipe", "en": "Team"},
]  # fmt: skip
OTHER = {"code": "other", "fr": "Autre : ...", "en": "Other: ...", "text": True}
NA = None


def question(kind: str, *choices: dict[str, Any]) -> Question:
    return Question.model_validate(
        {"id": "q", "type": kind, "fr": "Q ?", "en": "Q?", "choices": [*CHOICES, *choices]}
    )


TICKS, RANKS = question("multiple"), question("rank")


def read(asked: Question, columns: dict[str, list[str]], **said: Any) -> AnswerColumns:
    return read_choices(asked, file_of_columns(columns, **said))


def values(found: AnswerColumns) -> dict[str, list[Any]]:
    """Return what was read, without the name of the question."""
    return {
        name.partition(":")[2]: [None if pd.isna(each) else each for each in column]
        for name, column in found.columns.items()
    }


def test_an_empty_cell_beside_ticks_is_not_chosen_and_among_none_no_answer() -> None:
    found = read(TICKS, {"q:time": ["1", "", "x", ""], "q:cost": ["0", "yes", "", " "]})
    assert values(found) == {"time": [True, False, True, NA], "cost": [False, True, False, NA]}
    assert [column.dtype for column in found.columns.values()] == ["boolean", "boolean"]
    assert (found.unread, found.problems, found.notices) == ((), (), ())


def test_a_cell_that_a_label_calls_no_answer_is_none() -> None:
    found = read(
        TICKS, {"q:time": ["9", "1", ""], "q:cost": ["1", "0", "1"]},
        labels={0: {"9": "No answer"}},
    )  # fmt: skip
    assert values(found) == {"time": [NA, True, False], "cost": [True, False, True]}


def test_a_cell_that_is_no_tick_is_told_with_what_is_expected() -> None:
    (unread,) = read(TICKS, {"q:time": ["1", "maybe"], "q:cost": ["0", "1"]}).unread
    assert (unread.part, unread.rows, unread.name) == ("maybe", (1,), "q")
    assert unread.expected == "1 or 0, yes or no, x or empty"
    assert unread.cells.key == "q:time"


# --- Numbers of the places of columns ---


def test_numbers_of_their_places_are_ticks() -> None:
    found = read(
        TICKS, {"q:time": ["1", "", "1", ""], "q:cost": ["2", "2", "", ""], "q:team": [""] * 4}
    )
    assert values(found) == {
        "time": [True, False, True, NA], "cost": [True, True, False, NA],
        "team": [False, False, False, NA],
    }  # fmt: skip


def test_places_are_those_of_the_file() -> None:
    found = read(TICKS, {"q:team": ["1", ""], "q:time": ["", "2"], "q:cost": ["3", ""]})
    assert values(found) == {"time": [False, True], "cost": [True, False], "team": [True, False]}


@pytest.mark.parametrize(
    "columns",
    [
        {"q:time": ["1", ""], "q:cost": ["", ""]},  # one column alone
        {"q:time": ["1", "1"], "q:cost": ["2", "2"]},  # never empty where another is not
        {"q:time": ["1", ""], "q:cost": ["2", "1"]},  # something else too
    ],
)
def test_numbers_that_are_no_places_are_read_as_ticks(columns: dict[str, list[str]]) -> None:
    found = read(TICKS, columns)
    assert values(found)["time"][0]
    two = [unread for unread in found.unread if unread.part == "2"]
    assert len(two) == ("2" in columns["q:cost"])


# --- Ranks ---


def test_ranks_are_read_as_people_write_them() -> None:
    found = read(
        RANKS,
        {"q:time": ["1", "1er", "", "Rang 3"], "q:cost": ["2.0", "2nd choice", "", ""],
         "q:team": ["3", "n° 3", "", "1st"]},
    )  # fmt: skip
    assert values(found) == {
        "time": [1, 1, NA, 3], "cost": [2, 2, NA, NA], "team": [3, 3, NA, 1],
    }  # fmt: skip
    assert {str(column.dtype) for column in found.columns.values()} == {"Int64"}
    assert found.problems == ()


@pytest.mark.parametrize("text", ["0", "4", "1.5", "first"])
def test_what_is_no_rank_of_the_choices_is_told(text: str) -> None:
    (unread,) = read(RANKS, {"q:time": [text], "q:cost": ["2"]}).unread
    assert unread.part == text
    assert unread.expected == "a rank from 1 to 3"


def test_a_rank_given_twice_is_one_problem_with_its_rows() -> None:
    columns = {
        "q:time": ["1", "1", "", "2"],
        "q:cost": ["1", "2", "", "2"],
        "q:team": ["", *"3", "", "1"],
    }
    (problem,) = read(RANKS, columns).problems
    assert problem == Problem(
        "R0, R3", "q", "one rank given to several choices", problem.expected, problem.remedy,
        "a.csv", 2,
    )  # fmt: skip
    assert problem.expected == "each rank once"
    assert problem.remedy == "Correct the ranks, or leave them empty."


def test_places_hold_choices() -> None:
    found = read(RANKS, {"q#1": ["Temps", "team", ""], "q#2": ["Cost", "", ""]})
    assert values(found) == {"time": [1, NA, NA], "cost": [2, NA, NA], "team": [NA, 1, NA]}
    assert found.problems == ()
    assert {str(column.dtype) for column in found.columns.values()} == {"Int64"}


def test_places_that_are_lacking_keep_the_numbers_of_the_others() -> None:
    found = read(RANKS, {"q#3": ["Team"], "q#1": ["Time"]})
    assert values(found) == {"time": [1], "cost": [NA], "team": [2]}


def test_one_choice_in_two_places_is_a_problem() -> None:
    found = read(RANKS, {"q#1": ["Time", "Cost"], "q#2": ["Time", "Team"], "q#3": ["", "Cost"]})
    (problem,) = found.problems
    assert problem == Problem(
        "R0, R1", "q", "one choice given two ranks", problem.expected, problem.remedy, "a.csv", 2
    )
    assert problem.expected == "each choice once"
    assert problem.remedy == "Correct the ranks, or leave them empty."


def test_places_of_a_question_of_several_answers_are_ticks() -> None:
    found = read(TICKS, {"q#1": ["Time", "Team", ""], "q#2": ["Cost", "Team", ""]})
    assert values(found) == {
        "time": [True, False, NA], "cost": [True, False, NA], "team": [False, True, NA],
    }  # fmt: skip
    assert {str(column.dtype) for column in found.columns.values()} == {"boolean"}


def test_what_is_no_choice_in_a_place_is_told() -> None:
    (unread,) = read(RANKS, {"q#1": ["Time"], "q#2": ["Money"]}).unread
    assert (unread.part, unread.name) == ("Money", "q")
    assert unread.expected == "one of time (Temps), cost (Coût), team (Équipe)"


# --- Lists ---


def test_lists_are_the_choices_or_their_order() -> None:
    columns = {"q": ["Time; Team", "cost", "", "team|cost,time"]}
    assert values(read(TICKS, columns)) == {
        "time": [True, False, NA, True], "cost": [False, True, NA, True],
        "team": [True, False, NA, True],
    }  # fmt: skip
    assert values(read(RANKS, columns)) == {
        "time": [1, NA, NA, 3], "cost": [NA, 1, NA, 2], "team": [2, NA, NA, 1],
    }  # fmt: skip
    for asked, dtype in ((TICKS, "boolean"), (RANKS, "Int64")):
        assert {str(each.dtype) for each in read(asked, columns).columns.values()} == {dtype}


def test_a_list_of_something_else_is_told_once_with_what_is_expected() -> None:
    (unread,) = read(TICKS, {"q": ["Time; Money", "Cost"]}).unread
    assert (unread.part, unread.rows, unread.name) == ("Money", (0,), "q")
    assert unread.expected == (
        "choices separated by semicolons, among time (Temps), cost (Coût), team (Équipe)"
    )


@pytest.mark.parametrize("word", ["None", "Aucun", "aucune ;"])
def test_none_of_the_choices_is_nothing_ticked_and_told(word: str) -> None:
    found = read(TICKS, {"q": ["Time", word]}, no_answer=("?",))
    assert values(found) == {"time": [True, False], "cost": [False] * 2, "team": [False] * 2}
    (notice,) = found.notices
    assert notice == (
        f"q: '{word}' is read as nothing ticked. If it means no answer, add to the study file: "
        f'no_answer: ["?", "{word}"]'
    )
    assert len(read(RANKS, {"q": ["Time", word]}).unread) == 1
    none = question("multiple", {"code": "none", "fr": "Aucun", "en": "None"})
    assert read(none, {"q": ["Time", word]}).notices == ()


def test_labels_say_what_a_list_holds() -> None:
    found = read(TICKS, {"q": ["1", "2", "3"]}, labels={0: {"1": "Time", "2": "None", "3": "Cost"}})
    assert values(found)["time"] == [True, False, False]
    assert values(found)["cost"] == [False, False, True]


def test_a_list_beside_ticks_fills_what_is_empty_and_has_to_say_the_same() -> None:
    columns = {
        "q": ["Time", "Time", "Cost", "", "Team"], "q:time": ["1", "", "", "1", ""],
        "q:cost": ["", "", "1", "", "1"], "q:team": ["", "", "", "", "0"],
    }  # fmt: skip
    found = read(TICKS, columns)
    assert values(found)["time"] == [True, True, False, True, False]
    assert values(found)["cost"] == [False, False, True, False, True]
    (problem,) = found.problems
    assert problem == Problem(
        "R4", "q", "other choices listed than ticked", problem.expected, problem.remedy, "a.csv", 1
    )
    assert problem.expected == "the same choices in the list and in the columns of choices"
    assert problem.remedy == (
        "List the column to leave out under 'ignored_columns' of the study file."
    )
    unread = read(TICKS, columns | {"q": ["Time", "Money", "Cost", "", "Team"]})
    assert [each.part for each in unread.unread] == ["Money"]
    assert unread.problems == ()
    told = read(TICKS, {"q": ["None"], "q:time": [""]})
    assert len(told.notices) == 1
    assert values(told) == {"time": [False]}


# --- Words of one's own ---


def test_words_alone_in_the_column_of_other_say_that_it_is_chosen() -> None:
    worded = question("multiple", OTHER)
    found = read(worded, {"q:time": ["1", "", "", ""], "q:other": ["a friend", "1", "", "no"]})
    assert values(found)["other"] == [True, True, NA, False]
    assert values(found)["other:text"] == ["a friend", NA, NA, NA]
    (unread,) = read(worded, {"q:time": ["1"], "q:other": ["7"]}).unread
    assert unread.part == "7"


def test_a_file_with_the_words_of_other_alone_says_who_chose_it() -> None:
    worded = question("multiple", OTHER, {"code": "law", "fr": "Loi", "en": "Law"})
    columns = {"q:law": ["1", "", "", ""], "q:other:text": ["", "a friend", "", "?"],
               "q:time": ["", "", "", "1"]}  # fmt: skip
    found = read(worded, columns, no_answer=("?",))
    assert values(found) == {
        "time": [False, False, NA, True], "other": [False, True, NA, False],
        "law": [True, False, NA, False], "other:text": [NA, "a friend", NA, NA],
    }  # fmt: skip
    assert list(found.columns) == ["q:time", "q:other", "q:law", "q:other:text"]


def test_words_in_a_list_and_in_their_column_are_both_kept() -> None:
    worded = question("multiple", OTHER)
    found = read(worded, {"q": ["Time; a friend", "a tool", ""], "q:other:text": ["", "mine", ""]})
    assert values(found)["other"] == [True, True, NA]
    assert values(found)["other:text"] == ["a friend", "mine", NA]
    codes = read(worded, {"q": ["A1; A2", "-oth-"]})
    assert values(codes)["other:text"] == [NA, NA]
    assert len(codes.unread) == 2


def test_themes_are_listed_in_their_own_column() -> None:
    text = Question.model_validate(
        {"id": "why", "type": "text", "fr": "Pourquoi ?", "en": "Why?", "themes": CHOICES}
    )
    found = read_themes(
        text, file_of_columns({"why": ["x", "y", "z"], "why::themes": ["Time; Cost", "Team", ""]})
    )
    assert list(found.columns) == ["why:time", "why:cost", "why:team"]
    assert values(found) == {
        "time": [True, False, NA], "cost": [True, False, NA], "team": [False, True, NA],
    }  # fmt: skip
