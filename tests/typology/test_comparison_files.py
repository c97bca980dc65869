"""Comparing files: whose respondents the names of a study file are."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from typology.comparison_files import compare_waves
from typology.problems import InputError

sys.path.insert(0, str(Path(__file__).parent))
from small_study import Project, answers


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
