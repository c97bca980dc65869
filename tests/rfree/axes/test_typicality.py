"""Typicality of a subgroup's mean point: every subgroup of R, by hand and by property."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from rfree.axes.mca import MCA
from rfree.axes.typicality import typicality_test

REFERENCE = Path(__file__).parents[3] / "R-free" / "reference" / "class_specific"


def sample() -> tuple[pd.DataFrame, np.ndarray]:
    points = pd.read_csv(REFERENCE / "typicality_points.csv")
    return points[["x", "y"]], points["member"].to_numpy()


def test_every_subgroup_is_compared_as_in_r():
    theirs = pd.read_csv(REFERENCE / "typicality_tests.csv").set_index("statistic")
    points, members = sample()
    ours = typicality_test(points, members)
    assert ours.exact
    assert ours.subgroups == 1820
    np.testing.assert_allclose(ours.axes["deviation"], theirs["observed"].iloc[:2], atol=1e-12)
    np.testing.assert_allclose(ours.axes["p_value"], theirs["p_value"].iloc[:2], atol=1e-12)
    assert ours.distance == pytest.approx(theirs.loc["distance", "observed"])
    assert ours.p_value == pytest.approx(theirs.loc["distance", "p_value"])


def test_drawn_subgroups_come_near_to_all_of_them():
    points, members = sample()
    everything = typicality_test(points, members)
    drawn = typicality_test(points, members, exact_up_to=0, draws=4999, seed=3)
    assert not drawn.exact
    assert drawn.subgroups == 5000
    # Four standard errors of a share of 5,000 draws.
    shares = np.append(everything.axes["p_value"], everything.p_value)
    allowed = 4 * np.sqrt(shares * (1 - shares) / 5000) + 1 / 5000
    assert (np.abs(np.append(drawn.axes["p_value"], drawn.p_value) - shares) < allowed).all()
    again = typicality_test(points, members, exact_up_to=0, draws=4999, seed=3)
    pd.testing.assert_frame_equal(drawn.axes, again.axes)


def test_two_of_six_by_hand():
    # 15 pairs; the mean is 0, only the observed pair has a sum as far from it as -5.
    points = pd.DataFrame({"axis": [-3.0, -2, 1, 1, 1, 2]})
    found = typicality_test(points, [True, True, False, False, False, False])
    spread = np.sqrt(20 / 6)
    assert found.p_value == pytest.approx(1 / 15)
    assert found.axes["mean"].tolist() == [-2.5]
    assert found.axes["deviation"].tolist() == pytest.approx([-2.5 / spread])
    assert found.axes["z"].tolist() == pytest.approx([-2.5 / spread * np.sqrt(2 * 5 / 4)])
    assert found.chi2 == pytest.approx(found.axes["z"].iloc[0] ** 2)


def answers() -> pd.DataFrame:
    rng = np.random.default_rng(4)
    trait = rng.normal(size=(60, 1)) + rng.normal(size=(60, 5))
    return pd.DataFrame((np.digitize(trait, [-0.8, 0.7]) + 1).astype(str), columns=list("abcde"))


def test_z_is_the_v_test_of_the_category():
    mca = MCA(2).fit(answers())
    sexes = pd.DataFrame({"sex": np.where(np.arange(60) % 3 == 0, "f", "m")})
    found = typicality_test(mca.row_coordinates_, (sexes["sex"] == "f").to_numpy(), draws=99)
    v_tests = mca.supplementary(sexes).v_tests.loc[("sex", "f")]
    np.testing.assert_allclose(found.axes["z"], v_tests)
    assert found.chi2 == pytest.approx(np.square(v_tests).sum())
    # On principal axes the distance adds up the deviations.
    assert found.distance**2 == pytest.approx(np.square(found.axes["deviation"]).sum())


def test_the_scale_of_axes_and_of_weights_changes_nothing():
    points, members = sample()
    plain = typicality_test(points, members)
    scaled = typicality_test(points * [3, 0.1] + 7, members, sample_weight=np.full(16, 2.5))
    np.testing.assert_allclose(scaled.axes["deviation"], plain.axes["deviation"])
    assert scaled.p_value == plain.p_value
    heavy = typicality_test(points, members, sample_weight=np.arange(1, 17))
    assert np.isnan(heavy.chi2)
    assert heavy.axes["z"].isna().all()
    assert 0 < heavy.p_value <= 1


def test_respondents_without_weight_are_left_out():
    points, members = sample()
    weights = np.where(np.arange(16) == 3, 0.0, 1.0)
    found = typicality_test(points, members, sample_weight=weights)
    without = typicality_test(points.drop(index=3), np.delete(members, 3))
    assert found.p_value == without.p_value
    assert found.n_respondents == 15


def test_what_cannot_be_tested_is_told():
    points, members = sample()
    with pytest.raises(ValueError, match="some, but not all"):
        typicality_test(points, np.ones(16, dtype=bool))
    with pytest.raises(TypeError, match="True or False"):
        typicality_test(points, members.astype(int))
    with pytest.raises(ValueError, match="do not vary on x"):
        typicality_test(points.assign(x=1.0), members)
    with pytest.raises(ValueError, match="missing"):
        typicality_test(points.assign(x=np.nan), members)
    with pytest.raises(ValueError, match="draws"):
        typicality_test(points, members, draws=5)
