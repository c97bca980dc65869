"""The terminal: what is printed there came out of files, and may not command it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from rich.console import Console, ConsoleOptions, RenderableType
from rich.segment import Segment
from rich.text import Text

from typology.words.visible_text import visible

# Rich breaks lines at spaces that do not break: they pass through it as letters of no language.
_UNBROKEN = str.maketrans({"\u00a0": "\ue0a0", "\u202f": "\ue0af"})
_SPACED = str.maketrans({"\ue0a0": "\u00a0", "\ue0af": "\u202f"})


class Terminal(Console):
    """A console that prints no control sequence but its own, and keeps French lines whole.

    An answer, a header, the name of a file or a title may hold an escape sequence, which would
    clear the screen, recolour it or rename the window.
    """

    def render_str(self, text: str, **options: Any) -> Text:
        """Return a text, before its width is measured."""
        return super().render_str(visible(text).translate(_UNBROKEN), **options)

    def render(
        self, renderable: RenderableType, options: ConsoleOptions | None = None
    ) -> Iterable[Segment]:
        """Return the parts of anything printed; those that move the cursor are the console's."""
        if isinstance(renderable, Text):
            renderable = renderable.copy()
            renderable.plain = renderable.plain.translate(_UNBROKEN)
        for part in super().render(renderable, options):
            shown = visible(part.text.translate(_SPACED))
            yield part if part.control else Segment(shown, part.style)
