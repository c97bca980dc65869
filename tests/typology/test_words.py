from __future__ import annotations

import string

import numpy as np
import pytest

from typology import words
from typology.words import french_spacing, number, p_value, percent, word


def test_an_unknown_key_names_the_nearest_ones() -> None:
    with pytest.raises(KeyError, match=r"Nearest keys: .*eigenvalue"):
        word("eigenvalu", "fr")


def test_a_missing_value_is_named() -> None:
    with pytest.raises(KeyError, match="need values for: n"):
        word("respondents_n", "fr")


def test_an_unknown_language_is_refused() -> None:
    with pytest.raises(ValueError, match=r"'de'.*'fr' or 'en'"):
        word("axis", "de")


def test_values_are_written_as_the_language_writes_them() -> None:
    assert word("respondents_n", "fr", n=1234) == "1\u202f234 répondants"
    assert word("respondents_n", "en", n=np.int64(1234)) == "1,234 respondents"
    assert word("guttman_r2", "fr", r2=0.5) == "Effet Guttman\u00a0: R²\u00a0=\u00a00,5"


def test_braces_in_a_value_are_left_alone() -> None:
    assert word("likert_title", "en", block="{x}") == "{x}: answers"


@pytest.mark.parametrize(
    ("value", "decimals", "french", "english"),
    [
        (18.91, 1, "18,9", "18.9"),
        (0.25, 1, "0,3", "0.3"),
        (2.5, 0, "3", "3"),
        (-0.04, 1, "0,0", "0.0"),
        (-1234567.891, 2, "−1\u202f234\u202f567,89", "−1,234,567.89"),
        (float("nan"), 1, "–", "–"),
        (float("-inf"), 1, "−∞", "−∞"),
        (1e-9, 3, "0,000", "0.000"),
        (1e22, 0, "10\u202f000\u202f000\u202f000\u202f000\u202f000\u202f000\u202f000", None),
    ],
)
def test_numbers(value: float, decimals: int, french: str, english: str | None) -> None:
    assert number(value, "fr", decimals) == french
    if english is not None:
        assert number(value, "en", decimals) == english


def test_percentages_have_a_no_break_space_in_french_only() -> None:
    assert percent(18.91, "fr") == "18,9\u00a0%"
    assert percent(18.91, "en", 0) == "19%"
    assert percent(float("nan"), "fr") == "–"


def test_p_values_are_never_zero() -> None:
    assert p_value(0.00001, "fr") == "<\u00a00,001"
    assert p_value(0.0, "en", named=True) == "p\u00a0<\u00a00.001"
    assert p_value(0.0123, "fr", named=True) == "p\u00a0=\u00a00,012"
    assert p_value(float("nan"), "en") == "–"
    assert p_value(1.0, "en") == "1.000"


def test_french_punctuation_is_not_separated_from_its_word() -> None:
    spaced = french_spacing("« Les réticents » (n = 59 ; 18,9 %) : pourquoi ? Non !")
    expected = "«_Les réticents_» (n_=_59_; 18,9_%)_: pourquoi_? Non_!".replace("_", "\u00a0")
    assert spaced == expected


def test_both_languages_of_an_entry_ask_for_the_same_values() -> None:
    entries = words._entries()
    assert len(entries) > 100
    for key, texts in entries.items():
        fields = {
            language: {name for _, name, _, _ in string.Formatter().parse(text) if name}
            for language, text in texts.items()
        }
        assert fields["fr"] == fields["en"], key
