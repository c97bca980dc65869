"""Whether two waves asked the same people: what the identifiers say, or who runs the command."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pandas as pd

from typology.answers.responses import Responses
from typology.problems import InputError, Problem
from typology.tools.compare.respondent_matching import (
    FEWEST_IN_PANEL,
    Matched,
    match_alike,
    match_respondents,
    repeated_identifiers,
)
from typology.words.phrases import Phrase, joined, phrase

_EXAMPLES = 3


@dataclass(frozen=True)
class WaveDesign:
    """How two waves are compared.

    Parameters
    ----------
    panel : bool
        Whether respondents are compared with themselves.
    matched : Matched or None
        None where identifiers were not looked at.
    """

    panel: bool
    matched: Matched | None


def find_design(
    first: Responses, second: Responses, *, panel: bool, independent: bool
) -> WaveDesign:
    """Decide whether two files are of the same people; the caller may know it by an option.

    Raises InputError if both options are given, if several respondents of a file have one
    identifier, if nothing tells whether respondents with the same identifier are the same people,
    or if a panel that is asked for has not two respondents.
    """
    where = f"{first.source}, {second.source}"
    if panel and independent:
        expected = phrase("--panel or --independent")
        remedy = phrase("Leave one of the options out.")
        raise InputError(Problem("", "", phrase("both at once"), expected, remedy, "compare"))
    identified = first.identified and second.identified
    if panel and not identified:
        expected = phrase("a column that identifies the respondents in both files")
        remedy = phrase("Name it with respondent_column in the study file.")
        raise InputError(Problem("", "", "", expected, remedy, where))
    if independent or not identified:
        return WaveDesign(False, None)
    repeated = [*repeated_identifiers(first), *repeated_identifiers(second)]
    if repeated:
        raise InputError(repeated)
    matched = match_respondents(first, second)
    if panel:
        matched = match_alike(first, second, matched)
        _require_two(matched.pairs, where)
        return WaveDesign(True, matched)
    if matched.doubts:
        raise InputError(_question(matched, first, second))
    return WaveDesign(len(matched.pairs) > 0, matched)


def analysed_pairs(
    design: WaveDesign, first: pd.Index[Any], second: pd.Index[Any]
) -> pd.DataFrame | None:
    """Return the pairs of a panel that are analysed in both waves, None where there is no panel.

    Raises InputError if fewer than two are left.
    """
    if not design.panel or design.matched is None:
        return None
    pairs = design.matched.pairs
    analysed = pairs[pairs["first"].isin(first) & pairs["second"].isin(second)]
    _require_two(analysed, "compare")
    return analysed.reset_index(drop=True)


def design_notices(design: WaveDesign, test: pd.DataFrame) -> tuple[Phrase, ...]:
    """Return how the respondents of the two files were matched; ``test`` is ``comparison_test``."""
    if design.matched is None:
        return (phrase("The two files are taken for different people."),)
    if not design.panel:
        told = phrase("No identifier is in both files: they are taken for different people.")
        return (told,)
    return (
        phrase(
            "{count} respondents have the same identifier in both files: they are a panel, "
            "each compared with themselves; {first} of the first file alone and {second} of "
            "the second alone are left out. If they are not the same people, use the option "
            "--independent.",
            count=len(design.matched.pairs),
            first=test["only_first"].item(),
            second=test["only_second"].item(),
        ),
        *_how(design.matched),
    )


def _how(matched: Matched) -> Iterator[Phrase]:
    """Tell what was not counted in identifiers, and how alike the matched respondents are."""
    examples = [f"{one} = {two}" for one, two in matched.rewritten.head(_EXAMPLES).to_numpy()]
    if examples:
        yield phrase(
            "{count} of these identifiers are not written alike in the two files ({examples}): "
            "zeros before and after a number, capitals and spaces do not count.",
            count=len(matched.rewritten),
            examples=", ".join(examples),
        )
    told = [
        phrase("{question}: {share}%", question=each["question"], share=round(each["same"]))
        for each in matched.agreement.to_dict("records")
    ]
    if told:
        yield phrase(
            "Of these respondents, how many gave the same answer twice: {list}.",
            list=joined(told, ", "),
        )


def _question(matched: Matched, first: Responses, second: Responses) -> Problem:
    """Return the question whether respondents with the same identifier are the same people."""
    found = phrase(
        "identifiers in common: {shared}, of {first} and {second}; {doubts}",
        shared=len(matched.pairs), first=len(first.items), second=len(second.items),
        doubts=joined(matched.doubts, "; "),
    )  # fmt: skip
    expected = phrase("identifiers that tell whether the two files are of the same people")
    remedy = phrase(
        "If they are the same people, use the option --panel; if they are different people, the "
        "option --independent."
    )
    if len(matched.alike):
        remedy = phrase(
            "If they are the same people, write identifiers alike in both files, or use the option "
            "--panel, which matches them so; if they are different people, use the option "
            "--independent."
        )
    elif len(matched.pairs) < FEWEST_IN_PANEL:
        remedy = phrase(
            "If they are the same people, write identifiers alike in both files; if they are "
            "different people, use the option --independent."
        )
    return Problem("", "", found, expected, remedy, f"{first.source}, {second.source}")


def _require_two(pairs: pd.DataFrame, where: str) -> None:
    if len(pairs) < FEWEST_IN_PANEL:
        found = phrase("identifiers in common: {count}", count=len(pairs))
        expected = phrase("a panel of at least {count} respondents", count=FEWEST_IN_PANEL)
        remedy = phrase(
            "Write identifiers alike in both files, or use the option --independent if they are "
            "different people."
        )
        raise InputError(Problem("", "", found, expected, remedy, where))
