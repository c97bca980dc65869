"""The three criteria of a tree's cuts, by hand and by their properties."""

from __future__ import annotations

import numpy as np
import pytest

from rfree.classes.suggested_number import CRITERIA, cut_criterion, suggested_number

# W(1) to W(6): 36, 16, 9, 4, 1, 0.
GAINS = np.array([20.0, 7.0, 5.0, 3.0, 1.0])
CLASSES = np.arange(2, 7)


def test_within_ratio_by_hand() -> None:
    values = cut_criterion("within_ratio", GAINS, n_axes=3)
    np.testing.assert_allclose(values, [16 / 36, 9 / 16, 4 / 9, 1 / 4, 0])


def test_ratio_of_successive_gains_by_hand() -> None:
    values = cut_criterion("gain_ratio", GAINS, n_axes=3)
    np.testing.assert_allclose(values, [20 / 7, 7 / 5, 5 / 3, 3, np.inf])


@pytest.mark.parametrize(
    ("n_axes", "differences"),
    [
        # q^2 W(q): 36, 64, 81, 64, 25, 0; q W(q): 36, 32, 27, 16, 5, 0.
        (1, [-28, -17, 17, 39, 25]),
        (2, [4, 5, 11, 11, 5]),
    ],
)
def test_krzanowski_and_lai_by_hand(n_axes: int, differences: list[float]) -> None:
    values = cut_criterion("krzanowski_lai", GAINS, n_axes=n_axes)
    sizes = np.abs(differences)
    np.testing.assert_allclose(values[:-1], sizes[:-1] / sizes[1:])
    assert values[-1] == np.inf


def test_differences_that_are_rounding_suggest_nothing() -> None:
    # On two axes, q W(q) is the same up to 5 classes: 0 / 0.
    within = np.append(0.7 / np.arange(1, 6), 0.0)
    values = cut_criterion("krzanowski_lai", -np.diff(within), n_axes=2)
    np.testing.assert_array_equal(values, [np.nan, np.nan, np.nan, 0, np.inf])
    assert suggested_number("krzanowski_lai", values, CLASSES, fewest=2, most=4) is None


@pytest.mark.parametrize(
    ("name", "fewest", "most", "suggested"),
    [
        ("within_ratio", 2, 5, 5),
        ("within_ratio", 2, 4, 2),  # 16/36 twice: the fewer
        ("within_ratio", 3, 4, 4),
        ("gain_ratio", 2, 5, 5),
        ("gain_ratio", 2, 4, 4),  # never 2, though its ratio is larger
        ("gain_ratio", 2, 3, None),
        ("krzanowski_lai", 2, 5, 5),
        ("krzanowski_lai", 2, 4, 4),
        ("krzanowski_lai", 2, 3, 2),
    ],
)
def test_which_number_is_suggested(name, fewest, most, suggested) -> None:
    values = cut_criterion(name, GAINS, n_axes=2)
    assert suggested_number(name, values, CLASSES, fewest=fewest, most=most) == suggested


@pytest.mark.parametrize("name", CRITERIA)
def test_the_unit_of_the_inertia_is_indifferent(name) -> None:
    gains = np.sort(np.random.default_rng(3).exponential(size=12))[::-1]
    np.testing.assert_allclose(
        cut_criterion(name, 1e6 * gains, n_axes=4), cut_criterion(name, gains, n_axes=4), rtol=1e-9
    )


@pytest.mark.parametrize("name", CRITERIA)
@pytest.mark.parametrize("n_axes", [1, 2, 5])
def test_a_class_for_each_of_the_positions_shared_is_the_best_cut(name, n_axes) -> None:
    gains = np.sort(np.random.default_rng(n_axes).exponential(size=7))[::-1]
    values = cut_criterion(name, gains, n_axes=n_axes)
    assert not np.isnan(values).any()
    classes = np.arange(2, 9)
    assert suggested_number(name, values, classes, fewest=3, most=10) == 8


def test_an_unknown_name_is_an_error() -> None:
    with pytest.raises(ValueError, match="expected one of within_ratio, gain_ratio, krzanowski"):
        cut_criterion("elbow", GAINS, n_axes=2)  # type: ignore[arg-type]
