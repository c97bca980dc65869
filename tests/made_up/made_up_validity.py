"""Tables on how real a typology is, made up from a seed, for any number of classes."""

from __future__ import annotations

from itertools import product

import numpy as np
import pandas as pd

from typology.exhibits.registry import FigureExhibit, exhibits_of
from typology.results.exhibits import RUN_MODULES

VALIDITY_FIGURES = {
    name: exhibit
    for name, exhibit in exhibits_of(
        each for each in RUN_MODULES if ".validity.figures." in each.__name__
    ).items()
    if isinstance(exhibit, FigureExhibit)
}
NULLS = ("independence", "one continuum", "continuous attitudes", "flat attitudes")
DIRECTIONS = {"within_share": "low", "second_direction": "high", "separation": "high"}
STEPS = (
    ("slices", "independence", "within_share"),
    ("regions", "one continuum", "second_direction"),
    *(("groups", null, "separation") for null in NULLS),
)
RULES = ("own category", "passive category", "complete cases", "imputation")
READINGS = ((0.85, "highly stable"), (0.75, "stable"), (0.6, "a pattern"), (0.0, "do not trust"))


def validity_tables(n_classes: int = 4, *, n: int = 200, seed: int = 1) -> dict[str, pd.DataFrame]:
    """Make up every table on validity; the verdict is "regions"."""
    random = np.random.default_rng(seed)
    numbers = np.arange(1, n_classes + 1)
    jaccard = random.uniform(0.45, 1.0, n_classes)
    members = pd.DataFrame({"class": random.permuted(np.resize(numbers, n))})
    other = members["class"] % n_classes + 1
    replicates, tests = _nulls(random)
    steps = pd.DataFrame(STEPS, columns=["rung", "null", "statistic"]).merge(tests)
    steps["beaten"] = steps["p_value"] <= 0.05
    criteria, summary = _classes_criteria(random)
    return {
        "stability": pd.DataFrame(
            {
                "class": numbers,
                "mean_jaccard": jaccard,
                "low": jaccard - random.uniform(0, 0.3, n_classes),
                "high": np.minimum(jaccard + 0.1, 1),
                "dissolved": 3,
                "recovered": 150,
                "replicates": 200,
                "reading": [next(name for least, name in READINGS if x >= least) for x in jaccard],
            }
        ),
        "stability_respondents": members.assign(
            confidence=np.minimum(1, random.beta(6, 1, n) + 0.05), second_class=other
        ),
        "class_shares": pd.DataFrame(
            {"class": numbers, "share": 100 / n_classes, "low": 5.0, "high": 40.0}
        ),
        "null_replicates": replicates,
        "null_tests": tests,
        "null_by_classes": _inertia(random),
        "verdict_steps": steps,
        "verdict": pd.DataFrame(
            {"rung": ["regions"], "stopped_by": ["flat attitudes"], "within_share": [0.15],
             "level": [0.05], "classes": [n_classes], "replicates": [99]}
        ),
        "null_descriptions": _descriptions(),
        "parallel_analysis": pd.DataFrame(
            {"axis": np.arange(1, 61), "eigenvalue": 0.5 / np.arange(1, 61),
             "null_95": np.linspace(0.07, 0.01, 60)}
        ),
        "axes_criteria": pd.DataFrame(
            {"criterion": ["parallel_analysis", "elbow", "above_mean", "benzecri", "greenacre"],
             "number": pd.array([6, 1, 41, 2, pd.NA], dtype="Int64"),
             "value": [0.08, 0.5, 0.02, 83.0, 64.0], "threshold": [0.07, np.nan, 0.02, 80.0, 70.0]}
        ),
        "classes_criteria": criteria,
        "classes_criteria_summary": summary,
        "sensitivity_cases": _cases(random),
        "sensitivity_classes": pd.DataFrame(
            {"case": np.repeat([1, 2], n_classes), "class": np.tile(numbers, 2),
             "kept_share": 80.0, "jaccard": np.r_[np.full(n_classes, 0.7), np.full(n_classes, 0.9)]}
        ),
        "imputation_classes": pd.DataFrame(
            {"class": numbers, "n": 50.0, "mean_n": 51.2, "low_n": 48.0, "high_n": 55.0,
             "mean_jaccard": jaccard}
        ),
        "imputation_respondents": pd.DataFrame({"own_share": [100.0] * (n - 3) + [95, 60, 10]}),
        "latent_classes": pd.DataFrame(
            {"classes": [1, 2, 3], "log_likelihood": [-900.0, -800.0, -790.0],
             "parameters": [40, 81, 122], "bic": [1900.0, 1700.0, 1750.0],
             "abic": [1800.0, 1600.0, 1500.0], "entropy": [np.nan, 0.9, 0.85],
             "smallest_share": [100.0, 40.0, 20.0], "p_value": [np.nan, 0.025, 0.4],
             "replicated": [True, True, False]}
        ),
        "other_methods": pd.DataFrame(
            {"method": ["study", "latent_classes", "latent_classes", "k_medoids", "k_medoids",
                        "k_modes"],
             "chosen_by": ["study", "study", "bic", "study", "silhouette", "study"],
             "classes": [n_classes, n_classes, 1, n_classes, 2, n_classes],
             "adjusted_rand": [1.0, 0.8, np.nan, 0.75, 0.5, -0.02],
             "cramers_v": [1.0, 0.9, np.nan, 0.8, 0.7, 0.4],
             "silhouette": [0.2, 0.2, np.nan, 0.3, 0.4, 0.1], "smallest_share": 10.0}
        ),
    }  # fmt: skip


def category_ellipses_of(categories: pd.DataFrame, *, seed: int = 1) -> pd.DataFrame:
    """Make up an ellipse for every category of a map; the neutral answers' hold the origin."""
    random = np.random.default_rng(seed)
    key = ["variable", "category"]
    wide = categories[categories["role"] == "active"].pivot_table(
        index=key, columns="axis", values="coordinate"
    )
    width = random.uniform(0.1, 0.6, len(wide))
    near = np.hypot(wide[1], wide[2]) < width / 4
    return pd.DataFrame(
        {
            "axis_x": 1, "axis_y": 2, "x": wide[1], "y": wide[2], "center_x": wide[1] + 0.01,
            "center_y": wide[2], "width": width, "height": width / 2,
            "angle": random.uniform(-90, 90, len(wide)), "origin_inside": near, "replicates": 200,
        }
    ).reset_index()  # fmt: skip


def _nulls(random: np.random.Generator) -> tuple[pd.DataFrame, pd.DataFrame]:
    drawn = [
        pd.DataFrame({"null": null, "replicate": np.arange(1, 100)}).assign(
            within_share=random.normal(0.4 - 0.07 * place, 0.02, 99),
            second_direction=random.normal(1 + 0.4 * place, 0.1, 99),
            separation=random.normal(-0.8 + 0.2 * place, 0.08, 99),
        )
        for place, null in enumerate(NULLS)
    ]
    sample = {"within_share": 0.22, "second_direction": 1.6, "separation": -0.25}
    rows = []
    for null, table in zip(NULLS, drawn, strict=True):
        for statistic, direction in DIRECTIONS.items():
            values, own = table[statistic], sample[statistic]
            far = (values <= own) if direction == "low" else (values >= own)
            rows.append(
                (null, statistic, direction, own, values.mean(), *values.quantile([0.05, 0.95]),
                 (far.sum() + 1) / 100)
            )  # fmt: skip
    names = ["null", "statistic", "direction", "sample", "null_mean", "null_low", "null_high"]
    return pd.concat(drawn), pd.DataFrame(rows, columns=[*names, "p_value"])


def _inertia(random: np.random.Generator) -> pd.DataFrame:
    tables = []
    for place, null in enumerate(NULLS):
        mean = (1 - 0.1 * place) / np.arange(2, 11)
        spread = random.uniform(0.02, 0.05) * mean
        tables.append(
            pd.DataFrame(
                {"null": null, "classes": np.arange(2, 11), "sample": 0.8 / np.arange(2, 11),
                 "null_mean": mean, "null_low": mean - spread, "null_high": mean + spread}
            )
        )  # fmt: skip
    return pd.concat(tables)


def _descriptions() -> pd.DataFrame:
    rows = [("sample", 100.0, 0.9, 0.9, 0.9, 0.5, 0.5, 0.5)]
    rows += [(null, 12.0, 0.8, 0.6, 0.94, 0.45, 0.4, 0.5) for null in NULLS]
    names = ["null", "suggested_as_many", "mean_jaccard", "jaccard_low", "jaccard_high"]
    return pd.DataFrame(rows, columns=[*names, "silhouette", "silhouette_low", "silhouette_high"])


def _classes_criteria(random: np.random.Generator) -> tuple[pd.DataFrame, pd.DataFrame]:
    table = pd.DataFrame({"classes": np.arange(1, 11), "within_share": 1 / np.arange(1, 11)})
    for name in ("r_criterion", "silhouette", "calinski_harabasz", "gap", "least_stability"):
        table[name] = random.uniform(0.2, 0.9, 10)
    table.loc[0, ["r_criterion", "silhouette", "calinski_harabasz", "least_stability"]] = np.nan
    table["gap_se"] = 0.04
    criteria = ["r_criterion", "r_criterion_from_2", "silhouette", "calinski_harabasz", "gap",
                "stability"]  # fmt: skip
    suggested = pd.array([3, 2, 4, 10, 1, pd.NA], dtype="Int64")
    values = [0.4, 0.3, 0.5, 0.8, 0.5, np.nan]
    return table, pd.DataFrame({"criterion": criteria, "classes": suggested, "value": values})


def _cases(random: np.random.Generator) -> pd.DataFrame:
    settings = product(("all", "expectations", "fears"), RULES, (2, 3, 5), (3, 4, 5), (True, False))
    names = ["active_set", "missing", "axes", "classes", "consolidated"]
    cases = pd.DataFrame(settings, columns=names)
    cases["adjusted_rand"] = random.uniform(0.2, 0.95, len(cases))
    cases.loc[19, "adjusted_rand"] = 1.0
    return cases.assign(same_share=80.0)
