"""Figures as documents show them: those of the run, beside the pages."""

from __future__ import annotations

import shutil
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
