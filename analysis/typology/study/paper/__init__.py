"""What the paper tells of the study itself: who made it, of whom, when, how, with what money."""

from __future__ import annotations

from typology.study.paper.declared import Author, Paper
from typology.study.paper.journals import Journal, journal_of
from typology.study.paper.limits import LIMITED
from typology.study.paper.parts import OPTIONAL, PAPER_PARTS, PaperParts, paper_parts, unwritten

__all__ = [
    "LIMITED", "OPTIONAL", "PAPER_PARTS", "Author", "Journal", "Paper", "PaperParts", "journal_of",
    "paper_parts", "unwritten",
]  # fmt: skip
