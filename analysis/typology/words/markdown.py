"""Text put into Markdown: as it is, with every sign that Markdown would read as its own escaped."""

from __future__ import annotations

import re

from typology.words.visible_text import one_line

_SIGNS = r"\\`*_{}\[\]<>|~^$@#&"
# Besides: what would be typeset as one dash, or make a link of an address.
_READ = re.compile(rf"([{_SIGNS}]|-(?=-)|(?<=\w):(?=\S))")
# At the beginning of a paragraph: what would make a list, a title, a rule or a division.
_MARKER = re.compile(r"^([-+:%=])(?=[-+:%= ]|$)")
_NUMBERED = re.compile(r"^(\(?(?:\d+|[A-Za-z]|[ivxlcdm]+|[IVXLCDM]+))([.)])(?= |$)")
_ESCAPED = re.compile(rf"\\([{_SIGNS}\-+:%=.)])")


class Written(str):
    """Text that inline code of a document shows as it is, no-break spaces included.

    Quarto shows the code itself where inline code returns nothing: no text is an empty comment.

    >>> Written("")._repr_markdown_()
    '<!-- -->'
    """

    __slots__ = ()

    def _repr_markdown_(self) -> str:
        return str(self) or "<!-- -->"


def escape_markdown(text: str) -> str:
    r"""Return a text that Pandoc's Markdown prints unchanged, on one line.

    It has no control characters, see `typology.words.visible_text`.

    >>> print(escape_markdown("a|b *c* @d"))
    a\|b \*c\* \@d
    >>> print(escape_markdown("- {{< meta x >}}"))
    \- \{\{\< meta x \>\}\}
    """
    line = one_line(re.sub(" +", " ", text))
    escaped = _READ.sub(r"\\\1", line)
    return _NUMBERED.sub(r"\1\\\2", _MARKER.sub(r"\\\1", escaped))


def plain_text(markdown: str) -> str:
    r"""Return sentences written for Markdown as a terminal or an attribute shows them.

    Their only marks are those of `escape_markdown`.

    >>> plain_text(escape_markdown("a_b, 1. c: C:\\d"))
    'a_b, 1. c: C:\\d'
    """
    return _ESCAPED.sub(r"\1", markdown)
