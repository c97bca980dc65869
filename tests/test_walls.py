"""The walls of the house: who may import what. A folder is a layer."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

import pytest

from rooms import PROJECT, RFREE, ROOMS, SUBJECTS, TYPOLOGY

NEIGHBOURS = {("validity", "axes"), ("people", "membership")}
"""Subjects stand side by side; these alone look into another."""

FORMER_NAMES = {
    "typology": {"questionnaire_file", "responses"},
    "rfree": {"ordered", "design_matrix"},
}
"""Modules that scripts outside the project import by their former names."""

RFREE_IMPORTS = {
    "__future__", "collections", "dataclasses", "difflib", "functools", "importlib", "itertools",
    "abc", "contextlib", "math",
    "numbers", "sys", "types", "typing", "warnings",
    "diptest", "fastcluster", "joblib", "numba", "numpy", "pandas", "prince", "rfree", "scipy",
    "sklearn", "statsmodels", "threadpoolctl",
}  # fmt: skip
READ_IN_PARTS = {"parts.py": {"os", "pyarrow"}}
"""One module reads tables too large to hold where they lie: in files, or on a cluster."""
STATISTICS = {"rfree", "scipy.stats", "sklearn", "statsmodels", "prince", "fastcluster", "diptest"}
FORBIDDEN_NAMES = {"utils", "util", "helpers", "helper", "misc", "common"}
MOST_MODULES = 14


def modules(folder: Path) -> list[Path]:
    return sorted(folder.rglob("*.py"))


@cache
def imported(path: Path) -> set[str]:
    """Return what a module imports when it runs; imports for type checkers alone are left out."""
    found = set()
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for_types = [
        node
        for node in tree.body
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test)
    ]
    tree.body = [node for node in tree.body if node not in for_types]
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found |= {_taken(node.module or "", alias.name) for alias in node.names}
    return found


def _taken(module: str, name: str) -> str:
    """Return what ``from module import name`` takes: a module within ours, or the module."""
    inner = Path(*module.split("."), name)
    ours = (RFREE.parent, TYPOLOGY.parent)
    found = any((each / inner).with_suffix(".py").is_file() for each in ours)
    return f"{module}.{name}" if found else module


def starts(name: str, roots: set[str]) -> bool:
    return any(name == root or name.startswith(f"{root}.") for root in roots)


def room(name: str, package: str) -> str | None:
    """Return the room of a module of a package: "axes" for "typology.axes.tables"."""
    head, _, rest = name.partition(".")
    return rest.split(".")[0] if head == package and rest else None


@pytest.mark.parametrize("path", modules(RFREE), ids=lambda path: path.name)
def test_rfree_knows_no_file_plot_language_or_questionnaire(path: Path) -> None:
    allowed = RFREE_IMPORTS | READ_IN_PARTS.get(path.name, set())
    assert {name.split(".")[0] for name in imported(path)} <= allowed


@pytest.mark.parametrize("package", ROOMS, ids=lambda path: path.name)
def test_every_module_is_in_a_room(package: Path) -> None:
    assert {path.name for path in package.iterdir() if (path / "__init__.py").is_file()} == set(
        ROOMS[package]
    )
    former = FORMER_NAMES[package.name]
    assert {path.stem for path in package.glob("*.py")} <= {"__init__", "__main__"} | former


@pytest.mark.parametrize("package", ROOMS, ids=lambda path: path.name)
def test_rooms_import_in_their_order(package: Path) -> None:
    wrong = [
        f"{path.relative_to(package)} -> {name}"
        for each, own in enumerate(ROOMS[package])
        for path in modules(package / own)
        for name in imported(path)
        if (other := room(name, package.name)) is not None
        and not _may_import(own, other, ROOMS[package][: each + 1])
    ]
    assert not wrong


def _may_import(own: str, other: str, before: tuple[str, ...]) -> bool:
    if own in SUBJECTS and other in SUBJECTS and "words" in before:
        return own == other or (own, other) in NEIGHBOURS
    return other in before


def test_no_folder_is_a_long_list() -> None:
    folders = {path.parent for path in modules(RFREE) + modules(TYPOLOGY)}
    long = {
        str(folder.relative_to(PROJECT)): count
        for folder in folders
        if (count := len([path for path in folder.glob("*.py") if path.stem != "__init__"]))
        > MOST_MODULES
    }
    assert not long


@pytest.mark.parametrize("subject", SUBJECTS)
def test_tables_figures_and_sentences_compute_no_statistics(subject: str) -> None:
    drawn = [
        path
        for path in modules(TYPOLOGY / subject)
        if path.stem.split("_")[-1] in {"tables", "table", "figures", "sentences"}
        or path.parent.name == "figures"
    ]
    for path in drawn:
        assert not [name for name in imported(path) if starts(name, STATISTICS)], path.name


def test_no_module_is_a_drawer_of_odds_and_ends() -> None:
    names = {path.stem for path in modules(RFREE) + modules(TYPOLOGY)}
    assert not names & FORBIDDEN_NAMES


def test_no_star_import_and_no_global_statement() -> None:
    for path in modules(RFREE) + modules(TYPOLOGY):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            assert not isinstance(node, ast.Global), path.name
            if isinstance(node, ast.ImportFrom):
                assert all(alias.name != "*" for alias in node.names), path.name


def test_imports_go_one_way() -> None:
    """No module imports one that imports it, directly or through others."""
    names = {path: _module_name(path) for path in modules(RFREE) + modules(TYPOLOGY)}
    arrows = {
        name: {other for other in imported(path) if other in names.values()} - {name}
        for path, name in names.items()
    }
    state: dict[str, str] = {}

    def visit(name: str, trail: tuple[str, ...]) -> None:
        assert state.get(name) != "open", " -> ".join((*trail, name))
        if state.get(name) == "done":
            return
        state[name] = "open"
        for other in sorted(arrows[name]):
            visit(other, (*trail, name))
        state[name] = "done"

    for name in arrows:
        visit(name, ())


def _module_name(path: Path) -> str:
    root = RFREE.parent if path.is_relative_to(RFREE) else TYPOLOGY.parent
    parts = path.relative_to(root).with_suffix("").parts
    return ".".join(part for part in parts if part != "__init__")
