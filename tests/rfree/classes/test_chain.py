"""The fast chain gives what MCA and HCPC give."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from rfree.axes.mca import MCA
from rfree.classes.chain import ChainSettings, TooFewPositionsError, code_table, run_chain
from rfree.classes.hcpc import HCPC

N, Q = 120, 9


@pytest.fixture(scope="module")
def answers() -> pd.DataFrame:
    generator = np.random.default_rng(3)
    trait = generator.standard_normal((N, 1)) + (np.arange(N) % 3 == 0)[:, np.newaxis] * 2
    latent = trait + generator.standard_normal((N, Q))
    X = pd.DataFrame(1 + (latent[:, :, np.newaxis] > [-1, 0, 1, 2]).sum(axis=2)).astype(str)
    X.columns = [f"q{column}" for column in X]
    X[:] = X.where(generator.random(X.shape) > 0.03, "no answer")
    return X


def no_answers(X: pd.DataFrame) -> list[tuple[str, str]]:
    return [(column, "no answer") for column in X if (X[column] == "no answer").any()]


def test_labels_and_numbers_are_those_of_the_estimators(answers: pd.DataFrame) -> None:
    mca = MCA(3, passive=no_answers(answers)).fit(answers)
    hcpc = HCPC(n_classes=4).fit(mca.row_coordinates_)
    table = code_table(answers, passive=no_answers(answers))
    chain = run_chain(table, ChainSettings(3, 4), thorough=True)
    np.testing.assert_array_equal(chain.labels, hcpc.labels_)
    np.testing.assert_array_equal(chain.tree_labels, hcpc.tree_labels_)
    np.testing.assert_allclose(chain.coordinates, mca.row_coordinates_, atol=1e-12)
    np.testing.assert_allclose(chain.category_coordinates, mca.column_coordinates_, atol=1e-11)
    np.testing.assert_allclose(chain.eigenvalues, mca.eigenvalues_[:3], rtol=1e-12)
    np.testing.assert_allclose(chain.gains, hcpc.inertia_gains_, atol=1e-14)
    assert chain.within_share == pytest.approx(1 - hcpc.between_ratio_, abs=1e-13)


def test_weights_are_those_of_the_estimators(answers: pd.DataFrame) -> None:
    weights = np.random.default_rng(4).uniform(0.3, 2.0, N)
    mca = MCA(3).fit(answers, weights)
    hcpc = HCPC(n_classes=3).fit(mca.row_coordinates_, weights)
    chain = run_chain(
        code_table(answers, sample_weight=weights), ChainSettings(3, 3), thorough=True
    )
    np.testing.assert_allclose(chain.coordinates, mca.row_coordinates_, atol=1e-12)
    np.testing.assert_array_equal(chain.labels, hcpc.labels_)


@pytest.mark.parametrize("seed", range(4))
def test_a_resample_is_the_table_of_the_rows_drawn(answers: pd.DataFrame, seed: int) -> None:
    counts = np.bincount(np.random.default_rng(seed).integers(0, N, N), minlength=N)
    rows = np.repeat(np.arange(N), counts)
    drawn = answers.iloc[rows].reset_index(drop=True)
    mca = MCA(3, passive=no_answers(drawn)).fit(drawn)
    hcpc = HCPC(n_classes=4).fit(mca.row_coordinates_)
    table = code_table(answers, passive=no_answers(answers))
    chain = run_chain(table, ChainSettings(3, 4), counts=counts, thorough=True)
    np.testing.assert_allclose(chain.coordinates[rows], mca.row_coordinates_, atol=1e-11)
    np.testing.assert_array_equal(chain.rows, np.unique(rows))
    assert chain.within_share == pytest.approx(1 - hcpc.between_ratio_, rel=1e-9)
    np.testing.assert_array_equal(chain.labels[np.searchsorted(chain.rows, rows)], hcpc.labels_)


def test_those_not_drawn_are_placed_as_supplementary_respondents(answers: pd.DataFrame) -> None:
    counts = np.ones(N, dtype=np.int64)
    counts[:10] = 0
    counts[10] = 11
    rows = np.repeat(np.arange(N), counts)
    drawn = answers.iloc[rows].reset_index(drop=True)
    mca = MCA(2).fit(drawn)
    known = [all(a in set(drawn[q]) for q, a in answers.iloc[row].items()) for row in range(10)]
    assert sum(known) > 3
    placed = mca.transform(answers.iloc[:10][known])
    chain = run_chain(code_table(answers), ChainSettings(2, 3), counts=counts)
    np.testing.assert_allclose(chain.coordinates[:10][known], placed, atol=1e-12)


def test_quick_consolidation_is_never_below_the_thorough_one(answers: pd.DataFrame) -> None:
    table = code_table(answers)
    for n_classes in range(2, 8):
        settings = ChainSettings(3, n_classes)
        quick = run_chain(table, settings).within_share
        tree = run_chain(table, ChainSettings(3, n_classes, consolidate=False)).within_share
        thorough = run_chain(table, settings, thorough=True).within_share
        assert thorough <= quick * (1 + 1e-12)
        assert quick <= tree * (1 + 1e-12)


def test_the_rule_for_rare_categories_is_applied_to_what_was_drawn(answers: pd.DataFrame) -> None:
    counts = pd.concat([answers[q].value_counts().rename(q) for q in answers], axis=1)
    limit = float(np.nanquantile(counts.to_numpy(), 0.25))
    rare = [(q, c) for q in answers for c, size in counts[q].dropna().items() if size < limit]
    assert rare
    by_rule = run_chain(code_table(answers, passive_below=limit), ChainSettings(3, 3))
    by_name = run_chain(code_table(answers, passive=rare), ChainSettings(3, 3))
    np.testing.assert_array_equal(by_rule.coordinates, by_name.coordinates)
    np.testing.assert_array_equal(by_rule.labels, by_name.labels)


def test_order_of_respondents_changes_nothing(answers: pd.DataFrame) -> None:
    order = np.random.default_rng(8).permutation(N)
    straight = run_chain(code_table(answers), ChainSettings(3, 4))
    # The coding follows the categories, not the rows.
    shuffled = run_chain(code_table(answers.iloc[order]), ChainSettings(3, 4))
    assert shuffled.within_share == pytest.approx(straight.within_share, rel=1e-12)
    np.testing.assert_array_equal(shuffled.labels, straight.labels[order])


def test_more_classes_than_positions_is_an_error() -> None:
    X = pd.DataFrame({"a": list("xxyy"), "b": list("uuvv")})
    with pytest.raises(TooFewPositionsError, match="only 2 different positions"):
        run_chain(code_table(X), ChainSettings(1, 3))


def test_a_table_without_differences_is_an_error() -> None:
    with pytest.raises(TooFewPositionsError, match="Nothing tells"):
        run_chain(code_table(pd.DataFrame({"a": ["x"] * 5})), ChainSettings(1, 2))


@pytest.mark.parametrize(("n_axes", "n_classes"), [(0, 3), (2, 1)])
def test_settings_out_of_range_are_errors(n_axes: int, n_classes: int) -> None:
    with pytest.raises(ValueError, match="at least 1 axis and 2 classes"):
        ChainSettings(n_axes, n_classes)
