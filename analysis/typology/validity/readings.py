"""What is read off the tables of validity: Hennig's marks, who may change type, the agreement."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from typology.exhibits.labels import Labels
from typology.exhibits.run_tables import Tables
from typology.words.statistic_values import replicated_p

# Those of `rfree.reality.stability_tables`, which pages are not to load: a test holds them to it.
STABILITY_MARKS = {"do not trust": 0.0, "a pattern": 0.6, "stable": 0.75, "highly stable": 0.85}
"""From which mean Jaccard index each reading begins, in ascending order."""

STABLE = STABILITY_MARKS["stable"]
DOUBTFUL = 100 * STABLE
"""Percent of the resamples below which a respondent may be of another type."""


def doubtful(respondents: pd.DataFrame) -> int:
    """Return how many respondents may be of another type; column ``confidence`` (0-1)."""
    return int((100 * respondents["confidence"] < DOUBTFUL).sum())


def agreement(cases: pd.DataFrame) -> tuple[float, float, float]:
    """Return the least, the median and the greatest adjusted Rand index of partitions."""
    values = cases["adjusted_rand"]
    return float(values.min()), float(values.median()), float(values.max())


def boundary_p(
    row: Mapping[Any, Any], name: str, tables: Tables, labels: Labels, *, named: bool = True
) -> str:
    """Return a p-value of a boundary ("p_value", "p_holm"), at most which it is at its floor.

    That is where no draw of the null population is as deep. Uses ``null_tests``.
    """
    drawn = tables["null_tests"]
    drawn = drawn[(drawn["null"] == row["null"]) & (drawn["statistic"] == "weakest_gap")]
    # So many draws of which none is as deep have a p-value as high without the correction.
    as_many = (drawn["replicates"].max() + 1) * row["p_value"] / row[name] - 1
    return replicated_p(row[name], labels.language, as_many, named=named)
