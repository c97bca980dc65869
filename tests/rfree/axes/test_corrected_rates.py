"""Benzécri's and Greenacre's corrected rates of inertia."""

from __future__ import annotations

import numpy as np
import pytest

from rfree.axes.corrected_rates import adjusted_eigenvalues, axis_names, inertia_table


def test_adjusted_eigenvalues_of_wg93_are_those_of_ca() -> None:
    # ca::mjca(wg93[, 1:4]), indicator and adjusted inertias; Greenacre, Correspondence Analysis
    # in Practice, chapter 19.
    indicator = np.array([0.457379, 0.430966, 0.321926, 0.306473])
    expected = [0.076455, 0.058220, 0.009197, 0.005670]
    np.testing.assert_allclose(adjusted_eigenvalues(indicator, 4), expected, atol=5e-7)


def test_adjustment_by_hand() -> None:
    # Q = 3: (3/2 (.5 - 1/3))^2 = 1/16; nothing at 1/3 nor below.
    adjusted = adjusted_eigenvalues(np.array([1.0, 0.5, 1 / 3, 0.1]), 3)
    assert adjusted[:2].tolist() == pytest.approx([1.0, 1 / 16])
    assert np.isnan(adjusted[2:]).all()


def test_one_over_q_but_for_rounding_is_not_above_it() -> None:
    assert np.isnan(adjusted_eigenvalues(np.array([1 / 7 * (1 + 1e-12)]), 7)).all()
    assert adjusted_eigenvalues(np.array([1 / 7 * (1 + 1e-6)]), 7)[0] > 0


def test_a_single_question_has_nothing_of_others_to_explain() -> None:
    assert np.isnan(adjusted_eigenvalues(np.array([1.0, 1.0]), 1)).all()
    assert np.isnan(inertia_table(np.array([1.0, 1.0]), 1, own_inertia=2.0)["benzecri"]).all()


def test_rates_by_hand() -> None:
    # Q = 2, J = 6: eigenvalues (1 ± s) / 2, s = .8 and .4 the singular values of their table.
    table = inertia_table(np.array([0.9, 0.7, 0.3, 0.1]), 2, own_inertia=(6 - 2) / 4)
    assert table.index.tolist() == ["Axis 1", "Axis 2", "Axis 3", "Axis 4"]
    assert table["percent"].tolist() == pytest.approx([45, 35, 15, 5])
    assert table["cumulative"].tolist() == pytest.approx([45, 80, 95, 100])
    # The adjusted eigenvalues are s^2: .64 and .16, all of the inertia of that table.
    assert table["benzecri"].iloc[:2].tolist() == pytest.approx([80, 20])
    assert table["greenacre"].iloc[:2].tolist() == pytest.approx([80, 20])
    assert table[["benzecri", "greenacre"]].iloc[2:].isna().all(axis=None)


def test_greenacres_rates_are_of_all_the_inertia_between_questions() -> None:
    # Half as much inertia again is between the questions as the first axis shows.
    eigenvalues, q = np.array([0.6, 0.35, 0.3, 0.25, 0.5 / 3]), 3
    adjusted = (1.5 * (eigenvalues[:2] - 1 / 3)) ** 2
    own = float(np.square(eigenvalues).sum()) - 1.5 * adjusted[0] * (q - 1) / q
    table = inertia_table(eigenvalues, q, own)
    assert table["greenacre"].iloc[:2].tolist() == pytest.approx(
        [100 / 1.5, 100 / 1.5 * adjusted[1] / adjusted[0]]
    )
    assert table["benzecri"].sum() == pytest.approx(100)
    assert (table["greenacre"].dropna() < table["benzecri"].dropna()).all()


def test_independent_questions_have_no_corrected_rate() -> None:
    table = inertia_table(np.full(4, 0.5), 2, own_inertia=1.0)
    assert table[["benzecri", "greenacre"]].isna().all(axis=None)
    assert table["percent"].tolist() == [25.0] * 4


def test_rates_have_the_columns_that_are_documented() -> None:
    table = inertia_table(np.array([0.75, 0.25]), 2, own_inertia=0.5)
    assert table.columns.tolist() == [
        "eigenvalue", "percent", "cumulative", "benzecri", "greenacre",
    ]  # fmt: skip
    assert table["eigenvalue"].tolist() == [0.75, 0.25]
    assert table.index.name == "axis"


def test_axes_are_named_and_numbered() -> None:
    names = axis_names(11)
    assert (names[0], names[-1], names.name) == ("Axis 1", "Axis 11", "axis")
