"""Reading a questionnaire from its file, with every problem told at once."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from typology.files.yaml_files import load_mapping
from typology.problems import InputError
from typology.problems.model_problems import as_problem, faults_of
from typology.questionnaire.cross_checks import cross_faults
from typology.questionnaire.questionnaire import LANGUAGES, Questionnaire


def load_questionnaire(path: str | Path) -> Questionnaire:
    """Return the questionnaire written in a YAML file.

    Raises
    ------
    InputError
        With every problem of the file, each with its place in words.
    """
    return questionnaire_from_mapping(load_mapping(path), where=Path(path).name)


def is_questionnaire(path: Path) -> bool:
    """Return whether a file says what was asked, rather than what a study makes of it.

    False of a folder, and of what cannot be read.
    """
    if path.is_dir():
        return False
    try:
        content = load_mapping(path)
    except InputError:
        return False
    return "blocks" in content and "questionnaire" not in content


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
    languages = _declared_languages(content)
    questionnaire, faults = None, []
    try:
        questionnaire = Questionnaire.model_validate(content, context={"languages": languages})
    except ValidationError as error:
        faults = faults_of(error, model=Questionnaire)
    faults += cross_faults(content)
    if questionnaire is None or faults:
        raise InputError(as_problem(fault, content, where=where) for fault in faults)
    return questionnaire


def _declared_languages(content: Mapping[str, Any]) -> tuple[str, ...]:
    declared = content.get("languages")
    known = [each for each in declared if each in LANGUAGES] if isinstance(declared, list) else []
    return tuple(known) or LANGUAGES
