"""HCPC: by hand, by its properties, and on what it must refuse."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy.cluster import hierarchy

from rfree.classes.hcpc import HCPC, number_along_first_axis


@pytest.fixture
def coordinates():
    rng = np.random.default_rng(11)
    centres = np.array([[-3, 0, 0], [0, 3, 0], [3, 0, 1], [5, -4, 0]])
    planted = np.repeat([0, 1, 2, 3], [40, 60, 50, 20])
    points = centres[planted] + rng.normal(scale=0.5, size=(170, 3))
    index = pd.Index([f"R{number:03}" for number in range(170)])
    return pd.DataFrame(points, index=index, columns=["Axis 1", "Axis 2", "Axis 3"])


@pytest.fixture
def continuum():
    points = np.random.default_rng(12).normal(size=(150, 3)) * [1.5, 1.0, 0.7]
    return pd.DataFrame(points, columns=["Axis 1", "Axis 2", "Axis 3"])


def test_planted_classes_are_found(coordinates):
    hcpc = HCPC().fit(coordinates)
    assert hcpc.suggested_n_classes_ == hcpc.n_classes_ == 4
    np.testing.assert_array_equal(hcpc.labels_, np.repeat([1, 2, 3, 4], [40, 60, 50, 20]))


def test_numbers_by_hand():
    hcpc = HCPC(n_classes=2).fit(np.array([[9.0], [0.0], [1.0], [10.0]]))
    np.testing.assert_array_equal(hcpc.labels_, [2, 1, 1, 2])
    # Between: 4.5**2. Within each pair: 0.5**2.
    np.testing.assert_allclose(hcpc.inertia_gains_, [20.25, 0.125, 0.125])
    assert hcpc.within_inertia_ == pytest.approx(0.25)
    assert hcpc.between_ratio_ == pytest.approx(20.25 / 20.5)
    np.testing.assert_allclose(hcpc.centers_["Axis 1"], [0.5, 9.5])


def test_gains_add_up_to_the_inertia_of_the_axes(continuum):
    hcpc = HCPC().fit(continuum)
    assert hcpc.inertia_gains_.sum() == pytest.approx(continuum.var(ddof=0).sum(), rel=1e-12)
    assert (np.diff(hcpc.inertia_gains_) <= 0).all()
    assert hierarchy.is_valid_linkage(hcpc.linkage_)


def test_criterion_table_repeats_the_gains(continuum):
    hcpc = HCPC(min_classes=3, max_classes=8).fit(continuum)
    table = hcpc.criterion_
    np.testing.assert_array_equal(table["classes"], np.arange(2, 9))
    total = hcpc.inertia_gains_.sum()
    within = total - np.cumsum(hcpc.inertia_gains_)[:7]
    np.testing.assert_allclose(table["within_inertia"], within, rtol=1e-10)
    np.testing.assert_allclose(table["within_share"], within / total, rtol=1e-10)
    np.testing.assert_allclose(
        table["within_ratio"], within / np.concatenate([[total], within[:-1]]), rtol=1e-10
    )
    eligible = table[table["classes"] >= 3]
    lowest = eligible.loc[eligible["within_ratio"].idxmin(), "classes"]
    assert table.loc[table["suggested"], "classes"].tolist() == [lowest]
    assert hcpc.suggested_n_classes_ == lowest


def test_consolidation_keeps_or_raises_the_between_ratio(continuum):
    hcpc = HCPC(n_classes=4).fit(continuum)
    assert hcpc.between_ratio_ > hcpc.between_ratio_tree_
    unmoved = HCPC(n_classes=4, consolidate=False).fit(continuum)
    assert unmoved.between_ratio_ == pytest.approx(hcpc.between_ratio_tree_, rel=1e-12)
    np.testing.assert_array_equal(unmoved.labels_, unmoved.tree_labels_)
    np.testing.assert_array_equal(unmoved.labels_, hcpc.tree_labels_)


def test_moves_count_who_changed_class(continuum):
    hcpc = HCPC(n_classes=4).fit(continuum)
    expected = pd.crosstab(hcpc.tree_labels_, hcpc.labels_)
    np.testing.assert_array_equal(hcpc.moves_, expected)
    assert hcpc.moves_.to_numpy().sum() == len(continuum)


def test_classes_are_numbered_along_the_first_axis(continuum):
    hcpc = HCPC(n_classes=5).fit(continuum)
    assert hcpc.centers_["Axis 1"].is_monotonic_increasing
    means = continuum.groupby(hcpc.labels_).mean()
    np.testing.assert_allclose(hcpc.centers_, means, rtol=1e-12)
    mirrored = HCPC(n_classes=5).fit(continuum * [-1, 1, 1])
    np.testing.assert_array_equal(mirrored.labels_, 6 - hcpc.labels_)


def test_paragons_and_specifics_are_the_nearest_and_the_farthest(coordinates):
    hcpc = HCPC(n_classes=4).fit(coordinates)
    points, centres = coordinates.to_numpy(), hcpc.centers_.to_numpy()
    distances = np.sqrt(((points[:, None] - centres) ** 2).sum(axis=2))
    for number in (1, 2, 3, 4):
        members = np.flatnonzero(hcpc.labels_ == number)
        own = pd.Series(distances[members, number - 1], coordinates.index[members])
        others = np.delete(distances[members], number - 1, axis=1).min(axis=1)
        other = pd.Series(others, coordinates.index[members])
        paragons = hcpc.paragons_.query("`class` == @number")
        specifics = hcpc.specifics_.query("`class` == @number")
        assert paragons["respondent"].tolist() == own.nsmallest(5).index.tolist()
        assert specifics["respondent"].tolist() == other.nlargest(5).index.tolist()
        np.testing.assert_allclose(paragons["distance"], own.nsmallest(5), rtol=1e-12)
        assert paragons["rank"].tolist() == [1, 2, 3, 4, 5]


def test_weight_is_worth_as_many_rows(continuum):
    weights = np.random.default_rng(1).integers(1, 4, len(continuum))
    once = HCPC().fit(continuum, weights, frequencies=True)
    often = HCPC().fit(continuum.loc[np.repeat(continuum.index, weights)])
    assert once.suggested_n_classes_ == often.suggested_n_classes_
    np.testing.assert_array_equal(np.repeat(once.labels_, weights), often.labels_)
    np.testing.assert_array_equal(np.repeat(once.tree_labels_, weights), often.tree_labels_)
    np.testing.assert_allclose(
        once.inertia_gains_, often.inertia_gains_[: len(continuum) - 1], rtol=1e-9
    )
    assert not often.inertia_gains_[len(continuum) - 1 :].any()
    assert once.between_ratio_ == pytest.approx(often.between_ratio_, rel=1e-12)
    np.testing.assert_allclose(once.centers_, often.centers_, rtol=1e-12)
    np.testing.assert_array_equal(once.moves_, often.moves_)


def test_unit_of_weights_is_indifferent(continuum):
    weights = np.random.default_rng(2).integers(1, 4, len(continuum)).astype(float)
    one, ten = HCPC().fit(continuum, weights), HCPC().fit(continuum, 10 * weights)
    np.testing.assert_array_equal(one.labels_, ten.labels_)
    np.testing.assert_allclose(one.inertia_gains_, ten.inertia_gains_, rtol=1e-12)
    pd.testing.assert_frame_equal(one.moves_, ten.moves_)
    pd.testing.assert_frame_equal(one.paragons_, ten.paragons_)


def test_respondent_of_weight_zero_counts_for_nothing(continuum):
    weights = np.ones(len(continuum))
    weights[:30] = 0
    hcpc, without = HCPC().fit(continuum, weights), HCPC().fit(continuum.iloc[30:])
    np.testing.assert_array_equal(hcpc.labels_[30:], without.labels_)
    pd.testing.assert_frame_equal(hcpc.paragons_, without.paragons_)
    pd.testing.assert_frame_equal(hcpc.moves_, without.moves_)


def test_row_order_is_indifferent(continuum):
    order = np.random.default_rng(3).permutation(len(continuum))
    hcpc, shuffled = HCPC().fit(continuum), HCPC().fit(continuum.iloc[order])
    np.testing.assert_array_equal(hcpc.labels_[order], shuffled.labels_)
    pd.testing.assert_frame_equal(hcpc.paragons_, shuffled.paragons_)


def test_respondents_with_the_same_answers_share_a_class():
    answers = np.random.default_rng(4).integers(0, 3, size=(400, 3)).astype(float)
    noise = 1e-16 * np.random.default_rng(5).normal(size=answers.shape)
    hcpc = HCPC(n_classes=6).fit(answers * 0.1 + noise)
    classes = pd.DataFrame(answers).assign(label=hcpc.labels_).groupby([0, 1, 2])["label"]
    assert (classes.nunique() == 1).all()


def test_four_positions_only_make_four_classes():
    points = np.repeat([[0.0, 0.0], [1.0, 0.0], [0.0, 2.0], [5.0, 5.0]], [9, 5, 7, 4], axis=0)
    hcpc = HCPC().fit(points)
    assert hcpc.suggested_n_classes_ == 4
    assert hcpc.within_inertia_ == pytest.approx(0, abs=1e-30)


def test_few_respondents_narrow_the_range():
    # R looks at no more than n - 1 classes either.
    assert HCPC().fit([[0.0], [1.0]]).n_classes_ == 2
    assert HCPC().fit([[0.0], [1.0], [5.0]]).n_classes_ == 2
    assert HCPC().fit([[0.0], [1.0], [5.0], [6.0], [20.0]]).n_classes_ == 3


def test_class_of_one_is_its_own_paragon():
    hcpc = HCPC(n_classes=2).fit([[0.0], [1.0], [50.0]])
    alone = hcpc.paragons_[hcpc.paragons_["class"] == 2]
    assert alone["respondent"].tolist() == [2]
    assert alone["distance"].tolist() == [0.0]


def test_inputs_are_not_modified(continuum):
    before, weights = continuum.copy(), np.ones(len(continuum))
    HCPC().fit(continuum, weights)
    pd.testing.assert_frame_equal(continuum, before)
    np.testing.assert_array_equal(weights, 1)


@pytest.mark.parametrize(
    ("coordinates", "message"),
    [
        (np.empty((0, 3)), "has 0 rows"),
        (np.ones((1, 3)), "has 1 rows"),
        (np.ones((5, 0)), "0 columns"),
        (np.ones(5), "expected respondents x axes"),
        (np.ones((6, 2)), "same coordinates"),
        (np.full((6, 2), 0.1) + 1e-17, "same coordinates"),
        (np.zeros((6, 2)), "same coordinates"),
        (np.array([[1.0, np.nan], [0.0, 1.0]]), r"missing or infinite.*'Axis 2' \(1\)"),
        (np.array([[1.0, np.inf], [np.nan, 1.0]]), r"'Axis 1' \(1\), column 'Axis 2' \(1\)"),
    ],
)
def test_unusable_coordinates_are_an_error(coordinates, message):
    with pytest.raises(ValueError, match=message):
        HCPC().fit(coordinates)


def test_text_is_an_error():
    with pytest.raises(TypeError, match="columns are not: b"):
        HCPC().fit(pd.DataFrame({"a": [1.0, 2.0], "b": ["x", "y"]}))


def test_fewer_respondents_than_classes_is_an_error():
    with pytest.raises(ValueError, match=r"5 classes were asked for.*only 3 different positions"):
        HCPC(n_classes=5).fit([[0.0], [1.0], [1.0], [2.0]])


@pytest.mark.parametrize("weights", [[1, 1], [1, -1, 1], [0, 0, 0], [1, np.nan, 1]])
def test_bad_weights_are_an_error(weights):
    with pytest.raises(ValueError, match="sample_weight"):
        HCPC().fit([[0.0], [1.0], [2.0]], weights)


def test_settings_out_of_range_are_an_error():
    with pytest.raises(ValueError, match="expected at least 2"):
        HCPC(n_classes=1).fit([[0.0], [1.0]])
    with pytest.raises(ValueError, match="min_classes is 5 and max_classes 4"):
        HCPC(min_classes=5, max_classes=4).fit([[0.0], [1.0]])


@pytest.mark.parametrize("criterion", ["within_ratio", "gain_ratio", "krzanowski_lai"])
def test_planted_classes_are_suggested_by_each_criterion(coordinates, criterion):
    hcpc = HCPC(criterion=criterion).fit(coordinates)
    assert hcpc.suggested_n_classes_ == hcpc.n_classes_ == 4
    table = hcpc.criterion_
    best = table[criterion] if criterion != "within_ratio" else -table[criterion]
    considered = best[table["classes"] >= 3 + (criterion == "gain_ratio")]
    assert table.loc[table["suggested"], "classes"].tolist() == [
        table.loc[considered.idxmax(), "classes"]
    ]


def test_criteria_may_disagree_and_the_tree_is_the_same(continuum):
    fitted = {
        name: HCPC(criterion=name).fit(continuum)
        for name in ("within_ratio", "gain_ratio", "krzanowski_lai")
    }
    first = fitted["within_ratio"]
    assert len({each.n_classes_ for each in fitted.values()}) > 1
    for each in fitted.values():
        np.testing.assert_array_equal(each.linkage_, first.linkage_)
        pd.testing.assert_frame_equal(
            each.criterion_.drop(columns="suggested"), first.criterion_.drop(columns="suggested")
        )


@pytest.mark.parametrize("criterion", ["within_ratio", "gain_ratio", "krzanowski_lai"])
def test_no_more_classes_than_positions_are_suggested(criterion):
    random = np.random.default_rng(7)
    positions = random.normal(size=(8, 3))
    shared = positions[np.append(np.arange(8), random.integers(0, 8, 29))]
    hcpc = HCPC(criterion=criterion).fit(shared)
    assert hcpc.n_classes_ == 8
    assert hcpc.criterion_["classes"].tolist() == list(range(2, 9))
    assert hcpc.criterion_[criterion].notna().all()


def test_an_unknown_criterion_is_an_error():
    with pytest.raises(ValueError, match="criterion is 'elbow'; expected one of within_ratio"):
        HCPC(criterion="elbow").fit([[0.0], [1.0], [2.0]])


def test_two_classes_are_the_fewest_asked_for(coordinates):
    assert HCPC(2).fit(coordinates).n_classes_ == 2
    assert HCPC(min_classes=2, max_classes=2).fit(coordinates).n_classes_ == 2
    for settings in ({"n_classes": 1}, {"min_classes": 1}, {"min_classes": 4, "max_classes": 3}):
        with pytest.raises(ValueError, match="expected"):
            HCPC(**settings).fit(coordinates)


def test_differences_that_are_rounding_alone_are_none():
    # The limit is 1e-20 of the largest squared coordinate: 1e-10 of it.
    for apart, right in ((0.5e-10, False), (4e-10, True)):
        points = np.array([[1.0, 0.0], [1.0, apart], [1.0, 0.0]])
        if right:
            assert HCPC(2).fit(points).labels_.tolist() == [1, 2, 1]
            continue
        with pytest.raises(ValueError, match="same coordinates"):
            HCPC(2).fit(points)


def test_every_number_of_a_weighted_clustering_by_hand():
    points = np.array([[0.0, 3], [1, 3], [4, 3], [10, 3], [11, 4], [12, 5]])
    weights = np.array([1.0, 3, 2, 2, 2, 2])
    hcpc = HCPC(n_classes=2).fit(points, 7 * weights)
    assert hcpc.labels_.tolist() == hcpc.tree_labels_.tolist() == [1, 1, 1, 2, 2, 2]
    shares = weights / 12
    np.testing.assert_allclose(hcpc.centers_, [[11 / 6, 3], [11, 4]])
    centres = hcpc.centers_.to_numpy()[hcpc.labels_ - 1]
    within = shares @ ((points - centres) ** 2).sum(axis=1)
    total = shares @ ((points - shares @ points) ** 2).sum(axis=1)
    assert hcpc.within_inertia_ == pytest.approx(within)
    assert hcpc.between_ratio_ == pytest.approx(1 - within / total)
    assert hcpc.between_ratio_tree_ == pytest.approx(1 - within / total)
    # Weights of six respondents, of mean 1.
    np.testing.assert_allclose(hcpc.moves_, [[3, 0], [0, 3]])
    assert (hcpc.moves_.index.name, hcpc.moves_.columns.name) == ("tree_class", "class")
    assert hcpc.moves_.index.tolist() == hcpc.moves_.columns.tolist() == [1, 2]
    assert hcpc.centers_.index.name == "class"
    assert hcpc.centers_.columns.tolist() == ["Axis 1", "Axis 2"]
    for table, order in (
        (hcpc.paragons_, [1, 0, 2, 4, 3, 5]),
        (hcpc.specifics_, [0, 1, 2, 5, 4, 3]),
    ):
        assert list(table.columns) == ["class", "rank", "respondent", "distance"]
        assert table["class"].tolist() == [1, 1, 1, 2, 2, 2]
        assert table["rank"].tolist() == [1, 2, 3] * 2
        assert table["respondent"].tolist() == order
    other = np.linalg.norm(points - hcpc.centers_.to_numpy()[2 - hcpc.labels_], axis=1)
    np.testing.assert_allclose(hcpc.specifics_["distance"], other[[0, 1, 2, 5, 4, 3]])


def test_no_class_for_every_respondent_is_suggested():
    points = [[0.0], [1.0], [5.0]]
    assert HCPC().fit(points, [2, 1, 1], frequencies=True).n_classes_ == 3
    assert HCPC().fit(points, [2, 1, 1]).n_classes_ == 2
    assert HCPC().fit(np.repeat(points, [2, 1, 1], axis=0)).n_classes_ == 3


@pytest.mark.parametrize(
    ("settings", "last"),
    [({"n_classes": 12}, 12), ({"n_classes": 2, "max_classes": 3}, 3), ({"max_classes": 99}, 20),
     ({"n_classes": 5}, 10)],
)  # fmt: skip
def test_the_criterion_is_given_up_to_the_most_classes_asked_for(settings, last):
    points = np.random.default_rng(2).normal(size=(20, 2))
    table = HCPC(**settings).fit(points).criterion_
    assert table["classes"].tolist() == list(range(2, last + 1))
    assert list(table.columns) == [
        "classes", "gain", "within_inertia", "within_share", "within_ratio", "gain_ratio",
        "krzanowski_lai", "suggested",
    ]  # fmt: skip
    assert table["suggested"].sum() == 1
    gains = HCPC(2).fit(points).inertia_gains_
    np.testing.assert_allclose(table["gain"], gains[: last - 1])
    np.testing.assert_allclose(
        table["within_inertia"].iloc[-1], gains[last - 1 :].sum(), atol=1e-15
    )


def test_classes_level_on_the_first_axis_are_numbered_along_the_next():
    points = np.array([[1.0, 0, 9], [1, 0, 2], [1, -1, 5], [0, 7, 7]])
    labels = np.array([1, 2, 3, 4])
    assert number_along_first_axis(points, labels, np.ones(4)).tolist() == [4, 3, 2, 1]
    # By the weighted centre.
    pair = np.array([[0.0], [10], [4]])
    for weights, numbers in (([9, 1, 1], [1, 1, 2]), ([1, 9, 1], [2, 2, 1])):
        found = number_along_first_axis(pair, np.array([1, 1, 2]), np.array(weights))
        assert found.tolist() == numbers


@pytest.mark.parametrize(
    ("settings", "error"),
    [
        ({"n_classes": 2.0}, TypeError),
        ({"n_classes": "3"}, TypeError),
        ({"n_classes": True}, TypeError),
        ({"min_classes": None}, TypeError),
        ({"max_classes": 5.5}, TypeError),
        ({"exact_up_to": "2"}, TypeError),
        ({"exact_up_to": 1}, ValueError),
        ({"consolidate": "no"}, TypeError),
    ],
)
def test_settings_of_another_kind_are_told_by_their_name(settings, error):
    points = pd.DataFrame({"Axis 1": [0.0, 1.0, 4.0, 6.0, 9.0]})
    (name,) = settings
    with pytest.raises(error, match=f"^{name} (must be|is)"):
        HCPC(**settings).fit(points)


@pytest.mark.parametrize("size", [1e101, 1e200])
def test_coordinates_the_squares_of_which_no_number_holds_are_refused(size: float) -> None:
    points = np.random.default_rng(1).normal(size=(20, 2))
    with pytest.raises(ValueError, match="Divide them all by the same number"):
        HCPC(n_classes=2).fit(points * size)
    assert (
        HCPC(n_classes=2).fit(points * 1e90).labels_ == HCPC(n_classes=2).fit(points).labels_
    ).all()
