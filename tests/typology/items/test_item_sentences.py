"""Sentences on the items, read against tables made by hand."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from narrated_study import QUESTIONNAIRE, labels, plain, tables
from typology.exhibits.labels import Labels
from typology.items.sentences import reliability_sentence, unanimous_sentence
from typology.questionnaire import Questionnaire


def test_unanimous_items_come_in_their_rank() -> None:
    assert plain(unanimous_sentence(tables(), labels("fr"), "hopes")) == (
        "Parmi les attentes, les énoncés les plus largement approuvés sont, dans l'ordre, "
        "« CPTS utiles » (60,5 % d'accord ; IC à 95 % : 40,0–70,0) et « gagner du temps » "
        "(60,0 % ; 40,0–70,0)."
    )
    assert plain(unanimous_sentence(tables(), labels("en"), "open", top=1)) == (
        "Among the “Openness” items, the one most agreed with is “try” (50.0% agree; 95% CI "
        "40.0–70.0)."
    )


def test_reliability_is_marked_and_a_very_high_alpha_warned_of() -> None:
    assert plain(reliability_sentence(tables(), labels("fr"))) == (
        "La cohérence interne est très élevée pour les attentes (alpha de Cronbach 0,96 ; oméga de "
        "McDonald 0,97 ; 2 énoncés) ; faible pour le bloc « Ouverture » (0,50 ; 0,55 ; 2 énoncés). "
        "Un alpha supérieur à 0,95 (les attentes) peut signaler des énoncés qui se répètent."
    )


def test_two_alphas_that_are_printed_alike_are_told_alike() -> None:
    given = tables()["reliability"].assign(alpha=[0.904, 0.896])
    told = plain(reliability_sentence(tables() | {"reliability": given}, labels("en")))
    assert told.startswith("Internal consistency is very high for ")
    assert told.count("0.90") == 2
    assert told.count("high") == 1


def test_words_of_the_questionnaire_cannot_break_markdown() -> None:
    content = QUESTIONNAIRE.model_dump()
    content["blocks"][0]["items"][1]["fr"] = "Une *étoile* @moi"
    told = unanimous_sentence(
        tables(), Labels(Questionnaire.model_validate(content), "fr"), "hopes"
    )
    assert r"une \*étoile\* \@moi" in told


def agreed(*shares: float) -> dict[str, pd.DataFrame]:
    """Return the table of agreement with the first block, whose items are agreed with so much."""
    block = QUESTIONNAIRE.blocks[0]
    items = [item.id for item in block.items][: len(shares)]
    rows = [
        {"block": block.id, "item": item, "agree_share": share, "agree_low": share / 2,
         "agree_high": share, "rank": rank}
        for rank, (item, share) in enumerate(zip(items, shares, strict=True), 1)
    ]  # fmt: skip
    return {"item_agreement": pd.DataFrame(rows)}


@pytest.mark.parametrize(
    ("shares", "fr", "en"),
    [
        ((0.0, 0.0), "aucun énoncé ne recueille d'accord", "nobody agrees with any"),
        ((0.04, 0.0), "aucun énoncé ne recueille d'accord", "nobody agrees with any"),
        ((12.0, 0.0), "aucun énoncé n'a l'accord de la moitié", "none has the agreement of half"),
        ((np.nan, np.nan), "n'a reçu de réponse", "none was answered"),
    ],
)
def test_items_that_few_agree_with_are_not_called_most_agreed_with(
    shares: tuple[float, ...], fr: str, en: str
) -> None:
    for language, expected in (("fr", fr), ("en", en)):
        sentence = unanimous_sentence(
            agreed(*shares), Labels(QUESTIONNAIRE, language, {}), QUESTIONNAIRE.blocks[0].id
        )
        assert expected in sentence
        assert "(0" not in sentence


def test_items_that_nobody_agrees_with_end_the_list() -> None:
    sentence = unanimous_sentence(
        agreed(80.0, 0.0), Labels(QUESTIONNAIRE, "en", {}), QUESTIONNAIRE.blocks[0].id
    )
    assert "80.0%" in sentence
    assert "0.0%;" not in sentence.replace("80.0%", "")
