"""The columns that survey platforms add to their exports."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase

from typology.questionnaire.header_names import fold_wording


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
        # Jotform
        *("submission date", "submission ip", "last update date"),
    }
)

_PERSONS = frozenset(
    {
        *("nombre", "apellido", "apellidos", "nome", "cognome", "sobrenome", "naam", "voornaam"),
        *("achternaam", "nome completo", "nombre completo", "volledige naam", "vollstandiger name"),
    }
)
"""What platforms call a person in other languages: words that may name a question elsewhere."""

_PATTERNS = (
    # KoboToolbox
    *("_submission_*", "_parent_*", "_version*", "__version*", "meta/*", "formhub/*"),
    # REDCap
    *("redcap_*", "*_complete", "*_timestamp", "* timestamp"),
    # Qualtrics, SurveyMonkey, LimeSurvey
    *("q_recaptcha*", "q_relevantid*", "q_ballotbox*", "q_duplicate*", "custom data *"),
    *("grouptime*", "questiontime*", "group time: *", "question time: *"),
    *("group_time:*", "question_time:*"),
    "donnees personnalisees *",
    *("benutzerdefinierte daten *", "datos personalizados *", "dati personalizzati *"),
    *("dados personalizados *", "aangepaste gegevens *"),
)

_OF_PLATFORM: Mapping[str, ColumnNames] = {
    "Typeform": ColumnNames(
        frozenset({"response type", "tags", "ending", "network id"}), ("* date (utc)",)
    ),
    "Tally": ColumnNames(frozenset({"submission id", "submitted at"}), ()),
    "EUSurvey": ColumnNames(
        frozenset({"invitation number", "user name", "contribution id", "creation date"}), ()
    ),
    "Alchemer": ColumnNames(
        frozenset(
            {"time started", "date submitted", "contact id", "legacy comments", "comments"}
            | {"referer", "sessionid", "user agent", "longitude", "latitude", "country", "city"}
            | {"state/region", "postal", "tags"}
        ),
        (),
    ),
    "SoSci Survey": ColumnNames(
        frozenset(
            {"case", "serial", "ref", "questnnr", "mode", "started", "lastdata", "finished"}
            | {"q_viewer", "lastpage", "maxpage", "missing", "missrel", "mailsent", "deg_time"}
        ),
        ("time_*", "time[0-9]*"),
    ),
    "Framaforms": ColumnNames(
        frozenset({"numero de serie", "heure de soumission", "heure de modification", "sid"}), ()
    ),
}
"""What a platform alone calls its columns: words that a questionnaire may have elsewhere."""

ADMINISTRATIVE_NAMES = ColumnNames(_NAMES, _PATTERNS)
"""Names, as :func:`typology.questionnaire.header_names.fold_wording` folds them, of columns never
read."""

_CODES = {
    *("submitdate", "lastpage", "startlanguage", "seed", "startdate", "datestamp", "ipaddr"),
    *("refurl", "token", "interviewtime"),
}
_IDENTIFIERS = {"response id", "id de la reponse", "antwort id", "antwort-id"}
_CODE_AND_TEXT = re.compile(r"(?P<code>\w+)(?:[.:] ?| [-–|] )(?P<text>.+)")
_IN_OTHER_LANGUAGES = {
    # Google Forms
    "timestamp": ("marca temporal", "informazioni cronologiche", "carimbo de data/hora",
                  "tijdstempel", "sygnatura czasowa"),
    "email address": ("direccion de correo electronico", "indirizzo email", "indirizzo e-mail",
                      "endereco de e-mail", "endereco de email", "e-mailadres"),
    "username": ("nombre de usuario", "nome utente", "nome de usuario", "nome do usuario",
                 "gebruikersnaam", "nutzername", "benutzername"),
    "score": ("puntuacion", "punteggio", "pontuacao", "score total", "total score", "note totale"),
    # Microsoft Forms
    "start time": ("hora de inicio", "ora di inizio", "begintijd"),
    "completion time": ("hora de finalizacion", "ora di completamento", "hora de conclusao",
                        "tijd van voltooien"),
    "email": ("correo electronico", "posta elettronica", "correio eletronico"),
    "last modified time": ("uhrzeit der letzten anderung", "hora de la ultima modificacion",
                           "ora dell'ultima modifica", "hora da ultima modificacao",
                           "tijd van laatste wijziging"),
    "total points": ("total des points", "total de puntos", "punteggio totale", "punti totali",
                     "total de pontos", "gesamtpunktzahl", "totaal aantal punten"),
    "quiz feedback": ("commentaires du questionnaire", "commentaires sur le questionnaire",
                      "commentaires du quiz", "comentarios de la prueba", "feedback quiz",
                      "feedback del quiz", "comentarios do teste", "quizfeedback",
                      "feedback zum quiz"),
    # SurveyMonkey
    "respondent id": ("id de respondedor", "id del encuestado", "id rispondente",
                      "id intervistato", "id do respondente", "respondent-id"),
    "collector id": ("id de recopilador", "id del recopilador", "id collettore",
                     "id raccoglitore", "id do coletor"),
    "date created": ("date de creation", "erstellungsdatum", "fecha de creacion",
                     "data di creazione", "data de criacao", "aanmaakdatum"),
    "date modified": ("date de modification", "anderungsdatum", "fecha de modificacion",
                      "data di modifica", "data de modificacao", "wijzigingsdatum"),
    "ip address": ("direccion ip", "indirizzo ip", "endereco ip", "ip-adres"),
}  # fmt: skip
"""What platforms shown in Spanish, Italian, Portuguese, Dutch, German, French call these."""
_SAME = {
    **{text: name for name, texts in _IN_OTHER_LANGUAGES.items() for text in texts},
    "response type": "status",
    "type de reponse": "status",
    "recorded date": "recordeddate",
    "date enregistree": "recordeddate",
    "date d'enregistrement": "recordeddate",
    "termine": "finished",
    "recipient last name": "recipientlastname",
    "nom de famille du destinataire": "recipientlastname",
    "recipient first name": "recipientfirstname",
    "prenom du destinataire": "recipientfirstname",
    "recipient email": "recipientemail",
    "e-mail du destinataire": "recipientemail",
    "adresse e-mail du destinataire": "recipientemail",
    "external data reference": "externalreference",
    "reference de donnees externes": "externalreference",
    "reference externe": "externalreference",
    "location latitude": "locationlatitude",
    "latitude de l'emplacement": "locationlatitude",
    "location longitude": "locationlongitude",
    "longitude de l'emplacement": "locationlongitude",
    "distribution channel": "distributionchannel",
    "canal de distribution": "distributionchannel",
    "user language": "userlanguage",
    "langue de l'utilisateur": "userlanguage",
    "id de reponse": "responseid",
}
"""What Qualtrics writes below the names of its columns, and some make the header of; and what
platforms call their columns in other languages."""


def platform_name(header: str) -> str:
    """Return a heading folded; one that a platform writes in several ways, in one.

    LimeSurvey writes a code, a text, or both; it may have underscores for spaces. Qualtrics writes
    a name, and a text below it.

    >>> platform_name("submitdate. Date de soumission"), platform_name("Date_de_soumission")
    ('submitdate', 'date de soumission')
    >>> platform_name("Type de réponse"), platform_name("E01. Votre avis")
    ('status', 'e01. votre avis')
    >>> platform_name("Hora de finalización")
    'completion time'
    """
    folded = fold_wording(header)
    if folded in ADMINISTRATIVE_NAMES:
        return folded
    both = _CODE_AND_TEXT.fullmatch(folded)
    if both is not None:
        text = both["text"].replace("_", " ")
        known = both["code"] in _CODES or (both["code"] == "id" and text in _IDENTIFIERS)
        return both["code"] if known else folded
    spaced = folded.replace("_", " ")
    return spaced if spaced in ADMINISTRATIVE_NAMES else _SAME.get(folded, folded)


def is_administrative(header: str, platform: str) -> bool:
    """Return whether a column is one that platforms add; ``platform`` is that of the table.

    The word for a name in some languages is that of a question in others: it is known where a
    platform was recognised.

    >>> is_administrative("Nombre", ""), is_administrative("Nombre", "Microsoft Forms")
    (False, True)
    """
    name = platform_name(header)
    if name in ADMINISTRATIVE_NAMES or (bool(platform) and name in _PERSONS):
        return True
    return platform in _OF_PLATFORM and fold_wording(header) in _OF_PLATFORM[platform]
