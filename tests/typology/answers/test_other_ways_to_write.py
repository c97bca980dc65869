"""Honest files of kinds that are rare: read as a careful person would, or told in one problem."""

from __future__ import annotations

import csv
from pathlib import Path

import pandas as pd
import pyreadstat
import pytest

from typology.answers.responses import Responses, inspect_responses, read_responses
from typology.problems import InputError, Problem
from typology.questionnaire import Questionnaire

YES_IS_SECOND = [{"code": 1, "en": "No"}, {"code": 2, "en": "Yes"}]
AGREE = [
    {"code": 1, "en": "Disagree"},
    {"code": 2, "en": "Neither"},
    {"code": 3, "en": "Agree"},
]
STATEMENTS = {"A1": "I walk to work", "A2": "I climb the stairs"}
TOOLS = {"p": "Phone, messages", "v": "Video", "o": "Other"}


def asked(scale: list[dict[str, object]], *respondent: dict[str, object]) -> Questionnaire:
    return Questionnaire.model_validate(
        {
            "title": {"en": "Habits"},
            "scales": {"scale": scale},
            "blocks": [
                {
                    "id": "moving",
                    "title": {"en": "Moving every day"},
                    "scale": "scale",
                    "direction": "favourable",
                    "items": [{"id": each, "en": text} for each, text in STATEMENTS.items()],
                }
            ],
            "respondent": list(respondent),
        }
    )


def single(*words: str) -> dict[str, object]:
    choices = [{"code": str(at), "en": text} for at, text in enumerate(words, start=1)]
    return {"id": "often", "type": "single", "en": "How often?", "choices": choices}


MULTIPLE = {
    "id": "tools", "type": "multiple", "en": "Which tools do you use?",
    "choices": [{"code": code, "en": text, **({"text": True} if code == "o" else {})}
                for code, text in TOOLS.items()],
}  # fmt: skip
WITH_TOOLS = asked(AGREE, MULTIPLE)


def written(folder: Path, rows: list[list[str]], *, encoding: str = "utf-8") -> Path:
    path = folder / "a.csv"
    with path.open("w", encoding=encoding, newline="") as file:
        csv.writer(file).writerows(rows)
    return path


def columns(folder: Path, **cells: list[str]) -> Path:
    rows = [list(map(str, row)) for row in zip(*cells.values(), strict=True)]
    return written(folder, [list(cells), *rows])


def refused(path: Path, questionnaire: Questionnaire) -> tuple[Problem, ...]:
    with pytest.raises(InputError) as caught:
        read_responses(path, questionnaire)
    return caught.value.problems


# Labels and codes


def labelled(folder: Path, codes: list[int], labels: dict[int, str]) -> Path:
    path = folder / "a.sav"
    table = pd.DataFrame({"A1": [1.0] * len(codes), "A2": [2.0] * len(codes), "often": codes})
    pyreadstat.write_sav(table, str(path), variable_value_labels={"often": labels})
    return path


@pytest.mark.parametrize(
    ("words", "labels"),
    [
        (("1-2", "3-5", "More"), {1: "1-2", 2: "3-5", 3: "More"}),
        (("1.5 hours", "2.5 hours", "More"), {1: "1.5 hours", 2: "2.5 hours", 3: "3. More"}),
        (("0", "1", "2 or more"), {0: "0", 1: "1", 2: "2 or more"}),
    ],
)
def test_the_words_of_an_answer_may_begin_with_its_number(
    tmp_path: Path, words: tuple[str, ...], labels: dict[int, str]
) -> None:
    codes = [*labels]
    path = labelled(tmp_path, [codes[0], codes[2], codes[1]], labels)
    read = read_responses(path, asked(AGREE, single(*words)))
    assert read.respondent["often"].tolist() == ["1", "3", "2"]


def test_a_label_is_not_cut_at_its_decimal_mark(tmp_path: Path) -> None:
    points = [{"code": code, "en": f"{code}"} for code in range(4)]
    path = tmp_path / "a.sav"
    table = pd.DataFrame({"A1": [0.0, 1.0, 2.0, 3.0], "A2": [3.0, 2.0, 1.0, 0.0]})
    labels = {code: f"{code}.0" for code in range(4)}
    pyreadstat.write_sav(table, str(path), variable_value_labels={"A1": labels})
    assert read_responses(path, asked(points)).items["A1"].tolist() == [0, 1, 2, 3]


@pytest.mark.parametrize(
    ("cells", "codes"),
    [
        (["0", "1", "2 or more", ""], ["1", "2", "3", pd.NA]),
        (["0", "0", "1", "1"], ["1", "1", "2", "2"]),
    ],
)
def test_numbers_are_words_where_the_whole_column_is_of_words(
    tmp_path: Path, cells: list[str], codes: list[object]
) -> None:
    path = columns(tmp_path, A1=list("1231"), A2=list("3211"), often=cells)
    read = read_responses(path, asked(AGREE, single("0", "1", "2 or more")))
    assert read.respondent["often"].tolist() == codes


@pytest.mark.parametrize("cells", [["1", "2", "1", "2"], ["0", "1", "3", "2"]])
def test_numbers_that_may_be_codes_or_words_are_told_with_what_to_change(
    tmp_path: Path, cells: list[str]
) -> None:
    path = columns(tmp_path, A1=list("1231"), A2=list("3211"), often=cells)
    (problem,) = refused(path, asked(AGREE, single("0", "1", "2", "3 or more")))
    assert "the code of one answer and the words of another" in str(problem.remedy)


@pytest.mark.parametrize("cells", [[True, None, True], [True, False, True]])
def test_logical_values_of_a_parquet_file_are_no_codes(
    tmp_path: Path, cells: list[bool | None]
) -> None:
    path = tmp_path / "a.parquet"
    values = pd.array(cells, dtype="boolean")
    pd.DataFrame({"A1": values, "A2": values}).to_parquet(path)
    questionnaire = asked(YES_IS_SECOND)
    (problem,) = refused(path, questionnaire)
    assert "True" in str(problem.value)
    mended = read_responses(path, questionnaire, **problem.study_lines).items["A1"]
    assert mended.tolist() == [pd.NA if each is None else 1 + each for each in cells]


def test_logical_values_are_read_where_the_codes_are_nought_and_one(tmp_path: Path) -> None:
    scale = [{"code": 0, "en": "No"}, {"code": 1, "en": "Yes"}]
    path = tmp_path / "a.parquet"
    pd.DataFrame({"A1": [True, False], "A2": [False, True]}).to_parquet(path)
    assert read_responses(path, asked(scale)).items["A1"].tolist() == [1, 0]
    turned = [{"code": 0, "en": "Yes"}, {"code": 1, "en": "No"}]
    assert refused(path, asked(turned))


@pytest.mark.parametrize("cell", ["1 - 2", "1–2", "1- 2"])
def test_spaces_around_a_dash_between_numbers_say_nothing(tmp_path: Path, cell: str) -> None:
    path = columns(tmp_path, A1=["1"], A2=["3"], often=[cell])
    read = read_responses(path, asked(AGREE, single("1-2", "3-5")))
    assert read.respondent["often"].tolist() == ["1"]


# Lists of choices


def lists(*words: str) -> Questionnaire:
    choices = [{"code": str(at), "en": text} for at, text in enumerate(words, start=1)]
    question = {"id": "tools", "type": "multiple", "en": "Tools", "choices": choices}
    return asked(AGREE, question)


def test_one_choice_that_is_a_list_of_others_is_a_problem(tmp_path: Path) -> None:
    path = columns(tmp_path, A1=["1", "2"], A2=["3", "1"], tools=["Time, money", "Time"])
    (problem,) = refused(path, lists("Time", "Money", "Time, money"))
    assert (problem.row, str(problem.value)) == ("2 (respondent R1)", "Time, money")
    assert "one choice, or several" in str(problem.remedy)


@pytest.mark.parametrize("cell", ["Time, money;", "Time, money; Care"])
def test_another_separator_tells_that_it_is_one_choice(tmp_path: Path, cell: str) -> None:
    path = columns(tmp_path, A1=["1"], A2=["3"], tools=[cell])
    read = read_responses(path, lists("Time", "Money", "Time, money", "Care"))
    assert read.respondent.loc["R1", ["tools:1", "tools:2", "tools:3"]].tolist() == [0, 0, 1]


# Headings


@pytest.mark.parametrize(
    ("statement", "choice"),
    [
        ("{above} > {below}", "{above} > {below}"),
        ("{above}\n{below}", "{above}\n{below}"),
        ("{above} >> {below}", "{above} ({below})"),
        ("{below}:{above}", "{below}:{above}"),
        ("Q01_{above}->{below}", "Q02_{above}->{below}"),
        ("1.1 {below}", "Q4. {above} - {below}"),
        ("{below} ({above})", "4a) {above} / {below}"),
    ],
)
def test_a_heading_with_all_the_letters_of_its_question_names_it_whatever_the_signs(
    tmp_path: Path, statement: str, choice: str
) -> None:
    head = [statement.format(above="Moving every day", below=text) for text in STATEMENTS.values()]
    head += [choice.format(above="Which tools do you use?", below=text) for text in TOOLS.values()]
    read = read_responses(written(tmp_path, [head, ["1", "3", "1", "0", "a fax"]]), WITH_TOOLS)
    assert read.items.loc["R1"].tolist() == [1, 3]
    assert read.respondent.loc["R1", ["tools:p", "tools:v", "tools:o"]].tolist() == [1, 0, 1]
    assert read.respondent.loc["R1", "tools:o:text"] == "a fax"


def typeform(*choices: str) -> list[list[str]]:
    cells = [text if text in ("Phone, messages", "a fax") else "" for text in choices]
    head = ["#", *STATEMENTS.values(), *choices, "Response Type", "Start Date (UTC)",
            "Submit Date (UTC)", "Tags"]  # fmt: skip
    return [head, ["x1", "Agree", "Disagree", *cells, "completed", "", "", ""]]


def test_choices_side_by_side_are_those_of_the_question_without_a_column(tmp_path: Path) -> None:
    path = written(tmp_path, typeform(*TOOLS.values()))
    read = read_responses(path, WITH_TOOLS)
    assert read.items.loc["x1"].tolist() == [3, 1]
    assert read.respondent.loc["x1", ["tools:p", "tools:v"]].tolist() == [1, 0]
    assert any("Phone, messages, Video, Other" in str(notice) for notice in read.notices)


def test_some_of_the_choices_alone_name_nothing(tmp_path: Path) -> None:
    problems = refused(written(tmp_path, typeform("Phone, messages", "Other")), WITH_TOOLS)
    assert any("Phone, messages" in str(problem.column) for problem in problems)


def test_names_of_variables_above_the_texts_of_the_questions_are_the_header(
    tmp_path: Path,
) -> None:
    names = ["CASE", "QUESTNNR", "A101", "A102", "MAXPAGE", "Q_VIEWER"]
    texts = ["Number", "Form", *STATEMENTS.values(), "Last page", "Viewer"]
    path = written(tmp_path, [names, texts, ["7", "q", "1", "3", "4", "0"]])
    read = read_responses(path, asked(AGREE))
    assert read.items.loc["7"].tolist() == [1, 3]
    assert "An export of SoSci Survey." in map(str, read.notices)


@pytest.mark.parametrize(
    ("rows", "remedy"),
    [
        ([["id", "R1", "R2"], *([text, "1", "3"] for text in STATEMENTS.values())], "Transpose"),
        ([["id", "question", "answer"],
          *([who, text, "1"] for who in ("R1", "R2") for text in STATEMENTS)], "pivot table"),
    ],
)  # fmt: skip
def test_a_table_laid_out_otherwise_is_told_as_such(
    tmp_path: Path, rows: list[list[str]], remedy: str
) -> None:
    (problem,) = refused(written(tmp_path, rows), asked(AGREE))
    assert remedy in str(problem.remedy)


# Texts


ACCENTS = [["id", "A1", "A2", "Où ?"], *([str(at), "Très", "Peut-être", "à côté"] for at in "12")]


@pytest.mark.parametrize("encoding", ["cp850", "cp437", "mac_roman", "cp1252", "utf-8"])
def test_accents_are_read_whatever_wrote_them(tmp_path: Path, encoding: str) -> None:
    scale = [{"code": 1, "en": "Rather", "fr": "Peut-être"}, {"code": 2, "en": "V", "fr": "Très"}]
    path = written(tmp_path, ACCENTS, encoding=encoding)
    read = read_responses(path, asked(scale), ignore=["Où ?"])
    assert read.items.loc["1"].tolist() == [2, 1]


def test_a_text_written_as_a_formula_for_excel_is_that_text(tmp_path: Path) -> None:
    path = columns(tmp_path, id=['="007"', '="008"'], A1=['="1"', "2"], A2=["3", '="Agree"'])
    read = read_responses(path, asked(AGREE))
    assert read.items.loc["007"].tolist() == [1, 3]
    assert read.items.loc["008"].tolist() == [2, 3]


# One problem a cause


def both(path: Path, *respondent: dict[str, object]) -> tuple[Problem, ...]:
    questionnaire = asked(AGREE, *respondent)
    read: Responses | None
    read, problems, _ = inspect_responses(path, questionnaire)
    assert read is None
    return problems


def test_a_code_for_no_answer_under_several_questions_is_one_problem(tmp_path: Path) -> None:
    path = columns(tmp_path, A1=["1", "-9"], A2=["3", "1"], often=["-9", "Seldom"])
    question = single("Seldom", "Often")
    (problem,) = both(path, question)
    assert problem.count == 2
    mended = read_responses(path, asked(AGREE, question), **problem.study_lines)
    assert mended.items["A1"].tolist() == [1, pd.NA]
    assert mended.respondent["often"].tolist() == [pd.NA, "1"]


def test_answers_that_a_spreadsheet_made_dates_of_are_one_problem(tmp_path: Path) -> None:
    dates = ["2024-02-01", "2024-05-03", "10-20"]
    path = columns(tmp_path, A1=list("123"), A2=list("311"), often=dates)
    (problem,) = both(path, single("1-2", "3-5", "10-20"))
    assert problem.count == 2
    assert "date" in str(problem.remedy)


@pytest.mark.parametrize("drawn", ["★★★", "😀"])
def test_answers_that_are_drawn_are_declared_as_words_are(tmp_path: Path, drawn: str) -> None:
    path = columns(tmp_path, A1=[drawn, "★"], A2=["★", drawn])
    (problem,) = both(path)
    assert problem.study_lines == {"answer_words": {"scale": {drawn: "?", "★": "?"}}}


def test_rows_that_lost_a_separator_are_one_problem(tmp_path: Path) -> None:
    question = single("Seldom", "Often")
    rows = [
        ["id", "A1", "A2", "often", "age"],
        *([f"R{at}", "1", "3", "Often", "40"] for at in "12"),
    ]
    rows += [["R3", "13", "Often", "40"], ["R4", "1", "3", "Often"]]
    age = {"id": "age", "type": "number", "en": "Age", "min": 18}
    (problem,) = both(written(tmp_path, rows), question, age)
    assert (problem.row, problem.count) == ("4 (respondent R3)", 3)
    assert "separator is missing" in str(problem.remedy)


@pytest.mark.parametrize("label", ["Neither", "Refused"])
def test_an_answer_that_a_statistics_file_declares_missing_is_told(
    tmp_path: Path, label: str
) -> None:
    path = tmp_path / "a.sav"
    table = pd.DataFrame({"A1": [1.0, 9, 9, 3], "A2": [3.0, 1, 3, 1]})
    pyreadstat.write_sav(
        table, str(path), missing_ranges={"A1": [{"lo": 7, "hi": 9}]},
        variable_value_labels={"A1": {1: "Disagree", 3: "Agree", 9: label}},
    )  # fmt: skip
    read = read_responses(path, asked(AGREE))
    assert read.items["A1"].tolist() == [1, pd.NA, pd.NA, 3]
    told = [str(each) for each in read.notices if "declares" in str(each)]
    assert ["(2)" in each for each in told] == ([True] if label == "Neither" else [])
