from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from typology.labels import Labels
from typology.pipeline import run_pipeline
from typology.study import load_study

Explored = tuple[dict[str, pd.DataFrame], dict[str, Labels]]
"""What the explorer of a study is made from: tables, and labels by language."""


def explored(study_file: Path) -> Explored:
    study = load_study(study_file)
    analysis = run_pipeline(study, validity=False)
    names = {
        language: Labels(analysis.questionnaire, language, study.type_names)
        for language in analysis.questionnaire.languages
    }
    return analysis.tables, names


@pytest.fixture(scope="session")
def physicians(project: Path) -> Explored:
    """The study of the project, in two languages."""
    return explored(project / "analysis" / "study.yml")


@pytest.fixture(scope="session")
def personality(project: Path) -> Explored:
    """Another one: 2,800 respondents, a six-point scale, four axes, English only."""
    return explored(project / "tests" / "bfi_study" / "study.yml")
