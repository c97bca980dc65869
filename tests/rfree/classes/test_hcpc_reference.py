"""HCPC against FactoMineR, on coordinates that both read from the same file."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from rfree.classes.consolidation import within_inertia
from rfree.classes.hcpc import HCPC

REFERENCE = Path(__file__).parents[3] / "R-free" / "reference" / "hcpc"
SUMMARY = pd.read_csv(REFERENCE / "summary.csv").set_index("case")
CASES = list(SUMMARY.index)
TOLERANCE = 1e-8


@cache
def table(name):
    return pd.read_csv(REFERENCE / name)


@cache
def fitted(case):
    partition = table(f"{case}_partition.csv.gz")
    return HCPC().fit(table(f"{case}_coordinates.csv.gz"), partition.get("weight"))


def of_case(name, case):
    whole = table(name)
    return whole[whole["case"] == case].reset_index(drop=True)


@pytest.mark.parametrize("case", CASES)
def test_inertia_gains(case):
    reference = of_case("gains.csv", case)
    gains = fitted(case).inertia_gains_
    np.testing.assert_allclose(
        gains[: len(reference)], reference["gain"], rtol=TOLERANCE, atol=1e-15
    )
    assert gains.sum() == pytest.approx(SUMMARY.loc[case, "inertia"], rel=TOLERANCE)


@pytest.mark.parametrize("case", CASES)
def test_criterion_and_suggested_number_of_classes(case):
    reference = of_case("criterion.csv", case)
    criterion = fitted(case).criterion_.set_index("classes").loc[3:10]
    np.testing.assert_allclose(criterion["within_ratio"], reference["criterion"], rtol=TOLERANCE)
    within = of_case("gains.csv", case).set_index("classes").loc[3:10, "within"]
    np.testing.assert_allclose(criterion["within_inertia"], within, rtol=TOLERANCE)
    assert fitted(case).suggested_n_classes_ == SUMMARY.loc[case, "suggested"]


def test_where_respondents_share_positions_there_are_as_many_classes_as_positions():
    points, of_r = table("ties_coordinates.csv"), table("ties.csv").set_index("classes")
    assert (len(points), len(points.drop_duplicates())) == (37, 8)
    hcpc = HCPC().fit(points)
    criterion = hcpc.criterion_.set_index("classes")["within_ratio"]
    assert criterion.index.tolist() == list(range(2, 9))
    np.testing.assert_allclose(
        criterion.loc[3:], of_r["criterion"].loc[3:8], rtol=TOLERANCE, atol=1e-15
    )
    assert hcpc.suggested_n_classes_ == 8
    assert hcpc.within_inertia_ == pytest.approx(0, abs=1e-30)
    # R goes on beyond the positions, to 0 / 0.
    assert of_r.index[of_r["suggested"]].tolist() == [9]
    assert np.isnan(of_r["criterion"].loc[10])


@pytest.mark.parametrize("case", CASES)
def test_tree_partition(case):
    np.testing.assert_array_equal(
        fitted(case).tree_labels_, table(f"{case}_partition.csv.gz")["tree"]
    )
    between = fitted(case).between_ratio_tree_ * fitted(case).inertia_gains_.sum()
    assert between == pytest.approx(SUMMARY.loc[case, "between_tree"], rel=TOLERANCE)


@pytest.mark.parametrize("case", CASES)
def test_consolidated_partition_is_never_worse(case):
    partition = table(f"{case}_partition.csv.gz")
    points, weights = table(f"{case}_coordinates.csv.gz"), partition.get("weight")
    ours, of_r = fitted(case).within_inertia_, within_inertia(points, partition["final"], weights)
    assert ours <= of_r * (1 + 1e-12)
    if weights is None:  # with weights, R's figure leaves them out
        total = fitted(case).inertia_gains_.sum()
        assert total - of_r == pytest.approx(SUMMARY.loc[case, "between_final"], rel=TOLERANCE)


@pytest.mark.parametrize("case", ["bfi312_whole", "bfi312_survey"])
def test_with_row_weights_the_tree_is_that_of_r_and_the_consolidation_is_not(case):
    partition, points = table(f"{case}_partition.csv.gz"), table(f"{case}_coordinates.csv.gz")
    of_r = pd.read_csv(REFERENCE.parent / "weighted" / "consolidation.csv").set_index("case")
    of_r = of_r.loc[case]
    ours = fitted(case)
    np.testing.assert_array_equal(ours.tree_labels_, partition["tree"])
    assert of_r["same_as_unweighted_kmeans"]
    within = within_inertia(points, partition["final"], partition["weight"])
    assert within == pytest.approx(of_r["within_final"], rel=1e-10)
    assert ours.within_inertia_ < within * (1 - 1e-6)
    assert (ours.labels_ != partition["final"]).any()


@pytest.mark.parametrize("case", ["tea", "bfi", "bfi312", "simulated"])
def test_consolidated_partition_where_both_end_in_the_same(case):
    np.testing.assert_array_equal(fitted(case).labels_, table(f"{case}_partition.csv.gz")["final"])


@pytest.mark.parametrize("case", ["tea", "bfi", "bfi312", "simulated"])
@pytest.mark.parametrize(("kind", "attribute"), [("para", "paragons_"), ("dist", "specifics_")])
def test_paragons_and_specific_respondents(case, kind, attribute):
    reference = of_case("individuals.csv", case)
    reference = reference[reference["kind"] == kind]
    listed = getattr(fitted(case), attribute)
    np.testing.assert_array_equal(listed["class"], reference["class"])
    np.testing.assert_array_equal(listed["rank"], reference["rank"])
    np.testing.assert_array_equal(listed["respondent"] + 1, reference["respondent"])
    np.testing.assert_allclose(listed["distance"], reference["distance"], rtol=TOLERANCE)


def test_tea_has_the_classes_that_factominer_prints():
    assert np.bincount(fitted("tea").labels_)[1:].tolist() == [176, 32, 92]
