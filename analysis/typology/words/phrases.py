"""Sentences that the command says, in English in the code and in French from a catalogue.

A message is written where it is raised, in English, as a template; the ``phrases.yml`` of its
room has the French of each template. A message that is in no file is told in English.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from types import MappingProxyType
from typing import Self

from typology.words.catalogue import files
from typology.words.typography import french_spacing


class Phrase(str):
    """An English text that knows how to be said in French; made by :func:`phrase`.

    ``template`` is the English text with ``{name}`` where ``values`` go; those that are themselves
    phrases are translated with it.
    """

    template: str
    values: Mapping[str, object]

    def __new__(
        cls, text: str, template: str = "", values: Mapping[str, object] = MappingProxyType({})
    ) -> Self:
        """Return the English text with its template and its values."""
        self = super().__new__(cls, text)
        self.template = template
        self.values = values
        return self

    def in_(self, language: str) -> str:
        """Return the text in a language, in French with the no-break spaces of its typography."""
        if language != "fr":
            return str(self)
        template = _french().get(self.template)
        return _filled(self.template if template is None else template, self.values, language)


def phrase(template: str, /, **values: object) -> Phrase:
    """Return a text that can be said in English and in French.

    ``template`` is in English, ``{name}`` where a value goes, and written out where it is called,
    so that a test can see that it has its French. Values are texts, phrases or numbers; numbers
    with decimals get a comma in French.

    >>> phrase("a code from {low} to {high}", low=1, high=5)
    'a code from 1 to 5'
    >>> phrase("a code from {low} to {high}", low=1, high=5).in_("fr")
    'un code de 1 à 5'
    """
    return Phrase(_filled(template, values, "en"), template, values)


class Wording(Phrase):
    """A text of a questionnaire, said in its own words in each language that it has."""

    french: str

    def __new__(cls, french: str | None, english: str | None) -> Self:
        """Return the English, or the French where there is no English.

        >>> text = Wording("Pas d'accord", "Disagree")
        >>> str(text), text.in_("fr"), Wording("Pas d'accord", None).in_("en")
        ('Disagree', "Pas d'accord", "Pas d'accord")
        """
        self = super().__new__(cls, english or french or "", values={})
        self.french = french or self
        return self

    def in_(self, language: str) -> str:
        """Return the text in a language."""
        return str(self.french if language == "fr" else self)

    def __reduce__(self) -> tuple[type[Wording], tuple[str, str]]:
        """Return what a copy in another process is made of."""
        return Wording, (str(self.french), str(self))


def joined(parts: Iterable[str], separator: str = " ") -> Phrase:
    """Return texts put one after the other, each said in its language; empty ones are left out.

    The ``separator`` has no words: it is not translated.

    >>> joined([phrase("row {row}", row=3), phrase("column {column}", column="F07")], ", ")
    'row 3, column F07'
    """
    values = {f"part_{at}": part for at, part in enumerate(filter(None, parts))}
    template = separator.join(f"{{{name}}}" for name in values)
    return Phrase(_filled(template, values, "en"), template, values)


def all_of(names: Iterable[str]) -> str:
    """Return the names that could have been given, or that there is none.

    >>> all_of(["sex", "age"]), all_of([])
    ('sex, age', 'there is none')
    """
    return ", ".join(names) or phrase("there is none")


def few(listed: Iterable[object], most: int = 5) -> str:
    """Return the first of a list, and how many more there are: a phrase, unless it is one text.

    >>> few(["E01", "E02", "E03", "E04"], most=2)
    'E01, E02 and 2 more'
    """
    each = [name if isinstance(name, str) else str(name) for name in listed]
    if len(each) == 1:
        return each[0]
    shown, more = joined(each[:most], ", "), len(each) - most
    return phrase("{list} and {more} more", list=shown, more=more) if more > 0 else shown


def in_language(text: str, language: str) -> str:
    """Return a phrase in a language, and any other text as it is.

    >>> in_language("F07", "fr")
    'F07'
    """
    return text.in_(language) if isinstance(text, Phrase) else text


def _filled(template: str, values: Mapping[str, object], language: str) -> str:
    return template.format_map({name: _written(each, language) for name, each in values.items()})


def _written(value: object, language: str) -> str:
    if isinstance(value, Phrase):
        return value.in_(language)
    if isinstance(value, float):
        return f"{value:g}".replace(".", "," if language == "fr" else ".")
    return str(value)


@cache
def _french() -> Mapping[str, str]:
    """Read the phrases, once; values are put in after the spacing, which leaves them alone."""
    return {
        template: french_spacing(french)
        for read in files("phrases.yml").values()
        for template, french in read.items()
    }
