"""Headings of columns made from a question, which hold no answers to it: times, orders, ..."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from typology.words.phrases import Phrase, phrase
from typology.words.spelling import fold

_MEANINGS: tuple[tuple[Phrase, frozenset[str]], ...] = (
    (
        phrase("times or clicks"),
        frozenset(
            {
                *("time", "times", "timer", "timing", "timings", "temps", "duree", "durees"),
                *("duration", "durations", "seconds", "secondes", "chrono", "chronometre"),
                *("latency", "latence", "click", "clicks", "clic", "clics", "submit", "timestamp"),
                *("horodatage", "horodateur", "heure", "date"),
            }
        ),
    ),
    (
        phrase("the order of display"),
        frozenset(
            {
                *("order", "orders", "ordre", "ordres", "do", "display", "displayed", "affichage"),
                *("random", "randomisation", "randomization", "sequence", "shuffle"),
            }
        ),
    ),
    (
        phrase("reversed answers"),
        frozenset(
            {
                *("reversed", "reverse", "reversal", "rev", "r", "inverted", "inv", "inverse"),
                *("inverses", "inversee", "inversees", "renverse", "renversee", "retourne"),
            }
        ),
    ),
    (
        phrase("recoded answers"),
        frozenset(
            {
                *("recoded", "recode", "recodes", "recodee", "recodees", "recoding", "recodage"),
                *("rec", "recod", "transformed", "standardized", "standardised", "standardise"),
                *("standardisee", "centered", "centred", "centre", "centree", "zscore", "dummy"),
                *("binary", "binaire", "dichotomized", "dichotomised", "dichotomise", "grouped"),
                *("regroupe", "regroupee", "imputed", "impute", "imputee", "flag"),
            }
        ),
    ),
    (
        phrase("points or feedback"),
        frozenset(
            {
                *("point", "points", "score", "scores", "feedback", "puntos", "punti", "pontos"),
                *("punkte", "punten", "punteggio", "puntuacion", "pontuacao", "punktzahl"),
            }
        ),
    ),
    (
        phrase("comments or other texts"),
        frozenset(
            {
                *("comment", "comments", "commentaire", "commentaires", "remark", "remarks"),
                *("remarque", "remarques", "other", "others", "autre", "autres", "text", "texte"),
                *("verbatim", "verbatims", "precisez", "preciser", "precision", "specify"),
                *("comentario", "comentarios", "commento", "commenti", "kommentar", "kommentare"),
                *("especifique", "specificare", "angeben", "toelichting"),
            }
        ),
    ),
)
_BESIDE = frozenset(
    {
        *("of", "for", "to", "the", "on", "in", "by", "until", "please", "if", "spent", "count"),
        *("number", "first", "last", "page", "question", "item", "answer", "answers", "response"),
        *("responses", "reaction", "score", "de", "du", "des", "d", "l", "la", "le", "les", "sur"),
        *("a", "pour", "si", "en", "nombre", "premier", "dernier", "reponse", "reponses", "total"),
        *("passe", "soumission", "envoi", "open", "libre", "ouvert", "bitte", "por", "favor"),
        *("geef", "nadere", "es", "se"),
    }
)
"""Words that say nothing of their own beside those above."""
_SPECIFY = frozenset(
    {
        *("other", "others", "autre", "autres", "precisez", "preciser", "precision", "specify"),
        *("text", "texte", "otro", "otra", "otros", "especifique", "altro", "altra", "specificare"),
        *("outro", "outra", "sonstiges", "angeben", "anders", "toelichting"),
    }
)
_ONLY_AFTER = frozenset({"other", "others", "autre", "autres"})
"""Words that are the title of a group where they stand first."""
_WORD = re.compile(r"[^\W_]+")
_APART = re.compile(r"[-–—:|/\[\](){}._>]")
_LONGEST = 400


@dataclass(frozen=True)
class Derived:
    """What a column is made from."""

    keys: frozenset[str]  # item ids, question ids, or "question:choice"
    meaning: Phrase  # what the column holds


def asks_to_specify(*headings: str) -> bool:
    """Return whether a heading asks whoever chose "Other" for the words, rather than a comment.

    >>> asks_to_specify("place - Autre, précisez"), asks_to_specify("place: commentaire")
    (True, False)
    """
    return any(
        not _SPECIFY.isdisjoint(fold(word[0]) for word in _WORD.finditer(heading[:_LONGEST]))
        for heading in headings
    )


def only_asks_to_specify(heading: str) -> bool:
    """Return whether a heading says nothing else, and so follows the question that it is about.

    >>> only_asks_to_specify("Si autre, précisez :"), only_asks_to_specify("Other places")
    (True, False)
    """
    found = [fold(word[0]) for word in _WORD.finditer(heading[:_LONGEST])]
    words = [word for word in found if not word.isdecimal()]
    return asks_to_specify(heading) and _SPECIFY.union(_BESIDE).issuperset(words)


def marked_parts(header: str) -> Iterator[tuple[str, Phrase, bool]]:
    """Yield each way of taking from a heading the words that say it holds no answers.

    Each is the rest, what the column holds, and whether a sign, not a space, stands between.

    >>> [(rest, apart) for rest, _, apart in marked_parts("G1 - Timing")]
    [('G1', True)]
    >>> [(rest, apart) for rest, _, apart in marked_parts("Time G1")], list(marked_parts("G1"))
    ([('G1', False)], [])
    """
    words = list(_WORD.finditer(header)) if len(header) <= _LONGEST else []
    folded = [fold(word[0]) for word in words]
    for at in range(1, len(words)):
        before, after = words[at - 1].end(), words[at].start()
        apart = bool(_APART.search(header[before:after]))
        tail, head = _meaning(folded[at:]), _meaning(folded[:at])
        if tail is not None:
            yield header[:before] + _closing(header[before:after]), tail, apart
        if head is not None and _ONLY_AFTER.isdisjoint(folded[:at]):
            yield _unclosed(header[after:]), head, apart


def _meaning(words: list[str]) -> Phrase | None:
    """Return what a column holds if these words say only that."""
    known = [meaning for word in words for meaning, said in _MEANINGS if word in said]
    beside = [word for word in words if word in _BESIDE or word.isdecimal()]
    return known[0] if known and len(known) + len(beside) >= len(words) else None


def _closing(between: str) -> str:
    """Return the brackets that end the first part of a heading."""
    return "".join(re.findall(r"^\s*([)\]]+)", between))


def _unclosed(rest: str) -> str:
    """Return the second part of a heading without a bracket that the first part opened."""
    for opening, closing in ("[]", "()"):
        if rest.endswith(closing) and opening not in rest:
            return rest[:-1]
    return rest
