"""Words that say that there is no answer, unless a questionnaire makes an answer of them."""

from __future__ import annotations

import re

from typology.spelling import fold

NO_ANSWER_WORDS = frozenset(
    {
        *("don't know", "dont know", "do not know", "i don't know", "i do not know", "dk"),
        *("not sure", "unsure", "no opinion", "not applicable", "not answered", "no response"),
        *("not asked", "refused", "refusal", "declined", "prefer not to say", "skipped"),
        *("prefer not to answer", "i prefer not to answer", "unknown", "missing", "blank"),
        *("ne sait pas", "ne sais pas", "je ne sais pas", "nsp", "ne se prononce pas", "nspp"),
        *("nr", "sans avis", "pas d'avis", "sans opinion", "non concerne", "non concernee"),
        *("sans objet", "non applicable", "refus", "ne souhaite pas repondre", "inconnu"),
        *("je ne souhaite pas repondre", "manquant", "non renseigne", "vide", "?", "nsp/nr"),
    }
)
"""Folded words that may say that there is no answer: the study file tells."""


def says_no_answer(text: str) -> bool:
    """Return whether a word usually says that there is no answer.

    Parameters
    ----------
    text : str

    Returns
    -------
    bool

    Examples
    --------
    >>> says_no_answer("Don’t know"), says_no_answer("NSP (ne sait pas)"), says_no_answer("No")
    (True, True, False)
    """
    first = re.split(r"[/,(;]", text, maxsplit=1)[0]
    return not {fold(text), fold(first)}.isdisjoint(NO_ANSWER_WORDS)
