"""What is said of a file that has no column of answers: to a question, or at all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from typology.answers.headings.column_problems import column_line, column_named
from typology.answers.platforms import AnswerTable
from typology.problems.problem import Problem
from typology.questionnaire.derived_headings import Derived
from typology.questionnaire.header_names import KnownNames
from typology.questionnaire.questionnaire import Questionnaire
from typology.words.phrases import few, joined, phrase


def no_column(tables: Sequence[AnswerTable], questionnaire: Questionnaire) -> Problem:
    """Return that a file has no column of the questionnaire."""
    item = next(iter(questionnaire.items.values()))
    headers = tables[0].headers
    listed = ", ".join(header[:40] for header in headers[:4]) + (", ..." if headers[4:] else "")
    return Problem(
        row="",
        column="",
        value=phrase("the columns {names}", names=listed),
        expected=phrase(
            "columns named by the ids or the wordings of the questionnaire, "
            "such as '{id}' or '{wording}'",
            id=item.id,
            wording=item.in_(questionnaire.languages[0]),
        ),
        remedy=phrase(
            "Check that this is the file of answers and that its first row holds the headers."
        ),
        where=", ".join(table.name for table in tables),
    )


def derived_only(
    table: AnswerTable,
    names: KnownNames,
    derived: Mapping[int, Derived],
    instead: Mapping[int, str],
) -> Problem:
    """Return the problem of questions of which a file has columns, but none of answers.

    ``derived`` says what the columns made from a question hold; ``instead`` which of them are all
    that a question has.
    """
    number, key = next(iter(instead.items()))
    listed = joined(list(dict.fromkeys(derived[number].meaning for number in instead)), ", ")
    keys = list(dict.fromkeys(instead.values()))
    question = key.partition(":")[0]
    expected = (
        column_named(key, names)
        if len(keys) == 1
        else phrase("a column of answers for each of {keys}", keys=few(keys))
    )
    return Problem(
        row="",
        column=few([table.headers[number] for number in instead]),
        value=phrase("no answers by their headings, but {meanings}", meanings=listed),
        expected=expected,
        remedy=phrase(
            "Add the column of answers, or name it by the id of its question. If this column "
            "holds them all the same, write in the questionnaire, for {key}: {line}",
            key=question,
            line=column_line(table.headers[number]),
        ),
        where=table.name,
    )
