"""A simulated sample that has the shares a survey reported."""

from __future__ import annotations

import numpy as np
import pandas as pd

from rfree.samples.drawn_to_shares import draw_to_shares
from typology.questionnaire import Questionnaire
from typology.study.shares.reported_shares import ReportedShares, share_counts
from typology.tools.simulate.design import MOST_SIMULATED, SimulationDesign
from typology.tools.simulate.simulation import simulate_answers

CANDIDATES = 40
"""Simulated for each respondent of the sample."""


def simulate_to_shares(
    questionnaire: Questionnaire,
    reported: ReportedShares | None,
    *,
    design: SimulationDesign,
    n: int | None = None,
    seed: int | None = None,
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return simulated answers and planted types, drawn to the shares reported where there are any.

    Many candidates are simulated (`typology.tools.simulate.simulation.simulate_answers`); those
    whose shares together are nearest to the reported ones make the sample
    (`rfree.samples.drawn_to_shares`), in the order in which they were simulated, numbered anew.
    """
    if reported is None:
        return simulate_answers(questionnaire, design=design, n=n, seed=seed)
    n = design.respondents if n is None else n
    seed = design.seed if seed is None else seed
    candidates = min(CANDIDATES * n, max(MOST_SIMULATED, n))
    responses, types = simulate_answers(questionnaire, design=design, n=candidates, seed=seed)
    counts = [share_counts(share, responses).astype(float) for share in reported.shares]
    drawn = draw_to_shares(
        np.column_stack([each["member"] for each in counts]),
        np.column_stack([each["base"] for each in counts]),
        np.array([share.share for share in reported.shares]),
        n=n,
        rng=np.random.default_rng(seed),
    )
    names = responses["respondent"].iloc[:n].map(lambda name: int(name[1:]))
    named = names.map(lambda number: f"R{number:0{max(3, len(str(n)))}d}").to_numpy()
    return tuple(
        table.iloc[drawn].reset_index(drop=True).assign(respondent=named)
        for table in (responses, types)
    )  # type: ignore[return-value]
