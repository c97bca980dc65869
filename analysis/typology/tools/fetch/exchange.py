"""How a server is asked, and what it means when what comes back is no answer."""

from __future__ import annotations

from typing import Any

import requests

from typology.answers.platforms.limits import MOST_ANSWER_BYTES
from typology.problems import InputError, Problem
from typology.tools.fetch.sources import AnswerSource
from typology.words.phrases import Phrase, phrase

SECONDS = (10.0, 300.0)
"""Waited for a connection, then for each part of an answer."""

_REFUSED, _ABSENT, _TOO_OFTEN = {401, 403}, {404, 410}, {429}


class RefusedError(Exception):
    """A server's answer that holds no answers of respondents: what it was, what to do."""

    def __init__(self, found: Phrase, remedy: Phrase) -> None:
        super().__init__(found, remedy)
        self.found = found
        self.remedy = remedy


def options(source: AnswerSource) -> dict[str, Any]:
    """Return how a request is sent: within a time, to no other server, its answer looked at."""

    def look(response: requests.Response, *_: object, **__: object) -> None:
        response.encoding = "utf-8"
        try:
            refuse_response(response, source)
        except Exception:
            response.close()
            raise

    return {"timeout": SECONDS, "allow_redirects": False, "hooks": {"response": [look]}}


class BoundedSession(requests.Session):
    """A session whose every request is sent by `options`."""

    def __init__(self, source: AnswerSource) -> None:
        super().__init__()
        self._options = options(source)
        self.hooks = self._options["hooks"]

    def send(self, request: requests.PreparedRequest, **sent: Any) -> requests.Response:
        """Send a request."""
        chosen = {name: self._options[name] for name in ("timeout", "allow_redirects")}
        return super().send(request, **{**sent, **chosen})


def refuse_response(response: requests.Response, source: AnswerSource) -> None:
    """Raise `RefusedError` for an answer that is none: an error, another address, a page."""
    status = response.status_code
    if response.is_redirect or response.is_permanent_redirect:
        raise RefusedError(
            phrase("a server that sends to another address"),
            phrase("Put the address that the browser shows in the end into {name}.",
                   name=source.address),
        )  # fmt: skip
    if status >= 400:
        raise _by_status(status, source)
    if int(response.headers.get("Content-Length") or 0) > MOST_ANSWER_BYTES:
        found = phrase("an answer of more than {most} MB", most=MOST_ANSWER_BYTES // 1_000_000)
        raise RefusedError(found, phrase("Check that it is the right survey."))
    if response.content.lstrip()[:1] == b"<":
        raise RefusedError(
            phrase("a web page in place of answers"),
            phrase(
                "It is that of a log-in, or of the network's proxy: check {name}, and that this "
                "machine reaches it.",
                name=source.address,
            ),
        )


def _by_status(status: int, source: AnswerSource) -> RefusedError:
    found = phrase("a server that answers {status}", status=status)
    if status in _REFUSED:
        return RefusedError(
            phrase("a refusal of the server ({status})", status=status),
            phrase(
                "Check {names}, and that this account may export the answers.",
                names=", ".join(source.secrets),
            ),
        )
    if status in _ABSENT:
        remedy = phrase("Check {name}, and the survey.", name=source.address)
        if not source.survey:
            remedy = phrase("Check {name}.", name=source.address)
        return RefusedError(phrase("nothing at this address ({status})", status=status), remedy)
    if status in _TOO_OFTEN:
        found = phrase("a server that is asked too often ({status})", status=status)
        return RefusedError(found, phrase("Wait some minutes, then run the command again."))
    if status >= 500:
        return RefusedError(found, phrase("Run the command again later."))
    return RefusedError(found, phrase("Check {name}.", name=source.address))


def problem_of(error: Exception, source: AnswerSource) -> InputError:
    """Return what stopped an exchange, in words that hold nothing of what was sent."""
    found, remedy = _told(error, source)
    expected = phrase("the answers of {platform}", platform=source.title)
    return InputError(Problem("", "", found, expected, remedy, source.address))


def _told(error: Exception, source: AnswerSource) -> tuple[Phrase, Phrase]:
    if isinstance(error, RefusedError):
        return error.found, error.remedy
    check = phrase("Check {name}, and that this machine reaches it.", name=source.address)
    for kind, found, remedy in _FAILURES:
        if isinstance(error, kind):
            return found, remedy or check
    return phrase("an answer of another kind ({kind})", kind=type(error).__name__), check


# The narrower kinds first; None: the address and the way to it are to be checked.
_FAILURES: tuple[tuple[type[Exception], Phrase, Phrase | None], ...] = (
    (
        requests.exceptions.Timeout,
        phrase("no answer in time"),
        phrase("Run the command again later."),
    ),
    (
        requests.exceptions.SSLError,
        phrase("a server whose certificate cannot be trusted"),
        phrase("Ask those who keep the server, or the network: nothing was sent to it."),
    ),
    (requests.exceptions.ProxyError, phrase("a proxy that lets nothing through"), None),
    (
        requests.exceptions.ChunkedEncodingError,
        phrase("an answer cut short"),
        phrase("Run the command again."),
    ),
    (requests.exceptions.ConnectionError, phrase("no connection"), None),
)
