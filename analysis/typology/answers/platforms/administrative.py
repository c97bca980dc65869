"""The columns that survey platforms add to their exports."""

from __future__ import annotations

from dataclasses import dataclass
from fnmatch import fnmatchcase


@dataclass(frozen=True)
class ColumnNames:
    """Names and patterns of columns: ``name in names`` tells whether one is among them.

    >>> columns = ColumnNames(frozenset({"token"}), ("*_complete",))
    >>> "token" in columns, "form_1_complete" in columns, "complete_care" in columns
    (True, True, False)
    """

    names: frozenset[str]
    patterns: tuple[str, ...]

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and (
            name in self.names or any(fnmatchcase(name, pattern) for pattern in self.patterns)
        )


_NAMES = frozenset(
    {
        # Google Forms, Microsoft Forms
        *("horodateur", "timestamp", "adresse e-mail", "adresse mail", "email address", "email"),
        *("e-mail", "nom d'utilisateur", "username", "score", "start time", "completion time"),
        *("heure de debut", "heure de fin", "heure de la derniere modification", "nom", "name"),
        *("adresse de messagerie", "last modified time"),
        *("startzeit", "fertigstellungszeit", "zeitstempel", "e-mail-adresse", "punktzahl"),
        *("zeitpunkt der letzten anderung", "nom complet", "total points", "quiz feedback"),
        *("langue", "language", "sprache"),
        # LimeSurvey
        *("submitdate", "lastpage", "startlanguage", "seed", "startdate", "datestamp", "ipaddr"),
        *("refurl", "token", "interviewtime", "date de soumission", "derniere page", "code"),
        *("langue de depart", "tete de serie", "date de lancement", "adresse ip", "temps total"),
        *("date de la derniere action", "url referente", "date submitted", "last page"),
        *("start language", "date started", "date last action", "ip address", "referrer url"),
        *("total time", "access code", "code d'acces", "antwort id", "antwort-id"),
        *("datum abgeschickt", "letzte seite", "start-sprache", "zufallsstartwert", "gesamtzeit"),
        *("zugangscode", "zugangsschlussel", "datum gestartet", "datum letzte aktivitat"),
        *("ip-adresse", "weiterleitungs-url", "verweis-url", "startsprache"),
        # Framaforms, Sphinx, Qualtrics, SurveyMonkey
        *("soumis le", "modified time", "completed time", "time", "draft", "uid", "brouillon"),
        *("date saisie", "date enreg", "date modif", "temps saisie", "origine saisie", "langue"),
        *("langue saisie", "appareil saisie", "progression", "derniere question saisie"),
        *("date_saisie", "date_enreg", "date_modif", "temps_saisie", "origine_saisie"),
        *("lang_saisie", "langue_saisie", "appareil_saisie", "derniere_question_saisie"),
        *("enddate", "status", "ipaddress", "progress", "duration (in seconds)", "finished"),
        *("recordeddate", "recipientlastname", "recipientfirstname", "recipientemail"),
        *("externalreference", "locationlatitude", "locationlongitude", "distributionchannel"),
        *("userlanguage", "collector id", "date created", "date modified", "first name"),
        *("last name", "custom data 1", "start date", "end date", "date de debut", "date de fin"),
        *("startdatum", "enddatum", "prenom", "nom de famille", "vorname", "nachname"),
        *("response status", "statut de la reponse", "completed", "collector"),
        *("collecteur", "id du collecteur", "id de collecteur", "kollektor-id", "collector-id"),
        *("donnees personnalisees 1", "benutzerdefinierte daten 1"),
        *("duration__in_seconds_", "duree (en secondes)", "q_totalduration"),
        # Our own simulations
        "simulated",
        # ODK Central
        *("submissiondate", "key", "meta-instanceid", "meta-instancename", "submitterid"),
        *("submittername", "attachmentspresent", "attachmentsexpected", "reviewstate", "edits"),
        *("formversion",),
        # KoboToolbox, REDCap
        *("start", "end", "today", "deviceid", "phonenumber", "simserial", "subscriberid"),
        *("instanceid", "audit", "_id", "_uuid", "_index", "_notes", "_status", "_tags"),
        *("_validation_status", "_submitted_by", "_attachments", "_geolocation", "_edited"),
        *("_duration", "_xform_id_string", "complete", "event name", "survey identifier"),
        *("repeat instrument", "repeat instance", "data access group"),
    }
)

_PATTERNS = (
    # KoboToolbox
    *("_submission_*", "_parent_*", "_version*", "__version*", "meta/*", "formhub/*"),
    # REDCap
    *("redcap_*", "*_complete", "*_timestamp", "* timestamp"),
    # Qualtrics, SurveyMonkey, LimeSurvey
    *("q_recaptcha*", "q_relevantid*", "q_ballotbox*", "q_duplicate*", "custom data *"),
    *("grouptime*", "questiontime*", "group time: *", "question time: *"),
    "donnees personnalisees *",
)

ADMINISTRATIVE_NAMES = ColumnNames(_NAMES, _PATTERNS)
"""Names, as :func:`typology.questionnaire.header_names.fold_wording` folds them, of columns never
read."""
