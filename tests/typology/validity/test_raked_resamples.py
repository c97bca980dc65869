"""Weights made from margins are made again in every resample."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from rfree.reality import stability
from typology.fit.fitted_typology import FittedTypology
from typology.results.checking import begin_study
from typology.validity import measure as validity
from typology.validity.notes import reasons
from weighted_study import with_weights, write_study


def fit(folder: Path, **options: Any) -> FittedTypology:
    return begin_study(write_study(folder, **options))[0]


def stability_part(fitted: FittedTypology) -> dict[str, pd.DataFrame]:
    return validity._stability(fitted, 1, validity.ignore)


def test_resamples_of_a_raked_study_have_its_margins(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fitted = fit(tmp_path, weights="margins", trim_weights=[0.2, 4])
    seen: list[pd.Series] = []
    run_chain = stability.run_chain

    def watched(table: Any, *args: Any, counts: Any = None, **options: Any) -> Any:
        if counts is not None:
            seen.append(pd.Series(table.weights * counts))
        return run_chain(table, *args, counts=counts, **options)

    monkeypatch.setattr(stability, "run_chain", watched)
    stability_part(fitted)
    assert len(seen) == 8
    sex = fitted.respondent["sex"].reset_index(drop=True)
    for mass in seen:
        shares = mass.groupby(sex).sum() / mass.sum()
        assert shares["f"] == pytest.approx(0.49, abs=1e-8)
    np.testing.assert_allclose(
        fitted.weights.reweight(np.ones(90, dtype=int)),  # type: ignore[misc]
        fitted.sample_weight,
        rtol=1e-8,
    )


def test_other_weights_are_kept_in_resamples(tmp_path: Path) -> None:
    assert fit(tmp_path).weights.reweight is None
    table = with_weights(np.arange(1, 91))
    assert fit(tmp_path, table=table, weights={"column": "poids"}).weights.reweight is None


def test_resamples_that_cannot_be_raked_are_told(tmp_path: Path) -> None:
    fitted = fit(tmp_path, weights="margins")
    kept = replace(fitted, weights=replace(fitted.weights, reweight=None))
    whole, fewer = ({"stability": pd.DataFrame({"replicates": [n] * 3})} for n in (8, 5))
    assert validity._resamples_left_out(fitted, whole) == []
    assert validity._resamples_left_out(kept, fewer) == []
    (note,) = validity._resamples_left_out(fitted, fewer)
    notes = {"validity_notes": validity.notes_table([note])}
    for language, told in (("fr", "3 sur 8"), ("en", "3 of 8")):
        (sentence,) = reasons(notes, "stability", language, outcome="reduced")
        assert told in sentence
