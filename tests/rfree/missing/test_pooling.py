"""Rubin's rules: as mice, by hand, and without anything missing."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from rfree.missing.pooling import pool_estimates

REFERENCE = Path(__file__).parents[3] / "R-free" / "reference" / "surveys" / "pooled.csv"


@pytest.mark.parametrize("complete", [40.0, np.inf])
def test_as_mice(complete: float) -> None:
    given = pd.read_csv(REFERENCE).query("df_complete == @complete")
    found = pool_estimates(given[["q"]], given[["u"]], df_complete=complete).iloc[0]
    expected = given.iloc[0]
    assert found["estimate"] == pytest.approx(expected["qbar"])
    assert found["std_error"] ** 2 == pytest.approx(expected["t"])
    assert found["df"] == pytest.approx(expected["df"])
    assert found["riv"] == pytest.approx(expected["r"])
    assert found["fmi"] == pytest.approx(expected["fmi"])


def test_by_hand() -> None:
    found = pool_estimates([[1.0], [3.0]], [[2.0], [4.0]], names=["age"]).loc["age"]
    assert found["estimate"] == 2
    assert found["std_error"] ** 2 == pytest.approx(3 + 1.5 * 2)
    assert found["lambda"] == pytest.approx(0.5)
    assert found["df"] == pytest.approx(1 / 0.5**2)


def test_equal_imputations_leave_the_degrees_of_freedom_of_the_answers() -> None:
    found = pool_estimates([[1.0]] * 5, [[0.2]] * 5, df_complete=50).iloc[0]
    assert found["std_error"] == pytest.approx(np.sqrt(0.2))
    assert found["df"] == pytest.approx(51 / 53 * 50, rel=1e-6)
    assert found["lambda"] == 0


def test_what_cannot_be_pooled_is_refused() -> None:
    with pytest.raises(ValueError, match="two imputations at least"):
        pool_estimates([[1.0]], [[1.0]])
    with pytest.raises(ValueError, match="must be finite"):
        pool_estimates([[1.0], [np.nan]], [[1.0], [1.0]])
