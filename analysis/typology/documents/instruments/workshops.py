"""The workshops of the examples, counted anew for their page."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from typology.documents.drawings import draw_once, drawings_folder
from typology.documents.instruments.examples import example
from typology.documents.page_exhibits import document_part, document_table
from typology.exhibits.canvas.saving import save_figure
from typology.exhibits.paper_table import PaperTable
from typology.exhibits.registry import told
from typology.words import word

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from typology.documents.document import Document
    from typology.workshops.nominal_group import NominalGroup
    from typology.workshops.swot import Swot


def _nominal_group(document: Document) -> NominalGroup | None:
    from typology.workshops.nominal_group import read_nominal_group  # noqa: PLC0415 - slow

    path = example(document, "nominal_group", "votes.csv")
    return None if path is None else read_nominal_group(path, votes="points")


def _nominal_group_table(document: Document, name: str) -> PaperTable | None:
    from typology.workshops.files import nominal_group_tables  # noqa: PLC0415 - slow to import

    workshop = _nominal_group(document)
    return None if workshop is None else nominal_group_tables(workshop, document.language)[name]


def _swot(document: Document) -> Swot | None:
    from typology.workshops.swot import read_swot  # noqa: PLC0415 - slow to import

    path = example(document, "swot", "statements.csv")
    return None if path is None else read_swot(path)


@document_table(
    "nominal_group_pooled", label="tbl-nominal-group", absent=told("instruments_absent")
)
def nominal_group_pooled(document: Document) -> PaperTable | None:
    """Return the ideas of all groups of the example."""
    return _nominal_group_table(document, "pooled")


@document_table(
    "nominal_group_agreement",
    label="tbl-nominal-group-agreement",
    absent=told("instruments_absent"),
)
def nominal_group_agreement(document: Document) -> PaperTable | None:
    """Return how far the participants of the example agree."""
    return _nominal_group_table(document, "agreement")


@document_table("swot_counts", label="tbl-swot-counts", absent=told("instruments_absent"))
def swot_counts(document: Document) -> PaperTable | None:
    """Return how many statements of the example there are, by field and group."""
    from typology.workshops.files import swot_tables  # noqa: PLC0415 - slow to import

    workshop = _swot(document)
    return None if workshop is None else swot_tables(workshop, document.language)["counts"]


@document_part("nominal_group_figure")
def nominal_group_figure(document: Document) -> str:
    """Return the figure of the nominal group of the example."""
    from typology.workshops.figures import (  # noqa: PLC0415 - slow to import
        draw_priorities,
        tell_priorities,
    )

    workshop = _nominal_group(document)
    if workshop is None:
        return word("instruments_absent", document.language)
    return _figure(document, "nominal_group", workshop,
                   tell_priorities(workshop, document.language),
                   lambda: draw_priorities(workshop, document.language))  # fmt: skip


@document_part("swot_figure")
def swot_figure(document: Document) -> str:
    """Return the four fields of the SWOT workshop of the example."""
    from typology.workshops.figures import draw_swot, tell_swot  # noqa: PLC0415 - slow to import

    workshop = _swot(document)
    if workshop is None:
        return word("instruments_absent", document.language)
    return _figure(document, "swot", workshop, tell_swot(workshop, document.language),
                   lambda: draw_swot(workshop, document.language))  # fmt: skip


def _figure(
    document: Document, name: str, workshop: object, alt: str, draw: Callable[[], Figure]
) -> str:
    folder = drawings_folder(document.folder, document.study.results_path) / document.language
    folder.mkdir(parents=True, exist_ok=True)
    stem = folder / name
    draw_once(stem, (workshop, alt), lambda: save_figure(draw(), stem, alt=alt))
    png = stem.with_name(f"{name}.png")
    source = png.relative_to(document.folder).as_posix()
    caption = word("caption", document.language, f"{name}_figure")
    quoted = alt.replace('"', "”")
    return (
        f'![{caption}]({source}){{#fig-{name.replace("_", "-")} fig-alt="{quoted}" width=100%}}\n'
    )
