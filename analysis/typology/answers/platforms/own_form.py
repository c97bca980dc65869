"""Whether a table holds the answers to a form made from the questionnaire, and where."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from typology.answers.platforms.recognised import FORMS_OF
from typology.questionnaire import Questionnaire
from typology.questionnaire.forms.form import Form, make_form
from typology.questionnaire.forms.heading import Heading
from typology.questionnaire.forms.headings import PLATFORMS_ANSWERED, answer_headings
from typology.questionnaire.header_names import fold_wording, rank_key, words_key
from typology.words.typography import LANGUAGES

_CODE_AND_TEXT = re.compile(r"(?P<code>[\w\[\]]+)(?:[.:] | [-–|] ).+", re.DOTALL)
_LEAST_SHARE = 0.5
"""With fewer of the items under their headings, a table holds the answers to another form."""


@dataclass(frozen=True)
class OwnForm:
    """The columns of a form made from the questionnaire that a table has.

    ``keys`` are what each column holds, by its number: an item, a question, "question:choice",
    "question:choice:text", or "question#2", the choice of the second rank. ``answers`` are the
    codes of the questionnaire for those of the platform that differ, under the name of a scale or
    the id of a question.
    """

    keys: Mapping[int, str] = field(default_factory=dict)
    answers: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


def own_form(headers: Sequence[str], questionnaire: Questionnaire, platform: str) -> OwnForm:
    """Return the columns of the form made for a platform; none where a table has another form.

    ``platform`` is what the table was recognised as; "" where it was not: forms whose headings are
    no ids are then looked for as well.
    """
    if platform and platform not in FORMS_OF:
        return OwnForm()
    names = [FORMS_OF[platform]] if platform else list(PLATFORMS_ANSWERED)
    ids = {each.casefold() for each in questionnaire.items}
    folded = {number: fold_wording(header) for number, header in enumerate(headers)}
    form = make_form(questionnaire)
    found: list[dict[int, Heading]] = [{}]
    for name in names:
        for language in questionnaire.languages if name == "google-forms" else LANGUAGES[:1]:
            told = answer_headings(form, name, language=language)
            columns = _columns(folded if name != "limesurvey" else _codes_of(folded, told), told)
            if not platform and ids.issuperset(folded[number] for number, each in columns.items()
                                               if each.asked in questionnaire.items):  # fmt: skip
                continue
            found.append(columns)
    best = max(found, key=len)
    items = {each.asked for each in best.values()} & set(questionnaire.items)
    if len(items) < _LEAST_SHARE * len(questionnaire.items):
        return OwnForm()
    return OwnForm(
        {number: _key(each) for number, each in best.items()},
        _answers(best.values(), form),
    )


def _codes_of(folded: Mapping[int, str], told: Sequence[Heading]) -> dict[int, str]:
    """Return headings without the text that LimeSurvey may write after a code of the form."""
    codes = {fold_wording(name) for each in told for name in each.names}
    cut = {number: _CODE_AND_TEXT.fullmatch(text) for number, text in folded.items()}
    return {
        number: code["code"] if code is not None and code["code"] in codes else folded[number]
        for number, code in cut.items()
    }


def _columns(folded: Mapping[int, str], told: Sequence[Heading]) -> dict[int, Heading]:
    """Return the heading of each column that stands under one, each heading once."""
    named: dict[str, Heading] = {}
    for place in range(max((len(each.names) for each in told), default=0)):
        for each in told:
            if place < len(each.names):
                named.setdefault(fold_wording(each.names[place]), each)
    return {number: named[text] for number, text in folded.items() if text in named}


def _key(heading: Heading) -> str:
    if heading.own_words:
        return words_key(heading.asked, heading.choice)
    if heading.rank:
        return rank_key(heading.asked, heading.rank)
    return f"{heading.asked}:{heading.choice}" if heading.choice else heading.asked


def _answers(found: Collection[Heading], form: Form) -> dict[str, dict[str, str]]:
    """Return what cells that hold an answer, not a tick, say otherwise than the questionnaire."""
    scales = {row.id: grid.scale for grid in form.grids for row in grid.rows}
    written: dict[str, dict[str, str]] = {}
    for heading in found:
        other = {cell: code for cell, code in heading.answers.items() if cell != code}
        if other and not heading.choice:
            written.setdefault(scales.get(heading.asked, heading.asked), {}).update(other)
    return written
