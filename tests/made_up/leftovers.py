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


def leftovers(text: str) -> list[str]:
    """Return the words of a text that tell of the project's own study, each with what is around."""
    return [
        text[max(found.start() - 30, 0) : found.end() + 30].replace("\n", " ")
        for found in _WORDS.finditer(text)
    ]
