"""All that is wrong with what a file says, and what is left of it without that."""

from __future__ import annotations

import copy
from collections.abc import Collection, Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from typology.problems.faults import Fault
from typology.problems.model_problems import faults_of

_Model = TypeVar("_Model", bound=BaseModel)
_Place = tuple[str | int, ...]
_MOST_ROUNDS = 30


def sound_part(
    model: type[_Model],
    content: Mapping[str, Any],
    *,
    unread: Collection[str] = (),
    stand_ins: Mapping[str, Any] = MappingProxyType({}),
    context: Any = None,
) -> tuple[_Model | None, list[Fault]]:
    """Return what a mapping says without its faults, and every fault of it.

    A model is not checked as a whole while a part of it is faulty: what is faulty is therefore
    taken out and the rest checked again, until nothing more is wrong. What is then only wrong for
    the want of a part that was taken out is no fault.

    Parameters
    ----------
    model : type of pydantic model
    content : mapping
    unread : collection of str
        Keys of the mapping that are in the file and could not be read: they are told elsewhere.
    stand_ins : mapping
        What takes the place of keys that the model needs, once their fault is told.
    context : object
        As pydantic hands it to validators.

    Returns
    -------
    model or None
        None where nothing sound is left.
    list of Fault
    """
    sound = copy.deepcopy(dict(content))
    faults: list[Fault] = []
    gone: list[_Place] = [(key,) for key in unread]
    for _ in range(_MOST_ROUNDS):
        try:
            return model.model_validate(sound, context=context), faults
        except ValidationError as error:
            found = faults_of(error, model=model)
        faults += [each for each in found if not _follows(each.place, gone)]
        taken = [_take_out(sound, each.place, stand_ins) for each in found]
        if None in taken:
            break
        gone += [place for place in taken if place]
    return None, faults


def sound_entries(
    model: type[_Model],
    entries: object,
    *,
    stand_ins: Mapping[str, Any] = MappingProxyType({}),
) -> list[_Model]:
    """Return the entries of a list without their faults, those left out of which nothing is left.

    ``stand_ins`` takes the place of keys that an entry needs and that are faulty or not there.
    """
    if not isinstance(entries, list | tuple):
        return []
    parts = []
    for entry in entries:
        if isinstance(entry, Mapping):
            sound, _ = sound_part(model, entry, stand_ins=stand_ins)
            parts += [sound] if sound is not None else []
    return parts


def without_faulty(content: Mapping[str, Any], faults: Iterable[Fault], *, whole: int) -> Any:
    """Return a mapping without the parts in which a fault lies ``whole`` steps deep or deeper.

    Such a part makes sense as a whole alone: what is left of it would be told as another fault.

    >>> from typology.words.phrases import phrase
    >>> fault = Fault(("a", "b"), "x", phrase("a number"), phrase("Correct it."))
    >>> without_faulty({"a": {"b": "x", "c": 1}}, [fault], whole=1)
    {}
    """
    left = copy.deepcopy(dict(content))
    # The last entries of a list first: the others keep their numbers.
    for place in sorted({each.place[:whole] for each in faults}, key=_numbers_apart, reverse=True):
        inside: Any = left
        for step in place[:-1]:
            inside = inside[step] if _has(inside, step) else None
        if len(place) == whole and _has(inside, place[-1]):
            del inside[place[-1]]
    return left


def _numbers_apart(place: _Place) -> list[tuple[bool, str | int]]:
    """Return what sorts places: numbers as numbers, beside names."""
    return [(isinstance(step, int), step) for step in place]


def _has(inside: Any, step: str | int) -> bool:
    if isinstance(inside, list):
        return isinstance(step, int) and step < len(inside)
    return isinstance(inside, dict) and step in inside


def _follows(place: Sequence[str | int], gone: Collection[_Place]) -> bool:
    """Return whether a place holds, or lies in, something that was taken out."""
    return any(tuple(place[: len(each)]) == each[: len(place)] for each in gone)


def _take_out(
    content: dict[str, Any], place: Sequence[str | int], stand_ins: Mapping[str, Any]
) -> _Place | None:
    """Take the innermost key that leads to a place out of a mapping; return where it stood.

    Entries of lists stay, for their number is part of the place of others. None where there is
    nothing to take out and no stand-in.
    """
    inside: Any = content
    owner, at = None, 0
    for step_at, step in enumerate(place, start=1):
        if isinstance(inside, list | tuple) and isinstance(step, str):
            continue  # the list stands for the one part of its model
        if isinstance(inside, Mapping) and step in inside:
            owner, at = inside, step_at
        elif not isinstance(inside, list | tuple) or not 0 <= int(step) < len(inside):
            break
        inside = inside[step]
    top = str(place[0]) if place else ""
    if owner is None:
        if top not in stand_ins or top in content:
            return None
        content[top] = stand_ins[top]
        return (top,)
    key = place[at - 1]
    assert isinstance(owner, dict)
    del owner[key]
    if owner is content and top in stand_ins:
        content[top] = stand_ins[top]
    return tuple(place[:at])
