"""The page of this machine: its addresses, and the server that answers them."""

from __future__ import annotations

import socket
import threading
import webbrowser
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import uvicorn
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from typology.app.access import HOST, Guard, Keys
from typology.app.rendering import STATIC
from typology.app.screens import (
    answers,
    choose,
    edit,
    home,
    leave,
    mend,
    part_seen,
    questionnaire,
    read,
    run,
)
from typology.app.shelf import Shelf
from typology.app.visits import Screen, Site, Visit, endpoint
from typology.problems import InputError, Problem
from typology.words.phrases import phrase

_BOTH = ["GET", "POST"]
_SCREENS: tuple[tuple[str, Screen, list[str]], ...] = (
    ("/", home.home, ["GET"]),
    ("/language", home.language, ["POST"]),
    ("/stop", home.stop, ["POST"]),
    ("/keep", edit.keep_draft, ["POST"]),
    ("/answers", home.new_study_of_answers, ["POST"]),
    ("/new", home.new_study, ["POST"]),
    ("/s/{study}", home.first_screen, ["GET"]),
    ("/s/{study}/answers", answers.answers, _BOTH),
    ("/s/{study}/keep", edit.keep_draft, ["POST"]),
    ("/s/{study}/mend", mend.mend, _BOTH),
    ("/s/{study}/undo", mend.undo, ["POST"]),
    ("/s/{study}/questionnaire", questionnaire.questionnaire, _BOTH),
    ("/s/{study}/edit/{part}", edit.edit, _BOTH),
    ("/s/{study}/edit/{part}/{name}", edit.edit, _BOTH),
    ("/s/{study}/seen/{part}", part_seen.seen, ["GET"]),
    ("/s/{study}/seen/{part}/{name}", part_seen.seen, ["GET"]),
    ("/s/{study}/blank", questionnaire.blank, ["GET"]),
    ("/s/{study}/form/{platform}", questionnaire.form, ["GET"]),
    ("/s/{study}/choose", choose.choose, _BOTH),
    ("/s/{study}/preview", choose.preview, _BOTH),
    ("/s/{study}/preview/{figure}.svg", choose.preview_figure, ["GET"]),
    ("/s/{study}/run", run.run, _BOTH),
    ("/s/{study}/run/state", run.state, ["GET"]),
    ("/s/{study}/run/stop", run.stop, ["POST"]),
    ("/s/{study}/read", read.read, ["GET"]),
    ("/s/{study}/read/{part}", read.read, ["GET"]),
    ("/s/{study}/table/{part}/{name}.csv", read.table, ["GET"]),
    ("/s/{study}/short", read.short_form, ["GET"]),
    ("/s/{study}/explorer", read.explorer, ["GET"]),
    ("/s/{study}/leave", leave.leave, ["GET"]),
    ("/s/{study}/documents", leave.documents, ["POST"]),
    ("/s/{study}/zip/{what}", leave.zipped, ["GET"]),
    ("/s/{study}/file/{name:path}", leave.file, ["GET"]),
)


def made_app(site: Site, keys: Keys) -> Starlette:
    """Return the application: every address, behind the guard."""
    routes = [Route(path, endpoint(screen), methods=ways) for path, screen, ways in _SCREENS]
    app = Starlette(
        routes=[*routes, Mount("/static", StaticFiles(directory=STATIC))],
        middleware=[Middleware(Guard, keys=keys)],
        exception_handlers={HTTPException: endpoint_of_fault},
    )
    app.state.site = site
    return app


async def endpoint_of_fault(request: Request, _: Exception) -> Response:
    """Return the page of an address that leads nowhere."""

    def nowhere(visit: Visit) -> Response:
        return visit.page("sentence.html", status=404, sentence=visit.say("no_such_page"))

    request.scope["path_params"] = {}
    request.scope["method"] = "GET"
    return await endpoint(nowhere)(request)


def serve(
    folder: Path,
    *,
    opened: list[Path],
    port: int,
    browser: bool,
    tell: Callable[[str], None],
) -> None:
    """Serve the page until it is stopped.

    Parameters
    ----------
    folder : Path
        Where new studies are made.
    opened : list of Path
        Studies to show besides those in the folder.
    port : int
        Of this machine; 0 for any that is free.
    browser : bool
        Whether to open the page in the browser.
    tell : callable
        Told the address, once the page is there.

    Raises
    ------
    InputError
        If a study cannot be opened, or another program has the port.
    """
    shelf = Shelf(folder, opened=opened)
    with closing(socket.socket(socket.AF_INET, socket.SOCK_STREAM)) as listening:
        _bind(listening, port)
        keys = Keys(listening.getsockname()[1])
        site = Site(shelf)
        config = uvicorn.Config(
            made_app(site, keys), log_level="error", access_log=False, server_header=False,
            timeout_graceful_shutdown=2, ws="none",
        )  # fmt: skip
        server = uvicorn.Server(config)
        site.stop = lambda: setattr(server, "should_exit", True)
        tell(keys.address)
        if browser:
            threading.Timer(0.5, webbrowser.open, (keys.address,)).start()
        try:
            server.run(sockets=[listening])
        finally:
            site.jobs.stop_all()


def _bind(listening: socket.socket, port: int) -> None:
    try:
        listening.bind((HOST, port))
    except OSError as error:
        found = phrase("a port that another program has")
        remedy = phrase("Give another one, or leave the option out.")
        problem = Problem("", "", found, phrase("a port that is free"), remedy, f"--port {port}")
        raise InputError(problem) from error
