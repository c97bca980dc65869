"""Items in two samples: what is compared, and the table of the differences."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from rfree.base.inputs import FloatArray, IntArray
from rfree.base.multiple_tests import adjusted_p_values
from typology.questionnaire import Questionnaire
from typology.questionnaire.item_answers import degrees
from typology.tools.assign.assignment import NO_TYPE, TOO_FEW

ModelClasses = Sequence[Mapping[str, Any]]
"""The classes of a model."""


@dataclass(frozen=True)
class Answered:
    """A sample placed in the types of a reference.

    ``items`` holds codes, <NA> where there is no answer; ``assigned`` comes from
    `typology.tools.assign.assignment.assign_types`, in the same order.
    """

    items: pd.DataFrame
    assigned: pd.DataFrame
    weight: FloatArray

    @property
    def typed(self) -> npt.NDArray[np.bool_]:
        """Return who answered enough to have a type, as booleans."""
        return (self.assigned["remark"] != TOO_FEW).to_numpy(dtype=bool)

    @property
    def nearest(self) -> IntArray:
        """Return the class nearest to each respondent."""
        return self.assigned["nearest_class"].to_numpy(dtype=np.int64)

    def remarked(self) -> dict[str, int]:
        """Return how many answered too little, and how many are far from every type."""
        remark = self.assigned["remark"]
        return {"too_few": int((remark == TOO_FEW).sum()), "none": int((remark == NO_TYPE).sum())}

    def rows(self, positions: npt.NDArray[np.intp]) -> Answered:
        """Return some of the respondents, in the order of the positions."""
        return Answered(
            self.items.iloc[positions], self.assigned.iloc[positions], self.weight[positions]
        )


@dataclass(frozen=True)
class Whole:
    """Respondents of whom results are published elsewhere; ``parts``: which samples are of them.

    Of a panel, all who answered once, of whom only some answered twice; of two groups, everybody.
    """

    answered: Answered
    parts: tuple[int, ...]


def shared_codes(
    questionnaire: Questionnaire, first: pd.DataFrame, second: pd.DataFrame
) -> list[pd.DataFrame]:
    """Return the degrees of agreement with the items that both samples have, as floats."""
    shared = [item for item in questionnaire.items if item in first and item in second]
    return [
        degrees(each[shared], questionnaire).astype("Float64").astype(float)
        for each in (first, second)
    ]


def agreeing(codes: pd.DataFrame, questionnaire: Questionnaire) -> pd.DataFrame:
    """Return 1 where a respondent agrees with an item, 0 where not, NaN without answer."""
    found = {}
    for item in codes:
        scale = questionnaire.scale_of(str(item))
        agree = [code for code in scale.codes if scale.stance(code) == "agree"]
        found[item] = codes[item].isin(agree).astype(float).where(codes[item].notna())
    return pd.DataFrame(found, index=codes.index)


def items_table(
    questionnaire: Questionnaire, means: pd.DataFrame, agreement: pd.DataFrame
) -> pd.DataFrame:
    """Return the table ``comparison_items`` from differences of means and of shares agreeing.

    ``means``, indexed by item, are as `rfree.samples.two_samples.compare_means` gives them;
    ``agreement`` has the same items in the same order, as
    `rfree.samples.two_samples.compare_shares`.
    """
    shared = [str(item) for item in means.index]
    table = pd.DataFrame({"block": [questionnaire.block_of(item).id for item in shared]})
    table["item"] = shared
    for prefix, part in (("mean", means.reset_index(drop=True)), ("agree", agreement)):
        corrected = part.assign(
            holm=adjusted(part["p_value"], "holm"), bh=adjusted(part["p_value"], "bh")
        )
        for column in corrected.drop(columns="n", errors="ignore"):
            name = str(column)
            plain = name in ("n_first", "n_second") or name.startswith(prefix)
            table[name if plain else f"{prefix}_{name}"] = corrected[column].to_numpy()
    # On scales of different lengths, differences are compared as shares of the scale.
    lengths = [_width(questionnaire, item) for item in shared]
    moved = (table["mean_difference"].abs() / lengths).fillna(-1.0)
    table["rank"] = moved.rank(ascending=False, method="first").astype(int)
    return table


def shares_table(
    classes: ModelClasses, shares: pd.DataFrame, n_first: np.ndarray, n_second: np.ndarray
) -> pd.DataFrame:
    """Return the table ``comparison_shares`` from the differences of shares, a row a class."""
    named = pd.DataFrame(
        {
            "class": [each["class"] for each in classes],
            "type": [each["type"] for each in classes],
            "n_first": n_first.astype(int),
            "n_second": n_second.astype(int),
        },
        index=shares.index,
    )
    return pd.concat([named, shares], axis=1).assign(p_holm=adjusted(shares["p_value"], "holm"))


def types_test_table(
    design: str,
    samples: tuple[Answered, Answered],
    *,
    n: Sequence[int],
    only: Sequence[int],
    weighted: bool,
    tested: Mapping[str, object],
) -> pd.DataFrame:
    """Return the table ``comparison_test``: who was compared, and the test of their types.

    ``n`` and ``only`` count the respondents of both samples compared, and of one alone.
    """
    remarks = [sample.remarked() for sample in samples]
    counted = {"n": n, "only": only} | {
        name: [each[name] for each in remarks] for name in ("too_few", "none")
    }
    by_sample = {
        f"{name}_{sample}": count
        for name, counts in counted.items()
        for sample, count in zip(("first", "second"), counts, strict=True)
    }
    return pd.DataFrame([{"design": design, **by_sample, "weighted": weighted, **tested}])


def adjusted(p_values: pd.Series, method: str) -> FloatArray:
    """Correct p-values for their number ("holm" or "bh"), leaving out those not computed."""
    known = p_values.notna().to_numpy()
    corrected = np.full(len(p_values), np.nan)
    if known.any():
        corrected[known] = adjusted_p_values(
            p_values.to_numpy(dtype=float)[known], "holm" if method == "holm" else "bh"
        )
    return corrected


def _width(questionnaire: Questionnaire, item: str) -> int:
    codes = questionnaire.scale_of(item).codes
    return codes[-1] - codes[0]
