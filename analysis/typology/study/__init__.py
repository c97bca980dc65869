"""What was decided: the study file, its rules, margins and published figures."""

from __future__ import annotations

from typology.study.paths import usual_questionnaire
from typology.study.study import (
    Study,
    check_study,
    load_study,
    problems_of_blocks,
    study_language,
)

__all__ = [
    "Study",
    "check_study",
    "load_study",
    "problems_of_blocks",
    "study_language",
    "usual_questionnaire",
]
