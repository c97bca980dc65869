"""Themes that texts were coded under by hand, in a file of their own."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from kinds_study import questionnaire
from typology.answers.responses import Responses, read_responses
from typology.answers.theme_file import with_themes
from typology.problems import InputError
from typology.questionnaire import Questionnaire

ITEMS = "H1,H2,H3,H4,H5,H6,D1,D2,D3,D4,D5,D6,N1,N2,N3,N4"
ABSENT = ["sex", "place", "tools", "age", "reasons", "since", "wish"]


def responses(tmp_path: Path, *, themes_column: str = "") -> Responses:
    content = questionnaire()
    content["respondent"] = [each for each in content["respondent"] if each["id"] == "comment"]
    if themes_column:
        content["respondent"][0]["themes_column"] = themes_column
    path = tmp_path / "answers.csv"
    codes = ",".join("1" for _ in ITEMS.split(","))
    rows = [f"{name},{codes},{text}" for name, text in (("A", "dear"), ("B", "x"), ("C", ""))]
    path.write_text("\n".join([f"id,{ITEMS},comment", *rows]), encoding="utf-8")
    return read_responses(path, Questionnaire.model_validate(content))


def coded(tmp_path: Path, *lines: str) -> Path:
    path = tmp_path / "themes.csv"
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def themes(found: Responses) -> dict[str, list[bool | None]]:
    return {
        name: [None if pd.isna(each) else bool(each) for each in found.respondent[name]]
        for name in ("comment:cost", "comment:team")
    }


BOTH = {"comment:cost": [True, None, True], "comment:team": [False, None, True]}


@pytest.mark.parametrize("text", ["text", "texte", "verbatim", "verbatims"])
def test_themes_are_those_of_the_file_by_respondent(tmp_path: Path, text: str) -> None:
    given = responses(tmp_path)
    found = with_themes(
        given, coded(tmp_path, f"id,{text},comment_themes", "C,a,Coût;team", "A,b,cost")
    )
    assert themes(found) == BOTH
    assert found.respondent.index.tolist() == ["A", "B", "C"]
    assert found.respondent["comment"].tolist()[:2] == ["dear", "x"]
    assert found.items.equals(given.items)
    assert "comment:cost" not in given.respondent


def test_themes_may_have_a_column_each_or_one_that_is_named(tmp_path: Path) -> None:
    ticks = coded(tmp_path, "id,comment:cost,comment:team", "A,1,0", "C,1,1")
    assert themes(with_themes(responses(tmp_path), ticks)) == BOTH
    named = coded(tmp_path, "id,Coding", "A,cost", "C,cost;team")
    assert themes(with_themes(responses(tmp_path, themes_column="Coding"), named)) == BOTH


def test_themes_of_before_are_replaced(tmp_path: Path) -> None:
    first = with_themes(responses(tmp_path), coded(tmp_path, "id,comment_themes", "B,team"))
    again = with_themes(first, coded(tmp_path, "id,comment_themes", "A,cost", "C,cost;team"))
    assert themes(again) == BOTH


def test_the_column_of_respondents_and_words_for_no_answer_are_those_given(tmp_path: Path) -> None:
    path = coded(tmp_path, "who,comment_themes", "A,cost", "B,none yet", "C,cost;team")
    found = with_themes(responses(tmp_path), path, id_column="who", no_answer=["none yet"])
    assert themes(found) == BOTH


def test_respondents_are_named_as_in_their_file(tmp_path: Path) -> None:
    given = responses(tmp_path)
    renamed = replace(
        given, items=given.items.set_axis([1, 2, 3]),
        respondent=given.respondent.set_axis([1, 2, 3]),
        row_names=pd.Series(["A", "B", "C"], index=[1, 2, 3]),
    )  # fmt: skip
    found = with_themes(renamed, coded(tmp_path, "id,comment_themes", "A,cost", "C,cost;team"))
    assert themes(found) == BOTH
    assert found.respondent.index.tolist() == [1, 2, 3]


def test_respondents_that_the_answers_do_not_have_are_told(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        with_themes(
            responses(tmp_path), coded(tmp_path, "id,comment_themes", "A,cost", "Y,cost", "Z,team")
        )
    (problem,) = caught.value.problems
    assert (problem.row, problem.column, problem.value) == ("", "respondent", "Y, Z")
    assert (problem.expected, problem.count) == ("a respondent of answers.csv", 2)
    assert problem.remedy == "Write the names of respondents as the file of answers does."
    assert problem.where == "themes.csv"


def test_a_questionnaire_without_themes_has_none_to_read(tmp_path: Path) -> None:
    given = responses(tmp_path)
    (question,) = given.questionnaire.respondent
    bare = given.questionnaire.model_copy(
        update={"respondent": (question.model_copy(update={"themes": ()}),)}
    )
    with pytest.raises(InputError) as caught:
        with_themes(replace(given, questionnaire=bare), tmp_path / "themes.csv")
    (problem,) = caught.value.problems
    assert (problem.row, problem.column, problem.value) == ("", "", "")
    assert problem.expected == "a question of type text with 'themes' in the questionnaire"
    assert problem.remedy == "List the themes there, or remove 'themes' from the study file."
    assert problem.where == "themes.csv"
