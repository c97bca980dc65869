"""MadeTables of the sample against its population, and of what weighting changes."""

from __future__ import annotations

import numpy as np
import pandas as pd

from rfree.classes.partition_agreement import (
    adjusted_rand,
    jaccard_table,
    matched_cells,
    matched_classes,
    overlap_table,
)
from rfree.samples.representativeness import compare_with_margins
from typology.exhibits.run_tables import MadeTables
from typology.fit.fitted_typology import FittedTypology, reweighted
from typology.fit.respondent_weights import (
    RespondentWeights,
    check_margins,
    equal_weights,
    margin_answers,
    margin_weights,
    read_margins,
)
from typology.problems import InputError
from typology.study.margins import Margins


def weight_tables(fitted: FittedTypology) -> MadeTables:
    """Return the tables of representativeness and of weighting, the main analysis weighted or not.

    Those of `margin_tables` with margins; of `summary_table` and `comparison_tables` with weights,
    or margins that can give some, whichever of the two typologies is the main one; none without
    either. Shares are in percent. Raises InputError where the sample cannot be compared with the
    margins.
    """
    margins = read_margins(fitted.study, fitted.questionnaire)
    weights = _weights_beside(fitted, margins)
    tables: MadeTables = {}
    if margins is not None:
        tables |= margin_tables(fitted, margins, weights)
    if weights is None:
        return tables
    tables["weights_summary"] = summary_table(fitted, margins, weights)
    if fitted.weights.source == "none":
        unweighted, weighted = fitted, reweighted(fitted, weights)
    else:
        unweighted, weighted = reweighted(fitted, equal_weights(len(weights.sample_weight))), fitted
    return tables | comparison_tables(fitted, unweighted, weighted)


def _weights_beside(fitted: FittedTypology, margins: Margins | None) -> RespondentWeights | None:
    """Return the weights of the analysis, or else those that the margins would give."""
    if fitted.weights.source != "none" or margins is None:
        return None if fitted.weights.source == "none" else fitted.weights
    try:
        return margin_weights(fitted.study, fitted.responses, fitted.quality.kept, margins)
    except InputError:
        return None


def margin_tables(
    fitted: FittedTypology, margins: Margins, weights: RespondentWeights | None
) -> MadeTables:
    """Return the sample against the margins of its population.

    ``representativeness``: ``variable``, ``category``, ``n`` (respondents), ``sample_share``
    (unweighted), ``population_share``, ``difference`` with ``low`` and ``high`` (percentage
    points), ``ratio``, ``weighted_share`` (NaN without weights). ``representativeness_tests``:
    ``variable``, ``year``, then the test of `rfree.samples.representativeness.Representativeness`,
    ``source_fr``, ``source_en``, ``illustrative``.
    """
    answered = margin_answers(fitted.respondent, fitted.questionnaire, margins)
    check_margins(answered, margins, fitted.study)
    shares, tests = [], []
    for name, margin in margins.margins.items():
        found = compare_with_margins(
            answered[name],
            margin.population,
            population_size=margins.population_size,
            seed=fitted.study.choices.seed,
        )
        table = found.table.drop(columns="residual")
        table["n"] = np.rint(table["n"]).astype(np.int64)
        table.insert(0, "variable", name)
        table["weighted_share"] = _weighted_shares(answered[name], table["category"], weights)
        shares.append(table)
        test = found.test.copy()
        test.insert(0, "variable", name)
        test.insert(1, "year", margin.year)
        test["source_fr"], test["source_en"] = margin.source.in_("fr"), margin.source.in_("en")
        tests.append(test)
    both = pd.concat(tests, ignore_index=True).drop(columns=["sample_sum", "sample_rescaled"])
    both["illustrative"] = margins.illustrative
    return {
        "representativeness": pd.concat(shares, ignore_index=True),
        "representativeness_tests": both.astype({"n": int}),
    }


def _weighted_shares(
    answers: pd.Series, categories: pd.Series, weights: RespondentWeights | None
) -> pd.Series:
    """Return the weighted share of each category among those who answered."""
    if weights is None:
        return pd.Series(np.nan, index=categories.index)
    totals = pd.Series(weights.sample_weight, index=answers.index).groupby(answers).sum()
    return 100 * categories.map(totals).fillna(0.0).astype(float) / totals.sum()


def summary_table(
    fitted: FittedTypology, margins: Margins | None, weights: RespondentWeights
) -> pd.DataFrame:
    """Return what the weights are and what they cost, in one row.

    Columns: ``weights`` ("margins" or "column"), ``main`` (whether the main results use them),
    ``n``, ``effective_n`` (Kish), ``design_effect`` (n / effective n), ``smallest_weight``,
    ``largest_weight`` (mean 1); of weights made from margins also ``largest_gap`` (percentage
    points left between weighted sample and population), ``trimmed`` (respondents at a bound;
    missing without bounds), ``bounds_hold``, ``illustrative``.
    """
    values, raking = weights.sample_weight, weights.raking
    effective = weights.effective_n
    bounded = raking is not None and fitted.study.choices.trim_weights is not None
    row: dict[str, object] = {
        "weights": weights.source,
        "main": fitted.weights.source != "none",
        "n": len(values),
        "effective_n": effective,
        "design_effect": len(values) / effective,
        "smallest_weight": float(values.min()),
        "largest_weight": float(values.max()),
        "largest_gap": np.nan if raking is None else float(raking.summary["largest_gap"].iloc[0]),
        "trimmed": int(raking.summary["trimmed"].iloc[0]) if raking and bounded else pd.NA,
        "bounds_hold": bool(raking.summary["bounds_hold"].iloc[0]) if raking else True,
        "illustrative": raking is not None and margins is not None and margins.illustrative,
    }
    return pd.DataFrame([row]).astype({"trimmed": "Int64"})


def comparison_tables(
    main: FittedTypology, unweighted: FittedTypology, weighted: FittedTypology
) -> MadeTables:
    """Return the weighted and the unweighted typology side by side.

    The main one of the two numbers the classes. They are of the same respondents, with as many
    axes and classes.

    ``weighting_comparison``: ``class``, ``type`` (main), ``other_class``, ``other_type`` (the
    class of the other typology that answers to it), ``unweighted_n``, ``unweighted_share``,
    ``weighted_n`` (respondents), ``weighted_share``, ``jaccard`` (respondents in both classes over
    those in either). ``weighting_means``: ``class``, ``type``, ``block``, ``unweighted_mean``,
    ``weighted_mean`` (scale codes). ``weighting_agreement``: ``n``, ``adjusted_rand``,
    ``same_type_share`` (respondents whose type is the same both ways).
    """
    other = weighted if main is unweighted else unweighted
    overlap = overlap_table(main.classes.labels, other.classes.labels)
    match = matched_classes(overlap)
    classes = [int(each) for each in main.classes.names["class"]]
    matched = [int(match[each]) for each in classes]
    sides = {"unweighted": unweighted, "weighted": weighted}
    numbers = {name: classes if side is main else matched for name, side in sides.items()}
    sizes = {name: _sizes(side).loc[numbers[name]] for name, side in sides.items()}
    table = pd.DataFrame(
        {
            "class": classes,
            "type": [main.classes.types[each] for each in classes],
            "other_class": matched,
            "other_type": [other.classes.types[each] for each in matched],
            **{
                f"{name}_{column}": sizes[name][column].to_numpy()
                for name in sides
                for column in ("n", "share")
            },
            "jaccard": matched_cells(jaccard_table(overlap), match.loc[classes]),
        }
    )
    means = [
        pd.DataFrame(
            {
                "class": classes,
                "type": table["type"],
                "block": block,
                **{
                    f"{name}_mean": side.classes.means[block].loc[numbers[name]].to_numpy()
                    for name, side in sides.items()
                },
            }
        )
        for block in main.classes.means.columns
    ]
    same = float(matched_cells(overlap, match).sum() / overlap.to_numpy().sum())
    agreement = {
        "n": len(main.classes.labels),
        "adjusted_rand": adjusted_rand(overlap),
        "same_type_share": 100 * same,
    }
    return {
        "weighting_comparison": table,
        "weighting_means": pd.concat(means, ignore_index=True),
        "weighting_agreement": pd.DataFrame([agreement]),
    }


def _sizes(fitted: FittedTypology) -> pd.DataFrame:
    """Return the respondents and the weighted share of each class."""
    labels = fitted.classes.labels
    totals = pd.Series(fitted.sample_weight, index=labels.index).groupby(labels).sum()
    return pd.DataFrame({"n": labels.value_counts(), "share": 100 * totals / totals.sum()})
