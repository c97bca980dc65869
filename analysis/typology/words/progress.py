"""How far a run is: what is told of its stages."""

from __future__ import annotations

from typing import Protocol


class Progress(Protocol):
    """Told how far a run is."""

    def __call__(self, stage: str, share: float = 0.0) -> None:
        """Take the key of the stage that runs, and the share of it that is done (0 to 1)."""


def silent(stage: str, share: float = 0.0) -> None:
    """Show nothing."""
