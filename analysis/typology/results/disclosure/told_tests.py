"""What the tests of a question tell where its numbers are hidden: as coarsely as they are told."""

from __future__ import annotations

from collections.abc import Callable, Collection

import pandas as pd

from rfree.base.inputs import FloatArray
from rfree.description.contingency import chi_squared, cramers_v, used_part
from typology.exhibits.run_tables import Tables
from typology.results.disclosure.blanks import one_digit

EFFECT_DECIMALS = 1
_MANY_CROSSINGS, _ANSWERS_OF_A_NUMBER = 1000, 40
Told = Callable[[FloatArray], tuple[float, ...]]


def told_by_tests(variable: str, tables: Tables, *, effects: bool = True) -> Told:
    """Return what the tests of a question against the classes tell of its counts.

    The p-value to one digit, and with ``effects`` Cramér's V to one decimal; of an ordered question
    compared by ranks, those of the Kruskal-Wallis test as well.
    """
    ranked = False
    if "characteristic_tests" in tables:
        rows = tables["characteristic_tests"]
        own = rows[rows["variable"].astype(str) == variable]
        ranked = bool(((own["kind"] == "ordered") & (own["test"] == "Kruskal-Wallis")).any())

    def told(counts: FloatArray) -> tuple[float, ...]:
        found = [_crossed(counts)]
        if ranked:
            found.append(_ranked(counts))
        p_values = one_digit(pd.Series([p_value for p_value, _ in found])).tolist()
        sizes = [round(effect, EFFECT_DECIMALS) for _, effect in found] if effects else []
        return (*p_values, *sizes)

    return told


def told_by_margin(variable: str, tables: Tables) -> Told:
    """Return what the test of the sample against a margin tells of its counts: one digit."""
    from scipy.stats import chi2  # noqa: PLC0415 - slow to import

    rows, tests = (
        table[table["variable"].astype(str) == variable]
        for table in (tables["representativeness"], tables["representativeness_tests"])
    )
    shares = rows["population_share"].to_numpy(dtype=float) / 100
    test = tests.iloc[0]

    def statistic(counts: FloatArray) -> float:
        expected = counts.sum() * shares
        return float(((counts - expected) ** 2 / expected)[expected > 0].sum())

    own = statistic(rows["n"].to_numpy(dtype=float))
    # A finite population and weights change all statistics alike.
    factor = float(test["chi2"]) / own if own else 1.0

    def told(counts: FloatArray) -> tuple[float, ...]:
        p_value = float(chi2.sf(factor * statistic(counts.ravel()), test["df"]))
        return tuple(one_digit(pd.Series([p_value])).tolist())

    return told


def models_tell(tables: Tables, touched: Collection[str]) -> bool:
    """Return whether the models of membership tell hidden numbers of what they compare.

    The answers that a model predicts add up to those that were given. So its estimates, or its
    likelihood, give the numbers of each answer back, unless the characteristics cross in many ways,
    of which nothing is known. ``touched`` are the questions of which a number is hidden. Uses
    ``membership_coefficients``.
    """
    if "membership_coefficients" not in tables:
        return False
    terms = tables["membership_coefficients"].dropna(subset=["variable"])
    terms = terms[terms["variable"].astype(str) != ""]
    crossings = 1
    for _, own in terms.groupby(terms["variable"].astype(str), sort=False):
        is_number = own["category"].isna().any() or (own["category"] == "").any()
        crossings *= _ANSWERS_OF_A_NUMBER if is_number else 1 + own["category"].nunique()
    return crossings <= _MANY_CROSSINGS and not set(touched).isdisjoint(terms["variable"])


def _crossed(counts: FloatArray) -> tuple[float, float]:
    from scipy.stats import chi2  # noqa: PLC0415 - slow to import

    table = used_part(counts)
    if min(table.shape) < 2:
        return 1.0, 0.0
    found = chi_squared(table)
    shape = (table.shape[0], table.shape[1])
    effect, _ = cramers_v(found.statistic, float(table.sum()), shape)
    return float(chi2.sf(found.statistic, found.df)), float(effect)


def _ranked(counts: FloatArray) -> tuple[float, float]:
    """Return the p-value of the Kruskal-Wallis test and epsilon squared, from counts."""
    from scipy.stats import chi2  # noqa: PLC0415 - slow to import

    table = used_part(counts)
    totals, sizes = table.sum(axis=1), table.sum(axis=0)
    n = float(totals.sum())
    if min(table.shape) < 2:
        return 1.0, 0.0
    ranks = totals.cumsum() - totals / 2 + 0.5
    sums = ranks @ table
    statistic = 12 / (n * (n + 1)) * float((sums**2 / sizes).sum()) - 3 * (n + 1)
    statistic /= 1 - float((totals**3 - totals).sum()) / (n**3 - n)
    return float(chi2.sf(statistic, len(sizes) - 1)), statistic / (n - 1)
