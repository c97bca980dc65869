"""Which survey platform made an export, told from the columns that it adds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from typology.answers.platforms.administrative import ColumnNames, platform_name


@dataclass(frozen=True)
class _Sign:
    """Columns of a platform: so many different ones of them are its signature."""

    title: str
    columns: tuple[str, ...]
    least: int = 2


_SIGNS = (
    _Sign("Qualtrics", ("responseid", "recordeddate", "distributionchannel", "userlanguage",
                        "finished", "duration (in seconds)", "progress", "locationlatitude")),
    _Sign("LimeSurvey", ("submitdate", "lastpage", "startlanguage", "seed", "date de soumission",
                         "derniere page", "langue de depart", "tete de serie", "date submitted",
                         "last page", "start language", "id de la reponse", "antwort id",
                         "datum abgeschickt", "letzte seite", "start-sprache")),
    _Sign("REDCap", ("redcap_*", "record_id", "record id", "*_complete", "complete", "event name",
                     "survey timestamp", "*_timestamp", "survey identifier", "*___*",
                     "*(choice=*", "data access group")),
    _Sign("KoboToolbox", ("_uuid", "_id", "_submission_time", "_index", "__version__",
                          "_validation_status", "_submitted_by", "_status", "_tags", "_notes")),
    _Sign("ODK", ("submissiondate", "key", "meta-instanceid", "submitterid", "submittername",
                  "reviewstate", "attachmentspresent", "formversion"), 3),
    _Sign("SurveyMonkey", ("collector id", "respondent id", "date created", "date modified",
                           "custom data 1", "id du repondant", "id du collecteur",
                           "befragten-id", "kollektor-id", "collector-id")),
    _Sign("Microsoft Forms", ("start time", "completion time", "last modified time",
                              "heure de debut", "heure de fin", "adresse de messagerie",
                              "heure de la derniere modification", "startzeit",
                              "fertigstellungszeit")),
    _Sign("Sphinx", ("date saisie", "date enreg", "date modif", "temps saisie", "origine saisie",
                     "langue saisie", "appareil saisie", "derniere question saisie",
                     "date_saisie", "date_enreg", "date_modif", "temps_saisie", "origine_saisie",
                     "lang_saisie", "langue_saisie", "appareil_saisie",
                     "derniere_question_saisie")),
    _Sign("Framaforms", ("soumis le", "modified time", "completed time", "draft", "uid",
                         "brouillon", "heure de soumission", "heure de modification"), 3),
    _Sign("Typeform", ("response type", "start date (utc)", "stage date (utc)", "network id",
                       "submit date (utc)", "ending"), 3),
    _Sign("Tally", ("submission id", "respondent id", "submitted at"), 3),
    _Sign("Jotform", ("submission date", "submission id", "submission ip", "last update date")),
    _Sign("EUSurvey", ("contribution id", "invitation number", "user name")),
    _Sign("Alchemer", ("time started", "date submitted", "contact id", "legacy comments",
                       "sessionid", "user agent", "referer"), 4),
    _Sign("SoSci Survey", ("questnnr", "q_viewer", "missrel", "time_rsi", "maxpage"), 3),
)  # fmt: skip
_FIRST_OF_GOOGLE = ("horodateur", "timestamp", "zeitstempel")
GOOGLE_FORMS = "Google Forms"
FORMS_OF = {
    "LimeSurvey": "limesurvey",
    "REDCap": "redcap",
    "KoboToolbox": "xlsform",
    "ODK": "xlsform",
    GOOGLE_FORMS: "google-forms",
    "Qualtrics": "qualtrics",
}
"""The form of :mod:`typology.questionnaire.forms` that each platform shows."""


def recognised_platform(headers: Sequence[str]) -> str:
    """Return the platform whose columns a table has, "" where no platform's are.

    >>> recognised_platform(["id", "submitdate", "lastpage", "hopes[E01]"])
    'LimeSurvey'
    >>> recognised_platform(["Horodateur", "Âge"]), recognised_platform(["id", "E01"])
    ('Google Forms', '')
    """
    folded = [platform_name(header) for header in headers]
    found = [(_columns_in(folded, sign) - sign.least, sign.title) for sign in _SIGNS]
    most = max(count for count, _ in found)
    if most >= 0:
        return next(title for count, title in found if count == most)
    return GOOGLE_FORMS if folded[:1] and folded[0] in _FIRST_OF_GOOGLE else ""


def _columns_in(folded: Sequence[str], sign: _Sign) -> int:
    """Return how many different columns of a platform there are."""
    return sum(
        any(header in ColumnNames(frozenset(), (column,)) for header in folded)
        for column in sign.columns
    )
