"""Every limit that may be met has a sentence in both languages, and nothing but keys is kept."""

from __future__ import annotations

import json
from typing import Any

import pandas as pd
import pytest

from rfree.base.limits import LIMITS, LimitError
from typology.validity.effort import MANY, USUAL, VERY_MANY, effort_for
from typology.validity.notes import REDUCED, Note, left_out, note_sentences, notes_table, reasons
from typology.words import LANGUAGES, number, word


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", sorted(LIMITS))
def test_every_limit_has_a_sentence_that_holds_its_values(code: str, language: str) -> None:
    values: dict[str, Any] = {name: f"<{name}>" for name in LIMITS[code]}
    limit = LimitError(code, "In English.", **values)
    (told,) = note_sentences(notes_table([Note.limit("nulls", limit)]), language)
    assert told.endswith(".")
    assert all(value in told for value in values.values())
    assert "In English" not in told


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("n", [MANY + 1, VERY_MANY + 1])
def test_every_reduction_is_told_with_its_numbers(n: int, language: str) -> None:
    effort = effort_for(n)
    told = note_sentences(notes_table(effort.notes), language)
    assert len(told) == len(effort.notes) >= 3
    for note, sentence in zip(effort.notes, told, strict=True):
        numbers = [number(float(value), language, 0) for value in note.details.values()]
        assert all(each in sentence for each in numbers)
        assert word("part", language, note.part)


def test_work_grows_less_with_the_respondents() -> None:
    efforts = [effort_for(n) for n in (10, MANY, MANY + 1, VERY_MANY, VERY_MANY + 1)]
    assert efforts[0] == efforts[1] == USUAL
    replicates = [each.replicates for each in efforts]
    assert replicates == sorted(replicates, reverse=True)
    assert USUAL.notes == ()


def test_what_is_reduced_is_not_left_out() -> None:
    limit = LimitError("too_few_positions", "Too few.", classes=4, positions=3)
    notes = [Note.limit("nulls", limit), Note.reduced("sensitivity", "short_search", most=1000)]
    tables = {"validity_notes": notes_table(notes)}
    assert left_out(tables) == {"nulls"}
    assert reasons(tables, "sensitivity", "en") == []
    assert len(reasons(tables, "sensitivity", "en", outcome=REDUCED)) == 1
    assert json.loads(tables["validity_notes"]["details"][0]) == {"classes": 4, "positions": 3}


def test_a_run_without_notes_has_nothing_left_out() -> None:
    assert left_out({}) == set()
    assert left_out({"validity_notes": notes_table([])}) == set()
    assert isinstance(notes_table([]), pd.DataFrame)
