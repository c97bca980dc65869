"""Tables of the types: their sizes and means, their portraits, what consolidation moved."""

from __future__ import annotations

import pandas as pd

from typology.findings import (
    Tables,
    active_blocks,
    class_row,
    consolidation_moves,
    is_weighted,
    marking_categories,
    overall_block_means,
    text_of,
    type_id,
)
from typology.labels import Labels
from typology.tables.paper_table import Column, PaperTable, RowGroup, plain_table
from typology.words import number, p_value, word

_SIDES = (("more", 1), ("less", -1))


def types_table(tables: Tables, labels: Labels) -> PaperTable:
    """Return the types: size, share, mean agreement with each active block.

    Parameters
    ----------
    tables : mapping of table name to DataFrame
        Uses ``classes``.
    labels : Labels

    Returns
    -------
    PaperTable
    """
    language = labels.language
    blocks = active_blocks(tables)
    rows = [
        (
            number(row["class"], language, 0),
            labels.type(text_of(row["type"]), int(row["class"])) if text_of(row["type"]) else "–",
            number(row["n"], language, 0),
            number(row["share"], language),
            *(number(row[f"mean_{block}"], language, 2) for block in blocks),
        )
        for row in tables["classes"].to_dict("records")
    ]
    means = overall_block_means(tables)
    weighted = is_weighted(tables)
    rows.append(
        (
            "",
            word("overall", language),
            number(tables["classes"]["n"].sum(), language, 0),
            number(tables["classes"]["share"].sum(), language),
            *(number(means[block], language, 2) for block in blocks),
        )
    )
    agreement = word("mean_agreement", language)
    columns = (
        Column(word("class", language)),
        Column(word("type", language), "left"),
        Column(word("n", language)),
        Column(word("weighted_percent_sign", language) if weighted else "%"),
        *(Column(labels.block(block), spanner=agreement) for block in blocks),
    )
    told = word("paper_types_weighted_note", language) if weighted else ""
    return plain_table(columns, rows, told, _types_note(tables, labels))


def _types_note(tables: Tables, labels: Labels) -> str:
    language = labels.language
    questionnaire = labels.questionnaire
    ranges = {
        (scale.codes[0], scale.codes[-1])
        for scale in (
            questionnaire.scales[questionnaire.block(block).scale]
            for block in active_blocks(tables)
        )
    }
    if len(ranges) > 1:
        return word("paper_types_note_scales", language)
    low, high = ranges.pop()
    return word("paper_types_note", language, low=low, high=high)


def portrait_table(
    tables: Tables, labels: Labels, class_number: int, *, top: int = 10
) -> PaperTable:
    """Return what marks a type: categories over- and under-represented in it.

    Parameters
    ----------
    tables : mapping of table name to DataFrame
        Uses ``class_categories`` and ``classes``.
    labels : Labels
    class_number : int
    top : int
        Rows a group at most, the greatest absolute v-test first.

    Returns
    -------
    PaperTable
        Supplementary categories first, then the active ones, on which the test is circular: they
        made the classes, so no p-value is printed for them.
    """
    class_row(tables, class_number)
    language = labels.language
    groups = []
    for role in ("supplementary", "active"):
        found = marking_categories(tables, class_number, role)
        for side, sign in _SIDES:
            chosen = found[found["v_test"] * sign > 0].head(top)
            if len(chosen):
                title = word(f"paper_portrait_{role}_{side}", language)
                groups.append(RowGroup(title, _portrait_rows(chosen, labels)))
    note = word("paper_portrait_note", language, top=top)
    return PaperTable(_portrait_columns(language), tuple(groups), (note,))


def portraits_table(
    tables: Tables, labels: Labels, *, role: str = "supplementary", top: int = 5
) -> PaperTable:
    """Return what marks each type, side by side with the others.

    Parameters
    ----------
    tables : mapping of table name to DataFrame
        Uses ``class_categories`` and ``classes``.
    labels : Labels
    role : {"supplementary", "active"}
    top : int
        Rows a type at most, over- and under-represented together, the greatest absolute v-test
        first.

    Returns
    -------
    PaperTable
    """
    language = labels.language
    groups = []
    for each in tables["classes"]["class"]:
        found = marking_categories(tables, int(each), role).head(top)
        rows = _portrait_rows(found, labels)
        if not rows:
            rows = ((word("paper_nothing_marks", language), *[""] * 4),)
        groups.append(RowGroup(_type_heading(tables, labels, int(each)), rows))
    key = "paper_portraits_note" if role == "supplementary" else "paper_portraits_active_note"
    note = word(key, language, top=top)
    return PaperTable(_portrait_columns(language), tuple(groups), (note,))


def _portrait_columns(language: str) -> tuple[Column, ...]:
    return (
        Column(word("category", language), "left"),
        Column(word("paper_share_in_type", language)),
        Column(word("paper_share_overall", language)),
        Column(word("v_test", language)),
        Column(word("p_adjusted", language)),
    )


def _portrait_rows(chosen: pd.DataFrame, labels: Labels) -> tuple[tuple[str, ...], ...]:
    language = labels.language
    return tuple(
        (
            labels.category(row["variable"], row["category"]),
            number(row["category_share"], language),
            number(row["overall_share"], language),
            number(row["v_test"], language),
            p_value(row["p_adjusted"], language) if row["role"] == "supplementary" else "–",
        )
        for row in chosen.to_dict("records")
    )


def _type_heading(tables: Tables, labels: Labels, class_number: int) -> str:
    kind = type_id(tables, class_number)
    name = labels.type(kind, class_number)
    size = number(class_row(tables, class_number)["n"], labels.language, 0)
    title = word("type_with_n", labels.language, type=name, n=size)
    return f"{class_number}. {title}" if kind else title


def consolidation_table(tables: Tables, labels: Labels) -> PaperTable:
    """Return the classes of the tree against the final ones.

    Parameters
    ----------
    tables : mapping of table name to DataFrame
        Uses ``class_moves`` and ``classes``.
    labels : Labels

    Returns
    -------
    PaperTable
        Numbers of respondents, with totals; the note says how many moved.
    """
    language = labels.language
    counts = tables["class_moves"].pivot_table(
        index="tree_class", columns="class", values="n", aggfunc="sum", fill_value=0
    )
    moves = consolidation_moves(tables)
    rows = [
        (
            word("paper_branch", language, number=branch),
            *(number(count, language, 0) for count in row),
            number(row.sum(), language, 0),
        )
        for branch, row in zip(map(int, counts.index), counts.to_numpy(), strict=True)
    ]
    totals = (*(number(count, language, 0) for count in counts.sum()),)
    rows.append((word("total", language), *totals, number(moves.total, language, 0)))
    final = word("paper_final_class", language)
    columns = (
        Column(word("paper_tree_class", language), "left"),
        *(
            Column(labels.type(type_id(tables, each), each), spanner=final)
            for each in map(int, counts.columns)
        ),
        Column(word("total", language)),
    )
    note = word(
        "paper_consolidation_note",
        language,
        moved=number(moves.moved, language, 0),
        total=number(moves.total, language, 0),
    )
    return plain_table(columns, rows, note)
