"""A model read back: what is no model, how the answers are read, what the classes are called."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from typology.problems import InputError
from typology.results.saved_model import (
    MODEL_VERSION,
    ModelReading,
    accuracy_sentence,
    class_names,
    model_reading,
    read_model,
)

PARTS = (
    "simulated", "questionnaire", "missing", "max_missing_share", "respondent_column", "items",
    "axes", "categories", "classes", "spread", "limits", "sample", "short_form",
)  # fmt: skip
WHOLE = {"version": MODEL_VERSION, **dict.fromkeys(PARTS)}


def refused(path: Path, content: Any = None) -> str:
    """Return what was found instead of a model; the rest is always said alike."""
    if content is not None:
        path.write_text(content if isinstance(content, str) else json.dumps(content))
    with pytest.raises(InputError) as caught:
        read_model(path)
    (problem,) = caught.value.problems
    assert (problem.row, problem.column, problem.where) == ("", "", str(path))
    assert problem.expected == (
        "a model of this version of typology (model.json in the results of a run)"
    )
    assert problem.remedy == "Run `typology run`, or give the file with the option --model."
    return str(problem.value)


def test_a_model_is_read_as_it_was_written(tmp_path: Path) -> None:
    path = tmp_path / "model.json"
    path.write_text(json.dumps(WHOLE | {"more": "é"}, ensure_ascii=False), encoding="utf-8")
    assert read_model(path) == WHOLE | {"more": "é"}


def test_what_is_no_model_is_said(tmp_path: Path) -> None:
    path = tmp_path / "model.json"
    assert refused(path) == refused(tmp_path) == ""
    path.write_bytes(b"\xff\xfe")
    assert refused(path) == "another file"
    assert refused(path / "below") == ""
    for content in ("words", "[" * 100_000, ["version"], 2, {}, {"name": 1}):
        assert refused(path, content) == "another file"
    for version in (1, 3, "2"):
        assert refused(path, WHOLE | {"version": version}) == f"version {version}"


@pytest.mark.parametrize("part", PARTS)
def test_a_model_lacks_no_part(tmp_path: Path, part: str) -> None:
    lacking = {name: value for name, value in WHOLE.items() if name != part}
    assert refused(tmp_path / "model.json", lacking) == f"a model without {part}"


def test_all_parts_that_a_model_lacks_are_named(tmp_path: Path) -> None:
    path = tmp_path / "model.json"
    told = refused(path, {"version": MODEL_VERSION})
    assert told == f"a model without {', '.join(PARTS)}"


def test_an_old_model_says_the_column_of_the_respondents_alone() -> None:
    assert model_reading({"respondent_column": "who"}) == ModelReading("who")
    assert ModelReading() == ModelReading(None, (), {}, None, (), (), {}, {})


def test_answers_are_read_as_the_model_says() -> None:
    said = {
        "no_answer": ["?", "-"], "answer_words": {"yes": 1}, "decimal_mark": ",",
        "ignored_columns": ["Page*"], "absent_columns": ["fears"], "weight_column": None,
        "columns": {"A1": "First"}, "exclusions": {"least": 3},
    }  # fmt: skip
    read = ModelReading(
        None, ("?", "-"), {"yes": 1}, ",", ("Page*",), ("fears",), {"A1": "First"}, {"least": 3}
    )
    assert model_reading({"respondent_column": None, "reading": said}) == read
    weighted = model_reading({"respondent_column": None, "reading": said | {"weight_column": "w"}})
    assert weighted.ignored_columns == ("Page*", "w")


def test_a_class_has_its_name_or_that_of_the_other_language_or_its_number() -> None:
    model = {"classes": [
        {"class": 1, "names": {"fr": "Prudents", "en": "Careful"}},
        {"class": 2, "names": {"fr": "", "en": "Bold"}},
        {"class": 4, "names": {}}, {"class": 5, "names": {"fr": "", "en": ""}},
    ]}  # fmt: skip
    assert class_names(model, "fr") == {1: "Prudents", 2: "Bold", 4: "Classe 4", 5: "Classe 5"}
    assert class_names(model, "en") == {1: "Careful", 2: "Bold", 4: "Class 4", 5: "Class 5"}


@pytest.mark.parametrize("agreeing", [{}, {"agreeing": None}, {"agreeing": [91, 88]}])
def test_how_often_the_short_form_gives_the_type(agreeing: dict[str, Any]) -> None:
    form = {"size": 6, "accuracy": 87.6, "kappa": 0.814, **agreeing}
    model = {"short_form": form, "items": [0] * 49}
    told = (
        "These 6 items out of 49 give 88% of respondents the same type as the whole questionnaire "
        "(kappa 0.81), with rounded points, cross-validated."
    )
    if agreeing.get("agreeing"):
        told += (
            " The points as printed tell nothing of small numbers: in the sample they give 88% of "
            "respondents their type, against 91% with those that were validated."
        )
    assert accuracy_sentence(model, "en") == told
    assert accuracy_sentence(model, "fr").startswith("Ces 6 énoncés sur 49 donnent")
