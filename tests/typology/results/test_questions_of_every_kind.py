"""A study with a question of every kind goes from its questionnaire to its tables."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import yaml

from kinds_study import put, questionnaire, write_kinds_study
from rfree.items.reliability import describe_reliability
from typology.axes.sentences import axis_sentences, with_stances
from typology.documents.blank_questionnaire import blank_questionnaire
from typology.exhibits.labels import Labels
from typology.fit.placing import place_respondents
from typology.people.tables import respondents_table
from typology.people.verbatim_tables import verbatims_table
from typology.problems import InputError
from typology.questionnaire.answer_scale import NO_OPINION
from typology.questionnaire.characteristics import NO_ANSWER
from typology.questionnaire.file import load_questionnaire
from typology.results.checking import read_study
from typology.results.model_file import model_content
from typology.results.pipeline import Analysis, run_pipeline
from typology.results.workbook import in_words
from typology.study import load_study
from typology.tools.assign.assignment import assign_types
from typology.tools.compare.comparison import Sample, compare_samples

HOPES = [f"H{at}" for at in range(1, 7)]
DOUBTS = [f"D{at}" for at in range(1, 7)]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("kinds")
    write_kinds_study(made)
    return made


@pytest.fixture(scope="module")
def analysis(folder: Path) -> Analysis:
    return run_pipeline(load_study(folder / "study.yml"), validity=False)


@pytest.fixture(scope="module", params=["fr", "en"])
def labels(request: pytest.FixtureRequest, analysis: Analysis) -> Labels:
    return Labels(analysis.fitted.questionnaire, request.param)


def changed(folder: Path, tmp_path: Path, **no_opinion: object) -> Analysis:
    """Run the study with something else said of the "don't know" of the doubts."""
    copy = tmp_path / "copy"
    shutil.copytree(folder, copy)
    asked = yaml.safe_load((copy / "questionnaire.yml").read_text(encoding="utf-8"))
    asked["scales"]["frequency"]["no_opinion"] |= no_opinion
    put(copy / "questionnaire.yml", asked)
    return run_pipeline(load_study(copy / "study.yml"), validity=False)


def test_merged_points_make_the_axes_and_the_points_stay_in_the_answers(
    analysis: Analysis,
) -> None:
    given = analysis.fitted.given["H1"]
    active = analysis.fitted.active.categories["H1"]
    assert set(active) - {NO_ANSWER} == {"0..3", "4..6", "7..10"}
    assert active[given == 4].tolist() == ["4..6"] * int((given == 4).sum())
    codes = analysis.tables["item_distribution"].query("item == 'H1'")
    assert codes["code"].tolist() == list(range(11))
    assert codes["n"].sum() == given.notna().sum()


def test_reliability_is_of_the_points_with_reversed_items_turned(analysis: Analysis) -> None:
    codes = analysis.fitted.given[HOPES].astype("Float64").astype(float)
    turned = codes.assign(H6=10 - codes["H6"])
    by_hand = describe_reliability(turned, {"hopes": HOPES})
    table = analysis.tables["reliability"].set_index("block")
    assert table.loc["hopes", "alpha"] == pytest.approx(by_hand["alpha"].iloc[0], abs=1e-12)
    not_turned = describe_reliability(codes, {"hopes": HOPES})["alpha"].iloc[0]
    assert table.loc["hopes", "alpha"] > not_turned + 0.1


def test_no_opinion_is_no_degree_of_agreement(analysis: Analysis) -> None:
    given = analysis.fitted.given["D1"]
    said = int((given == 9).sum())
    assert said > 0
    agreement = analysis.tables["item_agreement"].set_index("item").loc["D1"]
    assert agreement["no_opinion"] == said
    assert agreement["missing"] == given.isna().sum()
    assert agreement["n"] == given.isin([1, 2, 3, 4]).sum()
    assert agreement["mean"] == pytest.approx(given[given < 9].mean())
    assert analysis.fitted.scores["doubts"].max() <= 4


def test_no_opinion_is_counted_apart_from_answers_that_are_missing(analysis: Analysis) -> None:
    given = analysis.fitted.responses.items
    by_item = analysis.tables["missing_by_item"].set_index("item").loc["N1"]
    assert by_item["missing"] == given["N1"].isna().sum()
    assert by_item["no_opinion"] == (given["N1"] == 8).sum()
    assert by_item["no_opinion_share"] == pytest.approx(100 * (given["N1"] == 8).mean())


def test_no_opinion_makes_axes_only_where_it_is_a_category(analysis: Analysis) -> None:
    roles = analysis.tables["categories"].query("axis == 1").set_index(["variable", "category"])
    assert roles.loc[("D1", NO_OPINION), "role"] == "active"
    assert roles.loc[("N1", NO_OPINION), "role"] == "passive"
    assert roles.loc[("D1", NO_ANSWER), "role"] == "passive"


def test_no_opinion_that_counts_as_missing_is_as_an_answer_that_was_not_given(
    folder: Path, tmp_path: Path
) -> None:
    missing = changed(folder, tmp_path, counts_as="missing")
    categories = missing.fitted.active.categories["D1"]
    given = missing.fitted.given["D1"]
    assert set(categories[given == 9]) == {NO_ANSWER}
    assert missing.tables["item_agreement"].set_index("item").loc["D1", "no_opinion"] > 0


def test_who_gives_no_opinion_on_anything_is_left_out_unless_it_is_a_category(
    folder: Path, tmp_path: Path
) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(folder, copy)
    answers = pd.read_csv(copy / "responses.csv", dtype=str)
    items = [*HOPES, *DOUBTS, "N1", "N2", "N3", "N4"]
    answers.loc[0, items] = None
    answers.loc[0, ["N1", "N2", "N3", "N4"]] = "Sans avis"
    answers.loc[1, items] = None
    answers.to_csv(copy / "responses.csv", index=False)
    flow = run_pipeline(load_study(copy / "study.yml"), validity=False).tables["flow"]
    excluded = flow.set_index("step_id")["excluded"]
    assert (excluded["no answer"], excluded["no opinion"]) == (1, 1)


def test_everyone_is_given_back_their_type_by_the_model(analysis: Analysis) -> None:
    model = json.loads(json.dumps(model_content(analysis.fitted)))
    assert model["items"][0]["merge"][0] == {"category": "0..3", "codes": [0, 1, 2, 3]}
    assert model["items"][6]["no_opinion"] == {"code": 9, "counts_as": "category"}
    places = place_respondents(model, analysis.fitted.given)
    expected = analysis.fitted.axes.mca.row_coordinates_.iloc[:, :2]
    np.testing.assert_allclose(places.coordinates, expected, atol=1e-10)
    assigned = assign_types(model, analysis.fitted.given, language="fr")
    assert assigned["nearest_class"].tolist() == analysis.fitted.classes.labels.tolist()


def test_two_samples_are_compared_by_degrees_of_agreement(analysis: Analysis) -> None:
    fitted = analysis.fitted
    halves = [fitted.responses.of(fitted.quality.kept[start::2]) for start in (0, 1)]
    samples = [Sample(name, half.items, None) for name, half in zip("AB", halves, strict=True)]
    items = compare_samples(fitted, *samples).tables["comparison_items"].set_index("item")
    first = halves[0].items["D1"]
    assert items.loc["D1", "mean_first"] == pytest.approx(first[first < 9].mean())


def test_agreement_with_a_reversed_item_speaks_against_its_block(analysis: Analysis) -> None:
    labels = Labels(analysis.fitted.questionnaire, "en")
    rows = pd.DataFrame({"variable": ["H1", "H6", "D1"], "category": ["7..10"] * 2 + [NO_OPINION]})
    told = with_stances(rows, labels)
    assert told["stance"].tolist() == ["agree", "disagree", "no_opinion"]
    assert told["extreme"].tolist() == [True, True, False]
    assert axis_sentences(analysis.tables, labels, 1)


def test_dates_are_told_by_their_median_range_and_months(
    analysis: Analysis, labels: Labels
) -> None:
    dates = analysis.fitted.respondent["since"]
    ends = analysis.tables["characteristic_dates"].set_index("class").loc[0]
    assert ends["earliest"] == dates.min().strftime("%Y-%m-%d")
    assert ends["latest"] == dates.max().strftime("%Y-%m-%d")
    rows = {row[0].strip(): row for row in respondents_table(analysis.tables, labels).rows}
    march = {"fr": "mars\u00a02021", "en": "March\u00a02021"}[labels.language]
    assert rows[march][1].startswith(f"{((dates.dt.month == 3).sum())}\u00a0(")
    tests = analysis.tables["characteristic_tests"].set_index("variable")
    assert tests.loc["since", "test"] == "Kruskal-Wallis"


def test_themes_are_counted_and_tested_as_the_choices_of_a_question(analysis: Analysis) -> None:
    cost = analysis.fitted.respondent["comment:cost"]
    row = (
        analysis.tables["characteristics"]
        .query("variable == 'comment:cost' and category == 'yes'")
        .set_index("class")
        .loc[0]
    )
    assert row["n"] == cost.sum()
    assert row["share"] == pytest.approx(100 * cost.mean())
    tests = analysis.tables["characteristic_tests"].set_index("variable")
    assert {"comment:cost", "comment:team"} <= set(tests.index)


def coded_apart(folder: Path, tmp_path: Path, *rows: str) -> Path:
    """Copy the study with its themes in a file of their own."""
    copy = tmp_path / "copy"
    shutil.copytree(folder, copy)
    answers = pd.read_csv(copy / "responses.csv", dtype=str)
    answers = answers.drop(columns=["comment:cost", "comment:team"])
    answers.to_csv(copy / "responses.csv", index=False)
    lines = ["respondent,texte,comment", *rows]
    (copy / "themes.csv").write_text("\n".join(lines), encoding="utf-8")
    study = yaml.safe_load((copy / "study.yml").read_text(encoding="utf-8"))
    put(copy / "study.yml", study | {"themes": "themes.csv"})
    return copy / "study.yml"


def test_themes_are_read_from_a_file_of_their_own(folder: Path, tmp_path: Path) -> None:
    path = coded_apart(folder, tmp_path, "R002,trop cher,Coût;Équipe", "R001,en groupe,team")
    _, responses = read_study(load_study(path))
    told = responses.respondent
    assert told.loc[["R001", "R002"], "comment:cost"].tolist() == [False, True]
    assert told.loc[["R001", "R002"], "comment:team"].tolist() == [True, True]
    assert told["comment:team"].notna().sum() == 2
    assert "themes" in load_study(path).inputs


def test_a_theme_of_somebody_unknown_or_not_declared_is_told(folder: Path, tmp_path: Path) -> None:
    path = coded_apart(folder, tmp_path, "R999,trop cher,cost")
    with pytest.raises(InputError, match="R999"):
        read_study(load_study(path))
    lines = "respondent,comment\nR001,Couleur"
    (path.parent / "themes.csv").write_text(lines, encoding="utf-8")
    with pytest.raises(InputError, match="Couleur"):
        read_study(load_study(path))


def test_some_verbatims_of_each_type_are_quoted_and_nobody_is_named(
    analysis: Analysis, labels: Labels
) -> None:
    table = analysis.tables["verbatims"]
    assert list(table.columns) == ["variable", "class", "text", "themes", "shown"]
    assert set(table["variable"]) == {"place:other", "tools:other", "comment"}
    assert table.query("shown").groupby(["variable", "class"]).size().max() == 5
    shown = verbatims_table(analysis.tables, labels)
    assert len(shown.groups) == 3
    other = {"fr": "Autre", "en": "Other"}[labels.language]
    assert other in shown.groups[0].title
    assert "..." not in shown.groups[0].title


def test_every_table_of_such_a_study_is_told_in_words(analysis: Analysis, labels: Labels) -> None:
    for table in analysis.tables.values():
        in_words(table, labels)
    beside = {"fr": "Ne sait pas", "en": "Don't know"}[labels.language]
    worded = in_words(analysis.tables["categories"], labels)
    assert beside in set(worded["answer"])
    assert {"fr": "Pas d’accord", "en": "Disagree"}[labels.language] in set(worded["answer"])


def test_the_form_shows_every_kind_of_question(folder: Path, labels: Labels) -> None:
    form = blank_questionnaire(load_questionnaire(folder / "questionnaire.yml"), labels.language)
    points = "| 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10 |"
    assert points in form
    expected = {
        "fr": ("Toujours | Ne sait pas |", "Autre\u00a0: ...", "(jour / mois / année)"),
        "en": ("Always | Don't know |", "Other: ...", "(day / month / year)"),
    }[labels.language]
    for text in expected:
        assert text in form.replace("’", "'")


def test_some_simulated_respondents_have_no_opinion(folder: Path) -> None:
    answers = pd.read_csv(folder / "responses.csv")
    shares = (answers[DOUBTS] == 9).mean()
    assert 0 < shares.mean() < 0.08
    assert answers["place:other:text"].notna().equals(answers["place"] == "other")


def test_a_questionnaire_without_the_new_keys_reads_as_before(tmp_path: Path) -> None:
    plain = questionnaire()
    plain["scales"] = {name: each["points"] for name, each in plain["scales"].items()}
    put(tmp_path / "q.yml", plain)
    scale = load_questionnaire(tmp_path / "q.yml").scales["eleven"]
    assert [each.id for each in scale.categories] == [str(code) for code in range(11)]
