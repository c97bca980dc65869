"""Signs that no reader sees but that command what shows them: each is made visible."""

from __future__ import annotations

import re

SHOWN_AS = "\N{REPLACEMENT CHARACTER}"
"""What stands where such a sign was: one sign for one, in every font and file."""

# All control characters but tab and line feed, marks that turn the direction of writing round,
# separators that programs take for line ends, halves of letters, what XML forbids.
_COMMANDS = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)

INVISIBLE = re.compile("[\u200b-\u200f\u2060\ufeff\u00ad]")
"""Signs that no reader sees and that command nothing: left out where texts are compared."""

_SPACES = re.compile(r"[ \t\r\n]*[\t\r\n][ \t\r\n]*")


def visible(text: str) -> str:
    r"""Return a text without signs that command a terminal, a page or a file.

    It is as long as the text: a sign of command is shown as U+FFFD. Tabs and line feeds stay.

    >>> visible("\x1b[31mred") == SHOWN_AS + "[31mred"
    True
    >>> visible("two\nlines\tand l'été 😀")
    "two\nlines\tand l'été 😀"
    """
    return _COMMANDS.sub(SHOWN_AS, text)


def one_line(text: str) -> str:
    r"""Return a text on one line, as a label is printed.

    Line ends and tabs are spaces, as in HTML; other signs of command are visible.

    >>> one_line("My family\r\n  life\t is easier")
    'My family life is easier'
    """
    return visible(_SPACES.sub(" ", text))


def shorten(text: str, length: int = 60) -> str:
    """Return a text cut to a length, dots showing the cut."""
    return text if len(text) <= length else text[: length - 3] + "..."
