"""What was asked: texts, scales, blocks of items, questions about the respondent."""

from __future__ import annotations

from typology.questionnaire.questionnaire import (
    LANGUAGES,
    Asked,
    Block,
    Identifier,
    Item,
    Language,
    Question,
    Questionnaire,
    Scale,
    Text,
)

__all__ = [
    "LANGUAGES",
    "Asked",
    "Block",
    "Identifier",
    "Item",
    "Language",
    "Question",
    "Questionnaire",
    "Scale",
    "Text",
]
