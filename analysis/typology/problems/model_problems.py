"""What pydantic finds wrong with a file, in the words of whoever wrote the file."""

from __future__ import annotations

import types
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel, RootModel, ValidationError
from pydantic_core import ErrorDetails

from typology.problems.faults import Fault
from typology.problems.problem import Problem
from typology.words.key_meanings import meaning_of_key
from typology.words.number_conventions import study_line
from typology.words.phrases import Phrase, Wording, joined, phrase
from typology.words.spelling import did_you_mean

_LONGEST_VALUE = 80
_LONGEST_LINE = 120

# What each of pydantic's complaints means to the author of the file.
_MAPPING = (phrase("lines 'name: value'"), phrase("Write such lines under it."))
_WHOLE_NUMBER = (phrase("a whole number"), phrase("Write it without quotes or decimals."))
_NUMBER = (phrase("a number"), phrase("Write it without quotes."))
_DATE = (phrase("a date (2021-03-31)"), phrase("Write it as year-month-day."))
_TRUTH = (phrase("true or false"), phrase("Write true or false, without quotes."))
_EXPECTED = {
    "string_type": (phrase("text"), phrase("Put it in quotes if it is meant as text.")),
    "string_too_short": (phrase("some text"), phrase("Write it.")),
    "int_type": _WHOLE_NUMBER,
    "int_parsing": _WHOLE_NUMBER,
    "int_from_float": _WHOLE_NUMBER,
    "float_type": _NUMBER,
    "float_parsing": _NUMBER,
    "finite_number": _NUMBER,
    "bool_type": _TRUTH,
    "bool_parsing": _TRUTH,
    "date_type": _DATE,
    "date_parsing": _DATE,
    "date_from_datetime_parsing": _DATE,
    "date_from_datetime_inexact": _DATE,
    "tuple_type": (
        phrase("a list"),
        phrase("Begin each entry with a dash, or write [one, other]."),
    ),
    "dict_type": _MAPPING,
    "model_type": _MAPPING,
    "model_attributes_type": _MAPPING,
    "string_pattern_mismatch": (
        phrase("letters without accents, digits and _, beginning with a letter"),
        phrase("Rename it: it becomes the title of a column."),
    ),
}
_BOUNDS: dict[str, tuple[str, Callable[[object], Phrase]]] = {
    "greater_than": ("gt", lambda bound: phrase("a number above {bound}", bound=bound)),
    "greater_than_equal": ("ge", lambda bound: phrase("a number from {bound}", bound=bound)),
    "less_than": ("lt", lambda bound: phrase("a number below {bound}", bound=bound)),
    "less_than_equal": ("le", lambda bound: phrase("a number up to {bound}", bound=bound)),
}


def problems_of(
    error: ValidationError, content: Any, *, where: str, model: type[BaseModel]
) -> list[Problem]:
    """Return what a validation error says, each with its place in words.

    The error is raised by ``model`` on ``content``, which names the entries of lists; a ValueError
    raised by a validator holds the phrase of what was expected ("a whole number from 2, or auto").
    ``where`` is the name of the file, first step of every place; it may be empty.
    """
    return [as_problem(fault, content, where=where) for fault in faults_of(error, model=model)]


def faults_of(error: ValidationError, *, model: type[BaseModel]) -> list[Fault]:
    """Return what a validation error says, each once, with its place as keys and positions."""
    found = [fault for details in error.errors() for fault in _faults(details, model)]
    return list(dict.fromkeys(found))


def as_problem(fault: Fault, content: Any, *, where: str) -> Problem:
    """Return a fault as a problem, its place in words.

    >>> content = {"items": [{"id": "E03"}]}
    >>> fault = Fault(("items", 0, "en"), "", phrase("the English wording"), phrase("Write it."))
    >>> print(as_problem(fault, content, where="questionnaire.yml"))
    questionnaire.yml › items › E03 › en: found nothing, expected the English wording. Write it.
    """
    steps = ([where] if where else []) + list(_in_words(fault.place, content))
    where_told = joined(steps, " › ")
    return Problem(
        "", "", fault.value, fault.expected, fault.remedy, where_told, keys=tuple(fault.place)
    )


def _faults(details: ErrorDetails, model: type[BaseModel]) -> list[Fault]:
    place, kind, value = details["loc"], details["type"], details["input"]
    context = details.get("ctx", {})
    if kind == "faults":
        return [Fault((*place, *each.place), *each[1:]) for each in context["faults"]]
    if kind == "too_short" and value:  # its entries have faults of their own: it is not empty
        return []
    found = _shown(value)
    if kind == "extra_forbidden":
        keys = known_keys(model, place[:-1])
        found = phrase("the key '{key}'", key=place[-1])
        expected = phrase("one of these keys: {keys}", keys=", ".join(keys))
        remedy = did_you_mean(str(place[-1]), keys) or phrase("Remove it.")
    elif kind == "missing":
        found, expected = "", phrase("the key '{key}'", key=place[-1])
        remedy = _added(model, place)
    elif kind == "literal_error":
        listed = str(context.get("expected", "")).replace("'", "").replace(" or ", ", ")
        expected = phrase("one of {choices}", choices=listed)
        remedy = did_you_mean(str(value), listed.split(", ")) or phrase("Choose one of these.")
    elif kind == "too_short":
        found, expected = "", phrase("at least one entry")
        remedy = phrase("Add one, or remove what is empty.")
    elif kind in _BOUNDS:
        bound, words = _BOUNDS[kind]
        expected, remedy = words(context[bound]), phrase("Correct it.")
    elif kind == "value_error":
        said = context["error"].args[0]
        expected, remedy = joined([said]), phrase("Correct it.")
    else:
        otherwise = phrase("Correct it ({reason}).", reason=details["msg"])
        expected, remedy = _EXPECTED.get(kind, (phrase("another value"), otherwise))
    place = tuple(step for step in place if step != "[key]")
    return [Fault(place, found, expected, remedy)]


def _added(model: type[BaseModel], place: Sequence[str | int]) -> Phrase:
    """Return what a key means and how to add it, with a line such as it may be."""
    kind: Any = model
    for step in place[:-1]:
        kind = _step_into(kind, step)
    try:
        told = meaning_of_key(kind, str(place[-1])) if _is_model(kind) else {}
    except KeyError:
        told = {}
    if not told:
        return phrase("Add it.")
    meaning = Wording(told["fr"], told["en"])
    example = told.get("example")
    line = "" if example is None else study_line(str(place[-1]), example)
    if not line or len(line) > _LONGEST_LINE:
        return phrase("{meaning} Add it.", meaning=meaning)
    return phrase("{meaning} Add it, as in this line: {line}", meaning=meaning, line=line)


def known_keys(model: type[BaseModel], place: Sequence[str | int]) -> list[str]:
    """Return the keys that can be written at a place of what a model describes.

    There are none where any key, or none, can be.
    """
    kind: Any = model
    for step in place:
        kind = _step_into(kind, step)
    if not _is_model(kind):
        return []
    return [field.alias or name for name, field in kind.model_fields.items()]


def _step_into(kind: Any, step: str | int) -> Any:
    """Return the type of an entry of a model, a tuple or a dict; None when there is none."""
    if _is_model(kind) and issubclass(kind, RootModel):
        kind = _plain(kind.model_fields["root"].annotation)
    if _is_model(kind):
        field = kind.model_fields.get(step)
        return _plain(field.annotation) if field else None
    if get_origin(kind) is tuple:
        return _plain(get_args(kind)[0])
    if get_origin(kind) is dict:
        return _plain(get_args(kind)[1])
    return None


def _plain(kind: Any) -> Any:
    """Return a type without its annotations and without None."""
    while get_origin(kind) is Annotated:
        kind = get_args(kind)[0]
    if get_origin(kind) in (Union, types.UnionType):
        given = [each for each in get_args(kind) if each is not type(None)]
        return _plain(given[0]) if len(given) == 1 else None
    return kind


def _is_model(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, BaseModel)


def _in_words(place: Sequence[str | int], content: Any) -> Iterator[str]:
    """Yield the steps to a place, the entries of lists named by their id, code or name.

    Where a list stands for the one part of its model, that part is not written: nor is it told.
    """
    for step in place:
        if isinstance(step, str) and isinstance(content, list | tuple):
            continue
        if isinstance(step, int) and isinstance(content, list | tuple):
            content = content[step] if step < len(content) else None
            yield _name(content, step)
        else:
            content = content.get(step) if isinstance(content, Mapping) else None
            yield str(step)


def _name(entry: Any, position: int) -> str:
    if isinstance(entry, Mapping):
        for key in ("id", "code", "name"):
            if isinstance(entry.get(key), str | int) and entry[key] != "":
                return str(entry[key])
    return phrase("no. {number}", number=position + 1)


def _shown(value: object) -> str:
    text = "" if value is None else str(value)
    return text if len(text) <= _LONGEST_VALUE else text[:_LONGEST_VALUE] + "..."
