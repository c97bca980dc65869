"""Climbing a likelihood, and the covariance at its top: by hand."""

from __future__ import annotations

import numpy as np
import pytest

from rfree.membership.likelihood import climb, model_covariance, robust_covariance, solve_symmetric


def test_the_sandwich_counts_those_who_have_a_score() -> None:
    information = np.array([[2.0, 0.0], [0.0, 4.0]])
    scores = np.array([[1.0, 0.0], [-1.0, 1.0], [0.0, -1.0], [0.0, 0.0]])
    meat = np.array([[2.0, -1.0], [-1.0, 2.0]]) * 3 / 2
    bread = np.diag([0.5, 0.25])
    np.testing.assert_allclose(robust_covariance(information, scores), bread @ meat @ bread)


def test_the_covariance_is_the_inverse_of_the_information() -> None:
    information = np.array([[2.0, 0.5], [0.5, 1.0]])
    np.testing.assert_allclose(model_covariance(information) @ information, np.eye(2), atol=1e-12)


def test_steps_that_overshoot_are_halved_until_they_rise() -> None:
    tried: list[float] = []

    def height(x: np.ndarray) -> float:
        tried.append(float(x[0]))
        return -float(x[0] ** 2)

    # A step six times too long: to -15 and -6, both lower; a quarter of it leads to -1.5.
    found, converged = climb(
        np.array([3.0]), height, lambda x: (-2 * x, -6 * x), max_iterations=200
    )
    assert converged
    assert abs(found[0]) < 1e-4
    assert tried[:4] == [3.0, -15.0, -6.0, -1.5]


def test_a_climb_without_end_says_so() -> None:
    found, converged = climb(
        np.array([0.0]), lambda x: float(x[0]), lambda _: (np.ones(1), np.ones(1)), max_iterations=7
    )
    assert not converged
    assert found.tolist() == [7.0]


def test_where_no_step_rises_the_slope_decides() -> None:
    for slope, converged in ((1e15, False), (1e-6, True)):
        found = climb(
            np.zeros(1), lambda x: -float(abs(x[0])),
            lambda _, slope=slope: (np.array([slope]), np.array([1.0])),
            max_iterations=5,
        )  # fmt: skip
        assert found[0].tolist() == [0.0]
        assert found[1] is converged


def test_a_singular_system_has_its_shortest_solution() -> None:
    found = solve_symmetric(np.array([[1.0, 1.0], [1.0, 1.0]]), np.array([2.0, 2.0]))
    assert found == pytest.approx([1.0, 1.0])
