"""Figures as documents show them: those of the run, beside the pages."""

from __future__ import annotations

import hashlib
import pickle
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from typology.files.provenance import sha256_of_file
from typology.results.figures import NARROW
from typology.results.run_results import FIGURES, MANIFEST

DRAWINGS = "drawings"


@dataclass(frozen=True)
class Drawing:
    """A figure of the run, beside the pages; ``alt`` tells what it shows to who cannot see it.

    ``narrow`` is its drawing for phones, where it has one.
    """

    path: Path
    alt: str
    narrow: Path | None = None


def drawings_folder(documents: Path, results: Path) -> Path:
    """Return the folder of the figures of these results: its name is their checksum."""
    return documents / DRAWINGS / sha256_of_file(results / MANIFEST)[:12]


def draw_once(stem: Path, made_of: object, draw: Callable[[], object]) -> None:
    """Draw a figure of the documents' own, unless it was drawn of the same.

    ``stem`` is its place in the folder of the figures of these results, whose name stands for the
    code and for the versions of the libraries; ``made_of`` is what else it shows. What it was drawn
    of is written beside it when it is whole.
    """
    note, svg, png = (stem.with_name(f"{stem.name}.{each}") for each in ("made_of", "svg", "png"))
    checksum = hashlib.sha256(pickle.dumps(made_of)).hexdigest()
    drawn = note.is_file() and svg.is_file() and png.is_file()
    if drawn and note.read_text(encoding="utf-8") == checksum:
        return
    note.unlink(missing_ok=True)
    draw()
    note.write_text(checksum, encoding="utf-8")


def drawing(name: str, language: str, *, documents: Path, results: Path, ending: str) -> Drawing:
    """Return a figure of the run, copied to where a page of the site can show it.

    ``documents`` and ``results`` are folders; ``ending`` is "svg" or "png". Figures in another
    language stand in where the study has none in this one. Raises ValueError if there is no such
    figure.
    """
    drawn = results / FIGURES / language
    if not drawn.is_dir():
        others = (each for each in drawn.parent.iterdir() if (each / f"{name}.txt").is_file())
        drawn = min(others, default=drawn)
    file, told = drawn / f"{name}.{ending}", drawn / f"{name}.txt"
    if not told.is_file():
        known = ", ".join(sorted(path.stem for path in drawn.glob("*.txt")))
        raise ValueError(f"No figure {name!r}. The figures are: {known}.")
    folder = drawings_folder(documents, results) / drawn.name
    folder.mkdir(parents=True, exist_ok=True)
    small = drawn / f"{name}{NARROW}.svg"
    return Drawing(
        path=shutil.copyfile(file, folder / file.name),
        alt=told.read_text(encoding="utf-8").strip(),
        narrow=shutil.copyfile(small, folder / small.name) if small.is_file() else None,
    )
