"""Words that say that there is no answer, unless a questionnaire makes an answer of them."""

from __future__ import annotations

import re

from typology.words.spelling import fold

_NO_OPINION = frozenset(
    {
        *("don't know", "dont know", "do not know", "i don't know", "i do not know", "dk"),
        *("not sure", "unsure", "no opinion", "ne sait pas", "ne sais pas", "je ne sais pas"),
        *("nsp", "ne se prononce pas", "nspp", "sans avis", "pas d'avis", "sans opinion"),
    }
)

NO_ANSWER_WORDS = _NO_OPINION | {
    *("not applicable", "not answered", "no response", "not asked", "refused", "refusal"),
    *("declined", "prefer not to say", "skipped", "prefer not to answer"),
    *("i prefer not to answer", "unknown", "missing", "blank", "nr", "non concerne"),
    *("non concernee", "sans objet", "non applicable", "refus", "ne souhaite pas repondre"),
    *("n.a", "n.a.", "n.r", "n.r.", "n/d", "n.d", "n.d.", "nd", "nat", "\\n", "(vide)", "(blank)"),
    *("inconnu", "je ne souhaite pas repondre", "manquant", "non renseigne", "vide", "?"),
    "nsp/nr",
}
"""Folded words that may say that there is no answer: the study file tells."""

_NO_OPINION_WORDS = _NO_OPINION | {"no view"}
"""Those that say that there is no opinion, which a scale may offer beside its points."""

NONE_WORDS = frozenset(
    {
        *("none", "nothing", "nil", "none of these", "none of them", "none of the above"),
        *("nothing ticked", "aucun", "aucune", "rien", "neant", "rien de tout cela"),
        *("aucun de ces choix", "aucune de ces reponses", "aucun d'entre eux"),
        *("aucune d'entre elles", "aucun de ceux-ci", "aucune de celles-ci", "rien de coche"),
    }
)
"""Folded words that say "none of it": an answer to some questions, no answer to others."""


def says_none(text: str) -> bool:
    """Return whether a word says "none of it": nothing ticked, zero, or no answer.

    >>> says_none("Aucune"), says_none("None."), says_none("Non")
    (True, True, False)
    """
    return fold(text).rstrip(" .!") in NONE_WORDS


def says_no_answer(text: str) -> bool:
    """Return whether a word usually says that there is no answer.

    >>> says_no_answer("Don’t know"), says_no_answer("NSP (ne sait pas)"), says_no_answer("No")
    (True, True, False)
    """
    return not _said(text).isdisjoint(NO_ANSWER_WORDS)


def says_no_opinion(text: str) -> bool:
    """Return whether a word usually says that there is no opinion.

    >>> says_no_opinion("NSP"), says_no_opinion("Refus")
    (True, False)
    """
    return not _said(text).isdisjoint(_NO_OPINION_WORDS)


def _said(text: str) -> set[str]:
    first = re.split(r"[/,(;]", text, maxsplit=1)[0]
    return {fold(text), fold(first)}
