"""The keys that the files people edit may have: what each means, with an example.

The meanings stand once, in the ``keys.yml`` of the rooms that have the models, each under the model
that declares the key. The schemas of editors, the reference of the site and the comments of a new
study are all made from them.
"""

from __future__ import annotations

import types
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel, RootModel
from pydantic.fields import FieldInfo

from typology.questionnaire import Questionnaire, Text
from typology.study.sections import StudyFile
from typology.words.key_meanings import meaning_of_key
from typology.words.typography import LANGUAGES

EDITED_FILES: Mapping[str, type[BaseModel]] = {"questionnaire": Questionnaire, "study": StudyFile}
"""The files people edit, and the model of each."""

_NAMES = ("id", "code")

FILLED_IN = frozenset({"short"})
"""Keys that the model asks for and fills in where the file has not got them."""


@dataclass(frozen=True)
class FileKey:
    """A key that a file may have: ``meaning`` by language, ``example`` a value it may take."""

    name: str
    annotation: Any  # what its value may be
    required: bool
    default: Any  # None where there is none
    meaning: Mapping[str, str]
    example: Any

    @property
    def models(self) -> list[type[BaseModel]]:
        """Return the models of which its value is made, texts left out."""
        return [model for model in models_in(self.annotation) if model is not Text]


@dataclass(frozen=True)
class KeyGroup:
    """The keys that stand together, and the keys above them: ("blocks", "items")."""

    place: tuple[str, ...]
    model: type[BaseModel]
    keys: tuple[FileKey, ...]


def key_groups(file: str) -> list[KeyGroup]:
    """Return the keys of a file ("questionnaire", "study"): its own, then those below each.

    >>> [" › ".join(group.place) for group in key_groups("study")][:3]
    ['', 'weights', 'weights › replicates']
    """
    return list(_groups(EDITED_FILES[file], ()))


def _groups(model: type[BaseModel], place: tuple[str, ...]) -> Iterator[KeyGroup]:
    keys = keys_of(model)
    yield KeyGroup(place, model, keys)
    for key in keys:
        for inner in key.models:
            yield from _groups(inner, (*place, key.name))


def keys_of(model: type[BaseModel]) -> tuple[FileKey, ...]:
    """Return the keys of a model, its name first; KeyError for one without a meaning.

    >>> [key.name for key in keys_of(StudyFile) if key.required][:3]
    ['title', 'questionnaire', 'active']
    """
    found = []
    for field_name, field in model.model_fields.items():
        name = field.alias or field_name
        told = meaning_of_key(model, name)
        default = None if field.is_required() else field.get_default(call_default_factory=True)
        found.append(
            FileKey(
                name,
                _with_its_checks(field),
                field.is_required() and name not in FILLED_IN,
                default,
                {language: told[language] for language in LANGUAGES},
                told["example"],
            )
        )
    return tuple(sorted(found, key=lambda key: key.name not in _NAMES))


def _with_its_checks(field: FieldInfo) -> Any:
    checks = field.metadata
    return Annotated[(field.annotation, *checks)] if checks else field.annotation


def models_in(annotation: Any) -> list[type[BaseModel]]:
    """Return the models within a type: of the entries of a list, of one of several kinds."""
    if isinstance(annotation, type) and issubclass(annotation, RootModel):
        return models_in(annotation.model_fields["root"].annotation)
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    if get_origin(annotation) is Annotated:
        return models_in(get_args(annotation)[0])
    if get_origin(annotation) in (Union, types.UnionType, tuple, dict):
        return [model for each in get_args(annotation) for model in models_in(each)]
    return []
