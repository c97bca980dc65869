"""What answers did not allow to compute, or was computed with less work: a table, in words."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pandas as pd

from typology.words import word

if TYPE_CHECKING:  # a page that only reads results need not wait for the methods
    from rfree.base.limits import LimitError

NOT_COMPUTED, REDUCED = "not_computed", "reduced"
_COLUMNS = ["part", "outcome", "reason", "details"]


@dataclass(frozen=True)
class Note:
    """What became of a part of `typology.validity.measure`: not computed, or reduced.

    ``reason`` is a code of `rfree.base.limits`, or of `typology.validity.effort`; its words are
    filed under "limit" or "reduced", with these details.
    """

    part: str
    outcome: str
    reason: str
    details: Mapping[str, int | str] = field(default_factory=dict)

    @classmethod
    def limit(cls, part: str, error: LimitError) -> Note:
        """Note that answers do not allow a part."""
        return cls(part, NOT_COMPUTED, error.code, error.details)

    @classmethod
    def reduced(cls, part: str, reason: str, **values: int | str) -> Note:
        """Note that a part was computed with less work than usual."""
        return cls(part, REDUCED, reason, values)


def notes_table(notes: Iterable[Note]) -> pd.DataFrame:
    """Return notes as a table of keys and values, without any language.

    Columns: ``part``, ``outcome``, ``reason``, ``details`` (JSON).

    >>> notes_table([Note("nulls", "not_computed", "too_few_positions",
    ...     {"classes": 4, "positions": 3})])["details"].item()
    '{"classes": 4, "positions": 3}'
    """
    rows = [(each.part, each.outcome, each.reason, json.dumps(each.details)) for each in notes]
    return pd.DataFrame(rows, columns=_COLUMNS)


def left_out(tables: Mapping[str, pd.DataFrame]) -> set[str]:
    """Return the parts that were not computed, if the run said so."""
    notes = _notes(tables)
    return set(notes.loc[notes["outcome"] == NOT_COMPUTED, "part"])


def reasons(
    tables: Mapping[str, pd.DataFrame], part: str, language: str, *, outcome: str = NOT_COMPUTED
) -> list[str]:
    """Return why a part was not computed, or how it was reduced, in sentences.

    None where the run said nothing. Uses ``validity_notes``.
    """
    notes = _notes(tables)
    chosen = notes[(notes["part"] == part) & (notes["outcome"] == outcome)]
    return note_sentences(chosen, language)


def note_sentences(notes: pd.DataFrame, language: str) -> list[str]:
    """Return a sentence for each row of ``validity_notes``.

    >>> note_sentences(notes_table([Note("nulls", "not_computed", "one_answer_each")]), "en")
    ['Every item received one answer only: nothing tells the respondents apart.']
    """
    return [
        word(
            "limit" if row["outcome"] == NOT_COMPUTED else "reduced",
            language,
            row["reason"],
            **json.loads(row["details"]),
        )
        for row in notes.to_dict("records")
    ]


def _notes(tables: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    return tables.get("validity_notes", pd.DataFrame(columns=_COLUMNS))
