"""One table of counts: chi-squared, Fisher-Freeman-Halton, Cramér's V."""

from __future__ import annotations

import itertools
from math import factorial, prod

import numpy as np
import pytest

import rfree.description.contingency
from rfree.description.contingency import ChiSquared, chi_squared, cramers_v, fisher_freeman_halton


def test_chi_squared_of_a_table_by_hand() -> None:
    # Expected counts: 12, 18 in both rows of 30; chi2 = 2 (16 / 12 + 16 / 18).
    result = chi_squared(np.array([[8.0, 22.0], [16.0, 14.0]]))
    assert result.statistic == pytest.approx(2 * (16 / 12 + 16 / 18))
    assert (result.df, result.smallest_expected, result.share_expected_below_5) == (1, 12.0, 0.0)
    assert result.trusted


def test_chi_squared_leaves_out_what_nobody_has() -> None:
    with_empty = np.array([[8.0, 0.0, 22.0], [0.0, 0.0, 0.0], [16.0, 0.0, 14.0]])
    without = np.array([[8.0, 22.0], [16.0, 14.0]])
    assert chi_squared(with_empty) == chi_squared(without)


def test_small_expected_counts_are_not_trusted() -> None:
    assert not chi_squared(np.array([[1.0, 9.0], [3.0, 2.0]])).trusted


def _exact(table: np.ndarray) -> float:
    """Enumerate all 2 x 3 tables with the margins of ``table``."""
    rows, columns = table.sum(axis=1), table.sum(axis=0)

    def likelihood(first: tuple[int, ...]) -> float:
        second = columns - np.array(first)
        return 1 / prod(factorial(int(count)) for count in (*first, *second))

    tables = [
        first
        for first in itertools.product(*(range(column + 1) for column in columns))
        if sum(first) == rows[0]
    ]
    values = np.array([likelihood(first) for first in tables])
    observed = likelihood(tuple(table[0]))
    return float(values[values <= observed * (1 + 1e-9)].sum() / values.sum())


def test_monte_carlo_comes_close_to_all_tables_enumerated() -> None:
    table = np.array([[6, 2, 1], [1, 4, 5]])
    result = fisher_freeman_halton(table, replicates=40_000, random=np.random.default_rng(3))
    assert result.method == "monte carlo"
    assert abs(result.p_value - _exact(table)) < 4 * result.standard_error


def test_fisher_of_the_tea_is_exact() -> None:
    result = fisher_freeman_halton(
        np.array([[3, 1], [1, 3]]), replicates=99, random=np.random.default_rng(1)
    )
    assert result.p_value == pytest.approx(34 / 70)


def test_monte_carlo_p_value_is_never_zero() -> None:
    table = np.diag([30, 30, 30])
    result = fisher_freeman_halton(table, replicates=99, random=np.random.default_rng(1))
    assert result.p_value == pytest.approx(1 / 100)


def test_cramers_v_is_one_when_each_row_has_its_column() -> None:
    result = chi_squared(np.diag([20.0, 30.0, 50.0]))
    plain, corrected = cramers_v(result.statistic, 100, (3, 3))
    assert plain == pytest.approx(1)
    assert corrected == pytest.approx(1)


def test_corrected_v_is_zero_when_chi_squared_is_what_chance_gives() -> None:
    assert cramers_v(4.0, 300, (3, 3))[1] == 0.0
    assert cramers_v(4.0, 300, (3, 3))[0] > 0


@pytest.mark.parametrize(
    ("smallest", "below", "trusted"),
    [(1.0, 20.0, True), (0.99, 0.0, False), (2.0, 20.1, False), (1.0, 0.0, True)],
)
def test_cochrans_conditions_are_one_and_a_fifth(
    smallest: float, below: float, trusted: bool
) -> None:
    assert ChiSquared(1.0, 1, 0.3, smallest, below).trusted is trusted


def test_an_expected_count_of_five_is_not_below_five() -> None:
    assert chi_squared(np.array([[5.0, 5.0], [5.0, 5.0]])).share_expected_below_5 == 0
    # Expected 10 * 9 / 20 = 4.5 in half of the cells.
    assert chi_squared(np.array([[4.0, 6.0], [5.0, 5.0]])).share_expected_below_5 == 50


def test_a_table_of_one_row_or_nobody_is_not_tested() -> None:
    for table in (np.array([[3, 4]]), np.array([[3], [4]]), np.zeros((2, 2), dtype=int)):
        fisher = fisher_freeman_halton(table, replicates=99, random=np.random.default_rng(1))
        assert fisher.method == "none"
        assert np.isnan([fisher.p_value, fisher.standard_error]).all()
        pearson = chi_squared(table.astype(float))
        assert pearson.df == 0
        assert np.isnan([pearson.statistic, pearson.p_value, pearson.smallest_expected]).all()
        assert not pearson.trusted
    assert np.isnan(cramers_v(3.0, 10, (1, 4))).all()
    assert np.isnan(cramers_v(3.0, 1, (2, 2))).all()
    assert cramers_v(2.0, 2, (2, 2))[0] == 1


def test_the_error_is_that_of_a_share_of_the_tables_drawn() -> None:
    table = np.array([[6, 2, 1], [1, 4, 5]])
    found = fisher_freeman_halton(table, replicates=199, random=np.random.default_rng(3))
    p = found.p_value
    assert found.standard_error == pytest.approx(np.sqrt(p * (1 - p) / 199))
    assert (p * 200) == pytest.approx(round(p * 200))


def test_tables_drawn_in_blocks_are_all_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    table = np.array([[6, 2, 1], [1, 4, 5]])
    whole = fisher_freeman_halton(table, replicates=500, random=np.random.default_rng(3))
    monkeypatch.setattr(rfree.description.contingency, "_BLOCK_CELLS", 7 * table.size)
    blocks = fisher_freeman_halton(table, replicates=500, random=np.random.default_rng(3))
    assert abs(blocks.p_value - whole.p_value) < 4 * whole.standard_error
    # A table as unlikely as this one is never drawn again: each of the 500 counts once.
    rare = fisher_freeman_halton(
        np.diag([30, 30, 30]), replicates=500, random=np.random.default_rng(1)
    )
    assert rare.p_value == pytest.approx(1 / 501)
    # Every table of these margins is as likely as the one observed.
    sure = fisher_freeman_halton(
        np.eye(3, dtype=int), replicates=500, random=np.random.default_rng(1)
    )
    assert sure.p_value == 1


def test_both_vs_by_hand() -> None:
    # chi2 / n = .2; 2 x 3 of 60: expected excess 2 / 59, sides 2 - 1 / 59 and 3 - 4 / 59.
    plain, corrected = cramers_v(12.0, 60, (2, 3))
    assert plain == pytest.approx(np.sqrt(0.2))
    assert corrected == pytest.approx(np.sqrt((0.2 - 2 / 59) / (1 - 1 / 59)))
    assert cramers_v(12.0, 60, (4, 3))[0] == pytest.approx(np.sqrt(0.1))
    assert cramers_v(12.0, 60, (4, 3))[1] == pytest.approx(np.sqrt((0.2 - 6 / 59) / (2 - 4 / 59)))
