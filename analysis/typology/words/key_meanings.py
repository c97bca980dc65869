"""What each key of the files people edit means, with an example: the ``keys.yml`` of the rooms."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from typology.words.catalogue import files


def meaning_of_key(model: type, name: str) -> Mapping[str, Any]:
    """Return what is told of a key: by its model, or by the nearest one it inherits from."""
    for each in model.__mro__:
        told = key_meanings().get(each.__name__, {})
        if name in told:
            return told[name]  # type: ignore[no-any-return]
    raise KeyError(f"No meaning of {model.__name__}.{name} in the keys.yml of its room.")


@cache
def key_meanings() -> Mapping[str, Mapping[str, Any]]:
    """Read what every ``keys.yml`` tells, by model and key."""
    return {model: told for read in files("keys.yml").values() for model, told in read.items()}
