"""Nobody is found again in the tables that leave: they are attacked here."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pandas as pd
import pytest
from scipy.optimize import linprog

import kinds_study
from rfree.disclosure.places import place_steps
from rfree.reality.splits import Splits
from small_study import Project, answers
from typology.answers.responses import read_responses
from typology.exhibits.labels import Labels
from typology.questionnaire.file import load_questionnaire
from typology.results.checking import begin_study
from typology.results.disclosure.declared import DECLARED
from typology.results.disclosure.pattern import Pattern, find_pattern, unplaced_categories
from typology.results.disclosure.published import PublishedTables, publish
from typology.results.disclosure.published_model import published_model
from typology.results.disclosure.report import disclosure_table
from typology.results.disclosure.sentences import disclosure_sentences
from typology.results.disclosure.single_tables import _bands
from typology.results.disclosure.statistics.class_centres import placing_items
from typology.results.model_file import model_content
from typology.results.pipeline import Analysis, run_pipeline
from typology.results.workbook import in_words
from typology.study import load_study

SMALLEST = 5
CODES = [1, 2, 3, 4, 5]


@pytest.fixture(scope="module")
def analysis(tmp_path_factory: pytest.TempPathFactory) -> Analysis:
    """A study of few respondents, where one alone gave some answers."""
    given = answers(n=90, seed=5)
    given["H2"] = given["H2"].replace(1, 2)
    given.loc[0, "H2"] = 1
    given.loc[:2, "D3"] = None
    given["sex"] = ["f"] * 3 + ["m"] * 87
    folder = tmp_path_factory.mktemp("attacked")
    return run_pipeline(load_study(Project(folder).write(given)), validity=False)


@pytest.fixture(scope="module")
def pattern(analysis: Analysis) -> Pattern:
    return find_pattern(analysis.fitted, analysis.tables)


@pytest.fixture(scope="module")
def published(analysis: Analysis, pattern: Pattern) -> PublishedTables:
    return publish(analysis.tables, pattern)


def test_of_groups_that_no_split_was_tried_for_nothing_is_hidden(
    analysis: Analysis, pattern: Pattern
) -> None:
    """So ends a study whose types are groups, or that has no structure."""
    untried = {**analysis.tables, "splits": Splits.untried(90).table}
    assert publish(untried, pattern).tables["splits"].equals(untried["splits"])


def told_of(item: str, tables: dict[str, pd.DataFrame]) -> list[tuple[np.ndarray, float]]:
    """All that the tables that leave say of the answers to an item, as sums of its cells."""
    cells, overall, profiles, agreed = (
        tables[name][tables[name]["item"] == item]
        for name in ("class_distribution", "item_distribution", "class_profiles", "item_agreement")
    )
    classes = sorted(cells["class"].unique())
    found = []

    def add(codes: list[int], numbers: list[int], value: float) -> None:
        if not np.isnan(value):
            mask = np.outer(np.isin(CODES, codes), np.isin(classes, numbers)).astype(float)
            found.append((mask.ravel(), round(value)))

    for row in cells.to_dict("records"):
        add([row["code"]], [row["class"]], row["n"])
    for row in overall.to_dict("records"):
        add([row["code"]], classes, row["n"])
    for row in profiles.to_dict("records"):
        add(CODES, [row["class"]], row["n"])
        if not row["agree_share_rounded"]:
            add([4, 5], [row["class"]], row["n"] * row["agree_share"] / 100)
    whole = agreed.iloc[0]
    for name, codes in (("disagree", [1, 2]), ("neutral", [3]), ("agree", [4, 5])):
        if whole.get(f"{name}_share_rounded"):
            continue
        add(codes, classes, whole["n"] * whole[f"{name}_share"] / 100)
    return found


def means_of(item: str, tables: dict[str, pd.DataFrame]) -> tuple[np.ndarray, np.ndarray]:
    """The means of an item that leave, each as two sums of cells that are at most some values."""
    profiles = tables["class_profiles"][tables["class_profiles"]["item"] == item]
    whole = tables["item_agreement"].set_index("item").loc[item]
    classes = sorted(profiles["class"])
    told = [(number, row["n"], row["mean"]) for number, row in
            profiles.set_index("class").iterrows()]  # fmt: skip
    sums, values = [], []
    for number, n, mean in [*told, (0, whole["n"], whole["mean"])]:
        if np.isnan(mean):
            continue
        mask = np.outer(CODES, [number in {0, each} for each in classes]).ravel()
        sums += [mask, -mask]
        values += [n * (mean + 0.05), -n * (mean - 0.05)]
    everyone = {**whole.to_dict(), "class": 0}
    for row in [everyone, *profiles.to_dict("records")]:
        of_class = [row["class"] in {0, each} for each in classes]
        for bound, codes in (("agree_below", [4, 5]), ("agree_above", [1, 2, 3])):
            if not np.isnan(row.get(bound, np.nan)):
                mask = np.outer(np.isin(CODES, codes), of_class).astype(float).ravel()
                sums += [mask, -mask]
                values += [SMALLEST - 1, -1]
        if row.get("agree_share_rounded"):
            mask = np.outer(np.isin(CODES, [4, 5]), of_class).astype(float).ravel()
            sums += [mask, -mask]
            values += [row["n"] * (row["agree_share"] + 5) / 100]
            values += [-row["n"] * (row["agree_share"] - 5) / 100]
    return np.array(sums), np.array(values)


def test_linear_programs_over_all_tables_do_not_give_small_numbers_back(
    analysis: Analysis, published: PublishedTables
) -> None:
    attacked = 0
    before = analysis.tables["class_distribution"]
    for item in ("H1", "H4", "D3"):
        told = told_of(item, published.tables)
        sums, values = np.array([row for row, _ in told]), np.array([value for _, value in told])
        below, most = means_of(item, published.tables)
        own = before[before["item"] == item]
        own = own.set_index(["code", "class"])["n"].unstack()  # noqa: PD010
        for (row, column), n in np.ndenumerate(own.to_numpy()):
            if not 1 <= n < SMALLEST:
                continue
            aim = np.zeros(own.shape)
            aim[row, column] = 1
            low, high = (
                sign
                * linprog(
                    sign * aim.ravel(),
                    A_ub=below,
                    b_ub=most,
                    A_eq=sums,
                    b_eq=values,
                    bounds=(0, None),
                ).fun
                for sign in (1, -1)
            )
            assert low <= 1 + 1e-6, (item, row, column)
            assert high >= SMALLEST - 1 - 1e-6, (item, row, column)
            attacked += 1
    assert attacked > 5


def test_a_hidden_share_is_told_to_be_below_or_above_that_of_a_few(
    analysis: Analysis, published: PublishedTables
) -> None:
    before, after = analysis.tables["class_profiles"], published.tables["class_profiles"]
    counts = (before["n"] * before["agree_share"] / 100).round()
    below, above = after["agree_below"].notna(), after["agree_above"].notna()
    assert below.any()
    assert counts[below].between(1, SMALLEST - 1).all()
    assert (before["n"] - counts)[above].between(1, SMALLEST - 1).all()
    assert (before["agree_share"][below] < after["agree_below"][below]).all()
    assert (before["agree_share"][above] > after["agree_above"][above]).all()
    assert after["agree_share"][below | above].isna().all()
    tens = after["agree_share_rounded"]
    assert tens.any()
    assert (after["agree_share"][tens] % 10 == 0).all()
    assert ((after["agree_share"] - before["agree_share"])[tens].abs() <= 5).all()


def test_no_table_shows_a_small_number_of_an_answer(published: PublishedTables) -> None:
    for name in ("item_distribution", "class_distribution", "characteristics", "class_moves",
                 "classes", "class_sizes"):  # fmt: skip
        numbers = published.tables[name]["n"].dropna()
        assert not numbers.between(1, SMALLEST - 1).any(), name
    shares = published.tables["class_categories"]
    sizes = published.tables["classes"].set_index("class")["n"]
    counts = shares["category_share"] * shares["class"].map(sizes) / 100
    answered = ~shares["category"].isin(["no answer"])
    assert not counts[answered].round(6).between(0.5, SMALLEST - 0.5).any()


def test_no_coordinate_is_that_of_a_few(analysis: Analysis, published: PublishedTables) -> None:
    """One who gave an answer alone lies at its coordinate times the root of the eigenvalue."""
    before = analysis.tables["categories"].query("axis == 1")
    after = published.tables["categories"].query("axis == 1")
    known = before[after["coordinate"].notna().to_numpy()]
    assert (known["n"] >= SMALLEST).all()
    gone = before[after["coordinate"].isna().to_numpy()]
    assert (gone["n"] < SMALLEST).any()
    # The answers of a question lie at the origin together: a single one could be worked out.
    together = gone.groupby("variable")["n"].agg(["size", "sum"])
    assert (together["size"] >= 2).all()
    assert (together["sum"] >= SMALLEST).all()
    assert not set(published.tables["axis_categories"].dropna(subset=["estimate"])["variable"]) & {
        *gone["variable"]
    }


def test_a_question_whose_answers_are_all_rare_has_no_coordinate() -> None:
    rows = pd.DataFrame(
        {"variable": "sex", "category": ["f", "m"], "n": [2, 60], "role": "supplementary"}
    )
    assert unplaced_categories(rows, 5) == {("sex", "f"), ("sex", "m")}


def test_the_model_that_leaves_has_no_score_of_a_few(analysis: Analysis, pattern: Pattern) -> None:
    whole = model_content(analysis.fitted)
    leaving = published_model(whole, analysis.fitted, pattern)
    assert whole != leaving
    counts = analysis.tables["categories"].query("axis == 1")
    few = counts[(counts["role"] == "active") & (counts["n"] < SMALLEST)]
    assert len(few)
    scores = {(each["item"], each["category"]): each["scores"] for each in leaving["categories"]}
    exact = {(each["item"], each["category"]): each["scores"] for each in whole["categories"]}
    for row in few.to_dict("records"):
        pair = (row["variable"], str(row["category"]))
        assert scores[pair] != exact[pair]
        alike = [other for other in scores if other[0] == pair[0] and scores[other] == scores[pair]]
        assert len(alike) >= 2


@pytest.mark.parametrize("block_weights", ["none", "equal"])
def test_only_the_answers_without_a_coordinate_share_a_score(
    tmp_path: Path, block_weights: str
) -> None:
    given = answers(n=60, seed=5)
    given.loc[:3, "H2"], given.loc[:2, "D3"] = 1, 4
    path = Project(tmp_path).write(given, block_weights=block_weights)
    fitted, _ = begin_study(load_study(path))
    whole = model_content(fitted)
    rare = frozenset({("H2", "1"), ("H2", "5"), ("D3", "4"), ("D3", "2")})
    pattern = Pattern(SMALLEST, unplaced=rare, places=placing_items(fitted))
    leaving = published_model(whole, fitted, pattern)
    exact, scores = (
        {(each["item"], each["category"]): each["scores"] for each in model["categories"]}
        for model in (whole, leaving)
    )
    counts = fitted.axes.mca.column_counts_
    step = float(place_steps(counts[counts > 0].min(), pattern.places))
    apart = step * fitted.axes.mca.variable_weights_.max() / np.sqrt(fitted.axes.mca.eigenvalues_)
    moved = {pair: np.abs(np.subtract(scores[pair], exact[pair])) for pair in exact}
    assert {pair for pair in exact if (moved[pair] > apart[:2]).any()} == rare
    for item, codes in (("H2", (1, 5)), ("D3", (4, 2))):
        # The score of all who gave one of the two, each counted once.
        numbers = [int((given[item] == code).sum()) for code in codes]
        assert numbers[0] != numbers[1]
        pooled = np.average([exact[item, str(code)] for code in codes], axis=0, weights=numbers)
        for code in codes:
            np.testing.assert_allclose(scores[item, str(code)], pooled, atol=apart.max())
    # Respondents then lie around the same centre.
    np.testing.assert_allclose(leaving["axes"]["centre"], whole["axes"]["centre"], atol=step)
    assert leaving["axes"]["total"] == pytest.approx(whole["axes"]["total"])
    assert [each["term"] for each in leaving["categories"]] == [
        each["term"] for each in whole["categories"]
    ]


def test_bands_along_a_boundary_are_of_nobody_or_of_several() -> None:
    random = np.random.default_rng(4)
    counts = random.poisson([[3, 0], [6, 0.5], [2, 3], [1, 8], [0, 6], [0, 1]])
    n = int(counts.sum())
    percents = 100 * counts / n
    profiles = pd.DataFrame(
        {"class": 1, "neighbour": 2, "from_place": np.arange(6), "to_place": np.arange(1, 7),
         "class_percent": percents[:, 0], "neighbour_percent": percents[:, 1],
         "continuum_percent": 1.0, "both_percent": percents.sum(axis=1)}
    )  # fmt: skip
    tables = {
        "boundary_profiles": profiles,
        "boundaries": pd.DataFrame({"class": [1], "neighbour": [2], "n": [n]}),
    }
    left = publish(tables, Pattern(SMALLEST)).tables["boundary_profiles"]
    both = (left["both_percent"] * n / 100).round()
    assert both.sum() == n
    assert ((both == 0) | (both >= SMALLEST)).all()
    for side in ("class_percent", "neighbour_percent"):
        told = (left[side].dropna() * n / 100).round()
        assert not told.between(1, SMALLEST - 1).any()
        assert left[side].isna().sum() != 1
    assert left["from_place"].tolist()[1:] == left["to_place"].tolist()[:-1]


SUBGROUPS = pd.DataFrame(
    {
        "subgroup": [1, 2],
        "variable": "sex",
        "category": ["f", "m"],
        "n": [40, 60],
        "total": 100,
        "distance": 0.3,
        "chi2": 3.6,
        "variance": 51.23,
        "p_normal": 0.2,
        "p_value": 0.2,
    }
)


def test_two_subgroups_of_one_question_do_not_give_each_other_back() -> None:
    """All respondents, less one subgroup, are the other: both are hidden item by item."""
    total = pd.DataFrame(
        {
            "variable": ["H1", "H1", "H2", "H2"],
            "category": ["1", "2"] * 2,
            "n": [50, 50, 33, 67],
            "coordinate": 0.5,
        }
    )
    own = pd.concat(
        [
            total.assign(subgroup=number, n=n, axis=1, coordinate=0.5, contribution=9.0, cos2=0.1)
            for number, n in ((1, [20, 20, 3, 37]), (2, [30, 30, 30, 30]))
        ],
        ignore_index=True,
    )
    tables = {"categories": total, "subgroups": SUBGROUPS, "subgroup_categories": own}
    left = publish(tables, Pattern(SMALLEST)).tables["subgroup_categories"].set_index("variable")
    assert left.loc["H1", "n"].notna().all()
    for name in ("n", "coordinate", "contribution", "cos2"):
        assert left.loc["H2", name].isna().all(), name


def test_of_a_subgroup_without_a_place_nothing_is_told() -> None:
    axes = pd.DataFrame(
        {"subgroup": [1, 2], "axis": 1, "mean": [0.2, -0.1], "deviation": [0.2, -0.1],
         "z": [1.2, -0.7], "p_normal": [0.2, 0.5], "p_value": [0.2, 0.5]}
    )  # fmt: skip
    pattern = Pattern(SMALLEST, unplaced=frozenset({("sex", "f")}))
    left = publish({"subgroups": SUBGROUPS, "subgroup_axes": axes}, pattern).tables
    assert left["subgroup_axes"]["subgroup"].tolist() == [2]
    assert left["subgroups"]["n"].tolist() == [40, 60]


def test_crossed_questions_do_not_give_small_numbers_back() -> None:
    counts = np.array([[2, 30, 20], [25, 25, 9], [40, 7, 30]])
    places = [(f"a{row}", f"b{column}", n) for (row, column), n in np.ndenumerate(counts)]
    crossed = pd.DataFrame(places, columns=["category", "other_category", "n"]).assign(
        variable="sex", other_variable="town", share=1.0, axis=1, coordinate=0.5, cos2=0.1,
        v_test=1.0,
    )  # fmt: skip
    effects = pd.DataFrame({"axis": [1], "additive": [12.345], "crossed": [13.579]})
    of = {("sex", f"a{row}"): n for row, n in enumerate(counts.sum(axis=1))}
    of |= {("town", f"b{column}"): n for column, n in enumerate(counts.sum(axis=0))}
    answers = pd.DataFrame([(*name, n, "supplementary") for name, n in of.items()],
                           columns=["variable", "category", "n", "role"])  # fmt: skip
    answers["coordinate"] = 0.5
    left = publish(
        {"categories": answers, "crossed_categories": crossed, "crossed_effects": effects},
        Pattern(SMALLEST),
    ).tables
    hidden = left["crossed_categories"]["n"].isna().to_numpy().reshape(counts.shape)
    assert hidden[0, 0]
    assert (hidden.sum(axis=0) != 1).all()
    assert (hidden.sum(axis=1) != 1).all()
    assert (
        left["crossed_categories"]["coordinate"]
        .isna()
        .equals(left["crossed_categories"]["n"].isna())
    )
    assert left["crossed_effects"]["crossed"].tolist() == [13.6]


def test_tests_of_questions_with_hidden_numbers_are_told_coarsely(
    analysis: Analysis, published: PublishedTables, pattern: Pattern
) -> None:
    before, after = (each["characteristic_tests"] for each in (analysis.tables, published.tables))
    touched = before["variable"].isin(pattern.touched).to_numpy()
    assert touched.any()
    assert after.loc[touched, ["statistic", "smallest_expected"]].isna().all(axis=None)
    effects = after.loc[touched, "effect"].dropna()
    assert (effects == effects.round(1)).all()
    for name in ("p_value", "p_holm", "p_bh"):
        new = after.loc[touched, name].dropna()
        old = before.loc[new.index, name]
        assert ((old < 0.05) == (new < 0.05)).all()
        assert all(len(f"{each:g}".lstrip("0.").replace(".", "")) <= 1 for each in new)


def test_points_of_two_questions_differ_by_no_one_s_place(
    analysis: Analysis, published: PublishedTables
) -> None:
    for name in ("map_points", "question_points"):
        points = published.tables[name].filter(like="Axis ").to_numpy()
        np.testing.assert_allclose(points * 20, (points * 20).round(), atol=1e-9)
    placed = analysis.tables["respondents"].filter(like="Axis ").to_numpy()
    axes = analysis.tables["respondents"].filter(like="Axis ").columns
    every = published.tables["question_points"]
    known = []
    for _, larger in every.iterrows():
        for _, smaller in every[every["n"] == larger["n"] - 1].iterrows():
            place = larger["n"] * larger[axes] - smaller["n"] * smaller[axes]
            known.append(np.abs(placed - place.to_numpy(dtype=float)).max(axis=1).min())
    assert len(known) > 10
    assert min(known) > 1e-3


def test_what_is_of_single_respondents_does_not_leave(
    analysis: Analysis, published: PublishedTables
) -> None:
    for table in published.tables.values():
        assert "respondent" not in table
    for name in ("respondents", "linkage", "class_examples", "missing_by_respondent"):
        assert name not in published.tables
        assert name in analysis.tables
    points = published.tables["map_points"]
    assert points["n"].min() >= SMALLEST
    texts = " ".join(table.to_csv() for table in published.tables.values())
    for name in analysis.tables["respondents"]["respondent"]:
        assert f",{name}," not in texts


def test_a_table_that_is_not_declared_stays(analysis: Analysis, pattern: Pattern) -> None:
    more = {**analysis.tables, "new_one": pd.DataFrame({"respondent": ["P1"]})}
    assert "new_one" not in publish(more, pattern).tables
    assert "respondents" not in DECLARED


def test_without_the_rule_nothing_is_hidden(analysis: Analysis) -> None:
    off = publish(analysis.tables, Pattern(1))
    assert not off.hidden_cells
    pd.testing.assert_frame_equal(
        off.tables["class_distribution"], analysis.tables["class_distribution"]
    )


def test_the_report_counts_what_is_hidden_and_who_is_alone(
    analysis: Analysis, published: PublishedTables
) -> None:
    report = disclosure_table(analysis.fitted, published.hidden_cells)
    values: dict[Any, int] = {
        (row["measure"], row["table"]): row["value"] for row in report.to_dict("records")
    }
    hidden = published.tables["class_distribution"]["n"].isna().sum()
    assert values["smallest_cell", ""] == SMALLEST
    assert values["hidden_cells", "class_distribution"] == 2 * hidden
    assert values["k_anonymity", ""] == 3


@pytest.mark.parametrize(("language", "sheet"), [("fr", "Réponses par type"), ("en", "Answers by")])
def test_the_report_is_told_in_words(
    analysis: Analysis, published: PublishedTables, language: str, sheet: str
) -> None:
    fitted = analysis.fitted
    labels = Labels(fitted.questionnaire, language, fitted.study.type_names)
    report = disclosure_table(fitted, published.hidden_cells)
    told = in_words(report, labels).to_csv()
    assert sheet in told
    assert "class_distribution" not in told
    assert not set(report.loc[report["merged"] != "", "merged"]) & set(told.split(","))


@pytest.mark.parametrize("left", [(9, 9), (4, 9)])
def test_a_question_without_which_as_many_are_alone_is_not_told_to_be_risky(
    left: tuple[int, int], project: Path
) -> None:
    questionnaire = load_questionnaire(project / "data" / "questionnaire.yml")
    questions = [*questionnaire.questions][:2]
    rows = [("smallest_cell", "", 5), ("hidden_cells", "", 0), ("k_anonymity", "", 1),
            ("l_diversity", "", 1), ("unique_combinations", "", 9),
            *(("unique_without", each, alone) for each, alone in zip(questions, left, strict=True)),
            ("unique_merged", questions[0], 9)]  # fmt: skip
    report = pd.DataFrame(rows, columns=["measure", "variable", "value"])
    said = disclosure_sentences(
        report.assign(table="", merged="a / b"), Labels(questionnaire, "en")
    )
    assert ("by itself" in said[-1]) == (left == (9, 9))
    assert not any("9 without it" in each or "(9)" in each for each in said)
    assert any("4 without it" in each for each in said) == (4 in left)


def test_the_rule_is_a_key_of_the_study(tmp_path: Path) -> None:
    path = Project(tmp_path).write(answers(), disclosure={"smallest_cell": 3})
    assert load_study(path).choices.disclosure.smallest_cell == 3
    assert load_study(Project(tmp_path).write(answers())).choices.disclosure.smallest_cell == 5


def test_answers_to_merge_touch_and_leave_an_answer(tmp_path: Path) -> None:
    kinds_study.write_kinds_study(tmp_path, n=40)
    asked = load_questionnaire(tmp_path / "questionnaire.yml")
    respondent = read_responses(tmp_path / "responses.csv", asked).respondent
    years = [1990, 1990, 1991, 1991, 1999, 2010, 2015, 2015, 2016, 2020] * 4
    respondent = respondent[["sex", "tools:video"]].assign(
        sex="f",
        since=[pd.Timestamp(year, 5, 1) for year in years],
        **{"tools:video": pd.array([True] * 40, dtype="boolean")},
    )
    respondent.loc[respondent.index[[7, 8]], "sex"] = "m"  # alone in 2015, and in 2016
    respondent.loc[respondent.index[5], ["sex", "tools:video"]] = pd.NA
    fitted: Any = SimpleNamespace(
        questionnaire=asked,
        respondent=respondent,
        classes=SimpleNamespace(labels=pd.Series(1, index=respondent.index)),
        study=SimpleNamespace(choices=SimpleNamespace(disclosure=SimpleNamespace(smallest_cell=5))),
    )
    report = disclosure_table(fitted, {}).set_index("measure")
    merged = report.loc[["unique_merged"]]
    assert merged["variable"].tolist() == ["since"]
    assert merged["merged"].tolist() == ["2015 + 2016"]
    assert merged["value"].tolist() == [1]  # who answered neither question


def test_where_the_rule_is_lifted_the_model_leaves_as_it_is(analysis: Analysis) -> None:
    whole = model_content(analysis.fitted)
    leaving = published_model(whole, analysis.fitted, Pattern(1))
    assert leaving == whole
    assert leaving is not whole


def test_rows_that_are_too_few_at_the_end_of_a_boundary_join_the_band_before() -> None:
    assert _bands(np.array([5.0, 1.0]), 3).tolist() == [0, 0]
    assert _bands(np.array([5.0, 4.0, 0.0, 2.0, 1.0, 1.0]), 3).tolist() == [0, 1, 2, 3, 3, 3]
    assert _bands(np.array([1.0]), 3).tolist() == [0]
