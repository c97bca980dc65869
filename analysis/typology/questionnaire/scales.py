"""What makes an answer scale usable: consecutive codes, distinct labels, balance."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal

from typology.problems.faults import Fault
from typology.questionnaire.no_answer_words import says_no_answer
from typology.words.number_conventions import study_line
from typology.words.phrases import phrase
from typology.words.spelling import fold

if TYPE_CHECKING:
    from typology.questionnaire.answer_scale import Point, Scale

Stance = Literal["disagree", "neutral", "agree"]
_ORDER: tuple[Stance, ...] = ("disagree", "neutral", "agree")

# Labels that say "in the middle": elsewhere than in the middle, the scale is not balanced.
_NEUTRAL_WORDINGS = ("ni d'accord ni", "ni en accord ni", "neither ", "neutral", "neutre")
_AGREEMENT = re.compile(r"\b(?:dis)?(?:agree|accord)|approuv|approve")
_YES = ("oui", "yes", "true", "vrai")
_NEUTRAL_LABELS = ("indecis", "indecise", "undecided", "unsure", "sans opinion", "no opinion")


def stances(points: Sequence[Point]) -> list[Stance]:
    """Return the stance of each point: the one it declares, or that of its position."""
    middle = (len(points) - 1) / 2
    return [
        point.stance or _ORDER[(position > middle) - (position < middle) + 1]
        for position, point in enumerate(points)
    ]


def asks_for_agreement(scale: Scale) -> bool:
    """Return whether the words of a scale are degrees of agreement, or no and yes.

    >>> from typology.questionnaire import Scale
    >>> never, always = {"code": 1, "en": "Never"}, {"code": 2, "en": "Always"}
    >>> asks_for_agreement(Scale.model_validate([never, always]))
    False
    """
    labels = [fold(label) for point in scale.points for label in (point.fr, point.en) if label]
    ends = [fold(label) for label in (scale.points[-1].fr, scale.points[-1].en) if label]
    return any(_AGREEMENT.search(label) for label in labels) or any(label in _YES for label in ends)


def scale_faults(points: Sequence[Point]) -> list[Fault]:
    """Return everything wrong with the points of a scale, in the order of the file.

    Codes are consecutive and ascending, labels differ, and as many points disagree as agree.
    """
    if len(points) < 2:
        found = phrase("{count} point", count=len(points))
        return [Fault((), found, phrase("at least 2 points"), phrase("Add the others."))]
    faults = _code_faults(points) + _label_faults(points) + _balance_faults(points)
    return _no_point_faults(points) or faults


def _no_point_faults(points: Sequence[Point]) -> list[Fault]:
    """Return the points that are no degree of agreement, such as "don't know"."""
    return [
        Fault(
            ("points", position),
            point.fr or point.en,
            phrase("a degree of agreement"),
            phrase(
                "Offer it beside the points: write the scale as 'points:', with the others below, "
                "and {line}",
                line=study_line("no_opinion", _beside(point)),
            ),
        )
        for position, point in enumerate(points)
        if position != (len(points) - 1) / 2 and point.stance is None and _says_no_answer(point)
    ]


def _says_no_answer(point: Point) -> bool:
    return any(says_no_answer(label) for label in (point.fr, point.en) if label)


def _beside(point: Point) -> dict[str, object]:
    """Return a point as the answer that stands beside a scale."""
    words = {language: text for language in ("fr", "en") if (text := getattr(point, language))}
    return {"code": point.code, **words, "counts_as": "missing"}


def _code_faults(points: Sequence[Point]) -> list[Fault]:
    codes = [point.code for point in points]
    expected = list(range(min(codes), min(codes) + len(codes)))
    if codes == expected:
        return []
    found = ", ".join(map(str, codes))
    wanted = phrase("consecutive ascending codes ({codes})", codes=", ".join(map(str, expected)))
    remedy = phrase(
        "List the points from the least to the most agreement, without gap or repetition."
    )
    return [Fault((), found, wanted, remedy)]


def _label_faults(points: Sequence[Point]) -> list[Fault]:
    faults = []
    codes = {str(point.code) for point in points}
    for language in ("fr", "en"):
        seen: dict[str, int] = {}
        moved = False  # once said, it is of all the points
        for position, point in enumerate(points):
            label = getattr(point, language)
            if not moved and label.strip() in codes - {str(point.code)}:
                moved = True
                expected = phrase("a label that is not the code of another point")
                remedy = phrase(
                    "Give the points the codes that their labels say, the lowest first; where a "
                    "high one means less agreement, write 'reversed: true' in the items."
                )
                faults.append(Fault(("points", position, language), label, expected, remedy))
            first = seen.setdefault(fold(label), point.code)
            if label and first != point.code:
                expected = phrase("a label that differs from that of code {code}", code=first)
                remedy = phrase(
                    "Accents and capitals are not a difference: answers are read without them."
                )
                faults.append(Fault(("points", position, language), label, expected, remedy))
    return faults


def _says_neutral(point: Point) -> bool:
    labels = [fold(label) for label in (point.fr, point.en) if label]
    return any(
        label in _NEUTRAL_LABELS or any(wording in label for wording in _NEUTRAL_WORDINGS)
        for label in labels
    )


def _balance_faults(points: Sequence[Point]) -> list[Fault]:
    found = stances(points)
    positions = [_ORDER.index(stance) for stance in found]
    if positions != sorted(positions):
        remedy = phrase("Order the points, or correct 'stance'.")
        expected = phrase("disagree, then neutral, then agree")
        return [Fault((), ", ".join(found), expected, remedy)]
    disagree, agree = found.count("disagree"), found.count("agree")
    if disagree != agree:
        value = phrase(
            "{disagree} that disagree and {agree} that agree", disagree=disagree, agree=agree
        )
        expected = phrase("a balanced scale, as many points on each side")
        return [Fault((), value, expected, _REBALANCE)]
    return [
        Fault(
            ("points", position),
            point.fr or point.en,
            phrase("this label in the middle of the scale"),
            _REBALANCE,
        )
        for position, (point, stance) in enumerate(zip(points, found, strict=True))
        if stance != "neutral" and point.stance is None and _says_neutral(point)
    ]


_REBALANCE = phrase("Add or remove points so that the scale has as many that disagree as agree.")
