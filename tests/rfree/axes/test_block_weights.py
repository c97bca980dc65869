"""Blocks that weigh the same: against FactoMineR's MFA, by hand and by property."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from rfree.axes.block_weights import block_numbers
from rfree.axes.mca import MCA
from rfree.axes.n_axes import axes_criteria, parallel_analysis
from rfree.classes.chain import ChainSettings, code_table, run_chain

REFERENCE = Path(__file__).parents[3] / "R-free" / "reference"
CASES = ("tea", "bfi", "bfi_weighted")
# R writes 15 significant digits.
TOLERANCE = 1e-8


def from_r(case: str, what: str, *names: str) -> pd.DataFrame:
    text = {"category": str, "variable": str}
    table = pd.read_csv(REFERENCE / "blocks" / f"{case}_{what}.csv", dtype=text)
    return table.set_index(list(names)) if names else table


def columns(table: pd.DataFrame, name: str) -> np.ndarray:
    return table.filter(regex=f"^{name}_[0-9]").to_numpy()


@cache
def fitted(case: str) -> MCA:
    answers = pd.read_csv(REFERENCE / "data" / f"{case.partition('_')[0]}.csv.gz").astype(str)
    sizes = [8, 10] if case == "tea" else [5] * 5
    answers = answers.iloc[:, : sum(sizes)]
    blocks = dict(zip(answers, np.repeat(np.arange(1, len(sizes) + 1), sizes), strict=True))
    row = np.arange(1, len(answers) + 1)
    weights = 0.5 + (row * 5 % 11) / 7 if case == "bfi_weighted" else None
    return MCA(n_components=4, blocks=blocks).fit(answers, weights)


def signs(ours: np.ndarray, theirs: np.ndarray) -> np.ndarray:
    return np.sign((ours * theirs).sum(axis=0))


@pytest.mark.parametrize("case", CASES)
def test_eigenvalues_are_those_of_a_multiple_factor_analysis(case: str):
    theirs = from_r(case, "eigenvalues")["eigenvalue"].to_numpy()
    ours = fitted(case).eigenvalues_
    np.testing.assert_allclose(ours, theirs[: len(ours)], atol=TOLERANCE)
    assert (theirs[len(ours) :] < 1e-12).all()  # R lists the null ones too


@pytest.mark.parametrize("case", CASES)
def test_respondents_and_categories_lie_where_a_multiple_factor_analysis_puts_them(case: str):
    mca, rows = fitted(case), from_r(case, "rows", "row")
    ours = mca.row_coordinates_.to_numpy()[rows.index]
    theirs = columns(rows, "coordinate")
    turned = signs(ours, theirs)
    np.testing.assert_allclose(ours * turned, theirs, atol=TOLERANCE)
    named = from_r(case, "categories", "variable", "category")
    barycentres = mca.column_coordinates_.loc[named.index] * np.sqrt(mca.eigenvalues_[:4])
    np.testing.assert_allclose(barycentres * turned, columns(named, "barycentre"), atol=TOLERANCE)
    contributions = mca.column_contributions_.loc[named.index]
    np.testing.assert_allclose(contributions, columns(named, "contribution"), atol=TOLERANCE)


@pytest.mark.parametrize("case", CASES)
def test_blocks_add_to_each_axis_what_a_multiple_factor_analysis_says(case: str):
    mca, groups = fitted(case), from_r(case, "groups", "block")
    np.testing.assert_allclose(mca.block_coordinates_, columns(groups, "coordinate"), atol=1e-8)
    n_items = len(mca.variable_weights_)
    sizes = pd.Series(mca.blocks).value_counts().sort_index().to_numpy()
    firsts = n_items / sizes / groups["first_eigenvalue"].to_numpy()
    weights = mca.variable_weights_.groupby(mca.blocks).first()
    np.testing.assert_allclose(weights, firsts, rtol=1e-9)


def answers(n: int = 150, seed: int = 5) -> pd.DataFrame:
    """Two items of one attitude, five of another that has a little to do with it."""
    rng = np.random.default_rng(seed)
    attitudes = rng.normal(size=(n, 2)) @ np.array([[1, 0.3], [0, 1]])
    trait = attitudes[:, [0, 0, 1, 1, 1, 1, 1]] + 0.7 * rng.normal(size=(n, 7))
    codes = np.digitize(trait, [-0.9, 0.2, 1.1]) + 1
    return pd.DataFrame(codes.astype(str), columns=list("abvwxyz"))


BLOCKS = {name: "first" if name in "ab" else "second" for name in "abvwxyz"}
PASSIVE = [("v", "1")]


def test_each_block_has_a_first_eigenvalue_of_one():
    table = answers()
    for block in ("first", "second"):
        own = [name for name in table if BLOCKS[name] == block]
        alone = MCA(passive=[each for each in PASSIVE if each[0] in own], blocks=BLOCKS)
        assert alone.fit(table[own]).eigenvalues_[0] == pytest.approx(1, abs=1e-12)
    both = MCA(passive=PASSIVE, blocks=BLOCKS).fit(table)
    assert both.eigenvalues_[0] <= 2
    assert (both.block_coordinates_ <= 1 + 1e-12).all(axis=None)


def test_two_questions_of_two_categories_by_hand():
    # Each question alone has the eigenvalue 1; together 1 + phi and 1 - phi, phi = 2/3.
    table = pd.DataFrame({"fear": list("yyynn"), "hope": list("nnyyy")})
    mca = MCA(blocks={"fear": 1, "hope": 2}).fit(table)
    np.testing.assert_allclose(mca.eigenvalues_, [5 / 3, 1 / 3], atol=1e-14)
    assert mca.variable_weights_.tolist() == pytest.approx([2, 2])


def test_one_block_changes_the_scale_alone():
    table, weights = answers(), np.linspace(0.5, 2, 150)
    plain = MCA(passive=PASSIVE).fit(table, weights)
    block = MCA(passive=PASSIVE, blocks=dict.fromkeys(table, "all")).fit(table, weights)
    scale = plain.eigenvalues_[0]
    np.testing.assert_allclose(block.eigenvalues_, plain.eigenvalues_ / scale, atol=1e-12)
    np.testing.assert_allclose(
        block.row_coordinates_, plain.row_coordinates_ / np.sqrt(scale), atol=1e-10
    )
    for name in ("column_coordinates_", "column_v_tests_", "eta2_", "row_cos2_"):
        np.testing.assert_allclose(getattr(block, name), getattr(plain, name), atol=1e-9)
    rates = ["percent", "cumulative", "benzecri", "greenacre"]
    np.testing.assert_allclose(block.inertia_[rates], plain.inertia_[rates], atol=1e-8)


def test_eigenvalues_are_means_of_weighed_eta2_and_variances_of_the_axes():
    mca = MCA(blocks=BLOCKS).fit(answers())
    kept = mca.eigenvalues_[: mca.n_components_]
    np.testing.assert_allclose(mca.eta2_.mul(mca.variable_weights_, axis=0).mean(), kept)
    np.testing.assert_allclose(mca.row_coordinates_.var(ddof=0), kept)
    np.testing.assert_allclose(mca.block_coordinates_.sum(), kept)
    np.testing.assert_allclose(mca.transform(answers()), mca.row_coordinates_, atol=1e-12)
    everything = MCA(n_components=99, blocks=BLOCKS).fit(answers())
    np.testing.assert_allclose(everything.row_cos2_.sum(axis=1), 1)


def test_the_chain_of_replicates_weighs_blocks_as_the_analysis_does():
    table, weights = answers(), np.linspace(0.5, 2, 150)
    mca = MCA(3, passive=PASSIVE, blocks=BLOCKS).fit(table, weights)
    coded = code_table(table, passive=PASSIVE, blocks=BLOCKS, sample_weight=weights)
    found = run_chain(coded, ChainSettings(3, 3))
    np.testing.assert_allclose(found.coordinates, mca.row_coordinates_, atol=1e-10)
    np.testing.assert_allclose(found.category_coordinates, mca.column_coordinates_, atol=1e-10)
    counts = np.tile([2, 1, 0], 50)
    drawn = run_chain(coded, ChainSettings(3, 3), counts=counts)
    again = MCA(3, passive=PASSIVE, blocks=BLOCKS).fit(table, weights * counts)
    np.testing.assert_allclose(drawn.eigenvalues, again.eigenvalues_[:3], atol=1e-12)


def test_parallel_analysis_and_criteria_weigh_blocks():
    mca = MCA(blocks=BLOCKS).fit(answers())
    parallel = parallel_analysis(answers(), blocks=BLOCKS, replicates=10, seed=1)
    np.testing.assert_allclose(parallel["eigenvalue"], mca.eigenvalues_, atol=1e-12)
    assert (parallel["null_mean"].iloc[0] > 1) & (parallel["null_mean"].iloc[0] < 2)
    criteria = axes_criteria(mca.inertia_, n_variables=None).set_index("criterion")
    mean = mca.eigenvalues_.mean()
    assert criteria.loc["above_mean", "threshold"] == pytest.approx(mean)
    assert criteria.loc["above_mean", "number"] == (mca.eigenvalues_ > mean).sum()


def test_a_block_that_tells_nobody_apart_adds_nothing():
    table = answers().assign(constant="x")
    blocks = BLOCKS | {"constant": "third"}
    mca = MCA(blocks=blocks).fit(table)
    np.testing.assert_allclose(
        mca.row_coordinates_, MCA(blocks=BLOCKS).fit(answers()).row_coordinates_, atol=1e-10
    )


def test_blocks_that_are_wrong_are_told():
    with pytest.raises(ValueError, match="no block of 2 variables: 'b', 'z'"):
        block_numbers({"a": 1}, ["a", "b", "z"])
    with pytest.raises(TypeError, match="mapping"):
        MCA(blocks=["a", "b"]).fit(answers())
