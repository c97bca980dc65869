"""The items that a file of answers shows by itself: neighbouring columns answered on one scale."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from itertools import groupby

from typology.answers.platforms import AnswerTable
from typology.questionnaire import LANGUAGES
from typology.questionnaire.no_answer_words import says_no_answer
from typology.tools.new.answer_scales import MOST_POINTS, AnswerScale, kinds
from typology.words import word
from typology.words.spelling import fold

_FEWEST_ITEMS = 3
_FEWEST_POINTS = 3
_FEWEST_DIFFERENT = 2  # answers to an item, where they are words
_NUMBERS = "numbers"


def items_of_answers(table: AnswerTable, language: str) -> tuple[bytes, str] | None:
    """Return a list of items for `typology new --items`, and its language; None without any.

    An item is a column whose answers are words of one scale, or whole numbers from 0 or 1 to 11 at
    most; a block, three neighbouring ones at least on the same scale. The title of a column is the
    wording of its item.
    """
    scales = [_scale(table, number) for number in range(len(table.headers))]
    blocks = [
        (scale, [number for number, _ in columns])
        for scale, columns in (
            (scale, list(each)) for scale, each in groupby(enumerate(scales), key=lambda of: of[1])
        )
        if scale and len(columns) >= _FEWEST_ITEMS
    ]
    if not blocks:
        return None
    spoken = next((said for (_, _, said), _ in blocks if said), language)
    rows = [
        (f"{word('app', spoken, 'block')} {at}", table.headers[number], named)
        for at, (scale, columns) in enumerate(blocks, start=1)
        for named in [_name(scale, table, columns)]
        for number in columns
    ]
    content = io.StringIO()
    csv.writer(content, lineterminator="\n").writerows([("block", spoken, "scale"), *rows])
    return content.getvalue().encode("utf-8"), spoken


_Scale = tuple[str, int, str]  # the kind, its number of points, the language of its words


def _scale(table: AnswerTable, number: int) -> _Scale | None:
    """Return the scale on which a column is answered, None where it is none that is known."""
    header = table.headers[number]
    said = {fold(each) for each in table.cells[number] if each.strip()}
    answers = {each for each in said if not says_no_answer(each)}
    if not header or len(answers) < _FEWEST_DIFFERENT:
        return None
    if all(each.isdecimal() for each in answers):
        codes = sorted(map(int, answers))
        scale_like = len(codes) >= _FEWEST_POINTS and codes[-1] < MOST_POINTS
        return (_NUMBERS, 0, "") if scale_like else None
    return next((scale for scale, words in _known_words().items() if answers <= words), None)


def _known_words() -> Mapping[_Scale, set[str]]:
    """Return the words of each scale, folded; those with the fewest points first."""
    found = {
        (kind, points, language): {fold(each) for each in words}
        for kind, content in kinds().items()
        for language in LANGUAGES
        for points, words in content[language].items()
        if points >= _FEWEST_POINTS
    }
    return dict(sorted(found.items(), key=lambda of: of[0][1]))


def _name(scale: _Scale, table: AnswerTable, columns: Sequence[int]) -> str:
    """Return a scale as a list of items writes it."""
    kind, points, _ = scale
    if kind != _NUMBERS:
        return f"{kind} {points}"
    codes = [
        int(each) for number in columns for each in table.cells[number] if each.strip().isdecimal()
    ]
    from_zero = min(codes) == 0
    return f"{AnswerScale().kind} {MOST_POINTS if from_zero else max(*codes, _FEWEST_POINTS)}"
