"""What is wrong with the columns of a file of answers."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

import numpy as np

from typology.answers.headings.likely_columns import TitleWords, likely_columns
from typology.answers.platforms import AnswerTable
from typology.problems import Problem
from typology.questionnaire import Questionnaire
from typology.questionnaire.header_names import KnownNames, fold_wording, is_words_key
from typology.words.number_conventions import study_line
from typology.words.phrases import Phrase, few, joined, phrase
from typology.words.spelling import did_you_mean, fold, nearest
from typology.words.visible_text import shorten

_NUMBER = re.compile(r"[\s._-]*[oil]?\d[\doil]*")

PAIRS_LISTED = 5
"""So many misspelt headers have a problem each; more are told together."""

_SAME_ANSWERS = 10
"""With fewer answers, two columns may be the same by chance."""

_LEAST_ALIKE = 0.5

HEADERS_COMPARED = 300
"""Where more headers name nothing, they are no misspellings, and none is compared."""


def two_questions(where: str, header: str, keys: Collection[str]) -> Problem:
    """Return the problem of a header that names several questions."""
    return Problem(
        row="",
        column=header,
        value=phrase("a name of several questions: {names}", names=", ".join(sorted(keys))),
        expected=phrase("a column that names one question"),
        remedy=phrase("Name the column by the id of its question."),
        where=where,
    )


def never_both(table: AnswerTable, columns: Sequence[int]) -> bool:
    """Return whether each respondent has an answer in one column at most, and each has some.

    So come the answers to a form with a part in each language.
    """
    filled = np.column_stack([table.filled(at) for at in columns])
    return bool((filled.sum(axis=1) <= 1).all() and filled.any(axis=0).all())


def says_nothing_more(table: AnswerTable, columns: Sequence[int]) -> list[int]:
    """Return which columns of one thing add nothing: empty beside answers, or the same again.

    So come a question deleted from a form and asked anew, and a column copied. Few answers may be
    the same by chance: such columns are kept.
    """
    said = [number for number in columns if table.filled(number).any()]
    kept: list[int] = []
    for number in said or columns:
        if not any(_same_cells(table, number, other) for other in kept):
            kept.append(number)
    return [number for number in columns if number not in kept]


def _same_cells(table: AnswerTable, one: int, other: int) -> bool:
    if table.value_labels.get(one, {}) != table.value_labels.get(other, {}):
        return False
    texts = table.cells[one].str.strip()
    said = texts[texts != ""]
    enough = len(said) >= _SAME_ANSWERS and said.nunique() > 1
    return bool(enough and (texts == table.cells[other].str.strip()).all())


def left_again_notices(table: AnswerTable, columns: Sequence[int]) -> list[Phrase]:
    """Return which columns are left out because they add nothing to another of the same thing."""
    if not columns:
        return []
    return [
        phrase(
            "Columns that are empty, or the same again, beside another of the same question are "
            "left out: {names}.",
            names=few([phrase("'{header}' (column {number})", header=shorten(table.headers[at]),
                              number=at + 1) for at in columns]),
        )
    ]  # fmt: skip


def shared_notices(table: AnswerTable, shared: Mapping[str, Sequence[int]]) -> list[Phrase]:
    """Return what is read from several columns, of which each respondent answered one."""
    words = {key: at for key, at in shared.items() if is_words_key(key)}
    answers = {key: at for key, at in shared.items() if key not in words}
    told = [
        phrase(
            "{key}: the words after 'Other' stand in {count} columns, which are read together: "
            "{headers}.",
            key=key.partition(":")[0],
            count=len(at),
            headers=joined([f"'{shorten(table.headers[each])}'" for each in at], ", "),
        )
        for key, at in words.items()
    ]
    if not answers:
        return told
    first = next(iter(answers.values()))
    return [
        *told,
        phrase(
            "Each respondent answered in one of several columns, which are read together: {names} "
            "(such as {headers}).",
            names=few(list(answers)),
            headers=joined([f"'{shorten(table.headers[at])}'" for at in first], ", "),
        ),
    ]


def columns_of_one(
    table: AnswerTable, several: Mapping[str, Sequence[int]], ignored: Sequence[str]
) -> list[Problem]:
    """Return the things asked that have several columns: one problem each, or one for many."""
    if len(several) <= PAIRS_LISTED:
        return [two_columns(table, key, at) for key, at in several.items()]
    others = [table.headers[at] for columns in several.values() for at in columns[1:]]
    first = {fold_wording(table.headers[columns[0]]) for columns in several.values()}
    named_alike = not first.isdisjoint(map(fold_wording, others))
    return [
        Problem(
            row="",
            column=few(list(several)),
            value=phrase(
                "{count} columns for {asked} things asked",
                count=sum(map(len, several.values())),
                asked=len(several),
            ),
            expected=phrase("one column for each"),
            remedy=phrase(
                "Remove or rename all but one, or list the others under 'ignored_columns' of the "
                "study file."
            ),
            where=table.name,
            study_lines={} if named_alike else {"ignored_columns": [*ignored, *others]},
        )
    ]


def two_columns(table: AnswerTable, key: str, numbers: Sequence[int]) -> Problem:
    """Return the problem of several columns for one thing, by default the identifiers."""
    listed = few(
        [
            phrase("'{header}' (column {number})", header=shorten(table.headers[n]), number=n + 1)
            for n in numbers
        ]
    )
    return Problem(
        row="",
        column=key or table.headers[numbers[0]],
        value=phrase("{count} columns: {names}", count=len(numbers), names=listed),
        expected=phrase("one column for {key}", key=key)
        if key
        else phrase("one column of respondents' identifiers"),
        remedy=phrase(
            "Remove or rename all but one, "
            "or list the others under 'ignored_columns' of the study file."
        ),
        where=table.name,
    )


def whole_and_parts(
    table: AnswerTable, questionnaire: Questionnaire, found: Mapping[str, Sequence[int]]
) -> list[Problem]:
    """Return a problem a question that has a column and columns for some of its choices only."""
    parts: dict[str, list[int]] = defaultdict(list)
    for key, numbers in found.items():
        if ":" in key and not is_words_key(key) and "::" not in key:
            parts[key.partition(":")[0]] += numbers
    return [
        two_columns(table, question, [*found[question], *numbers])
        for question, numbers in parts.items()
        if question in found and len(numbers) < len(questionnaire.question(question).choices)
    ]


def column_not_found(table: AnswerTable, key: str, declared: str, near: str) -> Problem:
    """Return the problem of a column that the study file names and the file does not have.

    ``key`` is where it is named, "respondent_column" or "weights"; ``near`` the header that looks
    most like it, or "".
    """
    weights = key == "weights"
    value: object = {"column": near} if weights else near
    if key == "consent":
        return Problem(
            row="",
            column=declared,
            value="",
            expected=phrase("the column of consent that was declared"),
            remedy=joined(
                [
                    phrase("Did you mean '{guess}'?", guess=near) if near else "",
                    phrase("Correct 'consent', under 'exclusions' in the study file."),
                ]
            ),
            where=table.name,
        )
    return Problem(
        row="",
        column=declared,
        value="",
        expected=phrase("the column of weights that was declared")
        if weights
        else phrase("the column of respondents' identifiers that was declared"),
        remedy=joined(
            [
                phrase("Did you mean '{guess}'?", guess=near) if near else "",
                phrase("Correct 'weights' in the study file.")
                if weights
                else phrase("Correct 'respondent_column' in the study file."),
            ]
        ),
        where=table.name,
        study_lines={key: value} if near else {},
    )


def unknown_and_missing(
    questionnaire: Questionnaire,
    names: KnownNames,
    *,
    unknown: Sequence[str],
    missing: Sequence[str],
    where: str,
    ignored: Sequence[str],
    absent: Sequence[str],
    simulated: bool = False,
) -> list[Problem]:
    """Return the columns that name nothing asked, and what was asked and has no column.

    One problem a misspelt header, together with the question it names; one for the other headers;
    one for the other questions. ``ignored`` and ``absent`` are what the study file lists already.
    Of ``simulated`` answers, each says first how to make them again.
    """
    pairs = misspelt_headers(names, unknown, missing)
    problems = [
        _misspelt_column(where, header, key, names)
        for header, key in list(pairs.items())[:PAIRS_LISTED]
    ]
    if len(pairs) > PAIRS_LISTED:
        pairs = {problem.column: pairs[problem.column] for problem in problems}
    headers = [header for header in unknown if header not in pairs]
    keys = [key for key in missing if key not in pairs.values()]
    if headers:
        problems.append(_unknown_columns(where, headers, keys, names, ignored))
    if keys:
        can_be_absent = [] if headers else _absent_as_a_whole(keys, questionnaire)
        lines = {"absent_columns": [*absent, *can_be_absent]} if can_be_absent else {}
        guess = did_you_mean(keys[0], headers) if len(keys) == 1 else ""
        problems.append(_missing_columns(where, keys, names, guess, lines))
    return [to_simulate_again(problem) for problem in problems] if simulated else problems


def to_simulate_again(problem: Problem) -> Problem:
    """Return a problem of simulated answers that says first how to make them again."""
    again = phrase(
        "These answers are simulated: if the questionnaire was changed, make them again by "
        "`typology simulate --force`."
    )
    return replace(problem, remedy=joined([again, problem.remedy]))


def misspelt_headers(
    names: KnownNames, unknown: Sequence[str], missing: Sequence[str]
) -> dict[str, str]:
    """Return the headers that look like something missing which looks most like them.

    Of titles of several words, those that tell titles apart are to look alike as well: "Sexe du
    médecin" is no misspelt "Âge du médecin".
    """
    known = {key: key for key in missing} | {names.wordings[key]: key for key in missing}
    headers = [header for header in unknown if header]
    if len(headers) > HEADERS_COMPARED:
        return {}
    words = TitleWords([*headers, *names.wordings.values()])
    pairs = {}
    for header in headers:
        guess = nearest(header, known)
        key = known.get(guess, "")
        if not key or not (
            _same_code(header, key)
            if guess == key
            else " " not in header.strip() or words.likeness(header, guess) >= _LEAST_ALIKE
        ):
            continue
        if header in (nearest(key, headers), nearest(names.wordings[key], headers)):
            pairs[header] = key
    return {header: key for header, key in pairs.items() if list(pairs.values()).count(key) == 1}


def _same_code(header: str, key: str) -> bool:
    """Return whether a code may be another one misspelt: S03 is another item than F03.

    Names without number are looked at as words are.
    """
    letters = [_NUMBER.sub("", fold(each)) for each in (header, key)]
    numbered = [each != fold(name) for each, name in zip(letters, (header, key), strict=True)]
    return not any(numbered) or letters[0] == letters[1]


def _misspelt_column(where: str, header: str, key: str, names: KnownNames) -> Problem:
    return Problem(
        row="",
        column=header,
        value=phrase("a column that the questionnaire does not have"),
        expected=column_named(key, names),
        remedy=phrase(
            "Did you mean {key}, which has no column? Rename the column, or write in the "
            "questionnaire, for {key}: {line}",
            key=key,
            line=column_line(header),
        ),
        where=where,
        unknown=(header,),
        lacking=(key,),
    )


def _unknown_columns(
    where: str,
    headers: Sequence[str],
    keys: Sequence[str],
    names: KnownNames,
    ignored: Sequence[str],
) -> Problem:
    named = [header for header in headers if header]
    several = phrase("{count} columns that the questionnaire does not have", count=len(headers))
    parts: list[str] = []
    if named and keys:
        likely = likely_columns(named, {key: [key, names.wordings[key]] for key in keys})
        key, header = next(iter(likely.items()), ("", named[0]))
        parts.append(
            phrase(
                "A column that holds answers: write its title in the questionnaire, such as "
                "{line} for {key}.",
                line=column_line(header),
                key=key.partition(":")[0],
            )
            if key
            else phrase(
                "A column that holds answers: write its title in the questionnaire ({line}), under "
                "the item or the question that it answers.",
                line=column_line(header),
            )
        )
        parts.append(
            phrase("Columns that hold none: list them under 'ignored_columns' of the study file.")
        )
    elif named:
        parts.append(phrase("Rename it, or list it under 'ignored_columns' of the study file."))
    if len(named) < len(headers):
        parts.append(phrase("Give each column a header."))
    return Problem(
        row="",
        column=few([header or phrase("(no header)") for header in headers]),
        value=several
        if len(headers) > 1
        else phrase("a column that the questionnaire does not have"),
        expected=phrase("the id or the wording of a question"),
        remedy=joined(parts),
        where=where,
        study_lines={"ignored_columns": [*ignored, *named]} if named and not keys else {},
        unknown=tuple(named),
    )


def _missing_columns(
    where: str,
    keys: Sequence[str],
    names: KnownNames,
    guess: str,
    study_lines: Mapping[str, object],
) -> Problem:
    one = len(keys) == 1
    expected = (
        column_named(keys[0], names)
        if one
        else phrase(
            "a column for each, named by its id or its wording, such as '{key}' or '{wording}'",
            key=keys[0],
            wording=names.wordings[keys[0]],
        )
    )
    otherwise = phrase(
        "If {key} stands under another heading, add this line to the study file, with that heading "
        "in place of '?': {line}",
        key=keys[0],
        line=study_line("columns", {keys[0]: "?"}),
    ) if not study_lines else ""  # fmt: skip
    return Problem(
        row="",
        column=few(keys),
        value="",
        expected=expected,
        remedy=joined([guess, _missing_remedy(one=one, absent=bool(study_lines)), otherwise]),
        where=where,
        study_lines=study_lines,
        lacking=tuple(keys),
    )


def _missing_remedy(*, one: bool, absent: bool) -> Phrase:
    if absent and one:
        return phrase(
            "Add it, or take it out of the questionnaire; if this file does not hold it, add this "
            "line to the study file."
        )
    if absent:
        return phrase(
            "Add them, or take them out of the questionnaire; if this file does not hold them, add "
            "this line to the study file."
        )
    if one:
        return phrase("Add it, or take it out of the questionnaire.")
    return phrase("Add them, or take them out of the questionnaire.")


def _absent_as_a_whole(keys: Sequence[str], questionnaire: Questionnaire) -> list[str]:
    """Return the blocks and the questions that lack every column, when nothing else is lacking."""
    blocks = [
        block for block in questionnaire.blocks if {item.id for item in block.items} <= set(keys)
    ]
    questions = [question.id for question in questionnaire.respondent if question.id in keys]
    told = {item.id for block in blocks for item in block.items} | set(questions)
    return [*(block.id for block in blocks), *questions] if told == set(keys) else []


def unknown_absent(questionnaire: Questionnaire, absent: Sequence[str]) -> list[Problem]:
    """Return the names listed as absent that are no block and no question."""
    known = [block.id for block in questionnaire.blocks] + list(questionnaire.questions)
    return [
        Problem(
            row="",
            column="",
            value=name,
            expected=phrase("the id of a block or of a question on the respondent"),
            remedy=joined([did_you_mean(name, known), phrase("Correct the list.")]),
            where="absent_columns",
        )
        for name in absent
        if name not in known
    ]


def column_named(key: str, names: KnownNames) -> Phrase:
    """Return what the column of something asked may be called."""
    return phrase("a column named '{key}' or '{wording}'", key=key, wording=names.wordings[key])


def column_line(header: str) -> str:
    """Return the line of a questionnaire that says which column holds the answers."""
    return f"column: {json.dumps(header, ensure_ascii=False)}"
