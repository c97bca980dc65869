"""The error rates of the verdict, on simulated populations whose truth is known."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd

from typology.exhibits.paper_table import Column, PaperTable, RowGroup
from typology.words import number, word

_TRUTHS = ("none", "one", "either", "several", "others", "ordered", "groups")
_WITH_GROUPS = ("ordered", "groups")
_ARRANGEMENTS = ("row", "triangle", "square")
_MOSTLY = 80.0
"""Percent of samples in which what is there is seen: the power usually asked of a test."""
_STUDY_TYPES = ["ordered groups", "groups"]
# That of `verdict_errors.py`: a test holds it to it.
PRESENT_TESTS = 4
"""Number of the present tests of the verdict; rates of earlier ones are marked."""
_OLDER = "°"


def error_rates_table(error_rates: pd.DataFrame, language: str) -> PaperTable:
    """Return how often the verdict is wrong on populations whose truth is known.

    A group of rows a truth, two columns a number of respondents: percent of samples whose types
    are called groups, and percent with the right verdict. Columns read: ``n``, ``population``,
    ``truth``, ``samples``, ``tests``, ``ordered groups``, ``groups``, ``right`` (percent). Percents
    of earlier tests have a degree sign, and are not in the means.
    """
    sizes = sorted(error_rates["n"].unique())
    rows = error_rates.assign(called_groups=error_rates[_STUDY_TYPES].sum(axis=1))
    groups = [
        RowGroup(
            word("paper_truth", language, truth),
            tuple(
                _row(str(name), same.set_index("n"), sizes, language)
                for name, same in rows[rows["truth"] == truth].groupby("population", sort=False)
            ),
        )
        for truth in _TRUTHS
        if (rows["truth"] == truth).any()
    ]
    columns = [Column(word("paper_population", language), "left")]
    for size in sizes:
        spanner = f"n = {number(size, language, 0)}"
        columns += [
            Column(word("paper_called_groups", language), spanner=spanner),
            Column(word("paper_right", language), spanner=spanner),
        ]
    present = rows[rows["tests"] == PRESENT_TESTS]
    notes = (
        word("paper_errors_note", language),
        *_older_note(rows, language),
        *(
            _worst(present[present["n"] == size], size, language)
            for size in sorted(present["n"].unique())
        ),
    )
    return PaperTable(tuple(columns), tuple(groups), notes)


def separation_table(separation: pd.DataFrame, language: str) -> PaperTable:
    """Return how far apart types must be to be seen, by number of respondents.

    A group of rows an arrangement of types, a row a distance, a column a number of respondents:
    percent of samples whose types are called groups. Columns read: ``arrangement``,
    ``higher_of_ten`` (of ten pairs of neighbours, those whose one answers an item the higher),
    ``n``, ``samples``, ``tests``, ``shown`` (percent).
    """
    sizes = sorted(separation["n"].unique())
    groups, seen = [], []
    for arrangement in _ARRANGEMENTS:
        same = separation[separation["arrangement"] == arrangement]
        if same.empty:
            continue
        name = word("paper_arrangement", language, arrangement)
        shown, tests = (
            same.pivot_table(column, "higher_of_ten", "n").reindex(columns=sizes)
            for column in ("shown", "tests")
        )
        rows = tuple(
            (
                number(apart, language, 1),
                *(
                    _rate(shown.loc[apart, size], tests.loc[apart, size], language)
                    for size in sizes
                ),
            )
            for apart in shown.index
        )
        groups.append(RowGroup(name, rows))
        seen.append(_first_seen(name, shown, language))
    columns = [Column(word("paper_higher_of_ten", language), "left")]
    spanner = word("paper_types_seen", language)
    columns += [Column(f"n = {number(size, language, 0)}", spanner=spanner) for size in sizes]
    samples = number(separation["samples"].min(), language, 0)
    note = word("paper_separation_note", language, samples=samples)
    notes = (note, *_older_note(separation, language), *seen)
    return PaperTable(tuple(columns), tuple(groups), notes)


def _first_seen(name: str, shown: pd.DataFrame, language: str) -> str:
    """Return from which distance on the types of an arrangement are mostly seen, for each size."""
    told = []
    for size, counted in shown.items():
        percent = counted.dropna()
        hidden = percent[percent < _MOSTLY]
        enough = percent.index[percent.index > (hidden.index.max() if len(hidden) else 0)]
        n = number(float(str(size)), language, 0)
        if len(enough):
            least = number(float(enough.min()), language, 1)
            told.append(word("paper_seen_from", language, n=n, least=least))
        else:
            told.append(word("paper_never_seen", language, n=n))
    return word(
        "paper_seen", language, types=name, list=word("narrative_then", language).join(told)
    )


def case_name(population: str, language: str) -> str:
    """Return the name of a population, as it is in the file where it has no words.

    >>> case_name("one trait, loadings .6", "fr")
    'une attitude, saturations de 0,6'
    """
    try:
        return word("case", language, population)
    except KeyError:
        return population


def _row(population: str, rates: pd.DataFrame, sizes: list[int], language: str) -> tuple[str, ...]:
    known = rates[["called_groups", "right", "tests"]].reindex(sizes)
    cells = [
        _rate(percent, tests, language)
        for *percents, tests in known.to_numpy(dtype=float)
        for percent in percents
    ]
    return (case_name(population, language), *cells)


def _rate(percent: float, tests: float, language: str) -> str:
    """Return a percent, marked where it is that of earlier tests."""
    return number(percent, language, 0) + (_OLDER if tests < PRESENT_TESTS else "")


def _older_note(rates: pd.DataFrame, language: str) -> tuple[str, ...]:
    """Say what the mark means, where there is one."""
    older = (rates["tests"] < PRESENT_TESTS).any()
    return (word("paper_older_note", language, mark=_OLDER),) if older else ()


def _worst(rates: pd.DataFrame, size: int, language: str) -> str:
    """Return the mean and the worst rate of false groups at one number of respondents."""
    without = rates.loc[~rates["truth"].isin(_WITH_GROUPS), "called_groups"]
    told: Mapping[Hashable, Any] = {
        "n": number(size, language, 0),
        "cases": number(len(without), language, 0),
        "samples": number(rates["samples"].min(), language, 0),
        "mean": number(without.mean(), language, 1),
        "worst": number(without.max(), language, 0),
    }
    return word("paper_errors_worst", language, **{str(key): each for key, each in told.items()})
