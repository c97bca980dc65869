"""What is wrong with the figures and the names of population margins."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from typology.problems import Problem
from typology.questionnaire import Questionnaire
from typology.questionnaire.characteristics import band_codes
from typology.words.phrases import all_of, joined, phrase
from typology.words.spelling import did_you_mean

MERGED = " + "
"""Between the codes of categories that a population's figures do not tell apart."""


def figure_problems(margins: Mapping[str, Any], *, where: str) -> list[Problem]:
    """Return the margins whose figures are neither shares, percentages nor counts.

    ``margins`` are as the file says them; those without a figure for each category are told
    elsewhere.

    >>> print(figure_problems({"sex": {"population": {"f": 49, "m": 41}}}, where="margins.yml")[0])
    margins.yml › margins › sex › population: found a sum of 90, expected figures that add up ...
    """
    problems = []
    for name, margin in margins.items():
        figures = margin.get("population") if isinstance(margin, Mapping) else None
        if not isinstance(figures, Mapping) or len(figures) < 2:
            continue
        values = list(figures.values())
        if not all(is_figure(value) for value in values) or are_shares_or_counts(values):
            continue
        problems.append(
            Problem(
                "", "", phrase("a sum of {sum}", sum=float(sum(values))),
                phrase("figures that add up to 100 (percentages), to 1 (shares), or whole counts"),
                phrase("Correct them, or write the numbers of people."),
                f"{where} › margins › {name} › population",
            )
        )  # fmt: skip
    return problems


def name_problems(
    margins: Mapping[str, Any], questionnaire: Questionnaire, *, where: str
) -> list[Problem]:
    """Return the questions and categories that a questionnaire and margins do not share."""
    known = margin_categories(questionnaire)
    problems = []
    for name, margin in margins.items():
        place = f"{where} › margins"
        if name not in known:
            names = all_of(known)
            expected = phrase(
                "a question with choices, or a number in bands ({names})", names=names
            )
            remedy = did_you_mean(name, list(known)) or (
                phrase("Name one of these questions.") if known else phrase("Remove it.")
            )
            problems.append(Problem("", "", name, expected, remedy, place))
            continue
        figures = margin.get("population") if isinstance(margin, Mapping) else None
        if isinstance(figures, Mapping):
            place = f"{place} › {name} › population"
            problems += _category_problems(list(map(str, figures)), known[name], name, place)
    return problems


def margin_categories(questionnaire: Questionnaire) -> dict[str, list[str]]:
    """Return the questions that can be margins, each with the codes of its categories.

    They are single choices, and numbers in bands.
    """
    categories = {}
    for question in questionnaire.respondent:
        if question.type == "single":
            categories[question.id] = list(question.choice_codes)
        elif question.type == "number" and question.bands:
            categories[question.id] = band_codes(question.bands)
    return categories


def _category_problems(
    names: Sequence[str], known: Sequence[str], question: str, where: str
) -> list[Problem]:
    listed = ", ".join(known)
    codes = [code for name in names for code in name.split(MERGED)]
    problems = []
    for code in dict.fromkeys(codes):
        if code not in known:
            expected = phrase("an answer to {question} ({names})", question=question, names=listed)
            remedy = did_you_mean(code, list(known)) or phrase("Name one of these answers.")
            problems.append(Problem("", "", code, expected, remedy, where))
    for code, count in Counter(codes).items():
        if count > 1:
            expected, remedy = phrase("each category once"), phrase("Keep one of the two.")
            problems.append(Problem("", "", code, expected, remedy, where))
    for code in known:
        if code not in codes:
            problems.append(
                Problem(
                    "", "", "", phrase("a figure for '{code}'", code=code),
                    joined([
                        did_you_mean(code, [each for each in codes if each not in known]),
                        phrase('Add it, or merge it with another: "one + other".'),
                    ]),
                    where,
                )
            )  # fmt: skip
    return problems


def is_figure(value: object) -> bool:
    """Return whether a value is a number that a share, a percentage or a count can be."""
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value < 1e15


def are_percentages(values: Sequence[float]) -> bool:
    """Return whether figures add up to 100, each being wrong by half its last digit at most.

    >>> are_percentages([33.3, 33.3, 33.3]), are_percentages([33.3, 33.3, 33.0])
    (True, False)
    """
    total, digit = _sum_and_digit(values)
    return abs(total - 100) <= digit * len(values) / 2


def are_shares_or_counts(values: Sequence[float]) -> bool:
    """Return whether figures are percentages, shares that add up to 1, or whole counts."""
    total, digit = _sum_and_digit(values)
    slack = digit * len(values) / 2
    if are_percentages(values) or (digit < 1 and abs(total - 1) <= slack):
        return True
    return digit == 1 and total > 100 + slack


def _sum_and_digit(values: Sequence[float]) -> tuple[Decimal, Decimal]:
    """Return the sum of figures, and one of the last digit that they are written with."""
    total = sum((Decimal(repr(value)) for value in values), Decimal(0))
    places = [Decimal(repr(value)).normalize().as_tuple().exponent for value in values]
    return total, Decimal(1).scaleb(min(0, *(int(place) for place in places)))
