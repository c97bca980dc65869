"""The words of whoever chose "Other", in columns that are named otherwise."""

from __future__ import annotations

from typing import Any

import pandas as pd

from typology.answers.headings.other_words import find_other_words
from typology.answers.headings.sorted_headers import SortedHeaders
from typology.answers.platforms import AnswerTable
from typology.questionnaire import Question
from typology.questionnaire.derived_headings import Derived
from typology.words.phrases import phrase

OTHER = {"code": "oth", "fr": "Autre", "en": "Other", "text": True}
CHOICE = {"code": "vid", "fr": "Vidéo", "en": "Video"}
WORDS = "q:oth:text"


def found(
    kind: str, keys: dict[str, list[int]], *columns: tuple[str, list[str]],
    derived: dict[int, Derived] | None = None,
) -> SortedHeaders:  # fmt: skip
    question = Question.model_validate(
        {"id": "q", "type": kind, "fr": "Q", "en": "Q", "choices": [CHOICE, OTHER]}
    )
    headers = SortedHeaders()
    headers.found.update({key: list(at) for key, at in keys.items()})
    headers.derived.update(derived or {})
    table = AnswerTable(
        "a.csv", tuple(title for title, _ in columns),
        pd.DataFrame({at: cells for at, (_, cells) in enumerate(columns)}, dtype="string"),
    )  # fmt: skip
    asked: Any = type("Asked", (), {"respondent": (question,)})
    find_other_words(table, asked, headers)
    return headers


TICKS, SAID = ["1", "", "0"], ["a friend", "", ""]


def test_the_column_of_words_is_told_from_that_of_the_choice() -> None:
    headers = found("multiple", {"q:vid": [0], "q:oth": [1, 2]},
                    ("q_vid", TICKS), ("q/oth", TICKS), ("q_oth", SAID))  # fmt: skip
    assert dict(headers.found) == {"q:vid": [0], WORDS: [2], "q:oth": [1]}


def test_words_beside_a_column_that_lists_are_the_words_alone() -> None:
    headers = found("multiple", {"q": [0], "q:oth": [1]}, ("q", ["Video"] * 3), ("q_oth", SAID))
    assert dict(headers.found) == {"q": [0], WORDS: [1]}


def test_words_in_the_only_column_of_the_choice_stay_beside_other_choices() -> None:
    headers = found("multiple", {"q:vid": [0], "q:oth": [1]}, ("q_vid", TICKS), ("q_oth", SAID))
    assert dict(headers.found) == {"q:vid": [0], "q:oth": [1]}
    ticks = found("multiple", {"q": [0], "q:oth": [1]}, ("q", ["Video"] * 3), ("q_oth", TICKS))
    assert dict(ticks.found) == {"q": [0], "q:oth": [1]}
    both = found("multiple", {"q": [0], "q:oth": [1, 2]},
                 ("q", ["Video"] * 3), ("q_oth", SAID), ("q/oth", SAID))  # fmt: skip
    assert dict(both.found) == {"q": [0], "q:oth": [1, 2]}


def test_words_that_are_found_already_stay() -> None:
    keys = {"q:oth": [0, 1], WORDS: [2]}
    headers = found("multiple", keys, ("a", TICKS), ("b", SAID), ("c", SAID))
    assert dict(headers.found) == keys


def test_ticks_for_one_answer_of_a_single_choice_are_no_words() -> None:
    headers = found("single", {"q": [0], WORDS: [1, 2, 3]}, ("q", ["Video"] * 3), ("q_oth", TICKS),
                    ("q_oth_text", TICKS), ("q oth", SAID))  # fmt: skip
    assert dict(headers.found) == {"q": [0], WORDS: [2, 3]}
    assert headers.unknown == ["q_oth"]
    alone = found("single", {"q": [0], WORDS: [1]}, ("q", ["Video"] * 3), ("q_oth", TICKS))
    assert dict(alone.found) == {"q": [0]}


def test_a_column_that_asks_to_specify_is_read_where_no_other_has_the_words() -> None:
    of = {1: Derived(frozenset({"q"}), phrase("comments or other texts"))}
    columns = (("q", ["Video"] * 3), ("q - please specify", SAID))
    headers = found("single", {"q": [0]}, *columns, derived=of)
    assert (dict(headers.found), headers.specified) == ({"q": [0], WORDS: [1]}, [1])
    assert headers.derived == {}
    comment = found("single", {"q": [0]}, columns[0], ("q - comment", SAID), derived=of)
    assert (dict(comment.found), comment.derived) == ({"q": [0]}, of)
    several = {1: Derived(frozenset({"q", "x"}), phrase("comments or other texts"))}
    assert found("single", {"q": [0]}, *columns, derived=several).derived == several
    had = found("multiple", {"q": [0], WORDS: [2]}, *columns, ("w", SAID), derived=of)
    assert had.derived == of
