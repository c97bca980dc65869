"""Terms of a regression from a table of characteristics."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from rfree.membership.design_matrix import design_matrix


def _table() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "practice": ["solo", "group", "group", None, "msp", "solo", "group"],
            "teaches": [True, False, True, False, False, False, True],
            "age": [31.0, 40, np.nan, 60, 52, 45, 38],
        },
        index=list("abcdefg"),
    )


def test_terms_are_named_and_compared_with_the_most_frequent_category() -> None:
    design = design_matrix(_table(), units={"age": 10})
    assert design.terms["term"].tolist() == [
        "practice: msp",
        "practice: solo",
        "teaches: True",
        "age (per 10)",
    ]
    # Of the five complete rows, two are solo and two are in a group: the first in order.
    assert design.terms["reference"].tolist() == ["group", "group", "False", ""]
    assert design.matrix.index.tolist() == ["a", "b", "e", "f", "g"]


def test_the_reference_is_by_choice() -> None:
    design = design_matrix(_table(), references={"practice": "msp"})
    assert design.terms["reference"].tolist()[:2] == ["msp", "msp"]
    assert design.matrix["practice: solo"].tolist() == [1, 0, 0, 1, 0]


def test_missing_answers_are_counted_and_left_out_or_a_category() -> None:
    left_out = design_matrix(_table())
    assert left_out.missing["missing"].tolist() == [1, 0, 1]
    assert left_out.n_left_out == 2
    category = design_matrix(_table(), no_answer="category")
    assert "practice: no answer" in category.matrix
    assert category.kept.tolist() == [True, True, False, True, True, True, True]


def test_the_table_is_not_modified() -> None:
    table = _table()
    design_matrix(table, units={"age": 10}, no_answer="category")
    pd.testing.assert_frame_equal(table, _table())


def test_all_wrong_options_are_named_at_once() -> None:
    with pytest.raises(ValueError, match=r"'sex'.*'practice'"):
        design_matrix(_table(), references={"sex": "f"}, units={"practice": 2.0})


def test_a_reference_that_nobody_has_is_refused() -> None:
    with pytest.raises(ValueError, match=r"'centre'.*group, msp, solo"):
        design_matrix(_table(), references={"practice": "centre"})


def test_a_characteristic_that_does_not_vary_is_refused() -> None:
    with pytest.raises(ValueError, match=r"do not vary.*same"):
        design_matrix(_table().assign(same="x"))


def test_combined_terms_are_refused() -> None:
    table = _table().assign(older=_table()["age"] + 10)
    with pytest.raises(ValueError, match="combinations of others"):
        design_matrix(table)


def test_nobody_complete_is_refused() -> None:
    with pytest.raises(ValueError, match="every characteristic"):
        design_matrix(pd.DataFrame({"a": ["x", None], "b": [None, "y"]}))


def test_every_table_of_a_design_by_hand() -> None:
    table = _table()
    design = design_matrix(
        table, references={"teaches": "True"}, units={"age": 10}, no_answer="category"
    )
    assert design.respondents.tolist() == list("abcdefg")
    assert design.kept.tolist() == [True, True, False, True, True, True, True]
    assert design.n_left_out == 1
    assert design.matrix.index.tolist() == list("abdefg")
    assert design.matrix.columns.tolist() == [
        "practice: msp", "practice: solo", "practice: no answer", "teaches: False", "age (per 10)",
    ]  # fmt: skip
    expected = [
        [0, 1, 0, 0, 3.1], [0, 0, 0, 1, 4], [0, 0, 1, 1, 6], [1, 0, 0, 1, 5.2], [0, 1, 0, 1, 4.5],
        [0, 0, 0, 0, 3.8],
    ]  # fmt: skip
    np.testing.assert_allclose(design.matrix, expected)
    assert {kind.kind for kind in design.matrix.dtypes} == {"f"}
    np.testing.assert_allclose(design.with_intercept, np.insert(expected, 0, 1, axis=1))
    terms = design.terms
    assert list(terms.columns) == ["term", "variable", "category", "reference", "unit"]
    assert terms["variable"].tolist() == ["practice"] * 3 + ["teaches", "age"]
    assert terms["category"].tolist() == ["msp", "solo", "no answer", "False", ""]
    assert terms["reference"].tolist() == ["group"] * 3 + ["True", ""]
    assert terms["unit"].tolist()[-1] == 10
    assert terms["unit"].isna().tolist() == [True] * 4 + [False]
    missing = design.missing
    assert list(missing.columns) == ["variable", "missing", "treatment"]
    assert missing["variable"].tolist() == ["practice", "teaches", "age"]
    assert missing["missing"].tolist() == [1, 0, 1]
    assert missing["treatment"].tolist() == ["category", "category", "left out"]


def test_respondents_without_an_answer_are_left_out_unless_told_otherwise() -> None:
    design = design_matrix(_table())
    assert design.missing["treatment"].tolist() == ["left out"] * 3
    assert design.kept.tolist() == design_matrix(_table(), no_answer="left out").kept.tolist()
    assert "practice: no answer" not in design.matrix
    # A unit of 1 is none.
    assert design.terms["term"].tolist()[-1] == "age"
    assert design_matrix(_table(), units={"age": 1}).terms["term"].tolist()[-1] == "age"
    assert design_matrix(_table(), units={"age": 2.5}).terms["term"].tolist()[-1] == "age (per 2.5)"


def test_no_answer_may_be_what_most_gave_or_the_reference() -> None:
    table = pd.DataFrame({"a": [None, None, None, "x", "y"]})
    design = design_matrix(table, no_answer="category")
    assert design.terms["reference"].tolist() == ["no answer"] * 2
    assert design.terms["category"].tolist() == ["x", "y"]
    told = design_matrix(table, no_answer="category", references={"a": "x"})
    assert told.terms["category"].tolist() == ["y", "no answer"]
    # Who answered "no answer" in words is of that category, and it is there once.
    words = pd.DataFrame({"a": ["no answer", "x", None, "x", "y", "y", "y"]})
    design = design_matrix(words, no_answer="category")
    assert design.terms["category"].tolist() == ["no answer", "x"]
    assert design.matrix["a: no answer"].tolist() == [1, 0, 1, 0, 0, 0, 0]


def test_numbers_and_orders_of_categories() -> None:
    table = pd.DataFrame(
        {
            "whole": pd.array([1, 2, 4, 3, 9, 5], dtype="Int64"),
            "level": pd.Categorical(list("cabcab"), ["c", "b", "a", "unused"]),
            "yes": [True, True, False, True, False, True],
        }
    )
    terms = design_matrix(table).terms
    assert terms["term"].tolist() == ["whole", "level: b", "level: a", "yes: False"]
    assert terms["reference"].tolist() == ["", "c", "c", "True"]


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"references": {"age": "30"}}, "references: no categorical column 'age'"),
        ({"references": {"practise": "solo"}}, r"'practise' \(did you mean 'practice'\?\)"),
        ({"units": {"sex": 2}}, "units: no numeric column 'sex'"),
        ({"units": {"agee": 2}}, r"'agee' \(did you mean 'age'\?\)"),
        ({"units": {"age": 0}}, "units: 'age' must be above zero"),
        ({"units": {"age": -1}}, "units: 'age' must be above zero"),
        ({"units": {"age": np.inf}}, "units: 'age' must be above zero"),
        ({"no_answer": "kept"}, "no_answer is 'kept'; expected 'left out' or 'category'"),
        ({"references": {"practice": "centre"}}, "nobody kept has 'centre' for 'practice'"),
    ],
)
def test_each_wrong_option_is_told(options: dict[str, object], told: str) -> None:
    with pytest.raises(ValueError, match=told):
        design_matrix(_table(), **options)  # type: ignore[arg-type]


def test_combined_terms_are_named() -> None:
    table = _table().assign(older=lambda t: 2 * t["age"] + 10, yet=lambda t: t["age"])
    with pytest.raises(ValueError, match=r"\(5 respondents, 6 terms\); for instance: ") as raised:
        design_matrix(table)
    named = str(raised.value).partition("instance: ")[2].partition(".")[0].split(", ")
    assert len(named) == 2
    assert set(named) < {"intercept", "age", "older", "yet"}
    # Nearly is not: a billionth part of a term of its own is enough.
    random = np.random.default_rng(1)
    age = random.normal(size=30)
    apart = pd.DataFrame({"a": age, "b": age + 1e-7 * random.normal(size=30)})
    assert design_matrix(apart).matrix.shape == (30, 2)
    apart["b"] = age + 1e-11 * random.normal(size=30)
    with pytest.raises(ValueError, match="combinations"):
        design_matrix(apart)


def test_columns_whose_names_are_numbers_are_those_of_the_same_texts() -> None:
    table = pd.DataFrame({0: list("uuvvu"), 1: [1.0, 2, 3, 4, 9]})
    named = table.set_axis(["0", "1"], axis=1)
    ours = design_matrix(table, references={0: "v"}, units={1: 2})
    expected = design_matrix(named, references={"0": "v"}, units={"1": 2})
    pd.testing.assert_frame_equal(ours.matrix, expected.matrix)
    pd.testing.assert_frame_equal(ours.terms, expected.terms)
    assert ours.matrix["0: u"].tolist() == [1, 1, 0, 0, 1]


@pytest.mark.parametrize(
    ("table", "twice"),
    [
        ({"0": list("xyxy"), 0: list("xxyy")}, "columns or terms that read the same: '0'"),
        ({"a": [1, "1", "z", "z"]}, "categories of 'a' that read the same: '1'"),
        ({"a": ["b: c", "z", "z", "z"], "a: b": ["z", "c", "z", "z"]}, "'a: b: c'"),
    ],
)
def test_two_terms_of_one_name_are_told_rather_than_made_one(
    table: dict[object, list[object]], twice: str
) -> None:
    with pytest.raises(ValueError, match=twice):
        design_matrix(pd.DataFrame(table))


def test_a_reference_may_be_the_number_that_the_category_is_or_an_empty_text() -> None:
    grade = pd.DataFrame({"grade": pd.Categorical([1, 2, 2, 3])})
    assert (design_matrix(grade, references={"grade": 1}).terms["reference"] == "1").all()
    text = pd.DataFrame({"said": ["", "a", "a"]})
    assert design_matrix(text, references={"said": ""}).terms["reference"].tolist() == [""]


@pytest.mark.parametrize(
    ("column", "error", "told"),
    [
        ([1.0, 2, np.inf, 3], ValueError, "infinite numbers in: 'd'"),
        (pd.date_range("2020", periods=4), TypeError, "neither numbers nor categories: 'd'"),
        (np.arange(4) * 1j, TypeError, "neither numbers nor categories: 'd'"),
    ],
)
def test_what_is_no_finite_number_makes_no_term(
    column: object, error: type[Exception], told: str
) -> None:
    with pytest.raises(error, match=told):
        design_matrix(pd.DataFrame({"d": column}))
