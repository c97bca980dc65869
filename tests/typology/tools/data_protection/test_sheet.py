"""The data protection sheet says what the study says, and shows what is to be written."""

from __future__ import annotations

from pathlib import Path

import pytest

from typology.questionnaire.file import load_questionnaire
from typology.study import load_study
from typology.tools.data_protection.sheet import SECTIONS, data_protection_sheets


@pytest.mark.parametrize(
    ("name", "said", "mark"),
    [
        ("data_protection-fr.md", "Aucun effectif de moins de 5 répondants", "à écrire"),
        ("data_protection-en.md", "No number of fewer than 5 respondents", "to write"),
    ],
)
def test_the_sheet_of_the_shipped_study(project: Path, name: str, said: str, mark: str) -> None:
    study = load_study(project / "analysis" / "study.yml")
    sheet = data_protection_sheets(study, load_questionnaire(study.questionnaire_path))[name]
    assert sheet.count("\n## ") == len(SECTIONS)
    assert said in sheet
    assert "`data/private/pseudonyms.key`" in sheet
    assert "`results/private/`" in sheet
    assert sheet.count(mark) >= 8


def test_a_study_in_one_language_has_one_sheet(project: Path) -> None:
    study = load_study(project / "analysis" / "study.yml")
    asked = load_questionnaire(study.questionnaire_path)
    in_english = asked.model_copy(update={"languages": ("en",)})
    assert set(data_protection_sheets(study, in_english)) == {"data_protection-en.md"}
