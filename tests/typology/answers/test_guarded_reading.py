"""Files of statistics programs that stop, keep or mislead the library that reads them."""

from __future__ import annotations

import ctypes
import importlib
import struct
import subprocess
import sys
import threading
from contextlib import nullcontext
from pathlib import Path
from types import SimpleNamespace

import pandas as pd
import pyreadstat
import pytest

from typology.answers.platforms import read_tables
from typology.answers.platforms.statistical import files, guarded, library
from typology.problems import InputError


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "a.sav"
    dates = pd.to_datetime(["2024-01-01", "2024-01-02"])
    pyreadstat.write_sav(pd.DataFrame({"G1": [1.0, 2.0], "day": dates}), str(path))
    return path


def script(monkeypatch: pytest.MonkeyPatch, folder: Path, lines: str) -> None:
    """Put a script in the place of the library."""
    made = folder / "script.py"
    made.write_text(f"import os, pickle, sys, time\n{lines}\n", encoding="utf-8")
    monkeypatch.setattr(library, "__file__", str(made))


STARTED = "pickle.dump('started', sys.stdout.buffer); sys.stdout.flush()\n"


@pytest.mark.parametrize("end", ["os._exit(1)", f"{STARTED}os.abort()", f"{STARTED}print('no')"])
def test_a_file_that_ends_its_reader_is_refused_in_words(path, tmp_path, monkeypatch, end) -> None:
    script(monkeypatch, tmp_path, end)
    with pytest.raises(InputError) as refused:
        read_tables(path)
    (problem,) = refused.value.problems
    assert "a damaged SPSS file (it stops the program that reads it)" in str(problem)
    assert "un fichier SPSS endommagé (il arrête le programme qui le lit)" in problem.text("fr")


def test_a_file_that_is_never_read_is_refused_and_leaves_no_process(
    path, tmp_path, monkeypatch
) -> None:
    started: list[subprocess.Popen[bytes]] = []
    begin = subprocess.Popen

    def kept(*arguments: object, **options: object) -> subprocess.Popen[bytes]:
        started.append(begin(*arguments, **options))  # type: ignore[call-overload]
        return started[-1]

    monkeypatch.setattr(guarded.subprocess, "Popen", kept)
    monkeypatch.setattr(guarded, "READING_SECONDS", 0.2)
    script(monkeypatch, tmp_path, f"{STARTED}time.sleep(60)")
    with pytest.raises(InputError, match="it is not read after 0 seconds"):
        read_tables(path)
    assert started[0].poll() is not None
    assert not [each for each in threading.enumerate() if isinstance(each, threading.Timer)]


@pytest.mark.skipif(sys.platform != "linux", reason="where a process can be held to its memory")
def test_the_reader_takes_no_more_memory_than_it_may() -> None:
    grows = "import runpy, sys; held = runpy.run_path(sys.argv[1]); held['_hold_memory'](10**9)"
    done = subprocess.run(
        [sys.executable, "-c", f"{grows}; bytearray(2 * 10**9)", library.__file__],
        check=False, capture_output=True,
    )  # fmt: skip
    assert done.stderr.rstrip().endswith(b"MemoryError")


@pytest.mark.parametrize("refused", [None, "CreateJobObjectW", "SetInformationJobObject"])
def test_windows_holds_the_reader_by_a_job_where_it_gives_one(refused) -> None:
    """What is told to Windows, byte for byte as its documentation lays it out for 64 bits."""
    told = []

    def answer(name: str, handle: int):
        def call(*arguments: object) -> int:
            limits = ctypes.string_at(*arguments[2:]) if name == "SetInformationJobObject" else b""
            told.append((name, limits, *arguments[:2]))
            return 0 if name == refused else handle

        return call

    library._hold_in_job(
        10**9,
        SimpleNamespace(
            CreateJobObjectW=answer("CreateJobObjectW", 7),
            GetCurrentProcess=answer("GetCurrentProcess", 2**64 - 1),
            SetInformationJobObject=answer("SetInformationJobObject", 1),
            AssignProcessToJobObject=answer("AssignProcessToJobObject", 1),
        ),
    )
    # LimitFlags at 16 of the 64 bytes of the basic limits; six counters of input and output; then
    # the limits of the process and of the job, and both peaks.
    limits = struct.pack("<2q2I2Q2IQ2I6Q4Q", 0, 0, 0x500, *[0] * 14, 10**9, 0, 0, 0)
    assert len(limits) == 144
    calls = [
        ("CreateJobObjectW", b"", None, None),
        ("SetInformationJobObject", limits, 7, 9),
        ("GetCurrentProcess", b""),
        ("AssignProcessToJobObject", b"", 7, 2**64 - 1),
    ]
    ends = {"CreateJobObjectW": 1, "SetInformationJobObject": 2, None: 4}
    assert told == calls[: ends[refused]]


def test_the_reader_takes_no_memory_for_threads_that_it_does_not_use(
    path, tmp_path, monkeypatch
) -> None:
    monkeypatch.setenv("OPENBLAS_NUM_THREADS", "64")
    told = "{'columns': 0, 'failure': ('', os.environ['OPENBLAS_NUM_THREADS'])}"
    script(monkeypatch, tmp_path, f"{STARTED}pickle.dump({told}, sys.stdout.buffer)")
    with pytest.raises(InputError, match=r"a damaged SPSS file \('?1'?\)"):
        read_tables(path)


def test_what_stands_in_the_folder_of_the_user_is_not_run(path, monkeypatch) -> None:
    (path.parent / "pickle.py").write_text("raise SystemExit", encoding="utf-8")
    monkeypatch.chdir(path.parent)
    assert read_tables(path)[0].headers == ("G1", "day")


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (OverflowError("days=-2147483648"), "a date outside the years 1 to 9999"),
        (MemoryError(), "it asks for too much memory"),
        (KeyError("nan"), "nan"),
        (RuntimeError(), "RuntimeError"),
    ],
)
def test_whatever_the_library_raises_is_a_damaged_file(path, monkeypatch, error, told) -> None:
    def fails(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(pyreadstat, "read_sav", fails)
    answer, values = library.read_with_library(str(path), "sav", most_columns=9, most_bytes=10**6)
    assert answer == {"columns": 0, "failure": (type(error).__name__, str(error))}
    assert values == {}
    monkeypatch.setattr(files, "library_answers", lambda *_: nullcontext(iter([answer])))
    with pytest.raises(InputError, match=f"a damaged SPSS file \\('?{told}'?\\)"):
        read_tables(path)


def test_columns_and_rows_beyond_the_limits_are_only_counted(path) -> None:
    wide, none = library.read_with_library(str(path), "sav", most_columns=1, most_bytes=10**6)
    assert (wide, none) == ({"columns": 2}, {})
    held, values = library.read_with_library(str(path), "sav", most_columns=2, most_bytes=1)
    assert (held["rows"], held["most"], list(values)) == (2, 1, ["G1", "day"])


@pytest.mark.skipif(sys.platform == "win32", reason="Windows holds memory by a job.")
@pytest.mark.parametrize("error", [None, OSError, ValueError])
def test_a_system_that_holds_no_memory_is_no_obstacle(monkeypatch, error) -> None:
    asked = []

    def setrlimit(kind: int, bounds: tuple[int, int]) -> None:
        asked.append((kind, bounds))
        if error is not None:
            raise error

    monkeypatch.setattr("resource.setrlimit", setrlimit)
    library._hold_memory(7)
    resource = importlib.import_module("resource")
    assert asked == [(resource.RLIMIT_AS, (7, 7))]
