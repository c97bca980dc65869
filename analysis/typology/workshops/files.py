"""A workshop on disk: tables, workbooks and figures, in one folder or not at all."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from typology.exhibits.canvas.saving import save_figure
from typology.exhibits.paper_sheet import write_paper_sheet
from typology.exhibits.paper_table import PaperTable
from typology.files.provenance import NOMINAL_GROUP, SWOT, make_manifest
from typology.files.written_tables import WORKBOOK_OPTIONS
from typology.results.replaced_folder import replaced_folder
from typology.results.run_results import FIGURES, MANIFEST, write_json, write_tables
from typology.words import LANGUAGES, word
from typology.workshops.figures import (
    draw_priorities,
    draw_swot,
    tell_priorities,
    tell_swot,
)
from typology.workshops.nominal_group import NominalGroup, Votes, read_nominal_group
from typology.workshops.swot import Swot, read_swot
from typology.workshops.tables import (
    concordance_table,
    counts_table,
    fields_table,
    ideas_table,
    pooled_ideas_table,
)

if TYPE_CHECKING:
    from matplotlib.figure import Figure

_CREATED = datetime(2020, 1, 1)  # so that the same results make the same file

Printed = Mapping[str, PaperTable]
"""Tables of a workshop in one language, by what they are called there."""


@dataclass(frozen=True)
class WrittenWorkshop:
    """A workshop, the folder written, what was decided while reading."""

    workshop: NominalGroup | Swot
    notices: tuple[str, ...]
    output: Path


def nominal_group_tables(workshop: NominalGroup, language: str) -> dict[str, PaperTable]:
    """Return the tables of a nominal group, in the order in which they are read."""
    tables = {"ideas": ideas_table(workshop, language)}
    if "nominal_group_pooled" in workshop.tables:
        tables = {"pooled": pooled_ideas_table(workshop, language), **tables}
    return {**tables, "agreement": concordance_table(workshop, language)}


def swot_tables(workshop: Swot, language: str) -> dict[str, PaperTable]:
    """Return the tables of a SWOT workshop, in the order in which they are read."""
    return {"fields": fields_table(workshop, language), "counts": counts_table(workshop, language)}


def write_nominal_group(
    path: Path,
    *,
    votes: Votes,
    most: float | None = None,
    seed: int = 2019,
    output: Path,
    simulated: bool = False,
) -> WrittenWorkshop:
    """Read the sheet of a nominal group and write its results.

    Parameters
    ----------
    path, votes, most, seed
        As `read_nominal_group` takes them.
    output : Path
        Folder to write.
    simulated : bool
        Whether the votes were simulated, if the sheet does not say so itself.

    Raises
    ------
    InputError
        With everything wrong with the sheet, or if the folder cannot be written.
    """
    with replaced_folder(output, made_by=NOMINAL_GROUP, inputs=[path]) as replacement:
        workshop = read_nominal_group(path, votes=votes, most=most, seed=seed)
        workshop = replace(workshop, simulated=workshop.simulated or simulated)
        _write(
            replacement.folder, path, workshop.tables,
            name="nominal_group", made_by=NOMINAL_GROUP, simulated=workshop.simulated,
            settings={"votes": votes, "most": workshop.most, "seed": seed},
            printed=lambda language: nominal_group_tables(workshop, language),
            drawn=lambda language: draw_priorities(workshop, language),
            tell=lambda language: tell_priorities(workshop, language),
        )  # fmt: skip
    return WrittenWorkshop(workshop, (*workshop.notices, *replacement.notices), output)


def write_swot(path: Path, *, output: Path, simulated: bool = False) -> WrittenWorkshop:
    """Read the sheet of a SWOT workshop and write its results.

    Parameters and errors are those of `write_nominal_group`.
    """
    with replaced_folder(output, made_by=SWOT, inputs=[path]) as replacement:
        workshop = read_swot(path)
        workshop = replace(workshop, simulated=workshop.simulated or simulated)
        _write(
            replacement.folder, path, workshop.tables,
            name="swot", made_by=SWOT, simulated=workshop.simulated, settings={},
            printed=lambda language: swot_tables(workshop, language),
            drawn=lambda language: draw_swot(workshop, language),
            tell=lambda language: tell_swot(workshop, language),
        )  # fmt: skip
    return WrittenWorkshop(workshop, (*workshop.notices, *replacement.notices), output)


def _write(
    folder: Path,
    path: Path,
    tables: Mapping[str, pd.DataFrame],
    *,
    name: str,
    made_by: str,
    simulated: bool,
    settings: Mapping[str, object],
    printed: Callable[[str], Printed],
    drawn: Callable[[str], Figure],
    tell: Callable[[str], str],
) -> None:
    """Write tables, then a workbook and a figure a language, then the manifest."""
    outputs: list[Path] = [*write_tables(folder, tables)]
    for language in LANGUAGES:
        workbook = folder / f"{name}-{language}.xlsx"
        workbook.write_bytes(_workbook(printed(language), language, simulated=simulated))
        figures = folder / FIGURES / language
        figures.mkdir(parents=True)
        alt = tell(language)
        outputs += [workbook, *save_figure(drawn(language), figures / name, alt=alt)]
        text = figures / f"{name}.txt"
        text.write_bytes((alt + "\n").encode())
        outputs.append(text)
    manifest = make_manifest(
        inputs={"sheet": path},
        settings={**settings, "simulated": simulated},
        outputs=outputs,
        root=folder,
        made_by=made_by,
    )
    write_json(folder / MANIFEST, manifest)


def _workbook(tables: Printed, language: str, *, simulated: bool) -> bytes:
    import xlsxwriter  # noqa: PLC0415 - slow to import

    made = BytesIO()
    warning = word("simulated_warning", language) if simulated else ""
    with xlsxwriter.Workbook(made, WORKBOOK_OPTIONS) as workbook:
        workbook.set_properties({"created": _CREATED})
        for name, table in tables.items():
            write_paper_sheet(
                workbook,
                word("workshop_sheet", language, name),
                table,
                caption=word("workshop_caption", language, name),
                warning=warning,
            )
    return made.getvalue()
