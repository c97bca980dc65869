"""One simulated sample taken through the run's own chain, and what it gives back."""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np
import pandas as pd
from scipy.optimize import linear_sum_assignment
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

from rfree.base.limits import LimitError
from rfree.base.replicates import child_seed
from rfree.classes.chain import ChainResult, ChainSettings, CodedTable, code_table, run_chain
from rfree.classes.partition_agreement import adjusted_rand, overlap_table
from rfree.classes.suggested_number import (
    CRITERIA,
    DEFAULT_CRITERION,
    cut_criterion,
    suggested_number,
)
from rfree.evidence.groups_shown import groups_shown, resampled_jaccard
from typology.answers.left_out import assess_study_quality
from typology.answers.responses import Responses
from typology.fit.active_checks import active_table_of
from typology.fit.axes import fit_axes
from typology.fit.classes import AUTO_RANGE
from typology.problems import InputError
from typology.tools.plan.planted import Planted
from typology.tools.simulate.simulation import simulate_answers

RESAMPLES = 20
"""Resamples of each sample, for how stable its types are."""


@dataclass(frozen=True)
class SampleFound:
    """What one sample gives back of the planted types.

    ``analysed`` of its ``respondents`` on ``axes``; ``adjusted_rand`` between planted and found
    types; ``right_share``: percent of those analysed who are in the class that stands for their
    planted type; ``suggested`` number of classes and whether it is the ``right_number``;
    ``least_jaccard`` of a type in resamples; ``groups``: "ordered groups", "groups", "" where none
    are shown, None where that was not asked; ``made``: whether a typology could be made.
    """

    respondents: int
    sample: int
    made: bool
    analysed: int = 0
    axes: int = 0
    adjusted_rand: float = 0.0
    right_share: float = 0.0
    suggested: int = 0
    right_number: bool = False
    least_jaccard: float = 0.0
    groups: str | None = None


SAMPLE_COLUMNS = tuple(field.name for field in fields(SampleFound))


def find_in_sample(
    planted: Planted, n: int, number: int, *, seed: int, judged: bool
) -> SampleFound:
    """Draw sample ``number`` of ``n`` respondents and take it through the chain.

    ``judged``: whether the verdict is asked too. The sample depends on the seed, on n and on its
    number, never on what else is drawn.
    """
    own_seed = child_seed(seed, n, number)
    with threadpool_limits(limits=1):
        responses, types = simulate_answers(
            planted.questionnaire,
            design=planted.design,
            n=n,
            seed=int(own_seed.generate_state(1, np.uint64)[0]),
            drawn_types=True,
        )
        generator = np.random.default_rng(child_seed(own_seed, 1))
        try:
            return _found(planted, responses, types, number, generator, judged=judged)
        except (InputError, LimitError):
            return SampleFound(n, number, False, groups="" if judged else None)


def _found(
    planted: Planted,
    drawn: pd.DataFrame,
    types: pd.DataFrame,
    number: int,
    generator: np.random.Generator,
    *,
    judged: bool,
) -> SampleFound:
    study, questionnaire = planted.study, planted.questionnaire
    items = drawn.set_index("respondent")[list(questionnaire.items)]
    answers = Responses(questionnaire, items, pd.DataFrame(index=items.index), simulated=True)
    active_items = study.active_items(questionnaire)
    kept = assess_study_quality(study, answers, active_items).kept
    blocks = study.weighed_blocks(questionnaire)
    active = active_table_of(items.loc[kept, active_items], study.choices, blocks=blocks)
    axes = fit_axes(active, study.axis_rule).number
    table = code_table(
        active.categories,
        passive=active.passive,
        passive_below=study.choices.passive_below,
        blocks=active.blocks,
    )
    found, suggested = _classified(planted, table, axes)
    settings = ChainSettings(axes, int(found.labels.max()), study.choices.consolidate)
    own = types.set_index("respondent")["type"].loc[kept].to_numpy()
    overlap = overlap_table(pd.factorize(own)[0] + 1, found.labels)
    jaccard = resampled_jaccard(table, settings, generator, found=found, n_resamples=RESAMPLES)
    least = float(jaccard.min())
    return SampleFound(
        respondents=len(drawn),
        sample=number,
        made=True,
        analysed=len(kept),
        axes=axes,
        adjusted_rand=adjusted_rand(overlap),
        right_share=100 * right_share(overlap),
        suggested=suggested,
        right_number=suggested == len(planted.design.types),
        least_jaccard=least,
        groups=(groups_shown(table, settings, generator, least_jaccard=least) or "")
        if judged
        else None,
    )


def right_share(overlap: pd.DataFrame) -> float:
    """Return the share (0-1) of respondents in the class that stands for their planted type.

    ``overlap`` crosses planted types and classes. Each class stands for one type at most, so that
    most respondents are right.

    >>> right_share(overlap_table([1, 1, 2, 2], [2, 2, 1, 2]))
    0.75
    """
    counts = overlap.to_numpy(dtype=float)
    rows, columns = linear_sum_assignment(counts, maximize=True)
    return float(counts[rows, columns].sum() / counts.sum())


def _classified(planted: Planted, table: CodedTable, axes: int) -> tuple[ChainResult, int]:
    """Return the classes of a sample as the study makes them, and the number the tree suggests."""
    choices = planted.study.choices
    asked = choices.classes if isinstance(choices.classes, int) else None
    criterion = choices.classes if choices.classes in CRITERIA else DEFAULT_CRITERION
    found = run_chain(
        table, ChainSettings(axes, asked or AUTO_RANGE[0], choices.consolidate), thorough=True
    )
    gains = np.where(found.gains > 1e-12 * found.gains.sum(), found.gains, 0.0)
    values = cut_criterion(criterion, gains, n_axes=axes)
    numbers = np.arange(2, len(values) + 2)
    fewest, most = AUTO_RANGE
    suggested = suggested_number(criterion, values, numbers, fewest=fewest, most=most) or fewest
    if asked is None and suggested != AUTO_RANGE[0]:
        settings = ChainSettings(axes, suggested, choices.consolidate)
        found = run_chain(table, settings, thorough=True)
    return found, suggested
