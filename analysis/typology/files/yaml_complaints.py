"""What the YAML reader complains of, in the words of who wrote the file, and what to do."""

from __future__ import annotations

from typology.words.phrases import Phrase, phrase

_LOOK = phrase(
    "Look at this line and the one above: indentation with spaces, a space after each colon, "
    "quotes around text that contains ': ' or begins with a sign."
)
_QUOTE = phrase("Put the value in quotes: without them, YAML reads this sign as its own.")
_BACKSLASH = (
    phrase("a backslash (\\) between double quotes"),
    phrase("Put the text in single quotes ('...'), or write the backslash twice."),
)
_AFTER_A_BAR = (
    phrase("something on the line of | or >"),
    phrase("Begin the text on the next line, or put the value in quotes."),
)
_SECOND_TEXT = (
    phrase("a second text in the file, as after '---' or '...'"),
    phrase("Remove the line '---' or '...', or what follows it."),
)
_OWN_SIGN = (phrase("a sign that YAML keeps for itself (%, !, & or *)"), _QUOTE)
_COMPLAINTS = {
    "mapping values are not allowed": (phrase("a colon where none can stand"), _LOOK),
    "could not find expected ':'": (
        phrase("a line without its colon, or a quote not closed"),
        _LOOK,
    ),
    "found character": (phrase("a tab, or a sign that cannot begin a value"), _LOOK),
    "expected <block end>": (phrase("a line that is not indented like its neighbours"), _LOOK),
    "expected ',' or": (phrase("a bracket or a brace that is not closed"), _LOOK),
    "found unexpected": (phrase("a quote that is not closed"), _LOOK),
    "found undefined alias": (phrase("a value that begins with *, without quotes"), _LOOK),
    "unacceptable character": (phrase("a character that text does not have"), _LOOK),
    "sequence entries": (phrase("a dash where none can stand"), _LOOK),
    "mapping keys": (phrase("a question mark where none can stand"), _LOOK),
    "expected the node content": (phrase("a sign where a value should stand"), _LOOK),
    "found unknown escape": _BACKSLASH,
    "expected escape sequence": _BACKSLASH,
    "expected chomping": _AFTER_A_BAR,
    "expected indentation indicator": _AFTER_A_BAR,
    "expected a comment": _AFTER_A_BAR,
    "expected a mapping": (
        phrase("'<<' without lines 'name: value'"),
        phrase("Write the lines themselves, without '<<'."),
    ),
    "but found another document": _SECOND_TEXT,
    "expected '<document start>'": _SECOND_TEXT,
}
"""By how the complaint begins, in English."""


def yaml_complaint(reason: str) -> tuple[Phrase, Phrase]:
    """Return what the reader found, and what to do.

    >>> yaml_complaint("mapping values are not allowed here")[0]
    'a colon where none can stand'
    """
    known = (said for beginning, said in _COMPLAINTS.items() if reason.startswith(beginning))
    return next(known, _OWN_SIGN)
