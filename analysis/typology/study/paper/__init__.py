"""What the paper tells of the study itself: who made it, of whom, when, how, with what money."""

from __future__ import annotations

from typology.study.paper.declared import Author, Paper
from typology.study.paper.parts import PARTS, Parts, paper_parts, unwritten

__all__ = ["PARTS", "Author", "Paper", "Parts", "paper_parts", "unwritten"]
