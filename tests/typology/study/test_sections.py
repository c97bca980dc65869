"""What a study file may say: what holds where it says nothing, and what it may not say."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import BaseModel, ValidationError

from typology.study.sections import StudyFile, WeightColumn
from typology.words.number_conventions import Conventions

LEAST: dict[str, Any] = {
    "title": {"fr": "É", "en": "S"}, "questionnaire": "q.yml", "active": ["fears"],
    "missing": "own category", "axes": 2, "classes": 3, "seed": 1,
}  # fmt: skip


def said(**more: Any) -> StudyFile:
    return StudyFile.model_validate(LEAST | more)


def refused(model: type[BaseModel] = StudyFile, **more: Any) -> str:
    with pytest.raises(ValidationError) as caught:
        model.model_validate((LEAST if model is StudyFile else {}) | more)
    (error,) = caught.value.errors()
    return str(error["msg"])


def test_what_is_not_said_is_the_plain_case() -> None:
    plain = said()
    values = plain.model_dump(exclude={*LEAST, "paper"})
    assert values == {
        "responses": None, "results": "results", "simulated": False, "language": "fr",
        "respondent_column": None, "columns": {}, "ignored_columns": (), "absent_columns": (),
        "no_answer": (), "answer_words": {}, "decimal_mark": None, "margins": None,
        "weights": "none", "trim_weights": None, "published_sample": None, "reported_shares": None,
        "themes": None, "passive_below": 0,
        "exclusions": {
            "respondents": (), "max_missing_share": 50, "straight_liners": False,
            "duplicates": False, "tests": "leave out", "partial": "keep", "fastest": None,
            "languages": (), "consent": None,
        },
        "block_weights": "none", "consolidate": True, "short_form": None,
        "disclosure": {"smallest_cell": 5, "public_files": ()},
        "validity": {"resamples": 200, "null_replicates": 499, "imputations": 20},
        "models": {"characteristics": None, "reference": None, "reference_answers": {}},
        "subgroups": {}, "crossed": None, "types": (),
    }  # fmt: skip
    assert plain.conventions == Conventions()
    assert (plain.weight_source, plain.weight_column, plain.frequencies) == ("none", None, False)
    assert plain.sampling_columns == {}


@pytest.mark.parametrize(
    ("least", "key", "most"),
    [
        ({"validity": {"resamples": 2}}, {"validity": {"resamples": 1}}, None),
        ({"validity": {"null_replicates": 19}}, {"validity": {"null_replicates": 18}}, None),
        ({"validity": {"imputations": 2}}, {"validity": {"imputations": 1}}, None),
        ({"disclosure": {"smallest_cell": 1}}, {"disclosure": {"smallest_cell": 0}}, None),
        ({"passive_below": 0}, {"passive_below": -1}, None),
        ({"seed": 0}, {"seed": -1}, None),
        ({"short_form": 2}, {"short_form": 1}, None),
        ({"classes": 2}, {"classes": 1}, None),
        ({"exclusions": {"fastest": 0.01}}, {"exclusions": {"fastest": 0}}, None),
        ({"exclusions": {"max_missing_share": 0}}, {"exclusions": {"max_missing_share": -1}},
         {"exclusions": {"max_missing_share": 101}}),
        ({"exclusions": {"max_missing_share": 100}}, {"exclusions": {"max_missing_share": 0.5}},
         {"exclusions": {"max_missing_share": 100.1}}),
        ({"exclusions": {"max_missing_share": 1}}, {"exclusions": {"max_missing_share": 0.01}},
         {"exclusions": {"max_missing_share": 0.99}}),
        ({"models": {"reference": 1}}, {"models": {"reference": 0}},
         {"models": {"reference": True}}),
    ],
)  # fmt: skip
def test_bounds_are_those_that_are_told(
    least: dict[str, Any], key: dict[str, Any], most: dict[str, Any] | None
) -> None:
    said(**least)
    assert refused(**key)
    assert most is None or refused(**most)


@pytest.mark.parametrize(
    ("key", "value", "message"),
    [
        ("axes", True, "a number from 1, or a rule like 'greenacre >= 0.8'"),
        ("axes", 1.5, "a number from 1, or a rule like 'greenacre >= 0.8'"),
        ("classes", "many",
         "a whole number from 2, auto, or one of within_ratio, gain_ratio, krzanowski_lai"),
        ("classes", 1,
         "a whole number from 2, auto, or one of within_ratio, gain_ratio, krzanowski_lai"),
        ("answer_words", ["yes"], 'words and what they mean, like {"Rather agree": "Agree"}'),
        ("answer_words", {"yes": [1]}, 'words and what they mean, like {"Rather agree": "Agree"}'),
        ("weights", "all", "none, margins, or {column: name}"),
        ("weights", {"frequencies": True}, "none, margins, or {column: name}"),
        ("weights", {"column": "w", "more": 1}, "none, margins, or {column: name}"),
        ("trim_weights", [0.3], "two numbers around 1, like [0.3, 3]"),
        ("trim_weights", [1, 3], "two numbers around 1, like [0.3, 3]"),
        ("trim_weights", [0.3, 1], "two numbers around 1, like [0.3, 3]"),
        ("trim_weights", [-0.1, 3], "two numbers around 1, like [0.3, 3]"),
        ("trim_weights", [0.3, 3, 4], "two numbers around 1, like [0.3, 3]"),
        ("trim_weights", 3, "two numbers around 1, like [0.3, 3]"),
        ("exclusions", {"max_missing_share": 0.5},
         "a percentage, such as 50 for half of the items"),
        ("subgroups", {"sex": []}, "an answer, or a list of answers"),
        ("subgroups", {"sex": ["f", ""]}, "an answer, or a list of answers"),
        ("subgroups", {"sex": [True]}, "an answer, or a list of answers"),
        ("models", {"reference": 0}, "the id of a type, or the number of a class"),
        ("models", {"reference": 1.5}, "the id of a type, or the number of a class"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_told(key: str, value: object, message: str) -> None:
    assert refused(**{key: value}).removeprefix("Value error, ") == message


@pytest.mark.parametrize(
    ("weights", "message"),
    [
        ({"method": "Fay"}, "rho with the method Fay, and with it alone"),
        ({"method": "JK1", "rho": 0.5}, "rho with the method Fay, and with it alone"),
        ({"method": "JKn"}, "scales with the method JKn, and with it alone"),
        ({"method": "BRR", "scales": [1]}, "scales with the method JKn, and with it alone"),
    ],
)
def test_replicate_weights_have_what_their_method_needs(
    weights: dict[str, Any], message: str
) -> None:
    told = refused(WeightColumn, column="w", replicates={"columns": "r*", **weights})
    assert told.removeprefix("Value error, ") == message
    for right in ({"method": "Fay", "rho": 0}, {"method": "JKn", "scales": [0.5]},
                  {"method": "JK1"}):  # fmt: skip
        said(weights={"column": "w", "replicates": {"columns": "r*", **right}})


@pytest.mark.parametrize(
    ("weights", "message"),
    [
        ({"strata": "s", "replicates": {"columns": "r*", "method": "JK1"}},
         "either replicates, or strata and clusters"),
        ({"clusters": "c", "replicates": {"columns": "r*", "method": "JK1"}},
         "either replicates, or strata and clusters"),
        ({"frequencies": True, "strata": "s"}, "survey weights, without 'frequencies: true'"),
        ({"frequencies": True, "clusters": "c"}, "survey weights, without 'frequencies: true'"),
        ({"frequencies": True, "replicates": {"columns": "r*", "method": "JK1"}},
         "survey weights, without 'frequencies: true'"),
    ],
)  # fmt: skip
def test_respondents_were_drawn_in_one_way(weights: dict[str, Any], message: str) -> None:
    told = refused(WeightColumn, column="w", **weights)
    assert told.removeprefix("Value error, ") == message


def test_weights_are_those_of_a_column_of_margins_or_numbers_of_respondents() -> None:
    drawn = said(weights={"column": "w", "strata": "s", "clusters": "c"})
    assert (drawn.weight_source, drawn.weight_column, drawn.frequencies) == ("column", "w", False)
    assert drawn.sampling_columns == {"strata": "s", "clusters": "c"}
    made = WeightColumn(column="w", replicates={"columns": "r*", "method": "JK1"})  # type: ignore[arg-type]
    assert made.sampling_columns == {"replicates": "r*"}
    counted = said(weights={"column": "n", "frequencies": True})
    assert (counted.weight_source, counted.weight_column) == ("none", "n")
    assert counted.frequencies
    margins = said(weights="margins", margins="m.csv")
    assert (margins.weight_source, margins.weight_column) == ("margins", None)
    assert not margins.frequencies


def test_numbers_and_words_of_a_study_become_texts() -> None:
    study = said(
        answer_words={1: 2, "scale": {"Yep": 1, "No": None}, "x": 1.5, "y": None},
        subgroups={"sex": "f", "age": [30, "40", 30]},
        exclusions={"respondents": [12, " R1 "]},
        models={"reference": "bold"}, trim_weights=[0, 3],
        no_answer=["?"], decimal_mark=",",
    )  # fmt: skip
    assert study.answer_words == {
        "1": "2", "scale": {"Yep": "1", "No": ""}, "x": "1.5", "y": "",
    }  # fmt: skip
    assert study.subgroups == {"sex": ("f",), "age": ("30", "40")}
    assert study.exclusions.respondents == ("12", "R1")
    assert study.models.reference == "bold"
    assert study.trim_weights == (0, 3)
    assert study.conventions == Conventions(("?",), study.answer_words, ",")
    for criterion in ("auto", "within_ratio", "gain_ratio", "krzanowski_lai"):
        assert said(classes=criterion).classes == criterion
