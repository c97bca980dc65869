from __future__ import annotations

import json
import shutil
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from matplotlib.image import imsave

from command_line import call, said
from small_study import Project
from typology.files.provenance import RUN_COMMAND, make_manifest
from typology.problems import InputError
from typology.results.run_results import MANIFEST, write_json
from typology.study import Study, load_study
from typology.tools.verify import verification
from typology.tools.verify.compared_files import compare_files, compare_texts
from typology.tools.verify.verification import verify_run

TABLE = "class,n,mean\n1,120,0.25\n2,192,-1.5e-3\n"


@pytest.mark.parametrize(
    ("after", "status", "largest"),
    [
        (TABLE.replace("0.25", "0.2500000001"), "within", 1e-10),
        (TABLE.replace("192", "192.00001"), "moved", 1e-5 / 192),
        (TABLE.replace("0.25", "0.26"), "moved", 0.01),
        (TABLE.replace("-1.5e-3", "-0.0015"), "within", 0.0),
    ],
)
def test_numbers_are_compared_relative_above_one(after: str, status: str, largest: float) -> None:
    found = compare_texts(TABLE, after, tolerance=1e-8)
    assert found.status == status
    assert found.largest == pytest.approx(largest, abs=1e-15)


def test_the_largest_difference_is_told_with_its_line() -> None:
    after = TABLE.replace("0.25", "0.26").replace("192", "384")
    found = compare_texts(TABLE, after, tolerance=1e-8)
    assert (found.place, found.before, found.after) == ("3", "192", "384")


@pytest.mark.parametrize("after", [TABLE.replace("mean", "median"), TABLE + "3,5,0\n", TABLE[:-12]])
def test_other_words_or_rows_have_moved_whatever_the_tolerance(after: str) -> None:
    assert compare_texts(TABLE, after, tolerance=1e9).status == "moved"


@pytest.mark.parametrize(
    ("value", "status"), [("1.0000000000001", "within"), ("1.1", "moved"), ("one", "moved")]
)
def test_the_cells_of_a_workbook_are_compared(tmp_path: Path, value: str, status: str) -> None:
    for name, cell in (("a", "1.0"), ("b", value)):
        with zipfile.ZipFile(tmp_path / f"{name}.xlsx", "w") as archive:
            archive.writestr("sheet1.xml", f"<v>{cell}</v>")
            archive.writestr("sheet2.xml", "<v>5</v>")
    found = compare_files(tmp_path / "a.xlsx", tmp_path / "b.xlsx", tolerance=1e-8)
    assert (found.status, found.place) == (status, "sheet1.xml, 1")


def test_a_picture_tells_which_share_of_its_points_differs(tmp_path: Path) -> None:
    picture = np.zeros((10, 10, 3))
    imsave(tmp_path / "a.png", picture)
    picture[0, :5] = 1.0
    imsave(tmp_path / "b.png", picture)
    found = compare_files(tmp_path / "a.png", tmp_path / "b.png", tolerance=0)
    assert (found.status, found.largest) == ("moved", 0.05)


def _written(study: Study, folder: Path, tables: dict[str, str]) -> None:
    (folder / "tables").mkdir(parents=True)
    paths = [folder / "tables" / f"{name}.csv" for name in tables]
    for path, text in zip(paths, tables.values(), strict=True):
        path.write_text(text, encoding="utf-8")
    manifest = make_manifest(
        inputs=study.inputs,
        settings=study.settings(),
        outputs=paths,
        root=folder,
        made_by=RUN_COMMAND,
    )
    write_json(folder / MANIFEST, manifest)


@pytest.fixture
def study(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A study whose run gives one table as before, one that moved a little, one that moved."""
    project = Project(tmp_path)
    project.write(pd.DataFrame({"H1": [1, 2]}))
    path = tmp_path / "study.yml"
    before = {"same": TABLE, "close": TABLE, "far": TABLE, "gone": TABLE}
    _written(load_study(path), tmp_path / "results", before)
    after = {
        "same": TABLE, "close": TABLE.replace("0.25", "0.2500000001"),
        "far": TABLE.replace("120", "121"), "more": TABLE,
    }  # fmt: skip

    def run_study(study: Study, **_options: Any) -> None:
        _written(study, study.results_path, after)

    monkeypatch.setattr(verification, "run_study", run_study)
    return path


def _statuses(found: pd.DataFrame) -> dict[str, str]:
    return dict(
        zip(found["output"].map(lambda name: Path(name).stem), found["status"], strict=True)
    )


def test_what_is_the_same_and_what_moved_is_told_file_by_file(study: Path) -> None:
    found = verify_run(study)
    assert _statuses(found.outputs) == {
        "close": "within", "far": "moved", "gone": "missing", "more": "new", "same": "identical",
    }  # fmt: skip
    assert found.causes.empty
    assert not found.holds


def test_a_number_changed_by_hand_is_told_though_the_run_is_the_same(study: Path) -> None:
    path = study.parent / "results" / "tables" / "same.csv"
    path.write_text(TABLE.replace("120", "125"), encoding="utf-8")
    found = verify_run(study)
    row = found.outputs.set_index("output").loc["tables/same.csv"]
    assert row["status"] == "edited"
    assert "125" in row["before"]
    assert "120" in row["after"]
    assert not found.holds


def test_a_wider_tolerance_is_named_and_holds_more(study: Path) -> None:
    assert _statuses(verify_run(study, tolerance=0.01).outputs)["far"] == "within"
    assert _statuses(verify_run(study, tolerance=1e-12).outputs)["close"] == "moved"


def test_causes_are_told_before_effects(study: Path) -> None:
    answers = study.with_name("answers.csv")
    answers.write_text("H1\n1\n2\n3\n", encoding="utf-8")
    path = study.parent / "results" / MANIFEST
    manifest = json.loads(path.read_text(encoding="utf-8"))
    manifest["versions"]["numpy"] = "1.0"
    manifest["settings"]["seed"] = 99
    path.write_text(json.dumps(manifest), encoding="utf-8")
    causes = verify_run(study).causes
    assert list(zip(causes["part"], causes["what"], strict=True)) == [
        ("inputs", "responses"), ("settings", "seed"), ("versions", "numpy"),
    ]  # fmt: skip
    assert causes.loc[1, ["before", "after"]].tolist() == ["99", "1"]


def test_replicates_of_the_command_line_are_those_of_the_manifest(
    study: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = study.parent / "results" / MANIFEST
    manifest = json.loads(path.read_text(encoding="utf-8"))
    manifest["settings"]["validity"]["null_replicates"] = 23
    path.write_text(json.dumps(manifest), encoding="utf-8")
    used = []
    run = verification.run_study

    def noted(study: Study, **options: Any) -> None:
        used.append(study.choices.validity.null_replicates)
        run(study, **options)

    monkeypatch.setattr(verification, "run_study", noted)
    verify_run(study)
    assert used == [23]


def test_a_manifest_alone_compares_checksums(study: Path, tmp_path: Path) -> None:
    alone = tmp_path / "received"
    alone.mkdir()
    shutil.copy(study.parent / "results" / MANIFEST, alone)
    found = verify_run(study, manifest=alone / MANIFEST)
    assert _statuses(found.outputs)["same"] == "identical"
    assert _statuses(found.outputs)["far"] == "changed"


def test_a_folder_without_a_run_is_refused(study: Path, tmp_path: Path) -> None:
    with pytest.raises(InputError):
        verify_run(study, manifest=tmp_path / "nothing")


def test_nothing_is_written_beside_the_study(study: Path) -> None:
    before = {path: path.read_bytes() for path in study.parent.rglob("*") if path.is_file()}
    verify_run(study)
    after = {path: path.read_bytes() for path in study.parent.rglob("*") if path.is_file()}
    assert before == after


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_command_tells_a_table_and_ends_with_one(
    study: Path, language: str, capsys: pytest.CaptureFixture[str]
) -> None:
    output = study.with_name("verified.csv")
    code = call("verify", str(study), "--language", language, "--output", str(output))
    told = said(capsys)
    assert code == 1
    assert "far.csv" in told
    assert "1e-08" in told
    assert len(pd.read_csv(output)) == 5
