from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from typology.exhibits.labels import Labels
from typology.results.pipeline import Analysis, run_pipeline
from typology.study import load_study

Explored = tuple[dict[str, pd.DataFrame], dict[str, Labels]]
"""What the explorer of a study is made from: tables, and labels by language."""

BROWSER = next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
)
DRIVER = shutil.which("chromedriver")
FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """A real browser without a window, with all that its pages say in its log."""
    if BROWSER is None or DRIVER is None:
        pytest.skip("No Chromium with its chromedriver on PATH: the page was not opened.")
    webdriver = pytest.importorskip(
        "selenium.webdriver", reason="The package selenium (extra: test) is not installed."
    )
    service = pytest.importorskip("selenium.webdriver.chrome.service").Service
    options = webdriver.ChromeOptions()
    options.binary_location = BROWSER
    for flag in (*FLAGS, f"--user-data-dir={tmp_path_factory.mktemp('profile')}"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    driver = webdriver.Chrome(options=options, service=service(DRIVER))
    yield driver
    driver.quit()


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
