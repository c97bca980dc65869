"""Where the items of a study ask for no agreement, nothing speaks of agreement."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from typing import Any

from leftovers import AGREEMENT
from rooms import TYPOLOGY
from typology.words.catalogue import Entry, families, is_entry

OTHERWISE = {
    ("caption", "sensitivity"),
    ("sheet", "weighting_agreement"),
    ("other_methods_axis",),
    ("evidence_agreement", "divided"),
    ("evidence_agreement", "divided_alone"),
    ("paper_evidence_note",),
    ("ask", "direction"),
    ("case", "one trait; answering style"),
    ("case", "one trait; weaker answering style"),
}
"""What agrees there are partitions and methods; or a new study is asked for, which has no scale."""

OF_NO_ITEM = {"caption", "sheet"}
"""Families whose other entries may be asked for without the labels of a study."""


def entries(node: Mapping[str, Any], above: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    for name, inner in node.items():
        if is_entry(inner):
            yield (*above, name)
        else:
            yield from entries(inner, (*above, name))


def texts(entry: Entry) -> Iterator[str]:
    for said in entry.values():
        yield from [said] if isinstance(said, str) else said.values()


def entry_at(path: tuple[str, ...]) -> Entry:
    found: Any = families()
    for name in path:
        found = found[name]
    return found


def test_what_is_said_of_agreement_is_said_of_other_scales_too() -> None:
    every = set(entries(families()))
    spoken = {
        path
        for path in every
        if path[0] != "rated" and any(map(AGREEMENT.search, texts(entry_at(path))))
    }
    assert len(spoken) > 30
    assert {path for path in spoken if ("rated", *path) not in every} == OTHERWISE


def test_what_is_said_of_other_scales_says_nothing_of_agreement() -> None:
    rated = [path for path in entries(families()) if path[0] == "rated"]
    assert [p for p in rated if any(map(AGREEMENT.search, texts(entry_at(p))))] == []


def test_words_that_depend_on_the_scale_are_asked_of_the_labels() -> None:
    """`word` knows no scale."""
    rated = set(families()["rated"]) - OF_NO_ITEM
    asked = [
        f"{path.relative_to(TYPOLOGY)}:{node.lineno} {node.args[0].value}"
        for path in TYPOLOGY.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "word"
        and node.args
        and isinstance(node.args[0], ast.Constant)
        and node.args[0].value in rated
    ]
    assert asked == []
