"""The site of a study of one language, rendered by Quarto itself, without its results."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from adapted_study import STUDIES, write_study
from leftovers import leftovers
from typology.study import load_study
from typology.tools.new.new_folder import write_contents
from typology.tools.new.pages import document_sources
from typology.tools.run import run_study

QUARTO = shutil.which("quarto")
pytestmark = pytest.mark.skipif(
    QUARTO is None, reason="Quarto is not on PATH: the documents were not rendered."
)
SOURCES = Path(__file__).parents[2] / "quarto"
SHARED = {"index", "questionnaire", "short-form", "explorer"}
SITES = {
    "en": SHARED | {f"{page}-en" for page in ("article", "supplement", "methods", "reference",
                                              "validity", "reproduction", "checklists")},
    "fr": SHARED | {"article-fr", "supplement", "methods", "reference", "validity",
                    "reproduction", "checklists"},
}  # fmt: skip
OF_THE_OTHER = {
    "fr": r"\b(?:English|Home|Methods|Validity)\b",
    "en": r"\b(?:français|Accueil|Méthodes)\b",
}
HEADINGS = {"fr": "Refaire l’étude", "en": "Running the study again"}


@pytest.fixture(scope="module", params=SITES)
def site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of a made-up study in one language, whose folder has the pages of both."""
    folder = tmp_path_factory.mktemp(request.param)
    sources = document_sources(["fr", "en"])
    write_contents(folder, {f"quarto/{name}": content for name, content in sources.items()})
    study = replace(STUDIES["one block"], languages=(request.param,))
    run_study(load_study(write_study(study, folder)), n_jobs=1)
    done = subprocess.run(
        [str(QUARTO), "render", "quarto", "--no-execute", "--to", "html"],
        cwd=folder, capture_output=True, text=True, timeout=1200, check=False,
        env={
            **os.environ, "QUARTO_PYTHON": sys.executable,
            "PYTHONPATH": os.pathsep.join(
                str(SOURCES.parent / package) for package in ("analysis", "R-free")
            ),
        },
    )  # fmt: skip
    assert done.returncode == 0, (done.stdout + done.stderr)[-4000:]
    return folder / "quarto" / "_site"


def test_it_has_the_pages_of_its_language_and_leads_to_no_other(
    site: Path, request: pytest.FixtureRequest
) -> None:
    language = request.node.callspec.params["site"]
    pages = {page.stem: page.read_text(encoding="utf-8") for page in site.glob("*.html")}
    assert set(pages) == SITES[language]
    for name, html in pages.items():
        assert re.search(rf'<html[^>]* lang="{language}', html), name
        linked = re.findall(r'href="(?:\./)?([\w-]+)\.(?:html|qmd)', html)
        assert set(linked) <= set(pages), name
        told = re.sub(r"<(script|style|pre|code).*?</\1>", "", html, flags=re.DOTALL)
        assert not re.search(OF_THE_OTHER[language], told), name
        around = re.sub(r"<title>.*?</title>|<main.*</main>", "", told, flags=re.DOTALL)
        assert not leftovers(around), name
    assert HEADINGS[language] in pages["index"]
    assert {"fr": "Une autre étude", "en": "Another study"}[language] in pages["index"]
    for name, html in pages.items():
        main = re.sub(r"<(script|style).*?</\1>", "", html, flags=re.DOTALL)
        assert not leftovers(main), name
