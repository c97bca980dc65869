from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from typology.axes.ellipses import class_ellipses, plane_ellipses


def cloud(n: int, *, seed: int = 0, angle: float = 30.0) -> pd.DataFrame:
    """Return a Gaussian class with standard deviations 3 and 1, turned by an angle."""
    random = np.random.default_rng(seed)
    turn = np.radians(angle)
    turned = np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]])
    points = (random.normal(size=(n, 2)) * [3, 1]) @ turned.T + [5, -2]
    return pd.DataFrame({"class": 1, "Axis 1": points[:, 0], "Axis 2": points[:, 1]})


def inside(points: pd.DataFrame, ellipse: pd.Series) -> pd.Series:
    """Return which points an ellipse holds, from its parameters alone."""
    x, y = points["Axis 1"] - ellipse["center_x"], points["Axis 2"] - ellipse["center_y"]
    turn = np.radians(ellipse["angle"])
    along, across = x * np.cos(turn) + y * np.sin(turn), y * np.cos(turn) - x * np.sin(turn)
    return (2 * along / ellipse["width"]) ** 2 + (2 * across / ellipse["height"]) ** 2 <= 1


def test_the_concentration_ellipse_holds_86_percent_of_a_gaussian_class() -> None:
    points = cloud(100_000)
    ellipse = class_ellipses(points).iloc[0]
    assert inside(points, ellipse).mean() == pytest.approx(1 - np.exp(-2), abs=0.005)
    assert ellipse["angle"] == pytest.approx(30, abs=1)
    assert ellipse["width"] == pytest.approx(4 * 3, rel=0.02)
    assert ellipse["height"] == pytest.approx(4 * 1, rel=0.02)


def test_the_confidence_ellipse_holds_the_true_centre_95_times_in_100() -> None:
    truth = pd.DataFrame({"Axis 1": [5.0], "Axis 2": [-2.0]})
    samples = [
        class_ellipses(cloud(200, seed=seed), kind="confidence").iloc[0] for seed in range(400)
    ]
    covered = np.mean([inside(truth, ellipse).iloc[0] for ellipse in samples])
    assert 0.92 <= covered <= 0.98


def test_weight_two_is_the_row_twice_for_the_concentration_ellipse() -> None:
    points = cloud(40)
    weights = np.where(np.arange(40) < 10, 2.0, 1.0)
    repeated = points.loc[np.repeat(points.index, weights.astype(int))]
    weighted = class_ellipses(points.assign(weight=weights))
    pd.testing.assert_frame_equal(weighted, class_ellipses(repeated))


@pytest.mark.parametrize("kind", ["concentration", "confidence"])
def test_the_scale_of_the_weights_changes_nothing(kind) -> None:
    points = cloud(40).assign(weight=np.linspace(1, 3, 40))
    tenfold = points.assign(weight=10 * points["weight"])
    pd.testing.assert_frame_equal(
        class_ellipses(points, kind=kind), class_ellipses(tenfold, kind=kind)
    )


def test_a_class_of_one_is_a_point() -> None:
    [ellipse] = class_ellipses(cloud(1)).itertuples()
    assert (ellipse.width, ellipse.height) == (0, 0)


def test_a_missing_axis_and_an_unknown_kind_are_refused() -> None:
    with pytest.raises(ValueError, match="Axis 3"):
        class_ellipses(cloud(5), axes=(1, 3))
    with pytest.raises(ValueError, match="'concentration' or 'confidence'"):
        class_ellipses(cloud(5), kind="hull")  # type: ignore[arg-type]


def test_every_plane_of_the_axes_has_the_ellipses_of_every_class() -> None:
    points = cloud(20).assign(**{"Axis 3": cloud(20, seed=1)["Axis 1"]})
    both = pd.concat([points, points.assign(**{"class": 2})])
    planes = plane_ellipses(both, [1, 2, 3])
    assert planes[["axis_x", "axis_y", "class"]].to_numpy().tolist() == [
        [x, y, number] for x, y in ((1, 2), (1, 3), (2, 3)) for number in (1, 2)
    ]
    one = planes[planes["axis_x"] == 2].reset_index(drop=True)
    pd.testing.assert_frame_equal(one, class_ellipses(both, axes=(2, 3)))
