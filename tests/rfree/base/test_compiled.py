"""Compiled loops."""

from __future__ import annotations

import numpy as np

from rfree.base.compiled import compiled
from rfree.base.inputs import FloatArray

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


@compiled
def scaled(value: float, times: float = 3.0) -> float:
    return times * value


@compiled
def all_scaled(values: FloatArray, times: float = 2.0) -> FloatArray:
    made = np.empty_like(values)
    for place in range(len(values)):
        made[place] = scaled(values[place]) + scaled(values[place], times)
    return made


def test_a_compiled_function_calls_others_of_its_module() -> None:
    assert all_scaled(np.array([1.0, 2.0])).tolist() == [5.0, 10.0]
    assert all_scaled(np.array([1.0, 2.0]), 7.0).tolist() == [10.0, 20.0]
    assert scaled(1.0) == 3.0
