"""How many factors ordered answers have: parallel analysis of polychoric correlations."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from rfree.base.inputs import FloatArray
from rfree.base.replicates import child_seed, run_replicates
from rfree.items.association import polychoric
from rfree.items.factor import one_factor
from rfree.items.ordinal import answer_codes


@dataclass(frozen=True)
class ParallelAnalysis:
    """Eigenvalues of the answers beside those of answers that have nothing in common.

    Attributes
    ----------
    table : DataFrame
        A row for each item's worth: ``number`` (1, 2, ...), ``component`` (eigenvalue of the
        correlations), ``component_chance`` (the quantile of the shuffled answers), ``factor``
        (eigenvalue of the correlations with the communalities of one factor in the diagonal),
        ``factor_chance``.
    n_components, n_factors : int
        How many come, from the first on, before one does not exceed chance.
    n_respondents : int
        Who answered every item.
    replicates : int
    """

    table: pd.DataFrame
    n_components: int
    n_factors: int
    n_respondents: int
    replicates: int


@dataclass(frozen=True)
class ShuffledAnswers:
    """Eigenvalues of answers shuffled item by item, from a generator."""

    items: pd.DataFrame

    def __call__(self, generator: np.random.Generator) -> tuple[FloatArray, FloatArray]:
        """Shuffle the answers to each item among the respondents."""
        values = generator.permuted(self.items.to_numpy(dtype=float), axis=0)
        return eigenvalues_of(pd.DataFrame(values, columns=self.items.columns))


def polychoric_parallel_analysis(
    items: pd.DataFrame,
    *,
    replicates: int = 20,
    quantile: float = 0.95,
    seed: int | np.random.SeedSequence = 0,
    n_jobs: int | None = 1,
    progress: Callable[[int], None] | None = None,
) -> ParallelAnalysis:
    """Compare the eigenvalues of polychoric correlations with those of shuffled answers.

    Parameters
    ----------
    items : DataFrame, respondents x at least 2 items
        Numeric codes; ``<NA>`` or NaN is no answer: who answered every item takes part.
    replicates : int, at least 2
        Times the answers are shuffled.
    quantile : float
        Of the eigenvalues of the shuffled answers, that an eigenvalue must exceed.
    seed : int or SeedSequence
        Each replicate has a generator of its own: the numbers do not depend on ``n_jobs``.
    n_jobs : int or None
        Cores, as joblib means it.
    progress : function of an int, optional
        Called with the number of replicates done.

    Returns
    -------
    ParallelAnalysis

    Raises
    ------
    ValueError
        If ``replicates`` or ``quantile`` is out of range, or an item has fewer than two answers.

    Notes
    -----
    Horn (1965), *Psychometrika* 30, 179-185; with polychoric correlations, Garrido, Abad & Ponsoda
    (2013), *Psychological Methods* 18, 454-474. Shuffling keeps the distribution of the answers to
    each item, as `psych::fa.parallel(cor = "poly")` does where it resamples them. It says how many
    dimensions the answers have together, and nothing of groups of respondents. Components tend to
    show too many factors where items are few; factors tend to show more of them than matter in
    large samples. Weights are not used.

    Examples
    --------
    >>> rng = np.random.default_rng(1)
    >>> latent = rng.normal(size=(300, 1)) + rng.normal(size=(300, 5))
    >>> items = pd.DataFrame(np.digitize(latent, [-1, 0, 1]), columns=list("abcde"))
    >>> polychoric_parallel_analysis(items, replicates=5, seed=1).n_components
    1
    """
    if replicates < 2 or not 0 < quantile < 1:
        raise ValueError(
            f"replicates is {replicates} and quantile {quantile}; expected at least 2, and a share "
            "between 0 and 1."
        )
    complete = items.loc[np.asarray(~np.isnan(answer_codes(items)).any(axis=1))]
    component, factor = eigenvalues_of(complete)
    drawn = run_replicates(
        ShuffledAnswers(complete), replicates, seed=child_seed(seed), n_jobs=n_jobs,
        progress=progress,
    )  # fmt: skip
    limits = [np.quantile([one[side] for one in drawn], quantile, axis=0) for side in (0, 1)]
    table = pd.DataFrame(
        {
            "number": np.arange(1, len(component) + 1),
            "component": component,
            "component_chance": limits[0],
            "factor": factor,
            "factor_chance": limits[1],
        }
    )
    return ParallelAnalysis(
        table=table,
        n_components=_leading(component > limits[0]),
        n_factors=_leading(factor > limits[1]),
        n_respondents=len(complete),
        replicates=replicates,
    )


def eigenvalues_of(items: pd.DataFrame) -> tuple[FloatArray, FloatArray]:
    """Eigenvalues of components and of factors of polychoric correlations, descending.

    Parameters
    ----------
    items : DataFrame, respondents x items
        Numeric codes.

    Returns
    -------
    components : array of items
        Eigenvalues of the correlations.
    factors : array of items
        Eigenvalues with the communalities of one minres factor in the diagonal.

    Examples
    --------
    >>> items = pd.DataFrame({"a": [0, 0, 0, 1, 1, 1, 1, 0], "b": [0, 0, 1, 1, 1, 0, 1, 0]})
    >>> eigenvalues_of(items)[0].round(3)
    array([1.707, 0.293])
    """
    correlations = polychoric(items).correlations
    matrix = correlations.to_numpy(dtype=float)
    reduced = matrix.copy()
    np.fill_diagonal(reduced, 1 - one_factor(correlations).uniquenesses.to_numpy(dtype=float))
    return np.linalg.eigvalsh(matrix)[::-1], np.linalg.eigvalsh(reduced)[::-1]


def _leading(above: npt.NDArray[np.bool_]) -> int:
    """Count the first that are true."""
    return int(np.logical_and.accumulate(above).sum())
