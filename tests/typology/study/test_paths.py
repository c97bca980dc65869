"""Where the files that a study names are: within its project, whatever leads there."""

from __future__ import annotations

from pathlib import Path

import pytest

from typology.problems import Problem
from typology.study.paths import (
    absent_file,
    project_folder,
    resolved,
    usual_questionnaire,
    within_project,
)


@pytest.fixture
def study(tmp_path: Path) -> Path:
    path = tmp_path.resolve() / "project" / "analysis" / "study.yml"
    path.parent.mkdir(parents=True)
    path.write_text("title: x\n", encoding="utf-8")
    return path


def test_the_project_is_the_folder_of_the_study_or_that_of_analysis(study: Path) -> None:
    project = study.parents[1]
    assert project_folder(study) == project
    assert project_folder(project / "study.yml") == project
    assert project_folder(project / "analysis" / "deep" / "study.yml") == study.parent / "deep"
    link = project.parent / "link.yml"
    link.symlink_to(study)
    assert project_folder(link) == project
    assert resolved(link, "../data/a.csv") == project / "data" / "a.csv"


def test_files_are_named_from_the_folder_of_the_study_file(study: Path) -> None:
    problems: list[Problem] = []
    project = study.parents[1]
    for name, target in (("q.yml", study.parent / "q.yml"), ("../data", project / "data")):
        assert within_project(study, "questionnaire", name, problems) == target
    assert problems == []


@pytest.mark.parametrize("name", ["../../elsewhere.csv", "..", "/etc/hosts", "../../project2/a"])
def test_a_place_outside_the_project_is_told(study: Path, name: str) -> None:
    problems: list[Problem] = []
    assert within_project(study, "responses", name, problems) == resolved(study, name)
    (problem,) = problems
    assert (problem.row, problem.column, problem.value) == ("", "", name)
    assert problem.expected == "a place inside the project folder (project)"
    assert problem.remedy == (
        "Move the file into the project folder, so that a copy of the folder runs elsewhere; "
        "for answers kept elsewhere, use the option --responses."
    )
    assert problem.where == "study.yml › responses"


def test_a_file_that_is_not_there_is_told(study: Path) -> None:
    problem = absent_file(study, "margins", "m.yml")
    assert (problem.row, problem.column, problem.value) == ("", "", "m.yml")
    assert problem.expected == "a file that exists"
    assert problem.remedy == "Correct the path: it is read from the folder of the study file."
    assert problem.where == "study.yml › margins"


def test_a_file_named_as_in_the_terminal_is_told_as_the_study_file_names_it(study: Path) -> None:
    there = study.parents[1] / "data" / "m.yml"
    there.parent.mkdir(exist_ok=True)
    there.write_bytes(b"")
    told = "Write ../data/m.yml: the path is read from the folder of the study file."
    assert absent_file(study, "margins", "data/m.yml").remedy == told


def test_the_usual_questionnaire_is_beside_or_in_data(tmp_path: Path) -> None:
    assert usual_questionnaire(tmp_path) == tmp_path / "data" / "questionnaire.yml"
    (tmp_path / "questionnaire.yml").mkdir()
    assert usual_questionnaire(tmp_path) == tmp_path / "data" / "questionnaire.yml"
    (tmp_path / "questionnaire.yml").rmdir()
    (tmp_path / "questionnaire.yml").write_bytes(b"")
    assert usual_questionnaire(tmp_path) == tmp_path / "questionnaire.yml"
    assert usual_questionnaire() == Path("data/questionnaire.yml")
