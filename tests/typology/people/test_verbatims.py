"""Verbatims by type, without what would tell who wrote them."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from kinds_study import questionnaire
from typology.exhibits.labels import Labels
from typology.people.verbatim_tables import verbatims_table as shown_table
from typology.people.verbatims import hidden, identifying, verbatims_by_class
from typology.questionnaire import Questionnaire

ASKED = Questionnaire.model_validate(questionnaire())


def written(texts: list[str], classes: list[int]) -> tuple[pd.DataFrame, pd.Series]:
    people = [f"Nom {at}" for at in range(len(texts))]
    wish = pd.array([text or None for text in texts], dtype="string")
    return pd.DataFrame({"wish": wish}, index=people), pd.Series(classes, index=people)


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("moi: a.b@c-d.fr!", "moi: […]!"),
        ("0612345678", "[…]"),
        ("+33 6 12 34 56 78 le soir", "[…] le soir"),
        ("01.23.45.67.89", "[…]"),
        ("en 2021, 1 200 euros pour 12 jours", "en 2021, 1 200 euros pour 12 jours"),
        ("de 2019 à 2021", "de 2019 à 2021"),
    ],
)
def test_addresses_and_telephone_numbers_are_hidden(text: str, left: str) -> None:
    assert hidden(text) == left


def test_texts_are_told_by_class_and_in_no_order_of_the_respondents() -> None:
    respondent, labels = written(["b", "a", "", "c  d\ne"], [1, 1, 1, 2])
    table = verbatims_by_class(ASKED, respondent, labels, seed=1)
    assert table["text"].tolist() == ["a", "b", "c d e"]
    assert table["class"].tolist() == [1, 1, 2]
    assert not table.astype(str).map(lambda cell: "Nom" in cell).to_numpy().any()


def test_the_texts_quoted_do_not_depend_on_the_order_of_the_respondents() -> None:
    texts = [f"text {at}" for at in range(30)]
    respondent, labels = written(texts, [1, 2] * 15)
    table = verbatims_by_class(ASKED, respondent, labels, seed=4)
    order = np.random.default_rng(1).permutation(30)
    again = verbatims_by_class(ASKED, respondent.iloc[order], labels.iloc[order], seed=4)
    pd.testing.assert_frame_equal(table, again)
    assert table.groupby("class")["shown"].sum().tolist() == [5, 5]


def test_questions_with_addresses_are_counted() -> None:
    respondent, _ = written(["a@b.fr", "a", "06 12 34 56 78"], [1, 1, 1])
    assert identifying(ASKED, respondent) == {"wish": 2}


@pytest.mark.parametrize("language", ["fr", "en"])
def test_texts_are_escaped_where_they_are_shown(language: str) -> None:
    respondent, labels = written(["<b>*gras*</b> | =1+1"], [1])
    tables = {
        "verbatims": verbatims_by_class(ASKED, respondent, labels, seed=1),
        "classes": pd.DataFrame({"class": [1], "type": [""]}),
    }
    table = shown_table(tables, Labels(ASKED, language))
    assert "<b>" not in table.to_markdown()
    assert "*gras*" not in table.to_markdown().replace(r"\*", "")
    assert "&lt;b&gt;" in table.to_html()
