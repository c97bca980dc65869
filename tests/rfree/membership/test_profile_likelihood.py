"""Profiles of a likelihood that is a parabola, of which every number is known by hand."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pytest

from rfree.base.inputs import FloatArray
from rfree.membership.likelihood import Maximum
from rfree.membership.profile_likelihood import (
    _end_by_holding,
    _end_by_newton,
    moved_to,
    profile_interval,
    with_held,
)

TOP = np.array([1.0, -2.0, 0.5])
INFORMATION = np.array([[4.0, 1.0, 0.5], [1.0, 2.0, -0.3], [0.5, -0.3, 1.0]])
COVARIANCE = np.linalg.inv(INFORMATION)


@dataclass(frozen=True)
class Parabola:
    """A height of 7 at ``TOP``, falling by half the squared distance from it."""

    def height(self, parameters: FloatArray) -> float:
        away = parameters - TOP
        return float(7 - away @ INFORMATION @ away / 2)

    def slope(self, parameters: FloatArray) -> tuple[float, FloatArray, FloatArray]:
        return self.height(parameters), -INFORMATION @ (parameters - TOP), COVARIANCE

    def information(self, _: FloatArray) -> FloatArray:
        return INFORMATION


MAXIMUM = Maximum(TOP, 7.0, INFORMATION, converged=True)


def beside(held: list[int], values: list[float]) -> FloatArray:
    """Return where the height is largest with some parameters held, by the normal equations."""
    free = [each for each in range(3) if each not in held]
    found = TOP.copy()
    found[held] = values
    pull = INFORMATION[np.ix_(free, held)] @ (TOP[held] - values)
    found[free] += np.linalg.solve(INFORMATION[np.ix_(free, free)], pull)
    return found


@pytest.mark.parametrize(("held", "values"), [([1], [30.0]), ([0], [-4.0]), ([0, 2], [9.0, 8.0])])
@pytest.mark.parametrize("free", [0.0, 500.0, -500.0])
def test_what_is_held_stays_and_the_others_give_the_largest_height(
    held: list[int], values: list[float], free: float
) -> None:
    """Wherever the others start from: far away, noughts lie higher, and are a better start."""
    start = np.full(3, free)
    start[held] = values
    before = start.copy()
    found = with_held(Parabola(), start, np.array(held))
    np.testing.assert_array_equal(found[held], values)
    np.testing.assert_allclose(found, beside(held, values), atol=1e-5)
    np.testing.assert_array_equal(start, before)
    np.testing.assert_allclose(
        moved_to(MAXIMUM, np.array(held), np.array(values)), beside(held, values)
    )


def test_where_all_is_held_nothing_moves() -> None:
    start = np.array([3.0, 4, 5])
    assert with_held(Parabola(), start, np.arange(3)).tolist() == [3, 4, 5]
    assert TOP.tolist() == [1.0, -2.0, 0.5]


@pytest.mark.parametrize("position", range(3))
@pytest.mark.parametrize("fall", [0.5, 1.92])
def test_the_interval_of_a_parabola_is_that_of_its_covariance(position: int, fall: float) -> None:
    """A fall of half a chi-squared is as many standard errors away as its root."""
    half = np.sqrt(2 * fall * COVARIANCE[position, position])
    low, high = profile_interval(Parabola(), MAXIMUM, position, fall=fall)
    assert low == pytest.approx(TOP[position] - half)
    assert high == pytest.approx(TOP[position] + half)
    for sign in (-1.0, 1.0):
        end = TOP[position] + sign * half
        assert _end_by_newton(Parabola(), MAXIMUM, position, sign, fall) == pytest.approx(end)
        assert _end_by_holding(Parabola(), MAXIMUM, position, sign, fall) == pytest.approx(end)
