"""The tables of a workshop as they are printed: page, workbook, terminal."""

from __future__ import annotations

from typology.exhibits.paper_table import Column, PaperTable, RowGroup, plain_table
from typology.exhibits.run_tables import TableRow
from typology.words import number, p_value, percent, word
from typology.words.statistic_values import replicated_p
from typology.workshops.nominal_group import NominalGroup
from typology.workshops.swot import FIELDS, Swot


def ideas_table(workshop: NominalGroup, language: str) -> PaperTable:
    """Return the ideas of each group with their points, the usual table of a nominal group."""
    ideas = workshop.tables["nominal_group_ideas"]
    columns = (
        *_first_columns(language),
        Column(word("workshop_voters", language)),
        Column(word("workshop_firsts", language)),
        Column(word("workshop_mean", language)),
        Column(word("workshop_sd", language)),
    )
    groups = tuple(
        RowGroup(
            word("workshop_group", language, group=group) if group else "",
            tuple(
                (
                    *_first_cells(row, language),
                    f"{row['voters']}/{row['judges']}",
                    str(row["firsts"]),
                    number(row["mean"], language, 2),
                    number(row["sd"], language, 2),
                )
                for row in own.to_dict("records")
            ),
        )
        for group, own in ideas.groupby("group", sort=False)
    )
    return PaperTable(columns, groups, (points_note(workshop, language),))


def pooled_ideas_table(workshop: NominalGroup, language: str) -> PaperTable:
    """Return the ideas of all groups together."""
    columns = (
        *_first_columns(language),
        Column(word("workshop_where_raised", language)),
        Column(word("workshop_groups", language)),
        Column(word("workshop_voters", language)),
        Column(word("workshop_firsts", language)),
    )
    rows = [
        (
            *_first_cells(row, language),
            percent(row["importance_where_raised"], language),
            str(row["panels"]),
            f"{row['voters']}/{row['judges']}",
            str(row["firsts"]),
        )
        for row in workshop.tables["nominal_group_pooled"].to_dict("records")
    ]
    return plain_table(columns, rows, word("workshop_pooled_note", language))


def concordance_table(workshop: NominalGroup, language: str) -> PaperTable:
    """Return Kendall's W of each group, of everyone and between groups."""
    columns = (
        Column(word("workshop_among", language), "left"),
        Column(word("workshop_judges", language)),
        Column(word("workshop_ideas", language)),
        Column("W"),
        Column(word("workshop_p", language)),
        Column("χ²"),
        Column(word("workshop_df", language)),
        Column(word("workshop_p_chi2", language)),
    )
    rows = [
        (
            among(row, language),
            str(row["judges"]),
            str(row["ideas"]),
            number(row["w"], language, 2),
            replicated_p(row["p_value"], language, row["draws"] or None, named=False),
            number(row["chi2"], language, 2),
            number(row["df"], language, 0),
            p_value(row["p_chi2"], language),
        )
        for row in workshop.tables["nominal_group_agreement"].to_dict("records")
    ]
    return plain_table(columns, rows, word("workshop_agreement_note", language))


def among(row: TableRow, language: str) -> str:
    """Return among whom agreement was measured."""
    if row["among"] != "group":
        return word("workshop_agreement_among", language, row["among"])
    group = row["group"]
    key = "named" if group else "only"
    return word("workshop_agreement_group", language, key, group=group)


def points_note(workshop: NominalGroup, language: str) -> str:
    """Return what points, importance and ties are."""
    most = number(workshop.most, language, 0 if workshop.most % 1 == 0 else 1)
    return word("workshop_points_note", language, workshop.votes, most=most)


def fields_table(workshop: Swot, language: str) -> PaperTable:
    """Return the four fields, each statement under its own: the SWOT table as a list."""
    statements = workshop.tables["swot_statements"]
    several = len(workshop.groups) > 1
    columns = [
        Column(word("workshop_statement", language), "left"),
        Column(word("workshop_said", language)),
    ]
    if several:
        columns.append(Column(word("workshop_groups", language)))
    groups = []
    for field in FIELDS:
        own = statements[statements["field"] == field].to_dict("records")
        rows = [
            (str(row["statement"]), str(row["n"]), *([str(row["groups"])] if several else []))
            for row in own
        ]
        if rows:
            groups.append(RowGroup(word("swot_field", language, field), tuple(rows)))
    return PaperTable(tuple(columns), tuple(groups))


def counts_table(workshop: Swot, language: str) -> PaperTable:
    """Return how many statements there are in each field, by group."""
    by_group = workshop.tables["swot_groups"]
    fields = workshop.tables["swot_fields"].set_index("field")
    groups = [group for group in workshop.groups if group]
    columns = (
        Column(word("swot_field_title", language), "left"),
        *(Column(group) for group in groups),
        Column(word("workshop_all", language)),
        Column(word("workshop_percent", language)),
        Column(word("workshop_different", language)),
    )
    cells = by_group.set_index(["field", "group"])["n"]
    rows = [
        (
            word("swot_field", language, field),
            *(str(cells[field, group]) for group in groups),
            str(fields.loc[field, "n"]),
            percent(float(fields["share"][field]), language),
            str(fields.loc[field, "different"]),
        )
        for field in FIELDS
    ]
    total = by_group.groupby("group")["n"].sum()
    rows.append(
        (
            word("workshop_all", language),
            *(str(total[group]) for group in groups),
            str(fields["n"].sum()),
            percent(100.0, language),
            str(fields["different"].sum()),
        )
    )
    return plain_table(columns, rows, word("swot_note", language))


def _first_columns(language: str) -> tuple[Column, ...]:
    return (
        Column(word("workshop_idea", language), "left"),
        Column(word("workshop_rank", language)),
        Column(word("workshop_points", language)),
        Column(word("workshop_importance", language)),
    )


def _first_cells(row: TableRow, language: str) -> tuple[str, ...]:
    whole = bool(float(row["total"]) % 1 == 0)
    key = "tied" if row["tied"] else "alone"
    return (
        str(row["idea"]),
        word("workshop_place", language, key, rank=int(row["rank"])),
        number(row["total"], language, 0 if whole else 1),
        percent(row["importance"], language),
    )
