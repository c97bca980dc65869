"""Trying again what another program refuses for a moment."""

from __future__ import annotations

import time
from collections.abc import Callable

_PAUSES = (0.1, 0.2, 0.4, 0.8, 1.6)
"""Seconds between two tries: a virus scanner or a synchronisation lets go within them."""


def patiently(act: Callable[[], object]) -> None:
    """Do what Windows refuses while another program has a file open, again after each refusal.

    PermissionError is raised if it is still refused after three seconds.
    """
    for pause in _PAUSES:
        try:
            act()
        except PermissionError:
            time.sleep(pause)
        else:
            return
    act()
