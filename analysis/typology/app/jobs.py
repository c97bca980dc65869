"""Work that takes long: in a process of its own, told how far it is, stopped when asked."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from typology.app.work_state import DONE
from typology.words.typography import LANGUAGES

STOPPED, FAILED = "stopped", "failed"
_SHARES = {
    "read": 0.02, "check": 0.02, "axes": 0.02, "classes": 0.02, "describe": 0.07, "validity": 0.70,
    "short_form": 0.03, "figures": 0.10, "write": 0.02,
}  # fmt: skip
"""Of the time of a run, about, by stage."""
_SURE = 0.04  # share done from which the time left is said
_LAST_LINES = 12
_COLOUR = re.compile(r"\x1b\[[0-9;]*m")
_PATIENCE = 20.0  # seconds that a stopped run has to tidy up


@dataclass(frozen=True)
class JobProgress:
    """How far a job is: ``end`` is "" while it runs; ``left`` is in seconds, None while unknown."""

    kind: str
    stage: str = ""
    share: float = 0.0
    left: float | None = None
    end: str = ""
    told: Mapping[str, Sequence[str]] = field(default_factory=dict)


@dataclass
class Job:
    """A process that works for a study; ``kind`` says at what ("run", "documents")."""

    kind: str
    process: subprocess.Popen[str]
    folder: tempfile.TemporaryDirectory[str]
    began: float = field(default_factory=time.time)
    asked_to_stop: bool = False
    output: list[str] = field(default_factory=list)

    @property
    def state_path(self) -> Path:
        """Return the file that says how far it is."""
        return Path(self.folder.name) / "state.json"

    @property
    def runs(self) -> bool:
        """Return whether it is at work."""
        return self.process.poll() is None

    def stop(self) -> None:
        """Ask it to stop, then make it: a run that is killed leaves the former results too."""
        if not self.runs:
            return
        self.asked_to_stop = True
        self.process.terminate()
        try:
            self.process.wait(_PATIENCE)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def progress(self) -> JobProgress:
        """Return how far it is."""
        state = self._state()
        end = state.get("end", "")
        if not end and not self.runs:
            if self.asked_to_stop:
                end = STOPPED
            else:
                end = DONE if self.process.returncode == 0 else FAILED
        told = state.get("told", {})
        if end == FAILED:
            told = dict.fromkeys(LANGUAGES, self.output[-_LAST_LINES:])
        stage, within = state.get("stage", ""), state.get("share", 0.0)
        share = _share(stage, within) if self.kind == "run" else within
        share = 1.0 if end == DONE else share
        return JobProgress(self.kind, stage, share, self._left(share), end, told)

    def _left(self, share: float) -> float | None:
        spent = time.time() - self.began
        return spent * (1 - share) / share if share > _SURE else None

    def _state(self) -> dict[str, Any]:
        try:
            return json.loads(self.state_path.read_text(encoding="utf-8"))  # type: ignore[no-any-return]
        except (OSError, ValueError):
            return {}


def _share(stage: str, within: float) -> float:
    """Return the share of a run that is done, about."""
    names = list(_SHARES)
    if stage not in names:
        return 0.0
    before = sum(_SHARES[name] for name in names[: names.index(stage)])
    return before + _SHARES[stage] * within


class Jobs:
    """The work under way: one job a study, whatever the number of tabs."""

    def __init__(self) -> None:
        self._jobs: dict[str, Job] = {}
        self._lock = threading.Lock()

    def of(self, study: str) -> Job | None:
        """Return the last job of a study."""
        return self._jobs.get(study)

    def run(self, study: str, path: Path, *, replicates: int | None = None) -> Job:
        """Run a study, unless something is at work for it already."""
        given = [] if replicates is None else [str(replicates)]
        module = [sys.executable, "-m", "typology.app.worker", str(path)]
        return self.start(study, "run", lambda state: [*module, str(state), *given], path.parent)

    def start(
        self, study: str, kind: str, command: Callable[[Path], Sequence[str]], place: Path
    ) -> Job:
        """Start a command, given the file in which it may say how far it is."""
        with self._lock:
            former = self._jobs.get(study)
            if former is not None and former.runs:
                return former
            if former is not None:
                former.folder.cleanup()
            folder = tempfile.TemporaryDirectory(prefix="typology-app-")
            process = subprocess.Popen(
                command(Path(folder.name) / "state.json"), cwd=place, text=True,
                stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                encoding="utf-8", errors="replace",
            )  # fmt: skip
            job = self._jobs[study] = Job(kind, process, folder)
            threading.Thread(target=_listen, args=(job,), daemon=True).start()
            return job

    def stop_all(self) -> None:
        """Stop everything, as the page is closed."""
        for job in self._jobs.values():
            job.stop()
            job.folder.cleanup()


def _listen(job: Job) -> None:
    """Keep the last lines that a process prints: a full pipe would stop it."""
    assert job.process.stdout is not None
    with job.process.stdout as lines:
        for line in lines:
            job.output[:] = [*job.output[-99:], _COLOUR.sub("", line.rstrip())]
