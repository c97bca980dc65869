"""Answers that are those to another questionnaire: told once, before anything else is."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from typology.problems import Problem
from typology.questionnaire import Questionnaire
from typology.words.phrases import few, phrase

_MOST = 0.5
_FEW_ITEMS = 3
"""With fewer items, too little is known to say so."""
_EXPECTED = phrase("the questionnaire of these answers: this one does not seem to be it")


def other_questionnaire(
    questionnaire: Questionnaire,
    *,
    unknown: Sequence[str],
    missing: Sequence[str],
    found: Collection[str],
    absent: Collection[str],
    where: str,
) -> Problem | None:
    """Return that a questionnaire does not fit the answers; None where it may.

    Most of its items have no column, and most columns name nothing that it asks. ``unknown`` and
    ``missing`` are both as they are left by whatever else may explain them.
    """
    items = [
        item.id for block in questionnaire.blocks if block.id not in absent for item in block.items
    ]
    lacking = set(missing).intersection(items)
    known = {key.partition(":")[0] for key in found}
    if len(lacking) < _FEW_ITEMS or len(lacking) <= _MOST * len(items):
        return None
    if len(unknown) <= len(known):
        return None
    return Problem(
        row="",
        column="",
        value=phrase(
            "a column for {found} of {items} items, and {unknown} columns that it does not ask "
            "for ({names})",
            found=len(items) - len(lacking),
            items=len(items),
            unknown=len(unknown),
            names=few([header or phrase("(no header)") for header in unknown], 3),
        ),
        expected=_EXPECTED,
        remedy=phrase(
            "Check both files. If they are not of one survey, name the other questionnaire under "
            "'questionnaire' in the study file, or bring the answers to this one. If they are, "
            "export the answers with the codes or the texts of the questions as headings, or write "
            "the title of each column in the questionnaire ('column')."
        ),
        where=where,
        unknown=tuple(header for header in unknown if header),
        lacking=tuple(missing),
    )


def says_other_questionnaire(problems: Iterable[Problem]) -> Problem | None:
    """Return the problem that says so, if one does."""
    return next((each for each in problems if each.expected == _EXPECTED), None)
