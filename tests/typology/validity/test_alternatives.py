"""Active tables under other rules are made once."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from rfree.missing.imputation_axes import choose_imputation_axes
from typology.validity import alternatives
from typology.validity.alternatives import RuledTables


def test_the_axes_of_the_imputation_are_chosen_once(monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[tuple[int, int]] = []

    def counted(answers: pd.DataFrame, *, seed: int) -> object:
        calls.append(answers.shape)
        return choose_imputation_axes(answers, seed=seed)

    monkeypatch.setattr(alternatives, "choose_imputation_axes", counted)
    rng = np.random.default_rng(1)
    items = pd.DataFrame(rng.integers(1, 4, (40, 4)).astype(str), columns=list("abcd"))
    items = items.mask(rng.random(items.shape) < 0.1)
    ruled = RuledTables(items, passive_below=0, seed=1, n_classes=2)
    first = ruled.table("imputation")
    assert first is not None
    assert ruled.table("imputation") is first
    assert ruled.table_of(list("abcd"), "imputation") is first
    assert ruled.imputation_axes is not None
    assert calls == [(40, 4)]
    some = ruled.table_of(list("ab"), "own category")
    assert some is not None
    assert list(some.categories) == ["a", "b"]


def test_nothing_is_imputed_where_nothing_is_missing() -> None:
    items = pd.DataFrame({"a": list("1212"), "b": list("1122")})
    ruled = RuledTables(items, passive_below=0, seed=1, n_classes=2)
    assert ruled.imputation_axes is None
    table = ruled.table("imputation")
    assert table is not None
    assert table.categories.astype(str).equals(items)
