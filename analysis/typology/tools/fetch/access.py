"""What opens a platform: its address and its secrets, from the environment alone."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from ipaddress import ip_address
from urllib.parse import SplitResult, urlsplit

from typology.problems import InputError, Problem
from typology.tools.fetch.sources import AnswerSource
from typology.words.phrases import Phrase, phrase

WHOLE = "remotecontrol"
"""An address that holds this is that of LimeSurvey's remote control, in whatever form."""


@dataclass(frozen=True)
class Access:
    """The address of a platform and what opens it, which nothing prints."""

    url: str = field(repr=False)
    secrets: Mapping[str, str] = field(repr=False)

    def is_kept_from(self, text: str) -> bool:
        """Return whether a text holds none of the secrets, nor the address."""
        told = text.casefold()
        return all(each.casefold() not in told for each in (self.url, *self.secrets.values()))


def read_access(source: AnswerSource, environment: Mapping[str, str]) -> Access:
    """Return what opens a platform.

    `InputError` is raised with every variable that is not set or cannot be used, its value untold.
    """
    given = {name: environment.get(name, "").strip() for name in (source.address, *source.secrets)}
    problems = [_unset(name) for name, value in given.items() if not value]
    problems += _unusable(source, {name: value for name, value in given.items() if value})
    if problems:
        raise InputError(problems)
    url = given.pop(source.address)
    return Access(_whole(url, source), given)


def _unset(name: str) -> Problem:
    remedy = phrase(
        'Set it in this terminal: `set {name}=...` on Windows (`$env:{name}="..."` in '
        "PowerShell), `export {name}=...` on macOS and Linux.",
        name=name,
    )
    return Problem("", "", "", phrase("a variable of the environment"), remedy, name)


def _unusable(source: AnswerSource, given: Mapping[str, str]) -> Iterator[Problem]:
    for name, value in given.items():
        if name == source.address:
            found = _fault(value)
            expected = phrase("the address of {platform}, in https", platform=source.title)
        elif re.fullmatch(source.secrets[name], value):
            continue
        else:
            found = phrase("a text of {count} characters that is none", count=len(value))
            expected = phrase("a token of {platform}", platform=source.title)
        if found:
            yield Problem("", "", found, expected, phrase("Copy it again, whole."), name)


def _fault(address: str) -> Phrase | None:
    """Return what is wrong with an address, which is not told itself."""
    try:
        parts = urlsplit(address)
        host, _ = parts.hostname, parts.port
    except ValueError:
        return phrase("a text that is no address")
    if not host or parts.scheme.casefold() not in ("http", "https"):
        return phrase("a text that is no address")
    if parts.username is not None or parts.password is not None:
        return phrase("an address with a name or a password in it")
    if parts.fragment or (parts.query and WHOLE not in parts.query):
        return phrase("an address with more after its path (? or #)")
    if parts.scheme.casefold() == "http" and not is_this_machine(host):
        return phrase("an address in http, where everybody on the way could read the answers")
    return None


def is_this_machine(host: str) -> bool:
    """Return whether a host is the machine itself.

    >>> is_this_machine("127.0.0.1"), is_this_machine("localhost"), is_this_machine("10.0.0.1")
    (True, True, False)
    """
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host.casefold() == "localhost"


def _whole(address: str, source: AnswerSource) -> str:
    """Return an address with the end that the platform's programs are asked at."""
    parts: SplitResult = urlsplit(address)
    if WHOLE in parts.query:
        return address
    path = parts.path.rstrip("/")
    for tail in source.tails:
        path = path.removesuffix(tail)
    return f"{parts.scheme}://{parts.netloc}{path}{source.end}"
