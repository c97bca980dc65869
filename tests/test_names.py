"""One name for one thing: what is public in a module is public in no other."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from rooms import RFREE, TYPOLOGY

SHARED_NAMES = {
    # What a program runs.
    "main": ("__main__.py", "answers/platforms/statistical/library.py", "app", "cli"),
    "headings": ("questionnaire/forms",),  # of the columns in which a platform's answers come back
    "write": ("tools/forms",),  # a form for a platform
    "export": ("tools/fetch",),  # the answers that a platform holds
    "run": ("cli/command.py", "app/screens"),  # as it is typed, as it is addressed
    "questionnaire": ("cli/command.py", "app/screens"),
    "stop": ("app/screens",),
}
"""Names that modules of ``typology`` share because each does the same for its own, and where."""


def modules() -> list[Path]:
    return sorted([*RFREE.rglob("*.py"), *TYPOLOGY.rglob("*.py")])


@cache
def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def defined(path: Path) -> set[str]:
    """Return the public functions, classes and constants that a module defines."""
    names: set[str] = set()
    for node in parsed(path).body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            names.add(node.name)
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            names |= {
                each.id
                for target in targets
                for each in ast.walk(target)
                if isinstance(each, ast.Name)
            }
    return {name for name in names if not name.startswith("_")}


@pytest.fixture(scope="module")
def homes() -> dict[str, list[Path]]:
    """The modules that define each public name."""
    found = defaultdict(list)
    for path in modules():
        for name in defined(path):
            found[name].append(path)
    return found


def test_no_public_name_is_defined_in_two_modules(homes: dict[str, list[Path]]) -> None:
    twice = {
        name: [str(path.relative_to(RFREE.parents[1])) for path in paths]
        for name, paths in homes.items()
        if len(paths) > 1 and name not in SHARED_NAMES
    }
    assert not twice


@pytest.mark.parametrize("name", SHARED_NAMES)
def test_shared_names_stay_where_they_are_shared(name: str, homes: dict[str, list[Path]]) -> None:
    places = [TYPOLOGY / place for place in SHARED_NAMES[name]]
    assert len(homes[name]) > 1
    for path in homes[name]:
        assert any(path.is_relative_to(place) for place in places), path


def test_no_function_is_written_twice() -> None:
    written: dict[str, list[str]] = defaultdict(list)
    for path in modules():
        for name, function in _functions(path):
            written[function].append(f"{path.stem}.{name}")
    assert not [names for names in written.values() if len(names) > 1]


def _functions(path: Path) -> Iterator[tuple[str, str]]:
    """Yield each function of a module but those of shared names, and all that it does."""
    for node in parsed(path).body:
        if isinstance(node, ast.FunctionDef) and node.name not in SHARED_NAMES:
            told = ast.get_docstring(node) is not None
            done = map(ast.dump, node.body[told:])
            yield node.name, "\n".join([ast.dump(node.args), *done])
