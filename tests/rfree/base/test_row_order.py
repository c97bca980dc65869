"""Weights, classes and second tables are matched to the rows by label, in every function."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import re
from collections.abc import Callable
from dataclasses import dataclass, is_dataclass, replace
from typing import Any

import numpy as np
import pandas as pd
import pytest

import rfree
from rfree.axes.burt import burt_table
from rfree.axes.dimdesc import describe_axes
from rfree.axes.guttman import guttman_r2
from rfree.axes.mca import MCA
from rfree.axes.n_axes import parallel_analysis
from rfree.axes.procrustes import procrustes
from rfree.axes.supplementary import supplementary_variables
from rfree.base.class_labels import check_labels, check_numbers
from rfree.base.inputs import aligned_to, check_weights, in_one_order
from rfree.base.matching import class_jaccard
from rfree.classes.chain import ChainSettings, code_table, run_chain
from rfree.classes.consolidation import consolidate, consolidate_groups, within_inertia
from rfree.classes.hcpc import HCPC, number_along_first_axis
from rfree.classes.n_classes import classes_criteria
from rfree.classes.nearest_centre import class_spread
from rfree.classes.partition_agreement import overlap_table
from rfree.classes.transfers import class_centres
from rfree.classes.ward import distinct_points, ward_tree
from rfree.description.catdes import describe_categories, describe_variables
from rfree.description.characteristics import characteristics_table
from rfree.description.group_tests import compare_categories, compare_quantities
from rfree.description.quantities import describe_quantities, describe_quantity_links
from rfree.description.weighted_tests import (
    estimated_ranks,
    independence,
    rank_independence,
    rao_scott,
    weighted_rank_test,
)
from rfree.items.agreement import AgreementScale, answer_distribution, describe_agreement
from rfree.items.association import polychoric
from rfree.items.reliability import cronbach_alpha, describe_reliability, ordinal_omega
from rfree.items.selection_scores import own_class_probabilities
from rfree.items.short_forms import (
    AnswerCodes,
    cohen_kappa,
    cross_validate_short_forms,
    fit_scoring,
)
from rfree.membership.design_matrix import design_matrix
from rfree.membership.memberships import read_memberships
from rfree.membership.multinomial import multinomial_logit
from rfree.membership.ordered import ordered_logit
from rfree.missing.iterative_mca import fill_gaps
from rfree.missing.missing import code_answers, impute_mca, with_answers
from rfree.missing.multiple_imputation import imputed_membership, multiple_imputation
from rfree.other_clusterings.k_medoids import around_medoids, gower_answers, k_medoids
from rfree.other_clusterings.k_modes import k_modes
from rfree.other_clusterings.latent_class_choice import (
    bootstrap_likelihood_ratio,
    choose_latent_classes,
)
from rfree.other_clusterings.latent_classes import (
    class_data,
    fit_latent_classes,
)
from rfree.other_clusterings.other_clusterings import other_clusterings
from rfree.other_clusterings.sampled_medoids import draw_samples, sampled_medoids
from rfree.reality.findings import silhouette
from rfree.reality.nulls import null_distributions
from rfree.reality.redrawing import permuted, same_answers_ordered
from rfree.reality.sensitivity import ActiveTable, sensitivity_grid
from rfree.reality.separation import answer_scores, fit_groups, second_direction
from rfree.reality.stability import bootstrap_stability
from rfree.reality.stability_tables import class_means, respondent_table, size_table
from rfree.samples.calibration import rake
from rfree.samples.paired_samples import (
    compare_paired_means,
    compare_paired_shares,
    marginal_homogeneity,
)
from rfree.samples.representativeness import compare_with_margins
from rfree.samples.two_samples import compare_means

N = 48


@dataclass(frozen=True)
class Sample:
    """Tables and columns of the same respondents, all with the same labels."""

    X: pd.DataFrame
    items: pd.DataFrame
    Q: pd.DataFrame
    points: pd.DataFrame
    second: pd.DataFrame
    membership: pd.DataFrame
    weights: pd.Series
    labels: pd.Series
    other: pd.Series
    first_axis: pd.Series
    second_axis: pd.Series


def the_sample() -> Sample:
    rng = np.random.default_rng(7)
    index = pd.Index([f"R{number:02d}" for number in range(N)])
    latent = rng.normal(size=(N, 1)) + 0.4 * rng.normal(size=(N, 5))
    items = pd.DataFrame(np.digitize(latent, [-0.5, 0.5]) + 1, index, list("abcde"))
    points = pd.DataFrame(rng.normal(size=(N, 2)), index, ["Axis 1", "Axis 2"])
    labels = pd.Series(rng.permutation(np.repeat([1, 2, 3], N // 3)), index)
    degrees = rng.dirichlet(np.ones(3), size=N)
    return Sample(
        X=items.astype(str),
        items=items,
        Q=pd.DataFrame({"age": rng.normal(45, 9, N), "size": rng.normal(3, 1, N)}, index),
        points=points,
        second=items.iloc[rng.permutation(N)].set_axis(index),
        membership=pd.DataFrame(degrees, index, [1, 2, 3]),
        weights=pd.Series(rng.uniform(0.3, 2.5, N), index),
        labels=labels,
        other=pd.Series(rng.integers(1, 4, N), index),
        first_axis=points["Axis 1"],
        second_axis=points["Axis 2"],
    )


@dataclass(frozen=True)
class Case:
    """One call; the fields of the sample whose order must not matter, and those refused.

    Beside a table that is an array, nothing tells which row a label belongs to.
    """

    call: Callable[[Sample], Any]
    moved: tuple[str, ...]
    refused: tuple[str, ...] = ()


SCALE = AgreementScale(1, 3)
MARGINS = {"a": {"1": 30, "2": 40, "3": 30}}
ANSWERS = AnswerCodes(the_sample().items.to_numpy() - 1, np.full(5, 3))
ONES = np.ones(5)
GAPS = np.arange(N * 5).reshape(N, 5) % 11 == 0


def with_gaps(X: pd.DataFrame) -> pd.DataFrame:
    return X.mask(GAPS)


def the_chosen(s: Sample) -> pd.DataFrame:
    return pd.DataFrame(np.zeros((N, 5), dtype=np.int64), s.X.index)


def imputation(s: Sample) -> Any:
    return multiple_imputation(with_gaps(s.X), n_components=1, n_imputations=2, seed=1)


def the_design(s: Sample) -> Any:
    return design_matrix(s.Q)


CASES = {
    "agreement.answer_distribution": Case(
        lambda s: answer_distribution(s.items, scale=SCALE, sample_weight=s.weights), ("weights",)
    ),
    "agreement.describe_agreement": Case(
        lambda s: describe_agreement(s.items, scale=SCALE, sample_weight=s.weights), ("weights",)
    ),
    "association.polychoric": Case(
        lambda s: polychoric(s.items, sample_weight=s.weights), ("weights",)
    ),
    "burt.burt_table": Case(lambda s: burt_table(s.items - 1, s.weights, 3), ("weights",)),
    "calibration.rake": Case(lambda s: rake(s.X, MARGINS, sample_weight=s.weights), ("weights",)),
    "catdes.describe_categories": Case(
        lambda s: describe_categories(s.X, s.labels, s.weights), ("labels", "weights")
    ),
    "catdes.describe_variables": Case(
        lambda s: describe_variables(s.X, s.labels, sample_weight=s.weights),
        ("labels", "weights"),
    ),
    "chain.code_table": Case(lambda s: code_table(s.X, sample_weight=s.weights), ("weights",)),
    "chain.run_chain": Case(
        lambda s: run_chain(code_table(s.X), ChainSettings(2, 3), counts=s.other), ("other",)
    ),
    "characteristics.characteristics_table": Case(
        lambda s: characteristics_table(s.X, s.Q, s.labels, sample_weight=s.weights),
        ("Q", "labels", "weights"),
    ),
    "class_labels.check_labels": Case(
        lambda s: check_labels(s.labels, np.ones(N), s.X), ("labels",)
    ),
    "class_labels.check_numbers": Case(
        lambda s: check_numbers(s.labels, s.X, name="labels"), ("labels",)
    ),
    "consolidation.consolidate": Case(
        lambda s: consolidate(s.points, s.labels, s.weights), ("labels", "weights")
    ),
    "consolidation.consolidate_groups": Case(
        lambda s: consolidate_groups(
            s.points,
            s.labels,
            s.weights,
            distinct_points(s.points.to_numpy(), the_sample().weights.to_numpy()),
            thorough=True,
        ),
        ("labels", "weights"),
    ),
    "consolidation.within_inertia": Case(
        lambda s: within_inertia(s.points, s.labels, s.weights), ("labels", "weights")
    ),
    "dimdesc.describe_axes": Case(
        lambda s: describe_axes(MCA(2).fit(s.X), supplementary=s.Q, proba=1), ("Q",)
    ),
    "findings.silhouette": Case(
        lambda s: silhouette(s.points, s.labels, s.weights), ("labels", "weights")
    ),
    "group_tests.compare_categories": Case(
        lambda s: compare_categories(s.X, s.labels, sample_weight=s.weights, replicates=99, seed=1),
        ("labels", "weights"),
    ),
    "group_tests.compare_quantities": Case(
        lambda s: compare_quantities(s.Q, s.labels, sample_weight=s.weights),
        ("labels", "weights"),
    ),
    "guttman.guttman_r2": Case(
        lambda s: guttman_r2(s.first_axis, s.second_axis, weights=s.weights),
        ("second_axis", "weights"),
    ),
    "hcpc.HCPC.fit": Case(lambda s: HCPC(3).fit(s.points, s.weights), ("weights",)),
    "hcpc.number_along_first_axis": Case(
        lambda s: number_along_first_axis(s.points, s.labels, s.weights), ("labels", "weights")
    ),
    "inputs.aligned_to": Case(
        lambda s: np.asarray(aligned_to(s.weights, s.X, name="weights")), ("weights",)
    ),
    "inputs.check_weights": Case(lambda s: check_weights(s.weights, s.X), ("weights",)),
    "inputs.in_one_order": Case(lambda s: in_one_order(X=s.X, weights=s.weights)[1], ("weights",)),
    "iterative_mca.fill_gaps": Case(
        lambda s: fill_gaps(code_answers(with_gaps(s.X)).gaps(GAPS), s.weights, n_components=1),
        (),
        ("weights",),
    ),
    "k_medoids.around_medoids": Case(
        lambda s: around_medoids(s.points, np.array([0, 1]), s.weights), ("weights",)
    ),
    "k_medoids.k_medoids": Case(
        lambda s: k_medoids(
            pd.DataFrame(
                gower_answers(s.X, ordered=True).between(np.arange(N), np.arange(N)), s.X.index
            ),
            3,
            sample_weight=s.weights,
        ),
        ("weights",),
    ),
    "k_modes.k_modes": Case(
        lambda s: k_modes(s.X, 3, seed=1, sample_weight=s.weights), ("weights",)
    ),
    "latent_class_choice.bootstrap_likelihood_ratio": Case(
        lambda s: bootstrap_likelihood_ratio(
            s.X, 2, seed=1, replicates=2, starts=2, sample_weight=s.weights
        ),
        ("weights",),
    ),
    "latent_class_choice.choose_latent_classes": Case(
        lambda s: choose_latent_classes(
            s.X, seed=1, max_classes=2, replicates=0, starts=2, sample_weight=s.weights
        ),
        ("weights",),
    ),
    "latent_classes.class_data": Case(
        lambda s: class_data(code_answers(s.X), s.weights), (), ("weights",)
    ),
    "latent_classes.fit_latent_classes": Case(
        lambda s: fit_latent_classes(s.X, 2, seed=1, starts=2, sample_weight=s.weights),
        ("weights",),
    ),
    "matching.class_jaccard": Case(
        lambda s: class_jaccard(s.labels, s.other, 3, 3, s.weights),
        ("labels", "other", "weights"),
    ),
    "mca.MCA.fit": Case(lambda s: MCA(2).fit(s.X, s.weights), ("weights",)),
    "mca.MCA.supplementary": Case(lambda s: MCA(2).fit(s.X).supplementary(s.Q), ("Q",)),
    "memberships.read_memberships": Case(
        lambda s: read_memberships(the_design(s), s.labels, s.weights, s.membership),
        ("labels", "weights", "membership"),
    ),
    "missing.impute_mca": Case(
        lambda s: impute_mca(with_gaps(s.X), n_components=1, sample_weight=s.weights),
        ("weights",),
    ),
    "missing.with_answers": Case(
        lambda s: with_answers(with_gaps(s.X), code_answers(with_gaps(s.X)), s.second - 1),
        ("second",),
    ),
    "multinomial.multinomial_logit": Case(
        lambda s: (
            multinomial_logit(
                the_design(s),
                s.labels,
                reference=1,
                sample_weight=s.weights,
                membership=s.membership,
            ).coefficients
        ),
        ("weights", "membership"),
    ),
    "multiple_imputation.imputed_membership": Case(
        lambda s: imputed_membership(imputation(s), s.labels, n_axes=2, sample_weight=s.weights),
        ("labels", "weights"),
    ),
    "multiple_imputation.multiple_imputation": Case(
        lambda s: multiple_imputation(
            with_gaps(s.X), n_components=1, n_imputations=2, seed=1, sample_weight=s.weights
        ),
        ("weights",),
    ),
    "n_axes.parallel_analysis": Case(
        lambda s: parallel_analysis(s.X, replicates=3, seed=1, sample_weight=s.weights),
        ("weights",),
    ),
    "n_classes.classes_criteria": Case(
        lambda s: classes_criteria(
            s.points, sample_weight=s.weights, max_classes=3, references=2, replicates=2, seed=1
        ),
        ("weights",),
    ),
    "nearest_centre.class_spread": Case(
        lambda s: class_spread(s.points, s.labels, np.eye(3)[:, :2], s.weights),
        ("labels", "weights"),
    ),
    "nulls.null_distributions": Case(
        lambda s: null_distributions(
            s.X,
            n_axes=2,
            n_classes=3,
            sample_weight=s.weights,
            nulls=["independence"],
            n_replicates=2,
            n_resamples=0,
        ),
        ("weights",),
    ),
    "ordered.ordered_logit": Case(
        lambda s: ordered_logit(the_design(s), s.labels, sample_weight=s.weights).coefficients,
        ("labels", "weights"),
    ),
    "other_clusterings.other_clusterings": Case(
        lambda s: other_clusterings(
            s.X, s.labels, ordered=True, seed=1, max_classes=3, sample_weight=s.weights
        ),
        ("labels", "weights"),
    ),
    "paired_samples.compare_paired_means": Case(
        lambda s: compare_paired_means(s.items, s.second, s.weights), ("second", "weights")
    ),
    "paired_samples.compare_paired_shares": Case(
        lambda s: compare_paired_shares(
            (s.items > 1).astype(float), (s.second > 1).astype(float), s.weights
        ),
        ("second", "weights"),
    ),
    "paired_samples.marginal_homogeneity": Case(
        lambda s: marginal_homogeneity(s.labels, s.other, s.weights), ("other", "weights")
    ),
    "partition_agreement.overlap_table": Case(
        lambda s: overlap_table(s.labels, s.other, s.weights), ("other", "weights")
    ),
    "procrustes.procrustes": Case(lambda s: procrustes(s.points, s.Q, s.weights), ("Q", "weights")),
    "quantities.describe_quantities": Case(
        lambda s: describe_quantities(s.Q, s.labels, sample_weight=s.weights),
        ("labels", "weights"),
    ),
    "quantities.describe_quantity_links": Case(
        lambda s: describe_quantity_links(s.Q, s.labels, sample_weight=s.weights),
        ("labels", "weights"),
    ),
    "redrawing.permuted": Case(
        lambda s: permuted(s.items, s.second == 1, np.random.default_rng(1)), ("second",)
    ),
    "redrawing.same_answers_ordered": Case(
        lambda s: same_answers_ordered(s.items, np.zeros((N, 5), dtype=bool), s.second),
        ("second",),
    ),
    "reliability.cronbach_alpha": Case(
        lambda s: cronbach_alpha(s.items, sample_weight=s.weights), ("weights",)
    ),
    "reliability.describe_reliability": Case(
        lambda s: describe_reliability(s.items, {"all": list("abcde")}, sample_weight=s.weights),
        ("weights",),
    ),
    "reliability.ordinal_omega": Case(
        lambda s: ordinal_omega(s.items, sample_weight=s.weights), ("weights",)
    ),
    "representativeness.compare_with_margins": Case(
        lambda s: compare_with_margins(
            s.X["a"], MARGINS["a"], sample_weight=s.weights, replicates=99, seed=1
        ),
        ("weights",),
    ),
    "sampled_medoids.sampled_medoids": Case(
        lambda s: sampled_medoids(
            gower_answers(s.X, ordered=True),
            draw_samples(N, seed=1, sample_size=20, samples=2),
            [3],
            s.weights,
        ),
        ("weights",),
    ),
    "selection_scores.own_class_probabilities": Case(
        lambda s: own_class_probabilities(
            s.membership, np.ones((N, 1, 3)) * np.log([1, 2, 3]), s.labels - 1, np.array([0])
        ),
        ("labels",),
    ),
    "sensitivity.sensitivity_grid": Case(
        lambda s: sensitivity_grid(
            [ActiveTable({"all": "x"}, s.X)],
            s.labels,
            n_axes=[2],
            n_classes=[3],
            sample_weight=s.weights,
        ),
        ("weights",),
    ),
    "separation.answer_scores": Case(lambda s: answer_scores(s.items, s.weights), ("weights",)),
    "separation.fit_groups": Case(
        lambda s: fit_groups(s.points, s.labels, 3, s.weights), ("labels", "weights")
    ),
    "separation.second_direction": Case(
        lambda s: second_direction(s.points, s.weights), ("weights",)
    ),
    "short_forms.cohen_kappa": Case(lambda s: cohen_kappa(s.labels, s.other), ("other",)),
    "short_forms.cross_validate_short_forms": Case(
        lambda s: cross_validate_short_forms(ANSWERS, s.labels, sizes=[2], random=1, n_folds=2),
        (),
        ("labels",),
    ),
    "short_forms.fit_scoring": Case(
        lambda s: fit_scoring(ANSWERS, s.labels, size=2, n_classes=3), (), ("labels",)
    ),
    "stability.bootstrap_stability": Case(
        lambda s: bootstrap_stability(
            s.X,
            n_axes=2,
            n_classes=3,
            sample_weight=s.weights,
            labels=s.labels,
            profiles=s.Q,
            n_replicates=2,
        ),
        ("weights", "labels", "Q"),
    ),
    "stability_tables.class_means": Case(
        lambda s: class_means(s.Q, s.labels - 1, s.weights, 3), ("labels", "weights")
    ),
    "stability_tables.respondent_table": Case(
        lambda s: respondent_table(s.X.index, s.labels, np.array([s.other] * 2) - 1, 3),
        ("labels",),
    ),
    "stability_tables.size_table": Case(
        lambda s: size_table(s.labels, s.weights, np.ones((2, 3)), 0.9), ("weights",)
    ),
    "supplementary.supplementary_variables": Case(
        lambda s: supplementary_variables(s.Q, s.points, s.weights, np.ones(2)),
        ("Q", "weights"),
    ),
    "transfers.class_centres": Case(
        lambda s: class_centres(s.points, s.labels - 1, s.weights, 3), ("labels", "weights")
    ),
    "two_samples.compare_means": Case(
        lambda s: compare_means(s.items, s.second, s.weights, s.weights), ("weights",)
    ),
    "ward.distinct_points": Case(lambda s: distinct_points(s.points, s.weights), ("weights",)),
    "ward.ward_tree": Case(lambda s: ward_tree(s.points, s.weights), ("weights",)),
    "weighted_tests.estimated_ranks": Case(
        lambda s: estimated_ranks(s.first_axis, s.weights), ("weights",)
    ),
    "weighted_tests.independence": Case(
        lambda s: independence(s.labels - 1, s.other - 1, s.weights), ("other", "weights")
    ),
    "weighted_tests.rank_independence": Case(
        lambda s: rank_independence(s.first_axis, s.labels - 1, s.weights),
        ("labels", "weights"),
    ),
    "weighted_tests.rao_scott": Case(
        lambda s: rao_scott(s.labels - 1, s.other - 1, s.weights), ("other", "weights")
    ),
    "weighted_tests.weighted_rank_test": Case(
        lambda s: weighted_rank_test(s.first_axis, s.labels - 1, s.weights),
        ("labels", "weights"),
    ),
}


# Functions of one table, of categories, of classes or of results: nothing to be matched by row.
WITHOUT_ROWS = {
    "agreement": "ranking",
    "association": "positive_definite check_correlations",
    "axes": "principal_axes oriented",
    "bivariate_normal": "bivariate_normal_density bivariate_normal_cdf",
    "burt": "indicator_table standardised_residuals",
    "calibration": "kish_effective_n",
    "class_labels": "read_classes",
    "coding": "learn_coding ordered_levels as_categorical",
    "compare_models": "compare_estimates",
    "contingency": "used_part chi_squared fisher_freeman_halton cramers_v",
    "corrected_rates": "adjusted_eigenvalues inertia_table axis_names",
    "design_matrix": "design_matrix",
    "factor": "one_factor",
    "findings": "findings",
    "firth": "maximise_firth penalised_value penalty_slope",
    "firth_profiles": "profiled profile_interval penalised_ratio",
    "group_tests": "check_characteristics",
    "hypergeometric": "hypergeometric_v_test",
    "imputation_axes": "choose_imputation_axes",
    "inputs": "check_categories check_columns check_table with_near_names",
    "k_medoids": "gower_answers",
    "latent_class_em": "random_starts maximise expectation maximisation",
    "latent_class_search": "search",
    "latent_classes": "best_fit count_parameters",
    "likelihood": "Likelihood.value Likelihood.scores Likelihood.information "
    "Likelihood.probabilities Likelihood.probability_gradient maximise climb "
    "solve_symmetric model_covariance robust_covariance Likelihood.class_scores weighted_variance",
    "likelihood_ratio": "weighted_ratio",
    "marginal_effects": "average_marginal_effects",
    "matching": "jaccard_indices match_classes",
    "mca": "MCA.transform",
    "membership_model": "check_options summarise with_holm",
    "missing": "code_answers as_degrees most_likely draw_categories",
    "multiple_tests": "adjusted_p_values",
    "n_axes": "elbow axes_criteria",
    "nearest_centre": "centre_distances class_confidence",
    "ordinal": "answer_codes sample_ordinal",
    "pair_likelihood": "maximum_likelihood_correlations",
    "partition_agreement": "jaccard_table matched_classes matched_cells adjusted_rand "
    "partition_cramers_v relabelled",
    "passive": "passive_categories check_axes_exist n_variables_without_passive own_inertia",
    "proportional_odds": "brant_test",
    "published_percentages": "counts_from_percentages",
    "redrawing": "ordinal_answers fit_nulls",
    "replicates": "child_seed run_replicates",
    "resampled_axes": "aligned_coordinates category_ellipses",
    "sampled_medoids": "draw_samples",
    "separation_checks": "multinomial_separation ordered_separation separation_at sparse_cells",
    "short_forms": "smallest_good_size",
    "stability_tables": "stability_reading percentile_limits class_table profile_table",
    "supplementary": "category_cos2 category_v_tests correlation_ratios "
    "weighted_category_v_tests axis_sides",
    "transfers": "move_together move_one_by_one move_in_chains",
    "two_samples": "wilson_interval compare_shares",
    "verdict": "reach_verdict",
    "ward": "tree_of_groups cut",
    "weighted_independence": "category_side indicator_side quantity_side independence_test "
    "signed_v_test",
    "weighting": "scaled_weights repeated_rows",
}


MODULES = {
    module.name.rpartition(".")[2]: importlib.import_module(module.name)
    for module in pkgutil.walk_packages(rfree.__path__, "rfree.")
    if not module.ispkg and module.name.count(".") > 1
}
"""The modules of the package, each under its own name without that of its room."""


def public_functions() -> set[str]:
    found = set()
    for own, module in MODULES.items():
        for name, member in vars(module).items():
            if name.startswith("_") or getattr(member, "__module__", "") != module.__name__:
                continue
            if inspect.isfunction(member):
                found.add(f"{own}.{name}")
            elif inspect.isclass(member) and not is_dataclass(member):
                found |= {
                    f"{own}.{name}.{method}"
                    for method, function in vars(member).items()
                    if inspect.isfunction(function) and not method.startswith("_")
                }
    return found


def leaves(result: Any) -> list[np.ndarray]:
    """Every array and number that a result holds."""
    if isinstance(result, pd.DataFrame | pd.Series):
        table = pd.DataFrame(result).reset_index()
        parts: Any = [table.iloc[:, column].to_numpy() for column in range(table.shape[1])]
    elif is_dataclass(result) or isinstance(result, MCA | HCPC):
        parts = vars(result).values()
    elif isinstance(result, dict):
        parts = result.values()
    elif isinstance(result, list | tuple):
        parts = result
    else:
        return [np.asarray(result)]
    return [leaf for part in parts for leaf in leaves(part)]


def same(one: Any, other: Any) -> bool:
    """Whether two results hold the same numbers."""
    pairs = list(zip(leaves(one), leaves(other), strict=True))
    return all(
        each.shape == its.shape
        and (
            np.allclose(each, its, equal_nan=True)
            if each.dtype.kind == "f"
            else list(map(repr, each.ravel())) == list(map(repr, its.ravel()))
        )
        for each, its in pairs
    )


# Their numbers do not depend on the column, or it is the one that others are matched to.
SYMMETRIC = {
    ("chain.run_chain", "other"),
    ("consolidation.consolidate_groups", "weights"),
    ("matching.class_jaccard", "labels"),
    ("memberships.read_memberships", "labels"),
    ("separation.fit_groups", "labels"),
}
MOVED = [(name, field) for name, case in CASES.items() for field in case.moved]
BY_POSITION = [
    (name, field)
    for name, field in MOVED
    if isinstance(getattr(the_sample(), field), pd.Series) and (name, field) not in SYMMETRIC
]


def test_every_public_function_is_tried_or_has_no_rows_to_match() -> None:
    without = {
        f"{module}.{name}" for module, names in WITHOUT_ROWS.items() for name in names.split()
    }
    assert public_functions() == set(CASES) | without
    assert not set(CASES) & without


@pytest.mark.parametrize(("name", "field"), MOVED)
def test_another_order_of_the_same_labels_changes_nothing(name: str, field: str) -> None:
    sample = the_sample()
    turned = getattr(sample, field).iloc[::-1]
    assert same(CASES[name].call(replace(sample, **{field: turned})), CASES[name].call(sample))


# Named by their caller, or by the function that they hand the column to.
NAMED_ELSEWHERE = {
    "class_labels.check_labels",
    "class_labels.check_numbers",
    "dimdesc.describe_axes",
    "inputs.aligned_to",
    "inputs.check_weights",
    "inputs.in_one_order",
    "latent_classes.latent_class_agreement",
    "mca.MCA.supplementary",
}


@pytest.mark.parametrize(("name", "field"), MOVED)
def test_other_labels_are_refused_by_the_names_of_the_arguments(name: str, field: str) -> None:
    sample = the_sample()
    numbered = getattr(sample, field).reset_index(drop=True)
    with pytest.raises(ValueError, match="labelled") as refused:
        CASES[name].call(replace(sample, **{field: numbered}))
    module, *path = name.split(".")
    function = MODULES[module]
    for part in path:
        function = getattr(function, part)
    told = re.match(r"(\w+) \(48 rows\) and (\w+) \(48\) are labelled", str(refused.value))
    assert told is not None
    if name not in NAMED_ELSEWHERE:
        assert set(told.groups()) <= set(inspect.signature(function).parameters)


@pytest.mark.parametrize("name", [name for name, case in CASES.items() if case.refused])
def test_labels_beside_an_array_are_refused_unless_they_are_its_numbers(name: str) -> None:
    sample, (field,) = the_sample(), CASES[name].refused
    column = getattr(sample, field)
    with pytest.raises(ValueError, match="labelled"):
        CASES[name].call(sample)
    by_number, by_array = (
        CASES[name].call(replace(sample, **{field: each}))
        for each in (column.reset_index(drop=True), column.to_numpy())
    )
    assert same(by_number, by_array)


@pytest.mark.parametrize(("name", "field"), BY_POSITION)
def test_arrays_are_read_by_position(name: str, field: str) -> None:
    sample = the_sample()
    column = getattr(sample, field)
    in_order = replace(sample, **{field: column.to_numpy()})
    turned = replace(sample, **{field: column.to_numpy()[::-1]})
    expected = CASES[name].call(sample)
    assert same(CASES[name].call(in_order), expected)
    assert not same(CASES[name].call(turned), expected)
