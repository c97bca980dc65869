"""How many axes to keep: parallel analysis, elbow, corrected rates, side by side."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd
from joblib import Parallel, delayed

from rfree.axes.block_weights import block_numbers, weighed_residuals
from rfree.axes.burt import burt_table, standardised_residuals
from rfree.axes.passive import check_axes_exist, passive_categories
from rfree.base.coding import learn_coding
from rfree.base.inputs import BoolArray, FloatArray, IntArray, check_weights
from rfree.base.replicates import child_seed
from rfree.base.weighting import repeated_rows


def parallel_analysis(
    X: pd.DataFrame,
    *,
    passive: Iterable[tuple[Hashable, Hashable]] | None = None,
    blocks: Mapping[Hashable, Hashable] | None = None,
    replicates: int = 100,
    seed: int | np.random.SeedSequence,
    sample_weight: Sequence[float] | FloatArray | None = None,
    frequencies: bool = False,
    n_jobs: int = 1,
) -> pd.DataFrame:
    """Compare the eigenvalues with those of tables whose questions are unrelated.

    Parameters
    ----------
    X : DataFrame, respondents x variables
        Complete, one categorical column a question.
    passive : iterable of (variable, category) pairs, or None
        As in `rfree.axes.mca.MCA`.
    blocks : mapping of variables to blocks, or None
        As in `rfree.axes.mca.MCA`: weighed anew in every permuted table.
    replicates : int
        Number of permuted tables.
    seed : int or SeedSequence
        One child generator a replicate: the same numbers on any number of cores.
    sample_weight : array of respondents, or None
        Not negative. Each weight stays with its row while answers move, so that
        the weighted margins of a permuted table are those of the sample on average only.
    frequencies : bool
        Whether weights are whole numbers of respondents, whose answers then move one by one.
    n_jobs : int
        Cores, through joblib.

    Returns
    -------
    DataFrame
        A row for every axis: ``axis`` (1, 2, ...), ``eigenvalue``, ``null_mean``, ``null_95``
        (95 % quantile over the permuted tables), ``retained``: the axis and all before it have an
        eigenvalue above ``null_95``.

    Raises
    ------
    ValueError
        If X misses answers, no axis exists or ``replicates`` is below 2.

    Notes
    -----
    Horn (1965), *Psychometrika* 30, 179-185; for categories, each question's answers are permuted
    among the respondents, which keeps the margins of every question. The eigenvalues
    are those of the indicator table.

    Examples
    --------
    >>> answers = ["x", "x", "y", "y", "y", "z"] * 10
    >>> X = pd.DataFrame({name: answers for name in "abc"})
    >>> parallel_analysis(X, replicates=50, seed=1)[["axis", "eigenvalue", "retained"]].round(3)
       axis  eigenvalue  retained
    0     1         1.0      True
    1     2         1.0      True
    2     3         0.0     False
    3     4         0.0     False
    4     5         0.0     False
    5     6         0.0     False
    """
    if replicates < 2:
        raise ValueError(f"replicates is {replicates}; expected at least 2.")
    coding, codes = learn_coding(X)
    weights = check_weights(sample_weight, X)
    if frequencies:
        rows = repeated_rows(weights)
        codes, weights = codes[rows], np.ones(len(rows))
    codes, weights = codes[weights > 0], weights[weights > 0]
    present, number = np.unique(codes, return_inverse=True)
    codes = number.reshape(codes.shape)
    active = ~passive_categories(passive, coding, X)[present]
    variable_of = coding.variable_of[present]
    check_axes_exist(coding, variable_of, active)
    n_axes = int(active.sum()) - len(np.setdiff1d(variable_of, variable_of[~active]))
    numbers = block_numbers(blocks, coding.variables)
    kept = _Kept(active, n_axes, None if numbers is None else numbers[variable_of[active]])
    eigenvalues = _eigenvalues(codes, weights, kept)
    null = np.array(
        Parallel(n_jobs=n_jobs)(
            delayed(_permuted_eigenvalues)(codes, weights, kept, child)
            for child in child_seed(seed).spawn(replicates)
        )
    )
    limit = np.quantile(null, 0.95, axis=0)
    return pd.DataFrame(
        {
            "axis": np.arange(1, n_axes + 1),
            "eigenvalue": eigenvalues,
            "null_mean": null.mean(axis=0),
            "null_95": limit,
            "retained": np.logical_and.accumulate(eigenvalues > limit),
        }
    )


def elbow(eigenvalues: npt.ArrayLike) -> int:
    """Find the number of axes before the scree's sharpest bend.

    Parameters
    ----------
    eigenvalues : array
        Descending.

    Returns
    -------
    int
        Number of axes before the elbow; 1 when there are fewer than three eigenvalues.

    Notes
    -----
    Acceleration factor (Raîche, Walls, Magis, Riopel & Blais 2013, *Methodology* 9, 23-29): the
    elbow is the eigenvalue i of largest lambda_(i-1) - 2 lambda_i + lambda_(i+1); those before
    it are kept.

    Examples
    --------
    >>> elbow([0.5, 0.4, 0.12, 0.11, 0.1])
    2
    """
    values = np.asarray(eigenvalues, dtype=float)
    if len(values) < 3:
        return 1
    return int(np.diff(values, n=2).argmax()) + 1


def axes_criteria(
    inertia: pd.DataFrame,
    *,
    n_variables: int | None,
    parallel: pd.DataFrame | None = None,
    benzecri_threshold: float = 80.0,
    greenacre_threshold: float = 70.0,
    percent_threshold: float | None = None,
) -> pd.DataFrame:
    """Gather what each criterion says of the number of axes.

    Parameters
    ----------
    inertia : DataFrame
        `rfree.axes.mca.MCA.inertia_`: every axis, with corrected rates.
    n_variables : int or None
        Number of active questions Q. None where they do not all weigh the same: the mean of the
        eigenvalues then stands for 1/Q.
    parallel : DataFrame, or None
        From `parallel_analysis`.
    benzecri_threshold, greenacre_threshold : float
        Percent that the corrected rates of the axes kept must reach together.
    percent_threshold : float or None
        Percent that their rates before correction must reach; None: not asked.

    Returns
    -------
    DataFrame
        ``criterion``: ``parallel_analysis``, ``elbow`` (see `elbow`), ``above_mean`` (eigenvalues
        above the mean), ``benzecri``, ``greenacre``, ``percent`` (fewest axes whose rates add up to
        the threshold); ``number`` of axes (<NA> where all of them fall short); ``value``, the
        eigenvalue or the cumulated percent of the last axis kept (NaN for none);
        ``threshold``, what it was compared with (NaN where nothing is); ``detail``, in words.

    Examples
    --------
    >>> from rfree.axes.mca import MCA
    >>> X = pd.DataFrame({"a": list("xxyy"), "b": list("xxyy"), "c": list("xyxy")})
    >>> axes_criteria(MCA().fit(X).inertia_, n_variables=3)[["criterion", "number"]]
        criterion  number
    0       elbow       1
    1  above_mean       1
    2    benzecri       1
    3   greenacre       1
    """
    eigenvalues = inertia["eigenvalue"].to_numpy(dtype=float)
    rows: list[tuple[str, int | None, float, float, str]] = []
    if parallel is not None:
        number = int(parallel["retained"].sum())
        limits = parallel["null_95"].to_numpy(dtype=float)
        rows.append(
            (
                "parallel_analysis",
                number,
                _last(eigenvalues, number),
                float(limits[max(number, 1) - 1]),
                "eigenvalues above the 95 % quantile of tables with permuted answers",
            )
        )
    bend = elbow(eigenvalues)
    words = "axes before the sharpest bend of the eigenvalues"
    rows.append(("elbow", bend, _last(eigenvalues, bend), np.nan, words))
    rows.append(_above_mean(inertia, eigenvalues, n_variables))
    rows.append(_rate_row(inertia["benzecri"], "benzecri", benzecri_threshold))
    rows.append(_rate_row(inertia["greenacre"], "greenacre", greenacre_threshold))
    if percent_threshold is not None:
        rows.append(_rate_row(inertia["percent"], "percent", percent_threshold))
    table = pd.DataFrame(rows, columns=["criterion", "number", "value", "threshold", "detail"])
    return table.astype({"number": "Int64"})


def _above_mean(
    inertia: pd.DataFrame, eigenvalues: FloatArray, n_variables: int | None
) -> tuple[str, int, float, float, str]:
    if n_variables is None:
        mean, words = float(eigenvalues.mean()), "eigenvalues above their mean"
        above = int((eigenvalues > mean).sum())
    else:
        mean = 1 / n_variables
        words = "eigenvalues above the mean, one over the number of questions"
        above = int(inertia["benzecri"].notna().sum())
    return "above_mean", above, _last(eigenvalues, above), mean, words


def _rate_row(
    rates: pd.Series[float], name: str, threshold: float
) -> tuple[str, int | None, float, float, str]:
    cumulated = rates.dropna().to_numpy(dtype=float).cumsum()
    # A sum of percents may miss its total by rounding.
    reached = np.flatnonzero(cumulated >= threshold - 1e-9)
    number = int(reached[0]) + 1 if len(reached) else None
    value = cumulated[number - 1] if number else (cumulated[-1] if len(cumulated) else np.nan)
    kind = "rates" if name == "percent" else "corrected rates"
    words = f"fewest axes whose {kind} add up to {threshold:g} %"
    return name, number, float(value), threshold, words


def _last(values: FloatArray, number: int) -> float:
    return float(values[number - 1]) if number else float("nan")


@dataclass(frozen=True)
class _Kept:
    """Which categories make axes, how many axes, and the block of each category that does."""

    active: BoolArray
    n_axes: int
    block_of: IntArray | None


def _eigenvalues(codes: IntArray, weights: FloatArray, kept: _Kept) -> FloatArray:
    residuals = standardised_residuals(burt_table(codes, weights, len(kept.active)))
    residuals = residuals[np.ix_(kept.active, kept.active)]
    if kept.block_of is not None:
        residuals, _ = weighed_residuals(residuals, kept.block_of)
    return np.clip(np.linalg.eigvalsh(residuals)[::-1][: kept.n_axes], 0, None)


def _permuted_eigenvalues(
    codes: IntArray, weights: FloatArray, kept: _Kept, child: np.random.SeedSequence
) -> FloatArray:
    permuted = np.random.default_rng(child).permuted(codes, axis=0)
    return _eigenvalues(permuted, weights, kept)
