"""Populations without groups, and what the chain finds in them."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from sklearn.metrics import silhouette_score
from sklearn.mixture import GaussianMixture

from rfree import HCPC, MCA
from rfree.classes.chain import CodedTable, code_table
from rfree.items.association import polychoric
from rfree.reality.findings import silhouette
from rfree.reality.nulls import NULLS, null_distributions
from rfree.reality.redrawing import fit_nulls, ordinal_answers, permuted, same_answers_ordered
from rfree.reality.separation import answer_scores, fit_groups, second_direction


def one_trait(n: int, n_items: int = 8, seed: int = 0) -> pd.DataFrame:
    generator = np.random.default_rng(seed)
    signs = np.where(np.arange(n_items) % 2, -1, 1)
    latent = generator.standard_normal((n, 1)) * signs * 0.8
    latent = latent + 0.6 * generator.standard_normal((n, n_items))
    codes = 1 + (latent[:, :, np.newaxis] > [-1, -0.3, 0.4, 1]).sum(axis=2)
    X = pd.DataFrame(codes).astype(str)
    X.columns = [f"q{column}" for column in X]
    X[:] = X.where(generator.random(X.shape) > 0.05, "no answer")
    return X


@pytest.fixture(scope="module")
def table() -> CodedTable:
    X = one_trait(300)
    return code_table(X, passive=[(q, "no answer") for q in X])


def shares(table: CodedTable, codes: np.ndarray) -> np.ndarray:
    return np.bincount(codes.ravel(), minlength=table.coding.n_categories) / len(codes)


@pytest.mark.parametrize("null", NULLS)
def test_missing_cells_stay_and_every_item_keeps_its_shares(table: CodedTable, null: str) -> None:
    population = fit_nulls(table)[null]
    values = ordinal_answers(table).codes_given
    draws = [population.draw(np.random.default_rng(seed)) for seed in range(20)]
    for drawn in draws:
        np.testing.assert_array_equal(drawn[np.isnan(values)], table.codes[np.isnan(values)])
        assert (drawn != table.codes).any(axis=0).all()
    mean_shares = np.mean([shares(table, drawn) for drawn in draws], axis=0)
    # 20 draws of 300: five standard errors of a share.
    np.testing.assert_allclose(
        mean_shares, shares(table, table.codes), atol=5 * 0.5 / np.sqrt(20 * 300)
    )


@pytest.mark.parametrize("null", ["independence", "flat attitudes"])
def test_permuted_and_dealt_items_keep_their_margins_exactly(table: CodedTable, null: str) -> None:
    drawn = fit_nulls(table)[null].draw(np.random.default_rng(1))
    np.testing.assert_array_equal(shares(table, drawn), shares(table, table.codes))


def test_correlations_are_kept_or_broken(table: CodedTable) -> None:
    answers = ordinal_answers(table)
    own = polychoric(pd.DataFrame(answers.codes_given)).correlations.to_numpy()
    off = ~np.eye(len(own), dtype=bool)
    found = {}
    for null, population in fit_nulls(table).items():
        draws = [population.draw(np.random.default_rng(seed)) for seed in range(8)]
        tables = [polychoric(pd.DataFrame(answers.code_of[drawn])).correlations for drawn in draws]
        found[null] = np.mean(tables, axis=0)
    assert np.abs(found["independence"][off]).max() < 0.12
    for null in ("one continuum", "continuous attitudes", "flat attitudes"):
        np.testing.assert_allclose(found[null][off], own[off], atol=0.12)


def test_permuting_keeps_fixed_cells_and_moves_each_column_by_itself() -> None:
    codes = np.arange(400).reshape(100, 4)
    fixed = np.zeros(codes.shape, dtype=bool)
    fixed[:30, 2] = True
    drawn = permuted(codes, fixed, np.random.default_rng(0))
    np.testing.assert_array_equal(drawn[fixed], codes[fixed])
    np.testing.assert_array_equal(np.sort(drawn, axis=0), codes)
    assert len(np.unique(drawn // 4 - np.arange(100)[:, np.newaxis], axis=1).T) == 4
    assert codes[0, 0] == 0  # the table given is left alone


def test_dealing_gives_the_higher_answer_to_the_higher_attitude() -> None:
    codes = np.array([[5], [1], [7], [3], [9]])
    fixed = np.array([[False], [False], [True], [False], [False]])
    latent = np.array([[0.1], [0.4], [9.0], [0.3], [0.2]])
    dealt = same_answers_ordered(codes, fixed, latent)
    np.testing.assert_array_equal(dealt.ravel(), [1, 9, 7, 5, 3])


def test_an_item_with_one_answer_stays_as_it_is() -> None:
    X = one_trait(80)
    X["q0"] = "3"
    coded = code_table(X)
    for population in fit_nulls(coded).values():
        drawn = population.draw(np.random.default_rng(0))
        np.testing.assert_array_equal(drawn[:, 0], coded.codes[:, 0])


def test_answers_that_are_no_numbers_are_an_error() -> None:
    X = pd.DataFrame({"a": list("xyxy"), "b": list("yyxx")})
    with pytest.raises(ValueError, match="categories that are numbers"):
        null_distributions(X, n_axes=1, n_classes=2)


def test_silhouette_is_scikit_learns() -> None:
    generator = np.random.default_rng(0)
    points, labels = generator.standard_normal((60, 3)), generator.integers(1, 5, 60)
    labels[0] = 5  # alone
    assert silhouette(points, labels) == pytest.approx(silhouette_score(points, labels))


def test_weighted_silhouette_by_hand() -> None:
    points, labels = np.array([[0.0], [1.0], [4.0], [6.0]]), np.array([1, 1, 2, 2])
    weights = np.array([1.0, 2.0, 1.0, 3.0])
    # Own class, then the other: mean distances, weighted.
    pairs = [(1, (4 + 18) / 4), (1, (3 + 15) / 4), (2, (4 + 6) / 3), (2, (6 + 10) / 3)]
    widths = [1 - own / other for own, other in pairs]
    expected = np.average(widths, weights=weights)
    assert silhouette(points, labels, weights) == pytest.approx(expected)
    assert silhouette(points, labels, np.full(4, 2.5)) == pytest.approx(silhouette(points, labels))


def test_likelihood_of_groups_is_scikit_learns() -> None:
    generator = np.random.default_rng(1)
    labels = generator.integers(1, 4, 400)
    centres = np.array([[0.0, 0.0], [7.0, 0.0], [0.0, 7.0]])
    points = centres[labels - 1] + generator.standard_normal((400, 2)) @ [[1, 0.5], [0, 0.7]]
    found = fit_groups(points, labels, 3)
    known = GaussianMixture(3, covariance_type="tied", means_init=centres, tol=1e-9, max_iter=500)
    single = GaussianMixture(1, covariance_type="full")
    expected = known.fit(points).score(points) - single.fit(points).score(points)
    assert found.gain == pytest.approx(expected, abs=1e-4)
    shares = known.predict_proba(points)
    entropy = -(shares * np.log(np.maximum(shares, 1e-300))).sum(axis=1).mean()
    assert found.entropy == pytest.approx(entropy, abs=1e-3)
    assert found.separation == pytest.approx(found.gain - found.entropy)


def test_separation_does_not_depend_on_the_scale_or_direction_of_the_scores() -> None:
    generator = np.random.default_rng(2)
    points, labels = generator.standard_normal((200, 2)), generator.integers(1, 4, 200)
    turned = points @ [[2.0, 1.0], [-30.0, 4.0]] + 5
    whole = fit_groups(points, labels, 3)
    # Ward's tree sees white points, so both starts are the same.
    assert fit_groups(turned, labels, 3).separation == pytest.approx(whole.separation, abs=1e-6)


def test_weighted_groups_are_those_of_repeated_respondents() -> None:
    generator = np.random.default_rng(3)
    points, labels = generator.standard_normal((60, 2)), generator.integers(1, 3, 60)
    times = generator.integers(1, 4, 60)
    weighted = fit_groups(points, labels, 2, times.astype(float))
    repeated = fit_groups(np.repeat(points, times, axis=0), np.repeat(labels, times), 2)
    assert weighted.gain == pytest.approx(repeated.gain, abs=1e-9)


def test_scores_are_principal_components_of_the_answers() -> None:
    values = np.random.default_rng(4).integers(1, 6, (50, 6)).astype(float)
    scores = answer_scores(values)
    standardised = (values - values.mean(axis=0)) / values.std(axis=0)
    largest = np.linalg.svd(standardised, compute_uv=False)[:2]
    np.testing.assert_allclose(scores.std(axis=0), largest / np.sqrt(50))
    np.testing.assert_allclose(scores[:, 0] @ scores[:, 1], 0, atol=1e-9)


def test_second_direction_is_the_second_eigenvalue_of_the_correlations() -> None:
    values = np.random.default_rng(5).integers(1, 6, (80, 6)).astype(float)
    weights = np.random.default_rng(6).integers(1, 4, 80)
    repeated = np.corrcoef(np.repeat(values, weights, axis=0).T)
    found = second_direction(answer_scores(values, weights.astype(float)), weights.astype(float))
    assert found == pytest.approx(np.linalg.eigvalsh(repeated)[-2])
    assert second_direction(np.ones((4, 1))) == 0


def test_p_values_count_the_replicates_as_far_as_the_sample() -> None:
    result = null_distributions(one_trait(80), n_axes=2, n_classes=3, n_replicates=9, n_resamples=0)
    drawn = result.replicates
    assert len(drawn) == 9 * len(NULLS)
    for _, test in result.tests.iterrows():
        values = drawn.loc[drawn["null"] == test["null"], test["statistic"]]
        as_far = (
            values <= test["sample"] if test["direction"] == "low" else values >= test["sample"]
        )
        assert test["p_value"] == (as_far.sum() + 1) / 10
        assert test["null_mean"] == pytest.approx(values.mean())
    assert drawn["mean_jaccard"].isna().all()
    assert result.descriptions["null"].tolist() == ["sample", *NULLS]
    assert result.by_classes["classes"].unique().tolist() == list(range(2, 11))


def test_structure_beats_independence_only_where_there_is_some() -> None:
    attitude = null_distributions(one_trait(150), n_axes=2, n_classes=3, n_replicates=19,
                                  n_resamples=1, nulls=["independence"])  # fmt: skip
    share = attitude.tests.set_index("statistic").loc["within_share"]
    assert share["p_value"] == 1 / 20
    assert share["sample"] < share["null_low"]
    stability = attitude.descriptions.set_index("null")["mean_jaccard"]
    assert stability["sample"] > stability["independence"]


def test_numbers_are_the_same_on_one_and_two_cores() -> None:
    X = one_trait(60, n_items=5)
    done: list[int] = []
    one, two = (
        null_distributions(X, n_axes=2, n_classes=3, n_replicates=10, n_resamples=1, seed=4,
                           n_jobs=n_jobs, progress=done.append, nulls=NULLS[2:])
        for n_jobs in (1, 2)
    )  # fmt: skip
    for name in ("tests", "descriptions", "by_classes", "replicates"):
        pd.testing.assert_frame_equal(getattr(one, name), getattr(two, name), check_exact=True)
    assert done == [8, 10, 18, 20] * 2


def test_a_null_has_the_same_numbers_alone_and_with_others() -> None:
    X = one_trait(60, n_items=5)
    settings = {"n_axes": 2, "n_classes": 3, "n_replicates": 4, "n_resamples": 0}
    alone = null_distributions(X, nulls=["flat attitudes"], **settings).replicates
    among = null_distributions(X, **settings).replicates
    among = among[among["null"] == "flat attitudes"].reset_index(drop=True)
    pd.testing.assert_frame_equal(alone, among)


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"nulls": ["chaos"]}, "chaos"),
        ({"nulls": []}, "expected some of"),
        ({"n_resamples": -1}, "n_resamples is -1"),
    ],
)
def test_wrong_settings_are_errors(settings: dict[str, object], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        null_distributions(one_trait(40), n_axes=2, n_classes=3, **settings)


def spread_of(B: int, **options: object) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Tests, cuts and replicates of independent answers, few of them so that cuts disagree."""
    found = null_distributions(
        one_trait(60, 6, seed=4), n_axes=2, n_classes=3, nulls=["independence", "one continuum"],
        n_replicates=B, n_resamples=2, seed=3, **options,
    )  # fmt: skip
    return found.tests, found.by_classes, found.replicates


def test_intervals_of_a_null_are_quantiles_of_its_own_replicates() -> None:
    tests, _, replicates = spread_of(4)
    for row in tests.to_dict("records"):
        drawn = replicates.loc[replicates["null"] == row["null"], row["statistic"]]
        first, second, third, last = sorted(drawn)
        # Of four values, 5 % lies .15 of the way from the first to the second.
        assert row["null_low"] == pytest.approx(first + 0.15 * (second - first))
        assert row["null_high"] == pytest.approx(last - 0.15 * (last - third))
        assert row["null_mean"] == pytest.approx(sum(drawn) / 4)
    assert (tests["null_low"] < tests["null_high"]).any()


def test_intervals_of_the_cuts_are_quantiles_of_the_replicates() -> None:
    (_, one, _), (_, both, _) = spread_of(1), spread_of(2)
    np.testing.assert_allclose(one["null_low"], one["null_mean"])
    np.testing.assert_allclose(one["null_high"], one["null_mean"])
    # Replicate 1 is the same in both; the second is what brings the mean where it is.
    first = one["null_mean"].to_numpy()
    second = 2 * both["null_mean"].to_numpy() - first
    low, high = np.minimum(first, second), np.maximum(first, second)
    np.testing.assert_allclose(both["null_low"], low + 0.05 * (high - low))
    np.testing.assert_allclose(both["null_high"], high - 0.05 * (high - low))
    assert (both["null_low"] < both["null_high"]).any()


def test_descriptions_are_those_of_the_sample_and_of_the_replicates() -> None:
    X = one_trait(60, 6, seed=4)
    found = null_distributions(
        X, n_axes=2, n_classes=3, nulls=["independence", "one continuum"], n_replicates=9,
        n_resamples=2, seed=3,
    )  # fmt: skip
    told = found.descriptions.set_index("null")
    assert list(told.index) == ["sample", "independence", "one continuum"]
    mca = MCA(n_components=2).fit(X)
    suggested = HCPC().fit(mca.row_coordinates_).suggested_n_classes_
    assert told.loc["sample", "axis_1"] == pytest.approx(mca.eigenvalues_[0])
    assert told.loc["sample", "suggested_median"] == suggested
    assert told.loc["sample", "suggested_as_many"] == (100 if suggested == 3 else 0)
    for name in ("independence", "one continuum"):
        drawn = found.replicates[found.replicates["null"] == name]
        row = told.loc[name]
        as_many = [value == 3 for value in drawn["suggested"]]
        assert row["suggested_as_many"] == pytest.approx(100 * sum(as_many) / 9)
        assert row["suggested_median"] == sorted(drawn["suggested"])[4]
        assert row["axis_1"] == pytest.approx(sum(drawn["axis_1"]) / 9)
        for column, mean, low, high in (
            ("mean_jaccard", "mean_jaccard", "jaccard_low", "jaccard_high"),
            ("silhouette", "silhouette", "silhouette_low", "silhouette_high"),
        ):
            values = sorted(drawn[column])
            # Of nine values, 5 % lies .4 of the way from the first to the second.
            assert row[mean] == pytest.approx(sum(values) / 9)
            assert row[low] == pytest.approx(values[0] + 0.4 * (values[1] - values[0]))
            assert row[high] == pytest.approx(values[8] - 0.4 * (values[8] - values[7]))
    shares = told["suggested_as_many"].iloc[1:]
    assert ((shares > 0) & (shares < 100)).any()
    assert told["axis_1"].nunique() == 3
