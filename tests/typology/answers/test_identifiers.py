"""How respondents are called: as their column says, or by their rank in the file."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from study_of_tools import QUESTIONNAIRE, questions
from typology.answers.columns.identifiers import Identifiers, read_identifiers
from typology.answers.platforms import AnswerTable
from typology.answers.responses import read_responses
from typology.problems import InputError


def identified(*names: str) -> Identifiers:
    cells = pd.DataFrame({0: list(names)}, index=range(2, len(names) + 2), dtype="string")
    return read_identifiers(AnswerTable(name="a.csv", headers=("code",), cells=cells), 0)


def alike(names: str) -> str:
    return (
        f"'code': {names} differ only by case, spaces or leading zeros; they are taken for "
        "different respondents."
    )


def test_identifiers_are_texts_without_the_spaces_around_them():
    found = identified(" 001", "B ", "3.0")
    assert found.names == ["001", "B", "3.0"]
    assert found.rows.tolist() == ["2 (respondent 001)", "3 (respondent B)", "4 (respondent 3.0)"]
    assert (found.by_column, found.problems, found.notices) == (True, (), ())


def test_respondents_without_a_column_are_numbered_from_one():
    table = AnswerTable("a.csv", ("x",), pd.DataFrame({0: ["1", "2"]}, index=[4, 6]))
    found = read_identifiers(table, None)
    assert found.names == ["R1", "R2"]
    assert found.rows.tolist() == ["4 (respondent R1)", "6 (respondent R2)"]
    assert not found.by_column
    assert found.notices == (
        "No column identifies the respondents; they are numbered R1, R2, ... as in the file.",
    )


@pytest.mark.parametrize(
    ("names", "told"),
    [
        (("A1", "B2", "a1"), "A1 = a1"),
        (("R 1", "R2", "R1", "r001"), "R 1 = R1 = r001"),
        (("7", "007", "70"), "7 = 007"),
        (("0", "00", "1"), "0 = 00"),
    ],
)
def test_identifiers_that_look_alike_are_told_and_no_others(names, told):
    assert identified(*names).notices == (alike(told),)


@pytest.mark.parametrize("names", [("1", "10", "100"), ("R10", "R1"), ("a", "b"), ("1.05", "1.5")])
def test_identifiers_that_differ_are_not_told(names):
    assert identified(*names).notices == ()


def test_rows_without_an_identifier_are_listed():
    found = identified("A", "", " ", "B")
    (problem,) = found.problems
    assert found.notices == ()
    assert str(problem) == (
        "a.csv: row 3, 4, column code: found nothing, expected an identifier on every row. Fill it "
        "in, or take the column out: respondents are then numbered."
    )
    assert problem.count == 2
    assert found.rows.tolist() == ["2 (respondent A)", "3", "4", "5 (respondent B)"]


def test_rows_of_one_identifier_are_listed():
    (problem,) = identified("A", "B", "A", "C", "B ").problems
    assert str(problem) == (
        "a.csv: row 2, 3, 4, 6, column code: found A, B (4 times), expected one row a "
        "respondent. Keep one of these rows, or give each respondent their own identifier."
    )


def test_rows_that_sum_up_the_others_are_listed():
    (problem,) = identified("A", "Écart-type", "TOTAL :").problems
    assert str(problem) == (
        "a.csv: row 3, 4, column code: found Écart-type, TOTAL : (2 times), expected one row a "
        "respondent. Remove the rows that sum up the others."
    )


def test_addresses_are_never_names():
    found = identified("a.b@c.fr", "B", "TOTAL")
    assert found.names == ["R1", "R2", "R3"]
    assert not found.by_column
    assert len(found.problems) == 1
    assert found.notices[0].startswith("'code' holds e-mail addresses, which are personal data")


def test_what_is_no_address_may_be_a_name():
    assert identified("a@b", "c@d e.fr").by_column


def test_last_rows_that_sum_up_the_others_are_told_without_identifiers_too():
    def unidentified(*first: str) -> Identifiers:
        cells = pd.DataFrame({0: list(first), 1: ["4"] * len(first)}, dtype="string")
        return read_identifiers(AnswerTable("a.csv", ("Timestamp", "G1"), cells), None)

    (problem,) = unidentified("10:00", "10:04", "Moyenne", "Écart-type").problems
    assert (problem.column, problem.value) == ("Timestamp", "Moyenne, Écart-type")
    assert unidentified("min", "max", "10:00").problems == ()  # answers, perhaps
    assert unidentified("min", "max").problems == ()


def test_one_respondent_may_be_called_max():
    assert not identified("Max", "P2", "P3").problems
    assert identified("P1", "P2", "Min", "Max").problems


NUMBERED = {"id": ["a", "b", "c", "d"], "G1": [1, 2, 4, 5], "G2": [5, 4, 3, 1]}


@pytest.mark.parametrize("words", [["Moy."], ["Nb réponses", "% d'accord"], ["N"], ["Mean (SD)"]])
def test_the_last_rows_without_words_that_sum_up_the_others_are_no_respondents(
    tmp_path: Path, words: list[str]
) -> None:
    frame = pd.DataFrame(NUMBERED | {"sex": ["f", "m", "f", "m"]})
    below = pd.DataFrame({"id": words, "G1": 3, "G2": 3})
    path = tmp_path / "a.csv"
    pd.concat([frame, below]).to_csv(path, index=False)
    with pytest.raises(InputError) as caught:
        read_responses(path, QUESTIONNAIRE, absent=questions("sex"))
    (problem,) = caught.value.problems
    assert (problem.value, problem.count) == (", ".join(words), len(words))
    pd.concat([frame, below.assign(sex="m")]).to_csv(path, index=False)
    assert len(read_responses(path, QUESTIONNAIRE, absent=questions("sex")).items) == 4 + len(words)
    pd.concat([below.assign(sex=""), frame]).to_csv(path, index=False)
    assert len(read_responses(path, QUESTIONNAIRE, absent=questions("sex")).items) == 4 + len(words)
