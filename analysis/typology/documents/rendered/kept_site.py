"""The site of the last render, kept: with nothing changed, it is put back instead of made again.

It is kept under a checksum of all that it is made of: what the code of its pages writes; every
source in the folder of the documents; Quarto and what it was asked. To know it the code is run
again, unless no file of the project was touched since.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from typology.documents.rendered.frozen_pages import FROZEN
from typology.documents.rendered.page_execution import Executed
from typology.files.output_places import is_link
from typology.files.provenance import sha256_of_file

RENDERED = Path(".quarto", "typology")
"""Below the documents: what is kept between two renders. Quarto's folder, which git ignores."""
NOTHING_TO_RENDER = Path("_study", "nothing_to_render.yml")
"""Below the documents, while a site is put back: that Quarto has no page to render."""

_SITE, _RECORD, _ASKED = "site", "site.json", "asked.json"
_OF_THE_SITE = ("checksum", "untouched")
_MADE = frozenset({"_site", "site_libs", FROZEN, "__pycache__"})
_KEPT = frozenset({".typ", ".tex"})  # beside the page of which the settings ask to keep them
_PROGRAMS = ("quarto.js", "quarto.ts")
_ALONE = ("QUARTO_PROJECT_", "QUARTO_RENDER_TOKEN", "QUARTO_LOG")  # of one render, or of its log
_SEEN = ("QUARTO_", "TYPST_", "PANDOC_", "LC_", "LANG", "SOURCE_DATE_EPOCH", "TZ")
_ANCESTORS = 3
_TEXTS = frozenset({".qmd", ".md", ".yml", ".yaml"})
_UPWARDS = re.compile(r"(?:\.\./)+[^\s\"'<>()\[\]{}]+")


def render_asked() -> str | None:
    """Return how Quarto was asked for this render, None where that cannot be known.

    The line of the command, the version of Quarto and what of the environment it reads.
    """
    process = os.getppid()
    for _ in range(_ANCESTORS):
        told = _process(process)
        if told is None:
            return None
        parent, line = told
        asked = _asked_of(line)
        if asked is not None:
            if not asked.startswith("render") or "--no-execute" in asked:
                return None
            return json.dumps([line, _quarto_version(), _environment()], sort_keys=True)
        process = parent
    return None


def site_checksum(executed: Executed, asked: str | None, *, sources: str) -> str | None:
    """Return the checksum of all that a site is made of, None where not all of it is known.

    ``sources`` is that of `sources_checksum`.
    """
    if asked is None or None in executed.values():
        return None
    digest = hashlib.sha256(asked.encode())
    for (page, made_as), markdown in executed.items():
        said = hashlib.sha256((markdown or "").encode()).hexdigest()
        digest.update(f"\0{page.path.name}\0{made_as}\0{said}".encode())
    digest.update(sources.encode())
    return digest.hexdigest()


def untouched_checksum(state: str | None, asked: str | None, *, sources: str) -> str | None:
    """Return the checksum of all that pages can be made of, None where that is not known.

    ``state`` is that of `typology.documents.rendered.project_state`.
    """
    if state is None or asked is None:
        return None
    return hashlib.sha256(f"{state}\0{asked}\0{sources}".encode()).hexdigest()


def checksum_untouched(documents: Path, untouched: str | None) -> str | None:
    """Return the checksum of the site that is kept, where nothing was touched since it was made."""
    record = _read(documents / RENDERED / _RECORD)
    known = untouched is not None and record.get("untouched") == untouched
    return record.get("checksum") if known else None


def sources_checksum(documents: Path) -> str:
    """Return one checksum for all files of the documents that no render makes.

    And for those outside their folder that one of them names, ``../analysis/paper.bib``.
    """
    digest = hashlib.sha256()
    for path in _sources(documents):
        for each in (path, *_named_outside(path, documents)):
            name = Path(os.path.relpath(each, documents)).as_posix()
            digest.update(f"\0{name}\0{sha256_of_file(each)}".encode())
    return digest.hexdigest()


def site_is_kept(documents: Path, checksum: str | None) -> bool:
    """Return whether the site with this checksum is kept, whole and as it was made."""
    record = _read(documents / RENDERED / _RECORD)
    if checksum is None or record.get("checksum") != checksum:
        return False
    folder = documents / RENDERED / _SITE
    return bool(record.get("files")) and record["files"] == _checksums(folder)


def remember_render(
    documents: Path, checksum: str | None, *, sources: str, untouched: str | None, put_back: bool
) -> None:
    """Write what runs after the render has to know: what it is of, whether it makes any page."""
    folder = documents / RENDERED
    folder.mkdir(parents=True, exist_ok=True)
    _write(
        folder / _ASKED,
        {
            "checksum": checksum,
            "sources": sources,
            "untouched": untouched,
            "put_back": put_back,
        },
    )
    if put_back:
        patterns = "".join(f'    - "!{each}"\n' for each in ("*.qmd", "**/*.qmd"))
        (documents / NOTHING_TO_RENDER).write_text(
            f"project:\n  render:\n{patterns}", encoding="utf-8"
        )


def forget_render(documents: Path) -> None:
    """Remove what a render that was stopped left of it: all pages are to be rendered again."""
    (documents / NOTHING_TO_RENDER).unlink(missing_ok=True)
    (documents / RENDERED / _ASKED).unlink(missing_ok=True)


def finish_render(documents: Path, output: Path) -> bool:
    """Keep the site that was made, or put back the one that is kept; return whether it was.

    Raises FileNotFoundError if it was to be put back and is no longer there.
    """
    asked = _read(documents / RENDERED / _ASKED)
    forget_render(documents)
    if asked.get("put_back"):
        if not site_is_kept(documents, asked["checksum"]):
            raise FileNotFoundError("The site of the last render is no longer there: render again.")
        shutil.copytree(documents / RENDERED / _SITE, output, dirs_exist_ok=True)
        record = _read(documents / RENDERED / _RECORD)
        _write(documents / RENDERED / _RECORD, {**record, "untouched": asked["untouched"]})
        return True
    # A source that changed meanwhile may be in some pages and not in others.
    if asked.get("checksum") and sources_checksum(documents) == asked["sources"]:
        _forget_site(documents)
        folder = documents / RENDERED / _SITE
        shutil.copytree(output, folder)
        kept = {"files": _checksums(folder)} | {key: asked[key] for key in _OF_THE_SITE}
        _write(documents / RENDERED / _RECORD, kept)
    return False


def _forget_site(documents: Path) -> None:
    folder = documents / RENDERED / _SITE
    (documents / RENDERED / _RECORD).unlink(missing_ok=True)
    if folder.is_dir() and not is_link(folder):
        shutil.rmtree(folder)


def _checksums(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): sha256_of_file(path)
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def _sources(documents: Path) -> Iterator[Path]:
    for path in sorted(documents.iterdir()):
        name = path.name
        if name in _MADE or name.startswith(".") or name.endswith(("_files", ".quarto_ipynb")):
            continue
        if path.is_dir():
            yield from _sources(path)
        elif not (path.suffix in _KEPT and path.with_suffix(".qmd").is_file()):
            yield path


def _named_outside(path: Path, documents: Path) -> list[Path]:
    """Return the files outside the folder of the documents that a text in it names.

    What stands in a file of metadata is below the page that takes it, or below the file.
    """
    if path.suffix not in _TEXTS:
        return []
    named = _UPWARDS.findall(path.read_text(encoding="utf-8", errors="replace"))
    found = {
        Path(os.path.normpath(folder / each))
        for each in named
        for folder in {path.parent, documents}
    }
    return sorted(each for each in found if each.is_file() and documents not in each.parents)


def _process(process: int) -> tuple[int, str] | None:
    """Return the parent of a process and the line that started it, where the system tells."""
    try:
        told = subprocess.run(
            ["ps", "-ww", "-o", "ppid=,args=", "-p", str(process)],
            capture_output=True, text=True, timeout=10, check=True,
        ).stdout.strip()  # fmt: skip
        parent, _, line = told.partition(" ")
        return int(parent), line.strip()
    except (OSError, subprocess.SubprocessError, ValueError):
        return None


def _asked_of(line: str) -> str | None:
    """Return what follows the name of the program in a line that starts Quarto.

    >>> _asked_of("deno run --cached-only /opt/quarto/bin/quarto.js render quarto")
    'render quarto'
    """
    for program in _PROGRAMS:
        _, found, asked = line.rpartition(f"{program} ")
        if found:
            return asked
    return None


def _quarto_version() -> str:
    share = os.environ.get("QUARTO_SHARE_PATH", "")
    path = Path(share, "version")
    return path.read_text(encoding="utf-8").strip() if share and path.is_file() else ""


def _environment() -> dict[str, str]:
    return {
        name: value
        for name, value in os.environ.items()
        if name.startswith(_SEEN) and not name.startswith(_ALONE)
    }


def _read(path: Path) -> dict[str, Any]:
    try:
        read = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return read if isinstance(read, dict) else {}


def _write(path: Path, content: Mapping[str, object]) -> None:
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1), encoding="utf-8")
