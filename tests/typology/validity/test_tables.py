"""Tables of the paper on validity, from tables made up for two types."""

from __future__ import annotations

from pathlib import Path

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
from typology.validity.error_rates import PRESENT_TESTS, error_rates_table, separation_table
from typology.validity.evidence import tables as evidence_paper
from typology.words import word

LANGUAGES = ("fr", "en")
EXHIBITS = {
    name: exhibit
    for name, exhibit in exhibits_of([validity_paper, choices_tables, evidence_paper]).items()
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


def test_the_verdict_has_a_group_of_rows_a_question(labels: dict[str, Labels]) -> None:
    table = made("verdict", labels, "en")
    assert [group.title for group in table.groups] == [
        "Is there any structure?",
        "More than one attitude?",
        "A gap at every boundary?",
    ]
    assert len(table.groups[2].rows) == 8
    rung = tables()["verdict"]["rung"].iloc[0]
    assert word("rung", "en", rung) in table.notes[0]


def test_a_p_value_at_its_floor_is_said_to_be_at_most_that(labels: dict[str, Labels]) -> None:
    steps = tables()["verdict_steps"].assign(p_value=[0.002, *[0.5] * 9], replicates=499)
    table = EXHIBITS["verdict"].make({**tables(), "verdict_steps": steps}, labels["en"])
    assert table.rows[0][5] == "≤\u00a00.002"
    assert table.rows[1][5] == "0.50"


def test_a_boundary_is_named_after_its_two_types(labels: dict[str, Labels]) -> None:
    table = made("boundaries", labels, "en")
    found = tables()["boundaries"]
    assert len(table.rows) == len(found)
    assert [row[6] for row in table.rows] == ["yes" if each else "no" for each in found["has_gap"]]
    assert all("–" in row[0] for row in table.rows)


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


def test_error_rates_stand_by_truth_and_number_of_respondents() -> None:
    rates = pd.DataFrame(
        [
            {"population": "independent items", "truth": "none", "n": 312, "groups": 0.0},
            {"population": "four groups in a plane, 1 apart", "truth": "groups", "n": 312,
             "groups": 60.0},
            {"population": "four groups in a plane, 1 apart", "truth": "groups", "n": 1500,
             "groups": 90.0},
            {"population": "circumplex, loadings .9", "truth": "several", "n": 312, "groups": 3.0},
        ]
    )  # fmt: skip
    rates = rates.assign(
        samples=100, tests=PRESENT_TESTS, right=rates["groups"], **{"ordered groups": 2.0}
    )
    table = error_rates_table(rates, "fr")
    assert [len(group.rows) for group in table.groups] == [1, 1, 1]
    assert table.rows[0] == ("énoncés indépendants", "2", "0", "–", "–")
    assert table.rows[2][1:] == ("62", "60", "92", "90")
    # Of the two populations without groups, 2 and 5 %.
    assert "3,5\u00a0% d'erreurs en moyenne, 5\u00a0% dans la pire" in table.notes[1]
    # Those of earlier tests are marked, and left out of the means.
    rates.loc[3, "tests"] = PRESENT_TESTS - 1
    table = error_rates_table(rates, "fr")
    assert table.rows[1][1:] == ("5°", "3°", "–", "–")
    assert table.rows[0][1:3] == ("2", "0")
    assert table.notes[1].startswith("°\u00a0: échantillons")
    assert "2,0\u00a0% d'erreurs en moyenne, 2\u00a0% dans la pire" in table.notes[2]


def test_the_present_tests_are_those_of_the_benchmark() -> None:
    benchmark = Path(__file__).parents[3] / "R-free" / "benchmarks" / "verdict_errors.py"
    if not benchmark.is_file():
        pytest.skip("This copy is without its benchmarks.")
    assert f"\nTESTS = {PRESENT_TESTS}\n" in benchmark.read_text(encoding="utf-8")


def test_separation_says_from_where_on_types_are_seen() -> None:
    percent = {80: (0.0, 85.0, 60.0), 312: (20.0, 80.0, 100.0), 1500: (90.0, 95.0, 100.0)}
    rates = pd.DataFrame(
        [
            {"higher_of_ten": apart, "n": n, "shown": shown}
            for n, each in percent.items()
            for apart, shown in zip((7.6, 8.4, 9.2), each, strict=True)
        ]
    )
    rates = rates.assign(arrangement="row", samples=20, tests=PRESENT_TESTS)
    table = separation_table(rates, "fr")
    assert table.rows[1] == ("8,4", "85", "80", "95")
    told = table.notes[1]
    # Seen at 8.4 by chance, with 80 respondents, and not farther apart: nothing is promised.
    assert "avec 80 répondants, à aucun de ces écarts" in told
    assert "avec 312 répondants, ils se voient (8 échantillons sur 10) dès 8,4 fois" in told
    assert "écarts ; avec 312" in told.replace("\u202f", " ").replace("\u00a0", " ")
    assert "1\u202f500 répondants, ils se voient (8 échantillons sur 10) dès 7,6 fois" in told
    older = separation_table(rates.assign(tests=PRESENT_TESTS - 1), "fr")
    assert older.rows[1] == ("8,4", "85°", "80°", "95°")
    assert older.notes[1].startswith("°\u00a0: échantillons")
