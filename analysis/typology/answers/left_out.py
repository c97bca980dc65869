"""Who a study leaves out, and whether too few are left to make its typology."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from typology.answers.platforms.collected import Collected
from typology.answers.quality import Quality, assess_quality
from typology.answers.responses import Responses
from typology.problems.problem import InputError, Problem
from typology.questionnaire.header_names import fold_wording
from typology.study.sections import Exclusions
from typology.study.study import Study
from typology.words.number_conventions import study_line
from typology.words.phrases import Phrase, few, phrase
from typology.words.spelling import did_you_mean

ITEMS_TO_TELL_APART = 10
"""With fewer active items, two respondents may well answer all of them alike."""
MOST_NAMED = 30
"""More respondents than this fill no line to paste."""
INCOMPLETE = "incomplete"
COLLECTION = ("tests", "refused", "partial", "too fast", "other languages")
EXCLUSIONS = ("named", *COLLECTION, "too many missing", "straight-liners", "duplicates")
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
        excluded_in_collection=collection_rules(choices.exclusions, responses.collected),
        max_missing_share=choices.exclusions.max_missing_share,
        exclude_straight_liners=choices.exclusions.straight_liners,
        exclude_duplicates=choices.exclusions.duplicates,
        complete_cases=choices.missing == "complete cases",
    )


def collection_rules(
    chosen: Exclusions, told: Collected
) -> list[tuple[str, npt.NDArray[np.bool_]]]:
    """Return the steps of the flow that the platform's own columns make, and whom each leaves out.

    "tests" is one where a column marks some, whatever the choice but "keep"; the others where they
    are asked for and the file tells.
    """
    rules: list[tuple[str, npt.NDArray[np.bool_]]] = []
    if told.tests is not None and told.tests.any() and chosen.tests == "leave out":
        rules.append(("tests", told.tests.to_numpy(dtype=bool)))
    if told.consents is not None and chosen.consent is not None:
        given = {fold_wording(each) for each in chosen.consent.given}
        rules.append(("refused", ~told.consents.map(fold_wording).isin(given).to_numpy()))
    if told.finished is not None and chosen.partial == "leave out":
        rules.append(("partial", ~told.finished.to_numpy(dtype=bool)))
    if told.minutes is not None and chosen.fastest is not None:
        rules.append(("too fast", (told.minutes < chosen.fastest).to_numpy(dtype=bool)))
    if told.languages is not None and chosen.languages:
        kept = [each.strip().lower() for each in chosen.languages]
        rules.append(("other languages", ~told.languages.isin(kept).to_numpy()))
    return rules


def collection_problems(study: Study, responses: Responses) -> list[Problem]:
    """Return the exclusions asked for that the file of answers has no column to tell."""
    chosen, told = study.choices.exclusions, responses.collected
    asked = {
        "partial": (chosen.partial == "leave out", told.finished,
                    phrase("a column of the platform that says who finished")),
        "fastest": (chosen.fastest is not None, told.minutes,
                    phrase("a column of the platform that says how long each took")),
        "languages": (bool(chosen.languages), told.languages,
                      phrase("a column of the platform that says the language of each")),
    }  # fmt: skip
    remedy = phrase("Remove this key, or export this column as well.")
    return [
        Problem("", "", "", expected, remedy, f"{study.path.name} › exclusions › {key}")
        for key, (wanted, column, expected) in asked.items()
        if wanted and column is None
    ]


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
    """Return the line of a study file that leaves respondents out, with what it says already.

    Respondents who answered alike, when they are many, are not named one by one.
    """
    declared = study.choices.exclusions.model_dump(exclude_defaults=True)
    named = list(map(str, respondents))
    if len(named) > MOST_NAMED:
        return study_line("exclusions", {**declared, "duplicates": True})
    names = [*declared.pop("respondents", ()), *named]
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
