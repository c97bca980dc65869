"""Shares that a survey reported beside those of the answers."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from typology.study.shares.reported_shares import ReportedShares, share_counts

ANSWERS_JOINED = "; "
"""Between answers that are counted together, and between conditions ("question=answer")."""


def compare_reported_shares(
    reported: ReportedShares, answers: pd.DataFrame, weight: npt.NDArray[np.float64]
) -> pd.DataFrame:
    """Return what was reported beside what was computed, in the order of the source.

    Columns: ``variable``, ``answers``, ``within`` ("question=answer; ..."), ``reported``
    (percent, as printed), ``decimals`` (that it was printed with), ``n`` and ``base`` (respondents
    counted, of how many), ``computed`` (percent, weighted; NaN of nobody), ``difference``
    (percentage points), ``reproduced`` (whether the computed share could be printed as the reported
    one), ``source_fr``, ``source_en``.
    """
    weights = pd.Series(weight, index=answers.index)
    rows = []
    for share in reported.shares:
        who = share_counts(share, answers)
        base = float(weights[who["base"]].sum())
        computed = 100 * float(weights[who["member"]].sum()) / base if base else np.nan
        difference = computed - share.share
        rows.append(
            {
                "variable": share.variable,
                "answers": ANSWERS_JOINED.join(share.answers),
                "within": ANSWERS_JOINED.join(
                    f"{name}={answer}" for name, each in share.within.items() for answer in each
                ),
                "reported": share.share,
                "decimals": share.decimals,
                "n": int(who["member"].sum()),
                "base": int(who["base"].sum()),
                "computed": computed,
                "difference": difference,
                "reproduced": bool(abs(difference) <= 0.5 * 10.0**-share.decimals + 1e-9),
            }
        )
    source = {f"source_{each}": reported.source.in_(each) for each in ("fr", "en")}
    return pd.DataFrame(rows).assign(**source)
