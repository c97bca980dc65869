"""The tables that a run publishes, read back from its folder, are attacked all at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy.optimize import linprog

from disclosure_attack import (
    Fact,
    attack,
    attack_linked,
    bounds_of,
    counts_of_margins,
    only_a_few,
    passive_answers,
    questions_of,
    unread_columns,
)
from harsh_study import harsh_study
from typology.results.disclosure.block_means import block_decimals
from typology.results.disclosure.leaving import Leaving, leaving_results
from typology.results.disclosure.pattern import ALL, Pattern, find_pattern, unplaced_categories
from typology.results.disclosure.published import publish
from typology.results.model_file import model_content
from typology.results.pipeline import Analysis, run_pipeline
from typology.results.run_results import write_tables
from typology.study import load_study

SMALLEST = 5
Tables = Mapping[str, pd.DataFrame]


@pytest.fixture(scope="module")
def analysis(tmp_path_factory: pytest.TempPathFactory) -> Analysis:
    folder = tmp_path_factory.mktemp("harsh")
    return run_pipeline(load_study(harsh_study(folder)), validity=False)


@pytest.fixture(scope="module")
def leaving(analysis: Analysis) -> Leaving:
    return leaving_results(analysis, model_content(analysis.fitted))


@pytest.fixture(scope="module")
def files(leaving: Leaving, tmp_path_factory: pytest.TempPathFactory) -> Tables:
    """The tables as an attacker finds them: files."""
    folder = tmp_path_factory.mktemp("published")
    return {path.stem: pd.read_csv(path) for path in write_tables(folder, leaving.written)}


def truth_of(variable: str, analysis: Analysis) -> pd.DataFrame:
    """The numbers of a question, by answer and class."""
    items = analysis.tables["class_distribution"].rename(columns={"item": "variable"})
    items = items.assign(category=items["code"].astype(int).astype(str))
    others = analysis.tables["characteristics"]
    others = others[others["category"].notna() & (others["class"] != ALL)]
    rows = pd.concat([items, others])
    rows = rows[rows["variable"] == variable]
    return rows.pivot_table(index="category", columns="class", values="n", fill_value=0)


def test_every_declared_number_of_answers_is_read_by_the_attacker() -> None:
    assert not unread_columns()


def test_what_the_attacker_reads_is_true(analysis: Analysis, files: Tables) -> None:
    """A wrong reading would give bounds that miss the truth, and prove nothing."""
    found = questions_of(files, analysis.fitted.questionnaire)
    assert {"H1", "D3", "sex", "town", "age"} <= set(found)
    for name, own in found.items():
        truth = truth_of(name, analysis)
        cells = truth.reindex(index=own.categories, columns=own.classes, fill_value=0)
        cells = cells.fillna(0).to_numpy(dtype=float).ravel()
        for fact in own.facts:
            assert fact.low - 1e-6 <= fact.mask @ cells <= fact.high + 1e-6, (name, fact.source)
        for pair in own.pairs:
            first, second = (np.array([mask @ cells]) for mask in (pair.first, pair.second))
            assert pair.holds(first, second).all(), (name, pair.source)
        for whole in own.whole:
            assert whole.holds(cells), (name, whole.source)


def test_no_number_of_a_few_is_given_back(analysis: Analysis, files: Tables) -> None:
    fitted = analysis.fitted
    n_active = fitted.active.categories.shape[1]
    assert not attack(files, fitted.questionnaire, smallest=SMALLEST, n_active=n_active)


def test_two_questions_and_the_classes_together_give_no_number_of_a_few_back(
    analysis: Analysis, files: Tables
) -> None:
    kept = {
        **files,
        "subgroup_categories": files["subgroup_categories"].query("variable in ['H1', 'D4']"),
    }
    assert not attack_linked(kept, analysis.fitted.questionnaire, smallest=SMALLEST)


def naive(pattern: Pattern, analysis: Analysis) -> Pattern:
    """Hide the small numbers alone, and nothing that gives them back."""
    whole = analysis.tables["class_distribution"]
    few = {
        (str(row["item"]), str(int(row["code"])), int(row["class"]))
        for row in whole.to_dict("records")
        if 1 <= row["n"] < SMALLEST
    }
    return replace(pattern, cells=frozenset(few), mixed=frozenset((a, c) for a, _, c in few))


def without_places(pattern: Pattern, analysis: Analysis) -> Pattern:
    """Place every answer that several gave, whether or not their number is hidden."""
    return replace(pattern, unplaced=unplaced_categories(analysis.tables["categories"], SMALLEST))


@pytest.mark.parametrize("spoil", [naive, without_places])
def test_a_naive_publication_is_broken_by_the_same_attacker(
    spoil: object, analysis: Analysis
) -> None:
    fitted = analysis.fitted
    pattern = spoil(find_pattern(fitted, analysis.tables), analysis)  # type: ignore[operator]
    tables = publish(analysis.tables, pattern).tables
    n_active = fitted.active.categories.shape[1]
    found = attack(
        tables, fitted.questionnaire, smallest=SMALLEST, n_active=n_active,
        variables=["H1", "D4"],
    )  # fmt: skip
    assert any(each.low == each.high for each in found)
    for each in found:
        truth = truth_of(each.variable, analysis).loc[each.category]
        own = truth.sum() if each.number == ALL else truth[each.number]
        assert each.low <= own <= each.high


def test_a_test_and_weights_by_a_margin_give_no_number_of_it_back(
    analysis: Analysis, files: Tables
) -> None:
    """One number of a margin is hidden with another: its test, or its weights, would tell both."""
    rows = files["representativeness"].query("variable == 'town'")
    assert rows["n"].isna().sum() >= 2
    few = analysis.tables["representativeness"].query("variable == 'town'")["n"].to_numpy()
    hidden = rows["n"].isna().to_numpy() & (few < SMALLEST)
    possible = counts_of_margins(files, "town")
    assert (possible[:, hidden].min(axis=0) < 1).all() or (
        possible[:, hidden].max(axis=0) >= SMALLEST
    ).all()
    assert files["weights_summary"][["effective_n", "largest_weight"]].isna().all(axis=None)
    naively = {**files, "representativeness_tests": analysis.tables["representativeness_tests"]}
    assert len(counts_of_margins(naively, "town")) <= 2


def test_the_eigenvalues_do_not_add_up_to_how_many_gave_passive_answers(
    analysis: Analysis, files: Tables
) -> None:
    n_active = analysis.fitted.active.categories.shape[1]
    counts = analysis.tables["categories"].query("axis == 1 and role == 'passive'")["n"]
    assert round(passive_answers(analysis.tables, n_active)[0], 3) == counts.sum()
    low, high = passive_answers(files, n_active)[1:]
    hidden = files["categories"].query("axis == 1 and role == 'passive' and n.isna()")
    assert high - low > SMALLEST * len(hidden)


def test_means_of_blocks_leave_the_means_of_items_as_open_as_they_are(
    analysis: Analysis, files: Tables
) -> None:
    profiles, classes = files["class_profiles"], files["classes"].set_index("class")
    whole = analysis.tables["class_profiles"].set_index(["class", "item"])["mean"]
    attacked = 0
    for (number, block), rows in profiles.groupby(["class", "block"]):
        if rows["item"].isin(["D3"]).any():
            continue  # some gave it no answer: the mean of the block is not that of its items
        coarse = (rows["mean"] - rows["mean"].round(1)).abs().to_numpy() < 1e-9
        half = np.where(coarse, 0.05, 1e-9)
        mean = float(classes.loc[number, f"mean_{block}"])
        room = 0.5 * 10.0 ** -len(f"{mean:g}".partition(".")[2])
        n = len(rows)
        told = rows["mean"].to_numpy(dtype=float)
        known = ~np.isnan(told)
        least, most = np.where(known, told - half, 1), np.where(known, told + half, 5)
        for at in np.flatnonzero(coarse):
            ends = [
                sign
                * linprog(
                    sign * np.eye(n)[at],
                    A_ub=np.array([np.ones(n), -np.ones(n)]) / n,
                    b_ub=[mean + room, room - mean],
                    bounds=list(zip(least, most, strict=True)),
                ).fun
                for sign in (1, -1)
            ]
            assert ends[1] - ends[0] > 0.1 - 1e-6, (number, rows["item"].iloc[at])
            assert ends[0] - 1e-6 <= whole[number, rows["item"].iloc[at]] <= ends[1] + 1e-6
            attacked += 1
    assert attacked


def test_the_mean_of_a_block_is_told_as_coarsely_as_its_items_need() -> None:
    """By hand: less the exact item, one decimal of the block tells the other more closely."""
    rows = pd.DataFrame({"class": 1, "block": "b", "item": ["x", "y"], "mean": [3.04, 2.0]})
    mixed = {("x", 1)}
    # 2.52 is told as 2.5: x lies in 3.0 +- 0.1, and its own decimal says 3.0 +- 0.05.
    assert block_decimals({"class_profiles": rows}, mixed, set()) == ({"b": 1}, set())
    # 2.56 is told as 2.6: x lies in 3.12 +- 0.1, which cuts its own interval.
    other = rows.assign(mean=[3.04, 2.08])
    assert block_decimals({"class_profiles": other}, mixed, set()) == ({"b": 0}, set())


def test_ranks_follow_from_what_is_told(files: Tables) -> None:
    """A rank between two known shares would be a hidden share."""
    agreed = files["item_agreement"]
    for _, rows in agreed.groupby("block"):
        known = rows[rows["agree_share"].notna()].sort_values("rank")
        assert known["agree_share"].is_monotonic_decreasing


def test_terms_of_the_model_give_no_hidden_number_back(
    analysis: Analysis, leaving: Leaving, files: Tables
) -> None:
    """A term of the distance is the inverse of a number of respondents."""
    items = len(leaving.model["items"])
    total = len(analysis.fitted.classes.labels) * items
    once = files["categories"].drop_duplicates(["variable", "category"])
    hidden = set(
        once[once["n"].isna()][["variable", "category"]].itertuples(index=False, name=None)
    )
    true = analysis.tables["categories"].drop_duplicates(["variable", "category"])
    counts = true.set_index(["variable", "category"])["n"]
    attacked = 0
    for each in leaving.model["categories"]:
        pair = (each["item"], each["category"])
        if each["role"] != "active" or pair not in hidden:
            continue
        alike = counts[[other for other in hidden if other[0] == pair[0]]]
        given = total / (items**2 * (each["term"] + 2 / items))
        assert given == pytest.approx(alike.mean())
        attacked += 1
    assert attacked


def test_weighted_shares_do_not_tell_who_gave_an_answer(tmp_path: Path) -> None:
    """Who knows the weights, and how many gave an answer, tries which of them its share is of."""
    study = load_study(harsh_study(tmp_path, weights="margins", subgroups={}, crossed=None))
    analysis = run_pipeline(study, validity=False)
    fitted = analysis.fitted
    weights, sizes = np.unique(fitted.sample_weight.round(9), return_counts=True)
    published = publish(analysis.tables, find_pattern(fitted, analysis.tables)).tables
    rows = published["item_distribution"].dropna(subset=["n", "share"])
    rows = rows[rows["item"] == rows["item"].iloc[0]]  # an item whose weighted shares are told
    whole = analysis.tables["item_distribution"].loc[rows.index]
    assert len(rows) > 1
    total = float(fitted.sample_weight.sum()) / 100

    def closed(table: pd.DataFrame, half: float) -> Iterator[int]:
        for row in table.sort_values("n").to_dict("records"):  # the fewer, the sooner tried
            told = [
                Fact(np.ones(len(weights)), row["n"], row["n"], "n"),
                Fact(weights, total * (row["share"] - half), total * (row["share"] + half), "w"),
                *(Fact(own, 0, size, "sizes") for own, size in zip(np.eye(len(weights)), sizes,
                                                                   strict=True)),
            ]  # fmt: skip
            for at, own in enumerate(np.eye(len(weights))):
                if only_a_few(own, told, smallest=SMALLEST, slack=1e-9):
                    yield at

    assert [*closed(rows, 0.05)] == []
    assert next(closed(whole, 1e-7), None) is not None


def test_an_attack_needs_every_constraint(analysis: Analysis, files: Tables) -> None:
    """Programs with less than all that is told bound no number more closely."""
    own = questions_of(files, analysis.fitted.questionnaire)["D2"]
    low, high = bounds_of(own)
    less = replace(own, facts=[fact for fact in own.facts if fact.source == "sizes"], pairs=[],
                   whole=[])  # fmt: skip
    free_low, free_high = bounds_of(less)
    assert (free_low <= low).all()
    assert (free_high >= high).all()
