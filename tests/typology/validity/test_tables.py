"""Tables of the paper on validity, from tables made up for two types."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from made_up_validity import validity_tables
from typology.exhibits.labels import Labels
from typology.exhibits.paper_table import PaperTable
from typology.exhibits.registry import TableExhibit, exhibits_of
from typology.questionnaire.file import load_questionnaire
from typology.study import load_study
from typology.validity import choices_tables
from typology.validity import tables as validity_paper
from typology.validity.error_rates import error_rates_table

LANGUAGES = ("fr", "en")
EXHIBITS = {
    name: exhibit
    for name, exhibit in exhibits_of([validity_paper, choices_tables]).items()
    if isinstance(exhibit, TableExhibit)
}


@pytest.fixture(scope="module")
def labels(project: Path) -> dict[str, Labels]:
    study = load_study(project / "analysis" / "study.yml")
    questionnaire = load_questionnaire(study.questionnaire_path)
    return {each: Labels(questionnaire, each, study.type_names) for each in LANGUAGES}


def tables() -> dict[str, pd.DataFrame]:
    classes = pd.DataFrame({"class": [1, 2, 3, 4], "n": 50.0,
                            "type": ["reluctant", "mixed", "enthusiastic", ""]})  # fmt: skip
    return validity_tables(4) | {
        "classes": classes,
        "axes": pd.DataFrame({"axis": [1, 2, 3], "kept": [True, True, False]}),
    }


def made(name: str, labels: dict[str, Labels], language: str = "fr") -> PaperTable:
    return EXHIBITS[name](tables(), labels[language])


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", list(EXHIBITS))
def test_every_table_has_rows_words_and_no_raw_value(
    name: str, language: str, labels: dict[str, Labels]
) -> None:
    table = made(name, labels, language)
    cells = [cell for row in table.rows for cell in row]
    assert cells
    assert not {"nan", "None", "<NA>", "True", "False", ""} & set(cells)
    assert not [cell for cell in cells if "_" in cell]
    assert all(column.title for column in table.columns)
    assert "<table" in table.to_html()


def rows_of(table: PaperTable, first: str) -> list[tuple[str, ...]]:
    return [row for row in table.rows if row[0] == first]


def test_stability_tells_shares_of_the_replicates(labels: dict[str, Labels]) -> None:
    [row] = rows_of(made("stability_table", labels), "les réticents")
    assert row[1:3] == ("25,0", "5,0 à 40,0")
    assert row[5:7] == ("75,0", "1,5")  # 150 and 3 of 200
    assert rows_of(made("stability_table", labels), "Classe\u00a04") or rows_of(
        made("stability_table", labels), "Classe 4"
    )


def test_the_verdict_has_a_group_of_rows_a_rung(labels: dict[str, Labels]) -> None:
    table = made("verdict", labels, "en")
    assert [group.title for group in table.groups] == [
        "For: slices of one attitude",
        "For: regions of a continuous space",
        "For: separate groups",
    ]
    assert [row[-1] for row in table.groups[0].rows] == ["yes"]
    assert "no" in [row[-1] for row in table.groups[2].rows]
    assert "regions of a continuous space" in table.notes[0]


def test_criteria_without_a_number_have_a_dash(labels: dict[str, Labels]) -> None:
    table = made("criteria", labels)
    [greenacre] = rows_of(table, "Taux de Greenacre")
    assert greenacre[1].endswith("(70\u00a0%)")
    assert greenacre[2] == "–"


def test_every_case_counts_once_in_each_choice(labels: dict[str, Labels]) -> None:
    cases = len(tables()["sensitivity_cases"])
    for group in made("sensitivity_table", labels).groups:
        assert sum(int(row[1]) for row in group.rows) == cases


def test_the_lowest_criterion_is_starred(labels: dict[str, Labels]) -> None:
    starred = [(row[0], cell) for row in made("latent_classes", labels).rows for cell in row
               if cell.endswith("*")]  # fmt: skip
    assert [number for number, _ in starred] == ["2", "3†"]  # BIC, then adjusted BIC


def test_error_rates_are_grouped_by_what_is_promised() -> None:
    shares: dict[str, Any] = {"no_structure": 0.0, "slices": 2.0, "regions": 0.0, "groups": 98.0}
    rates = pd.DataFrame(
        [
            {"case": "independent items", "truth": "no_structure", "listed": True},
            {"case": "four groups in a plane, 1 apart", "truth": "groups", "listed": True},
            {"case": "one flat trait (uniform)", "truth": "slices", "listed": False},
        ]
    ).assign(simulations=100, groups_error=1.4, **shares)
    table = error_rates_table(rates, "fr")
    assert [len(group.rows) for group in table.groups] == [1, 1, 1]
    assert table.rows[1][-1] == "98 (1,4)"
    assert table.rows[0][0] == "énoncés indépendants"
    assert error_rates_table(rates.head(1), "en").groups[0].title == "Without groups"
