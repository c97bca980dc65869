"""Means, deviations and estimates of models are solved for numbers of respondents."""

from __future__ import annotations

from itertools import product
from types import SimpleNamespace
from typing import Any

import numpy as np
import pandas as pd
import pytest

from rfree.description.characteristics import characteristics_table
from rfree.membership.design_matrix import design_matrix
from rfree.membership.multinomial import multinomial_logit
from typology.results.disclosure.told_measures import telling_measures
from typology.results.disclosure.told_tests import models_tell

SMALLEST = 5


def measured(values: pd.DataFrame, labels: np.ndarray, kind: str) -> tuple[Any, pd.DataFrame]:
    table = characteristics_table(None, values, labels)
    fitted = SimpleNamespace(
        sample_weight=np.ones(len(values)), respondent=values,
        classes=SimpleNamespace(labels=pd.Series(labels)),
    )  # fmt: skip
    return fitted, table.assign(kind=kind)


def solutions(row: pd.Series, values: tuple[int, ...]) -> list[tuple[int, ...]]:
    """Return all numbers of respondents by value that have a mean and a deviation."""
    n = int(row["n"])
    given = np.array(values)
    found = []
    for first in product(range(n + 1), repeat=len(values) - 1):
        own = np.array([*first, n - sum(first)])
        if own[-1] < 0:
            continue
        mean = own @ given / n
        sd = np.sqrt(own @ np.square(given - mean) / (n - 1))
        if abs(mean - row["mean"]) < 1e-9 and abs(sd - row["sd"]) < 1e-9:
            found.append(tuple(own.tolist()))
    return found


def test_a_deviation_of_ranks_that_is_numbers_of_respondents_is_not_told() -> None:
    ranks = pd.DataFrame({"reasons:time": np.repeat([1, 2, 3, 1, 2, 3], [3, 12, 15, 10, 10, 10])})
    labels = np.repeat([1, 2], 30)
    fitted, table = measured(ranks, labels, "rank")
    whole = table[table["class"] == 1].iloc[0]
    assert solutions(whole, (1, 2, 3)) == [(3, 12, 15)]
    spreads, _ = telling_measures(fitted, {"characteristics": table}, SMALLEST)
    assert spreads == {"reasons:time"}


def test_a_deviation_of_many_values_is_told() -> None:
    random = np.random.default_rng(2)
    ages = pd.DataFrame({"age": random.integers(20, 70, 60)})
    fitted, table = measured(ages, np.repeat([1, 2], 30), "quantity")
    assert telling_measures(fitted, {"characteristics": table}, SMALLEST) == (set(), set())


def test_a_mean_that_only_one_table_has_is_not_told() -> None:
    """Of thirty, one with 1 and all others with 0: their mean says so by itself."""
    grades = pd.DataFrame({"children": np.repeat([0, 1, 0, 1], [29, 1, 15, 15])})
    fitted, table = measured(grades, np.repeat([1, 2], 30), "quantity")
    found = telling_measures(fitted, {"characteristics": table}, SMALLEST)
    assert found == ({"children"}, {"children"})


def crossings(sex: pd.Series, contract: pd.Series) -> list[dict[tuple[str, str], int]]:
    """Return all ways in which two and three answers with these numbers cross."""
    women, of = int(sex["f"]), contract.to_dict()
    return [
        {("f", "long"): women - none - short, ("m", "long"): of["long"] - women + none + short,
         ("f", "none"): none, ("m", "none"): of["none"] - none,
         ("f", "short"): short, ("m", "short"): of["short"] - short}
        for none in range(of["none"] + 1)
        for short in range(of["short"] + 1)
        if 0 <= women - none - short <= of["long"]
    ]  # fmt: skip


def model_of_two() -> tuple[pd.DataFrame, np.ndarray, pd.DataFrame]:
    random = np.random.default_rng(3)
    asked = pd.DataFrame({
        "sex": random.choice(["f", "m"], 200),
        "contract": random.choice(["long", "short", "none"], 200, p=[0.6, 0.34, 0.06]),
    })  # fmt: skip
    labels = random.choice([1, 2, 3], 200, p=[0.4, 0.35, 0.25])
    return asked, labels, multinomial_logit(design_matrix(asked), labels, reference=1).coefficients


def test_estimates_of_a_model_of_two_questions_are_solved_for_a_hidden_number() -> None:
    """Predicted answers add up to those given: of all crossings, in whole numbers in one alone."""
    asked, labels, told = model_of_two()
    found = set()
    for crossed in crossings(asked["sex"].value_counts(), asked["contract"].value_counts()):
        rare = sum(crossed[sex, "none"] * chances(told, sex, "none") for sex in "fm")
        women = sum(
            crossed["f", own] * chances(told, "f", own) for own in ("long", "short", "none")
        )
        if all(np.allclose(each, np.rint(each), atol=1e-6) for each in (rare, women)):
            found.add(tuple(np.rint(rare).astype(int).tolist()))
    given = pd.crosstab(asked["contract"], labels).loc["none"]
    assert found == {tuple(given.tolist())}


def chances(told: pd.DataFrame, sex: str, contract: str) -> np.ndarray:
    """Return the chances of the classes, from published estimates."""
    estimates = {(row["outcome"], row["term"]): row["estimate"] for row in told.to_dict("records")}
    terms = ["(intercept)", *(["sex: f"] if sex == "f" else []),
             *([f"contract: {contract}"] if contract != "long" else [])]  # fmt: skip
    scores = np.exp([0.0, *(sum(estimates[number, term] for term in terms) for number in (2, 3))])
    return np.asarray(scores / scores.sum())


@pytest.mark.parametrize(("touched", "tell"), [({"contract"}, True), ({"town"}, False)])
def test_a_model_of_few_questions_is_told_if_no_number_of_them_is_hidden(
    touched: set[str], tell: bool
) -> None:
    _, _, told = model_of_two()
    assert models_tell({"membership_coefficients": told}, touched) == tell


def test_a_model_of_many_questions_is_told() -> None:
    terms = [(f"q{at}", code) for at in range(8) for code in "abc"]
    told = pd.DataFrame(terms, columns=["variable", "category"])
    assert not models_tell({"membership_coefficients": told}, {"q1"})
