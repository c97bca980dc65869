"""Places on the axes as they are told: in steps, and all that is made of a place from these.

All decimals of a mean place say how many of its respondents gave each answer to each item. So each
is told in steps of about one answer of one respondent (`rfree.disclosure.places`), that of a
class is the mean of its points on the maps (`class_centres`). A statistic that is a function of a
place (contribution, cos², v-test, r², p-value) is made of the place that is told.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from rfree.axes.dimdesc import correlation_p_values, variable_p_values
from rfree.base.inputs import FloatArray
from rfree.disclosure.places import in_steps, place_steps
from typology.exhibits.run_tables import Tables
from typology.results.disclosure.blanks import one_digit
from typology.results.disclosure.pattern import Pattern

_ANSWER = ["variable", "category"]
_R2_DECIMALS, _PERCENT_DECIMALS = 2, 1
_ELLIPSE = {"width": 2, "height": 2, "angle": 0}
"""Decimals of its axes and of its angle, in degrees."""


def told_categories(table: pd.DataFrame, _: Tables, pattern: Pattern) -> pd.DataFrame:
    """Tell the coordinates of answers in steps, and what is made of them."""
    told, ratio = _stepped(table["coordinate"], place_steps(_known(table["n"]), pattern.places))
    powers = {"contribution": 2, "cos2": 2, "v_test": 1}
    return table.assign(
        coordinate=told,
        **{name: table[name] * ratio**power for name, power in powers.items() if name in table},
    )


def told_axis_categories(table: pd.DataFrame, public: Tables, pattern: Pattern) -> pd.DataFrame:
    """Tell the contrasts of answers in the steps of the rarest of their question. Uses those told.

    Their p-value is that of the cos² that is told; in a weighted study, one digit of it.
    """
    known = public["categories"].set_index([*_ANSWER, "axis"])
    keys = pd.MultiIndex.from_frame(table[[*_ANSWER, "axis"]])
    steps = place_steps(_known(known["n"].reindex(keys)), pattern.places)
    coarsest = pd.Series(steps, table.index).groupby(table["variable"]).transform("max")
    p_value = one_digit(table["p_value"])
    if not pattern.weighted:
        cos2 = known["cos2"].reindex(keys).to_numpy(dtype=float)
        p_value = pd.Series(correlation_p_values(cos2, _respondents(public)), table.index)
    return table.assign(
        estimate=in_steps(table["estimate"], coarsest),
        p_value=p_value.where(table["p_value"].notna()),
    )


def told_axis_variables(table: pd.DataFrame, public: Tables, pattern: Pattern) -> pd.DataFrame:
    """Make the r² of questions of the coordinates that are told, and their p-value of it.

    Questions of which an answer has no coordinate are told more coarsely already; those of a
    weighted study to two decimals, and one digit.
    """
    coarse = table["variable"].isin(pattern.unplaced_variables | pattern.touched)
    if pattern.weighted:
        return table.assign(
            r2=table["r2"].round(_R2_DECIMALS),
            p_value=table["p_value"].where(coarse, one_digit(table["p_value"])),
        )
    n = _respondents(public)
    known = public["categories"]
    squares = (known["n"] * known["coordinate"] ** 2 / n).groupby(
        [known["variable"], known["axis"]], sort=False
    )
    keys = pd.MultiIndex.from_frame(table[["variable", "axis"]])
    r2 = squares.sum(min_count=1).reindex(keys).to_numpy(dtype=np.float64).clip(max=1.0)
    levels: FloatArray = np.asarray(squares.size().reindex(keys), dtype=np.float64)
    p_values = variable_p_values(r2, levels, n)
    rows = coarse | table["p_value"].isna()
    return table.assign(
        r2=table["r2"].where(coarse, r2), p_value=table["p_value"].where(rows, p_values)
    )


def told_class_ellipses(table: pd.DataFrame, _: Tables, pattern: Pattern) -> pd.DataFrame:
    """Tell the ellipses of classes to the hundredth, in degrees; centres those that are told."""
    nowhere = np.full(int(table[["axis_x", "axis_y"]].to_numpy().max()), np.nan)
    told = {
        f"center_{side}": [
            pattern.centres.get(number, nowhere)[axis - 1]
            for number, axis in zip(table["class"], table[f"axis_{side}"], strict=True)
        ]
        for side in "xy"
    }
    placed = table["center_x"].notna()
    return table.assign(
        **{name: pd.Series(own, table.index).where(placed) for name, own in told.items()}
    ).round(_ELLIPSE)


def told_category_ellipses(table: pd.DataFrame, public: Tables, pattern: Pattern) -> pd.DataFrame:
    """Tell the ellipses of answers in the steps of their coordinates. Uses ``categories``."""
    known = public["categories"].drop_duplicates(_ANSWER).set_index(_ANSWER)["n"]
    numbers = known.reindex(pd.MultiIndex.from_frame(table[_ANSWER]))
    steps = place_steps(_known(numbers), pattern.places)
    told = {name: in_steps(table[name], steps) for name in ("x", "y", "center_x", "center_y")}
    return table.assign(**told).round(_ELLIPSE)


def told_subgroups(table: pd.DataFrame, _: Tables, pattern: Pattern) -> pd.DataFrame:
    """Tell how far subgroups lie in steps, and the tests of it to one digit."""
    told, ratio = _stepped(table["distance"], place_steps(_known(table["n"]), pattern.places))
    return table.assign(
        distance=told,
        chi2=table["chi2"] * ratio**2,
        variance=table["variance"].astype(float).round(_PERCENT_DECIMALS),
        **_one_digit_of(table, ("p_normal", "p_value")),
    )


def told_subgroup_axes(table: pd.DataFrame, public: Tables, pattern: Pattern) -> pd.DataFrame:
    """Tell where subgroups lie in steps, and the tests of it to one digit. Uses ``subgroups``."""
    numbers = table["subgroup"].map(public["subgroups"].set_index("subgroup")["n"])
    steps = place_steps(_known(numbers), pattern.places)
    told, ratio = _stepped(table["deviation"], steps)
    return table.assign(
        mean=in_steps(table["mean"], steps),
        deviation=told,
        z=table["z"] * ratio,
        **_one_digit_of(table, ("p_normal", "p_value")),
    )


def told_crossed_effects(table: pd.DataFrame, _: Tables, __: Pattern) -> pd.DataFrame:
    """Tell the variances of crossed questions, sums of squares of places, to one decimal."""
    return table.round({name: _PERCENT_DECIMALS for name in table if name != "axis"})


def _one_digit_of(table: pd.DataFrame, names: tuple[str, ...]) -> dict[str, pd.Series[Any]]:
    return {name: one_digit(table[name]) for name in names}


def _stepped(places: pd.Series[Any], steps: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return places in steps, and by what each was multiplied: 0 where it was none."""
    exact = places.to_numpy(dtype=np.float64, na_value=np.nan)
    told = in_steps(exact, steps)
    return told, np.divide(told, exact, out=np.zeros(len(exact)), where=exact != 0)


def _known(numbers: pd.Series[Any]) -> FloatArray:
    """Return numbers of respondents; 1 where that is hidden, as is the place then."""
    return np.asarray(numbers.astype(float).fillna(1.0), dtype=np.float64)


def _respondents(public: Tables) -> float:
    return float(public["completeness"]["n"].iloc[0])
