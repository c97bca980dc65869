"""Numbers of respondents too few to be shown, within a sentence and in a cell."""

from __future__ import annotations

import math

from typology.words import number, percent, word

HIDDEN = "·"
"""What stands in a cell for a number that is not shown."""


def plural_of(count: float) -> int:
    """Return the number by which words agree with a count; a few are several."""
    return 2 if math.isnan(count) else round(count)


def told_count(count: float, language: str) -> str:
    """Return how many respondents, or that they are a few, where that is not shown."""
    return word("a_few", language) if math.isnan(count) else number(count, language, 0)


def told_share(count: float, n: float, language: str) -> str:
    """Return the percentage of ``n``, or that the number is not shown."""
    return word("not_shown", language) if math.isnan(count) else percent(100 * count / n, language)
