"""What the command says that stops nothing, and what is wrong with a line typed to it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from typology.documents.messages.printed import alphabetical, as_printed, template_told
from typology.documents.messages.told_messages import TEMPLATE_VALUE, told_messages, written_phrases
from typology.words import word
from typology.words.catalogue import families, has_entry
from typology.words.phrases import phrase

_TO_DO = {
    "answers/columns/date_columns.py": "dates",
    "answers/columns/identifiers.py": "identifiers",
    "answers/columns/item_columns.py": "declared_missing",
    "answers/columns/percentages.py": "percentages",
    "answers/headings/": "columns",
    "answers/platforms/collected.py": "exclusions",
    "answers/platforms/": "file",
    "answers/responses.py": "file",
    "answers/simulated_answers.py": "simulated",
    "answers/unused_points.py": "codes",
    "cli/command_errors.py": "stopped",
    "cli/opened_page.py": "page",
    "cli/spoken_command.py": "misuse",
    "results/": "folder",
    "tools/assign/": "model",
    "tools/codebook/": "absent_file",
    "tools/compare/": "waves",
    "tools/forms/": "form",
    "tools/new/": "new",
    "tools/questionnaire_versions/": "versions",
    "workshops/": "workshop",
}
"""What is to be done about the notes of each module, by the words of ``note_to_do``."""

_FRAMES = ("cli/command.py", "cli/terminal.py", "problems/problem.py")
"""What other texts are put into, and the help."""
MISUSES = "cli/spoken_command.py"
"""What is wrong with a line typed to the command."""
_USAGE = "All its options: {command}"
_SENTENCE = re.compile(r"[A-Z{'].*[.?!]", re.DOTALL)
_WARNINGS_IN = "fit"
"""The room in which what has to be known of a sample is told: it comes of what is computed."""


def told_notes() -> dict[str, tuple[str, ...]]:
    """Return the templates of notes and of misuses, by the module that says them.

    Notes are the sentences of the code that are no part of a message. What is wrong with a line
    typed to the command is whatever is said of it with a name.
    """
    listed = {_USAGE} | {
        text
        for each in told_messages()
        if each.module != MISUSES
        for text in (*each.expected, *each.remedies)
    }
    found: dict[str, tuple[str, ...]] = {}
    for module, templates in written_phrases().items():
        if module in _FRAMES:
            continue
        kept = [
            each
            for each in templates
            if each not in listed
            and (TEMPLATE_VALUE.search(each) if module == MISUSES else _SENTENCE.fullmatch(each))
        ]
        if kept:
            found[module] = tuple(kept)
    return found


def note_definitions(room: str, language: str) -> Iterator[str]:
    """Yield the notes of a room as the terminal prints them, each with what to do."""
    found: dict[str, set[str]] = defaultdict(set)
    for module, templates in told_notes().items():
        if module.split("/")[0] == room:
            to_do = word("note_to_do", language, _group_of(module))
            for each in templates:
                found[_printed(each, module, language)].add(to_do)
    if room == _WARNINGS_IN:
        for code in families()["warning"]:
            key = "remedy" if has_entry(("remedy", code)) else "note_to_do"
            to_do = _worded(key, code if key == "remedy" else "sample", language)
            found[_worded("warning", code, language)].add(to_do)
    for told in sorted(found, key=alphabetical):
        yield from ("", f"**{as_printed(told)}**")
        yield from (f":   {as_printed(each)}" for each in sorted(found[told]))


def _group_of(module: str) -> str:
    """Return the words of what is to be done about what a module notes."""
    return next(group for place, group in _TO_DO.items() if module.startswith(place))


def _printed(template: str, module: str, language: str) -> str:
    told = template_told(template, language)
    if module.startswith("cli/"):
        return told
    return phrase("For information: {notice}", notice=told).in_(language) if told else told


def _worded(family: str, code: str, language: str) -> str:
    """Return words with … where each has its own values."""
    text = families()[family][code][language]
    text = text if isinstance(text, str) else text["other"]
    values = dict.fromkeys(TEMPLATE_VALUE.findall(text), "…")
    return word(family, language, code, plural=2, **values)
