"""What another program refuses for a moment is tried again, for three seconds."""

from __future__ import annotations

import pytest

from typology.files.patience import patiently


@pytest.fixture
def pauses(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The pauses that are made, without making them."""
    made: list[float] = []
    monkeypatch.setattr("typology.files.patience.time.sleep", made.append)
    return made


@pytest.mark.parametrize("refusals", [0, 1, 5])
def test_what_is_let_go_in_time_is_done_once(pauses: list[float], refusals: int) -> None:
    tries: list[int] = []

    def act() -> None:
        tries.append(1)
        if len(tries) <= refusals:
            raise PermissionError

    patiently(act)
    assert (len(tries), len(pauses)) == (refusals + 1, refusals)


def test_three_seconds_of_refusals_are_enough(pauses: list[float]) -> None:
    def act() -> None:
        raise PermissionError

    with pytest.raises(PermissionError):
        patiently(act)
    assert pauses == sorted(pauses)
    assert sum(pauses) == pytest.approx(3.1)


def test_other_errors_are_not_tried_again(pauses: list[float]) -> None:
    def act() -> None:
        raise FileNotFoundError

    with pytest.raises(FileNotFoundError):
        patiently(act)
    assert pauses == []
