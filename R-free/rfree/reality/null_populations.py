"""Answers drawn anew without groups: same questions, same scales, same answers missing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property, partial

import numpy as np
import numpy.typing as npt
import pandas as pd

from rfree.base.inputs import FloatArray, IntArray, in_one_order
from rfree.base.limits import LimitError
from rfree.classes.chain import CodedTable
from rfree.items.association import polychoric, positive_definite
from rfree.items.ordinal import limits_passed
from rfree.reality.answer_scores import standardised_answers
from rfree.reality.one_attitude import OneAttitude, SecondDirection, fit_one_attitude
from rfree.reality.ordered_answers import OrdinalAnswers, dealt_anew, ordinal_answers

# Openings of a ring that are tried: from none to half of the circle.
OPENINGS = tuple(np.linspace(0, np.pi, 5))
# Numbers of arms of a star that are tried, and widths: from lines to all directions.
ARMS = (3, 4, 5)
WIDTHS = tuple(np.linspace(0, 1, 5))
# Arms that take this share of all directions or more are none.
NARROW_ARMS = 0.45
# Samples drawn at each of these.
N_TRIED = 3
# A plane with less than this share of its variance across is a line.
NO_PLANE = 1e-9


def permuted(
    codes: IntArray, fixed: npt.NDArray[np.bool_], generator: np.random.Generator
) -> IntArray:
    """Shuffle each column among its free cells.

    Parameters
    ----------
    codes : array, respondents x items
    fixed : boolean array, respondents x items
        Cells that stay as they are.
    generator : numpy Generator

    Returns
    -------
    array, respondents x items

    Examples
    --------
    >>> codes = np.array([[1], [9], [2]])
    >>> shuffled = permuted(codes, codes == 9, np.random.default_rng(0))
    >>> int(shuffled[1, 0]), sorted(shuffled.ravel().tolist())
    (9, [1, 2, 9])
    """
    codes, fixed = in_one_order(codes=codes, fixed=fixed)
    keys = generator.random(codes.shape)
    keys[fixed] = 2.0
    source = np.argsort(keys, axis=0)  # free cells in random order, then the fixed ones
    target = np.argsort(fixed, axis=0, kind="stable")  # free cells in order, then the fixed ones
    shuffled = codes.copy()
    np.put_along_axis(shuffled, target, np.take_along_axis(codes, source, axis=0), axis=0)
    shuffled[fixed] = codes[fixed]
    return shuffled


@dataclass(frozen=True)
class Independence:
    """Every item permuted among those who answered it.

    Attributes
    ----------
    table : CodedTable
    answers : OrdinalAnswers
    """

    table: CodedTable
    answers: OrdinalAnswers

    def draw(self, generator: np.random.Generator) -> IntArray:
        """Return the table's numbers of categories, redrawn."""
        return permuted(self.table.codes, np.isnan(self.answers.codes_given), generator)


@dataclass(frozen=True)
class LatentNormal:
    """Latent attitudes of a normal distribution, cut at the sample's thresholds.

    Attributes
    ----------
    table : CodedTable
    answers : OrdinalAnswers
    structure : DataFrame
        Correlations of the items, positive definite.
    thresholds : DataFrame, items x limits
        Items are positions of the table's variables; those not listed stay as they are.
    """

    table: CodedTable
    answers: OrdinalAnswers
    structure: pd.DataFrame
    thresholds: pd.DataFrame

    @cached_property
    def root(self) -> FloatArray:
        """Triangular root of the correlations."""
        return np.linalg.cholesky(self.structure.to_numpy(dtype=float))

    def draw(self, generator: np.random.Generator) -> IntArray:
        """Return the table's numbers of categories, redrawn where they are answers."""
        normal = generator.standard_normal((len(self.table.codes), len(self.root)))
        drawn = limits_passed(normal @ self.root.T, self.thresholds.to_numpy(dtype=float))
        items = self.thresholds.index.to_numpy(dtype=np.int64)
        redrawn = self.table.codes.copy()
        redrawn[:, items] = self.answers.category_of[items, drawn]
        missing = np.isnan(self.answers.codes_given)
        redrawn[missing] = self.table.codes[missing]
        return redrawn


@dataclass(frozen=True)
class ShapedAttitudes:
    """Latent attitudes of one cloud without gaps, dealt the sample's answers.

    Attributes
    ----------
    table : CodedTable
    answers : OrdinalAnswers
    items : array of ints
        Positions of the items redrawn.
    directions : array, items x items
        Columns: principal directions times their standard deviations, the main one last.
    shape : str
        ``flat line`` (spread evenly along the main direction), ``flat plane`` (evenly over the
        two main ones), ``ring`` (on a circle in their plane), ``open ring`` (on a part of it),
        ``star`` (on arms from one centre) or ``heavy tails`` (Student's t with three degrees of
        freedom in all directions at once); normal along all other directions.
    opening : float
        Of an open ring: the angle of the circle on which nobody stands.
    turn : float
        Of an open ring: the angle from the main direction at which its middle lies; of a star:
        that of an arm.
    n_arms : int
        Of a star.
    width : float
        Of a star: the share of all directions that its arms take, from 0 (lines) to 1.
    """

    table: CodedTable
    answers: OrdinalAnswers
    items: IntArray
    directions: FloatArray
    shape: str
    opening: float = 0.0
    turn: float = 0.0
    n_arms: int = 3
    width: float = 0.0

    def draw(self, generator: np.random.Generator) -> IntArray:
        """Return the table's numbers of categories, redrawn where they are answers."""
        n_rows, n_items = len(self.table.codes), len(self.items)
        parts = generator.standard_normal((n_rows, n_items))
        side = np.sqrt(3.0)  # of variance one
        if self.shape == "heavy tails":
            parts /= np.sqrt(generator.chisquare(3, (n_rows, 1)))
        elif self.shape == "ring":
            angle = generator.uniform(0, 2 * np.pi, n_rows)
            parts[:, -2:] = np.sqrt(2) * np.column_stack([np.sin(angle), np.cos(angle)])
        elif self.shape == "open ring":
            parts[:, -2:] = _turned(open_ring(n_rows, self.opening, generator), self.turn)
        elif self.shape == "star":
            placed = star(n_rows, self.n_arms, generator, width=self.width)
            parts[:, -2:] = _turned(placed, self.turn)
        else:
            n_flat = 1 if self.shape == "flat line" else 2
            parts[:, -n_flat:] = generator.uniform(-side, side, (n_rows, n_flat))
        return dealt_anew(self.table, self.answers, self.items, parts @ self.directions.T)


def _turned(places: npt.NDArray[np.complex128], turn: float) -> FloatArray:
    """Turn places from the main direction; second direction and main one."""
    turned = places * np.exp(1j * turn)
    return np.column_stack([turned.imag, turned.real])


NullPopulation = Independence | LatentNormal | OneAttitude | ShapedAttitudes

SHAPES = {
    "flat attitudes": "flat line",
    "flat plane": "flat plane",
    "ring": "ring",
    "open ring": "open ring",
    "star": "star",
    "heavy tails": "heavy tails",
}


def fit_nulls(table: CodedTable) -> tuple[dict[str, NullPopulation], SecondDirection]:
    """Fit populations without groups to a table.

    Parameters
    ----------
    table : CodedTable
        Whose categories that are numbers are ordered answers. Others ("no answer") stay in their
        cells in every replicate: who did not answer what is no attitude.

    Returns
    -------
    populations : dict
        ``independence``: every item permuted. ``one attitude``: a single attitude with the
        sample's own distribution, gaps included, bent and with answering styles where the answers
        are (`rfree.reality.one_attitude`). ``own shape``: the same, smoothed until it has one
        summit. ``continuous attitudes``: a multivariate normal with the polychoric correlations,
        made positive definite. ``flat attitudes``, ``flat plane``, ``ring``, ``open ring``,
        ``star``, ``heavy tails``: the same correlations, but attitudes spread evenly along their
        main direction, over the plane of the two main ones, on a circle in it, on a part of the
        circle (`opened_as`), on arms from one centre (`armed_as`), or with the tails of Student's
        t.
    second : SecondDirection
        What the answers have in common beyond their main direction.

    Raises
    ------
    ValueError
        If fewer than two items have two codes in use, or no respondent answered both of a pair.

    Notes
    -----
    Attitudes need not be normal to be continuous. Of all clouds without a gap, an even one is the
    most like several groups, on a line, over a plane, around a ring or along the arms of a star;
    the sample's own shape with its gaps filled covers skewness, floors and ceilings. Thresholds
    would not give its answers the sample's shares, so each item keeps the sample's answers, dealt
    in the order of the latent ones.
    """
    answers = ordinal_answers(table)
    counted = slice(None) if table.weights is None else table.weights > 0
    in_use = [len(np.unique(each[~np.isnan(each)])) for each in answers.codes_given[counted].T]
    varying = np.flatnonzero(np.array(in_use) >= 2)
    if len(varying) < 2:
        raise LimitError(
            "too_few_ordered_items",
            "Fewer than two questions have two answers in use: nothing can be drawn from them.",
            expected=2,
            found=len(varying),
        )
    items = pd.DataFrame(answers.codes_given[:, varying], columns=pd.Index(varying))
    found = polychoric(items, codes=answers.codes.tolist(), sample_weight=table.weights)
    own, filled, second = fit_one_attitude(table, answers, varying, found.correlations)
    definite = positive_definite(found.correlations)
    variances, vectors = np.linalg.eigh(definite.to_numpy())
    directions = vectors * np.sqrt(variances)
    populations: dict[str, NullPopulation] = {
        "independence": Independence(table, answers),
        "one attitude": own,
        "continuous attitudes": LatentNormal(table, answers, definite, found.thresholds),
        "own shape": filled,
    }
    for name, shape in SHAPES.items():
        populations[name] = ShapedAttitudes(table, answers, varying, directions, shape)
    shaped = ShapedAttitudes(table, answers, varying, directions, "open ring")
    populations["open ring"] = opened_as(shaped, vectors[:, -2:])
    populations["star"] = armed_as(replace(shaped, shape="star"), vectors[:, -2:])
    return populations, second


def open_ring(n: int, opening: float, generator: np.random.Generator) -> npt.NDArray[np.complex128]:
    """Draw places on a part of a circle, of mean 0, with variance 1 both ways and uncorrelated.

    Parameters
    ----------
    n : int
    opening : float
        Angle on which nobody stands, below 2 pi; its middle lies opposite to the first way.
    generator : numpy Generator

    Returns
    -------
    complex array of n

    Examples
    --------
    >>> drawn = open_ring(1000, 0.0, np.random.default_rng(0))
    >>> bool(np.allclose(np.abs(drawn), np.sqrt(2)))
    True
    """
    half = np.pi - opening / 2
    angle = generator.uniform(-half, half, n)
    # Moments of the cosine and of the sine of an angle spread evenly over -half .. half.
    mean, twice = np.sin(half) / half, np.sin(2 * half) / (4 * half)
    along = (np.cos(angle) - mean) / np.sqrt(0.5 + twice - mean**2)
    return np.asarray(along + 1j * np.sin(angle) / np.sqrt(0.5 - twice))


def star(
    n: int, n_arms: int, generator: np.random.Generator, *, width: float = 0.0
) -> npt.NDArray[np.complex128]:
    """Draw places on arms from one centre, of mean 0, with variance 1 both ways and uncorrelated.

    Parameters
    ----------
    n : int
    n_arms : int
        3 or more, at equal angles, as many on each and evenly along it; the first one points the
        first way.
    generator : numpy Generator
    width : float
        Share of all directions that the arms take together: 0 (lines) to 1 (no arms are left).

    Returns
    -------
    complex array of n

    Examples
    --------
    >>> drawn = star(1000, 3, np.random.default_rng(0))
    >>> bool(np.allclose(np.angle(drawn**3), 0)), bool(np.abs(drawn).max() <= np.sqrt(6))
    (True, True)
    """
    arm = generator.integers(n_arms, size=n) + width * generator.uniform(-0.5, 0.5, n)
    # The square of an even length is a third of the longest one's on average.
    far = np.sqrt(6.0) * generator.uniform(0, 1, n)
    return np.asarray(far * np.exp(2j * np.pi * arm / n_arms))


def _in_plane(
    codes: FloatArray, weights: FloatArray | None, plane: FloatArray
) -> npt.NDArray[np.complex128] | None:
    """Places of respondents in a plane, the main direction first, scaled to variance 1 both ways.

    None where the plane is a line.
    """
    mass = np.ones(len(codes)) if weights is None else weights
    places = standardised_answers(codes, weights) @ plane
    products = (places.T * (mass / mass.sum())) @ places
    variances, turned = np.linalg.eigh(products)
    if variances[0] <= NO_PLANE * variances[1]:
        return None
    white = places @ (turned / np.sqrt(variances)) @ turned.T
    return np.asarray(white[:, 1] + 1j * white[:, 0])


def _drawn_pull(
    population: ShapedAttitudes,
    pull: Callable[[FloatArray], complex],
    generator: np.random.Generator,
) -> float:
    """Mean size of a moment in samples of a population."""
    codes = [population.draw(generator)[:, population.items] for _ in range(N_TRIED)]
    return float(np.mean([abs(pull(population.answers.code_of[each])) for each in codes]))


def opened_as(ring: ShapedAttitudes, plane: FloatArray) -> ShapedAttitudes:
    """Open a ring as far as the answers do, on the side on which they do.

    Parameters
    ----------
    ring : ShapedAttitudes
        An open ring; its opening and turn are not used.
    plane : array, items x 2
        Second and main direction of the items.

    Returns
    -------
    ShapedAttitudes

    Notes
    -----
    With z the places of respondents in the plane, scaled to variance 1 both ways and uncorrelated,
    E(z |z|^2) is 0 on a whole ring; the wider the opening, the farther it points towards it,
    however the plane is turned. Answers drawn with five openings, from none to half of the circle,
    say which gives as much as the sample; none wider is sought.
    """
    weights = ring.table.weights

    def pull(codes: FloatArray) -> complex:
        z = _in_plane(codes, weights, plane)
        return 0j if z is None else complex(np.average(z * np.abs(z) ** 2, weights=weights))

    sample = pull(ring.answers.codes_given[:, ring.items])
    turned = replace(ring, turn=float(np.angle(-sample)))
    generator = np.random.default_rng(0)
    tried = [_drawn_pull(replace(turned, opening=each), pull, generator) for each in OPENINGS]
    rising = np.maximum.accumulate(tried)
    return replace(turned, opening=float(np.interp(abs(sample), rising, OPENINGS)))


def armed_as(star: ShapedAttitudes, plane: FloatArray) -> ShapedAttitudes:
    """Give a star as many arms as the answers have, on their side, and as narrow.

    Parameters
    ----------
    star : ShapedAttitudes
        A star; its number of arms, their width and the turn are not used.
    plane : array, items x 2
        Second and main direction of the items.

    Returns
    -------
    ShapedAttitudes

    Notes
    -----
    With z the places of respondents in the plane, scaled to variance 1 both ways and uncorrelated,
    E(|z|^2 (z / |z|)^k) is 0 where no direction is preferred; the narrower the arms of a star of k
    of them, the larger it is, and it points k times as far round as an arm. Of three, four and five
    arms, those are taken for which the sample's comes nearest to that of lines; answers drawn with
    five widths say which gives as much as the sample. Where that is .45 or more there are no arms,
    and attitudes lie evenly in all directions: three groups would be wide arms, too.
    """
    weights = star.table.weights

    def pull(codes: FloatArray, n_arms: int) -> complex:
        z = _in_plane(codes, weights, plane)
        if z is None:
            return 0j
        preferred = np.square(np.abs(z)) * np.exp(1j * n_arms * np.angle(z))
        return complex(np.average(preferred, weights=weights))

    sample = star.answers.codes_given[:, star.items]
    generator = np.random.default_rng(0)
    shares, stars = [], []
    for n_arms in ARMS:
        own = pull(sample, n_arms)
        lines = replace(star, n_arms=n_arms, width=0.0, turn=float(np.angle(own)) / n_arms)
        drawn = _drawn_pull(lines, partial(pull, n_arms=n_arms), generator)
        shares.append(abs(own) / max(drawn, NO_PLANE))
        stars.append(lines)
    armed = stars[int(np.argmax(shares))]
    moment = partial(pull, n_arms=armed.n_arms)
    tried = [_drawn_pull(replace(armed, width=width), moment, generator) for width in WIDTHS]
    falling = np.minimum.accumulate(tried)
    width = np.interp(abs(moment(sample)), falling[::-1], WIDTHS[::-1])
    return replace(armed, width=float(width) if width < NARROW_ARMS else 1.0)
