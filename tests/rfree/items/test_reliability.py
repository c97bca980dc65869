"""Alpha and omega: by hand, against R's psych, by property."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from rfree.items.reliability import cronbach_alpha, describe_reliability, ordinal_omega

REFERENCE = Path(__file__).parents[3] / "R-free" / "reference"
REVERSED = ["A1", "C4", "C5", "E1", "E2", "O2", "O5"]


@pytest.fixture(scope="module")
def bfi() -> pd.DataFrame:
    return pd.read_csv(REFERENCE / "data" / "bfi.csv.gz").astype("Int64")


@pytest.fixture(scope="module")
def by_item() -> pd.DataFrame:
    return pd.read_csv(REFERENCE / "psych" / "bfi_reliability_items.csv")


def blocks_of(bfi: pd.DataFrame) -> dict[str, list[str]]:
    return {name: [item for item in bfi if item[0] == name] for name in "ACENO"}


def test_alpha_by_hand():
    answers = pd.DataFrame({"a": [1, 2, 3, 4], "b": [1, 3, 2, 4], "c": [2, 1, 4, 3]})
    # Every variance 5/4 (over n). Sums 4, 6, 9, 11: mean 7.5, variance (12.25 + 2.25) / 2.
    result = cronbach_alpha(answers)
    assert result.alpha == pytest.approx(1.5 * (1 - 3.75 / 7.25), abs=1e-14)
    # Equal variances: the correlations tell the same.
    assert result.alpha_standardised == pytest.approx(result.alpha, abs=1e-14)
    # Without c: sums 2, 5, 5, 8, variance 4.5; a with b + c: 3, 4, 6, 7.
    assert result.items.loc["c", "alpha_if_dropped"] == pytest.approx(2 * (1 - 2.5 / 4.5))
    expected = np.corrcoef([1, 2, 3, 4], [3, 4, 6, 7])[0, 1]
    assert result.items.loc["a", "item_rest_correlation"] == pytest.approx(expected, abs=1e-14)


def test_blocks_of_bfi_are_those_of_psych(bfi):
    table = describe_reliability(bfi, blocks_of(bfi), reversed_items=REVERSED)
    expected = pd.read_csv(REFERENCE / "psych" / "bfi_reliability.csv")
    assert table["block"].tolist() == expected["block"].tolist()
    assert table["n"].tolist() == expected["n"].tolist()
    assert np.allclose(table["alpha"], expected["alpha"], rtol=0, atol=1e-12)
    assert np.allclose(
        table["alpha_standardised"], expected["alpha_standardised"], rtol=0, atol=1e-12
    )
    # psych's polychoric correlations stop 1e-5 from their maximum.
    assert np.allclose(table["mean_polychoric"], expected["mean_polychoric"], rtol=0, atol=2e-5)
    assert np.allclose(table["omega"], expected["omega"], rtol=0, atol=1e-4)
    assert (table["note"] == "").all()


def test_omega_of_psych_has_the_observed_variance_below(bfi):
    expected = pd.read_csv(REFERENCE / "psych" / "bfi_reliability.csv").set_index("block")
    for block, columns in blocks_of(bfi).items():
        turned = [item for item in columns if item in REVERSED]
        result = ordinal_omega(bfi[columns], reversed_items=turned)
        observed = result.correlations.to_numpy().sum()
        printed = 1 - result.model.uniquenesses.sum() / observed
        assert printed == pytest.approx(expected.loc[block, "omega_observed_variance"], abs=1e-4)


def test_items_of_bfi_are_those_of_psych(bfi, by_item):
    for _, block in by_item.groupby("block"):
        columns = block["item"].to_list()
        turned = [item for item in columns if item in REVERSED]
        ours = cronbach_alpha(bfi[columns], reversed_items=turned).items
        for column in ("alpha_if_dropped", "item_rest_correlation"):
            assert np.allclose(ours[column], block[column], rtol=0, atol=1e-12)


def test_alpha_if_dropped_is_alpha_of_the_rest(bfi):
    columns = ["N1", "N2", "N3", "N4"]
    table = cronbach_alpha(bfi[columns]).items
    for item in columns:
        rest = [other for other in columns if other != item]
        assert table.loc[item, "alpha_if_dropped"] == pytest.approx(
            cronbach_alpha(bfi[rest]).alpha, abs=1e-12
        )


def test_reversed_items_are_the_scale_turned_round(bfi):
    columns = ["A1", "A2", "A3"]
    turned = bfi[columns].assign(A1=7 - bfi["A1"])
    by_option = cronbach_alpha(bfi[columns], reversed_items=["A1"])
    assert by_option.alpha == pytest.approx(cronbach_alpha(turned).alpha, abs=1e-12)
    assert ordinal_omega(bfi[columns], reversed_items=["A1"]).omega == pytest.approx(
        ordinal_omega(turned).omega, abs=1e-7
    )


def test_only_complete_respondents_count(bfi):
    columns = ["N1", "N2", "N3"]
    gaps = bfi[columns].head(300).copy()
    gaps.loc[:49, "N1"] = pd.NA
    result = cronbach_alpha(gaps)
    assert result.n == 250
    assert result.alpha == pytest.approx(cronbach_alpha(gaps.dropna()).alpha, abs=1e-14)
    assert ordinal_omega(gaps).omega == pytest.approx(ordinal_omega(gaps.dropna()).omega, abs=1e-9)


def test_weights_repeat_rows_and_only_their_ratios_count(bfi):
    few = bfi[["N1", "N2", "N3", "N4"]].head(150)
    weight = np.tile([1, 2, 3], 50)
    repeated = few.loc[few.index.repeat(weight)]
    for scale in (1, 10):
        weighted = cronbach_alpha(few, sample_weight=scale * weight)
        assert weighted.alpha == pytest.approx(cronbach_alpha(repeated).alpha, abs=1e-12)
        omega = ordinal_omega(few, sample_weight=scale * weight).omega
        assert omega == pytest.approx(ordinal_omega(repeated).omega, abs=1e-7)


def test_omega_of_parallel_items_is_the_spearman_brown_formula():
    # Two items: omega is 2 r / (1 + r), r their polychoric correlation.
    answers = pd.DataFrame({"a": [0, 0, 0, 1, 1, 1, 1, 0], "b": [0, 0, 1, 1, 1, 0, 1, 0]})
    r = np.sin(np.pi / 4)
    assert ordinal_omega(answers).omega == pytest.approx(2 * r / (1 + r), abs=1e-10)


def test_blocks_without_a_reliability_say_why(bfi):
    few = bfi.head(50).assign(same=3)
    few["never"] = pd.array([pd.NA] * 50, dtype="Int64")
    blocks = {
        "one": ["N1"],
        "constant": ["N1", "same"],
        "empty": ["N1", "never"],
        "good": ["N1", "N2", "N3"],
    }
    table = describe_reliability(few, blocks).set_index("block")
    assert table["note"].to_dict() == {
        "one": "a single item",
        "constant": "constant items: same",
        "empty": "0 respondents answered every item",
        "good": "",
    }
    numbers = table[["alpha", "alpha_standardised", "omega", "mean_polychoric"]]
    assert numbers.drop(index="good").isna().all().all()
    assert numbers.loc["good"].notna().all()
    assert table["items"].tolist() == [1, 2, 2, 3]


def test_a_heywood_case_is_noted():
    answers = pd.DataFrame({"a": [1, 2, 3] * 20, "b": [1, 2, 3] * 20, "c": [1, 2, 3, 3, 1, 2] * 10})
    note = describe_reliability(answers, {"all": ["a", "b", "c"]}).loc[0, "note"]
    assert note.startswith("uniqueness at its lower bound: ")


def test_alone_alpha_and_omega_refuse_with_the_reason():
    answers = pd.DataFrame({"a": [1, 2, 3], "b": [2, 2, 2]})
    with pytest.raises(ValueError, match="no alpha: a single item"):
        cronbach_alpha(answers[["a"]])
    with pytest.raises(ValueError, match="no omega: constant items: b"):
        ordinal_omega(answers)
    with pytest.raises(ValueError, match="unknown items: 'z'"):
        cronbach_alpha(answers.assign(b=[1, 2, 1]), reversed_items=["z"])


def test_wrong_blocks_are_all_named():
    answers = pd.DataFrame({"a": [1, 2], "b": [2, 1]})
    with pytest.raises(
        ValueError, match=r"'x' names unknown items: 'c'; .*'y' has no item; .*twice"
    ):
        describe_reliability(answers, {"x": ["a", "c"], "y": [], "z": ["a", "a"]})


def test_items_whose_sum_does_not_vary_have_no_alpha():
    answers = pd.DataFrame({"a": [1, 2, 1, 2], "b": [2, 1, 2, 1]})
    table = describe_reliability(answers, {"against": ["a", "b"]})
    assert table["alpha"].isna().all()
    three = answers.assign(c=[1, 1, 2, 2])
    result = cronbach_alpha(three)
    assert np.isfinite(result.alpha)
    assert result.items["alpha_if_dropped"].isna().tolist() == [False, False, True]
    assert result.items["item_rest_correlation"].isna().tolist() == [False, False, True]


def test_a_misspelt_reversed_item_is_refused_with_the_nearest_name(bfi):
    items = bfi.rename(columns={"A1": "agree_1"})
    blocks = {"A": ["agree_1", "A2", "A3"]}
    for wrong in (["agree_l"], {"A2", "agree_l"}):
        with pytest.raises(ValueError, match=r"'agree_l' \(did you mean 'agree_1'\?\)"):
            describe_reliability(items, blocks, reversed_items=wrong)
        for alone in (cronbach_alpha, ordinal_omega):
            with pytest.raises(ValueError, match="reversed_items names unknown items"):
                alone(items[blocks["A"]], reversed_items=wrong)


def test_a_block_is_turned_round_by_its_own_reversed_items(bfi):
    blocks = {"A": ["A1", "A2", "A3"], "C": ["C1", "C2", "C3"]}
    plain = describe_reliability(bfi, blocks).set_index("block")
    turned = describe_reliability(bfi, blocks, reversed_items=["A1"]).set_index("block")
    by_hand = bfi.assign(A1=7 - bfi["A1"])
    expected = describe_reliability(by_hand, blocks).set_index("block")
    assert turned.loc["A", "alpha"] > plain.loc["A", "alpha"]
    np.testing.assert_allclose(turned["alpha"], expected["alpha"])
    np.testing.assert_allclose(turned["omega"], expected["omega"], atol=1e-6)


def test_a_text_is_no_list_of_items():
    items = pd.DataFrame({"a": [1, 2, 3], "b": [1, 3, 2], "ab": [1, 1, 2]})
    with pytest.raises(ValueError, match="reversed_items is the text 'ab'"):
        cronbach_alpha(items, reversed_items="ab")
    with pytest.raises(ValueError, match="block 'x' is the text 'ab': give a list"):
        describe_reliability(items, {"x": "ab"})


def test_reversed_items_that_can_be_read_only_once_are_turned_all_the_same():
    items = pd.DataFrame({"a": [1, 2, 3, 4, 2], "b": [4, 3, 2, 1, 4], "c": [1, 2, 3, 3, 1]})
    turned = items.assign(b=5 - items["b"])
    once = (name for name in ["b"])
    assert cronbach_alpha(items, reversed_items=once).alpha == cronbach_alpha(turned).alpha
    once = (name for name in ["b"])
    table = describe_reliability(items, {"all": ["a", "b", "c"]}, reversed_items=once)
    assert table["alpha"][0] == cronbach_alpha(turned).alpha


def test_blocks_are_a_mapping():
    items = pd.DataFrame({"a": [1, 2], "b": [2, 1]})
    with pytest.raises(TypeError, match="blocks must say the items of each block"):
        describe_reliability(items, ["a", "b"])


def test_complex_codes_are_no_codes():
    items = pd.DataFrame({"a": [1, 2, 3], "b": np.array([1, 2, 3j])})
    with pytest.raises(TypeError, match="columns that do not: 'b'"):
        cronbach_alpha(items)
