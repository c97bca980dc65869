"""Problems of many columns told once for each cause."""

from __future__ import annotations

from collections.abc import Sequence

from typology.problems.problem import Problem
from typology.words.phrases import Phrase, few, phrase

_SEVERAL = {
    "the answer {answer} from all who answered": phrase(
        "one and the same answer from all who answered"
    ),
    "only the answer {answers}": phrase("only one answer to each"),
}
"""What is said of items that share a cause but not the answer, by the template of one."""
_REMEDIES = {
    "Take the item out of the questionnaire, or check its column.": phrase(
        "Take these items out of the questionnaire, or check their columns."
    ),
    "Take the item out of the questionnaire, or lower 'passive_below' in the study file.": phrase(
        "Take these items out of the questionnaire, or lower 'passive_below' in the study file."
    ),
}


def one_a_cause(problems: Sequence[Problem]) -> list[Problem]:
    """Return problems of columns, those of one cause together.

    >>> rare = phrase("no answer given often enough")
    >>> print(*one_a_cause([Problem("", item, rare, phrase("two answers"), phrase("Lower it."))
    ...                     for item in ("E01", "E02")]))
    column E01, E02: found no answer given often enough, expected two answers. Lower it.
    """
    causes: dict[tuple[str, str, str], list[Problem]] = {}
    for problem in problems:
        value = problem.value
        said = value.template if isinstance(value, Phrase) else value
        causes.setdefault((said, problem.expected, problem.remedy), []).append(problem)
    return [_together(said, alike) for (said, _, _), alike in causes.items()]


def _together(said: str, alike: Sequence[Problem]) -> Problem:
    first = alike[0]
    if len(alike) == 1:
        return first
    same = len({problem.value for problem in alike}) == 1
    return Problem(
        row="",
        column=few((problem.column for problem in alike), 10),
        value=first.value if same else _SEVERAL.get(said, first.value),
        expected=first.expected,
        remedy=_REMEDIES.get(str(first.remedy), first.remedy),
        where=first.where,
    )
