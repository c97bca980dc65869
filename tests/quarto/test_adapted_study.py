"""Every page, run on studies of other blocks than those of the project's own questionnaire."""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
import yaml
from pages import Page, pages
from test_documents import executed

from typology.run import run_study
from typology.study import load_study

pytest.importorskip("great_tables", reason='pages need great_tables: pip install ".[paper]"')

PAGES = pages(Path(__file__).parents[2] / "quarto")
CITED = re.compile(r"@((?:tbl|fig)-[\w-]*\w)")
SHOWN = re.compile(r"\{#((?:tbl|fig)-[\w-]+)")
OWN_BLOCKS = re.compile(r"\b(?:expectations|fears|feelings|attentes|craintes)\b", re.IGNORECASE)
# What tells of the study itself, and is marked so for whoever adapts it.
STORY = re.compile(r"\A---\n.*?\n---\n|<!--.*?-->", re.DOTALL)
RESPONDENTS, SEED = 90, 5


@dataclass(frozen=True)
class Adapted:
    """A study of someone else: active and supplementary blocks by id, with their titles."""

    active: dict[str, tuple[str, str]]
    supplementary: dict[str, tuple[str, str]]
    characteristic: bool


STUDIES = {
    "renamed": Adapted(
        {"hopes": ("Espoirs", "Hopes"), "the_worries": ("Soucis du métier", "Worries at work")},
        {"beliefs": ("Croyances", "Beliefs")},
        True,
    ),
    "one block": Adapted({"types": ("Ouverture", "Openness")}, {}, False),
}


@pytest.fixture(scope="module", params=STUDIES, ids=str)
def adapted(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the documents of an adapted study, with its results."""
    study = STUDIES[request.param]
    folder = tmp_path_factory.mktemp("adapted")
    shutil.copytree(
        PAGES[0].path.parent,
        folder / "quarto",
        ignore=shutil.ignore_patterns("_site", ".quarto", "drawings", "*_files"),
    )
    files = {"questionnaire.yml": questionnaire(study), "study.yml": study_file(study)}
    for name, content in files.items():
        (folder / name).write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")
    answers(study).to_csv(folder / "responses.csv", index_label="respondent")
    run_study(load_study(folder / "study.yml"))
    return folder / "quarto"


def questionnaire(study: Adapted) -> dict[str, Any]:
    points = (("Non", "No"), ("Peut-être", "Perhaps"), ("Oui", "Yes"))
    blocks = {**study.active, **study.supplementary}
    sex = {
        "id": "sex", "type": "single", "fr": "Sexe", "en": "Sex",
        "choices": [
            {"code": "f", "fr": "Femme", "en": "Woman"},
            {"code": "m", "fr": "Homme", "en": "Man"},
        ],
    }  # fmt: skip
    return {
        "title": {"fr": "Une autre étude", "en": "Another study"},
        "scales": {
            "three": [
                {"code": code, "fr": fr, "en": en} for code, (fr, en) in enumerate(points, start=1)
            ]
        },
        "blocks": [
            {
                "id": block,
                "title": {"fr": fr, "en": en},
                "scale": "three",
                "direction": "favourable",
                "items": [
                    {"id": f"{block}{each}", "fr": f"{fr} {each}", "en": f"{en} {each}"}
                    for each in "abcdef"
                ],
            }
            for block, (fr, en) in blocks.items()
        ],
        "respondent": [sex] if study.characteristic else [],
    }


def study_file(study: Adapted) -> dict[str, Any]:
    return {
        "title": {"fr": "Une autre étude", "en": "Another study"},
        "questionnaire": "questionnaire.yml",
        "responses": "responses.csv",
        "respondent_column": "respondent",
        "active": [*study.active],
        "missing": "own category",
        "axes": 2,
        "classes": 3,
        "seed": SEED,
        "validity": {"resamples": 4, "null_replicates": 19, "imputations": 2},
    }


def answers(study: Adapted) -> pd.DataFrame:
    """Answers that one attitude commands, with some noise."""
    rng = np.random.default_rng(SEED)
    attitude = rng.normal(size=(RESPONDENTS, 1))
    names = [
        f"{block}{each}" for block in (*study.active, *study.supplementary) for each in "abcdef"
    ]
    felt = attitude + rng.normal(scale=0.7, size=(RESPONDENTS, len(names)))
    codes = 1 + (felt > -0.5).astype(int) + (felt > 0.5)
    table = pd.DataFrame(codes, columns=names)
    if study.characteristic:
        table["sex"] = rng.choice(["f", "m"], RESPONDENTS)
    return table


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


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.path.stem)
def test_code_of_the_pages_names_no_block(page: Page) -> None:
    assert not OWN_BLOCKS.search("\n".join(page.cells))


@pytest.mark.parametrize("name", ["methods", "methods-en", "validity", "validity-en"])
def test_prose_on_methods_names_no_block(name: str) -> None:
    page = next(page for page in PAGES if page.path.stem == name)
    assert not OWN_BLOCKS.search(STORY.sub("", page.text))


@pytest.mark.parametrize(
    ("name", "heading"), [("article-fr", "Méthodes"), ("article-en", "Methods")]
)
def test_articles_name_blocks_by_hand_before_the_methods_only(name: str, heading: str) -> None:
    page = next(page for page in PAGES if page.path.stem == name)
    story, _, rest = page.text.partition(f"\n## {heading}\n")
    assert rest
    assert not OWN_BLOCKS.search(rest)
    assert story.count("<!--") == 2
