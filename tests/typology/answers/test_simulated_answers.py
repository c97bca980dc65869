"""Simulated answers are said to be, wherever they are copied to; real ones never are."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from small_study import Project, answers
from typology.answers.simulated_answers import simulated_notices
from typology.problems import InputError
from typology.questionnaire.file import load_questionnaire
from typology.results.checking import Check, check_study_answers
from typology.study import load_study
from typology.tools.simulate.simulation import simulate_answers


@pytest.fixture
def project(tmp_path: Path) -> Project:
    project = Project(tmp_path)
    project.write(answers(), simulated=True)
    return project


def check(project: Project, responses: Path | None = None, *, simulated: bool = False) -> Check:
    study = load_study(project.folder / "study.yml", responses=responses, simulated=simulated)
    return check_study_answers(study)


def is_simulated(found: Check) -> bool:
    return found.study.choices.simulated


def written(project: Project, table: pd.DataFrame, name: str = "other.csv") -> Path:
    path = project.folder / name
    table.to_csv(path, index=False)
    return path


def simulation(project: Project) -> pd.DataFrame:
    return simulate_answers(load_questionnaire(project.folder / "questionnaire.yml"), n=80, seed=5)[
        0
    ]


def test_the_study_file_speaks_of_its_own_answers_alone(project: Project) -> None:
    assert is_simulated(check(project))
    other = check(project, written(project, answers(seed=8)))
    assert not is_simulated(other)
    (notice,) = simulated_notices(other.study)
    assert "--simulated" in notice


def test_other_answers_may_be_said_to_be_simulated(project: Project) -> None:
    found = check(project, written(project, answers(seed=8)), simulated=True)
    assert is_simulated(found)
    (notice,) = simulated_notices(found.study)
    assert "--simulated" not in notice


def test_a_copy_of_simulated_answers_is_simulated(project: Project) -> None:
    assert is_simulated(check(project, written(project, answers(), "copy.csv")))


@pytest.mark.parametrize("declared", [True, False])
@pytest.mark.parametrize("name", ["mine.csv", "mine.xlsx"])
def test_what_simulate_wrote_says_so_under_any_name(
    project: Project, name: str, declared: bool
) -> None:
    project.write(answers(), simulated=declared)
    path = project.folder / name
    table = simulation(project).sample(frac=0.8, random_state=1).astype(object)
    table = table.where(table.notna(), None)
    if name.endswith("xlsx"):
        table.to_excel(path, index=False)
    else:
        table.to_csv(path, index=False)
    assert is_simulated(check(project, path))


def test_simulated_answers_cannot_be_called_real(project: Project) -> None:
    project.write(simulation(project), simulated=False)
    with pytest.raises(InputError, match="simulated: true"):
        check(project)
    project.write(simulation(project).drop(columns="simulated"), simulated=False)
    assert not is_simulated(check(project))


def test_a_question_may_be_called_simulated(project: Project) -> None:
    question = {"id": "simulated", "type": "number", "en": "Simulated patients"}
    project.write(answers().assign(simulated=3), simulated=False)
    project.change("questionnaire.yml", lambda read: read["respondent"].append(question))
    found = check(project)
    assert found.responses is not None
    assert not found.responses.simulated
