"""Gaps between neighbouring types: by hand, by property, and on clouds that bend."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.integrate import quad

from rfree.reality.boundaries import (
    PLACES,
    _Around,
    _around,
    _bent_positions,
    _seen_both_ways,
    boundaries,
    gap_on_line,
    neighbours,
)


def test_the_gap_of_two_points_is_that_of_the_formula() -> None:
    positions = np.repeat([0.0, 1.0], [30, 20])
    # Standard deviation sqrt(.6 * .4), kernels of a quarter of it, on 80 places from 0 to 1.
    width = np.sqrt(0.24) / 4
    places = np.arange(80) / 79
    crowd = 30 * np.exp(-((places / width) ** 2) / 2)
    crowd += 20 * np.exp(-(((1 - places) / width) ** 2) / 2)
    thinnest = crowd.argmin()
    lower, valley = crowd[-1], crowd[thinnest]
    depth = 2 * (
        lower * np.log(lower / ((lower + valley) / 2))
        + valley * np.log(valley / ((lower + valley) / 2))
    )
    gap = gap_on_line(positions)
    assert gap.depth == pytest.approx(depth)
    assert gap.ratio == pytest.approx(valley / lower)
    assert gap.place == pytest.approx(places[thinnest])
    # Nobody between them: 2 * 20 * log 2.
    assert gap_on_line(np.repeat([0.0, 1.0], [2000, 20])).depth == pytest.approx(40 * np.log(2))


def two_crowds(n: int = 60, apart: float = 4.0, seed: int = 0) -> np.ndarray:
    positions = np.random.default_rng(seed).normal(size=n)
    positions[: n // 3] += apart
    return positions


def test_a_gap_moves_and_stretches_with_the_line() -> None:
    positions = two_crowds()
    gap = gap_on_line(positions)
    for shift, scale in ((5.0, 1.0), (0.0, 1e6), (-3.0, 1e-6), (2.0, -4.0)):
        moved = gap_on_line(shift + scale * positions)
        assert moved.depth == pytest.approx(gap.depth, rel=1e-6)
        assert moved.ratio == pytest.approx(gap.ratio, rel=1e-6)
        assert moved.place == pytest.approx(shift + scale * gap.place, rel=1e-6)


def test_weights_are_respondents_repeated() -> None:
    positions = two_crowds()
    times = np.random.default_rng(1).integers(1, 4, 60)
    repeated = gap_on_line(np.repeat(positions, times))
    weighted = gap_on_line(positions, times.astype(float))
    assert weighted.depth == pytest.approx(repeated.depth)
    assert weighted.place == pytest.approx(repeated.place)
    # One who weighs nothing is not there, wherever they are.
    with_nobody = gap_on_line(np.append(positions, 50.0), np.append(np.ones(60), 0.0))
    assert with_nobody == gap_on_line(positions)


def test_a_crowd_of_one_summit_has_no_gap_and_two_have() -> None:
    shares = (np.arange(150) + 0.5) / 150
    for positions in (shares, np.sqrt(shares), np.square(shares)):
        assert gap_on_line(positions).depth < 0.1
    logistic = np.log(shares / (1 - shares))
    for positions in (-np.log(shares), logistic):
        # The last in a far tail stand alone: one respondent is worth 2 log 2 at most.
        assert gap_on_line(positions).depth < 2 * np.log(2)
    halves = np.concatenate([logistic[:75] - 4, logistic[75:] + 4])
    gap = gap_on_line(halves)
    assert gap.depth > 20
    assert gap.ratio < 0.3
    assert abs(gap.place) < 1


def test_the_further_apart_the_deeper_and_the_more_the_clearer() -> None:
    depths = [gap_on_line(two_crowds(apart=apart)).depth for apart in (3.0, 4.0, 6.0, 9.0)]
    assert depths == sorted(depths)
    twice = np.repeat(two_crowds(), 2)
    assert gap_on_line(twice).depth == pytest.approx(2 * gap_on_line(two_crowds()).depth)


@pytest.mark.parametrize("positions", [np.zeros(5), np.full(7, 0.1), np.array([3.0])])
def test_all_in_one_place_have_no_gap(positions: np.ndarray) -> None:
    gap = gap_on_line(positions)
    assert gap.depth == pytest.approx(0, abs=1e-9)
    assert gap.ratio == pytest.approx(1)
    assert gap.place == pytest.approx(positions[0])


def points_at(places: list[tuple[float, float]], n: int = 5) -> tuple[np.ndarray, np.ndarray]:
    return np.repeat(np.array(places), n, axis=0), np.repeat(np.arange(1, len(places) + 1), n)


def test_neighbours_on_a_line_are_those_beside_each_other() -> None:
    points, labels = points_at([(0, 0), (1, 0), (2.1, 0), (3.3, 0)])
    assert neighbours(points, labels, np.ones(20)) == [[1, 2], [2, 3], [3, 4]]


def test_types_across_others_are_no_neighbours() -> None:
    # A kite: 2 and 4 lie between 1 and 3, and 2 is nearer to these than 4 is.
    points, labels = points_at([(0, 3), (1, 0), (0, -3), (-1.1, 0)])
    assert neighbours(points, labels, np.ones(20)) == [[1, 2], [2, 3], [2, 4]]


def test_two_types_are_neighbours_however_far_and_few() -> None:
    assert neighbours(np.array([[0.0], [90.0]]), np.array([1, 2]), np.ones(2)) == [[1, 2]]


def test_a_type_of_one_respondent_has_the_neighbour_it_is_nearest_to() -> None:
    points = np.append(np.repeat([0.0, 1.0, 2.0], 6), 40.0)[:, np.newaxis]
    labels = np.append(np.repeat([1, 2, 3], 6), 4)
    assert neighbours(points, labels, np.ones(19)) == [[1, 2], [2, 3], [3, 4]]


@pytest.mark.parametrize(("n", "enough"), [(150, 9), (10, 3)])
@pytest.mark.parametrize("weight", [1.0, 0.01])
def test_two_percent_and_three_respondents_between_types_make_them_neighbours(
    n: int, enough: int, weight: float
) -> None:
    for between, pairs in ((enough - 1, [[1, 2], [1, 3]]), (enough, [[1, 2], [1, 3], [2, 3]])):
        # The third type is nearer to the first, but for some of its respondents.
        third = np.where(np.arange(n) < between, 6.0, 4.0)
        points = np.column_stack([np.repeat([0.0, 10.0, 0.0], n), np.repeat([0.0, 0.0, 20.0], n)])
        points[2 * n :, 0] = third
        found = neighbours(points, np.repeat([1, 2, 3], n), np.full(3 * n, weight))
        assert found == pairs


def blobs(centres: list[tuple[float, float]], n: int = 40) -> tuple[np.ndarray, np.ndarray]:
    generator = np.random.default_rng(2)
    labels = np.repeat(np.arange(1, len(centres) + 1), n)
    return np.array(centres)[labels - 1] + generator.normal(size=(len(labels), 2)), labels


def test_a_boundary_lies_on_the_discriminant_line_between_the_means() -> None:
    points, labels = blobs([(0, 0), (3, 1)])
    stretched = points @ np.array([[1.0, 0.9], [0.0, 0.4]])
    (found,) = boundaries(points, stretched, labels, np.ones(80))
    assert (found.first, found.second) == (1, 2)
    np.testing.assert_array_equal(found.of_first, labels == 1)
    for number, place in ((True, 0), (False, 1)):
        assert found.positions[found.of_first == number].mean() == pytest.approx(place, abs=1e-9)
    # Fisher's direction does not depend on how the scores are turned or stretched.
    (straight,) = boundaries(points, points, labels, np.ones(80))
    means = [points[labels == each].mean(axis=0) for each in (1, 2)]
    within = np.mean([np.cov(points[labels == each].T, bias=True) for each in (1, 2)], axis=0)
    line = points @ np.linalg.solve(within, means[1] - means[0])
    assert np.corrcoef(line, straight.positions)[0, 1] > 0.995
    assert np.corrcoef(found.positions, straight.positions)[0, 1] > 0.99


def test_a_gap_is_found_between_far_types_alone() -> None:
    points, labels = blobs([(0, 0), (7, 0), (8.5, 0)])
    far, near = boundaries(points, points, labels, np.ones(120))
    assert (far.first, far.second, near.first, near.second) == (1, 2, 2, 3)
    assert far.gap.depth > 15
    assert near.gap.depth < 5
    assert 0 < far.gap.place < 1
    assert far.gap == gap_on_line(far.positions, far.mass)


@pytest.mark.parametrize("n_types", [2, 3])
def test_types_cut_from_a_half_ring_show_no_gap(n_types: int) -> None:
    angles = np.linspace(0, np.pi, 150)
    ring = np.column_stack([np.cos(angles), np.sin(angles)])
    labels = np.minimum(angles / np.pi * n_types, n_types - 1).astype(int) + 1
    found = boundaries(ring, ring, labels, np.ones(150))
    assert len(found) == n_types - 1
    for each in found:
        # Seen from its side, respondents crowd at both ends of an arc.
        arc = ring[each.members]
        means = [arc[of].mean(axis=0) for of in (each.of_first, ~each.of_first)]
        shadow = arc @ (means[1] - means[0])
        side = gap_on_line(shadow)
        assert side.depth > 0.5
        assert each.gap.depth < side.depth / 4
        # Lengths along the bent line are nearer to those along the ring.
        along = angles[each.members]
        assert (
            1 - np.corrcoef(each.positions, along)[0, 1]
            < (1 - np.corrcoef(shadow, along)[0, 1]) / 2
        )


@pytest.mark.parametrize(
    "places", [[(0, 0), (3, 1)], [(0, 0), (3, 1), (1, 3)], [(0, 0), (4, 0), (-2, 3), (-2, -3)]]
)
def test_weights_are_those_of_respondents_repeated(places: list[tuple[float, float]]) -> None:
    points, labels = blobs(places)
    n = len(points)
    times = np.random.default_rng(3).integers(1, 4, n)
    rows = np.repeat(np.arange(n), times)
    weighted = boundaries(points, points, labels, times.astype(float))
    repeated = boundaries(points[rows], points[rows], labels[rows], np.ones(len(rows)))
    assert len(weighted) == len(repeated) >= len(places) - 1
    for one, other in zip(weighted, repeated, strict=True):
        place = np.full(n, np.nan)
        place[one.members] = one.positions
        np.testing.assert_allclose(place[rows[other.members]], other.positions, atol=1e-8)
        # Brought to a mean of 1: as many respondents as rows.
        assert one.gap.depth == pytest.approx(n / len(rows) * other.gap.depth)
        np.testing.assert_allclose(one.histogram(), other.histogram())


def test_a_histogram_holds_all_members_and_its_parts_add_up() -> None:
    points, labels = blobs([(0, 0), (4, 0)])
    (found,) = boundaries(points, points, labels, np.ones(80))
    whole = found.histogram()
    assert whole.shape == (len(PLACES) - 1,)
    assert whole.sum() == pytest.approx(1)
    parts = found.histogram(found.of_first), found.histogram(~found.of_first)
    assert [part.sum() for part in parts] == pytest.approx([0.5, 0.5])
    np.testing.assert_allclose(parts[0] + parts[1], whole)
    inside = (found.positions > PLACES[5]) & (found.positions < PLACES[6])
    assert whole[5] == pytest.approx(inside.mean())


def test_types_alike_on_all_scores_have_no_gap() -> None:
    points, labels = blobs([(0, 0), (4, 0)])
    (found,) = boundaries(points, np.ones((80, 3)), labels, np.ones(80))
    assert (found.gap.depth, found.gap.ratio) == (0, 1)
    assert not found.positions.any()
    # So have types whose means are the same, though respondents differ.
    same = np.tile([[-1.0, 0.0], [1.0, 0.0], [0.0, 1.0], [0.0, -1.0]], (20, 1))
    (found,) = boundaries(points, same, labels, np.ones(80))
    assert found.gap.depth == 0


def test_the_line_without_any_spread_within_types_tells_them_apart() -> None:
    labels = np.repeat([1, 2], 50)
    sideways = np.tile(np.linspace(-1, 1, 50), 2) + 0.02 * (labels == 2)
    scores = np.column_stack([3.0 * (labels == 2), sideways])
    (found,) = boundaries(scores, scores, labels, np.ones(100))
    np.testing.assert_allclose(found.positions, labels - 1, atol=1e-3)
    assert found.gap.depth == pytest.approx(gap_on_line(labels - 1.0).depth, rel=0.01)


def test_a_type_of_one_respondent_and_more_types_than_directions() -> None:
    line = np.append(np.linspace(0, 3, 40), 30.0)[:, np.newaxis]
    labels = np.append(np.repeat([1, 2, 3], [14, 13, 13]), 4)
    found = boundaries(line, line, labels, np.ones(41))
    assert [(each.first, each.second) for each in found] == [(1, 2), (2, 3), (3, 4)]
    assert all(np.isfinite(each.positions).all() for each in found)
    assert found[2].gap.ratio < 1e-3
    # One respondent alone can be told from the others by chance.
    assert found[2].gap.depth <= 2 * np.log(2) * 1.1
    (pair,) = boundaries(line[[0, 40]], line[[0, 40]], np.array([1, 2]), np.ones(2))
    np.testing.assert_allclose(pair.positions, [0, 1])


def around_a_centre(
    n_types: int, opening: float = 0.0, n: int = 300, noise: float = 0.2
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Points of a ring cut into types of the same angle; and their angles."""
    generator = np.random.default_rng(4)
    angles = np.sort(generator.uniform(0, 2 * np.pi - opening, n))
    ring = np.column_stack([np.cos(angles), np.sin(angles)])
    labels = (angles / (2 * np.pi - opening) * n_types).astype(int) + 1
    return ring + noise * generator.standard_normal(ring.shape), labels, angles


@pytest.mark.parametrize("n_types", [3, 4])
def test_types_cut_from_a_whole_ring_show_no_gap(n_types: int) -> None:
    ring, labels, _ = around_a_centre(n_types)
    found = boundaries(ring, ring, labels, np.ones(300))
    assert len(found) == n_types
    for each in found:
        arc = ring[each.members]
        towards = arc[~each.of_first].mean(axis=0) - arc[each.of_first].mean(axis=0)
        side = gap_on_line(arc @ towards)
        assert each.gap.depth < side.depth / 2
        assert side.depth > 0.5


def test_around_a_centre_positions_are_angles() -> None:
    ring, labels, angles = around_a_centre(3, noise=0.0)
    for each in boundaries(ring, ring, labels, np.ones(300)):
        # Those of the first type come after those of the last.
        across = (each.first, each.second) == (1, 3)
        along = angles[each.members] - 2 * np.pi * (across & ~each.of_first)
        assert abs(np.corrcoef(each.positions, along)[0, 1]) > 0.99


def test_an_open_ring_has_its_one_gap_between_its_ends() -> None:
    ring, labels, _ = around_a_centre(3, opening=np.pi / 2)
    found = boundaries(ring, ring, labels, np.ones(300))
    depths = {(each.first, each.second): each.gap.depth for each in found}
    ends = depths.pop((1, 3), np.inf)
    assert set(depths) == {(1, 2), (2, 3)}
    assert max(depths.values()) < 1
    assert ends > 10


def test_groups_around_a_centre_are_farther_apart_than_on_the_straight_line() -> None:
    turns = 2 * np.pi * np.arange(3) / 3
    labels = np.repeat([1, 2, 3], 100)
    centres = 2 * np.column_stack([np.cos(turns), np.sin(turns)])
    points = centres[labels - 1] + np.random.default_rng(4).standard_normal((300, 2))
    found = boundaries(points, points, labels, np.ones(300))
    assert len(found) == 3
    for each in found:
        pair = points[each.members]
        straight = gap_on_line(pair @ (centres[each.second - 1] - centres[each.first - 1]))
        assert each.gap.depth > 1.5 * straight.depth > 0


def test_turned_or_stretched_scores_change_nothing_around_a_centre() -> None:
    points, labels = blobs([(0, 0), (4, 0), (2, 3.5), (2, -3.5)])
    stretched = points @ np.array([[1.0, 0.9], [0.0, 0.4]])
    here, there = (boundaries(points, each, labels, np.ones(160)) for each in (points, stretched))
    assert len(here) == len(there) >= 4
    for one, other in zip(here, there, strict=True):
        assert other.gap.depth == pytest.approx(one.gap.depth, rel=1e-3)


def test_types_in_a_row_are_looked_at_along_it() -> None:
    # A third direction in which they differ by chance alone makes no centre of a row.
    points, labels = blobs([(0, 0), (4, 0.2), (8, -0.2)])
    found = boundaries(points, points, labels, np.ones(120))
    assert [(each.first, each.second) for each in found] == [(1, 2), (2, 3)]
    for each in found:
        along = points[each.members, 0]
        assert abs(np.corrcoef(each.positions, along)[0, 1]) > 0.95


@pytest.mark.parametrize("bend", [0.3, 1.0, -2.0])
def test_along_a_parabola_positions_are_lengths_of_its_arc(bend: float) -> None:
    x = np.linspace(-1.5, 1.5, 31)
    mass = 1 + x**2  # heavier at both ends, so that the mean stays at 0
    points = np.column_stack([3 * x, bend * (3 * x) ** 2])
    found = _bent_positions(points, np.array([1.0, 0.0]), np.array([2.0, 0.0]), mass)
    # In units of the spread along the line.
    spread = np.sqrt(mass @ (3 * x) ** 2 / mass.sum())
    lengths = [quad(lambda at: np.hypot(1, 2 * bend * at), 0, 3 * each)[0] / spread for each in x]
    np.testing.assert_allclose(found, lengths, rtol=1e-7, atol=1e-9)


def test_of_what_is_straight_positions_are_those_along_the_line() -> None:
    x, mass = np.array([0.0, 1, 2, 5]), np.array([1.0, 2, 1, 1])
    towards = np.array([1.0, 0.0])
    centred = x - 9 / 5
    spread = np.sqrt(mass @ centred**2 / 5)
    straight = np.column_stack([x, 2 * x])
    np.testing.assert_allclose(
        _bent_positions(straight, np.array([1.0, 0.0]), towards, mass), centred / spread
    )
    # One direction has no side to bend to: the line is not measured in units of its spread.
    one = _bent_positions(x[:, None], np.array([2.0]), np.array([3.0]), mass)
    np.testing.assert_allclose(one, 2 * centred)


def test_without_spread_or_without_a_way_to_go_positions_are_the_line_itself() -> None:
    points, mass = np.array([[0.0, 1], [1, 5], [2, 0]]), np.ones(3)
    for direction, towards, line in (
        ([0.0, 0.0], [1.0, 0.0], [0, 0, 0]),
        ([1.0, 0.0], [0.0, 0.0], [-1, 0, 1]),
    ):
        found = _bent_positions(points, np.array(direction), np.array(towards), mass)
        assert found.tolist() == line
    # All at one place on the way from one type to the other: the line, in units of its spread.
    beside = np.array([[1.0, 0], [1, 1], [1, 2]])
    found = _bent_positions(beside, np.array([0.0, 1.0]), np.array([1.0, 0.0]), mass)
    np.testing.assert_allclose(found, np.array([-1, 0, 1]) / np.sqrt(2 / 3))


def test_a_type_in_the_middle_is_seen_in_no_direction() -> None:
    # Three arms, and a type where they meet: nothing is missing along an arm.
    generator = np.random.default_rng(6)
    turns = 2 * np.pi * generator.integers(3, size=600) / 3
    far = np.abs(generator.standard_normal(600))
    points = far[:, np.newaxis] * np.column_stack([np.cos(turns), np.sin(turns)])
    points += 0.15 * generator.standard_normal(points.shape)
    labels = np.where(far < 1, 4, np.rint(turns * 3 / (2 * np.pi)).astype(int) + 1)
    found = boundaries(points, points, labels, np.ones(600))
    assert [(each.first, each.second) for each in found if each.second == 4] == [
        (1, 4), (2, 4), (3, 4)
    ]  # fmt: skip
    for each in found:
        if each.second == 4:
            # Positions go with the distance from the centre.
            outer = each.of_first
            assert np.corrcoef(each.positions[outer], -far[each.members][outer])[0, 1] > 0.9
            assert each.gap.depth < 1


def test_groups_around_a_group_in_the_middle_have_gaps() -> None:
    turns = 2 * np.pi * np.arange(3) / 3
    centres = np.vstack([4.5 * np.column_stack([np.cos(turns), np.sin(turns)]), [0, 0]])
    labels = np.repeat([1, 2, 3, 4], 100)
    points = centres[labels - 1] + np.random.default_rng(4).standard_normal((400, 2))
    for each in boundaries(points, points, labels, np.ones(400)):
        assert each.gap.depth > 10


def test_arms_that_meet_have_no_gap_between_them() -> None:
    # Cut into one type an arm: seen from the centre nobody stands between two of them.
    generator = np.random.default_rng(6)
    arm = generator.integers(3, size=600)
    turns = 2 * np.pi * arm / 3
    far = generator.uniform(0, 2, 600)
    points = far[:, np.newaxis] * np.column_stack([np.cos(turns), np.sin(turns)])
    points += 0.1 * generator.standard_normal(points.shape)
    found = boundaries(points, points, arm + 1, np.ones(600))
    assert len(found) == 3
    for each in found:
        towards = points[each.members] @ np.subtract(
            *(points[arm + 1 == number].mean(axis=0) for number in (each.second, each.first))
        )
        assert each.gap.depth <= 4 * gap_on_line(towards).depth + 1
        assert each.gap.depth < 4


def seen_from_the_middle(ends: list[list[float]], radius: float = 1.0) -> _Around:
    points = np.array([[9.0, 9.0], [1.0, 0.0], [0.0, 5.0], [1.0, 1.0], [-2.0, 0.0]])
    return _Around(points, np.array(ends), radius)


def test_two_types_are_seen_by_their_angles_and_by_their_line() -> None:
    around = seen_from_the_middle([[7.0, 7.0], [2.0, 0.0], [0.0, 3.0]])
    seen = around.seen(np.array([1, 2, 3, 4]), 2, 3)
    assert seen is not None
    angles, line = seen
    # Midway between the two types lies 1, 1.
    np.testing.assert_allclose(np.degrees(angles), [-45, 45, 0, 135])
    # From the one, at 2, 0, to the other, at 0, 3.
    np.testing.assert_allclose(line, [-2, 15, 1, 4])
    other_way = around.seen(np.array([1]), 3, 2)
    assert other_way is not None
    assert [float(each[0]) for each in other_way] == pytest.approx([np.pi / 4, 2.0])


def test_a_type_is_in_the_middle_within_half_of_the_distance_of_respondents() -> None:
    ends, members = [[0.0, 2.0], [1.0, 0.0]], np.array([1, 2])
    for radius, is_seen in ((1.9, True), (2.0, False), (2.1, False)):
        for pair in ((1, 2), (2, 1)):
            found = seen_from_the_middle(ends, radius).seen(members, *pair)
            assert (found is not None) is is_seen


def test_two_types_on_one_line_with_the_centre_are_in_no_plane() -> None:
    for ends in ([[1.0, 0.0], [3.0, 0.0]], [[1.0, 0.0], [-3.0, 0.0]]):
        assert seen_from_the_middle(ends).seen(np.array([1, 2]), 1, 2) is None


def test_a_gap_seen_from_the_centre_counts_four_times_that_along_the_line_at_most() -> None:
    apart, close = np.repeat([0.0, 1.0], 50), np.sort(np.random.default_rng(5).normal(size=100))
    between = two_crowds(100, 3.0)
    of_first, mass = np.arange(100) < 50, np.full(100, 2.0)
    whole, narrow = gap_on_line(apart, mass).depth, gap_on_line(between, mass)
    assert 4 * narrow.depth < whole

    def placed(line: np.ndarray) -> np.ndarray:
        first, second = line[of_first].mean(), line[~of_first].mean()
        return np.asarray((line - first) / (second - first))

    # As far apart both ways: by the angle.
    positions, gap = _seen_both_ways(3 + apart, 7 * apart, of_first, mass)
    np.testing.assert_allclose(positions, apart)
    assert gap.depth == pytest.approx(whole)
    # Farther apart by the angle than four times: along the line, four times as deep.
    positions, gap = _seen_both_ways(apart, between, of_first, mass)
    np.testing.assert_allclose(positions, placed(between))
    expected = gap_on_line(placed(between), mass)
    assert gap.depth == pytest.approx(4 * expected.depth)
    assert (gap.ratio, gap.place) == pytest.approx((expected.ratio, expected.place))
    # None by the angle: none, however far along the line.
    positions, gap = _seen_both_ways(close, apart, of_first, mass)
    np.testing.assert_allclose(positions, placed(close))
    expected = gap_on_line(placed(close), mass)
    assert (gap.depth, gap.ratio, gap.place) == pytest.approx(
        (expected.depth, expected.ratio, expected.place)
    )


def test_the_centre_is_that_of_the_sphere_and_the_radius_the_distance_from_it() -> None:
    # Three types: on a circle of radius 6 around 10, 20, in pairs beside three directions, and
    # lighter by half, in the same directions, on one of radius 2.
    turns = np.pi / 6 + 2 * np.pi * np.arange(3) / 3
    beside = np.array([-0.3, 0.3])
    angles = np.tile((turns[:, np.newaxis] + beside).ravel(), 2)
    far, mass = np.repeat([6.0, 2.0], 6), np.repeat([2.0, 1.0], 6)
    middle = np.array([10.0, 20.0])
    scores = middle + far[:, np.newaxis] * np.column_stack([np.cos(angles), np.sin(angles)])
    nearer = np.cos(0.3) * (2 * 6 + 2) / 3  # means of the types
    places = middle + nearer * np.column_stack([np.cos(turns), np.sin(turns)])
    found = _around(scores, np.eye(2), places, mass)
    assert found is not None
    np.testing.assert_allclose(np.linalg.norm(found.points, axis=1), far, rtol=1e-5)
    np.testing.assert_allclose(np.linalg.norm(found.ends, axis=1), nearer, rtol=1e-5)
    assert found.radius == pytest.approx(np.sqrt((2 * 36 + 4) / 3), rel=1e-5)
    # Turned perhaps, but nothing is moved: distances to the means are those of the scores.
    np.testing.assert_allclose(
        np.linalg.norm(found.points[:, np.newaxis] - found.ends, axis=2),
        np.linalg.norm(scores[:, np.newaxis] - places, axis=2),
        rtol=1e-5,
    )
    # Of respondents on the circle alone the weights change nothing.
    uneven = _around(scores[:6], np.eye(2), places, np.arange(1.0, 7.0))
    assert uneven is not None
    np.testing.assert_allclose(np.linalg.norm(uneven.points, axis=1), 6, rtol=1e-5)
    assert uneven.radius == pytest.approx(6, rel=1e-5)
    # Nor is the centre that of the means: where these are moved, it stays.
    moved = _around(scores[:6], np.eye(2), places + np.array([2.0, -1.0]), np.ones(6))
    assert moved is not None
    np.testing.assert_allclose(np.linalg.norm(moved.points, axis=1), 6, rtol=1e-5)
    np.testing.assert_allclose(
        np.linalg.norm(moved.ends, axis=1),
        np.linalg.norm(places + np.array([2.0, -1.0]) - middle, axis=1),
        rtol=1e-5,
    )
    # Two directions need three types.
    assert _around(scores, np.eye(2), places[:2], mass) is None


@pytest.mark.parametrize("unit", [0.01, 1.0, 100.0])
def test_types_are_around_a_centre_where_they_spread_across_by_enough(unit: float) -> None:
    generator = np.random.default_rng(2)
    for across, is_around in ((0.38, False), (0.42, True)):
        # Spread along: 2 on both sides; across: so much of it.
        corners = np.array([[2.0, 0.0], [-2.0, 0.0], [0.0, 2 * across], [0.0, -2 * across]])
        scores = unit * (np.repeat(corners, 20, axis=0) + generator.normal(size=(80, 2)))
        # Measured by what varies within the types, in whatever unit that is.
        for within in (np.eye(2), np.diag([1.0, 1.0]) * unit**2):
            found = _around(scores, within, unit * corners, np.ones(80))
            assert (found is not None) is is_around
        # Across varies half as much within the types: twice as far apart there.
        narrow = np.diag([1.0, 0.25]) * unit**2
        assert _around(scores, narrow, unit * corners, np.ones(80)) is not None
