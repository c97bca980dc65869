"""Who is in both files: identifiers as people and Excel write them, and when to ask."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from typology.answers.responses import Responses
from typology.problems import InputError
from typology.questionnaire import Questionnaire
from typology.tools.compare.design import analysed_pairs, find_design
from typology.tools.compare.respondent_matching import match_respondents, normalised

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
