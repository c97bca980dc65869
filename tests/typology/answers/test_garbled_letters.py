"""Letters garbled before a file came here: mended where they can only be that, and told."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from typology.answers.platforms.garbled_letters import mended_letters, with_mended_letters
from typology.answers.platforms.table import AnswerTable


def garbled(text: str, encoding: str = "cp1252", times: int = 1) -> str:
    """Return a text written in UTF-8 and read in another encoding."""
    for _ in range(times):
        text = text.encode("utf-8").decode(encoding)
    return text


WORDS = ["élevé", "été", "œuf", "ça", "naïf", "« oui »", "l’avenir", "5 € – 6", "10°", "À demain"]


@pytest.mark.parametrize("text", [word for word in WORDS if "À" not in word])
def test_garbled_texts_are_as_they_were_written(text: str) -> None:
    for times in (1, 2):
        assert mended_letters(garbled(text, times=times)) == text
    assert mended_letters(garbled(text, "mac_roman")) == text


def test_many_times_is_not_undone() -> None:
    assert mended_letters(garbled("été", times=4)) != "été"


@pytest.mark.parametrize(
    "text", [*WORDS, "plain", "L'Âge d'or", "SÃO PAULO", "√2", "Ã", "naïve â€", "Ãb", "日本"]
)
def test_texts_that_are_not_garbled_stay(text: str) -> None:
    assert mended_letters(text) == text


@pytest.mark.parametrize(
    ("text", "mended"),
    [
        ("Ã la fin", "à la fin"), ("de Ã  la", "de à la"), ("Ã LA FIN", "Ã LA FIN"),
        (garbled("été") + " Ã  MOI", "été à MOI"), (garbled("été") + " Ã", "été à"),
        (garbled("été") + " Ã  ", "été à"), ("xÃ la", "xÃ la"),
    ],
)  # fmt: skip
def test_an_a_grave_whose_space_became_a_plain_one(text: str, mended: str) -> None:
    assert mended_letters(text) == mended


def table(*cells: str, header: str = "text", label: str = "x", told: str = "d") -> AnswerTable:
    return AnswerTable(
        "a.csv", ("id", header), pd.DataFrame({0: ["R"] * len(cells), 1: list(cells)}),
        descriptions=("", told), value_labels={1: {"1": label}}, notices=("before",),
        numbers={0: np.ones(len(cells), dtype=bool)},
    )  # fmt: skip


def test_headings_cells_labels_and_descriptions_are_mended_and_counted() -> None:
    given = table(garbled("été"), "plain", garbled("été"), garbled("élevé"), "Âge",
                  header=garbled("Santé"), label=garbled("Réponse"),
                  told=garbled("Énoncé"))  # fmt: skip
    found = with_mended_letters(given)
    assert found.headers == ("id", "Santé")
    assert found.cells[1].tolist() == ["été", "plain", "été", "élevé", "Âge"]
    assert found.descriptions == ("", "Énoncé")
    assert found.value_labels == {1: {"1": "Réponse"}}
    # Three texts of headings and labels, three cells.
    assert found.notices == (
        "before",
        "Letters garbled before the file came here were mended in 6 headings and cells: "
        f"'{garbled('Santé')}' is read as 'Santé'.",
    )
    assert given.cells[1].tolist()[0] == garbled("été")
    assert found.numbers is given.numbers


def test_signs_alone_may_be_meant() -> None:
    given = table(garbled("« »"), garbled("–"))
    assert with_mended_letters(given) is given
    plain = table("plain", "Âge")
    assert with_mended_letters(plain) is plain
    with_word = with_mended_letters(table(garbled("« »"), garbled("été")))
    assert with_word.cells[1].tolist() == ["« »", "été"]
