"""The sample against its population, and the types with and without weights."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from rfree.samples.calibration import rake
from typology.exhibits.labels import Labels
from typology.problems import InputError
from typology.results.pipeline import Analysis, run_pipeline
from typology.study import load_study
from typology.types.tables import types_table
from typology.weights.sentences import (
    representativeness_paragraph,
    representativeness_sentence,
    survey_design_sentence,
    weighted_tests_sentence,
    weighting_sentence,
    weights_sentence,
)
from typology.weights.tables import (
    representativeness_table,
    weighting_table,
    weights_table,
)
from typology.words import LANGUAGES
from weighted_study import answers, margins, run

WEIGHTING = {"weights_summary", "weighting_comparison", "weighting_means", "weighting_agreement"}
MARGINS = {"representativeness", "representativeness_tests"}


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Analysis:
    return run(tmp_path_factory.mktemp("plain"), margins=None)


@pytest.fixture(scope="module")
def raked(tmp_path_factory: pytest.TempPathFactory) -> Analysis:
    return run(tmp_path_factory.mktemp("raked"), weights="margins")


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


def test_a_category_without_respondents_stops_weighting_but_not_comparing(tmp_path: Path) -> None:
    table = answers()
    table["sex"] = "f"
    analysis = run(tmp_path / "none", table=table)
    assert set(analysis.tables) & (MARGINS | WEIGHTING) == MARGINS
    labels = Labels(analysis.fitted.questionnaire, "en")
    assert "cannot weight" in weights_sentence(analysis.tables, labels)
    with pytest.raises(InputError, match="at least one respondent of this category"):
        run(tmp_path / "margins", table=table, weights="margins")


@pytest.mark.parametrize("language", LANGUAGES)
def test_tables_and_sentences_say_what_is_weighted(
    raked: Analysis, plain: Analysis, language: str
) -> None:
    labels = Labels(raked.fitted.questionnaire, language)
    weighted = {"fr": "pondéré", "en": "weighted"}[language]
    assert weighted in types_table(raked.tables, labels).to_markdown()
    assert weighted not in types_table(plain.tables, labels).to_markdown()
    odd = raked.tables["classes"].assign(share=raked.tables["classes"]["share"] + 0.05)
    assert types_table({**raked.tables, "classes": odd}, labels).rows[-1][3] in {"100,0", "100.0"}
    assert "@lumley2013" in weighted_tests_sentence(raked.tables, labels)
    assert weighted_tests_sentence(plain.tables, labels) == ""
    assert survey_design_sentence(raked.tables, labels) == ""
    drawn = {**raked.tables, "survey_shares": odd}
    assert survey_design_sentence(drawn, labels).endswith(".")
    for make in (representativeness_table, weights_table, weighting_table):
        text = make(raked.tables, labels).to_markdown()
        assert "nan" not in text
    paragraph = representativeness_paragraph(raked.tables, labels)
    effective = round(raked.tables["weights_summary"]["effective_n"].item())
    assert str(effective) in paragraph
    assert representativeness_sentence(plain.tables, labels).endswith(".")
    assert weighting_sentence(plain.tables, labels) == ""


def test_types_whose_weighted_means_are_hidden_keep_their_row(raked: Analysis) -> None:
    labels = Labels(raked.fitted.questionnaire, "en")
    means = raked.tables["weighting_means"].copy()
    means.loc[means["class"] == means["class"].iloc[0], "weighted_mean"] = float("nan")
    whole = weighting_table(raked.tables, labels).to_markdown()
    hidden = weighting_table({**raked.tables, "weighting_means": means}, labels).to_markdown()
    assert len(hidden.splitlines()) == len(whole.splitlines())
    assert "nan" not in hidden


@pytest.mark.parametrize("language", LANGUAGES)
def test_illustrative_margins_are_said_to_be_wherever_their_numbers_stand(
    tmp_path: Path, language: str
) -> None:
    analysis = run(tmp_path, population=margins() | {"illustrative": True})
    labels = Labels(analysis.fitted.questionnaire, language)
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


def test_rows_of_the_tables_are_numbered_from_nought(raked: Analysis, plain: Analysis) -> None:
    for tables in (raked.tables, plain.tables):
        for name, table in tables.items():
            assert table.index.equals(pd.RangeIndex(len(table))), name


def test_two_typologies_side_by_side_are_each_as_by_itself(raked: Analysis) -> None:
    tables = raked.tables
    means, sides = tables["weighting_means"], tables["weighting_comparison"]
    assert means.columns.tolist() == [
        "class", "type", "block", "unweighted_mean", "weighted_mean",
    ]  # fmt: skip
    assert means["block"].tolist() == ["hopes"] * len(sides) + ["doubts"] * len(sides)
    assert means["class"].tolist() == sides["class"].tolist() * 2
    assert means["type"].tolist() == sides["type"].tolist() * 2
    classes = tables["classes"].set_index("class")
    for row in means.to_dict("records"):
        assert row["weighted_mean"] == pytest.approx(
            classes.loc[row["class"], f"mean_{row['block']}"]
        )
    assert sides["unweighted_n"].sum() == sides["weighted_n"].sum() == 90
    np.testing.assert_allclose(sides[["unweighted_share", "weighted_share"]].sum(), 100)
    agreement = tables["weighting_agreement"]
    assert agreement.columns.tolist() == ["n", "adjusted_rand", "same_type_share"]
    assert agreement["n"].tolist() == [90]


def test_margins_are_told_with_their_tests(raked: Analysis) -> None:
    shares, tests = (raked.tables[name] for name in sorted(MARGINS))
    assert shares.columns.tolist()[:2] == ["variable", "category"]
    assert "residual" not in shares
    assert shares["n"].dtype == np.int64
    assert tests["n"].dtype == np.int64
    assert tests.columns.tolist()[:2] == ["variable", "year"]
    assert tests.columns.tolist()[-3:] == ["source_fr", "source_en", "illustrative"]
    assert not {"sample_sum", "sample_rescaled"} & set(tests.columns)
    assert shares["variable"].drop_duplicates().tolist() == tests["variable"].tolist()
    for _, own in shares.groupby("variable"):
        assert own["weighted_share"].sum() == pytest.approx(100)
        assert own["sample_share"].sum() == pytest.approx(100)
