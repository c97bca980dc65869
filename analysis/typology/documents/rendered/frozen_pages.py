"""What the code of pages writes, put where Quarto takes it instead of running them.

Quarto keeps what a page wrote for as long as the page is the same, whatever its results are: a
frozen page is kept for one render, from what runs before it to what runs after it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import yaml

from typology.documents.page_format import PageFormat
from typology.documents.rendered.page_execution import Executed
from typology.documents.rendered.page_source import PageSource, page_sources
from typology.files.output_places import is_link

FROZEN = "_freeze"
_RESULTS, _LIBRARIES = "execute-results", "site_libs"
_FILES: dict[PageFormat, str] = {"html": "html.json", "docx": "docx.json", "typst": "typ.json"}


def write_frozen(documents: Path, executed: Executed) -> None:
    """Write what pages say where Quarto reads it, for those that were run."""
    for (page, made_as), markdown in executed.items():
        if markdown is None:
            continue
        folder = documents / FROZEN / page.path.stem / _RESULTS
        folder.mkdir(parents=True, exist_ok=True)
        frozen = {
            "hash": _hash(page),
            "result": {
                "engine": "jupyter", "markdown": markdown, "filters": [], "includes": {},
                "supporting": [f"{page.path.stem}_files"],
            },
        }  # fmt: skip
        text = json.dumps(frozen, ensure_ascii=False)
        (folder / _FILES[made_as]).write_bytes(text.encode())


def clear_frozen(documents: Path) -> None:
    """Remove what is frozen of the pages, by this program or by Quarto.

    Not that of a page which asks for it in its front matter: that is its author's.
    """
    top = documents / FROZEN
    if not top.is_dir() or is_link(top):
        return
    for page in _frozen_by_default(documents):
        folder = top / page.path.stem / _RESULTS
        for file in folder.glob("*.json"):
            file.unlink(missing_ok=True)
        _remove_empty(folder)
        _remove_empty(folder.parent)
    if [each.name for each in top.iterdir()] == [_LIBRARIES]:
        for each in sorted((top / _LIBRARIES).rglob("*"), reverse=True):
            if each.is_dir() and not is_link(each):
                _remove_empty(each)
            else:
                each.unlink(missing_ok=True)
        _remove_empty(top / _LIBRARIES)
    _remove_empty(top)


def _frozen_by_default(documents: Path) -> Iterator[PageSource]:
    for page in page_sources(documents):
        try:
            execute = page.front_matter.get("execute")
        except yaml.YAMLError:
            execute = None
        if not (isinstance(execute, dict) and "freeze" in execute):
            yield page


def _remove_empty(folder: Path) -> None:
    with suppress(OSError):  # not empty, or not there
        folder.rmdir()


def _hash(page: PageSource) -> str:
    """Return the checksum by which Quarto knows a page; it is not one of safety."""
    return hashlib.md5(page.text.encode(), usedforsecurity=False).hexdigest()
