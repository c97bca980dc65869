"""What is read off the tables of validity: Hennig's marks, who may change type, the agreement."""

from __future__ import annotations

import pandas as pd

# Those of `rfree.reality.stability_tables`, which pages are not to load: a test holds them to it.
MARKS = {"do not trust": 0.0, "a pattern": 0.6, "stable": 0.75, "highly stable": 0.85}
"""From which mean Jaccard index each reading begins, in ascending order."""

STABLE = MARKS["stable"]
DOUBTFUL = 100 * STABLE
"""Percent of the resamples below which a respondent may be of another type."""


def doubtful(respondents: pd.DataFrame) -> int:
    """Return how many respondents may be of another type; column ``confidence`` (0-1)."""
    return int((100 * respondents["confidence"] < DOUBTFUL).sum())


def agreement(cases: pd.DataFrame) -> tuple[float, float, float]:
    """Return the least, the median and the greatest adjusted Rand index of partitions."""
    values = cases["adjusted_rand"]
    return float(values.min()), float(values.median()), float(values.max())
