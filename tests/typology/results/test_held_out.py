"""Distances of respondents whose axes are made without them: what each fold is made of."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
import pandas as pd
import pytest

from typology.results import model_file as module

N = 25


class Made(Exception):  # noqa: N818 - it ends the call, nothing is wrong
    """What the axes of the first fold are made of."""


def first_fold(monkeypatch: pytest.MonkeyPatch, passive: tuple[Any, ...], n: int = N) -> Made:
    class Axes:
        def __init__(self, number: int, *, passive: Any, blocks: Any) -> None:
            self.settings = (number, passive, blocks)

        def fit(self, table: pd.DataFrame, weights: np.ndarray) -> None:
            raise Made(self.settings, table, weights)

    monkeypatch.setattr(module, "MCA", Axes)
    monkeypatch.setattr(module, "item_content", lambda _, item: {"item": item})
    table = pd.DataFrame({"a": [str(at % 3) for at in range(n)]})
    fitted: Any = SimpleNamespace(
        axes=SimpleNamespace(mca=SimpleNamespace(weights_=np.arange(n) + 0.5), number=2),
        active=SimpleNamespace(categories=table, passive=passive, blocks={"a": "one"}),
        classes=SimpleNamespace(labels=pd.Series(np.resize([1, 2], n))),
        active_given=table, questionnaire=None,
        study=SimpleNamespace(choices=SimpleNamespace(seed=3)),
    )  # fmt: skip
    with pytest.raises(Made) as made:
        module.held_out_distances(fitted)
    return made.value


@pytest.mark.parametrize(("passive", "given"), [((), None), ((("a", "9"),), [("a", "9")])])
def test_axes_of_a_fold_are_made_as_those_of_all(
    monkeypatch: pytest.MonkeyPatch, passive: tuple[Any, ...], given: list[Any] | None
) -> None:
    settings, table, weights = first_fold(monkeypatch, passive).args
    assert settings == (2, given, {"a": "one"})
    # Of 25 respondents, a tenth or a bit more are held out; each weighs what it does.
    assert len(table) == 22
    np.testing.assert_array_equal(weights, table.index.to_numpy() + 0.5)
    assert table.index.tolist() != list(range(22))  # drawn, with the seed of the study
    again = first_fold(monkeypatch, passive).args[1]
    assert again.index.tolist() == table.index.tolist()


def test_fewer_respondents_than_folds_are_held_out_one_by_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert len(first_fold(monkeypatch, (), n=6).args[1]) == 5


@pytest.mark.parametrize(
    ("distance", "rounded"), [(0.0, 0.0), (0.5, 0.5), (0.501, 0.51), (1.23456, 1.24)]
)
def test_limits_are_the_hundredth_above(distance: float, rounded: float) -> None:
    assert module._rounded_up(distance) == rounded


def test_a_type_has_its_names_or_none() -> None:
    names = {"bold": SimpleNamespace(fr="Audacieux", en="Bold")}
    assert module._names(names, "bold") == {"fr": "Audacieux", "en": "Bold"}
    assert module._names(names, "") == {}
