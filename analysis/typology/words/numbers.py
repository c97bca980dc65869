"""Numbers as each language writes them."""

from __future__ import annotations

import math
from decimal import ROUND_HALF_UP, Decimal
from numbers import Integral, Real

from typology.words.typography import NO_BREAK_SPACE, check_language

NARROW_NO_BREAK_SPACE = "\u202f"
MINUS = "\u2212"
MISSING_NUMBER = "–"


def number(value: float, language: str, decimals: int = 1) -> str:
    r"""Write a number as a language does; a missing one is a dash.

    French has a decimal comma and narrow no-break spaces between thousands. Halves are rounded away
    from zero, as a reader would.

    >>> number(-1234.25, "en"), number(0.5, "en", 0)
    ('−1,234.3', '1')
    >>> number(1234.25, "fr") == "1\u202f234,3"
    True
    """
    check_language(language)
    value = float(value)
    if not math.isfinite(value):
        return MISSING_NUMBER if math.isnan(value) else ("∞" if value > 0 else MINUS + "∞")
    rounded = Decimal(repr(value)).quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    sign = MINUS if rounded < 0 else ""
    digits = f"{abs(rounded):,.{decimals}f}"
    if language == "fr":
        digits = digits.replace(",", NARROW_NO_BREAK_SPACE).replace(".", ",")
    return sign + digits


def percent(value: float, language: str, decimals: int = 1) -> str:
    """Write a share that is already in percent: 18.9, not 0.189.

    French has a no-break space before the sign.

    >>> percent(18.91, "en")
    '18.9%'
    """
    written = number(value, language, decimals)
    if written == MISSING_NUMBER:
        return written
    return written + (NO_BREAK_SPACE if language == "fr" else "") + "%"


def p_value(value: float, language: str, decimals: int = 3, *, named: bool = False) -> str:
    r"""Write a p-value, never as zero: below the last decimal it is ``< 0.001``.

    With ``named``, ``p = 0.012`` rather than ``0.012``.

    >>> p_value(0.0123, "en"), p_value(0.012, "en", named=True) == "p\u00a0=\u00a00.012"
    ('0.012', True)
    """
    if math.isnan(value):
        return MISSING_NUMBER
    smallest = 10.0**-decimals
    if value < smallest:
        written = f"<{NO_BREAK_SPACE}{number(smallest, language, decimals)}"
        return f"p{NO_BREAK_SPACE}{written}" if named else written
    written = number(value, language, decimals)
    return f"p{NO_BREAK_SPACE}={NO_BREAK_SPACE}{written}" if named else written


def value_text(value: object, language: str) -> str:
    """Return a value as a text has it: whole numbers as they are, others with one decimal."""
    if isinstance(value, Integral):
        return number(int(value), language, decimals=0)
    if isinstance(value, Real):
        return number(float(value), language)
    return str(value)


def signed_number(value: float, language: str) -> str:
    """Return a number with its sign, plus or minus."""
    written = number(value, language)
    return f"+{written}" if value > 0 and written.strip("0.,") else written
