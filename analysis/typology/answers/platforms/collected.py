"""How each respondent's answers were collected, as the platform's own columns tell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from typing import Any

import pandas as pd

from typology.answers.platforms.table import AnswerTable
from typology.questionnaire.header_names import fold_wording
from typology.words.phrases import Phrase, joined, phrase

_TESTS = {
    "status": {
        *("survey preview", "survey test", "spam", "spam survey preview", "imported spam"),
        *("apercu de l'enquete", "test de l'enquete"),
    },
    "distributionchannel": {"preview", "test"},
    "_validation_status": {"not approved", "validation_status_not_approved", "non approuve"},
    "reviewstate": {"rejected"},
}
"""What a platform's own column says of a test, a preview, an answer it was told to refuse."""
_QUALTRICS_CODES = {"1", "2", "8", "9", "12", "17", "40", "48"}
_ENDED = ("submitdate", "date de soumission", "date submitted")
_FINISHED = ("finished", "complete", "*_complete")
_UNFINISHED_WORDS = {"0", "false", "faux", "non", "no", "incomplete", "incomplet"}
_SECONDS = (
    *("duration (in seconds)", "interviewtime", "total time", "temps total", "_duration"),
)  # fmt: skip
_SPANS = (
    *(("startdate", "enddate"), ("start", "end"), ("start time", "completion time")),
    *(("heure de debut", "heure de fin"), ("startdate", "submitdate")),
    *(("date started", "date submitted"), ("date de lancement", "date de soumission")),
)
_LANGUAGES = (
    *("startlanguage", "langue de depart", "start language", "userlanguage", "langue saisie"),
    *("langue", "language"),
)


@dataclass(frozen=True)
class Collected:
    """One value a respondent, None for what a file has no column of.

    ``tests`` and ``finished`` are booleans; ``minutes`` numbers, missing where unknown;
    ``languages`` and ``consents`` texts.
    """

    tests: pd.Series[Any] | None = field(default=None)
    finished: pd.Series[Any] | None = field(default=None)
    minutes: pd.Series[Any] | None = field(default=None)
    languages: pd.Series[Any] | None = field(default=None)
    consents: pd.Series[Any] | None = field(default=None)

    def at(self, rows: Sequence[int] | Any, index: pd.Index[Any]) -> Collected:
        """Return what is known of some rows, counted from 0, under new names."""
        told = {each.name: getattr(self, each.name) for each in fields(self)}
        kept = {name: values.iloc[rows].set_axis(index) for name, values in told.items()
                if values is not None}  # fmt: skip
        return replace(self, **kept)


def collected(
    table: AnswerTable, left: Sequence[int], consent: int | None, platform: str
) -> Collected:
    """Return what the columns of a platform tell, among those ``left`` that hold no answers."""
    named: dict[str, pd.Series[Any]] = {}
    for number in left:
        cells = table.cells[number].reset_index(drop=True)
        named.setdefault(fold_wording(table.headers[number]), cells)
    return Collected(
        tests=_tests(named, platform),
        finished=_finished(named),
        minutes=_minutes(named),
        languages=next(
            (named[name].str.strip().str.lower() for name in _LANGUAGES if name in named), None
        ),
        consents=None if consent is None else table.cells[consent].reset_index(drop=True),
    )


def _folded(cells: pd.Series[Any]) -> pd.Series[Any]:
    return cells.map(fold_wording)


def _tests(named: Mapping[str, pd.Series[Any]], platform: str) -> pd.Series[Any] | None:
    found = []
    for name, said in _TESTS.items():
        if name in named:
            codes = _QUALTRICS_CODES if (name, platform) == ("status", "Qualtrics") else set()
            found.append(_folded(named[name]).isin(said | codes))
    return pd.concat(found, axis=1).any(axis=1) if found else None


def _finished(named: Mapping[str, pd.Series[Any]]) -> pd.Series[Any] | None:
    ended = next((named[name] for name in _ENDED if name in named), None)
    if ended is not None:
        return ~_folded(ended).isin(["", "na", "n/a"])
    told = [
        cells
        for name, cells in named.items()
        if name in _FINISHED or name.endswith(_FINISHED[-1].removeprefix("*"))
    ]
    if not told:
        return None
    return pd.concat([~_folded(cells).isin(_UNFINISHED_WORDS) for cells in told], axis=1).all(
        axis=1
    )


def _minutes(named: Mapping[str, pd.Series[Any]]) -> pd.Series[Any] | None:
    for name in _SECONDS:
        if name in named:
            seconds = named[name].str.replace(",", ".", regex=False)
            return pd.to_numeric(seconds, errors="coerce").astype(float) / 60
    for first, last in _SPANS:
        if first in named and last in named:
            begun, ended = (
                pd.to_datetime(named[name].where(named[name] != ""), errors="coerce", utc=True,
                               format="ISO8601")
                for name in (first, last)
            )  # fmt: skip
            if begun.notna().any() and ended.notna().any():
                return (ended - begun).dt.total_seconds() / 60
    return None


def collected_notices(told: Collected) -> list[Phrase]:
    """Return what is counted: tests, answers not finished, languages, minutes."""
    notices = []
    if told.tests is not None and told.tests.any():
        notices.append(
            phrase(
                "{count} of {total} answers are marked by the platform as tests, previews or "
                "refused: a study leaves them out, unless it says 'exclusions: {line}'.",
                count=int(told.tests.sum()), total=len(told.tests), line="{tests: keep}",
            )
        )  # fmt: skip
    if told.finished is not None and not told.finished.all():
        notices.append(
            phrase(
                "{count} of {total} respondents did not finish: a study keeps them, unless it "
                "says 'exclusions: {line}'.",
                count=int((~told.finished).sum()), total=len(told.finished),
                line="{partial: leave out}",
            )
        )  # fmt: skip
    if told.languages is not None and (told.languages != "").any():
        counts = told.languages[told.languages != ""].value_counts()
        if len(counts) > 1:
            listed = [phrase("{language} ({count})", language=str(each), count=int(count))
                      for each, count in counts.items()]  # fmt: skip
            notices.append(phrase("Languages answered in: {languages}.",
                                  languages=joined(listed, ", ")))  # fmt: skip
    if told.minutes is not None and told.minutes.notna().any():
        notices.append(
            phrase(
                "Half the respondents took {median} minutes or less; the fastest {least}.",
                median=round(float(told.minutes.median()), 1),
                least=round(float(told.minutes.min()), 1),
            )
        )
    return notices
