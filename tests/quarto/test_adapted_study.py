"""Every page, run on studies of other blocks than those of the project's own questionnaire."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from adapted_study import STUDIES, write_study
from leftovers import leftovers
from pages import Page, executed, pages
from short_runs import run_shortly
from typology.study import load_study

pytest.importorskip("great_tables", reason='pages need great_tables: pip install ".[paper]"')

PAGES = pages(Path(__file__).parents[2] / "quarto")
CITED = re.compile(r"@((?:tbl|fig)-[\w-]*\w)")
SHOWN = re.compile(r"\{#((?:tbl|fig)-[\w-]+)")
OWN_BLOCKS = re.compile(r"\b(?:expectations|fears|feelings|attentes|craintes)\b", re.IGNORECASE)


@pytest.fixture(scope="module", params=STUDIES, ids=str)
def adapted(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the documents of an adapted study, with its results."""
    study = STUDIES[request.param]
    folder = tmp_path_factory.mktemp("adapted")
    shutil.copytree(
        PAGES[0].path.parent,
        folder / "quarto",
        ignore=shutil.ignore_patterns("_site", "_freeze", ".quarto", "drawings", "*_files"),
    )
    run_shortly(load_study(write_study(study, folder)))
    return folder / "quarto"


def test_pages_hold_and_cite_only_what_they_show(
    adapted: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(adapted)
    for page in pages(adapted):
        values = [value for value in executed(page) if value is not None]
        # Where inline code returns nothing at all, Quarto shows the code.
        assert all(value._repr_markdown_() for value in values), page.path
        shown = "\n".join(map(str, values))
        cited = page.references | set(CITED.findall(shown))
        labels = set(SHOWN.findall(shown))
        assert {each for each in cited if each.startswith(("tbl-", "fig-"))} <= labels, page.path
        told = shown.split("<script")[0]
        assert not OWN_BLOCKS.search(told), page.path
        assert not leftovers(shown), page.path


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.path.stem)
def test_code_of_the_pages_names_no_block(page: Page) -> None:
    assert not OWN_BLOCKS.search("\n".join(page.cells))


@pytest.mark.parametrize("name", ["methods", "methods-en", "validity", "validity-en"])
def test_prose_on_methods_names_no_block(name: str) -> None:
    page = next(page for page in PAGES if page.path.stem == name)
    assert not OWN_BLOCKS.search(page.text)


@pytest.mark.parametrize(
    "page",
    # What tells of the examples stays in the project: `typology new` leaves it out.
    [page for page in PAGES if not page.path.stem.startswith("instruments")],
    ids=lambda page: page.path.stem,
)
def test_no_page_tells_of_one_study(page: Page) -> None:
    assert not leftovers(page.text)
