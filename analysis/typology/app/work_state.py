"""How far work in another process is: a file that it writes and the page reads."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from typology.files.patience import patiently

DONE, REFUSED = "done", "refused"


class State:
    """The file that says how far the work is, replaced whole at each change."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._stage = ""
        self._told = 0.0

    def stage(self, stage: str, share: float = 0.0) -> None:
        """Say which stage runs, and how much of it is done."""
        now = time.time()
        if stage != self._stage or now - self._told > 0.5:
            self._stage, self._told = stage, now
            self._write({"share": share})

    def end(self, end: str, **told: Any) -> None:
        """Say how it ended."""
        self._write({"end": end, **told})

    def _write(self, content: Mapping[str, Any]) -> None:
        written = self._path.with_suffix(".new")
        text = json.dumps({"stage": self._stage, **content})
        written.write_text(text, encoding="utf-8")
        patiently(lambda: os.replace(written, self._path))
