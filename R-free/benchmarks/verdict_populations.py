"""Populations whose truth is known, for the error rates of the verdict.

Those of ``CHOSEN_ON`` were looked at while the tests were made; those of ``JUDGED_ON`` were not.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from rfree.base.inputs import FloatArray, IntArray

Draw = Callable[[int, np.random.Generator], IntArray]
N_ITEMS = 24
# Limits of the five answers, in standard deviations of the latent answer; each is moved at random.
LIMITS = np.array([-1.3, -0.5, 0.4, 1.2])
UNEQUAL = (19, 37, 35, 9)


@dataclass(frozen=True)
class Population:
    """A population.

    Attributes
    ----------
    name : str
    truth : str
        ``none``: no structure; ``one``: one attitude, however it shows; ``several``: several
        directions; ``either``: one attitude with a strong style, or two that the items cannot tell
        from it; ``groups``, ``ordered``: as many as the classes asked for; ``others``: groups, but
        not so many.
    draw : function of n and a generator
        Answers, respondents x items, codes from 1.
    n_classes : int
        Asked for.
    """

    name: str
    truth: str
    draw: Draw
    n_classes: int = 4


def answers(
    latent: FloatArray,
    generator: np.random.Generator,
    *,
    skew: float = 0.0,
    n_points: int = 5,
) -> IntArray:
    """Cut latent answers, item by item, into the points of a scale."""
    latent = (latent - latent.mean(axis=0)) / latent.std(axis=0)
    limits = LIMITS if n_points == 5 else np.linspace(-1.4, 1.4, n_points - 1)
    moved = limits + skew + generator.uniform(-0.4, 0.4, (latent.shape[1], 1))
    return np.asarray(1 + (latent[:, :, np.newaxis] > np.sort(moved)).sum(axis=2))


def _signs(n_items: int, share_reversed: float = 0.5) -> FloatArray:
    return np.where(np.arange(n_items) < n_items * (1 - share_reversed), 1.0, -1.0)


def of_one_trait(
    trait: Callable[[int, np.random.Generator], FloatArray],
    loading: float = 0.7,
    *,
    n_items: int = N_ITEMS,
    style: float = 0.0,
    extremity: float = 0.0,
    skew: float = 0.0,
    n_points: int = 5,
    share_reversed: float = 0.5,
) -> Draw:
    """One trait, half of the items worded against it; answering styles where asked for."""

    def draw(n: int, generator: np.random.Generator) -> IntArray:
        common = trait(n, generator)[:, np.newaxis] * _signs(n_items, share_reversed)
        own = generator.standard_normal((n, n_items))
        latent = loading * common + np.sqrt(1 - loading**2) * own
        latent += style * generator.standard_normal((n, 1))
        latent *= np.exp(extremity * generator.standard_normal((n, 1)))
        return answers(latent, generator, skew=skew, n_points=n_points)

    return draw


def of_traits(
    traits: Callable[[int, np.random.Generator], FloatArray],
    loading: float = 0.7,
    *,
    n_items: int = N_ITEMS,
    mixed_wording: bool = False,
    skew: float = 0.0,
) -> Draw:
    """Several traits, items shared evenly; those of the second worded against, or half of each."""

    def draw(n: int, generator: np.random.Generator) -> IntArray:
        drawn = traits(n, generator)
        which = (np.arange(n_items) * drawn.shape[1]) // n_items
        signs = np.where(which == 1, -1.0, 1.0)
        if mixed_wording:
            signs = np.where(np.arange(n_items) % 2, -1.0, 1.0)
        latent = loading * drawn[:, which] * signs
        latent += np.sqrt(1 - loading**2) * generator.standard_normal((n, n_items))
        return answers(latent, generator, skew=skew)

    return draw


def of_groups(
    centres: FloatArray,
    items: Callable[[int], FloatArray],
    *,
    sizes: Sequence[float] | None = None,
    correlation: float = 0.0,
    n_items: int = N_ITEMS,
) -> Draw:
    """Place groups in a plane or on a line; ``items`` says how each item hangs on its axes."""

    def draw(n: int, generator: np.random.Generator) -> IntArray:
        shares = np.ones(len(centres)) if sizes is None else np.asarray(sizes, dtype=float)
        group = generator.choice(len(centres), n, p=shares / shares.sum())
        hang = items(n_items)
        latent = centres[group] @ hang
        latent = latent + np.sqrt(1 - correlation) * generator.standard_normal((n, n_items))
        common = generator.standard_normal((n, 1)) * _signs(n_items)
        return answers(latent + np.sqrt(correlation) * common, generator)

    return draw


def _standard(values: FloatArray) -> FloatArray:
    scaled: FloatArray = (values - values.mean(axis=0)) / values.std(axis=0)
    return scaled


def _normal(n: int, generator: np.random.Generator) -> FloatArray:
    return generator.standard_normal(n)


def _flat(n: int, generator: np.random.Generator) -> FloatArray:
    return generator.uniform(-np.sqrt(3), np.sqrt(3), n)


def _lognormal_with_floor(n: int, generator: np.random.Generator) -> FloatArray:
    return np.maximum(_standard(np.exp(generator.standard_normal(n))), -0.6)


def _correlated(correlation: float) -> Callable[[int, np.random.Generator], FloatArray]:
    def draw(n: int, generator: np.random.Generator) -> FloatArray:
        first, other = generator.standard_normal((2, n))
        second = correlation * first + np.sqrt(1 - correlation**2) * other
        return np.column_stack([first, second])

    return draw


def _pair(
    trait: Callable[[int, np.random.Generator], FloatArray], n_traits: int = 2
) -> Callable[[int, np.random.Generator], FloatArray]:
    return lambda n, generator: np.column_stack([trait(n, generator) for _ in range(n_traits)])


def line(n_groups: int, distance: float) -> FloatArray:
    """Return the centres of groups in a row."""
    places = (np.arange(n_groups) - (n_groups - 1) / 2) * distance
    return np.asarray(places[:, np.newaxis])


def around(n_groups: int, distance: float) -> FloatArray:
    """Return the centres of groups on a circle around one more, at a distance from it."""
    turns = 2 * np.pi * np.arange(n_groups) / n_groups
    circle = distance * np.column_stack([np.cos(turns), np.sin(turns)])
    return np.vstack([np.zeros(2), circle])


def along(n_items: int) -> FloatArray:
    """Return how items hang on one attitude, half of them against it."""
    return _signs(n_items)[np.newaxis]


def halves(n_items: int) -> FloatArray:
    """Return how items hang on two attitudes, half of them on each."""
    first = np.arange(n_items) < n_items / 2
    return np.vstack([first, ~first]).astype(float)


def square(distance: float) -> FloatArray:
    """Return the centres of four groups in a square."""
    return distance * (np.array([[0, 0], [0, 1], [1, 0], [1, 1]]) - 0.5)


def triangle(distance: float) -> FloatArray:
    """Return the centres of three groups, each as far from the others."""
    turns = 2 * np.pi * np.arange(3) / 3
    return distance * np.column_stack([np.cos(turns), np.sin(turns)]) / np.sqrt(3)


def _circumplex(loading: float) -> Draw:
    def draw(n: int, generator: np.random.Generator) -> IntArray:
        angle = generator.uniform(0, 2 * np.pi, (n, 1))
        places = np.linspace(0, 2 * np.pi, N_ITEMS, endpoint=False)
        latent = loading * np.sqrt(2) * np.cos(angle - places)
        own = np.sqrt(1 - loading**2) * generator.standard_normal((n, N_ITEMS))
        return answers(latent + own, generator)

    return draw


def _horseshoe(trait: Callable[[int, np.random.Generator], FloatArray]) -> Draw:
    def draw(n: int, generator: np.random.Generator) -> IntArray:
        first = trait(n, generator)
        both = np.column_stack([first, _standard(np.square(first))])
        latent = both @ halves(N_ITEMS) * 0.8
        return answers(latent + 0.6 * generator.standard_normal((n, N_ITEMS)), generator)

    return draw


def _unfolding(trait: Callable[[int, np.random.Generator], FloatArray], power: float = 1.5) -> Draw:
    def draw(n: int, generator: np.random.Generator) -> IntArray:
        places = np.linspace(-2, 2, N_ITEMS)
        latent = -(np.abs(1.15 * trait(n, generator)[:, np.newaxis] - places) ** power)
        return answers(latent + 0.5 * generator.standard_normal((n, N_ITEMS)), generator)

    return draw


def _some(base: Draw, share: float, change: Callable[[IntArray, np.random.Generator], IntArray]
          ) -> Draw:  # fmt: skip
    def draw(n: int, generator: np.random.Generator) -> IntArray:
        drawn = base(n, generator)
        chosen = generator.random(n) < share
        drawn[chosen] = change(drawn[chosen], generator)
        return drawn

    return draw


def _in_line(drawn: IntArray, generator: np.random.Generator) -> IntArray:
    return np.broadcast_to(generator.choice([4, 5], (len(drawn), 1)), drawn.shape)


def _at_random(drawn: IntArray, generator: np.random.Generator) -> IntArray:
    return generator.integers(1, 6, drawn.shape)


def _middling(drawn: IntArray, generator: np.random.Generator) -> IntArray:
    return np.where(generator.random(drawn.shape) < 0.85, 3, drawn)


def _asked_again(n_times: int, share: float) -> Draw:
    """Give the first item's answer to others too, as this share of the respondents do."""

    def draw(n: int, generator: np.random.Generator) -> IntArray:
        drawn = of_one_trait(_normal)(n, generator)
        for again in range(1, n_times):
            same = generator.random(n) < share
            drawn[same, again] = drawn[same, 0]
        return drawn

    return draw


def _crossing(distance: float) -> Draw:
    def draw(n: int, generator: np.random.Generator) -> IntArray:
        profiles = generator.choice([-0.5, 0.5], (4, N_ITEMS))
        latent = distance * profiles[generator.choice(4, n)]
        return answers(latent + generator.standard_normal((n, N_ITEMS)), generator)

    return draw


def _local_independence(n_classes: int, peak: float) -> Draw:
    """Classes of local independence: each item has a most frequent answer in each class."""

    def draw(n: int, generator: np.random.Generator) -> IntArray:
        likely = generator.integers(0, 5, (n_classes, N_ITEMS))
        shares = np.exp(-peak * np.abs(np.arange(5) - likely[:, :, np.newaxis]))
        limits = np.cumsum(shares / shares.sum(axis=2, keepdims=True), axis=2)[:, :, :-1]
        group = generator.choice(n_classes, n)
        drawn = generator.random((n, N_ITEMS, 1)) > limits[group]
        return np.asarray(1 + drawn.sum(axis=2))

    return draw


def _four_planted_types(scale: float, n_items: int = 49) -> Draw:
    """Follow the model of the study's simulated sample: its types, styles, loadings."""
    centres = scale * np.array([[-1.9, 1.75], [-0.6, 0.65], [0.7, -0.6], [2.0, -1.9]])

    def draw(n: int, generator: np.random.Generator) -> IntArray:
        group = generator.choice(4, n, p=np.array([59, 116, 108, 29]) / 312)
        around = _correlated(-0.3)(n, generator)
        which = (np.arange(n_items) >= n_items / 2).astype(int)
        loadings = generator.uniform(0.7, 1.1, n_items)
        leaning = loadings * (centres[group] + 0.4 * around)[:, which]
        leaning += 0.4 * generator.standard_normal(n_items)
        leaning += 0.25 * generator.standard_normal((n, 1))
        leaning += generator.standard_normal((n, n_items))
        limits = np.linspace(-1.5, 1.5, 4) + 0.1 * generator.standard_normal((n_items, 4))
        limits = np.sort(limits - limits.mean(axis=1, keepdims=True))
        stretch = np.exp(0.2 * generator.standard_normal((n, 1, 1)))
        return np.asarray(1 + (leaning[:, :, np.newaxis] > stretch * limits).sum(axis=2))

    return draw


def _exponential(n: int, generator: np.random.Generator) -> FloatArray:
    return generator.exponential(size=n) - 1


def _one_gap(n: int, generator: np.random.Generator) -> FloatArray:
    side = generator.choice([-1.0, 1.0], n)
    return _standard(side * generator.uniform(0.6, 2.0, n))


def _part_of_ring(share: float) -> Callable[[int, np.random.Generator], FloatArray]:
    def draw(n: int, generator: np.random.Generator) -> FloatArray:
        angle = generator.uniform(0, 2 * np.pi * share, n)
        return _standard(np.column_stack([np.cos(angle), np.sin(angle)]))

    return draw


def _half_normal_length(n: int, generator: np.random.Generator) -> FloatArray:
    return np.abs(generator.standard_normal(n))


def _even_length(n: int, generator: np.random.Generator) -> FloatArray:
    return generator.uniform(0, 1, n)


def _arms(
    n_arms: int, lengths: Callable[[int, np.random.Generator], FloatArray], *, width: float = 0.0
) -> Callable[[int, np.random.Generator], FloatArray]:
    """Spread respondents along arms that meet in a centre, at equal angles."""

    def draw(n: int, generator: np.random.Generator) -> FloatArray:
        arm = generator.choice(n_arms, n) + width * generator.uniform(-0.5, 0.5, n)
        angle = 2 * np.pi * arm / n_arms
        far = lengths(n, generator)[:, np.newaxis]
        return _standard(far * np.column_stack([np.cos(angle), np.sin(angle)]))

    return draw


CHOSEN_ON = (
    Population("independent items", "none", of_one_trait(_normal, 0.0)),
    Population("one trait, loadings .6", "one", of_one_trait(_normal, 0.6)),
    Population("one trait, loadings .8", "one", of_one_trait(_normal, 0.8)),
    Population("one trait; answering style", "one", of_one_trait(_normal, style=0.5)),
    Population("one trait; extreme answering style", "one", of_one_trait(_normal, extremity=0.4)),
    Population("one trait; skewed items", "one", of_one_trait(_normal, 0.8, skew=0.9)),
    Population("one trait, loadings .8; 49 items", "one", of_one_trait(_normal, 0.8, n_items=49)),
    Population("one trait; two items nearly the same", "one", _asked_again(2, 0.9)),
    Population("one trait; three items nearly the same", "one", _asked_again(3, 0.7)),
    Population("one trait; 10 % straight-liners at 4 or 5", "one",
               _some(of_one_trait(_normal), 0.1, _in_line)),
    Population("one trait; 15 % answer at random", "one",
               _some(of_one_trait(_normal, 0.8), 0.15, _at_random)),
    Population("one flat trait, loadings .7", "one", of_one_trait(_flat)),
    Population("one flat trait, loadings .9", "one", of_one_trait(_flat, 0.9)),
    Population("one flat trait; 49 items", "one", of_one_trait(_flat, 0.8, n_items=49)),
    Population("one skewed trait (gamma)", "one",
               of_one_trait(lambda n, g: (g.gamma(2.0, size=n) - 2) / np.sqrt(2))),
    Population("one exponential trait", "one", of_one_trait(_exponential, 0.8)),
    Population("one lognormal trait with a floor", "one",
               of_one_trait(_lognormal_with_floor, 0.8)),
    Population("one trait with far tails (t, 3 df)", "one",
               of_one_trait(lambda n, g: g.standard_t(3, n) / np.sqrt(3), 0.8)),
    Population("horseshoe (items on t and t squared)", "one", _horseshoe(_normal)),
    Population("horseshoe, flat", "one", _horseshoe(_flat)),
    Population("unfolding (ideal points)", "one", _unfolding(_normal)),
    Population("unfolding, flat", "one", _unfolding(_flat)),
    Population("two traits, uncorrelated", "several", of_traits(_correlated(0.0))),
    Population("two traits, correlated .5", "either", of_traits(_correlated(0.5))),
    Population("three traits", "several", of_traits(_pair(_normal, 3))),
    Population("two flat traits, loadings .7", "several", of_traits(_pair(_flat))),
    Population("two flat traits, loadings .9", "several", of_traits(_pair(_flat), 0.9)),
    Population("two flat traits; 49 items", "several", of_traits(_pair(_flat), n_items=49)),
    Population("two exponential traits", "several", of_traits(_pair(_exponential), 0.8)),
    Population("two lognormal traits with floors, correlated .5", "either",
               of_traits(lambda n, g: np.maximum(_standard(np.exp(_correlated(0.5)(n, g))), -0.6),
                         0.8)),
    Population("two traits, jointly t (3 df)", "several",
               of_traits(lambda n, g: _correlated(0.0)(n, g)
                         / np.sqrt(g.chisquare(3, (n, 1))), 0.8)),
    Population("circumplex (uniform on a circle), loadings .8", "several", _circumplex(0.8)),
    Population("circumplex, loadings .9", "several", _circumplex(0.9)),
    Population("two far groups, 2 apart", "others", of_groups(line(2, 2.0), along)),
    Population("two groups, 1.4 apart", "others", of_groups(line(2, 1.4), along)),
    Population("three groups in a line, 1.4 apart", "others", of_groups(line(3, 1.4), along)),
    Population("three groups in a triangle, 2 apart", "others",
               of_groups(triangle(2.0), halves)),
    Population("four ordered groups, .7 apart", "ordered", of_groups(line(4, 0.7), along)),
    Population("four ordered groups, 1 apart", "ordered", of_groups(line(4, 1.0), along)),
    Population("four ordered groups, 1 apart; 19, 37, 35, 9 %", "ordered",
               of_groups(line(4, 1.0), along, sizes=UNEQUAL)),
    Population("four ordered groups, 1.4 apart; 19, 37, 35, 9 %", "ordered",
               of_groups(line(4, 1.4), along, sizes=UNEQUAL)),
    Population("four ordered groups, 2 apart; items correlated .2 within", "ordered",
               of_groups(line(4, 2.0), along, correlation=0.2)),
    Population("four groups in a plane, 1 apart", "groups", of_groups(square(1.0), halves)),
    Population("four groups in a plane, 1.4 apart", "groups", of_groups(square(1.4), halves)),
    Population("four groups in a plane, 1.4 apart; 19, 37, 35, 9 %", "groups",
               of_groups(square(1.4), halves, sizes=UNEQUAL)),
    Population("three groups in a triangle, 1 apart", "groups",
               of_groups(triangle(1.0), halves), 3),
    Population("three groups in a triangle, 1.4 apart", "groups",
               of_groups(triangle(1.4), halves), 3),
    Population("four crossing profiles, 1 apart", "groups", _crossing(1.0)),
    Population("four crossing profiles, 1.4 apart", "groups", _crossing(1.4)),
    Population("the simulated study", "ordered", _four_planted_types(1.0)),
    Population("the simulated study, centres x 1.25", "ordered", _four_planted_types(1.25)),
    Population("the simulated study, centres x 1.5", "ordered", _four_planted_types(1.5)),
    # Each half is flat: cut in two, its types come back.
    Population("one trait with one gap, flat on both sides", "others",
               of_one_trait(_one_gap, 0.9)),
    Population("one trait with one gap, flat on both sides; three asked", "others",
               of_one_trait(_one_gap, 0.9), 3),
    # These were not looked at until types around a centre were looked at from it.
    Population("three quarters of a ring", "several", of_traits(_part_of_ring(0.75), 0.8)),
    Population("three quarters of a ring; three asked", "several",
               of_traits(_part_of_ring(0.75), 0.8), 3),
    Population("two groups of 80 and 20 %, 2 apart", "others",
               of_groups(line(2, 2.0), along, sizes=(8, 2))),
    Population("three groups in a triangle, 1.4 apart; four asked", "others",
               of_groups(triangle(1.4), halves)),
    # No gap along an arm, but nobody between two of them: not looked at until then either.
    Population("three arms from one centre", "several",
               of_traits(_arms(3, _half_normal_length), 0.8)),
    Population("three even arms from one centre; three asked", "several",
               of_traits(_arms(3, _even_length), 0.8), 3),
    Population("four even arms from one centre; five asked", "several",
               of_traits(_arms(4, _even_length), 0.8), 5),
    Population("three groups around a fourth, 1.4 apart", "groups",
               of_groups(around(3, 1.4), halves)),
)  # fmt: skip


def _half_normal(n: int, generator: np.random.Generator) -> FloatArray:
    return _standard(np.abs(generator.standard_normal(n)))


def _ceiling(n: int, generator: np.random.Generator) -> FloatArray:
    return np.minimum(generator.standard_normal(n), 0.8)


def _weibull(n: int, generator: np.random.Generator) -> FloatArray:
    return _standard(generator.weibull(0.8, n))


def _semicircle(n: int, generator: np.random.Generator) -> FloatArray:
    return 4 * (generator.beta(1.5, 1.5, n) - 0.5)


def _disc(n: int, generator: np.random.Generator) -> FloatArray:
    angle, radius = generator.uniform(0, 2 * np.pi, n), np.sqrt(generator.uniform(0, 4, n))
    return np.column_stack([radius * np.cos(angle), radius * np.sin(angle)])


def _bifactor(n: int, generator: np.random.Generator) -> IntArray:
    general = generator.standard_normal((n, 1)) * _signs(N_ITEMS)
    special = generator.standard_normal((n, 4))[:, np.arange(N_ITEMS) % 4]
    own = generator.standard_normal((n, N_ITEMS))
    return answers(0.6 * general + 0.35 * special + 0.7 * own, generator)


def _mixed_scales(n: int, generator: np.random.Generator) -> IntArray:
    drawn = of_one_trait(_normal, 0.75)(n, generator)
    drawn[:, ::3] = np.minimum(drawn[:, ::3], 3)
    return drawn


def _unequal_loadings(n: int, generator: np.random.Generator) -> IntArray:
    loadings = generator.uniform(0.2, 0.9, N_ITEMS)
    common = generator.standard_normal((n, 1)) * _signs(N_ITEMS) * loadings
    own = np.sqrt(1 - loadings**2) * generator.standard_normal((n, N_ITEMS))
    return answers(common + own, generator)


def _tired(n: int, generator: np.random.Generator) -> IntArray:
    drawn = of_one_trait(_normal, 0.75)(n, generator)
    until = np.where(generator.random(n) < 0.15, generator.integers(8, 20, n), N_ITEMS)
    late = np.arange(N_ITEMS) >= until[:, np.newaxis]
    return np.where(late, generator.integers(1, 6, drawn.shape), drawn)


def _misread(n: int, generator: np.random.Generator) -> IntArray:
    """Ten percent do not see which items are worded against the attitude."""
    seen = np.where(generator.random((n, 1)) < 0.1, 1.0, _signs(N_ITEMS))
    common = 0.75 * generator.standard_normal((n, 1)) * seen
    return answers(common + 0.66 * generator.standard_normal((n, N_ITEMS)), generator)


def _spreading(n: int, generator: np.random.Generator) -> IntArray:
    """Let answers agree the less, the more there is of the attitude."""
    trait = generator.standard_normal((n, 1))
    own = 0.66 * np.exp(0.5 * trait) * generator.standard_normal((n, N_ITEMS))
    return answers(0.75 * trait * _signs(N_ITEMS) + own, generator)


def _on_nothing(n: int, generator: np.random.Generator) -> IntArray:
    drawn = of_one_trait(_normal, 0.8)(n, generator)
    drawn[:, ::3] = answers(generator.standard_normal((n, N_ITEMS // 3)), generator)
    return drawn


def _themes(n: int, generator: np.random.Generator) -> IntArray:
    general = 0.7 * generator.standard_normal((n, 1)) * _signs(N_ITEMS)
    theme = 0.35 * np.repeat(generator.standard_normal((n, N_ITEMS // 4)), 4, axis=1)
    return answers(general + theme + 0.62 * generator.standard_normal((n, N_ITEMS)), generator)


def _sphere(n: int, generator: np.random.Generator) -> FloatArray:
    drawn = generator.standard_normal((n, 3))
    return np.sqrt(3) * drawn / np.linalg.norm(drawn, axis=1, keepdims=True)


def _one_arm_longer(n: int, generator: np.random.Generator) -> FloatArray:
    places = _arms(4, _half_normal_length)(n, generator)
    first = (places[:, 0] > np.abs(places[:, 1])).astype(float)
    return _standard(places * (1 + first)[:, np.newaxis])


def _triangle(n: int, generator: np.random.Generator) -> FloatArray:
    corners = np.array([[1.0, 0.0], [-0.5, np.sqrt(0.75)], [-0.5, -np.sqrt(0.75)]])
    return _standard(generator.dirichlet(np.ones(3), n) @ corners)


def _arms_in_space(n: int, generator: np.random.Generator) -> FloatArray:
    return _standard(np.eye(3)[generator.choice(3, n)] * generator.uniform(0, 1, (n, 1)))


JUDGED_ON = (
    Population("one trait, loadings .7; four points", "one", of_one_trait(_normal, n_points=4)),
    Population("one trait, loadings .7; seven points", "one", of_one_trait(_normal, n_points=7)),
    Population("one trait; 12 items", "one", of_one_trait(_normal, 0.7, n_items=12)),
    Population("one trait; one item in six reversed", "one",
               of_one_trait(_normal, 0.7, share_reversed=1 / 6)),
    Population("one trait; some scales end at three", "one", _mixed_scales),
    Population("one trait; weaker answering style", "one", of_one_trait(_normal, style=0.3)),
    Population("one trait; both answering styles", "one",
               of_one_trait(_normal, 0.8, style=0.3, extremity=0.3)),
    Population("one trait; 10 % answer in the middle throughout", "one",
               _some(of_one_trait(_normal), 0.1, _middling)),
    Population("one half-normal trait", "one", of_one_trait(_half_normal, 0.8)),
    Population("one trait with a ceiling", "one", of_one_trait(_ceiling, 0.8)),
    Population("one Weibull trait; skewed items", "one", of_one_trait(_weibull, 0.8, skew=0.6)),
    Population("one trait of a semicircle's shape", "one", of_one_trait(_semicircle, 0.85)),
    Population("unfolding, squared distances", "one", _unfolding(_normal, 2.0)),
    Population("bifactor", "either", _bifactor),
    Population("two traits; half of each reversed", "several",
               of_traits(_correlated(0.3), mixed_wording=True)),
    Population("two half-normal traits", "several", of_traits(_pair(_half_normal), 0.8)),
    Population("two traits with ceilings", "several", of_traits(_pair(_ceiling), 0.8)),
    Population("two traits, uniform on a disc", "several", of_traits(_disc, 0.8)),
    Population("four traits; skewed items", "several",
               of_traits(_pair(_normal, 4), 0.7, skew=0.6)),
    # A type that holds two of the groups is set apart from the others all the same.
    Population("five ordered groups, 1.4 apart; four asked", "ordered",
               of_groups(line(5, 1.4), along)),
    Population("three ordered groups, 1.2 apart", "ordered", of_groups(line(3, 1.2), along), 3),
    Population("two groups, 1 apart; two asked", "ordered", of_groups(line(2, 1.0), along), 2),
    Population("three classes of local independence", "groups", _local_independence(3, 0.5), 3),
    Population("three classes of local independence, clearer", "groups",
               _local_independence(3, 0.8), 3),
    Population("four groups in a plane, 1.2 apart", "groups", of_groups(square(1.2), halves)),
    Population("four crossing profiles, 1.7 apart", "groups", _crossing(1.7)),
    # Cut in three, two types hold more than half of a ring, and of a cloud without gaps.
    Population("one flat trait, loadings .9; three asked", "one", of_one_trait(_flat, 0.9), 3),
    Population("horseshoe, flat; three asked", "one", _horseshoe(_flat), 3),
    Population("unfolding (ideal points); three asked", "one", _unfolding(_normal), 3),
    Population("two flat traits, loadings .9; three asked", "several",
               of_traits(_pair(_flat), 0.9), 3),
    Population("two exponential traits; three asked", "several",
               of_traits(_pair(_exponential), 0.8), 3),
    Population("two traits, jointly t (3 df); three asked", "several",
               of_traits(lambda n, g: _correlated(0.0)(n, g)
                         / np.sqrt(g.chisquare(3, (n, 1))), 0.8), 3),
    Population("two traits, uniform on a disc; three asked", "several",
               of_traits(_disc, 0.8), 3),
    Population("half of a ring; three asked", "several", of_traits(_part_of_ring(0.5), 0.8), 3),
    Population("circumplex, loadings .8; three asked", "several", _circumplex(0.8), 3),
    Population("circumplex, loadings .9; three asked", "several", _circumplex(0.9), 3),
    Population("one trait; loadings from .2 to .9", "one", _unequal_loadings),
    Population("one trait; eleven points", "one", of_one_trait(_normal, n_points=11)),
    Population("one trait; 6 items", "one", of_one_trait(_normal, n_items=6)),
    Population("one trait; a third of the items on nothing", "one", _on_nothing),
    Population("one trait; 15 % answer at random once tired", "one", _tired),
    Population("one trait; 10 % misread items worded against it", "one", _misread),
    Population("one trait; answers spread with it", "one", _spreading),
    Population("one trait; themes of four items", "either", _themes),
    Population("three traits on a sphere", "several", of_traits(_sphere, 0.8)),
    Population("four arms, one longer", "several", of_traits(_one_arm_longer, 0.8)),
    Population("three wide arms", "several",
               of_traits(_arms(3, _even_length, width=0.5), 0.9)),
    Population("three arms at right angles in space", "several", of_traits(_arms_in_space, 0.8)),
    Population("two traits, even over a triangle; three asked", "several",
               of_traits(_triangle, 0.9), 3),
    Population("four groups around a fifth, 1.6 apart; five asked", "groups",
               of_groups(around(4, 1.6), halves), 5),
)  # fmt: skip
