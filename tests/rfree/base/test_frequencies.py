"""Weights that are numbers of respondents: a weight of 2 is the row twice, in every function."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest

from rfree.axes.mca import MCA
from rfree.axes.n_axes import parallel_analysis
from rfree.base.weighting import repeated_rows
from rfree.classes.hcpc import HCPC
from rfree.classes.n_classes import classes_criteria
from rfree.description.catdes import (
    describe_categories,
    describe_quantities,
    describe_quantity_links,
    describe_variables,
)
from rfree.description.characteristics import characteristics_table
from rfree.description.group_tests import compare_categories, compare_quantities
from rfree.items.agreement import AgreementScale, answer_distribution, describe_agreement
from rfree.items.association import polychoric
from rfree.items.reliability import cronbach_alpha, describe_reliability
from rfree.membership.design_matrix import design_matrix
from rfree.membership.multinomial import multinomial_logit
from rfree.membership.ordered import ordered_logit
from rfree.missing.missing import impute_mca
from rfree.missing.multiple_imputation import multiple_imputation
from rfree.other_clusterings.latent_class_choice import (
    bootstrap_likelihood_ratio,
    choose_latent_classes,
)
from rfree.other_clusterings.latent_classes import fit_latent_classes
from rfree.other_clusterings.other_clusterings import other_clusterings
from rfree.reality.nulls import null_distributions
from rfree.reality.sensitivity import AlternativeTable, sensitivity_grid
from rfree.reality.stability import bootstrap_stability
from rfree.samples.representativeness import compare_with_margins


def three_groups(n: int = 60) -> tuple[pd.DataFrame, np.ndarray, np.ndarray]:
    """Return answers, classes, and how many respondents each row stands for (0 to 3)."""
    random = np.random.default_rng(12)
    classes = np.repeat([1, 2, 3], n // 3)
    latent = (classes[:, None] - 2) * 1.4 + 0.7 * random.normal(size=(n, 5))
    X = pd.DataFrame(np.digitize(latent, [-1, 0, 1]) + 1, columns=list("abcde"))
    return X, classes, np.tile([2, 1, 3, 0], n // 4)


def test_reliability_of_frequencies_is_that_of_repeated_rows() -> None:
    X, _, counts = three_groups()
    X = X.astype("Int64").mask(np.random.default_rng(1).random(X.shape) < 0.1)
    rows, blocks = repeated_rows(counts), {"all": list("abcde"), "two": ["a", "b"]}
    pd.testing.assert_frame_equal(
        describe_reliability(X, blocks, sample_weight=counts, frequencies=True),
        describe_reliability(X.iloc[rows], blocks),
        rtol=1e-6,
    )
    assert cronbach_alpha(X, sample_weight=counts, frequencies=True).n == len(X.iloc[rows].dropna())
    # Survey weights count nobody twice.
    weights = np.where(counts > 0, 0.1, 1.0)
    assert cronbach_alpha(X, sample_weight=weights).n == len(X.dropna())


def test_polychoric_correlations_of_frequencies_are_those_of_repeated_rows() -> None:
    X, _, counts = three_groups()
    for correction in (0.0, 0.5):
        weighted = polychoric(X, sample_weight=counts, frequencies=True, correction=correction)
        repeated = polychoric(X.iloc[repeated_rows(counts)], correction=correction)
        for name in ("correlations", "thresholds", "counts", "log_likelihoods"):
            pd.testing.assert_frame_equal(
                getattr(weighted, name), getattr(repeated, name), rtol=1e-6
            )


def test_unit_of_survey_weights_is_indifferent_to_the_correction_of_empty_cells() -> None:
    X, _, counts = three_groups()
    once = polychoric(X, sample_weight=counts, correction=0.5)
    tenfold = polychoric(X, sample_weight=10 * counts, correction=0.5)
    pd.testing.assert_frame_equal(once.correlations, tenfold.correlations)
    assert (once.counts == (counts > 0).sum()).all().all()


def test_resampling_of_frequencies_is_that_of_repeated_rows() -> None:
    X, classes, counts = three_groups()
    X, rows = X.astype(str), repeated_rows(counts)
    profiles = pd.DataFrame({"first": np.arange(len(X)) * 1.0})
    chain = {"n_axes": 2, "n_classes": 3, "seed": 5}
    counted = bootstrap_stability(
        X, sample_weight=counts, frequencies=True, labels=classes, profiles=profiles,
        n_replicates=4, **chain,
    )  # fmt: skip
    repeated = bootstrap_stability(
        X.iloc[rows], labels=classes[rows], profiles=profiles.iloc[rows], n_replicates=4, **chain
    )
    for name in ("classes", "respondents", "sizes", "profiles", "ellipses", "jaccard"):
        pd.testing.assert_frame_equal(getattr(counted, name), getattr(repeated, name))
    options = {"n_replicates": 2, "n_resamples": 1, "nulls": ["independence"], **chain}
    nulls = null_distributions(X, sample_weight=counts, frequencies=True, **options)
    pd.testing.assert_frame_equal(nulls.tests, null_distributions(X.iloc[rows], **options).tests)


def test_imputation_of_frequencies_is_that_of_repeated_rows() -> None:
    X, _, counts = three_groups()
    X = X.astype(str).mask(np.random.default_rng(1).random(X.shape) < 0.15)
    rows = repeated_rows(counts)
    single = impute_mca(X, n_components=1, sample_weight=counts, frequencies=True)
    repeated = impute_mca(X.iloc[rows], n_components=1)
    assert single.completed.index.equals(X.index)
    assert not single.completed.isna().any().any()
    pd.testing.assert_frame_equal(single.completed.iloc[rows], repeated.completed)
    np.testing.assert_allclose(single.fuzzy.iloc[rows], repeated.fuzzy, atol=1e-4)
    options = {"n_components": 1, "n_imputations": 2, "seed": 3}
    several = multiple_imputation(X, sample_weight=counts, frequencies=True, **options)
    others = multiple_imputation(X.iloc[rows], **options)
    assert several.n_missing == others.n_missing
    for one, other in zip(several.tables, others.tables, strict=True):
        pd.testing.assert_frame_equal(one, other)


def test_other_clusterings_of_frequencies_are_those_of_repeated_rows() -> None:
    X, classes, counts = three_groups()
    X, rows = X.astype(str), repeated_rows(counts)
    options = {"ordered": True, "seed": 2, "max_classes": 4}
    counted = other_clusterings(X, classes, sample_weight=counts, frequencies=True, **options)
    repeated = other_clusterings(X.iloc[rows], classes[rows], **options)
    pd.testing.assert_frame_equal(counted.table, repeated.table)
    pd.testing.assert_frame_equal(counted.labels, repeated.labels)


def test_sensitivity_of_frequencies_is_that_of_repeated_rows() -> None:
    X, classes, counts = three_groups()
    kept = counts > 0
    X, classes, counts = X[kept].astype(str), classes[kept], counts[kept]
    rows = repeated_rows(counts)
    again = X.iloc[rows].set_axis(range(len(rows)))
    options = {"n_axes": [2], "n_classes": [2, 3]}
    counted = sensitivity_grid(
        [AlternativeTable({"items": "all"}, X)], pd.Series(classes, X.index),
        sample_weight=pd.Series(counts, X.index), frequencies=True, **options,
    )  # fmt: skip
    repeated = sensitivity_grid(
        [AlternativeTable({"items": "all"}, again)],
        pd.Series(classes[rows], again.index),
        **options,
    )
    for name in ("cases", "classes"):
        pd.testing.assert_frame_equal(getattr(counted, name), getattr(repeated, name))
    np.testing.assert_allclose(
        counted.respondents["changed_share"].iloc[rows], repeated.respondents["changed_share"]
    )


X, CLASSES, _ = three_groups(30)
TEXTS = X.astype(str)
Q = pd.DataFrame({"size": np.random.default_rng(3).normal(size=30) + CLASSES})
WEIGHTS = np.resize([1.0, 3.0, 2.0], 30)
SCALE = AgreementScale(1, 4)
DESIGN = design_matrix(Q)
CHAIN = {"n_axes": 2, "n_classes": 3, "seed": 5}
Call = Callable[..., object]
CALLS: dict[str, Call] = {
    "describe_categories": lambda **w: describe_categories(TEXTS, CLASSES, **w),
    "describe_variables": lambda **w: describe_variables(TEXTS, CLASSES, **w),
    "describe_quantities": lambda **w: describe_quantities(Q, CLASSES, **w),
    "describe_quantity_links": lambda **w: describe_quantity_links(Q, CLASSES, **w),
    "characteristics_table": lambda **w: characteristics_table(TEXTS, Q, CLASSES, **w),
    "compare_categories": lambda **w: compare_categories(
        TEXTS, CLASSES, replicates=99, seed=1, **w
    ),
    "compare_quantities": lambda **w: compare_quantities(Q, CLASSES, **w),
    "parallel_analysis": lambda **w: parallel_analysis(TEXTS, replicates=3, seed=1, **w),
    "MCA": lambda **w: MCA(2).fit(TEXTS, **w).column_v_tests_,
    "HCPC": lambda **w: HCPC(3).fit(X, **w).moves_,
    "multinomial_logit": lambda **w: (
        multinomial_logit(DESIGN, CLASSES, reference=1, penalty="ridge", **w).coefficients
    ),
    "ordered_logit": lambda **w: ordered_logit(DESIGN, CLASSES, penalty="ridge", **w).coefficients,
    "answer_distribution": lambda **w: answer_distribution(X, scale=SCALE, **w),
    "describe_agreement": lambda **w: describe_agreement(X, scale=SCALE, **w),
    "cronbach_alpha": lambda **w: cronbach_alpha(X, **w).n,
    "describe_reliability": lambda **w: describe_reliability(X, {"all": list(X)}, **w),
    "polychoric": lambda **w: polychoric(X, **w).counts,
    "multiple_imputation": lambda **w: len(
        multiple_imputation(TEXTS, n_components=1, n_imputations=1, seed=1, **w).tables[0]
    ),
    "bootstrap_stability": lambda **w: len(
        bootstrap_stability(TEXTS, n_replicates=2, **CHAIN, **w).respondents
    ),
    "null_distributions": lambda **w: (
        null_distributions(
            TEXTS, n_replicates=2, n_resamples=0, nulls=["independence"], **CHAIN, **w
        ).replicates
    ),
    "sensitivity_grid": lambda **w: (
        sensitivity_grid(
            [AlternativeTable({}, TEXTS)], pd.Series(CLASSES), n_axes=[1], n_classes=[2], **w
        ).cases
    ),
    "classes_criteria": lambda **w: (
        classes_criteria(X, max_classes=3, references=2, replicates=2, seed=1, **w).table
    ),
    "other_clusterings": lambda **w: len(
        other_clusterings(TEXTS, CLASSES, ordered=True, seed=1, max_classes=3, **w).labels
    ),
    "fit_latent_classes": lambda **w: (
        fit_latent_classes(TEXTS, 2, seed=1, starts=2, thorough=False, **w).n_respondents
    ),
    "choose_latent_classes": lambda **w: (
        choose_latent_classes(
            TEXTS, seed=1, max_classes=2, starts=2, thorough=False, replicates=0, **w
        ).table
    ),
    "bootstrap_likelihood_ratio": lambda **w: (
        bootstrap_likelihood_ratio(TEXTS, 2, seed=1, replicates=1, starts=1, **w).statistic
    ),
    "compare_with_margins": lambda **w: (
        compare_with_margins(
            TEXTS["a"], dict.fromkeys("1234", 25.0), replicates=99, seed=1, **w
        ).test
    ),
}


def same(one: object, other: object) -> bool:
    return one.equals(other) if isinstance(one, pd.DataFrame) else one == other


@pytest.mark.parametrize("name", CALLS)
def test_weights_count_respondents_only_when_told_so(name: str) -> None:
    call = CALLS[name]
    usual = call(sample_weight=WEIGHTS)
    assert same(usual, call(sample_weight=WEIGHTS, frequencies=False))
    assert not same(usual, call(sample_weight=WEIGHTS, frequencies=True))


def test_filled_answers_of_frequencies_need_whole_numbers() -> None:
    holes = TEXTS.mask(np.random.default_rng(1).random(TEXTS.shape) < 0.1)
    halves = WEIGHTS / 2
    usual = impute_mca(holes, n_components=1, sample_weight=halves)
    assert usual.fuzzy.equals(impute_mca(holes, n_components=1, sample_weight=halves,
                                         frequencies=False).fuzzy)  # fmt: skip
    with pytest.raises(ValueError, match="no whole numbers"):
        impute_mca(holes, n_components=1, sample_weight=halves, frequencies=True)
