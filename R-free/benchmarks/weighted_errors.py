"""How often tests of weighted respondents find something where nothing is there.

Usage: python weighted_errors.py [replicates]
Writes weighted_errors.csv, and weighted_errors.md from it.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pandas as pd
from scipy.stats import chi2, norm

from rfree.catdes import describe_categories, describe_variables
from rfree.contingency import chi_squared
from rfree.design_matrix import design_matrix
from rfree.group_tests import compare_categories, compare_quantities
from rfree.inputs import FloatArray
from rfree.likelihood import solve_symmetric
from rfree.mca import MCA
from rfree.multinomial import multinomial_logit
from rfree.ordered import ordered_logit
from rfree.quantities import describe_quantities, describe_quantity_links
from rfree.weighted_tests import rao_scott, weighted_rank_test

HERE = Path(__file__).parent
LEVEL = 0.05
SIZES = (312, 1500)
# The tests were chosen on samples of other seeds.
SEED = 71940219
CLASSES = (0.19, 0.37, 0.35, 0.09)
CHARACTERISTICS = {
    "practice": (0.05, 0.10, 0.20, 0.35, 0.30),
    "sex": (0.3, 0.7),
    "territory": (0.10, 0.25, 0.30, 0.20, 0.15),
}
# The models cost a hundred times as much as the rest.
MODELS_EVERY = 3

WEIGHTS: dict[str, Callable[[np.random.Generator, int], FloatArray]] = {
    "equal": lambda _, n: np.ones(n),
    "lognormal .5": lambda random, n: random.lognormal(0, 0.5, n),
    "lognormal 1": lambda random, n: random.lognormal(0, 1, n),
    "one decimal": lambda random, n: np.round(random.uniform(0.1, 3, n), 1),
    ".5 or 1": lambda random, n: random.choice([0.5, 1.0], n),
    ".1 or 1": lambda random, n: random.choice([0.1, 1.0], n),
}

TESTS = {
    "v-tests of categories": "describe_categories",
    "chi-squared of variables": "describe_variables",
    "v-tests of quantities": "describe_quantities",
    "analysis of variance": "describe_quantity_links",
    "v-tests on axes": "MCA.supplementary",
    "characteristics, categories": "compare_categories",
    "characteristics, quantities": "compare_quantities",
    "membership, coefficients": "multinomial_logit",
    "membership, joint tests": "multinomial_logit",
    "ordered membership, joint tests": "ordered_logit",
    "weights as counts": "chi-squared of added weights, the smallest counted as 1",
    "svychisq": "Rao and Scott as survey::svychisq has it",
    "svyranktest": "Lumley and Scott as survey::svyranktest has it",
    "robust Wald": "joint tests of the multinomial logit by the sandwich",
}

INTRODUCTION = """# How often weighted tests find something where nothing is there

Made by `weighted_errors.py` (numbers: `weighted_errors.csv`). Classes (19, 37, 35 and 9 %) are
drawn independently of everything else, and so are the weights. Percent of tests significant at 5 %:
wanted 4 to 6. Characteristics of 5, 2 and 5 categories, the rarest 5 %; quantities normal and
lognormal; axes of eight items. The tests were chosen on other samples
than these. Standard errors (in brackets) are those between samples: tests of one sample
hang together.
"""


def p_values(random: np.random.Generator, n: int, weights: str, models: bool
             ) -> Iterator[tuple[str, FloatArray]]:  # fmt: skip
    """Draw a sample in which nothing goes together, and test it in every way."""
    weight = WEIGHTS[weights](random, n)
    labels = random.choice(4, n, p=CLASSES) + 1
    X = pd.DataFrame(
        {name: random.choice(list("abcde")[: len(shares)], n, p=shares)
         for name, shares in CHARACTERISTICS.items()}
    )  # fmt: skip
    Q = pd.DataFrame({"age": random.normal(50, 9, n), "patients": random.lognormal(0, 1, n)})
    described = describe_categories(X, labels, weight)
    yield "v-tests of categories", described["p_value"].to_numpy()
    variables = describe_variables(X, labels, sample_weight=weight)
    yield "chi-squared of variables", variables["p_value"].to_numpy()
    quantities = describe_quantities(Q, labels, sample_weight=weight)
    yield "v-tests of quantities", quantities["p_value"].to_numpy()
    links = describe_quantity_links(Q, labels, sample_weight=weight)
    yield "analysis of variance", links["p_value"].to_numpy()
    groups = compare_categories(X, labels, sample_weight=weight, seed=1, replicates=199)
    yield "characteristics, categories", groups["p_value"].to_numpy()
    ranks = compare_quantities(Q, labels, sample_weight=weight)
    yield "characteristics, quantities", ranks["p_value"].to_numpy()
    yield from _rivals(X, Q, labels, weight)
    latent = random.normal(size=n)
    answers = np.digitize(latent[:, None] + random.normal(size=(8, n)).T, [-1, 0, 1])
    items = pd.DataFrame(answers.astype(str), columns=[f"item{number}" for number in range(8)])
    placed = MCA(n_components=2).fit(items, weight).supplementary(X)
    yield "v-tests on axes", 2 * norm.sf(np.abs(placed.v_tests.to_numpy().ravel()))
    if models:
        yield from _models(X[["sex", "territory"]].assign(age=Q["age"]), labels, weight)


def _rivals(
    X: pd.DataFrame, Q: pd.DataFrame, labels: np.ndarray, weight: FloatArray
) -> Iterator[tuple[str, FloatArray]]:
    """Test the same questions as others do."""
    codes = [pd.factorize(X[name])[0] for name in X]
    tests = [rao_scott(each, labels - 1, weight).p_value for each in codes]
    yield "svychisq", np.array(tests)
    counts = weight / weight.min()
    tables = [np.bincount(5 * (labels - 1) + each, counts, 20).reshape(4, 5) for each in codes]
    yield "weights as counts", np.array([chi_squared(table).p_value for table in tables])
    tests = [weighted_rank_test(Q[name].to_numpy(), labels - 1, weight).p_value for name in Q]
    yield "svyranktest", np.array(tests)


def _models(
    X: pd.DataFrame, labels: np.ndarray, weight: FloatArray
) -> Iterator[tuple[str, FloatArray]]:
    design = design_matrix(X)
    model = multinomial_logit(design, labels, reference=2, sample_weight=weight)
    slopes = (model.coefficients["kind"] == "slope").to_numpy()
    coefficients = model.coefficients["p_value"].to_numpy()[slopes]
    yield "membership, coefficients", coefficients
    joint = model.tests["p_value"].to_numpy()
    yield "membership, joint tests", joint
    rows = model.tests["variable"].tolist()
    wald = []
    for name in rows:
        chosen = slopes & ((model.coefficients["variable"] == name) | (name == "(all)")).to_numpy()
        values = model.coefficients["estimate"].to_numpy()[chosen]
        covariance = model.covariance.to_numpy()[np.ix_(chosen, chosen)]
        if np.isfinite(covariance).all():
            statistic = float(values @ solve_symmetric(covariance, values))
            wald.append(float(chi2.sf(statistic, len(values))))
    yield "robust Wald", np.array(wald)
    ordered = ordered_logit(design, labels, sample_weight=weight)
    yield "ordered membership, joint tests", ordered.tests["p_value"].to_numpy()


def run(replicates: int, sizes: tuple[int, ...] = SIZES) -> pd.DataFrame:
    """Test samples of every size and weighting; a third as many of the large size."""
    rows = []
    for n in sizes:
        for position, weights in enumerate(WEIGHTS):
            random = np.random.default_rng([SEED, n, position])
            shares: dict[str, list[float]] = {}
            for sample in range(replicates if n < 1000 else replicates // 3):
                for test, values in p_values(random, n, weights, sample % MODELS_EVERY == 0):
                    tested = values[np.isfinite(values)]
                    if len(tested):
                        shares.setdefault(test, []).append(float((tested < LEVEL).mean()))
            rows += [
                {
                    "n": n,
                    "weights": weights,
                    "test": test,
                    "samples": len(each),
                    "rejected": 100 * float(np.mean(each)),
                    "standard_error": 100 * float(np.std(each, ddof=1) / np.sqrt(len(each))),
                }
                for test, each in shares.items()
            ]
            print(n, weights, flush=True)
    return pd.DataFrame(rows)


def page(table: pd.DataFrame) -> str:
    """Write the page: a table a sample size, the worst of each test."""
    parts = [INTRODUCTION]
    for n, rows in table.groupby("n"):
        cells = rows.assign(
            cell=rows["rejected"].map("{:.1f}".format)
            + " (" + rows["standard_error"].map("{:.1f}".format) + ")"
        )  # fmt: skip
        wide = cells.set_index(["test", "weights"])["cell"].unstack()  # noqa: PD010
        wide = wide.reindex(index=list(TESTS), columns=list(WEIGHTS))
        lines = [f"\n## {n} respondents\n", "| test | " + " | ".join(WEIGHTS) + " |"]
        lines.append("|---" * (len(WEIGHTS) + 1) + "|")
        lines += [f"| {test} | " + " | ".join(row) + " |" for test, row in
                  zip(wide.index, wide.fillna("").to_numpy(), strict=True)]  # fmt: skip
        parts.append("\n".join(lines) + "\n")
    parts.append("\nThe tests: " + "; ".join(f"*{test}*: {what}" for test, what in TESTS.items()))
    return "".join(parts) + ".\n"


if __name__ == "__main__":
    results = run(int(sys.argv[1]) if len(sys.argv) > 1 else 360)
    results.to_csv(HERE / "weighted_errors.csv", index=False)
    (HERE / "weighted_errors.md").write_text(page(results), encoding="utf-8", newline="\n")
