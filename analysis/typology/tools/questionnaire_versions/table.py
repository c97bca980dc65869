"""The changes between two versions as a table, and in sentences."""

from __future__ import annotations

import pandas as pd

from typology.questionnaire import Questionnaire
from typology.tools.questionnaire_versions.versions import (
    REWORDED,
    VersionChange,
    VersionPart,
    Versions,
)
from typology.tools.questionnaire_versions.wording import marked, word_by_word
from typology.words import MISSING_NUMBER, word

_COLUMNS = (
    "kind", "block", "old_id", "new_id", "comparable", "change", "size", "language", "old", "new",
    "word_by_word", "explanation",
)  # fmt: skip


def version_changes_table(versions: Versions, language: str) -> pd.DataFrame:
    """Return one row a change, and one a part that is the same.

    ``kind`` (questionnaire, block, item, question), ``block``, ``old_id``, ``new_id`` ("" where the
    part is in one version only), ``comparable`` ("yes", "caution", "recode", "no": of the part,
    whatever else changed of it), ``change`` ("same" or one of
    `typology.tools.questionnaire_versions.versions.EFFECTS` and ``REWORDED``), ``size`` and
    ``language`` of a wording, ``old``, ``new``, ``word_by_word`` (words taken out as [-these-], put
    in as {+these+}), ``explanation``: what changed and what it means, in words.
    """
    rows = [
        _row(part, change, language)
        for part in versions.parts
        for change in part.changes or (VersionChange("same"),)
    ]
    return pd.DataFrame(rows, columns=list(_COLUMNS))


def _row(part: VersionPart, change: VersionChange, language: str) -> dict[str, str]:
    reworded = change.change in REWORDED and change.old and change.new
    return {
        "kind": part.kind,
        "block": part.block,
        "old_id": part.old_id,
        "new_id": part.new_id,
        "comparable": part.comparable,
        "change": change.change,
        "size": change.size,
        "language": change.language,
        "old": change.old,
        "new": change.new,
        "word_by_word": marked(word_by_word(change.old, change.new)) if reworded else "",
        "explanation": change_told(part, change, language),
    }


def change_told(part: VersionPart, change: VersionChange, language: str) -> str:
    """Say what changed, and what that means for comparing."""
    if change.change == "same":
        return word("version_change", language, "same")
    old, new = (_in_words(change, each, language) for each in (change.old, change.new))
    told = word("version_change", language, change.change, old=old, new=new)
    if change.change == "title" or part.kind in ("block", "questionnaire"):
        return told
    if change.change in REWORDED:
        what = "answer" if change.change in ("scale_label", "choice_label") else "question"
        return f"{told} {word('version_size', language, what, change.size)}"
    return f"{told} {word('version_effect', language, change.effect)}"


def _in_words(change: VersionChange, value: str, language: str) -> str:
    """Return a code as words; a wording stays what it is, and nothing is a dash."""
    if change.change in ("direction", "reversed"):
        return word("version_code", language, value)
    return value or MISSING_NUMBER


def shown_changes(part: VersionPart, language: str) -> list[VersionChange]:
    """Return the changes of a part to show to readers of a language.

    Those of a wording are shown in that language; in the other one where it alone changed.
    """
    own = [each for each in part.changes if each.language in ("", language)]
    told = {each.change for each in own}
    return own + [each for each in part.changes if each not in own and each.change not in told]


def summary(versions: Versions, language: str) -> list[str]:
    """Return in sentences what the changes mean for comparing two waves."""
    told = []
    for kind in ("item", "question"):
        counts = versions.counts(kind)
        if sum(counts.values()):
            total = len(versions.new.items if kind == "item" else versions.new.questions)
            told.append(word("version_counts", language, kind, total=total, **counts))
    for block in _blocks_of(versions.old, versions.new):
        counts = versions.counts("item", block)
        lost = counts["no"] + counts["recode"]
        if lost:
            title = _title(versions, block, language)
            common = counts["yes"] + counts["caution"]
            told.append(word("version_block", language, block=title, common=common,
                             total=sum(counts.values())))  # fmt: skip
    return told


def _blocks_of(old: Questionnaire, new: Questionnaire) -> list[str]:
    return list(dict.fromkeys(block.id for version in (new, old) for block in version.blocks))


def _title(versions: Versions, block: str, language: str) -> str:
    for version in (versions.new, versions.old):
        for each in version.blocks:
            if each.id == block:
                return each.title.in_(language)
    return block
