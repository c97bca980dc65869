"""Counts behind published percentages, with the departments of the barometer as example."""

from __future__ import annotations

import numpy as np
import pytest

from rfree.samples.published_percentages import counts_from_percentages

# CPTS of Occitanie by department, 2024: of the region, and of those that answered.
REGION = {
    "09": 3.5, "11": 8.1, "12": 4.6, "30": 13.9, "31": 18.6, "32": 7.0, "34": 13.9, "46": 3.5,
    "48": 3.5, "65": 4.6, "66": 5.8, "81": 6.9, "82": 5.8,
}  # fmt: skip
ANSWERED = {
    "09": 2.3, "11": 4.7, "12": 2.3, "30": 9.3, "31": 15.1, "32": 4.7, "34": 11.6, "46": 2.3,
    "48": 2.3, "65": 3.5, "66": 5.8, "81": 4.7, "82": 4.7,
}  # fmt: skip


def test_departments_are_whole_counts_of_one_base() -> None:
    region = counts_from_percentages(REGION, base=86, decimals=1)
    answered = counts_from_percentages(ANSWERED, base=86, decimals=1)
    assert region["agrees"].all()
    assert answered["agrees"].all()
    assert (region["count"].sum(), answered["count"].sum()) == (86, 63)


def test_a_wrong_base_does_not_agree() -> None:
    assert not counts_from_percentages(REGION, base=70, decimals=1)["agrees"].all()


def test_rounded_and_cut_figures_agree() -> None:
    # 12 of 86 is 13.953...: 14.0 rounded, 13.9 cut.
    table = counts_from_percentages(
        {"rounded": 14.0, "cut": 13.9, "off": 13.8}, base=86, decimals=1
    )
    assert table["agrees"].tolist() == [True, True, False]


def test_half_a_last_digit_above_or_a_whole_one_below_is_the_limit() -> None:
    # 1 of 8 is 12.5, exactly half way: 13 rounded, 12 cut; 1 of 2 is 50, never published as 49.
    table = counts_from_percentages({"rounded": 13, "cut": 12}, base=8, decimals=0)
    assert table["agrees"].tolist() == [True, True]
    assert table["count"].tolist() == [1, 1]
    assert counts_from_percentages({"a": 49.0}, base=2, decimals=0)["agrees"].tolist() == [False]
    assert counts_from_percentages({"a": 51.0}, base=2, decimals=0)["agrees"].tolist() == [False]


def test_the_table_holds_each_category_as_text_in_its_order() -> None:
    table = counts_from_percentages({"b": 25.0, 2: 75.0}, base=4, decimals=0)  # type: ignore[dict-item]
    assert list(table.columns) == ["category", "percent", "count", "recomputed", "agrees"]
    assert table["category"].tolist() == ["b", "2"]
    assert table["percent"].tolist() == table["recomputed"].tolist() == [25.0, 75.0]
    assert table["count"].tolist() == [1, 3]
    assert table["count"].dtype == np.int64


def test_every_count_of_a_large_base_is_found_again_from_its_rounded_percentage() -> None:
    counts = range(998)
    published = {str(count): round(100 * count / 997, 2) for count in counts}
    table = counts_from_percentages(published, base=997, decimals=2)
    assert table["count"].tolist() == list(counts)
    assert table["agrees"].all()
    assert table["recomputed"].tolist() == pytest.approx([100 * count / 997 for count in counts])


def test_a_base_of_one_is_the_least() -> None:
    assert counts_from_percentages({"a": 100.0}, base=1, decimals=0)["count"].tolist() == [1]


def test_a_base_below_one_is_refused() -> None:
    with pytest.raises(ValueError, match="base is 0"):
        counts_from_percentages({"a": 50.0}, base=0, decimals=0)
