"""Columns find their question by id, wording or the habits of survey platforms."""

from __future__ import annotations

import pandas as pd
import pytest

from typology.answers.headings.matching import ColumnMatch, match_columns
from typology.answers.platforms.table import AnswerTable
from typology.problems.problem import Problem
from typology.questionnaire import Questionnaire
from typology.questionnaire.header_names import KnownNames, fold_wording

AGREEMENT = [
    {"code": 1, "fr": "Non", "en": "No"},
    {"code": 2, "fr": "Oui", "en": "Yes"},
]


@pytest.fixture(scope="module")
def questionnaire() -> Questionnaire:
    return Questionnaire.model_validate(
        {
            "title": {"fr": "Essai", "en": "Trial"},
            "scales": {"agreement": AGREEMENT},
            "blocks": [
                {
                    "id": "expectations",
                    "title": {"fr": "Vos attentes", "en": "Your expectations"},
                    "scale": "agreement",
                    "direction": "favourable",
                    "items": [
                        {
                            "id": "E01",
                            "fr": "Améliorer l’accès aux soins, pour tous",
                            "en": "Improve access to care, for all",
                            "short": {"fr": "Accès", "en": "Access"},
                            "column": "Q7.1",
                        },
                        {"id": "E02", "fr": "Travailler en équipe", "en": "Work as a team"},
                    ],
                },
                {
                    "id": "fears",
                    "title": {"fr": "Vos craintes", "en": "Your fears"},
                    "scale": "agreement",
                    "direction": "unfavourable",
                    "items": [
                        {"id": "F01", "fr": "Trop de réunions [CPTS]", "en": "Too many meetings"},
                        {"id": "F02", "fr": "Travailler en équipe", "en": "Work as a team"},
                    ],
                },
            ],
            "respondent": [
                {
                    "id": "levers",
                    "type": "multiple",
                    "fr": "Quels leviers ?",
                    "en": "Which levers?",
                    "choices": [
                        {"code": "time", "fr": "Du temps, de l'argent", "en": "Time, money"},
                        {"code": "team", "fr": "Une équipe", "en": "A team"},
                    ],
                },
                {"id": "age", "type": "number", "fr": "Votre âge", "en": "Your age"},
            ],
        }
    )


def table(*headers: str, descriptions: tuple[str, ...] = ()) -> AnswerTable:
    cells = pd.DataFrame([["x"] * len(headers)], index=[2], dtype="string")
    return AnswerTable("answers.csv", headers, cells, descriptions)


def listed(match: ColumnMatch) -> list[tuple[str, str]]:
    return [(problem.column, problem.value) for problem in match.problems]


def problem_of(match: ColumnMatch, column: str) -> Problem:
    (problem,) = [problem for problem in match.problems if problem.column == column]
    return problem


@pytest.mark.parametrize(
    ("header", "key"),
    [
        ("E01", "E01"),
        (" e01 ", "E01"),
        ("Q7.1", "E01"),
        ("Améliorer l’accès aux soins, pour tous", "E01"),
        ("AMELIORER L'ACCES  AUX SOINS, POUR TOUS.", "E01"),
        ("Am\u0065\u0301liorer lʼacc\u00e8s\u00a0aux soins, pour tous *", "E01"),
        ("<p>« Améliorer l&#39;accès aux soins, pour tous »&nbsp;:</p>", "E01"),
        ("Improve access to care, for all", "E01"),
        ("Access", "E01"),
        ("E01. Améliorer l'accès", "E01"),
        ("E01 - whatever was asked", "E01"),
        ("E01: Improve access to care, for all", "E01"),
        ("12. Improve access to care, for all", "E01"),
        ("Vos attentes [Améliorer l'accès aux soins, pour tous]", "E01"),
        ("G1Q1[E01]", "E01"),
        ("G1Q1[SQ001]. Vos attentes [Améliorer l'accès aux soins, pour tous]", "E01"),
        ("Vos attentes [Travailler en équipe]", "E02"),
        ("Vos craintes [Travailler en équipe]", "F02"),
        ("Trop de réunions [CPTS]", "F01"),
        ("Vos craintes [Trop de réunions [CPTS]]", "F01"),
        ("E02 - Travailler en équipe", "E02"),
        ("levers", "levers"),
        ("Quels leviers ?", "levers"),
        ("levers:time", "levers:time"),
        ("levers_time", "levers:time"),
        ("levers[team]", "levers:team"),
        ("Quels leviers ? [Du temps, de l’argent]", "levers:time"),
        ("Which levers? [A team]", "levers:team"),
        ("levers. Quels leviers ? [Une équipe]", "levers:team"),
        ("Âge - Votre âge", "age"),
    ],
)
def test_a_header_finds_its_question(questionnaire, header, key):
    assert KnownNames(questionnaire).find(header) == {key}


@pytest.mark.parametrize(
    "header", ["", "E03", "E01.1", "E0", "remarks", "Quels leviers ? [Autre]", "age_2", "12. ", "]"]
)
def test_other_headers_find_nothing(questionnaire, header):
    assert KnownNames(questionnaire).find(header) == set()


@pytest.mark.parametrize(
    ("header", "keys"),
    [
        ("Travailler en équipe", {"E02", "F02"}),
        ("Other [Travailler en équipe]", {"E02", "F02"}),
        ("F01 - Improve access to care, for all", {"E01", "F01"}),
    ],
)
def test_a_header_may_be_ambiguous(questionnaire, header, keys):
    assert KnownNames(questionnaire).find(header) == keys


def test_folding_keeps_what_distinguishes_answers():
    assert fold_wording("< 40 ans") != fold_wording("> 40 ans")
    assert fold_wording("-1") != fold_wording("1")
    assert fold_wording("?") == "?"


COMPLETE = ("respondent", "E01", "E02", "F01", "F02", "levers", "age")


def test_a_complete_table_has_no_problem(questionnaire):
    match = match_columns(table(*COMPLETE), questionnaire)
    assert match.problems == ()
    assert match.identifier == 0
    assert match.columns == {name: number for number, name in enumerate(COMPLETE) if number}


def test_two_columns_for_one_item_are_both_named(questionnaire):
    match = match_columns(table(*COMPLETE, "Access", "E01"), questionnaire)
    value = problem_of(match, "E01").value
    assert "'E01' (column 2)" in value
    assert "'Access' (column 8)" in value
    assert "'E01' (column 9)" in value
    chosen = match_columns(table(*COMPLETE, "Access"), questionnaire, ignore=["access"])
    assert chosen.problems == ()


def test_missing_and_unknown_columns_are_all_listed_with_a_guess(questionnaire):
    match = match_columns(table("id", "E02", "F02", "levers", "Votre age ,1"), questionnaire)
    assert [column for column, _ in listed(match)] == ["Votre age ,1", "E01, F01"]
    remedy = problem_of(match, "Votre age ,1").remedy
    assert "Did you mean age, which has no column?" in remedy
    assert remedy.endswith('for age: column: "Votre age ,1"')
    assert "Améliorer" in problem_of(match, "E01, F01").expected


def test_one_choice_column_missing_is_named(questionnaire):
    headers = [*COMPLETE[:5], "age", "levers:time"]
    match = match_columns(table(*headers), questionnaire)
    assert [column for column, _ in listed(match)] == ["levers:team"]


def test_a_question_with_a_column_and_columns_of_some_choices_is_a_problem(questionnaire):
    match = match_columns(table(*COMPLETE, "levers:time"), questionnaire)
    assert "2 columns" in problem_of(match, "levers").value
    assert not match_columns(table(*COMPLETE, "levers/time", "levers/team"), questionnaire).problems


def test_an_ambiguous_column_makes_one_problem(questionnaire):
    headers = ["id", "E01", "Travailler en équipe", "F01", "levers", "age"]
    match = match_columns(table(*headers), questionnaire)
    assert listed(match) == [("Travailler en équipe", "a name of several questions: E02, F02")]


def test_a_variable_label_that_contradicts_its_name_is_a_problem(questionnaire):
    labels = ("", "Improve access to care, for all", "Too many meetings", "", "", "", "")
    match = match_columns(table(*COMPLETE, descriptions=labels), questionnaire)
    assert listed(match) == [("E02", "a name of several questions: E02, F01")]


def test_variable_labels_name_columns(questionnaire):
    headers = ("id", "v1", "E02", "F01", "F02", "levers", "v2")
    labels = ("", "Improve access to care, for all", "", "", "", "", "Votre âge")
    match = match_columns(table(*headers, descriptions=labels), questionnaire)
    assert match.problems == ()
    assert (match.columns["E01"], match.columns["age"]) == (1, 6)


def test_columns_of_the_platform_are_left_out_and_told(questionnaire):
    match = match_columns(table("Horodateur", *COMPLETE, "Adresse e-mail", "Id"), questionnaire)
    assert match.problems == ()
    assert set(match.ignored) == {"Horodateur", "Adresse e-mail", "Id"}
    assert match.identifier == 1


def test_ignored_columns_are_patterns_or_exact_headers(questionnaire):
    headers = ("Remarque 1", "Remarque 2", "Vos attentes [Autre]")
    match = match_columns(
        table(*COMPLETE, *headers), questionnaire, ignore=["remarque*", "Vos attentes [Autre]"]
    )
    assert match.problems == ()
    assert match.ignored == headers


def test_absent_questions_and_blocks_need_no_column(questionnaire):
    match = match_columns(
        table("id", "E01", "E02"), questionnaire, absent=["fears", "levers", "age"]
    )
    assert match.problems == ()
    wrong = match_columns(table(*COMPLETE), questionnaire, absent=["fear"])
    (problem,) = wrong.problems
    assert problem.value == "fear"
    assert "Did you mean 'fears'?" in problem.remedy


def test_the_identifier_may_be_declared(questionnaire):
    match = match_columns(
        table(*COMPLETE, "N° de dossier"), questionnaire, id_column="n° de DOSSIER"
    )
    assert match.identifier == 7
    assert match.ignored == ("respondent",)


def test_a_declared_identifier_that_is_absent_does_not_stop_a_file(questionnaire):
    other = match_columns(table(*COMPLETE), questionnaire, id_column="dossier")
    assert (other.problems, other.identifier) == ((), 0)
    assert "'respondent' identifies the respondents" in other.notices[0]
    none = match_columns(table(*COMPLETE[1:]), questionnaire, id_column="dossier")
    assert (none.problems, none.identifier) == ((), None)
    assert "no column 'dossier'" in none.notices[0]


def test_a_declared_identifier_that_is_misspelt_is_a_problem(questionnaire):
    match = match_columns(table(*COMPLETE[1:], "Dosier"), questionnaire, id_column="dossier")
    (problem,) = match.problems
    assert problem.study_lines == {"respondent_column": "Dosier"}


def test_two_columns_of_identifiers_are_a_problem(questionnaire):
    match = match_columns(table(*COMPLETE, "Respondent"), questionnaire)
    assert "2 columns" in problem_of(match, "respondent").value


def test_without_identifiers_there_is_none(questionnaire):
    match = match_columns(table(*COMPLETE[1:]), questionnaire)
    assert match.identifier is None
    assert match.problems == ()


def test_a_column_without_header_is_unknown(questionnaire):
    match = match_columns(table(*COMPLETE, ""), questionnaire)
    assert [column for column, _ in listed(match)] == ["(no header)"]


@pytest.mark.parametrize(
    "header",
    ["E01 - Timing", "E01 page submit", "Order: E01", "E01 [reversed]", "E01_DO", "Time E01",
     "E01 (recodé)", "E01. Timing - First Click", "timing/E01", "E01: commentaire", "E01_TEXT",
     "E01 - Ordre d'affichage", "Durée de E01", "E01_DO_1", "E01 | Autre (précisez)"],
)  # fmt: skip
def test_a_column_made_from_a_question_is_never_its_answers(header, questionnaire):
    others = [item for item in questionnaire.items if item != "E01"]
    absent = list(questionnaire.questions)
    without = match_columns(table("id", *others, header), questionnaire, absent=absent)
    assert "E01" not in without.columns
    problem = problem_of(without, header)
    assert f'column: "{header}"' in problem.remedy
    both = match_columns(table("id", "E01", *others, header), questionnaire, absent=absent)
    assert both.columns["E01"] == 1
    assert (header in both.ignored, both.problems) == (True, ())


def test_the_questionnaire_may_say_that_such_a_column_holds_the_answers():
    known = KnownNames(one_item(column="G1_rev"))
    assert (known.find("G1_rev"), known.find("G1_DO")) == ({"G1"}, set())


@pytest.mark.parametrize(
    ("title", "wording", "header"),
    [("Gains", "Time", "Time"), ("Gains", "Time", "G1 - Time"), ("Gains", "Time", "G1. Time"),
     ("Time", "It is hot", "Time [It is hot]"), ("Order", "It is hot", "Order - It is hot"),
     ("Gains", "It is hot", "G1 - I need more time"), ("Gains", "In order", "G1: In order")],
)  # fmt: skip
def test_the_words_of_a_question_are_no_mark_of_a_column_made_from_it(title, wording, header):
    assert KnownNames(one_item(title=title, wording=wording)).find(header) == {"G1"}


def one_item(**said: str) -> Questionnaire:
    item = {"id": "G1", "en": said.get("wording", "It is hot")}
    item |= {"column": said["column"]} if "column" in said else {}
    return Questionnaire.model_validate(
        {
            "title": {"en": "Coffee"},
            "languages": ["en"],
            "scales": {"yes": [{"code": 0, "en": "No"}, {"code": 1, "en": "Yes"}]},
            "blocks": [
                {"id": "hopes", "title": {"en": said.get("title", "Hopes")}, "scale": "yes",
                 "direction": "favourable", "items": [item]},
            ],
        }
    )  # fmt: skip
