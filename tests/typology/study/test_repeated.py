"""What a study file says twice: every block, name and profile, with the type that has it first."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from typology.study.repeated import twice_said_problems
from typology.study.sections import DeclaredType


def kind(name: str, fr: str, en: str, **profile: str) -> DeclaredType:
    return DeclaredType.model_validate(
        {"id": name, "fr": fr, "en": en, "profile": profile}, context={"languages": ["fr", "en"]}
    )


def told(active: list[str], *types: DeclaredType) -> list[tuple[str, str, str, str]]:
    choices: Any = SimpleNamespace(active=tuple(active), types=types)
    found = twice_said_problems(choices, where="study.yml")
    assert all((each.row, each.column) == ("", "") for each in found)
    return [(str(each.value), str(each.expected), str(each.remedy), each.where) for each in found]


BOLD = kind("bold", "Audacieux", "Bold", fears="low", hopes="high")
SHY = kind("shy", "Timides", "Shy", fears="high")
CHANGE = "Change one of the two, or remove one."


def test_what_is_said_once_is_right() -> None:
    assert told(["fears", "hopes"], BOLD, SHY) == []


def test_blocks_stand_once() -> None:
    assert told(["a", "b", "a", "c", "b", "a"]) == [
        (block, "each block once", "Remove one.", "study.yml › active") for block in ("a", "b")
    ]


def test_ids_of_types_stand_once_and_alone_are_told() -> None:
    again = kind("bold", "Audacieux", "Bold", fears="low", hopes="high")
    assert told(["a", "a"], BOLD, again, SHY, again) == [
        ("a", "each block once", "Remove one.", "study.yml › active"),
        ("bold", "each type once", "Rename or remove one.", "study.yml › types"),
    ]


def test_types_have_names_and_profiles_of_their_own() -> None:
    other = kind("other", "AUDACIEUX", "Daring", hopes="high", fears="low")
    third = kind("third", "Autre", "shy", fears="low")
    assert told(["a"], BOLD, SHY, other, third) == [
        ("AUDACIEUX", "a name of its own; the type bold has the same", CHANGE,
         "study.yml › types › other › fr"),
        ("shy", "a name of its own; the type shy has the same", CHANGE,
         "study.yml › types › third › en"),
        ("hopes: high, fears: low", "a profile of its own; the type bold has the same", CHANGE,
         "study.yml › types › other › profile"),
    ]  # fmt: skip
