"""What a statistics file says beside its codes decides; what it leaves in doubt is a problem."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pyreadstat
import pytest

from study_of_tools import QUESTIONNAIRE, WORDS, questions, saved
from typology.answers.responses import read_responses
from typology.problems import InputError, Problem

KINDS = pytest.mark.parametrize("kind", ["sav", "dta"])
REVERSED = dict(enumerate(reversed(WORDS), start=1))
UNKNOWN = {1: "Completely agree", 2: "Rather agree", 3: "So so", 4: "Rather not", 5: "Not at all"}


def read(path: Path, *present: str, **options: object) -> pd.DataFrame:
    responses = read_responses(path, QUESTIONNAIRE, absent=questions(*present), **options)
    return responses.items.join(responses.respondent)


def problems(path: Path, *present: str, **options: object) -> tuple[Problem, ...]:
    with pytest.raises(InputError) as caught:
        read(path, *present, **options)
    return caught.value.problems


@KINDS
@pytest.mark.parametrize(
    ("labels", "codes"),
    [
        ({1: "No", 2: "Yes"}, [1, 2, 2, 1]),
        ({0: "Not Selected", 1: "Selected"}, [0, 1, 1, 0]),
        ({0: "Yes", 1: "No"}, [1, 0, 0, 1]),
        ({1: "Non coché", 2: "Coché"}, [1, 2, 2, 1]),
    ],
)
def test_labels_say_what_is_ticked(tmp_path, kind, labels, codes):
    path = saved(
        tmp_path, kind, {"tools_mail": labels, "tools_video": labels},
        tools_mail=codes, tools_video=codes[::-1],
    )  # fmt: skip
    ticked = read(path, "tools")
    assert ticked["tools:mail"].tolist() == [False, True, True, False]
    assert ticked["tools:video"].tolist() == [False, True, True, False]


@KINDS
def test_a_tick_may_be_labelled_by_its_choice(tmp_path, kind):
    path = saved(
        tmp_path, kind, {"tools_mail": {1: "E-mail"}, "tools_video": {1: "Video calls"}},
        tools_mail=[1, 0, 1, 0], tools_video=[0, 1, 0, 1],
    )  # fmt: skip
    assert read(path, "tools")["tools:mail"].tolist() == [True, False, True, False]


@KINDS
def test_a_tick_labelled_no_answer_is_not_taken_for_not_chosen(tmp_path, kind):
    labels = {0: "No", 1: "Yes", 9: "No answer"}
    path = saved(
        tmp_path, kind, {"tools_mail": labels, "tools_video": labels},
        tools_mail=[9, 1, 9, 0], tools_video=[1, 0, 0, 9],
    )  # fmt: skip
    assert read(path, "tools")["tools:mail"].tolist() == [pd.NA, True, pd.NA, False]


@KINDS
def test_ticks_labelled_otherwise_are_one_problem_with_the_line_that_mends_it(tmp_path, kind):
    labels = {1: "Uses it", 2: "Never used"}
    path = saved(
        tmp_path, kind, {"tools_mail": labels, "tools_video": labels},
        tools_mail=[1, 2, 2, 1], tools_video=[2, 2, 1, 1],
    )  # fmt: skip
    (problem,) = problems(path, "tools")
    assert problem.count == 8
    assert problem.study_lines == {"answer_words": {"tools": {"Uses it": "?", "Never used": "?"}}}
    words = {"tools": {"Uses it": "yes", "Never used": "no"}}
    ticked = read(path, "tools", answer_words=words)
    assert ticked["tools:mail"].tolist() == [True, False, False, True]


@KINDS
def test_a_reversed_scale_is_read_by_its_labels(tmp_path, kind):
    items = read(saved(tmp_path, kind, {"G1": REVERSED, "G2": REVERSED}))
    assert items["G1"].tolist() == [5, 4, 2, 1]


@KINDS
def test_labels_that_are_not_understood_are_one_problem(tmp_path, kind):
    path = saved(tmp_path, kind, {"G1": UNKNOWN, "G2": UNKNOWN})
    (problem,) = problems(path)
    (words,) = problem.study_lines["answer_words"].values()
    assert list(words) == list(UNKNOWN.values())
    assert problem.column == "G1, G2"
    mended = dict(zip(UNKNOWN.values(), ["5", "4", "Neutral", "Disagree", "1"], strict=True))
    items = read(path, answer_words={"agreement": mended})
    assert items["G1"].tolist() == [5, 4, 2, 1]


@KINDS
def test_unknown_labels_of_the_ends_are_told_even_where_nobody_gave_the_ends(tmp_path, kind):
    path = saved(tmp_path, kind, {"G1": {1: "Completely agree", 5: "Not at all"}}, G1=[2, 3, 4, 2])
    assert problems(path)[0].column == "G1"


@KINDS
def test_reversed_labels_of_the_ends_leave_the_middle_in_doubt(tmp_path, kind):
    ends = {1: "Strongly agree", 5: "Strongly disagree"}
    (problem,) = problems(saved(tmp_path, kind, {"G1": ends}))
    assert (str(problem.value), problem.count) == ("'2' (1), '4' (1)", 2)


@KINDS
@pytest.mark.parametrize(
    "labels",
    [
        {1: "Strongly disagree", 5: "Strongly agree"},
        {1: "Strongly disagree", 2: "-", 3: "...", 4: "", 5: "Strongly agree"},
        {1: "1 - Strongly disagree", 5: "5 - Strongly agree", 9: "Unused"},
    ],
)
def test_labels_that_agree_with_the_questionnaire_leave_the_codes(tmp_path, kind, labels):
    assert read(saved(tmp_path, kind, {"G1": labels}))["G1"].tolist() == [1, 2, 4, 5]


@KINDS
def test_one_label_for_two_codes_in_use_is_a_problem(tmp_path, kind):
    labels = dict(enumerate(WORDS, start=1)) | {5: "Agree"}
    (problem,) = problems(saved(tmp_path, kind, {"G1": labels}))
    assert problem.value == "'Agree' for 4, 5"


@KINDS
@pytest.mark.parametrize("label", ["No answer", "n/a", "Sans réponse"])
def test_a_number_labelled_as_no_answer_is_none(tmp_path, kind, label):
    path = saved(tmp_path, kind, {"age": {999: label}}, age=[40, 999, 50, 999])
    assert read(path, "age")["age"].tolist() == [40, pd.NA, 50, pd.NA]


@KINDS
def test_a_number_with_another_label_is_a_problem_unless_it_is_the_same_number(tmp_path, kind):
    labels = {"age": {90: "90 or more", 40: "40 years", 50: "50"}}
    path = saved(tmp_path, kind, labels, age=[40, 90, 50, 61])
    (problem,) = problems(path, "age")
    assert (problem.value, problem.count) == ("90 or more", 1)
    read_with = {"age": {"90 or more": "90"}}
    assert read(path, "age", answer_words=read_with)["age"].tolist() == [40, 90, 50, 61]


@KINDS
def test_a_number_labelled_by_words_that_may_mean_no_answer_asks(tmp_path, kind):
    path = saved(tmp_path, kind, {"age": {98: "Refused"}}, age=[40, 98, 50, 61])
    (problem,) = problems(path, "age")
    assert problem.study_lines == {"no_answer": ["Refused"]}
    assert read(path, "age", no_answer=["Refused"])["age"].tolist() == [40, pd.NA, 50, 61]


@KINDS
def test_a_choice_is_read_by_its_label_or_refused(tmp_path, kind):
    path = saved(tmp_path, kind, {"sex": {1: "Man", 2: "Woman"}}, sex=[1, 2, 2, 1])
    assert read(path, "sex")["sex"].tolist() == ["m", "f", "f", "m"]
    path = saved(tmp_path, kind, {"sex": {1: "Male", 2: "Female"}}, sex=[1, 2, 2, 1])
    (problem,) = problems(path, "sex")
    assert list(problem.study_lines["answer_words"]["sex"]) == ["Male", "Female"]
    words = {"Male": "m", "Female": "Woman"}
    assert read(path, "sex", answer_words=words)["sex"].tolist() == ["m", "f", "f", "m"]


@KINDS
def test_a_text_with_labels_is_the_label(tmp_path, kind):
    path = saved(tmp_path, kind, {"note": {1: "Fine"}}, note=[1, 2, 1, 2])
    assert read(path, "note")["note"].tolist() == ["Fine", "2", "Fine", "2"]


def test_values_that_spss_declares_missing_are_no_answer(tmp_path):
    path = tmp_path / "missing.sav"
    frame = pd.DataFrame({"id": list("pqrs"), "G1": [1.0, 9, 4, 5], "G2": [1.0, 2, 98, np.nan]})
    pyreadstat.write_sav(
        frame, str(path), missing_ranges={"G1": [9], "G2": [{"lo": 90, "hi": 99}]},
        variable_value_labels={"G1": {9: "Whatever this means"}},
    )  # fmt: skip
    items = read(path)
    assert items["G1"].tolist() == [1, pd.NA, 4, 5]
    assert items["G2"].tolist() == [1, 2, pd.NA, pd.NA]


@KINDS
def test_numbers_of_the_file_are_in_no_doubt(tmp_path, kind):
    path = saved(tmp_path, kind, {}, age=[41.125, 1.5, 2.0, 1.25e-5])
    assert read(path, "age")["age"].tolist() == [41.125, 1.5, 2, 1.25e-5]


@KINDS
def test_a_label_that_is_not_understood_is_told_with_what_was_expected(tmp_path, kind):
    path = saved(tmp_path, kind, {"sex": {1: "Woman", 2: "Unheard of"}}, sex=[1, 2, 1, 1])
    (problem,) = problems(path, "sex")
    assert "Unheard of" in str(problem.value)
    assert str(problem.expected) == "one of f (Woman), m (Man)"
