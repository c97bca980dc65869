"""MCA against R's FactoMineR and ca: R-free/reference/mca, made by make_mca.R."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd
import prince
import pytest

from rfree.axes.dimdesc import describe_axes
from rfree.axes.mca import MCA

REFERENCE = Path(__file__).parents[3] / "R-free" / "reference"
PASSIVE = (("A1", "6"), ("C5", "6"), ("N5", "1"), ("N5", "2"))
# R writes 15 significant digits.
TOLERANCE = 1e-8


@dataclass(frozen=True)
class Case:
    """The same analysis in both languages."""

    active: pd.DataFrame
    supplementary: pd.DataFrame | None = None
    weights: np.ndarray | None = None
    passive: tuple[tuple[str, str], ...] | None = None


def answers(name: str) -> pd.DataFrame:
    return pd.read_csv(REFERENCE / "data" / f"{name}.csv.gz")


def from_r(case: str, what: str) -> pd.DataFrame:
    table = pd.read_csv(
        REFERENCE / "mca" / f"{case}_{what}.csv", dtype={"category": str, "variable": str}
    )
    names = [name for name in ("variable", "category", "row") if name in table.columns]
    return table.set_index(names) if names else table


@cache
def case(name: str) -> Case:
    if name == "tea":
        table = answers("tea")
        return Case(table.iloc[:, :18], table.iloc[:, 18:])
    if name == "wg93":
        table = answers("wg93").astype(str)
        return Case(table.iloc[:, :4], table.iloc[:, 4:])
    if name == "spi":
        return Case(answers("spi").astype(str))
    if name == "simulated":
        path = REFERENCE.parents[1] / "data" / "simulated_responses.csv"
        items = pd.read_csv(path, dtype=str).filter(regex="^[EF][0-9]{2}$").dropna()
        return Case(items.reset_index(drop=True))
    bfi = answers("bfi").astype(str)
    background = answers("bfi_background").astype({"gender": str, "education": str})
    row = np.arange(1, len(bfi) + 1)
    weights = 0.5 + (row * 5 % 11) / 7
    # R takes the sum of the weights for n, as of frequencies; its script makes them sum to n.
    weights *= len(row) / weights.sum()
    options = {
        "bfi": {},
        "bfi_frequencies": {"weights": row * 7 % 3 + 1},
        "bfi_weighted": {"weights": weights},
        "bfi_passive": {"passive": PASSIVE},
        "bfi_passive_weighted": {"passive": PASSIVE, "weights": weights},
    }
    return Case(bfi, background, **options[name])


@cache
def fitted(name: str) -> MCA:
    return MCA(n_components=5, passive=case(name).passive).fit(
        case(name).active, sample_weight=case(name).weights, frequencies=True
    )


@cache
def signs(name: str) -> np.ndarray:
    """One sign an axis, from the coordinates of the categories, matched by name."""
    expected = quantity(from_r(name, "categories"), "coordinate")
    ours = fitted(name).column_coordinates_.loc[expected.index].to_numpy()[:, : expected.shape[1]]
    return np.sign((ours * expected.to_numpy()).sum(axis=0))


def quantity(table: pd.DataFrame, name: str) -> pd.DataFrame:
    return table.filter(regex=f"^{name}_[0-9]+$")


def assert_equal(ours: pd.DataFrame, expected: pd.DataFrame, sign: np.ndarray | float = 1) -> None:
    """Compare by name, on the axes that were committed."""
    values = ours.loc[expected.index].to_numpy(dtype=float)[:, : expected.shape[1]]
    np.testing.assert_allclose(values * sign, expected.to_numpy(), rtol=0, atol=TOLERANCE)


WITH_ALL = ("tea", "wg93", "bfi", "bfi_frequencies", "bfi_weighted", "bfi_passive")
CASES = (*WITH_ALL, "bfi_passive_weighted", "simulated")


@pytest.mark.parametrize("name", [*CASES, "spi"])
def test_eigenvalues_are_those_of_r(name):
    ours = fitted(name).eigenvalues_
    expected = from_r(name, "eigenvalues")["eigenvalue"].to_numpy()
    np.testing.assert_allclose(ours, expected[: len(ours)], rtol=0, atol=1e-12)
    # With passive categories R also prints a dimension that is null.
    assert (expected[len(ours) :] < 1e-12).all()
    n_null = len(expected) - len(ours)
    assert n_null == (1 if "passive" in name else 0)


@pytest.mark.parametrize("name", CASES)
def test_categories_are_those_of_r(name):
    mca, expected = fitted(name), from_r(name, "categories")
    active = mca.column_roles_.index[mca.column_roles_ == "active"]
    assert set(expected.index) == set(active)
    assert_equal(mca.column_coordinates_, quantity(expected, "coordinate"), signs(name))
    assert_equal(mca.column_v_tests_, quantity(expected, "v_test"), signs(name))
    assert_equal(mca.column_contributions_, quantity(expected, "contribution"))
    assert_equal(mca.column_cos2_, quantity(expected, "cos2"))
    assert_equal(mca.eta2_, quantity(from_r(name, "eta2"), "eta2"))


@pytest.mark.parametrize("name", CASES)
def test_respondents_are_those_of_r(name):
    mca, expected = fitted(name), from_r(name, "rows")
    assert_equal(mca.row_coordinates_, quantity(expected, "coordinate"), signs(name))
    assert_equal(mca.row_contributions_, quantity(expected, "contribution"))
    assert_equal(mca.row_cos2_, quantity(expected, "cos2"))


def test_many_items_give_the_coordinates_of_r():
    mca = fitted("spi")
    assert_equal(mca.column_coordinates_, from_r("spi", "categories"), signs("spi"))
    assert_equal(mca.row_coordinates_, from_r("spi", "rows"), signs("spi"))


@pytest.mark.parametrize("name", WITH_ALL)
def test_supplementary_variables_are_those_of_r(name):
    placed = fitted(name).supplementary(case(name).supplementary)
    expected = from_r(name, "supplementary_categories")
    assert set(placed.coordinates.index) == set(expected.index)
    assert_equal(placed.coordinates, quantity(expected, "coordinate"), signs(name))
    assert_equal(placed.v_tests, quantity(expected, "v_test"), signs(name))
    assert_equal(placed.cos2, quantity(expected, "cos2"))
    assert_equal(placed.eta2, quantity(from_r(name, "supplementary_eta2"), "eta2"))
    if name != "wg93":  # which has no numeric variable
        expected = from_r(name, "supplementary_correlations")
        assert_equal(placed.correlations, expected, signs(name))


def test_supplementary_respondents_are_those_of_r():
    table = case("bfi").active
    mca = MCA(n_components=5).fit(table.iloc[:2400])
    expected = quantity(from_r("bfi", "supplementary_rows"), "coordinate")
    ours = mca.transform(table.iloc[2400:])
    sign = np.sign((ours.to_numpy() * expected.to_numpy()).sum(axis=0))
    assert_equal(ours, expected, sign)


@pytest.mark.parametrize("name", ["tea", "bfi", "bfi_weighted"])
def test_description_of_the_axes_is_that_of_r(name):
    described = describe_axes(fitted(name), supplementary=case(name).supplementary, proba=1)
    compared = {
        "quali": (described.variables, "r2", "R2"),
        "category": (described.categories, "estimate", "Estimate"),
        "quanti": (described.correlations, "correlation", "Correlation"),
    }
    for what, (table, ours, theirs) in compared.items():
        expected = from_r(name, f"dimdesc_{what}").reset_index()
        expected = expected.rename(columns={"correlation": "Correlation"})
        expected["sign"] = 1 if what == "quali" else signs(name)[expected["axis"] - 1]
        expected["axis"] = "Axis " + expected["axis"].astype(str)
        keys = [key for key in ("axis", "variable", "category") if key in expected.columns]
        both = expected.merge(table, on=keys, validate="one_to_one")
        assert len(both) == len(expected) == table["axis"].isin(expected["axis"]).sum()
        np.testing.assert_allclose(both[ours] * both["sign"], both[theirs], rtol=0, atol=TOLERANCE)
        # p-values go down to 1e-250: compared as far as R's own digits reach there.
        np.testing.assert_allclose(both["p_value"], both["p.value"], rtol=1e-8)


def test_tea_has_the_known_eigenvalues():
    known = [0.14827441, 0.12154673, 0.09000954]
    np.testing.assert_allclose(fitted("tea").eigenvalues_[:3], known, rtol=0, atol=5e-9)


def test_wg93_has_the_known_inertias_and_greenacre_rates():
    mca = fitted("wg93")
    known = [0.457379, 0.430966, 0.321926, 0.306473]
    np.testing.assert_allclose(mca.eigenvalues_[:4], known, rtol=0, atol=5e-7)
    expected = from_r("wg93", "adjusted")
    adjusted = (4 / 3 * (mca.eigenvalues_ - 1 / 4)) ** 2
    np.testing.assert_allclose(
        adjusted[: len(expected)], expected["adjusted"], rtol=0, atol=TOLERANCE
    )
    greenacre = mca.inertia_["greenacre"].dropna()
    np.testing.assert_allclose(greenacre, expected["percent"], rtol=0, atol=TOLERANCE)
    benzecri = 100 * expected["adjusted"] / expected["adjusted"].sum()
    np.testing.assert_allclose(mca.inertia_["benzecri"].dropna(), benzecri, rtol=0, atol=TOLERANCE)


@pytest.mark.parametrize("name", ["tea", "wg93", "bfi"])
def test_prince_agrees_where_both_apply(name):
    table, mca = case(name).active, fitted(name)
    theirs = prince.MCA(n_components=5, engine="scipy").fit(table)
    np.testing.assert_allclose(mca.eigenvalues_[:5], theirs.eigenvalues_, rtol=0, atol=1e-10)
    rows = theirs.row_coordinates(table).to_numpy()
    sign = np.sign((mca.row_coordinates_.to_numpy() * rows).sum(axis=0))
    np.testing.assert_allclose(mca.row_coordinates_ * sign, rows, rtol=0, atol=1e-10)
    columns = theirs.column_coordinates(table)
    separator = "__" if "__" in columns.index[0] else "_"  # changed between versions of prince
    names = [separator.join(pair) for pair in mca.column_coordinates_.index]
    columns = columns.loc[names].to_numpy()
    np.testing.assert_allclose(mca.column_coordinates_ * sign, columns, rtol=0, atol=1e-10)
    contributions = 100 * theirs.column_contributions_.loc[names].to_numpy()
    np.testing.assert_allclose(mca.column_contributions_, contributions, rtol=0, atol=1e-10)
    cos2 = theirs.column_cosine_similarities(table).loc[names].to_numpy()
    np.testing.assert_allclose(mca.column_cos2_, cos2, rtol=0, atol=1e-10)
