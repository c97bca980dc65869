"""Who may see the pages: the browser that was given the address, on this machine alone."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from http.cookies import CookieError, SimpleCookie
from urllib.parse import parse_qs

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse, RedirectResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from typology.words import word

HOST = "127.0.0.1"
_A_WEEK = 7 * 24 * 3600  # a browser that was killed finds its way back
_SAFE = frozenset({"GET", "HEAD"})


@dataclass
class Keys:
    """What opens the pages of one start of the server.

    ``token`` is in the address that is opened, good once; ``secret`` is in the cookie that the
    browser has from then on.
    """

    port: int
    token: str = field(default_factory=lambda: secrets.token_urlsafe(24), repr=False)
    secret: str = field(default_factory=lambda: secrets.token_urlsafe(32), repr=False)
    used: bool = False

    @property
    def cookie(self) -> str:
        """Return the name of the cookie: cookies of one machine do not tell ports apart."""
        return f"typology_{self.port}"

    @property
    def address(self) -> str:
        """Return the address to open."""
        return f"http://{HOST}:{self.port}/?token={self.token}"

    def take(self, given: str) -> bool:
        """Return whether a token opens the pages; it does so once."""
        if self.used or not secrets.compare_digest(given.encode(), self.token.encode()):
            return False
        self.used = True
        return True

    def known(self, cookies: str) -> bool:
        """Return whether a request comes from the browser that was let in."""
        jar: SimpleCookie = SimpleCookie()
        try:
            jar.load(cookies)
        except CookieError:
            return False
        held = jar.get(self.cookie)
        return held is not None and secrets.compare_digest(
            held.value.encode(), self.secret.encode()
        )


class Guard:
    """Refuses every request that is not that browser's, asked of this very server."""

    def __init__(self, app: ASGIApp, *, keys: Keys) -> None:
        self.app = app
        self.keys = keys

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or refuse it."""
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008})
        elif scope["type"] == "http":
            await self._answer(scope, receive, send)

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = Headers(scope=scope)
        hosts = {f"{name}:{self.keys.port}" for name in (HOST, "localhost")}
        if headers.get("host", "") not in hosts:  # another name that leads to this machine
            await PlainTextResponse("?", 403)(scope, receive, send)
            return
        given = parse_qs(scope["query_string"].decode("latin-1")).get("token", [""])[0]
        if given and self.keys.take(given):
            entered = RedirectResponse(scope["path"], 303)
            entered.set_cookie(
                self.keys.cookie, self.keys.secret, httponly=True, samesite="strict",
                max_age=_A_WEEK,
            )  # fmt: skip
            await entered(scope, receive, send)
        elif not self.keys.known(headers.get("cookie", "")):
            await _refused(headers)(scope, receive, send)
        elif scope["method"] not in _SAFE and not _own(headers, hosts):
            await PlainTextResponse("?", 403)(scope, receive, send)
        else:
            await self.app(scope, receive, send)


def _own(headers: Headers, hosts: set[str]) -> bool:
    """Return whether a form was sent by a page of this server."""
    origin = headers.get("origin", "")
    return headers.get("sec-fetch-site", "same-origin") == "same-origin" and (
        not origin or origin.removeprefix("http://") in hosts
    )


def _refused(headers: Headers) -> PlainTextResponse:
    english = headers.get("accept-language", "fr").startswith("en")
    languages = ("en", "fr") if english else ("fr", "en")
    told = "\n\n".join(word("app", each, "not_let_in") for each in languages)
    return PlainTextResponse(f"{told}\n", 403)
