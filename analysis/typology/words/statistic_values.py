"""Statistics of the verdict as they are read: a share in percent, any other with two decimals."""

from __future__ import annotations

from typology.words.numbers import number, p_value, percent

SHARES = {"within_share"}
"""Statistics that are shares of inertia, from 0 to 1."""


def statistic_text(statistic: str, value: float, language: str) -> str:
    """Return the value of a statistic of the table ``null_tests`` in words.

    >>> statistic_text("within_share", 0.1432, "en"), statistic_text("separation", -0.25, "en")
    ('14.3%', '−0.25')
    """
    if statistic in SHARES:
        return percent(100 * value, language)
    return number(value, language, 2)


def replicated_p(value: float, language: str) -> str:
    r"""Return a p-value counted over replicates, with no more decimals than they give.

    It is (b + 1) / (B + 1), b of B replicates.

    >>> replicated_p(1 / 100, "en") == "p\u00a0=\u00a00.01"
    True
    >>> replicated_p(1 / 200, "en") == "p\u00a0=\u00a00.005"
    True
    """
    decimals = 2 if abs(round(value, 2) - value) < 1e-9 else 3
    return p_value(value, language, decimals, named=True)
