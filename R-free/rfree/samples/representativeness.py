"""A sample against the known shares of its population."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.stats import chi2

from rfree.base.inputs import FloatArray, check_weights
from rfree.samples.calibration import kish_effective_n

# Sums of shares that differ from 1 or 100 by less are right.
_ROUNDING = 1e-9


@dataclass(frozen=True)
class Representativeness:
    """How far a sample is from its population, on one characteristic.

    Attributes
    ----------
    table : DataFrame
        A row for every category, in the order of the margins: ``category``, ``n`` (sample count;
        not whole when it comes from percentages or weights), ``sample_share``, ``population_share``
        (percent), ``difference`` (percentage points) with interval ``low``, ``high``, ``ratio``
        (sample over population), ``residual`` (standardised: about normal when the
        sample is drawn at random).
    test : DataFrame
        One row: ``n`` and ``missing``; ``effective_n`` (Kish, without finite population
        correction); ``chi2``, ``df``, ``p_value`` (goodness of fit); ``p_monte_carlo``;
        ``smallest_expected``; ``sampling_fraction`` (percent; NaN without population size);
        ``sample_sum``, ``population_sum`` (of the figures as given) and ``sample_rescaled``,
        ``population_rescaled`` (whether they are neither 1, 100, nor the size of sample or
        population).
    """

    table: pd.DataFrame
    test: pd.DataFrame


def compare_with_margins(
    sample: pd.Series | Mapping[str, float],
    margins: Mapping[str, float],
    *,
    n: float | None = None,
    sample_weight: Sequence[float] | FloatArray | None = None,
    frequencies: bool = False,
    population_size: int | None = None,
    replicates: int = 9999,
    seed: int,
    level: float = 0.95,
) -> Representativeness:
    """Compare the shares of a sample with those of its population.

    Parameters
    ----------
    sample : Series of answers, or mapping of category to figure
        Answers one a respondent (missing ones are counted and left out), or published figures:
        counts, or shares when ``n`` is given.
    margins : mapping of category to figure
        Of the population: shares, percentages or counts. Scaled to sum to 1.
    n : float, optional
        Respondents behind published shares.
    sample_weight : array of respondents, or None
        With answers only. Shares are weighted; n becomes Kish's effective n in tests and intervals.
    frequencies : bool
        Whether weights are numbers of respondents, who are then counted.
    population_size : int, optional
        For a sample that is a large part of a small population: intervals and tests then take the
        finite population correction.
    replicates : int
        Samples drawn from the population for ``p_monte_carlo``, at least 99.
    seed : int
        Of these draws.
    level : float
        Of the intervals.

    Returns
    -------
    Representativeness

    Raises
    ------
    TypeError, ValueError
        If a category of the sample is not in the population, or figures are not as described.

    Notes
    -----
    Intervals are Wilson's for the sample's share, less the population's share, which is known. With
    N the population's size, n counts for n (N - 1) / (N - n). Chi-squared is doubtful when an
    expected count is below 5: ``p_monte_carlo`` compares the statistic with samples drawn from the
    population's shares, p = (b + 1) / (B + 1).

    Published percentages are rounded, and may have another base than the sample: a table that gives
    respondents as percentages of the population sums to the response rate. They are scaled to sum
    to 1, and ``sample_sum`` shows what they summed to; `rfree.samples.published_percentages` helps
    to find the base.

    Examples
    --------
    >>> shares = {"small": 31, "medium": 40, "large": 29}
    >>> result = compare_with_margins({"small": 30, "medium": 40, "large": 30}, shares, seed=1)
    >>> result.table[["category", "n", "sample_share", "population_share", "difference"]]
      category     n  sample_share  population_share  difference
    0    small  30.0          30.0              31.0        -1.0
    1   medium  40.0          40.0              40.0         0.0
    2    large  30.0          30.0              29.0         1.0
    """
    _check_numbers(n, replicates, level)
    population, population_sum = _shares(margins, "margins")
    if isinstance(sample, pd.Series):
        weights = check_weights(sample_weight, sample, of="sample")
        if n is not None:
            raise ValueError("n goes with published shares; answers are counted.")
        figures, respondents, missing, effective = _count_answers(
            sample, weights, frequencies=frequencies
        )
    else:
        if sample_weight is not None:
            raise ValueError("sample_weight goes with answers, one a respondent.")
        figures, missing = pd.Series({str(k): float(v) for k, v in sample.items()}), 0
        respondents = effective = float(n) if n is not None else float(figures.sum())
    _check_same(figures, population)
    population = population[population > 0]
    names = list(population.index)
    observed, sample_sum = _shares(figures.reindex(names, fill_value=0.0), "sample")
    size = _corrected_size(effective, population_size)
    table = _share_table(observed, population, effective, size, level)
    expected = effective * population.to_numpy()
    statistic = size * float(((observed - population) ** 2 / population).sum())
    chance = _monte_carlo(
        observed, population, effective,
        population_size=population_size, replicates=replicates, random=np.random.default_rng(seed),
    )  # fmt: skip
    test = {
        "n": respondents,
        "missing": missing,
        "effective_n": effective,
        "chi2": statistic,
        "df": len(names) - 1,
        "p_value": float(chi2.sf(statistic, len(names) - 1)),
        "p_monte_carlo": chance,
        "smallest_expected": float(expected.min()),
        "sampling_fraction": 100 * effective / population_size if population_size else np.nan,
        "sample_sum": sample_sum,
        "population_sum": population_sum,
        "sample_rescaled": n is not None and not _is_whole(sample_sum),
        "population_rescaled": not _is_whole(population_sum) and population_sum != population_size,
    }  # fmt: skip
    return Representativeness(table, pd.DataFrame([test]))


def _check_numbers(n: float | None, replicates: int, level: float) -> None:
    faults = []
    if n is not None and not (np.isfinite(n) and n >= 1):
        faults.append(f"n is {n}; expected at least 1")
    if replicates < 99:
        faults.append(f"replicates is {replicates}; expected at least 99")
    if not 0 < level < 1:
        faults.append(f"level is {level}; expected between 0 and 1")
    if faults:
        raise ValueError("; ".join(faults) + ".")


def _shares(figures: Mapping[str, float] | pd.Series, name: str) -> tuple[pd.Series, float]:
    values = pd.Series({str(key): float(value) for key, value in figures.items()}, dtype=float)
    wrong = values[~(np.isfinite(values) & (values >= 0))]
    if len(wrong):
        listed = ", ".join(f"{category!r} ({value})" for category, value in wrong.items())
        raise ValueError(f"{name} must be numbers of at least 0; these are not: {listed}.")
    total = float(values.sum())
    if len(values) < 2 or total == 0:
        raise ValueError(f"{name} must have two categories at least, and not be all 0.")
    return values / total, total


def _is_whole(total: float) -> bool:
    return abs(total - 1) < _ROUNDING or abs(total - 100) < 100 * _ROUNDING


def _count_answers(
    sample: pd.Series, weights: FloatArray, *, frequencies: bool
) -> tuple[pd.Series, float, float, float]:
    answered = (sample.notna() & (weights > 0)).to_numpy()
    if not answered.any():
        raise ValueError(f"Nobody answered {sample.name!r}: there is nothing to compare.")
    kept = pd.Series(weights[answered])
    counts = kept.groupby(sample[answered].astype(str).to_numpy()).sum()
    if frequencies:
        n = float(weights[answered].sum())
        return counts, n, float(weights.sum()) - n, n
    missing = int((weights > 0).sum() - answered.sum())
    return counts, float(answered.sum()), missing, kish_effective_n(weights[answered])


def _check_same(figures: pd.Series, population: pd.Series) -> None:
    unknown = [name for name in figures.index if name not in population.index]
    if unknown:
        raise ValueError(
            f"The population has no category {', '.join(map(repr, unknown))}; it has: "
            f"{', '.join(population.index)}."
        )
    impossible = [name for name in population.index[population == 0]
                  if figures.get(name, 0) > 0]  # fmt: skip
    if impossible:
        raise ValueError(
            f"Category {', '.join(map(repr, impossible))} has respondents, but a share of 0 in the "
            "population."
        )


def _corrected_size(n: float, population_size: int | None) -> float:
    if population_size is None:
        return n
    if population_size <= n:
        raise ValueError(
            f"population_size is {population_size}; expected more than the {n:g} respondents."
        )
    return n * (population_size - 1) / (population_size - n)


def _share_table(
    observed: pd.Series, population: pd.Series, n: float, size: float, level: float
) -> pd.DataFrame:
    from statsmodels.stats.proportion import proportion_confint  # noqa: PLC0415 - slow to import

    low, high = proportion_confint(
        size * observed.to_numpy(), size, alpha=1 - level, method="wilson"
    )
    expected = population.to_numpy()
    spread = np.sqrt(expected * (1 - expected) / size)
    difference = observed.to_numpy() - expected
    return pd.DataFrame(
        {
            "category": population.index.to_numpy(dtype=object),
            "n": n * observed.to_numpy(),
            "sample_share": 100 * observed.to_numpy(),
            "population_share": 100 * expected,
            "difference": 100 * difference,
            "low": 100 * (low - expected),
            "high": 100 * (high - expected),
            "ratio": observed.to_numpy() / expected,
            "residual": difference / spread,
        }
    )


def _monte_carlo(
    observed: pd.Series,
    population: pd.Series,
    n: float,
    *,
    population_size: int | None,
    replicates: int,
    random: np.random.Generator,
) -> float:
    """Share of random samples at least as far from the population."""
    drawn_n = max(round(n), 1)
    shares = population.to_numpy()
    if population_size is None:
        drawn = random.multinomial(drawn_n, shares, size=replicates)
    else:
        counts = np.floor(shares * population_size).astype(np.int64)
        largest = np.argsort(counts - shares * population_size, kind="stable")
        counts[largest[: population_size - int(counts.sum())]] += 1
        drawn = random.multivariate_hypergeometric(counts, drawn_n, size=replicates)
    far = ((drawn / drawn_n - shares) ** 2 / shares).sum(axis=1)
    limit = float(((observed - population) ** 2 / population).sum())
    return float((1 + (far >= limit * (1 - 1e-9)).sum()) / (replicates + 1))
