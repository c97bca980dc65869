"""Polychoric correlations: closed forms, R's psych, an independent likelihood, properties."""

from __future__ import annotations

import itertools
import math
import time
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy.integrate import quad
from scipy.optimize import minimize_scalar
from scipy.special import ndtr, ndtri

from rfree.items.association import check_correlations, polychoric, positive_definite
from rfree.items.ordinal import sample_ordinal

REFERENCE = Path(__file__).parents[3] / "R-free" / "reference"
# psych's optimize() stops at a tolerance of 1.2e-4 on the correlation; it is usually nearer.
PSYCH_TOLERANCE = 5e-5


@pytest.fixture(scope="module")
def bfi() -> pd.DataFrame:
    return pd.read_csv(REFERENCE / "data" / "bfi.csv.gz")


@pytest.fixture(scope="module")
def gaps() -> pd.DataFrame:
    return pd.read_csv(REFERENCE / "psych" / "bfi_gaps.csv").astype("Int64")


def reference(name: str) -> pd.DataFrame:
    return pd.read_csv(REFERENCE / "psych" / f"{name}.csv")


def values(matrix: pd.DataFrame, pairs: pd.DataFrame) -> np.ndarray:
    return np.array(
        [matrix.loc[a, b] for a, b in zip(pairs["first"], pairs["second"], strict=True)]
    )


def table_of(first: list[list[int]]) -> pd.DataFrame:
    """Return the answers that make a two-way table of counts."""
    counts = np.array(first)
    rows, columns = np.indices(counts.shape)
    return pd.DataFrame(
        {"a": rows.ravel().repeat(counts.ravel()), "b": columns.ravel().repeat(counts.ravel())}
    )


def log_likelihood(answers: pd.DataFrame, rho: float) -> float:
    """Log-likelihood of the pair, each cell integrated over the first latent answer."""
    counts = pd.crosstab(answers["a"], answers["b"]).to_numpy()
    rows, columns = (
        np.concatenate([[-9.0], ndtri(np.cumsum(margin)[:-1] / margin.sum()), [9.0]])
        for margin in (counts.sum(axis=1), counts.sum(axis=0))
    )
    spread = np.sqrt((1 - rho) * (1 + rho))

    def strip(t: float, j: int) -> float:
        low, high = (columns[j] - rho * t) / spread, (columns[j + 1] - rho * t) / spread
        # In the upper tail differences of 1 - Phi keep their digits.
        inside = ndtr(-low) - ndtr(-high) if low > 0 else ndtr(high) - ndtr(low)
        return math.exp(-t * t / 2) / math.sqrt(2 * math.pi) * inside

    total = 0.0
    for i, j in np.argwhere(counts > 0):
        bends = [columns[j + side] / rho for side in (0, 1) if rho]
        inner = sorted(bend for bend in bends if rows[i] < bend < rows[i + 1])
        cell = sum(
            quad(strip, low, high, args=(j,), epsabs=0, epsrel=1e-11, limit=200)[0]
            for low, high in itertools.pairwise([rows[i], *inner, rows[i + 1]])
        )
        total += counts[i, j] * np.log(max(cell, 1e-300))
    return total


def test_halved_margins_give_the_sine():
    # A 2 x 2 table with all margins one half: rho = sin(pi/2 (2 share on the diagonal - 1)).
    for diagonal in (3, 5, 8, 9):
        answers = table_of([[diagonal, 10 - diagonal], [10 - diagonal, diagonal]])
        expected = np.sin(np.pi / 2 * (2 * diagonal / 10 - 1))
        found = polychoric(answers).correlations.loc["a", "b"]
        assert found == pytest.approx(expected, abs=1e-12)


def test_all_pairs_of_bfi_are_those_of_psych(bfi):
    result = polychoric(bfi)
    pairs = reference("bfi_polychoric")
    assert np.allclose(
        values(result.correlations, pairs), pairs["correlation"], rtol=0, atol=PSYCH_TOLERANCE
    )
    thresholds = reference("bfi_thresholds").set_index("item")
    assert np.allclose(result.thresholds, thresholds.loc[bfi.columns], rtol=0, atol=1e-12)
    assert result.codes == (1, 2, 3, 4, 5, 6)


@pytest.mark.parametrize(
    "name", ["bfi_polychoric_exact", "bfi_gaps_polychoric_exact", "bfi_halves_polychoric_exact"]
)
def test_likelihood_is_that_of_a_fine_search_in_r_and_never_below_psych(bfi, gaps, name):
    halves = (bfi[["A2", "A3", "A4", "N1", "N2"]] > 3).astype(int)
    data = {"bfi_polychoric_exact": bfi, "bfi_gaps_polychoric_exact": gaps}.get(name, halves)
    result = polychoric(data)
    exact = reference(name)
    ours = values(result.log_likelihoods, exact)
    # R's search: 1e-8 of a flat maximum is all that doubles of this size can tell apart.
    assert np.allclose(values(result.correlations, exact), exact["correlation"], rtol=0, atol=1e-6)
    assert np.allclose(ours, exact["log_likelihood"], rtol=0, atol=1e-8)
    assert (ours >= exact["psych_log_likelihood"] - 1e-8).all()


def test_missing_answers_are_left_out_pair_by_pair(gaps):
    result = polychoric(gaps)
    pairs = reference("bfi_gaps_polychoric")
    assert np.allclose(
        values(result.correlations, pairs), pairs["correlation"], rtol=0, atol=PSYCH_TOLERANCE
    )
    assert result.counts.loc["A1", "N5"] == gaps[["A1", "N5"]].notna().all(axis=1).sum()
    assert result.counts.loc["A1", "A1"] == gaps["A1"].notna().sum()


def test_weights_repeat_rows_as_in_r(gaps):
    whole = gaps.dropna()
    weight = np.resize([1, 2, 3], len(whole))
    weighted = polychoric(whole, sample_weight=weight)
    exact = reference("bfi_weighted_polychoric_exact")
    assert np.allclose(
        values(weighted.correlations, exact), exact["correlation"], rtol=0, atol=1e-6
    )
    repeated = polychoric(whole.loc[whole.index.repeat(weight)])
    pd.testing.assert_frame_equal(weighted.correlations, repeated.correlations, atol=1e-10)
    fractions = polychoric(whole, sample_weight=weight / 7)
    pd.testing.assert_frame_equal(weighted.correlations, fractions.correlations, atol=1e-9)


@pytest.mark.parametrize(
    "counts",
    [
        [[20, 5, 1], [6, 30, 9], [0, 7, 22]],
        [[40, 0, 0], [0, 1, 0], [2, 0, 3]],
        [[30, 0, 1], [0, 30, 0], [0, 0, 30]],
        [[1, 0, 0, 50], [0, 3, 40, 0], [0, 40, 2, 0], [50, 0, 0, 0]],
        [[200, 3, 1], [1, 0, 0], [1, 0, 1]],
    ],
)
def test_maximum_is_that_of_a_search_by_hand(counts):
    answers = table_of(counts)
    grid = np.linspace(-0.99, 0.99, 20)
    best = grid[np.argmax([log_likelihood(answers, rho) for rho in grid])]
    found = minimize_scalar(
        lambda rho: -log_likelihood(answers, rho),
        bounds=(max(best - 0.11, -0.9999), min(best + 0.11, 0.9999)),
        method="bounded",
        options={"xatol": 1e-9},
    )
    result = polychoric(answers)
    ours = result.correlations.loc["a", "b"]
    assert ours == pytest.approx(found.x, abs=1e-6)
    # At least as good, by the independent likelihood, and that likelihood is reported.
    assert log_likelihood(answers, ours) >= -found.fun - 1e-8
    assert result.log_likelihoods.loc["a", "b"] == pytest.approx(-found.fun, abs=1e-8)


def test_likelihood_flat_up_to_the_bound_is_followed_to_its_height():
    # The cell that both choose rarely is empty: every strong negative correlation fits as well.
    answers = table_of([[100, 1], [1, 0]])
    result = polychoric(answers)
    expected = 100 * np.log(100 / 102) + 2 * np.log(1 / 102)
    assert result.correlations.loc["a", "b"] < -0.5
    assert result.log_likelihoods.loc["a", "b"] == pytest.approx(expected, abs=1e-8)


def test_perfect_association_stops_at_the_bound():
    ascending = pd.DataFrame({"a": [1, 1, 2, 2, 3, 3], "b": [1, 1, 2, 2, 3, 3]})
    assert polychoric(ascending).correlations.loc["a", "b"] == pytest.approx(0.9999, abs=1e-9)
    opposed = ascending.assign(b=4 - ascending["b"])
    assert polychoric(opposed).correlations.loc["a", "b"] == pytest.approx(-0.9999, abs=1e-9)


def test_reversing_an_item_turns_the_sign_and_order_changes_nothing(bfi):
    few = bfi.iloc[:300, :4]
    result = polychoric(few).correlations
    turned = polychoric(few.assign(A1=7 - few["A1"])).correlations
    assert np.allclose(turned.loc["A1", "A2":], -result.loc["A1", "A2":], rtol=0, atol=1e-10)
    shuffled = polychoric(few.sample(frac=1, random_state=1)[["A3", "A1", "A4", "A2"]])
    again = shuffled.correlations.loc[few.columns, few.columns]
    assert np.allclose(again, result, rtol=0, atol=1e-10)


def test_relabelling_codes_in_order_changes_nothing(bfi):
    few = bfi.iloc[:300, :4]
    relabelled = few.replace({1: -10, 2: 0, 3: 1, 4: 20, 5: 30, 6: 99})
    assert np.allclose(
        polychoric(relabelled).correlations, polychoric(few).correlations, rtol=0, atol=1e-12
    )


def test_codes_nobody_chose_are_harmless(bfi):
    few = bfi.iloc[:300, :3]
    plain = polychoric(few)
    wider = polychoric(few, codes=range(9))
    assert np.allclose(wider.correlations, plain.correlations, rtol=0, atol=1e-12)
    assert (wider.thresholds[0] == -np.inf).all()
    assert (wider.thresholds[[6, 7]] == np.inf).all().all()
    # An item that skips a middle code: two equal thresholds.
    skipping = few.assign(A1=few["A1"].replace({3: 2}))
    thresholds = polychoric(skipping).thresholds.loc["A1"]
    assert thresholds[2] == thresholds[3]


def test_items_on_different_scales_go_together(bfi):
    mixed = bfi.iloc[:400, :3].assign(A2=(bfi["A2"] > 4).astype(int))
    separate = mixed.assign(A2=mixed["A2"].replace({0: 3, 1: 4}))
    assert np.allclose(
        polychoric(mixed).correlations, polychoric(separate).correlations, rtol=0, atol=1e-12
    )


def test_a_count_in_empty_cells_draws_towards_zero():
    answers = table_of([[10, 0], [4, 10]])
    plain = polychoric(answers).correlations.loc["a", "b"]
    corrected = polychoric(answers, correction=0.5).correlations.loc["a", "b"]
    assert plain > 0.999
    assert 0.5 < corrected < 0.99
    # Only cells of codes in use: a code nobody gave changes nothing.
    wider = polychoric(answers, correction=0.5, codes=[0, 1, 2]).correlations.loc["a", "b"]
    assert wider == pytest.approx(corrected, abs=1e-12)
    for row in reference("tetrachoric_corrected").itertuples():
        answers = table_of([[row.n00, row.n01], [row.n10, row.n11]])
        corrected = polychoric(answers, correction=0.5).correlations.loc["a", "b"]
        assert corrected == pytest.approx(row.correlation, abs=PSYCH_TOLERANCE)
    with pytest.raises(ValueError, match="correction"):
        polychoric(answers, correction=-1)


def test_items_without_two_answers_are_all_named():
    answers = pd.DataFrame({"a": [1, 1, 1], "b": [1, 2, 3], "c": [np.nan] * 3})
    with pytest.raises(ValueError, match=r"one or none: a, c\. Leave them out"):
        polychoric(answers)
    with pytest.raises(ValueError, match="one or none: b"):
        polychoric(pd.DataFrame({"a": [1, 2, 2], "b": [1, 1, 2]}), sample_weight=[1, 1, 0])


def test_pairs_never_answered_together_are_named():
    answers = pd.DataFrame({"a": [1, 2, np.nan, np.nan], "b": [np.nan, np.nan, 1, 2]})
    with pytest.raises(ValueError, match="1 pairs: a and b"):
        polychoric(answers)


def test_answers_outside_the_codes_are_named():
    with pytest.raises(ValueError, match=r"items 'b' \(2\)"):
        polychoric(pd.DataFrame({"a": [1, 2, 3], "b": [0, 9, 1]}), codes=[1, 2, 3])
    with pytest.raises(ValueError, match="ascending"):
        polychoric(pd.DataFrame({"a": [1, 2]}), codes=[2, 1])


def test_a_planted_correlation_is_found():
    generator = np.random.default_rng(8)
    limits = pd.DataFrame(np.tile([-1.0, 0.0, 0.7], (4, 1)), index=list("abcd"))
    planted = pd.DataFrame(np.full((4, 4), 0.5), index=limits.index, columns=limits.index)
    planted = planted.where(~np.eye(4, dtype=bool), 1.0)
    sample = sample_ordinal(planted, limits, codes=[1, 2, 3, 4], n=20_000, generator=generator)
    assert np.abs(polychoric(sample).correlations - planted).to_numpy().max() < 0.04


def test_a_whole_questionnaire_takes_no_time():
    generator = np.random.default_rng(4)
    limits = pd.DataFrame(np.tile([-1.0, -0.3, 0.4, 1.2], (49, 1)))
    sample = sample_ordinal(
        pd.Series(np.full(49, 0.6)), limits, codes=range(1, 6), n=312, generator=generator
    )
    start = time.process_time()
    polychoric(sample)
    # Some 0.03 s on one core; the bound is what a study can bear.
    assert time.process_time() - start < 2


def test_positive_definite_leaves_a_sound_matrix_alone(bfi):
    sound = polychoric(bfi).correlations
    pd.testing.assert_frame_equal(positive_definite(sound), sound)


def test_positive_definite_mends_an_impossible_matrix():
    impossible = pd.DataFrame([[1, 0.9, -0.9], [0.9, 1, 0.9], [-0.9, 0.9, 1]])
    mended = positive_definite(impossible, floor=1e-3)
    check_correlations(mended)
    assert 1e-4 < np.linalg.eigvalsh(mended)[0] <= 1e-3
    # Nothing needs to move further than to independence, and signs stay.
    assert (np.sign(mended) == np.sign(impossible)).all().all()
    np.linalg.cholesky(mended.to_numpy())


def test_positive_definite_moves_few_respondents_little():
    generator = np.random.default_rng(2)
    limits = pd.DataFrame(np.tile([-1.0, -0.3, 0.4, 1.2], (40, 1)))
    sample = sample_ordinal(
        pd.Series(np.full(40, 0.8)), limits, codes=range(1, 6), n=60, generator=generator
    )
    estimated = polychoric(sample).correlations
    assert np.linalg.eigvalsh(estimated)[0] < 0
    mended = positive_definite(estimated)
    assert np.linalg.eigvalsh(mended)[0] > 0
    assert np.abs(mended - estimated).to_numpy().max() < 0.1


@pytest.mark.parametrize(
    ("matrix", "message"),
    [
        ([[1.0, 0.5]], "square"),
        ([[1.0, np.nan], [np.nan, 1.0]], "missing"),
        ([[1.0, 0.5], [0.4, 1.0]], "symmetric"),
        ([[2.0, 0.5], [0.5, 1.0]], "diagonal"),
        ([[1.0, 1.5], [1.5, 1.0]], "within"),
    ],
)
def test_what_is_no_correlation_matrix_is_refused(matrix, message):
    with pytest.raises(ValueError, match=message):
        positive_definite(pd.DataFrame(matrix))


def test_floor_must_be_an_eigenvalue_to_reach():
    with pytest.raises(ValueError, match="floor"):
        positive_definite(pd.DataFrame([[1.0]]), floor=0)


@pytest.mark.parametrize(("error", "right"), [(5e-11, True), (5e-9, False)])
def test_a_correlation_matrix_may_err_by_rounding_alone(error, right):
    near = {
        "symmetric": [[1.0, 0.5], [0.5 + error, 1.0]],
        "diagonal": [[1.0, 0.5], [0.5, 1.0 + error]],
        "within": [[1.0, 1 + error], [1 + error, 1.0]],
    }
    for message, matrix in near.items():
        table = pd.DataFrame(matrix)
        if right:
            assert check_correlations(table).tolist() == matrix
            continue
        with pytest.raises(ValueError, match=message):
            check_correlations(table)


def test_a_matrix_of_whole_numbers_is_read_as_numbers():
    found = check_correlations(pd.DataFrame([[1, 0], [0, 1]]))
    assert found.dtype == float
    assert check_correlations(pd.DataFrame([[1, -1], [-1, 1]], dtype=object)).dtype == float
    assert positive_definite(pd.DataFrame([[1, 0], [0, 1]])).dtypes.tolist() == [float, float]
    for matrix in (pd.DataFrame(), pd.DataFrame([[1.0, 0.5]])):
        with pytest.raises(ValueError, match="square matrix, not of shape"):
            check_correlations(matrix)


def test_a_mended_matrix_keeps_its_names_and_its_default_floor():
    names = list("abc")
    impossible = pd.DataFrame([[1, 0.9, -0.9], [0.9, 1, 0.9], [-0.9, 0.9, 1]], names, names)
    mended = positive_definite(impossible)
    assert mended.index.tolist() == mended.columns.tolist() == names
    pd.testing.assert_frame_equal(mended, positive_definite(impossible, floor=1e-4))
    assert not mended.equals(positive_definite(impossible, floor=1e-3))
    np.testing.assert_array_equal(mended, mended.T)
    # A smallest eigenvalue of just the floor is left alone: here 1 - .5.
    sound = pd.DataFrame([[1, 0.5], [0.5, 1]])
    pd.testing.assert_frame_equal(positive_definite(sound, floor=0.4999), sound)
    for floor in (0, 1):
        with pytest.raises(ValueError, match="between 0 and 1"):
            positive_definite(sound, floor=floor)
