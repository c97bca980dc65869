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

UNSTABLE_SPAN = 100.0
"""How many times its lower limit the upper one of a ratio may be."""

UNSTABLE_MARK = "†"
"""Beside a ratio whose interval is too wide to say more than on which side of 1 it is."""


def slopes(tables: Tables, *, model: str = "multinomial", corrected: bool = False) -> pd.DataFrame:
    """Return the slopes of a model ("multinomial", "ordered"), of classes as assigned or corrected.

    Rows of ``membership_coefficients``; none where the model was not fitted.
    """
    table = tables["membership_coefficients"]
    chosen = (table["model"] == model) & is_corrected(table, corrected)
    found = table[chosen & (table["kind"] == "slope")].reset_index(drop=True)
    # Where the ordered model leaves gaps, files give class numbers back with decimals.
    whole = ["class", "reference_class"] if model == "multinomial" else []
    return found.astype(dict.fromkeys(whole, "int64"))


def predictions(
    tables: Tables, *, model: str = "multinomial", corrected: bool = False
) -> pd.DataFrame:
    """Return the predicted probabilities of a model; none where it was not fitted.

    Rows of ``membership_predictions``, a category that is missing being "".
    """
    table = tables["membership_predictions"]
    chosen = table[(table["model"] == model) & is_corrected(table, corrected)]
    filled = {key: chosen[key].fillna("") for key in ("category", "reference_category")}
    return chosen.assign(**filled).reset_index(drop=True)


def answer_key(row: Mapping[Any, Any]) -> str:
    """Return what tells an answer, or a value of a number, from the others."""
    category = text_of(row["category"])
    return f"{row['variable']}: {category or row['value']}"


def extremes(of_class: pd.DataFrame) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the answers to one characteristic with the least and the largest probability.

    Of the characteristic where they are furthest apart.
    """
    by_variable = of_class.groupby("variable", sort=False)["probability"]
    widest = (by_variable.max() - by_variable.min()).idxmax()
    own = of_class[of_class["variable"] == widest].sort_values("probability", kind="stable")
    records = [{str(k): v for k, v in row.items()} for row in own.to_dict("records")]
    return records[0], records[-1]


def is_corrected(table: pd.DataFrame, corrected: bool) -> pd.Series[bool]:
    """Return which rows are of a model corrected for errors of classification, or are not."""
    return (table["correction"] != "none") == corrected


def fitted(table: str, model: str) -> Callable[[Tables], bool]:
    """Return whether a table of a run has rows of a model: "multinomial", "ordered"."""
    return lambda tables: bool((tables[table]["model"] == model).any())


def fit_of(
    tables: Tables, *, model: str = "multinomial", corrected: bool = False
) -> dict[str, Any] | None:
    """Return the row of a model in ``membership_fit``, None where it was not fitted."""
    table = tables["membership_fit"]
    chosen = table[(table["model"] == model) & is_corrected(table, corrected)]
    return None if chosen.empty else {str(k): v for k, v in chosen.iloc[0].items()}


def term_words(row: Mapping[Any, Any], labels: Labels) -> str:
    """Return what a term counts: "Solo practice", "Age (per 10 years)"."""
    category = text_of(row["category"])
    if category:
        return labels.answer(str(row["variable"]), category)
    return labels.step(str(row["variable"]), float(row["step"]))


def value_words(row: Mapping[Any, Any], labels: Labels) -> str:
    """Return an answer, or a number with its unit: "Solo practice", "45 years"."""
    variable, category = str(row["variable"]), text_of(row["category"])
    if category:
        return labels.answer(variable, category)
    unit = labels.questionnaire.question(variable).unit
    value = float(row["value"])
    told = number(value, labels.language, 0 if value.is_integer() else 1)
    return told if unit is None else f"{told}\u00a0{unit.in_(labels.language)}"


def ratio_text(value: float, language: str) -> str:
    """Return a ratio with two decimals below ten, none above a hundred.

    Examples
    --------
    >>> [ratio_text(value, "en") for value in (0.234, 12.34, 1234.5)]
    ['0.23', '12.3', '1,235']
    """
    return number(value, language, 2 if value < 10 else 1 if value < 100 else 0)


def ratio_cells(row: Mapping[Any, Any], language: str) -> tuple[str, str]:
    """Return a ratio and its interval: "4.54", "2.13 to 10.6".

    Of an unstable one, on which side of 1 it is, with a mark, and no interval.

    Examples
    --------
    >>> ratio_cells({"odds_ratio": 15.0, "low": 9.0, "high": 20.0, "unstable": False}, "en")
    ('15.0', '9.00 to 20.0')
    """
    ratio = float(row["odds_ratio"])
    if row["unstable"]:
        return (f"{'>' if ratio > 1 else '<'}\u00a01\u2009{UNSTABLE_MARK}", "–")
    low, high = (ratio_text(float(row[name]), language) for name in ("low", "high"))
    return ratio_text(ratio, language), word("paper_range", language, low=low, high=high)
