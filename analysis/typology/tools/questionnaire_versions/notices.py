"""What two versions of a questionnaire mean for a comparison of two waves, in a few sentences."""

from __future__ import annotations

from collections.abc import Collection

from typology.tools.questionnaire_versions.versions import VersionPart, Versions
from typology.words.phrases import Phrase, few, phrase


def version_notices(versions: Versions, active: Collection[str]) -> tuple[Phrase, ...]:
    """Return what changed of the items that the types are made of, and of the others.

    ``active`` are the ids of those items in the old version.
    """
    told: list[Phrase] = []
    concerned = [part for part in versions.asked if part.kind == "item" and part.old_id in active]
    renamed = [part.name for part in concerned if _has(part, "renamed")]
    if renamed:
        told.append(
            phrase(
                "Items under another id in the second questionnaire, to judge by their text: "
                "{items}. Give them the ids of the first.",
                items=few(renamed),
            )
        )
    groups = (
        (_lost(concerned),
         phrase("no longer comparable between the two questionnaires")),
        ([part.name for part in concerned if part.comparable == "recode"],
         phrase("comparable only once recoded")),
        ([part.name for part in concerned if part.comparable == "caution"],
         phrase("changed a little: compare with caution")),
    )  # fmt: skip
    for names, what in groups:
        if names:
            told.append(phrase("Items {what}: {items}.", what=what, items=few(names)))
    if versions.changed:
        told.append(
            phrase(
                "The questionnaires differ: `typology compare-questionnaires` shows each change."
            )
        )
    return tuple(told)


def _has(part: VersionPart, change: str) -> bool:
    return any(each.change == change for each in part.changes)


def _lost(parts: list[VersionPart]) -> list[str]:
    return [part.name for part in parts if part.comparable == "no"]
