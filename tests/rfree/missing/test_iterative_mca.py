"""Gaps filled from the axes, against the same loop written plainly."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from rfree.missing.iterative_mca import FilledIndicator, fill_gaps
from rfree.missing.missing import code_answers


def table(n: int = 40) -> pd.DataFrame:
    """Yes-or-no answers that go together, one in six missing, and a question of one answer."""
    rng = np.random.default_rng(6)
    latent = rng.normal(size=(n, 1)) + rng.normal(size=(n, 5))
    X = pd.DataFrame(np.where(latent > 0, "yes", "no"), columns=list("abcde"))
    return X.mask(rng.random(X.shape) < 1 / 6).assign(same="yes")


def plainly(
    X: pd.DataFrame, weights: np.ndarray, *, n_components: int, regularised: bool
) -> np.ndarray:
    """Fill in the shares, then rebuild the gaps from a whole decomposition, time after time."""
    answers = code_answers(X)
    gaps = answers.gaps(answers.missing)
    mass = weights / weights.sum()
    known = mass[:, None] * ~gaps.gap
    filled = np.where(
        gaps.gap, (known * gaps.indicator).sum(axis=0) / known.sum(axis=0), gaps.indicator
    )
    n_variables, rank = X.shape[1], gaps.indicator.shape[1] - X.shape[1]
    for _ in range(3000):
        shares = mass @ filled
        profiles = (filled - shares) / np.sqrt(n_variables * shares)
        left, singular, right = np.linalg.svd(
            np.sqrt(mass)[:, None] * profiles, full_matrices=False
        )
        values = singular**2
        noise = values[n_components:].sum() / (rank - n_components) if regularised else 0.0
        shrunk = singular[:n_components] * np.clip(1 - noise / values[:n_components], 0, None)
        back = (left[:, :n_components] * shrunk) @ right[:n_components] / np.sqrt(mass)[:, None]
        filled = np.where(gaps.gap, shares + back * np.sqrt(n_variables * shares), gaps.indicator)
    return filled


def filled(X: pd.DataFrame, weights: np.ndarray, **options: object) -> FilledIndicator:
    answers = code_answers(X)
    return fill_gaps(answers.gaps(answers.missing), weights, **options)  # type: ignore[arg-type]


@pytest.mark.parametrize("regularised", [True, False])
@pytest.mark.parametrize("weighted", [True, False])
def test_the_search_ends_where_the_plain_loop_does(regularised: bool, weighted: bool) -> None:
    X = table()
    weights = 1.0 + np.arange(40) % 3 if weighted else np.ones(40)
    found = filled(
        X, weights, n_components=1, regularised=regularised, tolerance=1e-11, max_iterations=9999
    )
    expected = plainly(X, weights, n_components=1, regularised=regularised)
    assert found.converged
    np.testing.assert_allclose(found.table, expected, atol=1e-8)


def test_a_search_cut_short_says_so() -> None:
    found = filled(table(), np.ones(40), n_components=1, max_iterations=2, tolerance=1e-12)
    assert not found.converged
    assert found.n_iterations == 2
    done = filled(table(), np.ones(40), n_components=1)
    assert done.converged
    assert 2 < done.n_iterations < 1000


def test_without_axes_or_gaps_nothing_is_searched() -> None:
    for X, number in ((table(), 0), (table().fillna("yes"), 1)):
        found = filled(X, np.ones(40), n_components=number)
        assert (found.n_iterations, found.converged) == (0, True)


def test_answers_of_who_weighs_nothing_count_where_nobody_else_answered() -> None:
    X = pd.DataFrame({"a": ["x", "y", "y", None], "b": list("uvuv")})
    weights = np.array([0.0, 0.0, 0.0, 1.0])
    found = filled(X, weights, n_components=0).table
    np.testing.assert_allclose(found[3, :2], [1 / 3, 2 / 3])
