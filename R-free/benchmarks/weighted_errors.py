"""How often tests of weighted respondents find something where nothing is there.

Usage: python weighted_errors.py [samples [processes]]
Writes weighted_errors.csv, and weighted_errors.md from it.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.special import logit
from scipy.stats import chi2, norm

from rfree.axes.mca import MCA
from rfree.base.inputs import FloatArray, IntArray
from rfree.description.catdes import describe_categories, describe_variables
from rfree.description.contingency import chi_squared
from rfree.description.group_tests import compare_categories, compare_quantities
from rfree.description.quantities import describe_quantities, describe_quantity_links
from rfree.description.weighted_tests import rao_scott, weighted_rank_test
from rfree.membership.design_matrix import design_matrix
from rfree.membership.likelihood import (
    maximise_likelihood,
    model_covariance,
    robust_covariance,
    solve_symmetric,
    weighted_variance,
)
from rfree.membership.likelihood_ratio import weighted_ratio
from rfree.membership.multinomial import MultinomialLikelihood, multinomial_logit
from rfree.membership.ordered import OrderedLikelihood, ordered_logit

HERE = Path(__file__).parent
LEVEL = 0.05
SIZES = (312, 1500)
# The tests were chosen on samples of other seeds.
SEED = 60418237
CLASSES = (0.19, 0.37, 0.35, 0.09)
CHARACTERISTICS = {
    "practice": (0.05, 0.10, 0.20, 0.35, 0.30),
    "sex": (0.3, 0.7),
    "territory": (0.10, 0.25, 0.30, 0.20, 0.15),
}
# Columns of each kind that one table describes, and that groups are compared by: given the classes
# and the weights, each is a sample of its own.
COLUMNS, COMPARED = 25, 4
# Every so many samples: models need the most of them, tables of many columns serve long.
EVERY = {"described": 4, "compared": 4, "axes": 4}
# Of so many respondents, a fourth of the samples, tested in every way.
LARGE, FEWER = 1000, 4

Found = Iterator[tuple[str, FloatArray]]

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
}
RIVALS = {
    "weights as counts": "chi-squared of added weights, the smallest counted as 1",
    "svychisq": "Rao and Scott as survey::svychisq has it",
    "svyranktest": "Lumley and Scott as survey::svyranktest has it",
    "robust Wald": "joint tests of the multinomial logit by the sandwich",
    "expected Wald": "the same by what the model expects of the sandwich",
}

INTRODUCTION = """# How often weighted tests find something where nothing is there

Made by `weighted_errors.py` in one run (numbers: `weighted_errors.csv`). Classes (19, 37, 35 and
9 %) are drawn independently of everything else, and so are the weights. Percent of tests
significant at 5 %: wanted 4 to 6. Characteristics of 5, 2 and 5 categories, the rarest 5 %;
quantities normal and lognormal; axes of eight items; models of three characteristics. The tests
were chosen on other samples than these. Standard errors (in brackets) are those between samples:
tests of one sample hang together.
"""


def p_values(random: np.random.Generator, n: int, weights: str, sample: int) -> Found:
    """Draw a sample in which nothing goes together, and test it in every way that is its turn."""
    weight = WEIGHTS[weights](random, n)
    labels = random.choice(4, n, p=CLASSES) + 1
    turn = {name for name, every in EVERY.items() if n >= LARGE or sample % every == 0}
    if "described" in turn:
        yield from _described(*_drawn(random, n, COLUMNS), labels, weight)
    if "compared" in turn:
        X, Q = _drawn(random, n, COMPARED)
        groups = compare_categories(X, labels, sample_weight=weight, seed=sample, replicates=199)
        yield "characteristics, categories", groups["p_value"].to_numpy()
        ranks = compare_quantities(Q, labels, sample_weight=weight)
        yield "characteristics, quantities", ranks["p_value"].to_numpy()
        yield from _rivals(X, Q, labels, weight)
    X, Q = _drawn(random, n, 1)
    if "axes" in turn:
        latent = random.normal(size=n)
        answers = np.digitize(latent[:, None] + random.normal(size=(8, n)).T, [-1, 0, 1])
        items = pd.DataFrame(answers.astype(str), columns=[f"item{number}" for number in range(8)])
        placed = MCA(n_components=2).fit(items, weight).supplementary(X)
        yield "v-tests on axes", 2 * norm.sf(np.abs(placed.v_tests.to_numpy().ravel()))
    known = X[["sex", "territory"]].assign(age=Q["age"])
    yield from _models(known, labels, weight, checked=sample < 3)


def _drawn(random: np.random.Generator, n: int, columns: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return characteristics and quantities, so many columns of each kind."""
    ends = [""] if columns == 1 else [f" {number}" for number in range(columns)]
    X = {
        name + end: random.choice(list("abcde")[: len(shares)], n, p=shares)
        for name, shares in CHARACTERISTICS.items()
        for end in ends
    }
    ages = {f"age{end}": random.normal(50, 9, n) for end in ends}
    patients = {f"patients{end}": random.lognormal(0, 1, n) for end in ends}
    return pd.DataFrame(X), pd.DataFrame(ages | patients)


def _described(X: pd.DataFrame, Q: pd.DataFrame, labels: IntArray, weight: FloatArray) -> Found:
    described = describe_categories(X, labels, weight)
    yield "v-tests of categories", described["p_value"].to_numpy()
    variables = describe_variables(X, labels, sample_weight=weight)
    yield "chi-squared of variables", variables["p_value"].to_numpy()
    quantities = describe_quantities(Q, labels, sample_weight=weight)
    yield "v-tests of quantities", quantities["p_value"].to_numpy()
    links = describe_quantity_links(Q, labels, sample_weight=weight)
    yield "analysis of variance", links["p_value"].to_numpy()


def _rivals(X: pd.DataFrame, Q: pd.DataFrame, labels: IntArray, weight: FloatArray) -> Found:
    """Test the same questions as others do."""
    codes = [pd.factorize(X[name])[0] for name in X]
    tests = [rao_scott(each, labels - 1, weight).p_value for each in codes]
    yield "svychisq", np.array(tests)
    counts = weight / weight.min()
    tables = [np.bincount(5 * (labels - 1) + each, counts, 20).reshape(4, 5) for each in codes]
    yield "weights as counts", np.array([chi_squared(table).p_value for table in tables])
    tests = [weighted_rank_test(Q[name].to_numpy(), labels - 1, weight).p_value for name in Q]
    yield "svyranktest", np.array(tests)


def _models(X: pd.DataFrame, labels: IntArray, weight: FloatArray, *, checked: bool) -> Found:
    """Test the terms of both models.

    What the models are made of is called itself: their tables take most of the time.
    """
    design = design_matrix(X)
    given, variables = design.with_intercept, design.terms["variable"].to_numpy()
    weights, n_terms = weight / weight.mean(), given.shape[1]
    classes = np.eye(4)[labels - 1]
    several = MultinomialLikelihood(given, classes[:, [1, 0, 2, 3]], weights)
    shares = weights @ several.memberships
    start = np.zeros((3, n_terms))
    start[:, 0] = np.log(shares[1:] / shares[0])
    groups = [np.flatnonzero((variables == name) | (name == "(all)"))
              for name in ("(all)", *dict.fromkeys(variables))]  # fmt: skip
    held = [(np.arange(3)[:, None] * n_terms + each + 1).ravel() for each in groups]
    found = dict(_tests_of(several, start.ravel(), held, given))
    ordered = OrderedLikelihood(given, classes, weights)
    limits = logit((weights @ classes).cumsum()[:-1] / weights.sum())
    start = np.concatenate([np.zeros(n_terms - 1), limits])
    joint = dict(_tests_of(ordered, start, groups, given)).get("joint tests", np.zeros(0))
    if checked and "joint tests" in found and len(joint):
        public = multinomial_logit(design, labels, reference=2, sample_weight=weight)
        np.testing.assert_allclose(found["joint tests"], public.tests["p_value"], rtol=1e-6)
        slopes = public.coefficients.query("kind == 'slope'")
        np.testing.assert_allclose(found["coefficients"], slopes["p_value"], rtol=1e-6)
        public = ordered_logit(design, labels, sample_weight=weight)
        np.testing.assert_allclose(joint, public.tests["p_value"], rtol=1e-6)
    for name in ("coefficients", "joint tests"):
        yield f"membership, {name}", found.get(name, np.zeros(0))
    for name in ("robust Wald", "expected Wald"):
        yield name, found.get(name, np.zeros(0))
    yield "ordered membership, joint tests", joint


def _tests_of(
    likelihood: MultinomialLikelihood | OrderedLikelihood,
    start: FloatArray,
    held: list[npt.NDArray[np.intp]],
    design: FloatArray,
) -> Found:
    """Test every slope, and groups of them; nothing where an estimate is infinite."""
    maximum = maximise_likelihood(likelihood, start, np.zeros((len(start), len(start))))
    estimate, information = maximum.parameters, maximum.information
    # Odds of e^10: a class without the category, which the models do not test either.
    if not maximum.converged or np.abs(estimate[held[0]]).max() > 10:
        return
    weighted = weighted_variance(likelihood, design, estimate, information)
    plain = model_covariance(information)
    robust = robust_covariance(information, likelihood.scores(estimate))
    alike = np.ptp(likelihood.weights) == 0
    wald = partial(_wald, estimate, held)
    ratio = partial(weighted_ratio, likelihood, maximum, weighted.covariance)
    if alike:
        z = np.abs(estimate / np.sqrt(np.diag(plain)))
        yield "coefficients", (2 * norm.sf(z))[held[0]]
        yield "joint tests", wald(plain)
    else:
        yield "coefficients", np.array([ratio(np.array([each])).p_value for each in held[0]])
        yield "joint tests", np.array([ratio(each).p_value for each in held])
    yield "robust Wald", wald(robust)
    yield "expected Wald", wald(weighted.covariance)


def _wald(
    estimate: FloatArray, held: list[npt.NDArray[np.intp]], covariance: FloatArray
) -> FloatArray:
    parts = [(estimate[each], covariance[np.ix_(each, each)]) for each in held]
    return np.array(
        [chi2.sf(values @ solve_symmetric(spread, values), len(values)) for values, spread in parts]
    )


def run_case(case: tuple[int, str], samples: int) -> list[dict[str, object]]:
    """Test samples of one size and one kind of weights."""
    n, weights = case
    random = np.random.default_rng([SEED, n, list(WEIGHTS).index(weights)])
    shares: dict[str, list[float]] = {}
    for sample in range(samples if n < LARGE else samples // FEWER):
        for test, values in p_values(random, n, weights, sample):
            tested = values[np.isfinite(values)]
            if len(tested):
                shares.setdefault(test, []).append(float((tested < LEVEL).mean()))
    print(n, weights, flush=True)
    return [
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


def run(samples: int, processes: int = 1) -> pd.DataFrame:
    """Test samples of every size and weighting."""
    cases = [(n, weights) for n in SIZES for weights in WEIGHTS]
    if processes == 1:
        return pd.DataFrame([row for case in cases for row in run_case(case, samples)])
    with ProcessPoolExecutor(processes) as pool:
        found = list(pool.map(partial(run_case, samples=samples), cases))
    return pd.DataFrame([row for rows in found for row in rows])


def page(table: pd.DataFrame) -> str:
    """Write the page: a table a sample size, and what is outside of what is wanted."""
    parts = [INTRODUCTION]
    for n, rows in table.groupby("n"):
        cells = rows.assign(
            cell=rows["rejected"].map("{:.1f}".format)
            + " (" + rows["standard_error"].map("{:.1f}".format) + ")"
        )  # fmt: skip
        wide = cells.set_index(["test", "weights"])["cell"].unstack()  # noqa: PD010
        wide = wide.reindex(index=list(TESTS | RIVALS), columns=list(WEIGHTS))
        lines = [f"\n## {n} respondents\n", "| test | " + " | ".join(WEIGHTS) + " |"]
        lines.append("|---" * (len(WEIGHTS) + 1) + "|")
        lines += [f"| {test} | " + " | ".join(row) + " |" for test, row in
                  zip(wide.index, wide.to_numpy(), strict=True)]  # fmt: skip
        parts.append("\n".join(lines) + "\n")
    parts.append(_outside(table))
    told = "; ".join(f"*{test}*: {what}" for test, what in (TESTS | RIVALS).items())
    parts.append(f"\nThe tests, and below them those of others: {told}.\n")
    return "".join(parts)


def _outside(table: pd.DataFrame) -> str:
    """Name the tests of this project that are not between 4 and 6 %."""
    own = table[table["test"].isin(list(TESTS))]
    away = np.maximum(4 - own["rejected"], own["rejected"] - 6)
    outside = own[away > 0].assign(sure=away > 2 * own["standard_error"])
    if not len(outside):
        return "\nAll tests of the project are between 4 and 6 %.\n"
    lines = [
        f"- {row.test}, {row.n} respondents, {row.weights}: {row.rejected:.1f} "
        f"({row.standard_error:.1f})"
        + (", more than two standard errors outside" if row.sure else "")
        for row in outside.itertuples()
    ]
    return (
        f"\n## Outside 4 to 6 %\n\n{len(outside)} of the {len(own)} numbers of the project's "
        f"tests, {int(outside['sure'].sum())} of them by more than two standard errors:\n\n"
        + "\n".join(lines) + "\n"
    )  # fmt: skip


if __name__ == "__main__":
    arguments = [int(each) for each in sys.argv[1:3]]
    results = run(*(arguments or [400]))
    results.to_csv(HERE / "weighted_errors.csv", index=False, lineterminator="\n")
    (HERE / "weighted_errors.md").write_text(page(results), encoding="utf-8", newline="\n")
