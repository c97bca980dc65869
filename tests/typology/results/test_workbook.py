"""The workbook: what its columns are called, and how their numbers are shown."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import openpyxl
import pandas as pd
import pytest

from made_up_members import errors_of, fitted_of, labels, members
from typology.membership.measure import membership_tables
from typology.people.measure import characteristic_tables
from typology.results.workbook import column_title, in_words, write_workbook
from typology.types.grouped import class_sizes_table
from typology.words import word

CLASSES = pd.DataFrame({"class": [1], "type": [""], "n": [3], "share": [100.0]})


@pytest.fixture(scope="module")
def coefficients() -> pd.DataFrame:
    table = members()
    fitted = fitted_of(table, characteristics=["practice", "sex", "age"])
    tables = membership_tables(fitted, errors=errors_of(table))
    return tables["membership_coefficients"]


def test_a_column_is_named_after_what_it_holds_in_its_table() -> None:
    cuts = pd.DataFrame({"classes": [2], "gain": [0.3], "within_share": [47.0], "criterion": [0.5]})
    criteria = pd.DataFrame({"criterion": ["elbow"], "number": [2], "value": [0.4]})
    by_classes = pd.DataFrame({"classes": [2], "within_share": [0.47], "within_ratio": [0.5]})
    titles = [
        [column_title(str(name), labels("en")) for name in in_words(table, labels("en"))]
        for table in (cuts, criteria, by_classes)
    ]
    assert titles[0][2:] == ["Within-class inertia (%)", "W(q) / W(q − 1)"]
    assert titles[1][0] == "Criterion"
    assert titles[2][1] == "Within-class inertia (share, from 0 to 1)"


def test_a_test_of_what_made_the_classes_has_no_p_value() -> None:
    tests = pd.DataFrame(
        {"variable": ["hopes1", "sex"], "role": ["active", "supplementary"],
         "p_value": [0.01, 0.02], "p_adjusted": [0.03, 0.04], "v_test": [9.0, 2.0]}
    )  # fmt: skip
    told = in_words(tests, labels("en"))
    assert told["p_value"].isna().tolist() == [True, False]
    assert told["p_adjusted"].isna().tolist() == [True, False]
    assert told["v_test"].tolist() == [9.0, 2.0]


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
    sheet = openpyxl.load_workbook(path)[word("sheet", "fr", "membership_coefficients")]
    formats = {cell.value: sheet.cell(2, cell.column).number_format for cell in sheet[1]}
    assert formats[column_title("odds_ratio", labels("fr"))] == "#,##0.00"
    assert formats[column_title("p_value", labels("fr"))] == '[<0.0001]"< 0,0001";0.0000'


@pytest.mark.parametrize(
    ("name", "values", "shown"),
    [
        ("p_value", [0.5], "p"),
        ("n", [1200.0, 3.0], "#,##0"),
        ("share", [12.5, 30.0], "#,##0.0"),
        ("v_test", [12.5, -3.25], "#,##0.00"),
        ("estimate", [0.5, -9.99], "0.0000"),
        ("estimate", [0.5, 10.5], "#,##0.00"),
        ("estimate", [1.5, -10.5], "#,##0.0"),
    ],
)
def test_each_kind_of_number_has_its_decimals(
    tmp_path: Path, name: str, values: list[float], shown: str
) -> None:
    path = tmp_path / "shown.xlsx"
    write_workbook(
        path,
        {"classes": CLASSES, "axes": pd.DataFrame({name: values})},
        labels("en"),
        simulated=False,
    )
    cell = openpyxl.load_workbook(path)[word("sheet", "en", "axes")].cell(2, 1)
    assert cell.number_format == ('[<0.0001]"< 0.0001";0.0000' if shown == "p" else shown)
    assert cell.value == values[0]


def test_cells_hold_what_the_table_does_and_nothing_for_what_is_missing(tmp_path: Path) -> None:
    path = tmp_path / "cells.xlsx"
    table = pd.DataFrame(
        {
            "n": pd.array([7, pd.NA, 1], dtype="Int64"),
            "share": [0.5, float("nan"), float("inf")],
            "respondent": ["R1", None, "\x1bR3"],
            "fits": pd.array([True, False, True], dtype="bool"),
        }
    )
    write_workbook(path, {"classes": CLASSES, "axes": table}, labels("en"), simulated=False)
    sheet = openpyxl.load_workbook(path)[word("sheet", "en", "axes")]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]
    assert rows == [[7, 0.5, "R1", True], [None, None, None, False], [1, None, "\ufffdR3", True]]
    assert [cell.value for cell in sheet[1]] == [
        column_title(name, labels("en")) for name in table
    ]  # fmt: skip
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:D4"


def test_the_first_sheet_lists_the_others_with_what_they_hold(tmp_path: Path) -> None:
    path = tmp_path / "contents.xlsx"
    tables = {name: pd.DataFrame({"n": [1]}) for name in ("axes", "classes")}
    for simulated in (False, True):
        write_workbook(path, tables, labels("fr"), simulated=simulated)
        book = openpyxl.load_workbook(path)
        first, *others = book.sheetnames
        assert first == word("sheet", "fr", "contents")
        assert others == [word("sheet", "fr", name) for name in tables]
        sheet = book[first]
        title = labels("fr").questionnaire.title.in_("fr")
        listed = [[cell.value for cell in row] for row in sheet.iter_rows()]
        warning = word("simulated_sample", "fr") if simulated else None
        assert listed[0] == [title, None]
        assert listed[1] == [warning, None]
        assert listed[3:] == [
            [word("sheet", "fr", name), word("about", "fr", name)] for name in tables
        ]
        assert book.properties.title == title
        assert sheet["A4"].hyperlink.location == f"'{others[0]}'!A1"


def test_table_one_is_the_second_sheet_where_respondents_have_characteristics(
    tmp_path: Path,
) -> None:
    path = tmp_path / "one.xlsx"
    classes = pd.Series([1, 1, 2, 2])
    respondent = pd.DataFrame({"sex": pd.array(["female", "male"] * 2, dtype="string")})
    made = characteristic_tables(
        labels("en").questionnaire, respondent, classes, sample_weight=np.ones(4), seed=1
    )
    tables = {
        "classes": pd.DataFrame({"class": [1, 2], "type": ["", ""], "n": [2.0, 2.0]}),
        "class_sizes": class_sizes_table(classes, np.ones(4)),
        **made,
    }
    write_workbook(path, tables, labels("en"), simulated=True)
    book = openpyxl.load_workbook(path)
    titles = [word("sheet", "en", name) for name in ("contents", "table_one", *tables)]
    assert book.sheetnames == titles
    listed = [row[0].value for row in book[titles[0]].iter_rows(min_row=4)]
    assert listed == titles[1:]
    said = {cell.value for row in book[titles[1]].iter_rows() for cell in row}
    assert {word("simulated_sample", "en"), labels("en").short("sex")} <= said


def test_the_words_of_an_answer_stand_beside_its_code() -> None:
    told = in_words(
        pd.DataFrame({"variable": ["sex", ""], "category": ["female", ""], "n": [1, 2]}),
        labels("en"),
    )
    assert list(told.columns) == ["variable", "label", "category", "answer", "n"]
    assert told["label"].tolist() == [labels("en").short("sex"), ""]
    assert told["answer"].tolist() == [labels("en").answer("sex", "female"), ""]
