"""The terms of the models of membership in words, and those that stand out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd

from typology.exhibits.labels import Labels
from typology.exhibits.run_tables import Tables, text_of
from typology.words import number, word

FEW_EVENTS = 10.0
"""Below so many respondents of the smallest class per parameter, estimates are uncertain."""


def slopes(tables: Tables, *, model: str = "multinomial", weighting: str = "none") -> pd.DataFrame:
    """Return the slopes of a model ("multinomial", "ordered") under a weighting.

    Rows of ``membership_coefficients``; none where the model was not fitted.
    """
    table = tables["membership_coefficients"]
    chosen = (table["model"] == model) & (table["weighting"] == weighting)
    found = table[chosen & (table["kind"] == "slope")].reset_index(drop=True)
    # Where the ordered model leaves gaps, files give class numbers back with decimals.
    whole = ["class", "reference_class"] if model == "multinomial" else []
    return found.astype(dict.fromkeys(whole, "int64"))


def fitted(table: str, model: str) -> Callable[[Tables], bool]:
    """Return whether a table of a run has rows of a model: "multinomial", "ordered"."""
    return lambda tables: bool((tables[table]["model"] == model).any())


def fit_of(
    tables: Tables, *, model: str = "multinomial", weighting: str = "none"
) -> dict[str, Any] | None:
    """Return the row of a model in ``membership_fit``, None where it was not fitted."""
    table = tables["membership_fit"]
    chosen = table[(table["model"] == model) & (table["weighting"] == weighting)]
    return None if chosen.empty else {str(k): v for k, v in chosen.iloc[0].items()}


def term_words(row: Mapping[Any, Any], labels: Labels) -> str:
    """Return what a term counts: "Solo practice", "Age (per 10 years)"."""
    category = text_of(row["category"])
    if category:
        return labels.answer(str(row["variable"]), category)
    return labels.step(str(row["variable"]), float(row["step"]))


def ratio_text(value: float, language: str) -> str:
    """Return a ratio with two decimals below ten, none above a hundred; neither tiny nor huge.

    Examples
    --------
    >>> [ratio_text(value, "en") for value in (0.234, 12.34, 1234.5)]
    ['0.23', '12.3', '1,235']
    """
    if value > 9999:
        return f">\u00a0{number(9999, language, 0)}"
    if 0 < value < 0.005:
        return f"<\u00a0{number(0.01, language, 2)}"
    return number(value, language, 2 if value < 10 else 1 if value < 100 else 0)


def ratio_interval(row: Mapping[Any, Any], language: str) -> str:
    """Return the interval of a ratio: "2.13 to 10.6"; a dash where it is not known."""
    if pd.isna(row["low"]) or pd.isna(row["high"]):
        return "–"
    low, high = (ratio_text(float(row[name]), language) for name in ("low", "high"))
    return word("paper_range", language, low=low, high=high)
