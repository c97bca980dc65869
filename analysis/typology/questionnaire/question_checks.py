"""What a question on the respondent needs: choices that differ, bounds in order."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import pairwise

from typology.problems.faults import Fault
from typology.words.phrases import phrase
from typology.words.spelling import fold

_CHOICES_LINE = 'choices: [{code: f, fr: "Femme", en: "Woman"}, {code: m, fr: "Homme", en: "Man"}]'
_WITH_CHOICES = ("single", "multiple", "rank")


def choice_faults(kind: str, choices: Sequence[tuple[str, tuple[str, str]]]) -> list[Fault]:
    """Return everything wrong with the choices of a question, each a code and its two labels."""
    if kind not in _WITH_CHOICES:
        remedy = phrase("Remove them, or make the question single, multiple or rank.")
        value = phrase("{count} choices", count=len(choices))
        expected = phrase("no choices for type '{type}'", type=kind)
        return [Fault(("choices",), value, expected, remedy)] if choices else []
    if len(choices) < 2:
        value = phrase("a single choice") if choices else phrase("no choices")
        expected = phrase("at least 2 choices")
        remedy = phrase("List the answers offered, as in this line: {line}", line=_CHOICES_LINE)
        return [Fault(("choices",), value, expected, remedy)]
    return _repeated("choices", choices)


def _repeated(key: str, choices: Sequence[tuple[str, tuple[str, str]]]) -> list[Fault]:
    faults = []
    for part, name in enumerate(("code", "fr", "en")):
        seen: dict[str, int] = {}
        for position, (code, labels) in enumerate(choices):
            name_or_words = (code, *labels)[part]
            first = seen.setdefault(fold(name_or_words), position)
            if name_or_words and first != position:
                expected = phrase("something else than in choice {number}", number=first + 1)
                remedy = phrase(
                    "Give each choice its own code and its own words, beyond accents and case."
                )
                faults.append(Fault((key, position, name), name_or_words, expected, remedy))
    return faults


def worded_faults(kind: str, worded: Sequence[bool]) -> list[Fault]:
    """Return the choices that are followed by words where none can be."""
    places = [place for place, is_worded in enumerate(worded) if is_worded]
    if kind == "rank":
        expected = phrase("no 'text' for a choice that is ranked")
        remedy = phrase("Ask for the words in a question of type text.")
        return [Fault(("choices", at, "text"), "true", expected, remedy) for at in places]
    expected = phrase("one choice with 'text: true'")
    remedy = phrase("Keep it on one choice: words in a cell could be of either.")
    return [Fault(("choices", at, "text"), "true", expected, remedy) for at in places[1:]]


def date_faults(
    kind: str, written: str | None, earliest: date | None, latest: date | None
) -> list[Fault]:
    """Return everything wrong with the bounds of a date."""
    given = {"date_format": written, "earliest": earliest, "latest": latest}
    if kind != "date":
        remedy = phrase("Remove it, or make the question a date.")
        return [
            Fault(
                (name,), str(value), phrase("no '{key}' for type '{type}'", key=name, type=kind),
                remedy,
            )
            for name, value in given.items()
            if value is not None
        ]  # fmt: skip
    if earliest is not None and latest is not None and earliest > latest:
        expected = phrase("a date not before 'earliest' ({date})", date=earliest.isoformat())
        return [Fault(("latest",), latest.isoformat(), expected, phrase("Exchange the two."))]
    return []


def theme_faults(
    kind: str, themes: Sequence[tuple[str, tuple[str, str]]], column: str
) -> list[Fault]:
    """Return everything wrong with the themes that a text was coded under."""
    if kind != "text":
        remedy = phrase("Remove it, or make the question a text.")
        given = {"themes": bool(themes), "themes_column": bool(column)}
        return [
            Fault(
                (name,), phrase("a value"), phrase("no '{key}' for type '{type}'", key=name,
                                                   type=kind), remedy,
            )
            for name, is_given in given.items()
            if is_given
        ]  # fmt: skip
    if column and not themes:
        expected = phrase("the themes that the column lists, under 'themes'")
        return [Fault(("themes_column",), column, expected, phrase("List them."))]
    return _repeated("themes", themes)


def number_faults(
    kind: str, lowest: float | None, highest: float | None, bands: Sequence[float]
) -> list[Fault]:
    """Return everything wrong with the bounds and the bands of a question."""
    given = {"min": lowest is not None, "max": highest is not None, "bands": bool(bands)}
    if kind != "number":
        remedy = phrase("Remove it, or make the question a number.")
        return [
            Fault(
                (name,),
                phrase("a value"),
                phrase("no '{key}' for type '{type}'", key=name, type=kind),
                remedy,
            )
            for name, is_given in given.items()
            if is_given
        ]
    faults = []
    if lowest is not None and highest is not None and lowest > highest:
        expected = phrase("a number not below min ({min})", min=lowest)
        faults.append(Fault(("max",), f"{highest:g}", expected, phrase("Exchange min and max.")))
    listed = ", ".join(f"{cut:g}" for cut in bands)
    if any(left >= right for left, right in pairwise(bands)):
        remedy = phrase("Write the cut points from the smallest to the largest, each once.")
        faults.append(Fault(("bands",), listed, phrase("ascending cut points"), remedy))
    below = lowest is not None and any(cut <= lowest for cut in bands)
    above = highest is not None and any(cut > highest for cut in bands)
    if below or above:
        remedy = phrase("A cut point outside the bounds makes an empty category: remove it.")
        expected = phrase("cut points between min and max")
        faults.append(Fault(("bands",), listed, expected, remedy))
    return faults
