"""What names somebody: e-mail addresses, telephone numbers, national numbers, names."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Literal

from typology.words.phrases import Phrase, phrase

IdentifierKind = Literal["email", "social_security", "rpps", "adeli", "phone", "name"]

MOST = 0.8
"""Share of identifiers that must look like numbers or names of people to be taken for them."""

EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
PHONE = re.compile(r"(?<![\w.,])(?:\+|00)?\(?\d(?:[ .()/-]?\d){8,14}(?!\w)")
NUMBER_OF_SOCIAL_SECURITY = re.compile(
    r"(?<!\w)[1-478] ?\d{2} ?(?:0[1-9]|1[0-2]|[2-9]\d) ?(?:\d{2}|2[AB]) ?\d{3} ?\d{3} ?\d{2}(?!\w)"
)
NAMED = re.compile(
    r"\b(?:[Dd]r|[Dd]octeur|Pr|Professeur|Mme|Madame|Monsieur|M\.)\.? [A-ZÀ-Ý][\w'’-]+"
)

_WHOLE_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s.]+")
_FRENCH_PHONE = re.compile(r"(?:(?:\+|00)33 ?\(?0?\)?|0)[1-9](?:[ .-]?\d{2}){4}")
_WORD = r"[^\W\d_]+(?:['’-][^\W\d_]+)*"
_NAME = re.compile(rf"(?:(?:Dr|Pr|M|Mme|Mlle)\.? )?{_WORD}\.?,? {_WORD}\.?(?: {_WORD}\.?)?")
_TITLED = re.compile(rf"(?:Dr|Docteur|Pr|M|Mme|Mlle)\.? {_WORD}", re.IGNORECASE)
_DEPARTMENT = re.compile(r"(?:0[1-9]|[1-8]\d|9[0-8]|2[AB])1\d{5,6}")


def personal_kind(identifiers: Iterable[str]) -> IdentifierKind | None:
    """Return what the identifiers of respondents name them by, None for codes.

    One e-mail address or number of social security is enough; of the others most must look so.

    >>> personal_kind(["P1", "P2"]), personal_kind(["P1", "a.b@c.fr"])
    (None, 'email')
    >>> personal_kind(["Jean Dupont", "Anne-Marie LE GALL"]), personal_kind(["06 12 34 56 78"])
    ('name', 'phone')
    """
    given = [text for each in identifiers if (text := each.strip())]
    if not given:
        return None
    if any(_WHOLE_EMAIL.fullmatch(each) for each in given):
        return "email"
    if any(is_social_security_number(each) for each in given):
        return "social_security"
    looks: dict[IdentifierKind, Callable[[str], bool]] = {
        "phone": lambda text: _FRENCH_PHONE.fullmatch(text) is not None,
        "rpps": is_rpps_number,
        "adeli": lambda text: _DEPARTMENT.fullmatch(text) is not None and len(text) == 9,
        "name": lambda text: bool(_NAME.fullmatch(text) or _TITLED.fullmatch(text)),
    }
    for kind, looks_so in looks.items():
        if sum(looks_so(each) for each in given) >= MOST * len(given):
            return kind
    return None


def is_social_security_number(text: str) -> bool:
    """Return whether a text is a French number of social security, with the key that proves it.

    >>> is_social_security_number("2 55 08 14 168 025 38")
    True
    >>> is_social_security_number("255081416802539")
    False
    """
    digits = re.sub(r"\s", "", text).upper()
    if not NUMBER_OF_SOCIAL_SECURITY.fullmatch(digits):
        return False
    corsica = {"2A": "19", "2B": "18"}
    department = digits[5:7]
    body = digits[:5] + corsica.get(department, department) + digits[7:13]
    return body.isdigit() and 97 - int(body) % 97 == int(digits[13:])


def is_rpps_number(text: str) -> bool:
    """Return whether a text is a number of the French directory of health professionals.

    Eleven digits, the first a 1 or an 8, the last Luhn's key.

    >>> is_rpps_number("10001234565"), is_rpps_number("10001234564")
    (True, False)
    """
    if not re.fullmatch(r"[18]\d{10}", text):
        return False
    total = 0
    for place, digit in enumerate(reversed(text)):
        doubled = int(digit) * (2 if place % 2 else 1)
        total += doubled - 9 if doubled > 9 else doubled
    return total % 10 == 0


def kind_phrase(kind: IdentifierKind) -> Phrase:
    """Return what identifiers are, in the plural."""
    told = {
        "email": phrase("e-mail addresses"),
        "social_security": phrase("numbers of social security"),
        "rpps": phrase("RPPS numbers"),
        "adeli": phrase("ADELI numbers"),
        "phone": phrase("telephone numbers"),
        "name": phrase("names of people"),
    }
    return told[kind]
