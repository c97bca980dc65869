"""The words of whoever chose "Other: ...": in the cell of the choice, or in their own column."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import partial
from typing import Any

import pandas as pd

from typology.answers.cells.answer_cells import AnswerColumns, Cells
from typology.answers.cells.code_books import CodeBook, Unreadable
from typology.answers.cells.texts import is_missing, tick
from typology.answers.columns.answer_file import AnswerFile
from typology.questionnaire.header_names import fold_wording, words_key
from typology.questionnaire.no_answer_words import says_no_answer, says_none
from typology.questionnaire.questionnaire import Question
from typology.words.number_conventions import study_line
from typology.words.phrases import Phrase, Wording, few, phrase
from typology.words.visible_text import shorten

_COMPARED = 200
"""So many different words at most are compared with the choices."""

_OFTEN = 3
"""Own words that so many respondents have may be a choice in other words."""

_AFTER_CHOICE = re.compile(r"\s*(?P<choice>[^:(–—-]+?)\s*[:(–—-]\s*(?P<words>.+?)\)?\s*", re.DOTALL)


_SAYS_OTHER = frozenset(
    {
        *("-oth-", "other", "others", "autre", "autres", "sonstiges", "andere", "otro", "otra"),
        *("altro", "altra", "outro", "outra", "anders", "other (please specify)"),
        *("autre (veuillez preciser)", "autre (a preciser)", "autre (precisez)"),
        *("autre, precisez", "autre, a preciser", "other, specify", "other (specify)"),
    }
)
"""What platforms write, folded, in the cell of whoever chose "Other: ...", the words beside it."""
_CODE = re.compile(r"[A-Za-z]{1,3}[ _-]?\d{1,3}")


def says_other(text: str) -> bool:
    """Return whether a text says that "Other" was chosen, and nothing else.

    >>> says_other("-oth-"), says_other("Autre :"), says_other("Autre hôpital")
    (True, True, False)
    """
    return fold_wording(text) in _SAYS_OTHER


def are_codes(texts: Iterable[str], book: CodeBook) -> bool:
    """Return whether all answers of a column are codes of the platform, and none is known.

    They are then no words of one's own: LimeSurvey writes "A1", "AO02", and "-oth-" beside them.

    >>> book = CodeBook([("town", ["Town"]), ("other", ["Other: ..."])])
    >>> are_codes(["A1", "A2", "-oth-", ""], book), are_codes(["Town", "M6"], book)
    (True, False)
    """
    said = [text.strip() for text in texts if not is_missing(text) and not says_other(text)]
    return bool(said) and all(
        _CODE.fullmatch(text) is not None and not book.understands(text) for text in said
    )


def worded_code(question: Question) -> str | None:
    """Return the code of the choice that is followed by words of one's own, None without one."""
    return next((choice.code for choice in question.worded_choices), None)


def words_beyond(text: str, book: CodeBook, code: str) -> str:
    """Return what a text says beyond the choice that it may begin with.

    >>> book = CodeBook([("other", ["Other: ..."])])
    >>> words_beyond("Other: a friend", book, "other"), words_beyond("A friend", book, "other")
    ('a friend', 'A friend')
    """
    after = _AFTER_CHOICE.fullmatch(text)
    if after is not None and book.understands(after["choice"]):
        return after["words"] if book.read(after["choice"]) == code else text.strip()
    return text.strip()


def single_choice(question: Question, book: CodeBook, text: str) -> str | None:
    """Return the code that a cell of a single choice says: words of one's own say "other"."""
    try:
        return book.read(text)
    except Unreadable:
        other = worded_code(question)
        if other is not None and says_other(text):
            return other
        if _says_several(book, text):
            raise Unreadable(text, "two answers") from None
        if other is None or not any(letter.isalpha() for letter in text):
            raise
        return other


def _says_several(book: CodeBook, text: str) -> bool:
    """Return whether a cell lists several choices, and nothing else."""
    for parts in (re.split(r"[;|\n]", text), re.split(r"[;|\n,/+&]", text)):
        said = [part.strip() for part in parts if part.strip()]
        if len(said) > 1 and all(book.understands(part) for part in said):
            return True
    return False


def words_of_single(question: Question, book: CodeBook, text: str) -> str | None:
    """Return the words of one's own in a cell of a single choice, None where there are none."""
    known = book.understands(text) or says_other(text) or _says_several(book, text)
    return None if known else words_beyond(text, book, str(worded_code(question)))


def words_of_tick(book: CodeBook, code: str, text: str) -> str | None:
    """Return the words of one's own in the column of a choice, where others have a tick."""
    if is_missing(text) or tick(text) is not None or book.understands(text) or says_other(text):
        return None
    return words_beyond(text, book, code)


def doubtful_words(
    question: Question, book: CodeBook, words: pd.Series[Any], column: str
) -> tuple[Phrase, ...]:
    """Return what to know of the words that may be no words of one's own.

    Those that several respondents have, or that look like a choice, may be a choice that the form
    words otherwise than the questionnaire; others may say that there is no answer.
    """
    found = Counter(part for text in words.dropna() for part in _parts(str(text)))
    counts = dict(found.most_common())
    unsaid = [text for text in counts if says_no_answer(text) or says_none(text)]
    near = {text: book.nearest_words(text) for text in list(counts)[:_COMPARED]}
    own = set(map(fold_wording, _words_of_choice(question)))
    choices = {
        text: count
        for text, count in counts.items()
        if text not in unsaid and (count >= _OFTEN or fold_wording(near.get(text, "")) not in own)
        and any(map(str.isalpha, text))
    }  # fmt: skip
    other = Wording(question.worded_choices[0].fr, question.worded_choices[0].en)
    told = []
    if choices:
        meanings = {text: "?" if fold_wording(guess := near.get(text, "")) in own else guess
                    for text in choices}  # fmt: skip
        told.append(
            phrase(
                "{column}: {words} are no choice of the questionnaire, and are read as words after "
                "'{choice}'. Where they are a choice, say which in the study file: {line}",
                column=column,
                words=_counted(choices),
                choice=other,
                line=study_line("answer_words", {question.id: meanings}),
            )
        )
    if unsaid:
        told.append(
            phrase(
                "{column}: {words} are read as words after '{choice}'. If they mean no answer, say "
                "so in the study file: {line}",
                column=column,
                words=_counted({text: counts[text] for text in unsaid}),
                choice=other,
                line=study_line("no_answer", unsaid),
            )
        )
    return tuple(told)


def _parts(text: str) -> list[str]:
    return [part for each in re.split(r"[;|\n]", text) if (part := each.strip())]


def _words_of_choice(question: Question) -> list[str]:
    return ["", *(text for choice in question.worded_choices for text in (choice.fr, choice.en))]


def _counted(counts: Mapping[str, int]) -> str:
    return few([phrase("'{answer}' ({count})", answer=shorten(text, 40), count=count)
                for text, count in counts.items()])  # fmt: skip


def with_own_words(
    question: Question, read: AnswerColumns, file: AnswerFile, inside: Mapping[str, pd.Series[Any]]
) -> AnswerColumns:
    """Add the words of one's own to what was read, and the choice to whoever wrote them.

    ``inside`` has those that stood in the cells of the answers, by name of their column. A
    column of their own adds to them.
    """
    code = worded_code(question)
    if code is None or not read.columns:
        return read
    key = words_key(question.id, code)
    words = inside.get(key)
    if key in file.match.columns:
        cells = file.cells(key)
        own = cells.read(
            partial(_own_words, cells, file), "string", expected=phrase("a text"), name=question.id
        )
        words = own.columns[key] if words is None else own.columns[key].fillna(words)
    if words is None:
        words = pd.Series(pd.NA, index=next(iter(read.columns.values())).index, dtype="string")
    columns = dict(read.columns)
    chosen = question.id if question.type == "single" else f"{question.id}:{code}"
    if chosen in columns:
        unsaid = columns[chosen].isna() if question.type == "single" else True
        columns[chosen] = columns[chosen].mask(
            words.notna() & unsaid, code if question.type == "single" else True
        )
    return replace(read, columns=columns | {key: words})


def _own_words(cells: Cells, file: AnswerFile, text: str) -> str | None:
    said = cells.labels.get(text.strip(), "").strip() or text.strip()
    return None if is_missing(said, file.conventions.no_answer) else said
