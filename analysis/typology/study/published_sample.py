"""A sample known from published percentages alone, against its population."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from rfree.samples.published_percentages import counts_from_percentages
from rfree.samples.representativeness import compare_with_margins
from typology.study.margins import Margin, Margins, load_margins
from typology.study.study import Study


@dataclass(frozen=True)
class PublishedComparison:
    """Published percentages of a sample against those of its population.

    - ``shares``: ``margin``, ``category``, ``published`` (percent, as printed), ``population_n``
      and ``n`` (whole numbers found behind the percentages), ``sample_share``,
      ``population_share``, ``difference``, ``low``, ``high`` (percentage points), ``ratio``.
    - ``tests``: ``margin``, ``year``, ``published_sum`` (percent), ``base`` (what the percentages
      are of), ``n`` (sum of the whole numbers), ``agrees`` (whether each percentage is that of its
      whole number), and ``chi2``, ``df``, ``p_value``, ``p_monte_carlo``, ``sampling_fraction``,
      as `rfree.samples.representativeness.Representativeness`; ``source_fr``, ``source_en``,
      ``illustrative``.
    """

    shares: pd.DataFrame
    tests: pd.DataFrame


def published_tables(study: Study) -> dict[str, pd.DataFrame]:
    """Return the tables of the published sample that a study names; none without one.

    ``published_shares`` and ``published_tests`` are those of `PublishedComparison`.
    """
    if study.published_sample_path is None:
        return {}
    margins = load_margins(study.published_sample_path, published=True)
    found = compare_published(margins, seed=study.choices.seed)
    return {"published_shares": found.shares, "published_tests": found.tests}


def compare_published(margins: Margins, *, seed: int) -> PublishedComparison:
    """Compare a published sample with its population, through the whole numbers behind both.

    The margins have a population size, and published percentages each (ValueError otherwise). See
    `rfree.samples.published_percentages` and, for the correction of intervals and tests when the
    sample is a large part of its population, `rfree.samples.representativeness`.
    """
    if margins.population_size is None:
        raise ValueError("margins has no population_size: nothing to count its percentages by.")
    parts = [
        _compare(name, margin, margins.population_size, seed)
        for name, margin in margins.margins.items()
    ]
    tests = pd.concat([tests for _, tests in parts], ignore_index=True)
    tests["illustrative"] = margins.illustrative
    return PublishedComparison(pd.concat([shares for shares, _ in parts], ignore_index=True), tests)


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
    shares.insert(0, "margin", name)
    shares.insert(2, "published", shares["category"].map(published.percentages))
    shares.insert(3, "population_n", shares["category"].map(population))
    test = found.test[["chi2", "df", "p_value", "p_monte_carlo", "sampling_fraction"]].copy()
    test.insert(0, "margin", name)
    test.insert(1, "year", margin.year)
    test.insert(2, "published_sum", sum(published.percentages.values()))
    test.insert(3, "base", published.base)
    test.insert(4, "n", int(counts.sum()))
    test.insert(5, "agrees", bool(sample["agrees"].all()))
    test["source_fr"], test["source_en"] = margin.source.in_("fr"), margin.source.in_("en")
    return shares, test


def _by_category(counts: pd.Series) -> dict[str, float]:
    return {str(category): float(count) for category, count in counts.items()}
