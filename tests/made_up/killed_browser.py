"""A browser that is killed, as where a machine runs out of power, and opened again."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path
from signal import Signals
from typing import Any


class Killable:
    """A browser on a profile of its own, which ``new_browser`` opens."""

    def __init__(self, profile: Path, new_browser: Callable[[Path], Any]) -> None:
        self._profile = profile
        self._new_browser = new_browser
        self._driver: Any = None

    def open(self, address: str) -> Any:
        self._driver = self._new_browser(self._profile)
        self._driver.get(address)
        return self._driver

    def kill(self, signal: Signals, *, after: float) -> None:
        """Kill the browser itself, some seconds after the last key."""
        time.sleep(after)
        lock = self._profile / "SingletonLock"  # leads to "machine-process"
        os.kill(int(os.readlink(lock).rpartition("-")[2]), signal)
        self._driver.service.stop()
        self._driver = None
        for each in self._profile.glob("Singleton*"):
            each.unlink(missing_ok=True)

    def close(self) -> None:
        """Close the browser, if it is open."""
        if self._driver is not None:
            self._driver.quit()
