from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest

from typology.problems import InputError
from typology.provenance import make_manifest
from typology.results import (
    read_results,
    replaced_folder,
    require_results_folder,
    write_json,
    write_tables,
)


def fill(folder: Path, value: float = 1 / 3) -> None:
    write_tables(folder, {"axes": pd.DataFrame({"axis": [1], "eigenvalue": [value]})})
    outputs = [path for path in folder.rglob("*") if path.is_file()]
    manifest = make_manifest(inputs={}, settings={"seed": 1}, outputs=outputs, root=folder)
    write_json(folder / "manifest.json", manifest)


def write_and_interrupt(target: Path) -> None:
    with replaced_folder(target) as folder:
        fill(folder, value=2.0)
        raise KeyboardInterrupt


def test_a_failed_run_leaves_the_former_results(tmp_path: Path) -> None:
    target = tmp_path / "results"
    with replaced_folder(target) as folder:
        fill(folder)
    before = (target / "tables" / "axes.csv").read_bytes()
    with pytest.raises(KeyboardInterrupt):
        write_and_interrupt(target)
    assert (target / "tables" / "axes.csv").read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == ["results"]


def test_a_complete_run_replaces_the_former_results_wholly(tmp_path: Path) -> None:
    target = tmp_path / "results"
    with replaced_folder(target) as folder:
        (folder / "old.txt").write_text("old", encoding="utf-8")
    with replaced_folder(target) as folder:
        fill(folder)
    assert not (target / "old.txt").exists()
    assert [path.name for path in tmp_path.iterdir()] == ["results"]


def test_numbers_are_written_unrounded_and_read_back(tmp_path: Path) -> None:
    fill(tmp_path)
    assert read_results(tmp_path).tables["axes"].loc[0, "eigenvalue"] == 1 / 3


def test_every_file_changed_since_the_run_is_named(tmp_path: Path) -> None:
    fill(tmp_path)
    (tmp_path / "tables" / "axes.csv").write_text("axis\n2\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"axes\.csv.*the file of the manifest"):
        read_results(tmp_path)
    (tmp_path / "tables" / "axes.csv").unlink()
    with pytest.raises(InputError, match="Run `typology run` again"):
        read_results(tmp_path)


def test_results_without_a_manifest_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="manifest"):
        read_results(tmp_path)


def test_a_folder_of_other_files_is_never_replaced(tmp_path: Path) -> None:
    (tmp_path / "thesis.docx").write_text("years of work", encoding="utf-8")
    with pytest.raises(InputError, match="a folder with other files"):
        require_results_folder(tmp_path)
    with pytest.raises(InputError, match="found a file, expected"):
        require_results_folder(tmp_path / "thesis.docx")
    require_results_folder(tmp_path / "new")


def test_the_manifest_holds_no_date_and_no_path_of_the_machine(tmp_path: Path) -> None:
    fill(tmp_path)
    text = (tmp_path / "manifest.json").read_text(encoding="utf-8")
    assert str(tmp_path) not in text
    assert set(json.loads(text)) == {
        "inputs", "settings", "code", "versions", "csv", "outputs",
    }  # fmt: skip
