"""Two files that should say the same: to the byte, within a tolerance, or not."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np

IDENTICAL, WITHIN, MOVED = "identical", "within", "moved"
DRAWN = "drawn"
TEXTS = {".csv", ".json", ".html", ".svg", ".txt", ".yml", ".md"}
ARCHIVES = {".xlsx", ".docx"}

_NUMBER = re.compile(r"[-+]?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?")


@dataclass(frozen=True)
class Difference:
    """How one file differs from another.

    ``status`` is "identical" (the same bytes), "within" (the same words, numbers within the
    tolerance) or "moved". ``largest`` is the largest difference of two numbers, over the larger of
    one and the former number; for a picture, the share of its points that differ; NaN where what
    moved is no number. ``place`` is the line of the largest difference, or of the first words that
    differ; ``before`` and ``after`` are what stands there.
    """

    status: str
    largest: float = 0.0
    place: str = ""
    before: str = ""
    after: str = ""


def compare_files(before: Path, after: Path, *, tolerance: float) -> Difference:
    """Compare a file with what should be the same file.

    Parameters
    ----------
    before, after : Path
    tolerance : float
        Two numbers are the same when they differ by at most ``tolerance`` times the larger of one
        and the former number.
    """
    old, new = before.read_bytes(), after.read_bytes()
    if old == new:
        return Difference(IDENTICAL)
    kind = after.suffix.casefold()
    if kind in TEXTS:
        return compare_texts(old.decode("utf-8"), new.decode("utf-8"), tolerance=tolerance)
    if kind in ARCHIVES:
        return _compare_archives(old, new, tolerance=tolerance)
    if kind == ".png":
        return _compare_pictures(old, new)
    return Difference(MOVED, np.nan)


def compare_texts(before: str, after: str, *, tolerance: float) -> Difference:
    """Compare two texts: words must be the same, numbers within the tolerance.

    Examples
    --------
    >>> compare_texts("n,12,0.5", "n,12,0.5000000001", tolerance=1e-8).status
    'within'
    >>> compare_texts("n,12,0.5", "n,12,0.6", tolerance=1e-8).status
    'moved'
    """
    if _NUMBER.split(before) != _NUMBER.split(after):
        return _first_words(before, after)
    old, new = _NUMBER.findall(before), _NUMBER.findall(after)
    numbers = np.array(old, dtype=float), np.array(new, dtype=float)
    gaps = np.abs(numbers[1] - numbers[0]) / np.maximum(1.0, np.abs(numbers[0]))
    if not gaps.size:
        return Difference(WITHIN)
    most = int(gaps.argmax())
    start = next(
        found.start() for place, found in enumerate(_NUMBER.finditer(before)) if place == most
    )
    line = str(before.count("\n", 0, start) + 1)
    status = WITHIN if gaps[most] <= tolerance else MOVED
    return Difference(status, float(gaps[most]), line, old[most], new[most])


def _first_words(before: str, after: str) -> Difference:
    """Return the first line of which the words, or the count of numbers, are others."""
    old, new = before.splitlines(), after.splitlines()
    for number, pair in enumerate(zip(old, new, strict=False), start=1):
        if _NUMBER.split(pair[0]) != _NUMBER.split(pair[1]):
            return Difference(MOVED, np.nan, str(number), *pair)
    place = min(len(old), len(new))
    rest = ("\n".join(lines[place : place + 1]) for lines in (old, new))
    return Difference(MOVED, np.nan, str(place + 1), *rest)


def _compare_archives(before: bytes, after: bytes, *, tolerance: float) -> Difference:
    """Compare the parts of two workbooks or documents; the worst of them is told."""
    with zipfile.ZipFile(io.BytesIO(before)) as old, zipfile.ZipFile(io.BytesIO(after)) as new:
        if set(old.namelist()) != set(new.namelist()):
            return Difference(MOVED, np.nan)
        found = []
        for name in old.namelist():
            parts = old.read(name), new.read(name)
            if parts[0] != parts[1]:
                texts = (part.decode("utf-8", errors="replace") for part in parts)
                found.append((name, compare_texts(*texts, tolerance=tolerance)))
    if not found:
        return Difference(WITHIN)
    name, worst = max(found, key=lambda each: _gravity(each[1]))
    place = f"{name}, {worst.place}"
    return Difference(worst.status, worst.largest, place, worst.before, worst.after)


def _gravity(difference: Difference) -> tuple[bool, bool, float]:
    return (
        difference.status == MOVED,
        bool(np.isnan(difference.largest)),
        float(np.nan_to_num(difference.largest)),
    )


def _compare_pictures(before: bytes, after: bytes) -> Difference:
    from matplotlib.image import imread  # noqa: PLC0415 - slow to import

    old, new = (imread(io.BytesIO(content)) for content in (before, after))
    if old.shape != new.shape:
        return Difference(MOVED, 1.0, DRAWN)
    share = float((old != new).any(axis=-1).mean())
    return Difference(MOVED if share else WITHIN, share, DRAWN)
