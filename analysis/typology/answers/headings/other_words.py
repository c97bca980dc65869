"""Columns of the words of whoever chose "Other"."""

from __future__ import annotations

from typology.answers.cells.texts import says_ticks_alone, says_words
from typology.answers.headings.sorted_headers import SortedHeaders
from typology.answers.platforms import AnswerTable
from typology.questionnaire import Question, Questionnaire
from typology.questionnaire.derived_headings import asks_to_specify
from typology.questionnaire.header_names import fold_wording, words_key


def find_other_words(
    table: AnswerTable, questionnaire: Questionnaire, headers: SortedHeaders
) -> None:
    """Find the words of whoever chose "Other" in columns that are named otherwise.

    "tools_other" holds them beside "tools/other", and beside "tools" that lists the choices. Named
    so for a question with a single answer, a column of ticks is none of its answers. Where no
    column has the words, the one that asks to specify a question is read so, and told.
    """
    for question in questionnaire.respondent:
        codes = [choice.code for choice in question.worded_choices]
        for code in codes:
            words, choice = words_key(question.id, code), f"{question.id}:{code}"
            if question.type == "single":
                _leave_ticks(table, headers, words, code)
            elif words not in headers.found:
                _part_words(table, headers, question, words=words, choice=choice)
        if len(codes) == 1 and words_key(question.id, codes[0]) not in headers.found:
            _read_specified(table, headers, question.id, words_key(question.id, codes[0]))


def _leave_ticks(table: AnswerTable, headers: SortedHeaders, words: str, code: str) -> None:
    """Take the columns of ticks, such as "place_other", from those of the words."""
    named = headers.found.pop(words, [])
    ticks = [
        at
        for at in named
        if fold_wording(table.headers[at]).endswith(fold_wording(code))  # not "..._text"
        and says_ticks_alone(_texts(table, at))
    ]
    headers.unknown += [table.headers[at] for at in ticks]
    if left := [at for at in named if at not in ticks]:
        headers.found[words] = left


def _part_words(
    table: AnswerTable, headers: SortedHeaders, question: Question, *, words: str, choice: str
) -> None:
    """Tell the column of the words from that of the choice, where both have the name of "other"."""
    named = headers.found.get(choice, [])
    worded = [at for at in named if says_words(_texts(table, at), question)]
    parts = {key for key in headers.found if key.partition(":")[0] == question.id}
    if len(worded) == 1 and (len(named) > 1 or parts == {question.id, choice}):
        headers.found[words] = worded
        del headers.found[choice]
        if left := [at for at in named if at not in worded]:
            headers.found[choice] = left


def _read_specified(table: AnswerTable, headers: SortedHeaders, question: str, words: str) -> None:
    """Read the columns that ask to specify a question as the words of "Other"."""
    asking = [
        number
        for number, derived in headers.derived.items()
        if {key.partition(":")[0] for key in derived.keys} == {question}
        and asks_to_specify(table.headers[number], table.description(number))
    ]
    if asking:
        headers.found[words] = asking
        headers.specified += asking
        for number in asking:
            del headers.derived[number]


def _texts(table: AnswerTable, column: int) -> list[str]:
    return [str(text) for text in table.cells[column].unique()]
