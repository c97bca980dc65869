"""One attitude as surveys show it: its own shape, bent, and with answering styles."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import pandas as pd
from scipy.special import ndtri

from rfree.base.inputs import FloatArray, IntArray, in_one_order
from rfree.classes.chain import CodedTable
from rfree.items.association import polychoric
from rfree.items.factor import OneFactorResult, items_alike, one_factor
from rfree.items.random_answers import RandomAnswers, random_answers, standardised
from rfree.reality.answer_scores import answer_scores, standardised_answers
from rfree.reality.ordered_answers import OrdinalAnswers, dealt_anew

# What a second direction can be; see `SecondDirection`.
DEVIATIONS = ("nothing", "bend", "answering style", "two alike", "another attitude")
# Share of the second direction that a parabola over the first explains, to call it a bend.
BENT = 0.25
# A second direction of nearly the variance of the first is no style of answering.
STYLE_AT_MOST = 0.75
# A direction of which two items carry this share is what these two have in common.
TWO_ITEMS = 0.8
# Turns of the plane of the two main directions in which a bend is sought.
N_TURNS = 18
# Eigenvalues of the correlations that chance gives: those of so many permuted tables.
N_PERMUTED = 19
# Who answers at random is told from an attitude, which is fitted to the others.
N_ROUNDS = 4
OWN_WIDTH = 0.2
EXTREMITIES = (0.0, 0.15, 0.3, 0.45, 0.6)


@dataclass(frozen=True)
class SecondDirection:
    """What the answers have in common beyond their main direction.

    Attributes
    ----------
    kind : str
        ``nothing`` beyond chance; ``bend`` (a function of the first: both ends agree on
        something); ``answering style`` (all items load with one sign, though they are
        worded both ways); ``two alike`` (two items that ask nearly the same); ``another attitude``.
    eigenvalue, chance : float
        Second eigenvalue of the correlations; the highest of permuted answers.
    bend : float
        Share of the second direction (0-1) that a parabola over the first explains, or the reverse.
    one_sign : float
        Share of its squared loadings on the commoner sign (0.5-1).
    strength : float
        Its mean squared loading, over that of the first direction.
    loadings : DataFrame, items x (first, second)
        Of the polychoric correlations.
    worded_both_ways : bool
        Whether items load on the first direction with both signs.
    extremity : float
        Spread of the respondents' preference for the ends of the scale, on a logarithmic scale.
    at_random : float
        Share of the respondents (0-1) who answer at random (`rfree.items.random_answers`).
    alike : tuple of tuples of ints
        Positions of items that ask nearly the same (`rfree.items.factor.items_alike`): the first of
        each counts for the others, which have no part in the rest.
    """

    kind: str
    eigenvalue: float
    chance: float
    bend: float
    one_sign: float
    strength: float
    loadings: pd.DataFrame
    worded_both_ways: bool
    extremity: float
    at_random: float = 0.0
    alike: tuple[tuple[int, ...], ...] = ()


@dataclass(frozen=True)
class Followers:
    """Items that ask nearly the same as another, and are answered after it.

    Attributes
    ----------
    items : array of ints
        Their positions in the table.
    followed : array of ints
        Columns, among the items drawn, of those they follow.
    correlations : array
        With those.
    """

    items: IntArray
    followed: IntArray
    correlations: FloatArray

    def latent(self, drawn: FloatArray, generator: np.random.Generator) -> FloatArray:
        """Draw their latent answers beside those that they follow."""
        own = np.sqrt(1 - np.square(self.correlations))
        noise = generator.standard_normal((len(drawn), len(self.items)))
        return np.asarray(self.correlations * drawn[:, self.followed] + own * noise)


@dataclass(frozen=True)
class OneAttitude:
    """A population of one attitude, dealt the sample's answers.

    Attributes
    ----------
    table : CodedTable
    answers : OrdinalAnswers
    items : array of ints
        Positions of the items redrawn.
    attitude : array of respondents
        Where they stand in the sample, standardised.
    chances : array of respondents
        Of being drawn; they add up to 1.
    width : float
        Of the kernel that smooths the attitude, in its standard deviations: a small one keeps its
        shape, gaps included; that of `gapless_width` fills the gaps.
    loadings, bends, styles : arrays of items
        Of the attitude, of its square, and of a style of answering.
    extremity : float
        See `SecondDirection`.
    at_random : float
        Share of the respondents who answer at random.
    followers : Followers, optional
        Items that are redrawn beside those of ``items`` that they repeat.
    """

    table: CodedTable
    answers: OrdinalAnswers
    items: IntArray
    attitude: FloatArray
    chances: FloatArray
    width: float
    loadings: FloatArray
    bends: FloatArray
    styles: FloatArray
    extremity: float
    at_random: float = 0.0
    followers: Followers | None = None

    def draw(self, generator: np.random.Generator) -> IntArray:
        """Return the table's numbers of categories, redrawn where they are answers."""
        items, latent = self.items, self.latent(generator)
        if self.followers is not None:
            items = np.append(items, self.followers.items)
            latent = np.hstack([latent, self.followers.latent(latent, generator)])
        return dealt_anew(self.table, self.answers, items, latent)

    def latent(self, generator: np.random.Generator) -> FloatArray:
        """Draw latent answers."""
        n_rows = len(self.table.codes)
        drawn = generator.choice(self.attitude, n_rows, p=self.chances)
        drawn = drawn + self.width * generator.standard_normal(n_rows)
        drawn = standardised(drawn)
        square = standardised(np.square(drawn))
        common = self.loadings**2 + self.bends**2 + self.styles**2
        own = np.sqrt(np.maximum(1 - common, 0.05))
        latent = np.outer(drawn, self.loadings) + np.outer(square, self.bends)
        latent += np.outer(generator.standard_normal(n_rows), self.styles)
        latent += own * generator.standard_normal((n_rows, len(self.items)))
        stretch: FloatArray = np.exp(self.extremity * generator.standard_normal((n_rows, 1)))
        latent *= stretch
        if self.at_random > 0:
            chosen = np.flatnonzero(generator.random(n_rows) < self.at_random)
            latent[chosen] = self._latent_at_random(len(chosen), generator)
        return latent

    @cached_property
    def _shares(self) -> FloatArray:
        """Shares of the answers up to each of the codes in use, items x (codes + 1)."""
        given = self.answers.codes_given[:, self.items, np.newaxis] <= self.answers.codes
        known = (~self.answers.missing[:, self.items]).sum(axis=0)
        up_to = given.sum(axis=0) / known[:, np.newaxis]
        return np.hstack([np.zeros((len(self.items), 1)), up_to])

    def _latent_at_random(self, n_rows: int, generator: np.random.Generator) -> FloatArray:
        """Draw latent answers of which each answer in use is as likely as any."""
        lower, upper = self._shares[:, :-1], self._shares[:, 1:]
        in_use = upper > lower
        first = np.argsort(~in_use, axis=1, kind="stable")
        drawn = generator.random((n_rows, len(self.items))) * in_use.sum(axis=1)
        items = np.arange(len(self.items))
        code = first[items, drawn.astype(np.int64)]
        inside = drawn - np.floor(drawn)
        below = lower[items, code] + inside * (upper - lower)[items, code]
        return np.asarray(ndtri(below.clip(1e-9, 1 - 1e-9)))


def second_direction(
    values: FloatArray,
    correlations: pd.DataFrame,
    weights: FloatArray | None = None,
    *,
    factor: OneFactorResult | None = None,
) -> SecondDirection:
    """Say what the answers have in common beyond one attitude.

    Parameters
    ----------
    values : array, respondents x items
        Codes; NaN for no answer.
    correlations : DataFrame, items x items
        Polychoric.
    weights : array of respondents, optional
    factor : OneFactorResult, optional
        Of `rfree.items.factor.one_factor` for these correlations, where it is known.

    Returns
    -------
    SecondDirection
        Its ``extremity`` and ``at_random`` are 0: see `fit_one_attitude`.

    Notes
    -----
    Directions are principal components of the answers; loadings those of one common factor, and of
    one common factor of what it leaves (minimum residuals). Chance: the largest second eigenvalue
    of 19 tables whose items were permuted (Horn 1965).

    Examples
    --------
    >>> generator = np.random.default_rng(0)
    >>> attitude, style = generator.standard_normal((2, 400, 1))
    >>> values = np.hstack([attitude, attitude, attitude, -attitude, -attitude, -attitude])
    >>> values = values + 0.6 * style + 0.5 * generator.standard_normal((400, 6))
    >>> second_direction(values, pd.DataFrame(np.corrcoef(values.T))).kind
    'answering style'
    """
    values, weights = in_one_order(values=values, weights=weights)
    standardised = standardised_answers(values, weights)
    mass = np.ones(len(values)) if weights is None else weights
    products = (standardised.T * (mass / mass.sum())) @ standardised
    eigenvalue = float(np.linalg.eigvalsh(products)[-2])
    chance = _chance_eigenvalue(standardised, mass)
    scores = answer_scores(values, weights, n_directions=2)
    bend, _ = _bend(scores, mass)
    first = one_factor(correlations) if factor is None else factor
    left = first.residuals + np.eye(len(correlations))
    second = one_factor(left.clip(-1, 1)).loadings.to_numpy()
    loadings = first.loadings.to_numpy()
    squares = np.square(second)
    total = max(float(squares.sum()), np.finfo(float).tiny)
    positive = float(squares[second > 0].sum()) / total
    one_sign = max(positive, 1 - positive)
    strength = total / max(float(np.square(loadings).sum()), np.finfo(float).tiny)
    # Share of the attitude's loadings that go against the commoner sign: items worded both ways.
    against = float(np.square(loadings[loadings > 0]).sum()) / max(
        float(np.square(loadings).sum()), np.finfo(float).tiny
    )
    both_ways = min(against, 1 - against) >= 0.1
    if eigenvalue <= chance:
        kind = "nothing"
    elif bend >= BENT:
        kind = "bend"
    elif np.sort(squares)[-2:].sum() >= TWO_ITEMS * total:
        kind = "two alike"
    elif both_ways and one_sign >= 0.9 and strength <= STYLE_AT_MOST:
        kind = "answering style"
    else:
        kind = "another attitude"
    return SecondDirection(
        kind,
        eigenvalue,
        chance,
        bend,
        one_sign,
        strength,
        pd.DataFrame({"first": loadings, "second": second}, index=correlations.index),
        both_ways,
        0.0,
    )


def _chance_eigenvalue(standardised: FloatArray, mass: FloatArray) -> float:
    """Largest second eigenvalue of tables whose items were permuted, from a seed of its own."""
    generator = np.random.default_rng(0)
    largest = 0.0
    for _ in range(N_PERMUTED):
        mixed = generator.permuted(standardised, axis=0)
        products = (mixed.T * (mass / mass.sum())) @ mixed
        largest = max(largest, float(np.linalg.eigvalsh(products)[-2]))
    return largest


def _bend(scores: FloatArray, mass: FloatArray) -> tuple[float, FloatArray]:
    """Share of a direction that the square of the one across it explains; and that one.

    The plane is turned: with two directions of nearly equal variance, components lie anyhow.
    """
    spread = np.sqrt(np.average(np.square(scores), axis=0, weights=mass))
    if scores.shape[1] < 2 or spread[1] <= 1e-9 * spread[0]:
        return 0.0, scores[:, 0]
    white = scores / spread
    share = mass / mass.sum()
    best = (0.0, white[:, 0])
    for turn in np.arange(N_TURNS) * np.pi / N_TURNS:
        line = white @ np.array([np.cos(turn), np.sin(turn)])
        across = white @ np.array([-np.sin(turn), np.cos(turn)])
        square = np.square(line) - 1
        square = square - line * (share @ (square * line))
        variance = float(share @ np.square(square))
        bent = float(share @ (square * across)) ** 2 / variance if variance > 1e-12 else 0.0
        if bent > best[0]:
            best = (bent, line)
    return best


def fit_one_attitude(
    table: CodedTable, answers: OrdinalAnswers, items: IntArray, correlations: pd.DataFrame
) -> tuple[OneAttitude, OneAttitude, SecondDirection]:
    """Fit a population of one attitude, and the same with its gaps filled.

    Parameters
    ----------
    table : CodedTable
    answers : OrdinalAnswers
    items : array of ints
        Positions of the items that are redrawn.
    correlations : DataFrame, items x items
        Polychoric.

    Returns
    -------
    tuple
        The attitude in the sample's own shape; the same smoothed until it has one summit; and what
        its second direction is.

    Notes
    -----
    A respondent's attitude is their first principal component (the direction that the other
    follows, where one is a bend of the other). Replicates draw it with replacement and smooth it a
    little, so that floors, skewness and gaps stay. A second direction that one attitude can show
    stays in the population: a bend as its square, a style of answering, or what two items share,
    as a factor of its own; and as many who answer at random as the answers allow, where they say
    that some do (they lie in the middle, off the line of the others). Another attitude does not:
    that is what the population is held against. Where an item would have a single answer without
    those who seem to answer at random, nobody is said to. In the population of which the gaps are
    filled nobody answers at random: gaps are sought where the attitude itself has none. Of items
    that ask nearly the same one is fitted; the others follow it.
    """
    names, factor = correlations.columns, one_factor(correlations)
    alike = [names.get_indexer(pd.Index(each)) for each in items_alike(factor)]
    if not alike:
        return _fitted(table, answers, items, correlations, factor)
    repeated = np.concatenate([each[1:] for each in alike])
    firsts = np.concatenate([np.full(len(each) - 1, each[0]) for each in alike])
    distinct = np.setdiff1d(np.arange(len(names)), repeated)
    of_distinct = correlations.iloc[distinct, distinct]
    own, filled, second = _fitted(
        table, answers, items[distinct], of_distinct, one_factor(of_distinct)
    )
    followers = Followers(
        items[repeated],
        np.searchsorted(distinct, firsts),
        correlations.to_numpy()[repeated, firsts],
    )
    own, filled = (replace(each, followers=followers) for each in (own, filled))
    positions = tuple(tuple(items[each].tolist()) for each in alike)
    return own, filled, replace(second, alike=positions)


def _fitted(
    table: CodedTable,
    answers: OrdinalAnswers,
    items: IntArray,
    correlations: pd.DataFrame,
    factor: OneFactorResult,
) -> tuple[OneAttitude, OneAttitude, SecondDirection]:
    """Fit the two populations and the second direction to items that differ."""
    values = answers.codes_given[:, items]
    mass = np.ones(len(values)) if table.weights is None else table.weights
    second = second_direction(values, correlations, table.weights, factor=factor)
    of_all = _of_directions(
        table, answers, items, correlations=correlations, second=second, weights=table.weights
    )
    filled = replace(of_all, width=max(OWN_WIDTH, gapless_width(of_all.attitude, mass)))
    own, share = of_all, 0.0
    for _ in range(N_ROUNDS):
        found = _random_answers(own)
        kept = mass * (1 - found.probabilities)
        if found.share == 0 or not _vary(values, kept):
            own, share = of_all, 0.0
            break
        own, share = _of_the_others(own, found, kept, correlations.columns), found.share
    return own, filled, replace(second, extremity=of_all.extremity, at_random=share)


def _vary(values: FloatArray, kept: FloatArray) -> bool:
    """Return whether those who are kept answer each item in two ways, and each pair of items."""
    given = ~np.isnan(values) & (kept > 0)[:, np.newaxis]
    together = given.T.astype(float) @ given
    return bool((together > 0).all()) and all(
        len(np.unique(item[own])) > 1 for item, own in zip(values.T, given.T, strict=True)
    )


def _random_answers(own: OneAttitude) -> RandomAnswers:
    """Tell who answers at random rather than by the attitude fitted."""
    order = own.attitude.argsort(kind="stable")
    below = own.chances[order].cumsum() - own.chances[order] / 2
    evenly = (np.arange(len(order)) + 0.5) / len(order)
    attitude = np.interp(evenly, below, own.attitude[order])  # each value as likely as any
    return random_answers(
        own.answers.codes_given[:, own.items],
        attitude,
        loadings=own.loadings,
        bends=own.bends,
        styles=own.styles,
        extremity=own.extremity,
        sample_weight=own.table.weights,
    )


def _of_directions(
    table: CodedTable,
    answers: OrdinalAnswers,
    items: IntArray,
    *,
    correlations: pd.DataFrame,
    second: SecondDirection,
    weights: FloatArray | None,
    at_random: float = 0.0,
) -> OneAttitude:
    """Return the population of one attitude of respondents of these weights."""
    values = answers.codes_given[:, items]
    mass = np.ones(len(values)) if weights is None else weights
    scores = answer_scores(values, weights, n_directions=2)
    bent = second.kind == "bend"
    attitude = _bend(scores, mass)[1] if bent else scores[:, 0]
    attitude = attitude - np.average(attitude, weights=mass)
    attitude = attitude / max(
        float(np.sqrt(np.average(np.square(attitude), weights=mass))), np.finfo(float).tiny
    )
    loadings, styles = second.loadings["first"].to_numpy(), np.zeros(len(items))
    bends = np.zeros(len(items))
    if bent:
        loadings, bends = _bent_loadings(values, attitude, weights, correlations, second.bend)
    elif second.kind in ("answering style", "two alike"):
        styles = second.loadings["second"].to_numpy()
    own = OneAttitude(
        table, answers, items, attitude, mass / mass.sum(), OWN_WIDTH, loadings, bends, styles, 0.0,
        at_random,
    )  # fmt: skip
    return replace(own, extremity=_extremity(own, values, table.weights))


def _of_the_others(
    own: OneAttitude, found: RandomAnswers, kept: FloatArray, names: pd.Index
) -> OneAttitude:
    """Fit the attitude to those who do not answer at random, and add as many as there may be.

    Each respondent counts as far as their answers speak for the attitude (``kept``): what those of
    the others have in common is no style of theirs, nor are they the middle of the attitude.
    """
    values = own.answers.codes_given[:, own.items]
    among_them = polychoric(
        pd.DataFrame(values, columns=names),
        codes=own.answers.codes.tolist(),
        sample_weight=kept,
    ).correlations
    second = second_direction(values, among_them, kept)
    return _of_directions(
        own.table,
        own.answers,
        own.items,
        correlations=among_them,
        second=second,
        weights=kept,
        at_random=found.upper,
    )


def _bent_loadings(
    values: FloatArray,
    attitude: FloatArray,
    weights: FloatArray | None,
    correlations: pd.DataFrame,
    bend: float,
) -> tuple[FloatArray, FloatArray]:
    """Return loadings of an attitude and of its square, as strong as polychoric correlations."""
    standardised = standardised_answers(values, weights)
    mass = np.ones(len(values)) if weights is None else weights
    mass = mass / mass.sum()
    square = np.square(attitude)
    square = square - mass @ square
    square = square - attitude * (mass @ (square * attitude))
    square = square / np.sqrt(mass @ np.square(square))
    linear, curved = (standardised.T @ (mass * each) for each in (attitude, square))
    # The square of a score with errors explains less than that of the attitude would: all of it.
    curved = curved / np.sqrt(bend)
    pearson = (standardised.T * mass) @ standardised
    off = ~np.eye(len(pearson), dtype=bool)
    seen = np.abs(correlations.to_numpy()[off]).sum() / max(
        float(np.abs(pearson[off]).sum()), np.finfo(float).tiny
    )
    scale = np.sqrt(max(float(seen), 1.0))
    most = np.sqrt(0.95)
    common = np.maximum(np.sqrt(linear**2 + curved**2) * scale / most, 1.0)
    return linear * scale / common, curved * scale / common


def _extremity(population: OneAttitude, values: FloatArray, weights: FloatArray | None) -> float:
    """Spread of the preference for the ends that gives the sample's spread of squared answers."""

    def spread(codes: FloatArray) -> float:
        squares = np.square(standardised_answers(codes, weights)).mean(axis=1)
        return float(np.var(squares))

    sample = spread(values)
    code_of = population.answers.code_of
    generator = np.random.default_rng(0)
    found = []
    for extremity in EXTREMITIES:
        tried = replace(population, extremity=extremity)
        drawn = [code_of[tried.draw(generator)[:, population.items]] for _ in range(3)]
        found.append(np.mean([spread(each) for each in drawn]))
    rising = np.maximum.accumulate(found)
    return float(np.interp(sample, rising, EXTREMITIES))


def gapless_width(attitude: FloatArray, mass: FloatArray) -> float:
    """Width of the narrowest normal kernel under which an attitude has a single summit.

    Parameters
    ----------
    attitude : array of respondents
        Standardised.
    mass : array of respondents
        Weights.

    Returns
    -------
    float
        In standard deviations of the attitude.

    Notes
    -----
    The critical bandwidth of Silverman (1981): summits never grow in number as the kernel widens.

    Examples
    --------
    >>> halves = np.repeat([-1.0, 1.0], 50)
    >>> round(gapless_width(halves, np.ones(100)), 2)
    1.0
    """
    attitude, mass = in_one_order(attitude=attitude, mass=mass)
    places = np.linspace(attitude.min() - 1, attitude.max() + 1, 200)
    distances = np.square(places[:, np.newaxis] - attitude)

    def n_summits(width: float) -> int:
        density = np.exp(-distances / (2 * width**2)) @ mass
        rising = np.sign(np.diff(density))
        rising = rising[rising != 0]
        return int(((rising[:-1] > 0) & (rising[1:] < 0)).sum())

    # A kernel of half the range leaves one summit: wherever its density is level, it is highest.
    low, high = 0.01, max(0.01, float(np.ptp(attitude)) / 2)
    for _ in range(20):
        middle = (low + high) / 2
        low, high = (low, middle) if n_summits(middle) <= 1 else (middle, high)
    return high
