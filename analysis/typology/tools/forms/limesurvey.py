"""A form for LimeSurvey: its tab-separated survey structure, in every language at once.

The rules are those of the importer of LimeSurvey and of the page of its manual, "Tab Separated
Value survey structure". All the rows of the first language come before those of the next, which has
the same rows in the same order. A question code has letters and digits alone, 20 at most; an answer
code 5 at most. Texts are HTML, in which LimeSurvey runs what stands between braces. The importer
guesses the encoding from the first 1,000 bytes: only the settings, which are ASCII, stand there.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from html import escape

from typology.questionnaire import Language
from typology.questionnaire.forms.form import Form, FormQuestion, Option
from typology.questionnaire.forms.limesurvey import (
    LONGEST_ANSWER_CODE,
    LONGEST_CODE,
    codes_offered,
    limesurvey_codes,
    limesurvey_meanings,
    part_codes,
    question_codes,
    row_codes,
)
from typology.questionnaire.forms.names import MOST_TOLD, renamed
from typology.tools.forms.asked import digits, instruction
from typology.tools.forms.written import WrittenForm
from typology.words import word
from typology.words.phrases import Phrase, few, phrase

_COLUMNS = (
    "class", "type/scale", "name", "relevance", "text", "help", "language", "validation",
    "mandatory", "other", "default", "same_default", "other_replace_text", "min_num_value_n",
    "max_num_value_n", "suffix", "date_min", "date_max", "answer_width", "repeat_headings",
)  # fmt: skip
ONCE = (
    "min_num_value_n", "max_num_value_n", "date_min", "date_max", "answer_width",
    "repeat_headings",
)  # fmt: skip
"""Settings of a question that have no language: they stand beside the first one alone."""
SETTINGS = {
    "format": "G", "showwelcome": "Y", "showprogress": "Y",
    "allowprev": "Y", "showxquestions": "Y", "showgroupinfo": "N", "shownoanswer": "Y",
    "showqnumcode": "X", "navigationdelay": "0", "nokeyboard": "N", "questionindex": "0",
    "datestamp": "Y", "savetimings": "Y", "anonymized": "N", "ipaddr": "N", "refurl": "N",
    "usecookie": "N", "allowsave": "Y", "allowregister": "N", "alloweditaftercompletion": "N",
    "autoredirect": "N", "listpublic": "N", "publicstatistics": "N", "publicgraphs": "N",
    "printanswers": "N", "assessments": "N", "sendconfirmation": "N", "usecaptcha": "N",
    "tokenanswerspersistence": "N", "tokenlength": "15", "htmlemail": "Y", "emailresponseto": "",
    "emailnotificationto": "", "googleanalyticsapikey": "", "googleanalyticsstyle": "0",
}  # fmt: skip
"""A group a page; times are kept, addresses are not."""
_TYPES = {"single": "L", "multiple": "M", "number": "N", "rank": "R", "date": "D", "text": "T"}
_DATES = {"fr": "5", "en": "6"}  # 31/12/2026, 2026-12-31
DECIMAL_MARKS = {"fr": "1", "en": "0"}

_Line = dict[str, str]
_SIGNS = {"{": "&#123;", "}": "&#125;", "\\": "&#92;"}


def write(form: Form) -> WrittenForm:
    """Return the survey structure, to import as a new survey."""
    rows = [dict(zip(_COLUMNS, _COLUMNS, strict=True)), *_rows(form)]
    lines = ["\t".join(row.get(column, "") for column in _COLUMNS) for row in rows]
    return WrittenForm({None: ("\n".join(lines) + "\n").encode()}, tuple(_notes(form)))


def _rows(form: Form) -> Iterator[_Line]:
    base, *others = form.languages
    settings = {"language": base, "additional_languages": " ".join(others), **SETTINGS}
    for name, value in settings.items():
        yield {"class": "S", "name": name, "text": value}
    for language in form.languages:
        for name, value in _texts(form, language).items():
            yield {"class": "SL", "name": name, "text": value, "language": language}
    for language in form.languages:
        for line in _questions(form, language):
            yield (
                line
                if language == base
                else {key: value for key, value in line.items() if key not in ONCE}
            )


def _texts(form: Form, language: Language) -> dict[str, str]:
    return {
        "surveyls_title": _html(form.title.in_(language)),
        "surveyls_description": "",
        "surveyls_welcometext": _html(form.about.in_(language)) if form.about else "",
        "surveyls_dateformat": _DATES[language],
        "surveyls_numberformat": DECIMAL_MARKS[language],
    }


def _questions(form: Form, language: Language) -> Iterator[_Line]:
    codes, row = question_codes(form), partial(_row, language)
    for place, grid in enumerate(form.grids, start=1):
        yield row("G", str(place), grid.title.in_(language))
        yield row(
            "Q", "F", codes[grid.id], grid.asked.in_(language), mandatory="N", other="N",
            help=word("tick_one_a_line", language), answer_width="45", repeat_headings="10",
        )  # fmt: skip
        rows = row_codes(grid)
        for each in grid.rows:
            yield row("SQ", "0", rows[each.id], each.text.in_(language))
        yield from _answers(grid.options, language)
    if form.questions:
        yield row("G", str(len(form.grids) + 1), word("about_you", language))
    for question in form.questions:
        yield from _question(question, codes[question.id], language)


def _question(question: FormQuestion, code: str, language: Language) -> Iterator[_Line]:
    told = {"help": instruction(question, language), "other": "N"}
    if question.own_words is not None:
        told |= {"other": "Y", "other_replace_text": _html(question.own_words.name(language))}
    if question.kind == "number":
        told["suffix"] = _html(question.unit.in_(language)) if question.unit else ""
        for key, bound in (("min", question.low), ("max", question.high)):
            told[f"{key}_num_value_n"] = "" if bound is None else digits(bound)
    elif question.kind == "date":
        for key, day in (("min", question.earliest), ("max", question.latest)):
            told[f"date_{key}"] = "" if day is None else day.isoformat()
    row = partial(_row, language)
    text = question.text.in_(language)
    yield row("Q", _TYPES[question.kind], code, text, mandatory="N", **told)
    if question.kind == "multiple":
        parts = part_codes(question)
        for option in question.options:
            if option.code in parts:
                yield row("SQ", "0", parts[option.code], option.text.in_(language))
    else:
        yield from _answers(question.options, language)


def _answers(options: tuple[Option, ...], language: Language) -> Iterator[_Line]:
    codes = limesurvey_codes(options)
    for option in options:
        if option.code in codes:
            yield _row(language, "A", "0", codes[option.code], option.text.in_(language))


def _row(
    language: Language, kind: str, scale: str, name: str, text: str = "", **more: str
) -> _Line:
    shown = {"relevance": "1"} if kind in ("G", "Q", "SQ") else {}
    named = {"name": _html(name) if kind == "G" else name, "text": _html(text)}
    return {"class": kind, "type/scale": scale, "language": language, **named, **shown, **more}


def _html(text: str) -> str:
    r"""Return a text as HTML that holds nothing to run, quote or undo, for whoever reads the file.

    Braces would be run by LimeSurvey, a leading "=" by a spreadsheet; letters beyond 16 bits are
    not kept by every database.

    >>> _html('=1+1 {TOKEN} "a" <b>'), _html("C:\\")
    ('&#61;1+1 &#123;TOKEN&#125; &quot;a&quot; &lt;b&gt;', 'C:&#92;')
    """
    escaped = escape(text, quote=False).replace('"', "&quot;")
    first = escaped[:1]
    if first in set("=+-@"):
        escaped = f"&#{ord(first)};{escaped[1:]}"
    return "".join(
        f"&#{ord(sign)};" if ord(sign) > 0xFFFF else _SIGNS.get(sign, sign) for sign in escaped
    )


def _notes(form: Form) -> Iterator[Phrase]:
    changed = renamed(question_codes(form))
    changed += [each for grid in form.grids for each in renamed(row_codes(grid))]
    for question in form.questions:
        if question.kind == "multiple":
            changed += renamed(part_codes(question))
    if changed:
        yield phrase(
            "A code of LimeSurvey has letters and digits alone, {most} at most: {codes}.",
            most=LONGEST_CODE,
            codes=few(changed, most=MOST_TOLD),
        )
    yield from _answer_notes(form)
    moved = [
        question.id
        for question in form.questions
        if question.own_words is not None and question.own_words != question.options[-1]
    ]
    if moved:
        yield phrase(
            "LimeSurvey shows the choice with words of one's own after the others, in {questions}.",
            questions=few(moved, most=MOST_TOLD),
        )


def _answer_notes(form: Form) -> Iterator[Phrase]:
    asked: dict[str, tuple[Option, ...]] = {grid.scale: grid.options for grid in form.grids}
    asked |= {each.id: each.options for each in form.questions if each.kind in ("single", "rank")}
    numbered = [
        name
        for name, options in asked.items()
        if list(limesurvey_meanings(options)) != codes_offered(options)
    ]
    if numbered:
        yield phrase(
            "An answer code of LimeSurvey has letters and digits alone, {most} at most: the "
            "answers to {questions} are A1, A2 and so on, in their order.",
            most=LONGEST_ANSWER_CODE,
            questions=few(numbered, most=MOST_TOLD),
        )
