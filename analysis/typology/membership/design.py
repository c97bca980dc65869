"""What the models of membership compare: characteristics, reference class, order of the classes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from rfree.base.inputs import FloatArray
from rfree.membership.design_matrix import DesignMatrix, design_matrix
from typology.fit.fitted_typology import FittedTypology
from typology.membership.characteristics import ModelNote, compared_characteristics, is_number
from typology.study.type_profiles import standardise_means

STEPS_IN_RANGE = 4
"""A number counts by the largest power of ten that its range holds at least so many times."""

_SIGNS = {"favourable": 1.0, "unfavourable": -1.0, "neutral": 0.0}


@dataclass(frozen=True)
class MembershipDesign:
    """What the models of membership read: terms and class of all respondents.

    Those who miss a characteristic are not in the matrix of the design. The other classes are
    compared with the ``reference``; ``order`` has the classes from low to high, ``answers`` those
    of each characteristic in the order of the questionnaire.
    """

    design: DesignMatrix
    labels: np.ndarray[tuple[int], np.dtype[np.int64]]
    sample_weight: FloatArray
    reference: int
    order: tuple[int, ...]
    ordered_by: Literal["attitude", "axis_1"]
    answers: Mapping[str, tuple[str, ...]]

    @property
    def kept(self) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
        """Return which respondents the models are of."""
        return np.asarray(self.design.kept & (self.sample_weight > 0))


def membership_design(fitted: FittedTypology) -> tuple[MembershipDesign | None, list[ModelNote]]:
    """Put together what the models of membership read, None where no model can be fitted.

    Also returns what was left out, and why there is no model.
    """
    notes: list[ModelNote] = []
    table = compared_characteristics(fitted, notes)
    if table.empty:
        return None, notes
    labels = fitted.classes.labels.to_numpy(dtype=np.int64)
    complete = table.notna().all(axis=1).to_numpy() & (fitted.sample_weight > 0)
    design = design_matrix(
        table,
        references=_reference_answers(fitted, table[complete], notes),
        units={str(n): number_step(table[n]) for n in table if is_number(table[n])},
    )
    order, ordered_by = order_of_classes(fitted)
    reference = _reference_class(fitted, notes)
    answers = {
        str(name): tuple(map(str, table[name].cat.categories))
        for name in table
        if isinstance(table[name].dtype, pd.CategoricalDtype)
    }
    return (
        MembershipDesign(
            design, labels, fitted.sample_weight, reference, order, ordered_by, answers
        ),
        notes,
    )


def number_step(values: pd.Series) -> float:
    """Return by how much a number counts: 10 for ages from 28 to 78, 1 for 0 to 10 children.

    The largest power of ten that the range of the values holds four times; two values differ at
    least.

    >>> number_step(pd.Series([28.0, 78.0])), number_step(pd.Series([0.0, 10.0]))
    (10.0, 1.0)
    """
    spread = float(values.max() - values.min())
    return float(10.0 ** np.floor(np.log10(spread / STEPS_IN_RANGE)))


def order_of_classes(
    fitted: FittedTypology,
) -> tuple[tuple[int, ...], Literal["attitude", "axis_1"]]:
    """Return the classes from the least to the most favourable, and by what they are ordered.

    "attitude": by the mean, over the favourable and unfavourable active blocks, of the standardised
    agreement of each class, turned round where agreeing is unfavourable. "axis_1": by centre on
    axis 1, the way classes are numbered, where every block is neutral.
    """
    means, questionnaire = fitted.classes.means, fitted.questionnaire
    signs = np.array([_SIGNS[questionnaire.block(str(each)).direction] for each in means])
    if not signs.any():
        return tuple(map(int, means.index)), "axis_1"
    positions = standardise_means(means, fitted.scores, fitted.sample_weight).fillna(0.0)
    attitude = pd.Series(positions.to_numpy() @ signs, index=means.index)
    return tuple(map(int, attitude.sort_values(kind="stable").index)), "attitude"


def _reference_answers(
    fitted: FittedTypology, complete: pd.DataFrame, notes: list[ModelNote]
) -> dict[str, str]:
    """Return the answers to compare with that the study names and that somebody gave."""
    named = fitted.study.choices.models.reference_answers
    modelled = {name: answer for name, answer in named.items() if name in complete}
    given = {name: ans for name, ans in modelled.items() if (complete[name] == ans).any()}
    notes += [
        ModelNote("reference_answer_absent", name, answer)
        for name, answer in modelled.items()
        if name not in given
    ]
    return given


def _reference_class(fitted: FittedTypology, notes: list[ModelNote]) -> int:
    """Return the class of the type or number that the study names; the largest without."""
    wanted, types = fitted.study.choices.models.reference, fitted.classes.types
    numbers = [number for number, kind in types.items() if wanted in (number, kind)]
    if wanted is not None and numbers:
        return int(numbers[0])
    if wanted is not None:
        notes.append(ModelNote("reference_class_absent", value=str(wanted)))
    sizes = pd.Series(fitted.sample_weight).groupby(fitted.classes.labels.to_numpy()).sum()
    return int(sizes.index[int(sizes.to_numpy().argmax())])
