"""The bivariate normal distribution function: known values, another integral, properties."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from scipy.integrate import quad
from scipy.special import ndtr

from rfree.items.bivariate_normal import bivariate_normal_cdf, bivariate_normal_density

CORRELATIONS = [0.0, 0.1, -0.5, 0.9, 0.9249, 0.9251, -0.93, 0.97, -0.99, 0.999, -0.9999, 0.9999]


def by_conditioning(x: float, y: float, rho: float) -> float:
    """P(X <= x, Y <= y), integrating P(Y <= y | X) over X between the bends of the integrand."""
    spread = np.sqrt((1 - rho) * (1 + rho))
    centre = y / rho if rho else 0.0
    bends = [centre + step * spread for step in (-8, -2, 0, 2, 8)]
    edges = [-9.0, *sorted(bend for bend in bends if -9 < bend < x), x]

    def integrand(t: float) -> float:
        return np.exp(-t * t / 2) / np.sqrt(2 * np.pi) * ndtr((y - rho * t) / spread)

    return sum(
        quad(integrand, low, high, epsabs=1e-15, epsrel=1e-13)[0]
        for low, high in itertools.pairwise(edges)
    )


@pytest.mark.parametrize("rho", CORRELATIONS)
def test_equals_an_independent_integral(rho):
    generator = np.random.default_rng(11)
    x = generator.normal(size=15) * 1.8
    # Every third point lies where the distribution is steepest.
    y = np.where(np.arange(15) % 3 == 0, x * np.sign(rho), generator.normal(size=15) * 1.8)
    ours = bivariate_normal_cdf(x, y, np.array(rho))
    theirs = [by_conditioning(a, b, rho) for a, b in zip(x, y, strict=True)]
    assert np.allclose(ours, theirs, rtol=0, atol=2e-15)


def test_quadrant_has_its_closed_form():
    rho = np.linspace(-0.9999, 0.9999, 201)
    expected = 0.25 + np.arcsin(rho) / (2 * np.pi)
    assert np.allclose(bivariate_normal_cdf(0.0, 0.0, rho), expected, rtol=0, atol=1e-15)


@pytest.mark.parametrize("rho", CORRELATIONS)
def test_far_limits_give_the_margins(rho):
    x = np.linspace(-4, 4, 9)
    assert np.allclose(bivariate_normal_cdf(x, 10.0, np.array(rho)), ndtr(x), rtol=0, atol=1e-15)
    assert np.allclose(bivariate_normal_cdf(-10.0, x, np.array(rho)), 0, rtol=0, atol=1e-15)


def test_density_is_the_derivative_in_the_correlation():
    x, y = np.meshgrid(np.linspace(-2, 2, 5), np.linspace(-2, 2, 5))
    for rho in (-0.6, 0.2, 0.8):
        step = 1e-5
        rise = bivariate_normal_cdf(x, y, rho + step) - bivariate_normal_cdf(x, y, rho - step)
        density = bivariate_normal_density(x, y, np.array(rho))
        assert np.allclose(rise / (2 * step), density, rtol=0, atol=1e-8)


def test_numbers_of_any_kind_are_read_as_numbers() -> None:
    expected = bivariate_normal_cdf(0.5, -0.25, 0.5)
    for kind in (object, np.float32):
        one, other, rho = (np.array([value], dtype=kind) for value in (0.5, -0.25, 0.5))
        found = bivariate_normal_cdf(one, other, rho)
        assert found.dtype == float
        np.testing.assert_allclose(found, expected)
    whole = bivariate_normal_cdf(np.array([0, 1]), np.array([0, 2]), np.array([0, 0]))
    np.testing.assert_allclose(whole, bivariate_normal_cdf([0.0, 1.0], [0.0, 2.0], [0.0, 0.0]))
