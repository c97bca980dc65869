"""Whatever is wrong with an argument is told of it by its own name, at the beginning."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import pytest

from rfree.axes.crossing import crossed_variances
from rfree.axes.guttman import guttman_r2
from rfree.axes.mca import MCA
from rfree.classes.partition_agreement import overlap_table
from rfree.description.group_tests import compare_categories, compare_quantities
from rfree.items.agreement import AgreementScale
from rfree.membership.design_matrix import design_matrix
from rfree.other_clusterings.other_clusterings import other_clusterings
from rfree.reality.stability import bootstrap_stability

N = 12
LABELS = np.resize([1, 2], N)
GAP = [None, *LABELS[1:].tolist()]
X = pd.DataFrame({"a": np.resize(["1", "2", "3"], N), "b": np.resize(["x", "y"], N)})
TWICE = pd.DataFrame(np.ones((N, 2)), columns=["q", "q"])
DATES = pd.DataFrame({"day": pd.date_range("2024-01-01", periods=N)})
Q = pd.DataFrame({"age": np.arange(N) + 0.5})
NAMES = pd.Series(["ann"] * N)

ALIKE = pd.DataFrame({"c": [1, "1"] * (N // 2), "d": ["x", "y"] * (N // 2)}, dtype=object)
CASES: dict[str, tuple[Callable[[], Any], str]] = {
    "reference of overlap": (lambda: overlap_table(GAP, LABELS), "reference has 1 missing values"),
    "other of overlap": (lambda: overlap_table(LABELS, GAP), "other has 1 missing values"),
    "X of categories": (lambda: compare_categories(TWICE, LABELS, seed=1), "X has several columns"),
    "Q of quantities": (lambda: compare_quantities(TWICE, LABELS), "Q has several columns"),
    "characteristics twice": (lambda: design_matrix(TWICE), "characteristics has several columns"),
    "x of an arch": (lambda: guttman_r2(NAMES, Q["age"]), "x must hold numbers"),
    "y of an arch": (lambda: guttman_r2(Q["age"], NAMES), "y must hold numbers"),
    "n_components": (lambda: MCA(1.5).fit(X), "n_components must be a whole number"),
    "table of an analysis": (lambda: MCA().fit([1]), "X must be a pandas DataFrame, not list"),
    "low of a scale": (lambda: AgreementScale(1.5, 5), "a scale's low must be a whole number"),
    "high of a scale": (lambda: AgreementScale(1, 5.5), "a scale's high must be a whole number"),
    "S read": (
        lambda: MCA().fit(X).supplementary(X.iloc[:, [0, 0]]), "S has several columns of one name",
    ),
    "S with gaps": (
        lambda: MCA().fit(X).supplementary(X.where(X["b"] == "x")), "S has missing values",
    ),
    "S of dates": (
        lambda: MCA().fit(X).supplementary(DATES), "S has columns that are neither numbers nor",
    ),
    "S alike": (lambda: MCA().fit(X).supplementary(ALIKE), "S has categories that read the same"),
    "answers crossed": (
        lambda: crossed_variances(Q.assign(other=1.0), ALIKE), "answers has categories that read",
    ),
    "characteristics of dates": (
        lambda: design_matrix(DATES), "characteristics has columns that are neither numbers nor",
    ),
    "units": (lambda: design_matrix(Q, units={"age": "ten"}), "units must hold numbers"),  # type: ignore[dict-item]
    "labels of a bootstrap": (
        lambda: bootstrap_stability(
            X, n_axes=1, n_classes=2, labels=GAP, sample_weight=[1] * N, frequencies=True
        ),
        "labels has 1 missing values",
    ),
    "labels of other clusterings": (
        lambda: other_clusterings(X, GAP, ordered=False, seed=1), "reference_labels has 1 missing",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_what_is_wrong_is_told_of_the_argument(case: str) -> None:
    call, begins = CASES[case]
    with pytest.raises((TypeError, ValueError)) as refused:
        call()
    assert str(refused.value).startswith(begins), refused.value
