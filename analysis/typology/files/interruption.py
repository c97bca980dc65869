"""Being stopped: by Ctrl+C, by the system, by a terminal that closes."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

_NAMES = ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")
SIGNALS = tuple(signal.Signals[name] for name in _NAMES if name in signal.Signals.__members__)
"""Those of the system that ask a program to stop; Windows has others than Unix."""


class Stopped(KeyboardInterrupt):
    """The program was asked to stop, by the signal of this number."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self.number = signal.Signals(number)

    @property
    def exit_code(self) -> int:
        """Return the exit code that tells a shell so: 128 and the number of the signal."""
        return 128 + self.number


@contextmanager
def stops_raised() -> Iterator[None]:
    """Raise `Stopped` where a signal would end the program at once, without tidying up."""

    def stop(number: int, _frame: object) -> None:
        raise Stopped(number)

    with _handled(stop):
        yield


@contextmanager
def undisturbed() -> Iterator[None]:
    """Let signals wait until the end of what takes an instant and must be whole."""
    waiting: list[int] = []
    try:
        with _handled(lambda number, _frame: waiting.append(number)):
            yield
    finally:
        for number in waiting[:1]:
            signal.raise_signal(number)


@contextmanager
def _handled(handler: Callable[[int, Any], object]) -> Iterator[None]:
    """Handle the signals that are not ignored already (as ``nohup`` does), in the main thread."""
    former: dict[signal.Signals, Any] = {}
    if threading.current_thread() is threading.main_thread():
        former = {each: signal.getsignal(each) for each in SIGNALS}
        former = {each: was for each, was in former.items() if was not in (signal.SIG_IGN, None)}
    try:
        for each in former:
            signal.signal(each, handler)
        yield
    finally:
        for each, was in former.items():
            signal.signal(each, was)
