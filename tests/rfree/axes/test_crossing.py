"""Two characteristics crossed: against R's lm, by hand and by property."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from rfree.axes.crossing import crossed_variances

REFERENCE = Path(__file__).parents[3] / "R-free" / "reference"
SHARES = ["first", "second", "additive", "crossed"]


def test_shares_are_those_of_linear_models():
    tea = pd.read_csv(REFERENCE / "data" / "tea.csv.gz")
    theirs = pd.read_csv(REFERENCE / "crossing" / "shares.csv").set_index("weights")
    weights = 0.5 + (np.arange(1, len(tea) + 1) * 5 % 11) / 7
    for name, given in (("equal", None), ("survey", weights)):
        ours = crossed_variances(tea[["age"]], tea[["sex", "SPC"]], sample_weight=given)
        np.testing.assert_allclose(ours[SHARES].iloc[0], theirs.loc[name, SHARES], rtol=1e-9)


def test_effects_that_add_up_leave_no_interaction():
    answers = pd.DataFrame({"sex": list("ffmmfm"), "age": list("yoyoyo")})
    added = (answers["sex"] == "f") * 2.0 + (answers["age"] == "y") * 1.0
    found = crossed_variances(pd.DataFrame({"x": added, "still": 1.0}), answers)
    assert found.loc[0, ["additive", "crossed"]].tolist() == pytest.approx([1, 1])
    assert found.loc[0, "interaction"] == pytest.approx(0, abs=1e-12)
    assert found.loc[1, SHARES].isna().all()


def test_balanced_characteristics_add_up_to_their_own_shares():
    answers = pd.DataFrame({"sex": list("ffmm") * 3, "age": list("yoyo") * 3})
    points = pd.DataFrame({"x": np.random.default_rng(1).normal(size=12)})
    found = crossed_variances(points, answers).iloc[0]
    assert found["first"] + found["second"] == pytest.approx(found["additive"])
    assert found["crossed"] == pytest.approx(found["additive"] + found["interaction"])


def test_three_columns_cannot_be_crossed():
    answers = pd.DataFrame({"a": ["x", "y"], "b": ["x", "y"], "c": ["x", "y"]})
    with pytest.raises(ValueError, match="3 columns"):
        crossed_variances(pd.DataFrame({"x": [1.0, 2.0]}), answers)
