"""A type of a few: the study is published, and nothing tells how many or who they are."""

from __future__ import annotations

import json

import numpy as np
import pandas as pd
import pytest

from short_runs import run_shortly
from small_study import Project, answers
from typology.results.disclosure.blanks import without
from typology.study import load_study

FEW, N = 4, 43
OTHERS = {"class", "neighbour", "tree_class", "matched_class", "other_class", "assigned_class",
          "case", "axis_x", "axis_y", "code", "size", "rank",
          "replicates", "recovered", "dissolved", "points"}  # fmt: skip
"""Columns of numbers that name something, or count draws or points of a score."""


@pytest.fixture(scope="module")
def tables(tmp_path_factory: pytest.TempPathFactory) -> dict[str, pd.DataFrame]:
    """What was published of five types, of which the smallest is of a few."""
    folder = tmp_path_factory.mktemp("few")
    few = {"resamples": 20, "null_replicates": 19, "imputations": 2}
    study = load_study(Project(folder).write(answers(n=N, seed=7), classes=5, validity=few))
    analysis = run_shortly(study)
    assert sorted(analysis.tables["classes"]["n"])[:2] == [FEW, 6]
    return {path.stem: pd.read_csv(path) for path in (folder / "results/tables").glob("*.csv")} | {
        "model": pd.DataFrame(json.loads((folder / "results/model.json").read_text())["classes"]),
        "drawn": pd.DataFrame({"name": [p.stem for p in folder.glob("results/figures/en/*.svg")]}),
    }


@pytest.fixture(scope="module")
def hidden(tables: dict[str, pd.DataFrame]) -> list[int]:
    """The types whose sizes are not told."""
    classes = tables["classes"]
    return classes.loc[classes["n"].isna(), "class"].tolist()


def test_the_size_of_a_second_type_is_hidden_too(hidden: list[int]) -> None:
    """Else all less the others would be the few."""
    assert len(hidden) == 2


def test_no_number_of_a_row_of_theirs_is_their_size_or_their_share(
    tables: dict[str, pd.DataFrame], hidden: list[int]
) -> None:
    found = [
        (name, column)
        for name, table in tables.items()
        if "class" in table and name != "model"
        for column in table.select_dtypes("number").columns.difference(list(OTHERS))
        for value in table.loc[table["class"].isin(hidden), column].dropna()
        if np.isclose([FEW, 100 * FEW / N], value, atol=1e-6).any()
    ]
    assert found == []


def test_what_was_hidden_before_stays_marked() -> None:
    table = pd.DataFrame({"n": [3.0, 9.0, 8.0], "share": [1.0, 2.0, 3.0]})
    once = without(table, ["n"], np.array([True, False, False]))
    twice = without(once, ["share"], np.array([False, True, False]))
    assert twice["hidden"].tolist() == [True, True, False]


def test_neither_their_means_nor_their_place_are_told(
    tables: dict[str, pd.DataFrame], hidden: list[int]
) -> None:
    means = tables["classes"].set_index("class").filter(like="mean_")
    assert means.loc[hidden].isna().all(axis=None)
    assert means.drop(index=hidden).notna().all(axis=None)
    model = tables["model"].set_index("class")
    assert model.loc[hidden, ["centre", "share"]].isna().all(axis=None)


def test_other_tables_do_not_add_up_to_them(
    tables: dict[str, pd.DataFrame], hidden: list[int]
) -> None:
    both = tables["boundaries"]
    beside = both["class"].isin(hidden) | both["neighbour"].isin(hidden)
    assert both.loc[beside, "n"].isna().all()
    assert tables["tree_branches"]["n"].isna().all()
    assert tables["tree"]["size"].isna().all()
    cuts = tables["sensitivity_classes"]
    assert cuts.loc[cuts["n"].isna(), ["share", "kept_share", "jaccard"]].isna().all(axis=None)


def test_figures_are_drawn_all_the_same(tables: dict[str, pd.DataFrame]) -> None:
    assert {"tree", "block_means", "respondent_map", "boundary_histograms"} <= set(
        tables["drawn"]["name"]
    )
