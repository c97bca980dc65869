"""The workbook: what its columns are called, and how their numbers are shown."""

from __future__ import annotations

import sys
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from typology.membership import membership_tables
from typology.words import word
from typology.workbook import column_title, in_words, write_workbook

sys.path.insert(0, str(Path(__file__).parent))
from made_up_members import confidence_of, fitted_of, labels, members


@pytest.fixture(scope="module")
def coefficients() -> pd.DataFrame:
    table = members()
    fitted = fitted_of(table, characteristics=["practice", "sex", "age"])
    tables = membership_tables(fitted, confidence=confidence_of(table))
    return tables["membership_coefficients"]


def test_a_column_is_named_after_what_it_holds_in_its_table() -> None:
    cuts = pd.DataFrame({"classes": [2], "gain": [0.3], "within_share": [47.0], "criterion": [0.5]})
    criteria = pd.DataFrame({"criterion": ["elbow"], "number": [2], "value": [0.4]})
    by_classes = pd.DataFrame({"classes": [2], "within_share": [0.47], "r_criterion": [0.5]})
    titles = [
        [column_title(str(name), labels("en")) for name in in_words(table, labels("en"))]
        for table in (cuts, criteria, by_classes)
    ]
    assert titles[0][2:] == ["Within-class inertia (%)", "W(q) / W(q − 1)"]
    assert titles[1][0] == "Criterion"
    assert titles[2][1] == "Within-class inertia (share, from 0 to 1)"


@pytest.mark.parametrize("language", ["fr", "en"])
def test_terms_and_reference_answers_are_in_words(
    coefficients: pd.DataFrame, language: str
) -> None:
    told = in_words(coefficients, labels(language))
    slopes = coefficients["kind"] == "slope"
    assert (told.loc[coefficients["kind"] == "intercept", "term"] == "").all()
    answered = slopes & (coefficients["category"].fillna("") != "")
    assert answered.any()
    for raw, row in zip(
        coefficients[answered].to_dict("records"), told[answered].to_dict("records"), strict=True
    ):
        variable = str(raw["variable"])
        assert row["term"] == labels(language).category(variable, str(raw["category"]))
        reference = labels(language).answer(variable, str(raw["reference_category"]))
        assert row["reference_category"] == reference


def test_numbers_are_shown_with_the_decimals_they_need(
    coefficients: pd.DataFrame, tmp_path: Path
) -> None:
    path = tmp_path / "shown.xlsx"
    ratios = coefficients.assign(odds_ratio=[0.04, *[12.0] * (len(coefficients) - 1)], p_value=1e-9)
    classes = pd.DataFrame({"class": [1], "type": [""], "n": [3], "share": [100.0]})
    tables = {"classes": classes, "membership_coefficients": ratios}
    write_workbook(path, tables, labels("fr"), simulated=True)
    sheet = openpyxl.load_workbook(path)[word("sheet_membership_coefficients", "fr")]
    formats = {cell.value: sheet.cell(2, cell.column).number_format for cell in sheet[1]}
    assert formats[column_title("odds_ratio", labels("fr"))] == "#,##0.00"
    assert formats[column_title("p_value", labels("fr"))] == '[<0.0001]"< 0,0001";0.0000'
