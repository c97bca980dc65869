"""No answer of a respondent is shared or committed by mistake."""

from __future__ import annotations

import gzip
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest

from small_study import Project, answers
from typology.problems import InputError
from typology.study import Study, load_study
from typology.tools.sharing.before_sharing import check_before_sharing
from typology.tools.sharing.hook import MARK, install_hook

GIT = shutil.which("git")


def a_study(folder: Path, **choices: object) -> Study:
    project = Project(folder)
    (folder / "private").mkdir()
    answers().to_csv(folder / "private" / "answers.csv", index=False)
    return load_study(project.write(responses="private/answers.csv", **choices))


def refused(study: Study) -> set[str]:
    with pytest.raises(InputError) as error:
        check_before_sharing(study)
    return {problem.where for problem in error.value.problems}


def git(folder: Path, *arguments: str) -> None:
    assert GIT is not None
    subprocess.run([GIT, "-C", str(folder), *arguments], check=True, capture_output=True)


def test_answers_in_a_private_folder_may_stay_there(tmp_path: Path) -> None:
    assert check_before_sharing(a_study(tmp_path)) > 0


def test_answers_are_found_wherever_they_lie_and_whatever_they_are_called(tmp_path: Path) -> None:
    study = a_study(tmp_path)
    (tmp_path / "notes").mkdir()
    answers().to_excel(tmp_path / "notes" / "copy of it.xlsx", index=False)
    (tmp_path / "assigned.csv").write_text("respondent,type\nP1,keen\nP2,wary\n")
    (tmp_path / "people.csv").write_text("who,town\na.b@c.fr,Auch\nd@e.fr,Albi\n")
    (tmp_path / "margins.csv").write_text("category,count\nf,10\nm,12\n")
    assert refused(study) == {"notes/copy of it.xlsx", "assigned.csv", "people.csv"}


def test_answers_are_found_in_every_kind_of_file_and_what_cannot_be_seen_is_refused(
    tmp_path: Path,
) -> None:
    study = a_study(tmp_path)
    table = answers()
    text = table.to_csv(index=False)
    table.to_parquet(tmp_path / "answers.parquet")
    table.to_json(tmp_path / "answers.json", orient="records")
    table.to_csv(tmp_path / "answers.csv.gz", index=False)
    (tmp_path / "answers.csv.bak").write_text(text)
    (tmp_path / "answers.csv_kept").write_text(text)
    (tmp_path / "answers.tab").write_text(text.replace(",", "\t"))
    with zipfile.ZipFile(tmp_path / "export.zip", "w") as archive:
        archive.writestr("answers.csv", text)
    (tmp_path / "nul.csv").write_bytes(text.encode() + b"\0")
    (tmp_path / "settings.json").write_text('{"colours": ["red"], "n": 4}')
    (tmp_path / "counts.csv.gz").write_bytes(gzip.compress(b"category,count\nf,10\nm,12\n"))
    (tmp_path / "one.csv").write_text("eigenvalue\n0.4\n0.2\n")
    (tmp_path / "empty.csv").write_text("remark,variable,value\n")
    (tmp_path / "notes.txt").write_text("Nothing; in particular,\nof nobody.\n")
    assert refused(study) == {
        "answers.parquet", "answers.json", "answers.csv.gz", "answers.csv.bak", "answers.csv_kept",
        "answers.tab", "export.zip", "nul.csv",
    }  # fmt: skip


def test_a_file_that_cannot_be_seen_may_leave_where_the_study_names_it(tmp_path: Path) -> None:
    study = a_study(tmp_path, disclosure={"public_files": ["forms/*.zip"]})
    (tmp_path / "forms").mkdir()
    (tmp_path / "forms" / "form.zip").write_bytes(b"PK")
    assert check_before_sharing(study) > 0
    (tmp_path / "form.zip").write_bytes(b"PK")
    with pytest.raises(InputError, match=r"public_files: ..form\.zip"):
        check_before_sharing(study)


def test_simulated_answers_may_leave(tmp_path: Path) -> None:
    study = a_study(tmp_path)
    answers().assign(simulated=1).to_csv(tmp_path / "made_up.csv", index=False)
    assert check_before_sharing(study) > 0


def test_a_table_that_counts_respondents_has_no_row_for_each(tmp_path: Path) -> None:
    study = a_study(tmp_path)
    (tmp_path / "counted.csv").write_text("respondents,classes\n60,2\n60,3\n", encoding="utf-8")
    assert check_before_sharing(study) > 0
    (tmp_path / "named.csv").write_text("respondents,class\nP1,2\nP2,3\n", encoding="utf-8")
    assert refused(study) == {"named.csv"}


def test_files_that_are_public_already_may_leave(tmp_path: Path) -> None:
    study = a_study(tmp_path, disclosure={"public_files": ["open/*.csv"]})
    (tmp_path / "open").mkdir()
    answers().to_csv(tmp_path / "open" / "all.csv", index=False)
    assert check_before_sharing(study) > 0


@pytest.mark.skipif(GIT is None, reason="git is not on PATH")
def test_what_git_has_is_looked_at_even_in_private_folders(tmp_path: Path) -> None:
    study = a_study(tmp_path)
    git(tmp_path, "init")
    assert refused(study) == {"private/answers.csv"}  # git would take it: nothing ignores it
    (tmp_path / ".gitignore").write_text("private/*\n")
    assert check_before_sharing(study) > 0
    git(tmp_path, "add", "--force", "private/answers.csv")
    (tmp_path / "private" / "answers.csv").unlink()
    assert refused(study) == {"private/answers.csv"}


@pytest.mark.skipif(GIT is None, reason="git is not on PATH")
def test_the_hook_is_two_lines_and_replaces_none_of_others(tmp_path: Path) -> None:
    study = a_study(tmp_path)
    with pytest.raises(InputError):
        install_hook(study)
    git(tmp_path, "init")
    hook = install_hook(study)
    lines = hook.read_text(encoding="utf-8").splitlines()
    assert lines[0] == "#!/bin/sh"
    assert MARK in lines[1]
    assert lines[2].endswith('check "study.yml" --before-sharing')
    assert install_hook(study) == hook
    hook.write_text("#!/bin/sh\nmake\n")
    with pytest.raises(InputError):
        install_hook(study)
