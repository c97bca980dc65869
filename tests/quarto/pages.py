"""The pages of the site as text: front matter, chunks, inline code, prose."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

FRONT_MATTER = re.compile(r"\A---\n(.*?)\n---\n", re.DOTALL)
CHUNK = re.compile(r"^```\{python\}\n(.*?)^```$", re.DOTALL | re.MULTILINE)
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
    def labels(self) -> list[str]:
        return re.findall(r'label="([^"]+)"', self.text)

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


def pages(folder: Path) -> list[Page]:
    return [Page(path, path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.qmd"))]
