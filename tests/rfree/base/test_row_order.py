"""Weights, classes and second tables are matched to the rows by label, in every function."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import re
import sys
from collections.abc import Callable
from dataclasses import dataclass, is_dataclass, replace
from typing import Any

import numpy as np
import pandas as pd
import pytest

import rfree
from rfree.axes.burt import burt_table
from rfree.axes.class_specific import class_specific_mca
from rfree.axes.crossing import crossed_variances
from rfree.axes.dimdesc import describe_axes
from rfree.axes.guttman import guttman_r2
from rfree.axes.mca import MCA
from rfree.axes.n_axes import parallel_analysis
from rfree.axes.procrustes import procrustes, protest
from rfree.axes.supplementary import supplementary_variables
from rfree.axes.typicality import typicality_test
from rfree.base.class_labels import check_labels, check_numbers
from rfree.base.inputs import aligned_to, check_weights, in_one_order
from rfree.base.matching import class_jaccard, shared_counts
from rfree.classes.chain import ChainSettings, code_table, run_chain
from rfree.classes.consolidation import consolidate, consolidate_groups, within_inertia
from rfree.classes.hcpc import HCPC, number_along_first_axis
from rfree.classes.micro_clusters import micro_clusters
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
from rfree.disclosure.anonymity import anonymity
from rfree.evidence.chain_cuts import cut_chain
from rfree.evidence.class_selection import (
    best_jaccard,
    pair_instability,
    parted_pairs,
    select_classes,
)
from rfree.evidence.comparison_data import grouped_population
from rfree.evidence.prediction_strength import pair_strength, prediction_strength
from rfree.evidence.taxometrics import comparison_curve_fit
from rfree.items.agreement import AgreementScale, answer_distribution, describe_agreement
from rfree.items.association import polychoric
from rfree.items.random_answers import random_answers
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
from rfree.membership.partial_odds import partial_ordered_logit
from rfree.membership.three_step.classification_errors import classification_errors
from rfree.membership.three_step.corrected_models import corrected_multinomial, corrected_ordered
from rfree.missing.iterative_mca import fill_gaps
from rfree.missing.missing import code_answers, impute_mca, with_gaps_filled
from rfree.missing.multiple_imputation import imputed_membership, multiple_imputation
from rfree.other_clusterings.answer_models import compare_answer_models
from rfree.other_clusterings.graded_response import fit_graded_response, starting_values
from rfree.other_clusterings.k_medoids import around_medoids, gower_answers, k_medoids
from rfree.other_clusterings.k_modes import k_modes
from rfree.other_clusterings.latent_class_choice import (
    bootstrap_likelihood_ratio,
    choose_latent_classes,
)
from rfree.other_clusterings.latent_classes import (
    class_data,
    fit_latent_classes,
    relative_entropy,
)
from rfree.other_clusterings.ordered_classes import fit_ordered_classes
from rfree.other_clusterings.other_clusterings import other_clusterings
from rfree.other_clusterings.sampled_medoids import draw_medoid_samples, sampled_medoids
from rfree.reality.answer_scores import answer_scores, standardised_answers
from rfree.reality.boundaries import boundaries, gap_on_line, neighbours
from rfree.reality.findings import silhouette
from rfree.reality.null_populations import permuted
from rfree.reality.nulls import findings_without, null_distributions
from rfree.reality.one_attitude import gapless_width, second_direction
from rfree.reality.one_score import share_given_back
from rfree.reality.ordered_answers import dealt_anew, ordinal_answers, same_answers_ordered
from rfree.reality.sensitivity import AlternativeTable, sensitivity_grid
from rfree.reality.splits import split_groups
from rfree.reality.stability import bootstrap_stability
from rfree.reality.stability_tables import class_means, respondent_table, size_table
from rfree.samples.calibration import coded_margins, rake
from rfree.samples.invariance import item_invariance
from rfree.samples.paired_samples import (
    compare_paired_means,
    compare_paired_shares,
    marginal_homogeneity,
)
from rfree.samples.proportional_fitting import fit_margins
from rfree.samples.representativeness import compare_with_margins
from rfree.samples.two_samples import compare_means
from rfree.surveys.survey_design import replicate_design, survey_design
from rfree.surveys.survey_tests import survey_independence, survey_shares

N = 48
ERRORS = pd.DataFrame(0.05 + 0.85 * np.eye(3), index=[1, 2, 3], columns=[1, 2, 3])


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
    "anonymity.anonymity": Case(lambda s: anonymity(s.X, s.labels), ("labels",)),
    "agreement.answer_distribution": Case(
        lambda s: answer_distribution(s.items, scale=SCALE, sample_weight=s.weights), ("weights",)
    ),
    "agreement.describe_agreement": Case(
        lambda s: describe_agreement(s.items, scale=SCALE, sample_weight=s.weights), ("weights",)
    ),
    "answer_models.compare_answer_models": Case(
        lambda s: compare_answer_models(s.items, seed=1, max_classes=2, sample_weight=s.weights),
        ("weights",),
    ),
    "answer_scores.answer_scores": Case(lambda s: answer_scores(s.items, s.weights), ("weights",)),
    "answer_scores.standardised_answers": Case(
        lambda s: standardised_answers(s.items, s.weights), ("weights",)
    ),
    "association.polychoric": Case(
        lambda s: polychoric(s.items, sample_weight=s.weights), ("weights",)
    ),
    "boundaries.boundaries": Case(
        lambda s: boundaries(s.points, s.Q, np.minimum(s.labels, 2), s.weights),
        ("Q", "labels", "weights"),
    ),
    "boundaries.gap_on_line": Case(lambda s: gap_on_line(s.first_axis, s.weights), ("weights",)),
    "boundaries.neighbours": Case(
        lambda s: neighbours(s.points, s.labels, s.weights), ("labels", "weights")
    ),
    "burt.burt_table": Case(lambda s: burt_table(s.items - 1, s.weights, 3), ("weights",)),
    "calibration.coded_margins": Case(
        lambda s: [
            (margin.codes, margin.target)
            for margin in coded_margins(with_gaps(s.X), MARGINS, base=s.weights, no_answer="keep")
        ],
        ("weights",),
    ),
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
    "chain_cuts.cut_chain": Case(
        lambda s: cut_chain(
            code_table(s.X), range(2, 4), n_axes=2, consolidated=True, counts=s.other - 1
        ),
        ("other",),
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
    "class_selection.best_jaccard": Case(
        lambda s: best_jaccard(s.labels - 1, s.other - 1, 3), ("other",)
    ),
    "class_selection.pair_instability": Case(
        lambda s: pair_instability(s.labels - 1, s.other - 1, s.weights), ("other", "weights")
    ),
    "class_selection.parted_pairs": Case(
        lambda s: parted_pairs(s.labels - 1, s.other - 1, s.weights), ("other", "weights")
    ),
    "class_selection.select_classes": Case(
        lambda s: select_classes(
            s.X, n_axes=2, max_classes=3, n_replicates=2, sample_weight=s.weights
        ),
        ("weights",),
    ),
    "comparison_data.grouped_population": Case(
        lambda s: grouped_population(
            s.items, s.labels - 1, 30, n_factors=1, generator=np.random.default_rng(1)
        ),
        ("labels",),
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
    "graded_response.fit_graded_response": Case(
        lambda s: fit_graded_response(s.items, n_points=21, sample_weight=s.weights), ("weights",)
    ),
    "graded_response.starting_values": Case(
        lambda s: starting_values(s.items, class_data(code_answers(the_sample().items)), 1),
        (),
        ("items",),
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
    "latent_classes.relative_entropy": Case(
        lambda s: relative_entropy(s.membership, s.weights), ("weights",)
    ),
    "matching.class_jaccard": Case(
        lambda s: class_jaccard(s.labels, s.other, 3, 3, s.weights),
        ("labels", "other", "weights"),
    ),
    "matching.shared_counts": Case(
        lambda s: shared_counts(s.labels - 1, s.other - 1, (3, 3), s.weights),
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
    "missing.with_gaps_filled": Case(
        lambda s: with_gaps_filled(with_gaps(s.X), code_answers(with_gaps(s.X)), s.second - 1),
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
    "null_populations.permuted": Case(
        lambda s: permuted(s.items, s.second == 1, np.random.default_rng(1)), ("second",)
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
    "nulls.findings_without": Case(
        lambda s: findings_without(
            code_table(s.X), np.tile([1.0, 2, 3], 5), ChainSettings(2, 2), s.labels == 1
        ),
        ("labels",),
    ),
    "one_attitude.gapless_width": Case(
        lambda s: gapless_width(s.first_axis, s.weights), ("weights",)
    ),
    "one_attitude.second_direction": Case(
        lambda s: second_direction(s.items, s.items.corr(), s.weights), ("weights",)
    ),
    "one_score.share_given_back": Case(
        lambda s: share_given_back(s.first_axis, s.labels, s.weights), ("labels", "weights")
    ),
    "ordered_classes.fit_ordered_classes": Case(
        # The items whose slope stopped at the bound are another number with other weights.
        lambda s: replace(
            fit_ordered_classes(s.items, 2, seed=1, starts=2, sample_weight=s.weights), bounded=()
        ),
        ("weights",),
    ),
    "ordered.ordered_logit": Case(
        lambda s: ordered_logit(the_design(s), s.labels, sample_weight=s.weights).coefficients,
        ("labels", "weights"),
    ),
    "ordered_answers.dealt_anew": Case(
        lambda s: dealt_anew(
            code_table(s.X), ordinal_answers(code_table(s.X)), np.arange(5), s.second
        ),
        ("second",),
    ),
    "ordered_answers.same_answers_ordered": Case(
        lambda s: same_answers_ordered(s.items, np.zeros((N, 5), dtype=bool), s.second),
        ("second",),
    ),
    "other_clusterings.other_clusterings": Case(
        lambda s: other_clusterings(
            s.X.iloc[:, :3], s.labels, ordered=True, seed=1, max_classes=3, sample_weight=s.weights
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
    "invariance.item_invariance": Case(
        lambda s: item_invariance(
            s.items, s.other > 1, sample_weight=s.weights, respondents=s.labels
        ),
        ("other", "weights", "labels"),
    ),
    "prediction_strength.pair_strength": Case(
        lambda s: pair_strength(s.labels - 1, s.other - 1, s.weights), ("other", "weights")
    ),
    "prediction_strength.prediction_strength": Case(
        lambda s: prediction_strength(
            s.X, n_axes=2, max_classes=3, n_splits=2, sample_weight=s.weights
        ),
        ("weights",),
    ),
    "procrustes.protest": Case(
        lambda s: protest(
            s.points, s.Q, s.weights, permutations=19, random=np.random.default_rng(1)
        ),
        ("Q", "weights"),
    ),
    "procrustes.procrustes": Case(lambda s: procrustes(s.points, s.Q, s.weights), ("Q", "weights")),
    "proportional_fitting.fit_margins": Case(
        lambda s: fit_margins(
            s.weights, s.other, [(s.labels - 1, np.array([0.2, 0.3, 0.5]))], bounds=(0.5, 2.0)
        ),
        ("other", "labels"),
    ),
    "quantities.describe_quantities": Case(
        lambda s: describe_quantities(s.Q, s.labels, sample_weight=s.weights),
        ("labels", "weights"),
    ),
    "quantities.describe_quantity_links": Case(
        lambda s: describe_quantity_links(s.Q, s.labels, sample_weight=s.weights),
        ("labels", "weights"),
    ),
    "random_answers.random_answers": Case(
        lambda s: random_answers(s.items, ONES, loadings=0.7 * ONES, sample_weight=s.weights),
        ("weights",),
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
            draw_medoid_samples(N, seed=1, sample_size=20, samples=2),
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
            [AlternativeTable({"all": "x"}, s.X)],
            s.labels,
            n_axes=[2],
            n_classes=[3],
            sample_weight=s.weights,
        ),
        ("weights",),
    ),
    "short_forms.cohen_kappa": Case(lambda s: cohen_kappa(s.labels, s.other), ("other",)),
    "short_forms.cross_validate_short_forms": Case(
        lambda s: cross_validate_short_forms(ANSWERS, s.labels, sizes=[2], random=1, n_folds=2),
        (),
        ("labels",),
    ),
    "splits.split_groups": Case(
        lambda s: split_groups(
            code_table(s.X), ChainSettings(2, 2), left_out=s.labels == 1, n_replicates=19
        ),
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
        lambda s: respondent_table(s.X.index, s.labels, s.membership),
        ("labels", "membership"),
    ),
    "stability_tables.size_table": Case(
        lambda s: size_table(s.labels, s.weights, np.ones((2, 3)), 0.9), ("weights",)
    ),
    "supplementary.supplementary_variables": Case(
        lambda s: supplementary_variables(s.Q, s.points, s.weights, np.ones(2)),
        ("Q", "weights"),
    ),
    "taxometrics.comparison_curve_fit": Case(
        lambda s: comparison_curve_fit(
            s.items, groups=s.labels, n_samples=2, population=60, seed=1
        ),
        ("labels",),
    ),
    "transfers.class_centres": Case(
        lambda s: class_centres(s.points, s.labels - 1, s.weights, 3), ("labels", "weights")
    ),
    "class_specific.class_specific_mca": Case(
        lambda s: class_specific_mca(s.X, s.labels == 1, sample_weight=s.weights),
        ("labels", "weights"),
    ),
    "crossing.crossed_variances": Case(
        lambda s: crossed_variances(
            s.points, s.second[["a", "b"]].astype(str), sample_weight=s.weights
        ),
        ("second", "weights"),
    ),
    "typicality.typicality_test": Case(
        lambda s: typicality_test(s.points, s.labels == 1, sample_weight=s.weights, draws=99),
        ("labels", "weights"),
    ),
    "two_samples.compare_means": Case(
        lambda s: compare_means(s.items, s.second, s.weights, s.weights), ("weights",)
    ),
    "micro_clusters.micro_clusters": Case(
        lambda s: micro_clusters(s.points, s.weights, n_clusters=6), ("weights",)
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
    "classification_errors.classification_errors": Case(
        lambda s: classification_errors(s.membership, s.labels, sample_weight=s.weights),
        ("labels", "weights"),
    ),
    "corrected_models.corrected_multinomial": Case(
        lambda s: (
            corrected_multinomial(
                the_design(s), s.labels, errors=ERRORS, reference=1, sample_weight=s.weights
            ).coefficients
        ),
        ("labels", "weights"),
    ),
    "corrected_models.corrected_ordered": Case(
        lambda s: (
            corrected_ordered(
                the_design(s), s.labels, errors=ERRORS, sample_weight=s.weights
            ).coefficients
        ),
        ("labels", "weights"),
    ),
    "partial_odds.partial_ordered_logit": Case(
        lambda s: (
            partial_ordered_logit(
                the_design(s), s.labels, own_slopes=["age"], sample_weight=s.weights
            ).coefficients
        ),
        ("labels", "weights"),
    ),
    "survey_design.survey_design": Case(
        lambda s: survey_design(s.weights, strata=s.labels).strata, ("labels",)
    ),
    "survey_design.replicate_design": Case(
        lambda s: replicate_design(s.weights, s.membership, kind="BRR").replicates,
        ("membership",),
    ),
    "survey_tests.survey_shares": Case(
        lambda s: survey_shares(s.labels, survey_design(s.weights)), ("labels",)
    ),
    "survey_tests.survey_independence": Case(
        lambda s: survey_independence(s.labels, s.other, survey_design(s.weights)),
        ("labels", "other"),
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
    "axes": "principal_axes oriented null_directions",
    "bivariate_normal": "bivariate_normal_density bivariate_normal_cdf",
    "burt": "indicator_table standardised_residuals residuals_between sums_of_scores",
    "calibration": "kish_effective_n check_raking_options",
    "class_labels": "read_classes",
    "block_weights": "block_numbers first_eigenvalues weighed_residuals weighed_inertia_table",
    "coded_statements": "count_statements",
    "coded_answers": "CodedAnswers.map CodedAnswers.total coded_answers",
    "coding": "learn_coding ordered_levels as_categorical held_answers sorting_key",
    "compare_models": "compare_estimates",
    "compiled": "compiled",
    "comparison_data": "comparison_population correlations factor_loadings",
    "concordance": "kendall_w doubled_midranks",
    "contingency": "used_part chi_squared fisher_freeman_halton cramers_v",
    "corrected_rates": "adjusted_eigenvalues inertia_table axis_names",
    "count_forms": "bounds_told small_counts",
    "design_matrix": "design_matrix",
    "dimdesc": "variable_p_values correlation_p_values",
    "drawn_to_shares": "draw_to_shares",
    "factor": "one_factor items_alike",
    "factor_number": "polychoric_parallel_analysis eigenvalues_of",
    "general_factor": "schmid_leiman minimum_residual_factors",
    "findings": "findings boundaries_of",
    "firth": "maximise_firth penalised_value penalty_slope profiled penalised_ratio",
    "profile_likelihood": "profile_interval with_held moved_to Surface.height Surface.slope "
    "Surface.information",
    "graded_em": "fit_graded log_probabilities",
    "graded_response": "count_graded_parameters normal_grid steepest_items",
    "groups_shown": "beats with_and_without_straight_liners gaps_everywhere resampled_jaccard "
    "groups_shown",
    "other_tables": "gives_small_numbers_back other_tables",
    "exchanges": "counts_with_sums",
    "given_back": "sums_given_back",
    "effective_numbers": "raking_is_open weights_are_open",
    "priorities": "points_of_ranks tally pool_panels",
    "anonymity": "riskiest_questions",
    "groups": "group_points coarse_tree",
    "group_tests": "check_characteristics",
    "hypergeometric": "hypergeometric_v_test",
    "imputation_axes": "choose_imputation_axes",
    "invariance": "attitude_score",
    "inputs": "check_categories check_columns check_numbers_or_categories check_table "
    "check_whole_number holds_numbers missing_error real_numbers with_near_names",
    "k_medoids": "gower_answers",
    "latent_class_choice": "information_criteria",
    "latent_class_em": "random_starts maximise_by_em settled followed_to_the_end expectation "
    "maximisation",
    "latent_class_search": "search",
    "latent_class_transfers": "transferred",
    "latent_classes": "best_fit count_parameters design_effect",
    "likelihood": "Likelihood.value Likelihood.scores Likelihood.information "
    "Likelihood.probabilities Likelihood.probability_gradient maximise_likelihood climb "
    "solve_symmetric model_covariance robust_covariance Likelihood.class_scores weighted_variance",
    "likelihood_ratio": "weighted_ratio weighted_profiles",
    "marginal_effects": "average_marginal_effects predicted_probabilities",
    "matching": "jaccard_indices match_classes",
    "mca": "MCA.transform",
    "membership_model": "check_model_options summarise with_holm",
    "memberships": "memberships_in_order",
    "missing": "code_answers as_degrees most_likely draw_missing_categories",
    "moves": "sums_by_class inertia_around options_of_point options_of_points move_point "
    "move_until_none_gains centres_of_classes move_all_that_gain best_of_chain",
    "multiple_tests": "adjusted_p_values",
    "n_axes": "elbow axes_criteria",
    "nearest_centre": "centre_distances class_confidence nearest_class",
    "null_populations": "fit_nulls open_ring opened_as star armed_as",
    "nulls": "straight_liners some_rows",
    "one_attitude": "fit_one_attitude",
    "ordered_answers": "ordinal_answers counted_once",
    "random_answers": "standardised",
    "ordinal": "answer_codes sample_ordinal limits_passed",
    "pair_likelihood": "maximum_likelihood_correlations",
    "paired_samples": "mid_p_mcnemar",
    "parts": "TableParts.map TableParts.total added as_parts",
    "partition_agreement": "jaccard_table matched_classes matched_cells adjusted_rand "
    "partition_cramers_v relabelled",
    "passive": "passive_categories check_axes_exist n_variables_without_passive own_inertia",
    "places": "in_steps place_steps",
    "procrustes": "permuted_correlations",
    "proportional_odds": "brant_test",
    "proportional_fitting": "within",
    "published_percentages": "counts_from_percentages",
    "replicates": "child_seed counts_drawn run_replicates run_until_decided",
    "resample_raking": "resample_raking",
    "resampled_axes": "aligned_coordinates resampled_ellipses",
    "sampled_medoids": "draw_medoid_samples",
    "separation_checks": "multinomial_separation ordered_separation separation_at sparse_cells",
    "short_forms": "smallest_good_size",
    "pooling": "pool_estimates",
    "survey_models": "under_survey",
    "stability_tables": "membership_shares stability_reading percentile_limits class_table "
    "profile_table",
    "suggested_number": "cut_criterion suggested_number",
    "suppression": "hide_small_counts",
    "supplementary": "category_cos2 category_v_tests correlation_ratios "
    "weighted_category_v_tests axis_sides",
    "tables": "table_of",
    "threads": "single_thread",
    "taxometrics": "ccfi_reading taxometric_curves",
    "transfers": "move_together move_one_by_one move_in_chains",
    "two_samples": "wilson_interval compare_shares",
    "verdict": "reach_verdict",
    "tree": "grow_tree",
    "ward": "tree_of_groups tree_of_distinct tree_of_equals cut",
    "ward_merges": "ward_merges",
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
    ("anonymity.anonymity", "labels"),
    ("boundaries.neighbours", "labels"),
    ("boundaries.neighbours", "weights"),
    ("chain.run_chain", "other"),
    ("consolidation.consolidate_groups", "weights"),
    ("matching.class_jaccard", "labels"),
    ("matching.shared_counts", "labels"),
    ("memberships.read_memberships", "labels"),
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


def tables(result: Any) -> list[pd.DataFrame | pd.Series]:
    """Every table and column that a result holds."""
    if isinstance(result, pd.DataFrame | pd.Series):
        return [result]
    if is_dataclass(result) or isinstance(result, MCA | HCPC):
        parts: Any = vars(result).values()
    elif isinstance(result, list | tuple):
        parts = result
    else:
        return []
    return [table for part in parts for table in tables(part)]


def documented(name: str, result: Any) -> set[str]:
    """The words of the documentation of a function, of its result and of what they lie beside."""
    homes = {MODULES[name.partition(".")[0]]}
    homes |= {
        sys.modules[type(part).__module__]
        for part in (result, *(vars(result).values() if is_dataclass(result) else ()))
        if type(part).__module__.startswith("rfree.")
    }
    members = [each for home in homes for each in (home, *vars(home).values())]
    return {word for each in members for word in re.findall(r"\w+", each.__doc__ or "")}


# What the sample itself calls its rows and columns.
OF_THE_SAMPLE = {*"abcde", "age", "size", "all", *(f"R{number:02d}" for number in range(N))}


@pytest.mark.parametrize("name", CASES)
def test_rows_are_told_apart_and_columns_have_the_names_that_are_documented(name: str) -> None:
    sample = the_sample()
    bare = {field: getattr(sample, field).to_numpy() for field in CASES[name].refused}
    result = CASES[name].call(replace(sample, **bare))
    found = set()
    for table in tables(result):
        axes = [table.index, *([table.columns] if isinstance(table, pd.DataFrame) else [])]
        assert all(axis.is_unique for axis in axes)
        named = [each for axis in axes for each in axis.names]
        named += [table.name] if isinstance(table, pd.Series) else []
        named += axes[1].tolist() if len(axes) > 1 and axes[1].nlevels == 1 else []
        found |= {each for each in named if isinstance(each, str)}
    words = documented(name, result) | OF_THE_SAMPLE | {"role", "tree_class"}
    of_waves = {f"{word}_{wave}" for word in words for wave in ("first", "second")}
    assert {each for each in found if not re.match(r"(Axis|Factor) \d+$", each)} <= words | of_waves
