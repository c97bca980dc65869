"""Who is left out, and what is said where that is not possible or leaves too few."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pandas as pd
import pytest

from typology.answers.left_out import (
    collection_problems,
    collection_rules,
    exclusion_line,
    identical,
    identical_notices,
    left_out_problems,
    named_problems,
)
from typology.answers.platforms.collected import Collected
from typology.problems.problem import InputError, Problem
from typology.study.sections import Consent, Exclusions
from typology.words.phrases import phrase

TOLD = Collected(
    tests=pd.Series([True, False, False, False]),
    finished=pd.Series([True, False, True, True]),
    minutes=pd.Series([4.9, 5.0, None, 60.0]),
    languages=pd.Series(["fr", "en", "", "de"]),
    consents=pd.Series(["Oui", "OUI ", "", "non"]),
)
STRICT = Exclusions(
    partial="leave out",
    fastest=5,
    languages=(" FR", "En"),
    consent=Consent(column="agreed", given=("oui",)),
)


def study_with(exclusions: Exclusions, *, frequencies: bool = False) -> Any:
    return SimpleNamespace(
        path=Path("somewhere/study.yml"),
        choices=SimpleNamespace(exclusions=exclusions, frequencies=frequencies),
        active_items=lambda _: [f"i{number}" for number in range(10)],
    )


def responses_of(
    names: list[str], *, items: pd.DataFrame | None = None, told: Collected | None = None
) -> Any:
    answers = pd.DataFrame({"i0": range(len(names))}, index=names) if items is None else items
    return SimpleNamespace(
        items=answers, row_names=None, source="answers.csv", questionnaire=None,
        collected=Collected() if told is None else told,
        named=answers.index.isin,
    )  # fmt: skip


def test_each_rule_leaves_out_those_that_its_column_tells() -> None:
    rules = {name: out.tolist() for name, out in collection_rules(STRICT, TOLD)}
    assert rules == {
        "tests": [True, False, False, False],
        "refused": [False, False, True, True],
        "partial": [False, True, False, False],
        "too fast": [True, False, False, False],  # 5 minutes are not too fast, nor none known
        "other languages": [False, False, True, True],
    }
    assert list(rules) == ["tests", "refused", "partial", "too fast", "other languages"]


def test_what_is_not_asked_for_or_not_told_leaves_nobody_out() -> None:
    assert [name for name, _ in collection_rules(Exclusions(), TOLD)] == ["tests"]
    assert collection_rules(Exclusions(tests="keep"), TOLD) == []
    assert collection_rules(STRICT, Collected()) == []
    assert collection_rules(STRICT, Collected(tests=pd.Series([False, False]))) == []


@pytest.mark.parametrize(
    ("key", "exclusions", "expected"),
    [
        ("partial", Exclusions(partial="leave out"), "says who finished"),
        ("fastest", Exclusions(fastest=2), "says how long each took"),
        ("languages", Exclusions(languages=("fr",)), "says the language of each"),
    ],
)
def test_what_no_column_tells_is_asked_for(key: str, exclusions: Exclusions, expected: str) -> None:
    study = study_with(exclusions)
    assert [str(each) for each in collection_problems(study, responses_of(["a"]))] == [
        f"study.yml › exclusions › {key}: found nothing, expected a column of the platform that "
        f"{expected}. Remove this key, or export this column as well."
    ]
    assert collection_problems(study, responses_of(["a"], told=TOLD)) == []
    assert collection_problems(study_with(Exclusions()), responses_of(["a"])) == []


def test_names_that_no_respondent_has_are_told_once_with_the_nearest() -> None:
    study = study_with(Exclusions(respondents=("anna2", "zzzzzzzz", "anna2", "bert")))
    told = named_problems(study, responses_of(["anna1", "bert", "carl", "dora"]))
    place = "study.yml › exclusions › respondents"
    assert [str(each) for each in told] == [
        f"{place}: found 'anna2', expected a respondent of answers.csv. Did you mean 'anna1'?",
        f"{place}: found 'zzzzzzzz', expected a respondent of answers.csv. Write it as the file of "
        "answers does (anna1, bert, carl and 1 more), or remove it.",
    ]


def test_names_that_the_file_gives_its_rows_are_those_to_write() -> None:
    responses = responses_of(["1", "2"])
    responses.row_names = pd.Series(["bob", "bob"])
    (told,) = named_problems(study_with(Exclusions(respondents=("zzzz",))), responses)
    assert str(told.remedy) == "Write it as the file of answers does (bob), or remove it."


def alike(items: int) -> pd.DataFrame:
    """Three of whom the first and the last answer alike."""
    return pd.DataFrame({f"i{number}": [1, 2, 1] for number in range(items)}, index=["a", "b", "c"])


def test_alike_are_those_with_all_answers_in_common_from_ten_items() -> None:
    assert identical(alike(10)).tolist() == ["a", "c"]
    assert identical(alike(9)).tolist() == []
    differs = alike(10)
    differs.loc["c", "i9"] = 3
    assert identical(differs).tolist() == []


def four(items: int = 10) -> pd.DataFrame:
    return pd.concat([alike(items), pd.DataFrame(9, index=["d"], columns=alike(items).columns)])


def test_alike_are_told_unless_they_are_most_or_frequencies() -> None:
    study = study_with(Exclusions())
    notice = (
        "Respondents with the same answers to all active items: a, c. If these are tests, leave "
        'them out in the study file: exclusions: {respondents: ["a", "c"]}'
    )
    responses = responses_of([], items=four())
    everybody = pd.Index(["a", "b", "c", "d"])
    assert identical_notices(study, responses, everybody) == [notice]  # half of them
    assert identical_notices(study, responses, everybody[:3]) == []  # more than half
    counted = study_with(Exclusions(), frequencies=True)
    assert identical_notices(counted, responses, everybody) == []
    assert identical_notices(study, responses, pd.Index(["a", "b", "d"])) == []


def test_the_line_to_write_keeps_what_the_study_says_already() -> None:
    study = study_with(Exclusions(respondents=("a", "b"), straight_liners=True))
    assert exclusion_line(study, ["b", "c"]) == (
        'exclusions: {respondents: ["a", "b", "c"], straight_liners: true}'
    )


def quality(kept: int, **left_out: int) -> Any:
    """Say so many kept, and so many left out by each step ("incomplete", "named", "duplicates")."""

    def kept_but_for(*steps: str) -> pd.Index[Any]:
        return pd.Index(range(kept + sum(left_out.get(step, 0) for step in steps)))

    return SimpleNamespace(
        kept=pd.Index(range(kept)), kept_but_for=kept_but_for,
        missing_by_respondent=pd.DataFrame(index=range(kept + sum(left_out.values()))),
    )  # fmt: skip


def made(_: pd.Index[Any]) -> None:
    return None


def never(_: pd.Index[Any]) -> None:
    raise InputError(
        Problem(
            "", "", "", phrase("enough respondents to make the typology"), phrase("Correct it.")
        )
    )


def test_the_rule_that_leaves_out_most_is_told() -> None:
    (told,) = left_out_problems(quality(4, incomplete=5), made)
    assert str(told) == (
        "study file › missing: found complete cases, which leave 4 of 9 respondents, expected "
        "enough respondents to make the typology. Keep those who miss an answer: write 'missing: "
        "passive category'."
    )
    (told,) = left_out_problems(quality(4, duplicates=5), made)
    assert str(told) == (
        "study file › exclusions: found exclusions that leave 4 of 9 respondents, expected enough "
        "respondents to make the typology. Leave out fewer respondents, or check the answers."
    )
    (told,) = left_out_problems(quality(4, incomplete=3, named=2), made)
    assert told.where == "study file › missing"


def test_rules_that_leave_half_or_help_nothing_are_not_told() -> None:
    assert left_out_problems(quality(4, incomplete=4), made) == []
    assert left_out_problems(quality(4, duplicates=4), made) == []
    assert left_out_problems(quality(4, incomplete=5), never) == []


def test_many_respondents_are_not_named_one_by_one() -> None:
    study = study_with(Exclusions(straight_liners=True))
    names = [f"R{number}" for number in range(31)]
    assert exclusion_line(study, names[:30]).count("R") == 30
    assert exclusion_line(study, names) == "exclusions: {straight_liners: true, duplicates: true}"
