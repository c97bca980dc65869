"""Sentences on the respondents, read against tables made by hand."""

from __future__ import annotations

import pandas as pd

from narrated_study import labels, plain, tables
from typology.people.sentences import characteristics_sentence, flow_sentence

NAN = float("nan")


def test_flow_tells_who_was_left_out_and_why() -> None:
    assert plain(flow_sentence(tables(), labels("fr"))) == (
        "Sur 104 répondants, 4 ont été écartés (1 sans aucune réponse et 3 avec au moins un énoncé "
        "sans réponse) et 100 analysés."
    )
    one = tables()
    one["flow"] = one["flow"].assign(excluded=[0, 1, 0, 0], remaining=[101, 100, 100, 100])
    assert plain(flow_sentence(one, labels("en"))) == (
        "Of 101 respondents, one was left out (without any answer) and 100 analysed."
    )
    none = tables()
    none["flow"] = none["flow"].assign(excluded=0, remaining=1234)
    assert plain(flow_sentence(none, labels("fr"))) == (
        "Les 1 234 répondants ont tous été analysés."
    )


def test_characteristics_whose_test_is_not_published_are_not_counted_among_those_tested() -> None:
    tests = pd.DataFrame(
        {
            "variable": ["sex", "age"], "kind": ["nominal", "number"],
            "test": ["Pearson chi-squared", "Kruskal-Wallis"], "p_value": [0.01, NAN],
            "p_holm": [0.02, NAN], "effect": [0.3, NAN], "effect_name": "cramers_v",
            "hidden": [False, True],
        }
    )  # fmt: skip
    told = {"characteristic_tests": tests}
    french = plain(characteristics_sentence(told, labels("fr")))
    assert french.startswith(
        "Les types diffèrent sur la seule caractéristique dont le test est publié"
    )
    assert "Test fait et non publié" in french
    known = tests.assign(p_value=0.01, p_holm=[0.02, 0.6], effect=0.3, hidden=False)
    every = {"characteristic_tests": known}
    english = plain(characteristics_sentence(every, labels("en")))
    assert "differ on one of the two characteristics tested" in english
