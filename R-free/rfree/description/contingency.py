"""Tests of one table of counts: chi-squared, Fisher-Freeman-Halton, Cramér's V."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from scipy.special import gammaln
from scipy.stats import chi2, fisher_exact, random_table
from scipy.stats.contingency import expected_freq

from rfree.base.inputs import FloatArray, IntArray

# Cochran (1954): chi-squared is trusted with no expected count below 1 and at most a fifth below 5.
SMALL_EXPECTED = 5.0
MINIMAL_EXPECTED = 1.0
TOLERATED_SHARE = 0.2
# Tables as likely as the one observed, up to rounding of sums of logarithms.
_TIE = 1e-7
# Counts of simulated tables held at once.
_BLOCK_CELLS = 4_000_000


@dataclass(frozen=True)
class ChiSquared:
    """Pearson's chi-squared of a table.

    Attributes
    ----------
    statistic, p_value : float
        Without continuity correction; NaN for a table of one row or one column.
    df : int
    smallest_expected : float
    share_expected_below_5 : float
        Percent of cells.
    """

    statistic: float
    df: int
    p_value: float
    smallest_expected: float
    share_expected_below_5: float

    @property
    def trusted(self) -> bool:
        """Whether Cochran's conditions hold."""
        return (
            self.smallest_expected >= MINIMAL_EXPECTED
            and self.share_expected_below_5 <= 100 * TOLERATED_SHARE
        )


@dataclass(frozen=True)
class FisherFreemanHalton:
    """Fisher's test of a table of any size.

    Attributes
    ----------
    p_value : float
        Probability, margins fixed, of a table no likelier than the one observed.
    method : {"exact", "monte carlo", "none"}
        Exact for 2 x 2; "none" for a table of one row or one column.
    standard_error : float
        Of the Monte Carlo p-value; 0 when exact.
    """

    p_value: float
    method: Literal["exact", "monte carlo", "none"]
    standard_error: float


def used_part(table: FloatArray) -> FloatArray:
    """Leave out the empty rows and columns of a table.

    Examples
    --------
    >>> used_part(np.array([[1.0, 0.0], [2.0, 0.0]]))
    array([[1.],
           [2.]])
    """
    return np.asarray(table[table.sum(axis=1) > 0][:, table.sum(axis=0) > 0])


def chi_squared(table: FloatArray) -> ChiSquared:
    """Test independence of rows and columns by Pearson's chi-squared.

    Parameters
    ----------
    table : array, rows x columns
        Counts, weighted or not. Empty rows and columns are left out.

    Returns
    -------
    ChiSquared

    Examples
    --------
    >>> result = chi_squared(np.array([[10.0, 20.0], [20.0, 10.0]]))
    >>> print(f"{result.statistic:.4f} {result.df} {result.smallest_expected}")
    6.6667 1 15.0
    """
    observed = used_part(table)
    df = (observed.shape[0] - 1) * (observed.shape[1] - 1) if observed.size else 0
    if df < 1:
        return ChiSquared(np.nan, 0, np.nan, np.nan, np.nan)
    expected = expected_freq(observed)
    statistic = float(((observed - expected) ** 2 / expected).sum())
    below = 100 * float((expected < SMALL_EXPECTED).mean())
    return ChiSquared(statistic, df, float(chi2.sf(statistic, df)), float(expected.min()), below)


def fisher_freeman_halton(
    table: IntArray, *, replicates: int, random: np.random.Generator
) -> FisherFreemanHalton:
    """Test independence by the probability of the table, its margins fixed.

    Parameters
    ----------
    table : array, rows x columns
        Whole counts. Empty rows and columns are left out.
    replicates : int
        Tables drawn when the table is larger than 2 x 2.
    random : numpy Generator

    Returns
    -------
    FisherFreemanHalton

    Notes
    -----
    Freeman & Halton (1951). With B tables drawn at random, b of them no likelier than the one
    observed, p = (b + 1) / (B + 1): never zero, and valid as a test whatever B is (Davison &
    Hinkley 1997).

    Examples
    --------
    >>> tea = np.array([[3, 1], [1, 3]])  # Fisher's lady tasting tea
    >>> fisher_freeman_halton(tea, replicates=99, random=np.random.default_rng(1)).method
    'exact'
    """
    observed = np.asarray(used_part(np.asarray(table, dtype=float)), dtype=np.int64)
    if min(observed.shape, default=0) < 2:
        return FisherFreemanHalton(np.nan, "none", np.nan)
    if observed.shape == (2, 2):
        return FisherFreemanHalton(float(fisher_exact(observed)[1]), "exact", 0.0)
    law = random_table(observed.sum(axis=1), observed.sum(axis=0))
    # With its margins fixed, a table is the less likely, the larger the sum of log factorials.
    limit = gammaln(observed + 1.0).sum() * (1 - _TIE)
    as_unlikely, left = 0, replicates
    while left > 0:
        size = min(left, max(1, _BLOCK_CELLS // observed.size))
        drawn = law.rvs(size, random_state=random)
        as_unlikely += int((gammaln(drawn + 1.0).sum(axis=(1, 2)) >= limit).sum())
        left -= size
    p_value = (as_unlikely + 1) / (replicates + 1)
    error = float(np.sqrt(p_value * (1 - p_value) / replicates))
    return FisherFreemanHalton(p_value, "monte carlo", error)


def cramers_v(statistic: float, n: float, shape: tuple[int, int]) -> tuple[float, float]:
    """Turn a chi-squared into Cramér's V, as it is and corrected for bias.

    Parameters
    ----------
    statistic, n : float
        Chi-squared, and the number of respondents in the table.
    shape : (int, int)
        Rows and columns in use.

    Returns
    -------
    plain, corrected : float
        In [0, 1]. NaN for a table of one row or one column.

    Notes
    -----
    V = sqrt(chi2 / (n (min(r, c) - 1))). Bergsma (2013): with phi2 = chi2 / n less its expectation
    (r - 1)(c - 1) / (n - 1), not below 0, and r and c replaced by r - (r - 1)^2 / (n - 1) and
    likewise.

    Examples
    --------
    >>> print("{:.4f} {:.4f}".format(*cramers_v(6.6667, 60, (2, 2))))
    0.3333 0.3095
    """
    rows, columns = shape
    if min(shape) < 2 or n <= 1:
        return np.nan, np.nan
    phi2 = statistic / n
    plain = np.sqrt(phi2 / (min(shape) - 1))
    unbiased = max(0.0, phi2 - (rows - 1) * (columns - 1) / (n - 1))
    fewer = min(side - (side - 1) ** 2 / (n - 1) for side in shape)
    corrected = np.sqrt(unbiased / (fewer - 1)) if fewer > 1 else np.nan
    return float(plain), float(min(corrected, 1.0))
