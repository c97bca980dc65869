"""The interactive explorer: one page that works offline."""

from __future__ import annotations

from typology.documents.explorer.page import explorer_document, explorer_html

__all__ = [
    "explorer_document",
    "explorer_html",
]
