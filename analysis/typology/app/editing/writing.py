"""The questionnaire of a study written anew, if it reads without a fault."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from typology.app.received import as_file
from typology.app.shelf import OpenStudy
from typology.app.yaml_lines import with_content
from typology.questionnaire import Questionnaire
from typology.questionnaire.file import load_questionnaire, questionnaire_from_mapping
from typology.study import check_study


def write_questionnaire(study: OpenStudy, content: Mapping[str, Any]) -> str:
    """Write what a questionnaire is to say; return the name of its file.

    `InputError` is raised, and nothing written, where the command would refuse it.
    """
    path = study.load().questionnaire_path
    with study.alone():
        new = with_content(path.read_text(encoding="utf-8-sig"), content).encode("utf-8")
        with as_file(path.name, new) as draft:
            asked = load_questionnaire(draft)
        check_study(study.load(), asked)
        study.write(path, new)
    return path.name


def check_questionnaire(study: OpenStudy, content: Mapping[str, Any]) -> Questionnaire:
    """Return what would be written, as it would be read; `InputError` where it would be refused."""
    loaded = study.load()
    asked = questionnaire_from_mapping(content, where=loaded.questionnaire_path.name)
    check_study(loaded, asked)
    return asked
