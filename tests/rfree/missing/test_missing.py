from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from rfree.axes.mca import MCA
from rfree.missing.imputation_axes import _errors, _folds, choose_imputation_axes
from rfree.missing.iterative_mca import fill_gaps
from rfree.missing.missing import code_answers, impute_mca


def attitudes(n: int = 150, items: int = 12) -> pd.DataFrame:
    """Answers on a scale of four that two attitudes make."""
    rng = np.random.default_rng(5)
    latent = rng.normal(size=(n, 2))[:, np.arange(items) % 2]
    answers = np.digitize(latent + 0.6 * rng.normal(size=(n, items)), [-0.8, 0, 0.8]) + 1
    names = [f"q{number:02d}" for number in range(items)]
    return pd.DataFrame(answers, columns=names).astype(str)


def with_holes(X: pd.DataFrame, share: float, seed: int) -> pd.DataFrame:
    return X.mask(np.random.default_rng(seed).random(X.shape) < share)


@pytest.fixture(scope="module")
def complete() -> pd.DataFrame:
    return attitudes()


@pytest.mark.parametrize(
    ("case", "n_components", "regularised"),
    [("wg93_1", 1, True), ("wg93_2", 2, True), ("wg93_1_plain", 1, False)],
)
def test_gaps_are_filled_as_by_r(
    project: Path, case: str, n_components: int, regularised: bool
) -> None:
    """The same loop in R, each time with a full correspondence analysis by FactoMineR."""
    reference = project / "R-free" / "reference"
    X = pd.read_csv(reference / "data" / "wg93.csv.gz").iloc[:300, :4].astype(object)
    row, column = np.indices(X.shape) + 1
    answers = code_answers(X.mask((7 * row + 3 * column) % 10 == 0))
    gaps = answers.gaps(answers.missing)
    filled = fill_gaps(
        gaps,
        np.ones(300),
        n_components=n_components,
        regularised=regularised,
        tolerance=1e-11,
    )
    expected = pd.read_csv(reference / "missing" / f"{case}.csv")["value"]
    # R stops when no cell moves by more than 1e-11.
    np.testing.assert_allclose(filled.table[gaps.gap], expected, rtol=0, atol=1e-9)


def test_complete_table_comes_back_as_it_is(complete: pd.DataFrame) -> None:
    result = impute_mca(complete, n_components=2)
    pd.testing.assert_frame_equal(result.completed, complete)
    assert (result.n_missing, result.n_iterations, result.converged) == (0, 0, True)
    assert set(np.unique(result.fuzzy)) == {0, 1}


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_imputed_answers_are_nearer_than_the_most_frequent(
    complete: pd.DataFrame, seed: int
) -> None:
    holes = with_holes(complete, 0.1, seed)
    hidden = holes.isna().to_numpy()
    imputed = impute_mca(holes, n_components=2).completed
    frequent = holes.fillna(holes.mode().iloc[0])
    wrong = (imputed.to_numpy() != complete.to_numpy())[hidden].mean()
    wrong_by_mode = (frequent.to_numpy() != complete.to_numpy())[hidden].mean()
    assert wrong < wrong_by_mode - 0.05


def _rv(one: pd.DataFrame, other: pd.DataFrame) -> float:
    """RV coefficient of two clouds of the same respondents."""
    a, b = (
        cloud @ cloud.T
        for cloud in (
            one.to_numpy() - one.to_numpy().mean(0),
            other.to_numpy() - other.to_numpy().mean(0),
        )
    )
    return float((a * b).sum() / np.sqrt((a * a).sum() * (b * b).sum()))


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_axes_of_imputed_table_are_nearer_to_the_complete_one(
    complete: pd.DataFrame, seed: int
) -> None:
    holes = with_holes(complete, 0.15, seed)
    truth = MCA(2).fit(complete).row_coordinates_
    imputed = MCA(2).fit(impute_mca(holes, n_components=2).completed).row_coordinates_
    own_category = MCA(2).fit(holes.fillna("no answer")).row_coordinates_
    assert _rv(truth, imputed) > _rv(truth, own_category)


def test_fuzzy_rows_sum_to_one_and_stay_within_bounds(complete: pd.DataFrame) -> None:
    fuzzy = impute_mca(with_holes(complete, 0.2, 1), n_components=3).fuzzy
    sums = fuzzy.T.groupby(level="variable").sum()
    np.testing.assert_allclose(sums, 1, atol=1e-12)
    assert fuzzy.to_numpy().min() >= 0


def test_answers_given_are_kept(complete: pd.DataFrame) -> None:
    holes = with_holes(complete, 0.2, 1)
    completed = impute_mca(holes, n_components=2).completed
    given = holes.notna().to_numpy()
    assert (completed.to_numpy()[given] == holes.to_numpy()[given]).all()
    assert not completed.isna().to_numpy().any()


def test_no_component_gives_the_shares() -> None:
    X = pd.DataFrame({"a": ["x", "x", "y", None], "b": ["u", "v", "v", "v"]})
    fuzzy = impute_mca(X, n_components=0).fuzzy
    assert fuzzy.loc[3, [("a", "x"), ("a", "y")]].tolist() == pytest.approx([2 / 3, 1 / 3])


def test_order_of_rows_changes_nothing(complete: pd.DataFrame) -> None:
    holes = with_holes(complete, 0.1, 2)
    order = np.random.default_rng(1).permutation(len(holes))
    direct = impute_mca(holes, n_components=2, tolerance=1e-9).fuzzy
    shuffled = impute_mca(holes.iloc[order], n_components=2, tolerance=1e-9).fuzzy
    np.testing.assert_allclose(shuffled.loc[direct.index], direct, atol=1e-7)


def test_weight_is_worth_the_row_repeated(complete: pd.DataFrame) -> None:
    holes = with_holes(complete, 0.1, 2)
    weights = 1 + np.arange(len(holes)) % 2
    repeated = holes.loc[np.repeat(holes.index, weights)].reset_index(drop=True)
    weighted = impute_mca(holes, n_components=2, tolerance=1e-9, sample_weight=weights)
    plain = impute_mca(repeated, n_components=2, tolerance=1e-9)
    first = np.cumsum(weights) - weights
    np.testing.assert_allclose(plain.fuzzy.to_numpy()[first], weighted.fuzzy.to_numpy(), atol=1e-7)


@pytest.mark.parametrize("kind", ["category", "string", "Int64", "float"])
def test_type_of_columns_is_kept(complete: pd.DataFrame, kind: str) -> None:
    holes = with_holes(complete.astype(float), 0.1, 1)
    if kind in ("category", "string"):
        holes = holes.astype("Int64").astype("string")
    holes = holes.astype(kind)
    completed = impute_mca(holes, n_components=1).completed
    pd.testing.assert_series_equal(completed.dtypes, holes.dtypes)
    assert not completed.isna().to_numpy().any()


def test_question_nobody_answered_is_named() -> None:
    X = pd.DataFrame({"a": ["x", "y"], "b": [None, None]})
    with pytest.raises(ValueError, match="nobody answered column 'b'"):
        impute_mca(X, n_components=0)
    with pytest.raises(ValueError, match="n_components is 5"):
        impute_mca(X[["a"]], n_components=5)


def test_three_groups_need_two_axes() -> None:
    rng = np.random.default_rng(3)
    group = np.repeat([0, 1, 2], 50)[:, np.newaxis]
    answers = (group + rng.choice([0, 0, 0, 1, 2], size=(150, 10))) % 3
    X = pd.DataFrame(answers).add_prefix("q").astype(str)
    assert choose_imputation_axes(X, max_components=4, seed=1).chosen == 2


def test_without_axes_the_error_is_that_of_the_shares(complete: pd.DataFrame) -> None:
    result = choose_imputation_axes(complete, max_components=1, seed=1)
    shares = complete.apply(lambda column: column.value_counts(normalize=True))
    nothing_learnt = 1 - (shares**2).sum().mean()
    assert result.table["error"].iloc[0] == pytest.approx(nothing_learnt, rel=0.02)


def test_unrelated_questions_need_no_axis() -> None:
    rng = np.random.default_rng(2)
    X = pd.DataFrame(rng.integers(1, 4, (200, 10)).astype(str)).add_prefix("q")
    assert choose_imputation_axes(X, max_components=3, seed=1).chosen == 0


def test_folds_come_from_the_seed(complete: pd.DataFrame) -> None:
    first = choose_imputation_axes(complete, max_components=1, seed=1).table
    pd.testing.assert_frame_equal(
        first, choose_imputation_axes(complete, max_components=1, seed=1).table
    )
    other = choose_imputation_axes(complete, max_components=1, seed=2).table
    assert not first.equals(other)


def test_axes_go_up_to_one_less_than_the_table_has() -> None:
    X = pd.DataFrame({"a": list("xyz") * 3, "b": list("uuvvw") + list("wuvw")})
    # Six categories of two variables: four axes, of which the noise needs one.
    assert impute_mca(X, n_components=3).converged
    with pytest.raises(ValueError, match="n_components is 4; expected 0 to 3"):
        impute_mca(X, n_components=4)
    # Three respondents have two axes.
    assert impute_mca(X.head(3), n_components=1).converged
    with pytest.raises(ValueError, match="n_components is 2; expected 0 to 1"):
        impute_mca(X.head(3), n_components=2)
    with pytest.raises(ValueError, match="n_components is -1"):
        impute_mca(X, n_components=-1)


def test_every_answer_is_hidden_once_and_folds_are_as_even_as_can_be() -> None:
    answered = np.random.default_rng(2).random((23, 4)) < 0.8
    folds = _folds(answered, 5, np.random.default_rng(1))
    assert (folds[~answered] == -1).all()
    for variable in range(4):
        sizes = np.bincount(folds[answered[:, variable], variable], minlength=5)
        assert len(sizes) == 5
        assert sizes.max() - sizes.min() <= 1
    # Dealt at random, not in the order of the rows, and not from one fold for all variables.
    assert (np.diff(folds[answered[:, 0], 0]) < 0).any()


def test_numbers_of_axes_are_tried_up_to_the_largest_the_table_bears(
    complete: pd.DataFrame,
) -> None:
    found = choose_imputation_axes(complete.iloc[:, :4], max_components=2, folds=3, seed=1).table
    assert list(found.columns) == ["components", "error", "standard_error", "hit_share"]
    assert found["components"].tolist() == [0, 1, 2]
    X = pd.DataFrame({"a": list("xyz") * 5, "b": list("uuvvw") * 3})
    assert choose_imputation_axes(X, max_components=9, folds=2, seed=1).table[
        "components"].tolist() == [0, 1, 2, 3]  # fmt: skip
    few = choose_imputation_axes(X.head(4), max_components=9, folds=2, seed=1).table
    assert few["components"].tolist() == [0, 1, 2]
    for options in ({"folds": 1}, {"max_components": -1}):
        with pytest.raises(ValueError, match="expected at least 2 and 0"):
            choose_imputation_axes(X, seed=1, **options)  # type: ignore[arg-type]
    assert choose_imputation_axes(X, max_components=0, folds=2, seed=1).chosen == 0


def test_answers_that_follow_from_the_others_are_hit_without_error() -> None:
    X = pd.DataFrame({name: list("xy") * 30 for name in "abcdef"})
    table = choose_imputation_axes(X, max_components=1, folds=3, seed=1, regularised=False).table
    assert table["hit_share"].iloc[1] == 100
    assert table["error"].iloc[1] == pytest.approx(0, abs=1e-3)
    # Without an axis the shares are halves: Brier's score is 1 - 2 / 4, give or take the folds.
    assert table["error"].iloc[0] == pytest.approx(0.5, abs=0.05)
    assert 30 < table["hit_share"].iloc[0] < 70


def test_error_and_hits_of_hidden_answers_by_hand() -> None:
    X = pd.DataFrame({"a": list("xyz"), "b": list("uvu")})
    degrees = np.array([[0.5, 0.3, 0.2, 1, 0], [0.5, 0.3, 0.2, 1, 0], [0.5, 0.3, 0.2, 0.4, 0.6]])
    hidden = np.array([[True, False], [True, False], [False, True]])
    error, hits = _errors(degrees, code_answers(X), hidden)
    squares = 0.25 + 0.09 + 0.04
    one, two, three = squares - 1 + 1, squares - 0.6 + 1, 0.16 + 0.36 - 0.8 + 1
    assert error == pytest.approx((one + two + three) / 3)
    assert hits == pytest.approx(1 / 3)


def test_axes_are_shrunk_unless_told_otherwise(complete: pd.DataFrame) -> None:
    options = {"max_components": 2, "folds": 3, "seed": 1}
    default, shrunk, plain = (
        choose_imputation_axes(complete.iloc[:, :6], **options, **more).table  # type: ignore[arg-type]
        for more in ({}, {"regularised": True}, {"regularised": False})
    )
    pd.testing.assert_frame_equal(default, shrunk)
    assert not np.allclose(default["error"].iloc[1:], plain["error"].iloc[1:])
