"""Statistics with all their decimals are equations of hidden numbers: what is told is attacked.

Each attack is run on the exact numbers too, where it must succeed: it would prove nothing else.
"""

from __future__ import annotations

from itertools import product
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pandas as pd
import pytest
from scipy.optimize import Bounds, LinearConstraint, milp

from disclosure_attack import shared_out
from harsh_study import harsh_study
from rfree.disclosure.places import place_steps
from small_study import ITEMS, Project, answers
from typology.results.disclosure.leaving import Leaving, leaving_results
from typology.results.disclosure.pattern import ALL, Pattern, find_pattern
from typology.results.disclosure.published import publish
from typology.results.disclosure.statistics.told_models import told_curves, told_likelihoods
from typology.results.disclosure.statistics.told_points import told_short_form
from typology.results.model_file import model_content
from typology.results.pipeline import Analysis, run_pipeline
from typology.study import load_study
from typology.tools.short_form.scored_form import make_short_form

SMALLEST = 5
ASKED = ["H1", "H3", "D1", "D4"]
Table = pd.DataFrame


@pytest.fixture(scope="module")
def analysis(tmp_path_factory: pytest.TempPathFactory) -> Analysis:
    """Four items of which every answer is that of several, in all respondents."""
    random = np.random.default_rng(5)
    given = answers(n=80, seed=5)
    for item in ITEMS:
        for code in range(1, 6):
            while (given[item] == code).sum() < SMALLEST:
                largest = given[item].value_counts().idxmax()
                given.loc[random.choice(given.index[given[item] == largest]), item] = code
    folder = tmp_path_factory.mktemp("places")
    project = Project(folder)
    path = project.write(given[["respondent", *ASKED, "sex"]], axes=3)

    def only_asked(content: dict[str, Any]) -> None:
        for block in content["blocks"]:
            block["items"] = [each for each in block["items"] if each["id"] in ASKED]

    project.change("questionnaire.yml", only_asked)
    return run_pipeline(load_study(path), validity=False)


@pytest.fixture(scope="module")
def leaving(analysis: Analysis) -> Leaving:
    return leaving_results(analysis, model_content(analysis.fitted))


def bounds(
    equal: tuple[np.ndarray, np.ndarray], near: tuple[np.ndarray, np.ndarray, float | np.ndarray],
    most: np.ndarray, aim: int,
) -> tuple[float, float]:  # fmt: skip
    """Return the least and the most that whole numbers with these sums can be."""
    matrix, at, half = near
    limits = [
        LinearConstraint(equal[0], equal[1], equal[1]),
        LinearConstraint(matrix, at - half - 1e-7, at + half + 1e-7),
    ]
    cost = np.eye(len(most))[aim]
    ends = []
    for sign in (1, -1):
        found = milp(
            sign * cost, constraints=limits, bounds=Bounds(0, most),
            integrality=np.ones(len(most)), options={"node_limit": 2000},
        )  # fmt: skip
        # What is not settled by then is bounded by what is.
        bound = found.mip_dual_bound if found.mip_dual_bound is not None else -np.inf
        ends.append(sign * (found.fun if found.status == 0 else max(bound, -most[aim])))
    return int(np.ceil(max(ends[0], 0) - 1e-6)), int(np.floor(ends[1] + 1e-6))


def given_by_place(analysis: Analysis, coordinates: Table, half: float | None) -> tuple[int, int]:
    """Return how many small crossed numbers the coordinates of rare answers give, of how many.

    By an attacker who knows the exact scores of all answers. ``half`` of a step: None as is told.
    """
    mca = analysis.fitted.axes.mca
    exact = mca.column_coordinates_
    scores = exact / np.sqrt(mca.eigenvalues_[: exact.shape[1]])
    chosen = analysis.fitted.active.categories.astype(str)
    found = tried = 0
    for item, answer in exact.index:
        members = chosen[item] == answer
        n = int(members.sum())
        if n > 12:
            continue
        others = [pair for pair in exact.index if pair[0] != item]
        crossed = np.array([(chosen[one][members] == own).sum() for one, own in others])
        items = list(dict.fromkeys(one for one, _ in others))
        of_item = np.array([[float(one == each) for one, _ in others] for each in items])
        roots = np.sqrt(mca.eigenvalues_[: exact.shape[1]])[:, np.newaxis]
        unit = 1 / (n * len(ASKED) * roots)
        rows = scores.loc[others].to_numpy().T * unit
        own = scores.loc[[(item, answer)]].to_numpy()[0] * n * unit[:, 0]
        at = coordinates.loc[[(item, answer)]].to_numpy()[0] - own
        room = float(place_steps(n, len(ASKED))) / 2 if half is None else half
        for aim in np.flatnonzero((crossed > 0) & (crossed < SMALLEST))[:2]:
            low, high = bounds(
                (of_item, np.full(len(items), float(n))), (rows, at, room),
                np.full(len(others), float(n)), int(aim),
            )  # fmt: skip
            assert low <= crossed[aim] <= high
            tried += 1
            found += low == high or (low >= 1 and high < min(SMALLEST, n))
    return found, tried


def test_the_place_of_an_answer_does_not_tell_how_it_crosses_with_others(
    analysis: Analysis, leaving: Leaving
) -> None:
    exact = analysis.fitted.axes.mca.column_coordinates_
    table = leaving.tables["categories"]
    told = table.pivot_table(index=["variable", "category"], columns="axis", values="coordinate")
    assert given_by_place(analysis, told, None)[0] == 0
    # Three decimals, everywhere, would be too many.
    found, tried = given_by_place(analysis, exact, 0.0005)
    assert found > tried / 2


def test_the_centre_of_a_class_does_not_give_its_hidden_numbers_back(
    analysis: Analysis, leaving: Leaving
) -> None:
    mca = analysis.fitted.axes.mca
    told_centres = {each["class"]: np.array(each["centre"]) for each in leaving.model["classes"]}
    roots = np.sqrt(mca.eigenvalues_[: mca.n_components_])
    scores = (mca.column_coordinates_ / roots).iloc[:, : len(told_centres[1])]
    whole = analysis.tables["class_distribution"]
    told = leaving.tables["class_distribution"].loc[whole.index]
    given = {"told": 0, "exact": 0}
    tried = 0
    for number, own in whole.groupby("class"):
        counts = own["n"].to_numpy(dtype=float)
        hidden = told.loc[own.index, "n"].isna().to_numpy()
        n = float(own.groupby("item")["n"].sum().iloc[0])
        pairs = list(zip(own["item"], own["code"].astype(str), strict=True))
        places = scores.loc[pairs].to_numpy().T / (n * len(ASKED))
        of_item = np.array([[float(item == name) for item, _ in pairs] for name in ASKED])
        equal = np.vstack([of_item, np.eye(len(pairs))[~hidden]])
        sums = np.r_[np.full(len(ASKED), n), counts[~hidden]]
        for aim in np.flatnonzero(hidden & (counts > 0) & (counts < SMALLEST))[:4]:
            # A twentieth: the points of which the centre is the mean are told to it.
            low, high = bounds(
                (equal, sums), (places, told_centres[number], 0.025), np.full(len(pairs), n),
                int(aim),
            )  # fmt: skip
            assert low <= counts[aim] <= high
            given["told"] += low == high or (low >= 1 and high < SMALLEST)
            # Who knows all other items finds how the rest of this one is shared out.
            gone = np.flatnonzero(hidden & (own["item"] == pairs[aim][0]).to_numpy())
            left = int(counts[gone].sum())
            found = [
                split[list(gone).index(aim)]
                for split in shared_out(left, len(gone))
                if np.abs(places[:, gone] @ (np.array(split) - counts[gone])).max() < 1e-9
            ]
            given["exact"] += found == [counts[aim]]
            tried += 1
    assert tried > 5
    assert given == {"told": 0, "exact": tried}


def test_the_centre_that_is_told_is_the_same_everywhere_and_near_that_of_the_class(
    analysis: Analysis, leaving: Leaving
) -> None:
    ellipses = leaving.tables["class_ellipses"].query("axis_x == 1 and axis_y == 2")
    for each, exact in zip(leaving.model["classes"], analysis.fitted.classes.centres, strict=True):
        rows = ellipses[ellipses["class"] == each["class"]]
        for row in rows[["center_x", "center_y"]].to_numpy():
            np.testing.assert_allclose(row, each["centre"][:2])
        np.testing.assert_allclose(each["centre"], exact, atol=0.025)


def test_what_is_made_of_a_place_is_made_of_the_one_that_is_told(
    analysis: Analysis, leaving: Leaving
) -> None:
    """A contribution, a v-test or a p-value with all decimals would be the exact place."""
    told, exact = leaving.tables["categories"], analysis.tables["categories"]
    ratio = told["coordinate"] / exact["coordinate"]
    np.testing.assert_allclose(told["v_test"], exact["v_test"] * ratio)
    np.testing.assert_allclose(told["cos2"], exact["cos2"] * ratio**2)
    names = ["axis", "variable"]
    keyed = told.assign(square=told["n"] * told["coordinate"] ** 2 / 80).groupby(names)["square"]
    variables = leaving.tables["axis_variables"].set_index(names)
    untouched = variables.index.get_level_values("variable").isin(["sex"])
    np.testing.assert_allclose(
        variables["r2"][untouched], keyed.sum().reindex(variables.index[untouched])
    )
    before = analysis.tables["axis_variables"].set_index(names).loc[variables.index]
    np.testing.assert_allclose(
        variables["p_value"][untouched], before["p_value"][untouched], rtol=0.2
    )
    estimates = leaving.tables["axis_categories"].merge(
        analysis.tables["axis_categories"], on=["axis", "variable", "category"]
    )
    apart = (estimates["estimate_x"] - estimates["estimate_y"]).abs().dropna()
    assert len(apart)
    assert (apart <= float(place_steps(SMALLEST, len(ASKED))) / 2 + 1e-9).all()


def loss(counts: np.ndarray) -> float:
    known = counts[counts > 0]
    return float((known * np.log(known)).sum() - counts.sum() * np.log(counts.sum()))


def test_the_likelihood_of_one_class_is_not_told_where_it_gives_rare_answers_back() -> None:
    """By hand: two items, five rare answers between them, found among all that are possible."""
    items = {"a": [3, 14, 40, 23, 20], "b": [1, 12, 47, 20, 20]}
    likelihood = sum(loss(np.array(own, dtype=float)) for own in items.values())
    possible = [
        (one, other)
        for one, other in product(range(18), range(14))
        if abs(
            loss(np.array([one, 17 - one, 40, 23, 20], dtype=float))
            + loss(np.array([other, 13 - other, 47, 20, 20], dtype=float))
            - likelihood
        ) < 1e-9
    ]  # fmt: skip
    assert {(min(a, 17 - a), min(b, 13 - b)) for a, b in possible} == {(3, 1)}
    models = pd.DataFrame(
        {"classes": [1, 2], "log_likelihood": [likelihood, likelihood + 9], "lr": [18.0, np.nan],
         "aic": [1.0, 2.0], "bic": [1.0, 2.0], "abic": [1.0, 2.0]}
    )  # fmt: skip
    tables = {"item_distribution": pd.DataFrame({"item": ["a", "b"], "block": "x"})}
    pattern = Pattern(SMALLEST, cells=frozenset({("a", "1", ALL), ("a", "2", ALL)}))
    told = told_likelihoods(models, tables, pattern)
    assert told.loc[0].drop(["classes", "hidden"]).isna().all()
    assert told.loc[1, "log_likelihood"] == likelihood + 9
    in_a_class = Pattern(SMALLEST, cells=frozenset({("a", "1", 2)}))
    pd.testing.assert_frame_equal(told_likelihoods(models, tables, in_a_class), models)
    beside = models.assign(factors=0, bic_above_best=[0.0, 7.0])
    told = told_likelihoods(beside, tables, pattern)
    assert told["bic_above_best"].isna().all()


def squares(counts: np.ndarray) -> float:
    codes = np.arange(1, len(counts) + 1)
    return float(counts.sum() * (counts @ codes**2) - (counts @ codes) ** 2)


def test_alpha_does_not_tell_how_many_gave_a_rare_answer(tmp_path: Path) -> None:
    """All decimals of alpha make a whole number of one of the numbers that are possible."""
    analysis = run_pipeline(load_study(harsh_study(tmp_path)), validity=False)
    pattern = find_pattern(analysis.fitted, analysis.tables)
    public = publish(analysis.tables, pattern).tables
    told, whole = public["item_distribution"], analysis.tables["item_distribution"]
    block = "hopes"
    rows, true = told[told["block"] == block], whole[whole["block"] == block]
    hidden = rows["n"].isna()
    asked = rows.loc[hidden, "item"].unique()
    assert len(asked)
    options = []
    for item, own in rows.groupby("item", sort=False):
        known = own["n"].to_numpy(dtype=float)
        gone = np.flatnonzero(np.isnan(known))
        left = true.loc[own.index, "n"].sum() - np.nansum(known)
        tries = [known] if not len(gone) else []
        for split in product(range(int(left) + 1), repeat=max(len(gone) - 1, 0)):
            if len(gone) and sum(split) <= left:
                filled = known.copy()
                filled[gone] = [*split, left - sum(split)]
                tries.append(filled)
        options.append([squares(each) for each in tries])
        assert item in ITEMS
    items = len(options)

    def possible(alpha: float, half: float) -> int:
        found = 0
        for parts in product(*options):
            share = 1 - alpha * (items - 1) / items
            room = half * sum(parts) / share**2 + 1e-6
            found += abs(sum(parts) / share - round(sum(parts) / share)) < room
        return found

    exact, rounded = (
        float(each["reliability"].set_index("block")["alpha"][block])
        for each in (analysis.tables, public)
    )
    tried = int(np.prod([len(each) for each in options]))
    assert tried > 20
    assert possible(exact, 1e-12) <= max(2, tried // 50)
    assert possible(rounded, 0.0005) > tried * 0.9


def test_a_density_is_not_told_where_one_respondent_lies() -> None:
    places = np.linspace(-3, 3, 61)
    scores = np.r_[-2.9, np.random.default_rng(1).normal(0.3, 0.8, 79)]
    density = np.exp(-(((places[:, None] - scores) / 0.2) ** 2) / 2).mean(axis=1) / 0.2 / 2.5066
    curves = pd.DataFrame({"procedure": "L-Mode", "x": places, "sample": density})
    tables = {"completeness": pd.DataFrame({"n": [80]})}
    told = told_curves(curves, tables, Pattern(SMALLEST))
    # Two heights beside one respondent alone say where they lie.
    at = np.flatnonzero(places < -2.7)[:2]
    heights = np.log(density[at])
    middle = places[at].mean()
    assert middle + 0.2**2 * np.diff(heights)[0] / 0.1 == pytest.approx(-2.9, abs=0.01)
    shown = told["sample"].notna().to_numpy()
    assert not shown[places < -2].any()
    beyond = [(scores < place).sum() for place in places[shown]]
    assert min(beyond) >= SMALLEST - 2
    np.testing.assert_array_equal(told["sample"][shown], np.round(density[shown], 2))


def agreeing(form: dict[str, Any], fitted: Any) -> float:
    """Add the points up by hand, respondent by respondent."""
    right = []
    for _, given in fitted.items.iterrows():
        totals = np.array(form["start"], dtype=float)
        for each in form["items"]:
            if given[each["item"]] in each["codes"]:
                totals = totals + each["points"][each["codes"].index(given[each["item"]])]
        best = [at for at, total in enumerate(totals) if total == totals.max()]
        right.append(max(best, key=lambda at: (form["start"][at], -at)) + 1)
    return float((fitted.classes.labels.to_numpy() == right).mean())


def test_points_on_paper_do_not_tell_how_many_of_a_type_gave_an_answer(analysis: Analysis) -> None:
    """Other respondents, alike in all that is told of their answers, make the same points."""
    fitted = analysis.fitted
    form = make_short_form(fitted, size=3, sizes=(3,))
    assert form is not None
    pattern = find_pattern(fitted, analysis.tables)
    told = told_short_form(form.content, fitted, pattern)
    assert told["items"] != form.content["items"]
    assert told["agreeing"] == [
        round(100 * agreeing(each, fitted)) for each in (form.content, told)
    ]
    labels, tried = fitted.classes.labels.to_numpy(), 0
    for each in told["items"]:
        item = each["item"]
        codes = fitted.items[item].to_numpy(dtype=float)
        for one, other in zip(*np.triu_indices(len(codes), 1), strict=True):
            # Two of two types exchange their answers, all four numbers being hidden.
            cells = {(item, str(int(codes[at])), labels[of])
                     for at in (one, other) for of in (one, other)}  # fmt: skip
            if len(cells) < 4 or not cells <= pattern.cells or tried > 5:
                continue
            moved = codes.copy()
            moved[[one, other]] = moved[[other, one]]
            if any(
                round(moved[labels == of].mean(), 1) != round(codes[labels == of].mean(), 1)
                for of in labels[[one, other]]
            ):
                continue
            changed: Any = SimpleNamespace(
                items=fitted.items.assign(**{item: pd.array(moved.astype(int), dtype="Int64")}),
                classes=fitted.classes, questionnaire=fitted.questionnaire,
            )  # fmt: skip
            again = told_short_form(form.content, changed, pattern)
            assert (again["items"], again["start"]) == (told["items"], told["start"])
            tried += 1
    assert tried > 2


def test_points_on_paper_do_without_an_answer(analysis: Analysis) -> None:
    fitted = analysis.fitted
    form = make_short_form(fitted, size=3, sizes=(3,))
    assert form is not None
    items = fitted.items.copy()
    items.iloc[0, items.columns.get_loc(form.content["items"][0]["item"])] = pd.NA
    unanswered: Any = SimpleNamespace(
        items=items, classes=fitted.classes, questionnaire=fitted.questionnaire
    )
    pattern = find_pattern(fitted, analysis.tables)
    told = told_short_form(form.content, unanswered, pattern)
    assert [len(each["points"]) for each in told["items"]] == [5, 5, 5]
