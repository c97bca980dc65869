"""What the page on costs shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from typology.documents.costs.measured import read_measured
from typology.documents.costs.tables import (
    cost_ratios_table,
    machine_table,
    programs_table,
    sizes_table,
)
from typology.documents.drawings import Drawing, draw_once, drawings_folder
from typology.documents.page_exhibits import document_part, document_table
from typology.exhibits.canvas.saving import save_drawing, save_figure
from typology.exhibits.canvas.style import NARROW_WIDTH
from typology.exhibits.paper_table import PaperTable
from typology.exhibits.registry import told
from typology.words import word

if TYPE_CHECKING:
    from typology.documents.document import Document


@document_table("cost_ratios", label="tbl-cost-ratios", absent=told("costs_absent"))
def cost_ratios(document: Document) -> PaperTable | None:
    """Return rfree beside R and the fastest Python program."""
    measured = read_measured(document)
    return None if measured is None else cost_ratios_table(measured, document.language)


@document_table(
    "cost_programs", label="tbl-cost-programs", absent=told("costs_absent"), scrolling=True
)
def cost_programs(document: Document) -> PaperTable | None:
    """Return every program on every table of answers."""
    measured = read_measured(document)
    return None if measured is None else programs_table(measured, document.language)


@document_table("cost_sizes", label="tbl-cost-sizes", absent=told("costs_absent"))
def cost_sizes(document: Document) -> PaperTable | None:
    """Return what more and more respondents cost."""
    measured = read_measured(document)
    return None if measured is None else sizes_table(measured, document.language)


@document_table("cost_machine", label="tbl-cost-machine", absent=told("costs_absent"))
def cost_machine(document: Document) -> PaperTable | None:
    """Return what it was measured on."""
    measured = read_measured(document)
    return None if measured is None else machine_table(measured, document.language)


@document_part("cost_growth")
def cost_growth(document: Document) -> str:
    """Return the figure of time and memory over respondents."""
    from typology.documents.costs.growth import growth, growth_alt  # noqa: PLC0415 - slow

    measured, language = read_measured(document), document.language
    if measured is None:
        return word("costs_absent", language)
    folder = drawings_folder(document.folder, document.study.results_path) / language
    folder.mkdir(parents=True, exist_ok=True)
    alt, stem = growth_alt(measured.growing, language), folder / "cost_growth"
    small = folder / "cost_growth_narrow"

    def draw() -> None:
        save_figure(growth(measured.growing, language), stem, alt=alt)
        save_drawing(growth(measured.growing, language, width=NARROW_WIDTH), small, alt=alt)

    draw_once(stem, (measured.growing, alt), draw)
    shown, narrow = (
        each.with_name(each.name + ending)
        for each, ending in ((stem, ".png" if document.needs_png else ".svg"), (small, ".svg"))
    )
    drawn = Drawing(shown, alt, narrow)
    caption = word("caption", language, "cost_growth")
    return document.drawn(drawn, label="fig-cost-growth", caption=caption)
