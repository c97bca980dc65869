"""Answers of every kind are read from what survey tools write."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from kinds_study import questionnaire
from typology.answers.responses import Responses, inspect_responses, read_responses
from typology.problems import Problem
from typology.questionnaire import Questionnaire
from typology.words.phrases import in_language

ITEMS = "H1,H2,H3,H4,H5,H6,D1,D2,D3,D4,D5,D6,N1,N2,N3,N4"
ANSWERED = "5,5,5,5,5,5,1,1,1,1,1,1,4,4,4,4"
ABSENT = ["sex", "place", "tools", "age", "reasons", "since", "comment", "wish"]


def asked(**changes: dict[str, Any]) -> Questionnaire:
    """Return the questionnaire, keys of some of its questions changed."""
    content = questionnaire()
    for question in content["respondent"]:
        question.update(changes.get(question["id"], {}))
    return Questionnaire.model_validate(content)


def given(path: Path, header: str, *rows: str) -> Path:
    """Write answers in which the items are answered alike."""
    lines = [f"id,{ITEMS},{header}"]
    lines += [f"R{at},{ANSWERED},{row}" for at, row in enumerate(rows, start=1)]
    file = path / "answers.csv"
    file.write_text("\n".join(lines), encoding="utf-8")
    return file


def read(path: Path, header: str, *rows: str, **changes: dict[str, Any]) -> Responses:
    names = {
        name.partition(":")[0].partition("_")[0].partition("[")[0] for name in header.split(",")
    }
    absent = [each for each in ABSENT if each not in names]
    return read_responses(given(path, header, *rows), asked(**changes), absent=absent)


def problems(path: Path, header: str, *rows: str, **changes: dict[str, Any]) -> tuple[Problem, ...]:
    absent = [each for each in ABSENT if each != header]
    found = inspect_responses(given(path, header, *rows), asked(**changes), absent=absent)
    return found[1]


@pytest.mark.parametrize("said", ["9", "Ne sait pas", "don’t know", "9 - Ne sait pas"])
def test_no_opinion_is_read_from_its_code_or_its_words(tmp_path: Path, said: str) -> None:
    file = tmp_path / "answers.csv"
    answers = ANSWERED.replace(",1,1,1,1,1,1,", f",{said},1,1,1,1,1,")
    file.write_text(f"id,{ITEMS}\nR1,{answers}\n", encoding="utf-8")
    items = read_responses(file, asked(), absent=ABSENT).items
    assert items.loc["R1", ["D1", "D2"]].tolist() == [9, 1]


def test_words_of_other_are_read_from_the_list_of_choices(tmp_path: Path) -> None:
    told = read(
        tmp_path,
        "tools",
        "Vidéo;un fax; vieux modèle",
        '"Téléphone, Autre : courrier"',
        "Autre",
        "Vidéo",
        "",
    ).respondent
    assert told["tools:other"].tolist() == [True, True, True, False, pd.NA]
    assert told["tools:other:text"].fillna("").tolist() == [
        "un fax; vieux modèle", "courrier", "", "", "",
    ]  # fmt: skip
    assert told["tools:video"].tolist() == [True, False, False, True, pd.NA]


@pytest.mark.parametrize(
    "header",
    ["tools:other:text", "tools_other_text", "tools[other][comment]", "tools_other_TEXT"],
)
def test_words_of_other_are_read_from_their_own_column(tmp_path: Path, header: str) -> None:
    told = read(
        tmp_path, f"tools:video,tools:phone,tools:other,{header}", "1,0,1,fax", "0,1,,lettre", ",,,"
    ).respondent
    assert told["tools:other:text"].tolist() == ["fax", "lettre", pd.NA]
    assert told["tools:other"].tolist() == [True, True, pd.NA]


def test_words_of_other_are_read_from_the_column_of_the_choice(tmp_path: Path) -> None:
    header = "tools[video],tools[phone],tools[other]"
    told = read(tmp_path, header, "Y,N,un fax", "N,Y,", "Oui,Non,Non").respondent
    assert told["tools:other"].tolist() == [True, False, False]
    assert told["tools:other:text"].tolist() == ["un fax", pd.NA, pd.NA]


def test_a_declared_column_holds_the_words_of_other(tmp_path: Path) -> None:
    choices = questionnaire()["respondent"][2]["choices"]
    choices[2]["column"] = "precisions"
    file = given(tmp_path, "tools,precisions", "Vidéo;Autre,fax")
    absent = [each for each in ABSENT if each != "tools"]
    told = read_responses(file, asked(tools={"choices": choices}), absent=absent).respondent
    assert told.loc["R1", "tools:other:text"] == "fax"


def test_a_single_choice_has_words_of_one_s_own(tmp_path: Path) -> None:
    told = read(tmp_path, "place", "Ville", "Autre : une île", "un bateau", "other").respondent
    assert told["place"].tolist() == ["town", "other", "other", "other"]
    assert told["place:other:text"].tolist() == [pd.NA, "une île", "un bateau", pd.NA]


def test_words_without_a_choice_for_them_stay_a_problem(tmp_path: Path) -> None:
    choices = [{**each, "text": False} for each in questionnaire()["respondent"][2]["choices"]]
    found = problems(tmp_path, "tools", "Vidéo;un fax", tools={"choices": choices})
    assert len(found) == 1
    assert "un fax" in str(found[0])
    assert found[0].study_lines


@pytest.mark.parametrize(
    ("texts", "day"),
    [
        (["2021-03-04", "2021-01-31"], date(2021, 3, 4)),
        (["2021-03-04 10:30:00", "2021-01-31T08:00"], date(2021, 3, 4)),
        (["04/03/2021", "31/01/2021"], date(2021, 3, 4)),
        (["3/4/2021", "1/31/2021"], date(2021, 3, 4)),
        (["04.03.2021", "31.01.2021"], date(2021, 3, 4)),
        (["03/03/2021", "n/a"], date(2021, 3, 3)),
    ],
)
def test_dates_are_read_as_the_column_shows(tmp_path: Path, texts: list[str], day: date) -> None:
    dates = read(tmp_path, "since", *texts).respondent["since"]
    assert dates.iloc[0].date() == day


def test_dates_that_can_be_read_in_two_ways_are_told_once(tmp_path: Path) -> None:
    found = problems(tmp_path, "since", "04/03/2021", "01/02/2021", "")
    assert len(found) == 1
    assert found[0].count == 2
    assert "date_format: dd/mm/yyyy" in str(found[0])
    assert "des dates qui ne se lisent que d'une façon" in in_language(found[0].expected, "fr")


def test_a_declared_format_reads_dates_that_show_nothing(tmp_path: Path) -> None:
    for written, day in (("dd/mm/yyyy", date(2021, 3, 4)), ("mm/dd/yyyy", date(2021, 4, 3))):
        dates = read(tmp_path, "since", "04/03/2021", since={"date_format": written}).respondent
        assert dates["since"].iloc[0].date() == day


@pytest.mark.parametrize("text", ["31/02/2021", "spring", "2020-12-31", "99"])
def test_what_is_no_date_or_out_of_bounds_is_told(tmp_path: Path, text: str) -> None:
    found = problems(tmp_path, "since", text)
    assert len(found) == 1
    assert "2021-01-01" in str(found[0])


@pytest.mark.parametrize("header", ["comment_themes", "comment:themes"])
def test_several_themes_of_a_text_are_read_from_a_column(tmp_path: Path, header: str) -> None:
    told = read(
        tmp_path, f"comment,{header}", "trop cher,Coût;Équipe", "ensemble,team", "rien,", ",",
    ).respondent  # fmt: skip
    assert told["comment"].tolist() == ["trop cher", "ensemble", "rien", pd.NA]
    assert told["comment:cost"].tolist() == [True, False, pd.NA, pd.NA]
    assert told["comment:team"].tolist() == [True, True, pd.NA, pd.NA]


def test_an_unknown_theme_is_told(tmp_path: Path) -> None:
    file = given(tmp_path, "comment,comment_themes", "trop cher,Couleur")
    absent = [each for each in ABSENT if each != "comment"]
    found = inspect_responses(file, asked(), absent=absent)[1]
    assert "Couleur" in str(found[0])
