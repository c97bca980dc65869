"""The walls of the house: who may import what, and how long a module may be."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

PROJECT = Path(__file__).parent.parent
RFREE = PROJECT / "R-free" / "rfree"
TYPOLOGY = PROJECT / "analysis" / "typology"

RFREE_IMPORTS = {
    "__future__", "collections", "dataclasses", "difflib", "functools", "itertools", "math",
    "numbers", "types", "typing", "warnings",
    "fastcluster", "joblib", "numpy", "pandas", "prince", "rfree", "scipy", "sklearn",
    "statsmodels", "threadpoolctl",
}  # fmt: skip
DRAWING = ("figures", "tables")
STATISTICS = {"rfree", "scipy.stats", "sklearn", "statsmodels", "prince", "fastcluster"}
FORBIDDEN_NAMES = {"utils", "util", "helpers", "helper", "misc", "common"}


def modules(folder: Path) -> list[Path]:
    return sorted(folder.rglob("*.py"))


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
            found.add(node.module or "")
    return found


def starts(name: str, roots: set[str]) -> bool:
    return any(name == root or name.startswith(f"{root}.") for root in roots)


@pytest.mark.parametrize("path", modules(RFREE), ids=lambda path: path.name)
def test_rfree_knows_no_file_plot_language_or_questionnaire(path: Path) -> None:
    assert {name.split(".")[0] for name in imported(path)} <= RFREE_IMPORTS


@pytest.mark.parametrize("folder", DRAWING)
def test_figures_and_tables_compute_no_statistics(folder: str) -> None:
    for path in modules(TYPOLOGY / folder):
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


def test_modules_stay_readable() -> None:
    long = {
        path.name: length
        for path in modules(RFREE) + modules(TYPOLOGY)
        if (length := len(path.read_text(encoding="utf-8").splitlines())) > 360
    }
    assert not long


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
