"""Sentences on the axes, read against tables made by hand."""

from __future__ import annotations

import pandas as pd
import pytest

from narrated_study import QUESTIONNAIRE, TYPES, labels, plain, tables
from typology.axes.sentences import axis_sentences, guttman_sentence
from typology.exhibits.labels import Labels
from typology.questionnaire import Questionnaire


def test_an_axis_opposes_what_makes_its_sides() -> None:
    assert plain(axis_sentences(tables(), labels("fr"), 1)) == (
        "L'axe 1 (20,0 % de l'inertie, 80,0 % après correction de Benzécri) oppose le désaccord "
        "avec les attentes (côté négatif) à l'accord avec les attentes (côté positif). Les "
        "réponses qui y contribuent le plus sont, du côté négatif, « non » à « gagner du temps » "
        "et à « CPTS utiles » ; du côté positif, « oui » à « gagner du temps » et à « CPTS utiles "
        "». Parmi les réponses aux autres questions, les plus éloignées du centre sont, du côté "
        "négatif, « femme » à « sexe »."
    )


def test_an_axis_of_extremes_against_the_middle_is_told_so() -> None:
    told = plain(axis_sentences(tables(), labels("en"), 2))
    assert told.startswith(
        "Axis 2 (10.0% of the inertia) opposes intermediate answers (negative side) to firm "
        "answers, one way or the other (positive side)."
    )


def test_reversed_items_are_read_turned_round() -> None:
    given = tables()["categories"]
    content = QUESTIONNAIRE.model_dump()
    content["blocks"][0]["items"][0]["reversed"] = True
    content["blocks"][0]["items"][1]["reversed"] = True
    turned = Labels(Questionnaire.model_validate(content), "en", TYPES)
    told = axis_sentences({**tables(), "categories": given}, turned, 1)
    assert "opposes agreement with the hopes (negative side) to disagreement" in told
    assert "Reversed items are recoded here." in told


@pytest.mark.parametrize(
    ("r2", "said"), [(0.5, "est marqué"), (0.3, "en partie"), (0.1, "pas d'effet Guttman notable")]
)
def test_the_guttman_effect_is_told_in_words(r2: float, said: str) -> None:
    given = {**tables(), "guttman": pd.DataFrame({"axis_x": [1], "axis_y": [2], "r2": [r2]})}
    assert said in guttman_sentence(given, labels("fr"))
    assert guttman_sentence(given, labels("fr"), axis_y=3) == ""
