"""A sample known from published percentages alone, against its population."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from rfree.published_percentages import counts_from_percentages
from rfree.representativeness import compare_with_margins
from typology.margins_file import Margin, Margins


@dataclass(frozen=True)
class PublishedComparison:
    """Published percentages of a sample against those of its population.

    Parameters
    ----------
    shares : DataFrame
        ``variable``, ``category``, ``published`` (percent, as printed), ``population_n`` and ``n``
        (whole numbers found behind the percentages), ``sample_share``, ``population_share``,
        ``difference``, ``low``, ``high`` (percentage points), ``ratio``.
    tests : DataFrame
        ``variable``, ``published_sum`` (percent), ``base`` (what the percentages are of), ``n``
        (sum of the whole numbers), ``agrees`` (whether each percentage is that of its whole
        number), and ``chi2``, ``df``, ``p_value``, ``p_monte_carlo``, ``sampling_fraction``,
        as `rfree.representativeness.Representativeness`.
    """

    shares: pd.DataFrame
    tests: pd.DataFrame


def compare_published(margins: Margins, *, seed: int) -> PublishedComparison:
    """Compare a published sample with its population, through the whole numbers behind both.

    Parameters
    ----------
    margins : Margins
        With a population size, and published percentages in every margin.
    seed : int
        Of the Monte Carlo test.

    Returns
    -------
    PublishedComparison

    Raises
    ------
    ValueError
        If the size or a published sample is missing.

    Notes
    -----
    See `rfree.published_percentages` and, for the correction of intervals and tests when the sample
    is a large part of its population, `rfree.representativeness`.
    """
    if margins.population_size is None:
        raise ValueError("margins has no population_size: nothing to count its percentages by.")
    parts = [
        _compare(name, margin, margins.population_size, seed)
        for name, margin in margins.margins.items()
    ]
    return PublishedComparison(
        pd.concat([shares for shares, _ in parts], ignore_index=True),
        pd.concat([tests for _, tests in parts], ignore_index=True),
    )


def _compare(name: str, margin: Margin, size: int, seed: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    published = margin.published
    if published is None:
        raise ValueError(f"margin {name!r} has no published sample.")
    sample = counts_from_percentages(
        published.percentages, base=published.base, decimals=published.decimals
    )
    population = counts_from_percentages(
        margin.population, base=size, decimals=published.decimals
    ).set_index("category")["count"]
    counts = sample.set_index("category")["count"]
    found = compare_with_margins(
        _by_category(counts),
        _by_category(population),
        population_size=size,
        seed=seed,
    )
    shares = found.table.drop(columns="residual")
    shares["n"] = np.rint(shares["n"]).astype(np.int64)
    shares.insert(0, "variable", name)
    shares.insert(2, "published", shares["category"].map(published.percentages))
    shares.insert(3, "population_n", shares["category"].map(population))
    test = found.test[["chi2", "df", "p_value", "p_monte_carlo", "sampling_fraction"]].copy()
    test.insert(0, "variable", name)
    test.insert(1, "published_sum", sum(published.percentages.values()))
    test.insert(2, "base", published.base)
    test.insert(3, "n", int(counts.sum()))
    test.insert(4, "agrees", bool(sample["agrees"].all()))
    return shares, test


def _by_category(counts: pd.Series) -> dict[str, float]:
    return {str(category): float(count) for category, count in counts.items()}
