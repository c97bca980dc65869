"""Where answers lie, and the type they are given: small models, worked out by hand."""

from __future__ import annotations

from math import exp, sqrt
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from typology.fit.placing import item_categories, place_respondents, places_somebody
from typology.problems.problem import InputError
from typology.questionnaire.questionnaire import Questionnaire
from typology.results.saved_model import class_names, model_reading, read_model
from typology.tools.assign.assignment import (
    assign_by_short_form,
    assign_types,
    check_same_questionnaire,
)

TWO_AXES: dict[str, Any] = {
    "items": [{"item": "a"}, {"item": "b"}],
    "axes": {"centre": [0.5, -0.25], "total": 4.0},
    "categories": [
        {"item": "a", "category": "1", "scores": [2.0, 0.0], "term": 0.5},
        {"item": "a", "category": "2", "scores": [-1.0, 1.0], "term": 2.0},
        {"item": "b", "category": "1", "scores": [0.0, 3.0], "term": 1.0},
        {"item": "b", "category": "no answer", "scores": [1.0, 1.0], "term": 0.25},
    ],
}


def codes(**columns: list[int | None]) -> pd.DataFrame:
    return pd.DataFrame({name: pd.array(given, dtype="Int64") for name, given in columns.items()})


def test_a_respondent_lies_at_the_mean_score_less_the_centre():
    places = place_respondents(TWO_AXES, codes(a=[1, 2, None], b=[1, None, 2]))
    # (2, 3)/2 - c; (-1 + 1, 1 + 1)/2 - c; nothing known of either answer: -c
    assert places.coordinates.tolist() == [[0.5, 1.75], [-0.5, 1.25], [-0.5, 0.25]]
    inside = [0.25 + 3.0625, 0.25 + 1.5625, 0.25 + 0.0625]
    terms = [0.5 + 1.0, 2.0 + 0.25, 0.0]
    residual = [sqrt(4 + term - each) for term, each in zip(terms, inside, strict=True)]
    assert places.residual.tolist() == pytest.approx(residual)
    assert places.answered.tolist() == [2, 1, 1]


def test_an_item_without_a_column_is_not_answered():
    places = place_respondents(TWO_AXES, codes(a=[1]))
    assert places.coordinates.tolist() == [[1.0, 0.75]]  # (2 + 1, 0 + 1)/2 - c
    assert places.answered.tolist() == [1]
    assert item_categories(codes(a=[1, 2]), {"item": "b"}).tolist() == ["no answer"] * 2


@pytest.mark.parametrize(
    ("counts_as", "kinds", "answered"),
    [
        ("category", ["1", "no opinion", "no answer"], [1, 1, 0]),
        ("passive", ["1", "no opinion", "no answer"], [1, 0, 0]),
        ("missing", ["1", "no answer", "no answer"], [1, 0, 0]),
    ],
)
def test_a_dont_know_is_what_the_model_counts_it_as(
    counts_as: str, kinds: list[str], answered: list[int]
) -> None:
    asked = {"item": "a", "no_opinion": {"code": 9, "counts_as": counts_as}}
    items = codes(a=[1, 9, None])
    categories = item_categories(items, asked)
    assert categories.tolist() == kinds
    assert places_somebody(categories, asked).tolist() == [bool(each) for each in answered]
    model = {
        "items": [asked],
        "axes": {"centre": [0.0], "total": 0.0},
        "categories": [{"item": "a", "category": "1", "scores": [2.0], "term": 4.0},
                       {"item": "a", "category": "no opinion", "scores": [5.0], "term": 25.0}],
    }  # fmt: skip
    places = place_respondents(model, items)
    assert places.answered.tolist() == answered
    assert places.coordinates[:, 0].tolist() == [2.0, 0.0 if counts_as == "missing" else 5.0, 0.0]


def test_merged_codes_are_one_category() -> None:
    asked = {"item": "a", "merge": [{"category": "1..2", "codes": [1, 2]},
                                    {"category": "4..5", "codes": [4, 5]}]}  # fmt: skip
    items = codes(a=[1, 2, 3, 4, 5, None])
    merged = item_categories(items, asked)
    assert merged.tolist() == ["1..2", "1..2", "3", "4..5", "4..5", "no answer"]
    assert places_somebody(merged, asked).tolist() == [True] * 5 + [False]


def test_rounding_leaves_no_distance_below_zero():
    model = {**TWO_AXES, "axes": {"centre": [0.5, -0.25], "total": 0.0}}
    assert place_respondents(model, codes(a=[1], b=[1])).residual.tolist() == [0.0]


def one_axis(residuals: list[float]) -> dict[str, Any]:
    """A model of one item whose codes 1 to 4 lie at -2, 0, 1 and 5."""
    places = zip("1234", [-2.0, 0.0, 1.0, 5.0], residuals, strict=True)
    return {
        "items": [{"item": "a"}],
        "axes": {"centre": [0.0], "total": 0.0},
        "categories": [
            {"item": "a", "category": code, "scores": [at], "term": at**2 + left**2}
            for code, at, left in places
        ],
        "classes": [
            {"class": 1, "type": "calm", "centre": [-2.0], "names": {"en": "Calm", "fr": "Calmes"}},
            {"class": 2, "type": "", "centre": [1.0], "names": {"en": "", "fr": ""}},
        ],
        "spread": 2.0,
        "max_missing_share": 50,
        "limits": {
            "centre": {"farthest": 3.0, "unusual": 1.0},
            "axes": {"farthest": 2.0, "unusual": 1.5},
        },
    }


def test_a_respondent_has_the_type_of_the_nearest_centre():
    table = assign_types(one_axis([0.0] * 4), codes(a=[1, 2, 3, 4, None]), language="en")
    assert table["remark"].tolist() == ["", "", "", "none of the types", "too few answers"]
    assert table["class"].tolist() == [1, 2, 2, pd.NA, pd.NA]
    assert table["type"].tolist() == ["calm", "", "", "", ""]
    assert table["name"].tolist()[:3] == ["Calm", "Class 2", "Class 2"]
    assert table["nearest_class"].tolist() == [1, 2, 2, 2, 2]
    assert table["second_class"].tolist() == [2, 1, 1, 1, 1]
    assert table["second_name"].tolist() == ["Class 2", "Calm", "Calm", "Calm", "Calm"]
    assert table["distance_1"].tolist() == [0, 2, 3, 7, 2]
    assert table["distance_2"].tolist() == [3, 1, 0, 4, 1]
    assert table["answered"].tolist() == [1, 1, 1, 1, 0]
    between = exp(-1 / 4) / (exp(-1 / 4) + exp(-4 / 4))
    at_centre = 1 / (1 + exp(-9 / 4))
    np.testing.assert_allclose(table["confidence"], [at_centre, between, at_centre, np.nan, np.nan])
    assert list(table.columns) == [
        "respondent", "class", "type", "name", "confidence", "second_class", "second_name",
        "nearest_class", "distance_1", "distance_2", "distance_axes", "answered", "remark",
    ]  # fmt: skip


def test_what_the_axes_leave_out_may_be_unusual_too():
    table = assign_types(one_axis([1.5, 1.75, 2.5, 0.0]), codes(a=[1, 2, 3]), language="fr")
    assert table["remark"].tolist() == ["", "unusual", "none of the types"]
    assert table["distance_axes"].tolist() == pytest.approx([1.5, 1.75, 2.5])
    assert table["name"].tolist()[0] == "Calmes"


def test_a_place_as_far_as_the_farthest_of_the_sample_is_of_the_type():
    model = one_axis([2.0, 2.0, 1.5, 0.0])
    table = assign_types(model, codes(a=[1, 2, 3]), language="en")
    assert table["remark"].tolist() == ["unusual", "unusual", ""]


@pytest.mark.parametrize(("share", "remark"), [(50, ""), (49, "too few answers")])
def test_as_many_answers_as_the_study_allows_may_lack(share, remark):
    model = {**one_axis([0.0] * 4), "max_missing_share": share}
    model["items"] = [{"item": "a"}, {"item": "b"}]
    model["limits"] = {
        "centre": {"farthest": 9, "unusual": 9},
        "axes": {"farthest": 9, "unusual": 9},
    }
    table = assign_types(model, codes(a=[1, None], b=[None, None]), language="en")
    assert table["remark"].tolist() == [remark, "too few answers"]


SHORT_FORM: dict[str, Any] = {
    **one_axis([0.0] * 4),
    "short_form": {
        "start": [1, 2],
        "items": [
            {"item": "a", "codes": [1, 2], "points": [[5, 0], [0, 3]]},
            {"item": "b", "codes": [1, 2], "points": [[1, 1], [2, 0]]},
        ],
        "classes": [{"class": 1, "correct_share": 80.0}, {"class": 2, "correct_share": 60.0}],
    },
}


def test_the_type_with_most_points_is_given_and_the_more_frequent_of_equal_ones():
    items = codes(a=[1, 2, None, None], b=[1, 2, 2, None])
    table = assign_by_short_form(SHORT_FORM, items, language="en")
    # start 1, 2; answers 5 + 1, 0 + 1; 0 + 2, 3 + 0; 2, 0; nothing
    assert table["points_1"].tolist() == [7, 3, 3, 1]
    assert table["points_2"].tolist() == [3, 5, 2, 2]
    assert table["class"].tolist() == [1, 2, 1, pd.NA]
    assert table["confidence"].tolist() == [0.8, 0.6, 0.8, pd.NA]
    assert table["second_class"].tolist() == [2, 1, 2, 1]
    assert table["answered"].tolist() == [2, 2, 1, 0]
    assert table["remark"].tolist() == ["", "", "", "too few answers"]
    equal = assign_by_short_form(SHORT_FORM, codes(b=[2, 1]).assign(a=pd.NA), language="en")
    assert equal["class"].tolist() == [1, 2]
    tie = {**SHORT_FORM, "short_form": {**SHORT_FORM["short_form"], "start": [2, 4]}}
    assert assign_by_short_form(tie, codes(b=[2]), language="en")["class"].tolist() == [2]


def asked(**changes: Any) -> Questionnaire:
    items = [{"id": "a", "en": "It is hot"}, {"id": "b", "en": "It is cheap"}]
    return Questionnaire.model_validate(
        {
            "title": {"en": "Coffee"},
            "scales": {"s": [{"code": at, "en": str(at)} for at in (1, 2)]},
            "blocks": [{"id": "hopes", "title": {"en": "Hopes"}, "scale": "s",
                        "direction": "favourable", "items": changes.get("items", items)}],
        }
    )  # fmt: skip


def test_a_questionnaire_is_compared_item_by_item_with_that_of_the_model():
    item = {"item": "a", "codes": [1, 2], "fr": "", "en": "it is  HOT"}
    other = {"item": "b", "codes": [1, 2], "fr": "", "en": "It is dear"}
    assert check_same_questionnaire({"items": [item]}, asked(), where="q.yml") == ()
    assert check_same_questionnaire({"items": [item, other]}, asked(), where="q.yml") == (
        "Worded differently from the model: b.",
    )
    with pytest.raises(InputError) as caught:
        check_same_questionnaire({"items": [other]}, asked(), where="q.yml")
    (reworded,) = caught.value.problems
    remedy = "Give the questionnaire of the study that made the model."
    assert str(reworded) == (
        f"q.yml: found other wordings of b, expected the items of the model. {remedy}"
    )
    wrong = [{**item, "codes": [1, 2, 3]}, {**item, "item": "c"}]
    with pytest.raises(InputError) as caught:
        check_same_questionnaire({"items": wrong}, asked(), where="q.yml")
    codes_differ, absent = caught.value.problems
    assert str(codes_differ) == (
        f"q.yml › a: found the codes 1, 2, expected the codes of the model (1, 2, 3). {remedy}"
    )
    assert str(absent) == (
        f"q.yml › c: found a questionnaire without it, expected an item of the model. {remedy}"
    )


@pytest.mark.parametrize("text", ["[" * 100_000, "[1]", '"text"', "\ufeff{}", "null"])
def test_another_file_is_no_model(tmp_path: Path, text: str):
    path = tmp_path / "model.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_model(path)
    (problem,) = caught.value.problems
    assert (problem.row, problem.column, problem.where) == ("", "", str(path))
    assert problem.value == "another file"
    assert "model.json in the results of a run" in problem.expected
    assert "--model" in problem.remedy


def test_a_model_tells_how_its_study_reads():
    reading = {
        "no_answer": ["?"], "answer_words": {"s": {"yes": "1"}}, "decimal_mark": ",",
        "ignored_columns": ["note"], "absent_columns": ["sex"], "weight_column": "w",
    }  # fmt: skip
    read = model_reading({"respondent_column": "id", "reading": reading})
    assert (read.respondent_column, read.no_answer, read.decimal_mark) == ("id", ("?",), ",")
    assert read.answer_words == {"s": {"yes": "1"}}
    assert (read.ignored_columns, read.absent_columns) == (("note", "w"), ("sex",))
    former = model_reading({"respondent_column": None})
    assert (former.respondent_column, former.no_answer, former.answer_words) == (None, (), {})
    assert (former.decimal_mark, former.ignored_columns, former.absent_columns) == (None, (), ())


def test_a_class_has_a_name_in_the_language_or_another_or_its_number():
    names = [{"fr": "Calmes", "en": "Calm"}, {"fr": "Vifs", "en": ""}, {}]
    model = {"classes": [{"class": at, "names": each} for at, each in enumerate(names, 1)]}
    assert class_names(model, "en") == {1: "Calm", 2: "Vifs", 3: "Class 3"}
