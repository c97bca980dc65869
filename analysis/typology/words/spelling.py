"""Comparing words as people type them: without accents, case, spaces or typography."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from typology.words.phrases import Phrase, phrase

_APOSTROPHES = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "′": "'", "´": "'", "`": "'"})
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
_NEITHER = frozenset({"ni", "neither", "nor"})
_LOST_LETTER = re.compile(r"\ufffd|\?(?=\s*\w)")
"""What stands for letters that a program could not write, within a text."""
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
    says it mildly, nor one that says neither where the text says either; none does where two look
    as much like it. Letters that were lost or garbled may be any.

    >>> nearest_wording("Totalement d'accord", ["Pas du tout d'accord", "Tout à fait d'accord"])
    "Tout à fait d'accord"
    >>> nearest_wording("Plutôt en désaccord", ["Plutôt d'accord"])
    ''
    >>> nearest_wording("Rather agree", ["Strongly agree", "Somewhat agree"])
    'Somewhat agree'
    >>> nearest_wording("Mme", ["Femme", "Homme"])
    ''
    >>> nearest_wording("Pas d'accord", ["Ni d'accord ni pas d'accord"])
    ''
    >>> nearest_wording("Tr?s bien", ["Bien", "Très bien"])
    'Très bien'
    """
    known = list(known)
    whole = of_lost_letters(text, known)
    if whole is not None:
        return whole
    like = [each for each in known if same_sense(text, each)]
    found = nearest(text, like)
    alike = [each for each in like if fold(each) != fold(found) and _likeness(text, each) >=
             _likeness(text, found)]  # fmt: skip
    return "" if found and alike else found


def of_lost_letters(text: str, known: Iterable[str]) -> str | None:
    """Return the known wording of a text some letters of which were lost or garbled.

    It is "" where no one alone is meant, None where no letter seems to be lost.

    >>> of_lost_letters("Tr?s bien", ["Bien", "Très bien"]), of_lost_letters("Bien", ["Bien !"])
    ('Très bien', None)
    """
    like_it = _with_letters_lost(text)
    whole = [] if text.isascii() and "?" not in text else [
        each for each in known if like_it.fullmatch(fold(each))
    ]  # fmt: skip
    if whole or _LOST_LETTER.search(text):
        return whole[0] if len(set(map(fold, whole))) == 1 else ""
    return None


def _with_letters_lost(text: str) -> re.Pattern[str]:
    """Return what a folded wording is like if each odd sign of a text stands for a letter of it.

    Where few signs are letters that are known, it may be like nothing.
    """
    odd = sum(not letter.isascii() or letter == "?" for letter in text)
    if 3 * odd >= len(text):
        return re.compile("(?!)")
    words = [
        "".join(
            re.escape(letter.casefold()) if letter.isascii() and letter != "?" else r"\S"
            for letter in word
        )
        for word in text.split()
    ]
    return re.compile(" ".join(words))


def same_sense(text: str, other: str) -> bool:
    """Return whether two texts both say yes, no or neither, as firmly, as far as words tell it.

    >>> same_sense("Totalement d'accord", "Tout à fait d'accord"), same_sense("Oui", "Pas du tout")
    (True, False)
    """
    return _sense(text) == _sense(other)


def _sense(text: str) -> tuple[bool, bool, str]:
    return denies(text), not _NEITHER.isdisjoint(_split(text)), _degree(text)


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
    return re.split(r"[\W\d_]+", fold(text))


def did_you_mean(word: str, known: Iterable[str]) -> Phrase:
    """Return "Did you mean 'x'?" for the known word nearest to this one, or "".

    >>> did_you_mean("directon", ["direction", "scale"])
    "Did you mean 'direction'?"
    """
    guess = nearest(word, known)
    return phrase("Did you mean '{guess}'?", guess=guess) if guess else phrase("")
