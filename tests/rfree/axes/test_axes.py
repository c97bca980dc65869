"""Principal axes of a Burt table, against a plain decomposition, and the rule of their signs."""

from __future__ import annotations

import numpy as np
import pytest

from rfree.axes import axes
from rfree.axes.axes import oriented, principal_axes


def tables(n: int = 80) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Burt table of three variables of 3, 2 and 4 categories, and its standardised residuals."""
    rng = np.random.default_rng(5)
    codes = [rng.integers(0, size, n) for size in (3, 2, 4)]
    marks = np.hstack([np.eye(size)[each] for size, each in zip((3, 2, 4), codes, strict=True)])
    weights = rng.uniform(0.5, 2, n)
    burt = marks.T @ (marks * weights[:, None])
    shares = np.diag(burt) / np.diag(burt).sum()
    expected = np.outer(shares, shares)
    return burt, np.repeat([0, 1, 2], [3, 2, 4]), (burt / burt.sum() - expected) / np.sqrt(expected)


@pytest.mark.parametrize("passive", [[], [1], [0, 4, 8], [3, 4], [0, 3, 5]])
def test_axes_are_those_of_the_residuals_of_the_active_categories(passive: list[int]) -> None:
    burt, variable_of, residuals = tables()
    active = np.ones(9, dtype=bool)
    active[passive] = False
    found = principal_axes(burt, variable_of, active)
    values, vectors = np.linalg.eigh(residuals[active][:, active])
    without_passive = sum(active[variable_of == each].all() for each in range(3))
    size = active.sum() - without_passive
    assert found.eigenvalues.shape == (size,)
    np.testing.assert_allclose(found.eigenvalues, values[::-1][:size], atol=1e-12)
    assert found.vectors.shape == (active.sum(), size)
    for axis in range(size):
        vector = vectors[:, ::-1][:, axis]
        vector = vector * np.sign(vector[np.abs(vector).argmax()])
        np.testing.assert_allclose(found.vectors[:, axis], vector, atol=1e-9)
    few = principal_axes(burt, variable_of, active, 2)
    np.testing.assert_array_equal(few.vectors, found.vectors[:, :2])
    np.testing.assert_array_equal(few.eigenvalues, found.eigenvalues)


@pytest.mark.parametrize("n_axes", [1, 2, 5, 6, 7, 50])
@pytest.mark.parametrize("passive", [[], [0, 4, 8]])
def test_axes_of_a_large_table_are_those_of_a_small_one(
    n_axes: int, passive: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    burt, variable_of, _ = tables()
    active = np.ones(9, dtype=bool)
    active[passive] = False
    small = principal_axes(burt, variable_of, active)
    assert len(small.eigenvalues) == 6
    for largest in (5, 6):  # six directions: more than the largest small table has, or as many
        monkeypatch.setattr(axes, "LARGE", largest)
        found = principal_axes(burt, variable_of, active, n_axes)
        np.testing.assert_allclose(found.eigenvalues, small.eigenvalues, atol=1e-12)
        np.testing.assert_allclose(found.vectors, small.vectors[:, :n_axes], atol=1e-9)


def test_null_axes_are_zeros_without_a_vector() -> None:
    # The second variable repeats the first: three of four axes left of two times three.
    marks = np.repeat(np.eye(3), [2, 3, 4], axis=0)
    marks = np.hstack([marks, marks])
    found = principal_axes(marks.T @ marks, np.repeat([0, 1], 3), np.ones(6, dtype=bool))
    np.testing.assert_allclose(found.eigenvalues, [1, 1, 0, 0], atol=1e-15)
    assert (found.eigenvalues[2:] == 0).all()
    assert found.vectors.shape == (6, 2)


def test_the_first_of_equal_contributions_gives_the_sign() -> None:
    def sign(apart: float) -> float:
        return float(np.sign(oriented(np.array([[-1.0], [1 + apart], [0.1]]))[0, 0]))

    # Squares equal to 1e-8 are equal.
    assert sign(0) == sign(4e-9) == 1
    assert sign(6e-9) == -1
    assert sign(-1e-3) == 1
    turned = oriented(np.array([[0.1, -0.9], [-0.9, 0.1]]))
    assert turned.tolist() == [[-0.1, 0.9], [0.9, -0.1]]
