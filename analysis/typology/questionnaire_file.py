"""The former name of `typology.questionnaire.file`, for scripts written against it."""

from typology.questionnaire.file import load_questionnaire

__all__ = ["load_questionnaire"]
