"""Agreement with the items of a scale: shares, intervals, consensus, ranks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from rfree.base.inputs import FloatArray, IntArray, check_weights, check_whole_number
from rfree.base.weighting import scaled_weights
from rfree.items.ordinal import answer_codes

_RANK_KEYS = {
    "agree_share": ("agree_share", "consensus"),
    "consensus": ("consensus", "agree_share"),
}


@dataclass(frozen=True)
class AgreementScale:
    """An agreement scale of whole codes, the higher the more agreement.

    Parameters
    ----------
    low, high : int
        Its lowest and highest codes; every whole number between is one too.
    disagree, agree : tuples of codes, optional
        Codes that count as disagreement and as agreement, the others as neutral. By default
        those below and above the middle (low + high) / 2. Give both or neither.

    Raises
    ------
    TypeError
        If ``low`` or ``high`` is no whole number.
    ValueError
        If ``high`` is not above ``low``, or the stances are not separate codes of the scale.

    Examples
    --------
    >>> AgreementScale(1, 5).stances()
    array([-1, -1,  0,  1,  1])
    >>> AgreementScale(1, 5, disagree=(1, 2, 3), agree=(4, 5)).stances()
    array([-1, -1, -1,  1,  1])
    """

    low: int
    high: int
    disagree: tuple[int, ...] | None = None
    agree: tuple[int, ...] | None = None

    def __post_init__(self) -> None:
        for name in ("low", "high"):
            check_whole_number(getattr(self, name), name=f"a scale's {name}")
        if self.high <= self.low:
            raise ValueError(f"a scale's high ({self.high}) must be above its low ({self.low}).")
        if (self.disagree is None) != (self.agree is None):
            raise ValueError("a scale declares both its disagree and its agree codes, or neither.")
        declared = [*(self.disagree or ()), *(self.agree or ())]
        outside = [code for code in declared if code not in range(self.low, self.high + 1)]
        if outside or len(set(declared)) < len(declared):
            raise ValueError(
                "disagree and agree must be different codes of the scale "
                f"({self.low}-{self.high}); received disagree {self.disagree}, agree {self.agree}."
            )

    def codes(self) -> tuple[int, ...]:
        """Return every code, ascending."""
        return tuple(range(self.low, self.high + 1))

    def stances(self) -> IntArray:
        """Return -1 (disagree), 0 (neutral) or 1 (agree) for every code."""
        codes = np.arange(self.low, self.high + 1)
        stances: IntArray
        if self.disagree is None or self.agree is None:
            stances = np.sign(2 * codes - (self.low + self.high))
        else:
            stances = np.isin(codes, self.agree).astype(np.int64)
            stances[np.isin(codes, self.disagree)] = -1
        return stances


def answer_distribution(
    items: pd.DataFrame,
    *,
    scale: AgreementScale,
    sample_weight: Sequence[float] | FloatArray | None = None,
    frequencies: bool = False,
) -> pd.DataFrame:
    """Return how often each code was given to each item.

    Parameters
    ----------
    items : DataFrame, respondents x items
        Codes of the scale; ``<NA>`` or NaN is no answer.
    scale : AgreementScale
    sample_weight : array of one weight a respondent, optional
        Survey weights, brought to a mean of 1.
    frequencies : bool
        Whether weights are numbers of respondents.

    Returns
    -------
    DataFrame
        One row an item and code, in the items' order: item, code, n (respondents who gave it,
        whatever they weigh), share (weighted percent of the answers to the item; NaN when there
        are none).

    Raises
    ------
    TypeError
        If ``items`` is not a DataFrame of numbers.
    ValueError
        If an answer is off the scale, or the weights are wrong.

    Examples
    --------
    >>> answers = pd.DataFrame({"a": [1, 3, 3, None]})
    >>> answer_distribution(answers, scale=AgreementScale(1, 3))
      item  code    n      share
    0    a     1  1.0  33.333333
    1    a     2  0.0   0.000000
    2    a     3  2.0  66.666667
    """
    counted = _counts(items, scale, sample_weight, frequencies=frequencies)
    codes = scale.codes()
    return pd.DataFrame(
        {
            "item": np.repeat(items.columns.to_numpy(), len(codes)),
            "code": np.tile(codes, items.shape[1]),
            "n": counted.respondents.ravel(),
            "share": 100 * _shares(counted.weighted).ravel(),
        }
    )


def describe_agreement(
    items: pd.DataFrame,
    *,
    scale: AgreementScale,
    sample_weight: Sequence[float] | FloatArray | None = None,
    frequencies: bool = False,
) -> pd.DataFrame:
    """Return how far respondents agree with each item, and with each other.

    Parameters
    ----------
    items, scale, sample_weight, frequencies
        As in `answer_distribution`.

    Returns
    -------
    DataFrame
        One row an item, in the items' order: item, n and missing (respondents
        who answered and who did not), mean and sd (of the codes; population sd), disagree_share,
        neutral_share, agree_share (percent of the answers), agree_low and agree_high (95 %
        Wilson interval of agree_share), consensus (0 to 1), rank (1 the most unanimous) and
        ranked_by (what the rank uses). An item without answers has NaN and no rank.

    Raises
    ------
    TypeError
        If ``items`` is not a DataFrame of numbers.
    ValueError
        If an answer is off the scale, or the weights are wrong.

    Notes
    -----
    Consensus (Tastle & Wierman 2007, International Journal of Approximate Reasoning 45):
    1 + sum p_i log2(1 - |x_i - mean| / (high - low)); 1 when all give one code, 0 when half
    give each end. The Wilson interval of weighted answers takes Kish's effective number
    (sum w)^2 / sum w^2 for the number of answers.

    Examples
    --------
    >>> answers = pd.DataFrame({"a": [4, 5, 5, 4], "b": [1, 5, 1, 5], "c": [3, 3, 4, None]})
    >>> table = describe_agreement(answers, scale=AgreementScale(1, 5))
    >>> table[["item", "n", "agree_share", "consensus", "rank"]].round(3)
      item    n  agree_share  consensus  rank
    0    a  4.0      100.000      0.807     1
    1    b  4.0       50.000      0.000     2
    2    c  3.0       33.333      0.829     3
    """
    counted = _counts(items, scale, sample_weight, frequencies=frequencies)
    codes = np.array(scale.codes(), dtype=float)
    shares = _shares(counted.weighted)
    mean = shares @ codes
    deviation = codes - mean[:, None]
    stances = scale.stances()
    agree = shares[:, stances > 0].sum(axis=1)
    low, high = _wilson(agree, counted.effective)
    answered = counted.respondents.sum(axis=1)
    table = pd.DataFrame(
        {
            "item": items.columns.to_numpy(),
            "n": answered,
            "missing": np.maximum(counted.total - answered, 0.0),
            "mean": mean,
            "sd": np.sqrt((shares * deviation**2).sum(axis=1)),
            "disagree_share": 100 * shares[:, stances < 0].sum(axis=1),
            "neutral_share": 100 * shares[:, stances == 0].sum(axis=1),
            "agree_share": 100 * agree,
            "agree_low": 100 * low,
            "agree_high": 100 * high,
            "consensus": _consensus(shares, deviation, scale.high - scale.low),
        }
    )
    return _with_ranks(table, "agree_share")


def ranking(agreement: pd.DataFrame, *, by: str = "agree_share") -> pd.DataFrame:
    """Return the items from the most to the least unanimous.

    Parameters
    ----------
    agreement : DataFrame
        As :func:`describe_agreement` returns it, or some of its rows.
    by : {"agree_share", "consensus"}
        What ranks the items; the other breaks ties.

    Returns
    -------
    DataFrame
        The same columns, sorted, rank and ranked_by made anew. Items equal on both (to
        1e-9) share a rank, the best one of theirs, and keep their order.

    Raises
    ------
    ValueError
        If ``by`` is unknown.

    Examples
    --------
    >>> answers = pd.DataFrame({"a": [4, 5, 5, 1], "b": [4, 4, 4, 3]})
    >>> table = describe_agreement(answers, scale=AgreementScale(1, 5))
    >>> ranking(table, by="consensus")[["item", "rank", "ranked_by"]]
      item  rank                    ranked_by
    0    b     1  consensus, then agree_share
    1    a     2  consensus, then agree_share
    """
    if by not in _RANK_KEYS:
        raise ValueError(f"by must be one of {', '.join(_RANK_KEYS)}; received {by!r}.")
    ranked = _with_ranks(agreement.reset_index(drop=True), by)
    return ranked.sort_values("rank", kind="stable", na_position="last", ignore_index=True)


def _with_ranks(agreement: pd.DataFrame, by: str) -> pd.DataFrame:
    """Return the table with the columns rank and ranked_by."""
    # Rounded: sums in another order must not tell equal items apart.
    keys = agreement[list(_RANK_KEYS[by])].round(9)
    complete = keys.dropna()
    ordered = complete.sort_values(list(keys.columns), ascending=False, kind="stable")
    new = ~ordered.duplicated()
    position = pd.Series(np.arange(1, len(ordered) + 1), index=ordered.index, dtype="Int64")
    return agreement.assign(
        rank=position.where(new).ffill().reindex(agreement.index),
        ranked_by=f"{keys.columns[0]}, then {keys.columns[1]}",
    )


@dataclass(frozen=True)
class _Counts:
    """Answers by item and code: respondents, and their weights; effective number by item."""

    respondents: FloatArray
    weighted: FloatArray
    effective: FloatArray
    total: float


def _counts(
    items: pd.DataFrame,
    scale: AgreementScale,
    sample_weight: Sequence[float] | FloatArray | None,
    *,
    frequencies: bool,
) -> _Counts:
    if not isinstance(scale, AgreementScale):
        raise TypeError(f"scale must be an AgreementScale, not {type(scale).__name__}.")
    answers = answer_codes(items)
    weighting = scaled_weights(
        check_weights(sample_weight, items, of="items"), frequencies=frequencies
    )
    weights = weighting.weights
    codes = np.array(scale.codes(), dtype=float)
    given = ~np.isnan(answers)
    outside = given & ~np.isin(answers, codes)
    if outside.any():
        listed = "; ".join(
            f"item {items.columns[column]!r}: {outside[:, column].sum()}, first "
            f"{answers[row, column]:g} at row {items.index[row]!r}"
            for column in np.flatnonzero(outside.any(axis=0)).tolist()
            for row in [int(outside[:, column].argmax())]
        )
        raise ValueError(f"answers off the scale {scale.low}-{scale.high}: {listed}.")
    counts = np.stack([weights @ (answers == code) for code in codes], axis=1)
    if not weighting.design_based:
        number = counts.sum(axis=1)
        return _Counts(counts, counts, np.where(number > 0, number, np.nan), weighting.size)
    respondents = np.stack([weighting.respondents @ (answers == code) for code in codes], axis=1)
    squares = weights**2 @ given
    effective: FloatArray = (weights @ given) ** 2 / np.where(squares > 0, squares, np.nan)
    return _Counts(respondents, counts, effective, weighting.size)


def _shares(counts: FloatArray) -> FloatArray:
    """Return each item's counts divided by their sum; NaN where there is no answer."""
    total = counts.sum(axis=1, keepdims=True)
    shares: FloatArray = counts / np.where(total > 0, total, np.nan)
    return shares


def _wilson(share: FloatArray, number: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return the 95 % Wilson interval of shares (0-1) of that many answers."""
    from statsmodels.stats.proportion import proportion_confint  # noqa: PLC0415 - slow to import

    low, high = proportion_confint(share * number, number, alpha=0.05, method="wilson")
    return np.asarray(low), np.asarray(high)


def _consensus(shares: FloatArray, deviation: FloatArray, width: int) -> FloatArray:
    """Return Tastle and Wierman's consensus of each item."""
    # A code nobody gave may lie a whole width from the mean: its term is 0, not 0 x -inf.
    nearness = np.where(shares > 0, 1 - np.abs(deviation) / width, 1.0)
    terms = shares * np.log2(nearness)
    consensus: FloatArray = 1 + terms.sum(axis=1)
    return consensus
