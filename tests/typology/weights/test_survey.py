"""A study whose answers say how respondents were drawn: keys, tables, what is refused."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from rfree.surveys.survey_design import survey_design
from rfree.surveys.survey_tests import survey_shares
from typology.exhibits.labels import Labels
from typology.problems import InputError
from typology.results.checking import begin_study
from typology.results.pipeline import Analysis
from typology.weights.tables import survey_shares_table, survey_tests_table
from weighted_study import answers, run, write_study

DRAWN = {"column": "poids", "strata": "region", "clusters": "cabinet"}


def table() -> pd.DataFrame:
    at = np.arange(90)
    return answers().assign(
        poids=0.5 + (at % 7) / 5, region=np.where(at < 45, "nord", "sud"), cabinet=at // 9
    )


@pytest.fixture(scope="module")
def analysis(tmp_path_factory: pytest.TempPathFactory) -> Analysis:
    return run(tmp_path_factory.mktemp("survey"), table=table(), weights=DRAWN, margins=None)


def test_shares_of_the_types_have_the_precision_of_the_design(analysis: Analysis) -> None:
    given = table().set_index("id")
    design = survey_design(given["poids"], strata=given["region"], clusters=given["cabinet"])
    expected = survey_shares(analysis.fitted.classes.labels.astype(object), design)
    found = analysis.tables["survey_shares"]
    np.testing.assert_allclose(found["std_error"], expected["std_error"])
    assert set(found["df"]) == {8.0}
    assert set(analysis.tables["survey_tests"]["variable"]) >= {"sex", "place"}


def test_models_have_the_standard_errors_of_the_design(analysis: Analysis) -> None:
    fit = analysis.tables["membership_fit"].set_index("model")
    notes = set(analysis.tables["membership_notes"]["remark"])
    for kind in ("multinomial", "ordered"):
        surveyed = fit.loc[kind, "standard_errors"] == "survey"
        assert surveyed or "survey_failed" in notes
    assert (fit["standard_errors"] == "survey").any()


@pytest.mark.parametrize("language", ["fr", "en"])
def test_both_tables_are_told(analysis: Analysis, language: str) -> None:
    labels = Labels(analysis.fitted.questionnaire, language)
    shares = survey_shares_table(analysis.tables, labels)
    assert len(shares.rows) == 3
    assert "8" in shares.notes[0]
    tests = survey_tests_table(analysis.tables, labels)
    assert {"Sexe", "Sex"} & {row[0] for row in tests.rows}


def test_replicates_are_read_by_their_pattern(tmp_path: Path) -> None:
    given = table().drop(columns=["region", "cabinet"])
    for number in range(10):
        given[f"rep{number}"] = given["poids"] * np.where(np.arange(90) // 9 == number, 0, 10 / 9)
    weights = {"column": "poids", "replicates": {"columns": "rep*", "method": "JK1"}}
    study = write_study(tmp_path, table=given, weights=weights, margins=None)
    fitted, _ = begin_study(study)
    assert fitted.responses.sampling is not None
    assert fitted.responses.sampling.shape == (90, 10)


@pytest.mark.parametrize(
    ("weights", "told"),
    [
        ({**DRAWN, "strata": "regoin"}, "regoin"),
        ({**DRAWN, "clusters": "region"}, "two clusters at least in each stratum"),
        ({"column": "poids", "strata": "sex", "frequencies": True}, "without 'frequencies: true'"),
        ({**DRAWN, "replicates": {"columns": "rep*", "method": "BRR"}}, "either replicates"),
        ({"column": "poids", "replicates": {"columns": "r*", "method": "Fay"}}, "rho with"),
        ({"column": "poids", "replicates": {"columns": "r*", "method": "JKn"}}, "scales with"),
    ],
)
def test_a_design_that_cannot_be_is_told(
    tmp_path: Path, weights: dict[str, Any], told: str
) -> None:
    whole = weights.get("clusters") != "region"
    answers = table() if whole else table().drop(columns="cabinet")
    with pytest.raises(InputError) as raised:
        begin_study(write_study(tmp_path, table=answers, weights=weights, margins=None))
    assert told in str(raised.value)


def test_a_respondent_without_stratum_is_told(tmp_path: Path) -> None:
    given = table()
    given.loc[3, "region"] = None
    with pytest.raises(InputError) as raised:
        begin_study(write_study(tmp_path, table=given, weights=DRAWN, margins=None))
    assert "a stratum or cluster for every respondent" in str(raised.value)
