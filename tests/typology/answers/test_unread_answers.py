"""What cannot be read is told once a cause, with its count, its places and what mends it."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from study_of_tools import QUESTIONNAIRE, as_csv, questions, saved
from typology.answers.cells.code_books import CodeBook
from typology.answers.cells.declared_words import declared_words_problems
from typology.answers.columns.unread_answers import in_order
from typology.answers.responses import Responses, read_responses
from typology.files.yaml_files import load_mapping
from typology.problems import InputError, Problem, study_lines
from typology.questionnaire import Questionnaire
from typology.questionnaire.no_answer_words import says_no_answer
from typology.words.number_conventions import Conventions, study_line


def read(path: Path, *present: str, **options: object) -> Responses:
    return read_responses(path, QUESTIONNAIRE, absent=questions(*present), **options)


def problems(path: Path, *present: str, **options: object) -> tuple[Problem, ...]:
    with pytest.raises(InputError) as caught:
        read(path, *present, **options)
    return caught.value.problems


def test_words_for_no_answer_are_one_problem_whatever_the_columns(tmp_path):
    path = as_csv(
        tmp_path, G1=["Don't know", 2, 3, "Don't know"], age=["Don't know", 30, 31, "NSP"]
    )
    (problem,) = problems(path, "age", no_answer=["?"])
    assert problem.count == 4
    assert problem.advice.endswith('no_answer: ["?", "Don\'t know", "NSP"]')
    mended = read(path, "age", **problem.study_lines)
    assert mended.items["G1"].tolist() == [pd.NA, 2, 3, pd.NA]


def test_other_words_of_a_scale_are_one_problem(tmp_path):
    path = as_csv(tmp_path, G1=["Strongly agre", 2, 3, "Disagre"], G2=["Disagre", 2, 3, 4])
    (problem,) = problems(path)
    assert (problem.count, problem.column) == (3, "G1, G2, G1")
    assert problem.row == "2 (respondent p), 2 (respondent p), 5 (respondent s)"
    assert read(path, **problem.study_lines).items["G1"].tolist() == [5, 2, 3, 2]


def test_a_guess_never_says_the_contrary(tmp_path):
    path = as_csv(tmp_path, G1=["Do not agree", 2, 3, 4])
    (problem,) = problems(path)
    (words,) = problem.study_lines["answer_words"].values()
    assert words["Do not agree"] in ("?", "Disagree", "Strongly disagree")


def test_numbered_codes_are_told_with_the_answers_in_their_order(tmp_path):
    path = as_csv(tmp_path, G1=["A1", "A2", "A4", "A5"], G2=["A5", "A4", "A3", "A1"])
    (problem,) = problems(path)
    assert problem.count == 8
    assert read(path, **problem.study_lines).items["G1"].tolist() == [1, 2, 4, 5]


@pytest.mark.parametrize(
    ("parts", "found"),
    [
        (["AO01", "AO02"], {"AO01": "No", "AO02": "Yes"}),
        (["A2"], {"A1": "No", "A2": "Yes"}),
        (["A0"], {}),
        (["A3"], {}),
        (["A1", "B2"], {}),
        (["A1", "perhaps"], {}),
    ],
)
def test_a_series_of_codes_fits_the_answers_or_nothing_is_said(parts, found):
    assert in_order(parts, CodeBook([("0", ["No"]), ("1", ["Yes"])])) == found


def test_numbers_for_choices_are_told_with_the_choices_in_their_order(tmp_path):
    for cells, woman in (([1, 2, 1, 2], "1"), ([0, 1, 0, 1], "0")):
        path = as_csv(tmp_path, sex=cells)
        (problem,) = problems(path, "sex")
        assert "in their order" in str(problem.remedy)
        assert problem.study_lines["answer_words"]["sex"][woman] == "Woman"
        mended = read(path, "sex", **problem.study_lines)
        assert mended.respondent["sex"].tolist() == ["f", "m", "f", "m"]


def test_numbers_that_are_no_ticks_are_no_order_of_the_choices(tmp_path):
    path = as_csv(tmp_path, **{"tools:mail": [1, 2, 1, 2], "tools:video": [2, 2, 1, 1]})
    (problem,) = problems(path, "tools")
    assert problem.study_lines == {"answer_words": {"tools": {"2": "?"}}}


def test_codes_that_count_from_another_number_are_told_with_both_meanings(tmp_path):
    path = as_csv(tmp_path, G1=[0, 1, 3, 4], G2=[4, 3, 2, 0])
    (problem,) = problems(path)
    assert 'agreement: {"0": ""}' in str(problem.remedy)
    assert read(path, **problem.study_lines).items["G1"].tolist() == [1, 2, 4, 5]
    path = as_csv(tmp_path, G1=[2, 6, 3, 4], G2=[4, 3, 2, 6])
    (problem,) = problems(path)
    assert read(path, **problem.study_lines).items["G1"].tolist() == [1, 5, 2, 3]


def test_codes_around_nought_count_from_below_it(tmp_path):
    path = as_csv(tmp_path, G1=[-2, -1, 1, 2], G2=[0, 0, 1, -2])
    (problem,) = problems(path)
    assert "no answer" not in str(problem.remedy)
    assert read(path, **problem.study_lines).items["G1"].tolist() == [1, 2, 4, 5]


def test_codes_further_apart_than_the_scale_count_from_no_other_number(tmp_path):
    path = as_csv(tmp_path, G1=[2, 4, 6, 8], G2=[10, 4, 2, 6])
    for problem in problems(path):
        assert "may count" not in str(problem.remedy)


def test_columns_that_alone_count_from_another_number_are_told_apart(tmp_path):
    frame = {"id": range(40), "G1": [0, 1, 2, 4] * 10, "G2": [1, 2, 5, 4] * 10}
    path = tmp_path / "a.csv"
    pd.DataFrame(frame).to_csv(path, index=False)
    (problem,) = problems(path)
    assert 'agreement: {"0": ""}' in str(problem.remedy)
    items = read(path, **problem.study_lines).items
    assert items["G1"].tolist()[:4] == [1, 2, 3, 5]
    assert items["G2"].tolist()[:4] == [1, 2, 5, 4]


@pytest.mark.parametrize(
    ("cells", "remote"),
    [([1, 0, 0, 1], "no"), (["True", "False", "False", "True"], "no"),
     (["VRAI", "FAUX", "FAUX", "VRAI"], "yes"), ([1, 0, 0, 1], "yes")],
)  # fmt: skip
def test_true_is_yes_in_whatever_order_the_answers_stand(tmp_path, cells, remote):
    choices = [{"code": "no", "en": "No"}, {"code": "yes", "en": "Yes"}]
    choices = choices if remote == "no" else choices[::-1]
    question = {"id": "remote", "type": "single", "en": "Remote?", "choices": choices}
    asked = Questionnaire.model_validate(
        {**QUESTIONNAIRE.model_dump(exclude_none=True), "respondent": [question]}
    )
    path = as_csv(tmp_path, remote=cells)
    with pytest.raises(InputError) as caught:
        read_responses(path, asked)
    (problem,) = caught.value.problems
    read_again = read_responses(path, asked, **problem.study_lines)
    assert read_again.respondent["remote"].tolist() == ["yes", "no", "no", "yes"]


def test_labels_of_some_codes_say_that_the_order_is_another(tmp_path):
    path = saved(tmp_path, "sav", {"sex": {1: "Man"}}, sex=[1, 2, 1, 2])
    (problem,) = problems(path, "sex")
    assert problem.study_lines == {"answer_words": {"sex": {"2": "?"}}}
    mended = read(path, "sex", answer_words={"sex": {"2": "Woman"}})
    assert mended.respondent["sex"].tolist() == ["m", "f", "m", "f"]


@pytest.mark.parametrize("written", ["'{}", "**{}**", "#{}", "{{{}}}"])
def test_codes_and_words_are_guessed_without_what_is_around_them(tmp_path, written):
    path = as_csv(tmp_path, G1=[written.format(each) for each in (1, 2, "Agree", 5)])
    lines = study_lines(problems(path))
    study = tmp_path / "study.yml"
    study.write_text("\n".join(lines), encoding="utf-8")
    assert read(path, **load_mapping(study)).items["G1"].tolist() == [1, 2, 4, 5]


def test_cells_shown_as_dates_say_where_they_come_from(tmp_path):
    dates = ["1900-01-01", "1900-01-02", "1900-01-04", "1900-01-05"]
    (problem,) = problems(as_csv(tmp_path, G1=dates, G2=dates))
    assert "made a date" in problem.remedy
    assert not problem.study_lines


def test_a_half_is_no_unit(tmp_path):
    found = problems(as_csv(tmp_path, age=["36½", "37½", "40½", "41½"]), "age")
    assert not any("unit" in str(problem.remedy) for problem in found)


def test_a_code_beyond_the_scale_beside_every_point_is_no_other_count(tmp_path):
    path = as_csv(tmp_path, G1=[0, 1, 3, 4], G2=[4, 3, 5, 0])
    (problem,) = problems(path)
    assert problem.study_lines == {"answer_words": {"agreement": {"0": ""}}}


def test_a_minus_beside_a_plus_is_an_answer_and_never_missing(tmp_path):
    path = as_csv(tmp_path, G1=["++", "+", "-", "--"], G2=["-", "--", "", "-"])
    (problem,) = problems(path)
    assert problem.count == 7
    said = {"--": "1", "-": "2", "+": "4", "++": "5"}
    assert dict.fromkeys(said, "?") == problem.study_lines["answer_words"]["agreement"]
    items = read(path, answer_words={"agreement": said}).items
    assert items["G1"].tolist() == [5, 4, 2, 1]
    assert items["G2"].tolist() == [2, 1, pd.NA, 2]
    alone = read(as_csv(tmp_path, G1=["-", 1, 2, "--"])).items["G1"]
    assert alone.tolist() == [pd.NA, 1, 2, pd.NA]


def test_a_column_of_something_else_is_one_problem_without_a_line(tmp_path):
    words = [f"word {chr(97 + i)}" for i in range(20)]
    frame = {"id": range(20), "G1": words, "G2": [3] * 20}
    path = tmp_path / "a.csv"
    pd.DataFrame(frame).to_csv(path, index=False)
    (problem,) = problems(path)
    assert (problem.count, problem.study_lines) == (20, {})


def test_a_code_given_often_may_mean_no_answer_to_that_question_alone(tmp_path):
    path = as_csv(tmp_path, G1=[99, 2, 3, 99], age=[99, 30, 31, 32])
    (problem,) = problems(path, "age")
    assert problem.study_lines == {"answer_words": {"agreement": {"99": ""}}}
    mended = read(path, "age", **problem.study_lines)
    assert mended.items["G1"].tolist() == [pd.NA, 2, 3, pd.NA]
    assert mended.respondent["age"].tolist() == [99, 30, 31, 32]


def test_numbers_in_doubt_name_their_cells_and_the_line(tmp_path):
    path = as_csv(tmp_path, age=["1,280", "884", "1,376", "12"])
    (problem,) = problems(path, "age")
    assert (problem.row, problem.column) == ("2 (respondent p), 4 (respondent r)", "age")
    assert 'decimal_mark: "." to read 1280' in problem.remedy
    ages = read(path, "age", decimal_mark=".").respondent["age"].tolist()
    assert ages == [1280, 884, 1376, 12]
    assert read(path, "age", decimal_mark=",").respondent["age"].tolist()[0] == 1.28


def test_numbers_that_the_column_tells_are_noticed(tmp_path):
    path = as_csv(tmp_path, age=["1,280", "884.5", "3", "12"])
    responses = read(path, "age")
    assert responses.respondent["age"].tolist() == [1280, 884.5, 3, 12]
    assert any("'1,280' is read as 1280" in notice for notice in responses.notices)


def test_a_date_in_place_of_an_answer_says_where_it_comes_from(tmp_path):
    (problem,) = problems(as_csv(tmp_path, G1=["2024-02-01", 2, 3, 4]))
    assert "made a date" in problem.remedy


def test_ranks_are_never_other_ranks(tmp_path):
    ranks = {"order_a": ["1", "2", "²", "1/2"], "order_b": ["2.0", "1,0", "2", "1"]}
    found = problems(as_csv(tmp_path, **ranks), "order")
    assert {problem.value for problem in found} == {"²", "1/2"}


def test_a_list_of_choices_is_checked_against_their_columns(tmp_path):
    columns = {"tools": ["mail video", "mail", "", ""], "tools/mail": [1, 1, "", 0]}
    path = as_csv(tmp_path, **columns, **{"tools/video": [1, 0, "", 0]})
    ticked = read(path, "tools").respondent
    assert ticked["tools:video"].tolist() == [True, False, pd.NA, False]
    path = as_csv(tmp_path, **columns, **{"tools/video": [0, 0, "", 0]})
    (problem,) = problems(path, "tools")
    assert problem.row == "2 (respondent p)"


def test_lines_of_several_problems_make_one_line_a_key(tmp_path):
    path = as_csv(tmp_path, G1=["Strongly agre", 2, 3, 4], sex=["Womann", "f", "m", "f"])
    lines = study_lines(problems(path, "sex"))
    study = tmp_path / "study.yml"
    study.write_text("\n".join(lines), encoding="utf-8")
    assert read(path, "sex", **load_mapping(study)).respondent["sex"].tolist()[0] == "f"
    assert len(lines) == 1


def test_a_line_is_yaml_whatever_the_words(tmp_path):
    words = {"sex": {'a: "b" # c': "é\\", "yes": "no", "null": "1", "x'y": ""}}
    path = tmp_path / "study.yml"
    path.write_text(study_line("answer_words", words), encoding="utf-8")
    assert load_mapping(path) == {"answer_words": words}


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ({"sexe": {"H": "m"}}, "sexe"),
        ({"sex": {"H": "male"}}, "male"),
        ({"agreement": {"Bof": "?"}}, "?"),
        ({"age": {"old": "very"}}, "very"),
        ({"Bof": "nothing"}, "nothing"),
    ],
)
def test_declared_words_that_mean_nothing_are_told(words, found):
    (problem,) = declared_words_problems(Conventions(answer_words=words), QUESTIONNAIRE)
    assert problem.value == found


@pytest.mark.parametrize(("word", "names"), [("3", "agreement"), ("Neutral", "agreement")])
def test_an_answer_is_not_declared_to_be_none(word, names):
    found = declared_words_problems(Conventions(no_answer=(word,)), QUESTIONNAIRE)
    assert [(problem.value, problem.where) for problem in found] == [(word, "no_answer")]
    assert names in found[0].expected
    words = {names: {word: ""}}
    assert study_line("answer_words", words) in found[0].remedy
    assert declared_words_problems(Conventions(answer_words=words), QUESTIONNAIRE) == []
    assert declared_words_problems(Conventions(no_answer=("NA", "Bof")), QUESTIONNAIRE) == []


def test_declared_words_that_mean_something_are_not():
    words = {"G1": {"Bof": "Neutral"}, "gains": {"x": "1"}, "tools": {"Cité": "yes"},
             "note": {"idem": "whatever was written"},
             "age": {"old": "90", "-": ""}, "order": {"first": "1"}, "H": "Man"}  # fmt: skip
    assert declared_words_problems(Conventions(answer_words=words), QUESTIONNAIRE) == []


def test_a_word_that_says_no_answer_is_told_from_an_answer():
    assert says_no_answer("Ne sait pas / sans réponse")
    assert not says_no_answer("Refuse to work at night")


def test_weights_follow_the_rules_of_numbers(tmp_path):
    path = as_csv(tmp_path, w=["1,280", "0,950", "1,100", "0,670"])
    assert read(path, weight_column="w").weights.tolist() == [1.28, 0.95, 1.1, 0.67]
    path = as_csv(tmp_path, w=["1,280", "2,950", "1,100", "1,670"])
    (problem,) = problems(path, weight_column="w")
    assert "decimal_mark" in problem.remedy
    read_with = read(path, weight_column="w", decimal_mark=",")
    assert read_with.weights.tolist() == [1.28, 2.95, 1.1, 1.67]
    (problem,) = problems(as_csv(tmp_path, w=["7²", 1, 1, 1]), weight_column="w")
    assert problem.value == "7²"


def test_identifiers_are_texts_as_they_stand(tmp_path):
    path = as_csv(tmp_path, id=["001", "1 ", "a01", "A1"])
    responses = read(path)
    assert responses.items.index.tolist() == ["001", "1", "a01", "A1"]
    assert any("001 = 1, a01 = A1 differ only by case" in notice for notice in responses.notices)


def test_identifiers_alike_are_told_in_the_pairs_that_they_make(tmp_path):
    told = read(as_csv(tmp_path, id=["m", "M", "f", "F"])).notices
    assert any("m = M, f = F differ only by case" in notice for notice in told)
    assert not any(
        "differ only" in each for each in read(as_csv(tmp_path, id=list("mfab"))).notices
    )
    repeated = as_csv(tmp_path, id=["m", "m", "f", "f"])
    with pytest.raises(InputError) as caught:
        read(repeated)
    assert caught.value.notices == ()


def test_e_mails_identify_nobody_and_are_told(tmp_path):
    path = as_csv(tmp_path, id=["a@b.fr", "c@b.fr", "d@b.fr", "e@b.fr"])
    responses = read(path)
    assert responses.items.index.tolist() == ["R1", "R2", "R3", "R4"]
    assert not responses.identified
    assert any("personal data" in notice for notice in responses.notices)
    path = as_csv(tmp_path, id=["a@b.fr", "a@b.fr", "d@b.fr", "e@b.fr"])
    (problem,) = problems(path)
    assert problem.count == 2


def test_repeated_identifiers_are_one_problem(tmp_path):
    (problem,) = problems(as_csv(tmp_path, id=["a", "a", "b", "b"]))
    assert (problem.value, problem.row, problem.count) == ("a, b", "2, 3, 4, 5", 4)


def test_rows_that_sum_up_the_others_are_no_respondents(tmp_path):
    (problem,) = problems(as_csv(tmp_path, id=["a", "b", "Total", "Moyenne"]))
    assert (problem.value, problem.row, problem.count) == ("Total, Moyenne", "4, 5", 2)


@pytest.mark.parametrize(
    ("word", "asked", "value"),
    [("None", "age", "None"), ("aucun", "age", "aucun"), ("rien", "sex", "rien"),
     ("none", "order", "none")],
)  # fmt: skip
def test_none_is_no_answer_only_where_it_is_declared(tmp_path, word, asked, value):
    given = {"age": "30", "sex": "f", "order": "a;b"}[asked]
    path = as_csv(tmp_path, **{asked: [given, word, given, given]})
    (problem,) = problems(path, asked)
    assert (problem.row, problem.column, problem.value) == ("3 (respondent q)", asked, value)
    assert problem.study_lines == {"no_answer": [word]}
    answers = read(path, asked, no_answer=[word]).respondent
    assert answers.filter(like=asked).iloc[1].isna().all()


def test_none_of_a_number_may_be_declared_to_be_zero(tmp_path):
    path = as_csv(tmp_path, age=["30", "none", "31", "32"])
    (problem,) = problems(path, "age")
    assert 'answer_words: {age: {none: "0"}}' in problem.remedy
    ages = read(path, "age", answer_words={"age": {"none": "0"}}).respondent["age"]
    assert ages.tolist() == [30, 0, 31, 32]


def test_none_of_several_choices_is_nothing_ticked(tmp_path):
    path = as_csv(tmp_path, tools=["mail", "Aucun", "", "mail;video"])
    responses = read(path, "tools")
    assert responses.respondent["tools:mail"].tolist() == [True, False, pd.NA, True]
    assert any("'Aucun' is read as nothing ticked" in notice for notice in responses.notices)
    ticks = read(path, "tools", no_answer=["aucun"]).respondent["tools:mail"]
    assert ticks.tolist() == [True, pd.NA, pd.NA, True]


def test_none_is_the_answer_where_a_choice_says_so():
    book = CodeBook([("0", ["Aucune"]), ("1", ["None of these"])])
    assert (book.read("aucune"), book.read("None of these")) == ("0", "1")


def test_a_text_says_none_unless_it_is_declared_no_answer(tmp_path):
    path = as_csv(tmp_path, note=["none", "RAS", "n/a", "good"])
    assert read(path, "note").respondent["note"].tolist() == ["none", "RAS", "n/a", "good"]
    notes = read(path, "note", no_answer=["ras"]).respondent["note"].tolist()
    assert notes == ["none", pd.NA, "n/a", "good"]


def test_an_endless_row_of_digits_is_no_code(tmp_path):
    (problem,) = problems(as_csv(tmp_path, G1=["9" * 5000, 2, 3, 4]))
    assert problem.row == "2 (respondent p)"
    assert len(problem.value) < 100


@pytest.mark.parametrize(
    "written", ["{} ({})", "{} {}", "{}: {}", "{} - {}", "{} [{}]", "{}/{}", "{} / {}"]
)
def test_a_code_and_its_words_are_one_answer_however_they_stand_together(tmp_path, written):
    words = {1: "Strongly disagree", 2: "Disagree", 4: "Agree", 5: "Strongly agree"}
    path = as_csv(
        tmp_path,
        G1=[written.format(code, words[code]) for code in (5, 1, 2, 4)],
        G2=[written.format(words[code], code) for code in (1, 5, 4, 2)]
        if written != "{} {}"
        else [1, 5, 4, 2],
    )
    items = read(path).items
    assert items["G1"].tolist() == [5, 1, 2, 4]
    assert items["G2"].tolist() == [1, 5, 4, 2]


@pytest.mark.parametrize("written", ["({}) {}", "[{}] {}", "{}_{}", "{} → {}"])
def test_a_code_before_its_words_is_known_whatever_sets_it_apart(tmp_path, written):
    words = {1: "Strongly disagree", 2: "Disagree", 4: "Agree", 5: "Strongly agree"}
    path = as_csv(tmp_path, G1=[written.format(code, words[code]) for code in (5, 1, 2, 4)])
    assert read(path).items["G1"].tolist() == [5, 1, 2, 4]
    path = as_csv(tmp_path, G1=[written.format(code, words[6 - code]) for code in (5, 1, 2, 4)])
    assert len(problems(path)) == 1


def test_words_of_two_languages_side_by_side_are_one_answer():
    book = CodeBook([("n", ["Non", "No"]), ("y", ["Oui", "Yes"]), ("b", ["Oui/non", "Both"])])
    said = ("Oui / Yes", "No/Non", "Oui/non", "Oui/non / Both", "n / Non")
    assert [book.read(text) for text in said] == ["y", "n", "b", "b", "n"]
    assert not any(map(book.understands, ("Oui / No", "Non / Yes", "Oui /", "/ Yes", "Yes / 1")))
    assert book.words_beside("Yes / No") == ""


@pytest.mark.parametrize("text", ["Tr?s bien", "TrŠs bien", "Tr\ufffds bien"])
def test_a_garbled_answer_is_not_the_one_that_its_other_letters_say(text):
    book = CodeBook([("1", ["Bien"]), ("2", ["Très bien"])])
    assert book.nearest_words(text) == "Très bien"


def test_an_answer_within_a_sentence_is_guessed_unless_it_says_the_contrary():
    book = CodeBook([("u", ["Urbain"]), ("s", ["Semi-urbain"]), ("a", ["D'accord"])])
    texts = ("Je suis urbain.", "je suis semi-urbain", "Pas d'accord")
    guesses = [book.nearest_words(text) for text in texts]
    assert guesses == ["Urbain", "Semi-urbain", ""]


def test_codes_that_say_the_contrary_of_their_words_are_one_problem(tmp_path):
    path = as_csv(tmp_path, G1=["1 - Strongly agree", "5 - Strongly disagree", 3, "4 - Disagree"])
    (problem,) = problems(path)
    assert problem.count == 3
    assert read(path, **problem.study_lines).items["G1"].tolist() == [5, 1, 3, 2]


def test_other_codes_than_those_of_the_scale_are_one_problem(tmp_path):
    path = as_csv(tmp_path, G1=[10, 20, 50, 40], G2=[30, 30, 20, 10])
    (problem,) = problems(path)
    assert read(path, **problem.study_lines).items["G1"].tolist() == [1, 2, 5, 4]
    (problem,) = problems(as_csv(tmp_path, G1=["***", "*", "**", "***"], G2=["**", "*", "*", "*"]))
    assert problem.study_lines == {"answer_words": {"agreement": {"***": "?", "*": "?", "**": "?"}}}


def test_two_wrong_codes_beside_answers_of_the_scale_are_told_apart(tmp_path):
    assert len(problems(as_csv(tmp_path, G1=[99, 77, 5, 4]))) == 2


@pytest.mark.parametrize("word", ["n.a.", "N.A", "n/d", "(vide)", "(blank)", "NaT"])
def test_what_programs_and_people_write_for_nothing_says_no_answer(word):
    assert says_no_answer(word)


def test_a_scale_is_turned_round_by_words_that_stand_for_one_another(tmp_path):
    path = as_csv(tmp_path, G1=[1, 2, 4, 5], G2=[5, 4, 3, 1])
    turned = {str(code): str(6 - code) for code in range(1, 6)}
    for words in ({"agreement": turned}, {"G1": turned, "G2": turned}):
        items = read(path, answer_words=words).items
        assert items["G1"].tolist() == [5, 4, 2, 1]
        assert items["G2"].tolist() == [1, 2, 3, 5]
    path = as_csv(tmp_path, sex=["Woman", "Man", "f", "m"])
    swapped = {"sex": {"Woman": "Man", "Man": "Woman"}}
    assert read(path, "sex", answer_words=swapped).respondent["sex"].tolist() == list("mffm")


def test_words_may_stand_for_words_that_are_declared_too(tmp_path):
    path = as_csv(tmp_path, G1=["Bof", "Meh", 4, 5])
    words = {"agreement": {"Bof": "Meh", "Meh": "Neutral"}}
    assert read(path, answer_words=words).items["G1"].tolist() == [3, 3, 4, 5]
