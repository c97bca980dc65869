"""The terminal: what is printed there came out of files, and may not command it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from rich.console import Console, ConsoleOptions, RenderableType
from rich.segment import Segment
from rich.text import Text

from typology.words.visible_text import visible


class Terminal(Console):
    """A console that prints no control sequence but its own.

    An answer, a header, the name of a file or a title may hold an escape sequence, which would
    clear the screen, recolour it or rename the window.
    """

    def render_str(self, text: str, **options: Any) -> Text:
        """Return a text, before its width is measured."""
        return super().render_str(visible(text), **options)

    def render(
        self, renderable: RenderableType, options: ConsoleOptions | None = None
    ) -> Iterable[Segment]:
        """Return the parts of anything printed; those that move the cursor are the console's."""
        for part in super().render(renderable, options):
            yield part if part.control else Segment(visible(part.text), part.style)
