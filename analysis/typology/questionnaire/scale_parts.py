"""What a scale may have beside its points: whether "don't know" and merged points are usable."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from typology.problems.faults import Fault
from typology.words.phrases import phrase
from typology.words.spelling import fold

if TYPE_CHECKING:
    from typology.questionnaire.answer_scale import MergedPoints, NoOpinion, Point


def no_opinion_faults(points: Sequence[Point], declared: NoOpinion | None) -> list[Fault]:
    """Return what makes an answer beside the scale one of its points."""
    if declared is None:
        return []
    faults = []
    codes = [point.code for point in points]
    if declared.code in codes:
        expected = phrase("a code that no point of the scale has")
        remedy = phrase("Write the code that the file of answers has for it.")
        faults.append(Fault(("no_opinion", "code"), str(declared.code), expected, remedy))
    for language in ("fr", "en"):
        said = getattr(declared, language)
        same = [
            each.code for each in points if said and fold(getattr(each, language)) == fold(said)
        ]
        if same:
            expected = phrase("a label that differs from that of code {code}", code=same[0])
            remedy = phrase(
                "Accents and capitals are not a difference: answers are read without them."
            )
            faults.append(Fault(("no_opinion", language), said, expected, remedy))
    return faults


def merge_faults(codes: Sequence[int], merged: Sequence[MergedPoints]) -> list[Fault]:
    """Return what keeps merged points from being categories: gaps, repetitions, the same words."""
    if not merged:
        return []
    listed = [code for each in merged for code in each.codes]
    if listed != list(codes) or len(merged) < 2:
        found = " | ".join(", ".join(map(str, each.codes)) for each in merged)
        expected = phrase(
            "every point once, in the order of the scale ({codes}), in 2 categories at least",
            codes=", ".join(map(str, codes)),
        )
        return [Fault(("merge",), found, expected, phrase("Correct 'codes'."))]
    faults = []
    for language in ("fr", "en"):
        seen: dict[str, int] = {}
        for place, each in enumerate(merged):
            label = getattr(each, language)
            if label and seen.setdefault(fold(label), place) != place:
                expected = phrase("words that no other category has")
                remedy = phrase("Word one of the two otherwise.")
                faults.append(Fault(("merge", place, language), label, expected, remedy))
    return faults
