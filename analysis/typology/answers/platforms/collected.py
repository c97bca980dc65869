"""How each respondent's answers were collected, as the platform's own columns tell.

The status of a Qualtrics answer is, in the value labels of its own SPSS export: 0 IP Address, 1
Survey Preview, 2 Survey Test, 4 Imported, 8 Spam, 9 Survey Preview Spam, 12 Imported Spam, 16
Offline, 17 Offline Survey Preview, 32 EX, 40 EX Spam, 48 EX Offline, 132 Reimported imported, 256
Synthetic; other exports have the number or these words. LimeSurvey has the date of submission of
whoever came to the end; REDCap the status of each instrument (0 Incomplete, 1 Unverified, 2
Complete) and "[not completed]" for the time of a survey left; KoboToolbox and ODK Central what a
reviewer decided. Google Forms, Microsoft Forms, KoboToolbox and ODK keep no answer that was not
sent.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from typing import Any

import pandas as pd

from typology.answers.platforms.administrative import platform_name
from typology.answers.platforms.moments import Span, read_seconds, span
from typology.answers.platforms.table import AnswerTable
from typology.questionnaire.header_names import fold_wording
from typology.words.phrases import Phrase, joined, phrase

_TESTS = {
    "status": {
        *("survey preview", "survey test", "spam", "survey preview spam", "imported spam"),
        *("offline survey preview", "ex spam", "synthetic", "apercu de l'enquete"),
        *("test de l'enquete", "spam survey preview"),
    },
    "distributionchannel": {"preview", "test"},
    "_validation_status": {
        *("not approved", "validation_status_not_approved", "non approuve", "nicht genehmigt"),
    },
    "reviewstate": {"rejected"},
}
"""What a platform's own column says of a test, a preview, an answer it was told to refuse."""
_QUALTRICS_TESTS = {"1", "2", "8", "9", "12", "17", "40", "256"}
_ENDED = ("submitdate", "date de soumission", "date submitted", "datum abgeschickt")
_FINISHED = (
    "finished",
    "complete",
    "completed",
    "response status",
    "statut de la reponse",
    "progression",
)
_UNFINISHED_WORDS = {
    *("0", "false", "faux", "non", "no", "incomplete", "incomplet", "partial", "partiel"),
    *("partielle", "disqualified", "overquota", "in progress", "en cours"),
    *("abandon", "abandonne", "non termine", "non terminee"),
}
_NOT_COMPLETED = "[not completed]"
_SECONDS = (
    *("duration (in seconds)", "duration__in_seconds_", "duree (en secondes)", "interviewtime"),
    *("total time", "temps total", "gesamtzeit", "_duration", "temps_saisie", "temps saisie"),
)
_SPANS = (
    *(("startdate", "enddate"), ("start", "end"), ("start time", "completion time")),
    *(("heure de debut", "heure de fin"), ("startzeit", "fertigstellungszeit")),
    *(("start date", "end date"), ("date de debut", "date de fin"), ("startdatum", "enddatum")),
    *(("date created", "date modified"), ("startdate", "submitdate"), ("startdate", "datestamp")),
    *(("date started", "date submitted"), ("date de lancement", "date de soumission")),
    *(("datum gestartet", "datum abgeschickt"), ("date started", "date last action")),
    *(("soumis le", "completed time"), ("start", "submissiondate")),
)
_LANGUAGES = (
    *("startlanguage", "langue de depart", "start language", "start-sprache", "userlanguage"),
    *("lang_saisie", "langue_saisie", "langue saisie", "langue", "language", "sprache"),
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
    doubts: tuple[Phrase, ...] = ()  # about the minutes

    def at(self, rows: Sequence[int] | Any, index: pd.Index[Any]) -> Collected:
        """Return what is known of some rows, counted from 0, under new names."""
        told = {each.name: getattr(self, each.name) for each in fields(self)
                if each.name != "doubts"}  # fmt: skip
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
        named.setdefault(platform_name(table.headers[number]), cells)
    minutes, doubts = _minutes(named)
    return Collected(
        tests=_tests(named, platform),
        finished=_finished(named),
        minutes=minutes,
        doubts=doubts,
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
            codes = _QUALTRICS_TESTS if (name, platform) == ("status", "Qualtrics") else set()
            found.append(_folded(named[name]).isin(said | codes))
    return pd.concat(found, axis=1).any(axis=1) if found else None


def _finished(named: Mapping[str, pd.Series[Any]]) -> pd.Series[Any] | None:
    ended = next((named[name] for name in _ENDED if name in named), None)
    if ended is not None:
        return ~_folded(ended).isin(["", "na", "n/a"])
    told = []
    for name, cells in named.items():
        said = _folded(cells)
        if name in _FINISHED or name.endswith("_complete"):
            nothing = {""} if (said != "").any() and name != "finished" else set()
            told.append(~said.isin(_UNFINISHED_WORDS | nothing))
        elif name.endswith(("_timestamp", " timestamp")) and (said == _NOT_COMPLETED).any():
            told.append(said != _NOT_COMPLETED)
        elif name in ("draft", "brouillon"):
            told.append(~said.isin(["1", "oui", "yes", "true", "vrai"]))
    if not told and "progress" in named:
        told.append(_folded(named["progress"]).str.rstrip(" %").isin(["100", "100.0", "1"]))
    return pd.concat(told, axis=1).all(axis=1) if told else None


def _minutes(
    named: Mapping[str, pd.Series[Any]],
) -> tuple[pd.Series[Any] | None, tuple[Phrase, ...]]:
    """Return how long each respondent took, and what cannot be told of it."""
    for name in _SECONDS:
        if name in named:
            seconds = named[name].map(read_seconds).astype(float)
            if seconds.notna().any():
                return seconds / 60, ()
    for first, last in _SPANS:
        if first in named and last in named:
            took = span(named[first], named[last])
            if took.minutes.notna().any() or took.doubtful.any():
                return took.minutes, _doubts(took, named, first, last)
    return None, ()


def _doubts(
    took: Span, named: Mapping[str, pd.Series[Any]], first: str, last: str
) -> tuple[Phrase, ...]:
    if not took.doubtful.any():
        return ()
    at = int(took.doubtful.argmax())
    return (
        phrase(
            "How long {count} of {total} respondents took cannot be told: '{begun}' ({first}) and "
            "'{ended}' ({last}) are no two moments that follow each other, or can be read in two "
            "ways. No 'fastest' leaves them out.",
            count=int(took.doubtful.sum()), total=len(took.doubtful),
            begun=named[first].iloc[at], first=first, ended=named[last].iloc[at], last=last,
        ),
    )  # fmt: skip


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
    notices += told.doubts
    if told.minutes is not None and told.minutes.notna().any():
        notices.append(
            phrase(
                "Half the respondents took {median} minutes or less; the fastest {least}.",
                median=round(float(told.minutes.median()), 1),
                least=round(float(told.minutes.min()), 1),
            )
        )
    return notices
