"""The checksums that results are proved with: of files, of code, of versions."""

from __future__ import annotations

import hashlib
import importlib.metadata
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import rfree
import typology
from copied_study import copy_study
from typology.files import provenance
from typology.files.csv_tables import RULE
from typology.files.provenance import (
    input_checksums,
    make_manifest,
    package_versions,
    sha256_of_code,
    sha256_of_file,
    sha256_of_source,
)

SOURCES = {package.__name__: Path(package.__file__).parent for package in (rfree, typology)}
FILES = [
    pytest.param(folder, path, id=f"{name}/{path.relative_to(folder).as_posix()}")
    for name, folder in SOURCES.items()
    for path in sorted(folder.rglob("*"))
    if path.is_file()
    and "__pycache__" not in path.parts
    and path.suffix != ".pyc"
    and not path.name.startswith(".")
]


@pytest.fixture(scope="module")
def copies(tmp_path_factory: pytest.TempPathFactory) -> dict[Path, Path]:
    """Copies of the two packages, without compiled files, beside each other."""
    top = tmp_path_factory.mktemp("code")
    ignored = shutil.ignore_patterns("__pycache__", "*.pyc")
    return {
        folder: Path(shutil.copytree(folder, top / name, ignore=ignored))
        for name, folder in SOURCES.items()
    }


@pytest.fixture
def package(tmp_path: Path) -> Path:
    folder = tmp_path / "package"
    (folder / "figures").mkdir(parents=True)
    (folder / "code.py").write_text("a = 1\n", encoding="utf-8")
    (folder / "figures" / "style.css").write_text("b {}\n", encoding="utf-8")
    return folder


def test_the_checksum_of_a_file_is_that_of_its_bytes(tmp_path: Path) -> None:
    path = tmp_path / "long"
    content = bytes(range(256)) * 5000  # longer than what is read at once
    path.write_bytes(content)
    assert sha256_of_file(path) == hashlib.sha256(content).hexdigest()
    path.write_bytes(content[:-1] + b"\0")
    assert sha256_of_file(path) != hashlib.sha256(content).hexdigest()


def test_the_checksum_of_the_code_is_that_of_the_two_packages() -> None:
    assert sha256_of_code() == {name: sha256_of_source(folder) for name, folder in SOURCES.items()}


def test_a_copy_of_the_code_has_its_checksum(copies: dict[Path, Path]) -> None:
    for folder, copy in copies.items():
        assert sha256_of_source(copy) == sha256_of_source(folder)


def test_every_source_file_counts(copies: dict[Path, Path]) -> None:
    """Each file of each package, whatever its kind: changed, the checksum is another.

    A package has hundreds: all are read for the first file of a folder, its folder for the others.
    """
    seen = {sha256_of_source(copy) for copy in copies.values()}
    begun: set[Path] = set()
    for folder, path in (each.values for each in FILES):
        copy = copies[folder] / path.relative_to(folder)
        counted = copy.parent if copy.parent in begun else copies[folder]
        begun.add(copy.parent)
        content = copy.read_bytes()
        copy.write_bytes(content + b" ")
        changed = sha256_of_source(counted)
        copy.write_bytes(content)
        assert changed not in seen, path
        seen.add(changed)
    assert len(seen) == len(FILES) + len(copies)


def test_the_kinds_of_files_that_pages_and_words_are_made_of_are_there() -> None:
    kinds = {path.suffix for _, path in (each.values for each in FILES)}
    assert kinds >= {".py", ".yml", ".js", ".css"}


@pytest.mark.parametrize(
    "name",
    ["new.py", "words.yml", "filter.lua", "page.qmd", "model.json", "page.html", "data.csv",
     "figures/new.js", "LICENSE"],
)  # fmt: skip
def test_a_file_added_counts(package: Path, name: str) -> None:
    before = sha256_of_source(package)
    (package / name).write_text("", encoding="utf-8")
    assert sha256_of_source(package) != before


def test_a_file_removed_renamed_or_moved_counts(package: Path) -> None:
    before = [sha256_of_source(package)]
    (package / "code.py").rename(package / "code2.py")
    before.append(sha256_of_source(package))
    (package / "code2.py").rename(package / "figures" / "code2.py")
    before.append(sha256_of_source(package))
    (package / "figures" / "code2.py").unlink()
    assert sha256_of_source(package) not in before
    assert len(set(before)) == 3


def test_contents_exchanged_between_files_count(package: Path) -> None:
    (package / "other.py").write_text("b = 2\n", encoding="utf-8")
    before = sha256_of_source(package)
    (package / "other.py").write_text("a = 1\n", encoding="utf-8")
    (package / "code.py").write_text("b = 2\n", encoding="utf-8")
    assert sha256_of_source(package) != before


@pytest.mark.parametrize("name", ["__pycache__/code.cpython-311.pyc", "code.pyc", "code.pyo",
                                  ".DS_Store", "figures/__pycache__/x.py",
                                  ".ruff_cache/0.1/1"])  # fmt: skip
def test_what_python_and_systems_leave_behind_does_not_count(package: Path, name: str) -> None:
    before = sha256_of_source(package)
    (package / name).parent.mkdir(parents=True, exist_ok=True)
    (package / name).write_bytes(b"left behind")
    assert sha256_of_source(package) == before


def test_the_checksum_of_a_package_is_of_its_names_and_checksums_in_order(package: Path) -> None:
    # "figures.py" before "figures/style.css": by the letters of the whole name.
    (package / "figures.py").write_text("c\n", encoding="utf-8")
    lines = [
        f"{name}\0{hashlib.sha256(content).hexdigest()}\n"
        for name, content in (
            ("code.py", b"a = 1\n"), ("figures.py", b"c\n"), ("figures/style.css", b"b {}\n"),
        )
    ]  # fmt: skip
    expected = hashlib.sha256("".join(lines).encode()).hexdigest()
    assert sha256_of_source(package) == expected


def test_the_folder_of_the_package_does_not_count(package: Path, tmp_path: Path) -> None:
    hidden = tmp_path / ".venv" / "lib"
    shutil.copytree(package, hidden)
    assert sha256_of_source(hidden) == sha256_of_source(package)


FRESHNESS = """
import json, sys
from pathlib import Path
from typology.results.freshness import outdated
from typology.study import load_study
print(json.dumps(outdated(load_study(Path(sys.argv[1])))))
"""


@pytest.mark.parametrize("changed", ["rfree/classes/hcpc.py", "typology/types/words.yml"])
def test_results_of_other_code_are_outdated(
    copies: dict[Path, Path], tmp_path: Path, project: Path, changed: str
) -> None:
    """The installed code itself is changed, and a fresh process asked."""
    top = copies[SOURCES["rfree"]].parent
    path = copy_study(project, tmp_path)
    write = (
        "from typology.files.provenance import make_manifest;"
        "from typology.results.run_results import write_json;"
        "s = load_study(Path(sys.argv[1])); s.results_path.mkdir();"
        "m = make_manifest(inputs=s.inputs, settings=s.settings(), outputs=[],"
        " root=s.results_path);"
        "write_json(s.results_path / 'manifest.json', m)"
    )

    def ask(code: str) -> list[str]:
        done = subprocess.run(
            [sys.executable, "-c", code, str(path)], capture_output=True, text=True, check=True,
            env={**os.environ, "PYTHONPATH": str(top), "PYTHONDONTWRITEBYTECODE": "1"},
        )  # fmt: skip
        return list(json.loads(done.stdout))

    assert ask(FRESHNESS.replace("print", f"{write}\nprint")) == []
    source = top / changed
    content = source.read_bytes()
    source.write_bytes(content + b"# changed\n")
    assert ask(FRESHNESS) == ["code"]
    source.write_bytes(content)
    assert ask(FRESHNESS) == []


def test_versions_are_those_installed_of_all_that_makes_numbers_and_bytes() -> None:
    versions = package_versions()
    assert versions["python"] == ".".join(map(str, sys.version_info[:3]))
    assert set(versions) == {"python", *provenance.PACKAGES}
    assert set(versions) >= {"numpy", "pandas", "scipy", "openpyxl", "pyreadstat", "xlsxwriter"}
    for name in provenance.PACKAGES:
        assert versions[name] == importlib.metadata.version(name)


def test_a_manifest_has_the_checksums_of_what_went_in_and_came_out(tmp_path: Path) -> None:
    (tmp_path / "answers.csv").write_bytes(b"1\n")
    outputs = [tmp_path / "results" / name for name in ("b.csv", "tables/a.csv", "B.csv")]
    for path in outputs:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(path.name.encode())
    (tmp_path / "results" / "notes.docx").write_bytes(b"mine")
    manifest = make_manifest(
        inputs={"responses": tmp_path / "answers.csv"}, settings={"seed": 1}, outputs=outputs,
        root=tmp_path / "results", made_by=provenance.COMPARISON,
    )  # fmt: skip
    one = hashlib.sha256(b"1\n").hexdigest()
    assert manifest["made_by"] == "typology compare"
    assert manifest["inputs"] == {"responses": {"name": "answers.csv", "sha256": one}}
    assert manifest["settings"] == {"seed": 1}
    assert manifest["code"] == sha256_of_code()
    assert manifest["versions"] == package_versions()
    assert manifest["csv"] == dict(RULE)
    assert manifest["manifest_version"] == provenance.MANIFEST_VERSION
    assert set(manifest) == {
        "made_by", "manifest_version", "inputs", "settings", "code", "versions", "csv", "outputs",
    }  # fmt: skip
    assert list(manifest["outputs"]) == ["B.csv", "b.csv", "tables/a.csv"]
    assert manifest["outputs"]["tables/a.csv"] == hashlib.sha256(b"a.csv").hexdigest()


def test_a_run_makes_the_manifest_unless_told_otherwise(tmp_path: Path) -> None:
    manifest = make_manifest(inputs={}, settings={}, outputs=[], root=tmp_path)
    assert manifest["made_by"] == provenance.RUN_COMMAND == "typology run"
    assert (manifest["inputs"], manifest["settings"], manifest["outputs"]) == ({}, {}, {})


def test_inputs_are_in_the_order_of_their_roles(tmp_path: Path) -> None:
    for name in "ab":
        (tmp_path / name).write_bytes(name.encode())
    found = input_checksums({"study": tmp_path / "a", "margins": tmp_path / "b"})
    assert list(found.items()) == [
        ("margins", {"name": "b", "sha256": hashlib.sha256(b"b").hexdigest()}),
        ("study", {"name": "a", "sha256": hashlib.sha256(b"a").hexdigest()}),
    ]


def test_a_folder_of_parts_has_one_checksum(tmp_path: Path) -> None:
    for name in ("b.parquet", "a.parquet"):
        (tmp_path / name).write_bytes(name.encode())
    before = input_checksums({"responses": tmp_path})["responses"]
    assert before["name"] == tmp_path.name
    (tmp_path / "a.parquet").write_bytes(b"other")
    assert input_checksums({"responses": tmp_path})["responses"]["sha256"] != before["sha256"]
