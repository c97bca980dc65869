"""Raking of resamples: the weights that respondents drawn anew have by the same margins."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from rfree.base.inputs import FloatArray, IntArray
from rfree.samples.calibration import check_raking_options, coded_margins
from rfree.samples.proportional_fitting import TargetMargin, fit_margins


@dataclass(frozen=True)
class ResampleRaking:
    """Rakes any resample of some respondents; a function that can go to another core.

    Attributes
    ----------
    cells : array of respondents
        The cell of each: respondents of one cell are alike on all margins.
    codes : array, cells x margins
        The category of each cell; that after the last of the population is "no answer".
    shares : tuple of arrays of categories
        Of the population, by margin; each sums to 1.
    bounds : (low, high)
        Of the weights, as multiples of their mean.
    """

    cells: IntArray
    codes: IntArray
    shares: tuple[FloatArray, ...]
    bounds: tuple[float, float] = (0.0, np.inf)

    def __call__(self, counts: IntArray) -> FloatArray | None:
        """Return the weights of a resample.

        Parameters
        ----------
        counts : array of respondents
            How many times each was drawn.

        Returns
        -------
        array of respondents, or None
            What respondents weigh each time they were drawn, 1 on average over the draws; 0 for
            those who were not. None where no weights give the resample the margins: nobody of some
            category was drawn, or the margins cannot hold together.
        """
        drawn = np.bincount(self.cells, counts, len(self.codes))
        here = np.flatnonzero(drawn)
        sizes = drawn[here].astype(float)
        margins = []
        for codes, shares in zip(self.codes[here].T, self.shares, strict=True):
            margin = _target(codes, shares, sizes)
            if margin is None:
                return None
            margins.append(margin)
        fitted = fit_margins(sizes, sizes, margins, bounds=self.bounds)
        if not fitted.converged:
            return None
        weights = np.zeros(len(self.codes))
        weights[here] = fitted.mass / sizes
        return weights[self.cells] * (counts > 0)


def resample_raking(
    X: pd.DataFrame,
    margins: Mapping[str, Mapping[str, float]],
    *,
    trim: tuple[float, float] | None = None,
) -> ResampleRaking:
    """Prepare the raking of resamples.

    Parameters
    ----------
    X : DataFrame, respondents x characteristics
        Has every variable of ``margins``. Respondents without answer are kept as in
        `rfree.samples.calibration.rake` with ``no_answer="keep"``: as a category at its share,
        here that of the resample.
    margins : mapping of variable to mapping of category to figure
        Shares, percentages or counts of the population.
    trim : (low, high), optional
        Bounds of the weights, as multiples of their mean.

    Returns
    -------
    ResampleRaking
        For ``reweight`` of `rfree.reality.stability.bootstrap_stability`.

    Raises
    ------
    TypeError, ValueError
        As `rake` does: if the sample itself lacks a variable or a category, or an option is wrong.

    Notes
    -----
    The weights are those that `rake` gives the table of the rows drawn, each as often as it was;
    those beyond a bound are cut 200 times at most.
    Respondents who are alike on all margins weigh the same, so cells are fitted instead of them.
    When weights estimated from the sample are kept in all resamples, intervals leave out what they
    owe to the sample; raked anew, they hold it (Rust & Rao 1996, *Variance estimation for complex
    surveys using replication techniques*).

    Examples
    --------
    >>> X = pd.DataFrame({"sex": ["f", "f", "f", "m"]})
    >>> raking = resample_raking(X, {"sex": {"f": 50, "m": 50}})
    >>> raking(np.array([1, 0, 1, 2])), raking(np.array([2, 1, 1, 0]))
    (array([1., 0., 1., 1.]), None)
    """
    check_raking_options(X, margins, trim=trim)
    coded = coded_margins(X, margins, base=np.ones(len(X)), no_answer="keep")
    answered = [
        margin.target[:-1] if margin.description["missing"] else margin.target for margin in coded
    ]
    codes = np.column_stack([margin.codes for margin in coded])
    kinds, cells = np.unique(codes, axis=0, return_inverse=True)
    shares = tuple(each / each.sum() for each in answered)
    return ResampleRaking(cells.reshape(-1), kinds, shares, trim or (0.0, np.inf))


def _target(codes: IntArray, shares: FloatArray, sizes: FloatArray) -> TargetMargin | None:
    """Return a margin of the cells drawn, those without answer at their share; None: nobody."""
    found = np.bincount(codes, sizes, len(shares) + 1)
    if not found[:-1].all():
        return None
    if not found[-1]:
        return codes, shares
    kept = found[-1] / found.sum()
    return codes, np.append(shares * (1 - kept), kept)
