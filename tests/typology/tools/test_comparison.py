"""Two samples in the same types: a planted change is found, and none where there is none."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from reading import cut, overlapping, texts_of
from typology.exhibits.labels import Labels
from typology.fit.fitted_typology import FittedTypology, fit_typology
from typology.results.checking import read_study
from typology.study import load_study
from typology.tools.compare.comparison import Comparison, Sample, compare_samples
from typology.tools.compare.figures import type_change, type_change_alt
from typology.tools.compare.invariance import comparability
from typology.tools.compare.terminal import invariance_sentence


@pytest.fixture(scope="module")
def halves(project: Path) -> tuple[FittedTypology, pd.DataFrame]:
    """The typology of half of the personality study, and the answers of the other half."""
    study = load_study(project / "tests" / "bfi_study" / "study.yml")
    _, responses = read_study(study)
    order = np.random.default_rng(8).permutation(len(responses.items))
    kept, others = order[:800], order[800:1600]
    half = replace(
        responses, items=responses.items.iloc[kept], respondent=responses.respondent.iloc[kept]
    )
    choices = study.choices.model_copy(update={"classes": 3})
    fitted = fit_typology(replace(study, choices=choices), half)
    return fitted, responses.items.iloc[others]


def compared(fitted: FittedTypology, items: pd.DataFrame) -> Comparison:
    responses = replace(fitted.responses, items=items, respondent=items[[]])
    own = fit_typology(fitted.study, responses)
    return compare_samples(fitted, Sample("A", fitted.items, fitted), Sample("B", items, own))


@pytest.fixture(scope="module")
def unchanged(halves: tuple[FittedTypology, pd.DataFrame]) -> Comparison:
    return compared(*halves)


@pytest.fixture(scope="module")
def changed(halves: tuple[FittedTypology, pd.DataFrame]) -> Comparison:
    """The neurotic items of everybody go up by one point in the second sample."""
    fitted, items = halves
    higher = items.copy()
    for item in ("N1", "N2", "N3", "N4", "N5"):
        higher[item] = (items[item] + 1).clip(upper=6)
    return compared(fitted, higher)


def test_no_change_gives_nothing_significant(unchanged: Comparison) -> None:
    assert unchanged.tables["comparison_test"]["p_value"].iloc[0] > 0.05
    assert (unchanged.tables["comparison_shares"]["p_holm"] > 0.05).all()
    items = unchanged.tables["comparison_items"]
    assert (items[["mean_holm", "agree_holm", "mean_bh"]] > 0.05).all(axis=None)


def test_a_planted_change_is_found_where_it_was_planted(changed: Comparison) -> None:
    items = changed.tables["comparison_items"].sort_values("rank")
    assert set(items["item"].head(5)) == {"N1", "N2", "N3", "N4", "N5"}
    assert (items["mean_holm"].head(5) < 0.001).all()
    assert (items["mean_low"].head(5) > 0).all()
    assert (items["mean_holm"].iloc[5:] > 0.05).all()
    assert changed.tables["comparison_test"]["p_value"].iloc[0] < 0.001


def test_items_of_another_half_are_answered_alike(unchanged: Comparison) -> None:
    table = unchanged.tables["comparison_invariance"]
    assert table["item"].tolist() == list(unchanged.reference.active.categories.columns)
    assert (table["moved"] == "no").all()
    assert unchanged.tables["comparison_test"]["comparable"].item() == "yes"


def test_an_item_reworded_is_told_from_an_attitude_that_changed(
    halves: tuple[FittedTypology, pd.DataFrame],
) -> None:
    fitted, items = halves
    reworded = items.assign(E4=(items["E4"] + 1).clip(upper=6))
    second = Sample("B", reworded, None)
    tables = compare_samples(fitted, Sample("A", fitted.items, fitted), second).tables
    table = tables["comparison_invariance"].set_index("item")
    assert table.index[table["moved"] != "no"].tolist() == ["E4"]
    assert table.loc["E4", "shift"] > 0.4
    assert tables["comparison_test"]["comparable"].item() == "some"
    for language, said in (("fr", "avec prudence"), ("en", "with caution")):
        labels = Labels(fitted.questionnaire, language)
        told = invariance_sentence(tables["comparison_invariance"], labels)
        assert said in told
        assert "E4" in told
        assert told.count("(+0") == 1


def test_how_many_items_of_a_block_moved_says_whether_shares_may_be_compared() -> None:
    def judged(*moved: str) -> str:
        blocks = ["a"] * 4 + ["b"] * (len(moved) - 4)
        return comparability(pd.DataFrame({"block": blocks, "moved": moved}))

    assert judged("no", "no", "no", "no", "no") == "yes"
    assert judged("uniform", "no", "no", "no", "no", "no", "no") == "some"
    assert judged("uniform", "non-uniform", "no", "no", "no", "no", "no") == "no"
    assert judged("untested", "untested", "no", "uniform") == "no"
    assert judged(*["untested"] * 5) == "untested"


def test_few_respondents_are_tested_exactly_and_their_items_not(
    halves: tuple[FittedTypology, pd.DataFrame],
) -> None:
    fitted, items = halves
    second = Sample("B", items.iloc[:7], None)
    tables = compare_samples(fitted, Sample("A", fitted.items, fitted), second).tables
    test = tables["comparison_test"].iloc[0]
    assert (test["test"], test["comparable"]) == ("fisher_freeman_halton", "untested")
    assert test["smallest_expected"] < 5
    assert 0 < test["p_value"] <= 1
    again = compare_samples(fitted, Sample("A", fitted.items, fitted), second).tables
    assert again["comparison_test"]["p_value"].item() == test["p_value"]


def test_shares_are_those_of_the_nearest_types(unchanged: Comparison) -> None:
    table = unchanged.tables["comparison_shares"]
    labels = unchanged.reference.classes.labels
    np.testing.assert_array_equal(table["n_first"], labels.value_counts().reindex(table["class"]))
    assert table["share_second"].sum() == pytest.approx(100)
    assert table["difference"].sum() == pytest.approx(0, abs=1e-9)
    assert (table["low"] < table["difference"]).all()
    assert (table["difference"] < table["high"]).all()


def test_the_same_sample_is_the_same_typology(
    halves: tuple[FittedTypology, pd.DataFrame],
) -> None:
    fitted, _ = halves
    again = compared(fitted, fitted.items).tables
    agreement = again["comparison_agreement"].iloc[0]
    assert agreement["adjusted_rand"] == pytest.approx(1)
    assert agreement["map_correlation"] == pytest.approx(1)
    np.testing.assert_allclose(again["comparison_classes"]["jaccard"], 1)
    assert again["comparison_test"]["statistic"].iloc[0] == pytest.approx(0)


def test_another_half_keeps_the_map(unchanged: Comparison) -> None:
    agreement = unchanged.tables["comparison_agreement"].iloc[0]
    assert 0.5 < agreement["map_correlation"] < 1
    assert agreement["m2"] == pytest.approx(1 - agreement["map_correlation"] ** 2)
    assert agreement["map_p_value"] == pytest.approx(1 / 1000)
    assert agreement["adjusted_rand"] < 1
    assert set(unchanged.tables["comparison_classes"]["sample"]) == {"second"}


def test_who_answers_too_little_is_counted_and_left_out(
    halves: tuple[FittedTypology, pd.DataFrame],
) -> None:
    fitted, items = halves
    silent = items.copy()
    silent.iloc[:30] = pd.NA
    second = Sample("B", silent, None)
    tables = compare_samples(fitted, Sample("A", fitted.items, fitted), second).tables
    test = tables["comparison_test"].iloc[0]
    assert test["too_few_second"] >= 30
    assert test["n_second"] + test["too_few_second"] == len(items)
    assert tables["comparison_agreement"].empty


@pytest.mark.parametrize(("language", "said"), [("fr", "écart"), ("en", "difference")])
def test_the_figure_and_its_words_show_every_type(
    changed: Comparison, language: str, said: str
) -> None:
    labels = Labels(changed.reference.questionnaire, language, changed.reference.study.type_names)
    shares = changed.tables["comparison_shares"]
    figure = type_change(shares, labels, names=("A", "B"), simulated=True)
    words = {text.get_text() for ax in figure.axes for text in ax.texts}
    assert len(words) == len(shares)
    told = type_change_alt(shares, labels, names=("A", "B"))
    assert told.count(said) == len(shares)
    assert any("imul" in text.get_text() for text in figure.texts)
    texts = texts_of(figure)
    assert "title" in [text.get_gid() for text in texts]  # no page gives it a caption
    assert overlapping(texts) == []
    assert cut(figure, texts) == []


def test_a_table_without_its_columns_is_refused(changed: Comparison) -> None:
    labels = Labels(changed.reference.questionnaire, "en")
    with pytest.raises(ValueError, match="lacks the columns"):
        type_change(pd.DataFrame({"class": [1]}), labels, names=("A", "B"))
