"""What the code says as the page of all messages has it."""

from __future__ import annotations

import re

from typology.documents.messages.told_messages import TEMPLATE_VALUE
from typology.words.markdown import escape_markdown
from typology.words.phrases import Phrase
from typology.words.spelling import fold

_LEFT_OPEN = "…"


def as_printed(text: str) -> str:
    """Return a text for the page, where straight quotes stay so: a command is copied with them."""
    return escape_markdown(text).replace('"', '\\"')


def template_told(template: str, language: str) -> str:
    """Return what is said, in a language, with … where each message has its own."""
    values = dict.fromkeys(TEMPLATE_VALUE.findall(template), _LEFT_OPEN)
    told = Phrase(template.format_map(values), template, values).in_(language)
    return told.removesuffix(".") if told.endswith(f"{_LEFT_OPEN}.") else told


def alphabetical(text: str) -> str:
    """Return what a text is sorted by: without the signs before it."""
    return re.sub(r"^\W+", "", fold(text))
