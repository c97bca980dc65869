"""A form for Qualtrics: its text file in the advanced format, one file a language.

The rules are those that Qualtrics gives for a TXT file in the advanced format. The first line is
"[[AdvancedFormat]]"; a block, a question and its parts each begin with a line between double
brackets; "[[ID:...]]" is the export tag of a question, and the number in "[[Choice:2]]" or
"[[Answer:2]]" the value that an export holds for it. Texts are HTML; "${...}" is replaced.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from typology.questionnaire import Language
from typology.questionnaire.forms.form import Form, FormQuestion, ItemGrid, own_words_id
from typology.questionnaire.forms.names import MOST_TOLD
from typology.questionnaire.forms.qualtrics import values_of
from typology.tools.forms.asked import bounds_in_words, instruction
from typology.tools.forms.written import WrittenForm
from typology.words import word
from typology.words.phrases import Phrase, few, phrase

_TYPES = {
    "single": "MC:SingleAnswer:Vertical",
    "multiple": "MC:MultipleAnswer:Vertical",
    "rank": "RO",
    "number": "TE:SingleLine",
    "date": "TE:SingleLine",
    "text": "TE:Essay",
}


def write(form: Form) -> WrittenForm:
    """Return the text file of each language."""
    files: dict[Language | None, bytes] = {
        each: ("\n".join(_lines(form, each)) + "\n").encode() for each in form.languages
    }
    return WrittenForm(files, tuple(_notes(form)))


def _lines(form: Form, language: Language) -> Iterator[str]:
    yield from ("[[AdvancedFormat]]", "")
    if form.about is not None:
        yield from (f"[[Block:{_html(form.title.in_(language))}]]", "")
        yield from ("[[Question:DB]]", _html(form.about.in_(language)), "")
    for grid in form.grids:
        yield from _grid(grid, language)
    if form.questions:
        yield from (f"[[Block:{_html(word('about_you', language))}]]", "")
    for question in form.questions:
        yield from _question(question, language)


def _grid(grid: ItemGrid, language: Language) -> Iterator[str]:
    yield from (f"[[Block:{_html(grid.title.in_(language))}]]", "")
    yield from ("[[Question:Matrix]]", f"[[ID:{grid.id}]]", _html(grid.asked.in_(language)), "")
    yield "[[AdvancedChoices]]"
    for place, row in enumerate(grid.rows, start=1):
        yield from (f"[[Choice:{place}]]", _html(row.text.in_(language)))
    yield from ("", "[[AdvancedAnswers]]")
    values = values_of(grid.options)
    for option in grid.options:
        yield from (f"[[Answer:{values[option.code]}]]", _html(option.text.in_(language)))
    yield ""


def _question(question: FormQuestion, language: Language) -> Iterator[str]:
    text = f"{question.text.in_(language)} {_told(question, language)}".strip()
    yield from (f"[[Question:{_TYPES[question.kind]}]]", f"[[ID:{question.id}]]", _html(text), "")
    if question.options:
        yield "[[AdvancedChoices]]"
        values = values_of(question.options)
        for option in question.options:
            yield from (f"[[Choice:{values[option.code]}]]", _html(option.text.in_(language)))
        yield ""
    if (worded := question.own_words) is not None:
        asked = _html(word("own_words", language, choice=worded.name(language)))
        tag = own_words_id(question, worded)
        yield from ("[[Question:TE:SingleLine]]", f"[[ID:{tag}]]", asked, "")


def _told(question: FormQuestion, language: Language) -> str:
    """Return what Qualtrics cannot ask for otherwise than in the words of the question."""
    told = instruction(question, language)
    if question.kind == "date":
        return f"{word('date_blank', language)} {bounds_in_words(question, language)}".strip()
    unit = question.unit.in_(language) if question.unit else ""
    parts = [each for each in (unit, bounds_in_words(question, language)) if each]
    return f"({', '.join(parts)})" if parts else told


def _html(text: str) -> str:
    """Return a text as HTML that begins no part of the file, and in which nothing is replaced.

    >>> _html("[[Block]] ${x} <b>")
    '&#91;&#91;Block&#93;&#93; &#36;{x} &lt;b&gt;'
    """
    escaped = escape(text, quote=False)
    for sign in ("[", "]", "${"):
        escaped = escaped.replace(sign, f"&#{ord(sign[0])};{sign[1:]}")
    return escaped


def _notes(form: Form) -> Iterator[Phrase]:
    yield phrase(
        "Qualtrics names the lines of a matrix itself: {grid}_1 is the first item of the block "
        "{grid}.",
        grid=form.grids[0].id,
    )
    asked = {grid.scale: grid.options for grid in form.grids}
    asked |= {question.id: question.options for question in form.questions}
    numbered = [
        name
        for name, options in asked.items()
        if any(k != v for k, v in values_of(options).items())
    ]
    if numbered:
        yield phrase(
            "An answer of Qualtrics has a number for a code: the answers to {questions} are 1, 2 "
            "and so on, in their order.",
            questions=few(numbered, most=MOST_TOLD),
        )
    bounded = [question.id for question in form.questions if question.is_bounded]
    if bounded:
        yield phrase(
            "A text file of Qualtrics checks no answer: the bounds of {questions} are said in the "
            "question; add them in Qualtrics, under Response requirements.",
            questions=few(bounded, most=MOST_TOLD),
        )
    worded = [each.id for each in form.questions if each.own_words is not None]
    if worded:
        yield phrase(
            'A text file of Qualtrics puts no field beside a choice: the words of "Other" are '
            "asked for in a question of their own after {questions}.",
            questions=few(worded, most=MOST_TOLD),
        )
    if len(form.languages) > 1:
        yield phrase(
            "A text file of Qualtrics has one language: make a survey of each, or enter the second "
            "one under Survey options, Translations."
        )
