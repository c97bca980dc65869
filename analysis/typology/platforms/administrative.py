"""The columns that survey platforms add to their exports."""

from __future__ import annotations

ADMINISTRATIVE_NAMES = frozenset(
    {
        # Google Forms, Microsoft Forms
        *("horodateur", "timestamp", "adresse e-mail", "adresse mail", "email address", "email"),
        *("e-mail", "nom d'utilisateur", "username", "score", "start time", "completion time"),
        *("heure de debut", "heure de fin", "heure de la derniere modification", "nom", "name"),
        *("adresse de messagerie", "last modified time"),
        # LimeSurvey
        *("submitdate", "lastpage", "startlanguage", "seed", "startdate", "datestamp", "ipaddr"),
        *("refurl", "token", "interviewtime", "date de soumission", "derniere page", "code"),
        *("langue de depart", "tete de serie", "date de lancement", "adresse ip", "temps total"),
        *("date de la derniere action", "url referente", "date submitted", "last page"),
        *("start language", "date started", "date last action", "ip address", "referrer url"),
        *("total time", "access code", "code d'acces"),
        # Framaforms, Sphinx, Qualtrics, SurveyMonkey
        *("soumis le", "modified time", "completed time", "time", "draft", "uid", "brouillon"),
        *("date saisie", "date enreg", "date modif", "temps saisie", "origine saisie", "langue"),
        *("langue saisie", "appareil saisie", "progression", "derniere question saisie"),
        *("enddate", "status", "ipaddress", "progress", "duration (in seconds)", "finished"),
        *("recordeddate", "recipientlastname", "recipientfirstname", "recipientemail"),
        *("externalreference", "locationlatitude", "locationlongitude", "distributionchannel"),
        *("userlanguage", "collector id", "date created", "date modified", "first name"),
        *("last name", "custom data 1"),
        # Our own simulations
        "simulated",
    }
)
"""Names, as :func:`typology.known_names.fold_wording` folds them, of columns never read."""
