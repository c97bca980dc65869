"""The pages of the documents and the example: from the installed package, or from a checkout."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import typology
from typology.documents.site import SITE_PAGES, page_languages
from typology.files.yaml_files import load_mapping

_PACKAGE = Path(typology.__file__).parent
_CHECKOUT = _PACKAGE.parents[1]

_SOURCES = {".qmd", ".yml", ".scss", ".lua", ".csl", ".bib", ".docx", ".html", ".svg", ".png"}
_OTHER_SOURCES = {"journal.typ", "prerender.py", "postrender.py"}
# Made by a render, or about the program, its speed and its examples rather than a study.
_LEFT_OUT = (
    "guides",
    "instruments.qmd",
    "instruments-en.qmd",
    "costs.qmd",
    "costs-en.qmd",
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


def document_sources(languages: Sequence[str]) -> dict[str, bytes]:
    """Return what a folder of documents is made of, by path.

    Neither what a render makes, nor pages about the program and its examples, nor those of
    another language than those of the study.
    """
    top = documents_folder()
    of_page = _languages_of_pages()
    found = {}
    for path in sorted(top.rglob("*")):
        inner = path.relative_to(top)
        left_out = any(
            part in _LEFT_OUT or part.startswith(".") or part.endswith("_files")
            for part in inner.parts
        )
        source = path.suffix in _SOURCES or path.name in _OTHER_SOURCES
        name = inner.as_posix()
        read = of_page.get(name, frozenset(languages)) & frozenset(languages)
        if not left_out and source and read and path.is_file():
            found[name] = path.read_bytes()
    return found


def add_missing_pages(documents: Path, languages: Sequence[str]) -> tuple[str, ...]:
    """Write the pages of a language of which a folder of documents has none; return their names.

    A study that was made in one language has them from the render that follows the other's
    entry in its questionnaire. A page that was taken away while others of its language stayed is
    not written again.
    """
    of_page = _languages_of_pages()
    written = []
    for language in languages:
        own = {name for name, of in of_page.items() if of == {language}}
        if any((documents / name).is_file() for name in own):
            continue
        sources = document_sources([language])
        for name in sorted(own & set(sources)):
            (documents / name).write_bytes(sources[name])
            written.append(name)
    return tuple(written)


def _languages_of_pages() -> dict[str, frozenset[str]]:
    return page_languages(load_mapping(documents_folder() / SITE_PAGES))
