"""Tables of tests: every category in every class, every variable with the classes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from typology.exhibits.hidden_counts import cell, hidden_notes, told_effect, told_p
from typology.exhibits.labels import Labels
from typology.exhibits.paper_table import Column, PaperTable, RowGroup, plain_table
from typology.exhibits.registry import table_exhibit
from typology.exhibits.run_tables import Tables
from typology.types.tables import CLASSES, name_of_type
from typology.words import MISSING_NUMBER, number

ROLES = ("supplementary", "active")


@table_exhibit("variables", section="associations", scrolling=True)
def variables_table(tables: Tables, labels: Labels) -> PaperTable:
    """Return the association of every variable with the classes, the strongest first.

    Chi-square, degrees of freedom, p-value, adjusted p-value, Cramér's V. For active variables,
    whose test is circular, only Cramér's V. Uses ``class_variables``.
    """
    language = labels.language
    table = tables["class_variables"]
    roles = [each for each in ROLES if (table["role"] == each).any()]
    groups = []
    for each in roles:
        own = table[table["role"] == each].sort_values("cramers_v", ascending=False, kind="stable")
        rows = tuple(
            (
                labels.with_question(row["variable"]),
                *_chi_square(row, language, told=each == "supplementary"),
                told_effect(row, "cramers_v", language),
            )
            for row in own.to_dict("records")
        )
        groups.append(RowGroup(labels.word("paper_variables", each), rows))
    columns = (
        Column(labels.word("variable"), "left"),
        *(
            Column(labels.word(key))
            for key in ("chi2", "degrees_of_freedom", "p_value", "p_adjusted", "cramers_v")
        ),
    )
    note = labels.word("paper_circular_note") if "active" in roles else ""
    hidden = hidden_notes(labels, table, rounded=True)
    told = (labels.word("paper_adjusted_note"), note, *hidden)
    return PaperTable(columns, tuple(groups), tuple(filter(None, told)))


@table_exhibit(
    "tests", section="tests", scrolling=True, label="tbl-tests-{class_number}", each=CLASSES,
    values=name_of_type,
)  # fmt: skip
def all_tests_table(tables: Tables, labels: Labels, class_number: int) -> PaperTable:
    """Return the test of every category in a class.

    A row a category, supplementary ones first: its share in the class and overall (percent), the
    v-test and, but for active variables, the adjusted p-value. Uses ``class_categories``.
    """
    tests = tables["class_categories"]
    own = tests[tests["class"] == class_number].sort_values(
        "role", key=lambda role: role.map(ROLES.index), kind="stable"
    )
    rows = [
        (
            labels.category(str(test["variable"]), str(test["category"])),
            labels.word("paper_role", test["role"]),
            cell(labels.number(test["category_share"]), test["category_share"], test),
            cell(labels.number(test["overall_share"]), test["overall_share"], test),
            cell(labels.number(test["v_test"]), test["v_test"], test),
            cell(labels.p(test["p_adjusted"]), test["p_adjusted"], test)
            if test["role"] == "supplementary"
            else MISSING_NUMBER,
        )
        for test in own.to_dict("records")
    ]
    columns = (
        Column(labels.word("category"), "left"),
        Column(labels.word("column", "role"), "left"),
        *(
            Column(labels.word(key))
            for key in ("paper_share_in_type", "paper_share_overall", "v_test", "p_adjusted")
        ),
    )
    notes = ("paper_all_tests_note", "paper_adjusted_note", "paper_circular_note")
    told = [*(labels.word(note) for note in notes), *hidden_notes(labels, own)]
    return plain_table(columns, rows, *told)


def _chi_square(row: Mapping[Any, Any], language: str, *, told: bool) -> tuple[str, ...]:
    if not told:
        return ("–",) * 4
    return (
        cell(number(row["chi2"], language), row["chi2"], row),
        number(row["df"], language, 0 if float(row["df"]).is_integer() else 1),
        told_p(row, "p_value", language),
        told_p(row, "p_adjusted", language),
    )
