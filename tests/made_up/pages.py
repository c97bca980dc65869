"""The pages of the site as text: front matter, chunks, inline code, prose."""

from __future__ import annotations

import ast
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from typology.documents.exhibits import exhibits_by_name

FRONT_MATTER = re.compile(r"\A---\n(.*?)\n---\n", re.DOTALL)
CHUNK = re.compile(r"^```\{python\}\n(.*?)^```$", re.DOTALL | re.MULTILINE)
INCLUDE = re.compile(r"^\{\{< include (\S+) >\}\}$", re.MULTILINE)
INLINE = re.compile(r"`\{python\} ([^`]+)`")
# What is neither prose nor code of a chunk: listings, maths, inline code, links, attributes.
NOT_PROSE = (
    CHUNK,
    re.compile(r"^```.*?^```$", re.DOTALL | re.MULTILINE),
    re.compile(r"\$\$.*?\$\$", re.DOTALL),
    re.compile(r"\$[^$\n]+\$"),
    INLINE,
    re.compile(r"`[^`]+`"),
    re.compile(r"\]\([^)]*\)"),
    re.compile(r"\[@[^\]]*\]|@[\w-]+"),
    re.compile(r"\{[^}]*\}"),
)


@dataclass(frozen=True)
class Page:
    path: Path
    text: str

    @property
    def front_matter(self) -> Mapping[str, Any]:
        found = FRONT_MATTER.match(self.text)
        assert found, f"{self.path.name} has no front matter"
        content: Mapping[str, Any] = yaml.safe_load(found[1])
        return content

    @property
    def chunks(self) -> list[str]:
        return CHUNK.findall(self.text)

    @property
    def inline(self) -> list[str]:
        return INLINE.findall(self.text)

    @property
    def cells(self) -> list[str]:
        """Chunks and inline code, in the order of the page."""
        both = re.compile(f"{CHUNK.pattern}|{INLINE.pattern}", re.DOTALL | re.MULTILINE)
        return [chunk or inline for chunk, inline in both.findall(self.text)]

    @property
    def shown(self) -> list[str]:
        """What its chunks show, in their order, by name or by section."""
        return re.findall(r'^doc\.(?:show|section)\("(\w+)"', self.text, re.MULTILINE)

    @property
    def labels(self) -> list[str]:
        """Cross-references, those of exhibits for each block, axis or type with its place."""
        # What the PDF shows elsewhere than the other formats is shown once in each of them.
        elsewhere = r'^::: \{\.content-visible unless-format="typst"\}\n.*?^:::\n'
        pdf = Page(self.path, re.sub(elsewhere, "", self.text, flags=re.MULTILINE | re.DOTALL))
        return [label for chunk in pdf.chunks for label in _labels(chunk) if label]

    @property
    def references(self) -> set[str]:
        return set(re.findall(r"(?<![\w.])@([\w][\w:-]*)", self._without_code()))

    @property
    def prose(self) -> str:
        text = FRONT_MATTER.sub("", self.text)
        for pattern in NOT_PROSE:
            text = pattern.sub(" ", text)
        return text

    def _without_code(self) -> str:
        return INLINE.sub(" ", CHUNK.sub(" ", FRONT_MATTER.sub("", self.text)))


def _labels(chunk: str) -> list[str]:
    if given := re.search(r'label="([^"]+)"', chunk):
        return [given[1]]
    found = re.search(r'^doc\.(show|section)\("(\w+)"', chunk, re.MULTILINE)
    if found is None:
        return []
    if found[1] == "show":
        return [exhibits_by_name()[found[2]].label]
    return [each.label for each in exhibits_by_name().values() if each.section == found[2]]


def pages(folder: Path) -> list[Page]:
    """Read the pages of a site, each with the bodies that it shares."""
    return [Page(path, _whole(path)) for path in sorted(folder.glob("[!_]*.qmd"))]


def _whole(path: Path) -> str:
    text = path.read_text(encoding="utf-8")
    return INCLUDE.sub(lambda found: _whole(path.with_name(found[1])), text)


def executed(page: Page) -> list[Any]:
    """Run the cells of a page as a notebook does; return the value that each shows."""
    names: dict[str, Any] = {}
    values = []
    for cell in page.cells:
        tree = ast.parse(cell)
        last = tree.body.pop() if isinstance(tree.body[-1], ast.Expr) else None
        exec(compile(tree, page.path.name, "exec"), names)
        value = None
        if isinstance(last, ast.Expr):
            code = compile(ast.Expression(last.value), page.path.name, "eval")
            value = eval(code, names)
        values.append(value)
    return values
