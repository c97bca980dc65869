"""A form as a Word document to print or to change: one a language."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from typology.documents.blank_questionnaire import BLANK, BOX
from typology.questionnaire import Language
from typology.questionnaire.forms.form import Form, FormQuestion, ItemGrid
from typology.tools.forms.paper import DATE_BLANK, choice_in_words, how_to_answer
from typology.tools.forms.written import WrittenForm
from typology.words import NO_BREAK_SPACE, word

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import Table, _Cell
    from docx.text.paragraph import Paragraph

WIDTH = 180.0  # millimetres, on A4 between margins of 15
WORDING = 85.0
_MARGIN = "50"  # of a cell, in twentieths of a point
FONT, SMALL = "Arial", 8
LOCALES = {"fr": "fr-FR", "en": "en-GB"}
_GAP = "\u2003"
_LINES = 3
_LONG_AGO = (2000, 1, 1, 0, 0, 0)


def write(form: Form) -> WrittenForm:
    """Return the document of each language."""
    return WrittenForm({language: _document(form, language) for language in form.languages})


def _document(form: Form, language: Language) -> bytes:
    document = _blank(form, language)
    document.add_heading(form.title.in_(language), level=0)
    if form.about is not None:
        document.add_paragraph(form.about.in_(language))
    first = 1
    for grid in form.grids:
        _add_grid(document, grid, language, first=first)
        first += len(grid.rows)
    if form.questions:
        document.add_heading(word("about_you", language), level=1)
    for place, question in enumerate(form.questions, start=first):
        _add_question(document, question, language, place=place)
    content = BytesIO()
    document.save(content)
    return _undated(content.getvalue())


def _blank(form: Form, language: Language) -> Document:
    """Return a document without text: A4, the language of its spelling, its title, no author."""
    import docx  # noqa: PLC0415 - slow to import
    from docx.oxml.ns import qn  # noqa: PLC0415 - slow to import
    from docx.shared import Mm, Pt  # noqa: PLC0415 - slow to import

    document = docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Mm(15)
    normal = document.styles["Normal"].font
    normal.name, normal.size = FONT, Pt(10)
    for spelling in document.styles.element.iter(qn("w:lang")):
        spelling.set(qn("w:val"), LOCALES[language])
    properties = document.core_properties
    properties.title = form.title.in_(language)
    properties.author = properties.comments = ""
    properties.language = LOCALES[language]
    return document


def _add_grid(document: Document, grid: ItemGrid, language: Language, *, first: int) -> None:
    title, asked = grid.title.in_(language), grid.asked.in_(language)
    document.add_heading(title, level=1)
    told = document.add_paragraph(f"{asked} " if asked != title else "")
    told.add_run(word("tick_one_a_line", language)).italic = True
    told.paragraph_format.keep_with_next = True
    table = document.add_table(rows=1 + len(grid.rows), cols=1 + len(grid.options))
    table.style = "Table Grid"
    _set_widths(table, len(grid.options))
    for cell, option in zip(table.rows[0].cells[1:], grid.options, strict=True):
        _write(cell, option.text.in_(language), centred=True, size=SMALL)
    for place, row in enumerate(grid.rows):
        wording, *boxes = table.rows[place + 1].cells
        _write(wording, f"{first + place}. {row.text.in_(language)}")
        for box in boxes:
            _write(box, BOX, centred=True)


def _set_widths(table: Table, points: int) -> None:
    """Give the columns their widths, repeat the first row on every page, break no row."""
    from docx.oxml import OxmlElement  # noqa: PLC0415 - slow to import
    from docx.oxml.ns import qn  # noqa: PLC0415 - slow to import
    from docx.shared import Mm  # noqa: PLC0415 - slow to import

    table.autofit = False
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        margin = OxmlElement(f"w:{side}")
        margin.set(qn("w:w"), _MARGIN)
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    table._tbl.tblPr.find(qn("w:tblLook")).addprevious(margins)
    widths = [WORDING] + [(WIDTH - WORDING) / points] * points
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
        for cell in column.cells:
            cell.width = Mm(width)
    for place, row in enumerate(table.rows):
        properties = row._tr.get_or_add_trPr()
        properties.append(OxmlElement("w:cantSplit"))
        if place == 0:
            properties.append(OxmlElement("w:tblHeader"))


def _write(cell: _Cell, text: str, *, centred: bool = False, size: float | None = None) -> None:
    from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT  # noqa: PLC0415 - slow to import
    from docx.enum.text import WD_ALIGN_PARAGRAPH  # noqa: PLC0415 - slow to import
    from docx.shared import Pt  # noqa: PLC0415 - slow to import

    paragraph = cell.paragraphs[0]
    run = paragraph.add_run(text)
    if size is not None:
        run.font.size = Pt(size)
    if centred:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
    _set_close(paragraph)


def _set_close(paragraph: Paragraph) -> None:
    from docx.shared import Pt  # noqa: PLC0415 - slow to import

    paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(2)


def _add_question(
    document: Document, question: FormQuestion, language: Language, *, place: int
) -> None:
    asked = document.add_paragraph()
    asked.add_run(f"{place}. ").bold = True
    asked.add_run(question.text.in_(language))
    told = how_to_answer(question, language)
    if told:
        asked.add_run(f" {told}").italic = True
    if question.kind == "number":
        unit = question.unit.in_(language) if question.unit else ""
        asked.add_run(f" {BLANK} {unit}".rstrip())
        return
    if question.kind == "date":
        asked.add_run(f" {DATE_BLANK}")
        return
    asked.paragraph_format.keep_with_next = True
    _set_close(asked)
    if question.kind == "text":
        for _ in range(_LINES):
            document.add_paragraph(BLANK * 4)
        return
    mark = "......" if question.kind == "rank" else BOX
    choices = [choice_in_words(option, language) for option in question.options]
    listed = [f"{mark}{NO_BREAK_SPACE}{choice}" for choice in choices]
    document.add_paragraph(_GAP.join(listed))


def _undated(document: bytes) -> bytes:
    """Return a document whose parts bear no date: the same form has the same bytes."""
    content = BytesIO()
    with ZipFile(BytesIO(document)) as parts, ZipFile(content, "w", ZIP_DEFLATED) as undated:
        for name in parts.namelist():
            part = ZipInfo(name, _LONG_AGO)
            part.compress_type = ZIP_DEFLATED
            undated.writestr(part, parts.read(name))
    return content.getvalue()
