"""Where the examples of other instruments are, if this copy has them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typology.documents.document import Document

_EXAMPLES = Path("data", "examples")
"""Below the folder that holds the documents."""


def example(document: Document, *names: str) -> Path | None:
    """Return a file or a folder of the examples, None where this copy has none."""
    path = document.folder.parent.joinpath(_EXAMPLES, *names)
    return path if path.exists() else None
