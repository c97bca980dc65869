"""What lies in a folder of results without being one of them: found, and kept."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from typology.files.output_places import PRIVATE_FOLDER, is_link
from typology.files.provenance import sha256_of_file
from typology.results.run_results import MANIFEST, maker_of, own_outputs
from typology.words.phrases import Phrase, phrase

_LEFT_BY_SYSTEMS = {".DS_Store", "Thumbs.db", "desktop.ini"}
_MANIFESTS = {MANIFEST, f"{PRIVATE_FOLDER}/{MANIFEST}"}
_NAMED = 10


def move_foreign_files(former: Path, folder: Path) -> list[Phrase]:
    """Move what is not a result as it was written from former results to the new ones.

    A file of ``former`` is ours if its manifest lists it with the checksum it has. A file of
    ``folder``, the results that took their place, is never replaced: what would be is put beside
    it, under another name. Returns what was kept.
    """
    kept, renamed = [], []
    # Those that can stay in their places first: they are not to find them taken by renamed ones.
    found = sorted(foreign_files(former), key=lambda name: _is_taken(folder / name))
    for name in found:
        target = _free_place(folder / name)
        target.parent.mkdir(parents=True, exist_ok=True)
        (former / name).rename(target)
        if target != folder / name:
            renamed.append(f"{name.as_posix()} → {target.relative_to(folder).as_posix()}")
        elif name.name not in _LEFT_BY_SYSTEMS:
            kept.append(name.as_posix())
    told = []
    if kept:
        told.append(phrase("Kept, for no run wrote them: {files}.", files=_listed(kept)))
    if renamed:
        told.append(
            phrase("Changed since they were written, hence kept: {files}.", files=_listed(renamed))
        )
    return told


def will_be_kept(folder: Path) -> list[Phrase]:
    """Return what a run will keep of former results, said before it."""
    if maker_of(folder) is None:
        return []
    names = [name for name in foreign_files(folder) if name.name not in _LEFT_BY_SYSTEMS]
    if not names:
        return []
    told = _listed([name.as_posix() for name in names])
    return [phrase("Will be kept, for no run wrote them as they are: {files}.", files=told)]


def foreign_files(folder: Path) -> Iterator[Path]:
    """Find what in a folder of results is not a result as it was written, relative to the folder.

    Files that the manifest does not list, those that were changed since, links, and folders without
    any result in them, whole.
    """
    ours = own_outputs(folder) if maker_of(folder) else {}
    yield from _foreign(folder, Path(), ours)


def _foreign(folder: Path, inside: Path, ours: Mapping[str, str]) -> Iterator[Path]:
    for path in sorted((folder / inside).iterdir()):
        name = inside / path.name
        if is_link(path):
            yield name
        elif path.is_dir():
            if any(each.startswith(f"{name.as_posix()}/") for each in ours):
                yield from _foreign(folder, name, ours)
            else:
                yield name
        elif name.as_posix() not in _MANIFESTS and not _is_ours(path, ours.get(name.as_posix())):
            yield name


def _is_ours(path: Path, checksum: str | None) -> bool:
    return checksum is not None and path.is_file() and sha256_of_file(path) == checksum


def _free_place(path: Path) -> Path:
    """Return a path that nothing has: itself, or its name with "_kept"."""
    candidate, number = path, 1
    while _is_taken(candidate):
        ending = "_kept" if number == 1 else f"_kept_{number}"
        candidate = path.with_name(f"{path.stem}{ending}{path.suffix}")
        number += 1
    return candidate


def _is_taken(path: Path) -> bool:
    return path.exists() or is_link(path)


def _listed(names: list[str]) -> str:
    more = ["..."] if len(names) > _NAMED else []
    return ", ".join([*names[:_NAMED], *more])
