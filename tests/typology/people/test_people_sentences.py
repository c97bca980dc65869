"""Sentences on the respondents, read against tables made by hand."""

from __future__ import annotations

from narrated_study import labels, plain, tables
from typology.people.sentences import flow_sentence


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
