"""The words that a study file declares for the answers: whether they mean something."""

from __future__ import annotations

from functools import partial

from typology.answers.cells.code_books import CodeBook, Unreadable, choice_book, scale_book
from typology.answers.cells.dates import read_date
from typology.answers.cells.texts import is_missing, is_unit, tick
from typology.problems import Problem
from typology.questionnaire import Question, Questionnaire
from typology.words.number_conventions import Conventions, study_line
from typology.words.phrases import few, joined, phrase
from typology.words.spelling import did_you_mean
from typology.words.written_numbers import readings

WHERE = "answer_words"


def declared_words_problems(
    conventions: Conventions, questionnaire: Questionnaire
) -> list[Problem]:
    """Return the words declared for nothing that is asked, or that mean no answer to it."""
    problems = []
    for name, word, meaning in conventions.declared_words():
        asked = _asked(questionnaire, name)
        if not asked:
            expected = phrase("the id of a scale, a block, an item or a question")
            remedy = joined([did_you_mean(name, _ids(questionnaire)), phrase("Correct it.")])
            problems.append(Problem("", "", name, expected, remedy, WHERE))
        elif not any(_is_answer(meaning, each) for each in asked):
            expected = phrase(
                "what '{word}' means: a code or words of the questionnaire", word=word
            )
            first = asked[0]
            book = first if isinstance(first, CodeBook) else choice_book(first, Conventions())
            remedy = phrase("Write the answer that it stands for.")
            if name and book.words:
                remedy = phrase("Write one of {choices}.", choices=book.described)
            problems.append(Problem("", "", meaning, expected, remedy, WHERE))
    return problems + _answers_declared_missing(conventions, questionnaire)


def _answers_declared_missing(
    conventions: Conventions, questionnaire: Questionnaire
) -> list[Problem]:
    """Return the words of 'no_answer' that are answers: they would be read as such."""
    problems = []
    books = [
        each if isinstance(each, CodeBook) else choice_book(each, Conventions())
        for each in _asked(questionnaire, "")
        if isinstance(each, CodeBook) or each.choices
    ]
    for word in conventions.no_answer:
        names = [book.name for book in books if _says(book, word)]
        if names:
            expected = phrase("words that are no answer; this one is an answer: {names}",
                              names=few(names))  # fmt: skip
            line = study_line("answer_words", {names[0]: {word: ""}})
            remedy = phrase("Remove it; if it means no answer there, write instead: {line}",
                            line=line)  # fmt: skip
            problems.append(Problem("", "", word, expected, remedy, "no_answer"))
    return problems


def _says(book: CodeBook, word: str) -> bool:
    try:
        return book.read(word) is not None
    except Unreadable:
        return False


def _ids(questionnaire: Questionnaire) -> list[str]:
    blocks = [block.id for block in questionnaire.blocks]
    return [*questionnaire.scales, *blocks, *questionnaire.items, *questionnaire.questions]


def _asked(questionnaire: Questionnaire, name: str) -> list[CodeBook | Question]:
    """Return the scales, as codes and words, and the questions that an id is of; "" is of all."""
    scales = {
        block.scale
        for block in questionnaire.blocks
        if name in ("", block.scale, block.id, *(item.id for item in block.items))
    } | ({name} & questionnaire.scales.keys())
    books = [
        scale_book(scale, questionnaire.scales[scale], Conventions()) for scale in sorted(scales)
    ]
    questions = [
        each
        for each in questionnaire.respondent
        if name == each.id or (not name and each.type != "text")
    ]
    return [*books, *questions]


def _is_answer(meaning: str, asked: CodeBook | Question) -> bool:
    if isinstance(asked, CodeBook):
        return asked.understands(meaning)
    if asked.type == "number":
        return is_missing(meaning) or bool(readings(meaning, partial(is_unit, asked)))
    if asked.type == "date":
        return is_missing(meaning) or read_date(meaning, asked.date_format) is not None
    if asked.type == "text" or choice_book(asked, Conventions()).understands(meaning):
        return True
    is_rank = asked.type == "rank" and bool(readings(meaning))
    return is_rank or (asked.type == "multiple" and tick(meaning) is not None)
