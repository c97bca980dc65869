"""Tables of the items: answers, agreement, reliability of the blocks."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd

from rfree import AgreementScale, answer_distribution, describe_agreement, describe_reliability
from rfree.base.inputs import FloatArray
from rfree.items.factor_number import polychoric_parallel_analysis
from typology.fit.scores import oriented_codes
from typology.items.tables import NEARLY_UNIFORM
from typology.questionnaire import Questionnaire, Scale

_FEWEST_ITEMS = 3
"""Items of a block below which nothing is said of its dimensions."""


def distribution_table(
    items: pd.DataFrame, questionnaire: Questionnaire, sample_weight: FloatArray
) -> pd.DataFrame:
    """Return the answers to every item: how many gave each code.

    Columns: ``block``, ``item``, ``code``, ``n`` (respondents), ``share`` (weighted percent of
    those who answered).
    """
    return _by_block(
        items,
        questionnaire,
        lambda answers, scale: answer_distribution(
            answers, scale=scale, sample_weight=sample_weight
        ),
    )


def agreement_table(
    items: pd.DataFrame,
    questionnaire: Questionnaire,
    sample_weight: FloatArray,
    *,
    no_opinion: pd.Series[Any] | None = None,
) -> pd.DataFrame:
    """Return how far respondents agree with every item.

    ``items`` holds degrees of agreement; ``no_opinion``, where a scale offers "don't know",
    says how many answered so to each. ``block``, then as `rfree.describe_agreement`: ``item``,
    ``n``, ``missing`` and ``no_opinion`` (respondents, whatever they weigh), ``mean``, the shares
    that disagree, are neutral and agree (percent), the interval of the last, ``consensus``, and
    ``rank`` within the block by share agreeing.
    """
    table = _by_block(
        items,
        questionnaire,
        lambda answers, scale: describe_agreement(
            answers, scale=scale, sample_weight=sample_weight
        ),
    )
    answered = items.notna().sum()
    counts = table["item"].map(answered).astype(int)
    table = table.assign(n=counts, missing=len(items) - counts)
    if no_opinion is not None:
        unsure = table["item"].map(no_opinion).astype(int)
        table["missing"] -= unsure
        table.insert(list(table.columns).index("missing") + 1, "no_opinion", unsure)
    return table


def block_reliability(
    items: pd.DataFrame, questionnaire: Questionnaire, sample_weight: FloatArray
) -> pd.DataFrame:
    """Return Cronbach's alpha and McDonald's omega of every block, reversed items turned.

    As `rfree.describe_reliability`.
    """
    blocks = {
        block.id: [item.id for item in block.items]
        for block in questionnaire.blocks
        if len(block.items) > 1
    }
    codes = oriented_codes(items, questionnaire)
    return describe_reliability(codes, blocks, sample_weight=sample_weight)


def suggested_factors(
    items: pd.DataFrame, questionnaire: Questionnaire, *, seed: int, n_jobs: int = 1
) -> pd.DataFrame:
    """Return how many dimensions the answers to each block have.

    ``block``, ``n`` (who answered all its items), then as
    `rfree.items.factor_number.polychoric_parallel_analysis`: ``number``, ``component``,
    ``component_chance``, ``component_kept``, ``factor``, ``factor_chance``, ``factor_kept``. No
    row of a block of fewer than three items, or one of whose items has a single answer.
    """
    codes = oriented_codes(items, questionnaire)
    parts = []
    for block in questionnaire.blocks:
        own = codes[[item.id for item in block.items]].dropna()
        if own.shape[1] < _FEWEST_ITEMS or bool((own.nunique() < 2).any()):
            continue
        found = polychoric_parallel_analysis(own, seed=seed, n_jobs=n_jobs)
        part = found.table.assign(
            component_kept=found.table["number"] <= found.n_components,
            factor_kept=found.table["number"] <= found.n_factors,
        )
        part.insert(0, "block", block.id)
        part.insert(1, "n", found.n_respondents)
        parts.append(part)
    return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=["block"])


def agreement_scale(scale: Scale) -> AgreementScale:
    """Return a scale of the questionnaire as `rfree` wants it."""
    by_stance = {
        stance: tuple(code for code in scale.codes if scale.stance(code) == stance)
        for stance in ("disagree", "agree")
    }
    return AgreementScale(scale.codes[0], scale.codes[-1], **by_stance)


def _by_block(
    items: pd.DataFrame,
    questionnaire: Questionnaire,
    describe: Callable[[pd.DataFrame, AgreementScale], pd.DataFrame],
) -> pd.DataFrame:
    parts = []
    for block in questionnaire.blocks:
        scale = agreement_scale(questionnaire.scales[block.scale])
        part = describe(items[[item.id for item in block.items]], scale)
        part.insert(0, "block", block.id)
        parts.append(part)
    return pd.concat(parts, ignore_index=True)


def answer_quality_counts(lines: pd.DataFrame, twins: pd.DataFrame) -> pd.DataFrame:
    """Return how many respondents gave one answer all along, or the answers of another.

    ``lines`` and ``twins`` are the tables of straight-lining and of identical answers of
    `typology.answers.quality`. Columns of the one row: ``compared`` (respondents with two active
    items or more), of whom ``one_answer``, ``nearly_one`` (to ``NEARLY_UNIFORM`` percent of them)
    and ``long_run`` (one answer to half of them in a row); ``twins`` and ``repeats`` (all answers
    those of another; the first left aside); ``median_share`` (percent) and ``median_run`` (items)
    of the answer given most.
    """
    several = lines[lines["items"] >= 2]
    return pd.DataFrame(
        {
            "compared": [len(several)],
            "one_answer": [int(several["straight_liner"].astype(bool).sum())],
            "nearly_one": [int((several["share"] >= NEARLY_UNIFORM).sum())],
            "long_run": [int((several["longest_run"] >= several["items"] / 2).sum())],
            "twins": [len(twins)],
            "repeats": [int((~twins["first"].astype(bool)).sum())],
            "median_share": [float(several["share"].median())],
            "median_run": [float(several["longest_run"].median())],
        }
    )
