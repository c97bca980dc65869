"""What each table of a run tells of how many respondents: the list through which all must pass.

A table that is not declared here is private.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, kw_only=True)
class Declared:
    """The columns of a table that tell numbers of respondents, and what they are numbers of.

    ``variable``, ``category`` and ``of_class`` are the columns of the question, of the answer and
    of the class (without it: all; 0 is all as well).
    """

    variable: str = ""
    category: str = ""
    of_class: str = ""
    cells: tuple[str, ...] = ()  # hidden where the number of the answer in the class is
    totals: tuple[str, ...] = ()  # hidden where the number of the answer in all classes is
    groups: Mapping[str, str] = field(default_factory=dict)  # column: answers counted together
    total_groups: Mapping[str, str] = field(default_factory=dict)  # the same, of all classes
    means: tuple[str, ...] = ()  # told to one decimal, or hidden, where a number of the question is
    total_means: tuple[str, ...] = ()  # the same, of the question in all classes
    summaries: tuple[str, ...] = ()  # hidden where a number of the question in the class is
    statistics: tuple[str, ...] = ()  # hidden where any number of the question is
    p_values: tuple[str, ...] = ()  # told to one digit there
    effects: tuple[str, ...] = ()  # of tests against the classes: hidden where coarse ones tell
    tests: tuple[str, ...] = ()  # the same of their p-values
    sizes: tuple[str, ...] = ()  # hidden where the size of the class is; "mean_*" is many
    places: tuple[str, ...] = ()  # hidden where the answer has no coordinate
    contrasts: tuple[str, ...] = ()  # hidden where an answer of the question has no coordinate
    rounded: Mapping[str, int] = field(default_factory=dict)  # decimals, of a question with
    #                                                           anything hidden
    own_values: tuple[str, ...] = ()  # of one respondent, hidden whenever the rule holds
    margin: bool = False  # whether questions are counted as their margin has them
    weighted: tuple[str, ...] = ()  # hidden where no weighted number of the class is told
    without_unplaced: bool = False  # whether rows of answers without a coordinate are left out


FREE = Declared()
"""Tells no number of respondents by their answers."""

_P = ("p_value", "p_adjusted")

DECLARED: Mapping[str, Declared] = {
    "flow": FREE,
    "missing_by_item": FREE,
    "completeness": FREE,
    "item_distribution": Declared(variable="item", category="code", cells=("n", "share")),
    "item_agreement": Declared(
        variable="item", means=("mean",), summaries=("sd", "consensus"),
        groups={"disagree_share": "disagree", "neutral_share": "neutral", "agree_share": "agree",
                "agree_low": "agree", "agree_high": "agree"},
    ),
    "reliability": FREE,
    "answer_quality": FREE,
    "factor_number": FREE,
    "axes": FREE,
    "axis_blocks": FREE,
    "categories": Declared(
        variable="variable", category="category", cells=("n", "share"),
        places=("coordinate", "contribution", "cos2", "v_test"),
    ),
    "axis_categories": Declared(variable="variable", contrasts=("estimate", "p_value")),
    "axis_variables": Declared(variable="variable", rounded={"r2": 1}, p_values=("p_value",)),
    "axis_quantities": FREE,
    "guttman": FREE,
    "subgroups": Declared(
        variable="variable", category="category", cells=("n",),
        places=("distance", "chi2", "p_normal", "p_value", "variance"),
    ),
    "subgroup_axes": FREE,
    "subgroup_inertia": FREE,
    "subgroup_categories": FREE,
    "crossed_categories": FREE,
    "crossed_effects": FREE,
    "inertia_gains": FREE,
    "tree": FREE,
    "tree_branches": FREE,
    "classes": Declared(
        of_class="class", sizes=("n", "share", "distance", "mean_*"),
        weighted=("share", "distance", "mean_*"),
    ),
    "class_sizes": Declared(of_class="class", sizes=("n",)),
    "class_moves": FREE,
    "consolidation": FREE,
    "class_profiles": Declared(
        variable="item", of_class="class", means=("mean",), total_means=("overall_mean",),
        groups={"agree_share": "agree"}, total_groups={"overall_agree_share": "agree"},
        sizes=("n",), weighted=("mean", "agree_share"),
    ),
    "class_distribution": Declared(
        variable="item", category="code", of_class="class", cells=("n", "share"),
        weighted=("share",),
    ),
    "class_categories": Declared(
        variable="variable", category="category", of_class="class",
        cells=("class_share", "category_share", "p_value", "p_adjusted", "v_test"),
        totals=("overall_share", "class_share", "p_value", "p_adjusted", "v_test"),
        weighted=("class_share", "category_share", "p_value", "p_adjusted", "v_test"),
    ),
    "class_variables": Declared(
        variable="variable", statistics=("chi2",), rounded={"cramers_v": 1}, p_values=_P,
        effects=("cramers_v",), tests=_P,
    ),
    "class_quantities": Declared(
        of_class="class", sizes=("n", "class_mean", "class_sd"),
        weighted=("class_mean", "class_sd", "p_value", "p_adjusted", "v_test"),
    ),
    "characteristics": Declared(
        variable="variable", category="category", of_class="class", cells=("n", "share"),
        sizes=("n", "share", "mean", "sd", "median", "q1", "q3", "missing"),
        weighted=("share", "mean", "sd", "median", "q1", "q3"),
    ),
    "characteristic_tests": Declared(
        variable="variable",
        statistics=("statistic", "smallest_expected", "share_expected_below_5"),
        rounded={"effect": 1}, p_values=("p_value", "p_holm", "p_bh"),
        effects=("effect",), tests=("p_value", "p_holm", "p_bh"),
    ),
    "rank_agreement": FREE,
    "characteristic_dates": Declared(own_values=("earliest", "latest")),
    "verbatims": FREE,
    "reported_shares": FREE,
    "class_ellipses": Declared(
        of_class="class", sizes=("center_x", "center_y", "width", "height", "angle"),
        weighted=("center_x", "center_y", "width", "height", "angle"),
    ),
    "map_points": FREE,
    "question_points": FREE,
    "category_ellipses": Declared(
        variable="variable", category="category", without_unplaced=True
    ),
    "representativeness": Declared(
        variable="variable", category="category", margin=True,
        cells=("n", "sample_share", "difference", "low", "high", "ratio", "weighted_share"),
    ),
    "representativeness_tests": Declared(
        variable="variable", margin=True, statistics=("chi2",),
        p_values=("p_value", "p_monte_carlo"), tests=("p_value", "p_monte_carlo"),
    ),
    "published_shares": FREE,
    "published_tests": FREE,
    "weights_summary": FREE,
    "weighting_comparison": Declared(
        of_class="class", sizes=("unweighted_*", "weighted_*"), weighted=("weighted_share",)
    ),
    "weighting_agreement": FREE,
    "weighting_means": Declared(
        of_class="class", sizes=("unweighted_mean", "weighted_mean"), weighted=("weighted_mean",)
    ),
    "survey_shares": Declared(
        of_class="class", sizes=("n", "share", "std_error", "low", "high"),
        weighted=("share", "std_error", "low", "high"),
    ),
    "survey_tests": Declared(variable="variable", statistics=("statistic",), p_values=_P),
    "membership_coefficients": FREE,
    "membership_effects": FREE,
    "membership_fit": FREE,
    "membership_notes": FREE,
    "membership_odds": FREE,
    "membership_pooled": FREE,
    "membership_predictions": FREE,
    "membership_sparse": Declared(
        variable="variable", category="category", of_class="class", cells=("n",)
    ),
    "membership_tests": FREE,
    "warnings": FREE,
    "stability": FREE,
    "stability_confidence": FREE,
    "classification_errors": Declared(of_class="class", sizes=("share",)),
    "class_shares": Declared(
        of_class="class", sizes=("share", "low", "high"), weighted=("share", "low", "high")
    ),
    "class_means": Declared(
        of_class="class", sizes=("mean", "low", "high"), weighted=("mean", "low", "high")
    ),
    "imputation_axes": FREE,
    "imputation_classes": Declared(of_class="class", sizes=("n", "*_n", "share", "mean_share"),
                                    weighted=("share", "mean_share")),
    "imputation_changed": FREE,
    "axes_criteria": FREE,
    "classes_criteria": FREE,
    "classes_criteria_summary": FREE,
    "parallel_analysis": FREE,
    "null_by_classes": FREE,
    "null_descriptions": FREE,
    "null_replicates": FREE,
    "null_tests": FREE,
    "verdict": FREE,
    "verdict_steps": FREE,
    "verdict_choices": FREE,
    "boundaries": FREE,
    "boundary_profiles": FREE,
    "set_apart": FREE,
    "splits": FREE,
    "second_direction": FREE,
    "second_loadings": FREE,
    "evidence": FREE,
    "comparison_curve": FREE,
    "comparison_curves": FREE,
    "ccfi": FREE,
    "answer_models": FREE,
    "answer_model_classes": FREE,
    "prediction_strength": FREE,
    "class_selection": FREE,
    "latent_classes": FREE,
    "other_methods": FREE,
    "sensitivity_cases": FREE,
    "sensitivity_classes": FREE,
    "validity_notes": FREE,
    "short_form_items": FREE,
    "short_form_points": FREE,
    "short_form_sizes": FREE,
    # Shares of a few tell of how many: 75 % is of four, or of eight.
    "short_form_types": Declared(
        of_class="class", sizes=("n", "found_share", "correct_share", "kappa")
    ),
    "disclosure": FREE,
}  # fmt: skip
