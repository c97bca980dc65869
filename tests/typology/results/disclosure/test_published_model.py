"""The model as it may leave: scores, terms, centres and shares that are told, by hand."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
import pandas as pd
import pytest

from typology.results.disclosure import published_model as module
from typology.results.disclosure.pattern import ALL, Pattern
from typology.results.disclosure.published_model import published_model

ANSWERS = pd.MultiIndex.from_tuples([("A", 1), ("A", 2), ("A", 9), ("B", 1), ("B", 2)])
MASSES = np.array([0.1, 0.4, 0.0, 0.3, 0.2])


def fitted() -> Any:
    """Ten respondents, two items of weights 1.5 and 0.5; the answer 9 of A is passive."""
    mca = SimpleNamespace(
        column_counts_=pd.Series([2, 8, 1, 6, 4], ANSWERS),
        column_weights_=pd.Series(20 * MASSES, ANSWERS),
        column_roles_=pd.Series(["active", "active", "passive", "active", "active"], ANSWERS),
        column_coordinates_=pd.DataFrame(
            [[0.4, 1.0], [-0.1, 0.5], [9.0, 9.0], [0.2, -0.6], [-0.3, 0.8]], ANSWERS
        ),
        variable_weights_=pd.Series({"A": 1.5, "B": 0.5}),
        eigenvalues_=np.array([0.25, 0.16]), n_respondents_=10,
    )  # fmt: skip
    return SimpleNamespace(axes=SimpleNamespace(mca=mca))


def model() -> dict[str, Any]:
    return {
        "axes": {"eigenvalues": [0.25], "centre": [7.0], "total": 7.0, "more": 1},
        "categories": [
            {"item": item, "category": str(code), "role": role, "scores": [5.0], "term": term}
            for (item, code), role, term in zip(
                ANSWERS, ["active", "active", "passive", "active", "active"],
                [1.5 * (1 / 0.4 - 1), 1.5 * (1 / 1.6 - 1), 0.0, 0.5 * (1 / 1.2 - 1),
                 0.5 * (1 / 0.8 - 1)], strict=True,
            )
        ],
        "classes": [{"class": 1, "share": 61.234, "centre": [1.0]},
                    {"class": 2, "share": 38.766, "centre": [2.0]}],
        "spread": 0.123456, "sample": {"n": 10},
    }  # fmt: skip


PLACES = 1000.0  # so that a step is the finest, 0.001
CENTRES = {1: np.array([0.12345, 9.0]), 2: np.array([-0.5, 9.0])}


def told(**hidden: Any) -> dict[str, Any]:
    before = model()
    given = model()
    found = published_model(given, fitted(), Pattern(5, places=PLACES, centres=CENTRES, **hidden))
    assert given == before
    return found


SCORES = np.array([1.5 * 0.4 / 0.5, 1.5 * -0.1 / 0.5, 0, 0.5 * 0.2 / 0.5, 0.5 * -0.3 / 0.5])


def test_where_the_rule_is_lifted_the_model_stays() -> None:
    given = model()
    found = published_model(given, fitted(), Pattern(1, classes=frozenset({1})))
    assert found == given
    assert found is not given


def test_all_is_made_of_the_places_that_are_told_on_the_axes_kept() -> None:
    found = told()
    scores = [each["scores"] for each in found["categories"]]
    np.testing.assert_allclose([*scores[:2], *scores[3:]], SCORES[[0, 1, 3, 4], np.newaxis])
    assert scores[2] == [5.0]  # passive: as it was
    assert found["axes"]["centre"] == pytest.approx([MASSES @ SCORES])
    assert found["axes"]["total"] == pytest.approx(1.5 * 0.5 + 0.5 * 0.5)
    assert (found["axes"]["eigenvalues"], found["axes"]["more"]) == ([0.25], 1)
    assert [each["centre"] for each in found["classes"]] == [[0.12345], [-0.5]]
    assert [each["share"] for each in found["classes"]] == [61.234, 38.766]
    assert (found["spread"], found["sample"]) == (0.123, {"n": 10})
    assert [each["term"] for each in found["categories"]] == [
        each["term"] for each in model()["categories"]
    ]


def test_terms_of_hidden_numbers_are_those_of_equal_ones() -> None:
    found = told(cells=frozenset({("A", "1", ALL), ("A", "2", ALL), ("B", "1", 1)}))
    equal = 1.5 * (1 / (4 * 0.25) - 1)
    terms = [each["term"] for each in found["categories"]]
    assert terms[:2] == pytest.approx([equal, equal])
    assert terms[3:] == [each["term"] for each in model()["categories"]][3:]
    assert found["axes"]["centre"] == pytest.approx(
        [0.25 * (SCORES[0] + SCORES[1]) + 0.3 * SCORES[3] + 0.2 * SCORES[4]]
    )


def test_a_class_whose_size_is_hidden_has_no_centre_nor_share() -> None:
    found = told(classes=frozenset({2}))
    assert found["classes"] == [
        {"class": 1, "share": 61.234, "centre": [0.12345]},
        {"class": 2, "share": None, "centre": None},
    ]
    lacking = published_model(model(), fitted(), Pattern(5, places=PLACES, centres={1: CENTRES[1]}))
    assert lacking["classes"][1] == {"class": 2, "share": None, "centre": None}


def test_a_weighted_model_is_made_of_numbers_as_coarse_as_the_tables() -> None:
    found = told(weighted=True, unweighed=frozenset({2}))
    assert found["classes"] == [
        {"class": 1, "share": 61.2, "centre": [0.123]},
        {"class": 2, "share": None, "centre": [-0.5]},
    ]
    # Shares of an item's answers to 0.1 percent: as they are here, so are the masses.
    np.testing.assert_allclose(
        [each["term"] for each in found["categories"]],
        [each["term"] for each in model()["categories"]],
    )
    assert found["axes"]["total"] == pytest.approx(1.0)
    none = told(weighted=True, classes=frozenset({1}))
    assert none["classes"][0] == {"class": 1, "share": None, "centre": None}


def test_an_answer_of_hardly_any_weight_is_told_as_a_twentieth_of_a_percent() -> None:
    items = {"A": 1.5, "B": 0.5}
    for mass in (0.1, 0.4, 1e-9):
        each = {"item": "A", "term": module._term(mass, items, "A")}
        assert module._mass(each, items) == pytest.approx(mass)
    given = model()
    given["categories"][0]["term"] = module._term(1e-7, items, "A")
    pattern = Pattern(5, places=PLACES, centres=CENTRES)
    coarse = module._as_told_weighted(given, fitted(), pattern)
    assert coarse["categories"][0]["term"] == pytest.approx(module._term(0.05 / 200, items, "A"))
    assert coarse["categories"][0]["scores"] == [5.0]
