"""What runs after the documents are rendered: their site is kept, or put back as it was."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from typology.cli.console import Terminal
from typology.cli.console_text import make_readable
from typology.documents.rendered.frozen_pages import clear_frozen
from typology.documents.rendered.kept_site import finish_render
from typology.files.interruption import stops_raised


def main() -> None:
    """Keep the site that was rendered, or put back the one that nothing changed."""
    make_readable((sys.stdout, sys.stderr))
    documents = Path.cwd()
    output = documents / os.environ["QUARTO_PROJECT_OUTPUT_DIR"]
    with stops_raised():
        clear_frozen(documents)
        if finish_render(documents, output):
            # Quarto, which made no page, says nothing of it.
            Terminal(stderr=True).print(os.path.relpath(output / "index.html"))
