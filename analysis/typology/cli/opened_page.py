"""Opening the page of this machine: the server, and what the terminal says of it."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

from rich.text import Text

from typology.cli.console import Terminal
from typology.problems import InputError, Problem
from typology.words.phrases import phrase

_NEEDED = {"starlette": "starlette", "uvicorn": "uvicorn", "jinja2": "jinja2",
           "python_multipart": "python-multipart"}  # fmt: skip


def open_page(
    opened: Sequence[Path], *, folder: Path | None, port: int, browser: bool, language: str
) -> None:
    """Serve the page until it is stopped; `InputError` where what it needs is not installed."""
    lacking = [package for module, package in _NEEDED.items() if find_spec(module) is None]
    if lacking:
        remedy = phrase('Install it: pip install "attitude-typology[app]"')
        found = phrase("not installed: {names}", names=", ".join(lacking))
        raise InputError(Problem("", "", found, phrase("what the page needs"), remedy, ""))
    from typology.app.server import serve  # noqa: PLC0415 - an extra, and slow to import
    from typology.app.shelf import FOLDER  # noqa: PLC0415

    console = Terminal()

    def tell(address: str) -> None:
        told = phrase(
            "The page is at {address} (this address opens once). Ctrl+C stops it.", address=address
        )
        console.print(Text(told.in_(language)), soft_wrap=True)

    place = Path.home() / FOLDER if folder is None else folder
    serve(place, opened=list(opened), port=port, browser=browser, tell=tell)
