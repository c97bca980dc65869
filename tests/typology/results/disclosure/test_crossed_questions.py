"""Two crossed questions do not tell the place of a few who answered one of them alone."""

from __future__ import annotations

import numpy as np
import pandas as pd

from typology.results.disclosure.pattern import Pattern
from typology.results.disclosure.subgroups import crossed_answers

CROSSED = {("f", "a"): 20, ("f", "b"): 18, ("m", "a"): 22, ("m", "b"): 17}


def tables(unanswered: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return crossed answers, and the answers: some said "a" and not of which sex they are."""
    crossed = pd.DataFrame(
        [
            ("sex", sex, "town", town, n, n / 80, 1, 0.1, 0.1, 1.0)
            for (sex, town), n in CROSSED.items()
        ],
        columns=["variable", "category", "other_variable", "other_category", "n", "share", "axis",
                 "coordinate", "cos2", "v_test"],
    )  # fmt: skip
    of = {("sex", "f"): 38, ("sex", "m"): 39, ("town", "a"): 42 + unanswered, ("town", "b"): 35}
    answers = pd.DataFrame([(*name, n) for name, n in of.items()],
                           columns=["variable", "category", "n"])  # fmt: skip
    return crossed, answers


def test_the_place_of_one_who_answered_one_of_two_crossed_questions_is_not_told() -> None:
    """All of town "a" less its women and its men would be where this one lies."""
    crossed, answers = tables(1)
    told = crossed_answers(crossed, {"categories": answers}, Pattern(5))
    rows = told[told["other_category"] == "a"]
    assert rows["coordinate"].isna().any()
    assert rows["n"].isna().any()


def test_crossed_answers_are_told_where_all_answered_or_several_did_not() -> None:
    for unanswered in (0, 9):
        crossed, answers = tables(unanswered)
        told = crossed_answers(crossed, {"categories": answers}, Pattern(5))
        assert told["coordinate"].notna().all()
        assert np.array_equal(told["n"], crossed["n"])
