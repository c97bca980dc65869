"""Agreement with items: by hand, against R's Wilson interval, by property."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from rfree.items.agreement import AgreementScale, answer_distribution, describe_agreement, ranking

REFERENCE = Path(__file__).parents[3] / "R-free" / "reference"
FIVE = AgreementScale(1, 5)


@pytest.fixture(scope="module")
def bfi() -> pd.DataFrame:
    return pd.read_csv(REFERENCE / "data" / "bfi.csv.gz").astype("Int64")


def one_item(*answers: float | None) -> pd.DataFrame:
    return pd.DataFrame({"q": pd.array(answers, dtype="Float64")})


def test_every_number_of_one_item_by_hand():
    # Answers 1, 2, 4, 4, 5 and one missing: mean 16/5, deviations -2.2 -1.2 .8 .8 1.8.
    row = describe_agreement(one_item(1, 2, 4, 4, 5, None), scale=FIVE).iloc[0]
    assert row["n"] == 5
    assert row["missing"] == 1
    assert row["mean"] == pytest.approx(3.2, abs=1e-12)
    assert row["sd"] == pytest.approx(np.sqrt((4.84 + 1.44 + 0.64 * 2 + 3.24) / 5), abs=1e-12)
    assert row["disagree_share"] == pytest.approx(40, abs=1e-12)
    assert row["neutral_share"] == 0
    assert row["agree_share"] == pytest.approx(60, abs=1e-12)
    by_hand = 1 + (np.log2(0.45) + np.log2(0.7) + 2 * np.log2(0.8) + np.log2(0.55)) / 5
    assert row["consensus"] == pytest.approx(by_hand, abs=1e-12)
    # Wilson: centre (p + z^2/2n) / (1 + z^2/n), z = 1.959964.
    z2 = 3.841458820694124
    centre = (0.6 + z2 / 10) / (1 + z2 / 5)
    half = np.sqrt(z2) * np.sqrt(0.6 * 0.4 / 5 + z2 / 100) / (1 + z2 / 5)
    assert row["agree_low"] == pytest.approx(100 * (centre - half), abs=1e-10)
    assert row["agree_high"] == pytest.approx(100 * (centre + half), abs=1e-10)


def test_wilson_interval_is_that_of_r():
    for row in pd.read_csv(REFERENCE / "psych" / "wilson.csv").itertuples():
        answers = pd.DataFrame({"q": [5] * row.successes + [1] * (row.n - row.successes)})
        ours = describe_agreement(answers, scale=FIVE).iloc[0]
        assert ours["agree_low"] == pytest.approx(100 * row.low, abs=1e-10)
        assert ours["agree_high"] == pytest.approx(100 * row.high, abs=1e-10)


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ((3, 3, 3), 1.0),
        ((1, 1), 1.0),
        ((1, 5, 1, 5), 0.0),
        # Tastle & Wierman: half on two neighbouring codes of five.
        ((4, 5), 1 + np.log2(1 - 0.5 / 4)),
    ],
)
def test_consensus_of_simple_distributions(answers, expected):
    row = describe_agreement(one_item(*answers), scale=FIVE).iloc[0]
    assert row["consensus"] == pytest.approx(expected, abs=1e-12)


def test_an_even_scale_has_no_neutral_answer(bfi):
    table = describe_agreement(bfi, scale=AgreementScale(1, 6))
    assert (table["neutral_share"] == 0).all()
    assert np.allclose(table["disagree_share"] + table["agree_share"], 100)
    assert np.allclose(table["agree_share"], (bfi >= 4).mean().to_numpy(float) * 100)
    assert np.allclose(table["sd"], bfi.to_numpy(float).std(axis=0))


def test_declared_stances_replace_the_middle():
    scale = AgreementScale(0, 3, disagree=(0,), agree=(1, 2, 3))
    row = describe_agreement(one_item(0, 1, 2, 3), scale=scale).iloc[0]
    assert (row["disagree_share"], row["neutral_share"], row["agree_share"]) == (25, 0, 75)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"low": 3, "high": 3}, "must be above"),
        ({"low": 1, "high": 5, "agree": (4, 5)}, "both"),
        ({"low": 1, "high": 5, "disagree": (1, 4), "agree": (4, 5)}, "different codes"),
        ({"low": 1, "high": 5, "disagree": (0,), "agree": (5,)}, "different codes"),
    ],
)
def test_impossible_scales_are_refused(options, message):
    with pytest.raises(ValueError, match=message):
        AgreementScale(**options)


def test_distribution_adds_up_and_lists_codes_nobody_gave():
    table = answer_distribution(one_item(1, 1, 4, None), scale=FIVE)
    assert table["code"].tolist() == [1, 2, 3, 4, 5]
    assert table["n"].tolist() == [2, 0, 0, 1, 0]
    assert table["share"].sum() == pytest.approx(100)


def test_rank_breaks_ties_of_agreement_by_consensus_and_shares_equal_ranks():
    answers = pd.DataFrame(
        {
            "spread": [4, 5, 5, 1],
            "close": [4, 4, 4, 3],
            "twin": [3, 4, 4, 4],
            "all": [5, 5, 4, 4],
        }
    )
    table = describe_agreement(answers, scale=FIVE).set_index("item")
    assert table["rank"].to_dict() == {"all": 1, "close": 2, "twin": 2, "spread": 4}
    assert set(table["ranked_by"]) == {"agree_share, then consensus"}
    assert ranking(table.reset_index())["item"].tolist() == ["all", "close", "twin", "spread"]


def test_ranking_by_consensus_uses_consensus_first():
    answers = pd.DataFrame({"agreed": [5, 5, 1, 5], "neutral": [3, 3, 3, 3]})
    table = describe_agreement(answers, scale=FIVE)
    assert ranking(table)["item"].tolist() == ["agreed", "neutral"]
    by_consensus = ranking(table, by="consensus")
    assert by_consensus["item"].tolist() == ["neutral", "agreed"]
    assert by_consensus["rank"].tolist() == [1, 2]
    with pytest.raises(ValueError, match="agree_share, consensus; received 'mean'"):
        ranking(table, by="mean")


def test_an_item_without_answers_is_unknown_and_last():
    answers = pd.DataFrame({"empty": [np.nan, np.nan], "full": [1.0, 2.0]})
    table = describe_agreement(answers, scale=FIVE)
    empty = table.iloc[0]
    assert empty["n"] == 0
    assert empty["missing"] == 2
    assert table.loc[0, "mean":"consensus"].isna().all()
    assert table["rank"].isna().tolist() == [True, False]
    assert ranking(table)["item"].tolist() == ["full", "empty"]


@pytest.mark.parametrize("weight", [None, [1.0, 3.0]])
def test_an_item_that_one_respondent_answered_has_shares_and_an_interval(weight):
    answers = pd.DataFrame({"one": [5, None], "two": [4, 2]}, dtype="Float64")
    row = describe_agreement(answers, scale=FIVE, sample_weight=weight).iloc[0]
    assert (row["n"], row["agree_share"], row["agree_high"]) == (1, 100, pytest.approx(100))
    # Wilson, one of one: 1 / (1 + z^2), z = 1.959964; whatever the answer weighs.
    assert row["agree_low"] == pytest.approx(100 / (1 + 3.841458820694124), abs=1e-10)


def test_weight_two_gives_the_shares_of_the_row_twice(bfi):
    few = bfi.head(90)
    weight = np.tile([1, 2, 3], 30)
    twice = few.loc[few.index.repeat(weight)]
    scale = AgreementScale(1, 6)
    weighted = describe_agreement(few, scale=scale, sample_weight=weight)
    repeated = describe_agreement(twice, scale=scale)
    columns = ["mean", "sd", "disagree_share", "agree_share", "consensus"]
    assert np.allclose(weighted[columns], repeated[columns], rtol=0, atol=1e-10)
    assert weighted["rank"].tolist() == repeated["rank"].tolist()


def test_only_the_ratios_of_weights_count(bfi):
    few = bfi.head(90)
    weight = np.random.default_rng(5).uniform(0.2, 3, size=90)
    scale = AgreementScale(1, 6)
    once = describe_agreement(few, scale=scale, sample_weight=weight)
    tenfold = describe_agreement(few, scale=scale, sample_weight=10 * weight)
    pd.testing.assert_frame_equal(once, tenfold)
    assert np.allclose(once["n"], 90)


def test_uneven_weights_widen_the_interval_to_the_effective_number():
    answers = pd.DataFrame({"q": [5] * 30 + [1] * 30})
    weight = np.tile([1.0, 3.0], 30)
    # Kish: 60 answers weighted 1 and 3 count for (30 + 90)^2 / (30 + 270) = 48.
    weighted = describe_agreement(answers, scale=FIVE, sample_weight=weight).iloc[0]
    plain = describe_agreement(pd.DataFrame({"q": [5] * 24 + [1] * 24}), scale=FIVE).iloc[0]
    assert weighted["agree_low"] == pytest.approx(plain["agree_low"], abs=1e-10)
    assert weighted["agree_high"] == pytest.approx(plain["agree_high"], abs=1e-10)


def test_row_order_changes_nothing_and_inputs_stay(bfi):
    few = bfi.head(200)
    before = few.copy()
    scale = AgreementScale(1, 6)
    table = describe_agreement(few, scale=scale)
    pd.testing.assert_frame_equal(table, describe_agreement(few.iloc[::-1], scale=scale))
    pd.testing.assert_frame_equal(few, before)


def test_answers_off_the_scale_are_all_named():
    answers = pd.DataFrame({"a": [1, 6, 6], "b": [2.5, 1, 1], "c": [1, 2, 3]}, index=list("xyz"))
    with pytest.raises(ValueError, match=r"1-5: item 'a': 2, first 6 at row 'y'; item 'b': 1"):
        describe_agreement(answers, scale=FIVE)


def test_words_instead_of_codes_are_refused():
    with pytest.raises(TypeError, match="columns that do not: 'q'"):
        answer_distribution(pd.DataFrame({"q": ["agree"]}), scale=FIVE)


@pytest.mark.parametrize("weight", [[1.0], [1.0, -1.0], [0.0, 0.0], [1.0, np.nan]])
def test_wrong_weights_are_refused(weight):
    with pytest.raises(ValueError, match="sample_weight"):
        describe_agreement(one_item(1, 2), scale=FIVE, sample_weight=weight)


def test_a_ranking_is_numbered_from_its_first_row():
    answers = pd.DataFrame({"a": [1, 2, 5], "b": [5, 5, 4]})
    found = ranking(describe_agreement(answers, scale=FIVE))
    assert found["item"].tolist() == ["b", "a"]
    assert found.index.tolist() == [0, 1]


def test_shares_apart_by_rounding_alone_share_a_rank():
    table = describe_agreement(pd.DataFrame({"a": [1, 5], "b": [5, 1]}), scale=FIVE)
    near = table.assign(agree_share=[50, 50 + 4e-10])
    assert ranking(near)["rank"].tolist() == [1, 1]
    assert ranking(table.assign(agree_share=[50, 50 + 1e-8]))["rank"].tolist() == [1, 2]


def test_nobody_is_missing_from_a_complete_item():
    answers = pd.DataFrame({"a": [1, 5, 3], "b": [1, None, None]})
    for weight in (None, [0.2, 0.7, 1.1]):
        table = describe_agreement(answers, scale=FIVE, sample_weight=weight)
        assert table["missing"].iloc[0] == pytest.approx(0, abs=1e-12)
        assert table["missing"].iloc[1] > 1
    assert answer_distribution(answers, scale=FIVE)["item"].tolist() == ["a"] * 5 + ["b"] * 5


@pytest.mark.parametrize("ends", [("1", "5"), (1.0, 5.0), (1, 4.5), (None, 5)])
def test_the_ends_of_a_scale_are_whole_numbers(ends):
    with pytest.raises(TypeError, match="must be a whole number, not"):
        AgreementScale(*ends)


def test_a_scale_is_a_scale():
    items = pd.DataFrame({"a": [1, 2]})
    for function in (answer_distribution, describe_agreement):
        with pytest.raises(TypeError, match="scale must be an AgreementScale, not tuple"):
            function(items, scale=(1, 5))
