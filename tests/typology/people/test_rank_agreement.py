"""How far respondents order the same choices alike: the table, a note, a sentence."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import kinds_study
from rfree.items.concordance import kendall_w
from typology.exhibits.labels import Labels
from typology.people.measure import FRIEDMAN, MOST_JUDGES, characteristic_tables
from typology.people.rank_sentences import rank_notes, ranked_sentences
from typology.questionnaire import Questionnaire
from typology.questionnaire.file import load_questionnaire

CHOICES = ["reasons:time", "reasons:money", "reasons:care"]


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Questionnaire:
    path: Path = tmp_path_factory.mktemp("asked") / "questionnaire.yml"
    kinds_study.put(path, kinds_study.questionnaire())
    return load_questionnaire(path)


def tables_of(asked: Questionnaire, rows: list[list[float]]) -> dict[str, pd.DataFrame]:
    index = pd.Index([f"R{at}" for at in range(len(rows))])
    ranks = pd.DataFrame(rows, columns=CHOICES, index=index, dtype=float)
    classes = pd.Series([1 + at % 2 for at in range(len(rows))], index=index)
    return characteristic_tables(
        asked, ranks, classes, sample_weight=np.ones(len(rows)), seed=3, replicates=99
    )


def test_few_respondents_are_compared_with_all_the_orders_that_they_could_give(
    asked: Questionnaire,
) -> None:
    """The example of `kendall_w`: W = 7/9, exact p = 42/216."""
    row = tables_of(asked, [[1, 2, 3], [1, 3, 2], [1, 2, 3]])["rank_agreement"].iloc[0]
    assert row["kendalls_w"] == pytest.approx(7 / 9)
    assert row["p_value"] == pytest.approx(42 / 216)
    assert (row["test"], row["n"], row["choices"]) == ("friedman_exact", 3, 3)


def test_many_respondents_have_the_chi_squared_of_friedman(asked: Questionnaire) -> None:
    """Sums of ranks 40, 80, 120 of 40: W = 1, chi-squared = 40 x 2 x 1."""
    same = tables_of(asked, [[1, 2, 3]] * 40)["rank_agreement"].iloc[0]
    assert (same["kendalls_w"], same["statistic"], same["df"]) == (1, 80, 2)
    assert same["p_value"] == pytest.approx(np.exp(-40))  # of 2 degrees of freedom
    assert same["test"] == "friedman"


def test_who_ranked_nothing_takes_no_part_and_what_is_not_ranked_is_last(
    asked: Questionnaire,
) -> None:
    rows = [[1, 2, np.nan], [1, 2, 3], [np.nan] * 3, [1, np.nan, np.nan]]
    row = tables_of(asked, rows)["rank_agreement"].iloc[0]
    ranks = pd.DataFrame([[1, 2, 3], [1, 2, 3], [1, 2.5, 2.5]])
    by_hand = kendall_w(ranks, rng=np.random.default_rng(0))
    assert row["n"] == 3
    assert row["kendalls_w"] == pytest.approx(by_hand.w)


def test_the_number_of_judges_chooses_the_test() -> None:
    rng = np.random.default_rng(1)
    ranks = pd.DataFrame([rng.permutation(3) for _ in range(MOST_JUDGES + 1)])
    for most, method in ((MOST_JUDGES, "chi-squared"), (None, "exact")):
        found = kendall_w(ranks, rng=rng, most_judges=most)
        assert found.method == method
        assert found.method in FRIEDMAN
    many = kendall_w(ranks, rng=rng, most_judges=MOST_JUDGES)
    assert (many.p_value, many.draws) == (many.p_chi2, 0)


def test_the_order_is_told_in_both_languages(asked: Questionnaire) -> None:
    tables = tables_of(asked, [[2, 1, 3]] * 31 + [[1, 2, 3]] * 9)
    (told,) = ranked_sentences(tables, Labels(asked, "en"))
    assert told.replace("\u00a0", " ") == (
        "In the order that respondents give together (reasons) come “money” (mean rank 1.2), "
        "“time” (mean rank 1.8) and “care” (mean rank 3.0); they share this order in part "
        "(Kendall's W = 0.83, from 0 (no common order) to 1 (one order for all); "
        "Friedman's test: χ²(2) = 66.05, p < 0.001; n = 40)."
    )
    (note,) = rank_notes(tables, Labels(asked, "fr"))
    assert note.replace("\u00a0", " ").startswith("Raisons : W de Kendall = 0,83, de 0")
    spread = tables_of(asked, [[1, 2, 3], [2, 3, 1], [3, 1, 2]] * 12)
    (told_none,) = ranked_sentences(spread, Labels(asked, "en"))
    assert told_none.startswith("For reasons, nothing shows an order that respondents share:")


def test_of_one_respondent_no_order_is_told(asked: Questionnaire) -> None:
    tables = tables_of(asked, [[1, 2, 3], [np.nan] * 3])
    assert "rank_agreement" not in tables
    assert ranked_sentences(tables, Labels(asked, "en")) == []
