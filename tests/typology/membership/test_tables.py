"""Tables of the paper on the models of membership."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from made_up_members import errors_of, fitted_of, labels, members
from typology.exhibits.paper_table import PaperTable
from typology.exhibits.registry import TableExhibit, exhibits_of
from typology.membership import tables as paper
from typology.membership.measure import membership_tables
from typology.results.run_results import _TEXT_COLUMNS, write_tables
from typology.words import LANGUAGES

TABLES = {
    name: exhibit
    for name, exhibit in exhibits_of([paper]).items()
    if isinstance(exhibit, TableExhibit)
}
CLASSES = pd.DataFrame({"class": [1, 2, 3], "type": ["wary", "", "calm"]})


def made(*, errors: bool = True, separated: bool = True) -> dict[str, pd.DataFrame]:
    table = members()
    if separated:
        table.loc[(table["class"] == 3) & (table["practice"] == "team"), "practice"] = "group"
    fitted: Any = fitted_of(table, types={1: "wary", 2: "", 3: "calm"})
    found = errors_of(table) if errors else None
    made = membership_tables(fitted, errors=found) | {"classes": CLASSES}
    return made if found is None else made | {"classification_errors": found}


@pytest.fixture(scope="module")
def tables() -> dict[str, pd.DataFrame]:
    return made()


def table_of(name: str, tables: dict[str, pd.DataFrame], language: str = "en") -> PaperTable:
    return TABLES[name](tables, labels(language))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", list(TABLES))
def test_every_table_has_rows_words_and_no_raw_value(
    tables: dict[str, pd.DataFrame], name: str, language: str
) -> None:
    if not TABLES[name].is_there(tables):
        why = TABLES[name].why_absent(tables, labels(language))
        assert why.endswith(".") or name == "partial_odds"
        return
    table = table_of(name, tables, language)
    cells = [cell for row in table.rows for cell in row]
    assert cells
    assert not {"nan", "None", "<NA>", "True", "False", ""} & set(cells)
    assert not [cell for cell in cells if "_" in cell]
    assert all(column.title for column in table.columns)
    assert all(note.endswith(".") for note in table.notes)


@pytest.mark.parametrize("name", list(TABLES))
def test_tables_are_the_same_from_files(
    tables: dict[str, pd.DataFrame], name: str, tmp_path: Path
) -> None:
    if not TABLES[name].is_there(tables):
        pytest.skip("Not in this run: told with the models that have it.")
    write_tables(tmp_path, tables)
    read = {
        path.stem: pd.read_csv(path, dtype=_TEXT_COLUMNS, keep_default_na=False, na_values=[""])
        for path in (tmp_path / "tables").glob("*.csv")
    }
    assert table_of(name, read) == table_of(name, tables)


def test_ratios_have_a_group_a_type_and_name_what_they_compare(
    tables: dict[str, pd.DataFrame],
) -> None:
    table = table_of("ratios", tables)
    assert [group.title for group in table.groups] == ["the wary", "the calm"]
    first = table.groups[0].rows
    assert [row[:2] for row in first] == [
        ("Practice: group", "solo"), ("Practice: team", "solo"), ("Sex: female", "male"),
        ("Age (per 10\u00a0years)", "–"),
    ]  # fmt: skip
    coefficients = tables["membership_coefficients"]
    value = coefficients.loc[coefficients["term"] == "practice: group", "odds_ratio"].iloc[0]
    assert first[0][2] == f"{value:.2f}"
    assert any("is fitted with Firth's penalty" in note for note in table.notes)
    for name in ("ratios", "membership_tests"):
        notes = " ".join(table_of(name, tables).notes)
        assert "those of the profile penalised likelihood" in notes


def test_without_errors_the_corrected_columns_are_not_there() -> None:
    both, one = made(), made(errors=False)
    assert len(table_of("ratios", both).columns) == len(table_of("ratios", one).columns) + 2


def test_effects_of_a_term_add_up_to_nothing(tables: dict[str, pd.DataFrame]) -> None:
    for row in table_of("effects", tables).rows:
        points = [float(cell.split(" ")[0].replace("−", "-")) for cell in row[2:]]
        assert sum(points) == pytest.approx(0, abs=0.2)  # three roundings


def test_tests_end_with_all_together_and_tell_proportional_odds() -> None:
    table = table_of("membership_tests", made(separated=False))
    assert [row[0] for row in table.rows] == ["Practice", "Sex", "Age", "All together"]
    assert all(row[-1] != "–" for row in table.rows)


def test_sparse_answers_are_listed(tables: dict[str, pd.DataFrame]) -> None:
    assert ("Practice: team", "the calm", "0") in table_of("sparse", tables).rows


def test_probabilities_of_an_answer_add_up(tables: dict[str, pd.DataFrame]) -> None:
    table = table_of("probabilities", tables)
    assert [group.title for group in table.groups] == ["Practice", "Sex", "Age"]
    answers = [[row[0] for row in group.rows] for group in table.groups]
    assert answers[:2] == [["solo", "group", "team"], ["female", "male"]]
    assert all(answer.endswith("years") for answer in answers[2])
    for row in table.rows:
        assert sum(float(cell.split(" ")[0]) for cell in row[1:]) == pytest.approx(100, abs=0.2)


def test_errors_of_classification_are_shown_by_type(tables: dict[str, pd.DataFrame]) -> None:
    rows = table_of("classification_errors", tables).rows
    assert rows[0] == ("the wary", "90.0", "5.0", "5.0")
