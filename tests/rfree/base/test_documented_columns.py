"""Tables have the columns that their documentation names, in its order, rows from nought."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest

from rfree.axes.block_weights import weighed_inertia_table
from rfree.axes.mca import MCA
from rfree.axes.n_axes import axes_criteria, parallel_analysis
from rfree.classes.partition_agreement import jaccard_table, overlap_table
from rfree.items.priorities import points_of_ranks, pool_panels, tally
from rfree.membership.compare_models import compare_estimates
from rfree.membership.design_matrix import design_matrix
from rfree.membership.likelihood import maximise_likelihood, model_covariance
from rfree.membership.likelihood_ratio import weighted_profiles
from rfree.membership.marginal_effects import average_marginal_effects, predicted_probabilities
from rfree.membership.multinomial import MultinomialLikelihood, multinomial_logit

X = pd.DataFrame({"a": list("xxyyxy"), "b": list("xxyyyx"), "c": list("xyxyxx")})
POINTS = pd.DataFrame({"meet": [3, 3, None], "share": [2, None, 3], "pay": [1, 2, 2]})
PRACTICE = pd.DataFrame({"practice": ["solo"] * 8 + ["group"] * 8})
CLASSES = [1, 1, 1, 1, 1, 1, 2, 2, 1, 1, 2, 2, 2, 2, 2, 2]
MODEL = multinomial_logit(
    design_matrix(PRACTICE, references={"practice": "group"}), CLASSES, reference=2
)
HALVES = np.full((2, 2), 0.5)


def profiles() -> pd.DataFrame:
    design = np.column_stack([np.ones(8), np.tile([0.0, 1.0], 4)])
    given = MultinomialLikelihood(design, np.eye(2)[[0, 1, 0, 1, 0, 1, 1, 0]], np.ones(8))
    maximum = maximise_likelihood(given, np.zeros(2), np.zeros((2, 2)))
    return weighted_profiles(given, maximum, model_covariance(maximum.information), np.arange(2))


TABLES: dict[str, tuple[Callable[[], pd.DataFrame], str]] = {
    "tally": (
        lambda: tally(POINTS, most=3),
        "idea rank tied total importance share judges voters firsts mean sd",
    ),
    "pool_panels": (
        lambda: pool_panels({"one": POINTS, "two": POINTS[["pay"]]}, most=3),
        "idea rank tied total importance importance_where_raised share panels judges voters firsts",
    ),
    "axes_criteria": (
        lambda: axes_criteria(MCA().fit(X).inertia_, n_variables=3),
        "criterion number value threshold detail",
    ),
    "weighted_profiles": (profiles, "statistic p_value low high"),
    "average_marginal_effects": (
        lambda: average_marginal_effects(MODEL),
        "term variable category reference kind class effect std_error z p_value low high",
    ),
    "predicted_probabilities": (
        lambda: predicted_probabilities(MODEL),
        "variable category value reference class probability std_error low high",
    ),
    "compare_estimates": (
        lambda: compare_estimates(MODEL, MODEL, names=("one", "two")),
        "outcome term kind estimate_one std_error_one p_value_one ratio_one low_one high_one "
        "estimate_two std_error_two p_value_two ratio_two low_two high_two "
        "difference standardised_difference std_error_ratio",
    ),
}


@pytest.mark.parametrize("name", TABLES)
def test_columns_are_those_of_the_documentation(name: str) -> None:
    make, columns = TABLES[name]
    table = make()
    assert table.columns.tolist() == columns.split()
    assert table.index.equals(pd.RangeIndex(len(table)))


def test_rates_of_axes_are_a_row_an_axis() -> None:
    for table in (
        weighed_inertia_table(np.array([0.75, 0.25]), HALVES, np.full(2, 0.5), 0.5),
        MCA().fit(X).inertia_,
    ):
        assert table.columns.tolist() == [
            "eigenvalue", "percent", "cumulative", "benzecri", "greenacre",
        ]  # fmt: skip
        assert table.index.name == "axis"
        assert table.index.tolist() == [f"Axis {at + 1}" for at in range(len(table))]


def test_tables_of_two_partitions_are_named_by_both() -> None:
    overlap = overlap_table([1, 1, 2, 2], [2, 2, 1, 2])
    for table in (overlap, jaccard_table(overlap)):
        assert (table.index.name, table.columns.name) == ("reference", "other")
        assert table.index.tolist() == table.columns.tolist() == [1, 2]


def test_points_of_ranks_have_the_shape_of_the_ranks() -> None:
    ranks = pd.DataFrame([[1, 2, 2, None]], index=["judge"], columns=list("abcd"))
    points = points_of_ranks(ranks, most=3)
    assert points.index.tolist() == ["judge"]
    assert points.columns.tolist() == list("abcd")
    assert ranks.iloc[0, :3].tolist() == [1, 2, 2]


def test_criteria_of_axes_come_in_their_order_with_what_they_were_compared_with() -> None:
    inertia = MCA().fit(X).inertia_
    table = axes_criteria(
        inertia, n_variables=3, parallel=parallel_analysis(X, replicates=19, seed=1),
        percent_threshold=60.0,
    ).set_index("criterion")  # fmt: skip
    assert table.index.tolist() == [
        "parallel_analysis", "elbow", "above_mean", "benzecri", "greenacre", "percent",
    ]  # fmt: skip
    assert table.loc["benzecri", "threshold"] == 80
    assert table.loc["greenacre", "threshold"] == 70
    assert table.loc["percent", "threshold"] == 60
    assert table.loc["above_mean", "threshold"] == pytest.approx(inertia["eigenvalue"].mean())
