"""Answers that could not be read, told by cause: one problem each, and what would mend it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pandas as pd

from typology.answers.cells.answer_cells import Unread
from typology.answers.cells.code_books import CodeBook
from typology.answers.cells.number_marks import in_full, which_mark
from typology.answers.columns.percentages import as_percentages
from typology.answers.platforms import AnswerTable
from typology.problems.problem import Problem
from typology.questionnaire.no_answer_words import says_no_answer, says_none
from typology.words.number_conventions import Conventions, study_line
from typology.words.phrases import Phrase, few, joined, phrase
from typology.words.visible_text import shorten
from typology.words.written_numbers import readings

ANSWERS_LISTED = 12
"""More different words than this to one question are no other words for its answers."""

CODES_LISTED = 5
"""So many wrong codes or numbers of one question have a problem each; more are told together."""

NOT_GUESSED = "?"
"""Stands in a line to add for an answer that cannot be guessed."""

_NUMBERED = re.compile(r"([A-Za-z]{1,3}[ _-]?)0*([0-9]{1,2})")
_DATE = re.compile(
    r"[0-9]{1,4}[-/.][0-9]{1,2}[-/.][0-9]{1,4}( .*)?|[0-9]{1,2}[-/. ][A-Za-zûé]{3,9}\.?"
    r"|[A-Za-zûé]{3,9}\.?[-/. ][0-9]{1,4}"
)
_CORRECT = phrase("Correct the answer, or leave the cell empty.")


def answer_problems(
    unread: Iterable[Unread],
    *,
    table: AnswerTable,
    rows: pd.Series[Any],
    conventions: Conventions,
) -> list[Problem]:
    """Return the answers that could not be read, one problem a cause.

    In the order in which each cause is first met: words for "no answer"; for each scale or
    question, words and labels it does not have; wrong codes and numbers; numbers that can be read
    in two ways. The lines to add to the study file hold what its ``conventions`` declare already.
    """
    causes: dict[tuple[str, ...], list[Unread]] = {}
    listed = list(unread)
    labelled = {each.name for each in listed if each.kind == "label"}
    for each in listed:
        if each.kind != "numbering" or each.name not in labelled:
            causes.setdefault(_cause(each), []).append(each)
    told = _Told(table, rows, conventions)
    return [problem for (kind, *_), group in causes.items() for problem in told.of(kind, group)]


def _cause(unread: Unread) -> tuple[str, ...]:
    if unread.kind in ("word", "code", "number", "label"):
        if says_no_answer(unread.part):
            return ("no answer",)
        if says_none(unread.part) and not (unread.book and unread.book.says_none):
            return ("none",)
    return (unread.kind,) if unread.kind == "mark" else (unread.kind, unread.name)


class _Told:
    """The problems of one file."""

    def __init__(self, table: AnswerTable, rows: pd.Series[Any], conventions: Conventions) -> None:
        self.numbers = table.cells.index
        self.rows = rows
        self.where = table.name
        self.conventions = conventions

    def of(self, kind: str, group: Sequence[Unread]) -> list[Problem]:
        """Return the problems of one cause."""
        together = {
            "no answer": self._no_answer,
            "none": self._none,
            "word": self._words,
            "label": self._labels,
            "mark": self._marks,
            "percent": self._shares,
        }
        if kind in together:
            return [together[kind](group)]
        by_part = _by_part(group)
        if len(by_part) <= CODES_LISTED:
            return [self._wrong(each) for each in by_part.values()]
        return [self._wrong(group)]

    def _no_answer(self, group: Sequence[Unread]) -> Problem:
        """Return that words for "no answer" are not declared."""
        words = [*self.conventions.no_answer, *_by_part(group)]
        remedy = phrase(
            "If this means that there is no answer, add this line to the study file; if it is an "
            "answer, add it to the questionnaire."
        )
        return self._problem(group, remedy, {"no_answer": list(dict.fromkeys(words))})

    def _none(self, group: Sequence[Unread]) -> Problem:
        """Return that "none" may be no answer, or an answer."""
        words = [*self.conventions.no_answer, *_by_part(group)]
        meaning = {group[0].name: {group[0].part: "0" if group[0].book is None else NOT_GUESSED}}
        remedy = phrase(
            "If this means that there is no answer, add this line to the study file; if it is an "
            "answer, write instead which one: {line}",
            line=study_line("answer_words", meaning),
        )
        return self._problem(group, remedy, {"no_answer": list(dict.fromkeys(words))})

    def _words(self, group: Sequence[Unread]) -> Problem:
        """Return that a scale or a question does not have some words."""
        parts = list(_by_part(group))
        if len(parts) > ANSWERS_LISTED:
            remedy = phrase("Check that this column holds the answers to its question.")
            return self._problem(group, remedy)
        book = group[0].book
        by_order = in_order(parts, book) if book else {}
        if by_order:
            remedy = phrase(
                "These codes may number the answers in their order. Check it in the survey tool, "
                "then add this line to the study file."
            )
            return self._problem(group, remedy, self._meaning(group, by_order))
        guesses = {part: _guess(part, book) for part in parts}
        remedy = _check_each(guesses)
        if len(parts) == 1 and guesses[parts[0]] != NOT_GUESSED:
            guess = phrase("Did you mean '{guess}'?", guess=guesses[parts[0]])
            remedy = joined([guess, remedy])
        elif group[0].cells.key.partition(":")[0] == group[0].name:
            choice = phrase("If it could be answered, add it to the choices of the question.")
            remedy = joined([choice, remedy])
        return self._problem(group, remedy, self._meaning(group, guesses))

    def _labels(self, group: Sequence[Unread]) -> Problem:
        """Return that the labels of a statistics file are not those of the questionnaire."""
        by_part = _by_part(sorted(group, key=_position))
        nearest = {part: _guess(part, each[0].book) for part, each in by_part.items()}
        found = list(nearest.values())
        guesses = {
            part: guess if found.count(guess) == 1 else NOT_GUESSED
            for part, guess in nearest.items()
        }
        parts = [phrase("The labels of the file are not those of the questionnaire.")]
        parts.append(phrase("Say in the study file what they mean, each '?' being an answer."))
        return self._problem(
            sorted(group, key=_position), joined(parts), self._meaning(group, guesses)
        )

    def _marks(self, group: Sequence[Unread]) -> Problem:
        """Return that numbers can be read in two ways."""
        first = group[0]
        read = readings(first.part, lambda _: True)
        expected = phrase(
            "a number that can be read in one way only ('{text}': {with_point} or {with_comma})",
            text=first.part,
            with_point=in_full(read["."]),
            with_comma=in_full(read[","]),
        )
        remedy = which_mark(first.part)
        return self._problem(group, remedy, expected=expected)

    def _shares(self, group: Sequence[Unread]) -> Problem:
        """Return that numbers up to 1 may be shares where others are percentages."""
        shares = as_percentages(_by_part(group))
        share, percentage = next(iter(shares.items()))
        expected = phrase("percentages written in one way, where other cells have the sign %")
        remedy = phrase(
            "If '{share}' is {percentage}, add this line to the study file; if it is {share} %, "
            "write so in the cells, or in this line.",
            share=share,
            percentage=percentage,
        )
        return self._problem(group, remedy, self._meaning(group, shares), expected=expected)

    def _wrong(self, group: Sequence[Unread]) -> Problem:
        kind, parts = group[0].kind, list(_by_part(group))
        count = sum(len(each.rows) for each in group)
        if kind == "same label":
            remedy = phrase("Give each code a label of its own in the statistics program.")
        elif kind == "numbering":
            remedy = phrase(
                "The labels of the file number the answers otherwise than the questionnaire: give "
                "a label to each code in the statistics program."
            )
        elif any(_DATE.fullmatch(part) for part in parts):
            remedy = phrase(
                "A spreadsheet may have made a date of the answer: format the column as text, "
                "then write the answer again."
            )
        elif kind == "code" and count > len(parts) == 1:
            remedy = phrase(
                "Correct the answer, or leave the cell empty; if this code means that there is no "
                "answer, add this line to the study file."
            )
            return self._problem(group, remedy, self._meaning(group, {parts[0]: ""}))
        else:
            remedy = _CORRECT
        return self._problem(group, remedy)

    def _meaning(self, group: Sequence[Unread], words: Mapping[str, str]) -> dict[str, object]:
        """Return the line that declares words, with those that are declared already."""
        name = group[0].name
        declared = dict(self.conventions.answer_words)
        former = declared.get(name, {})
        declared[name] = {**(former if isinstance(former, Mapping) else {}), **words}
        return {"answer_words": declared}

    def _problem(
        self,
        group: Sequence[Unread],
        remedy: Phrase,
        study_lines: Mapping[str, object] | None = None,
        *,
        expected: Phrase | None = None,
    ) -> Problem:
        row, column = self._place(group)
        return Problem(
            row=row,
            column=column,
            value=_found(group),
            expected=group[0].expected if expected is None else expected,
            remedy=remedy,
            where=self.where,
            count=sum(len(each.rows) for each in group),
            study_lines=study_lines or {},
        )

    def _place(self, group: Sequence[Unread]) -> tuple[str, str]:
        """Return the rows and the columns: in step, respondents named, when they are few."""
        keys = list(dict.fromkeys(each.cells.key for each in group))
        cells = sorted((row, each.cells.key) for each in group for row in each.rows)
        rows = list(dict.fromkeys(row for row, _ in cells))
        if len(cells) > CODES_LISTED:
            row: str = few([str(number) for number in self.numbers[rows]])
        else:
            row = joined([self.rows.iloc[row] for row, _ in cells], ", ")
        if len(keys) == 1:
            return row, group[0].cells.column
        in_step = 0 < len(cells) <= CODES_LISTED
        return row, few([key for _, key in cells] if in_step else keys)


def in_order(parts: Sequence[str], book: CodeBook) -> dict[str, str]:
    """Return the answers that codes like A1, A2, ... may number, all of them, or nothing.

    >>> in_order(["A2"], CodeBook([("1", ["No"]), ("2", ["Yes"])]))
    {'A1': 'No', 'A2': 'Yes'}
    >>> in_order(["A3"], CodeBook([("1", ["No"]), ("2", ["Yes"])]))
    {}
    """
    found = [_NUMBERED.fullmatch(part) for part in parts]
    numbered = [each for each in found if each is not None]
    answers = list(book.words.values())
    widths = {len(part) for part in parts}
    if len(numbered) < len(found) or len({each[1] for each in numbered}) != 1 or len(widths) != 1:
        return {}
    numbers = [int(each[2]) for each in numbered]
    if not 1 <= min(numbers) <= max(numbers) <= len(answers):
        return {}
    prefix = numbered[0][1]
    width = widths.pop() - len(prefix)
    return {f"{prefix}{number:0{width}}": words for number, words in enumerate(answers, start=1)}


def _position(unread: Unread) -> int:
    """Return where a label stands among those of its column."""
    labels = [label.strip() for label in unread.cells.labels.values()]
    return labels.index(unread.part)


def _guess(part: str, book: CodeBook | None) -> str:
    return (book.nearest_words(part) if book else "") or NOT_GUESSED


def _check_each(guesses: Mapping[str, str]) -> Phrase:
    if NOT_GUESSED not in guesses.values():
        return phrase("Correct the answers, or check and add this line to the study file.")
    return phrase(
        "Correct the answers, or add this line to the study file, with an answer of the "
        "questionnaire in place of each '?'."
    )


def _by_part(group: Sequence[Unread]) -> dict[str, list[Unread]]:
    parts: dict[str, list[Unread]] = {}
    for each in group:
        parts.setdefault(each.part, []).append(each)
    return parts


def _found(group: Sequence[Unread]) -> str:
    """Return what was found: one text as it is, several with how often each."""
    by_part = _by_part(group)
    if len(by_part) == 1:
        part = next(iter(by_part))
        return part if isinstance(part, Phrase) else shorten(part)
    counts = {part: sum(len(each.rows) for each in of) for part, of in by_part.items()}
    listed = [
        phrase("'{answer}' ({count})", answer=shorten(part, 40), count=count)
        for part, count in counts.items()
    ]
    return few(listed)
