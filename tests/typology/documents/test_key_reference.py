"""The page of every key: its examples are in the language of the page."""

from __future__ import annotations

import re

import pytest

from typology.documents.keys import key_reference
from typology.words.typography import LANGUAGES

FRENCH = re.compile(
    r"[àâçèêëîïôùûœÀÉÈ]|\b(?:Femme|Homme|les partants|Temps|Ne sait pas|infirmiers|ans)\b"
)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_example_says_anything_in_the_other_language(language: str) -> None:
    page = key_reference(language)
    examples = [line.rstrip(" |").rpartition(" | ")[2] for line in page.splitlines()
                if line.startswith("| `")]  # fmt: skip
    assert len(examples) > 100
    other = next(each for each in LANGUAGES if each != language)
    assert [each for each in examples if re.search(rf"\b{other}: ", each)] == []
    assert any(f"{language}: " in each for each in examples)


def test_an_english_page_has_no_word_of_french() -> None:
    page = key_reference("en").replace("en français", "")
    assert [line for line in page.splitlines() if FRENCH.search(line)] == []
