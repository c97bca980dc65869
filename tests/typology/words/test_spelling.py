"""Words compared as people type them."""

from __future__ import annotations

import pytest

from typology.words.spelling import did_you_mean, fold, nearest, nearest_wording


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Plutôt d’accord", "plutot d'accord"),
        ("Êtes-vous membre\u00a0?", "etes‑vous membre?"),
        ("«\u00a0sectorisation\u00a0»", "« Sectorisation »"),
        ("  Tout  à\tfait ", "TOUT A FAIT"),
        ("cœur", "coeur"),
        ("e\u0301te\u0301", "été"),
    ],
)
def test_typing_habits_make_no_difference(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(("one", "other"), [("d'accord", "daccord"), ("a b", "ab"), ("1", "2")])
def test_different_words_stay_different(one: str, other: str) -> None:
    assert fold(one) != fold(other)


def test_nearest_word_is_given_as_it_is_written() -> None:
    assert nearest("Gouvernance", ["Financing", "Governance"]) == "Governance"
    assert nearest("xyz", ["Financing"]) == ""
    assert did_you_mean("xyz", ["Financing"]) == ""


@pytest.mark.parametrize(
    ("text", "known", "guess"),
    [
        ("Completely agree", ["Somewhat agree", "Agree", "Strongly agree"], "Strongly agree"),
        ("Completely agree", ["Somewhat agree"], ""),
        ("Mme", ["Femme", "Homme"], ""),
        ("Homme", ["Femme", "Homme"], "Homme"),
        ("Rather agree", ["Strongly agree"], ""),
        ("Très satisfait", ["Assez satisfait", "Très satisfait(e)"], "Très satisfait(e)"),
        ("Plutôt pas d'accord", ["Plutôt d'accord", "Pas du tout d'accord"], ""),
        ("1_Pas du tout d'accord", ["Tout à fait d'accord"], ""),
        ("1/Pas du tout d'accord", ["Tout à fait d'accord"], ""),
        ("Pas d'accord", ["Ni d'accord ni pas d'accord", "Plutôt d'accord"], ""),
        ("Disagree", ["Neither agree nor disagree"], ""),
    ],
)
def test_no_wording_of_another_degree_is_guessed(text: str, known: list[str], guess: str) -> None:
    assert nearest_wording(text, known) == guess


@pytest.mark.parametrize("text", ["Tr?s bien", "Tr\ufffds bien", "TrŠs bien", "Tr?s bie"])
def test_letters_that_were_lost_make_no_other_answer(text: str) -> None:
    guess = nearest_wording(text, ["Un peu", "Bien", "Très bien"])
    assert guess == ("Très bien" if text.endswith("bien") else "")
    assert nearest_wording("??", ["Oui", "Non"]) == ""
    assert nearest_wording("P?re", ["Père", "Pire"]) == ""
