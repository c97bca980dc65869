"""From how many respondents on a plan reaches what is asked of it."""

from __future__ import annotations

from dataclasses import asdict, dataclass

import pandas as pd

from typology.tools.plan.measure import MEASURES

FOUND = ("right", "rand", "stability")
"""What makes types found; the other measures say what else may be said of them."""


@dataclass(frozen=True)
class Criteria:
    """What is asked of the mean of the samples, or of their share, by measure.

    Percent of respondents typed right; adjusted Rand index (from .65 on, recovery is moderate,
    Steinley 2004); percent of samples with the right number suggested; Jaccard similarity of the
    least stable type (from .75 on, a type is stable, Hennig 2007); percent of samples whose types
    are shown to be groups (the usual power of a test).
    """

    right: float = 80.0
    rand: float = 0.65
    number: float = 80.0
    stability: float = 0.75
    groups: float = 80.0


def reached_sizes(plan: pd.DataFrame, criteria: Criteria) -> pd.DataFrame:
    """Return the number of respondents from which on each criterion is reached.

    Columns: ``measure``, ``asked``, ``respondents``: the smallest size of the plan at which the
    measure is at least what is asked, and is so at all larger ones; <NA> where there is none.
    Last comes the row "found": the size from which on those of `FOUND` are reached. Measures that
    the plan does not have (the verdict was not asked) have no row.
    """
    asked = asdict(criteria)
    rows = []
    for measure in MEASURES:
        values = plan[plan["measure"] == measure].set_index("respondents")["value"]
        if len(values):
            reached = values.sort_index() >= asked[measure] - 1e-9
            rows.append((measure, asked[measure], _from(reached)))
    sizes = [size for measure, _, size in rows if measure in FOUND]
    known = [size for size in sizes if size is not None]
    found = max(known) if len(known) == len(FOUND) else None
    rows.append(("found", float("nan"), found))
    table = pd.DataFrame(rows, columns=["measure", "asked", "respondents"])
    return table.astype({"respondents": "Int64"})


def _from(reached: pd.Series) -> int | None:
    """Return the first size from which on all are True."""
    held = None
    for size, holds in reached.iloc[::-1].items():
        if not holds:
            break
        held = int(str(size))
    return held
