"""Silhouettes of weighted respondents, and the number of classes that a chain suggests."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from sklearn.metrics import silhouette_score

from rfree.classes.chain import ChainSettings, code_table, run_chain
from rfree.classes.hcpc import HCPC
from rfree.reality.findings import findings, silhouette
from rfree.reality.stability import BootstrapPlan


def test_silhouette_is_that_of_scikit_learn_and_weights_repeat() -> None:
    rng = np.random.default_rng(1)
    points, labels = rng.normal(size=(20, 2)), np.resize([1, 2, 3], 20)
    assert silhouette(points, labels) == pytest.approx(silhouette_score(points, labels))
    times = rng.integers(1, 4, 20)
    # A point is left out of its class with all its copies: nearer than scikit-learn has it.
    apart = np.linalg.norm(points[:, None] - points, axis=2)
    widths = []
    for row in range(20):
        mean = {
            each: np.average(apart[row], weights=times * (labels == each) * (np.arange(20) != row))
            for each in (1, 2, 3)
        }
        inner = mean.pop(labels[row])
        outer = min(mean.values())
        widths.append((outer - inner) / max(inner, outer))
    found = silhouette(points, labels, times.astype(float))
    assert found == pytest.approx(np.average(widths, weights=times))


def test_one_alone_counts_for_nothing_and_an_empty_class_is_no_neighbour() -> None:
    points = np.array([[0.0], [1], [5]])
    # Widths (5 - 1) / 5 and (4 - 1) / 4, and 0 for the one alone.
    assert silhouette(points, np.array([1, 1, 2])) == pytest.approx((0.8 + 0.75) / 3)
    assert silhouette(points, np.array([1, 1, 3])) == pytest.approx((0.8 + 0.75) / 3)
    assert silhouette(np.zeros((4, 1)), np.array([1, 1, 2, 2])) == 0


def test_findings_are_those_of_the_tree_and_of_the_resamples() -> None:
    rng = np.random.default_rng(2)
    latent = rng.normal(size=(50, 1)) + 0.7 * rng.normal(size=(50, 6))
    X = pd.DataFrame(np.digitize(latent, [-1, 0, 1]) + 1).astype(str)
    table, settings = code_table(X), ChainSettings(2, 3)
    codes = np.array([float(code) for _, code in table.coding.index])
    found = findings(table, codes, settings, 2, np.random.default_rng(4))
    chain = run_chain(table, settings)
    tree = HCPC().fit(chain.coordinates)
    assert found.suggested == tree.suggested_n_classes_
    np.testing.assert_allclose(
        found.tree_shares, tree.criterion_["within_share"].iloc[:9], rtol=1e-6
    )
    assert found.within_share == chain.within_share
    assert found.axis_1 == pytest.approx(chain.eigenvalues[0])
    assert found.silhouette == pytest.approx(
        silhouette_score(chain.coordinates, chain.labels), rel=1e-5
    )
    plan = BootstrapPlan(
        table, settings, chain.labels, chain.category_coordinates, np.empty((50, 0))
    )
    generator = np.random.default_rng(4)
    drawn = [plan(generator).jaccard.mean() for _ in range(2)]  # type: ignore[union-attr]
    assert found.mean_jaccard == pytest.approx(np.mean(drawn))
    assert np.isnan(findings(table, codes, settings, 0, generator).mean_jaccard)
