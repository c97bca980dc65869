"""What ties the parts of a questionnaire together: names used once, names that exist.

The checks read the mapping of the file, not the model, so that they also speak when a part of
the questionnaire is not valid by itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from typology.problems.faults import Fault
from typology.words.phrases import Phrase, phrase
from typology.words.spelling import did_you_mean, fold

KeyPlace = tuple[str | int, ...]

# Columns that the files of answers and of results have beside those of the questionnaire.
RESERVED_IDS = ("respondent", "class", "tree_class", "type")


def cross_faults(content: Mapping[str, Any]) -> list[Fault]:
    """Return everything wrong between the parts of a questionnaire, valid or not.

    Ids, wordings and short labels used twice; scales, themes and hats used but not declared.
    """
    return [*_repeated_ids(content), *_repeated_wordings(content), *_unknown_names(content)]


def _entries(parent: Any, key: str) -> Iterator[tuple[int, Mapping[str, Any]]]:
    """Yield the position and the mapping of each entry of a list, skipping what is neither."""
    found = parent.get(key) if isinstance(parent, Mapping) else None
    if isinstance(found, list | tuple):
        yield from ((at, entry) for at, entry in enumerate(found) if isinstance(entry, Mapping))


def _items(content: Mapping[str, Any]) -> Iterator[tuple[KeyPlace, Mapping[str, Any]]]:
    for block_at, block in _entries(content, "blocks"):
        for item_at, item in _entries(block, "items"):
            yield ("blocks", block_at, "items", item_at), item


def _asked(content: Mapping[str, Any]) -> Iterator[tuple[KeyPlace, Mapping[str, Any]]]:
    yield from _items(content)
    for at, question in _entries(content, "respondent"):
        yield ("respondent", at), question


def _in_words(content: Mapping[str, Any], place: KeyPlace) -> Phrase:
    """Return what a place holds: 'item E03', 'block fears', 'question age'."""
    found: Any = content
    for step in place:
        found = found[step]
    name = found.get("id", int(place[-1]) + 1)
    return {
        "items": phrase("item {name}", name=name),
        "blocks": phrase("block {name}", name=name),
        "respondent": phrase("question {name}", name=name),
    }[str(place[-2])]


def _repeated_ids(content: Mapping[str, Any]) -> Iterator[Fault]:
    named: list[tuple[KeyPlace, str, Any]] = [
        (("blocks", at), "id", block.get("id")) for at, block in _entries(content, "blocks")
    ]
    for place, asked in _asked(content):
        named.append((place, "id", asked.get("id")))
        if fold(str(asked.get("column"))) != fold(str(asked.get("id"))):
            named.append((place, "column", asked.get("column")))
    first: dict[str, tuple[KeyPlace, str]] = {}
    for place, key, name in named:
        if not isinstance(name, str) or not name:
            continue
        if (fold(name) if key == "id" else name) in RESERVED_IDS:
            remedy = phrase(
                "{names} name other columns: choose another name.", names=", ".join(RESERVED_IDS)
            )
            yield Fault((*place, key), name, phrase("a name that is free"), remedy)
        elif fold(name) in first:
            former, other = first[fold(name)]
            owner = _in_words(content, former)
            expected = phrase("a name used once; {owner} has it already", owner=owner)
            if name != other:
                expected = phrase(
                    "a name used once, beyond accents and case; {owner} has '{name}' already",
                    owner=owner,
                    name=other,
                )
            yield Fault((*place, key), name, expected, phrase("Rename one of the two."))
        else:
            first[fold(name)] = place, name


def _repeated_wordings(content: Mapping[str, Any]) -> Iterator[Fault]:
    first: dict[tuple[str, str, str], KeyPlace] = {}
    for place, asked in _asked(content):
        short = asked.get("short")
        for kind, source in (("", asked), ("short", short if isinstance(short, Mapping) else {})):
            for language in ("fr", "en"):
                text = source.get(language)
                if not isinstance(text, str) or not text.strip():
                    continue
                earlier = first.setdefault((kind, language, fold(text)), place)
                if earlier != place:
                    where = (*place, kind, language) if kind else (*place, language)
                    owner = _in_words(content, earlier)
                    expected = phrase(
                        "words of its own; {owner} has the same, but for accents and case",
                        owner=owner,
                    )
                    yield Fault(where, text, expected, phrase("Word one of the two otherwise."))


def _unknown_names(content: Mapping[str, Any]) -> Iterator[Fault]:
    scales = _declared(content, "scales")
    for at, block in _entries(content, "blocks"):
        yield from _unknown(("blocks", at, "scale"), block.get("scale"), "scales", scales)
        if block.get("scale") == "":  # themes and hats may be left empty, not scales
            expected = phrase("the name of a scale")
            yield Fault(("blocks", at, "scale"), "", expected, phrase("Write it."))
    for key, catalogue in (("theme", "themes"), ("hat", "hats")):
        declared = _declared(content, catalogue)
        if declared:
            for place, item in _items(content):
                yield from _unknown((*place, key), item.get(key), catalogue, declared)


def _declared(content: Mapping[str, Any], catalogue: str) -> list[str]:
    found = content.get(catalogue)
    return [str(name) for name in found] if isinstance(found, Mapping) else []


def _unknown(place: KeyPlace, name: Any, catalogue: str, declared: list[str]) -> Iterator[Fault]:
    if isinstance(name, str) and name and declared and name not in declared:
        expected = phrase(
            "one of those declared under '{catalogue}' ({names})",
            catalogue=catalogue,
            names=", ".join(declared),
        )
        declare = phrase("Declare it under '{catalogue}'.", catalogue=catalogue)
        yield Fault(place, name, expected, did_you_mean(name, declared) or declare)
