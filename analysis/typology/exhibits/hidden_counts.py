"""Numbers of respondents too few to be shown, within a sentence and in a cell."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from typology.exhibits.labels import Labels
from typology.words import MISSING_NUMBER, NO_BREAK_SPACE, number, p_value, percent, word

BOUNDS = {"agree_below": "below", "agree_above": "above"}
"""Columns of what a hidden share of those who agree lies below or above."""
SIGNS = {"below": "<", "above": ">", "about": "≈"}
"""Before a share that is not told exactly."""
HIDDEN_COUNT = "·"
"""What stands in a cell for a number that is not shown."""

_HALF_A_TENTH, _P_DECIMALS = 0.05, 3


def plural_of(count: float) -> int:
    """Return the number by which words agree with a count; a few are several."""
    return 2 if math.isnan(count) else round(count)


def told_count(count: float, language: str) -> str:
    """Return how many respondents, or that they are a few, where that is not shown."""
    return word("a_few", language) if math.isnan(count) else number(count, language, 0)


def told_size(count: float) -> str:
    """Return a whole number as it is, or the mark of one that is not shown."""
    return HIDDEN_COUNT if pd.isna(count) else str(round(count))


def told_share(count: float, n: float, language: str) -> str:
    """Return the percentage of ``n``, or that the number is not shown."""
    return word("not_shown", language) if math.isnan(count) else percent(100 * count / n, language)


def mean_decimals(means: Iterable[float]) -> int:
    """Return how many decimals means are shown with: one where no more is told of any of them.

    >>> mean_decimals([1.86, 2.7]), mean_decimals([1.9, 2.7])
    (2, 1)
    """
    known = [mean for mean in means if not math.isnan(mean)]
    return 1 if all(math.isclose(mean, round(mean, 1), abs_tol=1e-9) for mean in known) else 2


def agreement_shares(profiles: pd.DataFrame) -> pd.Series[float]:
    """Return the shares of those who agree, or what they lie below or above where that is told."""
    shares = profiles["agree_share"]
    for bound in BOUNDS:
        if bound in profiles:
            shares = shares.fillna(profiles[bound])
    return shares


def agreement_sign(row: Mapping[Any, Any], share: str = "agree_share") -> str:
    """Return how a share is told: "below", "above", "about", or "" where it is exact."""
    if row.get(f"{share}_rounded", False):
        return "about"
    bounds = BOUNDS.items() if share == "agree_share" else ()
    return next((sign for name, sign in bounds if not pd.isna(row.get(name))), "")


def told_agreement(row: Mapping[Any, Any], language: str, share: str = "agree_share") -> str:
    """Return the share of those who agree in words: "59,7 %", "environ 60 %", "moins de 8 %"."""
    sign = agreement_sign(row, share)
    if not sign:
        return percent(row[share], language)
    bound = next((name for name, own in BOUNDS.items() if own == sign), share)
    return word("share_told", language, sign, share=percent(row[bound], language, 0))


def short_agreement(row: Mapping[Any, Any], share: str, language: str) -> str:
    """Return a share of those who agree, or disagree, for a figure: "60 %", "≈ 60 %", "·"."""
    if pd.isna(row[share]):
        return HIDDEN_COUNT if is_hidden(row) else percent(row[share], language, 0)
    sign = SIGNS.get(agreement_sign(row, share), "")
    return NO_BREAK_SPACE.join(filter(None, [sign, percent(row[share], language, 0)]))


def is_hidden(row: Mapping[Any, Any]) -> bool:
    """Return whether something of a row of a table is not shown."""
    hidden = row.get("hidden", False)
    return bool(hidden) and not pd.isna(hidden)


def told_effect(row: Mapping[Any, Any], name: str, language: str, *, sign: str = "") -> str:
    """Return an effect from 0 to 1, after a sign if one is given: "0.29", "= 0.29".

    Where the exact one would tell of a few, as the table has it: to one decimal, "< 0.05" if that
    is none. The mark of what is not shown where even that is kept back.
    """
    effect = float(row[name])
    if math.isnan(effect):
        return cell(MISSING_NUMBER, effect, row)
    coarse = is_hidden(row)
    if coarse and effect < _HALF_A_TENTH:
        return f"<{NO_BREAK_SPACE}{number(_HALF_A_TENTH, language, 2)}"
    return NO_BREAK_SPACE.join(filter(None, (sign, number(effect, language, 1 if coarse else 2))))


def least_effect(row: Mapping[Any, Any], name: str) -> float:
    """Return what an effect is at least: half a tenth below one that is told to one decimal."""
    return float(row[name]) - (_HALF_A_TENTH if is_hidden(row) else 0.0)


def told_p(row: Mapping[Any, Any], name: str, language: str, *, named: bool = False) -> str:
    """Return a p-value as `typology.words.p_value` does, to the one digit told in some rows."""
    p = float(row[name])
    coarse = is_hidden(row) and p > 0
    digits = -math.floor(math.log10(p)) if coarse else _P_DECIMALS
    return cell(p_value(p, language, min(max(digits, 1), _P_DECIMALS), named=named), p, row)


def cell(text: str, value: object, row: Mapping[Any, Any]) -> str:
    """Return a cell: the text of its value, or the mark of one that is not shown.

    >>> cell("12", 12.0, {}), cell("–", float("nan"), {"hidden": True})
    ('12', '·')
    """
    missing = isinstance(value, float) and math.isnan(value)
    return HIDDEN_COUNT if missing and is_hidden(row) else text


def decimals_told(value: float, most: int) -> int:
    """Return with how many decimals a number is told, one at least: no zero is put after them.

    >>> decimals_told(0.5, 2), decimals_told(0.524, 2), decimals_told(0.0, 2)
    (1, 2, 1)
    """
    return next((each for each in range(1, most) if round(value, each) == value), most)


def hidden_notes(labels: Labels, *tables: pd.DataFrame, rounded: bool = False) -> list[str]:
    """Return what the mark means, where something of the tables is not shown.

    And, with ``rounded``, that beside it numbers are told with fewer decimals.
    """
    hidden = any("hidden" in table and bool(table["hidden"].any()) for table in tables)
    if not hidden:
        return []
    return [labels.word("hidden_note"), *([labels.word("rounded_note")] if rounded else [])]
