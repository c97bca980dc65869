"""The verdict of a study and the groups looked for where its types are none."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from typology.fit.active_table import build_active_table
from typology.validity.measure import ignore
from typology.validity.verdict import Case, verdict_tables

N, LINED = 70, 10


def one_attitude() -> Case:
    """Answers of one attitude to items worded both ways, and of some who always say the same."""
    random = np.random.default_rng(2)
    attitude = random.normal(size=(N + LINED, 1)) * np.resize([1, -1], 8)
    codes = np.digitize(attitude + 0.7 * random.normal(size=(N + LINED, 8)), [-1, -0.3, 0.3, 1]) + 1
    codes[N:] = np.resize([1, 5], LINED)[:, None]
    items = pd.DataFrame(codes, columns=[f"E{at}" for at in range(8)]).astype("Int64")
    return Case(
        build_active_table(items, missing_rule="own category"),
        n_axes=2, n_classes=3, sample_weight=np.ones(N + LINED), passive_below=0,
        consolidate=True, seed=1, n_jobs=1,
    )  # fmt: skip


@pytest.fixture(scope="module")
def tables() -> dict[str, pd.DataFrame]:
    return verdict_tables(one_attitude(), None, n_replicates=19, progress=ignore)


def test_straight_liners_are_counted_and_in_none_of_the_groups_looked_for(
    tables: dict[str, pd.DataFrame],
) -> None:
    verdict = tables["verdict"].iloc[0]
    assert verdict["rung"] in ("slices", "regions")
    assert verdict["straight_liners"] == LINED
    assert verdict["classes"] == 3
    assert tables["splits"]["n"].iloc[0] == N


def test_a_bar_of_a_boundary_holds_both_types(tables: dict[str, pd.DataFrame]) -> None:
    profiles = tables["boundary_profiles"]
    both = profiles["class_percent"] + profiles["neighbour_percent"]
    np.testing.assert_allclose(profiles["both_percent"], both)
    np.testing.assert_allclose(both.groupby([profiles["class"], profiles["neighbour"]]).sum(), 100)
