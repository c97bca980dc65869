"""Who is in both files: identifiers as people and Excel write them, and when to ask."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from typology.answers.responses import Responses
from typology.problems import InputError
from typology.questionnaire import Questionnaire
from typology.tools.compare.design import analysed_pairs, find_design
from typology.tools.compare.respondent_matching import (
    Matched,
    match_alike,
    match_respondents,
    normalised,
    repeated_identifiers,
)

SCALE = [{"code": code, "en": f"point {code}"} for code in (1, 2, 3)]
QUESTIONNAIRE = Questionnaire.model_validate(
    {
        "title": {"en": "Heat"},
        "languages": ["en"],
        "scales": {"agreement": SCALE},
        "blocks": [
            {"id": "hopes", "title": {"en": "Hopes"}, "scale": "agreement",
             "direction": "favourable", "items": [{"id": "H1", "en": "It is hot"}]}
        ],
        "respondent": [
            {"id": "sex", "type": "single", "en": "Sex",
             "choices": [{"code": "f", "en": "F"}, {"code": "m", "en": "M"}]},
            {"id": "age", "type": "number", "en": "Age"},
            {"id": "mood", "type": "single", "en": "Mood",
             "choices": [{"code": "a", "en": "A"}, {"code": "b", "en": "B"}]},
        ],
    },
    context={"languages": ["en"]},
)  # fmt: skip


def people(n: int, *, seed: int = 1) -> pd.DataFrame:
    rng = np.random.default_rng(seed)
    return pd.DataFrame(
        {
            "sex": rng.choice(["f", "m"], n),
            "age": rng.integers(25, 70, n).astype(float),
            "mood": rng.choice(["a", "b"], n),
        }
    )


def wave(
    identifiers: list[str], table: pd.DataFrame | None = None, *, source: str = "wave.csv"
) -> Responses:
    index = pd.Index(identifiers, name="respondent")
    asked = pd.DataFrame(index=index) if table is None else table.set_axis(index)
    items = pd.DataFrame({"H1": pd.array([2] * len(index), dtype="Int64")}, index=index)
    return Responses(QUESTIONNAIRE, items, asked, source=source)


def asked(first: Responses, second: Responses) -> str:
    """Return what the problem says, after trying both orders of the files."""
    told = []
    for files in ((first, second), (second, first)):
        with pytest.raises(InputError) as caught:
            find_design(*files, panel=False, independent=False)
        told.append(str(caught.value))
    return told[0]


def is_panel(first: Responses, second: Responses) -> bool:
    designs = [
        find_design(*files, panel=False, independent=False)
        for files in ((first, second), (second, first))
    ]
    assert designs[0].panel == designs[1].panel
    return designs[0].panel


@pytest.mark.parametrize(
    ("one", "other"),
    [("001", "1"), ("1", "1.0"), ("007", "7,0"), (" R7 ", "r7"), ("A\u00a0b", "a  B"),
     ("'012", "12"), ("1 024", "1024"), ("1\u202f024", "1024"), ("０１", "1"), ("000", "0")],
)  # fmt: skip
def test_identifiers_that_differ_by_how_they_are_written_are_one(one: str, other: str) -> None:
    assert normalised(one) == normalised(other)


@pytest.mark.parametrize(
    ("one", "other"), [("1", "10"), ("R1", "R01"), ("1.5", "1"), ("José", "Jose"), ("a b", "ab")]
)
def test_other_identifiers_stay_apart(one: str, other: str) -> None:
    assert normalised(one) != normalised(other)


def test_the_longest_number_is_an_identifier() -> None:
    assert normalised("0" + "9" * 5000) == "9" * 5000


def test_zeros_that_excel_drops_do_not_part_a_panel() -> None:
    table = people(60)
    first = wave([f"{at:03d}" for at in range(1, 61)], table)
    second = wave([str(at) for at in range(60, 0, -1)], table.iloc[::-1])
    assert is_panel(first, second)
    matched = match_respondents(first, second)
    assert (matched.pairs["first"].astype(int) == matched.pairs["second"].astype(int)).all()
    assert len(matched.rewritten) == 60
    assert (matched.agreement["same"] == 100).all()


def test_one_identifier_in_common_is_never_a_panel() -> None:
    first = wave([f"{at:03d}" for at in range(1, 121)])
    second = wave([str(at) for at in range(120, 240)])
    told = asked(first, second)
    assert "identifiers in common: 1, of 120 and 120; they are few" in told
    assert "--independent" in told
    with pytest.raises(InputError, match="a panel of at least 2 respondents"):
        find_design(first, second, panel=True, independent=False)
    assert not find_design(first, second, panel=False, independent=True).panel


def test_few_in_common_are_asked_about_even_when_they_agree() -> None:
    table = people(100)
    first = wave([f"P{at}" for at in range(100)], table)
    second = wave([f"P{at}" for at in range(60, 160)], table.iloc[[*range(60, 100), *range(60)]])
    assert "they are few" in asked(first, second)
    assert find_design(first, second, panel=True, independent=False).panel


def test_half_of_the_smaller_file_is_enough() -> None:
    table = people(80)
    first = wave([f"P{at}" for at in range(80)], table)
    second = wave([f"P{at}" for at in range(60, 100)], people(40).assign(
        sex=[*table["sex"].iloc[60:], *table["sex"].iloc[:20]],
        age=[*table["age"].iloc[60:], *table["age"].iloc[:20]],
        mood=[*table["mood"].iloc[60:], *table["mood"].iloc[:20]],
    ))  # fmt: skip
    assert is_panel(first, second)


def test_row_numbers_of_two_exports_are_asked_about() -> None:
    numbers = [str(at) for at in range(1, 61)]
    assert "row numbers" in asked(wave(numbers), wave(numbers))
    told = asked(wave(numbers, people(60)), wave(numbers, people(60, seed=2)))
    assert "row numbers" in told
    assert "--panel" in told
    shorter = wave([str(at) for at in range(1, 41)], people(40, seed=3))
    assert "row numbers" in asked(wave(numbers, people(60)), shorter)


def test_identifiers_without_characteristics_are_a_panel_when_they_are_no_row_numbers() -> None:
    names = [f"P{7 * at}" for at in range(30)]
    assert is_panel(wave(names), wave(names[:25]))


@pytest.mark.parametrize("question", ["sex", "age"])
def test_sex_or_age_that_disagree_are_asked_about(question: str) -> None:
    names, table = [f"P{7 * at}" for at in range(60)], people(60)
    other = table.copy()
    other[question] = people(60, seed=9)[question]
    assert f"gave the same answer to '{question}'" in asked(wave(names, table), wave(names, other))


def test_two_years_more_and_other_moods_are_the_same_people() -> None:
    names, table = [f"P{7 * at}" for at in range(60)], people(60)
    later = table.assign(age=table["age"] + 2)
    moody = np.random.default_rng(3).random(60) < 0.3
    later.loc[moody, "mood"] = later.loc[moody, "mood"].map({"a": "b", "b": "a"})
    assert is_panel(wave(names, table), wave(names, later))


def test_nobody_in_common_are_other_people() -> None:
    assert not is_panel(wave(["P1", "P2", "P3"]), wave(["Q1", "Q2", "Q3"]))


def test_identifiers_that_look_alike_are_asked_about() -> None:
    told = asked(wave([f"R{at:03d}" for at in range(20)]), wave([f"R-{at}" for at in range(20)]))
    assert "'R000' and 'R-0'" in told
    assert "write identifiers alike" in told


@pytest.mark.parametrize(
    ("first", "second"),
    [("{:03}", "R{:03}"), ("{}", "R-{:04}"), ("W1-{:03}", "{}")],
)
def test_the_same_numbers_after_another_prefix_are_asked_about(first: str, second: str) -> None:
    waves = [wave([form.format(at) for at in range(20, 50)]) for form in (first, second)]
    told = asked(*waves)
    assert f"'{first.format(20)}' and '{second.format(20)}'" in told
    assert "--panel" in told
    assert "--independent" in told
    panel = find_design(*waves, panel=True, independent=False)
    assert analysed_pairs(
        panel, waves[0].items.index, waves[1].items.index
    ).to_numpy().tolist() == [[first.format(at), second.format(at)] for at in range(20, 50)]
    assert not find_design(*waves, panel=False, independent=True).panel


def test_other_numbers_after_another_prefix_are_other_people() -> None:
    first, second = (range(20, 40), range(60, 80))
    assert not is_panel(wave([f"A{at}" for at in first]), wave([f"B{at}" for at in second]))


def test_two_respondents_with_one_identifier_are_a_problem_that_names_both() -> None:
    double = wave(["1", "01", "2"], source="double.csv")
    with pytest.raises(InputError, match=r"double\.csv: found '1, 01'.*--independent"):
        find_design(double, wave(["1", "2"]), panel=False, independent=False)
    assert not find_design(double, wave(["1", "2"]), panel=False, independent=True).panel


def test_both_options_or_a_panel_without_identifiers_are_refused() -> None:
    first = wave(["P1", "P2"])
    with pytest.raises(InputError, match="both at once"):
        find_design(first, first, panel=True, independent=True)
    numbered = Responses(QUESTIONNAIRE, first.items, first.respondent, identified=False)
    with pytest.raises(InputError, match="a column that identifies"):
        find_design(first, numbered, panel=True, independent=False)
    assert not find_design(first, numbered, panel=False, independent=False).panel


def test_a_panel_of_which_one_is_analysed_is_refused() -> None:
    design = find_design(wave(["P1", "P2"]), wave(["P1", "P2"]), panel=True, independent=False)
    both, one = pd.Index(["P1", "P2"]), pd.Index(["P2"])
    pairs = analysed_pairs(design, both, both)
    assert pairs is not None
    assert pairs["second"].tolist() == ["P1", "P2"]
    with pytest.raises(InputError, match="at least 2"):
        analysed_pairs(design, both, one)


def test_what_the_same_people_answered_alike_is_measured_beyond_chance() -> None:
    names = [f"P{number}" for number in range(6)]
    before = pd.DataFrame(
        {"sex": ["f", "f", "f", "m", "m", pd.NA], "age": [20.0, 30, 40, 50, 60, 70],
         "mood": ["a"] * 6}, index=names,
    )  # fmt: skip
    after = before.assign(sex=["f", "f", "m", "m", "m", "m"], age=[22.0, 32, 42, 52, 62, np.nan])

    def responses(table: pd.DataFrame) -> Responses:
        items = pd.DataFrame({"H1": pd.array([1] * 6, dtype="Int64")}, index=names)
        respondent = table.astype({"sex": "string", "mood": "string", "age": "Float64"})
        return Responses(QUESTIONNAIRE, items, respondent, "a.csv")

    table = match_respondents(responses(before), responses(after)).agreement.set_index("question")
    # sex: 4 of 5 alike; by chance 3/5 * 2/5 + 2/5 * 3/5 = 12/25; kappa (20/25 - 12/25) / (13/25)
    assert table["n"].to_dict() == {"sex": 5, "age": 5}  # moods that do not vary say nothing
    assert table["same"].to_dict() == {"sex": pytest.approx(80), "age": 0}
    assert table["beyond_chance"].to_dict() == pytest.approx({"sex": 8 / 13, "age": 1})
    assert table["lasting"].to_dict() == {"sex": True, "age": True}


COLUMNS = ["question", "n", "same", "beyond_chance", "lasting"]


def doubts(
    *answered: tuple[str, float, float, bool], pairs: int = 10, smaller: int = 10,
    row_numbers: bool = False,
) -> list[str]:  # fmt: skip
    """Return the doubts about people whose characteristics agree as they are said to."""
    agreement = pd.DataFrame(
        [(question, 10, same, kappa, lasting) for question, same, kappa, lasting in answered],
        columns=COLUMNS,
    )
    names = [f"P{at}" for at in range(pairs)]
    table = pd.DataFrame({"first": names, "second": names})
    nobody = table.head(0)
    found = Matched(table, nobody, agreement, row_numbers, nobody, smaller)
    return [str(doubt) for doubt in found.doubts]


def disagree(share: int, question: str) -> str:
    return f"of the matched respondents, {share}% gave the same answer to '{question}'"


ROW_NUMBERS = "identifiers run from 1 in both files, as row numbers do"


def test_people_whose_answers_agree_are_not_doubted() -> None:
    assert doubts() == []
    # Age or sex of 3 in 4, another characteristic of 1 in 5, half on the whole: just enough.
    assert doubts(("sex", 90, 0.75, True)) == []
    assert doubts(("sex", 90, 0.8, True), ("mood", 60, 0.2, False)) == []
    assert doubts(("work", 70, 0.5, False)) == []
    assert doubts(("work", 60, 0.75, False), ("mood", 60, 0.25, False)) == []


def test_answers_that_the_same_people_would_have_given_again_are_told() -> None:
    assert doubts(("sex", 86.6, 0.74, True)) == [disagree(87, "sex")]
    assert doubts(("sex", 95, 0.9, True), ("mood", 54.4, 0.19, False)) == [disagree(54, "mood")]
    # Under a half on the whole, what changes easily is doubted below a half as well.
    assert doubts(("work", 70, 0.49, False)) == [disagree(70, "work")]
    assert doubts(("work", 70, 0.6, False), ("mood", 60, 0.3, False)) == [disagree(60, "mood")]
    # What lasts is told first, then what agrees least.
    worst = [("mood", 20, 0.0, False), ("sex", 70, 0.5, True), ("age", 60, 0.4, True)]
    assert doubts(*worst) == [disagree(60, "age")]


def test_few_are_fewer_than_half_of_the_smaller_file_or_than_two() -> None:
    assert doubts(pairs=5, smaller=10) == []
    assert doubts(pairs=5, smaller=11) == ["they are few"]
    assert doubts(pairs=1, smaller=1) == ["they are few"]
    assert doubts(pairs=2, smaller=2) == []
    assert doubts(pairs=0) == []


def test_row_numbers_are_told_where_nothing_else_agrees() -> None:
    assert doubts(row_numbers=True) == [ROW_NUMBERS]
    assert doubts(("sex", 95, 0.9, True), row_numbers=True) == []
    told = [disagree(50, "sex"), ROW_NUMBERS]
    assert doubts(("sex", 50, 0.1, True), row_numbers=True) == told
    assert doubts(("sex", 50, 0.1, True)) == told[:1]


@pytest.mark.parametrize(
    ("identifiers", "numbers"),
    [
        (["1", "2", "3"], True),
        (["0", "1", "2"], True),
        (["003", "1", "2.0"], True),
        (["2", "3", "4"], False),
        (["1", "2", "x"], False),
        # 9 of the numbers up to 10 are there, and 9 of those up to 11 are not enough.
        ([*map(str, range(1, 9)), "10"], True),
        ([*map(str, range(1, 9)), "11"], False),
        (["1", "1" + "0" * 9], False),
    ],
)
def test_row_numbers_run_from_one_almost_without_gaps(
    identifiers: list[str], numbers: bool
) -> None:
    one = wave(identifiers)
    assert match_respondents(one, one).row_numbers is numbers
    # Both files have to be so.
    assert not match_respondents(one, wave([*identifiers, "P"])).row_numbers


def test_all_who_share_an_identifier_are_a_problem_that_names_them() -> None:
    problems = repeated_identifiers(wave(["7", "a b", "07", "x", "A  B", "7.0"], source="w.csv"))
    assert [problem.value for problem in problems] == ["7, 07, 7.0", "a b, A  B"]
    for problem in problems:
        assert (problem.row, problem.column, problem.where) == ("", "", "w.csv")
        assert problem.expected.startswith("one identifier a respondent")
        assert "--independent" in problem.remedy
    assert repeated_identifiers(wave(["1", "2"])) == []


def test_a_panel_of_identifiers_that_look_alike_takes_whichever_matches_more() -> None:
    first = wave(["P4", "A-1", "A-2", "A-3"])
    second = wave(["A1", "A2", "A3", "P4"])
    matched = match_respondents(first, second)
    assert matched.pairs.to_numpy().tolist() == [["P4", "P4"]]
    # Those that are not written alike come first: they are the example.
    assert matched.alike.to_numpy().tolist() == [
        ["A-1", "A1"], ["A-2", "A2"], ["A-3", "A3"], ["P4", "P4"],
    ]  # fmt: skip
    alike = match_alike(first, second, matched)
    assert alike.pairs.equals(matched.alike)
    assert alike.rewritten["first"].tolist() == ["A-1", "A-2", "A-3"]
    assert len(alike.alike) == 0
    assert alike.smaller == 4
    # Where no more look alike than are the same, the same they are.
    plain = match_respondents(first, first)
    assert len(plain.alike) == 0
    assert match_alike(first, first, plain) is plain


def test_a_few_that_look_alike_are_nobody() -> None:
    first = wave(["A-1", "B-2", "C-3", "D-4", "E-5"])
    assert len(match_respondents(first, wave(["A1", "B2", "X", "Y", "Z"])).alike) == 0
    assert len(match_respondents(first, wave(["A1", "B2", "C3", "Y", "Z"])).alike) == 3
    # Exactly half of the smaller file is enough.
    assert len(match_respondents(first, wave(["A1", "B2", "Y", "Z"])).alike) == 2
    # By the last number alone, two at least, and one of the files has numbers only.
    assert len(match_respondents(wave(["1", "x"]), wave(["R1", "y"])).alike) == 0
    assert len(match_respondents(wave(["1"]), wave(["R1"])).alike) == 0
    assert len(match_respondents(wave(["1", "2", "0"]), wave(["R1", "R02", "R00"])).alike) == 3
    assert len(match_respondents(wave(["Q1", "Q2"]), wave(["R1", "R2"])).alike) == 0


def test_zeros_and_signs_of_identifiers_that_look_alike_do_not_count() -> None:
    first = wave(["é-001/b", "X 000"])
    found = match_respondents(first, wave(["E1B", "x0"])).alike
    assert found.to_numpy().tolist() == [["é-001/b", "E1B"], ["X 000", "x0"]]
    # Where letters and figures part is where they part: R11 is not R1 1.
    assert len(match_respondents(wave(["R1-1", "R2-1"]), wave(["R11", "R21"])).alike) == 0


def measured(question: str, before: list[object], after: list[object]) -> pd.DataFrame:
    """Return the agreement of two waves of the same people on one question."""
    names = [f"P{number}" for number in range(len(before))]
    kind = "Float64" if question == "age" else "string"
    waves = [
        wave(names, pd.DataFrame({question: pd.array(answers, dtype=kind)}))
        for answers in (before, after)
    ]
    return match_respondents(*waves).agreement


def test_five_are_compared_and_no_fewer() -> None:
    assert measured("sex", list("ffmmf"), list("ffmmm"))["n"].tolist() == [5]
    assert list(measured("sex", list("ffmm"), list("ffmm")).columns) == COLUMNS
    assert len(measured("sex", list("ffmm"), list("ffmm"))) == 0
    assert len(measured("sex", [*"ffmmf"], [*"ffmm", None])) == 0
    assert len(measured("sex", [None] * 6, [None] * 6)) == 0


def test_answers_that_agree_by_chance_say_nothing() -> None:
    # 39 f and 1 m twice: .975^2 + .025^2 = .951 by chance; 38 and 2 twice: .905.
    assert len(measured("sex", ["m"] + ["f"] * 39, ["f"] * 39 + ["m"])) == 0
    table = measured("sex", ["m"] * 2 + ["f"] * 38, ["f"] * 38 + ["m"] * 2)
    assert table["beyond_chance"].tolist() == pytest.approx([(0.9 - 0.905) / 0.095])
    # An answer of one wave only counts in what chance gives: .8 * .4 + .2 * 0 + 0 * .6 = .32.
    table = measured("mood", list("aaaab"), list("aaccc"))
    assert table["beyond_chance"].tolist() == pytest.approx([(0.4 - 0.32) / 0.68])
    assert table["lasting"].tolist() == [False]


def test_a_number_agrees_by_its_correlation() -> None:
    table = measured("age", [1.0, 2, 3, 4, 5], [2.0, 2, 3, 4, 4])
    assert table["beyond_chance"].tolist() == pytest.approx([6 / np.sqrt(10 * 4)])
    assert table["same"].tolist() == pytest.approx([60])
    assert len(measured("age", [1.0, 2, 3, 4, 5], [7.0] * 5)) == 0
    assert len(measured("age", [7.0] * 5, [1.0, 2, 3, 4, 5])) == 0


def test_questions_of_one_wave_or_of_several_choices_are_not_compared() -> None:
    names = [f"P{number}" for number in range(6)]
    both = people(6).astype({"sex": "string", "mood": "string", "age": "Float64"})
    both["sex"] = pd.array(list("fmfmfm"), dtype="string")
    first, second = wave(names, both[["sex", "age"]]), wave(names, both[["age", "sex", "mood"]])
    assert match_respondents(first, second).agreement["question"].tolist() == ["sex", "age"]
    assert match_respondents(second, first).agreement["question"].tolist() == ["sex", "age"]
