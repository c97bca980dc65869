"""The characteristics that the models of membership compare, and why others are left out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from typology.fit.fitted_typology import FittedTypology
from typology.questionnaire import Question
from typology.study.membership_choices import MODELLED, modelled_questions

_RANK_TOLERANCE = 1e-9
"""A term whose remainder after the others is below this share of its size follows from them."""


@dataclass(frozen=True)
class ModelNote:
    """What was left out or changed, and why.

    ``note`` is a key of words, its ``membership_note_`` left out; ``variable`` the characteristic
    concerned, "" for the models; ``value`` what the note is about, such as a class or an answer.
    """

    note: str
    variable: str = ""
    value: str = ""


def compared_characteristics(fitted: FittedTypology, notes: list[ModelNote]) -> pd.DataFrame:
    """Return the characteristics that models can compare, a column each.

    Those that the study names, or all that are asked; less, one by one, those that do not vary,
    that nobody of some class answered, that make more terms than the smallest class has
    respondents, or that follow from those before. Every other characteristic that is described
    gets a note.
    """
    table = _asked(fitted, notes)
    counted = fitted.sample_weight > 0
    labels = fitted.classes.labels.to_numpy(dtype=np.int64)[counted]
    usable = _usable(table[counted], labels, notes)
    if len(table.columns) and usable.empty:
        notes.append(ModelNote("none_left"))
    return table[usable.columns]


def is_number(column: pd.Series) -> bool:
    """Return whether a characteristic is a number."""
    return pd.api.types.is_float_dtype(column)


def _asked(fitted: FittedTypology, notes: list[ModelNote]) -> pd.DataFrame:
    """Return the characteristics that the study names, or all that a model takes."""
    chosen = fitted.study.choices.models.characteristics
    known = modelled_questions(fitted.questionnaire)
    respondent = fitted.respondent
    if chosen is not None and not chosen:
        notes.append(ModelNote("none_wanted"))
        return pd.DataFrame(index=respondent.index)
    if chosen is None and not known:
        notes.append(ModelNote("none_asked"))
    names = known if chosen is None else list(chosen)
    notes += _unmodelled(fitted, names)
    columns = {
        name: _values(fitted.questionnaire.question(name), respondent[name])
        for name in names
        if name in respondent
    }
    return pd.DataFrame(columns, index=respondent.index)


def _unmodelled(fitted: FittedTypology, names: list[str]) -> Iterator[ModelNote]:
    """Yield why a question that is described is not among those compared."""
    for question in fitted.questionnaire.respondent:
        described = question.type != "text" or bool(question.themes)
        if question.id in names:
            if question.id not in fitted.respondent:
                yield ModelNote("not_in_file", question.id)
        elif question.type in MODELLED:
            if question.id in fitted.respondent:
                yield ModelNote("not_chosen", question.id)
        elif described:
            yield ModelNote("several_answers" if question.type != "date" else "date", question.id)


def _values(question: Question, answers: pd.Series) -> pd.Series:
    if question.type == "number":
        return answers.astype("Float64").astype(float)
    codes = [str(code) for code in question.choice_codes]
    return pd.Series(pd.Categorical(answers.astype("object"), codes), index=answers.index)


def _usable(
    table: pd.DataFrame, labels: np.ndarray[tuple[int], np.dtype[np.int64]], notes: list[ModelNote]
) -> pd.DataFrame:
    """Leave out, one by one, what keeps the models from being fitted."""
    fixed = [name for name in table if table[name].nunique() < 2]
    notes += [ModelNote("one_answer", str(name)) for name in fixed]
    table = table.drop(columns=fixed)
    while len(table.columns):
        fault = _fault(table, labels)
        if fault is None:
            break
        notes.append(fault)
        table = table.drop(columns=fault.variable)
    return table


def _fault(
    table: pd.DataFrame, labels: np.ndarray[tuple[int], np.dtype[np.int64]]
) -> ModelNote | None:
    """Return the characteristic to leave out first, and why; None where all can be compared."""
    complete = table.notna().all(axis=1).to_numpy()
    left = table[complete]
    fixed = [name for name in table if left[name].nunique() < 2]
    if fixed:
        return ModelNote("not_enough_answers", str(table[fixed].notna().sum().idxmin()))
    sizes = pd.Series(labels[complete]).value_counts().reindex(np.unique(labels), fill_value=0)
    if (sizes == 0).any():
        absent = np.isin(labels, sizes.index[sizes == 0].to_numpy())
        least = table.loc[absent].notna().sum().idxmin()
        return ModelNote("empty_class", str(least))
    terms = {str(name): _terms(left[name]) for name in left}
    counts = {name: columns.shape[1] for name, columns in terms.items()}
    if sum(counts.values()) > sizes.min():
        most = max(reversed(counts), key=lambda name: counts[name])
        return ModelNote("too_many_parameters", most)
    return _following(terms, len(left))


def _terms(column: pd.Series) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
    """Return the terms that a characteristic makes, centred."""
    if is_number(column):
        values = column.to_numpy(dtype=float)[:, None]
    else:
        values = pd.get_dummies(column.cat.remove_unused_categories()).to_numpy(dtype=float)[:, 1:]
    return np.asarray(values - values.mean(axis=0))


def _following(
    terms: dict[str, np.ndarray[tuple[int, int], np.dtype[np.float64]]], n_rows: int
) -> ModelNote | None:
    """Return the first characteristic that follows from those before it."""
    basis = np.empty((n_rows, 0))
    for name, columns in terms.items():
        scaled = columns / np.linalg.norm(columns, axis=0)
        joined = np.column_stack([basis, scaled])
        if np.linalg.matrix_rank(joined, tol=_RANK_TOLERANCE * np.sqrt(n_rows)) < joined.shape[1]:
            return ModelNote("collinear", name)
        basis = joined
    return None
