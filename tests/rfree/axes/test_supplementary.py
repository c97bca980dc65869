"""Supplementary variables: what they accept and refuse (numbers: test_mca*.py)."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy.stats import f, norm

from rfree.axes.mca import MCA
from rfree.axes.supplementary import (
    category_cos2,
    category_v_tests,
    correlation_ratios,
    supplementary_variables,
    weighted_category_v_tests,
)

TABLE = pd.DataFrame({"p": list("aabbcc") * 3, "q": list("xyxyxz") * 3})
FITTED = MCA(n_components=2).fit(TABLE)


def test_numbers_are_correlated_and_everything_else_is_a_category():
    S = pd.DataFrame(
        {"age": range(18), "sex": list("fm") * 9, "active": [True, False, False] * 6},
        index=TABLE.index,
    ).assign(level=lambda table: table["sex"].astype("category"))
    placed = FITTED.supplementary(S)
    assert list(placed.correlations.index) == ["age"]
    assert list(placed.eta2.index) == ["sex", "active", "level"]
    expected = np.corrcoef(S["age"], FITTED.row_coordinates_["Axis 1"])[0, 1]
    assert placed.correlations.loc["age", "Axis 1"] == pytest.approx(expected)
    assert placed.weights["sex", "f"] == 9


def test_only_numbers_leave_the_tables_of_categories_empty():
    placed = FITTED.supplementary(pd.DataFrame({"age": range(18)}))
    assert placed.coordinates.shape == (0, 2)
    assert placed.eta2.shape == (0, 2)
    assert list(placed.correlations.columns) == ["Axis 1", "Axis 2"]


def test_only_categories_leave_the_correlations_empty():
    assert FITTED.supplementary(TABLE).correlations.shape == (0, 2)


def test_category_of_everybody_is_the_centre():
    placed = FITTED.supplementary(pd.DataFrame({"same": ["yes"] * 18}))
    for table in (placed.coordinates, placed.cos2, placed.v_tests, placed.eta2):
        np.testing.assert_allclose(table, 0, atol=1e-12)


@pytest.mark.parametrize(
    ("S", "message"),
    [
        (
            pd.DataFrame({"age": range(17)}),
            r"S \(17 rows\) and rows \(18\) are labelled differently",
        ),
        (
            pd.DataFrame({"age": range(18)}, index=range(1, 19)),
            r"S has 1 labels that rows does not have \(18\)",
        ),
        (pd.DataFrame({"age": [np.nan, *range(17)]}), r"S has missing values: column 'age' \(1\)"),
        (pd.DataFrame({"age": [np.inf, *range(17)]}), "infinite numbers: column 'age'"),
        (pd.DataFrame({"age": [0.1] * 18}), "do not vary: 'age'"),
        (
            pd.DataFrame({"sex": [None, *"fm" * 8, "f"]}),
            r"S has missing values: column 'sex' \(1\)",
        ),
    ],
)
def test_what_cannot_be_placed_is_refused(S, message):
    with pytest.raises(ValueError, match=message):
        FITTED.supplementary(S)


def test_every_number_by_hand() -> None:
    # Three axes of variances 4, 1 and 1/4 for six respondents of unequal weight, in their order.
    weights = np.array([2.0, 1, 1, 1, 0.5, 0.5])
    shares = weights / 6
    rng = np.random.default_rng(2)
    values = rng.normal(size=(6, 3))
    values = values - shares @ values
    values = values / np.sqrt(shares @ values**2) * [2, 1, 0.5]
    rows = pd.DataFrame(values, index=list("uvwxyz"), columns=["Axis 1", "Axis 2", "Axis 3"])
    eigenvalues = np.array([4.0, 1, 0.25])
    S = pd.DataFrame(
        {"one": list("aabbbc"), "age": [30.0, 41, 50, 35, 60, 44], "two": list("stssts")},
        index=rows.index,
    )
    placed = supplementary_variables(S.iloc[::-1], rows, weights, eigenvalues)
    assert placed.coordinates.index.names == ["variable", "category"]
    assert [index for index, _ in placed.weights.items()] == [
        ("one", "a"), ("one", "b"), ("one", "c"), ("two", "s"), ("two", "t"),
    ]  # fmt: skip
    names = ("coordinates", "cos2", "v_tests")
    for variable in ("one", "two"):
        ratio = np.zeros(3)
        for category in sorted(set(S[variable])):
            here = (S[variable] == category).to_numpy()
            count = weights[here].sum()
            at = shares[here] @ values[here] / shares[here].sum() / np.sqrt(eigenvalues)
            expected = (at, at**2 * count / (6 - count), at * np.sqrt(count * 5 / (6 - count)))
            for name, number in zip(names, expected, strict=True):
                table = getattr(placed, name)
                np.testing.assert_allclose(table.loc[(variable, category)], number)
                assert list(table.columns) == list(rows.columns)
            ratio += count / 6 * at**2
            assert placed.weights[variable, category] == pytest.approx(count)
            assert placed.squares[variable, category] == pytest.approx((shares[here] ** 2).sum())
        np.testing.assert_allclose(placed.eta2.loc[variable], ratio)
    age = S["age"] - shares @ S["age"]
    expected = (shares * age) @ values / np.sqrt(shares @ age**2) / np.sqrt(eigenvalues)
    np.testing.assert_allclose(placed.correlations.loc["age"], expected)
    assert placed.correlations.index.name == placed.eta2.index.name == "variable"
    assert (placed.weights.name, placed.squares.name) == ("weight", "squares")
    rest = ["Axis 1", "Axis 2", "Axis 3"]
    assert list(placed.eta2.columns) == list(placed.correlations.columns) == rest


def test_a_category_of_those_who_weigh_nothing_has_no_place() -> None:
    weights = np.ones(18)
    weights[:2] = 0
    fitted = MCA(n_components=2).fit(TABLE, sample_weight=weights)
    S = pd.DataFrame({"sex": ["x"] * 2 + list("fm") * 8})
    placed = fitted.supplementary(S)
    assert list(placed.weights.index) == [("sex", "f"), ("sex", "m")]
    assert placed.coordinates.shape == placed.v_tests.shape == (2, 2)
    assert placed.eta2.notna().all(axis=None)


def test_design_based_v_tests_by_hand() -> None:
    # The last weighs nothing: six respondents.
    shares = np.array([0.3, 0.1, 0.2, 0.15, 0.05, 0.2, 0])
    rows = np.random.default_rng(3).normal(size=(7, 2))
    rows -= shares @ rows
    members = np.array([[1, 0, 1, 0, 0, 0, 1], [0, 1, 1, 1, 0, 0, 0]]) > 0
    own = np.array([shares[each].sum() for each in members])
    squares = np.array([(shares[each] ** 2).sum() for each in members])
    variances = shares @ rows**2
    coordinates = np.array([shares[each] @ rows[each] for each in members]) / own[:, None]
    coordinates /= np.sqrt(variances)
    found = weighted_category_v_tests(coordinates, own, squares, rows, shares)
    total = shares @ shares
    for category, axis in np.ndindex(2, 2):
        s, q = own[category], squares[category]
        of_category = (q * (1 - s) ** 2 + (total - q) * s**2) / (s * (1 - s))
        of_axis = shares**2 @ rows[:, axis] ** 2 / variances[axis]
        cos2 = coordinates[category, axis] ** 2 * s / (1 - s)
        statistic = cos2 * (5 / 6) / (of_category * of_axis / total)
        size = norm.isf(f.sf(statistic, 1, 5) / 2)
        expected = np.sign(coordinates[category, axis]) * size
        assert found[category, axis] == pytest.approx(expected)


def test_nothing_is_there_for_only_numbers() -> None:
    placed = FITTED.supplementary(pd.DataFrame({"age": range(18)}))
    for table in (placed.coordinates, placed.cos2, placed.v_tests):
        assert table.index.names == ["variable", "category"]
        assert list(table.columns) == ["Axis 1", "Axis 2"]
    assert placed.eta2.index.name == "variable"
    assert placed.weights.dtype == placed.squares.dtype == float
    assert (placed.weights.name, len(placed.weights), len(placed.squares)) == ("weight", 0, 0)


def test_a_category_of_everybody_but_for_rounding_does_not_vary() -> None:
    at, nearly = np.array([[1.0], [1.0]]), 1 - np.array([1e-13, 1e-9])
    assert category_cos2(at, nearly)[0, 0] == 0 < category_cos2(at, nearly)[1, 0]
    assert category_v_tests(at, 10 * nearly, 10.0)[0, 0] == 0
    np.testing.assert_allclose(category_cos2(at, np.array([0.5, 0.2]))[:, 0], [1, 0.25])
    np.testing.assert_allclose(category_v_tests(at, np.array([5.0, 2]), 10.0)[:, 0], [3, 1.5])


def test_ratios_are_summed_variable_by_variable() -> None:
    found = correlation_ratios(
        np.array([[1.0, 2], [3, 0], [1, 1]]), np.array([0.5, 0.5, 1]), np.array([0, 0, 1])
    )
    assert found.tolist() == [[5, 2], [1, 1]]


@pytest.mark.parametrize(("spread", "varies"), [(4e-13, False), (4e-12, True)])
def test_a_number_whose_spread_is_rounding_does_not_vary(spread: float, varies: bool) -> None:
    # The limit is 1e-12 of the size of the numbers.
    S = pd.DataFrame({"age": 1000 * (1 + spread * np.resize([1, -1], 18)), "number": range(18)})
    if varies:
        assert FITTED.supplementary(S).correlations.shape == (2, 2)
        return
    with pytest.raises(ValueError, match=r"do not vary: 'age'\.$"):
        FITTED.supplementary(S)
    both = S.assign(more=7.5)
    with pytest.raises(ValueError, match=r"do not vary: 'age', 'more'\.$"):
        FITTED.supplementary(both)


def test_respondents_of_a_category_are_counted_whatever_they_weigh() -> None:
    rows = FITTED.row_coordinates_
    weights = np.resize([0.0, 2.0, 0.5], 18)
    S = pd.DataFrame({"sex": list("fm") * 9})
    eigenvalues = FITTED.eigenvalues_[:2]
    placed = supplementary_variables(S, rows, weights, eigenvalues)
    # A third weighs nothing: six of each are left.
    assert placed.counts.tolist() == [6, 6]
    assert (placed.counts.name, placed.counts.index.tolist()) == (
        "n", [("sex", "f"), ("sex", "m")],
    )  # fmt: skip
    counted = supplementary_variables(S, rows, weights, eigenvalues, respondents=np.full(18, 3.0))
    assert counted.counts.tolist() == [27, 27]
    np.testing.assert_allclose(counted.weights, placed.weights)
    plain = supplementary_variables(S, rows, weights, eigenvalues, design_based=False)
    pd.testing.assert_frame_equal(placed.v_tests, plain.v_tests)
    robust = supplementary_variables(S, rows, weights, eigenvalues, design_based=True)
    assert not np.allclose(robust.v_tests, plain.v_tests)


@pytest.mark.parametrize(
    "column",
    [
        pd.date_range("2020", periods=18),
        pd.date_range("2020", periods=18, tz="UTC"),
        pd.to_timedelta(range(18), unit="D"),
        np.arange(18) * 1j,
    ],
)
def test_dates_and_complex_numbers_are_neither_numbers_nor_categories(column):
    with pytest.raises(TypeError, match="neither numbers nor categories: 'd'"):
        FITTED.supplementary(pd.DataFrame({"d": column}))
