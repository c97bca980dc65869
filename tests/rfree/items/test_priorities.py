"""Points of a panel: added up by hand, ranked with ties, pooled."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from rfree.items.priorities import points_of_ranks, pool_panels, tally

# Three judges give 3, 2 and 1 points to three of four ideas.
POINTS = pd.DataFrame(
    {"meet": [3, 2, 3], "share": [2, 3, None], "pay": [1, None, 2], "train": [None, 1, 1]},
    dtype="float64",
)


def test_totals_means_and_votes_by_hand() -> None:
    table = tally(POINTS, most=3).set_index("idea")
    assert list(table.index) == ["meet", "share", "pay", "train"]
    assert list(table["total"]) == [8, 5, 3, 2]
    assert list(table["rank"]) == [1, 2, 3, 4]
    assert list(table["voters"]) == [3, 2, 2, 2]
    assert list(table["firsts"]) == [2, 1, 0, 0]
    assert table.loc["meet", "mean"] == pytest.approx(8 / 3)
    assert table.loc["meet", "sd"] == pytest.approx(3**-0.5)
    assert table.loc["meet", "importance"] == pytest.approx(100 * 8 / 9)
    assert table["share"].sum() == pytest.approx(100)


def test_equal_totals_share_the_best_of_their_places() -> None:
    table = tally(pd.DataFrame({"a": [1, 2], "b": [2, 1], "c": [3, 3], "d": [0, 0]}), most=3)
    assert list(table["idea"]) == ["c", "a", "b", "d"]
    assert list(table.index) == [0, 1, 2, 3]
    assert list(table["rank"]) == [1, 2, 2, 4]
    assert list(table["tied"]) == [False, True, True, False]


def test_half_a_point_is_a_difference_and_the_order_of_sums_is_none() -> None:
    # Ranks that are shared give halves; 0.1 + 0.2 + 0.3 is more than 0.3 + 0.2 + 0.1 as stored.
    table = tally(pd.DataFrame({"a": [2.5], "b": [2.0]}), most=3).set_index("idea")
    assert table["rank"].to_dict() == {"a": 1, "b": 2}
    tenths = tally(pd.DataFrame({"a": [0.3, 0.2, 0.1], "b": [0.1, 0.2, 0.3]}), most=3)
    assert tenths["total"].nunique() == 2
    assert (tenths["rank"].tolist(), tenths["tied"].tolist()) == ([1, 1], [True, True])


def test_zero_points_are_no_vote() -> None:
    table = tally(pd.DataFrame({"a": [1, 2], "b": [0, 1]}), most=2).set_index("idea")
    assert table.loc["b", "voters"] == 1
    assert np.isnan(table.loc["b", "sd"])


def test_equal_ranks_share_the_points_of_their_places() -> None:
    ranks = pd.DataFrame([[1, 1, 3], [2, 1, None]], columns=list("abc"))
    points = points_of_ranks(ranks, most=3)
    assert points.loc[0].tolist() == [2.5, 2.5, 1]
    assert points.loc[1].tolist()[:2] == [2, 3]
    assert np.isnan(points.loc[1, "c"])


def test_more_ranks_than_the_most_are_refused() -> None:
    with pytest.raises(ValueError, match="ranked 3 ideas"):
        points_of_ranks(pd.DataFrame([[1, 2, 3]]), most=2)


@pytest.mark.parametrize("points", [[-1, 1], [1, 6], [0, 0]])
def test_wrong_points_are_refused(points: list[int]) -> None:
    with pytest.raises(ValueError, match=r"Points go|Nobody"):
        tally(pd.DataFrame([points]), most=5)


def test_panels_add_up_and_an_idea_of_one_panel_counts_where_it_was_raised() -> None:
    other = pd.DataFrame({"meet": [1.0, 3.0], "listen": [3.0, 2.0]})
    table = pool_panels({"north": POINTS, "south": other}, most=3).set_index("idea")
    assert table.loc["meet", ["total", "panels", "judges", "voters", "firsts"]].tolist() == [
        12, 2, 5, 5, 3,
    ]  # fmt: skip
    assert table.loc["listen", "importance"] == pytest.approx(100 * 5 / 15)
    assert table.loc["listen", "importance_where_raised"] == pytest.approx(100 * 5 / 6)
    assert table["total"].sum() == POINTS.to_numpy()[POINTS.notna()].sum() + 9
    # 5 points each: equal, and they keep the order in which they came.
    assert table.loc[["share", "listen"], "rank"].tolist() == [2, 2]
    assert table.loc[["share", "listen"], "tied"].all()


def test_one_panel_pools_to_its_own_tally() -> None:
    pooled = pool_panels({"only": POINTS}, most=3)
    own = tally(POINTS, most=3)
    shared = ["idea", "rank", "tied", "total", "importance", "share", "voters", "firsts"]
    pd.testing.assert_frame_equal(pooled[shared], own[shared])
    assert (pooled["importance"] == pooled["importance_where_raised"]).all()


def test_the_order_of_judges_changes_nothing() -> None:
    shuffled = POINTS.iloc[[2, 0, 1]].reset_index(drop=True)
    pd.testing.assert_frame_equal(tally(shuffled, most=3), tally(POINTS, most=3))
