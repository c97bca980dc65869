"""The words of every room: beside what they name, complete, asked for as they are written."""

from __future__ import annotations

import ast
import re
import string
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import typology
from asked_words import Asked, Code
from rooms import PROJECT, ROOMS, SUBJECTS, TYPOLOGY
from typology.words.catalogue import Entry, families, files, is_entry

PACKAGE = Path(typology.__file__).parent
PAGES = PROJECT / "quarto"
ORDER = ROOMS[TYPOLOGY]
Path_ = tuple[str, ...]


def entries(node: Mapping[str, Any], above: Path_ = ()) -> Iterator[tuple[Path_, Entry]]:
    for name, inner in node.items():
        if is_entry(inner):
            yield (*above, name), inner
        else:
            yield from entries(inner, (*above, name))


@cache
def asked() -> list[Asked]:
    """Every word() of the package but the catalogue's own, and the captions that pages choose."""
    own = [each for each in Code(PACKAGE).asked() if each.path.parent != PACKAGE / "words"]
    return own + [
        Asked(PACKAGE / "documents" / page.name, 0, frozenset({"caption"}), (frozenset({name}),))
        for page in sorted(PAGES.glob("*.qmd"))
        for name in re.findall(r'caption="(\w+)"', page.read_text(encoding="utf-8"))
    ]


def place(each: Asked) -> str:
    return f"{each.path.relative_to(PACKAGE)}:{each.line}"


def asks_for(each: Asked, path: Path_) -> bool:
    """Whether a call may be for an entry: its key, and the members that the code tells."""
    if not each.keys or path[0] not in each.keys:
        return False
    pairs = zip(each.members, path[1:], strict=False)
    return all(known is None or member in known for known, member in pairs)


def test_both_languages_of_an_entry_ask_for_the_same_values() -> None:
    found = dict(entries(families()))
    assert len(found) > 1000
    for path, entry in found.items():
        fields = {
            language: {
                name
                for text in ([texts] if isinstance(texts, str) else texts.values())
                for _, name, _, _ in string.Formatter().parse(text)
                if name
            }
            for language, texts in entry.items()
        }
        assert fields["fr"] == fields["en"], path


def test_plural_forms_are_one_and_other() -> None:
    for path, entry in entries(families()):
        for texts in entry.values():
            if not isinstance(texts, str):
                assert {"one", "other"} <= set(texts), path


def test_the_code_tells_every_key_as_it_is_written() -> None:
    assert [place(each) for each in asked() if each.keys is None] == []


def test_every_key_and_member_that_is_asked_for_is_in_the_catalogue() -> None:
    unknown = []
    for each in asked():
        for key in each.keys or ():
            nodes: list[Any] = [families()[key]] if key in families() else []
            for known in each.members:
                nodes = members_of(nodes, known)
            if not nodes:
                unknown.append(f"{place(each)}: {key}")
    assert unknown == []


def members_of(nodes: list[Any], known: frozenset[str] | None) -> list[Any]:
    """What a member may be: each that the code tells is in one of the families at least.

    An entry stays what it is where the code does not tell its members.
    """
    if known is None:
        return [inner for node in nodes for inner in ([node] if is_entry(node) else node.values())]
    held = {each: [n[each] for n in nodes if not is_entry(n) and each in n] for each in known}
    return [inner for found in held.values() for inner in found] if all(held.values()) else []


@pytest.mark.parametrize("path", files("words.yml"), ids=lambda path: path.parent.name)
def test_every_entry_is_used_in_its_room_or_above(path: Path) -> None:
    own = path.relative_to(PACKAGE).parts[0]
    unused = [
        " > ".join(each)
        for each, _ in entries(files("words.yml")[path])
        if not any(
            asks_for(call, each[each[0] == "rated" :])
            and _reaches(call.path.relative_to(PACKAGE).parts[0], own)
            for call in asked()
        )
    ]
    assert unused == []


def _reaches(user: str, own: str) -> bool:
    return ORDER.index(user) >= ORDER.index(own)


def test_words_of_one_room_are_not_kept_in_another() -> None:
    """An entry that one room alone asks for is in that room; of several subjects, below them."""
    users: dict[Path_, set[str]] = defaultdict(set)
    homes = {
        each: path.relative_to(PACKAGE).parts[0]
        for path, read in files("words.yml").items()
        for each, _ in entries(read)
    }
    for each in homes:
        for call in asked():
            if asks_for(call, each) and None not in call.members:
                users[each].add(call.path.relative_to(PACKAGE).parts[0])
    astray = {
        " > ".join(each): (home, sorted(users[each]))
        for each, home in homes.items()
        if users[each]
        and each[0] != "caption"  # beside the exhibit, whatever page chooses it
        and home not in users[each]
        and len(users[each] & set(SUBJECTS)) < 2
        and not any(None in call.members for call in asked() if asks_for(call, each))
    }
    assert astray == {}


COMPOSED = {
    "weighted_n", "unweighted_n", "weighted_mean", "unweighted_mean",
    "kind_quantity", "kind_ordered", "kind_rank", "kind_date", "agree_share, then consensus",
    "agree_share_rounded", "overall_agree_share_rounded",
}  # fmt: skip
"""Codes that the code puts together."""


def said_by_the_page(codes: set[Any]) -> set[str]:
    """What the templates of `typology app` say: as it stands there, or begun there with a code."""
    said = {"example_"}
    for page in (PACKAGE / "app" / "pages").glob("*.html"):
        said |= set(re.findall(r"'(\w+)'", page.read_text(encoding="utf-8")))
    for module in (PACKAGE / "app").rglob("*.py"):
        said |= set(re.findall(r'say\(f?"(\w+)', module.read_text(encoding="utf-8")))
    ends = {each.replace(" ", "_") for each in codes if isinstance(each, str)}
    return said | {f"{name}{end}" for name in said if name.endswith("_") for end in ends}


def test_every_member_is_a_code_that_stands_in_the_code(project: Path) -> None:
    written = set(COMPOSED)
    for package in (PACKAGE, project / "R-free" / "rfree"):
        for tree in Code(package).trees.values():
            for node in ast.walk(tree):
                if isinstance(node, ast.Constant):
                    written.add(node.value)
                elif isinstance(node, ast.keyword):
                    written.add(node.arg or "")
                elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
                    written.add(node.target.id)
    for page in PAGES.glob("*.qmd"):
        written |= set(re.findall(r'"(\w+)"', page.read_text(encoding="utf-8")))
    written |= said_by_the_page(written)
    for checklist in (PACKAGE / "documents" / "checklists").glob("*.yml"):
        written |= set(re.findall(r"\w+", checklist.read_text(encoding="utf-8")))
    benchmark = project / "R-free" / "benchmarks" / "verdict_populations.py"
    cases = benchmark.read_text(encoding="utf-8") if benchmark.is_file() else None
    unknown = [
        path
        for path, _ in entries(families())
        if not set(path[1:]) <= written
        and not (path[0] == "case" and (cases is None or path[1] in cases))
    ]
    assert unknown == []
