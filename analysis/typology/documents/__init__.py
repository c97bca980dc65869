"""What the documents of a study say and show: a page opens one, and shows exhibits by name."""

from __future__ import annotations

from typology.documents.document import Document, open_document

__all__ = ["Document", "open_document"]
