"""MCA: by hand, by property, and on input that is wrong."""

from __future__ import annotations

import itertools

import numpy as np
import pandas as pd
import pytest
from sklearn.base import clone

from rfree.axes.mca import MCA

COLUMN_TABLES = ("column_coordinates_", "column_contributions_", "column_cos2_", "column_v_tests_")
ALL_TABLES = (*COLUMN_TABLES, "eta2_", "inertia_", "column_weights_")


def survey(n: int = 120, seed: int = 3) -> pd.DataFrame:
    """Answers to six items that share a trait, one rarely answered."""
    rng = np.random.default_rng(seed)
    trait = rng.normal(size=(n, 1)) + rng.normal(size=(n, 6))
    codes = np.digitize(trait, [-1.5, -0.4, 0.5, 1.6]) + 1
    table = pd.DataFrame(codes.astype(str), columns=[f"Q{item}" for item in range(1, 7)])
    table.loc[rng.choice(n, 9, replace=False), "Q6"] = "no answer"
    return table


def assert_same(one: MCA, other: MCA, tables: tuple[str, ...] = ALL_TABLES) -> None:
    np.testing.assert_allclose(one.eigenvalues_, other.eigenvalues_, rtol=0, atol=1e-12)
    for name in tables:
        expected = getattr(other, name)
        ours = getattr(one, name).loc[expected.index]
        np.testing.assert_allclose(ours, expected, rtol=1e-9, atol=1e-9, err_msg=name)


def brute_force(table: pd.DataFrame, weights: np.ndarray, active: np.ndarray):
    """Axes of the weighted indicator table itself, by its singular values."""
    indicator = pd.get_dummies(table, prefix_sep="=").to_numpy(dtype=float)
    rows = weights / weights.sum()
    proportions = rows[:, np.newaxis] * indicator / table.shape[1]
    masses = proportions.sum(axis=0)
    expected = np.outer(rows, masses)
    residuals = ((proportions - expected) / np.sqrt(expected))[:, active]
    left, values, right = np.linalg.svd(residuals, full_matrices=False)
    return values**2, left * values / np.sqrt(rows)[:, np.newaxis], right.T


def test_two_questions_by_hand():
    # phi = 2/3: the eigenvalues are (1 + phi) / 2 and (1 - phi) / 2, without multiplicity.
    table = pd.DataFrame({"fear": list("yyynn"), "hope": list("nnyyy")})
    mca = MCA().fit(table)
    np.testing.assert_allclose(mca.eigenvalues_, [5 / 6, 1 / 6], atol=1e-14)
    assert mca.n_components_ == 2
    first = mca.column_coordinates_["Axis 1"]
    # eta2 of both is lambda: the coordinates are sqrt(lambda (1 - p) / p), signed.
    assert first["fear", "n"] == pytest.approx(np.sqrt(5 / 6 * 3 / 2))
    assert first["fear", "y"] == pytest.approx(-np.sqrt(5 / 6 * 2 / 3))
    assert mca.column_v_tests_.loc[("fear", "n"), "Axis 1"] == pytest.approx(
        np.sqrt(5 / 6 * 3 / 2) * np.sqrt(2 * 4 / 3)
    )
    assert mca.inertia_.loc["Axis 1", "benzecri"] == pytest.approx(100)
    # The only crossed table has phi^2 = 4/9, and lambda* = (2 (5/6 - 1/2))^2 is all of it.
    assert mca.inertia_.loc["Axis 1", "greenacre"] == pytest.approx(100)
    assert np.isnan(mca.inertia_.loc["Axis 2", "benzecri"])


@pytest.mark.parametrize("passive", [None, [("Q6", "no answer"), ("Q1", "5"), ("Q2", "5")]])
def test_axes_are_those_of_the_indicator_table(passive):
    table = survey()
    weights = np.random.default_rng(1).uniform(0.2, 3, len(table))
    mca = MCA(n_components=4, passive=passive).fit(table, sample_weight=weights)
    active = (mca.column_roles_ == "active").to_numpy()
    eigenvalues, rows, vectors = brute_force(table, weights, active)
    n_complete = 6 - (0 if passive is None else 3)
    n_axes = active.sum() - n_complete
    assert len(mca.eigenvalues_) == n_axes
    np.testing.assert_allclose(mca.eigenvalues_, eigenvalues[:n_axes], atol=1e-13)
    assert (eigenvalues[n_axes:] < 1e-13).all()
    signs = np.sign((mca.row_coordinates_.to_numpy() * rows[:, :4]).sum(axis=0))
    np.testing.assert_allclose(mca.row_coordinates_ * signs, rows[:, :4], atol=1e-10)
    np.testing.assert_allclose(
        mca.column_contributions_[active], 100 * vectors[:, :4] ** 2, atol=1e-9
    )
    distances = (rows**2).sum(axis=1, keepdims=True)
    np.testing.assert_allclose(mca.row_cos2_, rows[:, :4] ** 2 / distances, atol=1e-10)


@pytest.mark.parametrize("passive", [None, [("Q6", "no answer"), ("Q1", "5")]])
def test_every_category_is_the_barycentre_of_its_respondents(passive):
    table = survey()
    weights = np.random.default_rng(2).uniform(0.2, 3, len(table))
    mca = MCA(n_components=3, passive=passive).fit(table, sample_weight=weights)
    for variable, category in mca.column_coordinates_.index:
        gave = (table[variable] == category).to_numpy()
        mean = np.average(mca.row_coordinates_[gave], axis=0, weights=weights[gave])
        np.testing.assert_allclose(
            mca.column_coordinates_.loc[(variable, category)],
            mean / np.sqrt(mca.eigenvalues_[:3]),
            atol=1e-10,
        )
    again = mca.supplementary(table)
    np.testing.assert_allclose(
        again.coordinates.loc[mca.column_coordinates_.index], mca.column_coordinates_, atol=1e-10
    )
    np.testing.assert_allclose(again.cos2.loc[mca.column_cos2_.index], mca.column_cos2_, atol=1e-10)
    np.testing.assert_allclose(
        again.v_tests.loc[mca.column_v_tests_.index], mca.column_v_tests_, atol=1e-9
    )
    if passive is None:
        np.testing.assert_allclose(again.eta2, mca.eta2_, atol=1e-10)


@pytest.mark.parametrize("passive", [None, [("Q6", "no answer"), ("Q1", "5")]])
def test_sums(passive):
    mca = MCA(n_components=100, passive=passive).fit(survey())
    n_kept = mca.n_components_
    assert n_kept == len(mca.eigenvalues_)
    np.testing.assert_allclose(mca.column_contributions_.sum(), 100)
    np.testing.assert_allclose(mca.row_contributions_.sum(), 100)
    np.testing.assert_allclose(mca.row_cos2_.sum(axis=1), 1)
    active = mca.column_roles_ == "active"
    np.testing.assert_allclose(mca.column_cos2_[active].sum(axis=1), 1)
    np.testing.assert_allclose(mca.eta2_.mean(), mca.eigenvalues_)
    assert mca.inertia_["cumulative"].iloc[-1] == pytest.approx(100)
    assert mca.inertia_["benzecri"].sum() == pytest.approx(100)
    assert mca.column_contributions_[~active].isna().all(axis=None)
    variances = (mca.row_coordinates_**2).mean()
    np.testing.assert_allclose(variances, mca.eigenvalues_, atol=1e-12)
    if passive is None:
        assert mca.eigenvalues_.sum() == pytest.approx(mca.column_roles_.size / 6 - 1)


def test_order_of_rows_and_of_columns_changes_nothing():
    table = survey()
    weights = np.random.default_rng(4).uniform(0.2, 3, len(table))
    mca = MCA(n_components=3).fit(table, sample_weight=weights)
    order = np.random.default_rng(5).permutation(len(table))
    shuffled = MCA(n_components=3).fit(table.iloc[order], sample_weight=weights[order])
    assert_same(shuffled, mca, (*ALL_TABLES, "row_coordinates_", "row_cos2_"))
    assert_same(MCA(n_components=3).fit(table[table.columns[::-1]], weights), mca)


def test_names_of_the_categories_change_nothing():
    table = survey()
    mca = MCA(n_components=3).fit(table)
    names = {"1": "zero", "2": "alpha", "3": "m", "4": "beta", "5": "a", "no answer": "?"}
    renamed = MCA(n_components=3).fit(table.replace(names))
    for name in COLUMN_TABLES:
        index = mca.column_weights_.index
        moved = pd.MultiIndex.from_tuples([(each, names[category]) for each, category in index])
        np.testing.assert_allclose(getattr(renamed, name).loc[moved], getattr(mca, name), atol=1e-9)


@pytest.mark.parametrize("kind", ["int64", "category", "object", "string"])
def test_type_of_the_columns_changes_nothing(kind):
    table = survey().drop(columns="Q6")
    mca = MCA(n_components=3).fit(table)
    other = MCA(n_components=3).fit(table.astype(kind))
    for name in COLUMN_TABLES:
        np.testing.assert_allclose(getattr(other, name), getattr(mca, name), atol=1e-10)
    np.testing.assert_allclose(other.row_coordinates_, mca.row_coordinates_, atol=1e-10)


@pytest.mark.parametrize("passive", [None, [("Q6", "no answer")]])
def test_weight_two_is_the_row_twice_in_every_output(passive):
    table = survey()
    counts = np.random.default_rng(6).integers(1, 4, len(table))
    weighted = MCA(n_components=3, passive=passive).fit(
        table, sample_weight=counts, frequencies=True
    )
    repeated = table.loc[table.index.repeat(counts)]
    expanded = MCA(n_components=3, passive=passive).fit(repeated)
    assert_same(weighted, expanded)
    rows = weighted.row_coordinates_.loc[repeated.index]
    np.testing.assert_allclose(rows, expanded.row_coordinates_, atol=1e-10)
    np.testing.assert_allclose(
        weighted.row_contributions_.sum(), expanded.row_contributions_.sum(), atol=1e-9
    )
    background = survey(seed=8)[["Q1", "Q2"]].assign(age=np.arange(len(table)))
    one = weighted.supplementary(background)
    other = expanded.supplementary(background.loc[repeated.index])
    for name in ("coordinates", "cos2", "v_tests", "eta2", "correlations", "weights"):
        np.testing.assert_allclose(getattr(one, name), getattr(other, name), atol=1e-9)


@pytest.mark.parametrize(
    "weights",
    [
        np.random.default_rng(7).uniform(0.1, 4, 120),
        np.random.default_rng(7).integers(1, 4, 120),
        np.random.default_rng(7).integers(8, 15, 120) / 10,
    ],
)
@pytest.mark.parametrize("factor", [10, 0.1, 1e-6, 3])
def test_multiplying_all_weights_changes_nothing(weights, factor):
    table = survey()
    mca = MCA(n_components=3).fit(table, sample_weight=weights)
    scaled = MCA(n_components=3).fit(table, sample_weight=weights * factor)
    assert scaled.n_respondents_ == pytest.approx(mca.n_respondents_)
    assert_same(scaled, mca, (*ALL_TABLES, "row_coordinates_", "row_contributions_", "row_cos2_"))


def test_weight_zero_is_the_row_removed():
    table = survey()
    weights = np.random.default_rng(9).uniform(0.1, 4, len(table))
    weights[(table["Q6"] == "no answer") | (table["Q1"] == "5")] = 0
    weights[:5] = 0
    mca = MCA(n_components=3).fit(table, sample_weight=weights)
    kept = weights > 0
    without = MCA(n_components=3).fit(table[kept], sample_weight=weights[kept])
    assert mca.n_respondents_ == pytest.approx(kept.sum())
    pd.testing.assert_index_equal(mca.column_coordinates_.index, without.column_coordinates_.index)
    assert ("Q6", "no answer") not in mca.column_coordinates_.index
    assert_same(mca, without)
    np.testing.assert_allclose(
        mca.row_coordinates_[kept], without.row_coordinates_, rtol=0, atol=1e-12
    )
    assert (mca.row_contributions_[~kept] == 0).all(axis=None)
    assert np.isfinite(mca.row_coordinates_).all(axis=None)
    placed, expected = mca.supplementary(table), without.supplementary(table[kept])
    np.testing.assert_allclose(placed.v_tests, expected.v_tests, atol=1e-9)


def test_transform_gives_the_coordinates_of_the_fit():
    table = survey()
    weights = np.random.default_rng(10).integers(0, 3, len(table))
    for passive in (None, [("Q6", "no answer")]):
        mca = MCA(n_components=4, passive=passive).fit(table, sample_weight=weights)
        pd.testing.assert_frame_equal(mca.transform(table), mca.row_coordinates_)
        moved = table[table.columns[::-1]].assign(further="column").astype("category")
        pd.testing.assert_frame_equal(mca.transform(moved), mca.row_coordinates_)


def test_number_of_axes_kept_changes_nothing_else():
    table = survey()
    few, many = MCA(n_components=2).fit(table), MCA(n_components=9).fit(table)
    pd.testing.assert_frame_equal(few.inertia_, many.inertia_)
    for name in (*COLUMN_TABLES, "row_coordinates_", "eta2_"):
        pd.testing.assert_frame_equal(getattr(few, name), getattr(many, name).iloc[:, :2])


def test_each_axis_points_to_its_largest_contribution():
    mca = MCA(n_components=6).fit(survey())
    for axis in mca.column_contributions_:
        leading = mca.column_contributions_[axis].idxmax()
        assert mca.column_coordinates_.loc[leading, axis] > 0


def test_equal_contributions_are_decided_by_the_first_category():
    # Both questions halve the sample: all contributions of an axis are equal.
    pairs = [("a", "c")] * 3 + [("b", "d")] * 3 + [("a", "d"), ("b", "c")]
    table = pd.DataFrame(pairs, columns=["p", "q"])
    for rows in itertools.islice(itertools.permutations(range(8)), 0, 40320, 997):
        mca = MCA().fit(table.iloc[list(rows)])
        assert (mca.column_coordinates_.loc[("p", "a")] > 0).all()


def test_unused_levels_are_ignored_and_levels_keep_their_order():
    levels = ["5", "4", "unused", "3", "2", "1", "no answer"]
    table = survey()
    mca = MCA(passive=[("Q1", "unused")]).fit(table.astype(pd.CategoricalDtype(levels)))
    assert list(mca.column_coordinates_.loc["Q1"].index) == ["5", "4", "3", "2", "1"]
    assert_same(mca, MCA().fit(table))


def test_numbers_in_text_are_ordered_as_numbers():
    table = pd.DataFrame({"q": ["10", "9", "none", "1"] * 3, "r": [True, False, True] * 4})
    mca = MCA().fit(table)
    assert list(mca.column_weights_.loc["q"].index) == ["1", "9", "10", "none"]
    assert list(mca.column_weights_.loc["r"].index) == [False, True]


def test_question_with_one_category_makes_no_axis():
    table = survey()
    mca, alone = MCA(n_components=3).fit(table.assign(same="yes")), MCA(n_components=3).fit(table)
    assert len(mca.eigenvalues_) == len(alone.eigenvalues_)
    np.testing.assert_allclose(mca.eigenvalues_, alone.eigenvalues_ * 6 / 7)
    np.testing.assert_allclose(mca.eta2_.loc["same"], 0, atol=1e-20)
    for name in COLUMN_TABLES:
        np.testing.assert_allclose(getattr(mca, name).loc[("same", "yes")], 0, atol=1e-12)


def test_single_question_has_no_corrected_rate():
    mca = MCA().fit(pd.DataFrame({"q": list("aabbc")}))
    np.testing.assert_allclose(mca.eigenvalues_, [1, 1])
    assert mca.inertia_[["benzecri", "greenacre"]].isna().all(axis=None)


def test_deficient_rank_pads_with_zeros_and_caps_the_axes():
    table = pd.DataFrame({"p": list("abc"), "q": list("xyz"), "r": list("uuv")})
    mca = MCA(n_components=5).fit(table)
    assert len(mca.eigenvalues_) == 8 - 3
    assert (mca.eigenvalues_[2:] == 0).all()
    assert mca.n_components_ == mca.row_coordinates_.shape[1] == 2
    assert np.isfinite(mca.column_v_tests_).all(axis=None)


def test_two_respondents_make_one_axis():
    mca = MCA().fit(pd.DataFrame({"p": ["a", "b"], "q": ["c", "d"]}))
    np.testing.assert_allclose(mca.eigenvalues_, [1, 0])
    np.testing.assert_allclose(np.abs(mca.row_coordinates_["Axis 1"]), 1)
    assert np.isfinite(mca.row_cos2_).all(axis=None)


def test_inputs_are_left_as_they_were():
    table = survey()
    weights = pd.Series(np.random.default_rng(11).uniform(0.1, 4, len(table)))
    passive = [("Q6", "no answer")]
    kept_table, kept_weights = table.copy(), weights.copy()
    estimator = MCA(n_components=3, passive=passive)
    estimator.fit(table, sample_weight=weights).supplementary(table.assign(age=weights))
    pd.testing.assert_frame_equal(table, kept_table)
    pd.testing.assert_series_equal(weights, kept_weights)
    told = {"n_components": 3, "passive": [("Q6", "no answer")], "blocks": None}
    assert estimator.get_params() == told
    assert clone(estimator).get_params() == estimator.get_params()


def test_two_fits_give_the_same_bytes():
    table = survey()
    one, other = MCA().fit(table), MCA().fit(table)
    assert one.row_coordinates_.to_numpy().tobytes() == other.row_coordinates_.to_numpy().tobytes()


def test_labels_of_rows_may_repeat():
    table = survey()
    table.index = [0] * len(table)
    mca = MCA().fit(table)
    assert mca.row_coordinates_.index.equals(table.index)


@pytest.mark.parametrize(
    ("table", "message"),
    [
        (pd.DataFrame({"p": ["a"], "q": ["b"]}), "X has no axis"),
        (pd.DataFrame({"p": ["a", "a"], "q": ["b", "b"]}), "X has no axis"),
        (pd.DataFrame({"p": ["a", None, None], "q": ["b", "c", None]}), r"'p' \(2\).*'q' \(1\)"),
        (pd.DataFrame({"p": []}), "X is empty"),
        (pd.DataFrame(index=[1, 2]), "X is empty"),
        (pd.DataFrame([["a", "b"]] * 2, columns=["p", "p"]), "several columns of one name: p"),
    ],
)
def test_tables_without_an_analysis_are_refused(table, message):
    with pytest.raises(ValueError, match=message):
        MCA().fit(table)


def test_array_is_refused():
    with pytest.raises(TypeError, match="must be a pandas DataFrame, not ndarray"):
        MCA().fit(np.array([["a"], ["b"]]))


@pytest.mark.parametrize(
    ("weights", "message"),
    [
        ([1.0, 2.0], "expected one weight"),
        (np.full(120, -1.0), "negative"),
        (np.zeros(120), "sums to zero"),
        (np.full(120, np.nan), "missing or infinite"),
        (np.eye(120)[0], "X has no axis"),
    ],
)
def test_weights_that_weigh_nothing_are_refused(weights, message):
    with pytest.raises(ValueError, match=message):
        MCA().fit(survey(), sample_weight=weights)


@pytest.mark.parametrize(
    ("passive", "message"),
    [
        ([("Q1", "6"), ("Q9", "1")], r"column 'Q1': '6' \(known: '1', '2'.*no column 'Q9'"),
        ([("Q1", str(code)) for code in range(1, 6)], "All categories of column 'Q1' are passive"),
    ],
)
def test_unknown_or_entirely_passive_categories_are_refused(passive, message):
    with pytest.raises(ValueError, match=message):
        MCA(passive=passive).fit(survey())


def test_passive_that_holds_no_pairs_is_refused():
    with pytest.raises(TypeError, match="pairs, not 'no answer'"):
        MCA(passive=["no answer"]).fit(survey())


@pytest.mark.parametrize("n_components", [0, -1])
def test_number_of_axes_below_one_is_refused(n_components):
    with pytest.raises(ValueError, match="at least 1"):
        MCA(n_components=n_components).fit(survey())


@pytest.mark.parametrize("n_components", [2.5, "3", True, None])
def test_number_of_axes_that_is_no_number_is_refused(n_components):
    with pytest.raises(TypeError, match="whole number"):
        MCA(n_components=n_components).fit(survey())


def test_unseen_categories_and_absent_columns_are_all_named():
    mca = MCA().fit(survey())
    new = survey().head(2)
    with pytest.raises(ValueError, match=r"'Q2': '7' \(known: '1', .*'Q3': 'x'"):
        mca.transform(new.assign(Q2="7", Q3="x"))
    with pytest.raises(ValueError, match="lacks 2 columns that were fitted: Q1, Q2"):
        mca.transform(new.drop(columns=["Q1", "Q2"]))
    with pytest.raises(ValueError, match=r"missing values: column 'Q1' \(2\)"):
        mca.transform(new.assign(Q1=None))


def test_five_axes_are_kept_unless_told_otherwise():
    table = survey()
    mca = MCA().fit(table)
    assert mca.n_components_ == mca.row_coordinates_.shape[1] == 5
    assert len(mca.eigenvalues_) > 5
    assert (MCA().passive, MCA().n_components) == (None, 5)


@pytest.mark.parametrize("frequencies", [False, True])
def test_counts_squares_and_roles_of_categories_by_hand(frequencies):
    table = pd.DataFrame(
        {"p": list("aabbb"), "q": list("xyxyz"), "r": list("uvuvv")}, index=list("ABCDE")
    )
    weights = np.array([1.0, 2, 3, 2, 0])
    mca = MCA(n_components=2, passive=[("p", "b")]).fit(table, weights, frequencies=frequencies)
    index = [("p", "a"), ("p", "b"), ("q", "x"), ("q", "y"), ("r", "u"), ("r", "v")]
    for column, name in (("roles", "role"), ("weights", "weight"), ("counts", "n"),
                         ("squares", "squares")):  # fmt: skip
        series = getattr(mca, f"column_{column}_")
        assert series.index.tolist() == index
        assert series.index.names == ["variable", "category"]
        assert series.name == name
    assert mca.column_roles_.tolist() == ["active", "passive", *["active"] * 4]
    # In whole: 8 respondents, or 4 that weigh 8.
    own = np.array([3.0, 5, 4, 4, 4, 4])
    np.testing.assert_allclose(mca.column_weights_, own if frequencies else own / 2)
    assert mca.column_counts_.tolist() == (own.tolist() if frequencies else [2.0] * 6)
    squares = np.array([1 + 4, 9 + 4, 1 + 9, 4 + 4, 1 + 9, 4 + 4]) / 64
    np.testing.assert_allclose(mca.column_squares_, squares)
    assert mca.n_respondents_ == (8 if frequencies else 4)
    assert mca.design_based_ is not frequencies
    assert mca.respondents_.tolist() == ([1, 2, 3, 2, 0] if frequencies else [1, 1, 1, 1, 0])
    for table_of_rows in (mca.row_coordinates_, mca.row_contributions_, mca.row_cos2_):
        assert table_of_rows.index.tolist() == list("ABCDE")
        assert table_of_rows.columns.tolist() == ["Axis 1", "Axis 2"]
        assert table_of_rows.columns.name == "axis"
    assert mca.eta2_.index.name == "variable"
    assert mca.eta2_.index.tolist() == ["p", "q", "r"]
