"""The words and numbers of the interface, in French and in English.

Every title, legend, heading and sentence that a figure, a table or the terminal shows is in
``words.yml`` (and in any ``words_*.yml`` beside it); a number is written as each language
writes it.
"""

from __future__ import annotations

import difflib
import math
import re
from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from numbers import Integral, Real
from pathlib import Path

from typology.yaml_text import read_yaml

LANGUAGES = ("fr", "en")
NO_BREAK_SPACE = "\u00a0"
NARROW_NO_BREAK_SPACE = "\u202f"
MINUS = "\u2212"
MISSING = "–"

_PLACEHOLDER = re.compile(r"\{(\w+)\}")
_APOSTROPHE = re.compile(r"(?<=\w)(?:'|&#x27;|&#39;)(?=\w)")


def word(key: str, language: str, **values: object) -> str:
    """Return the words filed under a key, with values put in their places.

    Parameters
    ----------
    key : str
        A key of ``words.yml``.
    language : {"fr", "en"}
    **values
        What the ``{name}`` of the entry stand for. Strings are put in as they are; whole numbers
        and other numbers are written with :func:`number`, with no decimal and one decimal.

    Returns
    -------
    str
        In French, with no-break spaces before ``% : ; ! ? »`` and after ``«``.

    Raises
    ------
    KeyError
        If there is no such key (the nearest ones are listed), or a value is missing.
    ValueError
        If the language is not one of the two.

    Examples
    --------
    >>> word("respondents_n", "en", n=1234)
    '1,234 respondents'
    """
    _check_language(language)
    entries = _entries()
    if key not in entries:
        nearest = difflib.get_close_matches(key, entries, n=5, cutoff=0.4)
        hint = f"Nearest keys: {', '.join(nearest)}." if nearest else "No key resembles it."
        raise KeyError(f"No words under {key!r} in words.yml. {hint}")
    text = entries[key][language]
    lacking = sorted(set(_PLACEHOLDER.findall(text)) - set(values))
    if lacking:
        raise KeyError(f"The words {key!r} need values for: {', '.join(lacking)}.")
    filled = _PLACEHOLDER.sub(lambda match: _written(values[match[1]], language), text)
    return french_spacing(filled) if language == "fr" else filled


def number(value: float, language: str, decimals: int = 1) -> str:
    r"""Write a number as a language does.

    Parameters
    ----------
    value : float
        NaN and missing values are written as a dash.
    language : {"fr", "en"}
        French has a decimal comma and narrow no-break spaces between thousands.
    decimals : int
        Halves are rounded away from zero, as a reader would.

    Returns
    -------
    str

    Examples
    --------
    >>> number(-1234.25, "en"), number(0.5, "en", 0)
    ('−1,234.3', '1')
    >>> number(1234.25, "fr") == "1\u202f234,3"
    True
    """
    _check_language(language)
    value = float(value)
    if not math.isfinite(value):
        return MISSING if math.isnan(value) else ("∞" if value > 0 else MINUS + "∞")
    rounded = Decimal(repr(value)).quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    sign = MINUS if rounded < 0 else ""
    digits = f"{abs(rounded):,.{decimals}f}"
    if language == "fr":
        digits = digits.replace(",", NARROW_NO_BREAK_SPACE).replace(".", ",")
    return sign + digits


def percent(value: float, language: str, decimals: int = 1) -> str:
    """Write a share that is already in percent.

    Parameters
    ----------
    value : float
        In percent: 18.9, not 0.189.
    language : {"fr", "en"}
    decimals : int

    Returns
    -------
    str
        ``"18.9%"`` in English, ``"18,9 %"`` with a no-break space in French.

    Examples
    --------
    >>> percent(18.91, "en")
    '18.9%'
    """
    written = number(value, language, decimals)
    if written == MISSING:
        return written
    return written + (NO_BREAK_SPACE if language == "fr" else "") + "%"


def p_value(value: float, language: str, decimals: int = 3, *, named: bool = False) -> str:
    r"""Write a p-value, never as zero.

    Parameters
    ----------
    value : float
        Between 0 and 1, or NaN.
    language : {"fr", "en"}
    decimals : int
        Values below the last one are written ``< 0.001``.
    named : bool
        Whether to write ``p = 0.012`` rather than ``0.012``.

    Returns
    -------
    str

    Examples
    --------
    >>> p_value(0.0123, "en"), p_value(0.012, "en", named=True) == "p\u00a0=\u00a00.012"
    ('0.012', True)
    """
    if math.isnan(value):
        return MISSING
    smallest = 10.0**-decimals
    if value < smallest:
        written = f"<{NO_BREAK_SPACE}{number(smallest, language, decimals)}"
        return f"p{NO_BREAK_SPACE}{written}" if named else written
    written = number(value, language, decimals)
    return f"p{NO_BREAK_SPACE}={NO_BREAK_SPACE}{written}" if named else written


def french_spacing(text: str) -> str:
    r"""Replace the spaces that French typography does not break.

    Parameters
    ----------
    text : str
        Typed with ordinary spaces.

    Returns
    -------
    str
        With no-break spaces before ``% : ; ! ? »``, after ``«``, and around ``=`` and ``<``.

    Examples
    --------
    >>> french_spacing("« oui » : 3 %") == "«\u00a0oui\u00a0»\u00a0: 3\u00a0%"
    True
    """
    text = re.sub(r" (?=[%:;!?»])", NO_BREAK_SPACE, text)
    text = re.sub(r"(?<=«) ", NO_BREAK_SPACE, text)
    return re.sub(r"(?<=[np²]) ([=<≥]) ", NO_BREAK_SPACE + r"\1" + NO_BREAK_SPACE, text)


def curly_apostrophes(text: str) -> str:
    """Replace the typewriter apostrophes within words, for what Pandoc does not typeset.

    Parameters
    ----------
    text : str
        Plain or HTML.

    Returns
    -------
    str

    Examples
    --------
    >>> curly_apostrophes("l'axe 1 d'un 'plan'")
    "l’axe 1 d’un 'plan'"
    """
    return _APOSTROPHE.sub("’", text)


def _written(value: object, language: str) -> str:
    if isinstance(value, Integral):
        return number(int(value), language, decimals=0)
    if isinstance(value, Real):
        return number(float(value), language)
    return str(value)


def _check_language(language: str) -> None:
    if language not in LANGUAGES:
        raise ValueError(f"Language {language!r} is not known: expected 'fr' or 'en'.")


@cache
def _entries() -> Mapping[str, Mapping[str, str]]:
    """Read words.yml and the words_*.yml beside it, once."""
    entries: dict[str, dict[str, str]] = {}
    for path in sorted(Path(__file__).parent.glob("words*.yml")):
        read = read_yaml(path) or {}
        repeated = sorted(set(read) & set(entries))
        incomplete = sorted(key for key, texts in read.items() if set(texts) != set(LANGUAGES))
        if repeated or incomplete:
            raise ValueError(
                f"{path.name}: keys already in another file: {repeated or 'none'}; "
                f"keys without exactly fr and en: {incomplete or 'none'}."
            )
        entries |= read
    return entries
