"""What a Markdown file may hold to be put into the paper: prose, and nothing that runs."""

from __future__ import annotations

import re
from collections.abc import Iterator

from typology.words.phrases import Phrase, phrase

_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_MATHS = re.compile(r"(?<!\\)\$\$.+?\$\$|(?<!\\)\$(?=\S)[^$\n]*?(?<=\S)\$(?!\d)", re.DOTALL)
_SAFE_AUTOLINK = re.compile(r"<(?:https?://[^\s<>\"]+|(?:mailto:)?[^\s<>\"@:/]+@[^\s<>\"@:/]+)>")
_LINK = re.compile(r"\]\(\s*<?(?!https?://|mailto:|#)[^)]*\)?")

# What would run, hide, move or be lost where the paper is made, in the order it is looked for.
_REFUSED: tuple[tuple[re.Pattern[str], Phrase], ...] = (
    (re.compile(r"\{\{<|>\}\}"), phrase("a shortcode of Quarto")),
    (re.compile(r"^[ \t>*+-]*(?:```|~~~)", re.MULTILINE), phrase("a block of code")),
    (re.compile(r"`\s*(?:\{|(?:r|python|julia)\s)|`\{"), phrase("code that would run")),
    (re.compile(r"\{\s*=\s*\w+"), phrase("raw code of a page")),
    (re.compile(r"^[ \t>*+-]*:{3,}", re.MULTILINE), phrase("a division (:::)")),
    (re.compile(r"!\["), phrase("an image")),
    (re.compile(r"[\])`*_]\{|\{\s*[.#]"), phrase("an attribute in braces")),
    (re.compile(r"^ {0,3}\[(?!\^)[^\]\n]+\]:", re.MULTILINE), phrase("an address set apart")),
    (_LINK, phrase("a link to another place than the web")),
    (re.compile(r"^ {0,3}(?:-{3,}|\.{3}|={2,})[ \t]*$", re.MULTILINE), phrase("a line of marks")),
    (re.compile(r"<!--|<[A-Za-z/!?]"), phrase("HTML")),
    (re.compile(r"\\[A-Za-z]"), phrase("a command of TeX")),
)  # fmt: skip


def without_comments(text: str) -> str:
    r"""Return a Markdown text without its comments, line by line as before.

    >>> without_comments("Here<!-- not\nthere -->.")
    'Here\n.'
    """
    return _COMMENT.sub(lambda comment: "\n" * comment[0].count("\n"), text)


def refused_marks(text: str) -> Iterator[tuple[int, str, Phrase]]:
    r"""Yield what is no prose in a text without comments: its line, how it begins, what it is.

    One of each kind is told, the first. Formulas, footnotes, lists, tables, citations and links to
    the web are prose.

    >>> list(refused_marks("Fine.\n\n{{< meta title >}}"))
    [(3, '{{< meta title >}}', 'a shortcode of Quarto')]
    >>> list(refused_marks("See [@debono1985], <https://example.org>, p < 0.05 and $\\alpha$."))
    []
    """
    plain = _SAFE_AUTOLINK.sub(_blank, text)
    for pattern, kind in _REFUSED:
        searched = _MATHS.sub(_blank, plain) if "TeX" in kind.template else plain
        if found := pattern.search(searched):
            line = text[: found.start()].count("\n")
            start = found.start() + len(found[0]) - len(found[0].lstrip())
            yield line + 1, text[start:].split("\n", 1)[0][:40].strip(), kind


def _blank(found: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", found[0])
