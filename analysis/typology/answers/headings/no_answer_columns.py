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

_COLUMNS_LOOKED_AT = 6
_TEXTS_LOOKED_AT = 2000
_FEWEST_ASKED = 3


def no_column(tables: Sequence[AnswerTable], questionnaire: Questionnaire) -> Problem:
    """Return that a file has no column of the questionnaire."""
    below = next(filter(None, (_questions_below(table, questionnaire) for table in tables)), None)
    if below is not None:
        return below
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


def _questions_below(table: AnswerTable, questionnaire: Questionnaire) -> Problem | None:
    """Return that the questions stand below each other, one a row, or one a row and respondent."""
    names = KnownNames(questionnaire)
    for number in range(min(_COLUMNS_LOOKED_AT, len(table.headers))):
        texts = table.cells[number]
        known = {str(text): names.find(str(text)) for text in texts.unique()[:_TEXTS_LOOKED_AT]}
        asked = {key for keys in known.values() for key in keys if len(keys) == 1}
        if len(asked) < min(_FEWEST_ASKED, len(questionnaire.items)):
            continue
        again = texts[texts.isin([text for text, keys in known.items() if keys])].duplicated().any()
        if again:
            value = phrase("one row an answer: the questions are in the cells of this column")
            remedy = phrase(
                "Make one row a respondent and one column a question: a pivot table, with the "
                "respondents as rows and this column as columns; or export the answers so."
            )
        else:
            value = phrase("one row a question: the respondents stand side by side")
            remedy = phrase(
                "Swap rows and columns: in a spreadsheet, copy the table and paste it with "
                "'Transpose'."
            )
        return Problem(
            row="",
            column=table.headers[number] or str(number + 1),
            value=value,
            expected=phrase("one row a respondent, one column a question"),
            remedy=remedy,
            where=table.name,
        )
    return None


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
