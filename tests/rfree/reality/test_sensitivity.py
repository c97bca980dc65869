from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from joblib import parallel_config

from rfree.axes.mca import MCA
from rfree.classes.hcpc import HCPC
from rfree.reality.sensitivity import AlternativeTable, sensitivity_grid


@pytest.fixture(scope="module")
def answers() -> pd.DataFrame:
    rng = np.random.default_rng(8)
    middle = np.repeat([-1.2, 0.0, 1.2], 30)[:, np.newaxis]
    codes = np.digitize(middle + rng.normal(size=(90, 10)), [-1, 0, 1]) + 1
    names = [f"R{number:02d}" for number in range(90)]
    return pd.DataFrame(codes, index=names, columns=[f"q{n}" for n in range(10)]).astype(str)


@pytest.fixture(scope="module")
def study(answers: pd.DataFrame) -> pd.Series[int]:
    labels = HCPC(3).fit(MCA(2).fit(answers).row_coordinates_).labels_
    return pd.Series(labels, index=answers.index)


def test_own_case_of_the_study_agrees_wholly(answers: pd.DataFrame, study: pd.Series[int]) -> None:
    grid = sensitivity_grid(
        [AlternativeTable({"items": "all"}, answers)], study, n_axes=[1, 2, 3], n_classes=[2, 3, 4]
    )
    cases = grid.cases.query("axes == 2 and classes == 3 and consolidated")
    assert cases["adjusted_rand"].tolist() == [1]
    assert cases["same_share"].tolist() == [100]
    own = grid.classes[grid.classes["case"] == cases["case"].iloc[0]]
    assert (own["jaccard"] == 1).all()
    assert own["matched_class"].tolist() == own["class"].tolist()
    assert len(grid.cases) == 18
    assert grid.cases["adjusted_rand"].min() < 1


def test_shares_of_the_tables_agree_with_each_other(
    answers: pd.DataFrame, study: pd.Series[int]
) -> None:
    tables = [
        AlternativeTable({"items": "first"}, answers.iloc[:, :5]),
        AlternativeTable({"items": "last"}, answers.iloc[:, 5:]),
    ]
    grid = sensitivity_grid(tables, study, n_axes=[2], n_classes=[2, 3])
    kept = grid.classes.assign(members=grid.classes["n"] * grid.classes["kept_share"])
    by_case = kept.groupby("case")[["members", "n"]].sum()
    np.testing.assert_allclose(by_case["members"] / by_case["n"], grid.cases["same_share"])
    changed = grid.respondents["changed_share"].mean()
    assert changed == pytest.approx(100 - grid.cases["same_share"].mean())


def test_respondents_left_out_count_where_they_are(
    answers: pd.DataFrame, study: pd.Series[int]
) -> None:
    tables = [
        AlternativeTable({"missing": "own"}, answers),
        AlternativeTable({"missing": "complete"}, answers.iloc[5:]),
    ]
    grid = sensitivity_grid(tables, study, n_axes=[2], n_classes=[3], consolidated=[True])
    assert grid.cases["respondents"].tolist() == [90, 85]
    assert grid.respondents["cases"].tolist() == [1] * 5 + [2] * 85
    assert (grid.respondents["changed_share"].iloc[:5] == 0).all()


def test_merged_classes_keep_their_members_together() -> None:
    X = pd.DataFrame({"a": list("xxyyzz"), "b": list("uuvvvv"), "c": list("sstttt")})
    study = pd.Series([1, 1, 2, 2, 3, 3])
    grid = sensitivity_grid(
        [AlternativeTable({}, X)], study, n_axes=[1], n_classes=[2], consolidated=[True]
    )
    assert grid.classes["kept_share"].tolist() == [100, 100, 100]
    assert grid.classes["jaccard"].tolist() == [1, 0.5, 0.5]
    assert grid.respondents["changed_share"].tolist() == [0] * 6


def test_weights_enter_the_shares(answers: pd.DataFrame, study: pd.Series[int]) -> None:
    weights = pd.Series(1.0 + (np.arange(90) % 3), index=answers.index)
    grid = sensitivity_grid(
        [AlternativeTable({"items": "all"}, answers)],
        study,
        n_axes=[2],
        n_classes=[3],
        sample_weight=weights.sample(frac=1, random_state=1),
    )
    sizes = weights.groupby(study).sum()
    own = grid.classes.query("case == 1")
    assert own["n"].tolist() == study.value_counts().sort_index().tolist()
    np.testing.assert_allclose(own["share"], 100 * sizes / sizes.sum())


def test_same_numbers_on_one_and_two_cores(answers: pd.DataFrame, study: pd.Series[int]) -> None:
    tables = [AlternativeTable({"n": str(n)}, answers.iloc[:, :n]) for n in (6, 8)]
    one = sensitivity_grid(tables, study, n_axes=[2], n_classes=[3])
    with parallel_config(backend="threading"):
        two = sensitivity_grid(tables, study, n_axes=[2], n_classes=[3], n_jobs=2)
    pd.testing.assert_frame_equal(one.cases, two.cases)


def test_wrong_tables_are_named(answers: pd.DataFrame, study: pd.Series[int]) -> None:
    with pytest.raises(ValueError, match="nothing to try"):
        sensitivity_grid([], study, n_axes=[2], n_classes=[3])
    with pytest.raises(ValueError, match="holds 3 respondents without a class"):
        sensitivity_grid([AlternativeTable({}, answers)], study.iloc[3:], n_axes=[2], n_classes=[3])
    mixed = [AlternativeTable({"a": "1"}, answers), AlternativeTable({"b": "1"}, answers)]
    with pytest.raises(ValueError, match="differ in the names of their settings: a; b"):
        sensitivity_grid(mixed, study, n_axes=[2], n_classes=[3])


def test_class_of_which_nobody_is_in_the_table(
    answers: pd.DataFrame, study: pd.Series[int]
) -> None:
    table = AlternativeTable({}, answers[study != 1])
    grid = sensitivity_grid([table], study, n_axes=[2], n_classes=[2], consolidated=[True])
    absent = grid.classes.set_index("class").loc[1]
    assert absent["n"] == 0
    assert absent[["matched_class", "kept_share", "jaccard"]].isna().all()
    of_class = grid.respondents.set_index("class").loc[1]
    assert (of_class["cases"] == 0).all()
    assert of_class["changed_share"].isna().all()
