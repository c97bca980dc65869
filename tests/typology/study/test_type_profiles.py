from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from typology.study.type_profiles import TypeProfile, name_classes, standardise_means

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


@pytest.mark.parametrize(
    ("level", "inside", "outside"),
    [
        ("very low", [-3.0, -0.25], [-0.249, 0.0, 1.0]),
        ("low", [-3.0, -0.25], [-0.249, 0.0, 1.0]),
        ("middle", [-0.75, -0.5, 0.0, 0.5, 0.75], [-0.751, 0.751, -2.0, 2.0]),
        ("high", [0.25, 3.0], [0.249, 0.0, -1.0]),
        ("very high", [0.25, 3.0], [0.249, 0.0, -1.0]),
    ],
)
def test_each_level_is_a_side_of_the_mean(
    level: str, inside: list[float], outside: list[float]
) -> None:
    for values, fits in ((inside, True), (outside, False)):
        for value in values:
            place = pd.DataFrame({"hopes": [value]}, index=[1])
            named = name_classes(place, [TypeProfile("a", {"hopes": level})])
            assert bool(named.loc[0, "fits"]) is fits, (level, value)
            assert named.loc[0, "type"] == ("a" if fits else "")


@pytest.mark.parametrize(
    ("level", "target"),
    [("very low", -1.5), ("low", -0.5), ("middle", 0.0), ("high", 0.5), ("very high", 1.5)],
)
def test_each_level_stands_for_a_number_of_standard_deviations(level: str, target: float) -> None:
    place = pd.DataFrame({"hopes": [0.3]}, index=[1])
    named = name_classes(place, [TypeProfile("a", {"hopes": level})])
    assert named.loc[0, "distance"] == pytest.approx(abs(0.3 - target))


def test_a_further_block_of_a_profile_does_not_turn_the_order_round() -> None:
    # The last class hopes most and fears least; the needs of the strongest profile alone draw the
    # class before it, so that the least sum of distances would exchange their names.
    places = positions([0.9, 1.0], [-0.9, -1.0]).assign(needs=[0.5, 2.5])
    milder = TypeProfile("milder", {"hopes": "high", "fears": "low"})
    stronger = TypeProfile("stronger", {"hopes": "very high", "fears": "very low", "needs": "high"})
    for profiles in ([milder, stronger], [stronger, milder]):
        for rows in ([0, 1], [1, 0]):
            named = name_classes(places.iloc[rows], profiles).set_index("class")
            assert named["type"].to_dict() == {1: "milder", 2: "stronger"}


def test_names_keep_the_order_of_the_attitude_whatever_the_places() -> None:
    rng = np.random.default_rng(5)
    for _ in range(40):
        attitude = np.sort(rng.normal(size=4))
        places = positions(list(attitude), list(-attitude)).assign(needs=rng.normal(size=4))
        profiles = [
            TypeProfile(each.id, {**each.levels, "needs": rng.choice(["low", "high"])})
            if rng.random() < 0.5 else each
            for each in FOUR
        ]  # fmt: skip
        order = rng.permutation(4)
        named = name_classes(places.iloc[order], [profiles[at] for at in rng.permutation(4)])
        # On the two blocks that all of them declare, the types are steps along one attitude.
        assert list(named.sort_values("class")["candidate"]) == [each.id for each in FOUR]


def test_fewer_types_or_fewer_classes_keep_the_order_too() -> None:
    places = positions([-1.7, -0.4, 0.6, 1.3], [1.4, 0.5, -0.5, -1.9])
    two = name_classes(places, [FOUR[3], FOUR[0]])
    assert list(two["type"]) == ["reluctant", "", "", "unconditional"]
    some = name_classes(places.iloc[[3, 0]], FOUR)
    assert list(some["type"]) == ["unconditional", "reluctant"]


def test_types_that_are_no_steps_go_to_the_nearest_classes() -> None:
    torn = TypeProfile("torn", {"hopes": "high", "fears": "high"})
    calm = TypeProfile("calm", {"hopes": "low", "fears": "low"})
    named = name_classes(positions([0.6, -0.7], [0.8, -0.4]), [calm, torn])
    assert list(named["type"]) == ["torn", "calm"]


def test_a_class_without_a_name_says_which_type_was_nearest_and_why_not() -> None:
    named = name_classes(positions([-1.7, -0.4, 0.6, 1.3], [1.4, 0.5, 0.9, -1.9]), FOUR)
    third = named.loc[2]
    # mixed: (1.1, .4); enthusiastic: (.1, 1.4); both root mean squares by hand.
    assert (third["nearest"], third["unnamed_reason"]) == ("mixed", "side")
    assert third["off_blocks"] == "hopes"
    named_rows = named.drop(index=2)
    assert (named_rows["unnamed_reason"] == "").all()
    assert (named_rows["off_blocks"] == "").all()
    assert named["taken_by"].isna().all()


def test_a_type_that_another_class_bears_is_said_to_be_taken() -> None:
    named = name_classes(positions([-0.5, -0.6], [0.5, 0.6]), FOUR[1:2])
    assert list(named["type"]) == ["mixed", ""]
    assert named.loc[1, "unnamed_reason"] == "taken"
    assert named.loc[1, "taken_by"] == 1


def test_a_name_against_the_order_is_said_to_be() -> None:
    profiles = [
        TypeProfile("low", {"hopes": "low"}),
        TypeProfile("high", {"hopes": "high", "needs": "very high"}),
    ]
    places = pd.DataFrame({"hopes": [-0.5, -0.4], "needs": [0.0, 0.0]}, index=[1, 2])
    named = name_classes(places, profiles)
    assert list(named["candidate"]) == ["low", "high"]
    assert list(named["type"]) == ["low", ""]
    assert named.loc[1, "unnamed_reason"] == "taken"
    turned = name_classes(places.assign(needs=[1.6, 0.0]), profiles)
    assert list(turned["candidate"]) == ["low", "high"]


def test_without_declared_types_nothing_is_said() -> None:
    named = name_classes(positions([1.0], [0.0]), [])
    assert named.loc[0, ["type", "candidate", "nearest", "unnamed_reason"]].tolist() == [""] * 4
