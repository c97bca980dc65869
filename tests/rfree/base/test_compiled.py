"""Compiled loops."""

from __future__ import annotations

import numpy as np

from rfree.base.compiled import compiled

SOURCE = """
def doubled(values):
    made = np.empty_like(values)
    for place in range(len(values)):
        made[place] = 2 * values[place]
    return made
"""


def test_where_nothing_can_be_kept_on_disk_it_is_compiled_all_the_same() -> None:
    names: dict[str, object] = {"np": np, "__name__": "nowhere"}
    exec(compile(SOURCE, "<nowhere>", "exec"), names)
    doubled = compiled(names["doubled"])  # type: ignore[arg-type]
    assert doubled(np.array([1.0, 2.5])).tolist() == [2.0, 5.0]  # type: ignore[attr-defined]
