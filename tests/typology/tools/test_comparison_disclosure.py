"""Comparisons are attacked together with the results of each study, which leave as well."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from disclosure_attack import (
    Disclosed,
    answers_of_others,
    disclosed_of,
    facts_of_comparison,
    questions_of,
)
from harsh_study import harsh_answers, harsh_study
from small_study import ITEMS
from typology.exhibits.labels import Labels
from typology.results.disclosure.leaving import leaving_results
from typology.results.model_file import model_content
from typology.results.pipeline import run_pipeline
from typology.results.run_results import write_tables
from typology.study import load_study
from typology.tools.compare.figures import type_change
from typology.tools.compare.files import Compared, compare_groups, compare_waves

SMALLEST = 5
Tables = Mapping[str, pd.DataFrame]


def written(folder: Path) -> Tables:
    return {path.stem: pd.read_csv(path) for path in folder.rglob("comparison_*.csv")}


def wave_after(n_left: int, n_new: int) -> pd.DataFrame:
    """The same people a year later, less some who left and with some who came."""
    first, other = harsh_answers(), harsh_answers(seed=12)
    changed = np.random.default_rng(3).random((len(first), len(ITEMS))) < 0.2
    wave = first.copy()
    wave[list(ITEMS)] = first[list(ITEMS)].where(~changed, other[list(ITEMS)])
    new = other.iloc[:n_new].assign(respondent=[f"new {at}" for at in range(n_new)])
    return pd.concat([wave.iloc[n_left:], new])


def panel_of(folder: Path, *, n_left: int, n_new: int) -> tuple[Compared, Tables]:
    study = harsh_study(folder)
    wave_after(n_left, n_new).to_csv(folder / "wave.csv", index=False)
    found = compare_waves(
        folder / "answers.csv", folder / "wave.csv", study=study, output=folder / "out",
        language="en",
    )  # fmt: skip
    return found, written(folder / "out")


def told_back(tables: Tables, wholes: list[tuple[pd.DataFrame, tuple[str, ...]]]) -> Iterator[str]:
    """The items of which the answers of a few who were not compared are given back."""
    scores, agreeing = np.arange(1.0, 6.0), np.array([False, False, False, True, True])
    for row in tables["comparison_items"].to_dict("records"):
        for given, samples in wholes:
            whole = np.array([float((given[row["item"]] == code).sum()) for code in range(1, 6)])
            told = [(row[f"n_{each}"], row[f"mean_{each}"], row[f"agree_share_{each}"])
                    for each in samples]  # fmt: skip
            low, high = answers_of_others(whole, scores, agreeing, told)
            if ((low >= 1) & (high < SMALLEST)).any():
                yield row["item"]


@pytest.fixture(scope="module")
def waves(tmp_path_factory: pytest.TempPathFactory) -> tuple[Compared, Tables, list[Tables]]:
    """Two waves of different people: their comparison, and what the run of each publishes."""
    folder = tmp_path_factory.mktemp("waves")
    runs, paths = [], []
    for name, seed in (("first", 11), ("second", 12)):
        own = folder / name
        own.mkdir()
        paths.append(harsh_study(own, seed=seed))
        analysis = run_pipeline(load_study(paths[-1]), validity=False)
        leaving = leaving_results(analysis, model_content(analysis.fitted))
        (folder / f"{name} results").mkdir()
        tables = write_tables(folder / f"{name} results", leaving.written)
        runs.append({path.stem: pd.read_csv(path) for path in tables})
    found = compare_waves(
        paths[0], paths[1], study=paths[0], output=folder / "out", language="en", independent=True
    )
    return found, written(folder / "out"), runs


def test_two_waves_and_their_comparison_give_no_number_of_a_few_back(
    waves: tuple[Compared, Tables, list[Tables]],
) -> None:
    found, tables, runs = waves
    questionnaire = found.comparison.reference.questionnaire
    more: dict[str, set[Disclosed]] = {"published": set(), "naive": set()}
    for sample, run in zip(("first", "second"), runs, strict=True):
        alone = {
            item: set(disclosed_of(own, smallest=SMALLEST))
            for item, own in questions_of(run, questionnaire).items()
            if item in ITEMS
        }
        for comparison, name in ((tables, "published"), (found.comparison.tables, "naive")):
            asked = questions_of(run, questionnaire)
            for item in ITEMS:
                if name == "naive" and more[name]:
                    break  # one is enough
                told = facts_of_comparison(asked[item], comparison, sample)
                asked[item].facts += told
                if told:
                    more[name] |= {*disclosed_of(asked[item], smallest=SMALLEST)} - alone[item]
    assert not more["published"]
    assert more["naive"]


@pytest.mark.parametrize(("n_left", "n_new"), [(2, 7), (12, 0), (1, 1)])
def test_who_answered_one_wave_alone_is_not_found_by_difference(
    tmp_path: Path, n_left: int, n_new: int
) -> None:
    found, tables = panel_of(tmp_path, n_left=n_left, n_new=n_new)
    wholes = [
        (harsh_answers(), ("first",)), (wave_after(n_left, n_new), ("second",))
    ]  # fmt: skip
    assert [*told_back(tables, wholes)] == []
    assert any(told_back(found.comparison.tables, wholes))
    sizes = found.comparison.reference.classes.labels.value_counts()
    shares = tables["comparison_shares"].set_index("class")
    others = (sizes.reindex(shares.index) - shares["n_first"]).dropna()
    assert not others.between(1, SMALLEST - 1).any()
    hidden = shares["n_first"].isna()
    if hidden.any():
        assert tables["comparison_transitions"]["n"].isna().all()


def test_how_few_changed_is_not_given_back_by_an_interval(tmp_path: Path) -> None:
    found, tables = panel_of(tmp_path, n_left=0, n_new=0)
    moved = found.comparison.tables["comparison_transitions"]
    away = moved.query("class_first != class_second").groupby("class_first")["n"].sum()
    few = away.between(1, SMALLEST - 1)
    assert few.any()
    shares = tables["comparison_shares"].set_index("class")
    naive = found.comparison.tables["comparison_shares"].set_index("class")
    for number in few.index[few]:
        row = naive.loc[number]
        n, net = row["n_first"] / (row["share_first"] / 100), row["difference"] / 100
        # Agresti and Min's half width has the number who changed in it.
        half = (row["high"] - row["low"]) / 200 / 1.959964
        changed = (half**2 * (n + 2) ** 2) + (n * net) ** 2 / (n + 2) - 1
        assert (changed - n * net) / 2 == pytest.approx(away[number], abs=0.01)
    assert shares.loc[few.index[few], ["low", "high", "p_value", "p_holm"]].isna().all(axis=None)
    assert tables["comparison_test"]["statistic"].isna().all()
    labels = Labels(found.comparison.reference.questionnaire, "en")
    shown = shares.reset_index().dropna(subset=["share_first"])
    assert type_change(shown, labels, names=("a", "b"), panel=True) is not None


def test_who_is_of_neither_group_is_not_found_by_difference(tmp_path: Path) -> None:
    study = harsh_study(tmp_path)
    found = compare_groups(
        tmp_path / "answers.csv", study=study, group="contract", categories=("long", "short"),
        output=tmp_path / "out", language="en",
    )  # fmt: skip
    given = harsh_answers()
    assert 0 < (given["contract"] == "none").sum() < SMALLEST
    tables, wholes = written(tmp_path / "out"), [(given, ("first", "second"))]
    assert [*told_back(tables, wholes)] == []
    assert any(told_back(found.comparison.tables, wholes))
    sizes = found.comparison.reference.classes.labels.value_counts()
    shares = tables["comparison_shares"].set_index("class")
    others = (sizes.reindex(shares.index) - shares["n_first"] - shares["n_second"]).dropna()
    assert not others.between(1, SMALLEST - 1).any()
    assert shares["n_first"].isna().sum() >= 2
    assert tables["comparison_classes"]["n"].isna().all()
    assert tables["comparison_test"]["statistic"].isna().all()


def test_weighted_shares_of_groups_are_not_who_is_in_a_type(tmp_path: Path) -> None:
    """Of a type, its size and what it weighs tell how many have the rare contract."""
    given = harsh_answers()
    given["weight"] = given["contract"].map({"long": 0.9, "short": 1.13, "none": 1.71})
    study = harsh_study(tmp_path, weights={"column": "weight"}, margins=None, crossed=None)
    given.to_csv(tmp_path / "answers.csv", index=False)
    compare_groups(
        tmp_path / "answers.csv", study=study, group="sex", categories=("f", "m"),
        output=tmp_path / "out", language="en",
    )  # fmt: skip
    shares = written(tmp_path / "out")["comparison_shares"]
    analysis = run_pipeline(load_study(study), validity=False)
    told = leaving_results(analysis, model_content(analysis.fitted)).tables["classes"]
    unweighed = told["class"][told["share"].isna()]
    assert len(unweighed) > 1
    of_them = shares["class"].isin(unweighed)
    assert shares.loc[of_them, ["share_first", "share_second", "difference"]].isna().all(axis=None)
    others = shares.loc[~of_them, ["share_first", "share_second", "difference"]]
    pd.testing.assert_frame_equal(others, others.round(1))
