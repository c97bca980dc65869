"""Tables of tests: every category in every class, every variable with the classes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from typology.findings import Tables, text_of
from typology.labels import Labels
from typology.tables.paper_table import Column, PaperTable, RowGroup, plain_table
from typology.words import number, p_value, word

ROLES = ("supplementary", "active")


def variables_table(
    tables: Tables, labels: Labels, *, role: str | None = None, top: int | None = None
) -> PaperTable:
    """Return the association of every variable with the classes, the strongest first.

    Parameters
    ----------
    tables : mapping of table name to DataFrame
        Uses ``class_variables``.
    labels : Labels
    role : {"supplementary", "active"} or None
        Variables of one role; both without.
    top : int or None
        Rows a role at most.

    Returns
    -------
    PaperTable
        Chi-square, degrees of freedom, p-value, adjusted p-value, Cramér's V. For active
        variables, whose test is circular, only Cramér's V.
    """
    language = labels.language
    table = tables["class_variables"]
    roles = [each for each in ROLES if role in (None, each) and (table["role"] == each).any()]
    groups = []
    for each in roles:
        own = table[table["role"] == each].sort_values("cramers_v", ascending=False, kind="stable")
        rows = tuple(
            (
                labels.short(row["variable"]),
                *_chi_square(row, language, told=each == "supplementary"),
                number(row["cramers_v"], language, 2),
            )
            for row in (own if top is None else own.head(top)).to_dict("records")
        )
        groups.append(RowGroup(word(f"paper_variables_{each}", language), rows))
    columns = (
        Column(word("variable", language), "left"),
        *(
            Column(word(key, language))
            for key in ("chi2", "degrees_of_freedom", "p_value", "p_adjusted", "cramers_v")
        ),
    )
    note = word("paper_circular_note", language) if "active" in roles else ""
    notes = tuple(filter(None, (word("paper_adjusted_note", language), note)))
    return PaperTable(columns, tuple(groups), notes)


def all_tests_table(tables: Tables, labels: Labels) -> PaperTable:
    """Return the test of every category in every class, the classes side by side.

    Parameters
    ----------
    tables : mapping of table name to DataFrame
        Uses ``class_categories`` and ``classes``.
    labels : Labels

    Returns
    -------
    PaperTable
        A row a category, supplementary ones first: its share overall (percent) and, for each
        class, its share in the class (percent), the v-test and the adjusted p-value.
    """
    language = labels.language
    tests = tables["class_categories"].sort_values(
        "role", key=lambda role: role.map(ROLES.index), kind="stable"
    )
    rows = []
    for (variable, category), own in tests.groupby(["variable", "category"], sort=False):
        first = own.iloc[0]
        row = [
            labels.category(str(variable), str(category)),
            word(f"paper_role_{first['role']}", language),
            number(first["overall_share"], language),
        ]
        for test in own.to_dict("records"):
            row += [
                number(test["category_share"], language),
                number(test["v_test"], language),
                p_value(test["p_adjusted"], language),
            ]
        rows.append(tuple(row))
    measures = ("percent_sign", "v_test", "paper_p_adjusted")
    columns = (
        Column(word("category", language), "left"),
        Column(word("column_role", language), "left"),
        Column(word("paper_share_overall", language)),
        *(
            Column(word(measure, language), spanner=labels.type(text_of(kind), int(each)))
            for each, kind in zip(
                tables["classes"]["class"], tables["classes"]["type"], strict=True
            )
            for measure in measures
        ),
    )
    notes = ("paper_all_tests_note", "paper_adjusted_note", "paper_circular_note")
    return plain_table(columns, rows, *(word(note, language) for note in notes))


def _chi_square(row: Mapping[Any, Any], language: str, *, told: bool) -> tuple[str, ...]:
    if not told:
        return ("–",) * 4
    return (
        number(row["chi2"], language),
        number(row["df"], language, 0 if float(row["df"]).is_integer() else 1),
        p_value(row["p_value"], language),
        p_value(row["p_adjusted"], language),
    )
