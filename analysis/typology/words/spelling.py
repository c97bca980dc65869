"""Comparing words as people type them: without accents, case, spaces or typography."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from typology.words.phrases import Phrase, phrase

_APOSTROPHES = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "´": "'", "`": "'"})
_DASHES = re.compile(r"[\u2010-\u2015\u2212]")
_NEGATIONS = frozenset(
    {"pas", "non", "ne", "ni", "peu", "aucun", "jamais", "sans", "contre"}
    | {"not", "no", "nor", "neither", "never", "against", "little", "hardly"}
)
_NEGATIVE_BEGINNINGS = (
    *("disag", "dissat", "disapp", "unlik", "unfav", "unsat", "unimp"),
    *("desacc", "insat", "mecont", "defav", "desapp", "oppos"),
)
_DEGREES = {
    "firm": frozenset(
        {"completely", "totally", "strongly", "entirely", "fully", "absolutely", "very", "highly"}
        | {"extremely", "definitely", "tout", "totalement", "completement", "entierement"}
        | {"absolument", "tres", "fortement", "fermement", "extremement", "pleinement"}
    ),
    "mild": frozenset(
        {"rather", "somewhat", "slightly", "quite", "mildly", "partly", "moderately", "fairly"}
        | {"plutot", "assez", "partiellement", "moderement", "legerement", "faiblement"}
    ),
}
_LIGATURES = str.maketrans({"œ": "oe", "Œ": "oe", "æ": "ae", "Æ": "ae"})


@lru_cache(maxsize=100_000)
def fold(text: str) -> str:
    r"""Return the text without accents, case, typographic marks and superfluous spaces.

    Two texts that differ only by accents, case, kind of apostrophe, dash or space, or by spaces
    before punctuation, fold to the same string.

    >>> fold("Tout à fait d’accord\u00a0!") == fold("tout a  fait d'accord!")
    True
    >>> fold("7²"), fold("½")
    ('7²', '½')
    """
    plain = text.translate(_APOSTROPHES).translate(_LIGATURES)
    plain = _DASHES.sub("-", plain)
    if not plain.isascii():
        plain = "".join(map(_decomposed, plain))
        plain = unicodedata.normalize("NFD", plain)
        plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    plain = " ".join(plain.casefold().split())
    return re.sub(r" ?([:;?!»]) ?|([«]) ?", r"\1\2 ", plain).strip()


def _decomposed(letter: str) -> str:
    """Return a character without its typography; a power or a fraction is no other number."""
    if letter.isascii() or (letter.isnumeric() and not letter.isdecimal()):
        return letter
    return unicodedata.normalize("NFKD", letter)


def nearest(word: str, known: Iterable[str]) -> str:
    """Return the known word that looks most like this one, or "" when none does.

    >>> nearest("directon", ["direction", "scale"])
    'direction'
    >>> nearest("colour", ["direction", "scale"])
    ''
    """
    by_folded = {fold(candidate): candidate for candidate in known}
    found = difflib.get_close_matches(fold(word), list(by_folded), n=1, cutoff=0.6)
    return by_folded[found[0]] if found else ""


def nearest_wording(text: str, known: Iterable[str]) -> str:
    """Return the known wording that looks most like this one, or "" when none does.

    It is never one that says no where the text says yes, nor one that says it firmly where the text
    says it mildly; none does where two look as much like it.

    >>> nearest_wording("Totalement d'accord", ["Pas du tout d'accord", "Tout à fait d'accord"])
    "Tout à fait d'accord"
    >>> nearest_wording("Plutôt en désaccord", ["Plutôt d'accord"])
    ''
    >>> nearest_wording("Rather agree", ["Strongly agree", "Somewhat agree"])
    'Somewhat agree'
    >>> nearest_wording("Mme", ["Femme", "Homme"])
    ''
    """
    told = denies(text), _degree(text)
    like = [each for each in known if (denies(each), _degree(each)) == told]
    found = nearest(text, like)
    alike = [each for each in like if fold(each) != fold(found) and _likeness(text, each) >=
             _likeness(text, found)]  # fmt: skip
    return "" if found and alike else found


def _likeness(text: str, other: str) -> float:
    return difflib.SequenceMatcher(None, fold(other), fold(text)).ratio()


def denies(text: str) -> bool:
    """Return whether a text says no, in either language.

    >>> denies("Pas du tout d'accord"), denies("Agree")
    (True, False)
    """
    words = _split(text)
    return any(word in _NEGATIONS or word.startswith(_NEGATIVE_BEGINNINGS) for word in words)


def _degree(text: str) -> str:
    """Return how firmly a text says what it says: "firm", "mild", or "" when it does not tell."""
    words = set(_split(text))
    return next((degree for degree, adverbs in _DEGREES.items() if words & adverbs), "")


def _split(text: str) -> list[str]:
    return re.split(r"[\s'-]+", fold(text))


def did_you_mean(word: str, known: Iterable[str]) -> Phrase:
    """Return "Did you mean 'x'?" for the known word nearest to this one, or "".

    >>> did_you_mean("directon", ["direction", "scale"])
    "Did you mean 'direction'?"
    """
    guess = nearest(word, known)
    return phrase("Did you mean '{guess}'?", guess=guess) if guess else phrase("")
