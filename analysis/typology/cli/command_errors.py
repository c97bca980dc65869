"""How a command ends when something stops it: in words, with an exit code."""

from __future__ import annotations

import locale
import os
import sys
from collections.abc import Iterator
from concurrent.futures import BrokenExecutor
from contextlib import contextmanager, suppress

from typology.files.interruption import Stopped
from typology.files.write_errors import write_problem
from typology.problems import InputError, Problem
from typology.words.phrases import phrase

INPUT_ERROR = 2
_INTERRUPTED = 130


@contextmanager
def errors_told(language: str | None) -> Iterator[str]:
    """Tell what stopped a command, and leave with its exit code.

    ``language`` is that of the system if None; yields the language in which it is told.
    """
    spoken = language or system_language()
    try:
        yield spoken
    except InputError as error:
        _leave(error, spoken)
    except BrokenPipeError:
        raise
    except OSError as error:
        _leave(InputError(write_problem(error)), spoken)
    except (MemoryError, BrokenExecutor):
        _leave(InputError(_too_much()), spoken)
    except KeyboardInterrupt as error:
        tell_stop(error, spoken)
        sys.exit(error.exit_code if isinstance(error, Stopped) else _INTERRUPTED)


def _leave(error: InputError, language: str) -> None:
    from typology.cli.console import Terminal  # noqa: PLC0415 - slow to import
    from typology.cli.terminal import print_input_error  # noqa: PLC0415 - slow to import

    print_input_error(Terminal(stderr=True), error, language)
    sys.exit(INPUT_ERROR)


def tell_stop(stop: KeyboardInterrupt, language: str) -> None:
    """Say that a command was stopped, and what it left."""
    from rich.text import Text  # noqa: PLC0415 - slow to import

    from typology.cli.console import Terminal  # noqa: PLC0415 - slow to import

    asked = stop.number.name if isinstance(stop, Stopped) else "SIGINT"
    told = phrase(
        "Stopped ({signal}). Nothing half-written is left: files and folders of before are as "
        "they were, or replaced whole.",
        signal={"SIGINT": "Ctrl+C"}.get(asked, asked),
    )
    with suppress(OSError):  # the terminal may be what was closed
        Terminal(stderr=True).print(Text(told.in_(language), style="bold yellow"))


def _too_much() -> Problem:
    found = phrase("not enough memory")
    expected = phrase("a study that this machine can hold")
    remedy = phrase("Close other programs, or use fewer cores with the option --cores.")
    return Problem("", "", found, expected, remedy, "")


def system_language() -> str:
    """Return "fr" where the system speaks French, otherwise "en"."""
    named = (os.environ.get(name, "") for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    chosen = next(filter(None, named), None) or locale.getlocale()[0] or ""
    return "fr" if chosen.casefold().startswith("fr") else "en"
