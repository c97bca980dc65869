"""How sure the types of the respondents are, of groups of respondents and not of one."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from rfree.disclosure.groups import group_points
from typology.validity.readings import doubtful


def confidence_table(respondents: pd.DataFrame, *, smallest: int) -> pd.DataFrame:
    """Return the confidence in the type of ``smallest`` respondents or more, by class.

    ``respondents`` has ``class``, ``confidence`` (0-1) and ``second_class``. Columns: ``class``,
    ``n`` (respondents gathered), ``confidence`` (their mean), then, of the class as a whole,
    ``doubtful`` (how many respondents may be of another type) and ``second_class`` (to which most
    would go, 0 where none would); ``all_doubtful`` is of all classes. A class of fewer respondents
    has no row.
    """
    columns = ["class", "n", "confidence", "doubtful", "second_class", "all_doubtful"]
    parts = []
    for number, members in respondents.groupby("class", sort=True):
        if len(members) < smallest:
            continue
        values = members[["confidence"]].to_numpy(dtype=float)
        own = pd.Series(values[:, 0]).groupby(group_points(values, size=smallest))
        means = np.sort(own.mean().to_numpy())
        sizes = own.size().to_numpy()[np.argsort(own.mean().to_numpy(), kind="stable")]
        seconds = members.loc[members["second_class"] > 0, "second_class"]
        second = 0 if seconds.empty else int(seconds.mode().iloc[0])
        parts.append(
            pd.DataFrame(
                {
                    "class": number, "n": sizes, "confidence": means,
                    "doubtful": float(doubtful(members)), "second_class": second,
                    "all_doubtful": float(doubtful(respondents)),
                }
            )
        )  # fmt: skip
    return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=columns)


def changed_table(respondents: pd.DataFrame) -> pd.DataFrame:
    """Return how many respondents change type when missing answers are imputed.

    ``respondents`` has ``own_share``. Columns: ``n`` (respondents), ``changed``.
    """
    changed = float((respondents["own_share"] < 100).sum())
    return pd.DataFrame({"n": [len(respondents)], "changed": [changed]})


def grouped_validity_tables(
    tables: Mapping[str, pd.DataFrame], smallest: int
) -> dict[str, pd.DataFrame]:
    """Return ``stability_confidence`` and ``imputation_changed``, of what was computed."""
    made = {}
    if "stability_respondents" in tables:
        own = tables["stability_respondents"]
        made["stability_confidence"] = confidence_table(own, smallest=smallest)
    if "imputation_respondents" in tables:
        made["imputation_changed"] = changed_table(tables["imputation_respondents"])
    return made
