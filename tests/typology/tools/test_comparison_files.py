"""Comparing files: whose respondents the names of a study file are."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from small_study import Project, answers
from typology.problems.problem import InputError
from typology.questionnaire.characteristics import NO_ANSWER
from typology.tools.compare.files import _groups, compare_waves


def test_respondents_left_out_by_name_are_those_of_the_study_s_own_file(tmp_path: Path) -> None:
    table = answers(120)
    named = table["respondent"].iloc[:2].tolist()
    study = Project(tmp_path).write(table, exclusions={"respondents": named})
    wave = tmp_path / "wave.csv"
    table.to_csv(wave, index=False)
    compared = compare_waves(
        tmp_path / "answers.csv", wave, study=study, output=tmp_path / "out", language="en",
        independent=True,
    )  # fmt: skip
    sizes = compared.comparison.tables["comparison_test"][["n_first", "n_second"]].iloc[0]
    assert sizes.tolist() == [118, 120]
    assert any("the same respondents with the same answers" in each for each in compared.notices)


def test_a_file_is_not_compared_with_itself(tmp_path: Path) -> None:
    study = Project(tmp_path).write(answers(60))
    for first, second in (("answers.csv", "answers.csv"), ("answers.csv", "."), (".", study.name)):
        with pytest.raises(InputError, match="the same file twice"):
            compare_waves(
                tmp_path / first, tmp_path / second, study=study, output=tmp_path / "out",
                language="en", panel=True,
            )  # fmt: skip
    assert not (tmp_path / "out").exists()


def answered(*given: str) -> pd.DataFrame:
    categories = ["a", "b", "c", NO_ANSWER]
    return pd.DataFrame({"level": pd.Categorical(given, categories=categories, ordered=True)})


def test_groups_are_the_two_answers_or_those_that_are_named() -> None:
    two = answered("c", "a", NO_ANSWER, "c")
    assert _groups(two, "level", (None, None)) == ("a", "c")
    assert _groups(two, "level", ("c", None)) == ("c", "a")
    assert _groups(two, "level", (None, "a")) == ("c", "a")
    bands = pd.Categorical(["5-9", "<5"], categories=["<5", "5-9", NO_ANSWER], ordered=True)
    assert _groups(pd.DataFrame({"level": bands}), "level", (None, None)) == ("<5", "5-9")
    three = answered("c", "b", "a")
    assert _groups(three, "level", ("c", "a")) == ("c", "a")


@pytest.mark.parametrize(
    ("group", "named", "told"),
    [
        ("levle", (None, None), ["--group: found 'levle', expected a question on the respondent "
         "(level). Did you mean 'level'?"]),
        ("level", (None, "c"), ["--first: found nothing, expected an answer to level (a, b, c)"
         ". Name the two groups with --first and --second."]),
        ("level", ("top", NO_ANSWER), [
            "--first: found 'top', expected an answer to level (a, b, c). Name the two "
            "groups with --first and --second.",
            "--second: found 'no answer', expected an answer to level (a, b, c). Name "
            "the two groups with --first and --second."]),
        ("level", ("a", "a"), ["--second: found 'a', expected two different groups. Name the "
         "two groups with --first and --second."]),
    ],
)  # fmt: skip
def test_groups_that_are_none_are_told(
    group: str, named: tuple[str | None, str | None], told: list[str]
) -> None:
    with pytest.raises(InputError) as caught:
        _groups(answered("c", "b", "a"), group, named)
    assert [str(problem) for problem in caught.value.problems] == told
