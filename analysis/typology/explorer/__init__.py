"""The interactive explorer: one page that works offline."""

from typology.explorer.page import explorer_document, explorer_html

__all__ = ["explorer_document", "explorer_html"]
