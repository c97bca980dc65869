"""The pages of the documents and the example: from the installed package, or from a checkout."""

from __future__ import annotations

from pathlib import Path

import typology

_PACKAGE = Path(typology.__file__).parent
_CHECKOUT = _PACKAGE.parents[1]

_SOURCES = {".qmd", ".yml", ".scss", ".lua", ".csl", ".bib", ".docx", ".html", ".svg", ".png"}
_OTHER_SOURCES = {"journal.typ", "prerender.py", "postrender.py"}
# Made by a render, or about the program and its examples rather than a study.
_LEFT_OUT = (
    "guides",
    "instruments.qmd",
    "instruments-en.qmd",
    "_site",
    "_freeze",
    "_study",
    "drawings",
    "images",
    "__pycache__",
)


def documents_folder() -> Path:
    """Return where the pages of the documents are."""
    shipped = _PACKAGE / "pages"
    return shipped if shipped.is_dir() else _CHECKOUT / "quarto"


def example_folder() -> Path:
    """Return where the example is: a folder with ``analysis/study.yml`` and ``data``."""
    shipped = _PACKAGE / "example"
    return shipped if shipped.is_dir() else _CHECKOUT


def document_sources() -> dict[str, bytes]:
    """Return what a folder of documents is made of, by path.

    Neither what a render makes nor pages about the program and its examples.
    """
    top = documents_folder()
    found = {}
    for path in sorted(top.rglob("*")):
        inner = path.relative_to(top)
        left_out = any(
            part in _LEFT_OUT or part.startswith(".") or part.endswith("_files")
            for part in inner.parts
        )
        source = path.suffix in _SOURCES or path.name in _OTHER_SOURCES
        if not left_out and source and path.is_file():
            found[inner.as_posix()] = path.read_bytes()
    return found
