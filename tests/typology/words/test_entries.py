"""What an entry of the words is: a text, or its plural forms, in both languages."""

from __future__ import annotations

from typing import Any

import pytest

from typology.words.catalogue import is_entry

FORMS = {"zero": "none", "one": "one", "other": "{n}"}


@pytest.mark.parametrize(
    ("node", "entry"),
    [
        ({"fr": "un", "en": "one"}, True), ({"en": "one", "fr": "un"}, True),
        ({"fr": FORMS, "en": FORMS}, True), ({"fr": "un", "en": {"one": "a", "other": "b"}}, True),
        ({"fr": {"one": "a"}, "en": "x"}, True), ({"fr": "un"}, False),
        ({"fr": "un", "en": "one", "de": "ein"}, False), ({}, False),
        ({"fr": {"two": "a"}, "en": "x"}, False),
        ({"fr": "x", "en": {"fr": "a", "en": "b"}}, False),
        ({"a": {"fr": "un", "en": "one"}}, False),
    ],
)  # fmt: skip
def test_an_entry_has_both_languages_and_no_other_key(node: dict[str, Any], entry: bool) -> None:
    assert is_entry(node) is entry
