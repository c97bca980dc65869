"""What a study reported beside what was computed, each with whether they agree and why."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd

from typology.exhibits.hidden_counts import HIDDEN_COUNT
from typology.exhibits.labels import Labels
from typology.exhibits.paper_table import Column, PaperTable, RowGroup
from typology.exhibits.run_tables import LEVEL, Tables, active_blocks, overall_block_means, text_of
from typology.study.reported import UNKNOWN_FIGURE, PortraitMark, Reported, ReportedClass
from typology.words import word

REPRODUCTION_COLUMNS = ("aspect", "what", "reported", "computed", "agrees", "why")
ASPECTS = ("respondents", "class_size", "class_share", "most_unanimous", "portrait")
_Row = tuple[str, str, str, str, object, str]


def compare_with_reported(reported: Reported, tables: Tables, labels: Labels) -> pd.DataFrame:
    """Return what a study reported beside what was computed.

    Columns: ``aspect`` (one of ``ASPECTS``), ``what``, ``reported``, ``computed`` (words),
    ``agrees`` (boolean, <NA> where it cannot be told), ``why``. Uses ``classes``,
    ``item_agreement``, ``class_categories`` and ``flow``.

    Numbers agree when they are equal at the decimals reported; an item agrees when it has the rank
    reported; a mark of a portrait agrees when the type differs from all in the direction reported,
    with an adjusted p-value below 0.05 (blocks made the types and have no test: the direction
    decides). Sentences of a portrait without marks are left to the reader.
    """
    rows = [
        _respondents(reported, tables, labels),
        *_classes(reported, tables, labels),
        *_most_unanimous(reported, tables, labels),
        *_portraits(reported, tables, labels),
    ]
    return pd.DataFrame(rows, columns=list(REPRODUCTION_COLUMNS)).astype({"agrees": "boolean"})


def reproduction_table(
    comparison: pd.DataFrame, labels: Labels, *, simulated: bool = False
) -> PaperTable:
    """Return a comparison with what was reported, or some of its rows, as a table of the paper.

    Grouped by aspect; the verdict is "agrees", "differs" or "cannot be told". What agreeing and
    differing are worth on these answers, simulated or not, is said once, in the notes.
    """
    kind = "simulated" if simulated else "real"
    notes = [
        labels.word("reproduction_origin", kind, verdict)
        for verdict, agrees in (("agrees", True), ("differs", False))
        if (comparison["agrees"] == agrees).any()
    ]
    groups = []
    for aspect in ASPECTS:
        own = comparison[comparison["aspect"] == aspect]
        rows = tuple(
            (row["what"], row["reported"], row["computed"],
             _verdict(row["agrees"], labels.language), row["why"])
            for row in own.to_dict("records")
        )  # fmt: skip
        if rows:
            groups.append(RowGroup(labels.word("paper_aspect", aspect), rows))
    columns = (
        Column(labels.word("paper_what"), "left"),
        Column(labels.word("paper_reported"), "left"),
        Column(labels.word("paper_computed"), "left"),
        Column(labels.word("paper_agrees"), "left"),
        Column(labels.word("paper_why"), "left"),
    )
    return PaperTable(columns, tuple(groups), tuple(notes))


def _verdict(agrees: Any, language: str) -> str:
    key = "unknown" if pd.isna(agrees) else "yes" if agrees else "no"
    return word("reproduction_verdict", language, key)


def _respondents(reported: Reported, tables: Tables, labels: Labels) -> _Row:
    flow = tables["flow"]
    computed = int(flow.loc[flow["step_id"] == "analysed", "remaining"].iloc[0])
    return (
        "respondents",
        labels.word("reproduction_respondents"),
        labels.number(reported.respondents, 0),
        labels.number(computed, 0),
        computed == reported.respondents,
        "",
    )


def _classes(reported: Reported, tables: Tables, labels: Labels) -> Iterator[_Row]:
    """Yield the size and the share of every class reported, matched by its type."""
    language = labels.language
    for each in reported.classes:
        row = _class_of(each, tables)
        sizes = labels.number(each.n, 0), labels.percent(each.share)
        if row is None:
            why = labels.word("reproduction_no_such_type")
            for aspect, size in zip(("class_size", "class_share"), sizes, strict=True):
                yield (aspect, each.in_(language), size, "–", False, why)
            continue
        n, share = float(row["n"]), float(row["share"])
        computed = labels.number(n, 0), labels.percent(share)
        gap = n - each.n
        why = "" if gap == 0 else labels.word(
            "reproduction_gap_more" if gap > 0 else "reproduction_gap_fewer",
            n=labels.number(abs(gap), 0),
        )  # fmt: skip
        yield ("class_size", each.in_(language), sizes[0], computed[0], gap == 0, why)
        yield (
            "class_share",
            each.in_(language),
            sizes[1],
            computed[1],
            sizes[1] == computed[1],
            "",
        )


def _class_of(each: ReportedClass, tables: Tables) -> dict[str, Any] | None:
    classes = tables["classes"]
    own = classes[classes["type"].map(text_of) == each.id]
    return None if own.empty else own.to_dict("records")[0]  # type: ignore[return-value]


def _most_unanimous(reported: Reported, tables: Tables, labels: Labels) -> Iterator[_Row]:
    """Yield each rank of each block: the item reported, the item computed."""
    language = labels.language
    agreement = tables["item_agreement"]
    for block, items in reported.most_unanimous.items():
        ranked = agreement[agreement["block"] == block].sort_values("rank", kind="stable")
        found = list(ranked["item"])
        for place, item in enumerate(items):
            what = labels.word("reproduction_rank", block=labels.block(block), rank=place + 1)
            computed = labels.variable(found[place]) if place < len(found) else "–"
            if item == UNKNOWN_FIGURE:
                why = labels.word("reproduction_unknown")
                yield ("most_unanimous", what, "–", computed, pd.NA, why)
                continue
            agrees = place < len(found) and found[place] == item
            why = _where(item, items, found, agrees=agrees, language=language)
            yield ("most_unanimous", what, labels.variable(item), computed, agrees, why)


def _where(
    item: str, items: tuple[str, ...], found: list[str], *, agrees: bool, language: str
) -> str:
    """Return where the results have an item that is not at its rank."""
    if agrees:
        return ""
    if item not in found:
        return word("reproduction_item_not_asked", language)
    rank = found.index(item) + 1
    key = "reproduction_among_first" if rank <= len(items) else "reproduction_farther"
    return word(key, language, rank=rank, count=len(items))


def _portraits(reported: Reported, tables: Tables, labels: Labels) -> Iterator[_Row]:
    """Yield the marks of each portrait, and its sentences where it has none."""
    language = labels.language
    for each in reported.classes:
        row = _class_of(each, tables)
        if row is None:
            continue
        for mark in each.portrait.marks:
            yield _mark(each, mark, row, tables, labels)
        if not each.portrait.marks:
            why = labels.word("reproduction_to_be_read")
            for sentence in each.portrait.in_(language):
                yield ("portrait", each.in_(language), sentence, "–", pd.NA, why)


def _mark(
    each: ReportedClass, mark: PortraitMark, row: dict[str, Any], tables: Tables, labels: Labels
) -> _Row:
    language = labels.language
    said = labels.word("reproduction_than_all", mark.than_all)
    sign = 1 if mark.than_all == "more" else -1
    if mark.block is not None:
        what = labels.word("reproduction_block", block=labels.block(mark.block))
        if mark.block not in active_blocks(tables):
            why = labels.word("reproduction_block_not_active")
            return ("portrait", f"{each.in_(language)} – {what}", said, "–", pd.NA, why)
        value, overall = float(row[f"mean_{mark.block}"]), overall_block_means(tables)[mark.block]
        computed = _against(labels.number(value, 2), labels.number(overall, 2), language)
        agrees = (value - overall) * sign > 0
        why = "" if agrees else labels.word("reproduction_other_way")
        return ("portrait", f"{each.in_(language)} – {what}", said, computed, agrees, why)
    variable, category = str(mark.variable), str(mark.category)
    what = f"{each.in_(language)} – {labels.category(variable, category)}"
    tests = tables["class_categories"]
    test = tests[
        (tests["class"] == row["class"])
        & (tests["variable"] == variable)
        & (tests["category"] == category)
    ]
    if test.empty:
        why = labels.word("reproduction_nobody")
        return ("portrait", what, said, "–", pd.NA, why)
    found = test.iloc[0]
    if pd.isna(found["category_share"]):
        return ("portrait", what, said, HIDDEN_COUNT, pd.NA, labels.word("not_shown"))
    share = labels.percent(found["category_share"])
    computed = _against(share, labels.percent(found["overall_share"]), language)
    right_way = float(found["v_test"]) * sign > 0
    agrees = right_way and float(found["p_adjusted"]) < LEVEL
    adjusted = labels.p(float(found["p_adjusted"]), named=True)
    key = "reproduction_not_significant" if right_way else "reproduction_other_way"
    why = "" if agrees else labels.word(key, p=adjusted)
    return ("portrait", what, said, computed, agrees, why)


def _against(value: str, overall: str, language: str) -> str:
    return word("reproduction_against", language, value=value, all=overall)
