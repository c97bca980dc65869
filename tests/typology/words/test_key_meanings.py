"""What a key means is told by its model, or by the nearest one it inherits from."""

from __future__ import annotations

import pytest

from typology.words.key_meanings import key_meanings, meaning_of_key


def models(name: str) -> tuple[type, type]:
    """Return a model of that name, and one that inherits from it and is told of nowhere."""
    told = type(name, (), {})
    return told, type("ToldOfNowhere", (told,), {})


@pytest.mark.parametrize("name", sorted(key_meanings()))
def test_a_model_that_is_told_of_nowhere_has_the_meanings_it_inherits(name: str) -> None:
    model, heir = models(name)
    for key, told in key_meanings()[name].items():
        assert meaning_of_key(model, key) is told
        assert meaning_of_key(heir, key) is told


def test_a_key_without_a_meaning_is_named_with_its_model() -> None:
    _, heir = models("Axes")
    with pytest.raises(KeyError, match=r"No meaning of ToldOfNowhere\.nonsense in the keys\.yml"):
        meaning_of_key(heir, "nonsense")
