"""What keeps answers from a typology is told at once: what makes no axes and what no weights."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from made_up_typology import typology_of_items
from typology.fit.fitted_typology import fit_typology, reweighted
from typology.fit.respondent_weights import given_weights
from typology.problems import InputError
from typology.results.checking import read_study
from weighted_study import answers, write_study


def made_up(n: int = 60) -> pd.DataFrame:
    rng = np.random.default_rng(4)
    attitude = np.resize([-1.2, 0.0, 1.2], n)[:, None]
    codes = np.digitize(attitude * [1, 1, -1, -1] + 0.5 * rng.normal(size=(n, 4)), [-0.6, 0.6]) + 2
    names = [f"R{number}" for number in range(n)]
    return pd.DataFrame(codes, names, ["H1", "H2", "F1", "F2"], dtype="Int64")


@pytest.mark.parametrize("missing", ["own category", "passive category"])
def test_one_answer_from_all_who_answered_makes_no_axis(missing: str) -> None:
    """Even where no answer is a category of its own, the second of the item."""
    items = made_up()
    items["H2"] = pd.array([3, None] * 30, dtype="Int64")
    with pytest.raises(InputError) as raised:
        typology_of_items(items, missing=missing, exclusions={"max_missing_share": 60})
    (problem,) = raised.value.problems
    assert problem.column == "H2"
    assert problem.value == "the answer 3 from all who answered"


def test_answers_without_axes_and_margins_without_weights_are_told_together(tmp_path: Path) -> None:
    table = answers()
    table["H2"] = 3
    study = write_study(tmp_path, table=table, weights="margins")
    _, responses = read_study(replace(study, margins_path=None))
    nobody = responses.respondent.assign(place=responses.respondent["place"].replace("town", pd.NA))
    with pytest.raises(InputError) as raised:
        fit_typology(study, replace(responses, respondent=nobody))
    one_answer, no_town = raised.value.problems
    assert one_answer.column == "H2"
    assert no_town.value == "town"


def test_other_weights_leave_the_numbers_of_axes_and_classes() -> None:
    items = made_up()
    fitted = typology_of_items(items, axes="percent >= 60", classes=3)
    weights = given_weights(pd.Series(np.resize([1.0, 2, 5], 60), items.index), "column")
    again = reweighted(fitted, weights)
    assert (again.axes.number, again.classes.number) == (fitted.axes.number, 3)
    assert again.weights is weights
    np.testing.assert_allclose(again.axes.mca.weights_, np.resize([3 / 8, 6 / 8, 15 / 8], 60))
    pd.testing.assert_frame_equal(again.scores, fitted.scores)
    assert not np.allclose(
        np.abs(again.axes.mca.eigenvalues_[:2]), np.abs(fitted.axes.mca.eigenvalues_[:2])
    )


def test_classes_of_fewer_than_two_respondents_on_average_are_refused() -> None:
    items = made_up(20)
    with pytest.raises(InputError) as caught:
        typology_of_items(items, classes=11)
    (problem,) = caught.value.problems
    assert str(problem.value) == "11 classes of 20 respondents"
    assert str(problem.expected).startswith("at most 10")
    assert typology_of_items(items, classes=10).classes.number == 10
