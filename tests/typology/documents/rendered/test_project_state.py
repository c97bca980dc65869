"""Whether anything in a project was touched."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from small_study import Project, answers
from typology.documents.rendered import project_state as module
from typology.documents.rendered.project_state import project_state
from typology.study import Study, load_study


@pytest.fixture
def study(tmp_path: Path) -> Study:
    folder = tmp_path / "project"
    (folder / "documents" / "_site").mkdir(parents=True)
    (folder / "data").mkdir()
    (folder / "data" / "reported.yml").write_text("n: 1\n", encoding="utf-8")
    return load_study(Project(folder).write(answers(20)))


def documents_of(study: Study) -> Path:
    return study.path.parent / "documents"


def state(study: Study) -> str | None:
    return project_state(documents_of(study), study)


def put(study: Study, name: str, text: str = "new") -> None:
    path = study.path.parent / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def test_what_was_not_touched_has_the_same_state(study: Study) -> None:
    assert state(study) is not None
    assert state(study) == state(study)


@pytest.mark.parametrize(
    "touch",
    [
        lambda study: put(study, "data/reported.yml", "n: 2\n"),
        lambda study: put(study, "data/new.csv"),
        lambda study: put(study, "results/tables/classes.csv"),
        lambda study: (study.path.parent / "data" / "reported.yml").unlink(),
        lambda study: (study.path.parent / "data").rename(study.path.parent / "other"),
        lambda study: os.utime(study.path.parent / "data" / "reported.yml"),
    ],
    ids=["changed", "added", "results", "removed", "renamed", "written again"],
)
def test_any_file_that_was_touched_changes_it(
    study: Study, touch: Callable[[Study], object]
) -> None:
    before = state(study)
    touch(study)
    assert state(study) != before


@pytest.mark.parametrize(
    "name",
    [
        "documents/_site/page.html",
        "documents/page.qmd",
        ".git/index",
        "data/.note.swp",
        "data/__pycache__/code.pyc",
    ],
)
def test_documents_and_hidden_files_are_not(study: Study, name: str) -> None:
    before = state(study)
    put(study, name)
    assert state(study) == before


def test_programs_installed_in_the_project_are_known_by_their_versions(
    study: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(study, "venv/pyvenv.cfg")
    before = state(study)
    put(study, "venv/lib/great_tables.py")
    assert state(study) == before
    monkeypatch.setattr(module, "distributions", lambda: ())
    assert state(study) != before


def test_another_code_of_ours_changes_it(study: Study, monkeypatch: pytest.MonkeyPatch) -> None:
    before = state(study)
    monkeypatch.setattr(module, "sha256_of_code", lambda: {"typology": "another"})
    assert state(study) != before


def test_a_folder_that_is_a_link_is_not_followed_and_nothing_is_known(
    study: Study, tmp_path: Path
) -> None:
    (tmp_path / "elsewhere").mkdir()
    (study.path.parent / "shared").symlink_to(tmp_path / "elsewhere")
    assert state(study) is None


def test_a_link_to_nowhere_is_no_obstacle(study: Study) -> None:
    (study.path.parent / "lost").symlink_to("nothing")
    assert state(study) is not None


def test_of_a_project_of_too_many_files_nothing_is_known(
    study: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "MOST_FILES", 3)
    assert state(study) is None
