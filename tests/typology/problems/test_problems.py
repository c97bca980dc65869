"""How problems read."""

from __future__ import annotations

import pytest

from typology.problems import InputError, Problem
from typology.words.phrases import phrase

NO_BREAK_SPACE = "\u00a0"


def test_problem_is_said_in_french_with_its_typography() -> None:
    problem = Problem(
        phrase("{row} (respondent {name})", row=112, name="Anne : 3"), "F07", "six",
        phrase("a code from {low} to {high}", low=1, high=5), phrase("Correct it."),
        where="réponses.csv",
    )  # fmt: skip
    assert problem.text("fr").replace(NO_BREAK_SPACE, "_") == (
        "réponses.csv_: ligne 112 (répondant Anne : 3), colonne F07_: "
        "trouvé «_six_», attendu un code de 1 à 5. Corrigez-le."
    )
    assert problem.text("en") == str(problem)


def test_what_is_found_in_words_is_not_quoted() -> None:
    problem = Problem("", "", phrase("an empty file"), phrase("a file"), phrase(""), "a.csv")
    assert str(problem) == "a.csv: found an empty file, expected a file."
    assert problem.text("fr").endswith("trouvé un fichier vide, attendu un fichier.")


def test_input_error_keeps_what_was_noticed() -> None:
    problem = Problem("", "", "", phrase("a file"), phrase(""))
    assert InputError(problem, notices=["read as Latin-1"]).notices == ("read as Latin-1",)


def test_problem_names_the_cell_the_value_and_the_remedy() -> None:
    problem = Problem("112", "F07", "6", "a code from 1 to 5", "Correct the answer.")
    assert str(problem) == (
        "row 112, column F07: found '6', expected a code from 1 to 5. Correct the answer."
    )


def test_problem_without_a_cell_names_its_place() -> None:
    problem = Problem("", "", "", "a file", "Check its name.", where="answers.csv")
    assert str(problem) == "answers.csv: found nothing, expected a file. Check its name."


def test_place_joins_the_file_and_the_cell() -> None:
    assert Problem("3", "", "x", "y", "", where="study.yml").place == "study.yml: row 3"


def test_input_error_lists_every_problem_in_order() -> None:
    problems = [Problem("", name, "", "a column", "Add it.") for name in ("E01", "F02")]
    error = InputError(problems)
    assert error.problems == tuple(problems)
    lines = str(error).splitlines()
    assert lines[0] == "2 problems:"
    assert [name in line for name, line in zip(("E01", "F02"), lines[1:], strict=True)] == [
        True,
        True,
    ]


def test_input_error_takes_a_generator_once() -> None:
    error = InputError(Problem(str(row), "", "", "", "") for row in range(3))
    assert len(error.problems) == 3
    assert len(str(error).splitlines()) == 4


def test_input_error_needs_a_problem() -> None:
    with pytest.raises(ValueError, match="at least one problem"):
        InputError([])
