"""Columns that codes alone name, or texts cut short: what each may hold, for the study file."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from typology.answers.platforms import AnswerTable
from typology.problems import Problem
from typology.questionnaire import Questionnaire
from typology.questionnaire.header_names import KnownNames, fold_wording
from typology.words.phrases import few, joined, phrase
from typology.words.spelling import did_you_mean
from typology.words.visible_text import shorten

_PART = re.compile(r"(?P<stem>.*?[^\W\d_]*\d*)(?:\[(?P<inner>\w+)\]|[_./:-](?P<after>\w*\d))")
_CODE = re.compile(r"(?P<stem>[^\W\d_]+_?)0*(?P<number>\d+)")
_LEAST = 2
"""Parts that make a question of several columns."""


def proposals(
    where: str,
    questionnaire: Questionnaire,
    names: KnownNames,
    *,
    unknown: Sequence[str],
    missing: Sequence[str],
    declared: Mapping[str, str],
) -> tuple[list[Problem], list[str], list[str]]:
    """Return what is proposed for headings that name nothing, and what is left of both lists."""
    proposed = proposed_columns(questionnaire, unknown, missing)
    problems = [columns_to_declare(where, proposed, declared)] if proposed else []
    if not proposed:
        proposed = cut_headings(names, unknown, missing)
        problems = [cut_columns_to_declare(where, proposed, declared, names)] if proposed else []
    told = {name for key in proposed for name in (key, key.partition(":")[0])}
    return (
        problems,
        [header for header in unknown if header not in proposed.values()],
        [key for key in missing if key not in told],
    )


def proposed_columns(
    questionnaire: Questionnaire, unknown: Sequence[str], missing: Sequence[str]
) -> dict[str, str]:
    """Return the heading that may be that of each item, where order and number agree.

    Headings are taken together that differ by their last code ("A1[SQ001]", "A1[SQ002]"; "Q3_1",
    "Q3_2"; "V1", "V2"). Blocks, and questions whose choices have columns, of which nothing was
    found, are paired with groups of as many headings, in the order of both. Where two such pairings
    exist, the first is proposed: it is for the user to check. Nothing is returned unless every
    block that lacks columns is paired.
    """
    lacking = set(missing)
    blocks = [
        [item.id for item in block.items]
        for block in questionnaire.blocks
        if lacking.issuperset(item.id for item in block.items)
    ]
    if not blocks:
        return {}
    groups = _groups(unknown)
    wanted = [(keys, True) for keys in blocks]
    wanted += [
        ([f"{question.id}:{code}" for code in question.choice_codes], False)
        for question in questionnaire.respondent
        if question.type == "multiple" and question.id in lacking
    ]
    found: dict[str, str] = {}
    at = 0
    for keys, needed in wanted:
        place = next((i for i in range(at, len(groups)) if len(groups[i]) == len(keys)), None)
        if place is None:
            if needed:
                return _one_after_the_other(blocks, groups)
            continue
        found |= dict(zip(keys, groups[place], strict=True))
        at = place + 1
    return found


def _one_after_the_other(
    blocks: Sequence[Sequence[str]], groups: Sequence[Sequence[str]]
) -> dict[str, str]:
    """Return the headings of a group that has as many as all blocks together: V1 to V49."""
    items = [item for block in blocks for item in block]
    return next(
        (dict(zip(items, each, strict=True)) for each in groups if len(each) == len(items)), {}
    )


def _groups(headers: Sequence[str]) -> list[list[str]]:
    groups: dict[str, list[str]] = {}
    for header in headers:
        part = _PART.fullmatch(header.strip()) or _CODE.fullmatch(header.strip())
        if part is not None:
            groups.setdefault(fold_wording(part["stem"]), []).append(header)
    return [each for each in groups.values() if len(each) >= _LEAST]


def columns_to_declare(
    where: str, proposed: Mapping[str, str], declared: Mapping[str, str]
) -> Problem:
    """Return the one problem that proposes every column, with what to paste."""
    return Problem(
        row="",
        column=few(list(proposed.values())),
        value=phrase("{count} columns that codes alone name", count=len(proposed)),
        expected=phrase("the id or the wording of a question"),
        remedy=phrase(
            "In the order of both, and as there are as many of each, they may be {first} to "
            "{last}: check this line, and add it to the study file. Or export the answers with the "
            "texts of the questions as headings.",
            first=next(iter(proposed)),
            last=list(proposed)[-1],
        ),
        where=where,
        study_lines={"columns": {**declared, **proposed}},
    )


def cut_headings(
    names: KnownNames, unknown: Sequence[str], missing: Sequence[str]
) -> dict[str, str]:
    """Return the heading of each thing missing whose text, cut short by a platform, it may be.

    It begins that text and no other; nothing is proposed where two headings begin the same one.
    """
    begun: dict[str, list[str]] = {}
    for header in unknown:
        keys = names.begun(header)
        if len(keys) == 1 and not set(missing).isdisjoint(
            {key := next(iter(keys)), key.partition(":")[0]}
        ):
            begun.setdefault(key, []).append(header)
    return {key: headers[0] for key, headers in begun.items() if len(headers) == 1}


def cut_columns_to_declare(
    where: str, cut: Mapping[str, str], declared: Mapping[str, str], names: KnownNames
) -> Problem:
    """Return the one problem that proposes what headings cut short may be, with what to paste."""
    key, header = next(iter(cut.items()))
    return Problem(
        row="",
        column=few(list(cut.values())),
        value=phrase("{count} headings that seem cut short", count=len(cut))
        if len(cut) > 1
        else phrase("a heading that seems cut short"),
        expected=phrase("the id or the whole wording of a question"),
        remedy=phrase(
            "'{header}' begins the wording of {key}, '{wording}', and no other. Check this line, "
            "and add it to the study file.",
            header=shorten(header),
            key=key,
            wording=shorten(names.wordings[key]),
        ),
        where=where,
        study_lines={"columns": {**declared, **cut}},
    )


def declared_columns(
    table: AnswerTable, names: KnownNames, declared: Mapping[str, str]
) -> dict[int, str]:
    """Return what the columns that are declared hold, by their number."""
    keys = {fold_wording(title): key for key, title in declared.items() if key in names.wordings}
    folded = [fold_wording(header) for header in table.headers]
    return {number: keys[title] for number, title in enumerate(folded) if title in keys}


def declared_problems(
    table: AnswerTable, names: KnownNames, declared: Mapping[str, str]
) -> list[Problem]:
    """Return what is declared under 'columns' and names nothing asked, or no column."""
    headers = {fold_wording(header) for header in table.headers}
    problems = []
    for key, header in declared.items():
        if key not in names.wordings:
            expected = phrase("the id of an item or of a question, or 'question:choice'")
            remedy = joined([did_you_mean(key, list(names.wordings)), phrase("Correct the list.")])
            problems.append(Problem("", "", key, expected, remedy, "columns"))
        elif fold_wording(header) not in headers:
            expected = phrase("a column of {file}", file=table.name)
            remedy = joined(
                [did_you_mean(header, list(table.headers)), phrase("Correct the list.")]
            )
            problems.append(Problem("", "", header, expected, remedy, f"columns › {key}"))
    return problems
