"""What one passage of the chain finds, and silhouettes of weighted respondents."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from sklearn.metrics import silhouette_score

from rfree.classes.chain import ChainSettings, CodedTable, code_table, run_chain
from rfree.classes.hcpc import HCPC
from rfree.reality.boundaries import boundaries
from rfree.reality.findings import findings, silhouette
from rfree.reality.one_score import share_given_back
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


def test_weighted_silhouette_by_hand() -> None:
    points, labels = np.array([[0.0], [1.0], [4.0], [6.0]]), np.array([1, 1, 2, 2])
    weights = np.array([1.0, 2.0, 1.0, 3.0])
    # Own class, then the other: mean distances, weighted.
    pairs = [(1, (4 + 18) / 4), (1, (3 + 15) / 4), (2, (4 + 6) / 3), (2, (6 + 10) / 3)]
    widths = [1 - own / other for own, other in pairs]
    expected = np.average(widths, weights=weights)
    assert silhouette(points, labels, weights) == pytest.approx(expected)
    assert silhouette(points, labels, np.full(4, 2.5)) == pytest.approx(silhouette(points, labels))


def one_trait(n: int, n_items: int = 6) -> pd.DataFrame:
    rng = np.random.default_rng(2)
    latent = rng.normal(size=(n, 1)) + 0.7 * rng.normal(size=(n, n_items))
    return pd.DataFrame(np.digitize(latent, [-1, 0, 1]) + 1).astype(str)


def codes_of(table: CodedTable) -> np.ndarray:
    return np.array([float(code) for _, code in table.coding.index])


def test_findings_are_those_of_the_tree_and_of_the_resamples() -> None:
    table, settings = code_table(one_trait(50)), ChainSettings(2, 3)
    codes = codes_of(table)
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
    undescribed = findings(table, codes, settings, 0, generator)
    assert np.isnan(undescribed.mean_jaccard)
    assert np.isnan(undescribed.silhouette)


def test_findings_on_the_answers_are_those_of_numpy() -> None:
    X = one_trait(60)
    table = code_table(X)
    found = findings(table, codes_of(table), ChainSettings(2, 3), 0, np.random.default_rng(0))
    values = X.to_numpy(dtype=float)
    assert found.second_eigenvalue == pytest.approx(np.linalg.eigvalsh(np.corrcoef(values.T))[-2])
    standardised = (values - values.mean(axis=0)) / values.std(axis=0)
    left, sizes, _ = np.linalg.svd(standardised, full_matrices=False)
    scores = left[:, :3] * sizes[:3]
    chain = run_chain(table, ChainSettings(2, 3))
    # Rounded: respondents of the same answers hold the same place.
    assert found.one_score == pytest.approx(share_given_back(scores[:, 0].round(9), chain.labels))
    between = boundaries(chain.coordinates, scores, chain.labels, np.ones(60))
    np.testing.assert_allclose(found.gaps, np.sort([each.gap.depth for each in between]))
    assert found.weakest_gap == found.gaps[0] == found.gaps.min()
    assert found.profile.sum() == pytest.approx(1)


def test_a_weight_of_two_is_the_respondent_twice_but_for_depths() -> None:
    X = one_trait(40)
    times = np.resize([1, 2], 40)
    weighted = code_table(X, sample_weight=times)
    repeated = code_table(X.iloc[np.repeat(np.arange(40), times)])
    one, two = (
        findings(each, codes_of(each), ChainSettings(2, 3), 0, np.random.default_rng(0))
        for each in (weighted, repeated)
    )
    for name in ("within_share", "one_score", "second_eigenvalue", "axis_1"):
        assert getattr(one, name) == pytest.approx(getattr(two, name)), name
    # Weights are brought to a mean of 1: there are 40 respondents, not 60.
    np.testing.assert_allclose(one.gaps, two.gaps * 40 / 60)
    np.testing.assert_allclose(one.profile, two.profile)


def test_two_types_have_one_boundary_and_one_item_one_direction() -> None:
    X = pd.DataFrame({"q": np.resize(["1", "2", "3", "4"], 40)})
    table = code_table(X)
    found = findings(table, codes_of(table), ChainSettings(2, 2), 0, np.random.default_rng(0))
    assert len(found.gaps) == 1
    assert found.second_eigenvalue == 0


def test_types_made_of_answers_that_are_no_codes_have_no_gap() -> None:
    X = one_trait(40).assign(other=np.resize(["x", "y"], 40))
    X[list(range(6))] = "3"
    table = code_table(X)
    codes = pd.to_numeric(pd.Series([c for _, c in table.coding.index]), errors="coerce").to_numpy()
    found = findings(table, codes, ChainSettings(1, 2), 0, np.random.default_rng(0))
    assert found.weakest_gap == 0
    assert found.one_score == 0.5
