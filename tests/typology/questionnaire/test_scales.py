"""What is wrong with an answer scale: every fault with its place and its remedy."""

from __future__ import annotations

from typing import Any

import pytest

from typology.problems.faults import Fault
from typology.questionnaire.answer_scale import MergedPoints, NoOpinion, Point, Scale
from typology.questionnaire.scale_parts import merge_faults, no_opinion_faults
from typology.questionnaire.scales import asks_for_agreement, scale_faults, stances


def point(code: int, en: str, fr: str = "", stance: str | None = None) -> Point:
    return Point.model_construct(code=code, en=en, fr=fr, stance=stance)


def points(*labels: str, first: int = 1) -> list[Point]:
    return [point(code, label) for code, label in enumerate(labels, start=first)]


def told(faults: list[Fault]) -> list[tuple[Any, ...]]:
    return [(each.place, str(each.value), str(each.expected), str(each.remedy)) for each in faults]


ORDER = "List the points from the least to the most agreement, without gap or repetition."
ALIKE = "Accents and capitals are not a difference: answers are read without them."
BALANCE = "Add or remove points so that the scale has as many that disagree as agree."


def test_stances_are_those_of_the_position_or_declared() -> None:
    assert stances(points("a", "b")) == ["disagree", "agree"]
    assert stances(points("a", "b", "c")) == ["disagree", "neutral", "agree"]
    assert stances(points(*"abcde"))[1:4] == ["disagree", "neutral", "agree"]
    declared = [point(1, "a", stance="neutral"), *points("b", first=2)]
    assert stances(declared) == ["neutral", "agree"]


@pytest.mark.parametrize(
    ("labels", "agreement"),
    [
        (("Disagree", "Agree"), True), (("Pas d’accord", "D'accord"), True),
        (("Never", "Always"), False), (("No", "Yes"), True), (("Faux", "VRAI"), True),
        (("Yes", "No"), False), (("I approve", "x"), True), (("Désapprouve", "x"), False),
        (("Accordion", "x"), True), (("Disaccord", "x"), True), (("Approuve", "x"), False),
    ],
)  # fmt: skip
def test_scales_that_ask_for_agreement_are_known_by_their_words(
    labels: tuple[str, str], agreement: bool
) -> None:
    for language in ("fr", "en"):
        scale = Scale.model_validate(
            [{"code": at, language: label} for at, label in enumerate(labels)],
            context={"languages": [language]},
        )
        found = asks_for_agreement(scale)
        assert found is (agreement or "pprouve" in labels[0])


def test_a_scale_has_two_points_at_least() -> None:
    for few in ([], points("a")):
        assert told(scale_faults(few)) == [
            ((), f"{len(few)} point", "at least 2 points", "Add the others.")
        ]
    assert scale_faults(points("a", "b")) == []


@pytest.mark.parametrize(
    ("codes", "expected"),
    [([1, 3], "1, 2"), ([2, 1], "1, 2"), ([0, 0], "0, 1"), ([-1, 1, 2], "-1, 0, 1")],
)
def test_codes_are_consecutive_and_ascending(codes: list[int], expected: str) -> None:
    found = told(scale_faults([point(code, f"p{at}") for at, code in enumerate(codes)]))
    assert found == [
        ((), ", ".join(map(str, codes)), f"consecutive ascending codes ({expected})", ORDER)
    ]
    assert scale_faults([point(-1, "a"), point(0, "b")]) == []


def test_labels_differ_beyond_accents_and_capitals_in_each_language() -> None:
    scale = [point(1, "Été", "Un"), point(2, "ete", "Deux"), point(3, "", "UN"), point(4, "", "")]
    assert told(scale_faults(scale)) == [
        (("points", 2, "fr"), "UN", "a label that differs from that of code 1", ALIKE),
        (("points", 1, "en"), "ete", "a label that differs from that of code 1", ALIKE),
    ]


def test_labels_that_are_the_codes_of_other_points_are_told_once() -> None:
    found = told(scale_faults([point(1, "3"), point(2, "2"), point(3, " 1 ")]))
    assert found == [
        (("points", 0, "en"), "3", "a label that is not the code of another point",
         "Give the points the codes that their labels say, the lowest first; where a high one "
         "means less agreement, write 'reversed: true' in the items."),
    ]  # fmt: skip
    assert scale_faults(points("1", "2")) == []


def test_stances_are_in_order_and_balanced() -> None:
    turned = [point(1, "a", stance="agree"), point(2, "b", stance="disagree")]
    assert told(scale_faults(turned)) == [
        ((), "agree, disagree", "disagree, then neutral, then agree",
         "Order the points, or correct 'stance'."),
    ]  # fmt: skip
    uneven = [point(1, "a", stance="disagree"), point(2, "b", stance="disagree"),
              point(3, "c", stance="agree")]  # fmt: skip
    assert told(scale_faults(uneven)) == [
        ((), "2 that disagree and 1 that agree", "a balanced scale, as many points on each side",
         BALANCE),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "label",
    ["Neither agree nor disagree", "Ni d'accord ni pas d'accord", "Neutral", "Plutôt neutre",
     "Undecided", "Indécis", "Ni en accord ni en désaccord"],
)  # fmt: skip
def test_a_label_of_the_middle_stands_in_the_middle(label: str) -> None:
    assert scale_faults(points("a", label, "c")) == []
    assert told(scale_faults(points("a", "b", label, "d"))) == [
        (("points", 2), label, "this label in the middle of the scale", BALANCE)
    ]
    declared = [point(1, "a"), point(2, "b"), point(3, label, stance="agree"), point(4, "d")]
    assert scale_faults(declared) == []


def test_what_is_no_degree_is_told_with_the_line_to_write() -> None:
    scale = [*points("a", "b", "c"), point(4, "Don't know", "NSP")]
    (fault,) = told(scale_faults(scale))
    assert fault[:3] == (("points", 3), "NSP", "a degree of agreement")
    assert fault[3] == (
        "Offer it beside the points: write the scale as 'points:', with the others below, and "
        'no_opinion: {code: 4, fr: "NSP", en: "Don\'t know", counts_as: "missing"}'
    )
    (alone,) = told(scale_faults([*points("a"), point(2, "Don't know")]))
    assert alone[1] == "Don't know"
    assert 'no_opinion: {code: 2, en: "Don\'t know", counts_as: "missing"}' in alone[3]
    assert scale_faults([point(1, "a"), point(2, "Don't know"), point(3, "c")]) == []


# --- Beside the points ---


def no_opinion(code: int, fr: str, en: str) -> NoOpinion:
    return NoOpinion.model_construct(code=code, fr=fr, en=en, counts_as="missing")


def test_an_answer_beside_the_scale_is_none_of_its_points() -> None:
    scale = [point(1, "No", "Non"), point(2, "Yes", "Oui")]
    assert no_opinion_faults(scale, None) == []
    assert no_opinion_faults(scale, no_opinion(9, "NSP", "DK")) == []
    assert no_opinion_faults([point(1, "No"), point(2, "Yes")], no_opinion(9, "", "DK")) == []
    assert told(no_opinion_faults(scale, no_opinion(2, "OUI", "no"))) == [
        (("no_opinion", "code"), "2", "a code that no point of the scale has",
         "Write the code that the file of answers has for it."),
        (("no_opinion", "fr"), "OUI", "a label that differs from that of code 2", ALIKE),
        (("no_opinion", "en"), "no", "a label that differs from that of code 1", ALIKE),
    ]  # fmt: skip


def merged(*parts: tuple[tuple[int, ...], str, str]) -> list[MergedPoints]:
    return [MergedPoints.model_construct(codes=codes, fr=fr, en=en) for codes, fr, en in parts]


def test_merged_points_are_all_points_once_in_order() -> None:
    assert merge_faults([1, 2, 3], []) == []
    assert merge_faults([1, 2, 3], merged(((1, 2), "a", "b"), ((3,), "c", "d"))) == []
    expected = "every point once, in the order of the scale (1, 2, 3), in 2 categories at least"
    for parts, found in (
        ([(1, 2, 3)], "1, 2, 3"), ([(1,), (3,)], "1 | 3"), ([(1, 3), (2,)], "1, 3 | 2"),
        ([(1, 2), (2, 3)], "1, 2 | 2, 3"),
    ):  # fmt: skip
        listed = merged(*((codes, f"f{at}", f"e{at}") for at, codes in enumerate(parts)))
        assert told(merge_faults([1, 2, 3], listed)) == [
            (("merge",), found, expected, "Correct 'codes'.")
        ]


def test_merged_points_have_words_of_their_own() -> None:
    parts = merged(((1,), "Été", ""), ((2,), "ete", ""), ((3,), "x", "y"), ((4,), "z", "Y"))
    assert told(merge_faults([1, 2, 3, 4], parts)) == [
        (("merge", 1, "fr"), "ete", "words that no other category has",
         "Word one of the two otherwise."),
        (("merge", 3, "en"), "Y", "words that no other category has",
         "Word one of the two otherwise."),
    ]  # fmt: skip
