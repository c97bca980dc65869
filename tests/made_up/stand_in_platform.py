"""Survey platforms on this machine alone: what their interfaces for programs answer.

LimeSurvey's remote control (JSON-RPC 2), REDCap's form POST, KoboToolbox's second interface.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit

USER, PASSWORD = "dr.martin", "pâss word-9731"
REDCAP_TOKEN = "0123456789ABCDEF0123456789abcdef"
KOBO_TOKEN = "feedc0ffee5417feedc0ffee5417feedc0ffee54"
SECRETS = (USER, PASSWORD, REDCAP_TOKEN, KOBO_TOKEN)
SURVEY, FORM = "471128", "aBcDeFgHiJkLmNoPqRsTuV"
KEY = "session-key-88"

PAGE = b"<!DOCTYPE html><html><body>Hospital network: please log in</body></html>"


@dataclass
class Platform:
    """What the platforms answer, and what they were asked.

    ``csv`` are the answers that LimeSurvey and REDCap export, ``submissions`` those of Kobo,
    ``lines`` the questions of its form. ``saying`` is a status that LimeSurvey gives in place of
    the answers. ``instead`` (status, headers, body) is sent whatever is asked.
    """

    address: str
    csv: bytes = b""
    submissions: list[dict[str, Any]] = field(default_factory=list)
    lines: list[dict[str, str]] = field(default_factory=list)
    fields: list[dict[str, str]] = field(default_factory=list)
    saying: str = ""
    instead: tuple[int, dict[str, str], bytes] | None = None
    asked: list[str] = field(default_factory=list)

    def remote_control(self, method: str, given: list[Any]) -> Any:
        """Return what LimeSurvey's remote control answers to a call."""
        self.asked.append(method)
        if method == "get_session_key":
            known = given[:2] == [USER, PASSWORD]
            return KEY if known else {"status": "Invalid user name or password"}
        if method == "release_session_key":
            return "OK"
        assert method == "export_responses"
        if given[0] != KEY:
            return {"status": "Invalid session key"}
        if str(given[1]) != SURVEY:
            return {"status": "Error: Invalid survey ID"}
        if self.saying:
            return {"status": self.saying}
        assert given[2] == "csv"
        assert given[5:7] == ["code", "short"]
        return base64.b64encode(self.csv).decode()

    def redcap(self, asked: dict[str, str]) -> tuple[int, bytes]:
        """Return what REDCap answers to a form."""
        self.asked.append(asked["content"])
        if asked["token"] != REDCAP_TOKEN:
            return 403, b"ERROR: You do not have permissions to use the API"
        if asked["content"] == "metadata":
            return 200, json.dumps(self.fields).encode()
        assert (asked["content"], asked["format"], asked["type"]) == ("record", "csv", "flat")
        assert asked["exportSurveyFields"]
        return 200, self.csv

    def kobo(self, path: str, asked: dict[str, str], token: str) -> tuple[int, Any]:
        """Return what KoboToolbox answers to a request."""
        self.asked.append(path)
        if token != f"Token {KOBO_TOKEN}":
            return 401, {"detail": "Invalid token."}
        if asked.get("format") != "json":  # a page to look at, or no such form of an answer
            return 404, {"detail": "Not found."}
        if path == f"/api/v2/assets/{FORM}/":
            return 200, {"uid": FORM, "content": {"survey": self.lines}}
        if path == f"/api/v2/assets/{FORM}/data/":
            start = int(asked["start"])
            page = self.submissions[start : start + int(asked["limit"])]
            return 200, {"count": len(self.submissions), "next": None, "results": page}
        return 404, {"detail": "Not found."}


class _Answering(BaseHTTPRequestHandler):
    platform: Platform

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
        self._or_instead(lambda: self._kobo(parts.path, asked))

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self._or_instead(lambda: self._posted(body))

    def _kobo(self, path: str, asked: dict[str, str]) -> tuple[int, bytes]:
        status, said = self.platform.kobo(path, asked, self.headers.get("Authorization", ""))
        return status, json.dumps(said).encode()

    def _posted(self, body: bytes) -> tuple[int, bytes]:
        if self.path == "/api/":
            return self.platform.redcap({k: v[0] for k, v in parse_qs(body.decode()).items()})
        if self.path != "/index.php/admin/remotecontrol":
            return 404, b"Not found"
        call = json.loads(body)
        result = self.platform.remote_control(call["method"], call["params"])
        return 200, json.dumps({"id": call["id"], "result": result, "error": None}).encode()

    def _or_instead(self, answered: Any) -> None:
        headers: dict[str, str] = {}
        if self.platform.instead is not None:
            status, headers, content = self.platform.instead
        else:
            status, content = answered()
        self.send_response(status)
        for name, value in {"Content-Length": str(len(content)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *arguments: Any) -> None:
        """Say nothing."""


@contextmanager
def served() -> Iterator[Platform]:
    """Serve the platforms on a free port of this machine."""
    handler = type("Handler", (_Answering,), {})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    handler.platform = Platform(f"http://127.0.0.1:{server.server_address[1]}")
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield handler.platform
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
