"""A spreadsheet of items: what is read, and everything wrong in it at once."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from typology.problems import InputError
from typology.tools.new.answer_scales import AnswerScale
from typology.tools.new.drafting import drafted
from typology.tools.new.item_list import read_item_list
from typology.tools.new.wished.wishes import Wishes

FRENCH = pd.DataFrame(
    [
        ("Espoirs", "E1", "Soin", "Mieux suivre", "Follow better", "", "pour"),
        ("", "E2", "Soin", "Perdre moins de temps", "Lose less time", "oui", ""),
        ("Freins", "F1", "Outils", "Manquer de matériel", "Lack equipment", "non", "contre"),
        ("", "", "Outils", "Ne pas savoir m'en servir", "Not know how to use it", "", ""),
    ],
    columns=["Bloc", "Identifiant", "Thème", "Énoncé (fr)", "Anglais", "Inversé", "Sens"],
)  # fmt: skip


@pytest.fixture(params=["xlsx", "csv", "semicolons"])
def listed(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A list of items with French headings, in each kind of file."""
    path = tmp_path / f"mes énoncés.{'xlsx' if request.param == 'xlsx' else 'csv'}"
    if request.param == "xlsx":
        FRENCH.to_excel(path, index=False)
    else:
        separator = ";" if request.param == "semicolons" else ","
        FRENCH.to_csv(path, index=False, sep=separator, encoding="cp1252")
    return path


def test_a_list_with_french_headings_is_read_whole(listed: Path) -> None:
    read = read_item_list(listed, language="fr")
    assert read.languages == ("fr", "en")
    assert [(block.titles["fr"], block.direction) for block in read.blocks] == [
        ("Espoirs", "favourable"), ("Freins", "unfavourable"),
    ]  # fmt: skip
    assert [len(block.items) for block in read.blocks] == [2, 2]
    assert read.blocks[0].items[1] == {
        "id": "E2", "fr": "Perdre moins de temps", "en": "Lose less time", "theme": "soin",
        "reversed": True,
    }  # fmt: skip
    assert read.themes == {
        "soin": {"fr": "Soin", "en": "Soin"}, "outils": {"fr": "Outils", "en": "Outils"},
    }  # fmt: skip


def test_items_without_an_id_are_numbered_in_their_block(listed: Path) -> None:
    draft = drafted(Wishes(items=listed, languages=("fr",)), language="en")
    assert [item["id"] for block in draft.blocks for item in block["items"]] == [
        "E1", "E2", "F1", "F02",
    ]  # fmt: skip
    assert draft.questionnaire["title"] == {"fr": "mes énoncés"}
    assert "en" not in draft.blocks[0]["items"][0]


def test_an_id_and_a_wording_are_enough(tmp_path: Path) -> None:
    path = tmp_path / "items.csv"
    path.write_text("id,Item text\nA1,It is hot\nA2,It is cheap\n", encoding="utf-8")
    read = read_item_list(path, usual_scale=AnswerScale("truth", 4))
    assert read.languages == ("en",)
    [block] = read.blocks
    assert block.titles == {"en": "Items"}
    assert block.scale == AnswerScale("truth", 4)
    assert [item["en"] for item in block.items] == ["It is hot", "It is cheap"]


def test_everything_wrong_is_told_at_once_with_its_row_and_its_column(tmp_path: Path) -> None:
    table = pd.DataFrame(
        [
            ("", "A1", "Hot", "", "maybe", "", ""),
            ("Hopes", "1 b", "Cheap", "x" * 46, "", "sideways", "agreement 40"),
            ("Hopes", "A1", "", "", "", "for", "agreement 5"),
            ("Hopes", "class", "hot", "", "", "against", ""),
        ],
        columns=["block", "id", "en", "short", "reversed", "direction", "scale"],
    )
    path = tmp_path / "items.xlsx"
    table.to_excel(path, index=False)
    with pytest.raises(InputError) as refused:
        read_item_list(path)
    found = {(problem.row, problem.column) for problem in refused.value.problems}
    assert found == {
        ("2", "block"), ("2", "reversed"), ("3", "id"), ("3", "short"), ("3", "direction"),
        ("3", "scale"), ("4", "id"), ("4", "en"), ("5", "id"), ("5", "en"), ("5", "direction"),
    }  # fmt: skip


def test_what_is_no_list_of_items_is_told_so(tmp_path: Path) -> None:
    path = tmp_path / "items.csv"
    path.write_text("colour,size\nred,3\n", encoding="utf-8")
    with pytest.raises(InputError, match="a column of wordings, with the heading fr, en"):
        read_item_list(path)
    path.write_text("id,fr\nA1,Chaud\nA2,Froid\n", encoding="utf-8")
    with pytest.raises(InputError, match="with the heading en"):
        read_item_list(path, languages=["en"])
    with pytest.raises(InputError, match="a list of items"):
        read_item_list(tmp_path / "nowhere.csv")


def test_columns_that_are_not_read_and_directions_that_are_not_said_are_told(
    tmp_path: Path,
) -> None:
    path = tmp_path / "items.csv"
    path.write_text("block,en,colour\nHopes,Hot,red\nFears,Cold,blue\n", encoding="utf-8")
    told = [str(notice) for notice in read_item_list(path).notices]
    assert told[0] == "Columns that are not read: colour."
    assert "all are taken as favourable" in told[1]
