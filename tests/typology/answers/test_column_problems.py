"""What is wrong with the columns of a file is said whole: place, cause, what to do."""

from __future__ import annotations

import pandas as pd
import pytest

from study_of_tools import QUESTIONNAIRE
from typology.answers.headings.column_problems import (
    PAIRS_LISTED,
    column_not_found,
    misspelt_headers,
    two_columns,
    two_questions,
    unknown_absent,
    unknown_and_missing,
    whole_and_parts,
)
from typology.answers.platforms import AnswerTable
from typology.problems.problem import Problem
from typology.questionnaire.file import questionnaire_from_mapping
from typology.questionnaire.header_names import KnownNames

DOCTORS = questionnaire_from_mapping({
    "title": {"fr": "Un projet"}, "languages": ["fr"],
    "scales": {"s": [{"code": 1, "fr": "Non"}, {"code": 2, "fr": "Oui"}]},
    "blocks": [{"id": "views", "title": {"fr": "Avis"}, "scale": "s", "direction": "neutral",
                "items": [
        {"id": "E01", "fr": "Le temps du médecin est mieux employé"},
        {"id": "F03", "fr": "Manque de compétences pour le projet"},
        {"id": "F04", "fr": "Le rôle du médecin traitant"}]}],
    "respondent": [
        {"id": "sex", "type": "text", "fr": "Sexe du médecin généraliste"},
        {"id": "age", "type": "number", "fr": "Quel est votre âge ?"}],
})  # fmt: skip

RENAME = "Rename it, or list it under 'ignored_columns' of the study file."


def told(
    unknown: list[str],
    missing: list[str],
    *,
    ignored: tuple[str, ...] = (),
    absent: tuple[str, ...] = (),
    simulated: bool = False,
) -> list[Problem]:
    return unknown_and_missing(
        QUESTIONNAIRE,
        KnownNames(QUESTIONNAIRE),
        unknown=unknown,
        missing=missing,
        where="a.csv",
        ignored=ignored,
        absent=absent,
        simulated=simulated,
    )


def table(*headers: str) -> AnswerTable:
    cells = pd.DataFrame([["1"] * len(headers)], dtype="string")
    return AnswerTable(name="a.csv", headers=headers, cells=cells)


def test_a_column_of_nothing_asked_is_renamed_or_ignored():
    (problem,) = told(["zzzz"], [], ignored=("note",))
    assert str(problem) == (
        "a.csv: column zzzz: found a column that the questionnaire does not have, expected the id "
        f'or the wording of a question. {RENAME} ignored_columns: ["note", "zzzz"]'
    )


def test_several_columns_of_nothing_asked_are_counted_and_those_without_header_told():
    (problem,) = told(["zzzz", "", "yyyy"], [])
    assert str(problem) == (
        "a.csv: column zzzz, (no header), yyyy: found 3 columns that the questionnaire does not "
        f"have, expected the id or the wording of a question. {RENAME} Give each column a header. "
        'ignored_columns: ["zzzz", "yyyy"]'
    )


def test_a_column_without_header_alone_needs_one():
    (problem,) = told([""], [])
    assert str(problem) == (
        "a.csv: column (no header): found a column that the questionnaire does not have, expected "
        "the id or the wording of a question. Give each column a header."
    )


def test_unknown_columns_may_be_those_that_lack():
    unknown, missing = told(["zzzz"], ["tools:mail", "tools:video"])
    assert str(unknown) == (
        "a.csv: column zzzz: found a column that the questionnaire does not have, expected the id "
        "or the wording of a question. A column that holds answers: write its title in the "
        'questionnaire (column: "zzzz"), under the item or the question that it answers. Columns '
        "that hold none: list them under 'ignored_columns' of the study file."
    )
    assert (missing.column, missing.where) == ("tools:mail, tools:video", "a.csv")
    assert missing.study_lines == {}  # they are not absent if they are those unknown


def test_a_misspelt_header_is_told_with_its_question():
    (problem,) = told(["toolls used"], ["tools"])
    assert str(problem) == (
        "a.csv: column toolls used: found a column that the questionnaire does not have, expected "
        "a column named 'tools' or 'Tools used'. Did you mean tools, which has no column? Rename "
        'the column, or write in the questionnaire, for tools: column: "toolls used"'
    )


def test_what_lacks_whole_may_be_declared_absent():
    (block,) = told([], ["G1", "G2"], absent=("sex",))
    assert block.study_lines == {"absent_columns": ["sex", "gains"]}
    assert str(block) == (
        "a.csv: column G1, G2: found nothing, expected a column for each, named by its id or its "
        "wording, such as 'G1' or 'Time'. Add them, or take them out of the questionnaire; if this "
        'file does not hold them, add this line to the study file. absent_columns: ["sex", "gains"]'
    )
    (question,) = told([], ["age"])
    assert question.study_lines == {"absent_columns": ["age"]}
    assert str(question).endswith(
        "expected a column named 'age' or 'Age'. Add it, or take it out of the questionnaire; if "
        'this file does not hold it, add this line to the study file. absent_columns: ["age"]'
    )


@pytest.mark.parametrize(
    ("missing", "advice"),
    [
        (["G1"], "Add it, or take it out of the questionnaire."),
        (["G1", "age"], "Add them, or take them out of the questionnaire."),
    ],
)
def test_a_part_of_a_block_cannot_be_absent(missing, advice):
    (problem,) = told([], missing)
    assert problem.study_lines == {}
    assert problem.advice == (
        f"{advice} If G1 stands under another heading, add this line to the study file, with that "
        "heading in place of '?': columns: {G1: \"?\"}"
    )


def test_more_misspelt_headers_than_are_listed_are_told_together():
    names = ["G1", "G2", "sex", "age", "tools", "order", "note"]
    wrong = {name: f"{QUESTIONNAIRE.questions[name].en}z" for name in names[2:]}
    found = told(list(wrong.values()), list(wrong))
    assert len(wrong) == PAIRS_LISTED
    assert [problem.column for problem in found] == list(wrong.values())


def test_two_columns_of_one_question_are_named_with_their_places():
    doubled = table("id", "Time", "G1")
    assert str(two_columns(doubled, "G1", [1, 2])) == (
        "a.csv: column G1: found 2 columns: 'Time' (column 2), 'G1' (column 3), expected one "
        "column for G1. Remove or rename all but one, or list the others under 'ignored_columns' "
        "of the study file."
    )
    identifiers = two_columns(doubled, "", [0, 2])
    assert identifiers.column == "id"
    assert identifiers.expected == "one column of respondents' identifiers"


def test_a_question_has_its_own_column_or_one_a_choice():
    both = table("tools", "tools:mail", "tools:video")
    assert whole_and_parts(both, QUESTIONNAIRE, {"tools": [0]}) == []
    assert whole_and_parts(both, QUESTIONNAIRE, {"tools:mail": [1]}) == []
    every = {"tools": [0], "tools:mail": [1], "tools:video": [2]}
    assert whole_and_parts(both, QUESTIONNAIRE, every) == []
    (problem,) = whole_and_parts(both, QUESTIONNAIRE, {"tools": [0], "tools:mail": [1]})
    assert problem == two_columns(both, "tools", [0, 1])


def test_a_name_of_several_questions_is_told_with_them():
    assert str(two_questions("a.csv", "Time", {"G2", "G1"})) == (
        "a.csv: column Time: found a name of several questions: G1, G2, expected a column that "
        "names one question. Name the column by the id of its question."
    )


@pytest.mark.parametrize(
    ("key", "near", "said", "lines"),
    [
        ("weights", "weight", "Did you mean 'weight'? Correct 'weights' in the study file.",
         {"weights": {"column": "weight"}}),
        ("weights", "", "Correct 'weights' in the study file.", {}),
        ("respondent_column", "id", "Did you mean 'id'? Correct 'respondent_column' in the study "
         "file.", {"respondent_column": "id"}),
    ],
)  # fmt: skip
def test_a_declared_column_that_lacks_is_told_with_what_looks_like_it(key, near, said, lines):
    problem = column_not_found(table("id"), key, "wieght", near)
    assert (problem.row, problem.column, problem.value, problem.where) == (
        "", "wieght", "", "a.csv"
    )  # fmt: skip
    assert problem.remedy == said
    assert problem.study_lines == lines
    assert ("weights" in problem.expected) is (key == "weights")


def test_what_is_listed_as_absent_is_a_block_or_a_question():
    assert unknown_absent(QUESTIONNAIRE, ["gains", "tools"]) == []
    (problem,) = unknown_absent(QUESTIONNAIRE, ["gains", "tols"])
    assert str(problem) == (
        "absent_columns: found 'tols', expected the id of a block or of a question on the "
        "respondent. Did you mean 'tools'? Correct the list."
    )


def test_simulated_answers_to_a_former_questionnaire_are_to_be_made_again():
    for problem in told(["former"], ["G1", "age"], simulated=True):
        assert str(problem.remedy).startswith(
            "These answers are simulated: if the questionnaire was changed, make them again by "
            "`typology simulate --force`."
        )


@pytest.mark.parametrize(
    ("header", "keys", "said"),
    [
        ("Âge du médecin", ["F03", "age"], 'such as column: "Âge du médecin" for age.'),
        ("Âge du médecin", ["F03"], '(column: "Âge du médecin"), under the item'),
        ("Sexe du médecin", ["F03", "E01"], '(column: "Sexe du médecin"), under the item'),
        ("Le nombre de patients", ["F03", "E01"], "under the item"),
        ("Le projet : quelles compétences ?", ["E01", "F03"], "for F03."),
    ],
)
def test_a_column_is_guessed_only_where_its_words_tell(header, keys, said):
    told = "\n".join(
        str(problem)
        for problem in unknown_and_missing(
            DOCTORS, KnownNames(DOCTORS), unknown=[header], missing=keys, where="a.csv",
            ignored=(), absent=(),
        )
    )  # fmt: skip
    assert said in told
    assert "Did you mean" not in told


def test_titles_that_share_their_common_words_alone_are_no_misspellings():
    names = KnownNames(DOCTORS)
    shared = ["Âge du médecin généraliste", "Ville du médecin généraliste"]
    assert misspelt_headers(names, shared, ["sex"]) == {}
    assert misspelt_headers(names, ["Sexe du medecin generalite"], ["sex"]) == {
        "Sexe du medecin generalite": "sex"
    }


@pytest.mark.parametrize(
    ("header", "guess"),
    [("S03", ""), ("F30", "F03"), ("F3", "F03"), ("F 03", "F03"), ("f_003", "F03"), ("FO3", "F03"),
     ("agee", "age"), ("age2", "age")],
)  # fmt: skip
def test_the_code_of_another_question_is_no_misspelt_one(header, guess):
    found = misspelt_headers(KnownNames(DOCTORS), [header], ["F03", "age"])
    assert found == ({header: guess} if guess else {})
