"""Shares that a study reported, such as a barometer: who they count, and of whom."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

import pandas as pd
from pydantic import BeforeValidator, Field

from typology.files.yaml_files import load_mapping
from typology.problems import InputError, Problem
from typology.problems.model_problems import as_problem
from typology.problems.sound_part import sound_entries, sound_part
from typology.questionnaire import Identifier, Questionnaire, Text
from typology.questionnaire.text import Model
from typology.study.reported import unknown_name
from typology.words.phrases import phrase


def _several(value: object) -> object:
    """Return one answer as a list of one; numbers are codes."""
    listed = value if isinstance(value, list | tuple) else [value]
    return tuple(str(each) if type(each) is int else each for each in listed)


CountedAnswers = Annotated[tuple[str, ...], BeforeValidator(_several), Field(min_length=1)]


class ReportedShare(Model):
    """Percent of those who gave one of the ``answers`` to an item or a question.

    ``variable`` is its id, ``answers`` codes of its scale or of its choices (of a multiple
    question: ticked). ``within``: among those alone who gave these answers to these questions.
    Whoever did not answer is not counted.
    """

    variable: Identifier
    answers: CountedAnswers
    share: Annotated[float, Field(ge=0, le=100)]
    within: dict[Identifier, CountedAnswers] = Field(default_factory=dict)

    @property
    def decimals(self) -> int:
        """Return how many decimals the share was printed with."""
        return len(f"{self.share:g}".partition(".")[2])

    @property
    def conditions(self) -> dict[str, tuple[str, ...]]:
        """Return every question that the share depends on, with the answers it counts."""
        return {self.variable: self.answers, **self.within}


class ReportedShares(Model):
    """The shares that a source reported, in its order.

    ``respondents`` is how many the source had; ``about`` says what it leaves open.
    """

    title: Text
    source: Text
    year: int
    respondents: Annotated[int, Field(ge=1)]
    about: Text | None = None
    shares: Annotated[tuple[ReportedShare, ...], Field(min_length=1)]


def load_reported_shares(path: Path, questionnaire: Questionnaire) -> ReportedShares:
    """Read the shares that a study reported.

    `InputError` is raised with every problem: unknown or missing keys, values off the list, items,
    questions and answers that the questionnaire does not have.
    """
    content = load_mapping(path)
    reported, faults = sound_part(ReportedShares, content)
    problems = [as_problem(fault, content, where=path.name) for fault in faults]
    problems += [
        problem
        for place, share in _sound_shares(content.get("shares"))
        for name, answers in share.conditions.items()
        for problem in _unknown(name, answers, questionnaire, f"{path.name} › shares › {place}")
    ]
    if reported is None or problems:
        raise InputError(problems)
    return reported


def _sound_shares(entries: object) -> Iterator[tuple[int, ReportedShare]]:
    """Yield the shares without their faults, and their places in the list from 1."""
    for place, entry in enumerate(entries if isinstance(entries, list) else [], start=1):
        for share in sound_entries(ReportedShare, [entry], stand_ins={"share": 0}):
            yield place, share


def _unknown(
    name: str, answers: tuple[str, ...], questionnaire: Questionnaire, where: str
) -> list[Problem]:
    known = [*questionnaire.items, *questionnaire.questions]
    if name not in known:
        return [unknown_name(name, known, phrase("an item or a question"), where)]
    codes = countable_answers(name, questionnaire)
    if not codes:
        kind = questionnaire.question(name).type
        expected = phrase("an item, or a question with choices")
        remedy = phrase("Name another one.")
        return [Problem("", "", kind, expected, remedy, f"{where} › {name}")]
    expected = phrase("an answer to {question}", question=name)
    place = f"{where} › {name}"
    return [unknown_name(each, codes, expected, place) for each in answers if each not in codes]


def countable_answers(name: str, questionnaire: Questionnaire) -> list[str]:
    """Return the answers that a share of an item or a question can count."""
    if name in questionnaire.items:
        return [str(code) for code in questionnaire.scale_of(name).codes]
    question = questionnaire.question(name)
    return [part.code for part in question.parts] if question.type != "rank" else []


def share_counts(share: ReportedShare, answers: pd.DataFrame) -> pd.DataFrame:
    """Return who is counted in a share (``member``) and in what it is a share of (``base``).

    ``answers`` has a column an item and a question, one a choice ("question:choice") of those that
    can be answered more than once.
    """
    member, base = _given(share.variable, share.answers, answers)
    for name, wanted in share.within.items():
        among, _ = _given(name, wanted, answers)
        base &= among
    return pd.DataFrame({"member": member & base, "base": base})


def _given(
    name: str, wanted: tuple[str, ...], answers: pd.DataFrame
) -> tuple[pd.Series[Any], pd.Series[Any]]:
    """Return who gave one of some answers, and who answered."""
    if name in answers:
        column = answers[name]
        written = column.astype("object").map(_code, na_action="ignore")
        return written.isin(wanted), column.notna()
    parts = [column for column in answers if str(column).startswith(f"{name}:")]
    ticked = answers[[f"{name}:{code}" for code in wanted]].astype("Float64").eq(1).fillna(False)
    return ticked.any(axis=1).astype(bool), answers[parts].notna().any(axis=1)


def _code(value: object) -> str:
    return f"{value:g}" if isinstance(value, float) else str(value)
