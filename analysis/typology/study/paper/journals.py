"""What journals ask of an article: how long, under which headings, with which references."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from typology.study.paper.declared import Paper
from typology.study.paper.limits import LIMITED
from typology.words.yaml_text import read_yaml

ANY = "any"
"""The profile of an article that names no journal."""


@dataclass(frozen=True)
class AbstractHeading:
    """A heading of an abstract in both languages, and the parts that stand under it."""

    parts: tuple[str, ...]
    fr: str
    en: str

    def in_(self, language: str) -> str:
        """Return the heading in a language."""
        return self.en if language == "en" else self.fr


@dataclass(frozen=True)
class Journal:
    """A journal: ``limits`` are the most that it takes, of which ``told`` are its own.

    The other limits are usual ones, or those of the study file. ``style`` is the file of the
    reference style, from the folder of the documents; ``source`` and ``consulted`` say where and
    in which year the instructions were read, "" and 0 without a journal.
    """

    id: str
    name: str
    source: str
    consulted: int
    limits: Mapping[str, int]
    told: tuple[str, ...]
    style: str
    abstract: tuple[AbstractHeading, ...]


def journal_of(paper: Paper) -> Journal:
    """Return the journal that a paper is written for, with the limits of the study file."""
    profiles = _profiles()
    profile = profiles[paper.journal or ANY]
    own = {} if paper.limits is None else paper.limits.model_dump(exclude_none=True)
    return Journal(
        id=paper.journal or "",
        name=profile.get("name", ""),
        source=profile.get("source", ""),
        consulted=profile.get("consulted", 0),
        limits={key: int(own.get(key, _limit(profile, key))) for key in LIMITED},
        told=(*(key for key in profile["told"] if key not in own), *own),
        style=profile["style"],
        abstract=tuple(
            AbstractHeading(tuple(each["parts"]), each["fr"], each["en"])
            for each in profile["abstract"]
        ),
    )


def _limit(profile: Mapping[str, Any], key: str) -> int:
    return int(profile["limits"].get(key, _profiles()[ANY]["limits"][key]))


@cache
def _profiles() -> Mapping[str, Any]:
    found: Mapping[str, Any] = read_yaml(Path(__file__).with_name("journals.yml"))
    return found
