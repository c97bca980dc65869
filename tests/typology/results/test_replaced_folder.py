"""A folder replaced whole or not at all, and what of others is in it."""

from __future__ import annotations

import errno
import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import rfree
import typology
from typology.files.provenance import COMPARISON, RUN_COMMAND, make_manifest
from typology.problems import InputError
from typology.results.replaced_folder import place_problems, replaced_folder
from typology.results.run_results import check_results, write_json

PACKAGES = {str(Path(package.__file__).parent.parent) for package in (rfree, typology)}


def fill(folder: Path, text: str = "first", *, made_by: str = RUN_COMMAND) -> None:
    """Write results of two files and their manifest."""
    outputs = [folder / "tables" / "axes.csv", folder / "typology.xlsx"]
    (folder / "tables").mkdir()
    for path in outputs:
        path.write_text(text, encoding="utf-8")
    manifest = make_manifest(inputs={}, settings={}, outputs=outputs, root=folder, made_by=made_by)
    write_json(folder / "manifest.json", manifest)


def replace(target: Path, text: str, *, made_by: str = RUN_COMMAND) -> list[str]:
    with replaced_folder(target, made_by=made_by) as replacement:
        fill(replacement.folder, text, made_by=made_by)
    return [str(notice) for notice in replacement.notices]


def contents(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.fixture
def target(tmp_path: Path) -> Path:
    """Results, alone in their folder."""
    replace(tmp_path / "results", "first")
    return tmp_path / "results"


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("typology.files.patience.time.sleep", lambda _: None)


def refused(
    target: Path, match: str, *, made_by: str = RUN_COMMAND, inputs: tuple[Path, ...] = ()
) -> None:
    """The folder is refused before the block begins."""
    with (
        pytest.raises(InputError, match=match),
        replaced_folder(target, made_by=made_by, inputs=inputs),
    ):
        raise AssertionError("The block was entered.")


# --- Whole, or not at all.


def test_complete_results_replace_the_former_ones_wholly(target: Path) -> None:
    (target / "tables" / "axes.csv").unlink()
    assert replace(target, "second") == []
    assert (target / "tables" / "axes.csv").read_text(encoding="utf-8") == "second"
    check_results(target)
    assert os.listdir(target.parent) == ["results"]


@pytest.mark.parametrize("error", [KeyboardInterrupt, RuntimeError, SystemExit])
def test_a_failed_run_leaves_the_former_results(target: Path, error: type[BaseException]) -> None:
    before = contents(target)

    def fail() -> None:
        with replaced_folder(target, made_by=RUN_COMMAND) as replacement:
            fill(replacement.folder, "second")
            raise error

    with pytest.raises(error):
        fail()
    assert contents(target) == before
    assert os.listdir(target.parent) == ["results"]


def test_a_first_run_that_fails_leaves_nothing_not_even_folders_above(tmp_path: Path) -> None:
    def fail() -> None:
        with replaced_folder(tmp_path / "a" / "b" / "results", made_by=RUN_COMMAND) as replacement:
            fill(replacement.folder)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fail()
    assert os.listdir(tmp_path) == []


def test_an_empty_folder_is_taken(tmp_path: Path) -> None:
    (tmp_path / "results").mkdir()
    replace(tmp_path / "results", "first")
    check_results(tmp_path / "results")
    assert os.listdir(tmp_path) == ["results"]


def test_results_are_as_open_to_others_as_the_folder_they_are_in(tmp_path: Path) -> None:
    """Windows keeps what was made in a folder of one user to this user, wherever it is moved."""
    (tmp_path / "any").mkdir()
    with replaced_folder(tmp_path / "results", made_by=RUN_COMMAND) as replacement:
        work = replacement.folder.parent
        assert work.stat().st_mode == (tmp_path / "any").stat().st_mode
        fill(replacement.folder)


@pytest.mark.parametrize("name", ["résultats de l'été", "results [1]", "a b", ".hidden"])
def test_names_with_accents_spaces_and_signs_are_names(tmp_path: Path, name: str) -> None:
    for text in ("first", "second"):
        replace(tmp_path / name, text)
    check_results(tmp_path / name)
    assert os.listdir(tmp_path) == [name]


# --- What others put there.


def test_files_of_others_stay_in_their_places_and_are_named(target: Path) -> None:
    notes, pivot = target / "my_notes.docx", target / "tables" / "pivot.xlsx"
    thesis = target / "thesis" / "chapter" / "one.txt"
    thesis.parent.mkdir(parents=True)
    for path in (notes, pivot, thesis):
        path.write_text("years of work", encoding="utf-8")
    (target / ".DS_Store").write_text("", encoding="utf-8")
    (told,) = replace(target, "second")
    for path in (notes, pivot, thesis):
        assert path.read_text(encoding="utf-8") == "years of work"
    assert told == "Kept, for no run wrote them: my_notes.docx, tables/pivot.xlsx, thesis."
    assert (target / ".DS_Store").exists()
    check_results(target)
    assert os.listdir(target.parent) == ["results"]


def test_a_result_changed_by_hand_is_kept_under_another_name(target: Path) -> None:
    workbook = target / "typology.xlsx"
    for turn, changed in enumerate(("columns widened", "comments added"), start=1):
        workbook.write_text(changed, encoding="utf-8")
        told = replace(target, f"run {turn}")
        assert any(
            f"typology.xlsx → typology_kept{'' if turn == 1 else '_2'}.xlsx" in each
            for each in told
        )
        assert workbook.read_text(encoding="utf-8") == f"run {turn}"
    assert (target / "typology_kept.xlsx").read_text(encoding="utf-8") == "columns widened"
    assert (target / "typology_kept_2.xlsx").read_text(encoding="utf-8") == "comments added"
    check_results(target)


def test_a_file_of_others_with_the_name_of_a_new_result_is_kept(target: Path) -> None:
    (target / "model.json").write_text("mine", encoding="utf-8")

    with replaced_folder(target, made_by=RUN_COMMAND) as replacement:
        fill(replacement.folder, "second")
        (replacement.folder / "model.json").write_text("ours", encoding="utf-8")
    assert (target / "model.json").read_text(encoding="utf-8") == "ours"
    assert (target / "model_kept.json").read_text(encoding="utf-8") == "mine"


def test_links_of_others_are_moved_never_followed(target: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "kept.txt").write_text("kept", encoding="utf-8")
    (target / "link").symlink_to(elsewhere, target_is_directory=True)
    shutil.rmtree(target / "tables")
    (target / "tables").symlink_to(elsewhere, target_is_directory=True)
    replace(target, "second")
    assert (target / "link").is_symlink()
    assert (target / "tables_kept").is_symlink()
    assert (elsewhere / "kept.txt").read_text(encoding="utf-8") == "kept"
    check_results(target)


def test_a_manifest_is_no_licence_for_files_with_other_contents(tmp_path: Path) -> None:
    target = tmp_path / "results"
    replace(target, "first")
    (target / "data.csv").write_text("answers", encoding="utf-8")
    content = json.loads((target / "manifest.json").read_text(encoding="utf-8"))
    content["outputs"]["data.csv"] = "0" * 64
    content["outputs"]["../outside.txt"] = "0" * 64
    write_json(target / "manifest.json", content)
    (tmp_path / "outside.txt").write_text("kept", encoding="utf-8")
    replace(target, "second")
    assert (target / "data.csv").read_text(encoding="utf-8") == "answers"
    assert (tmp_path / "outside.txt").read_text(encoding="utf-8") == "kept"


@pytest.mark.parametrize(
    "name",
    [".results.old", ".results.new", ".results.typology-mine", ".results.typology-backup/new"],
)
def test_folders_of_others_beside_are_never_removed(target: Path, name: str) -> None:
    kept = target.parent / name / "kept.txt"
    kept.parent.mkdir(parents=True)
    kept.write_text("kept", encoding="utf-8")
    replace(target, "second")
    assert kept.read_text(encoding="utf-8") == "kept"


# --- Places that are refused, before anything is computed.


def test_a_folder_of_other_files_is_refused(tmp_path: Path) -> None:
    (tmp_path / "thesis.docx").write_text("years of work", encoding="utf-8")
    refused(tmp_path, "a folder with other files")
    (tmp_path / "manifest.json").write_text('{"name": "My page"}', encoding="utf-8")
    refused(tmp_path, "a folder with other files")
    refused(tmp_path / "thesis.docx", "found a file, expected")
    refused(tmp_path / "thesis.docx" / "results", "a place in a file")
    assert sorted(os.listdir(tmp_path)) == ["manifest.json", "thesis.docx"]


def test_results_of_the_other_command_are_refused(target: Path) -> None:
    before = contents(target)
    refused(target, "results of `typology run`", made_by=COMPARISON)
    assert contents(target) == before


@pytest.mark.parametrize("named", ["results", "results/../results", "RESULTS"])
def test_a_folder_that_holds_an_input_is_refused(target: Path, named: str) -> None:
    answers = target / "data" / "answers.csv"
    answers.parent.mkdir()
    answers.write_text("1", encoding="utf-8")
    folder = target.parent / named
    if not folder.exists():
        pytest.skip("This disk tells capitals apart.")
    refused(folder, r"holds answers\.csv", inputs=(answers,))
    outside = target.parent / "answers.csv"
    outside.symlink_to(answers)
    refused(folder, r"holds answers\.csv", inputs=(outside,))


def test_the_folder_one_is_in_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "below").mkdir()
    monkeypatch.chdir(tmp_path / "below")
    for here in (Path(), Path("."), tmp_path, tmp_path / "below", Path("..")):
        refused(here, "the folder you are in")


def test_links_are_refused_and_stay(target: Path, tmp_path: Path) -> None:
    link, loop, lost = (tmp_path / name for name in ("link", "loop", "lost"))
    link.symlink_to(target, target_is_directory=True)
    loop.symlink_to(loop)
    lost.symlink_to(tmp_path / "nowhere")
    before = contents(target)
    for path in (link, loop, lost):
        refused(path, "a link to")
        assert path.is_symlink()
    assert contents(target) == before


def test_the_top_of_a_disk_is_refused(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.path.ismount", lambda path: Path(path) == target)
    refused(target, "the top of a disk")


def test_a_place_is_told_without_touching_it(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
    (problem,) = place_problems(tmp_path, made_by=RUN_COMMAND, inputs=())
    assert str(problem.value) == "a folder with other files"
    assert place_problems(tmp_path / "new", made_by=RUN_COMMAND, inputs=()) == []
    assert os.listdir(tmp_path) == ["mine.txt"]


# --- Windows, and disks that refuse: stand-ins.


def refusing(
    monkeypatch: pytest.MonkeyPatch, function: str, error: OSError, when: Callable[[str, str], bool]
) -> list[str]:
    """Let a function of os refuse some of its arguments."""
    real, refusals = getattr(os, function), []

    def act(source: str, target: str, **options: object) -> None:
        if when(str(source), str(target)):
            refusals.append(str(source))
            raise error
        real(source, target, **options)

    monkeypatch.setattr(os, function, act)
    return refusals


def sharing_violation(path: Path) -> PermissionError:
    error = PermissionError(errno.EACCES, "The process cannot access the file", str(path))
    error.winerror = 32  # type: ignore[attr-defined]
    return error


def test_a_workbook_open_in_excel_is_named_before_the_computation(
    target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = contents(target)
    workbook = target / "typology.xlsx"
    error = sharing_violation(workbook)
    tried = refusing(
        monkeypatch, "rename", error, lambda source, _: source in {str(target), str(workbook)}
    )
    refused(target, r"typology\.xlsx: found a file that another program has open.*Close it")
    assert tried.count(str(target)) > 3
    assert contents(target) == before
    assert os.listdir(target.parent) == ["results"]


def test_a_folder_open_in_the_file_manager_is_named(
    target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = contents(target)
    error = sharing_violation(target)
    refusing(monkeypatch, "rename", error, lambda source, to: source == str(target) != to)
    refused(
        target,
        "results: found a file or a folder that another program has open, expected a folder that "
        "can be replaced. Close the files of this folder, the windows of the file manager",
    )
    assert contents(target) == before
    assert os.listdir(target.parent) == ["results"]


def test_a_refusal_of_a_moment_is_waited_for(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    left = [3]

    def still_open(source: str, _: str) -> bool:
        left[0] -= source == str(target)
        return source == str(target) and left[0] >= 0

    refusing(monkeypatch, "rename", sharing_violation(target), still_open)
    replace(target, "second")
    assert (target / "typology.xlsx").read_text(encoding="utf-8") == "second"


def test_a_workbook_opened_during_the_run_loses_nothing(
    target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = contents(target)

    def run() -> None:
        with replaced_folder(target, made_by=RUN_COMMAND) as replacement:
            fill(replacement.folder, "second")
            workbook = str(target / "typology.xlsx")
            refusing(
                monkeypatch, "rename", sharing_violation(target),
                lambda source, _: source in {str(target), workbook},
            )  # fmt: skip

    with pytest.raises(InputError, match=r"typology\.xlsx.*Close it"):
        run()
    assert contents(target) == before
    assert os.listdir(target.parent) == ["results"]


def test_the_former_results_come_back_when_the_new_ones_are_refused(
    target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = contents(target)
    refusing(
        monkeypatch, "rename", sharing_violation(target), lambda source, _: source.endswith("new")
    )
    with pytest.raises(PermissionError):
        replace(target, "second")
    assert contents(target) == before
    assert os.listdir(target.parent) == ["results"]


def test_former_results_that_cannot_be_removed_yet_go_with_the_next_run(
    target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = shutil.rmtree
    monkeypatch.setattr(
        "typology.results.replaced_folder.shutil.rmtree",
        lambda *_, **__: (_ for _ in ()).throw(sharing_violation(target)),
    )
    (told,) = replace(target, "second")
    assert "the next run removes them" in told
    assert (target / "typology.xlsx").read_text(encoding="utf-8") == "second"
    monkeypatch.setattr("typology.results.replaced_folder.shutil.rmtree", real)
    replace(target, "third")
    assert os.listdir(target.parent) == ["results"]
    assert sorted(contents(target)) == ["manifest.json", "tables/axes.csv", "typology.xlsx"]


def test_a_full_disk_is_told_before_the_computation(
    target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = shutil.disk_usage(target)._replace(free=1000)
    monkeypatch.setattr("typology.results.replaced_folder.shutil.disk_usage", lambda _: usage)
    refused(target, "results: found a full disk, expected room for the files. Make room")
    assert os.listdir(target.parent) == ["results"]


def test_a_path_too_long_for_the_system_is_told_before_the_computation(
    target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = Path.write_bytes

    def write_bytes(path: Path, content: bytes) -> int:
        if len(path.name) >= 60:  # over 260 in all, Windows says that there is no such path
            raise FileNotFoundError(errno.ENOENT, "No such file or directory", str(path))
        return real(path, content)

    monkeypatch.setattr(Path, "write_bytes", write_bytes)
    refused(target, "a path that is too long.*nearer the top")
    assert os.listdir(target.parent) == ["results"]


# --- Two runs at once, and runs that were killed.

WRITER = """
import sys, time
from pathlib import Path
sys.path.insert(0, {tests!r})
from test_replaced_folder import fill
from typology.results.replaced_folder import replaced_folder
from typology.files.interruption import stops_raised
{prelude}
with stops_raised(), replaced_folder(Path({target!r}), made_by="typology run") as replacement:
    fill(replacement.folder, "second")
    print("written", flush=True)
    {ending}
"""


def writer(
    target: Path, *, prelude: str = "", ending: str = "time.sleep(60)"
) -> subprocess.Popen[str]:
    code = WRITER.format(
        tests=str(Path(__file__).parent), target=str(target), prelude=prelude, ending=ending
    )
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(PACKAGES)}
    return subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        env=environment,
    )  # fmt: skip


def test_a_second_run_in_the_same_folder_is_told_so(target: Path) -> None:
    first = writer(target)
    assert first.stdout is not None
    assert first.stdout.readline() == "written\n"
    refused(target, "one run at a time. Wait")
    first.kill()
    first.communicate()
    assert (
        replace(target, "third") == []
    )  # the lock and the folder of the killed run are taken over
    assert os.listdir(target.parent) == ["results"]


@pytest.mark.parametrize("name", ["SIGTERM", "SIGINT", "SIGHUP"])
@pytest.mark.skipif(os.name == "nt", reason="Windows has no signals to send to a process alone.")
def test_a_run_that_is_stopped_leaves_no_litter(target: Path, name: str) -> None:
    before = contents(target)
    run = writer(target)
    assert run.stdout is not None
    assert run.stdout.readline() == "written\n"
    run.send_signal(signal.Signals[name])
    run.communicate(timeout=60)
    assert run.returncode != 0
    assert contents(target) == before
    assert os.listdir(target.parent) == ["results"]


KILLS = {
    "before the swap": ("", "import os; os._exit(9)", "first"),
    "between the two renames": ("new", "pass", "first"),
    "after the swap": ("tables/pivot.xlsx", "pass", "second"),
    "while the former results are removed": ("rmtree", "pass", "second"),
}


@pytest.mark.parametrize("moment", KILLS)
def test_the_next_run_finishes_what_a_killed_one_began(target: Path, moment: str) -> None:
    """Killed as by a power cut: no handler, no finally."""
    fatal, ending, text = KILLS[moment]
    pivot = target / "tables" / "pivot.xlsx"
    pivot.write_text("mine", encoding="utf-8")
    prelude = f"""
import os, shutil
real = os.rename
def rename(source, target, **options):
    if {fatal!r} and str(source).endswith({fatal!r}):
        os._exit(9)
    real(source, target, **options)
os.rename = rename
def rmtree(*_, **__):
    os._exit(9)
if {fatal!r} == "rmtree":
    shutil.rmtree = rmtree
"""
    killed = writer(target, prelude=prelude, ending=ending)
    killed.communicate(timeout=60)
    assert killed.returncode == 9
    assert len(os.listdir(target.parent)) > 1

    def fail() -> None:
        with replaced_folder(target, made_by=RUN_COMMAND):
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):  # the next run, which does not even succeed
        fail()
    assert os.listdir(target.parent) == ["results"]
    assert (target / "typology.xlsx").read_text(encoding="utf-8") == text
    assert pivot.read_text(encoding="utf-8") == "mine"
    check_results(target)
    replace(target, "third")
    assert pivot.read_text(encoding="utf-8") == "mine"


def test_a_folder_made_since_a_run_was_killed_is_left_to_its_owner(target: Path) -> None:
    work = target.parent / ".results.typology-k1ll3d00"
    (work / "new").mkdir(parents=True)
    target.rename(work / "old")
    target.mkdir()
    (target / "mine.txt").write_text("mine", encoding="utf-8")
    refused(target, "a folder with other files")
    assert (target / "mine.txt").read_text(encoding="utf-8") == "mine"
    assert (work / "old" / "typology.xlsx").read_text(encoding="utf-8") == "first"
    (target / "mine.txt").unlink()
    replace(target, "second")
    assert os.listdir(target.parent) == ["results"]
