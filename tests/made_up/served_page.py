"""The page of this machine, served for tests, and a visitor without a browser."""

from __future__ import annotations

import html
import re
import secrets
import socket
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.cookiejar import CookieJar
from pathlib import Path

import uvicorn

from typology.app.access import HOST, Keys
from typology.app.server import made_app
from typology.app.shelf import Shelf
from typology.app.visits import Site

Files = Mapping[str, tuple[str, bytes]]


@dataclass(frozen=True)
class Answer:
    """What the page answered: ``address`` is where it led."""

    status: int
    address: str
    content: bytes

    @property
    def html(self) -> str:
        return self.content.decode("utf-8")

    @property
    def text(self) -> str:
        """What a reader sees of the main part."""
        main = re.search(r"<main.*?</main>", self.html, re.DOTALL)
        words = re.sub(r"<[^>]+>", " ", main[0] if main else self.html)
        return " ".join(html.unescape(words).split())

    def value(self, name: str) -> str:
        """The value of a field that the page holds."""
        found = re.search(rf'name="{re.escape(name)}" value="([^"]*)"', self.html)
        assert found, name
        return html.unescape(found[1])


@dataclass
class Visitor:
    """Somebody who has the address; ``study`` is the path of the study they look at."""

    top: str
    study: str = ""
    jar: CookieJar = field(default_factory=CookieJar)

    def __post_init__(self) -> None:
        cookies = urllib.request.HTTPCookieProcessor(self.jar)
        self._opener = urllib.request.build_opener(cookies)

    def get(self, path: str) -> Answer:
        return self._ask(urllib.request.Request(self._address(path)))

    def post(self, path: str, *, files: Files | None = None, **fields: str | list[str]) -> Answer:
        """Send a form, or nothing but its fields."""
        address = self._address(path)
        if not files:
            data = urllib.parse.urlencode(fields, doseq=True).encode()
            return self._ask(urllib.request.Request(address, data))
        mark = secrets.token_hex(8)
        data = b"".join(_parts(mark, files, fields)) + f"--{mark}--\r\n".encode()
        headers = {"Content-Type": f"multipart/form-data; boundary={mark}"}
        return self._ask(urllib.request.Request(address, data, headers))

    def open(self, answer: Answer) -> Answer:
        """Look at the study that an answer leads to."""
        self.study = re.sub(r"^(/s/[0-9a-f]+).*", r"\1", urllib.parse.urlsplit(answer.address).path)
        return answer

    def _address(self, path: str) -> str:
        return f"{self.top}{path if path.startswith('/') else f'{self.study}/{path}'}"

    def _ask(self, request: urllib.request.Request) -> Answer:
        try:
            with self._opener.open(request, timeout=120) as answer:
                return Answer(answer.status, answer.url, answer.read())
        except urllib.error.HTTPError as refused:
            with refused:
                return Answer(refused.code, refused.url, refused.read())


def _parts(
    mark: str, files: Files, fields: Mapping[str, str | list[str]]
) -> Iterator[bytes]:  # fmt: skip
    for name, value in fields.items():
        for each in [value] if isinstance(value, str) else value:
            head = f'Content-Disposition: form-data; name="{name}"'
            yield f"--{mark}\r\n{head}\r\n\r\n{each}\r\n".encode()
    for name, (file, content) in files.items():
        head = f'Content-Disposition: form-data; name="{name}"; filename="{file}"'
        yield f"--{mark}\r\n{head}\r\nContent-Type: application/octet-stream\r\n\r\n".encode()
        yield content + b"\r\n"


@dataclass(frozen=True)
class Served:
    """A server at work."""

    site: Site
    keys: Keys

    @property
    def top(self) -> str:
        return f"http://{HOST}:{self.keys.port}"

    def visitor(self) -> Visitor:
        """Somebody let in, as the browser that the address opened."""
        visitor = Visitor(self.top)
        self.keys.used = False
        assert visitor.get(f"/?token={self.keys.token}").status == 200
        return visitor


@contextmanager
def served(folder: Path, *, opened: tuple[Path, ...] = ()) -> Iterator[Served]:
    """Serve the studies of a folder."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as listening:
        listening.bind((HOST, 0))
        keys = Keys(listening.getsockname()[1])
        site = Site(Shelf(folder, opened=opened))
        config = uvicorn.Config(made_app(site, keys), log_level="error", ws="none",
                                timeout_graceful_shutdown=2)  # fmt: skip
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        while not server.started:
            time.sleep(0.01)
        try:
            yield Served(site, keys)
        finally:
            server.should_exit = True
            thread.join()
            site.jobs.stop_all()
