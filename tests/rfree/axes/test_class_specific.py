"""Class-specific MCA: against R, by hand and by property."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from rfree.axes.class_specific import ClassSpecificMCA, class_specific_mca
from rfree.axes.mca import MCA

REFERENCE = Path(__file__).parents[3] / "R-free" / "reference"
PASSIVE = (("A1", "6"), ("C5", "6"), ("N5", "1"), ("N5", "2"))
# R writes 15 significant digits.
TOLERANCE = 1e-8


def data(name: str) -> pd.DataFrame:
    return pd.read_csv(REFERENCE / "data" / f"{name}.csv.gz")


def from_r(case: str, what: str, *names: str) -> pd.DataFrame:
    path = REFERENCE / "class_specific" / f"{case}_{what}.csv"
    table = pd.read_csv(path, dtype={"category": str, "variable": str})
    return table.set_index(list(names)) if names else table


def analysed(case: str) -> ClassSpecificMCA:
    if case == "tea":
        tea = data("tea")
        return class_specific_mca(tea.iloc[:, :18], tea["sex"] == "M", n_components=3)
    bfi, members = data("bfi").astype(str), data("bfi_background")["gender"] == 1
    weights = 0.5 + (np.arange(1, len(bfi) + 1) * 5 % 11) / 7
    return class_specific_mca(bfi, members, n_components=3, passive=PASSIVE, sample_weight=weights)


@pytest.mark.parametrize("case", ["tea", "bfi"])
def test_axes_are_those_of_the_members_in_the_space_of_all(case: str):
    ours = analysed(case)
    theirs = from_r(case, "eigenvalues")["eigenvalue"].to_numpy()
    values = ours.inertia["eigenvalue"].to_numpy()
    np.testing.assert_allclose(values, theirs[: len(values)], atol=TOLERANCE)
    assert (theirs[len(values) :] < 1e-10).all()
    rows = from_r(case, "rows", "row")
    own = ours.row_coordinates.loc[rows.index].to_numpy()
    turned = np.sign((own * rows.to_numpy()).sum(axis=0))
    np.testing.assert_allclose(own * turned, rows, atol=TOLERANCE)
    named = from_r(case, "categories", "variable", "category")
    places = ours.column_coordinates.loc[named.index] * turned
    np.testing.assert_allclose(places, named.filter(like="coordinate"), atol=TOLERANCE)
    contributions = ours.column_contributions.loc[named.index]
    np.testing.assert_allclose(contributions, named.filter(like="contribution"), atol=1e-7)


def survey(n: int = 80, seed: int = 2) -> pd.DataFrame:
    rng = np.random.default_rng(seed)
    trait = rng.normal(size=(n, 1)) + rng.normal(size=(n, 5))
    return pd.DataFrame((np.digitize(trait, [-0.8, 0.7]) + 1).astype(str), columns=list("abcde"))


BLOCKS = dict(zip("abcde", [1, 1, 2, 2, 2], strict=True))


@pytest.mark.parametrize("blocks", [None, BLOCKS])
def test_of_all_respondents_it_is_their_mca(blocks: dict[str, int] | None):
    table, weights, passive = survey(), np.linspace(1, 3, 80), [("b", "1")]
    own = class_specific_mca(
        table, np.ones(80, dtype=bool), n_components=3, passive=passive, blocks=blocks,
        sample_weight=weights,
    )  # fmt: skip
    mca = MCA(3, passive=passive, blocks=blocks).fit(table, weights)
    values = own.inertia["eigenvalue"].to_numpy()
    np.testing.assert_allclose(values, mca.eigenvalues_[: len(values)], atol=1e-12)
    for ours, theirs in (
        (own.row_coordinates, mca.row_coordinates_),
        (own.column_coordinates, mca.column_coordinates_),
        (own.column_contributions, mca.column_contributions_),
        (own.column_cos2, mca.column_cos2_),
    ):
        np.testing.assert_allclose(ours, theirs, atol=1e-9)
    np.testing.assert_allclose(own.cosines, np.eye(3), atol=1e-9)
    assert own.inertia_ratio == pytest.approx(1)


def test_two_questions_by_hand():
    # Of the members (first four), fear varies as 1/2, 1/2 and hope does not: one axis, on which
    # fear alone counts. With f = 3/5 and 2/5, lambda = 1/4 (1/f_y + 1/f_n) / 2 = 25 / 48.
    table = pd.DataFrame({"fear": list("yynny"), "hope": list("nnnny")})
    own = class_specific_mca(table, np.array([True] * 4 + [False]))
    assert own.inertia["eigenvalue"].tolist() == pytest.approx([25 / 48])
    assert sorted(own.row_coordinates["Axis 1"]) == pytest.approx(
        [-np.sqrt(25 / 48)] * 2 + [np.sqrt(25 / 48)] * 2
    )
    assert own.column_counts.to_dict() == {("fear", "n"): 2, ("fear", "y"): 2, ("hope", "n"): 4}
    assert own.column_contributions["Axis 1"].tolist() == pytest.approx([60, 40, 0])
    assert own.column_cos2["Axis 1"].tolist() == pytest.approx([1, 1, 0])


def test_distances_between_members_are_those_of_all():
    table = survey()
    members = np.arange(80) % 3 > 0
    own = class_specific_mca(table, members, n_components=99)
    everybody = MCA(99).fit(table).row_coordinates_.to_numpy()[members]
    ours = own.row_coordinates.to_numpy()
    for left, right in ((0, 1), (3, 17), (20, 44)):
        np.testing.assert_allclose(
            np.square(ours[left] - ours[right]).sum(),
            np.square(everybody[left] - everybody[right]).sum(),
        )
    np.testing.assert_allclose(ours.mean(axis=0), 0, atol=1e-12)
    np.testing.assert_allclose(ours.var(axis=0), own.inertia["eigenvalue"])
    np.testing.assert_allclose(own.column_cos2.sum(axis=1), 1)


def test_members_who_are_wrong_are_told():
    table = survey()
    with pytest.raises(TypeError, match="True or False"):
        class_specific_mca(table, np.ones(80))
    with pytest.raises(ValueError, match="no respondent"):
        class_specific_mca(table, np.zeros(80, dtype=bool))


def test_members_who_all_answer_alike_have_no_axis():
    alike = pd.concat([survey().iloc[:1]] * 4 + [survey()], ignore_index=True)
    own = class_specific_mca(alike, np.arange(84) < 4)
    assert own.inertia.empty
    assert own.row_coordinates.shape == (4, 0)
    assert own.inertia_ratio == 0
