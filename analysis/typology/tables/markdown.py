"""Text put into Markdown as it is: every sign that Markdown would read as its own is escaped."""

from __future__ import annotations

import re

_SIGNS = re.compile(r"([\\`*_{}\[\]<>|~^$@#])")


def escape_markdown(text: str) -> str:
    r"""Return a text that Pandoc's Markdown prints unchanged, on one line.

    Parameters
    ----------
    text : str
        Words of a questionnaire, a number, a type's name.

    Returns
    -------
    str

    Examples
    --------
    >>> print(escape_markdown("a|b *c* @d"))
    a\|b \*c\* \@d
    """
    return _SIGNS.sub(r"\\\1", re.sub(r"[ \t\r\n]+", " ", text))
