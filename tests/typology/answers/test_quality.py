"""The quality report counts what is missing, alike or straight, and nobody leaves unseen."""

from __future__ import annotations

import pandas as pd
import pytest

from typology.answers.quality import active_problems, assess_quality, check_active
from typology.answers.responses import Responses
from typology.problems import InputError
from typology.questionnaire import Questionnaire

NA = pd.NA
ACTIVE = ["E1", "E2", "F1", "F2"]
ANSWERS = {
    #        E1 E2 F1 F2 X1
    "ann": [1, 2, 3, 1, 1],
    "bob": [3, 3, 3, 3, 1],  # one answer to everything
    "cyd": [2, 2, 5, 5, 2],  # straight in each block, not across them
    "dan": [NA, NA, NA, NA, 1],  # nothing to place him with
    "eve": [4, NA, NA, NA, 2],  # three of four missing
    "fay": [5, NA, 5, 5, 2],  # straight on what she answered
    "gus": [1, 2, 3, 1, 1],  # the same as ann
    "hal": [1, 2, 3, 1, 1],  # the same items, another sex
    "ivy": [NA, 1, 1, 2, 2],
    "jon": [NA, NA, NA, NA, NA],
    "kim": [NA, NA, NA, NA, NA],
}
SEX = ["f", "m", "f", "m", NA, "f", "f", "m", "f", "m", "m"]


@pytest.fixture(scope="module")
def responses() -> Responses:
    def block(name: str, direction: str, items: list[str]) -> dict[str, object]:
        return {
            "id": name,
            "title": {"fr": name, "en": name},
            "scale": "s",
            "direction": direction,
            "items": [{"id": item, "fr": item, "en": item} for item in items],
        }

    questionnaire = Questionnaire.model_validate(
        {
            "title": {"fr": "Essai", "en": "Trial"},
            "scales": {"s": [{"code": c, "fr": f"p{c}", "en": f"p{c}"} for c in range(1, 6)]},
            "blocks": [
                block("hopes", "favourable", ["E1", "E2"]),
                block("fears", "unfavourable", ["F1", "F2"]),
                block("feelings", "neutral", ["X1"]),
            ],
        }
    )
    index = pd.Index(list(ANSWERS), name="respondent", dtype="object")
    items = pd.DataFrame(
        list(ANSWERS.values()), index=index, columns=[*ACTIVE, "X1"], dtype="Int64"
    )
    respondent = pd.DataFrame({"sex": pd.array(SEX, dtype="string")}, index=index)
    return Responses(questionnaire, items, respondent)


def flow(responses: Responses, **rules: object) -> list[tuple[str, int, int]]:
    quality = assess_quality(responses, active_items=ACTIVE, **rules)
    return list(quality.flow.itertuples(index=False, name=None))


def test_missing_answers_are_counted_by_item_and_respondent(responses):
    quality = assess_quality(responses, active_items=ACTIVE)
    by_item = quality.missing_by_item.set_index("item")
    assert by_item.loc["E2"].tolist() == ["hopes", 5, pytest.approx(100 * 5 / 11)]
    assert by_item.loc["X1"].tolist() == ["feelings", 2, pytest.approx(100 * 2 / 11)]
    by_respondent = quality.missing_by_respondent.set_index("respondent")
    assert by_respondent["missing"].tolist() == [0, 0, 0, 4, 3, 1, 0, 0, 1, 4, 4]
    assert by_respondent.loc["eve", "share"] == 75


def test_straight_lining_is_judged_on_the_active_blocks_together(responses):
    straight = assess_quality(responses, active_items=ACTIVE).straight_lining
    straight = straight.set_index("respondent")
    assert set(straight["blocks"]) == {"hopes + fears"}
    assert straight.index[straight["straight_liner"]].tolist() == ["bob", "fay"]
    columns = ["items", "answer", "share", "longest_run"]
    assert straight.loc["bob", columns].tolist() == [4, 3, 100, 4]
    assert straight.loc["cyd", columns].tolist() == [4, 2, 50, 2]
    assert straight.loc["fay", columns].tolist() == [3, 5, 100, 2]
    assert straight.loc["ann", columns].tolist() == [4, 1, 50, 1]
    assert straight.loc["dan", ["items", "longest_run"]].tolist() == [0, 0]
    assert straight.loc["dan", ["answer", "share"]].isna().all()


def test_duplicates_share_items_and_characteristics(responses):
    duplicates = assess_quality(responses, active_items=ACTIVE).duplicates
    assert list(duplicates.itertuples(index=False, name=None)) == [
        ("ann", 1, True),
        ("gus", 1, False),
    ]


def test_duplicates_may_have_the_same_gaps(responses):
    twins = ["eve", "ivy", "fay"]
    items = pd.concat([responses.items.loc[twins], responses.items.loc[twins[::-1]]])
    respondent = pd.concat([responses.respondent.loc[twins], responses.respondent.loc[twins[::-1]]])
    index = pd.Index([f"P{n}" for n in range(6)], name="respondent")
    doubled = Responses(responses.questionnaire, items.set_axis(index), respondent.set_axis(index))
    duplicates = assess_quality(doubled, active_items=ACTIVE).duplicates
    assert duplicates["group"].tolist() == [1, 2, 3, 3, 2, 1]
    assert duplicates["first"].tolist() == [True] * 3 + [False] * 3


def test_only_those_who_answered_nothing_leave_by_default(responses):
    assert flow(responses) == [
        ("read", 0, 11),
        ("no answer", 3, 8),
        ("too many missing", 0, 8),
        ("analysed", 0, 8),
    ]


def test_every_rule_declared_is_a_step_of_the_flow(responses):
    rules = {
        "max_missing_share": 50,
        "exclude_straight_liners": True,
        "exclude_duplicates": True,
        "complete_cases": True,
    }
    assert flow(responses, **rules) == [
        ("read", 0, 11),
        ("no answer", 3, 8),
        ("too many missing", 1, 7),
        ("straight-liners", 2, 5),
        ("duplicates", 1, 4),
        ("incomplete", 1, 3),
        ("analysed", 0, 3),
    ]
    kept = assess_quality(responses, active_items=ACTIVE, **rules).kept
    assert kept.tolist() == ["ann", "cyd", "hal"]


def test_the_share_of_missing_answers_allowed_is_inclusive(responses):
    assert flow(responses, max_missing_share=75)[2] == ("too many missing", 0, 8)
    assert flow(responses, max_missing_share=74.9)[2] == ("too many missing", 1, 7)
    assert flow(responses, max_missing_share=0)[2] == ("too many missing", 3, 5)


def test_assessing_changes_nothing(responses):
    before = responses.items.copy()
    assess_quality(responses, active_items=ACTIVE, complete_cases=True)
    pd.testing.assert_frame_equal(responses.items, before)


@pytest.mark.parametrize("n", [1, 2, 3])
def test_very_few_respondents_can_be_assessed(responses, n):
    few = Responses(
        responses.questionnaire, responses.items.iloc[:n], responses.respondent.iloc[:n]
    )
    quality = assess_quality(few, active_items=ACTIVE)
    assert len(quality.kept) == n


def test_responses_without_questions_on_the_respondent_are_assessed(responses):
    bare = Responses(responses.questionnaire, responses.items, responses.respondent[[]])
    duplicates = assess_quality(bare, active_items=ACTIVE).duplicates
    assert duplicates["respondent"].tolist() == ["ann", "gus", "hal"]


@pytest.mark.parametrize(
    ("rules", "words"),
    [
        ({"active_items": []}, "active_items is empty"),
        ({"active_items": ["E1", "E9"]}, "E9"),
        ({"active_items": ACTIVE, "max_missing_share": 101}, "0 to 100"),
        ({"active_items": ACTIVE, "max_missing_share": float("nan")}, "0 to 100"),
    ],
)
def test_rules_that_make_no_sense_are_refused(responses, rules, words):
    with pytest.raises(ValueError, match=words):
        assess_quality(responses, **rules)


def test_items_that_cannot_make_axes_are_all_named():
    items = pd.DataFrame(
        {"good": [1, 2, 2], "empty": [NA, NA, NA], "same": [4, NA, 4]}, dtype="Int64"
    )
    found = {problem.column: problem.value for problem in active_problems(items)}
    assert found == {
        "empty": "no answer from anybody",
        "same": "the answer 4 from all who answered",
    }
    with pytest.raises(InputError) as caught:
        check_active(items)
    assert len(caught.value.problems) == 2
    check_active(items[["good"]])


@pytest.mark.parametrize("n", [0, 1])
def test_one_respondent_makes_one_problem_not_one_an_item(n):
    items = pd.DataFrame({"a": [1], "b": [2]}, dtype="Int64").iloc[:n]
    (problem,) = active_problems(items)
    assert problem.value == f"{n} respondent(s) left to analyse"
