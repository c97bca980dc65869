"""The model of a run read back, without what is needed to fit or to use one."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from typology.problems import InputError, Problem
from typology.words import number, word
from typology.words.number_conventions import AnswerWords
from typology.words.phrases import all_of, phrase
from typology.words.written_numbers import Mark

MODEL_VERSION = 2
"""Changed whenever the contents of the file mean something else."""

_MODEL_PARTS = (
    "simulated", "questionnaire", "missing", "max_missing_share", "respondent_column", "items",
    "axes", "categories", "classes", "spread", "limits", "sample", "short_form",
)  # fmt: skip
"""What every model holds."""


def read_model(path: Path) -> dict[str, Any]:
    """Read the model of a run, as `typology.results.model_file.model_content` makes it.

    Raises InputError if there is none, it is no model, or that of another version.
    """
    expected = phrase("a model of this version of typology (model.json in the results of a run)")
    remedy = phrase("Run `typology run`, or give the file with the option --model.")
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except (FileNotFoundError, IsADirectoryError, NotADirectoryError):
        raise InputError(Problem("", "", "", expected, remedy, str(path))) from None
    except (ValueError, RecursionError):
        found = phrase("another file")
        raise InputError(Problem("", "", found, expected, remedy, str(path))) from None
    if not isinstance(content, dict) or content.get("version") != MODEL_VERSION:
        found = phrase("another file")
        if isinstance(content, dict) and "version" in content:
            found = phrase("version {version}", version=content["version"])
        raise InputError(Problem("", "", found, expected, remedy, str(path)))
    absent = [name for name in _MODEL_PARTS if name not in content]
    if absent:
        found = phrase("a model without {parts}", parts=all_of(absent))
        raise InputError(Problem("", "", found, expected, remedy, str(path)))
    return content


@dataclass(frozen=True)
class ModelReading:
    """How the answers of a study are read, as its model tells."""

    respondent_column: str | None = None
    no_answer: tuple[str, ...] = ()  # words that mean "no answer"
    answer_words: AnswerWords = field(default_factory=dict)  # and what they mean
    decimal_mark: Mark | None = None
    ignored_columns: tuple[str, ...] = ()  # names or patterns
    absent_columns: tuple[str, ...] = ()  # blocks and questions that were not asked
    columns: Mapping[str, str] = field(default_factory=dict)  # of items, where declared
    exclusions: Mapping[str, Any] = field(default_factory=dict)  # whom the study leaves out


def model_reading(model: Mapping[str, Any]) -> ModelReading:
    """Return how the answers of a model's study are read.

    Models written before this was kept tell the column of the respondents alone. The column of the
    weights, which place nobody, is among those not read.
    """
    said = model.get("reading", {})
    weights = said.get("weight_column")
    ignored = [*said.get("ignored_columns", []), *([weights] if weights else [])]
    return ModelReading(
        model["respondent_column"],
        tuple(said.get("no_answer", [])),
        said.get("answer_words", {}),
        said.get("decimal_mark"),
        tuple(ignored),
        tuple(said.get("absent_columns", [])),
        said.get("columns", {}),
        said.get("exclusions", {}),
    )


def class_names(model: Mapping[str, Any], language: str) -> dict[int, str]:
    """Return the name of each class of a model, or "Class 3" where it has none."""
    return {
        each["class"]: each["names"].get(language)
        or next(filter(None, each["names"].values()), "")
        or word("class_number", language, number=each["class"])
        for each in model["classes"]
    }


def accuracy_sentence(model: Mapping[str, Any], language: str) -> str:
    """Say how often the short form gives the type of the full form."""
    form = model["short_form"]
    validated = word(
        "short_form_accuracy",
        language,
        items=form["size"],
        of=len(model["items"]),
        accuracy=number(form["accuracy"], language, 0),
        kappa=number(form["kappa"], language, 2),
    )
    if not form.get("agreeing"):
        return validated
    before, told = (number(each, language, 0) for each in form["agreeing"])
    return f"{validated} {word('short_form_told', language, before=before, told=told)}"
