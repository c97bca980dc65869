"""Respondents whom a column of weights counts: none, several, or wrongly."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from typology.problems import InputError
from typology.results.pipeline import run_pipeline
from weighted_study import run, with_weights, write_study


def test_a_respondent_of_zero_weight_is_left_out_and_counted(tmp_path: Path) -> None:
    weights = np.where(np.arange(90) < 5, 0.0, 1.5)
    analysis = run(tmp_path, table=with_weights(weights), weights={"column": "poids"})
    flow = analysis.tables["flow"].set_index("step_id")
    assert flow.loc["zero weight", "excluded"] == 5
    assert len(analysis.tables["respondents"]) == 85


@pytest.mark.parametrize(
    ("weights", "expected"),
    [
        (["", "x", -1, *[1] * 87], ["row 2", "'x'", "'-1'", "a number from 0"]),
        ([0] * 90, ["0 on every row"]),
    ],
)
def test_a_column_of_weights_that_is_wrong_is_told_with_its_rows(
    tmp_path: Path, weights: list[object], expected: list[str]
) -> None:
    study = write_study(tmp_path, table=with_weights(weights), weights={"column": "poids"})
    with pytest.raises(InputError) as raised:
        run_pipeline(study, validity=False)
    told = str(raised.value)
    assert all(each in told for each in expected), told


@pytest.mark.parametrize(
    ("weights", "expected"),
    [
        ([1.5, *[1] * 89], ["'1.5'", "a whole number from 0", "survey weights may have decimals"]),
        ([1_000_000] * 90, ["90000000 respondents in all", "at most 1000000 respondents"]),
    ],
)
def test_frequencies_that_count_nobody_are_told(
    tmp_path: Path, weights: list[object], expected: list[str]
) -> None:
    choice = {"column": "poids", "frequencies": True}
    study = write_study(tmp_path, table=with_weights(weights), weights=choice)
    with pytest.raises(InputError) as raised:
        run_pipeline(study, validity=False)
    assert all(each in str(raised.value) for each in expected), str(raised.value)


def test_a_column_of_weights_that_is_not_there_is_named(tmp_path: Path) -> None:
    study = write_study(tmp_path, table=with_weights(1), weights={"column": "poid"})
    with pytest.raises(InputError) as raised:
        run_pipeline(study, validity=False)
    assert "Did you mean 'poids'?" in str(raised.value)
