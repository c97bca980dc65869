"""Statistics of the verdict as they are read: a share in percent, any other with two decimals."""

from __future__ import annotations

from typology.words.numbers import number, p_value, percent
from typology.words.typography import NO_BREAK_SPACE

SHARES = {"within_share", "one_score"}
"""Statistics that are shares, from 0 to 1."""

LEAST_AND_A_HALF = 1.5
"""Between no replicate as far as the sample, and one."""


def statistic_text(statistic: str, value: float, language: str) -> str:
    """Return the value of a statistic of the table ``null_tests`` in words.

    >>> statistic_text("within_share", 0.1432, "en"), statistic_text("weakest_gap", 2.5, "en")
    ('14.3%', '2.50')
    """
    if statistic in SHARES:
        return percent(100 * value, language)
    return number(value, language, 2)


def replicated_p(
    value: float, language: str, replicates: float | None = None, *, named: bool = True
) -> str:
    r"""Return a p-value counted over replicates, with no more decimals than they give.

    It is (b + 1) / (L + 1), b of L ``replicates``; where b is 0, it is no more than that.

    >>> replicated_p(1 / 100, "en") == "p\u00a0=\u00a00.01"
    True
    >>> replicated_p(1 / 500, "en", 499) == "p\u00a0≤\u00a00.002"
    True
    >>> replicated_p(1 / 500, "en", 499, named=False) == "≤\u00a00.002"
    True
    """
    decimals = 2 if abs(round(value, 2) - value) < 1e-9 else 3
    written = p_value(value, language, decimals, named=named)
    if replicates is None or not value * (replicates + 1) < LEAST_AND_A_HALF or "<" in written:
        return written
    return written.replace("=", "≤") if named else f"≤{NO_BREAK_SPACE}{written}"
