"""Answers that could not be read, told by cause: one problem each, and what would mend it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Any

import pandas as pd

from typology.answers.cells.answer_cells import Unread
from typology.answers.cells.code_books import CodeBook, whole_number
from typology.answers.cells.dates import is_day_number, of_day_number
from typology.answers.cells.number_marks import in_full, which_mark
from typology.answers.cells.texts import says_ticks_alone, tick
from typology.answers.columns.percentages import as_percentages
from typology.answers.platforms import AnswerTable
from typology.problems.problem import Problem
from typology.questionnaire.no_answer_words import says_no_answer, says_no_opinion, says_none
from typology.words.number_conventions import Conventions, study_line
from typology.words.phrases import Phrase, few, joined, phrase
from typology.words.typography import LANGUAGES
from typology.words.visible_text import shorten
from typology.words.written_numbers import readings

ANSWERS_LISTED = 12
"""More different words than this to one question are no other words for its answers."""

_ENOUGH_ANSWERED = 20
"""Cells of columns that never have the last code of a scale, to say that they count otherwise."""

CODES_LISTED = 5
"""So many wrong codes or numbers of one question have a problem each; more are told together."""

NOT_GUESSED = "?"
"""Stands in a line to add for an answer that cannot be guessed."""

_NUMBERED = re.compile(r"((?:[A-Za-z]{1,3}[ _-]?)?)0*([0-9]{1,2})")
_MONTH = r"(?:ja|f[ée]|ma|av|ap|ju|ao|au|se|oc|no|d[ée])[A-Za-zûé]{1,7}\.?"
_DATE = re.compile(
    r"[0-9]{1,4}[-/.][0-9]{1,2}[-/.][0-9]{1,4}( .*)?"
    rf"|[0-9]{{1,2}}[-/. ]{_MONTH}|{_MONTH}[-/. ][0-9]{{1,4}}",
    re.IGNORECASE,
)
_OFTEN_MISSING = re.compile(r"-[0-9]{1,4}|9{2,}[0-9]?")
"""Numbers that many files have where there is no answer."""
_SHORT_YEAR = re.compile(r"[0-9]{1,2}[-/. ][0-9]{1,2}[-/. ][0-9]{2}")
_NO_DAY = re.compile(r"(?:[0-9]{1,2}[-/. ])?[0-9]{4}|[0-9]{4}[-/.][0-9]{1,2}")
_WITH_UNIT = re.compile(r"[0-9][0-9\s.,]*?\s*(?P<unit>[^\W\d_][^\d]*|[€$£])")
_CODE = re.compile(r"-?[0-9]{1,9}")
_SIZE = re.compile(r"-?[0-9]{1,9}(?:\.[0-9]{1,9})?")
_DECORATION = " '\"=*_•·#[](){}«»“”"
_CORRECT = phrase("Correct the answer, or leave the cell empty.")
_YES_IS_ONE = phrase(
    "These codes may say yes and no. Check it in the survey tool, then add this line to the study "
    "file."
)
_BY_ORDER = phrase(
    "These codes may number the answers in their order. Check it in the survey tool, then add this "
    "line to the study file."
)


def answer_problems(
    unread: Iterable[Unread],
    *,
    table: AnswerTable,
    rows: pd.Series[Any],
    conventions: Conventions,
    asked: Mapping[str, Sequence[int]] = MappingProxyType({}),
) -> list[Problem]:
    """Return the answers that could not be read, one problem a cause.

    In the order in which each cause is first met: words for "no answer"; for each scale or
    question, words and labels it does not have; wrong codes and numbers; numbers that can be read
    in two ways. The lines to add to the study file hold what its ``conventions`` declare already.
    ``asked`` are the columns of the table that are answered on each scale.
    """
    causes: dict[tuple[str, ...], list[Unread]] = {}
    listed, moved = _without_moved_rows(list(unread), table)
    labelled = {each.name for each in listed if each.kind == "label"}
    shared = _shared_codes(listed)
    for each in listed:
        if each.kind != "numbering" or each.name not in labelled:
            cause = ("shared code", each.part) if _code_of(each) in shared else _cause(each)
            causes.setdefault(cause, []).append(each)
    told = _Told(table, rows, conventions, asked)
    found = [problem for (kind, *_), group in causes.items() for problem in told.of(kind, group)]
    return [*([told.moved_rows(moved)] if moved else []), *found]


def _without_moved_rows(
    listed: Sequence[Unread], table: AnswerTable
) -> tuple[list[Unread], dict[int, int]]:
    """Return what is unread but for the rows that lost a separator; and how much in each of these.

    Behind the place where a separator is missing, answers stand under the titles of others: a row
    that ends early, with several answers that are none to their questions, has one cause.
    """
    short = {at for at, number in enumerate(table.cells.index) if number in table.short_rows}
    keys: dict[int, list[str]] = {}
    for each in listed:
        for row in short.intersection(each.rows):
            keys.setdefault(row, []).append(each.cells.key)
    moved = {row: len(of) for row, of in sorted(keys.items()) if len(set(of)) > 1}
    if not moved:
        return list(listed), {}
    kept = [
        replace(each, rows=tuple(row for row in each.rows if row not in moved))
        if not moved.keys().isdisjoint(each.rows) else each
        for each in listed
    ]  # fmt: skip
    gone = {id(new) for old, new in zip(listed, kept, strict=True) if old.rows and not new.rows}
    return [each for each in kept if id(each) not in gone], moved


def _cause(unread: Unread) -> tuple[str, ...]:
    if unread.kind in ("word", "code", "number", "label"):
        if says_no_answer(unread.part):
            return ("no opinion", unread.name) if _same_opinion(unread) else ("no answer",)
        if says_none(unread.part) and not (unread.book and unread.book.says_none):
            return ("none",)
    return (unread.kind,) if unread.kind == "mark" else (unread.kind, unread.name)


def _code_of(unread: Unread) -> str:
    """Return the code of an answer that many files have where there is none, "" of others."""
    often = unread.kind in ("code", "bounds") and _OFTEN_MISSING.fullmatch(unread.part)
    return unread.part if often and not _is_tick(unread) else ""


def _shared_codes(listed: Sequence[Unread]) -> set[str]:
    """Return such codes that stand under several scales and questions: they mean one thing."""
    names: dict[str, set[str]] = {}
    for each in listed:
        if code := _code_of(each):
            names.setdefault(code, set()).add(each.name)
    return {code for code, of in names.items() if len(of) > 1}


class _Told:
    """The problems of one file."""

    def __init__(
        self,
        table: AnswerTable,
        rows: pd.Series[Any],
        conventions: Conventions,
        asked: Mapping[str, Sequence[int]],
    ) -> None:
        self.asked = asked
        self.cells = table.cells
        self.numbers = table.cells.index
        self.rows = rows
        self.where = table.name
        self.conventions = conventions

    def moved_rows(self, moved: Mapping[int, int]) -> Problem:
        """Return that rows lost a separator: how many cells of each cannot be read."""
        rows = list(moved)
        few_rows = len(rows) <= CODES_LISTED
        named = [self.rows.iloc[row] if few_rows else str(self.numbers[row]) for row in rows]
        count = sum(moved.values())
        return Problem(
            row=joined(named, ", ") if few_rows else few(named),
            column="",
            value=phrase(
                "fewer cells than the header, and {count} answers that are none to the question "
                "above them",
                count=count,
            ),
            expected=phrase("a cell for each column, an empty one where there is no answer"),
            remedy=phrase(
                "A separator is missing in these rows: put it back where the answers begin to "
                "stand under the title of another column, or export the answers as .xlsx."
            ),
            where=self.where,
            count=count,
        )

    def of(self, kind: str, group: Sequence[Unread]) -> list[Problem]:
        """Return the problems of one cause."""
        together = {
            "no answer": self._no_answer,
            "no opinion": self._no_opinion,
            "none": self._none,
            "word": self._words,
            "label": self._labels,
            "mark": self._marks,
            "percent": self._shares,
            "shared code": self._shared_code,
            "date": self._dates,
        }
        if kind in together:
            return [together[kind](group)]
        by_part = _by_part(group)
        told: Problem | None = None
        if kind == "code":
            told = self._numbered(group) or self._other_codes(group)
        elif kind == "two answers":
            told = self._contrary(group)
        if told is not None:
            return [told]
        dated = kind != "bounds" and [bool(_DATE.fullmatch(each.part)) for each in group]
        if dated and any(dated):
            others = [each for each, is_date in zip(group, dated, strict=True) if not is_date]
            dates = [each for each, is_date in zip(group, dated, strict=True) if is_date]
            return [*(self.of(kind, others) if others else []), self._wrong(dates)]
        with_unit = kind == "number" and _unit_of(by_part)
        apart = kind != "numbering" and not with_unit
        if len(by_part) <= CODES_LISTED and apart:
            return [self._wrong(each) for each in by_part.values()]
        return [self._wrong(group)]

    def _dates(self, group: Sequence[Unread]) -> Problem:
        """Return that dates cannot be read."""
        return self._problem(group, _of_dates(_by_part(group)))

    def _no_answer(self, group: Sequence[Unread]) -> Problem:
        """Return that words for "no answer" are not declared."""
        words = [*self.conventions.no_answer, *_by_part(group)]
        remedy = phrase(
            "If this means that there is no answer, add this line to the study file; if it is an "
            "answer, add it to the questionnaire."
        )
        return self._problem(group, remedy, {"no_answer": list(dict.fromkeys(words))})

    def _shared_code(self, group: Sequence[Unread]) -> Problem:
        """Return that a code of several scales and questions may mean "no answer"."""
        declared = dict(self.conventions.answer_words)
        for each in group:
            former = declared.get(each.name, {})
            kept = former if isinstance(former, Mapping) else {}
            declared[each.name] = {**kept, each.part: ""}
        remedy = phrase(
            "Correct the answer, or leave the cell empty; if this code means that there is no "
            "answer, add this line to the study file."
        )
        expected = phrase("an answer of the questionnaire, or an empty cell")
        return self._problem(group, remedy, {"answer_words": declared}, expected=expected)

    def _no_opinion(self, group: Sequence[Unread]) -> Problem:
        """Return that words say what the questionnaire calls otherwise: "NSP", "Don't know"."""
        parts = _by_part(group)
        answer = _same_opinion(group[0])
        remedy = phrase(
            "If this is the answer '{answer}' of the questionnaire, add this line to the study "
            "file; if it means that there is no answer, write instead: {line}",
            answer=answer,
            line=study_line("no_answer", [*self.conventions.no_answer, *parts]),
        )
        return self._problem(group, remedy, self._meaning(group, dict.fromkeys(parts, answer)))

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
        by_order = in_order(parts, book) if book and not _is_tick(group[0]) else {}
        if by_order:
            return self._problem(group, _BY_ORDER, self._meaning(group, by_order))
        guesses = {part: _guess(part, book) for part in parts}
        remedy = _check_each(guesses)
        if len(parts) == 1 and guesses[parts[0]] != NOT_GUESSED:
            guess = phrase("Did you mean '{guess}'?", guess=guesses[parts[0]])
            remedy = joined([guess, remedy])
        elif group[0].cells.key.partition(":")[0] == group[0].name:
            choice = phrase("If it could be answered, add it to the choices of the question.")
            remedy = joined([choice, remedy])
        return self._problem(group, remedy, self._meaning(group, guesses))

    def _numbered(self, group: Sequence[Unread]) -> Problem | None:
        """Return that codes may number the answers, from another number than the questionnaire."""
        book, parts = group[0].book, list(_by_part(group))
        if book is None or _is_tick(group[0]):
            return None
        if not any(code.isdecimal() for code in book.words):
            return self._numbering_choices(group, book)
        columns = self.asked.get(group[0].name, ())
        if moved := counted_from(self._seen(columns), book):
            return None if moved.keys().isdisjoint(parts) else self._moved(group, moved)
        return self._moved_in_some(group, book, columns)

    def _numbering_choices(self, group: Sequence[Unread], book: CodeBook) -> Problem | None:
        """Return that numbers may stand for the choices of a question."""
        by_order = in_order(list(_by_part(group)), book)
        if not by_order:
            return None
        labels = {code: label for each in group for code, label in each.cells.labels.items()}
        contrary = any(
            code in labels and book.understands(labels[code])
            and book.read(labels[code]) != book.read(words)
            for code, words in by_order.items()
        )  # fmt: skip
        if contrary:
            by_order = dict.fromkeys(_by_part(group), NOT_GUESSED)
            return self._problem(group, _check_each(by_order), self._meaning(group, by_order))
        remedy = _YES_IS_ONE if says_ticks_alone(by_order.values()) else _BY_ORDER
        return self._problem(group, remedy, self._meaning(group, by_order))

    def _seen(self, columns: Iterable[int]) -> set[str]:
        return {
            whole_number(str(text).strip()) for at in columns for text in self.cells[at].unique()
        }

    def _moved(self, group: Sequence[Unread], moved: Mapping[str, str]) -> Problem:
        """Return that the file may count the answers from another number."""
        beyond = [part for part in _by_part(group) if part in moved]
        remedy = phrase(
            "The file may count the answers from {first}: check it in the survey tool, then add "
            "this line to the study file.",
            first=next(iter(moved)),
        )
        if len(beyond) == 1:
            remedy = joined([remedy, self._or_no_answer(group, beyond[0])])
        return self._problem(group, remedy, self._meaning(group, moved))

    def _moved_in_some(
        self, group: Sequence[Unread], book: CodeBook, columns: Sequence[int]
    ) -> Problem | None:
        """Return that some columns may count the answers otherwise than the others of a scale."""
        parts = list(_by_part(group))
        keys = list(dict.fromkeys(each.cells.key for each in group))
        seen = {text for each in group for text in map(whole_number, each.cells.distinct)}
        moved = counted_from(seen, book)
        answered = sum(int(each.cells.texts.isin(list(moved)).sum()) for each in
                       {each.cells.key: each for each in group}.values())  # fmt: skip
        if parts != [part for part in parts if part in moved] or len(parts) != 1:
            return None
        if len(keys) == len(columns) or answered < _ENOUGH_ANSWERED:
            return None
        remedy = phrase(
            "Where {code} is, the code at the other end is not: these columns may count the "
            "answers from {first}, and so may others beside them. Check it in the survey tool, "
            "then add this line to the study file.",
            code=parts[0],
            first=next(iter(moved)),
        )
        declared = dict(self.conventions.answer_words)
        for key in keys:
            former = declared.get(key, {})
            declared[key] = {**(former if isinstance(former, Mapping) else {}), **moved}
        remedy = joined([remedy, self._or_no_answer(group, parts[0])])
        return self._problem(group, remedy, {"answer_words": declared})

    def _or_no_answer(self, group: Sequence[Unread], code: str) -> Phrase:
        return phrase(
            "If {code} means that there is no answer, add instead: {line}",
            code=code,
            line=study_line("answer_words", self._meaning(group, {code: ""})["answer_words"]),
        )

    def _other_codes(self, group: Sequence[Unread]) -> Problem | None:
        """Return that a file has other codes for a scale, where none of its cells has a point."""
        book, parts = group[0].book, list(_by_part(group))
        texts = {text for each in group for text in each.cells.distinct}
        if (
            book is None
            or group[0].name not in self.asked
            or not 1 < len(parts) <= ANSWERS_LISTED
            or any(book.understands(text) and book.read(text) is not None for text in texts)
        ):
            return None
        if all(map(_DATE.fullmatch, parts)):
            return self._wrong(group)
        meanings = by_size(parts, book)
        if meanings:
            return self._problem(group, _BY_ORDER, self._meaning(group, meanings))
        words = {part: _undecorated(part, book) or NOT_GUESSED for part in parts}
        return self._problem(group, _check_each(words), self._meaning(group, words))

    def _contrary(self, group: Sequence[Unread]) -> Problem | None:
        """Return that cells have the words of one answer beside the code of another."""
        book, parts = group[0].book, list(_by_part(group))
        if book is None or _is_tick(group[0]) or len(parts) > ANSWERS_LISTED:
            return None
        if all(map(book.is_twofold, parts)):
            remedy = phrase(
                "Each of these is the code of one answer and the words of another: it cannot be "
                "told which is meant. Change these codes or these words in the questionnaire ('0 "
                "hours' in place of '0'), and in the file where they are changed."
            )
            return self._problem(group, remedy)
        words = {part: book.words_beside(part) for part in parts}
        if not all(words.values()):
            return None
        remedy = phrase(
            "The number says one answer, the words another. If the words are right, add this line "
            "to the study file."
        )
        return self._problem(group, remedy, self._meaning(group, words))

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
        elif kind == "two lists":
            remedy = phrase(
                "This is one choice, or several with a comma between them: separate the choices "
                "by semicolons, the last one too, or change their words in the questionnaire."
            )
        elif kind == "numbering":
            remedy = phrase(
                "The labels of the file number the answers otherwise than the questionnaire: give "
                "a label to each code in the statistics program."
            )
        elif kind == "number" and (unit := _unit_of(parts)):
            line = study_line("unit", dict.fromkeys(LANGUAGES, unit))
            remedy = phrase(
                "If this is the unit, add to the question {name} of the questionnaire: {line}",
                name=group[0].name,
                line=line,
            )
        elif kind != "bounds" and any(_DATE.fullmatch(part) for part in parts):
            remedy = phrase(
                "A spreadsheet may have made a date of the answer: format the column as text, "
                "then write the answer again."
            )
        elif len(parts) == 1 and (
            (kind == "code" and count > 1)
            or (kind in ("code", "bounds") and _OFTEN_MISSING.fullmatch(parts[0]))
        ):
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
    >>> in_order(["0", "1"], CodeBook([("y", ["Oui"]), ("n", ["Non"])]))
    {'0': 'Non', '1': 'Oui'}
    """
    found = [_NUMBERED.fullmatch(part) for part in parts]
    numbered = [each for each in found if each is not None]
    answers = list(book.words.values())
    widths = {len(part) for part in parts}
    if len(numbered) < len(found) or len({each[1] for each in numbered}) != 1 or len(widths) != 1:
        return {}
    numbers = [int(each[2]) for each in numbered]
    prefix = numbered[0][1]
    start = 0 if not prefix and min(numbers) == 0 else 1
    if not start <= min(numbers) <= max(numbers) < len(answers) + start:
        return {}
    if start == 0 and [tick(words) for words in answers] == [True, False]:
        answers.reverse()  # 0 is no, wherever it stands among the answers
    width = widths.pop() - len(prefix)
    return {f"{prefix}{number:0{width}}": words for number, words in enumerate(answers, start)}


def by_size(parts: Sequence[str], book: CodeBook) -> dict[str, str]:
    """Return the answers that codes may stand for by their size, as many as there are; or nothing.

    >>> by_size(["100%", "0%"], CodeBook([("1", ["No"]), ("2", ["Yes"])]))
    {'0%': 'No', '100%': 'Yes'}
    """
    sizes = {part: float(found[0]) for part in parts if (found := _SIZE.match(part))}
    answers = list(book.words.values())
    if not len(parts) == len(answers) == len(set(sizes.values())):
        return {}
    return dict(zip(sorted(parts, key=sizes.__getitem__), answers, strict=True))


def counted_from(seen: Collection[str], book: CodeBook) -> dict[str, str]:
    """Return the answers that codes say if they count from one less, or from one more; or nothing.

    They may if the file has the code below the first of a scale and not the last, or the code above
    the last and not the first, and no other code near them; or codes as far apart as the first and
    the last, and none beyond. A single negative code may mean "no answer", and so may codes far
    from the scale.

    >>> book = CodeBook([("1", ["No"]), ("2", ["Perhaps"]), ("3", ["Yes"]), ("9", ["?"])])
    >>> counted_from(["0", "1", "9"], book), counted_from(["0", "3"], book)
    ({'0': 'No', '1': 'Perhaps', '2': 'Yes'}, {})
    >>> counted_from(["-1", "0", "1"], book)
    {'-1': 'No', '0': 'Perhaps', '1': 'Yes'}
    >>> counted_from(["2", "4", "6"], book)
    {}
    """
    codes = [int(code) for code in book.words if code.isdecimal()]
    low = codes[0]
    points = [code for at, code in enumerate(codes) if code == low + at]
    high = points[-1]
    if len(points) < 2:
        return {}
    width = high - low
    beside = set(codes) - set(points)
    near = {
        int(text) for text in seen
        if _CODE.fullmatch(text) and low - 2 * width <= int(text) <= high + 2 * width
    } - beside  # fmt: skip
    least, most = min(near, default=low), max(near, default=high)
    if most - least == width:
        step = least - low
    else:
        step = (low - 1 in near and high not in near) * -1 or (
            high + 1 in near and low not in near and high + 1 not in codes
        )
        odd = near - {code + step for code in points}
        if len(odd) > 1 or any(code >= 0 for code in odd):
            return {}
    return {str(code + step): book.words[str(code)] for code in points} if step else {}


def _same_opinion(unread: Unread) -> str:
    """Return the answer of the questionnaire that says "no opinion" as a text does, "" without."""
    if unread.book is None or not says_no_opinion(unread.part):
        return ""
    return next((words for words in unread.book.words.values() if says_no_opinion(words)), "")


def _is_tick(unread: Unread) -> bool:
    """Return whether an answer stood in the column of one choice."""
    return ":" in unread.cells.key


def _of_dates(parts: Collection[str]) -> Phrase:
    """Return what mends dates that cannot be read."""
    days = [part for part in parts if is_day_number(part)]
    if len(days) == len(parts):
        return phrase(
            "These may be dates as spreadsheets store them ({number} is {date}): format the column "
            "as a date (yyyy-mm-dd) in the spreadsheet, and save the file again.",
            number=days[0],
            date=of_day_number(days[0]).isoformat(),
        )
    if all(_SHORT_YEAR.fullmatch(part) for part in parts):
        return phrase(
            "Write the years with four digits: format the column as a date (yyyy-mm-dd) in the "
            "spreadsheet, and save the file again."
        )
    if all(_NO_DAY.fullmatch(part) for part in parts):
        return phrase(
            "Write the whole date; if only the year was asked, make the question one of type "
            "number in the questionnaire."
        )
    return phrase("Write the date as 2021-03-31, or leave the cell empty.")


def _unit_of(parts: Iterable[str]) -> str:
    """Return the word that follows every number, "" where they have none or several.

    >>> _unit_of(["36 ans", "1 040 ans"]), _unit_of(["36 ans", "forty"]), _unit_of(["12 mai"])
    ('ans', '', 'mai')
    >>> _unit_of(["36½"])
    ''
    """
    found = [_WITH_UNIT.fullmatch(part.strip()) for part in parts]
    units = {each["unit"].strip() for each in found if each is not None}
    unit = units.pop() if len(units) == 1 and all(found) else ""
    return "" if unit.isnumeric() else unit


def _position(unread: Unread) -> int:
    """Return where a label stands among those of its column."""
    labels = [label.strip() for label in unread.cells.labels.values()]
    return labels.index(unread.part)


def _guess(part: str, book: CodeBook | None) -> str:
    """Return the answer that a text may say: without what decorates it, as yes or no, or nearly."""
    if book is None:
        return NOT_GUESSED
    return (
        _undecorated(part, book) or _yes_or_no(part, book) or book.nearest_words(part)
        or NOT_GUESSED
    )  # fmt: skip


def _undecorated(part: str, book: CodeBook) -> str:
    """Return the answer that a text says without quotes, brackets and stars around it.

    >>> book = CodeBook([("1", ["No"]), ("2", ["Yes"])])
    >>> _undecorated('="2"', book), _undecorated("**No**", book), _undecorated("-1", book)
    ('Yes', 'No', '')
    """
    plain = part.strip(_DECORATION)
    code = book.read(plain) if plain and plain != part and book.understands(plain) else None
    return book.words[code] if code is not None else ""


def _yes_or_no(part: str, book: CodeBook) -> str:
    """Return the answer that is yes or no as a text is ("True"), where one answer is each.

    >>> _yes_or_no("FAUX", CodeBook([("1", ["Oui"]), ("2", ["Non"])]))
    'Non'
    """
    said = [tick(words) for words in book.words.values()]
    if sorted(map(str, said)) != ["False", "True"] or tick(part) is None:
        return ""
    return list(book.words.values())[said.index(tick(part))]


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
