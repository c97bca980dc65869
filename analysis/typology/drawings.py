"""Figures drawn for documents: once for all formats of a page, and never from other results."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from typology.labels import Labels
from typology.provenance import sha256_of_file
from typology.results import MANIFEST, replaced_folder

DRAWINGS = "drawings"


@dataclass(frozen=True)
class Drawing:
    """A figure drawn for a document.

    Parameters
    ----------
    path : Path
        Its file.
    alt : str
        What it shows, for those who cannot see it.
    """

    path: Path
    alt: str


def drawings_folder(documents: Path, results: Path) -> Path:
    """Return the folder of the figures drawn from these results: its name is their checksum.

    Parameters
    ----------
    documents : Path
        The folder of the documents.
    results : Path
        The folder of the results.
    """
    return documents / DRAWINGS / sha256_of_file(results / MANIFEST)[:12]


def drawing(
    name: str,
    folder: Path,
    *,
    tables: Mapping[str, pd.DataFrame],
    labels: Labels,
    simulated: bool,
    ending: str,
) -> Drawing:
    """Return a figure of the study without its title, drawing it if that was not done yet.

    Parameters
    ----------
    name : str
        One of `typology.figure_set.study_figures`.
    folder : Path
        A folder of a language in that of :func:`drawings_folder`.
    tables : mapping of table name to DataFrame
    labels : Labels
    simulated : bool
        Whether the figure says that the answers are simulated.
    ending : {"svg", "png"}

    Returns
    -------
    Drawing

    Raises
    ------
    ValueError
        If there is no such figure.
    """
    path, told = folder / f"{name}.{ending}", folder / f"{name}.txt"
    if not told.is_file():
        _draw(name, folder, tables=tables, labels=labels, simulated=simulated)
    return Drawing(path, told.read_text(encoding="utf-8"))


def draw_all(
    folder: Path,
    *,
    tables: Mapping[str, pd.DataFrame],
    labels: Mapping[str, Labels],
    simulated: bool,
    n_jobs: int,
) -> None:
    """Draw every figure of a study in every language, unless the folder is there.

    Parameters
    ----------
    folder : Path
        That of :func:`drawings_folder`. It appears when it is complete.
    tables : mapping of table name to DataFrame
    labels : mapping of language to Labels
    simulated : bool
        Whether each figure says that the answers are simulated.
    n_jobs : int
        Cores. The figures do not depend on it.
    """
    if folder.is_dir():
        return
    from joblib import Parallel, delayed  # noqa: PLC0415 - slow to import, pages only look

    parts = 2 * n_jobs
    with replaced_folder(folder) as new:
        Parallel(n_jobs=n_jobs)(
            delayed(_draw_part)(
                part, parts, new / language, tables=tables, labels=labels[language],
                simulated=simulated,
            )
            for language in labels
            for part in range(parts)
        )  # fmt: skip


def _draw_part(
    part: int,
    parts: int,
    folder: Path,
    *,
    tables: Mapping[str, pd.DataFrame],
    labels: Labels,
    simulated: bool,
) -> None:
    from typology.figure_set import study_figures  # noqa: PLC0415 - slow to import

    for name in list(study_figures(tables, labels))[part::parts]:
        _draw(name, folder, tables=tables, labels=labels, simulated=simulated)


def _draw(
    name: str,
    folder: Path,
    *,
    tables: Mapping[str, pd.DataFrame],
    labels: Labels,
    simulated: bool,
) -> None:
    # Slow to import, and not needed by the formats of a page that come after the first.
    from typology.figure_set import study_figures  # noqa: PLC0415
    from typology.figures.saving import save_figure  # noqa: PLC0415

    figures = study_figures(tables, labels)
    if name not in figures:
        raise ValueError(f"No figure {name!r}. The figures are: {', '.join(figures)}.")
    figure = figures[name]
    alt = figure.describe()
    folder.mkdir(parents=True, exist_ok=True)
    save_figure(figure.draw(False, simulated), folder / name, alt=alt)
    (folder / f"{name}.txt").write_text(alt, encoding="utf-8")  # last: what is told is drawn
