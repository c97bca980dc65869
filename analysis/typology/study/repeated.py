"""What a study file says twice: blocks, and types that nobody could tell apart."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator
from typing import TypeVar

from typology.problems import Problem
from typology.questionnaire import LANGUAGES
from typology.study.sections import DeclaredType, StudyFile
from typology.words.phrases import Phrase, phrase
from typology.words.spelling import fold

_Named = TypeVar("_Named")


def twice_said_problems(choices: StudyFile, *, where: str) -> list[Problem]:
    """Return the active blocks, the ids, names and profiles of types that stand there twice."""
    once = phrase("each block once")
    problems = [
        Problem("", "", block, once, phrase("Remove one."), f"{where} › active")
        for block in dict.fromkeys(choices.active)
        if choices.active.count(block) > 1
    ]
    expected, remedy = phrase("each type once"), phrase("Rename or remove one.")
    ids = dict.fromkeys(each.id for each, _ in _again((each, each.id) for each in choices.types))
    problems += [Problem("", "", name, expected, remedy, f"{where} › types") for name in ids]
    return problems if ids else [*problems, *_types_alike(choices, where)]


def _types_alike(choices: StudyFile, where: str) -> Iterator[Problem]:
    for language in LANGUAGES:
        names = {each.id: getattr(each, language) for each in choices.types}
        for each, first in _again((each, fold(names[each.id])) for each in choices.types
                                  if names[each.id]):  # fmt: skip
            expected = phrase("a name of its own; the type {other} has the same", other=first.id)
            yield _alike(each, language, names[each.id], where, expected)
    for each, first in _again((each, frozenset(each.profile.items())) for each in choices.types):
        profile = ", ".join(f"{block}: {level}" for block, level in each.profile.items())
        expected = phrase("a profile of its own; the type {other} has the same", other=first.id)
        yield _alike(each, "profile", profile, where, expected)


def _alike(each: DeclaredType, key: str, found: str, where: str, expected: Phrase) -> Problem:
    remedy = phrase("Change one of the two, or remove one.")
    return Problem("", "", found, expected, remedy, f"{where} › types › {each.id} › {key}")


def _again(named: Iterable[tuple[_Named, Hashable]]) -> Iterator[tuple[_Named, _Named]]:
    """Yield what has the name of an earlier one, and that one."""
    first: dict[Hashable, _Named] = {}
    for each, name in named:
        if first.setdefault(name, each) is not each:
            yield each, first[name]
