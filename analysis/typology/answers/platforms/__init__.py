"""Answer files of survey platforms, read as tables of text."""

from __future__ import annotations

from typology.answers.platforms.reading import read_tables
from typology.answers.platforms.table import AnswerTable

__all__ = ["AnswerTable", "read_tables"]
