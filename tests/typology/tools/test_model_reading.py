"""`assign` reads a file as the study of its model does."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest

from small_study import Project, answers
from typology.fit.fitted_typology import fit_typology
from typology.problems import InputError
from typology.results.checking import read_study
from typology.results.model_file import model_content
from typology.results.run_results import write_json
from typology.study import load_study
from typology.tools.assign.files import assign_file

CHOICES = {
    "respondent_column": "who", "no_answer": ["Don't know"], "ignored_columns": ["Page*"],
    "weights": {"column": "poids"},
}  # fmt: skip


def spoken(seed: int) -> pd.DataFrame:
    """Answers as only the study file explains them."""
    table = answers(80, seed).rename(columns={"respondent": "who"})
    table.loc[:4, "H1"] = "Don't know"
    return table.assign(**{"Page 1": "x", "poids": 1.5})


@pytest.fixture
def model(tmp_path: Path) -> Path:
    study = load_study(Project(tmp_path).write(spoken(3), **CHOICES))
    fitted = fit_typology(study, read_study(study)[1])
    write_json(tmp_path / "model.json", model_content(fitted))
    return tmp_path / "model.json"


def assign(model: Path, table: pd.DataFrame) -> pd.DataFrame:
    path = model.with_name("new.csv")
    table.to_csv(path, index=False)
    return assign_file(
        path,
        model_path=model,
        questionnaire_path=model.with_name("questionnaire.yml"),
        output=model.with_name("types.csv"),
        language="en",
    ).table


def test_a_file_that_the_study_reads_is_assigned(model: Path) -> None:
    table = assign(model, spoken(9))
    assert list(table["respondent"].head(2)) == ["P1", "P2"]
    assert list(table["answered"].head(6)) == [9, 9, 9, 9, 9, 10]


def test_an_older_model_is_still_read_and_says_what_it_does_not_know(model: Path) -> None:
    content = json.loads(model.read_text(encoding="utf-8"))
    del content["reading"]
    model.write_text(json.dumps(content), encoding="utf-8")
    plain = spoken(9).replace("Don't know", "")
    assert len(assign(model, plain)) == 80
    with pytest.raises(InputError) as raised:
        assign(model, spoken(9))
    assert any("typology run" in notice for notice in raised.value.notices)
