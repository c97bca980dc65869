"""A form for ODK, KoboToolbox and their like: an XLSForm, in every language at once.

The rules are those of the XLSForm specification. Three sheets: what is asked, the choices, the
settings. Texts have a column a language, "label::English (en)". Names are those of XML elements.
"${name}" in a text is replaced by an answer, and a text may be emphasized as in Markdown.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from hashlib import sha256
from io import BytesIO

from typology.questionnaire import Language
from typology.questionnaire.forms.form import Form, FormQuestion, Option, own_words_id
from typology.questionnaire.forms.names import MOST_TOLD, renamed
from typology.questionnaire.forms.xlsform import (
    GROUP,
    LONGEST_XLSFORM_NAME,
    free_name,
    xlsform_field_names,
)
from typology.tools.forms.asked import bounds_in_words, digits, instruction
from typology.tools.forms.written import WrittenForm
from typology.words import word
from typology.words.phrases import Phrase, few, phrase

ABOUT = "about"
SINGLE, MULTIPLE, RANK = "select_one", "select_multiple", "rank"

_Line = dict[str, str]
_LANGUAGES = {"fr": phrase("French"), "en": phrase("English")}


def write(form: Form) -> WrittenForm:
    """Return the workbook, to upload as a new project."""
    survey, choices = list(_survey(form)), list(_choices(form))
    sheets = {
        "survey": (["type", "name", *_translated("label", form), *_translated("hint", form),
                    "required", "appearance", "relevant", "constraint",
                    *_translated("constraint_message", form)], survey),
        "choices": (["list_name", "name", *_translated("label", form)], choices),
    }  # fmt: skip
    settings = {
        "form_title": form.title.in_(form.languages[0]),
        "form_id": _form_id(form),
        "version": sha256(repr(sheets).encode()).hexdigest()[:10],
        "default_language": _named(form.languages[0]),
    }
    sheets["settings"] = (list(settings), [settings])
    return WrittenForm({None: _workbook(sheets)}, tuple(_notes(form)))


def _lists(form: Form) -> dict[str, tuple[Option, ...]]:
    """Return the lists of choices by name: those of the scales, those of the questions."""
    scales = {f"scale_{grid.scale}": grid.options for grid in form.grids}
    return scales | {f"choices_{each.id}": each.options for each in form.questions if each.options}


def _survey(form: Form) -> Iterator[_Line]:
    names = xlsform_field_names(form)
    yield {"type": "start", "name": "start"}
    yield {"type": "end", "name": "end"}
    if form.about is not None:
        about = form.about
        told = {each: about.in_(each) for each in form.languages}
        yield {"type": "note", "name": free_name(form, ABOUT), **_labels(told)}
    for grid in form.grids:
        title = {each: grid.title.in_(each) for each in form.languages}
        asked = {each: grid.asked.in_(each) for each in form.languages}
        yield {
            "type": "begin_group",
            "name": names[grid.id],
            **_labels(title),
            "appearance": "field-list",
        }
        if asked != title:
            yield {"type": "note", "name": free_name(form, f"{grid.id}_intro"), **_labels(asked)}
        for row in grid.rows:
            text = {each: row.text.in_(each) for each in form.languages}
            yield {
                "type": f"{SINGLE} scale_{grid.scale}", "name": names[row.id], **_labels(text),
                "required": "no", "appearance": "likert",
            }  # fmt: skip
        yield {"type": "end_group"}
    if form.questions:
        title = {each: word("about_you", each) for each in form.languages}
        yield {
            "type": "begin_group",
            "name": free_name(form, GROUP),
            **_labels(title),
            "appearance": "field-list",
        }
        for question in form.questions:
            yield _question(question, names[question.id], form.languages)
            if question.own_words is not None:
                yield _own_words(question, question.own_words, names, form.languages)
        yield {"type": "end_group"}


def _question(question: FormQuestion, name: str, languages: Sequence[Language]) -> _Line:
    kinds = {
        "single": f"{SINGLE} choices_{question.id}",
        "multiple": f"{MULTIPLE} choices_{question.id}",
        "rank": f"{RANK} choices_{question.id}",
        "number": "decimal",
        "date": "date",
        "text": "text",
    }
    line = {
        "type": kinds[question.kind],
        "name": name,
        **_labels({each: question.text.in_(each) for each in languages}),
        **_labels({each: _hint(question, each) for each in languages}, "hint"),
        "required": "no",
    }
    if question.kind == "text":
        line["appearance"] = "multiline"
    limits = list(_limits(question))
    if limits:
        told = {each: bounds_in_words(question, each) for each in languages}
        line |= {"constraint": " and ".join(limits), **_labels(told, "constraint_message")}
    return line


def _limits(question: FormQuestion) -> Iterator[str]:
    for sign, bound, day in (
        (">=", question.low, question.earliest),
        ("<=", question.high, question.latest),
    ):
        if bound is not None:
            yield f". {sign} {digits(bound)}"
        if day is not None:
            yield f". {sign} date('{day.isoformat()}')"


def _own_words(
    question: FormQuestion, option: Option, names: dict[str, str], languages: Sequence[Language]
) -> _Line:
    """Return the question for the words that follow a choice, asked of whoever chooses it."""
    answer = f"${{{names[question.id]}}}"
    chosen = f"selected({answer}, '{option.code}')"
    labels = {each: word("own_words", each, choice=option.name(each)) for each in languages}
    return {
        "type": "text",
        "name": names[own_words_id(question, option)],
        **_labels(labels),
        "required": "no",
        "relevant": chosen,
    }


def _hint(question: FormQuestion, language: Language) -> str:
    unit = question.unit.in_(language) if question.unit else ""
    return instruction(question, language) or unit


def _choices(form: Form) -> Iterator[_Line]:
    for name, options in _lists(form).items():
        for option in options:
            told = {each: option.text.in_(each) for each in form.languages}
            yield {"list_name": name, "name": option.code, **_labels(told)}


def _translated(column: str, form: Form) -> list[str]:
    return [f"{column}::{_named(language)}" for language in form.languages]


def _named(language: Language) -> str:
    """Return a language as columns name it: "English (en)"."""
    return f"{word('language', language, language)} ({language})"


def _labels(texts: dict[Language, str], column: str = "label") -> _Line:
    return {f"{column}::{_named(each)}": _plain(text) for each, text in texts.items() if text}


def _plain(text: str) -> str:
    r"""Return a text in which nothing is an answer to put in, nor emphasis.

    >>> _plain("${age}: *never* (2*3)"), _plain("a_b"), _plain("# 1")
    ('$ {age}: \\*never\\* (2\\*3)', 'a_b', '\\# 1')
    """
    text = text.replace("${", "$ {")
    for sign in "*_":
        if text.count(sign) > 1:
            text = text.replace(sign, f"\\{sign}")
    return f"\\{text}" if text.startswith("#") else text


def _form_id(form: Form) -> str:
    """Return a name for the form, made of its title."""
    title = unicodedata.normalize("NFKD", form.title.in_(form.languages[0]))
    plain = re.sub("[^a-z0-9]+", "_", title.encode("ascii", "ignore").decode().lower())
    return f"form_{plain.strip('_')}"[:LONGEST_XLSFORM_NAME].rstrip("_")


def _workbook(sheets: dict[str, tuple[list[str], list[_Line]]]) -> bytes:
    import xlsxwriter  # noqa: PLC0415 - slow to import

    from typology.files.written_tables import (  # noqa: PLC0415 - slow to import
        LONG_AGO,
        WORKBOOK_OPTIONS,
    )

    content = BytesIO()
    with xlsxwriter.Workbook(content, WORKBOOK_OPTIONS) as workbook:
        workbook.set_properties({"created": LONG_AGO})
        bold = workbook.add_format({"bold": True})
        for name, (columns, lines) in sheets.items():
            sheet = workbook.add_worksheet(name)
            sheet.freeze_panes(1, 0)
            sheet.set_column(0, len(columns), 24)
            sheet.write_row(0, 0, columns, bold)
            for place, line in enumerate(lines, start=1):
                for column, text in line.items():
                    sheet.write_string(place, columns.index(column), text)
    return content.getvalue()


def _notes(form: Form) -> Iterator[Phrase]:
    changed = renamed(xlsform_field_names(form))
    if changed:
        yield phrase(
            "A name of an XLSForm has {most} characters at most, and none that the form has "
            "already: {codes}.",
            most=LONGEST_XLSFORM_NAME,
            codes=few(changed, most=MOST_TOLD),
        )
    if len(form.languages) > 1:
        yield phrase(
            "The title of an XLSForm has one language: it is in {language}.",
            language=_LANGUAGES[form.languages[0]],
        )
