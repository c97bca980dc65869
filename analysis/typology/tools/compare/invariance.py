"""Whether items are answered alike at the same attitude, so that shares may be compared."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

import numpy as np
import pandas as pd

from rfree.samples.invariance import item_invariance
from typology.exhibits.run_tables import LEVEL
from typology.questionnaire import Questionnaire
from typology.tools.compare.items import Answered, adjusted, shared_codes

# Of a block, from which its attitude is no longer known to be the same one.
TOO_MANY_MOVED = 0.5
Comparable = Literal["yes", "some", "no", "untested"]
_COLUMNS = ("block", "item", "n_first", "n_second", "shift", "chi2", "df", "p_value", "p_uniform",
           "p_nonuniform", "anchor", "p_holm", "moved")  # fmt: skip


def invariance_table(
    questionnaire: Questionnaire,
    items: Iterable[str],
    first: Answered,
    second: Answered,
    *,
    paired: bool,
) -> pd.DataFrame:
    """Return, of each item that makes the types, whether it is answered alike in both samples.

    Columns: those of `rfree.samples.invariance.item_invariance`, ``p_holm`` over the table and
    ``moved`` ("no", "uniform": everybody answers it higher or lower, "non-uniform": some more than
    others, "untested"). With ``paired``, the rows of both samples are the same people.
    """
    codes = shared_codes(questionnaire, first.items, second.items)
    shared = [item for item in items if item in codes[0]]
    both = pd.concat(codes, ignore_index=True)
    sizes = [len(each) for each in codes]
    people = np.concatenate([np.arange(size) for size in sizes]) if paired else None
    parts = []
    for block in questionnaire.blocks:
        own = [item for item in shared if questionnaire.block_of(item).id == block.id]
        if own:
            found = item_invariance(
                both[own],
                np.repeat([False, True], sizes),
                sample_weight=np.concatenate([first.weight, second.weight]),
                respondents=people,
            )
            parts.append(found.rename_axis("item").reset_index().assign(block=block.id))
    if not parts:
        return pd.DataFrame(columns=list(_COLUMNS))
    table = pd.concat(parts, ignore_index=True)
    table["p_holm"] = adjusted(table["p_value"], "holm")
    differs, uneven = table["p_holm"] < LEVEL, table["p_nonuniform"] < LEVEL
    table["moved"] = np.select(
        [table["p_value"].isna(), differs & uneven, differs],
        ["untested", "non-uniform", "uniform"],
        "no",
    )
    return table[list(_COLUMNS)]


def comparability(invariance: pd.DataFrame) -> Comparable:
    """Return whether the shares of the types may be compared: "some" where few items moved."""
    tested = invariance[invariance["moved"] != "untested"]
    if tested.empty:
        return "untested"
    moved = tested["moved"] != "no"
    if not moved.any():
        return "yes"
    worst = float(moved.groupby(tested["block"]).mean().max())
    return "no" if worst >= TOO_MANY_MOVED else "some"
