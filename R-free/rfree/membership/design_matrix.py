"""The terms of a regression, from a table of characteristics."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.linalg import qr

from rfree.base.coding import as_categorical
from rfree.base.inputs import (
    FloatArray,
    check_numbers_or_categories,
    holds_numbers,
    real_numbers,
    with_near_names,
)
from rfree.description.group_tests import check_characteristics

_NO_ANSWER = "no answer"
# A column whose remainder after the others is below this share of its size adds nothing.
COLLINEAR = 1e-9


@dataclass(frozen=True)
class DesignMatrix:
    """Terms of a regression and where they come from.

    Attributes
    ----------
    matrix : DataFrame, respondents kept x terms
        Floats, without intercept; index as that of the characteristics.
    terms : DataFrame
        A row for every term: ``term`` ("practice: solo", "age (per 10)"), ``variable``,
        ``category`` ("" for a number), ``reference`` ("" for a number), ``unit`` (NaN for a
        category).
    missing : DataFrame
        A row for every characteristic: ``variable``, ``missing`` (respondents without answer),
        ``treatment`` ("left out", or "category" when no answer is one).
    kept : array of all respondents
        Whether each has every characteristic.
    respondents : Index
        Labels of all respondents.
    """

    matrix: pd.DataFrame
    terms: pd.DataFrame
    missing: pd.DataFrame
    kept: npt.NDArray[np.bool_]
    respondents: pd.Index

    @property
    def n_left_out(self) -> int:
        """Respondents left out for a missing answer."""
        return int((~self.kept).sum())

    @property
    def with_intercept(self) -> FloatArray:
        """Matrix with a first column of ones."""
        return np.column_stack([np.ones(len(self.matrix)), self.matrix.to_numpy(dtype=float)])


def design_matrix(
    characteristics: pd.DataFrame,
    *,
    references: Mapping[str, str] | None = None,
    units: Mapping[str, float] | None = None,
    no_answer: Literal["left out", "category"] = "left out",
) -> DesignMatrix:
    """Turn characteristics into the terms of a regression.

    Parameters
    ----------
    characteristics : DataFrame, respondents x characteristics
        Numeric columns are numbers, all others (booleans included) categories.
    references : mapping of variable to category, optional
        Category that the others are compared with. By default the most frequent one among the
        respondents kept (the first of them in order, when several are).
    units : mapping of variable to number, optional
        Step that a number's coefficient is worth: ``{"age": 10}`` for ten years. By default 1.
    no_answer : {"left out", "category"}
        Whether respondents without a categorical answer are left out, or make a category "no
        answer". Those who miss a number are always left out.

    Returns
    -------
    DesignMatrix

    Raises
    ------
    TypeError, ValueError
        If a reference or a unit names what is not there, nobody is complete, a characteristic
        does not vary, holds dates or infinite numbers, two terms read the same, or a term is a
        combination of others.

    Examples
    --------
    >>> practice = ["solo", "group", "group", None]
    >>> table = pd.DataFrame({"practice": practice, "age": [31, 40, 52, 60]})
    >>> design = design_matrix(table, units={"age": 10})
    >>> design.matrix
       practice: solo  age (per 10)
    0             1.0           3.1
    1             0.0           4.0
    2             0.0           5.2
    >>> design.n_left_out
    1
    """
    check_characteristics(characteristics, name="characteristics")
    check_numbers_or_categories(characteristics, name="characteristics")
    characteristics = characteristics.set_axis(_different_texts(characteristics.columns), axis=1)
    references = {str(name): str(category) for name, category in (references or {}).items()}
    units = {str(name): unit for name, unit in (units or {}).items()}
    numbers = [str(name) for name in characteristics if _is_number(characteristics[name])]
    _check_options(characteristics, numbers, references, units, no_answer)
    absent = characteristics.isna().to_numpy()
    own = np.array([no_answer == "category" and str(name) not in numbers
                    for name in characteristics])  # fmt: skip
    kept = ~(absent & ~own).any(axis=1)
    if not kept.any():
        raise ValueError("No respondent has every characteristic: nothing is left to model.")
    complete = characteristics.loc[kept]
    columns: dict[str, FloatArray] = {}
    terms: list[dict[str, object]] = []
    for name in map(str, complete.columns):
        if name in numbers:
            step = float(units.get(name, 1.0))
            term = name if step == 1 else f"{name} (per {step:g})"
            columns[term] = complete[name].to_numpy(dtype=float) / step
            if not np.isfinite(columns[term]).all():
                raise ValueError(f"characteristics has infinite numbers in: {name!r}.")
            terms.append({"term": term, "variable": name, "category": "", "reference": "",
                          "unit": step})  # fmt: skip
            continue
        coded = as_categorical(complete[name]).remove_unused_categories()
        answers = np.array([*map(str, coded.categories), _NO_ANSWER])[coded.codes]
        _different_texts(coded.categories, of=name)
        reference = references[name] if name in references else _most_frequent(answers, coded)
        if reference not in answers:
            raise ValueError(
                f"references: nobody kept has {reference!r} for {name!r}; expected one of: "
                f"{', '.join(_in_order(coded, answers))}."
            )
        for category in _in_order(coded, answers):
            if category != reference:
                columns[f"{name}: {category}"] = (answers == category).astype(float)
                terms.append({"term": f"{name}: {category}", "variable": name, "category": category,
                              "reference": reference, "unit": np.nan})  # fmt: skip
    _different_texts([each["term"] for each in terms])
    matrix = pd.DataFrame(columns, index=complete.index)
    _check_terms(matrix, complete)
    missing = pd.DataFrame(
        {
            "variable": [str(name) for name in characteristics],
            "missing": absent.sum(axis=0),
            "treatment": np.where(own, "category", "left out"),
        }
    )
    return DesignMatrix(matrix, pd.DataFrame(terms), missing, kept, characteristics.index)


def _different_texts(names: Iterable[object], *, of: str | None = None) -> list[str]:
    """Return names as the terms write them, after checking that no two are the same there."""
    texts = pd.Index([str(name) for name in names])
    if not texts.is_unique:
        where = "columns or terms" if of is None else f"categories of {of!r}"
        twice = ", ".join(map(repr, texts[texts.duplicated()].unique()))
        raise ValueError(
            f"characteristics has {where} that read the same: {twice}. Rename them, or make them "
            "one."
        )
    return texts.tolist()


def _is_number(column: pd.Series) -> bool:
    return holds_numbers(column) and not pd.api.types.is_bool_dtype(column)


def _in_order(coded: pd.Categorical, answers: npt.NDArray[np.str_]) -> list[str]:
    names = [str(name) for name in coded.categories]
    return (
        [*names, _NO_ANSWER] if (answers == _NO_ANSWER).any() and _NO_ANSWER not in names else names
    )


def _most_frequent(answers: npt.NDArray[np.str_], coded: pd.Categorical) -> str:
    names = _in_order(coded, answers)
    return max(names, key=lambda name: int((answers == name).sum()))


def _check_options(
    table: pd.DataFrame,
    numbers: list[str],
    references: Mapping[str, str],
    units: Mapping[str, float],
    no_answer: str,
) -> None:
    faults = []
    categories = [str(name) for name in table if str(name) not in numbers]
    if wrong := [name for name in references if name not in categories]:
        faults.append(f"references: no categorical column {with_near_names(wrong, categories)}")
    if wrong := [name for name in units if name not in numbers]:
        faults.append(f"units: no numeric column {with_near_names(wrong, numbers)}")
    steps = real_numbers(list(units.values()), name="units")
    if wrong := [name for name, step in zip(units, steps, strict=True) if not 0 < step < np.inf]:
        faults.append(f"units: {', '.join(map(repr, wrong))} must be above zero")
    if no_answer not in ("left out", "category"):
        faults.append(f"no_answer is {no_answer!r}; expected 'left out' or 'category'")
    if faults:
        raise ValueError("; ".join(faults) + ".")


def _check_terms(matrix: pd.DataFrame, complete: pd.DataFrame) -> None:
    constant = [str(name) for name in complete if complete[name].nunique(dropna=False) < 2]
    if constant:
        raise ValueError(
            f"These characteristics do not vary among the {len(complete)} respondents kept: "
            f"{', '.join(constant)}. Leave them out."
        )
    values = np.column_stack([np.ones(len(matrix)), matrix.to_numpy()])
    scaled = values / np.linalg.norm(values, axis=0)
    triangle, pivots = qr(scaled, mode="r", pivoting=True)
    size = np.abs(np.diag(triangle))
    rank = int((size > COLLINEAR).sum())
    if rank < values.shape[1]:
        names = ["intercept", *matrix.columns]
        listed = ", ".join(names[pivot] for pivot in sorted(pivots[rank:]))
        raise ValueError(
            f"Some terms are combinations of others ({len(matrix)} respondents, {matrix.shape[1]} "
            f"terms); for instance: {listed}. Leave out one of the characteristics concerned."
        )
