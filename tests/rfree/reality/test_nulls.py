"""The sample among populations without groups: tables, p-values, those who answer in a line."""

from __future__ import annotations

import pickle
from dataclasses import replace
from typing import Any

import joblib
import numpy as np
import pandas as pd
import pytest

from made_up_answers import far_groups, one_trait
from rfree import HCPC, MCA
from rfree.base.limits import LimitError
from rfree.classes.chain import ChainSettings, code_table
from rfree.reality import nulls as module
from rfree.reality.boundaries import PLACES
from rfree.reality.findings import NOTHING_FOUND, findings
from rfree.reality.null_populations import fit_nulls
from rfree.reality.nulls import (
    ASKED,
    NULL_STATISTICS,
    NULLS,
    WITHOUT_GAPS,
    NullPlan,
    NullResult,
    findings_without,
    null_distributions,
    some_rows,
    straight_liners,
)
from rfree.reality.ordered_answers import ordinal_answers

SETTINGS: dict[str, Any] = {"n_axes": 2, "n_classes": 3, "n_replicates": 9, "seed": 3}


def the_answers() -> pd.DataFrame:
    return one_trait(70, 6, seed=4)


@pytest.fixture(scope="module")
def result() -> NullResult:
    return null_distributions(the_answers(), n_resamples=2, **SETTINGS)


def test_every_table_has_the_columns_that_are_documented(result: NullResult) -> None:
    assert list(result.tests) == [
        "null", "statistic", "direction", "sample", "null_mean", "null_low", "null_high",
        "p_value", "replicates",
    ]  # fmt: skip
    assert list(result.boundaries) == [
        "class", "neighbour", "n", "depth", "ratio", "place", "dip", "dip_p", "p_value", "null",
        "p_holm",
    ]  # fmt: skip
    assert list(result.profiles) == [
        "class", "neighbour", "left", "right", "class_share", "neighbour_share", "continuum_share",
    ]  # fmt: skip
    assert list(result.descriptions) == [
        "null", "suggested_as_many", "suggested_median", "mean_jaccard", "jaccard_low",
        "jaccard_high", "silhouette", "silhouette_low", "silhouette_high", "axis_1",
    ]  # fmt: skip
    assert list(result.by_classes) == [
        "null", "classes", "sample", "null_mean", "null_low", "null_high",
    ]  # fmt: skip
    assert list(result.replicates) == [
        "null", "replicate", *NULL_STATISTICS, "silhouette", "suggested", "mean_jaccard", "axis_1",
    ]  # fmt: skip
    assert (result.n_classes, result.n_replicates) == (3, 9)
    for table in (result.tests, result.boundaries, result.profiles, result.descriptions,
                  result.by_classes, result.replicates):  # fmt: skip
        assert table.index.tolist() == list(range(len(table)))
    asked = [(null, each) for null in NULLS for each in ASKED[null]]
    assert list(zip(result.tests["null"], result.tests["statistic"], strict=True)) == asked
    assert result.descriptions["null"].tolist() == ["sample", *NULLS]
    for null in NULLS:
        own = result.by_classes[result.by_classes["null"] == null]
        assert own["classes"].tolist() == list(range(2, 11))
        drawn = result.replicates[result.replicates["null"] == null]
        assert drawn["replicate"].tolist() == list(range(1, 10))


def test_p_values_count_the_replicates_as_far_as_the_sample(result: NullResult) -> None:
    for test in result.tests.to_dict("records"):
        drawn = result.replicates.loc[result.replicates["null"] == test["null"], test["statistic"]]
        low = test["direction"] == "low"
        as_far = drawn <= test["sample"] if low else drawn >= test["sample"]
        assert test["p_value"] == (as_far.sum() + 1) / 10
        assert test["replicates"] == 9
        values = sorted(drawn)
        # Of nine values, 5 % lies .4 of the way from the first to the second.
        assert test["null_mean"] == pytest.approx(sum(values) / 9)
        assert test["null_low"] == pytest.approx(values[0] + 0.4 * (values[1] - values[0]))
        assert test["null_high"] == pytest.approx(values[8] - 0.4 * (values[8] - values[7]))
    assert (result.tests["null_low"] < result.tests["null_high"]).any()


def test_the_sample_is_what_the_chain_finds_in_it(result: NullResult) -> None:
    table = code_table(the_answers())
    code_of = ordinal_answers(table).code_of
    own = findings(table, code_of, ChainSettings(2, 3), 0, np.random.default_rng(0))
    for test in result.tests.to_dict("records"):
        assert test["sample"] == pytest.approx(getattr(own, test["statistic"]))
    np.testing.assert_allclose(np.sort(result.boundaries["depth"]), own.gaps)


def test_boundaries_are_compared_with_those_of_every_population_without_gaps(
    result: NullResult,
) -> None:
    table = code_table(the_answers())
    code_of = ordinal_answers(table).code_of
    populations, _ = fit_nulls(table)
    drawn: dict[str, list[np.ndarray]] = {}
    for null in WITHOUT_GAPS:
        plan = NullPlan(populations[null], table, code_of, ChainSettings(2, 3), 0)
        seed = np.random.SeedSequence(3).spawn(3)[2].spawn(1 + len(NULLS))[1 + NULLS.index(null)]
        drawn[null] = [plan(np.random.default_rng(child)).gaps for child in seed.spawn(9)]
        weakest = [gaps[0] for gaps in drawn[null]]
        kept = result.replicates.loc[result.replicates["null"] == null, "weakest_gap"]
        assert weakest == pytest.approx(kept.tolist())
    for row in result.boundaries.to_dict("records"):
        by_null = {
            null: (1 + sum(np.mean(gaps >= row["depth"]) for gaps in each)) / 10
            for null, each in drawn.items()
            # There is a gap between the ends of the one, and between the arms of the other.
            if null not in ("open ring", "star")
        }
        assert row["p_value"] == pytest.approx(max(by_null.values()))
        assert by_null[row["null"]] == pytest.approx(row["p_value"])
    in_order = result.boundaries.sort_values("p_value", kind="stable")
    n, held = len(in_order), 0.0
    for rank, row in enumerate(in_order.to_dict("records")):
        held = max(held, min(1.0, (n - rank) * row["p_value"]))
        assert row["p_holm"] == pytest.approx(held)


def test_profiles_share_out_the_respondents_of_each_boundary(result: NullResult) -> None:
    assert len(result.profiles) == len(result.boundaries) * (len(PLACES) - 1)
    sums = result.profiles.groupby(["class", "neighbour"]).sum()
    np.testing.assert_allclose(sums["class_share"] + sums["neighbour_share"], 100)
    np.testing.assert_allclose(sums["continuum_share"], 100)
    own = result.profiles.merge(result.boundaries[["class", "neighbour", "n"]])
    respondents = own["class_share"] * own["n"] / 100
    np.testing.assert_allclose(respondents, respondents.round(), atol=1e-9)
    assert own["left"].min() == PLACES[0]
    assert own["right"].max() == PLACES[-1]


def test_intervals_of_the_cuts_are_quantiles_of_the_replicates() -> None:
    one, both = (
        null_distributions(
            the_answers(), nulls=["independence"], n_resamples=0, **SETTINGS | {"n_replicates": B}
        ).by_classes
        for B in (1, 2)
    )
    np.testing.assert_allclose(one["null_low"], one["null_mean"])
    np.testing.assert_allclose(one["null_high"], one["null_mean"])
    # Replicate 1 is the same in both; the second is what brings the mean where it is.
    first = one["null_mean"].to_numpy()
    second = 2 * both["null_mean"].to_numpy() - first
    low, high = np.minimum(first, second), np.maximum(first, second)
    np.testing.assert_allclose(both["null_low"], low + 0.05 * (high - low))
    np.testing.assert_allclose(both["null_high"], high - 0.05 * (high - low))
    tree = HCPC().fit(MCA(n_components=2).fit(the_answers()).row_coordinates_)
    np.testing.assert_allclose(one["sample"], tree.criterion_["within_share"].iloc[:9], rtol=1e-6)


def test_descriptions_are_those_of_the_sample_and_of_the_replicates(result: NullResult) -> None:
    told = result.descriptions.set_index("null")
    mca = MCA(n_components=2).fit(the_answers())
    suggested = HCPC().fit(mca.row_coordinates_).suggested_n_classes_
    assert told.loc["sample", "axis_1"] == pytest.approx(mca.eigenvalues_[0])
    assert told.loc["sample", "suggested_median"] == suggested
    assert told.loc["sample", "suggested_as_many"] == (100 if suggested == 3 else 0)
    for name in NULLS:
        drawn, row = result.replicates[result.replicates["null"] == name], told.loc[name]
        as_many = [value == 3 for value in drawn["suggested"]]
        assert row["suggested_as_many"] == pytest.approx(100 * sum(as_many) / 9)
        assert row["suggested_median"] == sorted(drawn["suggested"])[4]
        assert row["axis_1"] == pytest.approx(sum(drawn["axis_1"]) / 9)
    # The usual criteria are described on continuous attitudes alone.
    described = result.replicates[result.replicates["null"] == "continuous attitudes"]
    for column, short in (("mean_jaccard", "jaccard"), ("silhouette", "silhouette")):
        values, row = sorted(described[column]), told.loc["continuous attitudes"]
        assert row[column] == pytest.approx(sum(values) / 9)
        assert row[f"{short}_low"] == pytest.approx(values[0] + 0.4 * (values[1] - values[0]))
        assert row[f"{short}_high"] == pytest.approx(values[8] - 0.4 * (values[8] - values[7]))
        others = told.drop(["sample", "continuous attitudes"])
        assert others[column].isna().all()
        assert pd.notna(told.loc["sample", column])


def test_without_resamples_nothing_is_said_of_stability() -> None:
    found = null_distributions(
        the_answers(), nulls=["continuous attitudes"], n_resamples=0, **SETTINGS
    )
    assert found.replicates["mean_jaccard"].isna().all()
    assert found.descriptions["silhouette"].isna().all()


def test_structure_beats_independence() -> None:
    found = null_distributions(
        one_trait(100), nulls=["independence"], n_resamples=0, **SETTINGS | {"n_replicates": 19}
    )
    (share,) = found.tests.to_dict("records")
    assert share["p_value"] == 1 / 20
    assert share["sample"] < share["null_low"]
    # No population without gaps was drawn: nothing is known of the boundaries.
    assert found.boundaries[["p_value", "p_holm"]].isna().all(axis=None)
    assert (found.boundaries["null"] == "").all()
    assert found.profiles["continuum_share"].isna().all()


def test_far_groups_beat_the_populations_without_gaps() -> None:
    found = null_distributions(
        far_groups((60, 60)), n_axes=2, n_classes=2, n_replicates=19, n_resamples=0,
        nulls=["ring", "own shape"],
    )  # fmt: skip
    assert (found.tests["p_value"] == 1 / 20).all()
    (only,) = found.boundaries.to_dict("records")
    assert (only["class"], only["neighbour"], only["n"]) == (1, 2, 120)
    assert only["p_value"] == only["p_holm"] == 1 / 20
    assert only["ratio"] < 0.2
    assert only["dip_p"] < 0.01
    middle = found.profiles[(found.profiles["left"] > 0.4) & (found.profiles["right"] < 0.6)]
    assert (middle["class_share"] + middle["neighbour_share"] < middle["continuum_share"]).all()


def test_drawing_ends_with_enough_replicates_as_far(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_ENOUGH", 2)
    found = null_distributions(
        the_answers(), nulls=["flat plane", "one attitude"], n_resamples=0,
        **SETTINGS | {"n_replicates": 40, "at_least": 5},
    )  # fmt: skip
    for null, first in (("flat plane", "weakest_gap"), ("one attitude", "second_eigenvalue")):
        drawn = found.replicates[found.replicates["null"] == null]
        rows = found.tests[found.tests["null"] == null].set_index("statistic")
        as_far = (drawn[first] >= rows.loc[first, "sample"]).to_numpy()
        second_far = np.flatnonzero(as_far)[1] + 1
        assert len(drawn) == max(5, second_far) < 40
        assert (rows["replicates"] == len(drawn)).all()
        assert rows.loc[first, "p_value"] == (as_far.sum() + 1) / (len(drawn) + 1)


def test_numbers_are_the_same_on_one_and_two_cores() -> None:
    X = one_trait(50, 5)
    done: list[int] = []
    chosen = {"n_resamples": 1, "nulls": NULLS[1:4], "progress": done.append}
    one = null_distributions(X, **SETTINGS, **chosen)
    with joblib.parallel_config("threading"):
        two = null_distributions(X, **SETTINGS, **chosen, n_jobs=2)
    for name in ("tests", "boundaries", "profiles", "descriptions", "by_classes", "replicates"):
        pd.testing.assert_frame_equal(getattr(one, name), getattr(two, name), check_exact=True)
    assert done == [9, 18, 27] * 2


def test_a_plan_goes_to_another_core_and_finds_the_same() -> None:
    table = code_table(one_trait(50, 5))
    code_of = ordinal_answers(table).code_of
    for population in fit_nulls(table)[0].values():
        plan = NullPlan(population, table, code_of, ChainSettings(2, 3), 0)
        sent = pickle.loads(pickle.dumps(plan))
        here, there = (each(np.random.default_rng(1)) for each in (plan, sent))
        assert here.weakest_gap == there.weakest_gap
        assert here.one_score == there.one_score


def test_a_null_has_the_same_numbers_alone_and_with_others(result: NullResult) -> None:
    alone = null_distributions(the_answers(), nulls=["ring"], n_resamples=2, **SETTINGS)
    among = result.replicates[result.replicates["null"] == "ring"].reset_index(drop=True)
    pd.testing.assert_frame_equal(alone.replicates, among)


def test_frequencies_are_rows_repeated_and_rows_of_weight_zero_are_not_there() -> None:
    X = one_trait(40, 5)
    times = np.arange(40) % 3
    chosen = {"n_resamples": 0, "nulls": ["one attitude", "own shape"]}
    counted = null_distributions(X, sample_weight=times, frequencies=True, **SETTINGS, **chosen)
    repeated = null_distributions(X.iloc[np.repeat(np.arange(40), times)], **SETTINGS, **chosen)
    weights = np.where(times > 0, times, 0.0)
    weighted = null_distributions(X, sample_weight=weights, **SETTINGS, **chosen)
    without = null_distributions(
        X[times > 0], sample_weight=weights[times > 0], **SETTINGS, **chosen
    )
    for one, two in ((counted, repeated), (weighted, without)):
        for name in ("tests", "boundaries", "profiles", "by_classes", "replicates"):
            pd.testing.assert_frame_equal(getattr(one, name), getattr(two, name))
    # The sample itself is the same, whether weights count 39 respondents or correct for 26: but
    # for the depth of the gap, which says how many respondents speak for it.
    scale = np.where(counted.tests["statistic"] == "weakest_gap", 26 / 39, 1)
    np.testing.assert_allclose(weighted.tests["sample"], counted.tests["sample"] * scale)


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"nulls": ["chaos"]}, "chaos"),
        ({"nulls": ["ring", "separation"]}, "expected some of independence, one attitude"),
        ({"nulls": []}, "expected some of"),
        ({"n_resamples": -1}, "n_resamples is -1"),
        ({"n_replicates": 0}, "n_replicates is 0"),
    ],
)
def test_wrong_settings_are_errors(settings: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        null_distributions(one_trait(40), **{**SETTINGS, "nulls": NULLS, **settings})


def test_answers_that_are_no_numbers_are_an_error() -> None:
    X = pd.DataFrame({"a": list("xyxy"), "b": list("yyxx")})
    with pytest.raises(LimitError, match="categories that are numbers"):
        null_distributions(X, n_axes=1, n_classes=2)


def test_more_classes_than_positions_are_an_error() -> None:
    X = pd.DataFrame({"a": list("1122") * 5, "b": list("1122") * 5})
    with pytest.raises(LimitError) as limit:
        null_distributions(X, n_axes=1, n_classes=3)
    assert limit.value.code == "too_few_positions"


def test_few_patterns_respondents_without_answers_and_a_type_of_one_end_well() -> None:
    patterns = pd.DataFrame(dict.fromkeys("abcd", np.repeat(["1", "2", "3"], 12)))
    silent = one_trait(40, 5)
    silent.iloc[:4] = "no answer"
    alone = far_groups((39, 1), 6)
    for X, n_classes in ((patterns, 2), (patterns, 3), (silent, 3), (alone, 2)):
        found = null_distributions(
            X, n_axes=2, n_classes=n_classes, n_replicates=3, n_resamples=1, seed=1
        )
        assert found.tests.notna().all(axis=None)
        numbers = found.boundaries.drop(columns=["dip", "dip_p"])
        assert numbers.notna().all(axis=None)
        assert np.isfinite(found.replicates["weakest_gap"]).all()


def lined(n_lined: int) -> pd.DataFrame:
    X = one_trait(60, 6, seed=2)
    X.iloc[:n_lined] = "4"
    X.iloc[n_lined] = ["5", "no answer", "no answer", "no answer", "no answer", "no answer"]
    X.iloc[n_lined + 1] = "no answer"
    X.iloc[n_lined + 2] = ["2", "2", "2", "no answer", "2", "2"]
    return X


def test_straight_liners_are_those_of_one_answer_to_items_worded_both_ways() -> None:
    table = code_table(lined(4))
    code_of = ordinal_answers(table).code_of
    second = fit_nulls(table)[1]
    assert second.worded_both_ways
    marked = straight_liners(table, code_of, second)
    codes = code_of[table.codes]
    by_hand = [
        len({code for code in row if not np.isnan(code)}) == 1 and np.sum(~np.isnan(row)) > 1
        for row in codes
    ]
    np.testing.assert_array_equal(marked, by_hand)
    assert marked[[0, 1, 2, 3, 6]].all()
    assert not marked[[4, 5]].any()
    one_way = replace(second, worded_both_ways=False)
    assert not straight_liners(table, code_of, one_way).any()


def test_the_weakest_gap_is_looked_for_without_them() -> None:
    X = lined(6)
    table, settings = code_table(X), ChainSettings(2, 3)
    code_of = ordinal_answers(table).code_of
    marked = straight_liners(table, code_of, fit_nulls(table)[1])
    others = code_table(X[~marked])
    alone = findings(others, ordinal_answers(others).code_of, settings, 0, np.random.default_rng(0))
    found = findings_without(table, code_of, settings, marked)
    assert found is not None
    assert found.weakest_gap == pytest.approx(alone.weakest_gap)
    result = null_distributions(X, nulls=["independence"], n_resamples=0, **SETTINGS)
    assert result.n_straight_liners == marked.sum()
    assert result.without_straight_liners is not None
    assert result.without_straight_liners.weakest_gap == pytest.approx(found.weakest_gap)
    nobody = np.zeros(60, dtype=bool)
    assert findings_without(table, code_of, settings, nobody) is None


@pytest.mark.parametrize("n_kept", [0, 1, 2])
def test_too_few_others_have_no_gap(n_kept: int) -> None:
    table = code_table(one_trait(40, 5))
    code_of = ordinal_answers(table).code_of
    left_out = np.arange(40) >= n_kept
    assert findings_without(table, code_of, ChainSettings(2, 3), left_out) == NOTHING_FOUND


def test_some_rows_keep_their_categories_weights_and_names() -> None:
    X = one_trait(10, 3).set_axis(list("abcdefghij"))
    table = code_table(X, sample_weight=np.arange(1.0, 11))
    some = some_rows(table, np.array([2, 5]))
    np.testing.assert_array_equal(some.codes, table.codes[[2, 5]])
    assert some.weights is not None
    assert (list(some.index), some.weights.tolist()) == (["c", "f"], [3, 6])
    assert some.coding is table.coding


def test_an_item_asked_again_lends_no_direction_and_no_gap() -> None:
    """The types are those of all answers; their directions those of the items that differ."""
    X = one_trait(200, 12)
    again = X.assign(again=X.iloc[:, 3])
    settings = {"n_axes": 3, "n_classes": 3, "n_replicates": 19, "n_resamples": 0}
    found = null_distributions(again, **settings, nulls=["one attitude"])
    assert found.second.alike == ((3, 12),)
    table = code_table(again)
    codes = ordinal_answers(table).code_of.copy()
    codes[table.coding.variable_of == 12] = np.nan
    expected = findings(table, codes, ChainSettings(3, 3), 0, np.random.default_rng(0))
    sample = found.tests.set_index("statistic")["sample"]
    assert sample["second_eigenvalue"] == expected.second_eigenvalue
    assert sample["one_score"] == expected.one_score
    first = np.corrcoef(X.astype(float).T)
    assert sample["second_eigenvalue"] == pytest.approx(np.linalg.eigvalsh(first)[-2])
