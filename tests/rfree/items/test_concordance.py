"""Kendall's W: R, exact distributions counted by hand, properties."""

from __future__ import annotations

from itertools import permutations, product
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from rfree.items.concordance import Concordance, kendall_w

FOLDER = Path(__file__).parents[3] / "R-free" / "reference" / "concordance"
REFERENCE = pd.read_csv(FOLDER / "kendall_w.csv").set_index("panel")


def found(ranks: pd.DataFrame, *, draws: int = 999) -> Concordance:
    return kendall_w(ranks, rng=np.random.default_rng(7), draws=draws)


def panel(name: str) -> pd.DataFrame:
    rows = str(REFERENCE.loc[name, "ranks"]).split("; ")
    return pd.DataFrame([[float(each) for each in row.split(" ")] for row in rows])


@pytest.mark.parametrize("name", REFERENCE.index)
def test_r_finds_the_same_coefficient_and_chi_squared(name: str) -> None:
    numbers, r = found(panel(name)), REFERENCE.loc[name]
    assert (numbers.judges, numbers.objects, numbers.df) == (r["judges"], r["objects"], r["df"])
    assert numbers.w == pytest.approx(r["w"], abs=1e-12)
    assert numbers.w == pytest.approx(r["w_friedman"], abs=1e-12)
    assert numbers.chi2 == pytest.approx(r["chi2"], abs=1e-10)
    assert numbers.p_chi2 == pytest.approx(r["p_chi2"], rel=1e-10)


@pytest.mark.parametrize("name", REFERENCE.index[REFERENCE["p_exact"].notna()])
def test_exact_p_is_that_of_all_orders_gone_through_in_r(name: str) -> None:
    numbers = found(panel(name))
    assert numbers.method == "exact"
    assert numbers.p_value == pytest.approx(REFERENCE.loc[name, "p_exact"], abs=1e-12)


def test_three_judges_of_three_objects_by_hand() -> None:
    """They agree wholly in 6 of 216 orders, 1/36; sums 3, 7, 8 or further apart in 42 of 216."""
    same = pd.DataFrame([[1, 2, 3]] * 3)
    assert (found(same).w, found(same).p_value) == (1, pytest.approx(1 / 36))
    near = pd.DataFrame([[1, 2, 3], [1, 3, 2], [1, 2, 3]])
    spreads = [
        float(np.var(np.sum(orders, axis=0)))
        for orders in product(permutations((1, 2, 3)), repeat=3)
    ]
    far = np.mean(np.array(spreads) >= np.var([3, 7, 8]) - 1e-9)
    assert found(near).p_value == pytest.approx(far)
    assert far == pytest.approx(42 / 216)


def test_objects_not_ranked_share_the_last_places() -> None:
    left_out = pd.DataFrame([[1, 2, None, None], [2, 1, None, None]])
    last = pd.DataFrame([[1, 2, 3.5, 3.5], [2, 1, 3.5, 3.5]])
    assert found(left_out) == found(last)


def test_nothing_but_the_order_of_each_judge_counts() -> None:
    ranks = pd.DataFrame([[1, 2, 3, 4], [2, 1, 4, 3], [1, 3, 2, 4]])
    stretched = ranks.apply(lambda row: row**3 + 10 * (row.name + 1), axis=1)
    shuffled = ranks.sample(frac=1, random_state=1).iloc[:, [2, 0, 3, 1]]
    for other in (stretched, shuffled):
        assert found(other).w == pytest.approx(found(ranks).w)
        assert found(other).p_value == pytest.approx(found(ranks).p_value)


def test_drawn_orders_come_near_to_all_of_them(monkeypatch: pytest.MonkeyPatch) -> None:
    ranks = pd.DataFrame([[1, 2, 3, 4], [2, 1, 4, 3], [4, 3, 1, 2]])
    exact = found(ranks)
    monkeypatch.setattr("rfree.items.concordance._EXACT_UP_TO", 1)
    drawn = found(ranks, draws=9_999)
    assert (exact.method, drawn.method, drawn.draws) == ("exact", "permutation", 9_999)
    # Three standard errors of a share of 9,999 draws.
    assert drawn.p_value == pytest.approx(exact.p_value, abs=3 * 0.005)


def test_p_of_drawn_orders_is_never_zero() -> None:
    agreed = pd.DataFrame([list(range(12))] * 10)
    assert found(agreed).p_value == 1 / 1000


def test_unrelated_judges_are_rejected_as_often_as_said() -> None:
    rng = np.random.default_rng(3)
    p = [found(pd.DataFrame([rng.permutation(3) for _ in range(6)])).p_value for _ in range(300)]
    assert np.mean(np.array(p) <= 0.05) <= 0.05 + 3 * (0.05 * 0.95 / 300) ** 0.5


@pytest.mark.parametrize(
    ("ranks", "told"),
    [([[1, 2]], "1 judges"), ([[1], [1]], "1 objects"), ([[1, 1], [2, 2]], "No judge prefers")],
)
def test_what_has_no_order_is_refused(ranks: list[list[int]], told: str) -> None:
    with pytest.raises(ValueError, match=told):
        found(pd.DataFrame(ranks))


def test_without_a_draw_there_is_no_p_value() -> None:
    with pytest.raises(ValueError, match="draws is 0; expected at least 1"):
        found(pd.DataFrame(np.random.default_rng(1).random((30, 12))), draws=0)


def test_ranks_are_a_table() -> None:
    with pytest.raises(TypeError, match="ranks must be a pandas DataFrame, not ndarray"):
        found(np.ones((2, 2)))
