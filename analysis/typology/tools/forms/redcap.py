"""A form for REDCap: its data dictionary, one file a language, an instrument in each.

The rules are those of REDCap's data dictionary. Its 18 columns stand in their order; the first
field is the identifier of the record; a field name has small letters, digits and single
underscores, begins with a letter, does not end in an underscore, and has 26 characters at most;
fields of one matrix follow each other, are all radio buttons and have the same choices,
"code, label" separated by bars. Labels are HTML, in which a field name between square brackets is
replaced by its answer.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from html import escape
from io import StringIO

from typology.questionnaire import Language
from typology.questionnaire.forms.form import Form, FormQuestion, ItemGrid, Option, own_words_id
from typology.questionnaire.forms.names import MOST_TOLD, platform_names, renamed
from typology.questionnaire.forms.redcap import (
    INSTRUMENT,
    LONGEST_REDCAP_NAME,
    RECORD,
    field_name,
    part_name,
    raw_codes,
    redcap_field_names,
)
from typology.tools.forms.asked import bounds_in_words, digits, instruction
from typology.tools.forms.written import WrittenForm
from typology.words import word
from typology.words.phrases import Phrase, few, phrase

DICTIONARY_COLUMNS = (
    "Variable / Field Name", "Form Name", "Section Header", "Field Type", "Field Label",
    "Choices, Calculations, OR Slider Labels", "Field Note",
    "Text Validation Type OR Show Slider Number", "Text Validation Min", "Text Validation Max",
    "Identifier?", "Branching Logic (Show field only if...)", "Required Field?",
    "Custom Alignment", "Question Number (surveys only)", "Matrix Group Name", "Matrix Ranking?",
    "Field Annotation",
)  # fmt: skip
_DATES = {"fr": "date_dmy", "en": "date_ymd"}
"""How dates are typed; an export has them as 2026-12-31."""

_Field = dict[str, str]
_SIGNS = {"|": "&#124;", "[": "&#91;", "]": "&#93;"}


def write(form: Form) -> WrittenForm:
    """Return the data dictionary of each language."""
    files: dict[Language | None, bytes] = {
        language: _dictionary(form, language) for language in form.languages
    }
    return WrittenForm(files, tuple(_notes(form)))


def _matrix_names(form: Form) -> dict[str, str]:
    groups = [grid.id for grid in form.grids]
    groups += [question.id for question in form.questions if question.kind == "rank"]
    return platform_names(groups, field_name, longest=LONGEST_REDCAP_NAME)


def _dictionary(form: Form, language: Language) -> bytes:
    text = StringIO()
    table = csv.DictWriter(text, DICTIONARY_COLUMNS, restval="", lineterminator="\r\n")
    table.writeheader()
    table.writerows(_fields(form, language))
    return text.getvalue().encode()


def _fields(form: Form, language: Language) -> Iterator[_Field]:
    names, groups = redcap_field_names(form), _matrix_names(form)
    record = word("form_record", language)
    yield _field(RECORD, "text", record)
    for grid in form.grids:
        header = _section(grid, language)
        for row in grid.rows:
            yield _field(
                names[row.id],
                "radio",
                row.text.in_(language),
                **_choices(grid.options, language),
                **{"Section Header": header, "Matrix Group Name": groups[grid.id]},
            )
            header = ""
    header = _html(word("about_you", language))
    for question in form.questions:
        for field in _question(question, names, groups, language):
            above = "<br>".join(filter(None, [header, field.get("Section Header", "")]))
            yield {**field, "Section Header": above}
            header = ""


def _section(grid: ItemGrid, language: Language) -> str:
    title, asked = _html(grid.title.in_(language)), _html(grid.asked.in_(language))
    return title if title == asked else f"{title}<br>{asked}"


def _question(
    question: FormQuestion, names: dict[str, str], groups: dict[str, str], language: Language
) -> Iterator[_Field]:
    text = question.text.in_(language)
    if question.kind == "rank":
        yield from _ranks(question, names, groups, language)
    elif question.kind == "number":
        bounds = {"Text Validation Min": question.low, "Text Validation Max": question.high}
        written = {key: "" if bound is None else digits(bound) for key, bound in bounds.items()}
        unit = question.unit.in_(language) if question.unit else bounds_in_words(question, language)
        written |= {"Text Validation Type OR Show Slider Number": "number"}
        yield _field(names[question.id], "text", text, **written, **{"Field Note": _html(unit)})
    elif question.kind == "date":
        days = {"Text Validation Min": question.earliest, "Text Validation Max": question.latest}
        written = {key: "" if day is None else day.isoformat() for key, day in days.items()}
        written |= {"Text Validation Type OR Show Slider Number": _DATES[language]}
        note = _html(bounds_in_words(question, language))
        yield _field(names[question.id], "text", text, **written, **{"Field Note": note})
    elif question.kind == "text":
        yield _field(names[question.id], "notes", text)
    else:
        kind = "checkbox" if question.kind == "multiple" else "radio"
        yield _field(names[question.id], kind, text, **_choices(question.options, language))
    if question.own_words is not None:
        yield _own_words(question, question.own_words, names, language)


def _own_words(
    question: FormQuestion, option: Option, names: dict[str, str], language: Language
) -> _Field:
    """Return the field of the words that follow a choice: shown to whoever chooses it."""
    name, raw = names[question.id], raw_codes(question.options)[option.code]
    shown = f"[{name}({raw})] = '1'" if question.kind == "multiple" else f"[{name}] = '{raw}'"
    label = word("own_words", language, choice=option.name(language))
    logic = {"Branching Logic (Show field only if...)": shown}
    return _field(names[own_words_id(question, option)], "text", label, **logic)


def _ranks(
    question: FormQuestion, names: dict[str, str], groups: dict[str, str], language: Language
) -> Iterator[_Field]:
    """Yield a matrix that takes each rank once: a line for each choice."""
    ranks = [str(rank) for rank in range(1, len(question.options) + 1)]
    header = _html(f"{question.text.in_(language)} {instruction(question, language)}")
    for option in question.options:
        yield _field(
            names[part_name(question, option)],
            "radio",
            option.text.in_(language),
            **{
                "Section Header": header,
                "Choices, Calculations, OR Slider Labels": " | ".join(f"{n}, {n}" for n in ranks),
                "Matrix Group Name": groups[question.id],
                "Matrix Ranking?": "y",
            },
        )
        header = ""


def _choices(options: tuple[Option, ...], language: Language) -> _Field:
    raw = raw_codes(options)
    listed = [f"{raw[each.code]}, {_html(each.text.in_(language))}" for each in options]
    return {"Choices, Calculations, OR Slider Labels": " | ".join(listed)}


def _field(name: str, kind: str, label: str, **more: str) -> _Field:
    return {
        "Variable / Field Name": name,
        "Form Name": INSTRUMENT,
        "Field Type": kind,
        "Field Label": _html(label),
        **more,
    }


def _html(text: str) -> str:
    """Return a text as HTML without the signs that REDCap or a spreadsheet would act upon.

    >>> _html("=1 | [age] <b>")
    '&#61;1 &#124; &#91;age&#93; &lt;b&gt;'
    """
    escaped = escape(text, quote=False)
    if escaped[:1] in set("=+-@"):
        escaped = f"&#{ord(escaped[0])};{escaped[1:]}"
    return "".join(_SIGNS.get(sign, sign) for sign in escaped)


def _notes(form: Form) -> Iterator[Phrase]:
    changed = [
        f"{name} → {new}"
        for name, new in redcap_field_names(form).items()
        if name.casefold() != new
    ]
    if changed:
        yield phrase(
            "A field name of REDCap has small letters, digits and single underscores, {most} "
            "characters at most: {codes}.",
            most=LONGEST_REDCAP_NAME,
            codes=few(changed, most=MOST_TOLD),
        )
    options = [grid.options for grid in form.grids]
    options += [question.options for question in form.questions]
    codes = list(dict.fromkeys(each for some in options for each in renamed(raw_codes(some))))
    if codes:
        yield phrase(
            "A choice of REDCap has a code of letters, digits and underscores: {codes}.",
            codes=few(codes, most=MOST_TOLD),
        )
    if len(form.languages) > 1:
        yield phrase(
            "A data dictionary of REDCap has one language: make a project of each file, or give "
            "the second to its multi-language management."
        )
