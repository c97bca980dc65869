"""Answers of every kind are read from what survey tools write."""

from __future__ import annotations

import unicodedata
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


@pytest.mark.parametrize("said", ["NSP", "Je ne sais pas", "Don't know / no opinion"])
def test_other_words_for_no_opinion_are_told_as_that_answer(tmp_path: Path, said: str) -> None:
    file = tmp_path / "answers.csv"
    answers = ANSWERED.replace(",1,1,1,1,1,1,", f",{said},1,1,1,1,1,")
    file.write_text(f"id,{ITEMS}\nR1,{answers}\n", encoding="utf-8")
    (problem,) = inspect_responses(file, asked(), absent=ABSENT)[1]
    assert problem.study_lines == {"answer_words": {"frequency": {said: "Ne sait pas"}}}
    assert f'no_answer: ["{said}"]' in str(problem.remedy)
    items = read_responses(file, asked(), absent=ABSENT, **problem.study_lines).items
    assert items.loc["R1", "D1"] == 9
    file.write_text(f"id,{ITEMS}\nR1,{answers.replace(said, 'Refus')}\n", encoding="utf-8")
    (refused,) = inspect_responses(file, asked(), absent=ABSENT)[1]
    assert refused.study_lines == {"no_answer": ["Refus"]}


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


@pytest.mark.parametrize("text", ["31/02/2021", "spring", "2020-12-31", "99", "0021-03-04"])
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


@pytest.mark.parametrize(
    "header",
    [
        "tools_other", "tools_3_TEXT", "tools - Autre, précisez", "tools_specify",
        "Outils - Autre : ... - Texte", "Si autre, précisez",
    ],
)  # fmt: skip
def test_the_words_of_other_are_found_beside_the_choices_under_any_usual_title(
    tmp_path: Path, header: str
) -> None:
    told = read(
        tmp_path, f'tools/video,tools/phone,tools/other,"{header}"', "1,0,1,fax", "0,1,0,"
    ).respondent
    assert told["tools:other"].tolist() == [True, False]
    assert told["tools:other:text"].tolist() == ["fax", pd.NA]
    listed = read(tmp_path, f'tools,"{header}"', "video other,fax", "phone,").respondent
    assert listed["tools:other"].tolist() == [True, False]
    assert listed["tools:other:text"].tolist() == ["fax", pd.NA]


@pytest.mark.parametrize(
    "header",
    ["place_other", "place_3_TEXT", "place_autre", "Où exercez-vous ? - Autre : ... - Text"],
)
def test_the_words_of_a_single_choice_have_their_column_under_any_usual_title(
    tmp_path: Path, header: str
) -> None:
    told = read(tmp_path, f'place,"{header}"', "other,une île", "town,").respondent
    assert told["place"].tolist() == ["other", "town"]
    assert told["place:other:text"].tolist() == ["une île", pd.NA]


def test_a_comment_beside_a_choice_is_not_the_words_of_other(tmp_path: Path) -> None:
    told = read(tmp_path, "place,place: commentaire", "other,rien", "town,bof")
    assert told.respondent["place:other:text"].isna().all()
    assert any("place: commentaire" in str(notice) for notice in told.notices)


def test_a_column_of_ticks_for_one_answer_of_a_single_choice_is_no_text(tmp_path: Path) -> None:
    file = given(tmp_path, "place,place_other", "other,1", "town,0")
    absent = [each for each in ABSENT if each != "place"]
    (problem,) = inspect_responses(file, asked(), absent=absent)[1]
    assert problem.column == "place_other"


@pytest.mark.parametrize("suffix", ["Selected Choice", "Choix sélectionné"])
def test_the_choice_selected_of_qualtrics_is_the_question(tmp_path: Path, suffix: str) -> None:
    told = read(tmp_path, f"Où exercez-vous ? - {suffix}", "Ville", "Campagne")
    assert told.respondent["place"].tolist() == ["town", "country"]


@pytest.mark.parametrize(
    "cell",
    ["video / phone", "video + phone", "video et phone", '["video","phone"]', "{video,phone}"],
)
def test_choices_are_listed_with_any_sign_between_them(tmp_path: Path, cell: str) -> None:
    quoted = '"' + cell.replace('"', '""') + '"'
    told = read(tmp_path, "tools", quoted, "phone").respondent
    assert told["tools:video"].tolist() == [True, False]
    assert told["tools:phone"].tolist() == [True, True]
    assert told["tools:other:text"].isna().all()


@pytest.mark.parametrize("cells", [["1;3", "2"], ["1 3", "2"], ["1", "3,2"]])
def test_numbers_of_choices_are_never_words_of_one_s_own(tmp_path: Path, cells: list[str]) -> None:
    (problem,) = problems(tmp_path, "tools", *[f'"{cell}"' for cell in cells])
    lines = problem.study_lines["answer_words"]
    assert lines == {"tools": {"1": "Vidéo", "2": "Téléphone", "3": "Autre : ..."}}
    absent = [each for each in ABSENT if each != "tools"]
    file = given(tmp_path, "tools", '"1;3"', "2")
    mended = read_responses(file, asked(), absent=absent, answer_words=lines).respondent
    assert mended["tools:video"].tolist() == [True, False]
    assert mended["tools:other"].tolist() == [True, False]


@pytest.mark.parametrize("header", ["tools", "place"])
def test_words_that_many_wrote_are_told_as_a_choice_in_other_words(
    tmp_path: Path, header: str
) -> None:
    told = read(tmp_path, header, "Visite", "Visite", "Visite", "un bateau")
    (notice,) = [each for each in told.notices if "Visite" in str(each)]
    assert f'answer_words: {{{header}: {{Visite: "?"}}}}' in str(notice)
    assert "bateau" not in str(notice)


def test_texts_are_the_same_however_their_accents_are_stored(tmp_path: Path) -> None:
    told = read(tmp_path, "wish", unicodedata.normalize("NFD", "été à la mer"), "été à la mer")
    assert told.respondent["wish"].tolist() == ["été à la mer"] * 2


@pytest.mark.parametrize(
    "cell",
    [
        "15 février 2021", "15 FÉVR. 2021", "Feb 15, 2021", "15-FEB-2021", "lundi 15 février 2021",
        "20210215", "2/15/2021 12:00:00 AM", "February 15 2021",
    ],
)  # fmt: skip
def test_dates_are_read_in_words_and_with_the_time_of_day(tmp_path: Path, cell: str) -> None:
    told = read(tmp_path, "since", f'"{cell}"').respondent
    assert told["since"].dt.date.tolist() == [date(2021, 2, 15)]


@pytest.mark.parametrize(
    ("cells", "advice"),
    [
        (["44242", "44243"], "44242 is 2021-02-15"),
        (["15/02/21", "16/02/21"], "four digits"),
        (["2021", "2021"], "type number"),
        (["02/2021"], "type number"),
        (["31/02/2021"], "2021-03-31"),
    ],
)
def test_dates_that_are_none_are_told_with_what_mends_them(
    tmp_path: Path, cells: list[str], advice: str
) -> None:
    (problem,) = problems(tmp_path, "since", *cells)
    assert advice in str(problem.remedy)
    assert "as text" not in str(problem.remedy)


def test_a_unit_that_is_not_declared_is_told_with_its_line(tmp_path: Path) -> None:
    (problem,) = problems(tmp_path, "age", "36 ans", "41 ans", age={"unit": None})
    assert 'unit: {fr: "ans", en: "ans"}' in str(problem.remedy)
    assert read(tmp_path, "age", "36 ans", "41 ans").respondent["age"].tolist() == [36, 41]


@pytest.mark.parametrize("first", [0, 1])
def test_the_numbers_of_the_rows_that_r_and_pandas_write_are_left_out(
    tmp_path: Path, first: int
) -> None:
    lines = given(tmp_path, "sex", "f", "m").read_text(encoding="utf-8").splitlines()
    rows = [",".join(pair) for pair in zip(["", str(first), str(first + 1)], lines, strict=True)]
    file = tmp_path / "numbered.csv"
    file.write_text("\n".join(rows), encoding="utf-8")
    absent = [each for each in ABSENT if each != "sex"]
    told = read_responses(file, asked(), absent=absent)
    assert told.items.index.tolist() == ["R1", "R2"]
    assert in_language(told.notices[0], "fr").endswith("(sans en-tête).")
    file.write_text("\n".join(rows).replace(f"{first + 1},R2", "7,R2"), encoding="utf-8")
    (problem,) = inspect_responses(file, asked(), absent=absent)[1]
    assert "(no header)" in str(problem.column)


def test_a_column_in_each_language_is_one_where_each_answered_one(tmp_path: Path) -> None:
    told = read(tmp_path, "place,Where do you work?,tools", "Ville,,Vidéo", ",Country,Phone", ",,")
    assert told.respondent["place"].tolist() == ["town", "country", pd.NA]
    (notice,) = [each for each in told.notices if "read together" in str(each)]
    assert "Where do you work?" in str(notice)
    file = given(tmp_path, "place,Where do you work?", "Ville,,", "Ville,Country")
    absent = [each for each in ABSENT if each != "place"]
    (problem,) = inspect_responses(file, asked(), absent=absent)[1]
    assert problem.column == "place"


def test_many_things_with_two_columns_are_one_problem_with_its_line(tmp_path: Path) -> None:
    lines = given(tmp_path, "sex", "f", "m").read_text(encoding="utf-8").splitlines()
    names = [f"Espoirs [Espoirs : énoncé {at}]" for at in range(1, 7)]
    file = tmp_path / "twice.csv"
    rows = [",".join([line, *(names if at == 0 else ["1"] * 6)]) for at, line in enumerate(lines)]
    file.write_text("\n".join(rows), encoding="utf-8")
    absent = [each for each in ABSENT if each != "sex"]
    (problem,) = inspect_responses(file, asked(), absent=absent)[1]
    assert problem.study_lines == {"ignored_columns": names}
    mended = read_responses(file, asked(), absent=absent, ignore=names)
    assert mended.items.loc["R1", "H1"] == 5


def test_events_of_a_longitudinal_project_are_told(tmp_path: Path) -> None:
    lines = given(tmp_path, "sex,redcap_event_name", "f,a_arm_1", "m,b_arm_1").read_text("utf-8")
    file = tmp_path / "events.csv"
    file.write_text(lines.replace("R2", "R1"), encoding="utf-8")
    absent = [each for each in ABSENT if each != "sex"]
    (problem,) = inspect_responses(file, asked(), absent=absent)[1]
    assert "a_arm_1, b_arm_1" in str(problem.remedy)


@pytest.mark.parametrize("code", ["999", "-1", "-99"])
def test_a_number_that_often_means_no_answer_is_told_with_its_line(
    tmp_path: Path, code: str
) -> None:
    (problem,) = problems(tmp_path, "age", "40", code, "50")
    assert problem.study_lines == {"answer_words": {"age": {code: ""}}}
    file = given(tmp_path, "age", "40", code, "50")
    absent = [each for each in ABSENT if each != "age"]
    told = read_responses(file, asked(), absent=absent, **problem.study_lines).respondent
    assert told["age"].tolist() == [40, pd.NA, 50]


def test_dates_whose_day_and_month_a_spreadsheet_exchanged_are_refused(tmp_path: Path) -> None:
    exchanged = ["2021-03-02", "2021-06-04", "25/03/2021", "14/02/2021"]
    (problem,) = problems(tmp_path, "since", *exchanged)
    assert problem.value == "2021-03-02, 2021-06-04"
    assert "exchanged day and month" in str(problem.expected)
    told = read(tmp_path, "since", *exchanged[:2], "25/03/2021", "04/02/2021").respondent["since"]
    assert told.dt.date.tolist()[-1] == date(2021, 2, 4)  # typed days up to 12: nothing was made
