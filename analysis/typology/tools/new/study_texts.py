"""The files of a new study, as texts."""

from __future__ import annotations

from pathlib import Path
from string import Template
from typing import Any

from typology.files.output_places import PRIVATE_FOLDER
from typology.questionnaire import Questionnaire
from typology.study.keys.schemas import schema_line, schema_name
from typology.study.sections import StudyFile
from typology.tools.new.draft import Draft
from typology.tools.new.expected_types import SEED, declared_types, simulation_design
from typology.tools.new.explained_yaml import Explained, comment, named_lines
from typology.tools.simulate.files import DESIGN, RESPONSES
from typology.words import word

QUESTIONNAIRE, STUDY, README, GITIGNORE = (
    "questionnaire.yml",
    "study.yml",
    "README.md",
    ".gitignore",
)
SCHEMAS, DOCUMENTS = "schemas", "documents"

_IGNORED = f"""\
# Real answers stay on this machine.
/{PRIVATE_FOLDER}/*
!/{PRIVATE_FOLDER}/.gitkeep
# Made by `typology run` and `quarto render`.
/results/
.*.typology-*
/{DOCUMENTS}/_site/
/{DOCUMENTS}/.quarto/
/{DOCUMENTS}/**/*_files/
/{DOCUMENTS}/_freeze/
/{DOCUMENTS}/_study/
/{DOCUMENTS}/drawings/
/{DOCUMENTS}/*.quarto_ipynb
/{DOCUMENTS}/*.typ
!/{DOCUMENTS}/journal.typ
__pycache__/
"""


def study_texts(draft: Draft) -> dict[str, str]:
    """Return the text of each file that a study is made of, by its name in the folder."""
    return {
        QUESTIONNAIRE: _questionnaire(draft),
        STUDY: _study(draft),
        DESIGN: _simulation(draft),
    }


def folder_texts(title: str, language: str) -> dict[str, str]:
    """Return the text of each file that goes with any study, by its name in the folder."""
    return {
        README: readme(title, language),
        GITIGNORE: _IGNORED,
        f"{PRIVATE_FOLDER}/.gitkeep": "",
    }


def schema_path(file: str) -> str:
    """Return where the folder of a study has the schema of one of its files."""
    return f"{SCHEMAS}/{schema_name(file)}"


def readme(title: str, language: str) -> str:
    """Return what a new study says to whoever opens its folder."""
    text = Path(__file__).with_name(f"readme-{language}.md").read_text(encoding="utf-8")
    return Template(text).substitute(title=title)


def _active_blocks(draft: Draft) -> list[str]:
    """Return the blocks that make the types: those for and against, or all of them."""
    leaning = [block["id"] for block in draft.blocks if block["direction"] != "neutral"]
    return leaning or [block["id"] for block in draft.blocks]


def _questionnaire(draft: Draft) -> str:
    return _file(draft, "questionnaire", Questionnaire, draft.questionnaire)


def _study(draft: Draft) -> str:
    active = _active_blocks(draft)
    values: dict[str, Any] = {
        "title": draft.questionnaire["title"],
        "questionnaire": QUESTIONNAIRE,
        "responses": RESPONSES,
        "results": "results",
        "simulated": True,
        "language": draft.languages[0],
        "respondent_column": "respondent",
        "active": active,
        "missing": "passive category",
        "passive_below": 5,
        "axes": "benzecri >= 0.9",
        "classes": len(draft.types) or "auto",
        "seed": SEED,
    }
    if draft.types:
        values["types"] = declared_types(draft, active)
    # What the paper says of the study: who was asked is in many of its sentences.
    values["paper"] = {
        "respondents": {each: word("usual_respondents", each) for each in draft.languages}
    }
    return _file(draft, "study", StudyFile, values)


def _simulation(draft: Draft) -> str:
    [language, *_] = draft.languages
    lines = comment(word("simulation_explained", language))
    for key, value in simulation_design(draft).items():
        lines += ["", *comment(word("simulation_key", language, key)), *named_lines(key, value)]
    return "\n".join(lines) + "\n"


def _file(draft: Draft, file: str, model: type[Any], values: Any) -> str:
    [language, *_] = draft.languages
    lines = [schema_line(schema_path(file)), *comment(word("file_explained", language, file))]
    lines += Explained(language, draft.languages).lines(model, values)
    return "\n".join(lines) + "\n"
