"""Words that tell of one study: none of them may stand in what another study gives."""

from __future__ import annotations

import re

_WORDS = re.compile(
    r"\bCPTS\b|\bSFMG\b|occitan|m[ée]decins?\b|g[ée]n[ée]raliste|general practi"
    r"|\bphysicians?\b|\bdoctors?\b|attentes et (?:les )?craintes|expectations and (?:the )?fears"
    r"|\bNantes\b|r[ée]ticents|thinking hats|chapeaux de la r[ée]flexion"
    r"|primary health care|soins de sant[ée] primaires|barom[èe]t",
    re.IGNORECASE,
)

AGREEMENT = re.compile(
    r"\bd['’]accord\b|\baccord moyen|désaccord|approuv|leur accord"
    r"|l'accord (?:avec|le plus|est|y est|franc|mod)|mean agreement|share agreeing|most agreed"
    r"|disagree|agreement (?:with|is|to)\b"
    r"|\bagree(?:s|ing)? (?:with|more|less|least|most|on average)|^agree\b",
    re.IGNORECASE | re.MULTILINE,
)
"""What is said of items rated by agreement."""


def leftovers(text: str) -> list[str]:
    """Return the words of a text that tell of the project's own study, each with what is around."""
    return [
        text[max(found.start() - 30, 0) : found.end() + 30].replace("\n", " ")
        for found in _WORDS.finditer(text)
    ]
