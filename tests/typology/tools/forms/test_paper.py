"""The Word document and the printable page: complete, accessible, the same as on the site."""

from __future__ import annotations

from html.parser import HTMLParser
from io import BytesIO
from zipfile import ZipFile

import docx
import pytest
from docx.oxml.ns import qn

from typology.documents.blank_questionnaire import BOX
from typology.questionnaire import Language
from typology.questionnaire.forms.form import Form
from typology.tools.forms import web_page, word_document
from typology.words import word

VOID = {"meta", "link", "br", "img"}


class Page(HTMLParser):
    """What a page says, and whether its elements are closed in the order in which they opened."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.texts: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if not {"style", "script"} & set(self.open):
            self.texts.append(data)

    @property
    def text(self) -> str:
        return "".join(self.texts)


def page(form: Form, language: Language) -> Page:
    return Page(web_page.write(form).files[language].decode())


def document(form: Form, language: Language) -> docx.document.Document:
    return docx.Document(BytesIO(word_document.write(form).files[language]))


def texts(form: Form, language: Language) -> list[str]:
    found = [form.title, *(grid.title for grid in form.grids), *(grid.asked for grid in form.grids)]
    found += [row.text for grid in form.grids for row in grid.rows]
    found += [option.text for grid in form.grids for option in grid.options]
    found += [question.text for question in form.questions]
    options = [option for question in form.questions for option in question.options]
    choices = [option.name(language) for option in options]
    return [text.in_(language) for text in found] + choices + [word("about_you", language)]


def said(paper: docx.document.Document) -> str:
    cells = [cell.text for table in paper.tables for row in table.rows for cell in row.cells]
    return "\n".join([paragraph.text for paragraph in paper.paragraphs] + cells)


def test_both_say_everything_in_every_language(form: Form) -> None:
    for language in form.languages:
        on_page, in_document = page(form, language).text, said(document(form, language))
        for text in texts(form, language):
            assert text in on_page
            assert text in in_document


def test_every_item_has_a_box_for_each_answer(form: Form) -> None:
    boxes = sum(len(grid.rows) * len(grid.options) for grid in form.grids)
    choices = sum(
        len(each.options) for each in form.questions if each.kind in ("single", "multiple")
    )
    for language in form.languages:
        assert page(form, language).text.count(BOX) == boxes + choices
        assert said(document(form, language)).count(BOX) == boxes + choices


def test_items_and_questions_are_numbered_through(form: Form) -> None:
    last = sum(len(grid.rows) for grid in form.grids) + len(form.questions)
    language = form.languages[0]
    for text in (page(form, language).text, said(document(form, language))):
        assert f"{last}. " in text
        assert f"{last + 1}. " not in text


def test_the_page_is_a_whole_document_that_needs_nothing_else(form: Form) -> None:
    for language in form.languages:
        found = page(form, language).tags
        assert found[0] == ("html", {"lang": language})
        assert not [tag for tag, _ in found if tag in ("script", "img", "iframe")]
        links = [values["href"] for tag, values in found if tag == "link"]
        assert links == ["data:,"]
        assert [tag for tag, _ in found].count("h1") == 1


def test_tables_of_the_page_tell_what_their_rows_and_columns_are(form: Form) -> None:
    found = page(form, form.languages[0]).tags
    scopes = [values.get("scope") for tag, values in found if tag == "th"]
    assert scopes.count("col") == sum(len(grid.options) for grid in form.grids)
    assert scopes.count("row") == sum(len(grid.rows) for grid in form.grids)
    named = [values["aria-labelledby"] for tag, values in found if tag == "table"]
    ids = [values["id"] for _, values in found if "id" in values]
    assert named == ids == [grid.id for grid in form.grids]


def test_the_document_is_of_its_language_and_has_its_title(form: Form) -> None:
    for language, locale in (("fr", "fr-FR"), ("en", "en-GB")):
        if language in form.languages:
            paper = document(form, language)
            spelling = {each.get(qn("w:val")) for each in paper.styles.element.iter(qn("w:lang"))}
            assert spelling == {locale}
            assert paper.core_properties.title == form.title.in_(language)
            assert paper.core_properties.author == ""


def test_the_first_row_of_a_table_is_repeated_and_no_row_is_broken(form: Form) -> None:
    for table in document(form, form.languages[0]).tables:
        repeated = [bool(row._tr.findall(f".//{qn('w:tblHeader')}")) for row in table.rows]
        whole = [bool(row._tr.findall(f".//{qn('w:cantSplit')}")) for row in table.rows]
        assert repeated == [True] + [False] * (len(table.rows) - 1)
        assert all(whole)


def test_the_document_fits_its_page(form: Form) -> None:
    paper = document(form, form.languages[0])
    section = paper.sections[0]
    assert section.page_width is not None
    room = section.page_width - (section.left_margin or 0) - (section.right_margin or 0)
    for table in paper.tables:
        assert sum(column.width or 0 for column in table.columns) <= room * 1.001


@pytest.mark.parametrize("platform", ["web page", "document"])
def test_a_text_in_html_is_shown_as_it_is_written(hostile: Form, platform: str) -> None:
    found = page(hostile, "fr").text if platform == "web page" else said(document(hostile, "fr"))
    assert "<b>HTML</b> & <script>alert('x')</script> </script>" in found


def test_parts_of_the_document_bear_no_date_of_today(hostile: Form) -> None:
    content = word_document.write(hostile).files["fr"]
    with ZipFile(BytesIO(content)) as parts:
        assert {part.date_time[:3] for part in parts.infolist()} == {(2000, 1, 1)}
