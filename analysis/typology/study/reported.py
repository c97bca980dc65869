"""What a study reported, read from its file and checked."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field

from typology.files.yaml_files import load_mapping
from typology.problems import InputError, Problem
from typology.problems.model_problems import as_problem
from typology.problems.sound_part import sound_entries, sound_part, without_faulty
from typology.questionnaire import Identifier, Questionnaire, Text
from typology.questionnaire.text import Model
from typology.words.phrases import Phrase, phrase
from typology.words.spelling import did_you_mean

UNKNOWN_FIGURE = "unknown"


class Source(Text):
    """Where the figures come from."""

    title: str
    kind: str


class PortraitMark(Model):
    """What a sentence of a portrait says, in terms of the results.

    Either a ``block`` or a ``variable`` with its ``category``, which the type has ``more`` or
    ``less`` than all respondents.
    """

    block: Identifier | None = None
    variable: str | None = None
    category: str | None = None
    than_all: Literal["more", "less"]


class ReportedPortrait(Model):
    """Sentences on a type, in the languages of the source, and what they say of the results."""

    fr: tuple[str, ...] = ()
    en: tuple[str, ...] = ()
    marks: tuple[PortraitMark, ...] = ()

    def in_(self, language: str) -> tuple[str, ...]:
        """Return the sentences in this language, or in the other when there are none."""
        return (self.en if language == "en" else self.fr) or self.fr or self.en


class ReportedClass(Text):
    """A class as reported: its size and what is said of it."""

    id: Identifier
    n: Annotated[int, Field(ge=0)]
    share: Annotated[float, Field(ge=0, le=100)]
    portrait: ReportedPortrait = ReportedPortrait()


class Reported(Model):
    """What a study reported.

    ``most_unanimous`` lists items of each block in the order of the source, "unknown" where the
    source does not say which.
    """

    source: Source
    about: Text | None = None
    respondents: Annotated[int, Field(ge=1)]
    classes: Annotated[tuple[ReportedClass, ...], Field(min_length=1)]
    most_unanimous: dict[Identifier, tuple[str, ...]] = Field(default_factory=dict)


_MARK = len(("classes", 0, "portrait", "marks", 0))
_STAND_INS: dict[str, Any] = {
    "source": {"title": "-", "kind": "-", "fr": "-", "en": "-"},
    "respondents": 1,
    "classes": [{"id": "unnamed", "fr": "-", "en": "-", "n": 0, "share": 0}],
}
"""Stand for what the file lacks, so that the rest of it can be checked."""


def load_reported(path: Path, questionnaire: Questionnaire) -> Reported:
    """Read what a study reported, from a file like ``data/reported.yml``.

    The items, blocks and questions of the questionnaire may be named. `InputError` is raised with
    every problem: unknown or missing keys, values off the list, names that the questionnaire does
    not have.
    """
    content = load_mapping(path)
    reported, faults = sound_part(Reported, content, stand_ins=_STAND_INS)
    checked = reported or Reported.model_validate(_STAND_INS)
    if faults:
        entries = without_faulty(content, faults, whole=_MARK).get("classes")
        classes = sound_entries(ReportedClass, entries, stand_ins=_STAND_INS["classes"][0])
        checked = checked.model_copy(update={"classes": tuple(classes)})
    problems = [as_problem(fault, content, where=path.name) for fault in faults]
    problems += _unknown_names(checked, questionnaire, path.name)
    if reported is None or problems:
        raise InputError(problems)
    return reported


def _unknown_names(reported: Reported, questionnaire: Questionnaire, where: str) -> list[Problem]:
    blocks = {block.id: block for block in questionnaire.blocks}
    problems = []
    for block, items in reported.most_unanimous.items():
        place = f"{where} › most_unanimous"
        if block not in blocks:
            problems.append(_unknown_block(block, list(blocks), place))
            continue
        known = [*(item.id for item in blocks[block].items), UNKNOWN_FIGURE]
        expected = phrase("an item of {block}, or {unknown}", block=block, unknown=UNKNOWN_FIGURE)
        problems += [
            unknown_name(item, known, expected, place) for item in items if item not in known
        ]
    for each in reported.classes:
        place = f"{where} › classes › {each.id} › marks"
        for mark in each.portrait.marks:
            problems += _wrong_mark(mark, questionnaire, place)
    return problems


def _wrong_mark(mark: PortraitMark, questionnaire: Questionnaire, where: str) -> list[Problem]:
    if (mark.block is None) == (mark.variable is None) or (
        (mark.variable is None) != (mark.category is None)
    ):
        found = ", ".join(mark.model_dump(exclude_none=True))
        expected = phrase("a block, or a variable and its category")
        remedy = phrase("Name what the sentence speaks of.")
        return [Problem("", "", found, expected, remedy, where)]
    if mark.block is not None:
        known = [block.id for block in questionnaire.blocks]
        return [] if mark.block in known else [_unknown_block(mark.block, known, where)]
    name, _, choice = str(mark.variable).partition(":")
    variables = [*questionnaire.items, *questionnaire.questions]
    if name not in variables:
        return [unknown_name(name, variables, phrase("an item or a question"), where)]
    if name in questionnaire.items:
        categories = [str(code) for code in questionnaire.scale_of(name).codes]
    else:
        categories = list(questionnaire.question(name).choice_codes)
    named = choice or str(mark.category)
    if not categories or named in categories:
        return []
    return [
        unknown_name(named, categories, phrase("an answer to {question}", question=name), where)
    ]


def _unknown_block(block: str, known: list[str], where: str) -> Problem:
    expected = phrase("a block ({names})", names=", ".join(known))
    remedy = did_you_mean(block, known) or phrase("Name one of these blocks.")
    return Problem("", "", block, expected, remedy, where)


def unknown_name(name: str, known: list[str], expected: Phrase, where: str) -> Problem:
    """Return that the questionnaire has no such name, with the one that was meant."""
    remedy = did_you_mean(name, known) or phrase("Name one that the questionnaire has.")
    return Problem("", "", name, expected, remedy, where)
