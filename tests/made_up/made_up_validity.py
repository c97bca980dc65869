"""Tables on how real a typology is, made up from a seed, for any number of classes."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product

import numpy as np
import pandas as pd

from typology.exhibits.registry import FigureExhibit, exhibits_of
from typology.results.exhibits import RUN_MODULES
from typology.validity.grouped_confidence import confidence_table

VALIDITY_FIGURES = {
    name: exhibit
    for name, exhibit in exhibits_of(
        each for each in RUN_MODULES if ".validity.figures." in each.__name__
    ).items()
    if isinstance(exhibit, FigureExhibit)
}
DIRECTIONS = {"within_share": "low", "second_eigenvalue": "high", "one_score": "low",
              "weakest_gap": "high"}  # fmt: skip
SAMPLE = {"within_share": 0.22, "second_eigenvalue": 1.9, "one_score": 0.62, "weakest_gap": 1.7}
WITHOUT_GAPS = ("continuous attitudes", "own shape", "flat attitudes", "flat plane", "ring",
                "heavy tails", "open ring", "star")  # fmt: skip
UNBEATEN = "flat plane"
NULLS = ("independence", "one attitude", *WITHOUT_GAPS)
STEPS = (
    ("structure", "independence", "within_share"),
    ("directions", "one attitude", "second_eigenvalue"),
    *(("gaps", null, "weakest_gap") for null in WITHOUT_GAPS),
)
ASKED = (*(step[1:] for step in STEPS[:2]), ("one attitude", "one_score"),
         *(step[1:] for step in STEPS[2:]))  # fmt: skip
DRAWN = 499
PLACES = np.linspace(-0.75, 1.75, 26)
RULES = ("own category", "passive category", "complete cases", "imputation")
READINGS = ((0.85, "highly stable"), (0.75, "stable"), (0.6, "a pattern"), (0.0, "do not trust"))


def validity_tables(
    n_classes: int = 4, *, n: int = 200, seed: int = 1, items: Sequence[str] = ("E01", "E02", "F01")
) -> dict[str, pd.DataFrame]:
    """Make up every table on validity; the verdict is "regions"."""
    random = np.random.default_rng(seed)
    numbers = np.arange(1, n_classes + 1)
    jaccard = random.uniform(0.45, 1.0, n_classes)
    members = pd.DataFrame({"class": random.permuted(np.resize(numbers, n))})
    other = members["class"] % n_classes + 1
    replicates = _replicates(random)
    tests = _tests(replicates)
    steps = pd.DataFrame(STEPS, columns=["question", "null", "statistic"]).merge(
        tests.drop(columns="direction")
    )
    steps["beaten"] = steps["p_value"] <= 0.05
    boundaries, profiles = _boundaries(n_classes, random)
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
        "stability_confidence": confidence_table(
            members.assign(
                confidence=np.minimum(1, random.beta(6, 1, n) + 0.05), second_class=other
            ),
            smallest=1,
        ),
        "class_shares": pd.DataFrame(
            {"class": numbers, "share": 100 / n_classes, "low": 5.0, "high": 40.0}
        ),
        "null_replicates": replicates,
        "null_tests": tests,
        "null_by_classes": _inertia(random),
        "verdict_steps": steps,
        "verdict": pd.DataFrame(
            {"rung": ["regions"], "several_directions": [True], "gaps_everywhere": [False],
             "stopped_by": [", ".join(steps.loc[~steps["beaten"], "null"])],
             "one_score": [SAMPLE["one_score"]], "within_share": [SAMPLE["within_share"]],
             "n_groups": pd.array([1], dtype="Int64"), "straight_liners": [0], "level": [0.05],
             "classes": [n_classes], "replicates": [DRAWN]}
        ),
        "boundaries": boundaries,
        "boundary_profiles": profiles,
        "set_apart": _set_apart(boundaries, jaccard),
        "splits": pd.DataFrame(
            {"split": [1], "n": [n], "smaller": [n // 3], "gap_depth": [2.1], "p_value": [0.21],
             "null": ["ring"], "level": [0.05], "has_gap": [False]}
        ),
        "second_direction": pd.DataFrame(
            {"second_kind": ["another attitude"], "eigenvalue": [SAMPLE["second_eigenvalue"]],
             "chance": [1.4], "bend": [0.05], "one_sign": [0.55], "strength": [0.3],
             "extremity": [0.1], "at_random": [0.0]}
        ),
        "second_loadings": pd.DataFrame(
            {"item": items, "first_loading": np.linspace(0.8, -0.7, len(items)),
             "second_loading": np.linspace(0.1, 0.6, len(items)), "counts_with": np.nan}
        ),
        "verdict_choices": pd.DataFrame(
            {"missing": ["own category", "passive category", "passive category", "imputation"],
             "axes": [3, 2, 4, 3], "rung": ["regions", "regions", "slices", "regions"],
             "one_score": [0.6, 0.7, 0.92, 0.61], "weakest_gap": [1.2, 2.0, 0.0, 1.4]}
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
        "imputation_changed": pd.DataFrame({"n": [n], "changed": [3.0]}),
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
        **_evidence(n_classes),
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


def _replicates(random: np.random.Generator) -> pd.DataFrame:
    """Draw all of the nulls that the sample beats, fewer of the other."""
    drawn = []
    for place, null in enumerate(NULLS):
        n = 40 if null == UNBEATEN else DRAWN
        drawn.append(
            pd.DataFrame({"null": null, "replicate": np.arange(1, n + 1)}).assign(
                within_share=random.normal(0.4 - 0.02 * place, 0.02, n),
                one_score=random.normal(0.75, 0.04, n),
                second_eigenvalue=random.normal(1.2 + 0.1 * place, 0.1, n),
                weakest_gap=random.gamma(0.4, 3.0 if null == UNBEATEN else 0.3, n),
                silhouette=0.1, suggested=3, mean_jaccard=0.7, axis_1=0.4,
            )
        )  # fmt: skip
    return pd.concat(drawn, ignore_index=True)


def _tests(replicates: pd.DataFrame) -> pd.DataFrame:
    rows = []
    for null, statistic in ASKED:
        values = replicates.loc[replicates["null"] == null, statistic]
        direction, own = DIRECTIONS[statistic], SAMPLE[statistic]
        far = (values <= own) if direction == "low" else (values >= own)
        rows.append(
            (null, statistic, direction, own, values.mean(), *values.quantile([0.05, 0.95]),
             (far.sum() + 1) / (len(values) + 1), len(values))
        )  # fmt: skip
    names = ["null", "statistic", "direction", "sample", "null_mean", "null_low", "null_high"]
    return pd.DataFrame(rows, columns=[*names, "p_value", "replicates"])


def _boundaries(n_classes: int, random: np.random.Generator) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Make up two boundaries a type, as on a plane: the first with a gap, the others without."""
    pairs = [
        (first, first + step)
        for first in range(1, n_classes)
        for step in (1, 2)
        if first + step <= n_classes
    ]
    rows, profiles = [], []
    for place, (first, second) in enumerate(pairs):
        gap = place == 0
        members = random.integers(40, 160)
        of_second = random.random(members) < 0.4
        positions = of_second + random.normal(0, 0.17 if gap else 0.4, members)
        counts = [
            np.histogram(np.clip(positions[rows_of], PLACES[0], PLACES[-1]), PLACES)[0]
            for rows_of in (~of_second, of_second)
        ]
        p_value = 1 / (DRAWN + 1) if gap else 0.1 + 0.8 * random.random()
        rows.append(
            (first, second, members, 14.2 if gap else 0.4, 0.12 if gap else 0.97, 0.52, 0.03,
             0.2, p_value, "continuous attitudes" if gap else "ring",
             min(1.0, p_value * len(pairs)), gap)
        )  # fmt: skip
        profiles.append(
            pd.DataFrame(
                {"class": first, "neighbour": second, "from_place": PLACES[:-1],
                 "to_place": PLACES[1:], "class_percent": 100 * counts[0] / members,
                 "neighbour_percent": 100 * counts[1] / members,
                 "both_percent": 100 * (counts[0] + counts[1]) / members,
                 "continuum_percent": 7 * np.exp(-np.square((PLACES[:-1] - 0.4) / 0.8))}
            )
        )  # fmt: skip
    names = ["class", "neighbour", "n", "gap_depth", "gap_ratio", "gap_place", "dip", "dip_p"]
    table = pd.DataFrame(rows, columns=[*names, "p_value", "null", "p_holm", "has_gap"])
    return table, pd.concat(profiles, ignore_index=True)


def _set_apart(boundaries: pd.DataFrame, jaccard: np.ndarray) -> pd.DataFrame:
    rows = []
    for number, mean in enumerate(jaccard, start=1):
        own = boundaries[(boundaries["class"] == number) | (boundaries["neighbour"] == number)]
        gaps = int(own["has_gap"].sum())
        sides = "no side" if gaps == 0 else "every side" if gaps == len(own) else "some sides"
        rows.append((number, len(own), gaps, sides, mean, mean >= 0.6))
    names = ["class", "neighbours", "gaps", "set_apart", "mean_jaccard", "comes_back"]
    return pd.DataFrame(rows, columns=names)


def _inertia(random: np.random.Generator) -> pd.DataFrame:
    tables = []
    for place, null in enumerate(NULLS):
        mean = (1 - 0.06 * place) / np.arange(2, 11)
        spread = random.uniform(0.02, 0.05) * mean
        tables.append(
            pd.DataFrame(
                {"null": null, "classes": np.arange(2, 11), "sample": 0.8 / np.arange(2, 11),
                 "null_mean": mean, "null_low": mean - spread, "null_high": mean + spread}
            )
        )  # fmt: skip
    return pd.concat(tables)


def _descriptions() -> pd.DataFrame:
    unknown = (np.nan,) * 6
    rows = [("sample", 100.0, 4.0, 0.9, 0.9, 0.9, 0.5, 0.5, 0.5, 0.4)]
    rows += [
        (null, 12.0, 3.0,
         *((0.8, 0.6, 0.94, 0.45, 0.4, 0.5) if null == "continuous attitudes" else unknown), 0.4)
        for null in NULLS
    ]  # fmt: skip
    names = ["null", "suggested_as_many", "suggested_median", "mean_jaccard", "jaccard_low"]
    names += ["jaccard_high", "silhouette", "silhouette_low", "silhouette_high", "axis_1"]
    return pd.DataFrame(rows, columns=names)


def _classes_criteria(random: np.random.Generator) -> tuple[pd.DataFrame, pd.DataFrame]:
    table = pd.DataFrame({"classes": np.arange(1, 11), "within_share": 1 / np.arange(1, 11)})
    for name in ("within_ratio", "silhouette", "calinski_harabasz", "gap", "least_stability"):
        table[name] = random.uniform(0.2, 0.9, 10)
    table.loc[0, ["within_ratio", "silhouette", "calinski_harabasz", "least_stability"]] = np.nan
    table["gap_se"] = 0.04
    criteria = ["within_ratio", "within_ratio_from_2", "silhouette", "calinski_harabasz", "gap",
                "stability"]  # fmt: skip
    suggested = pd.array([3, 2, 4, 10, 1, pd.NA], dtype="Int64")
    values = [0.4, 0.3, 0.5, 0.8, 0.5, np.nan]
    return table, pd.DataFrame({"criterion": criteria, "classes": suggested, "value": values})


def _evidence(n_classes: int) -> dict[str, pd.DataFrame]:
    """Make up the other evidence: curves of a continuum, models that do not decide."""
    numbers = np.arange(2, 11)
    own = numbers == n_classes
    return {
        "comparison_curve": pd.DataFrame(
            {"ccfi": [0.36], "mambac": [0.41], "l_mode": [0.31], "continuum_below": [0.45],
             "groups_above": [0.55], "continuum_low": [0.19], "continuum_high": [0.38],
             "groups_low": [0.61], "groups_high": [0.83], "group_share": [46.2], "samples": [99]}
        ),
        "comparison_curves": pd.concat([_curve("MAMBAC"), _curve("L-Mode")], ignore_index=True),
        "answer_models": pd.DataFrame(
            {"answer_model": ["latent classes"] * 2 + ["ordered classes", "one factor",
                              "two factors"],
             "classes": [1, 2, 3, 0, 0], "factors": [0, 0, 1, 1, 2],
             "log_likelihood": [-900.0, -800.0, -790.0, -780.0, -700.0],
             "parameters": [40, 81, 44, 41, 60], "bic": [1900.0, 1800.0, 1740.0, 1700.0, 1600.0],
             "bic_above_best": [300.0, 200.0, 140.0, 100.0, 0.0], "bic_rank": [5, 4, 3, 2, 1],
             "entropy": [np.nan, 0.9, 0.85, np.nan, np.nan],
             "converged": [True, True, True, False, True]}
        ),
        "prediction_strength": pd.DataFrame(
            {"classes": numbers, "prediction_strength": np.where(numbers == 2, 0.94, 0.6),
             "split_low": 0.5, "split_high": 0.97, "halvings": 50, "threshold": 0.8,
             "predicted": numbers == 2}
        ),
        "class_selection": pd.DataFrame(
            {"classes": numbers, "least_jaccard": 0.6, "mean_jaccard": 0.8,
             "instability": np.where(own, 0.05, 0.11), "replicates": 50, "steadiest": own}
        ),
        "evidence": pd.DataFrame(
            {"evidence": ["verdict", "comparison curve", "answer models", "prediction strength",
                          "class selection"],
             "says": ["continuum", "continuum", "unclear", "unclear", "unclear"],
             "sure": ["barely", "clearly", "unsaid", "unsaid", "unsaid"],
             "value": [0.4, 0.36, 100.0, 0.6, 0.05],
             "value_low": [np.nan, 0.31, np.nan, 0.5, np.nan],
             "value_high": [np.nan, 0.41, np.nan, 0.97, np.nan],
             "number": pd.array([pd.NA, pd.NA, pd.NA, 2, n_classes], dtype="Int64")}
        ),
    }  # fmt: skip


def _curve(procedure: str) -> pd.DataFrame:
    x = np.linspace(0.08, 0.92, 50) if procedure == "MAMBAC" else np.linspace(-3, 3, 61)
    place = np.linspace(-1, 1, len(x))
    dish, hill = 1.0 + 0.2 * place**2, 1.2 - 0.2 * place**2
    return pd.DataFrame(
        {"procedure": procedure, "x": x, "sample": dish + 0.03 * np.sin(9 * place),
         "continuum": dish, "continuum_low": dish - 0.06, "continuum_high": dish + 0.06,
         "two_groups": hill, "groups_low": hill - 0.06, "groups_high": hill + 0.06}
    )  # fmt: skip


def _cases(random: np.random.Generator) -> pd.DataFrame:
    settings = product(("all", "expectations", "fears"), RULES, (2, 3, 5), (3, 4, 5), (True, False))
    names = ["active_set", "missing", "axes", "classes", "consolidated"]
    cases = pd.DataFrame(settings, columns=names)
    cases["adjusted_rand"] = random.uniform(0.2, 0.95, len(cases))
    cases.loc[19, "adjusted_rand"] = 1.0
    return cases.assign(same_share=80.0)
