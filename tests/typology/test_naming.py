from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from typology.naming import TypeProfile, name_classes, standardise_means

FOUR = [
    TypeProfile("reluctant", {"hopes": "very low", "fears": "very high"}),
    TypeProfile("mixed", {"hopes": "low", "fears": "high"}),
    TypeProfile("enthusiastic", {"hopes": "high", "fears": "low"}),
    TypeProfile("unconditional", {"hopes": "very high", "fears": "very low"}),
]


def positions(hopes: list[float], fears: list[float]) -> pd.DataFrame:
    return pd.DataFrame({"hopes": hopes, "fears": fears}, index=range(1, len(hopes) + 1))


def test_classes_along_the_attitude_take_the_declared_names_in_order() -> None:
    named = name_classes(positions([-1.7, -0.4, 0.6, 1.3], [1.4, 0.5, -0.5, -1.9]), FOUR)
    assert list(named["type"]) == [each.id for each in FOUR]
    assert named["fits"].all()


def test_the_order_of_classes_does_not_matter() -> None:
    named = name_classes(positions([1.3, -1.7, 0.6, -0.4], [-1.9, 1.4, -0.5, 0.5]), FOUR)
    assert list(named["type"]) == ["unconditional", "reluctant", "enthusiastic", "mixed"]


def test_a_class_on_the_wrong_side_of_the_mean_keeps_its_number() -> None:
    named = name_classes(positions([-1.7, -0.4, 0.6, 1.3], [1.4, 0.5, 0.9, -1.9]), FOUR)
    assert list(named["type"]) == ["reluctant", "mixed", "", "unconditional"]
    assert named.loc[2, "candidate"] == "enthusiastic"


def test_more_classes_than_types_leaves_the_others_without_a_name() -> None:
    named = name_classes(positions([-1.0, 1.0, 0.0], [1.0, -1.0, 0.0]), FOUR[1:2])
    assert list(named["type"]) == ["mixed", "", ""]


def test_the_distance_is_the_root_mean_square_over_the_blocks() -> None:
    named = name_classes(positions([-0.8], [0.9]), FOUR[1:2])
    assert named.loc[0, "distance"] == pytest.approx(np.sqrt((0.3**2 + 0.4**2) / 2))


def test_means_are_standardised_by_hand_with_weights_and_gaps() -> None:
    scores = pd.DataFrame({"fears": [1.0, 2.0, np.nan, 4.0]})
    means = pd.DataFrame({"fears": [4.0]}, index=[1])
    # weighted mean (1 + 2*2 + 4) / 4 = 2.25; variance (1.5625 + 2 * .0625 + 3.0625) / 4
    found = standardise_means(means, scores, np.array([1.0, 2.0, 5.0, 1.0]))
    assert found.loc[1, "fears"] == pytest.approx((4 - 2.25) / np.sqrt(4.75 / 4))


def test_a_constant_score_standardises_to_zero() -> None:
    scores = pd.DataFrame({"fears": [2.0, 2.0]})
    found = standardise_means(pd.DataFrame({"fears": [2.0]}), scores, np.ones(2))
    assert found.loc[0, "fears"] == 0
