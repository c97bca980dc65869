"""Who a study leaves out, and whether too few are left to make its typology."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import pandas as pd

from typology.answers.quality import Quality, assess_quality
from typology.answers.responses import Responses
from typology.problems.problem import InputError, Problem
from typology.study.study import Study
from typology.words.number_conventions import study_line
from typology.words.phrases import Phrase, few, phrase
from typology.words.spelling import did_you_mean

ITEMS_TO_TELL_APART = 10
"""With fewer active items, two respondents may well answer all of them alike."""
INCOMPLETE = "incomplete"
EXCLUSIONS = ("named", "too many missing", "straight-liners", "duplicates")
"""Steps of the flow that the key 'exclusions' of a study file asks for."""


def assess_study_quality(
    study: Study, responses: Responses, active_items: Sequence[str]
) -> Quality:
    """Assess answers under the exclusions that the study file declares."""
    choices = study.choices
    return assess_quality(
        responses,
        active_items=active_items,
        excluded_respondents=choices.exclusions.respondents,
        max_missing_share=choices.exclusions.max_missing_share,
        exclude_straight_liners=choices.exclusions.straight_liners,
        exclude_duplicates=choices.exclusions.duplicates,
        complete_cases=choices.missing == "complete cases",
    )


def named_problems(study: Study, responses: Responses) -> list[Problem]:
    """Return the respondents to leave out that the answers do not have, and the names near them."""
    rows = responses.items.index if responses.row_names is None else responses.row_names
    known = list(dict.fromkeys(str(name) for name in rows))
    expected = phrase("a respondent of {file}", file=responses.source)
    where = f"{study.path.name} › exclusions › respondents"
    first = few(known, 3)
    remedy = phrase("Write it as the file of answers does ({names}), or remove it.", names=first)
    return [
        Problem("", "", name, expected, did_you_mean(name, known) or remedy, where)
        for name in dict.fromkeys(study.choices.exclusions.respondents)
        if not responses.named([name]).any()
    ]


def identical(answers: pd.DataFrame) -> pd.Index[str]:
    """Return the respondents whose answers to all active items are another's.

    With few items, two respondents may well give the same answers: none is returned.
    """
    if answers.shape[1] < ITEMS_TO_TELL_APART:
        return answers.index[:0]
    return answers.index[answers.duplicated(keep=False)]


def exclusion_line(study: Study, respondents: Iterable[str]) -> str:
    """Return the line of a study file that leaves respondents out, with what it says already."""
    declared = study.choices.exclusions.model_dump(exclude_defaults=True)
    names = [*declared.pop("respondents", ()), *map(str, respondents)]
    return study_line("exclusions", {"respondents": list(dict.fromkeys(names)), **declared})


def identical_notices(study: Study, responses: Responses, kept: pd.Index[str]) -> list[Phrase]:
    """Return which of the answers that make no typology may be tests of the questionnaire."""
    active = study.active_items(responses.questionnaire)
    alike = identical(responses.items.loc[kept, active])
    if study.choices.frequencies or not len(alike) or 2 * len(alike) > len(kept):
        return []
    return [
        phrase(
            "Respondents with the same answers to all active items: {names}. If these are tests, "
            "leave them out in the study file: {line}",
            names=few(alike, 10),
            line=exclusion_line(study, alike),
        )
    ]


def left_out_problems(quality: Quality, fit: Callable[[pd.Index[str]], object]) -> list[Problem]:
    """Return which rule leaves too few respondents, where it is one that stops a typology.

    The ``quality`` is of answers that make no typology; ``fit`` makes one of some respondents, or
    raises `InputError`. There is a problem where a rule leaves out most respondents and the
    typology could be made without it.
    """
    read = len(quality.missing_by_respondent)
    for steps in ((INCOMPLETE,), EXCLUSIONS, (INCOMPLETE, *EXCLUSIONS)):
        kept = quality.kept_but_for(*steps)
        if len(kept) > 2 * len(quality.kept) and _is_made(fit, kept):
            return [_too_few_left(quality, steps, read)]
    return []


def _is_made(fit: Callable[[pd.Index[str]], object], kept: pd.Index[str]) -> bool:
    try:
        fit(kept)
    except InputError:
        return False
    return True


def _too_few_left(quality: Quality, steps: Sequence[str], read: int) -> Problem:
    left = len(quality.kept)
    if INCOMPLETE in steps:
        value = phrase("complete cases, which leave {left} of {read} respondents", left=left,
                       read=read)  # fmt: skip
        remedy = phrase("Keep those who miss an answer: write 'missing: passive category'.")
        where = phrase("study file › {key}", key="missing")
    else:
        value = phrase("exclusions that leave {left} of {read} respondents", left=left, read=read)
        remedy = phrase("Leave out fewer respondents, or check the answers.")
        where = phrase("study file › {key}", key="exclusions")
    return Problem("", "", value, phrase("enough respondents to make the typology"), remedy, where)
