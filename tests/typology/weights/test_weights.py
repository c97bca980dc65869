"""Weights through the whole chain: what must not change with them, and what must."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from rfree.samples.calibration import rake
from typology.exhibits.labels import Labels
from typology.problems import InputError
from typology.results.checking import check_study_answers
from typology.results.model_file import model_content
from typology.results.pipeline import Analysis, run_pipeline
from typology.study import load_study
from typology.types.tables import types_table
from typology.weights.sentences import (
    representativeness_paragraph,
    representativeness_sentence,
    weighting_sentence,
    weights_sentence,
)
from typology.weights.tables import (
    representativeness_table,
    weighting_table,
    weights_table,
)
from typology.words import LANGUAGES
from weighted_study import answers, margins, write_study

WEIGHTING = {"weights_summary", "weighting_comparison", "weighting_means", "weighting_agreement"}
MARGINS = {"representativeness", "representativeness_tests"}


def run(folder: Path, *, validity: bool = False, **options: object) -> Analysis:
    folder.mkdir(exist_ok=True)
    return run_pipeline(write_study(folder, **options), validity=validity)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Analysis:
    return run(tmp_path_factory.mktemp("plain"), validity=True, margins=None)


@pytest.fixture(scope="module")
def raked(tmp_path_factory: pytest.TempPathFactory) -> Analysis:
    return run(tmp_path_factory.mktemp("raked"), weights="margins")


def with_weights(weights: object, table: pd.DataFrame | None = None) -> pd.DataFrame:
    table = answers() if table is None else table
    return table.assign(poids=weights)


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


def test_weights_of_one_for_all_give_the_unweighted_results(
    plain: Analysis, tmp_path: Path
) -> None:
    ones = run(
        tmp_path, validity=True, margins=None, table=with_weights(1), weights={"column": "poids"}
    )
    tables = {name: table for name, table in ones.tables.items() if name not in WEIGHTING}
    flow = tables["flow"]
    tables["flow"] = flow[flow["step_id"] != "zero weight"].reset_index(drop=True)
    same(plain.tables, tables)
    models = [model_content(each) for each in (ones, plain)]
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


def test_raking_reaches_the_margins_merged_ones_too(raked: Analysis) -> None:
    shares = raked.tables["representativeness"].set_index(["variable", "category"])
    expected = {
        ("sex", "f"): 49, ("sex", "m"): 51, ("place", "town"): 40,
        ("place", "suburb + country"): 60, ("age", "<40"): 30, ("age", ">=40"): 70,
    }  # fmt: skip
    for key, share in expected.items():
        assert shares.loc[key, "population_share"] == pytest.approx(share)
        assert shares.loc[key, "weighted_share"] == pytest.approx(share, abs=1e-6)
    weights = raked.tables["respondents"].set_index("respondent")["weight"]
    table = answers().set_index("id")
    by_hand = weights.groupby(table["sex"]).sum() / weights.sum()
    assert by_hand["f"] == pytest.approx(0.49, abs=1e-8)
    assert weights.mean() == pytest.approx(1)


def test_counts_are_of_respondents_and_shares_are_weighted(raked: Analysis) -> None:
    classes, respondents = raked.tables["classes"], raked.tables["respondents"]
    sizes = respondents["class"].value_counts().sort_index()
    assert classes["n"].tolist() == sizes.tolist()
    totals = respondents.groupby("class")["weight"].sum()
    np.testing.assert_allclose(classes["share"], 100 * totals / totals.sum())
    assert not np.allclose(classes["share"], 100 * sizes / sizes.sum(), atol=0.05)
    assert (raked.tables["item_agreement"]["n"] == 90).all()


def test_the_effective_n_and_the_design_effect_are_kishs(raked: Analysis) -> None:
    weights = raked.tables["respondents"]["weight"].to_numpy()
    summary = raked.tables["weights_summary"].iloc[0]
    effective = weights.sum() ** 2 / (weights**2).sum()
    assert summary["effective_n"] == pytest.approx(effective)
    assert summary["design_effect"] == pytest.approx(90 / effective)
    assert summary["main"]


def test_no_answer_on_a_margin_keeps_its_share(tmp_path: Path) -> None:
    table = answers()
    table.loc[:8, "sex"] = None
    analysis = run(tmp_path, table=table, weights="margins")
    weights = analysis.tables["respondents"]["weight"].to_numpy()
    assert weights[:9].sum() / weights.sum() == pytest.approx(0.1, abs=1e-8)
    tests = analysis.tables["representativeness_tests"].set_index("variable")
    assert tests.loc["sex", "missing"] == 9


def test_trimmed_weights_stay_within_their_bounds(tmp_path: Path) -> None:
    free = run(tmp_path / "free", weights="margins").tables["weights_summary"].iloc[0]
    high = 0.97 * free["largest_weight"]
    trimmed = run(tmp_path / "trimmed", weights="margins", trim_weights=[0.1, float(high)])
    summary = trimmed.tables["weights_summary"].iloc[0]
    assert summary["largest_weight"] <= high * (1 + 1e-5)
    assert summary["trimmed"] > 0
    assert summary["bounds_hold"]


def test_both_typologies_stand_side_by_side_whichever_is_the_main_one(
    plain: Analysis, raked: Analysis, tmp_path: Path
) -> None:
    beside = run(tmp_path)
    assert set(beside.tables) >= WEIGHTING | MARGINS
    assert not set(plain.tables) & (WEIGHTING | MARGINS)
    assert not beside.tables["weights_summary"]["main"].item()
    one, other = (each.tables["weighting_comparison"] for each in (beside, raked))
    for column in ("unweighted_n", "unweighted_share", "weighted_n", "weighted_share", "jaccard"):
        np.testing.assert_allclose(one[column], other[column])
    np.testing.assert_allclose(one["unweighted_share"], beside.tables["classes"]["share"])
    np.testing.assert_allclose(one["weighted_share"], raked.tables["classes"]["share"])
    same_class = (
        beside.tables["respondents"]["class"] == raked.tables["respondents"]["class"]
    ).mean()
    agreement = beside.tables["weighting_agreement"].iloc[0]
    assert agreement["same_type_share"] == pytest.approx(100 * same_class)


def test_a_respondent_of_zero_weight_is_left_out_and_counted(tmp_path: Path) -> None:
    weights = np.where(np.arange(90) < 5, 0.0, 1.5)
    analysis = run(tmp_path, table=with_weights(weights), weights={"column": "poids"})
    flow = analysis.tables["flow"].set_index("step_id")
    assert flow.loc["zero weight", "excluded"] == 5
    assert len(analysis.tables["respondents"]) == 85


@pytest.mark.parametrize(
    ("weights", "expected"),
    [
        (["", "x", -1, *[1] * 87], ["row 2", "'x'", "'-1'", "a number from 0"]),
        ([0] * 90, ["0 on every row"]),
    ],
)
def test_a_column_of_weights_that_is_wrong_is_told_with_its_rows(
    tmp_path: Path, weights: list[object], expected: list[str]
) -> None:
    study = write_study(tmp_path, table=with_weights(weights), weights={"column": "poids"})
    with pytest.raises(InputError) as raised:
        run_pipeline(study, validity=False)
    told = str(raised.value)
    assert all(each in told for each in expected), told


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
    same(
        {name: each for name, each in counted.tables.items() if not _names_respondents(each)},
        {name: each for name, each in repeated.tables.items() if not _names_respondents(each)},
    )


def _names_respondents(table: pd.DataFrame) -> bool:
    return any("respondent" in str(name) for name in table.columns)


@pytest.mark.parametrize(
    ("weights", "expected"),
    [
        ([1.5, *[1] * 89], ["'1.5'", "a whole number from 0", "survey weights may have decimals"]),
        ([1_000_000] * 90, ["90000000 respondents in all", "at most 1000000 respondents"]),
    ],
)
def test_frequencies_that_count_nobody_are_told(
    tmp_path: Path, weights: list[object], expected: list[str]
) -> None:
    choice = {"column": "poids", "frequencies": True}
    study = write_study(tmp_path, table=with_weights(weights), weights=choice)
    with pytest.raises(InputError) as raised:
        run_pipeline(study, validity=False)
    assert all(each in str(raised.value) for each in expected), str(raised.value)


def test_a_column_of_weights_that_is_not_there_is_named(tmp_path: Path) -> None:
    study = write_study(tmp_path, table=with_weights(1), weights={"column": "poid"})
    with pytest.raises(InputError) as raised:
        run_pipeline(study, validity=False)
    assert "Did you mean 'poids'?" in str(raised.value)


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        ({"weights": "margins", "margins": None}, "the key 'margins'"),
        ({"weights": "heavy"}, "none, margins, or {column: name}"),
        ({"weights": {"col": "w"}}, "none, margins, or {column: name}"),
        ({"weights": {"column": "w", "counts": True}}, "none, margins, or {column: name}"),
        (
            {
                "weights": {"column": "w", "frequencies": True},
                "exclusions": {"duplicates": True},
            },
            "rows that stand for several respondents are duplicates",
        ),
        ({"weights": "margins", "trim_weights": [2, 3]}, "two numbers around 1"),
        ({"trim_weights": [0.5, 3]}, "weights made from margins"),
        ({"margins": "nothing.yml"}, "a file that exists"),
    ],
)
def test_settings_that_do_not_fit_are_told(
    tmp_path: Path, settings: dict[str, object], told: str
) -> None:
    with pytest.raises(InputError) as raised:
        write_study(tmp_path, **settings)  # type: ignore[arg-type]
    assert told in str(raised.value)


def test_a_category_without_respondents_stops_weighting_but_not_comparing(tmp_path: Path) -> None:
    table = answers()
    table["sex"] = "f"
    analysis = run(tmp_path / "none", table=table)
    assert set(analysis.tables) & (MARGINS | WEIGHTING) == MARGINS
    labels = Labels(analysis.questionnaire, "en")
    assert "cannot weight" in weights_sentence(analysis.tables, labels)
    with pytest.raises(InputError, match="at least one respondent of this category"):
        run(tmp_path / "margins", table=table, weights="margins")


def test_the_margins_are_an_input_of_the_results(tmp_path: Path) -> None:
    assert write_study(tmp_path).inputs["margins"].name == "margins.yml"
    assert "margins" not in write_study(tmp_path, margins=None).inputs


@pytest.mark.parametrize("language", LANGUAGES)
def test_tables_and_sentences_say_what_is_weighted(
    raked: Analysis, plain: Analysis, language: str
) -> None:
    labels = Labels(raked.questionnaire, language)
    weighted = {"fr": "pondéré", "en": "weighted"}[language]
    assert weighted in types_table(raked.tables, labels).to_markdown()
    assert weighted not in types_table(plain.tables, labels).to_markdown()
    for make in (representativeness_table, weights_table, weighting_table):
        text = make(raked.tables, labels).to_markdown()
        assert "nan" not in text
    paragraph = representativeness_paragraph(raked.tables, labels)
    effective = round(raked.tables["weights_summary"]["effective_n"].item())
    assert str(effective) in paragraph
    assert representativeness_sentence(plain.tables, labels).endswith(".")
    assert weighting_sentence(plain.tables, labels) == ""


@pytest.mark.parametrize("language", LANGUAGES)
def test_illustrative_margins_are_said_to_be_wherever_their_numbers_stand(
    tmp_path: Path, language: str
) -> None:
    analysis = run(tmp_path, population=margins() | {"illustrative": True})
    labels = Labels(analysis.questionnaire, language)
    made_up = {"fr": "inventés pour l'exemple", "en": "made up for the example"}[language]
    told = [
        representativeness_table(analysis.tables, labels).to_markdown(),
        weights_table(analysis.tables, labels).to_markdown(),
        weighting_table(analysis.tables, labels).to_markdown(),
        representativeness_sentence(analysis.tables, labels),
    ]
    assert all(made_up in text for text in told)


def test_the_template_of_the_project_is_marked_and_fits_its_questionnaire(project: Path) -> None:
    study = load_study(project)
    analysis = run_pipeline(study, validity=False)
    assert analysis.tables["representativeness_tests"]["illustrative"].all()
    kept = analysis.tables["representativeness"]
    assert kept.groupby("variable")["population_share"].sum().to_numpy() == pytest.approx(100)


def test_the_weights_are_those_of_the_library(raked: Analysis) -> None:
    table = answers()
    X = pd.DataFrame(
        {
            "sex": table["sex"],
            "place": table["place"].replace({"suburb": "other", "country": "other"}),
            "age": np.where(table["age"] < 40, "young", "old"),
        }
    )
    population = {
        "sex": {"f": 49, "m": 51}, "place": {"town": 4, "other": 6},
        "age": {"young": 3, "old": 7},
    }  # fmt: skip
    expected = rake(X, population).weights
    np.testing.assert_allclose(raked.tables["respondents"]["weight"], expected, rtol=1e-8)


def test_a_check_tells_that_weights_cannot_be_made(tmp_path: Path) -> None:
    table = answers()
    table["sex"] = "f"
    with pytest.raises(InputError, match="at least one respondent of this category"):
        check_study_answers(write_study(tmp_path, table=table, weights="margins"))


# Columns that count respondents.
WHOLE = ("n", "missing", "respondents")


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
