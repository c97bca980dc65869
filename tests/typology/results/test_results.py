from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pandas as pd
import pytest

from typology.files.provenance import COMPARISON, RUN_COMMAND, make_manifest
from typology.problems import InputError
from typology.results.private_folder import write_private
from typology.results.run_results import (
    maker_of,
    own_outputs,
    read_manifest,
    read_results,
    write_json,
    write_tables,
)


def fill(folder: Path, value: float = 1 / 3, *, made_by: str = RUN_COMMAND) -> None:
    outputs = write_tables(folder, {"axes": pd.DataFrame({"axis": [1], "eigenvalue": [value]})})
    manifest = make_manifest(
        inputs={}, settings={"seed": 1}, outputs=outputs, root=folder, made_by=made_by
    )
    write_json(folder / "manifest.json", manifest)


def change_manifest(folder: Path, **changes: object) -> None:
    content = json.loads((folder / "manifest.json").read_text(encoding="utf-8")) | changes
    kept = {key: value for key, value in content.items() if value is not None}
    write_json(folder / "manifest.json", kept)


def test_numbers_are_written_unrounded_and_read_back(tmp_path: Path) -> None:
    fill(tmp_path)
    assert read_results(tmp_path).tables["axes"].loc[0, "eigenvalue"] == 1 / 3


def test_json_is_readable_in_the_order_given_with_all_decimals(tmp_path: Path) -> None:
    write_json(tmp_path / "a.json", {"é": 1 / 3, "a": [1, None], "b": {}})
    text = '{\n  "é": 0.3333333333333333,\n  "a": [\n    1,\n    null\n  ],\n  "b": {}\n}\n'
    assert (tmp_path / "a.json").read_bytes() == text.encode()
    with pytest.raises(ValueError, match="not JSON compliant"):
        write_json(tmp_path / "b.json", {"a": float("nan")})
    assert not (tmp_path / "b.json").exists()


def test_outputs_are_those_of_both_manifests(tmp_path: Path) -> None:
    fill(tmp_path)
    assert list(own_outputs(tmp_path)) == ["tables/axes.csv"]
    private = pd.DataFrame({"respondent": ["R1"], "class": [2]})
    write_private(tmp_path, {"respondents": private}, {"n": 1})
    outputs = own_outputs(tmp_path)
    assert list(outputs) == [
        "tables/axes.csv", "private/.gitignore", "private/model.json",
        "private/tables/respondents.csv",
    ]  # fmt: skip
    for name, checksum in outputs.items():
        assert checksum == hashlib.sha256((tmp_path / name).read_bytes()).hexdigest()
    assert (tmp_path / "private" / ".gitignore").read_bytes() == b"*\n"
    assert json.loads((tmp_path / "private" / "model.json").read_text("utf-8")) == {"n": 1}
    assert (tmp_path / "private" / "tables" / "respondents.csv").read_bytes() == (
        b"respondent,class\nR1,2\n"
    )
    (tmp_path / "private" / "manifest.json").write_text("[]", encoding="utf-8")
    assert list(own_outputs(tmp_path)) == ["tables/axes.csv"]


def test_a_table_is_read_when_it_is_asked_for_and_once(tmp_path: Path) -> None:
    fill(tmp_path)
    tables = read_results(tmp_path).tables
    assert "axes" in tables
    assert "mine" not in tables
    assert len(tables) == 1
    assert tables["axes"] is tables["axes"]
    with pytest.raises(KeyError):
        tables["mine"]


def test_only_the_tables_of_the_manifest_are_read(tmp_path: Path) -> None:
    fill(tmp_path)
    (tmp_path / "tables" / "mine.csv").write_text("a\n1\n", encoding="utf-8")
    assert list(read_results(tmp_path).tables) == ["axes"]


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


@pytest.mark.parametrize("made_by", [RUN_COMMAND, COMPARISON])
def test_a_manifest_says_which_command_made_it(tmp_path: Path, made_by: str) -> None:
    fill(tmp_path, made_by=made_by)
    assert maker_of(tmp_path) == made_by
    assert read_manifest(tmp_path)["made_by"] == made_by


@pytest.mark.parametrize(
    ("output", "made_by"),
    [("model.json", RUN_COMMAND), ("tables/comparison_test.csv", COMPARISON), ("index.html", None)],
)
def test_a_manifest_of_before_is_known_by_its_keys_and_its_outputs(
    tmp_path: Path, output: str, made_by: str | None
) -> None:
    fill(tmp_path)
    former = dict.fromkeys(("made_by", "manifest_version", "csv"))
    change_manifest(tmp_path, **former, outputs={output: "0" * 64})
    assert maker_of(tmp_path) == made_by


@pytest.mark.parametrize(
    "content",
    [
        "", "{", "[]", "null", "1", '"results"', '{"name": "My page", "icons": []}',
        '{"outputs": {}}', "[" * 100_000,
        '{"made_by": "webpack", "manifest_version": 1, "inputs": {}, "settings": {}, "code": {},'
        ' "versions": {}, "outputs": {}}',
        '{"made_by": ["typology run"], "manifest_version": 1, "inputs": {}, "settings": {},'
        ' "code": {}, "versions": {}, "outputs": {}}',
        '{"made_by": "typology run", "manifest_version": 99, "inputs": {}, "settings": {},'
        ' "code": {}, "versions": {}, "outputs": {}}',
        '{"made_by": "typology run", "manifest_version": 1, "inputs": {}, "settings": {},'
        ' "code": {}, "versions": {}, "outputs": {"data.csv": "not a checksum"}}',
        '{"made_by": "typology run", "manifest_version": 1, "inputs": {}, "settings": {},'
        ' "code": {}, "versions": {}, "outputs": ["data.csv"]}',
        '{"inputs": {}, "settings": {}, "code": {}, "versions": {}, "outputs": {}}',
    ],
)  # fmt: skip
def test_the_manifest_of_another_program_is_not_ours(tmp_path: Path, content: str) -> None:
    (tmp_path / "manifest.json").write_text(content, encoding="utf-8")
    assert maker_of(tmp_path) is None
    with pytest.raises(InputError, match="results with their manifest"):
        read_manifest(tmp_path)


def test_a_manifest_that_is_no_text_is_not_ours(tmp_path: Path) -> None:
    (tmp_path / "manifest.json").write_bytes(b"\xff\xfe\x00")
    assert maker_of(tmp_path) is None
    (tmp_path / "folder" / "manifest.json").mkdir(parents=True)
    assert maker_of(tmp_path / "folder") is None


def test_the_manifest_holds_no_date_and_no_path_of_the_machine(tmp_path: Path) -> None:
    fill(tmp_path)
    text = (tmp_path / "manifest.json").read_text(encoding="utf-8")
    assert str(tmp_path) not in text
    assert list(json.loads(text)) == [
        "made_by", "manifest_version", "inputs", "settings", "code", "versions", "csv", "outputs",
    ]  # fmt: skip


def test_what_differs_from_the_manifest_is_named_with_its_place(tmp_path: Path) -> None:
    fill(tmp_path)
    table = tmp_path / "tables" / "axes.csv"
    table.write_text("axis\n2\n", encoding="utf-8")
    with pytest.raises(InputError) as changed:
        read_results(tmp_path)
    assert str(changed.value) == (
        f"{table}: found other contents, expected the file of the manifest. "
        "Run `typology run` again."
    )
    table.unlink()
    with pytest.raises(InputError) as missing:
        read_results(tmp_path)
    assert str(missing.value) == (
        f"{table}: found nothing, expected this file. Run `typology run` again."
    )
    (tmp_path / "manifest.json").unlink()
    with pytest.raises(InputError) as none:
        read_results(tmp_path)
    assert str(none.value) == (
        f"{tmp_path / 'manifest.json'}: found nothing, expected results with their manifest. "
        "Run `typology run`."
    )
    (problem,) = none.value.problems
    assert (problem.row, problem.column) == ("", "")


TEXTS = (
    "respondent", "type", "variable", "category", "item", "block", "role", "candidate", "margin",
    "nearest", "unnamed_reason", "off_blocks",
)  # fmt: skip


def test_texts_that_look_like_numbers_come_back_as_texts(tmp_path: Path) -> None:
    written = pd.DataFrame({**{name: ["007", None] for name in TEXTS}, "n": [7, 8]})
    outputs = write_tables(tmp_path, {"b": written, "a": written[["n"]]})
    assert outputs == (tmp_path / "tables" / "b.csv", tmp_path / "tables" / "a.csv")
    more = tmp_path / "tables" / "mine.txt"
    deep = tmp_path / "tables" / "deep" / "c.csv"
    deep.parent.mkdir()
    for path in (more, deep, tmp_path / "top.csv"):
        path.write_bytes(b"n\n1\n")
    outputs = (*outputs, more, deep, tmp_path / "top.csv")
    write_json(
        tmp_path / "manifest.json",
        make_manifest(inputs={}, settings={}, outputs=outputs, root=tmp_path),
    )
    results = read_results(tmp_path)
    assert list(results.tables) == ["a", "b"]
    assert (results.folder, results.manifest) == (tmp_path, read_manifest(tmp_path))
    read = results.tables["b"]
    for name in TEXTS:
        assert read[name].tolist()[0] == "007", name
        assert read[name].isna().tolist() == [False, True]
    assert read["n"].tolist() == [7, 8]


@pytest.mark.parametrize("part", ["inputs", "settings", "code", "versions", "outputs"])
def test_a_manifest_has_all_its_parts_as_mappings(tmp_path: Path, part: str) -> None:
    fill(tmp_path)
    change_manifest(tmp_path, **{part: ["x"]})
    assert maker_of(tmp_path) is None
    change_manifest(tmp_path, **{part: None})
    assert maker_of(tmp_path) is None


@pytest.mark.parametrize("checksum", ["0" * 63, "0" * 65, "A" * 64, "g" * 64])
def test_checksums_of_a_manifest_are_of_their_kind(tmp_path: Path, checksum: str) -> None:
    fill(tmp_path)
    change_manifest(tmp_path, outputs={"tables/axes.csv": "f" * 64, "b.csv": checksum})
    assert maker_of(tmp_path) is None
    change_manifest(
        tmp_path, outputs={"tables/axes.csv": "f" * 64, "b.csv": "0123456789abcdef" * 4}
    )
    assert maker_of(tmp_path) == RUN_COMMAND


@pytest.mark.parametrize("version", [0, 2, "1", None])
def test_a_manifest_of_another_version_is_not_ours(tmp_path: Path, version: object) -> None:
    fill(tmp_path)
    change_manifest(tmp_path, manifest_version=version)
    assert maker_of(tmp_path) is None


@pytest.mark.parametrize(
    ("output", "made_by"),
    [
        ("tables/nominal_group_ideas.csv", "typology nominal-group"),
        ("tables/swot_statements.csv", "typology swot"),
    ],
)
def test_the_outputs_of_workshops_say_so_before_manifests_did(
    tmp_path: Path, output: str, made_by: str
) -> None:
    fill(tmp_path)
    former = dict.fromkeys(("made_by", "manifest_version", "csv"))
    change_manifest(tmp_path, **former, outputs={"a.csv": "0" * 64, output: "0" * 64})
    assert maker_of(tmp_path) == made_by
