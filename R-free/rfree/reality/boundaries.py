"""Boundaries between neighbouring types: a gap, or one passing into the other."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from rfree.base.compiled import compiled
from rfree.base.inputs import FloatArray, IntArray, in_one_order
from rfree.classes.transfers import class_centres

# Two types are neighbours when for this share of the respondents they are the two nearest.
NEIGHBOURS_SHARE = 0.02
FEWEST_BETWEEN = 3
# Width of the kernels, in standard deviations of the positions of two neighbouring types.
BANDWIDTH = 0.25
N_PLACES = 80
# Limits of the bins of a boundary's histogram: 0 and 1 are the means of the two types.
PLACES = np.linspace(-0.75, 1.75, 26)
# A direction of less than this share of the variance of the first is rounding.
NO_VARIANCE = 1e-10
# So is this share of a variance, of the length of a line, of a number of respondents.
NOTHING = 1e-9
# A variance within the types of less than this share of the first is no unit to measure by.
LEAST_UNIT = 1e-6
# Two directions that differ by less, or are opposite but for less, make no plane.
NO_TURN = 1e-6
# Types whose means spread across by this share of their spread along lie around a centre.
AROUND = 0.4
# A type nearer to that centre than this share of the respondents' distance lies in the middle.
IN_THE_MIDDLE = 0.5
# So many times as deep as along the line may a gap be that is seen from that centre.
DEEPER = 4.0


@dataclass(frozen=True)
class Gap:
    """The thinnest place between two crowds on a line.

    Attributes
    ----------
    depth : float
        How clearly fewer stand there: a likelihood ratio; 0 where the crowd has one summit.
    ratio : float
        Density there over that of the lower of the two summits (1: no gap).
    place : float
        Where it is.
    """

    depth: float
    ratio: float
    place: float


@dataclass(frozen=True)
class Boundary:
    """Two neighbouring types on the line that tells them apart best.

    Attributes
    ----------
    first, second : int
        Numbers of the types.
    members : array of ints
        Rows of their respondents.
    of_first : boolean array of those respondents
        Whether they are of the first type.
    positions : array of those respondents
        0 at the mean of the first type, 1 at that of the second.
    mass : array of those respondents
        Weights, of mean 1 over all respondents.
    gap : Gap
    """

    first: int
    second: int
    members: IntArray
    of_first: npt.NDArray[np.bool_]
    positions: FloatArray
    mass: FloatArray
    gap: Gap

    def histogram(self, rows: npt.NDArray[np.bool_] | None = None) -> FloatArray:
        """Return the share of the members (0-1) in each bin of ``PLACES``, or of some of them.

        Those beyond the first and the last bin count in it.
        """
        kept = np.ones(len(self.members), dtype=bool) if rows is None else rows
        placed = np.clip(self.positions, PLACES[0], PLACES[-1])[kept]
        counts, _ = np.histogram(placed, PLACES, weights=self.mass[kept])
        return np.asarray(counts / self.mass.sum(), dtype=float)


def gap_on_line(positions: FloatArray, mass: FloatArray | None = None) -> Gap:
    """Find the place on a line that is thinnest between two crowds.

    Parameters
    ----------
    positions : array of n
    mass : array of n, optional
        Weights, of mean 1.

    Returns
    -------
    Gap

    Notes
    -----
    The density is that of normal kernels of a quarter of the standard deviation (Silverman 1981),
    left as numbers of respondents. With v that at a place and m the lower of the two highest on
    its sides, depth = 2 (m log m + v log v - (m + v) log ((m + v) / 2)), the likelihood ratio of
    two Poisson counts against equal ones, at the place where it is largest. A density with one
    summit has depth 0 but for chance, whatever its shape; the more respondents, the less chance
    weighs. Hartigan's dip measures the same as a share of all respondents, which hides the gap
    before a small type: in the benchmark of error rates this depth finds it more often.

    Examples
    --------
    >>> crowd = np.linspace(-1, 1, 50)
    >>> gap_on_line(crowd).depth < 0.1, gap_on_line(np.append(crowd, crowd + 5)).ratio < 0.1
    (True, True)
    """
    positions, mass = in_one_order(positions=positions, mass=mass)
    weights = np.ones(len(positions)) if mass is None else mass
    positions, weights = positions[weights > 0], weights[weights > 0]
    spread = float(_spread(positions, weights))
    if spread == 0:
        return Gap(0.0, 1.0, float(positions[0]))
    places = np.linspace(positions.min(), positions.max(), N_PLACES)
    width = BANDWIDTH * spread
    kernels = np.subtract.outer(places / width, positions / width)
    np.square(kernels, out=kernels)
    kernels *= -0.5
    crowd = np.exp(kernels, out=kernels) @ weights
    from_left = np.maximum.accumulate(crowd)
    from_right = np.maximum.accumulate(crowd[::-1])[::-1]
    summit = np.minimum(from_left, from_right)
    valley = np.maximum(crowd, np.finfo(float).tiny)
    depth = 2 * (
        summit * np.log(summit)
        + valley * np.log(valley)
        - (summit + valley) * np.log((summit + valley) / 2)
    )
    thinnest = int(depth.argmax())
    return Gap(
        max(0.0, float(depth[thinnest])),
        float(valley[thinnest] / summit[thinnest]),
        float(places[thinnest]),
    )


def neighbours(coordinates: FloatArray, labels: IntArray, mass: FloatArray) -> list[list[int]]:
    """Find the pairs of classes between which respondents lie.

    Parameters
    ----------
    coordinates : array, respondents x axes
    labels : array of respondents
        Classes 1..k.
    mass : array of respondents
        Positive weights.

    Returns
    -------
    list of [class, higher class]
        Those that are the two nearest centres of at least 2 % of the respondents, and of 3; and
        of a class without any, the pair with the most.

    Notes
    -----
    The centres whose cells touch where the respondents are (Martinetz & Schulten 1994).

    Examples
    --------
    >>> line = np.repeat([[0.0], [1.0], [2.0]], 4, axis=0)
    >>> neighbours(line, np.repeat([1, 2, 3], 4), np.ones(12))
    [[1, 2], [2, 3]]
    """
    coordinates, labels, mass = in_one_order(coordinates=coordinates, labels=labels, mass=mass)
    n_classes = int(labels.max())
    centres, _ = class_centres(coordinates, labels - 1, mass, n_classes)
    between = _mass_between(coordinates, centres, mass * len(mass) / mass.sum())
    close = between >= max(FEWEST_BETWEEN, NEIGHBOURS_SHARE * len(labels)) * (1 - NOTHING)
    both = between + between.T
    for alone in np.flatnonzero(~(close | close.T).any(axis=1)):
        other = int(both[alone].argmax()) if both[alone].any() else (alone == 0) * 1
        close[min(alone, other), max(alone, other)] = True
    return [[int(first) + 1, int(second) + 1] for first, second in np.argwhere(close)]


@compiled
def _mass_between(coordinates: FloatArray, centres: FloatArray, mass: FloatArray) -> FloatArray:
    """Add up respondents by their two nearest centres, the lower one in the rows."""
    between = np.zeros((len(centres), len(centres)))
    for row in range(len(coordinates)):
        first, second = -1, -1
        nearest, next_nearest = np.inf, np.inf
        for other in range(len(centres)):
            squared = 0.0
            for axis in range(coordinates.shape[1]):
                away = coordinates[row, axis] - centres[other, axis]
                squared += away * away
            if squared < nearest:
                first, second = other, first
                nearest, next_nearest = squared, nearest
            elif squared < next_nearest:
                second, next_nearest = other, squared
        between[min(first, second), max(first, second)] += mass[row]
    return between


def boundaries(
    coordinates: FloatArray, scores: FloatArray, labels: IntArray, mass: FloatArray
) -> list[Boundary]:
    """Look for a gap between each two neighbouring types.

    Parameters
    ----------
    coordinates : array, respondents x axes
        Those on which the types were made: they say which types are neighbours.
    scores : array, respondents x directions
        Main directions of the answers (`rfree.reality.answer_scores`): there the gap is sought.
    labels : array of respondents
        Types 1..k.
    mass : array of respondents
        Positive weights.

    Returns
    -------
    list of Boundary

    Notes
    -----
    Respondents of the two types stand on Fisher's discriminant direction between them (common
    covariance within the types). Where their cloud bends, as answers to one attitude do when both
    ends agree on something, the line is bent with it: positions are lengths along the parabola
    that the other directions follow. Otherwise a horseshoe, seen from its side, would look as if it
    had a gap.

    Three types or more may lie around a centre instead of in a row: where their means spread across
    by at least .4 of their spread along (all measured by what varies within the types). Then
    respondents of two types are placed by the direction in which they lie as seen from the centre:
    their angle in the plane of the two types' means and the centre, which is that of the sphere
    that the respondents follow best (Kåsa 1976). Groups around a centre are farther apart so than
    along the straight line, and a ring has no gap. Arms that meet in the centre have none along the
    line, so there has to be a gap there too: one four times deeper from the centre counts for no
    more than four times that along the line. A type in the middle of the others (its mean nearer to
    the centre than half of the respondents' distance) is seen in no direction: its boundaries are
    looked for along the line.
    """
    coordinates, scores, labels, mass = in_one_order(
        coordinates=coordinates, scores=scores, labels=labels, mass=mass
    )
    mass = mass * len(mass) / mass.sum()
    variances = _spread(scores, mass) ** 2
    scores = scores[:, variances > NO_VARIANCE * max(float(variances.max()), NO_VARIANCE)]
    centres, _ = class_centres(scores, labels - 1, mass, int(labels.max()))
    inner = scores - centres[labels - 1]
    within = inner.T @ (inner * mass[:, np.newaxis]) / mass.sum()
    # A direction without any spread within the types is the one that tells them apart.
    within += NOTHING * float(variances.max()) * np.eye(len(within))
    around = _around(scores, within, centres, mass)
    found = []
    for first, second in neighbours(coordinates, labels, mass):
        members = np.flatnonzero((labels == first) | (labels == second))
        of_first, own = labels[members] == first, mass[members]
        seen = None if around is None else around.seen(members, first, second)
        if seen is None:
            towards = centres[second - 1] - centres[first - 1]
            direction = np.linalg.solve(within, towards)
            line = _bent_positions(scores[members], direction, towards, own)
            positions = _between_means(line, of_first, own)
            gap = gap_on_line(positions, own)
        else:
            positions, gap = _seen_both_ways(*seen, of_first, own)
        found.append(Boundary(first, second, members, of_first, positions, own, gap))
    return found


def _seen_both_ways(
    angles: FloatArray, line: FloatArray, of_first: npt.NDArray[np.bool_], mass: FloatArray
) -> tuple[FloatArray, Gap]:
    """Positions by angle or along the line, whichever has the lesser gap; and that gap."""
    around, along = (_between_means(each, of_first, mass) for each in (angles, line))
    seen, straight = gap_on_line(around, mass), gap_on_line(along, mass)
    if seen.depth <= DEEPER * straight.depth:
        return around, seen
    return along, replace(straight, depth=DEEPER * straight.depth)


def _between_means(
    line: FloatArray, of_first: npt.NDArray[np.bool_], mass: FloatArray
) -> FloatArray:
    """Shift and stretch a line so that the means of the two types are 0 and 1."""
    start, end = (mass[side] @ line[side] / mass[side].sum() for side in (of_first, ~of_first))
    if abs(end - start) <= NOTHING * np.ptp(line):
        return np.zeros(len(line))
    placed: FloatArray = (line - start) / (end - start)
    return placed


@dataclass(frozen=True)
class _Around:
    """Respondents, and means of the types, as seen from the centre around which the types lie."""

    points: FloatArray
    ends: FloatArray
    # Distance of the respondents from the centre, mean of the squares.
    radius: float

    def seen(
        self, members: IntArray, first: int, second: int
    ) -> tuple[FloatArray, FloatArray] | None:
        """Angles in the plane of two types' means and the centre, and places between the means.

        None where they are no plane, or one of the types lies in the middle.
        """
        ends = self.ends[[first - 1, second - 1]]
        lengths = np.linalg.norm(ends, axis=1)
        if not lengths.min() > IN_THE_MIDDLE * self.radius:
            return None
        one, other = ends / lengths[:, np.newaxis]
        midway, across = one + other, other - one
        if min(np.linalg.norm(midway), np.linalg.norm(across)) < NO_TURN:
            return None
        points = self.points[members]
        angles = np.arctan2(
            points @ (across / np.linalg.norm(across)), points @ (midway / np.linalg.norm(midway))
        )
        return angles, points @ (ends[1] - ends[0])


def _around(
    scores: FloatArray, within: FloatArray, centres: FloatArray, mass: FloatArray
) -> _Around | None:
    """Find the centre around which the types lie; None where they are in a row.

    In the directions in which the means differ, measured by what varies within the types.
    """
    n_directions = min(len(centres) - 1, scores.shape[1])
    if n_directions < 2:
        return None
    least = LEAST_UNIT * float(within.diagonal().max()) * np.eye(len(within))
    in_units = np.linalg.inv(np.linalg.cholesky(within + least)).T
    middle = centres.mean(axis=0)
    means = (centres - middle) @ in_units
    _, lengths, directions = np.linalg.svd(means, full_matrices=False)
    if not lengths[1] > AROUND * lengths[0]:
        return None
    turned = in_units @ directions[:n_directions].T
    points = (scores - middle) @ turned
    root = np.sqrt(mass)[:, np.newaxis]
    terms = np.column_stack([2 * points, np.ones(len(points))]) * root
    squares = np.square(points).sum(axis=1) * root[:, 0]
    centre = np.linalg.lstsq(terms, squares, rcond=None)[0][:-1]
    points -= centre
    radius = np.sqrt(mass @ np.square(points).sum(axis=1) / mass.sum())
    return _Around(points, means @ directions[:n_directions].T - centre, float(radius))


def _spread(values: FloatArray, mass: FloatArray) -> FloatArray:
    """Return weighted standard deviations, of each column."""
    shares = mass / mass.sum()
    centred = values - shares @ values
    return np.asarray(np.sqrt(shares @ np.square(centred)))


def _bent_positions(
    points: FloatArray, direction: FloatArray, towards: FloatArray, mass: FloatArray
) -> FloatArray:
    """Lengths along the parabola that the points follow over a direction."""
    line: FloatArray = points @ direction
    line = line - (mass @ line) / mass.sum()
    spread = float(_spread(line, mass))
    length = float(np.linalg.norm(towards))
    if spread == 0 or length == 0 or points.shape[1] == 1:
        return line
    line = line / spread
    unit = towards / length
    along = points @ unit
    beside = points - np.outer(along, unit)
    scale = float(_spread(along, mass))
    if scale == 0:
        return line
    terms = np.column_stack([np.ones(len(line)), line, np.square(line)])
    root = np.sqrt(mass)[:, np.newaxis]
    fitted = np.linalg.lstsq(terms * root, beside / scale * root, rcond=None)[0]
    bend = 2 * float(np.linalg.norm(fitted[2]))
    if bend < 1e-9:
        return line
    slope = bend * line
    lengths: FloatArray = (slope * np.sqrt(1 + slope**2) + np.arcsinh(slope)) / (2 * bend)
    return lengths
