"""Designs by hand: codes, degrees of freedom, what replicates count for, covariances."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest

from rfree.surveys.survey_design import SurveyDesign, replicate_design, survey_design
from rfree.surveys.survey_tests import survey_independence, survey_shares


def never(_: np.ndarray) -> np.ndarray:
    raise AssertionError("Linear contributions need no estimate under other weights.")


def test_clusters_are_numbered_anew_in_each_stratum() -> None:
    design = survey_design(
        [1.0, 2, 0, 1, 1, 3], strata=["n", "n", "n", "s", "s", "s"], clusters=[1, 2, 1, 2, 1, 3]
    )
    assert design.weights.tolist() == [1, 2, 0, 1, 1, 3]
    assert design.strata.tolist() == [0, 0, 0, 1, 1, 1]
    assert design.clusters.tolist() == [0, 1, 0, 2, 3, 4]
    assert design.df == 5 - 2
    assert design.replicates is None
    assert len(design.scales) == 0
    assert design.respondents.tolist() == [0, 1, 2, 3, 4, 5]


def test_without_strata_and_clusters_all_are_of_one_stratum_and_each_a_cluster() -> None:
    design = survey_design(np.ones(4))
    assert design.strata.tolist() == [0] * 4
    assert design.clusters.tolist() == [0, 1, 2, 3]
    assert design.df == 3


def test_respondents_go_by_the_labels_of_the_weights() -> None:
    weights = pd.Series([1.0, 2, 3, 4], index=list("abcd"))
    strata = pd.Series(["x", "y", "x", "y"], index=list("dacb"))
    design = survey_design(weights, strata=strata)
    assert design.respondents.tolist() == list("abcd")
    assert design.strata.tolist() == [0, 0, 1, 1]  # y for a and b, x for c and d


def test_the_covariance_is_that_within_strata_of_the_sums_of_clusters() -> None:
    # Stratum 0: clusters of 1 + 2 and 7: mean 5, gaps -2 and 2; 2 / (2 - 1) (4 + 4) = 16.
    # Stratum 1: 3, 0 and 0: mean 1, gaps 2, -1, -1; 3 / (3 - 1) (4 + 1 + 1) = 9.
    design = survey_design(
        np.ones(6), strata=[0, 0, 0, 1, 1, 1], clusters=["a", "a", "b", "a", "b", "c"]
    )
    first = np.array([1.0, 2, 7, 3, 0, 0])
    # Of another estimate, the clusters add up to 0 and 4 (gaps -2, 2), then to 0, 0 and 3.
    second = np.array([1.0, -1, 4, 0, 0, 3])
    found = design.covariance(never, np.column_stack([first, second]))
    across = 2 * (4 + 4) + 3 / 2 * (-2 + 1 - 2)
    np.testing.assert_allclose(found, [[25, across], [across, 16 + 9]])


def total(weights: np.ndarray) -> np.ndarray:
    return np.array([weights @ [1.0, 2, 3]])


@pytest.mark.parametrize(
    ("kind", "more", "scale"),
    [
        ("JK1", {}, 3 / 4), ("BRR", {}, 1 / 4), ("bootstrap", {}, 1 / 3),
        ("Fay", {"rho": 0.5}, 1), ("Fay", {"rho": 0.0}, 1 / 4),
        ("JKn", {"scales": [0.5, 0.5, 0, 2]}, None),
    ],
)  # fmt: skip
def test_what_each_of_four_replicates_counts_for(
    kind: Any, more: dict[str, Any], scale: float | None
) -> None:
    replicates = np.array([[1.0, 0, 2, 1], [1, 2, 0, 1], [1, 1, 1, 2]])
    design = replicate_design(np.ones(3), replicates, kind=kind, **more)
    scales = [scale] * 4 if scale is not None else [0.5, 0.5, 0, 2]
    np.testing.assert_allclose(design.scales, scales)
    assert design.weights.tolist() == [1, 1, 1]
    assert design.strata.tolist() == [0, 0, 0]
    assert design.clusters.tolist() == [0, 1, 2]
    # Totals 6, 7, 5 and 9 about their mean of 6.75.
    gaps = np.array([6, 7, 5, 9]) - 6.75
    np.testing.assert_allclose(design.covariance(total, np.empty(0)), [[(gaps**2) @ scales]])


def test_degrees_of_freedom_are_the_rank_of_the_replicates_less_one() -> None:
    of_rank_two = np.array([[1.0, 2, 3, 2], [2, 1, 3, 4], [1, 1, 2, 2]])
    assert replicate_design(np.ones(3), of_rank_two, kind="BRR").df == 1
    assert replicate_design(np.ones(2), [[1, 0], [0, 1]], kind="BRR").df == 1
    labelled = pd.DataFrame(of_rank_two, index=list("abc"))
    turned = replicate_design(pd.Series(1.0, index=list("cab")), labelled, kind="BRR")
    assert turned.replicates is not None
    np.testing.assert_array_equal(turned.replicates, of_rank_two[[2, 0, 1]])


@pytest.mark.parametrize(
    ("refused", "told"),
    [
        (lambda: survey_design(np.ones(3), clusters=[1, 2]), "clusters has 2 values; expected 3"),
        (lambda: survey_design(np.ones(3), strata=[1, None, np.nan]), "strata: 2 respondents"),
        (lambda: survey_design(np.ones(5), strata=list("aabbc")), "one cluster only in c;"),
        (lambda: survey_design(np.ones(4), strata=list("abcc")), "one cluster only in a, b;"),
        (lambda: survey_design(np.ones(1)), "one cluster only in 0.0;"),
        (lambda: replicate_design(np.ones(3), np.ones(3), kind="BRR"), r"shape \(3,\)"),
        (lambda: replicate_design(np.ones(3), np.ones((3, 1)), kind="BRR"), r"shape \(3, 1\)"),
        (lambda: replicate_design(np.ones(2), [[1, 1], [1, np.inf]], kind="BRR"), "infinite"),
        (lambda: replicate_design(np.ones(2), np.ones((2, 2)), kind="Fay", rho=-0.1), "rho is"),
        (lambda: replicate_design(np.ones(2), np.ones((2, 2)), kind="BRR", scales=[1, 1]),
         "scales: given with kind 'JKn', and with it only"),
        (lambda: replicate_design(np.ones(2), np.ones((2, 2)), kind="JKn", scales=[1]),
         "expected 2 numbers of at least 0"),
        (lambda: replicate_design(np.ones(2), np.ones((2, 2)), kind="JKn", scales=[1, -1]),
         "expected 2 numbers of at least 0"),
        (lambda: replicate_design(np.ones(2), np.ones((2, 2)), kind="JKn", scales=[1, np.nan]),
         "expected 2 numbers of at least 0"),
        (lambda: survey_shares(["a"], survey_design(np.ones(2))), "categories has 1 values"),
        (lambda: survey_shares([None, "a"], survey_design([1.0, 0])), "Nobody with a weight"),
    ],
)  # fmt: skip
def test_what_is_no_design_is_told(refused: Any, told: str) -> None:
    with pytest.raises(ValueError, match=told):
        refused()


def mean_design() -> SurveyDesign:
    return survey_design([1.0, 1, 2, 2, 0], clusters=[1, 1, 2, 3, 4])


def test_shares_by_hand() -> None:
    table = survey_shares(["a", "b", "a", "b", "a"], mean_design())
    assert table["category"].tolist() == ["a", "b"]
    assert table["n"].tolist() == [2, 2]  # who weighs nothing does not count
    np.testing.assert_allclose(table["share"], [50, 50])
    # Contributions of a: 1/12, -1/12, 2/12, -2/12, 0; of the clusters 0, 1/6, -1/6, 0; 4/3 of them.
    np.testing.assert_allclose(table["std_error"], 100 * np.sqrt(4 / 3 * 2 / 36))


def test_of_a_category_that_all_have_the_interval_is_one_point() -> None:
    (row,) = survey_shares(["a", "a", "a", None, "b"], mean_design()).to_dict("records")
    assert (row["category"], row["n"], row["share"]) == ("a", 3, 100)
    assert (row["low"], row["high"], row["std_error"]) == (100, 100, 0)


def test_a_lower_level_has_a_narrower_interval_about_the_same_share() -> None:
    from scipy.stats import t as student  # noqa: PLC0415

    wide, narrow = (survey_shares(list("ababa"), mean_design(), level=own) for own in (0.95, 0.5))
    log_odds = [np.log(table["high"] / (100 - table["high"])) for table in (wide, narrow)]
    ratio = student.ppf(0.975, 3) / student.ppf(0.75, 3)
    np.testing.assert_allclose(log_odds[0], ratio * log_odds[1])
    np.testing.assert_allclose(narrow["low"] + narrow["high"], 100)


def test_a_side_that_does_not_vary_is_not_tested() -> None:
    for rows, columns in (("aaaaa", "xyxyx"), ("ababa", "xxxxx"), ("ababb", "xxxxy")):
        test = survey_independence(list(rows), list(columns), mean_design())
        assert np.isnan(test.statistic)
        assert (test.df, test.p_value) == (0, 1)
