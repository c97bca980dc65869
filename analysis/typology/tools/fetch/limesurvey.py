"""The answers of LimeSurvey, through its remote control."""

from __future__ import annotations

from contextlib import suppress

from citric import Client
from citric.exceptions import LimeSurveyApiError, LimeSurveyError, LimeSurveyStatusError

from typology.tools.fetch.access import Access
from typology.tools.fetch.exchange import BoundedSession, RefusedError
from typology.tools.fetch.sources import AnswerSource
from typology.words.phrases import Phrase, phrase
from typology.words.visible_text import shorten

_OFF = RefusedError(
    phrase("no remote control"),
    phrase(
        "Ask whoever keeps LimeSurvey to switch JSON-RPC on (Global settings, Interfaces), and "
        "check LIMESURVEY_URL."
    ),
)


def export(source: AnswerSource, access: Access, survey: str) -> bytes:
    """Return the answers to a survey, whole or not, as LimeSurvey's CSV in codes.

    The session is closed whatever happens.
    """
    name, password = access.secrets.values()
    try:
        with BoundedSession(source) as session:
            client = Client(access.url, name, password, requests_session=session)
            try:
                return client.export_responses(int(survey), file_format="csv")
            finally:
                with suppress(Exception):  # the answers are there, or what stopped them is told
                    client.close()
    except (LimeSurveyStatusError, LimeSurveyApiError) as error:
        raise _refused(str(error), access, survey) from None
    except LimeSurveyError:
        raise _OFF from None


def _refused(said: str, access: Access, survey: str) -> RefusedError:
    """Return what LimeSurvey's own words mean; words that hold a secret are left out."""
    told = said.casefold()
    for sign, found, remedy in _SAYINGS:
        if sign in told:
            return RefusedError(found, remedy)
    if "invalid survey" in told:
        found = phrase("no survey {survey}", survey=survey)
        return RefusedError(found, phrase("Check the number of the survey in LimeSurvey."))
    found = phrase("a refusal of the server")
    if access.is_kept_from(said):
        found = phrase("a refusal ({reason})", reason=shorten(said))
    return RefusedError(found, phrase("Ask whoever keeps LimeSurvey."))


_SAYINGS: tuple[tuple[str, Phrase, Phrase], ...] = (
    (
        "user name or password",
        phrase("a user name or a password that LimeSurvey does not know"),
        phrase("Check LIMESURVEY_USERNAME and LIMESURVEY_PASSWORD."),
    ),
    (
        "login attempts",
        phrase("too many attempts to log in"),
        phrase("Wait ten minutes, then check LIMESURVEY_USERNAME and LIMESURVEY_PASSWORD."),
    ),
    (
        "session key",
        phrase("a session that has expired"),
        phrase("Run the command again."),
    ),
    (
        "no permission",
        phrase("an account that may not export these answers"),
        phrase("Ask the owner of the survey for the right to export its answers."),
    ),
    (
        "survey table does not exist",
        phrase("a survey that was never activated"),
        phrase("Activate it in LimeSurvey: it has no answers before."),
    ),
    (
        "no data",
        phrase("a survey without any answer"),
        phrase("Run the command again once somebody has answered."),
    ),
)
