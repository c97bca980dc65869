from __future__ import annotations

import os
import signal

import pytest

from typology.files.interruption import SIGNALS, Stopped, stops_raised, undisturbed


@pytest.mark.parametrize("number", SIGNALS, ids=lambda number: number.name)
def test_a_signal_is_raised_and_the_former_handler_comes_back(number: signal.Signals) -> None:
    before = signal.getsignal(number)
    with pytest.raises(Stopped) as stopped, stops_raised():
        signal.raise_signal(number)
    assert stopped.value.exit_code == 128 + number
    assert signal.getsignal(number) == before


def test_a_signal_waits_for_the_end_of_what_must_be_whole() -> None:
    done = []

    def work() -> None:
        with undisturbed():
            with undisturbed():
                signal.raise_signal(signal.SIGTERM)
                done.append("inner")
            done.append("outer")
        done.append("after")

    with pytest.raises(Stopped), stops_raised():
        work()
    assert done == ["inner", "outer"]


def test_a_signal_waits_even_when_the_work_fails() -> None:
    def work() -> None:
        with undisturbed():
            signal.raise_signal(signal.SIGTERM)
            raise OSError

    with pytest.raises(Stopped), stops_raised():
        work()


@pytest.mark.skipif(os.name == "nt", reason="nohup is of Unix.")
def test_an_ignored_signal_stays_ignored() -> None:
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        with stops_raised():
            signal.raise_signal(signal.SIGHUP)
    finally:
        signal.signal(signal.SIGHUP, before)


def test_windows_has_no_hangup(monkeypatch: pytest.MonkeyPatch) -> None:
    assert {each.name for each in SIGNALS} >= {"SIGINT", "SIGTERM"}
    monkeypatch.setattr("typology.files.interruption.SIGNALS", (signal.SIGINT, signal.SIGTERM))
    with pytest.raises(Stopped), stops_raised():
        signal.raise_signal(signal.SIGINT)
