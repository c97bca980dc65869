"""Answers in codes or words, in any file, become the same validated responses."""

from __future__ import annotations

import csv
import io
import time
from pathlib import Path

import numpy as np
import pandas as pd
import pyreadstat
import pytest

from typology.answers.responses import Responses, inspect_responses, read_responses
from typology.problems import InputError, Problem
from typology.questionnaire import Questionnaire

WORDS = ["Pas du tout d’accord", "Plutôt pas d’accord", "Ni l'un, ni l'autre", "D’accord"]
ENGLISH = ["Strongly disagree", "Rather disagree", "Neither", "Agree"]
LAST = ("Tout à fait d’accord", "Strongly agree")
HEADER = "respondent;E01;E02;F01;sex;age;levers;order;comment"
LINE = "A;1;2;3;f;41,5;time;a > b;fine"


@pytest.fixture(scope="module")
def questionnaire() -> Questionnaire:
    words = [*zip(WORDS, ENGLISH, strict=True), LAST]
    scale = [{"code": code, "fr": fr, "en": en} for code, (fr, en) in enumerate(words, start=1)]
    return Questionnaire.model_validate(
        {
            "title": {"fr": "Essai", "en": "Trial"},
            "scales": {"agreement": scale},
            "blocks": [
                {
                    "id": "expectations",
                    "title": {"fr": "Attentes", "en": "Expectations"},
                    "scale": "agreement",
                    "direction": "favourable",
                    "items": [
                        {"id": "E01", "fr": "Soigner mieux", "en": "Better care"},
                        {"id": "E02", "fr": "Travailler en équipe", "en": "Work as a team"},
                    ],
                },
                {
                    "id": "fears",
                    "title": {"fr": "Craintes", "en": "Fears"},
                    "scale": "agreement",
                    "direction": "unfavourable",
                    "items": [{"id": "F01", "fr": "Trop de réunions", "en": "Meetings"}],
                },
            ],
            "respondent": [
                {
                    "id": "sex",
                    "type": "single",
                    "fr": "Sexe",
                    "en": "Sex",
                    "choices": [
                        {"code": "f", "fr": "Femme", "en": "Woman"},
                        {"code": "m", "fr": "Homme", "en": "Man"},
                        {"code": "none", "fr": "Sans réponse", "en": "Prefers not to say"},
                    ],
                },
                {
                    "id": "age",
                    "type": "number",
                    "fr": "Votre âge",
                    "en": "Your age",
                    "unit": {"fr": "ans", "en": "years"},
                    "min": 18,
                    "max": 99,
                },
                {
                    "id": "levers",
                    "type": "multiple",
                    "fr": "Quels leviers ?",
                    "en": "Which levers?",
                    "choices": [
                        {"code": "time", "fr": "Du temps, de l’argent", "en": "Time, money"},
                        {"code": "team", "fr": "Une équipe", "en": "A team"},
                    ],
                },
                {
                    "id": "order",
                    "type": "rank",
                    "fr": "Classez",
                    "en": "Rank them",
                    "choices": [
                        {"code": "a", "fr": "Soins", "en": "Care"},
                        {"code": "b", "fr": "Prévention", "en": "Prevention"},
                        {"code": "c", "fr": "Accès", "en": "Access"},
                    ],
                },
                {"id": "comment", "type": "text", "fr": "Un mot ?", "en": "A word?"},
            ],
        }
    )


def saved(folder: Path, *lines: str, header: str = HEADER) -> Path:
    path = folder / "answers.csv"
    path.write_text("\n".join([header, *lines]) + "\n", encoding="utf-8")
    return path


def answers(folder: Path, questionnaire: Questionnaire, column: str, texts: list[str]) -> list:
    """Return what is read when the cells of one column are these."""
    position = HEADER.split(";").index(column)
    lines = []
    for number, text in enumerate(texts):
        cells = LINE.split(";")
        cells[0], cells[position] = f"P{number}", text
        buffer = io.StringIO()
        csv.writer(buffer, delimiter=";", lineterminator="").writerow(cells)
        lines.append(buffer.getvalue())
    responses = read_responses(saved(folder, *lines), questionnaire)
    everything = responses.items.join(responses.respondent)
    return everything[column].tolist() if column in everything else everything


def problems(path: Path, questionnaire: Questionnaire, **options: object) -> tuple[Problem, ...]:
    with pytest.raises(InputError) as caught:
        read_responses(path, questionnaire, **options)
    return caught.value.problems


def assert_same(one: Responses, other: Responses) -> None:
    pd.testing.assert_frame_equal(one.items, other.items)
    pd.testing.assert_frame_equal(one.respondent, other.respondent)


def test_the_types_are_those_documented(tmp_path, questionnaire):
    responses = read_responses(saved(tmp_path, LINE, "B;;;;;;;;"), questionnaire)
    assert responses.items.index.tolist() == ["A", "B"]
    assert responses.items.index.name == "respondent"
    assert responses.items.columns.tolist() == ["E01", "E02", "F01"]
    assert {str(kind) for kind in responses.items.dtypes} == {"Int64"}
    assert responses.items.loc["A"].tolist() == [1, 2, 3]
    assert responses.items.loc["B"].isna().all()
    assert {name: str(kind) for name, kind in responses.respondent.dtypes.items()} == {
        "sex": "string",
        "age": "Float64",
        "levers:time": "boolean",
        "levers:team": "boolean",
        "order:a": "Int64",
        "order:b": "Int64",
        "order:c": "Int64",
        "comment": "string",
    }
    assert responses.respondent.loc["A"].tolist()[:6] == ["f", 41.5, True, False, 1, 2]
    assert responses.respondent.loc["B"].isna().all()


@pytest.mark.parametrize(
    "text",
    [
        "5",
        " 5 ",
        "5.0",
        "5,0",
        "Tout à fait d’accord",
        "tout a fait d'accord",
        "TOUT À\u00a0FAIT  DʼACCORD.",
        "Strongly agree",
        "5 - Tout à fait d'accord",
        "5. strongly agree",
        "5: Strongly agree",
        "Strongly agree (5)",
        "<b>Strongly agree</b>",
    ],
)
def test_an_answer_is_read_from_code_or_words(tmp_path, questionnaire, text):
    assert answers(tmp_path, questionnaire, "E01", [text, "1"]) == [5, 1]


@pytest.mark.parametrize(
    "text", ["", "NA", "n/a", "#N/A", "-", "Sans réponse", "no answer", "null"]
)
def test_no_answer_has_few_names(tmp_path, questionnaire, text):
    assert answers(tmp_path, questionnaire, "E01", [text, "1"])[0] is pd.NA


def test_a_choice_of_the_questionnaire_is_never_taken_for_no_answer(tmp_path, questionnaire):
    read = answers(tmp_path, questionnaire, "sex", ["none", "Sans réponse", "NA", "Femme"])
    assert read == ["none", "none", pd.NA, "f"]


def test_a_text_is_kept_as_it_is(tmp_path, questionnaire):
    read = answers(tmp_path, questionnaire, "comment", ["NA", " - ", "1,5 ; oui", ""])
    assert read == ["NA", "-", "1,5 ; oui", pd.NA]


@pytest.mark.parametrize(
    "text", ["6", "0", "1.5", "-1", "11", "don't know", "5 - Strongly disagree", "1;2", "1-5"]
)
def test_an_answer_off_the_scale_is_named_in_full(tmp_path, questionnaire, text):
    path = saved(tmp_path, LINE, f'B;"{text}";2;3;f;50;;;')
    (problem,) = problems(path, questionnaire)
    assert (problem.row, problem.column, problem.value) == ("3 (respondent B)", "E01", text)
    assert problem.expected.startswith("a code from 1 to 5, or the words")
    assert problem.remedy
    assert problem.where == "answers.csv"


def test_a_misspelt_answer_gets_a_guess(tmp_path, questionnaire):
    (english,) = problems(saved(tmp_path, "A;strongly agre;2;3;f;50;;;"), questionnaire)
    assert "Did you mean 'Strongly agree'?" in english.remedy
    (both,) = problems(
        saved(tmp_path, "A;strongly agre;2;tout a fait;f;50;;;", "B;strongly agre;2;3;f;50;;;"),
        questionnaire,
    )
    assert both.value == "'strongly agre' (2), 'tout a fait' (1)"
    assert (both.row, both.column, both.count) == (
        "2 (respondent A), 2 (respondent A), 3 (respondent B)",
        "E01, F01, E01",
        3,
    )
    assert both.study_lines == {
        "answer_words": {
            "agreement": {
                "strongly agre": "Strongly agree",
                "tout a fait": "Tout à fait d’accord",
            }
        }
    }


def test_everything_wrong_is_listed_at_once(tmp_path, questionnaire):
    path = saved(
        tmp_path,
        "A;6;2;3;x;17;other;a > a;",
        "A;1;;3;f;abc;time;b;",
        ";1;2;9;f;50;;;",
        header=HEADER.replace("E02", "E03"),
    )
    found = {
        (problem.row, problem.column, problem.value) for problem in problems(path, questionnaire)
    }
    unknown = "a column that the questionnaire does not have"
    assert found == {
        ("", "E03", unknown),
        ("2, 3", "respondent", "A"),
        ("4", "respondent", ""),
        ("2 (respondent A)", "E01", "6"),
        ("4", "F01", "9"),
        ("2 (respondent A)", "sex", "x"),
        ("2 (respondent A)", "age", "17"),
        ("3 (respondent A)", "age", "abc"),
        ("2 (respondent A)", "levers", "other"),
        ("2 (respondent A)", "order", "a twice"),
    }


def test_inspection_returns_what_reading_raises(tmp_path, questionnaire):
    path = saved(tmp_path, LINE.replace("A;1", "A;7"))
    responses, found, _ = inspect_responses(path, questionnaire)
    assert responses is None
    assert found == problems(path, questionnaire)
    responses, found, notices = inspect_responses(saved(tmp_path, LINE), questionnaire)
    assert responses is not None
    assert (found, notices) == ((), responses.notices)
    responses, found, _ = inspect_responses(tmp_path / "nothing.csv", questionnaire)
    assert responses is None
    assert "no such file" in found[0].value


def test_one_wrong_answer_on_many_rows_makes_one_problem(tmp_path, questionnaire):
    lines = [f"P{number};9;2;3;f;50;;;" for number in range(300)]
    (problem,) = problems(saved(tmp_path, *lines), questionnaire)
    assert problem.row == "2, 3, 4, 5, 6 and 295 more"
    assert problem.count == 300


def test_a_column_that_is_wrong_throughout_is_cut_short(tmp_path, questionnaire):
    lines = [f"P{number};1{number};2;3;f;50;;;" for number in range(300)]
    (problem,) = problems(saved(tmp_path, *lines), questionnaire)
    assert problem.value.startswith("'10' (1), '11' (1), ")
    assert problem.value.endswith(" and 295 more")
    assert problem.count == 300


def test_a_file_of_something_else_makes_one_problem(tmp_path, questionnaire):
    (problem,) = problems(saved(tmp_path, "1;2", header="alpha;beta"), questionnaire)
    assert "alpha, beta" in problem.value
    assert "'E01'" in problem.expected


def test_respondents_without_identifier_are_numbered_and_told(tmp_path, questionnaire):
    path = saved(tmp_path, LINE[2:], LINE[2:], header=HEADER.removeprefix("respondent;"))
    responses = read_responses(path, questionnaire)
    assert responses.items.index.tolist() == ["R1", "R2"]
    assert any("R1, R2" in notice for notice in responses.notices)


@pytest.mark.parametrize(
    ("text", "number"),
    [("41,5", 41.5), ("41.5", 41.5), ("42 ans", 42), ("42", 42), ("42.0", 42), (" 18 ", 18)],
)
def test_numbers_take_commas_and_units(tmp_path, questionnaire, text, number):
    assert answers(tmp_path, questionnaire, "age", [text, "NA"]) == [number, pd.NA]


@pytest.mark.parametrize("text", ["4_2", "1e3", "inf", "17", "100", "1,2,3", "forty", "42 kg"])
def test_other_numbers_are_refused(tmp_path, questionnaire, text):
    (problem,) = problems(saved(tmp_path, f"A;1;2;3;f;{text};;;"), questionnaire)
    assert problem.expected == "a number from 18 to 99"


@pytest.mark.parametrize(
    ("text", "ticks"),
    [
        ("time", [True, False]),
        ("Du temps, de l'argent", [True, False]),
        ("Du temps, de l'argent, Une équipe", [True, True]),
        ("A team;Time, money", [True, True]),
        ("Une équipe|time", [True, True]),
        ("Une équipe;", [False, True]),
        ("", [pd.NA, pd.NA]),
    ],
)
def test_choices_listed_in_one_cell_may_hold_commas(tmp_path, questionnaire, text, ticks):
    read = answers(tmp_path, questionnaire, "levers", [text])
    assert read[["levers:time", "levers:team"]].iloc[0].tolist() == ticks


@pytest.mark.parametrize(
    ("texts", "ticks"),
    [
        (("1", "0"), [True, False]),
        (("oui", "non"), [True, False]),
        (("x", ""), [True, False]),
        (("", "Une équipe"), [False, True]),
        (("0", ""), [False, False]),
        (("", ""), [pd.NA, pd.NA]),
    ],
)
def test_choices_may_have_a_column_each(tmp_path, questionnaire, texts, ticks):
    header = HEADER.replace("levers", "levers[time];Quels leviers ? [Une équipe]")
    path = saved(tmp_path, f"A;1;2;3;f;50;{texts[0]};{texts[1]};;", header=header)
    responses = read_responses(path, questionnaire)
    assert responses.respondent[["levers:time", "levers:team"]].iloc[0].tolist() == ticks


@pytest.mark.parametrize("text", ["Prévention > Soins", "b, a", "Prevention; Care"])
def test_an_order_is_read_from_a_list(tmp_path, questionnaire, text):
    read = answers(tmp_path, questionnaire, "order", [text])
    assert read[["order:a", "order:b", "order:c"]].iloc[0].tolist() == [2, 1, pd.NA]


def test_ranks_may_have_a_column_each(tmp_path, questionnaire):
    header = HEADER.replace("order", "order:a;order:b;order:c")
    lines = ["A;1;2;3;f;50;;2;1;;", "B;1;2;3;f;50;;1;1;2;", "C;1;2;3;f;50;;4;1.5;;"]
    responses = read_responses(saved(tmp_path, lines[0], header=header), questionnaire)
    columns = ["order:a", "order:b", "order:c"]
    assert responses.respondent[columns].iloc[0].tolist() == [2, 1, pd.NA]
    found = problems(saved(tmp_path, *lines, header=header), questionnaire)
    assert [(problem.row, problem.column) for problem in found] == [
        ("4 (respondent C)", "order:a"),
        ("4 (respondent C)", "order:b"),
        ("3 (respondent B)", "order"),
    ]


def test_more_words_for_no_answer_may_be_declared(tmp_path, questionnaire):
    path = saved(tmp_path, "A;Ne sait pas;2;3;f;ne sait pas;;;")
    (problem,) = problems(path, questionnaire)
    assert (problem.column, problem.count) == ("E01, age", 2)
    assert problem.advice.endswith('no_answer: ["Ne sait pas", "ne sait pas"]')
    responses = read_responses(path, questionnaire, no_answer=["NE SAIT PAS"])
    assert responses.items.loc["A", "E01"] is pd.NA
    assert responses.respondent.loc["A", "age"] is pd.NA


def test_absent_questions_have_no_column(tmp_path, questionnaire):
    path = saved(tmp_path, "A;1;2", "B;2;3", header="id;E01;E02")
    asked = [question.id for question in questionnaire.respondent]
    responses = read_responses(path, questionnaire, absent=["fears", *asked])
    assert responses.items.columns.tolist() == ["E01", "E02"]
    assert responses.respondent.shape == (2, 0)


def sample(seed: int = 1, n: int = 60) -> pd.DataFrame:
    """Return a table of codes with gaps, as a file would hold it."""
    rng = np.random.default_rng(seed)

    def drawn(choices: list[str]) -> np.ndarray:
        return rng.choice([*choices, ""], n)

    return pd.DataFrame(
        {
            "respondent": [f"P{number}" for number in range(n)],
            "E01": drawn(list("12345")),
            "E02": drawn(list("12345")),
            "F01": drawn(list("12345")),
            "sex": drawn(["f", "m", "none"]),
            "age": drawn(["18", "41.5", "99"]),
            "levers": drawn(["time", "time;team", "team"]),
            "order": drawn(["a", "c;b", "b;a;c"]),
            "comment": drawn(["oui ; non", "rien", 'dit "bof"']),
        }
    )


def in_words(table: pd.DataFrame, questionnaire: Questionnaire, language: str) -> pd.DataFrame:
    """Return the table with every code and header as the respondents saw it."""
    words = table.copy()
    for item in questionnaire.items.values():
        scale = questionnaire.scale_of(item.id)
        labels = {str(code): scale.label(code, language) for code in scale.codes}
        words[item.id] = words[item.id].map({**labels, "": ""})
        words = words.rename(columns={item.id: item.in_(language)})
    for question in questionnaire.respondent:
        labels = {choice.code: choice.in_(language) for choice in question.choices}
        if question.type in ("single", "multiple", "rank"):
            words[question.id] = words[question.id].map(
                lambda cell, labels=labels: ";".join(labels.get(c, c) for c in cell.split(";"))
            )
        if question.type == "number" and language == "fr":
            words[question.id] = words[question.id].str.replace(".", ",")
        words = words.rename(columns={question.id: question.in_(language)})
    return words


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_words_in_any_text_file_read_as_the_codes(
    tmp_path, questionnaire, language, encoding, delimiter
):
    codes = sample()
    codes.to_csv(tmp_path / "codes.csv", index=False)
    words = in_words(codes, questionnaire, language)
    words.to_csv(tmp_path / "words.csv", index=False, sep=delimiter, encoding=encoding)
    assert_same(
        read_responses(tmp_path / "codes.csv", questionnaire),
        read_responses(tmp_path / "words.csv", questionnaire),
    )


def test_a_workbook_reads_as_the_text_file(tmp_path, questionnaire):
    codes = sample()
    codes.to_csv(tmp_path / "codes.csv", index=False)
    numbers = codes.copy()
    for column in ("E01", "E02", "F01", "age"):
        numbers[column] = pd.to_numeric(numbers[column])  # empty cells, true numbers
    with pd.ExcelWriter(tmp_path / "a.xlsx", engine="openpyxl") as book:
        pd.DataFrame({"About": ["nothing"]}).to_excel(book, sheet_name="About", index=False)
        numbers.to_excel(book, sheet_name="Answers", index=False)
    responses = read_responses(tmp_path / "a.xlsx", questionnaire)
    assert_same(read_responses(tmp_path / "codes.csv", questionnaire), responses)
    assert any("not read: a.xlsx [About]" in notice for notice in responses.notices)


@pytest.mark.parametrize("extension", ["sav", "dta"])
@pytest.mark.parametrize("reverse", [False, True])
def test_statistics_files_are_read_by_their_labels(tmp_path, questionnaire, extension, reverse):
    codes = sample()
    codes.to_csv(tmp_path / "codes.csv", index=False)
    frame, labels = codes.copy(), {}
    for item in questionnaire.items:
        numbers = pd.to_numeric(codes[item])
        frame[item] = 6 - numbers if reverse else numbers
        words = questionnaire.scale_of(item).labels("fr")
        labels[item] = dict(enumerate(words[::-1] if reverse else words, start=1))
    frame["sex"] = codes["sex"].map({"f": 1.0, "m": 2.0, "none": 3.0})
    labels["sex"] = {1: "Femme", 2: "Homme", 3: "Sans réponse"}
    frame["age"] = pd.to_numeric(codes["age"])
    path = tmp_path / f"a.{extension}"
    write = pyreadstat.write_sav if extension == "sav" else pyreadstat.write_dta
    write(frame, str(path), variable_value_labels=labels)
    responses = read_responses(path, questionnaire)
    assert_same(read_responses(tmp_path / "codes.csv", questionnaire), responses)
    told = [notice for notice in responses.notices if "read by their labels" in notice]
    assert [notice.partition(":")[0] for notice in told] == (["E01, E02, F01"] if reverse else [])


def test_labels_that_renumber_only_some_answers_are_not_guessed(tmp_path, questionnaire):
    codes = sample().iloc[:3].assign(E01=[1.0, 3.0, 5.0], E02="2", F01="3")
    labels = {"E01": {1: "Tout à fait d’accord", 5: "Pas du tout d’accord"}}
    pyreadstat.write_sav(codes, str(tmp_path / "a.sav"), variable_value_labels=labels)
    (problem,) = problems(tmp_path / "a.sav", questionnaire)
    assert (problem.row, problem.column, problem.value) == ("2 (respondent P1)", "E01", "3")


def test_labels_of_the_ends_only_leave_the_codes(tmp_path, questionnaire):
    codes = sample().iloc[:3].assign(E01=[1.0, 3.0, 5.0], E02="2", F01="3")
    labels = {"E01": {1: "Pas du tout d’accord", 5: "Tout à fait d’accord", 99: "Sans réponse"}}
    pyreadstat.write_sav(codes, str(tmp_path / "a.sav"), variable_value_labels=labels)
    assert read_responses(tmp_path / "a.sav", questionnaire).items["E01"].tolist() == [1, 3, 5]


def test_ten_thousand_rows_of_sixty_columns_are_read_quickly(tmp_path):
    rng = np.random.default_rng(3)
    scale = [{"code": code, "fr": fr, "en": fr} for code, fr in enumerate([*WORDS, LAST[0]], 1)]
    items = [{"id": f"I{n}", "fr": f"Énoncé n {n}", "en": f"Item {n}"} for n in range(60)]
    block = {"id": "b", "title": {"fr": "B", "en": "B"}, "scale": "s", "direction": "neutral"}
    questionnaire = Questionnaire.model_validate(
        {
            "title": {"fr": "Grand", "en": "Large"},
            "scales": {"s": scale},
            "blocks": [{**block, "items": items}],
        }
    )
    codes = rng.integers(1, 6, (10_000, 60))
    words = np.array([*WORDS, LAST[0]], dtype=object)[codes - 1]
    path = tmp_path / "large.csv"
    pd.DataFrame(words, columns=[item["fr"] for item in items]).to_csv(path, index=False, sep=";")
    start = time.process_time()
    responses = read_responses(path, questionnaire)
    elapsed = time.process_time() - start
    assert (responses.items.to_numpy(dtype=int) == codes).all()
    assert elapsed < 4  # processor seconds; measured below one


def test_files_without_any_column_of_the_questionnaire_are_told_with_their_columns(
    tmp_path, questionnaire
):
    long = "x" * 50
    path = saved(tmp_path, "1;2;3;4;5", header=f"aa;bb;{long};dd;ee")
    (problem,) = inspect_responses(path, questionnaire)[1]
    assert problem == Problem(
        row="",
        column="",
        value=f"the columns aa, bb, {long[:40]}, dd, ...",
        expected=problem.expected,
        remedy=problem.remedy,
        where="answers.csv",
    )
    assert str(problem.expected) == (
        "columns named by the ids or the wordings of the questionnaire, such as 'E01' or "
        "'Soigner mieux'"
    )
    assert "its first row holds the headers" in problem.remedy
    path = saved(tmp_path, "1;2;3;4", header="aa;bb;cc;dd")
    (problem,) = inspect_responses(path, questionnaire)[1]
    assert str(problem.value) == "the columns aa, bb, cc, dd"


def test_texts_that_nobody_wrote_are_a_column_of_texts(tmp_path, questionnaire):
    responses = read_responses(saved(tmp_path, LINE.replace("fine", "")), questionnaire)
    assert responses.respondent["comment"].dtype == "string"
    assert responses.respondent["comment"].isna().tolist() == [True]


def test_a_last_answer_that_says_total_is_an_answer_where_the_first_column_asks(
    tmp_path: Path, questionnaire: Questionnaire
) -> None:
    header = "comment;E01;E02;F01;sex;age;levers;order"
    lines = ["fine;1;2;3;f;41;time;a > b", "Total;2;2;3;m;50;team;b > a"]
    read = read_responses(saved(tmp_path, *lines, header=header), questionnaire)
    assert read.respondent["comment"].tolist() == ["fine", "Total"]
    path = saved(tmp_path, *lines, header=header.replace("comment", "label"))
    found = problems(path, questionnaire, absent=["comment"])
    assert ("label", "Total") in {(each.column, each.value) for each in found}


def test_of_many_columns_for_one_thing_the_first_are_named(
    tmp_path: Path, questionnaire: Questionnaire
) -> None:
    header, line = HEADER + ";E01" * 40, LINE + ";5" * 40
    found = [each for each in problems(saved(tmp_path, line, header=header), questionnaire)
             if each.value.startswith("41 columns")]  # fmt: skip
    assert [each.value.count("'E01'") for each in found] == [5]
