"""Weights that are numbers of respondents: a weight of 2 is the row twice, in every function."""

from __future__ import annotations

import numpy as np
import pandas as pd

from rfree.base.weighting import repeated_rows
from rfree.items.association import polychoric
from rfree.items.reliability import cronbach_alpha, describe_reliability
from rfree.missing.missing import impute_mca
from rfree.missing.multiple_imputation import multiple_imputation
from rfree.other_clusterings.other_clusterings import other_clusterings
from rfree.reality.nulls import null_distributions
from rfree.reality.sensitivity import ActiveTable, sensitivity_grid
from rfree.reality.stability import bootstrap_stability


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
        [ActiveTable({"items": "all"}, X)], pd.Series(classes, X.index),
        sample_weight=pd.Series(counts, X.index), frequencies=True, **options,
    )  # fmt: skip
    repeated = sensitivity_grid(
        [ActiveTable({"items": "all"}, again)], pd.Series(classes[rows], again.index), **options
    )
    for name in ("cases", "classes"):
        pd.testing.assert_frame_equal(getattr(counted, name), getattr(repeated, name))
    np.testing.assert_allclose(
        counted.respondents["changed_share"].iloc[rows], repeated.respondents["changed_share"]
    )
