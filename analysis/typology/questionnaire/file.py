"""Reading a questionnaire from its file, with every problem told at once."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

from typology.files.yaml_files import read_mapping
from typology.problems import InputError, Problem
from typology.problems.model_problems import as_problem
from typology.problems.sound_part import sound_part
from typology.questionnaire.cross_checks import cross_faults
from typology.questionnaire.questionnaire import LANGUAGES, Questionnaire


def load_questionnaire(path: str | Path) -> Questionnaire:
    """Return the questionnaire written in a YAML file.

    Raises
    ------
    InputError
        With every problem of the file, each with its place in words.
    """
    where = Path(path).name
    read = read_mapping(path)
    questionnaire, problems = _checked(read.content, where, unread=read.unread)
    problems = [*read.problems, *problems]
    if questionnaire is None or problems:
        raise InputError(problems)
    return questionnaire


def is_questionnaire(path: Path) -> bool:
    """Return whether a file says what was asked, rather than what a study makes of it.

    False of a folder, and of what cannot be read.
    """
    if path.is_dir():
        return False
    try:
        read = read_mapping(path)
    except InputError:
        return False
    keys = read.content.keys() | read.unread
    return "blocks" in keys and "questionnaire" not in keys


def questionnaire_from_mapping(content: Mapping[str, Any], *, where: str = "") -> Questionnaire:
    """Return the questionnaire that a mapping describes, as a YAML file does.

    ``where`` is what to call it in messages: the name of its file. `InputError` is raised with
    every problem, each with its place in words.

    >>> coffee = {"title": {"en": "Coffee"}, "languages": ["en"],
    ...     "scales": {"s": [{"code": 1, "en": "No"}, {"code": 2, "en": "Yes"}]},
    ...     "blocks": [{"id": "hopes", "title": {"en": "Hopes"}, "scale": "t",
    ...                 "direction": "neutral", "items": [{"id": "H1", "en": "It is hot"}]}]}
    >>> try:
    ...     questionnaire_from_mapping(coffee)
    ... except InputError as error:
    ...     print(error)
    blocks › hopes › scale: found 't', expected one of those declared under 'scales' (s). ...
    """
    questionnaire, problems = _checked(content, where)
    if questionnaire is None or problems:
        raise InputError(problems)
    return questionnaire


def _checked(
    content: Mapping[str, Any], where: str, *, unread: Collection[str] = ()
) -> tuple[Questionnaire | None, list[Problem]]:
    """Return the questionnaire without its faults, if anything is left, and every fault.

    ``unread`` are the keys of the file that could not be read.
    """
    context = {"languages": _declared_languages(content)}
    questionnaire, faults = sound_part(Questionnaire, content, unread=unread, context=context)
    faults += cross_faults(content)
    return questionnaire, [as_problem(fault, content, where=where) for fault in faults]


def _declared_languages(content: Mapping[str, Any]) -> tuple[str, ...]:
    declared = content.get("languages")
    known = [each for each in declared if each in LANGUAGES] if isinstance(declared, list) else []
    return tuple(known) or LANGUAGES
