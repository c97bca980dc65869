"""Maps of resamples laid on that of the sample, and their ellipses: by hand."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy.stats import chi2

from rfree.reality.resampled_axes import aligned_coordinates, resampled_ellipses

CATEGORIES = pd.MultiIndex.from_tuples(
    [("q", "yes"), ("q", "no"), ("r", "yes")], names=["variable", "category"]
)


@pytest.fixture
def cloud() -> np.ndarray:
    """Six resamples of three categories on three axes; the second is absent from four."""
    rng = np.random.default_rng(5)
    points = rng.normal(size=(6, 3, 3)) * [1.0, 0.4, 2.0] + [0.3, -0.6, 0.1]
    points[:4, 1] = np.nan
    points[:3, 2] = np.nan
    return points


def test_each_plane_has_the_normal_ellipse_of_its_replicates(cloud: np.ndarray) -> None:
    sample = np.arange(9.0).reshape(3, 3)
    table = resampled_ellipses(sample, cloud, CATEGORIES, level=0.9)
    assert list(table.columns) == [
        "variable", "category", "axis_x", "axis_y", "x", "y", "center_x", "center_y", "width",
        "height", "angle", "origin_inside", "replicates",
    ]  # fmt: skip
    assert table["axis_x"].tolist() == [1, 1, 1, 2, 2, 2]
    assert table["axis_y"].tolist() == [2, 2, 2, 3, 3, 3]
    assert table["variable"].tolist() == ["q", "q", "r"] * 2
    assert table["category"].tolist() == ["yes", "no", "yes"] * 2
    assert table["replicates"].tolist() == [6, 2, 3] * 2
    for row in table.itertuples():
        number = row.Index % 3
        axes = [row.axis_x - 1, row.axis_y - 1]
        assert [row.x, row.y] == sample[number, axes].tolist()
        met = cloud[:, number][:, axes]
        met = met[~np.isnan(met[:, 0])]
        if len(met) < 3:
            assert np.isnan([row.center_x, row.center_y, row.width, row.height, row.angle]).all()
            assert not row.origin_inside
            continue
        centre, covariance = met.mean(axis=0), np.cov(met, rowvar=False)
        assert [row.center_x, row.center_y] == pytest.approx(centre.tolist())
        values, vectors = np.linalg.eigh(covariance)
        scale = chi2.ppf(0.9, 2)
        assert row.width == pytest.approx(2 * np.sqrt(scale * values[1]))
        assert row.height == pytest.approx(2 * np.sqrt(scale * values[0]))
        long = np.array([np.cos(np.radians(row.angle)), np.sin(np.radians(row.angle))])
        assert abs(long @ vectors[:, 1]) == pytest.approx(1)
        assert -90 <= row.angle < 90
        inside = centre @ np.linalg.solve(covariance, centre) <= scale
        assert row.origin_inside == inside


def test_the_origin_is_inside_or_outside() -> None:
    rng = np.random.default_rng(2)
    near = rng.normal(size=(200, 2)) @ np.array([[1.0, 0.5], [0, 0.4]])
    for shift, inside in ((0.2, True), (9.0, False)):
        cloud = (near + np.array([shift, -shift]))[:, None]
        row = resampled_ellipses(np.zeros((1, 2)), cloud, CATEGORIES[:1]).iloc[0]
        assert row["origin_inside"] == inside
    default = resampled_ellipses(np.zeros((1, 2)), near[:, None], CATEGORIES[:1])
    asked = resampled_ellipses(np.zeros((1, 2)), near[:, None], CATEGORIES[:1], level=0.95)
    pd.testing.assert_frame_equal(default, asked)


def test_a_flat_ellipse_along_an_axis_is_turned_by_nothing_or_a_quarter() -> None:
    across = np.array([[-1.0, 0.0], [0.0, 0.0], [1.0, 0.0]])[:, None]
    flat = resampled_ellipses(np.zeros((1, 2)), across, CATEGORIES[:1]).iloc[0]
    assert flat["angle"] == 0
    assert flat["height"] == 0
    assert flat["width"] == pytest.approx(2 * np.sqrt(chi2.ppf(0.95, 2)))
    upright = resampled_ellipses(np.zeros((1, 2)), across[:, :, ::-1], CATEGORIES[:1]).iloc[0]
    assert abs(upright["angle"]) == 90


def test_what_the_sample_has_not_is_left_out_and_one_axis_has_no_plane(cloud: np.ndarray) -> None:
    sample = np.arange(9.0).reshape(3, 3)
    sample[1] = np.nan
    table = resampled_ellipses(sample, cloud, CATEGORIES)
    assert table["variable"].tolist() == ["q", "r"] * 2
    assert resampled_ellipses(sample[:, :1], cloud[:, :, :1], CATEGORIES).empty


def test_a_map_is_turned_back_without_change_of_scale() -> None:
    rng = np.random.default_rng(8)
    sample = rng.normal(size=(7, 3))
    turn, _ = np.linalg.qr(rng.normal(size=(3, 3)))
    np.testing.assert_allclose(aligned_coordinates(2 * sample @ turn, sample), 2 * sample)
    # An absent category moves nothing; fewer axes are filled with zeros.
    gap = (sample @ turn).copy()
    gap[2] = np.nan
    found = aligned_coordinates(gap, sample)
    np.testing.assert_allclose(np.delete(found, 2, axis=0), np.delete(sample, 2, axis=0))
    assert np.isnan(found[2]).all()
    flat = sample * [1, 1, 0]
    np.testing.assert_allclose(aligned_coordinates(flat[:, :2], flat), flat, atol=1e-12)
