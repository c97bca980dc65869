from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from typology.labels import Labels
from typology.pipeline import run_pipeline
from typology.study import load_study


@pytest.fixture(scope="session", params=["analysis/study.yml", "tests/bfi_study/study.yml"])
def run(request: pytest.FixtureRequest, project: Path) -> tuple[dict[str, pd.DataFrame], Labels]:
    """The tables of a study, with its labels in French."""
    analysis = run_pipeline(load_study(project / request.param), validity=False)
    return analysis.tables, Labels(analysis.questionnaire, "fr", analysis.study.type_names)
