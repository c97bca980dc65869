"""A number is what its own cell says: shares, percentages, numbers of a workbook, typed texts."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from typology.answers.responses import Responses, read_responses
from typology.problems.problem import InputError, Problem
from typology.questionnaire.questionnaire import Questionnaire

QUESTIONNAIRE = Questionnaire.model_validate(
    {
        "title": {"en": "Time spent"},
        "languages": ["en"],
        "scales": {"yes": [{"code": 0, "en": "No"}, {"code": 1, "en": "Yes"}]},
        "blocks": [
            {"id": "hopes", "title": {"en": "Hopes"}, "scale": "yes", "direction": "favourable",
             "items": [{"id": "H1", "en": "It is hot"}]},
        ],
        "respondent": [
            {"id": "share", "type": "number", "en": "Share", "unit": {"en": "%"}},
            {"id": "visits", "type": "number", "en": "Visits"},
        ],
    }
)  # fmt: skip


def workbook(folder: Path, **columns: list[object]) -> Path:
    """Write answers as a workbook; texts are cells of text, (number, format) are formatted."""
    path = folder / "answers.xlsx"
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    size = len(next(iter(columns.values())))
    whole = {"id": list("abcdef"[:size]), "H1": [0, 1] * (size // 2) + [0] * (size % 2), **columns}
    sheet.append(list(whole))
    for at, (_, cells) in enumerate(whole.items(), start=1):
        for row, value in enumerate(cells, start=2):
            number, shown = value if isinstance(value, tuple) else (value, "General")
            cell = sheet.cell(row, at, number)
            cell.number_format = shown
    book.save(path)
    return path


def text(folder: Path, **columns: list[str]) -> Path:
    path = folder / "answers.csv"
    size = len(next(iter(columns.values())))
    pd.DataFrame({"id": list("abcdef"[:size]), "H1": [0] * size, **columns}).to_csv(
        path, index=False
    )
    return path


def read(path: Path, *asked: str, **options: object) -> Responses:
    absent = [each for each in QUESTIONNAIRE.questions if each not in asked]
    return read_responses(path, QUESTIONNAIRE, absent=absent, **options)


def problems(path: Path, *asked: str) -> tuple[Problem, ...]:
    with pytest.raises(InputError) as caught:
        read(path, *asked)
    return caught.value.problems


def test_a_share_beside_percentages_is_in_doubt_and_may_be_declared(tmp_path):
    path = text(tmp_path, share=["45 %", "0.45", "0,125", "0"])
    (problem,) = problems(path, "share")
    assert problem.row == "3 (respondent b), 4 (respondent c)"
    assert problem.study_lines == {"answer_words": {"share": {"0.45": "45 %", "0,125": "12.5 %"}}}
    shares = read(path, "share", **problem.study_lines).respondent["share"]
    assert shares.tolist() == [45, 45, 12.5, 0]
    other = read(path, "share", answer_words={"share": {"0.45": "0.45%", "0,125": "0,125 %"}})
    assert other.respondent["share"].tolist() == [45, 0.45, 0.125, 0]


def test_a_percent_format_of_a_workbook_is_a_percentage(tmp_path):
    path = workbook(tmp_path, share=[(0.45, "0%"), (0.455, "0.0%"), 0.45, "12 %"])
    (problem,) = problems(path, "share")
    assert (problem.row, problem.value) == ("4 (respondent c)", "0.45")
    shares = read(path, "share", **problem.study_lines).respondent["share"]
    assert shares.tolist() == [45, 45.5, 45, 12]


def test_numbers_above_one_are_percentages_as_their_neighbours(tmp_path):
    responses = read(text(tmp_path, share=["45 %", "45", "12,5"]), "share")
    assert responses.respondent["share"].tolist() == [45, 45, 12.5]
    assert any("all are read as percentages" in notice for notice in responses.notices)


def test_columns_of_shares_or_percentages_alone_are_not_in_doubt(tmp_path):
    assert read(text(tmp_path, share=["0.45", "0.5"]), "share").respondent["share"].tolist() == [
        0.45,
        0.5,
    ]
    responses = read(text(tmp_path, share=["0.45 %", "45%"]), "share")
    assert responses.respondent["share"].tolist() == [0.45, 45]
    assert not any("percent" in notice for notice in responses.notices)


def test_a_number_of_the_workbook_says_nothing_of_a_text_elsewhere(tmp_path):
    path = workbook(tmp_path, share=[1.125, 2.5], visits=["1.125", "884"])
    (problem,) = problems(path, "share", "visits")
    assert (problem.row, problem.column) == ("2 (respondent a)", "visits")
    responses = read(path, "share", "visits", decimal_mark=",")
    assert responses.respondent["share"].tolist() == [1.125, 2.5]
    assert responses.respondent["visits"].tolist() == [1125, 884]


def test_a_number_and_the_same_text_in_one_column_are_read_apart(tmp_path):
    path = workbook(tmp_path, visits=[1.125, "1.125", 2.5])
    (problem,) = problems(path, "visits")
    assert problem.row == "3 (respondent b)"
    visits = read(path, "visits", decimal_mark=",").respondent["visits"]
    assert visits.tolist() == [1.125, 1125, 2.5]


def test_weights_are_read_cell_by_cell(tmp_path):
    path = workbook(tmp_path, w=[1.125, "1.125", 2.5], visits=[1, 2, 3])
    assert read(path, "visits", weight_column="w", decimal_mark=",").weights.tolist() == [
        1.125,
        1125,
        2.5,
    ]
    path = workbook(tmp_path, w=[1.125, (0.455, "0.0%"), 2.5], visits=[1, 2, 3])
    with pytest.raises(InputError) as caught:
        read(path, "visits", weight_column="w")
    assert caught.value.problems[0].value == "45.5%"


def test_a_column_of_shares_of_one_is_told_where_percentages_were_asked(tmp_path: Path) -> None:
    path = workbook(tmp_path, share=[0.45, 1, 0.5], visits=[0.5, 1, 0])
    read = read_responses(path, QUESTIONNAIRE)
    (notice,) = [str(each) for each in read.notices if "no number is above 1" in each]
    assert notice.startswith("share: no number is above 1 (0.45, 0.5)")
    for clear in ([0, 1, 1], [0.45, 1, 30], [(0.45, "0%"), (1, "0%"), (0.5, "0%")]):
        read = read_responses(workbook(tmp_path, share=clear, visits=[1, 1, 1]), QUESTIONNAIRE)
        assert not [each for each in read.notices if "no number is above 1" in each]


@pytest.mark.parametrize("digits", [400, 5000])
def test_an_endless_row_of_digits_is_no_number(tmp_path: Path, digits: int) -> None:
    endless = "9" * digits
    path = workbook(tmp_path, share=[50, 60], visits=["3", endless])
    with pytest.raises(InputError) as caught:
        read_responses(path, QUESTIONNAIRE)
    (problem,) = caught.value.problems
    assert problem.column == "visits"
    assert len(problem.value) < 100


def test_a_number_that_may_mean_no_answer_is_told_with_its_line(tmp_path: Path) -> None:
    path = workbook(tmp_path, share=[10, 20, -99, 30], visits=[3, 999, 999, 4])
    notices = [str(each) for each in read_responses(path, QUESTIONNAIRE).notices]
    (share, visits) = [each for each in notices if "far from the others" in each]
    assert "not: '-99' (1). They are read as numbers" in share
    assert visits.endswith('answer_words: {visits: {"999": ""}}')
    mended = read_responses(path, QUESTIONNAIRE, answer_words={"visits": {"999": ""}})
    assert mended.respondent["visits"].tolist() == [3, pd.NA, pd.NA, 4]
    assert not [each for each in mended.notices if each.startswith("visits")]
    plain = read_responses(workbook(tmp_path, share=[99, 80], visits=[-9, -4]), QUESTIONNAIRE)
    assert not [each for each in plain.notices if "far from" in each]


def test_codes_of_no_answer_are_told_together_and_a_range_below_zero_is_not(tmp_path: Path) -> None:
    path = workbook(tmp_path, share=[10, 20, 30, 40, 50], visits=[0, -8, -9, 2, 3])
    (told,) = [each for each in read_responses(path, QUESTIONNAIRE).notices if "far from" in each]
    assert told.endswith('answer_words: {visits: {"-9": "", "-8": ""}}')
    degrees: list[object] = [*range(-15, 12)]
    ids = [f"P{number}" for number in range(len(degrees))]
    path = workbook(tmp_path, share=[50] * len(degrees), visits=degrees, id=ids)
    assert not [each for each in read_responses(path, QUESTIONNAIRE).notices if "far from" in each]
