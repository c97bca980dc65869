"""The types that a new study expects: their profiles, and who is simulated for each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from typology.problems import InputError, Problem
from typology.tools.new.draft import Draft, name_of
from typology.words.phrases import phrase

RESPONDENTS_OF_A_TYPE = 150
"""Enough for the models of membership to compare what a new study asks of its respondents."""

WITHOUT_TYPES = 300
SEED = 1

STEPS: Mapping[int, tuple[str, ...]] = {
    2: ("low", "high"),
    3: ("low", "middle", "high"),
    4: ("very low", "low", "high", "very high"),
    5: ("very low", "low", "middle", "high", "very high"),
}
"""The agreement of each type with what is favourable, from the least favourable to the most."""

FEWEST_TYPES, MOST_TYPES = min(STEPS), max(STEPS)

_CENTRES = {
    2: (-1.3, 1.3),
    3: (-1.6, 0.0, 1.6),
    4: (-1.9, -0.65, 0.65, 1.9),
    5: (-2.2, -1.1, 0.0, 1.1, 2.2),
}
_OPPOSITE = {
    "very low": "very high", "low": "high", "middle": "middle", "high": "low",
    "very high": "very low",
}  # fmt: skip


def types_of(
    names: Sequence[Sequence[str]], languages: Sequence[str], *, where: str, taken: Sequence[str]
) -> tuple[dict[str, str], ...]:
    """Return types from their names, from the least favourable to the most.

    Each has a name a language, in the order of ``languages``, or one for all. `InputError` is
    raised if there are too few or too many. ``taken`` are names of other things.
    """
    if names and not FEWEST_TYPES <= len(names) <= MOST_TYPES:
        expected = phrase("from {low} to {high} types", low=FEWEST_TYPES, high=MOST_TYPES)
        remedy = phrase("Others can be added to the study file, with their profiles.")
        listed = ", ".join(each[0] for each in names)
        raise InputError(Problem("", "", listed, expected, remedy, where))
    types: list[dict[str, str]] = []
    for each in names:
        own = dict(zip(languages, [*each, *[each[0]] * len(languages)], strict=False))
        text = own.get("en") or own["fr"]
        used = [*taken, *(one["id"] for one in types)]
        types.append({"id": name_of(text, used, otherwise="type"), **own})
    return tuple(types)


def declared_types(draft: Draft, active: Sequence[str]) -> list[dict[str, Any]]:
    """Return the types as a study file declares them, with the profile each stands for."""
    directions = {block["id"]: block["direction"] for block in draft.blocks}
    declared = []
    for level, each in zip(STEPS.get(len(draft.types), ()), draft.types, strict=False):
        profile = {
            block: _OPPOSITE[level] if directions[block] == "unfavourable" else level
            for block in active
            if directions[block] != "neutral"
        }
        declared.append({**each, "profile": profile})
    return declared


def simulation_design(draft: Draft) -> dict[str, Any]:
    """Return how the answers of a new study are simulated, as its file says it."""
    number = len(draft.types)
    centres = _CENTRES.get(number, (0.0,))
    names = [each["id"] for each in draft.types] or ["everybody"]
    asks_age = any(question["id"] == "age" for question in draft.questionnaire["respondent"])
    types = []
    for at, (name, centre) in enumerate(zip(names, centres, strict=True)):
        planted: dict[str, Any] = {
            "id": name, "size": 1, "favourable": centre, "unfavourable": 0.0 - centre
        }  # fmt: skip
        if asks_age:
            planted["portrait"] = {"age": {"mean": 50 - 3 * at, "sd": 10}}
        types.append(planted)
    return {
        "seed": SEED,
        "respondents": RESPONDENTS_OF_A_TYPE * number or WITHOUT_TYPES,
        "types": types,
    }
