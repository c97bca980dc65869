"""The workshops of the examples, counted anew for their page."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from typology.documents.drawings import drawings_folder
from typology.documents.instruments.examples import example
from typology.documents.page_exhibits import document_part, document_table
from typology.exhibits.canvas.saving import save_figure
from typology.exhibits.paper_table import PaperTable
from typology.exhibits.registry import told
from typology.words import word
from typology.workshops.figures import draw_priorities, draw_swot, tell_priorities, tell_swot
from typology.workshops.files import nominal_group_tables, swot_tables
from typology.workshops.nominal_group import NominalGroup, read_nominal_group
from typology.workshops.swot import Swot, read_swot

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from typology.documents.document import Document


def _nominal_group(document: Document) -> NominalGroup | None:
    path = example(document, "nominal_group", "votes.csv")
    return None if path is None else read_nominal_group(path, votes="points")


def _swot(document: Document) -> Swot | None:
    path = example(document, "swot", "statements.csv")
    return None if path is None else read_swot(path)


@document_table(
    "nominal_group_pooled", label="tbl-nominal-group", absent=told("instruments_absent")
)
def nominal_group_pooled(document: Document) -> PaperTable | None:
    """Return the ideas of all groups of the example."""
    workshop = _nominal_group(document)
    return workshop and nominal_group_tables(workshop, document.language)["pooled"]


@document_table(
    "nominal_group_agreement",
    label="tbl-nominal-group-agreement",
    absent=told("instruments_absent"),
)
def nominal_group_agreement(document: Document) -> PaperTable | None:
    """Return how far the participants of the example agree."""
    workshop = _nominal_group(document)
    return workshop and nominal_group_tables(workshop, document.language)["agreement"]


@document_table("swot_counts", label="tbl-swot-counts", absent=told("instruments_absent"))
def swot_counts(document: Document) -> PaperTable | None:
    """Return how many statements of the example there are, by field and group."""
    workshop = _swot(document)
    return workshop and swot_tables(workshop, document.language)["counts"]


@document_part("nominal_group_figure")
def nominal_group_figure(document: Document) -> str:
    """Return the figure of the nominal group of the example."""
    workshop = _nominal_group(document)
    if workshop is None:
        return word("instruments_absent", document.language)
    return _figure(document, "nominal_group", tell_priorities(workshop, document.language),
                   lambda: draw_priorities(workshop, document.language))  # fmt: skip


@document_part("swot_figure")
def swot_figure(document: Document) -> str:
    """Return the four fields of the SWOT workshop of the example."""
    workshop = _swot(document)
    if workshop is None:
        return word("instruments_absent", document.language)
    return _figure(document, "swot", tell_swot(workshop, document.language),
                   lambda: draw_swot(workshop, document.language))  # fmt: skip


def _figure(document: Document, name: str, alt: str, draw: Callable[[], Figure]) -> str:
    folder = drawings_folder(document.folder, document.study.results_path) / document.language
    folder.mkdir(parents=True, exist_ok=True)
    _, png = save_figure(draw(), folder / name, alt=alt)
    source = png.relative_to(document.folder).as_posix()
    caption = word("caption", document.language, f"{name}_figure")
    quoted = alt.replace('"', "”")
    return (
        f'![{caption}]({source}){{#fig-{name.replace("_", "-")} fig-alt="{quoted}" width=100%}}\n'
    )
