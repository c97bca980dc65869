"""Weighted results are attacked by one who knows what every respondent weighs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from disclosure_attack import Fact, ends
from harsh_study import harsh_answers, harsh_questionnaire, margins
from rfree.disclosure.places import place_steps
from small_study import Project
from typology.results.disclosure.leaving import Leaving, leaving_results
from typology.results.disclosure.pattern import ALL
from typology.results.disclosure.statistics.class_centres import placing_items
from typology.results.model_file import model_content
from typology.results.pipeline import Analysis, run_pipeline
from typology.results.run_results import write_tables
from typology.study import load_study
from typology.types.grouped import PLACE_STEP
from weighted_attack import Tables, given_back, untrue_facts, weighed_questions

SMALLEST = 5
BY_CONTRACT = {"long": 0.9, "short": 1.13, "none": 1.71}


def run_weighted(folder: Path, kind: str) -> tuple[Analysis, Leaving]:
    given, population = harsh_answers(), margins()
    choices: dict[str, Any] = {"passive_below": 5}
    if kind == "raked":
        del population["margins"]["town"]
        choices |= {"margins": "margins.yml", "weights": "margins"}
    elif kind == "two margins":
        choices |= {"margins": "margins.yml"}
        population["margins"]["contract"] = {
            "year": 2020, "source": {"en": "Register"},
            "population": {"long": 60.0, "short": 30.0, "none": 10.0},
        }  # fmt: skip
        del population["margins"]["town"]
        women = given.index[given["sex"] == "f"]
        given["contract"] = given["contract"].replace("none", "short")
        rare = [*women[:2], *given.index[given["sex"] == "m"][:6]]
        given.loc[rare, "contract"] = "none"  # eight, of whom two women
    elif kind == "strata":
        given["weight"] = np.where(given["town"] == "a", 0.8, 1.25)
        given["stratum"] = given["town"].replace({"d": "c"})
        choices |= {"weights": {"column": "weight", "strata": "stratum"}}
    elif kind == "many":
        given["weight"] = np.random.default_rng(5).uniform(0.4, 2.5, len(given)).round(2)
        choices |= {"weights": {"column": "weight"}}
    else:
        given["weight"] = (
            given["contract"].map(BY_CONTRACT) if kind == "rare" else
            np.where(given["sex"] == "f", 1.0, 2.0)
        )  # fmt: skip
        choices |= {"weights": {"column": "weight"}}
    project = Project(folder)
    path = project.write(given, **choices)
    project.put("questionnaire.yml", harsh_questionnaire())
    project.put("margins.yml", population)
    analysis = run_pipeline(load_study(path), validity=False)
    return analysis, leaving_results(analysis, model_content(analysis.fitted))


def as_files(leaving: Leaving, folder: Path) -> dict[str, pd.DataFrame]:
    return {path.stem: pd.read_csv(path) for path in write_tables(folder, leaving.written)}


@pytest.mark.parametrize("kind", ["raked", "sex", "rare", "strata"])
def test_weights_and_weighted_shares_give_no_hidden_number_back(kind: str, tmp_path: Path) -> None:
    analysis, leaving = run_weighted(tmp_path, kind)
    files = as_files(leaving, tmp_path)
    attacked = 0
    for own in weighed_questions(files, analysis):
        assert not untrue_facts(own), own.counted.variable
        assert not given_back(own, smallest=SMALLEST), own.counted.variable
        attacked += 1
    assert attacked > len(analysis.fitted.items.columns)
    told = leaving.report.query("measure == 'given_by_weights'")
    assert list(told["variable"]) == (["contract"] if kind == "rare" else [])


def rare_of_classes_known(fitted: Any, files: Tables, shares: pd.Series) -> int:
    """By hand: of a class, its size and what it weighs tell how many have the rare contract."""
    crossed = pd.crosstab(fitted.respondent["contract"].astype(str), fitted.classes.labels)
    values = np.array([BY_CONTRACT[name] for name in crossed.index])
    sizes = files["class_sizes"].set_index("class")["n"].drop(ALL)
    shape = crossed.shape
    facts = []
    for at, number in enumerate(crossed.columns):
        own = np.eye(shape[1])[at] * np.ones((shape[0], 1))
        facts.append(Fact(own.ravel(), sizes[number], sizes[number], "n"))
        if pd.isna(shares[number]):
            continue
        for step, bounds in ((-0.05, (0, np.inf)), (0.05, (-np.inf, 0))):
            share = (shares[number] + step) / 100
            facts.append(Fact((values[:, None] * (own - share)).ravel(), *bounds, "share"))
    for name in ("long", "short"):
        row = np.zeros(shape)
        row[list(crossed.index).index(name)] = 1
        facts.append(Fact(row.ravel(), *([crossed.loc[name].sum()] * 2), "n"))
    rare = list(crossed.index).index("none")
    known = 0
    for at, number in enumerate(crossed.columns):
        own = np.zeros(shape)
        own[rare, at] = 1
        if 1 <= crossed.loc["none", number] < SMALLEST:
            low, high = ends(own.ravel(), facts)
            known += low >= 1 and high < SMALLEST
    return known


def test_weighted_sizes_that_tell_who_is_in_a_class_are_not_told(tmp_path: Path) -> None:
    analysis, leaving = run_weighted(tmp_path, "rare")
    files = as_files(leaving, tmp_path)
    whole = analysis.tables["classes"].set_index("class")["share"].round(1)
    assert rare_of_classes_known(analysis.fitted, files, whole) > 0
    told = files["classes"].set_index("class")["share"]
    assert rare_of_classes_known(analysis.fitted, files, told) == 0
    unweighed = set(told.index[told.isna()])
    assert len(unweighed) > 1  # all but one, less all, would be this one
    assert set(files["classes"].loc[told.isna().to_numpy(), "n"]) != {np.nan}
    for name in ("class_profiles", "class_distribution", "class_ellipses", "class_quantities"):
        rows = files[name][files[name]["class"].isin(unweighed)]
        weighted = {"mean", "share", "agree_share", "center_x", "class_mean"} & set(rows)
        assert weighted, name
        assert rows[[*weighted]].isna().all(axis=None), name
    assert leaving.report.query("measure == 'given_by_weights'")["value"].sum() > 0


@pytest.mark.parametrize("kind", ["rare", "strata"])
def test_the_model_tells_no_more_decimals_of_weights_than_the_tables(
    kind: str, tmp_path: Path
) -> None:
    """All decimals of the share of an answer, in its term or a centre, are who gave it."""
    analysis, leaving = run_weighted(tmp_path, kind)
    files = as_files(leaving, tmp_path)
    items = {each["item"] for each in leaving.model["categories"]}
    for each in leaving.model["categories"]:
        np.testing.assert_array_equal(each["scores"], np.round(each["scores"], 3))
        if each["role"] == "active":
            share = 100 / (len(items) * (each["term"] + 2 / len(items)))
            assert share == pytest.approx(max(round(share, 1), 0.05), abs=1e-9)
    whole = {each["class"]: each["centre"] for each in model_content(analysis.fitted)["classes"]}
    labels = analysis.fitted.classes.labels
    for each in leaving.model["classes"]:
        np.testing.assert_array_equal(each["centre"], np.round(each["centre"], 3))
        told = files["classes"].set_index("class").loc[each["class"], "share"]
        assert (each["share"] is None) == bool(pd.isna(told))
        if each["share"] is None:
            places = analysis.fitted.axes.mca.row_coordinates_.loc[labels == each["class"]]
            own = places.iloc[:, : len(each["centre"])].mean().to_numpy()
            np.testing.assert_allclose(each["centre"], own, atol=PLACE_STEP / 2)
        else:
            assert each["share"] == told
            n = int((labels == each["class"]).sum())
            step = float(place_steps(n, placing_items(analysis.fitted)))
            np.testing.assert_allclose(each["centre"], whole[each["class"]], atol=step)


def test_with_many_weights_what_is_told_has_been_proven_or_is_not_told(tmp_path: Path) -> None:
    """Each weight is that of one respondent: the attack is one of whole numbers once more."""
    analysis, leaving = run_weighted(tmp_path, "many")
    files = as_files(leaving, tmp_path)
    shares = (
        files["item_distribution"].groupby("item")["share"].apply(lambda own: own.notna().any())
    )
    assert shares.mean() > 0.5
    attacked = 0
    for own in weighed_questions(files, analysis):
        assert not untrue_facts(own), own.counted.variable
        if own.counted.variable in ("H1", "town"):
            attacked += 1
            assert not given_back(own, smallest=SMALLEST), own.counted.variable
    assert attacked == 2


def test_the_summary_of_weights_by_two_margins_is_not_their_crossing(tmp_path: Path) -> None:
    """Of a few of one sex and contract, the effective number would tell how many."""
    analysis, leaving = run_weighted(tmp_path, "two margins")
    files = as_files(leaving, tmp_path)
    summary = files["weights_summary"].iloc[0]
    assert np.isnan([summary["smallest_weight"], summary["largest_weight"]]).all()
    whole = analysis.tables["weights_summary"].iloc[0]
    assert not np.isnan(whole["smallest_weight"])
    if not np.isnan(summary["effective_n"]):
        assert summary["effective_n"] == round(whole["effective_n"])
        assert summary["design_effect"] == summary["n"] / summary["effective_n"]


def test_interval_of_a_weighted_share_is_no_more_exact_than_it(tmp_path: Path) -> None:
    _, leaving = run_weighted(tmp_path, "strata")
    shares = leaving.tables["survey_shares"][["share", "std_error", "low", "high"]]
    np.testing.assert_array_equal(shares, shares.round(1))
