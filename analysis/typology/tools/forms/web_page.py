"""A form as a page to print, or to read: one HTML file a language, which needs nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from importlib.resources import files

from typology.documents.blank_questionnaire import BLANK, BOX
from typology.documents.standalone_page import standalone_page
from typology.questionnaire import Language
from typology.questionnaire.forms.form import Form, FormQuestion, ItemGrid
from typology.tools.forms.paper import DATE_BLANK, choice_in_words, how_to_answer
from typology.tools.forms.written import WrittenForm
from typology.words import word

STYLE = "web_page.css"
_WIDEST = "60rem"


def write(form: Form) -> WrittenForm:
    """Return the page of each language."""
    return WrittenForm({language: _page(form, language).encode() for language in form.languages})


def _page(form: Form, language: Language) -> str:
    style = files("typology").joinpath("tools", "forms", STYLE).read_text(encoding="utf-8")
    parts = [f"<style>\n{style}</style>"]
    if form.about is not None:
        parts.append(f"<p>{escape(form.about.in_(language))}</p>")
    first = 1
    for grid in form.grids:
        parts += _grid(grid, language, first=first)
        first += len(grid.rows)
    if form.questions:
        parts += ["<section>", f"<h2>{escape(word('about_you', language))}</h2>"]
        for place, question in enumerate(form.questions, start=first):
            parts += _question(question, language, place=place)
        parts.append("</section>")
    title = escape(form.title.in_(language))
    return standalone_page("\n".join([*parts, ""]), language, title=title, widest=_WIDEST)


def _grid(grid: ItemGrid, language: Language, *, first: int) -> Iterator[str]:
    title, asked = grid.title.in_(language), grid.asked.in_(language)
    told = f"{escape(asked)} " if asked != title else ""
    yield f'<section>\n<h2 id="{grid.id}">{escape(title)}</h2>'
    yield f"<p>{told}<em>{escape(word('tick_one_a_line', language))}</em></p>"
    yield f'<table aria-labelledby="{grid.id}">\n<thead>\n<tr>\n<td></td>'
    for option in grid.options:
        yield f'<th scope="col">{escape(option.text.in_(language))}</th>'
    yield "</tr>\n</thead>\n<tbody>"
    boxes = f"<td>{BOX}</td>" * len(grid.options)
    for place, row in enumerate(grid.rows, start=first):
        text = escape(row.text.in_(language))
        yield f'<tr><th scope="row">{place}. {text}</th>{boxes}</tr>'
    yield "</tbody>\n</table>\n</section>"


def _question(question: FormQuestion, language: Language, *, place: int) -> Iterator[str]:
    told = how_to_answer(question, language)
    shown = f" <em>{escape(told)}</em>" if told else ""
    asked = f"<strong>{place}.</strong> {escape(question.text.in_(language))}{shown}"
    if question.kind == "number":
        unit = escape(question.unit.in_(language)) if question.unit else ""
        yield f'<p class="question">{asked} {BLANK} {unit}</p>'
    elif question.kind == "date":
        yield f'<p class="question">{asked} {DATE_BLANK}</p>'
    elif question.kind == "text":
        yield f'<div class="question"><p>{asked}</p><p class="lines" aria-hidden="true"></p></div>'
    else:
        yield f'<div class="question"><p>{asked}</p>\n<ul>'
        mark = "......" if question.kind == "rank" else BOX
        for option in question.options:
            yield f"<li>{mark} {escape(choice_in_words(option, language))}</li>"
        yield "</ul></div>"
