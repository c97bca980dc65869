from __future__ import annotations

import numpy as np
import pytest

from typology.words import french_spacing, number, p_value, percent, word


def test_an_unknown_key_names_the_nearest_ones() -> None:
    with pytest.raises(KeyError, match=r"Nearest keys: .*eigenvalue"):
        word("eigenvalu", "fr")


def test_an_unknown_member_names_the_nearest_ones() -> None:
    with pytest.raises(KeyError, match=r"'null > one atitude'.*Nearest keys: one attitude"):
        word("null", "en", "one atitude")
    with pytest.raises(KeyError, match="'null' is a family: name one of sample, independence"):
        word("null", "en")
    with pytest.raises(KeyError, match="'axis > x'"):
        word("axis", "en", "x")


def test_a_number_chooses_the_plural_form() -> None:
    said = {
        number: word("tree_alt_moved", "fr", plural=number, moved=number) for number in (0, 1, 2)
    }
    assert said[0] == said[1] == "La consolidation a déplacé 1 répondant."
    assert said[2] == "La consolidation a déplacé 2 répondants."
    assert word("tree_alt_moved", "en", plural=0, moved=0) == "Consolidation moved 0 respondents."
    assert word("tree_alt_moved", "en", plural=1, moved=1) == "Consolidation moved 1 respondent."


def test_an_entry_may_say_what_is_told_of_nobody() -> None:
    values = {"moved": "0", "total": "9", "share": "0%"}
    assert word("narrative_moved", "en", plural=0, **values) == "Consolidation moved nobody."


def test_the_number_of_a_plural_is_asked_for() -> None:
    with pytest.raises(KeyError, match="'narrative_moved' have plural forms: say how many"):
        word("narrative_moved", "fr", moved=2, total=9, share="22%")


def test_a_missing_value_is_named() -> None:
    with pytest.raises(KeyError, match="need values for: n"):
        word("n_is", "fr")


def test_an_unknown_language_is_refused() -> None:
    with pytest.raises(ValueError, match=r"'de'.*'fr' or 'en'"):
        word("axis", "de")


def test_values_are_written_as_the_language_writes_them() -> None:
    assert word("n_is", "fr", n=1234) == "n\u00a0=\u00a01\u202f234"
    assert word("n_is", "en", n=np.int64(1234)) == "n = 1,234"
    assert word("guttman_r2", "fr", r2=0.5) == "Effet Guttman\u00a0: R²\u00a0=\u00a00,5"


def test_braces_in_a_value_are_left_alone() -> None:
    assert word("unanimous_title", "en", block="{x}") == "{x}: the most unanimous"


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
