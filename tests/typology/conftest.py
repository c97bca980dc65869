from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from typology.exhibits.labels import Labels
from typology.results.pipeline import Analysis, run_pipeline
from typology.study import load_study

Explored = tuple[dict[str, pd.DataFrame], dict[str, Labels]]
"""What the explorer of a study is made from: tables, and labels by language."""


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
