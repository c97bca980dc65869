"""Weights through the whole chain: what must not change with them, and what must."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from typology.problems import InputError
from typology.results.checking import check_study_answers
from typology.results.model_file import model_content
from weighted_study import answers, run, with_weights, write_study

WEIGHTING = {"weights_summary", "weighting_comparison", "weighting_means", "weighting_agreement"}
# Columns that count respondents.
WHOLE = ("n", "missing", "respondents")


def same(one: dict[str, pd.DataFrame], other: dict[str, pd.DataFrame]) -> None:
    assert one.keys() == other.keys()
    for name, table in one.items():
        left, right = (_in_order(each) for each in (table, other[name]))
        pd.testing.assert_frame_equal(left, right, obj=name, rtol=1e-9, atol=1e-9)


def _in_order(table: pd.DataFrame) -> pd.DataFrame:
    """Sort rows by what names them: rows equal but for rounding may come in either order."""
    table = table.reset_index(drop=True)
    names = [name for name in table if not pd.api.types.is_float_dtype(table[name])]
    order = (
        table[names].astype(str).sort_values(names, kind="stable").index if names else table.index
    )
    return table.loc[order].reset_index(drop=True)


def _names_respondents(table: pd.DataFrame) -> bool:
    return any("respondent" in str(name) for name in table.columns)


def test_weights_of_one_for_all_give_the_unweighted_results(tmp_path: Path) -> None:
    plain = run(tmp_path / "plain", validity=True, margins=None)
    ones = run(
        tmp_path / "ones",
        validity=True,
        margins=None,
        table=with_weights(1),
        weights={"column": "poids"},
    )
    tables = {name: table for name, table in ones.tables.items() if name not in WEIGHTING}
    flow = tables["flow"]
    tables["flow"] = flow[flow["step_id"] != "zero weight"].reset_index(drop=True)
    same(plain.tables, tables)
    models = [model_content(each.fitted) for each in (ones, plain)]
    assert [each["reading"].pop("weight_column") for each in models] == ["poids", None]
    assert models[0] == models[1]
    assert ones.tables["weighting_agreement"]["adjusted_rand"].item() == pytest.approx(1)
    assert ones.tables["weights_summary"]["design_effect"].item() == pytest.approx(1)


def test_weights_times_eight_change_nothing(tmp_path: Path) -> None:
    weights = np.random.default_rng(1).uniform(0.4, 2.5, 90)
    once, eightfold = (
        run(tmp_path / str(factor), validity=True, table=with_weights(factor * weights),
            weights={"column": "poids"})
        for factor in (1, 8)  # exact in binary: climbs take the very same steps
    )  # fmt: skip
    same(once.tables, eightfold.tables)


def test_a_weight_of_two_moves_numbers_as_the_respondent_twice_but_not_tests(
    tmp_path: Path,
) -> None:
    counts = np.where(np.arange(90) % 4 == 0, 2, 1)
    weighted = run(
        tmp_path / "weighted", margins=None, table=with_weights(counts), weights={"column": "poids"}
    )
    twice = answers().loc[np.repeat(np.arange(90), counts)]
    twice["id"] = [f"S{at}" for at in range(len(twice))]
    repeated = run(tmp_path / "repeated", margins=None, table=twice)
    first = np.unique(np.repeat(np.arange(90), counts), return_index=True)[1]
    one, other = weighted.tables, repeated.tables
    assert (one["respondents"]["class"].to_numpy() == other["respondents"]["class"].to_numpy()[
        first]).all()  # fmt: skip
    counts_and_tests = [
        "n", "missing", "rank", "share_weighted",
        "v_test", "p_value", "p_adjusted", "chi2", "df",
    ]  # fmt: skip
    for name in ("axes", "categories", "item_distribution", "item_agreement", "classes",
                 "class_profiles", "class_distribution", "class_categories", "class_variables",
                 "inertia_gains", "guttman", "class_quantities"):  # fmt: skip
        left, right = (
            each.drop(columns=counts_and_tests, errors="ignore")
            for each in (one[name], other[name])
        )
        if name == "item_agreement":  # the interval takes Kish's n, smaller than that of copies
            left, right = (e.drop(columns=["agree_low", "agree_high"]) for e in (left, right))
        pd.testing.assert_frame_equal(left, right, obj=name, rtol=1e-6, atol=1e-8)
    surer, less_sure = other["class_categories"]["v_test"], one["class_categories"]["v_test"]
    assert np.abs(less_sure).sum() < np.abs(surer).sum()
    assert one["classes"]["n"].sum() == 90
    assert other["classes"]["n"].sum() == len(twice)


def test_frequencies_are_the_rows_repeated(tmp_path: Path) -> None:
    counts = np.arange(90) % 3
    counted = run(
        tmp_path / "counted",
        table=with_weights(counts),
        weights={"column": "poids", "frequencies": True},
        margins=None,
    )
    table = answers().loc[np.repeat(np.arange(90), counts)].reset_index(drop=True)
    repeated = run(
        tmp_path / "repeated",
        table=table.assign(id=[f"N{number}" for number in range(len(table))]),
        margins=None,
    )
    names = counted.tables["respondents"]["respondent"].tolist()
    assert names[:3] == ["R1", "R2 (1/2)", "R2 (2/2)"]
    assert not set(counted.tables) & WEIGHTING
    one, other = (
        {name: each for name, each in run.tables.items() if not _names_respondents(each)}
        for run in (counted, repeated)
    )
    # Copies in a file may be a mistake and are counted as twins; frequencies are meant.
    for column, copies in (("twins", 2 * sum(counts == 2)), ("repeats", sum(counts == 2))):
        found = [tables["answer_quality"].pop(column).item() for tables in (one, other)]
        assert found == [0, copies]
    same(one, other)


def test_every_number_shown_counts_respondents(tmp_path: Path) -> None:
    table = with_weights(np.resize([0.1, 1.0, 1.0], 90))
    table.loc[[3, 17, 40], "H2"] = None
    table.loc[[5, 9], "sex"] = None
    analysis = run(tmp_path, table=table, weights={"column": "poids"}, margins=None)
    tables = analysis.tables
    shown = {
        (name, column): pd.to_numeric(each[column].dropna())
        for name, each in tables.items()
        for column in each.columns
        if column in WHOLE
    }
    assert {"item_distribution", "class_distribution", "categories", "characteristics"} <= {
        name for name, _ in shown
    }
    fractions = [key for key, each in shown.items() if (each != np.rint(each)).any()]
    assert fractions == []
    answered = {item: 87 if item == "H2" else 90 for item in tables["item_distribution"]["item"]}
    for name in ("item_distribution", "class_distribution"):
        assert tables[name].groupby("item")["n"].sum().to_dict() == answered
    first = tables["categories"].query("axis == 1")
    assert (first.groupby("variable")["n"].sum() == 90).all()
    np.testing.assert_allclose(first.groupby("variable")["share"].sum(), 100)
    # Beside, the shares are weighted: of H1, by hand.
    weights = table["poids"].astype(float)
    by_hand = 100 * weights.groupby(table["H1"].astype(int)).sum() / weights.sum()
    own = tables["item_distribution"].query("item == 'H1'").set_index("code")
    np.testing.assert_allclose(own.loc[by_hand.index, "share"], by_hand)
    counts = table["H1"].astype(int).value_counts()
    assert own.loc[counts.index, "n"].tolist() == counts.tolist()


def test_a_check_tells_that_weights_cannot_be_made(tmp_path: Path) -> None:
    table = answers()
    table["sex"] = "f"
    with pytest.raises(InputError, match="at least one respondent of this category"):
        check_study_answers(write_study(tmp_path, table=table, weights="margins"))
