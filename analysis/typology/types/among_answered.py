"""Classes described among those who answered: one denominator for one quantity.

Whoever did not answer a question is in no share of its answers, here as in the table of respondents
and in the answers to the items, nor is whoever answered "don't know"; how many they are is a share
of its own, of all.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator

import numpy as np
import numpy.typing as npt
import pandas as pd

from rfree import describe_categories, describe_variables
from rfree.base.inputs import FloatArray
from rfree.base.multiple_tests import adjusted_p_values
from typology.questionnaire.answer_scale import NO_OPINION
from typology.questionnaire.characteristics import NO_ANSWER

WITHOUT_DEGREE = [NO_ANSWER, NO_OPINION]
"""Categories of those who gave none of the answers that shares are of."""


def categories_among_answered(
    X: pd.DataFrame, labels: pd.Series, sample_weight: FloatArray
) -> pd.DataFrame:
    """Compare the share of every answer in every class with its share in the sample.

    As `rfree.describe_categories`, among those who answered each variable; rows of the categories
    "no answer" and "no opinion" are among all. Where nobody of a class answered, its share is NaN
    and its test is not significant.

    Examples
    --------
    >>> X = pd.DataFrame({"sex": ["f", "m", "f", "no answer"]})
    >>> table = categories_among_answered(X, pd.Series([1, 1, 2, 2]), np.ones(4))
    >>> table[["class", "category", "category_share", "overall_share"]].round(1)
       class   category  category_share  overall_share
    0      1          f            50.0           66.7
    1      1          m            50.0           33.3
    2      1  no answer             0.0           25.0
    3      2          f           100.0           66.7
    4      2          m             0.0           33.3
    5      2  no answer            50.0           25.0
    """
    parts = []
    for variables, answered in _alike(X):
        chosen = X.loc[answered, variables].apply(_without_no_answer)
        parts.append(_described(chosen, labels[answered], sample_weight[answered], labels))
        if not answered.all():
            missed = X[variables].astype("object")
            missed = missed.mask(np.repeat(answered[:, None], len(variables), axis=1), "answer")
            table = describe_categories(missed, labels, sample_weight=sample_weight)
            parts.append(table[table["category"].isin(WITHOUT_DEGREE)])
    table = pd.concat(parts, ignore_index=True)
    order = table["variable"].map({name: at for at, name in enumerate(X.columns)})
    table = table.assign(order=order).sort_values(["class", "order"], kind="stable")
    p_adjusted = adjusted_p_values(table["p_value"].to_numpy(dtype=float), "holm")
    return table.drop(columns="order").assign(p_adjusted=p_adjusted).reset_index(drop=True)


def variables_among_answered(
    X: pd.DataFrame, labels: pd.Series, sample_weight: FloatArray
) -> pd.DataFrame:
    """Return the association of every variable with the classes, among those who answered it.

    As `rfree.describe_variables`. Where those who answered are of one class, there is no
    association to measure: chi2 0, p 1.
    """
    parts = []
    for variables, answered in _alike(X):
        chosen, own = X.loc[answered, variables].apply(_without_no_answer), labels[answered]
        if _two_classes(own, sample_weight[answered]):
            parts.append(describe_variables(chosen, own, sample_weight=sample_weight[answered]))
            continue
        none = {"chi2": 0.0, "df": 0, "p_value": 1.0, "p_adjusted": 1.0, "cramers_v": np.nan}
        parts.append(pd.DataFrame({"variable": variables} | none))
    table = pd.concat(parts).set_index("variable").loc[list(X.columns)].reset_index()
    return table.assign(
        p_adjusted=adjusted_p_values(table["p_value"].to_numpy(dtype=float), "holm")
    )


def _alike(X: pd.DataFrame) -> Iterator[tuple[list[Hashable], npt.NDArray[np.bool_]]]:
    """Yield the variables that the same respondents answered, and who they are."""
    masks: dict[bytes, list[Hashable]] = {}
    answered = ~X.astype("object").isin(WITHOUT_DEGREE).to_numpy(dtype=bool)
    for name, mask in zip(X.columns, answered.T, strict=True):
        masks.setdefault(mask.tobytes(), []).append(name)
    for key, names in masks.items():
        yield names, np.frombuffer(key, dtype=bool)


def _without_no_answer(column: pd.Series) -> pd.Series:
    """Return a column of answers without the category of those who gave none."""
    if not isinstance(column.dtype, pd.CategoricalDtype):
        return column
    gone = [category for category in column.cat.categories if category in WITHOUT_DEGREE]
    return pd.Series(column.cat.remove_categories(gone))


def _described(
    X: pd.DataFrame, own: pd.Series, weights: FloatArray, labels: pd.Series
) -> pd.DataFrame:
    """Describe the classes of those who answered; those without any of them have no share."""
    if _two_classes(own, weights):
        table = describe_categories(X, own, sample_weight=weights)
    else:
        table = _of_all(X, weights).assign(**{"class": own.iloc[0]})
    first = table[table["class"] == table["class"].iloc[0]]
    absent = {
        "class_share": 0.0, "category_share": np.nan, "p_value": 1.0, "p_adjusted": 1.0,
        "v_test": 0.0,
    }  # fmt: skip
    others = [
        first.assign(**absent, **{"class": each})
        for each in np.unique(labels)
        if each not in set(table["class"])
    ]
    whole: pd.DataFrame = pd.concat([table, *others], ignore_index=True)
    return whole


def _of_all(X: pd.DataFrame, weights: FloatArray) -> pd.DataFrame:
    """Return the shares of answers that one class alone gave."""
    parts: list[pd.DataFrame] = []
    for name in X.columns:
        totals = pd.Series(weights, X.index).groupby(X[name], observed=False).sum()
        share = (100 * totals / totals.sum()).to_numpy()
        parts.append(
            pd.DataFrame(
                {"class": 0, "variable": name, "category": totals.index.astype(str),
                 "class_share": 100.0, "category_share": share, "overall_share": share,
                 "p_value": 1.0, "p_adjusted": 1.0, "v_test": 0.0}
            )
        )  # fmt: skip
    return pd.concat(parts, ignore_index=True)


def _two_classes(labels: pd.Series, weights: FloatArray) -> bool:
    return labels[weights > 0].nunique() > 1
