"""What holds for any answers: invariants of the estimators, and refusals in words."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from rfree import (
    HCPC,
    MCA,
    cronbach_alpha,
    describe_categories,
    describe_quantities,
    describe_variables,
    guttman_r2,
)
from rfree.description.characteristics import characteristics_table
from rfree.description.group_tests import compare_categories, compare_quantities
from rfree.items.reliability import describe_reliability
from rfree.samples.calibration import rake

# A fixed seed and no deadline: the suite is the same on every machine, however slow.
quick = settings(
    max_examples=60,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)

ANSWERS = st.one_of(
    st.sampled_from(["a", "b", "c"]),
    st.integers(1, 5),
    st.booleans(),
    st.text(max_size=3),
    st.sampled_from([1, "1", 1.0, True, "nan", "", "10", "2"]),
    st.sampled_from([None, np.nan, pd.NA, pd.NaT, np.inf, 1e300, (1, 2), pd.Timestamp(0)]),
)
NUMBERS = st.floats(-1e3, 1e3).map(lambda value: round(value, 2))


@st.composite
def anything(draw: st.DrawFn) -> pd.DataFrame:
    """Tables of whatever a column may hold."""
    rows, columns = draw(st.integers(0, 12)), draw(st.integers(0, 4))
    table = pd.DataFrame(
        {
            f"Q{column}": pd.Series(
                draw(st.lists(ANSWERS, min_size=rows, max_size=rows)), dtype="object"
            )
            for column in range(columns)
        },
        index=range(rows),
    )
    if draw(st.booleans()):
        table = table.convert_dtypes()
    return table


@st.composite
def answered(draw: st.DrawFn, rows: int | None = None) -> pd.DataFrame:
    """Complete tables of categories, the first of which varies."""
    n = rows or draw(st.integers(4, 30))
    columns = draw(st.integers(2, 5))
    codes = {
        f"Q{column}": draw(st.lists(st.integers(1, 4), min_size=n, max_size=n))
        for column in range(columns)
    }
    table = pd.DataFrame(codes, index=[f"R{row}" for row in range(n)]).astype(str)
    assume(table["Q0"].nunique() > 1)
    return table


@st.composite
def classified(draw: st.DrawFn) -> tuple[pd.DataFrame, np.ndarray]:
    """Complete tables with two or three classes, none empty."""
    table = draw(answered())
    n_classes = draw(st.integers(2, 3))
    labels = draw(st.lists(st.integers(1, n_classes), min_size=len(table), max_size=len(table)))
    assume(len(set(labels)) > 1)
    return table, np.array(labels)


def assert_analysed_or_refused_in_words(call: Callable[[], object]) -> None:
    """Call, and hold a refusal to be in our words, not Python's."""
    try:
        call()
    except (TypeError, ValueError) as error:
        if len(str(error)) <= 20 or "instances of" in str(error):
            raise


@quick
@given(X=anything())
def test_any_table_is_analysed_or_refused_in_words(X: pd.DataFrame) -> None:
    before = X.copy(deep=True)
    assert_analysed_or_refused_in_words(lambda: MCA().fit(X))
    pd.testing.assert_frame_equal(X, before)


@quick
@given(X=answered(rows=8), labels=st.lists(ANSWERS, min_size=7, max_size=8))
def test_any_labels_are_used_or_refused_in_words(X: pd.DataFrame, labels: list[object]) -> None:
    numbers = X.astype(float)
    for describe in (
        lambda: describe_categories(X, labels),
        lambda: describe_variables(X, labels),
        lambda: describe_quantities(numbers, labels),
        lambda: compare_categories(X, labels, replicates=99, seed=1),
        lambda: compare_quantities(numbers, labels),
        lambda: characteristics_table(X, None, labels),
    ):
        assert_analysed_or_refused_in_words(describe)


@quick
@given(X=anything())
def test_any_table_is_described_or_refused_in_words(X: pd.DataFrame) -> None:
    labels = [1 + row % 2 for row in range(len(X))]
    for describe in (
        lambda: describe_categories(X, labels),
        lambda: describe_variables(X, labels),
        lambda: describe_quantities(X, labels),
        lambda: compare_categories(X, labels, replicates=99, seed=1),
        lambda: compare_quantities(X, labels),
        lambda: characteristics_table(X, None, labels),
        lambda: cronbach_alpha(X),
        lambda: describe_reliability(X, {"block": list(X.columns)}),
        lambda: guttman_r2(X.get("Q0", []), X.get("Q1", [])),
        lambda: HCPC(n_classes=2).fit(X),
    ):
        assert_analysed_or_refused_in_words(describe)


@quick
@given(X=answered(rows=8), weights=st.lists(ANSWERS | NUMBERS, min_size=7, max_size=8))
def test_any_weights_are_used_or_refused_in_words(X: pd.DataFrame, weights: list[object]) -> None:
    assert_analysed_or_refused_in_words(lambda: MCA().fit(X, sample_weight=weights))


@quick
@given(X=answered())
def test_the_axes_hold_all_the_inertia_of_the_table(X: pd.DataFrame) -> None:
    mca = MCA(n_components=50).fit(X)
    n_categories = sum(X[column].nunique() for column in X)
    assert mca.eigenvalues_.sum() == pytest.approx(n_categories / X.shape[1] - 1)
    assert (np.diff(mca.eigenvalues_) <= 1e-12).all()
    assert mca.eigenvalues_.max() <= 1 + 1e-9
    np.testing.assert_allclose(mca.column_contributions_.sum(), 100)
    np.testing.assert_allclose(mca.row_contributions_.sum(), 100)
    kept = mca.eigenvalues_[: mca.n_components_]
    np.testing.assert_allclose(mca.eta2_.mean(), kept, atol=1e-9)
    np.testing.assert_allclose(mca.row_coordinates_.mean(), 0, atol=1e-9)
    np.testing.assert_allclose(mca.row_coordinates_.var(ddof=0), kept, atol=1e-9)
    assert mca.row_cos2_.to_numpy().sum(axis=1).max() <= 1 + 1e-9
    pd.testing.assert_frame_equal(mca.transform(X), mca.row_coordinates_, atol=1e-9)


@quick
@given(X=answered(), seed=st.integers(0, 99))
def test_neither_row_order_nor_names_change_the_axes(X: pd.DataFrame, seed: int) -> None:
    order = np.random.default_rng(seed).permutation(len(X))
    renamed = X.iloc[order].apply(lambda column: column.map(lambda code: f"answer {code}"))
    one, other = MCA(n_components=50).fit(X), MCA(n_components=50).fit(renamed)
    np.testing.assert_allclose(one.eigenvalues_, other.eigenvalues_, atol=1e-10)
    distances = [np.square(mca.row_coordinates_.loc[X.index]).sum(axis=1) for mca in (one, other)]
    np.testing.assert_allclose(*distances, atol=1e-8)


@quick
@given(
    points=st.lists(st.tuples(NUMBERS, NUMBERS), min_size=4, max_size=30),
    n_classes=st.integers(2, 4),
)
def test_classes_are_numbered_and_lose_no_inertia(
    points: list[tuple[float, float]], n_classes: int
) -> None:
    assume(len(set(points)) >= n_classes)
    coordinates = pd.DataFrame(points, columns=["Axis 1", "Axis 2"])
    hcpc = HCPC(n_classes=n_classes).fit(coordinates)
    assert sorted(set(hcpc.labels_)) == list(range(1, n_classes + 1))
    total = float(coordinates.var(ddof=0).sum())
    assert hcpc.inertia_gains_.sum() == pytest.approx(total)
    assert hcpc.between_ratio_ >= hcpc.between_ratio_tree_ - 1e-12
    assert -1e-12 <= hcpc.between_ratio_ <= 1 + 1e-12
    assert hcpc.centers_["Axis 1"].is_monotonic_increasing
    means = coordinates.groupby(hcpc.labels_).mean()
    np.testing.assert_allclose(hcpc.centers_, means, atol=1e-8)


@quick
@given(data=classified(), seed=st.integers(0, 99))
def test_classes_are_described_the_same_in_any_order(
    data: tuple[pd.DataFrame, np.ndarray], seed: int
) -> None:
    X, labels = data
    order = np.random.default_rng(seed).permutation(len(X))
    keys = ["class", "variable", "category"]
    one = describe_categories(X, labels).set_index(keys).sort_index()
    other = describe_categories(X.iloc[order], labels[order]).set_index(keys).sort_index()
    pd.testing.assert_frame_equal(one, other)
    assert one["p_value"].between(0, 1).all()
    assert (one["p_adjusted"] >= one["p_value"] - 1e-12).all()
    np.testing.assert_allclose(one.groupby(["class", "variable"])["category_share"].sum(), 100)
    np.testing.assert_allclose(one.groupby(["variable", "category"])["class_share"].sum(), 100)
    more = one["category_share"] > one["overall_share"] + 1e-9
    assert (one.loc[more, "v_test"] >= 0).all()


@quick
@given(data=classified())
def test_variables_and_quantities_are_described_by_what_is_there(
    data: tuple[pd.DataFrame, np.ndarray],
) -> None:
    X, labels = data
    variables = describe_variables(X, labels)
    assert variables["p_value"].dropna().between(0, 1).all()
    assert variables["cramers_v"].dropna().between(0, 1 + 1e-9).all()
    values = X.astype(float)
    quantities = describe_quantities(values, labels)
    for row in quantities.to_dict("records"):
        mean = values.loc[labels == row["class"], row["variable"]].mean()
        assert row["class_mean"] == pytest.approx(mean)


@quick
@given(
    n=st.integers(2, 30),
    share=st.floats(0.05, 0.95),
    seed=st.integers(0, 99),
)
def test_raked_weights_have_the_margins_asked_for(n: int, share: float, seed: int) -> None:
    rng = np.random.default_rng(seed)
    X = pd.DataFrame({"sex": ["f", "m"] * n, "age": rng.permutation(["young", "old"] * n)})
    margins = {"sex": {"f": share, "m": 1 - share}, "age": {"young": 0.5, "old": 0.5}}
    assume((pd.crosstab(X["sex"], X["age"]) > 0).all(axis=None))
    raked = rake(X, margins)
    weights = pd.Series(raked.weights, index=X.index)
    assert weights.groupby(X["sex"]).sum()["f"] / weights.sum() == pytest.approx(share, abs=1e-6)
    assert weights.groupby(X["age"]).sum()["old"] / weights.sum() == pytest.approx(0.5, abs=1e-6)
