"""A form for Google Forms: an Apps Script that makes it, one file a language.

Google Forms has no file to import. The script calls `FormApp`, as Google documents it: a grid for
each block, a page for each, no answer required. The form has words alone, no codes: its answers
come back in words, under "Question [Row]" for a grid.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from importlib.resources import files
from typing import Any

from typology.questionnaire import Language
from typology.questionnaire.forms.form import Form, FormQuestion, ItemGrid, Option
from typology.questionnaire.forms.google_forms import SEPARATOR
from typology.questionnaire.forms.names import MOST_TOLD
from typology.tools.forms.asked import bounds_in_words, instruction
from typology.tools.forms.written import WrittenForm
from typology.words import word
from typology.words.phrases import Phrase, few, phrase

SCRIPT = "google_form.js"


def write(form: Form) -> WrittenForm:
    """Return the script of each language."""
    return WrittenForm({each: _script(form, each) for each in form.languages}, tuple(_notes(form)))


def _script(form: Form, language: Language) -> bytes:
    told = json.dumps(_content(form, language), ensure_ascii=False, indent=2, allow_nan=False)
    built = files("typology").joinpath("tools", "forms", SCRIPT).read_text(encoding="utf-8")
    return f"{built}\nconst FORM = {told};\n".encode()


def _content(form: Form, language: Language) -> dict[str, Any]:
    pages = [_page(grid, language) for grid in form.grids]
    if form.questions:
        items = [_item(question, language) for question in form.questions]
        pages.append({"title": word("about_you", language), "items": items})
    about = form.about.in_(language) if form.about else ""
    return {"title": form.title.in_(language), "about": about, "pages": pages}


def _page(grid: ItemGrid, language: Language) -> dict[str, Any]:
    item = {
        "kind": "grid",
        "title": grid.asked.in_(language),
        "help": word("tick_one_a_line", language),
        "rows": [row.text.in_(language) for row in grid.rows],
        "columns": _labels(grid.options, language),
    }
    return {"title": grid.title.in_(language), "items": [item]}


def _item(question: FormQuestion, language: Language) -> dict[str, Any]:
    title, told = question.text.in_(language), instruction(question, language)
    item: dict[str, Any] = {"kind": question.kind, "title": title, "help": told}
    labels = _labels(question.options, language)
    if question.kind == "rank":
        ranks = [str(rank) for rank in range(1, len(labels) + 1)]
        return {**item, "rows": labels, "columns": ranks}
    if question.kind == "number":
        item |= {"low": question.low, "high": question.high}
        item |= {"bounds": bounds_in_words(question, language)}
        return {**item, "help": question.unit.in_(language) if question.unit else ""}
    if question.kind == "date":
        return {**item, "help": bounds_in_words(question, language)}
    return {**item, "choices": labels, "other": bool(question.own_words)} if labels else item


def _labels(options: tuple[Option, ...], language: Language) -> list[str]:
    """Return the words of the options but of "Other: ...", which Google Forms words itself."""
    return [option.text.in_(language) for option in options if not option.worded]


def _notes(form: Form) -> Iterator[Phrase]:
    yield phrase("Google Forms keeps no codes: the answers come back in words, and are read so.")
    with_commas = [
        question.id
        for question in form.questions
        if question.kind == "multiple"
        for language in form.languages
        if any(SEPARATOR in label for label in _labels(question.options, language))
    ]
    if with_commas:
        yield phrase(
            "Google Forms puts commas between the choices that are ticked, and some choices have "
            "commas themselves: word them without in {questions}, or answers may be misread.",
            questions=few(dict.fromkeys(with_commas), most=MOST_TOLD),
        )
    dated = [each.id for each in form.questions if each.kind == "date" and each.is_bounded]
    if dated:
        yield phrase(
            "Google Forms checks no date: the bounds of {questions} are said below the question.",
            questions=few(dated, most=MOST_TOLD),
        )
    worded = [each.id for each in form.questions if each.own_words is not None]
    if worded:
        yield phrase(
            'Google Forms words the choice "Other" itself and shows it last, in {questions}; '
            "what respondents write stands in the place of an answer.",
            questions=few(worded, most=MOST_TOLD),
        )
    if len(form.languages) > 1:
        yield phrase("A form of Google Forms has one language: each file makes a form of its own.")
