"""What changed between two versions of a questionnaire, and what may still be compared."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.optimize import linear_sum_assignment

from typology.questionnaire import Asked, Block, Question, Questionnaire, Scale, Text
from typology.tools.questionnaire_versions.wording import (
    Size,
    contradict,
    similarity,
    wording_change,
)

COMPARABLE = ("yes", "caution", "recode", "no")
"""Whether the answers to both versions may be compared, the best first."""

ALIKE = 0.85
"""A wording this like another under another id is taken for it, renamed."""

EFFECTS: Mapping[str, str] = {
    "added": "no",
    "removed": "no",
    "renamed": "yes",
    "scale_codes": "no",
    "scale_order": "recode",
    "direction": "recode",
    "reversed": "recode",
    "block": "caution",
    "theme": "yes",
    "order": "yes",
    "type": "no",
    "unit": "no",
    "choice_added": "caution",
    "choice_removed": "caution",
    "choice_renamed": "recode",
    "bands": "yes",
    "setting": "caution",
    "language_added": "yes",
    "language_removed": "yes",
}
"""What a change means for comparing; that of a wording depends on its size."""
BY_SIZE: Mapping[Size, str] = {"typography": "yes", "small": "caution", "large": "no"}
REWORDED = ("wording", "intro", "scale_label", "choice_label", "title")
"""Changes of a wording; that of a title only names the block otherwise."""

_TEXTS = {"fr", "en", "short", "source"}
_TOLD_APART = {"id", "column", "wording", "hat", "theme", "reversed", "type", "choices", "unit",
               "bands"}  # fmt: skip


@dataclass(frozen=True)
class VersionChange:
    """One thing that changed, of one part, in one language where it is a wording."""

    change: str
    old: str = ""
    new: str = ""
    language: str = ""
    size: Size = ""

    @property
    def effect(self) -> str:
        """Return what it means for comparing answers, one of ``COMPARABLE``."""
        if self.change == "title":
            return "yes"
        return BY_SIZE[self.size] if self.change in REWORDED else EFFECTS[self.change]


@dataclass(frozen=True)
class VersionPart:
    """An item, a question, a block, or the questionnaire, in one version or both.

    ``old_id`` or ``new_id`` is "" where it is in one version only. ``block`` is that of an item in
    the new version, or else in the old one.
    """

    kind: str
    old_id: str
    new_id: str
    block: str
    text: Text
    changes: tuple[VersionChange, ...]

    @property
    def comparable(self) -> str:
        """Return whether its answers may be compared: what the gravest change allows."""
        effects = [COMPARABLE.index(each.effect) for each in self.changes]
        return COMPARABLE[max(effects, default=0)]

    @property
    def name(self) -> str:
        """Return its id, or both."""
        if self.old_id and self.new_id and self.old_id != self.new_id:
            return f"{self.old_id} → {self.new_id}"
        return self.new_id or self.old_id


@dataclass(frozen=True)
class Versions:
    """Two versions of a questionnaire, part by part: those of the new one, then those removed."""

    old: Questionnaire
    new: Questionnaire
    parts: tuple[VersionPart, ...]

    @property
    def asked(self) -> list[VersionPart]:
        """Return the items and the questions."""
        return [part for part in self.parts if part.kind in ("item", "question")]

    @property
    def changed(self) -> list[VersionPart]:
        """Return the parts of which anything changed."""
        return [part for part in self.parts if part.changes]

    def counts(self, kind: str, block: str | None = None) -> dict[str, int]:
        """Return how many parts of a kind may be compared, by `COMPARABLE`."""
        some = [
            part.comparable
            for part in self.parts
            if part.kind == kind and (block is None or part.block == block)
        ]
        return {each: some.count(each) for each in COMPARABLE}


def compare_versions(old: Questionnaire, new: Questionnaire) -> Versions:
    """Return what changed from one version of a questionnaire to another.

    Items (and questions) are the same where their ids are, unless their wordings are far apart; an
    item whose wording is nearly that of one under another id is taken for it, renamed.
    """
    parts = [*_whole(old, new), *_blocks(old, new)]
    pairs = matched(old.items, new.items)
    parts += [_item(old, new, one, other) for one, other in pairs]
    of_questions = matched(old.questions, new.questions)
    parts += [_question(old, new, one, other) for one, other in of_questions]
    return Versions(old, new, tuple(parts))


def matched(
    old: Mapping[str, Asked], new: Mapping[str, Asked]
) -> list[tuple[str | None, str | None]]:
    """Return which of the old ones is which of the new ones, None where there is none.

    In the order of the new ones, then the old ones that are left.
    """
    same = {each: each for each in new if each in old and _size(old[each], new[each]) != "large"}
    left = [each for each in old if each not in same]
    other = [each for each in new if each not in same]
    renamed = _most_alike([old[each] for each in left], [new[each] for each in other])
    same |= {other[column]: left[row] for row, column in renamed}
    taken = set(same.values())
    same |= {each: each for each in new if each not in same and each in old and each not in taken}
    taken = set(same.values())
    pairs: list[tuple[str | None, str | None]] = [(same.get(each), each) for each in new]
    return pairs + [(each, None) for each in old if each not in taken]


def _most_alike(old: Sequence[Text], new: Sequence[Text]) -> list[tuple[int, int]]:
    """Return the pairs of nearly the same wordings, the most alike together."""
    if not old or not new:
        return []
    alike = np.array([[_likeness(one, other) for other in new] for one in old])
    rows, columns = linear_sum_assignment(np.where(alike >= ALIKE, alike, 0.0), maximize=True)
    pairs = zip(rows.tolist(), columns.tolist(), strict=True)
    return [(row, column) for row, column in pairs if alike[row, column] >= ALIKE]


def _shared(old: Text, new: Text) -> Iterator[tuple[str, str, str]]:
    """Yield the wordings of each language that both have."""
    for language in ("fr", "en"):
        one, other = getattr(old, language), getattr(new, language)
        if one and other:
            yield language, one, other


def _likeness(old: Text, new: Text) -> float:
    """Return how alike the least alike wording is; 0 where one contradicts the other."""
    pairs = [(one, other) for _, one, other in _shared(old, new)]
    if not pairs or any(contradict(one, other) for one, other in pairs):
        return 0.0
    return min(similarity(one, other) for one, other in pairs)


def _size(old: Text, new: Text) -> Size:
    """Return the largest change among the languages that both have."""
    order: tuple[Size, ...] = ("", "typography", "small", "large")
    sizes = [wording_change(one, other) for _, one, other in _shared(old, new)]
    return max(sizes, key=order.index, default="")


def _reworded(change: str, old: Text | None, new: Text | None) -> Iterator[VersionChange]:
    """Yield the changes of a wording, language by language."""
    if old is None or new is None:
        yield from _come_or_gone(change, old, new, size="small")
        return
    for language, one, other in _shared(old, new):
        size = wording_change(one, other)
        if size:
            yield VersionChange(change, one, other, language, size)


def _come_or_gone(
    change: str, old: Text | None, new: Text | None, *, size: Size = ""
) -> Iterator[VersionChange]:
    """Yield, in each of its languages, a wording that is in one version only."""
    for language in ("fr", "en"):
        one, other = (getattr(each, language) if each else "" for each in (old, new))
        if one or other:
            yield VersionChange(change, one, other, language, size)


def _whole(old: Questionnaire, new: Questionnaire) -> Iterator[VersionPart]:
    changes = list(_reworded("title", old.title, new.title))
    changes += [VersionChange("language_added", "", each) for each in new.languages
                if each not in old.languages]  # fmt: skip
    changes += [VersionChange("language_removed", each, "") for each in old.languages
                if each not in new.languages]  # fmt: skip
    yield VersionPart("questionnaire", "", "", "", new.title, tuple(changes))


def _blocks(old: Questionnaire, new: Questionnaire) -> Iterator[VersionPart]:
    """Yield the blocks; what their change means for an item is told with the item."""
    before = {block.id: block for block in old.blocks}
    after = {block.id: block for block in new.blocks}
    for name, block in after.items():
        former = before.get(name)
        if former is None:
            yield VersionPart("block", "", name, name, block.title, (VersionChange("added"),))
            continue
        changes = [*_reworded("title", former.title, block.title), *_order(former, block)]
        yield VersionPart("block", name, name, name, block.title, tuple(changes))
    for name, block in before.items():
        if name not in after:
            yield VersionPart("block", name, "", name, block.title, (VersionChange("removed"),))


def _order(old: Block, new: Block) -> Iterator[VersionChange]:
    """Yield that the items that a block kept come in another order."""
    before, after = [item.id for item in old.items], [item.id for item in new.items]
    kept = [each for each in before if each in after]
    now = [each for each in after if each in before]
    if kept != now:
        yield VersionChange("order", ", ".join(kept), ", ".join(now))


def _item(
    old: Questionnaire, new: Questionnaire, one: str | None, other: str | None
) -> VersionPart:
    if one is None or other is None:
        version, name = (new, other) if one is None else (old, one)
        assert name is not None
        change = VersionChange("added" if one is None else "removed")
        block = version.block_of(name).id
        return VersionPart("item", one or "", other or "", block, version.items[name], (change,))
    before, after = old.items[one], new.items[other]
    blocks = old.block_of(one), new.block_of(other)
    changes = list(_asked_changes(before, after))
    changes += _reworded("intro", blocks[0].intro, blocks[1].intro)
    if blocks[0].id != blocks[1].id:
        changes.append(VersionChange("block", blocks[0].id, blocks[1].id))
    if blocks[0].direction != blocks[1].direction:
        changes.append(VersionChange("direction", blocks[0].direction, blocks[1].direction))
    if before.reversed != after.reversed:
        changes.append(VersionChange("reversed", _yes(before.reversed), _yes(after.reversed)))
    changes += scale_changes(old.scale_of(one), new.scale_of(other))
    if before.theme != after.theme:
        changes.append(VersionChange("theme", before.theme, after.theme))
    changes += _settings(before, after)
    return VersionPart("item", one, other, blocks[1].id, after, tuple(changes))


def _yes(holds: bool) -> str:
    return "true" if holds else "false"


def _asked_changes(old: Asked, new: Asked) -> Iterator[VersionChange]:
    if old.id != new.id:
        yield VersionChange("renamed", old.id, new.id)
    yield from _reworded("wording", old, new)


def scale_changes(old: Scale, new: Scale) -> Iterator[VersionChange]:
    """Yield what changed of the scale that an item is answered on."""
    if old.codes != new.codes:
        before, after = (", ".join(map(str, each.codes)) for each in (old, new))
        yield VersionChange("scale_codes", before, after)
        return
    for language in ("fr", "en"):
        labels = old.labels(language), new.labels(language)
        worded = all(getattr(point, language) for each in (old, new) for point in each.points)
        if worded and labels[0] != labels[1] and sorted(labels[0]) == sorted(labels[1]):
            yield VersionChange(
                "scale_order", " / ".join(labels[0]), " / ".join(labels[1]), language
            )
            return
    for one, other in zip(old.points, new.points, strict=True):
        yield from _reworded("scale_label", one, other)


def _question(
    old: Questionnaire, new: Questionnaire, one: str | None, other: str | None
) -> VersionPart:
    if one is None or other is None:
        version, name = (new, other) if one is None else (old, one)
        assert name is not None
        change = VersionChange("added" if one is None else "removed")
        return VersionPart(
            "question", one or "", other or "", "", version.questions[name], (change,)
        )
    before, after = old.questions[one], new.questions[other]
    changes = list(_asked_changes(before, after))
    if before.type != after.type:
        changes.append(VersionChange("type", before.type, after.type))
    else:
        changes += _choice_changes(before, after)
    if before.unit is not None and after.unit is not None:
        units = list(_reworded("unit", before.unit, after.unit))
        changes += [each for each in units if each.size != "typography"]
    if before.bands != after.bands:
        cuts = [", ".join(f"{cut:g}" for cut in each.bands) for each in (before, after)]
        changes.append(VersionChange("bands", cuts[0], cuts[1]))
    changes += _settings(before, after)
    return VersionPart("question", one, other, "", after, tuple(changes))


def _choice_changes(old: Question, new: Question) -> Iterator[VersionChange]:
    before = {choice.code: choice for choice in old.choices}
    after = {choice.code: choice for choice in new.choices}
    gone = [code for code in before if code not in after]
    come = [code for code in after if code not in before]
    for row, column in _most_alike([before[c] for c in gone], [after[c] for c in come]):
        yield VersionChange("choice_renamed", gone[row], come[column])
        before.pop(gone[row])
        after.pop(come[column])
    for code, choice in before.items():
        if code in after:
            yield from _reworded("choice_label", choice, after[code])
        else:
            yield from _come_or_gone("choice_removed", choice, None)
    for code, choice in after.items():
        if code not in before:
            yield from _come_or_gone("choice_added", None, choice)


def _settings(old: Asked, new: Asked) -> Iterator[VersionChange]:
    """Yield what else was declared otherwise, by the name of its key."""
    before, after = (each.model_dump(mode="json") for each in (old, new))
    for key in {**before, **after}:
        if key in _TEXTS | _TOLD_APART or before.get(key) == after.get(key):
            continue
        yield VersionChange(
            "setting", _setting(key, before.get(key)), _setting(key, after.get(key))
        )


def _setting(key: str, value: Any) -> str:
    return f"{key}: {value}" if value is not None else f"{key}: -"
