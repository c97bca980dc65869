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
from typology.tools.forms.form import (
    Form,
    FormQuestion,
    Option,
    bounds_in_words,
    digits,
    instruction,
    own_words_id,
)
from typology.tools.forms.heading import Heading
from typology.tools.forms.names import MOST_TOLD, platform_names, renamed
from typology.tools.forms.written import Written
from typology.words import word
from typology.words.phrases import Phrase, few, phrase

LONGEST_NAME = 64
RESERVED_NAMES = ("meta", "instanceid", "instancename", "start", "end")
GROUP, ABOUT = "about_you", "about"
SINGLE, MULTIPLE, RANK = "select_one", "select_multiple", "rank"

_Line = dict[str, str]
_LANGUAGES = {"fr": phrase("French"), "en": phrase("English")}


def write(form: Form) -> Written:
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
    return Written({None: _workbook(sheets)}, tuple(_notes(form)))


def headings(form: Form, _language: Language) -> tuple[Heading, ...]:
    """Return the columns of an export of names: in Kobo's CSV and Excel, then in ODK's."""
    return (*_grid_headings(form), *_question_headings(form))


def _grid_headings(form: Form) -> Iterator[Heading]:
    names = _names(form)
    for grid in form.grids:
        for row in grid.rows:
            paths = _paths(names[grid.id], names[row.id])
            yield Heading(paths, row.id, answers=_own(grid.options))


def _question_headings(form: Form) -> Iterator[Heading]:
    names, group = _names(form), _free(form, GROUP)
    for question in form.questions:
        listed = " " if question.kind in ("multiple", "rank") else ""
        paths = _paths(group, names[question.id])
        yield Heading(paths, question.id, answers=_own(question.options), separator=listed)
        if question.kind == "multiple":
            for option in question.options:
                parts = tuple(f"{path}/{option.code}" for path in paths)
                chosen = {"1": option.code}
                yield Heading(parts, question.id, choice=option.code, answers=chosen)
        if (worded := question.own_words) is not None:
            parts = _paths(group, names[own_words_id(question, worded)])
            yield Heading(parts, question.id, choice=worded.code, own_words=True)


def _paths(group: str, name: str) -> tuple[str, ...]:
    return f"{group}/{name}", name, f"{group}-{name}"


def _own(options: tuple[Option, ...]) -> dict[str, str]:
    return {option.code: option.code for option in options}


def _names(form: Form) -> dict[str, str]:
    """Return the name of each item, block, question and of the words that follow a choice.

    It is its own, unless the form has it already.
    """
    ids = [row.id for grid in form.grids for row in grid.rows]
    ids += [grid.id for grid in form.grids] + [question.id for question in form.questions]
    ids += [
        own_words_id(question, question.own_words)
        for question in form.questions
        if question.own_words is not None
    ]
    return platform_names(ids, str, longest=LONGEST_NAME, taken=RESERVED_NAMES)


def _free(form: Form, name: str) -> str:
    """Return a name that no item, block or question has."""
    used = [*RESERVED_NAMES, *_names(form).values()]
    return platform_names([name], str, longest=LONGEST_NAME, taken=used)[name]


def _lists(form: Form) -> dict[str, tuple[Option, ...]]:
    """Return the lists of choices by name: those of the scales, those of the questions."""
    scales = {f"scale_{grid.scale}": grid.options for grid in form.grids}
    return scales | {f"choices_{each.id}": each.options for each in form.questions if each.options}


def _survey(form: Form) -> Iterator[_Line]:
    names = _names(form)
    yield {"type": "start", "name": "start"}
    yield {"type": "end", "name": "end"}
    if form.about is not None:
        about = form.about
        told = {each: about.in_(each) for each in form.languages}
        yield {"type": "note", "name": _free(form, ABOUT), **_labels(told)}
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
            yield {"type": "note", "name": _free(form, f"{grid.id}_intro"), **_labels(asked)}
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
            "name": _free(form, GROUP),
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
    return f"form_{plain.strip('_')}"[:LONGEST_NAME].rstrip("_")


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
    changed = renamed(_names(form))
    if changed:
        yield phrase(
            "A name of an XLSForm has {most} characters at most, and none that the form has "
            "already: {codes}.",
            most=LONGEST_NAME,
            codes=few(changed, most=MOST_TOLD),
        )
    if len(form.languages) > 1:
        yield phrase(
            "The title of an XLSForm has one language: it is in {language}.",
            language=_LANGUAGES[form.languages[0]],
        )
