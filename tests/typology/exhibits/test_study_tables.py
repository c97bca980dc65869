"""The tables of a paper on real runs of two studies."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace

import pandas as pd
import pytest

from typology.axes.tables import all_axes_table, axes_table, axis_description_table
from typology.exhibits.labels import Labels
from typology.exhibits.paper_table import INDENT, PaperTable
from typology.items.tables import all_items_table, reliability_table, unanimous_table
from typology.people.tables import flow_table, respondents_table
from typology.people.tests_table import characteristic_tests_table
from typology.types.associations import all_tests_table, variables_table
from typology.types.tables import (
    consolidation_table,
    portrait_table,
    types_table,
)
from typology.words import MISSING_NUMBER, number, p_value

Run = tuple[Mapping[str, pd.DataFrame], Labels]
Maker = Callable[[Mapping[str, pd.DataFrame], Labels], PaperTable]

MAKERS: dict[str, Maker] = {
    "flow": flow_table,
    "respondents": respondents_table,
    "characteristic_tests": characteristic_tests_table,
    "unanimous": unanimous_table,
    "reliability": reliability_table,
    "axes": axes_table,
    "all_axes": all_axes_table,
    "axis_1": lambda t, words: axis_description_table(t, words, 1),
    "types": types_table,
    "portrait": lambda t, words: portrait_table(t, words, 1),
    "consolidation": consolidation_table,
    "all_items": all_items_table,
    "variables": variables_table,
    "all_tests": lambda t, words: all_tests_table(t, words, 1),
}


@pytest.mark.parametrize("name", MAKERS)
@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_table_has_rows_and_no_raw_value(run: Run, name: str, language: str) -> None:
    tables, labels = run
    table = MAKERS[name](tables, replace(labels, language=language))
    assert table.rows
    cells = [cell for row in table.rows for cell in row]
    wrong = {"nan", "None", "<NA>", "True", "False", "0,000", "0.000"}
    assert not wrong & set(cells)
    decimal = re.compile(r"\d[.]\d" if language == "fr" else r"\d,\d{1,2}\b")
    assert not [cell for cell in cells if decimal.search(cell)]
    assert all(column.title for column in table.columns)


@pytest.mark.parametrize("name", MAKERS)
def test_every_table_is_drawn_in_html(run: Run, name: str) -> None:
    pytest.importorskip("great_tables")
    assert "<table" in MAKERS[name](*run)._repr_html_()


def count(cell: str) -> int:
    return int(re.sub(r"\D", "", re.split(r"\s\(", cell, maxsplit=1)[0]))


def test_counts_of_respondents_add_up_to_the_size_of_each_column(run: Run) -> None:
    """Categories and missing answers of a question together make up the respondents."""
    tables, labels = run
    table = respondents_table(tables, labels)
    sizes = [int(tables["classes"]["n"].sum()), *map(int, tables["classes"]["n"])]
    question = ""
    totals: dict[str, list[int]] = {}
    for row in table.rows:
        if not row[0].startswith(INDENT):
            question = row[0]
        elif "±" not in row[0] and "médiane" not in row[0]:
            counts = [count(cell) for cell in row[1 : 1 + len(sizes)]]
            before = totals.get(question, [0] * len(sizes))
            totals[question] = [a + b for a, b in zip(before, counts, strict=True)]
            assert counts[0] == sum(counts[1:]), row
    assert len(totals) == len(tables["characteristic_tests"])
    assert all(total == sizes for total in totals.values())


def test_missing_answers_are_a_row_of_their_own(run: Run) -> None:
    tables, labels = run
    tests = tables["characteristic_tests"]
    shown = [row for row in respondents_table(tables, labels).rows if "Sans réponse" in row[0]]
    assert (tests["missing"] > 0).any()
    assert [count(row[1]) for row in shown] == list(tests.query("missing > 0")["missing"])


def test_every_p_value_has_the_mark_of_its_test(run: Run) -> None:
    tables, labels = run
    table = respondents_table(tables, labels)
    tests = tables["characteristic_tests"]
    tested = [row for row in table.rows if row[-3]]
    assert len(tested) == len(tests)
    marks = {row[-3][-1] for row in tested}
    noted = {note[0] for note in table.notes if note[0] in "ᵃᵇᶜᵈᵉᶠᵍʰ"}
    assert marks == noted
    assert len(marks) == tests["test"].nunique()


def test_every_characteristic_test_has_its_row(run: Run) -> None:
    tables, labels = run
    assert len(characteristic_tests_table(tables, labels).rows) == len(
        tables["characteristic_tests"]
    )


def test_no_characteristics_make_a_table_that_says_so(run: Run) -> None:
    tables, labels = run
    without = {name: table for name, table in tables.items() if "characteristic" not in name}
    for make in (respondents_table, characteristic_tests_table):
        (row,) = make(without, labels).rows
        assert row[0].startswith("Aucune question")


def test_every_category_has_a_row_with_its_test_in_each_class(run: Run) -> None:
    tables, labels = run
    tests = tables["class_categories"]
    for class_number in tables["classes"]["class"]:
        own = tests[tests["class"] == class_number]
        table = all_tests_table(tables, labels, int(class_number))
        assert len(table.rows) == len(own)
        rows = {row[0]: row for row in table.rows}
        for test in own.sample(20, random_state=1).to_dict("records"):
            assert rows[labels.category(test["variable"], test["category"])][2:] == (
                number(test["category_share"], "fr"),
                number(test["overall_share"], "fr"),
                number(test["v_test"], "fr"),
                p_value(test["p_adjusted"], "fr")
                if test["role"] == "supplementary"
                else MISSING_NUMBER,
            )
        roles = [row[1] for row in table.rows]
        assert roles == sorted(roles, reverse=True)  # "suppl." first


def test_portraits_keep_only_significant_categories_and_hide_circular_p_values(run: Run) -> None:
    tables, labels = run
    tests = tables["class_categories"]
    for each in tables["classes"]["class"]:
        table = portrait_table(tables, labels, int(each), top=10**6)
        significant = tests[(tests["class"] == each) & (tests["p_adjusted"] < 0.05)]
        assert len(table.rows) == len(significant)
        for group in table.groups:
            hidden = {row[-1] == "–" for row in group.rows}
            assert hidden == {"actives" in group.title}
            v_tests = [float(row[3].replace("−", "-").replace(",", ".")) for row in group.rows]
            sign = -1 if "oins fréquent" in group.title else 1
            assert all(v * sign > 0 for v in v_tests)
            assert [abs(v) for v in v_tests] == sorted(map(abs, v_tests), reverse=True)


def test_consolidation_table_counts_every_respondent_once(run: Run) -> None:
    tables, labels = run
    table = consolidation_table(tables, labels)
    cells = [[count(cell) for cell in row[1:]] for row in table.rows]
    body = [row[:-1] for row in cells[:-1]]
    assert [sum(column) for column in zip(*body, strict=True)] == cells[-1][:-1]
    assert cells[-1][-1] == int(tables["classes"]["n"].sum())


def test_axes_shown_are_those_kept_and_a_few(run: Run) -> None:
    tables, labels = run
    kept = int(tables["axes"]["kept"].sum())
    table = axes_table(tables, labels, extra=2)
    assert [row[-1] for row in table.rows] == ["oui"] * kept + ["non"] * 2


def test_every_item_has_its_row(run: Run) -> None:
    tables, labels = run
    table = all_items_table(tables, labels)
    assert len(table.rows) == len(tables["item_agreement"])


def test_unknown_names_are_refused(run: Run) -> None:
    tables, labels = run
    with pytest.raises(ValueError, match="expected one of"):
        portrait_table(tables, labels, 99)
    with pytest.raises(ValueError, match="expected one of"):
        axis_description_table(tables, labels, 999)
