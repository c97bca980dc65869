from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from operator import index
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from typology.exhibits.labels import Labels
from typology.problems import Problem
from typology.results.pipeline import Analysis, run_pipeline
from typology.study import load_study
from typology.words.phrases import Phrase

READ_OR_WRITTEN = tuple(
    f"typology.{room}." for room in ("files", "questionnaire", "study", "answers", "results")
)
"""Rooms whose problems are those of a file, not of the command or of what is typed into it."""

Explored = tuple[dict[str, pd.DataFrame], dict[str, Labels]]
"""What the explorer of a study is made from: tables, and labels by language."""


@pytest.fixture(scope="session", autouse=True)
def whole_messages() -> Iterator[None]:
    """Whatever a test makes the package say is whole, in every test.

    No sentence says "None". A problem is made of texts, ends in sentences that have their French,
    counts cells; one of a file says where it is, unless the system refuses it without naming it.
    """
    make_phrase, make_problem = Phrase.__new__, Problem.__init__

    def checked_phrase(
        cls: type[Phrase], text: str, template: str = "", values: Mapping[str, object] | None = None
    ) -> Phrase:
        values = {} if values is None else values
        assert isinstance(text, str)
        assert all(value is not None for value in values.values()), (template, values)
        return make_phrase(cls, text, template, values)

    def checked_problem(problem: Problem, *given: Any, **named: Any) -> None:
        make_problem(problem, *given, **named)
        maker = sys._getframe(1).f_globals["__name__"]
        if maker.split(".")[0] in {"typology", "dataclasses"}:  # tests make others
            texts = problem.row, problem.column, problem.value, problem.where
            assert all(isinstance(text, str) for text in texts), texts
            sentences = problem.expected, problem.remedy
            assert all(isinstance(text, Phrase) for text in sentences), sentences
            assert index(problem.count) >= 0
            assert isinstance(problem.study_lines, Mapping)
            of_a_file = maker.startswith(READ_OR_WRITTEN)
            assert problem.place or not of_a_file or maker.endswith(".write_errors"), problem

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Phrase, "__new__", checked_phrase)
        patch.setattr(Problem, "__init__", checked_problem)
        yield


@pytest.fixture(scope="session")
def shipped(project: Path) -> Analysis:
    """The study of the project, in two languages, without the stage of validity."""
    return run_pipeline(load_study(project / "analysis" / "study.yml"), validity=False)


@pytest.fixture(scope="session")
def bfi(project: Path) -> Analysis:
    """Another one: 2,800 respondents, a six-point scale, four axes, English only."""
    return run_pipeline(load_study(project / "tests" / "bfi_study" / "study.yml"), validity=False)


@pytest.fixture(scope="session", params=["shipped", "bfi"])
def run(request: pytest.FixtureRequest) -> tuple[dict[str, pd.DataFrame], Labels]:
    """The tables of a study, with its labels in French."""
    analysis: Analysis = request.getfixturevalue(request.param)
    return analysis.tables, Labels(
        analysis.fitted.questionnaire, "fr", analysis.fitted.study.type_names
    )


@pytest.fixture(scope="session")
def physicians(shipped: Analysis) -> Explored:
    """The study of the project as its explorer takes it."""
    return _explored(shipped)


@pytest.fixture(scope="session")
def personality(bfi: Analysis) -> Explored:
    """The other study as its explorer takes it."""
    return _explored(bfi)


def _explored(analysis: Analysis) -> Explored:
    fitted = analysis.fitted
    names = {
        language: Labels(fitted.questionnaire, language, fitted.study.type_names)
        for language in fitted.questionnaire.languages
    }
    return analysis.tables, names
