"""What keeps published percentages of a sample from being compared with a population."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from typology.problems import Problem
from typology.study.margin_checks import are_percentages, are_shares_or_counts, is_figure
from typology.words.phrases import phrase
from typology.words.spelling import did_you_mean


def published_problems(content: Mapping[str, Any], *, where: str) -> list[Problem]:
    """Return what a file of margins lacks to compare a published sample with its population.

    ``content`` is as the file says it. What is no figure, or no whole, is told elsewhere.

    >>> print(published_problems({"margins": {}}, where="barometer.yml")[0])
    barometer.yml: found nothing, expected the key 'population_size'. Write how many people ...
    """
    size, margins = _whole(content.get("population_size")), content.get("margins")
    problems = []
    if content.get("population_size") is None:
        expected = phrase("the key '{key}'", key="population_size")
        remedy = phrase("Write how many people or units the percentages of the population are of.")
        problems.append(Problem("", "", "", expected, remedy, where))
    for name, margin in margins.items() if isinstance(margins, Mapping) else ():
        if isinstance(margin, Mapping):
            problems += _margin_problems(margin, size, f"{where} › margins › {name}")
    return problems


def _margin_problems(margin: Mapping[str, Any], size: int | None, where: str) -> list[Problem]:
    problems = []
    population, published = _figures(margin.get("population")), margin.get("published")
    values = list(population.values())
    if values and are_shares_or_counts(values) and not are_percentages(values):
        found = phrase("a sum of {sum}", sum=float(sum(values)))
        expected = phrase("percentages, which add up to 100")
        remedy = phrase("Write the percentages of the population.")
        problems.append(Problem("", "", found, expected, remedy, f"{where} › population"))
    if published is None:
        expected = phrase("the key '{key}'", key="published")
        remedy = phrase("Write what was published of the sample, or leave this margin out.")
        problems.append(Problem("", "", "", expected, remedy, where))
    if not isinstance(published, Mapping):
        return problems
    sample = _figures(published.get("percentages"))
    if not population or not sample:
        return problems
    place = f"{where} › published › percentages"
    problems += _lonely_categories(population, sample, place)
    base = _whole(published.get("base"))
    if problems or size is None or base is None:
        return problems
    return _count_problems(population, sample, size, base, place)


def _lonely_categories(
    population: Mapping[str, float], sample: Mapping[str, float], where: str
) -> list[Problem]:
    """Return the categories that only one of the two has."""
    names = ", ".join(population)
    expected = phrase("a category of the population ({names})", names=names)
    choose = phrase("Name one of these categories.")
    problems = [
        Problem("", "", code, expected, did_you_mean(code, list(population)) or choose, where)
        for code in sample
        if code not in population
    ]
    remedy = phrase("Add it; 0 if nobody of the sample is in it.")
    return problems + [
        Problem("", "", "", phrase("a figure for '{code}'", code=code), remedy, where)
        for code in population
        if code not in sample
    ]


def _count_problems(
    population: Mapping[str, float],
    sample: Mapping[str, float],
    size: int,
    base: int,
    where: str,
) -> list[Problem]:
    """Return what whole numbers behind both percentages cannot be."""
    people = {code: round(figure * size / 100) for code, figure in population.items()}
    counts = {code: round(figure * base / 100) for code, figure in sample.items()}
    total = sum(counts.values())
    remedy = phrase("Correct the percentages, their base or the size of the population.")
    problems = []
    if not 0 < total < size:
        found = phrase("{count} respondents", count=total)
        expected = phrase("at least 1, and fewer than the {count} of the population", count=size)
        problems.append(Problem("", "", found, expected, remedy, where))
    expected = phrase("a figure above 0 for a category that respondents have")
    for code, count in counts.items():
        if count and not people[code]:
            found = phrase("{category}: 0, but {count} respondents", category=code, count=count)
            problems.append(Problem("", "", found, expected, remedy, where))
    return problems


def _figures(written: object) -> dict[str, float]:
    """Return figures by category; nothing if one of them is no figure."""
    if not isinstance(written, Mapping) or not all(map(is_figure, written.values())):
        return {}
    return {str(code): figure for code, figure in written.items()}


def _whole(written: object) -> int | None:
    """Return a whole number, however the file writes it; None if it is none."""
    try:
        number = float(str(written))
        return int(number) if number > 0 else None
    except (ValueError, OverflowError):
        return None
