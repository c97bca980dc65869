"""The answers to every item within each class."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from rfree.base.inputs import FloatArray
from typology.questionnaire import Block, Questionnaire


def class_distribution_table(
    items: pd.DataFrame,
    questionnaire: Questionnaire,
    classes_labels: pd.Series,
    sample_weight: FloatArray,
) -> pd.DataFrame:
    """Return how often each code was given to each item in each class.

    ``items`` has the codes of the items' scales, <NA> for no answer, of every item of the
    questionnaire. One row a class, item and code, in that order: ``class``, ``block``, ``item``,
    ``code``, ``n`` (respondents, whatever they weigh; over the classes, that of
    ``item_distribution``), ``share`` (weighted percent of the answers of the class to the item; NaN
    when it gave none). Raises ValueError where labels or weights are not those of the items.
    """
    if not classes_labels.index.equals(items.index):
        raise ValueError("classes_labels must be indexed by the respondents of items, in order.")
    weights = np.asarray(sample_weight, dtype=float)
    if weights.shape != (len(items),):
        raise ValueError(f"sample_weight has shape {weights.shape}: expected ({len(items)},).")
    labels = classes_labels.to_numpy(dtype=int)
    classes = np.unique(labels)
    member = labels == classes[:, None]
    parts = [
        _block_distribution(items, questionnaire, block, classes, member=member, weights=weights)
        for block in questionnaire.blocks
    ]
    return pd.concat(parts, ignore_index=True).sort_values(
        "class", kind="stable", ignore_index=True
    )


def _block_distribution(
    items: pd.DataFrame,
    questionnaire: Questionnaire,
    block: Block,
    classes: npt.NDArray[np.int64],
    *,
    member: npt.NDArray[np.bool_],
    weights: FloatArray,
) -> pd.DataFrame:
    names = [item.id for item in block.items]
    scale = np.asarray(questionnaire.scales[block.scale].codes)
    answers = items[names].to_numpy(dtype=float, na_value=np.nan)

    def crossed(values: FloatArray) -> FloatArray:
        # One product a code: classes x items sums, stacked to classes x items x codes.
        return np.stack([member * values @ (answers == code) for code in scale], axis=-1)

    counts, sums = crossed((weights > 0).astype(float)), crossed(weights)
    totals = sums.sum(axis=-1, keepdims=True)
    shares = np.divide(sums, totals, out=np.full_like(sums, np.nan), where=totals > 0)
    return pd.DataFrame(
        {
            "class": np.repeat(classes, len(names) * len(scale)),
            "block": block.id,
            "item": np.tile(np.repeat(names, len(scale)), len(classes)),
            "code": np.tile(scale, len(classes) * len(names)),
            "n": counts.ravel().astype(np.int64),
            "share": 100 * shares.ravel(),
        }
    )
