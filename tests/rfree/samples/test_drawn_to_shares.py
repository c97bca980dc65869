"""A sample drawn to have given shares."""

from __future__ import annotations

import numpy as np
import pytest

from rfree.samples.drawn_to_shares import draw_to_shares


def candidates(seed: int, n: int = 800) -> np.ndarray:
    return (np.random.default_rng(seed).random((n, 3)) < (0.2, 0.5, 0.7)).astype(float)


def test_shares_that_whole_respondents_can_have_are_met_exactly() -> None:
    members = candidates(1)
    shares = np.array([60.0, 10.0, 40.0])
    drawn = draw_to_shares(
        members, np.ones_like(members), shares, n=50, rng=np.random.default_rng(2)
    )
    assert len(set(drawn.tolist())) == 50
    assert (100 * members[drawn].mean(axis=0)).tolist() == shares.tolist()


def test_a_share_of_some_is_of_them_alone() -> None:
    groups = candidates(3)
    bases = np.column_stack([np.ones(len(groups)), groups[:, 0]])
    members = np.column_stack([groups[:, 0], groups[:, 0] * groups[:, 1]])
    drawn = draw_to_shares(
        members, bases, np.array([40.0, 75.0]), n=100, rng=np.random.default_rng(4)
    )
    counts = members[drawn].sum(axis=0)
    assert counts.tolist() == [40, 30]


def test_shares_that_cannot_all_be_had_are_come_near_to() -> None:
    members = candidates(5)[:, [0, 0]]
    drawn = draw_to_shares(
        members, np.ones_like(members), np.array([20.0, 40.0]), n=100, rng=np.random.default_rng(6)
    )
    assert members[drawn, 0].sum() == 30  # equally far from both


BASES_OF_ALL = np.array([1.0, 1.0, 0.5])


def squared_error(members: np.ndarray, bases: np.ndarray, shares: np.ndarray, n: int) -> float:
    """What is made least: the excess of each share over what is expected, as a sampling error."""
    excess = members.sum(axis=0) - shares / 100 * bases.sum(axis=0)
    return float((excess**2 / (n * BASES_OF_ALL)).sum())


@pytest.mark.parametrize("seed", range(12))
def test_no_exchange_of_one_candidate_comes_nearer(seed: int) -> None:
    random = np.random.default_rng(seed)
    n = 12
    members = (random.random((40, 3)) < (0.3, 0.5, 0.6)).astype(float)
    bases = np.column_stack([np.ones((40, 2)), np.arange(40) % 2])  # the third, of a half
    members[:, 2] *= bases[:, 2]
    shares = random.uniform(5, 95, 3)
    drawn = draw_to_shares(members, bases, shares, n=n, rng=random)
    assert drawn.tolist() == sorted(set(drawn.tolist()))
    assert len(drawn) == n
    least = squared_error(members[drawn], bases[drawn], shares, n)
    for place in range(n):
        for other in set(range(40)) - set(drawn.tolist()):
            exchanged = np.append(np.delete(drawn, place), other)
            error = squared_error(members[exchanged], bases[exchanged], shares, n)
            assert error >= least - 1e-9


def test_where_all_are_drawn_there_is_nothing_to_exchange() -> None:
    members = candidates(2, n=6)
    drawn = draw_to_shares(
        members, np.ones_like(members), np.array([50.0] * 3), n=6, rng=np.random.default_rng(1)
    )
    assert drawn.tolist() == list(range(6))


def test_the_same_seed_draws_the_same_sample() -> None:
    members = candidates(7)
    one, two = (
        draw_to_shares(members, np.ones_like(members), np.array([50.0, 50.0, 50.0]), n=40,
                       rng=np.random.default_rng(8))
        for _ in range(2)
    )  # fmt: skip
    assert one.tolist() == two.tolist()


def test_too_few_candidates_and_empty_bases_are_refused() -> None:
    members = candidates(9, n=10)
    shares, rng = np.array([50.0] * 3), np.random.default_rng(1)
    with pytest.raises(ValueError, match="10 candidates"):
        draw_to_shares(members, np.ones_like(members), shares, n=11, rng=rng)
    with pytest.raises(ValueError, match="Nobody is in the base"):
        draw_to_shares(0 * members, 0 * members, shares, n=5, rng=rng)
