"""What was asked, whatever path names it: a questionnaire, a study, or its folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from small_study import ITEMS, Project
from typology.problems import InputError
from typology.study.asked import load_asked


def problems(path: Path) -> list[str]:
    with pytest.raises(InputError) as caught:
        load_asked(path)
    return [each.where for each in caught.value.problems]


def test_a_questionnaire_is_asked_by_itself(tmp_path: Path) -> None:
    Project(tmp_path).write()
    asked, study = load_asked(tmp_path / "questionnaire.yml")
    assert list(asked.items) == ITEMS
    assert study is None


def test_a_study_is_asked_without_its_answers(tmp_path: Path) -> None:
    path = Project(tmp_path).write()
    for named in (path, tmp_path):
        asked, study = load_asked(named)
        assert list(asked.items) == ITEMS
        assert study is not None
        assert study.choices.seed == 1
        assert not study.responses_path.exists()


def test_the_language_and_the_answers_may_be_others(tmp_path: Path) -> None:
    path = Project(tmp_path).write()
    other = tmp_path / "other.csv"
    _, study = load_asked(path, responses=other, language="en")
    assert study is not None
    assert study.responses_path == other
    with pytest.raises(InputError):
        load_asked(path, language="xx")


def test_what_was_not_asked_is_left_out(tmp_path: Path) -> None:
    path = Project(tmp_path).write(active=["hopes"], absent_columns=["doubts"])
    asked, _ = load_asked(path)
    assert list(asked.items) == [item for item in ITEMS if item.startswith("H")]


def test_a_questionnaire_that_is_not_there_is_told(tmp_path: Path) -> None:
    path = Project(tmp_path).write(questionnaire="none.yml")
    assert problems(path) == ["study.yml › questionnaire"]


def test_what_is_wrong_with_the_study_is_told_with_its_questionnaire(tmp_path: Path) -> None:
    project = Project(tmp_path)
    path = project.write(active=["hopes", "hopes"])
    project.change("questionnaire.yml", lambda content: content["blocks"][0].pop("title"))
    told = problems(path)
    assert "study.yml › active" in told
    assert any(where.startswith("questionnaire.yml › ") for where in told)


def test_what_the_study_names_is_what_was_asked(tmp_path: Path) -> None:
    assert problems(Project(tmp_path).write(active=["hope"])) == ["study.yml › active"]
