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


def all_tests_table(
    tables: Tables,
    labels: Labels,
    *,
    class_number: int | None = None,
    role: str | None = None,
) -> PaperTable:
    """Return the test of every category in every class.

    Parameters
    ----------
    tables : mapping of table name to DataFrame
        Uses ``class_categories`` and ``classes``.
    labels : Labels
    class_number : int or None
        One class; all without.
    role : {"supplementary", "active"} or None
        One role; both without.

    Returns
    -------
    PaperTable
        Share of the class in the category, of the category in the class and overall (percent),
        p-value, adjusted p-value, v-test.
    """
    language = labels.language
    tests = tables["class_categories"]
    if class_number is not None:
        tests = tests[tests["class"] == class_number]
    if role is not None:
        tests = tests[tests["role"] == role]
    classes = tables["classes"]
    names = {
        int(each): labels.type(text_of(kind), int(each))
        for each, kind in zip(classes["class"], classes["type"], strict=True)
    }
    rows = [
        (
            names[int(row["class"])],
            labels.category(row["variable"], row["category"]),
            word(f"role_{row['role']}", language),
            *(
                number(row[name], language)
                for name in ("class_share", "category_share", "overall_share")
            ),
            number(row["v_test"], language),
            p_value(row["p_value"], language),
            p_value(row["p_adjusted"], language),
        )
        for row in tests.to_dict("records")
    ]
    columns = (
        Column(word("type", language), "left"),
        Column(word("category", language), "left"),
        Column(word("column_role", language), "left"),
        Column(word("paper_class_in_category", language)),
        Column(word("paper_share_in_type", language)),
        Column(word("paper_share_overall", language)),
        Column(word("v_test", language)),
        Column(word("p_value", language)),
        Column(word("p_adjusted", language)),
    )
    return plain_table(
        columns, rows, word("paper_adjusted_note", language), word("paper_circular_note", language)
    )


def _chi_square(row: Mapping[Any, Any], language: str, *, told: bool) -> tuple[str, ...]:
    if not told:
        return ("–",) * 4
    return (
        number(row["chi2"], language),
        number(row["df"], language, 0),
        p_value(row["p_value"], language),
        p_value(row["p_adjusted"], language),
    )
