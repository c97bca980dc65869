from __future__ import annotations

import pickle

import numpy as np
import pandas as pd
import pytest

from rfree.base.limits import LIMITS, LimitError
from rfree.classes.chain import ChainSettings, TooFewPositionsError, code_table, run_chain
from rfree.classes.n_classes import classes_criteria
from rfree.other_clusterings.k_medoids import gower_answers
from rfree.reality.null_populations import fit_nulls
from rfree.reality.nulls import null_distributions
from rfree.reality.sensitivity import AlternativeTable, sensitivity_grid


def test_a_limit_takes_the_values_of_its_code_and_no_others() -> None:
    with pytest.raises(TypeError, match="classes"):
        LimitError("too_few_positions", "Too few.", classes=3)
    with pytest.raises(KeyError):
        LimitError("unheard of", "What?")


@pytest.mark.parametrize("kind", [LimitError, TooFewPositionsError])
def test_a_limit_comes_back_whole_from_another_core(kind: type[LimitError]) -> None:
    limit = kind("too_few_positions", "Too few.", classes=3, positions=2)
    back = pickle.loads(pickle.dumps(limit))
    assert isinstance(back, kind)
    assert (back.code, back.details, str(back)) == (limit.code, limit.details, "Too few.")


def test_limits_are_raised_with_their_values() -> None:
    twice = pd.DataFrame({"a": list("1122"), "b": list("1122")})
    with pytest.raises(LimitError) as few:
        run_chain(code_table(twice), ChainSettings(1, 3))
    assert few.value.details == {"classes": 3, "positions": 2}
    with pytest.raises(LimitError) as different:
        classes_criteria(np.array([[0.0], [1.0], [2.0], [2.0]]), seed=1)
    assert different.value.details == {"expected": 4, "found": 3}
    with pytest.raises(LimitError) as ordered:
        fit_nulls(code_table(pd.DataFrame({"a": list("1212"), "b": list("xyxy")})))
    assert ordered.value.details == {"expected": 2, "found": 1}
    apart = pd.DataFrame({"a": ["1", "2", None, None], "b": [None, None, "1", "2"]})
    with pytest.raises(LimitError) as common:
        gower_answers(apart, ordered=True).between(np.array([0]), np.array([2]))
    assert common.value.code == "nothing_in_common"
    with pytest.raises(LimitError) as together:
        fit_nulls(code_table(apart.fillna("no answer")))
    assert together.value.details == {"pairs": 1}
    assert {few.value.code, different.value.code, ordered.value.code, together.value.code} < set(
        LIMITS
    )


def test_cases_with_more_classes_than_positions_are_left_out() -> None:
    three = pd.DataFrame({"a": list("xxyyzz"), "b": list("xxyyzz")})
    study = pd.Series([1, 1, 2, 2, 2, 2])
    tables = [AlternativeTable({"set": "all"}, three)]
    grid = sensitivity_grid(tables, study, n_axes=[1, 2], n_classes=[2, 3, 4])
    assert sorted(set(grid.cases["classes"])) == [2, 3]
    with pytest.raises(LimitError) as none:
        sensitivity_grid(tables, study, n_axes=[2], n_classes=[4])
    assert none.value.code == "no_other_choice"


def test_a_sample_of_few_patterns_is_compared_without_nan() -> None:
    codes = np.repeat(["1", "2", "3"], 12)
    X = pd.DataFrame(dict.fromkeys("abcd", codes))
    result = null_distributions(X, n_axes=1, n_classes=2, n_replicates=3, n_resamples=0, seed=1)
    assert result.tests.notna().all(axis=None)
    assert result.by_classes["sample"].notna().all()
