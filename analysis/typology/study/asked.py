"""The questionnaire that a path names: its own file, or that of a study."""

from __future__ import annotations

from pathlib import Path

from typology.problems import InputError
from typology.questionnaire import Questionnaire
from typology.questionnaire.file import is_questionnaire, load_questionnaire
from typology.study.study import Study, check_study, load_study


def load_asked(
    path: Path, *, responses: Path | None = None, language: str | None = None
) -> tuple[Questionnaire, Study | None]:
    """Return what was asked, and the study if the path names one; answers are not read.

    Parameters
    ----------
    path : Path
        A questionnaire, or a study (file or folder).
    responses, language
        As for `typology.study.load_study`.

    Raises
    ------
    InputError
        With every problem of the study file and of the questionnaire.
    """
    if is_questionnaire(path):
        return load_questionnaire(path), None
    study = load_study(path, responses=responses, language=language, for_checking=True)
    absent = [each for each in study.absent_files if each.where.endswith("› questionnaire")]
    if absent:
        raise InputError(absent)
    questionnaire = load_questionnaire(study.questionnaire_path)
    questionnaire = questionnaire.without(study.choices.absent_columns)
    check_study(study, questionnaire)
    return questionnaire, study
