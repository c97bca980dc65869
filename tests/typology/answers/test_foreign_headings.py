"""Forms that were not made from the questionnaire: headings with texts, and with codes alone."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pandas as pd
import pytest

import kinds_study
from platform_exports import export_rows
from typology.answers.responses import Responses, inspect_responses, read_responses
from typology.questionnaire.file import load_questionnaire

GROUPS = {"hopes": "A1", "doubts": "A2", "needs": "A3"}


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Responses:
    folder = tmp_path_factory.mktemp("kinds")
    kinds_study.write_kinds_study(folder, n=40)
    asked = load_questionnaire(folder / "questionnaire.yml")
    return read_responses(folder / "responses.csv", asked)


PLACES = {"place": {"A1": "town", "A2": "country"}}
"""What LimeSurvey calls the choices of a form of our own, where the headings are another's."""


def export(
    path: Path, plain: Responses, heading: str, *, language: str = "", **written: str
) -> Path:
    """Write a LimeSurvey export with other headings of its arrays."""
    rows = export_rows(plain, "LimeSurvey", language)
    headers = []
    for name in rows[0]:
        part = re.fullmatch(r"(\w+)\[(\w+)\]", name)
        if part is None or part[1] not in GROUPS:
            headers.append(name)
            continue
        block = plain.questionnaire.block_of(part[2])
        number = [item.id for item in block.items].index(part[2])
        text = block.items[number].in_(language or "fr")
        headers.append(
            heading.format(
                group=GROUPS[part[1]],
                at=number + 1,
                place=list(plain.questionnaire.items).index(part[2]) + 1,
                title=block.title.in_(language or "fr"),
                text=text,
                loud=text.upper(),
                close=text.replace(" :", ":"),
            )
        )
    with path.open("w", encoding=written.get("encoding", "utf-8"), newline="") as file:
        table = csv.writer(file, delimiter=written.get("delimiter", ","))
        table.writerow(headers)
        table.writerows(row.values() for row in rows)
    return path


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize(
    ("heading", "delimiter", "encoding"),
    [
        ("{group}[SQ{at:03}]. {title} [{text}]", ",", "utf-8"),
        ("{group}. [{close} ]", ";", "utf-8-sig"),
        ("{group}_SQ{at:03} {loud}", "\t", "utf-16"),
        ("{title} [{text}]", ";", "cp1252"),
    ],
)
def test_texts_of_any_language_name_the_items_whatever_the_codes(
    tmp_path: Path, plain: Responses, *, language: str, heading: str, delimiter: str, encoding: str
) -> None:
    path = export(
        tmp_path / "a.csv", plain, heading,
        language=language, delimiter=delimiter, encoding=encoding,
    )  # fmt: skip
    read = read_responses(path, plain.questionnaire)
    pd.testing.assert_frame_equal(read.items, plain.items)


@pytest.mark.parametrize("heading", ["{group}[SQ{at:03}]", "{group}_{at}", "V{place}"])
def test_codes_alone_are_not_guessed_but_proposed_at_once_to_paste(
    tmp_path: Path, plain: Responses, heading: str
) -> None:
    path = export(tmp_path / "a.csv", plain, heading)
    read, problems, _ = inspect_responses(path, plain.questionnaire)
    assert read is None
    (problem, codes) = problems
    columns = problem.study_lines["columns"]
    assert list(columns) == list(plain.questionnaire.items)
    words = codes.study_lines["answer_words"]
    assert words["place"] | {"A1": "Ville", "A2": "Campagne"} == words["place"]
    pasted = read_responses(path, plain.questionnaire, columns=columns, answer_words=words)
    pd.testing.assert_frame_equal(pasted.items, plain.items)
    pd.testing.assert_series_equal(pasted.respondent["place"], plain.respondent["place"])


def test_nothing_is_proposed_where_numbers_do_not_agree(tmp_path: Path, plain: Responses) -> None:
    path = export(tmp_path / "a.csv", plain, "{title[0]}x_{at}")
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("Ex_6", "else", 1), encoding="utf-8")
    _, problems, _ = inspect_responses(path, plain.questionnaire)
    assert not any("columns" in problem.study_lines for problem in problems)


def test_what_is_declared_and_is_not_there_is_told(tmp_path: Path, plain: Responses) -> None:
    path = export(tmp_path / "a.csv", plain, "{text}")
    options = {"columns": {"H1": "A1[SQ01]", "H77": "A1[SQ002]"}, "answer_words": PLACES}
    _, problems, _ = inspect_responses(path, plain.questionnaire, **options)
    assert [problem.where for problem in problems] == ["columns › H1", "columns"]


def test_the_field_for_other_of_a_single_choice_is_read(tmp_path: Path, plain: Responses) -> None:
    path = tmp_path / "a.csv"
    items = dict.fromkeys(plain.questionnaire.items, "1")
    row = items | {"sex": "f", "Where do you work?": "", "Where do you work? [Other (please "
                   "specify)]": "on a boat", "tools": "", "age": "40", "reasons": "",
                   "since": "", "comment": "", "wish": ""}  # fmt: skip
    path.write_text(
        "\n".join([",".join(row), ",".join(row.values()), ",".join(row.values())]), encoding="utf-8"
    )
    read = read_responses(path, plain.questionnaire)
    assert read.respondent["place"].tolist() == ["other", "other"]
    assert read.respondent["place:other:text"].tolist() == ["on a boat", "on a boat"]


def test_columns_of_the_first_and_second_answer_of_a_multiple_question_are_read(
    tmp_path: Path, plain: Responses
) -> None:
    path = tmp_path / "a.csv"
    row = dict.fromkeys(plain.questionnaire.items, "1") | {
        "SEX": "Femme", "PLACE": "Ville", "TOOLS_1": "Téléphone", "TOOLS_2": "Vidéo",
        "AGE": "40", "REASONS": "", "SINCE": "", "COMMENT": "", "WISH": "",
    }  # fmt: skip
    other = row | {"TOOLS_2": ""}
    none = other | {"TOOLS_1": ""}
    lines = [row, *(each.values() for each in (row, other, none))]
    path.write_text("\n".join(",".join(each) for each in lines), encoding="utf-8")
    read = read_responses(path, plain.questionnaire).respondent
    assert read["tools:video"].tolist() == [True, False, pd.NA]
    assert read["tools:phone"].tolist() == [True, True, pd.NA]


LIME_TEXTS = {
    "id": "ID de la réponse", "submitdate": "Date de soumission", "lastpage": "Dernière page",
    "startlanguage": "Langue de départ", "seed": "Tête de série", "token": "Code d'accès",
    "startdate": "Date de lancement", "datestamp": "Date de la dernière action",
}  # fmt: skip


def rewritten(path: Path, rows: list[dict[str, str]], headers: list[str]) -> Path:
    """Write rows under other headings."""
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([headers, *(list(row.values()) for row in rows)])
    return path


@pytest.mark.parametrize("both", ["{code}. {text}", "{code} - {text}", "{code}: {text}", "{text}"])
@pytest.mark.parametrize("space", [" ", "_"])
def test_limesurvey_s_own_columns_are_known_by_code_and_by_text(
    tmp_path: Path, plain: Responses, both: str, space: str
) -> None:
    rows = export_rows(plain, "LimeSurvey", "")
    headers = [
        both.format(code=name, text=LIME_TEXTS[name].replace(" ", space))
        if name in LIME_TEXTS
        else name
        for name in rows[0]
    ]
    told = read_responses(rewritten(tmp_path / "a.csv", rows, headers), plain.questionnaire)
    assert any("LimeSurvey" in str(notice) for notice in told.notices)
    pd.testing.assert_frame_equal(told.items, plain.items)
    assert told.collected.finished is not None
    assert told.collected.minutes is not None


def test_spaces_that_limesurvey_made_underscores_change_nothing(
    tmp_path: Path, plain: Responses
) -> None:
    rows = export_rows(plain, "LimeSurvey", "fr")
    asked = plain.questionnaire
    headers = []
    for name in rows[0]:
        part = re.fullmatch(r"(\w+)\[(\w+)\]", name)
        text = name
        if part is not None and part[2] in asked.items:
            block = asked.block_of(part[2])
            item = next(each for each in block.items if each.id == part[2])
            text = f"{block.title.fr} [{item.fr}]"
        elif name == "place[other]":
            text = "Où exercez-vous ? [Autre : ...]"
        headers.append(text.replace(" ", "_"))
    told = read_responses(rewritten(tmp_path / "a.csv", rows, headers), asked)
    pd.testing.assert_frame_equal(told.items, plain.items)
    pd.testing.assert_series_equal(
        told.respondent["place:other:text"], plain.respondent["place:other:text"]
    )


@pytest.mark.parametrize(
    "texts",
    [
        ("Response Type", "Finished", "Distribution Channel", "User Language", "Response ID"),
        ("Type de réponse", "Terminé", "Canal de distribution", "Langue de l'utilisateur",
         "ID de réponse"),
    ],
)  # fmt: skip
def test_a_test_stays_a_test_where_the_texts_of_qualtrics_are_the_header(
    tmp_path: Path, plain: Responses, texts: tuple[str, ...]
) -> None:
    names = ("Status", "Finished", "DistributionChannel", "UserLanguage", "ResponseId")
    rows = export_rows(plain, "LimeSurvey", "")
    kept = [{name: cell for name, cell in row.items() if name not in LIME_TEXTS} for row in rows]
    for at, row in enumerate(kept):
        row |= dict(zip(names, ("IP Address", "True", "anonymous", "FR", f"R_{at}"), strict=True))
    kept[1]["Status"] = "Survey Preview"
    kept[2]["Finished"] = "False"
    renamed = dict(zip(names, texts, strict=True))
    headers = [renamed.get(name, name) for name in kept[0]]
    told = read_responses(
        rewritten(tmp_path / "a.csv", kept, headers), plain.questionnaire, answer_words=PLACES
    )
    assert told.items.index[:3].tolist() == ["R_0", "R_1", "R_2"]
    assert told.collected.tests is not None
    assert told.collected.tests.to_numpy().nonzero()[0].tolist() == [1]
    assert told.collected.finished is not None
    assert (~told.collected.finished).to_numpy().nonzero()[0].tolist() == [2]
