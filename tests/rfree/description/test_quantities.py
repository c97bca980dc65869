"""Means of the classes against the mean of all, and nothing found where nothing varies."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy.stats import f_oneway, norm

from rfree.description.quantities import describe_quantities, describe_quantity_links

Q = pd.DataFrame({"age": [30.0, 40.0, 50.0, 60.0, 20.0, np.nan], "years": [1, 2, 3, 4, 5, 9]})
LABELS = [1, 1, 2, 2, 2, 1]
LABELS_IN_PAIRS = [1, 1, 2, 2, 3, 3]


def row(number: int, variable: str) -> pd.Series:
    table = describe_quantities(Q, LABELS)
    return table[(table["class"] == number) & (table["variable"] == variable)].iloc[0]


def test_every_class_and_quantity_has_a_row() -> None:
    table = describe_quantities(Q, LABELS)
    pairs = list(zip(table["class"], table["variable"], strict=True))
    assert pairs == [(1, "age"), (1, "years"), (2, "age"), (2, "years")]


def test_v_test_by_hand() -> None:
    # Five have an age: mean 40, population variance 200; two of them in class 1, of mean 35.
    age = row(1, "age")
    assert (age["n"], age["class_mean"], age["overall_mean"]) == (2, 35.0, 40.0)
    assert age["overall_sd"] == pytest.approx(np.sqrt(200))
    assert age["class_sd"] == pytest.approx(5.0)
    v = (35 - 40) / np.sqrt(200) * np.sqrt(2 * (5 - 1) / (5 - 2))
    assert age["v_test"] == pytest.approx(v)
    assert age["p_value"] == pytest.approx(2 * norm.sf(abs(v)))


def test_two_classes_have_opposite_v_tests() -> None:
    # With two classes, what one is above the mean the other is below.
    for variable in ("age", "years"):
        assert row(1, variable)["v_test"] == pytest.approx(-row(2, variable)["v_test"])


def test_unit_and_origin_of_a_quantity_change_no_test() -> None:
    moved = describe_quantities(Q * 7.0 + 1e6, LABELS)
    plain = describe_quantities(Q, LABELS)
    np.testing.assert_allclose(moved["v_test"], plain["v_test"], rtol=1e-8)
    turned = describe_quantities(-Q, LABELS)
    np.testing.assert_allclose(turned["v_test"], -plain["v_test"])


@pytest.mark.parametrize("value", [0.1, 0.3, 1 / 3, 1e-12, 45.7, 1e15])
@pytest.mark.parametrize("seed", range(4))
def test_a_number_that_does_not_vary_says_nothing_whatever_its_rounding(
    value: float, seed: int
) -> None:
    rng = np.random.default_rng(seed)
    n = 157
    numbers = pd.DataFrame({"same": np.full(n, value), "age": rng.normal(45, 10, n)})
    numbers.loc[rng.random(n) < 0.1, "same"] = np.nan
    labels, weights = rng.integers(1, 4, n), rng.uniform(0.3, 3.0, n)
    for weight in (None, weights):
        table = describe_quantities(numbers, labels, sample_weight=weight)
        same = table[table["variable"] == "same"]
        assert (same["v_test"] == 0).all()
        assert (same["p_value"] == 1).all()
        assert (same["overall_sd"] == 0).all()
        assert (table.loc[table["variable"] == "age", "v_test"] != 0).all()
        links = describe_quantity_links(numbers, labels, sample_weight=weight).set_index("variable")
        assert np.isnan(links.loc["same", "eta2"])
        assert links.loc["same", "p_value"] == 1
        assert links.loc["age", "p_value"] < 1


@pytest.mark.parametrize("other", [-7.0, 7.0])
def test_respondents_who_weigh_nothing_do_not_make_a_number_vary(other: float) -> None:
    rng = np.random.default_rng(5)
    numbers = pd.DataFrame(
        {f"q{at}": np.full(41, value) for at, value in enumerate(rng.random(30))}
    )
    numbers.iloc[40] = other
    weights = np.append(rng.uniform(0.3, 3, 40), 0.0)
    table = describe_quantities(numbers, rng.integers(1, 3, 41), sample_weight=weights)
    assert (table["v_test"] == 0).all()
    assert (table["overall_sd"] == 0).all()


def test_the_smallest_variation_is_no_constant() -> None:
    values = np.full(40, 1.0)
    values[:20] += 1e-9
    table = describe_quantities(pd.DataFrame({"x": values}), [1] * 20 + [2] * 20)
    # All of the variance lies between the classes: v = sqrt(n - 1).
    assert table["v_test"].tolist() == pytest.approx([np.sqrt(39), -np.sqrt(39)], rel=1e-6)


def test_a_class_without_the_quantity_is_not_tested() -> None:
    table = describe_quantities(pd.DataFrame({"x": [1.0, 2.0, np.nan, np.nan]}), [1, 1, 2, 2])
    second = table.iloc[1]
    assert (second["n"], second["v_test"], second["p_value"]) == (0, 0, 1)
    assert np.isnan(second["class_mean"])


def test_p_values_are_adjusted_over_the_table() -> None:
    table = describe_quantities(Q, LABELS)
    p = np.sort(table["p_value"].to_numpy())
    holm = np.minimum(np.maximum.accumulate(p * [4, 3, 2, 1]), 1)
    assert np.sort(table["p_adjusted"]).tolist() == pytest.approx(holm.tolist())
    hochberg = describe_quantities(Q, LABELS, adjust="bh")["p_adjusted"]
    assert (hochberg <= table["p_adjusted"] + 1e-12).all()


def test_links_are_the_analysis_of_variance() -> None:
    rng = np.random.default_rng(4)
    labels = np.repeat([1, 2, 3], [12, 9, 14])
    values = rng.normal(labels * 0.6)
    link = describe_quantity_links(pd.DataFrame({"x": values}), labels).iloc[0]
    groups = [values[labels == number] for number in (1, 2, 3)]
    expected = f_oneway(*groups)
    assert link["f"] == pytest.approx(expected.statistic)
    assert link["p_value"] == pytest.approx(expected.pvalue)
    assert (link["df_between"], link["df_within"], link["n"]) == (2, 32, 35)
    between = sum(len(each) * (each.mean() - values.mean()) ** 2 for each in groups)
    assert link["eta2"] == pytest.approx(between / ((values - values.mean()) ** 2).sum())


def test_links_leave_out_those_without_the_quantity() -> None:
    links = describe_quantity_links(Q, LABELS).set_index("variable")
    assert links["n"].to_dict() == {"age": 5, "years": 6}
    expected = f_oneway([30, 40], [50, 60, 20])
    assert links.loc["age", "f"] == pytest.approx(expected.statistic)


@pytest.mark.parametrize("describe", [describe_quantities, describe_quantity_links])
def test_what_is_no_table_of_numbers_is_refused(describe: object) -> None:
    with pytest.raises(TypeError, match="these columns do not: sex"):
        describe(Q.assign(sex="f"), LABELS)  # type: ignore[operator]
    with pytest.raises(ValueError, match="infinite values in: years"):
        describe(Q.assign(years=np.inf), LABELS)  # type: ignore[operator]
    with pytest.raises(ValueError, match="Q is empty"):
        describe(Q.iloc[:0], [])  # type: ignore[operator]
    with pytest.raises(TypeError, match="must be a pandas DataFrame, not list"):
        describe([1, 2], [1, 2])  # type: ignore[operator]


def test_a_quantity_that_nobody_has_is_linked_to_nothing():
    links = describe_quantity_links(pd.DataFrame({"age": [np.nan] * 6}), LABELS).iloc[0]
    assert links["n"] == 0
    assert links["df_between"] == 0
    assert links["p_value"] == 1


@pytest.mark.parametrize("test", [describe_quantities, describe_quantity_links])
def test_two_columns_of_one_name_or_complex_ones_are_no_quantities(test):
    with pytest.raises(ValueError, match="several columns of one name: age"):
        test(pd.concat([Q, Q[["age"]]], axis=1), LABELS)
    with pytest.raises(TypeError, match="these columns do not: age"):
        test(pd.DataFrame({"age": np.arange(6) * 1j}), LABELS)


@pytest.mark.parametrize("frequencies", [False, True])
@pytest.mark.parametrize("test", [describe_quantities, describe_quantity_links])
def test_those_who_weigh_nothing_are_as_if_they_were_not_there(test, frequencies):
    # Of class "c", only respondents of no weight have an age: it has no mean, the others keep
    # theirs.
    table = pd.DataFrame({"age": [30.0, 41, 52, 60, 33, 70, 80, np.nan]})
    labels = np.array(list("aabbbccc"))
    weights = np.array([1.0, 2, 1, 3, 1, 0, 0, 2])
    kept = weights > 0
    pd.testing.assert_frame_equal(
        test(table, labels, sample_weight=weights, frequencies=frequencies),
        test(table[kept], labels[kept], sample_weight=weights[kept], frequencies=frequencies),
    )


def test_classes_without_spread_leave_nothing_within_whatever_the_unit_of_the_weights():
    table = pd.DataFrame({"age": [0.1, 0.1, 0.3, 0.3, 0.7, 0.7]})
    weights = np.array([0.3, 1.7, 2.9, 0.13, 0.77, 1.1])
    for unit in (1.0, 1e7, 1 / 3):
        links = describe_quantity_links(table, LABELS_IN_PAIRS, sample_weight=unit * weights)
        assert np.isposinf(links["f"][0])
        assert links["eta2"][0] == 1
        assert links["p_value"][0] == 0
