"""Who is let in: the browser that has the address, asking this server by its own name."""

from __future__ import annotations

import http.client
from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.importorskip("starlette", reason="The page (extra: app) is not installed.")

from served_page import Served, Visitor, served
from typology.app.server import serve
from typology.problems import InputError


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with served(tmp_path_factory.mktemp("studies")) as page:
        yield page


def asked(page: Served, path: str = "/", method: str = "GET", **headers: str) -> int:
    """The status of an answer to whoever has the cookie, with headers of their own."""
    connection = http.client.HTTPConnection("127.0.0.1", page.keys.port)
    cookie = {"Cookie": f"{page.keys.cookie}={page.keys.secret}"}
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    connection.request(method, path, headers={**cookie, **named})
    status = connection.getresponse().status
    connection.close()
    return status


def test_nobody_enters_without_the_address(page: Served) -> None:
    stranger = Visitor(page.top)
    for path in ("/", "/static/style.css", "/s/0123456789/answers", "/?token=", "/?token=x"):
        assert stranger.get(path).status == 403, path
    assert stranger.post("/new", begin="satisfaction").status == 403
    assert "s'ouvre qu'une fois" in stranger.get("/").html


def test_the_address_opens_once(page: Served) -> None:
    first = page.visitor()
    assert first.get("/").status == 200
    assert "token" not in first.get("/").address
    assert Visitor(page.top).get(f"/?token={page.keys.token}").status == 403
    assert first.get("/").status == 200


def test_the_cookie_is_for_this_page_alone(page: Served) -> None:
    (cookie,) = page.visitor().jar
    assert cookie.value == page.keys.secret
    assert cookie.has_nonstandard_attr("HttpOnly")
    assert cookie.get_nonstandard_attr("SameSite") == "strict"


def test_another_site_asks_in_vain(page: Served) -> None:
    own = f"127.0.0.1:{page.keys.port}"
    assert asked(page, Host=own) == 200
    assert asked(page, Host="evil.example") == 403
    assert asked(page, Cookie=f"{page.keys.cookie}=other") == 403
    for headers in ({"Origin": "http://evil.example"}, {"Sec_Fetch_Site": "cross-site"},
                    {"Origin": "null"}):  # fmt: skip
        assert asked(page, "/language", "POST", Host=own, **headers) == 403, headers
    assert asked(page, "/language", "POST", Host=own, Origin=f"http://{own}") == 303


def test_every_page_may_load_from_this_server_alone(page: Served) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", page.keys.port)
    connection.request("GET", "/", headers={"Cookie": f"{page.keys.cookie}={page.keys.secret}"})
    answer = connection.getresponse()
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "http" not in policy
    assert "http" not in answer.read().decode().replace(page.top, "")
    connection.close()


def test_a_websocket_is_refused(page: Served) -> None:
    assert asked(page, Connection="Upgrade", Upgrade="websocket", Sec_WebSocket_Version="13",
                 Sec_WebSocket_Key="x" * 22 + "==") in (200, 400, 403)  # fmt: skip
    stranger = http.client.HTTPConnection("127.0.0.1", page.keys.port)
    stranger.request("GET", "/", headers={"Connection": "Upgrade", "Upgrade": "websocket"})
    assert stranger.getresponse().status == 403
    stranger.close()


def test_what_is_nowhere_is_said_so(page: Served, tmp_path: Path) -> None:
    visitor = page.visitor()
    for path in ("/nowhere", "/s/0123456789/answers", f"/s/{tmp_path.name}/read"):
        answer = visitor.get(path)
        assert answer.status == 404, path
        assert len(answer.text) > 40


def test_a_port_that_is_taken_is_said(page: Served, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="another program"):
        serve(tmp_path, opened=[], port=page.keys.port, browser=False, tell=print)
