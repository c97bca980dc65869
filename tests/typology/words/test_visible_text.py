"""Texts as they are shown."""

from __future__ import annotations

from typology.words.visible_text import shorten


def test_a_text_is_cut_only_when_it_is_longer():
    assert shorten("x" * 60) == "x" * 60
    assert shorten("x" * 61) == "x" * 57 + "..."
    assert shorten("abcdef", 5) == "ab..."
