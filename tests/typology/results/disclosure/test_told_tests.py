"""What tests tell of hidden counts: the same p-values and effects, told as coarsely."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy.stats import chi2_contingency, chisquare, kruskal

from typology.results.disclosure.told_tests import told_by_margin, told_by_tests

# Chi-squared by hand: 40 (12 * 14 - 8 * 6)^2 / (20 * 20 * 18 * 22) = 3.636, p 0.0565, V 0.3015.
COUNTS = np.array([[12.0, 8.0], [6.0, 14.0]])
ORDERED = np.array([[9.0, 2.0], [6.0, 5.0], [3.0, 11.0]])


def tables_of(kind: str, test: str) -> dict[str, pd.DataFrame]:
    rows = [{"variable": "age", "kind": kind, "test": test},
            {"variable": "other", "kind": "ordered", "test": "Kruskal-Wallis"}]  # fmt: skip
    return {"characteristic_tests": pd.DataFrame(rows)}


@pytest.mark.parametrize(
    "tables", [{}, tables_of("nominal", "chi-squared"), tables_of("ordered", "chi-squared"),
               tables_of("nominal", "Kruskal-Wallis")]
)  # fmt: skip
def test_chi_squared_and_cramers_v_are_told_to_one_digit(tables: dict[str, pd.DataFrame]) -> None:
    assert told_by_tests("age", tables)(COUNTS) == (0.06, 0.3)
    assert told_by_tests("age", tables, effects=False)(COUNTS) == (0.06,)


def test_ranks_of_an_ordered_question_are_told_beside() -> None:
    groups = [np.repeat(np.arange(3), ORDERED[:, at].astype(int)) for at in range(2)]
    ranked = kruskal(*groups)
    crossed = chi2_contingency(ORDERED, correction=False)
    n = ORDERED.sum()
    told = told_by_tests("age", tables_of("ordered", "Kruskal-Wallis"))(ORDERED)
    assert told == (
        float(f"{crossed.pvalue:.0e}"),
        float(f"{ranked.pvalue:.0e}"),
        round(float(np.sqrt(crossed.statistic / n)), 1),
        round(float(ranked.statistic / (n - 1)), 1),
    )


@pytest.mark.parametrize("counts", [[[4.0, 5.0]], [[4.0], [5.0]], [[4.0, 0.0], [5.0, 0.0]]])
def test_one_answer_or_one_class_tells_nothing(counts: list[list[float]]) -> None:
    told = told_by_tests("age", tables_of("ordered", "Kruskal-Wallis"))(np.array(counts))
    assert told == (1.0, 1.0, 0.0, 0.0)


def margin(own: list[float], factor: float) -> dict[str, pd.DataFrame]:
    shares = [50.0, 30.0, 20.0]
    statistic = chisquare(own, np.array(shares) * sum(own) / 100).statistic
    rows = [{"variable": "age", "population_share": share, "n": n}
            for share, n in zip(shares, own, strict=True)]  # fmt: skip
    rows += [{"variable": "sex", "population_share": 100.0, "n": 60.0}]
    return {
        "representativeness": pd.DataFrame(rows),
        "representativeness_tests": pd.DataFrame(
            [{"variable": "sex", "chi2": 99.0, "df": 7},
             {"variable": "age", "chi2": factor * statistic, "df": 2}]
        ),
    }  # fmt: skip


@pytest.mark.parametrize("factor", [1.0, 1.5])
def test_other_counts_of_a_margin_tell_what_its_test_would(factor: float) -> None:
    """A finite population makes all statistics larger by one factor."""
    own = [36.0, 15.0, 9.0]
    told = told_by_margin("age", margin(own, factor))
    other = [38.0, 16.0, 6.0]
    statistic = factor * chisquare(other, [30, 18, 12]).statistic
    # Two degrees of freedom: the probability is exp(-x / 2).
    assert told(np.array(other)) == (float(f"{np.exp(-statistic / 2):.0e}"),)
    assert told(np.array(other)[:, np.newaxis]) == told(np.array(other))


def test_a_sample_just_like_its_population_tells_of_others_as_usual() -> None:
    told = told_by_margin("age", margin([30.0, 18.0, 12.0], 1.0))
    assert told(np.array([30.0, 18.0, 12.0])) == (1.0,)
    statistic = (6**2 / 30) + (3**2 / 18) + (3**2 / 12)
    assert told(np.array([36.0, 15.0, 9.0])) == (float(f"{np.exp(-statistic / 2):.0e}"),)
