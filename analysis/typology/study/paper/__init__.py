"""What the paper tells of the study itself: who made it, of whom, when, how, with what money."""

from __future__ import annotations

from typology.study.paper.declared import Author, Paper
from typology.study.paper.journals import Journal, journal_of
from typology.study.paper.limits import LIMITS
from typology.study.paper.parts import OPTIONAL, PARTS, Parts, paper_parts, unwritten

__all__ = [
    "LIMITS", "OPTIONAL", "PARTS", "Author", "Journal", "Paper", "Parts", "journal_of",
    "paper_parts", "unwritten",
]  # fmt: skip
