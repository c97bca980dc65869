from __future__ import annotations

import json
import math
import re
from dataclasses import replace
from html.parser import HTMLParser
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from typology.documents.explorer import explorer_document, explorer_html
from typology.documents.explorer.content import EXPLORER_COLUMNS
from typology.documents.explorer.page import EXPLORER_SCRIPTS
from typology.exhibits.labels import Labels
from typology.types.grouped import PLACE_STEP

Explored = tuple[dict[str, pd.DataFrame], dict[str, Labels]]


class Elements(HTMLParser):
    """The elements of a page, and the text within each script."""

    def __init__(self) -> None:
        super().__init__()
        self.opened: list[str] = []
        self.scripts: list[tuple[dict[str, str | None], str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.opened.append(tag)
        if tag == "script":
            self.scripts.append((dict(attrs), ""))

    def handle_data(self, data: str) -> None:
        if self.opened and self.opened[-1] == "script" and data.strip():
            attributes, text = self.scripts[-1]
            self.scripts[-1] = (attributes, text + data)


def parsed(html: str) -> Elements:
    elements = Elements()
    elements.feed(html)
    elements.close()
    return elements


def content(html: str) -> dict[str, Any]:
    texts = [
        text for attributes, text in parsed(html).scripts
        if attributes.get("type") == "application/json"
    ]  # fmt: skip
    assert len(texts) == 1
    data: dict[str, Any] = json.loads(texts[0])
    return data


@pytest.fixture(scope="module")
def page(physicians: Explored) -> str:
    return explorer_html(*physicians, language="fr", simulated=True)


@pytest.fixture(scope="module")
def data(page: str) -> dict[str, Any]:
    return content(page)


def test_every_category_is_there_with_its_values(
    data: dict[str, Any], physicians: Explored
) -> None:
    table = physicians[0]["categories"]
    found = {
        (data["variables"][each["variable"]]["id"], each["category"], each["role"]): each
        for each in data["categories"]
    }
    keys = table[["variable", "category", "role"]].astype(str).itertuples(index=False, name=None)
    assert set(found) == set(keys)
    for _, row in table.iterrows():
        category = found[row["variable"], str(row["category"]), row["role"]]
        for name in ("coordinate", "contribution", "cos2", "v_test"):
            value = category[name][int(row["axis"]) - 1]
            if math.isnan(row[name]):
                assert value is None
            else:
                assert value == pytest.approx(row[name], rel=1e-5)


def test_every_type_item_and_respondent_is_there(
    data: dict[str, Any], physicians: Explored
) -> None:
    tables, labels = physicians
    assert [each["class"] for each in data["classes"]] == list(tables["classes"]["class"])
    items = set(labels["fr"].questionnaire.items)
    assert items <= set(data["distributions"])
    assert sum(data["respondents"]["n"]) == len(tables["respondents"])
    assert min(data["respondents"]["n"]) >= 5
    for language, known in labels.items():
        words = data["words"][language]
        assert list(words["types"].values()) == [
            known.type(row["type"], row["class"]) for _, row in tables["classes"].iterrows()
        ]
        assert all(words["variables"][item]["full"] == known.variable(item) for item in items)


def test_large_categories_are_those_contributing_above_average(
    data: dict[str, Any], physicians: Explored
) -> None:
    table = physicians[0]["categories"]
    active = table[table["role"] == "active"]
    n_active = len(active[["variable", "category"]].drop_duplicates())
    for axis, rows in active.groupby("axis"):
        expected = int((rows["contribution"] > 100 / n_active).sum())
        assert sum(each["large"][int(axis) - 1] for each in data["categories"]) == expected


def test_distributions_are_those_of_the_tables(data: dict[str, Any], physicians: Explored) -> None:
    tables, _ = physicians
    overall = dict(iter(tables["item_distribution"].groupby("item")))
    by_class = dict(iter(tables["class_distribution"].groupby(["item", "class"])))
    for item in overall:
        shown = data["distributions"][item]
        np.testing.assert_allclose(shown["share"], overall[item]["share"], rtol=1e-5)
        for each in shown["classes"]:
            rows = by_class[item, each["class"]]
            np.testing.assert_allclose(each["share"], rows["share"], rtol=1e-5)
            assert shown["answers"] == [str(code) for code in rows["code"]]


def test_characteristics_have_shares_that_add_up(data: dict[str, Any]) -> None:
    shown = [each for each in data["distributions"].values() if each["block"] is None]
    assert shown
    for each in shown:
        assert sum(each["share"]) == pytest.approx(100, abs=1e-3)
        assert all(sum(one["share"]) == pytest.approx(100, abs=1e-3) for one in each["classes"])


def test_portraits_hold_the_greatest_v_tests_and_part_the_roles(
    data: dict[str, Any], physicians: Explored
) -> None:
    table = physicians[0]["class_categories"]
    for number, portrait in data["portraits"].items():
        for role, shown in portrait.items():
            rows = table[(table["class"] == int(number)) & (table["role"] == role)]
            greatest = rows.loc[rows["v_test"] >= 1.96, "v_test"].nlargest(len(shown))
            np.testing.assert_allclose([each["v_test"] for each in shown], greatest, rtol=1e-5)
    assert any(portrait["supplementary"] for portrait in data["portraits"].values())


def test_categories_lie_at_the_mean_point_of_their_respondents(
    data: dict[str, Any], physicians: Explored, project: Path
) -> None:
    """What the note of the map says, for a characteristic."""
    variable, code = "practice", "solo"
    index = next(each["index"] for each in data["variables"] if each["id"] == variable)
    category = next(
        each for each in data["categories"]
        if each["variable"] == index and each["category"] == code
    )  # fmt: skip
    tables, _ = physicians
    answers = pd.read_csv(project / "data" / "simulated_responses.csv")
    chose = set(answers.loc[answers[variable].astype(str) == code, "respondent"])
    members = tables["respondents"]["respondent"].isin(chose).to_numpy()
    assert members.any()
    for axis in data["axes"]:
        places = tables["respondents"][f"Axis {axis['axis']}"].to_numpy()
        mean = places[members].mean() / math.sqrt(axis["eigenvalue"])
        assert category["coordinate"][axis["axis"] - 1] == pytest.approx(mean, abs=1e-3)


def test_points_of_a_question_gather_five_or_more_of_one_answer(
    data: dict[str, Any], physicians: Explored, project: Path
) -> None:
    answers = pd.read_csv(project / "data" / "simulated_responses.csv", dtype=str)
    placed = physicians[0]["respondents"]
    answers = answers.set_index("respondent").loc[placed["respondent"].astype(str)]
    points = data["question_points"]
    assert set(points) <= set(data["distributions"])
    assert {"E02", "F25", "practice"} <= set(points)
    for variable in ("E02", "F25", "practice"):
        own = points[variable]
        assert min(own["n"]) >= 5
        counts = answers[variable].value_counts()
        for answer in set(own["answer"]):
            chosen = [i for i, given in enumerate(own["answer"]) if given == answer]
            n = np.array([own["n"][i] for i in chosen])
            assert n.sum() == counts[answer]
            members = (answers[variable] == answer).to_numpy()
            for axis, places in own["axes"].items():
                told = np.array([places[i] for i in chosen])
                assert told == pytest.approx((told / PLACE_STEP).round() * PLACE_STEP, abs=1e-6)
                own_mean = placed.loc[members, f"Axis {axis}"].mean()
                # Each place is at most half a step from the mean of its group.
                assert (n * told).sum() / n.sum() == pytest.approx(own_mean, abs=PLACE_STEP / 2)
        rare = set(counts[counts < 5].index)
        assert not rare & set(own["answer"])
        left_out = counts.sum() - sum(own["n"])
        assert left_out == 0 or left_out >= 5


def test_nobody_is_identified(page: str, physicians: Explored) -> None:
    for respondent in physicians[0]["respondents"]["respondent"].head(40):
        assert str(respondent) not in page


def test_nothing_comes_from_elsewhere(physicians: Explored) -> None:
    document = explorer_document(*physicians, language="en", simulated=True)
    assert not re.search(r"https?:|//cdn|@import|url\((?!#)|\bsrc=", document)
    assert set(re.findall(r"href=\"([^\"]*)\"", document)) == {"data:,"}


def test_the_notice_is_there_only_for_simulated_answers(physicians: Explored) -> None:
    notice = "aucun de ces points n’est un vrai répondant"
    simulated = explorer_html(*physicians, language="fr", simulated=True)
    real = explorer_html(*physicians, language="fr", simulated=False)
    assert '<p class="te-simulated">' in simulated
    assert notice in simulated
    assert '<p class="te-simulated">' not in real


def test_weighted_pages_say_that_numbers_count_respondents(physicians: Explored, page: str) -> None:
    tables, labels = physicians
    classes = tables["classes"].assign(share_weighted=True)
    weighted = explorer_html({**tables, "classes": classes}, labels, language="fr", simulated=True)
    said = {
        "explorer_distribution_note": "n compte les répondants, quel que soit leur poids",
        "explorer_map_note": "les nombres comptent les répondants, quel que soit leur poids",
        "explorer_characteristic_note": "n compte les répondants, quel que soit leur poids",
    }
    for note, words in said.items():
        assert words in content(weighted)["words"]["fr"]["interface"][note]
        assert words not in content(page)["words"]["fr"]["interface"][note]


def test_hostile_words_stay_words(physicians: Explored) -> None:
    tables, labels = physicians
    hostile = "</script><script>alert(1)</script><!-- & \u2028 \"'"
    french = labels["fr"]
    item = french.questionnaire.blocks[0].items[0]
    block = french.questionnaire.blocks[0]
    changed = block.model_copy(
        update={"items": (item.model_copy(update={"fr": hostile}), *block.items[1:])}
    )
    questionnaire = french.questionnaire.model_copy(
        update={
            "blocks": (changed, *french.questionnaire.blocks[1:]),
            "title": french.questionnaire.title.model_copy(update={"fr": hostile}),
        }
    )
    questionnaire.__dict__.pop("items", None)
    questionnaire.__dict__.pop("_block_of_item", None)
    hostile_labels = {"fr": replace(french, questionnaire=questionnaire)}
    document = explorer_document(tables, hostile_labels, language="fr", simulated=False)
    assert content(document)["words"]["fr"]["variables"][item.id]["full"] == hostile.replace(
        "\u2028", "\N{REPLACEMENT CHARACTER}"
    )
    assert parsed(document).opened.count("script") == 2
    assert "alert(1)</script>" not in document


def test_scripts_write_no_markup() -> None:
    for name in EXPLORER_SCRIPTS:
        text = (files("typology.documents.explorer") / name).read_text(encoding="utf-8")
        assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(", text)


def test_another_study_in_one_language(personality: Explored) -> None:
    tables, labels = personality
    assert list(labels) == ["en"]
    data = content(explorer_html(tables, labels, language="en", simulated=False))
    assert [axis["axis"] for axis in data["axes"]] == [1, 2, 3, 4]
    assert set(data["planes"]) == {"1-2", "1-3", "1-4", "2-3", "2-4", "3-4"}
    assert sum(data["respondents"]["n"]) > 2700
    assert {len(each["answers"]) for each in data["distributions"].values() if each["block"]} == {6}
    numbered = tables["classes"].loc[tables["classes"]["type"].isin(["", np.nan]), "class"]
    assert all(data["words"]["en"]["types"][str(each)] == f"Class {each}" for each in numbered)


def test_tables_read_back_from_files_give_the_same_page(
    page: str, physicians: Explored, tmp_path: Path
) -> None:
    tables, labels = physicians
    read = {}
    for name in (*EXPLORER_COLUMNS, "guttman"):
        tables[name].to_csv(tmp_path / f"{name}.csv", index=False)
        read[name] = pd.read_csv(tmp_path / f"{name}.csv")
    assert explorer_html(read, labels, language="fr", simulated=True) == page


def test_missing_tables_columns_and_languages_are_named(physicians: Explored) -> None:
    tables, labels = physicians
    fewer = {name: table for name, table in tables.items() if name != "class_distribution"}
    with pytest.raises(ValueError, match="class_distribution"):
        explorer_html(fewer, labels, language="fr", simulated=True)
    shorter = {**tables, "axes": tables["axes"].drop(columns="eigenvalue")}
    with pytest.raises(ValueError, match=r"'axes' lacks the columns eigenvalue"):
        explorer_html(shorter, labels, language="fr", simulated=True)
    with pytest.raises(ValueError, match=r"language is 'en'.*\(fr\)"):
        explorer_html(tables, {"fr": labels["fr"]}, language="en", simulated=True)
