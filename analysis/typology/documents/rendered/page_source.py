"""A page as it is written: its formats, its prose and its code, in their order."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml

_FRONT_MATTER = re.compile(r"\A---\n(.*?)\n---\n", re.DOTALL)
_INCLUDE = re.compile(r"^\{\{< include (\S+) >\}\}\n?", re.MULTILINE)
_CHUNK = re.compile(r"^```\{python\}[ \t]*\n(.*?)^```[ \t]*$\n?", re.DOTALL | re.MULTILINE)
# A fence of any other language, with options or indented: Quarto knows what it means.
_OTHER_FENCE = re.compile(r"^(?!```\{python\}[ \t]*$)[ \t]*`{3,}[ \t]*\{+[A-Za-z]", re.MULTILINE)
_OPTION = re.compile(r"^#\|", re.MULTILINE)
_INLINE = re.compile(r"(?:^|(?<=[^`]))`\{python\}[ \t]([^`]+)`")
# What would have Quarto run a page in another way, or not at all.
_OWN_WAY = frozenset({"engine", "execute", "jupyter", "knitr", "params", "server"})

_OPENING = frozenset({"compile", "eval", "exec", "getattr", "globals", "input", "open", "vars"})


@dataclass(frozen=True)
class Cell:
    """A part of a page: prose, code in a chunk or code in a line, which replaces its prose."""

    text: str
    code: bool = False
    in_line: bool = False


@dataclass(frozen=True)
class PageSource:
    """A page of the site: ``text`` is its own, ``whole`` has the pages that it includes."""

    path: Path
    text: str
    whole: str

    @cached_property
    def front_matter(self) -> dict[str, Any]:
        """Return what stands above the page."""
        found = _FRONT_MATTER.match(self.text)
        read = yaml.safe_load(found[1]) if found else None
        return read if isinstance(read, dict) else {}

    @property
    def formats(self) -> tuple[str, ...]:
        """Return the names of the formats that the page declares."""
        declared = self.front_matter.get("format", ())
        return (declared,) if isinstance(declared, str) else tuple(declared)

    @property
    def runs(self) -> bool:
        """Return whether Quarto would start a kernel for the page."""
        return _CHUNK.search(self.whole) is not None

    @property
    def is_plain(self) -> bool:
        """Return whether all its code is Python in chunks without options, or in lines."""
        return (
            not _OWN_WAY & set(self.front_matter)
            and not _OTHER_FENCE.search(self.whole)
            and not any(_OPTION.search(code) for code in _CHUNK.findall(self.whole))
        )

    @property
    def shows_the_project_alone(self) -> bool:
        """Return whether its code takes what it shows from nothing but our functions."""
        try:
            codes = [ast.parse(cell.text) for cell in self.cells() if cell.code]
        except SyntaxError:
            return False
        return not any(_takes_from_elsewhere(node) for code in codes for node in ast.walk(code))

    def cells(self) -> Iterator[Cell]:
        """Give what the page is made of, in its order."""
        at = 0
        for chunk in _CHUNK.finditer(self.whole):
            yield from _prose(self.whole[at : chunk.start()])
            yield Cell(chunk[1], code=True)
            at = chunk.end()
        yield from _prose(self.whole[at:])


def _takes_from_elsewhere(node: ast.AST) -> bool:
    if isinstance(node, ast.ImportFrom):
        return node.level > 0 or str(node.module).split(".")[0] != "typology"
    named = str(getattr(node, "id", getattr(node, "attr", "")))
    return isinstance(node, ast.Import) or named in _OPENING or named.startswith("__")


def _prose(text: str) -> Iterator[Cell]:
    at = 0
    for inline in _INLINE.finditer(text):
        yield Cell(text[at : inline.start()])
        yield Cell(inline[1].strip(), code=True, in_line=True)
        at = inline.end()
    yield Cell(text[at:])


def page_sources(documents: Path) -> list[PageSource]:
    """Read the pages of a site that lie in the folder of the documents itself."""
    texts = {path: path.read_text(encoding="utf-8") for path in documents.glob("[!_.]*.qmd")}
    return [PageSource(path, text, _whole(path, text)) for path, text in sorted(texts.items())]


def pages_show_the_project_alone(documents: Path) -> bool:
    """Return whether the code of no page takes what it shows from anything but our functions."""
    return all(page.shows_the_project_alone for page in page_sources(documents) if page.runs)


def _whole(path: Path, text: str) -> str:
    def included(found: re.Match[str]) -> str:
        inner = path.parent / found[1]
        if not inner.is_file():
            return found[0]
        return f"\n{_whole(inner, inner.read_text(encoding='utf-8'))}\n"

    return _INCLUDE.sub(included, text)
