"""The key ``paper`` of a study file: every part optional, each checked."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated

from pydantic import (
    AfterValidator,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    model_validator,
)

from typology.problems.faults import Fault
from typology.questionnaire import LANGUAGES, Text
from typology.questionnaire.text import Model, raise_faults
from typology.study.paper.credit import credit_role
from typology.study.paper.limits import JournalName, Limits
from typology.words.phrases import phrase

_ORCID = re.compile(r"(?:https?://orcid\.org/)?(\d{4})-?(\d{4})-?(\d{4})-?(\d{3}[\dXx])/?")
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_DOI = re.compile(r"(?:(?:https?://)?(?:dx\.)?doi\.org/|doi:\s*)?(10\.\d{4,9}/\S+)", re.IGNORECASE)
_CERTIFICATE = re.compile(r"\d{4}-\d{3}")
_LICENSE = re.compile(r"[A-Za-z0-9.+-]+|https?://\S+")
_SITE = re.compile(r"https?://[^\s/<>\"{}\\]+(?:/[^\s<>\"{}\\]*)?")
_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")

_ONCE = phrase("each author once")
Line = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]


def _orcid(text: str) -> str:
    """Return an ORCID iD as it is written, its last character being the checksum of the others.

    >>> _orcid("https://orcid.org/0000-0002-1825-0097")
    '0000-0002-1825-0097'
    """
    found = _ORCID.fullmatch(text.strip())
    if found is None:
        raise ValueError(phrase("an ORCID iD, like {example}", example="0000-0002-1825-0097"))
    written = "-".join(found.groups()).upper()
    digits = written.replace("-", "")
    total = 0
    for digit in digits[:-1]:  # ISO 7064 mod 11-2
        total = (total + int(digit)) * 2
    check = (12 - total % 11) % 11
    if digits[-1] != ("X" if check == 10 else str(check)):
        expected = phrase("an ORCID iD whose last character is that of the others")
        remedy = phrase("A digit is mistyped: copy it from orcid.org.")
        raise_faults([Fault((), text, expected, remedy)])
    return written


def _email(text: str) -> str:
    if not _EMAIL.fullmatch(text.strip()):
        raise ValueError(phrase("an e-mail address, like {example}", example="name@example.org"))
    return text.strip()


def _doi(text: str) -> str:
    """Return a DOI as an address.

    >>> _doi("10.5281/zenodo.3674056")
    'https://doi.org/10.5281/zenodo.3674056'
    """
    found = _DOI.fullmatch(text.strip())
    if found is None:
        example = "https://doi.org/10.5281/zenodo.3674056"
        raise ValueError(phrase("a DOI, like {example}", example=example))
    return f"https://doi.org/{found[1]}"


def _certificate(text: str) -> str:
    if not _CERTIFICATE.fullmatch(text.strip()):
        raise ValueError(phrase("the number of a certificate, like {example}", example="2026-001"))
    return text.strip()


def _license(text: str) -> str:
    if not _LICENSE.fullmatch(text.strip()):
        expected = phrase(
            "the SPDX name of a licence, like {example}, or its address", example="CC-BY-4.0"
        )
        raise ValueError(expected)
    return text.strip()


def _bib(name: str) -> str:
    if not name.strip().casefold().endswith(".bib"):
        raise ValueError(phrase("the name of a file of references, which ends in .bib"))
    return name.strip()


def _site(address: str) -> str:
    """Return the address of a site, which ends in a stroke.

    >>> _site("https://example.org/study")
    'https://example.org/study/'
    """
    if not _SITE.fullmatch(address.strip()):
        raise ValueError(phrase("the address of a site, like {example}",
                                example="https://example.org/study"))  # fmt: skip
    return address.strip().rstrip("/") + "/"


def _day(value: object) -> str:
    """Return a day, a month or a year, which YAML may have read as a number."""
    text = str(value) if isinstance(value, str | int) and not isinstance(value, bool) else ""
    found = _DATE.fullmatch(text.strip())
    try:
        if found is None:
            raise ValueError
        date(int(found[1]), int(found[2] or 1), int(found[3] or 1))
    except ValueError:
        expected = phrase("a date, like {day}, or a month, like {month}",
                          day="2021-01-15", month="2021-01")  # fmt: skip
        raise ValueError(expected) from None
    return text.strip()


def _day_if_any(value: object) -> str | None:
    return None if value is None else _day(value)


class Author(Model):
    """Someone who made the study; ``roles`` are terms of CRediT."""

    name: Line
    orcid: Annotated[str, AfterValidator(_orcid)] | None = None
    email: Annotated[str, AfterValidator(_email)] | None = None
    affiliations: tuple[Line, ...] = ()
    corresponding: bool = False
    roles: tuple[Annotated[str, AfterValidator(credit_role)], ...] = ()

    @model_validator(mode="after")
    def _can_be_written_to(self) -> Author:
        if self.corresponding and self.email is None:
            expected = phrase("the e-mail address of a corresponding author")
            raise_faults([Fault(("email",), "", expected, phrase("Write it."))])
        return self


class Dates(Model):
    """From when to when people answered: days, months or years."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=False)

    first: Annotated[str, BeforeValidator(_day), Field(alias="from")]
    last: Annotated[str | None, BeforeValidator(_day_if_any), Field(alias="to")] = None

    @model_validator(mode="after")
    def _is_in_order(self) -> Dates:
        if self.last is None:
            return self
        shared = min(len(self.first), len(self.last))
        if self.last[:shared] < self.first[:shared]:
            expected = phrase("a date from {first} on", first=self.first)
            remedy = phrase("Correct one of the two: 'from' comes first.")
            raise_faults([Fault(("to",), self.last, expected, remedy)])
        return self


class Keywords(Model):
    """Keywords in the languages of the questionnaire."""

    fr: tuple[Line, ...] = ()
    en: tuple[Line, ...] = ()

    def in_(self, language: str) -> tuple[str, ...]:
        """Return the keywords in this very language."""
        return self.en if language == "en" else self.fr


class TextFiles(Model):
    """A Markdown file for each language, its headings being the names of the parts."""

    fr: Line | None = None
    en: Line | None = None

    @property
    def named(self) -> dict[str, str]:
        """Return the files that are named, by language."""
        return {each: name for each in LANGUAGES if (name := getattr(self, each)) is not None}


class Checker(Model):
    """Somebody who made the results of a study again."""

    name: Line
    orcid: Annotated[str, AfterValidator(_orcid)] | None = None


class Codecheck(Model):
    """What a CODECHECK of the study came to, once there was one."""

    codecheckers: Annotated[tuple[Checker, ...], Field(min_length=1)]
    certificate: Annotated[str, AfterValidator(_certificate)]
    report: Annotated[str, AfterValidator(_doi)]
    summary: Line
    check_time: Line | None = None


class Paper(Model):
    """What the paper says of the study itself; nothing in it changes a result."""

    subtitle: Text = Text()
    keywords: Keywords = Keywords()
    authors: tuple[Author, ...] = ()
    respondents: Text = Text()
    background: Text = Text()
    objective: Text = Text()
    introduction: Text = Text()
    population: Text = Text()
    invitation: Text = Text()
    invited: Annotated[int, Field(ge=1)] | None = None
    opened: Annotated[int, Field(ge=1)] | None = None
    dates: Dates | None = None
    mode: Text = Text()
    pretest: Text = Text()
    sample_size: Text = Text()
    discussion: Text = Text()
    ethics: Text = Text()
    consent: Text = Text()
    data_protection: Text = Text()
    funding: Text = Text()
    competing_interests: Text = Text()
    data_availability: Text = Text()
    acknowledgements: Text = Text()
    wordings: Text = Text()
    text: TextFiles = TextFiles()
    references: Annotated[str, AfterValidator(_bib)] | None = None
    doi: Annotated[str, AfterValidator(_doi)] | None = None
    license: Annotated[str, AfterValidator(_license)] | None = None
    codecheck: Codecheck | None = None
    journal: JournalName | None = None
    limits: Limits | None = None
    site: Annotated[str, AfterValidator(_site)] | None = None

    @model_validator(mode="after")
    def _names_each_author_once(self) -> Paper:
        faults = []
        for key in ("name", "orcid", "email"):
            said = [getattr(author, key) for author in self.authors]
            faults += [
                Fault(("authors", at, key), value, _ONCE, phrase("Correct it."))
                for at, value in enumerate(said)
                if value is not None and value in said[:at]
            ]
        raise_faults(faults)
        return self
