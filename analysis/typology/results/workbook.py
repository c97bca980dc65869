"""The Excel workbook: every table on a sheet of its own, in words, ready to be read."""

from __future__ import annotations

import math
from collections.abc import Hashable, Iterable, Mapping, Sequence
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pandas as pd

from typology.exhibits.hidden_counts import HIDDEN_COUNT
from typology.exhibits.labels import Labels
from typology.exhibits.paper_sheet import write_paper_sheet
from typology.exhibits.run_tables import ALL_ITEMS, is_weighted, text_of
from typology.files.written_tables import WORKBOOK_OPTIONS
from typology.membership.terms import term_words
from typology.people.sample_warnings import warning_sentences
from typology.people.tables import respondents_table
from typology.results.disclosure.sentences import merged_answers
from typology.study.type_profiles import OFF_BLOCKS
from typology.validity.notes import note_sentences
from typology.weights.sentences import illustrative
from typology.words import number, word
from typology.words.visible_text import visible

# A fixed date, so that the same results make the same file.
_CREATED = datetime(2020, 1, 1)
_WIDEST = 60
# Columns of keys, and the words that each key is filed under.
_WORDED = {
    "role": "role", "kind": "kind", "step_id": "flow", "ranked_by": "ranked_by",
    "reading": "reading", "null": "null", "statistic": "statistic", "direction": "direction",
    "rung": "rung", "question": "question", "set_apart": "set_apart",
    "second_kind": "second_kind", "criterion": "criterion", "method": "method",
    "chosen_by": "chosen_by",
    "part": "part", "outcome": "outcome", "missing": "missing_rule", "test": "test",
    "test_reason": "test_reason", "effect_name": "effect_name", "weights": "weights",
    "model": "model", "correction": "correction", "separation": "separation",
    "penalty": "penalty", "penalty_reason": "penalty_reason", "ordered_by": "ordered_by",
    "standard_errors": "standard_errors", "remark": "membership_note",
    "suggested_by": "suggesting_criterion", "evidence": "evidence", "says": "says",
    "sure": "sure", "answer_model": "answer_model", "procedure": "procedure",
    "measure": "disclosure_measure",
}  # fmt: skip
# Columns of types, and the columns of their classes.
_TYPES = {"type": "class", "other_type": "other_class"}
# Columns that mean something else in the tables with one of these other columns, and their names
# there.
_RENAMED = {
    "criterion": ({"number", "rule"}, "criterion_name"),
    "size": ({"accuracy", "found_share"}, "form_size"),
    "within_share": ({"within_ratio", "rung", "replicate"}, "within_fraction"),
}
# Sentences in English that have words of their own, by the key of another column.
_SENTENCES = {"detail": "criterion", "rule": "criterion"}


def write_workbook(
    path: Path, tables: Mapping[str, pd.DataFrame], labels: Labels, *, simulated: bool
) -> None:
    """Write the tables into one workbook, its first sheet saying whether the answers are simulated.

    Numbers stay numbers, at full precision; only their display is rounded. The first sheet lists
    the others; the second is the Table 1 of a paper, where respondents have characteristics.
    """
    import xlsxwriter  # noqa: PLC0415 - slow to import

    made = BytesIO()
    with xlsxwriter.Workbook(made, WORKBOOK_OPTIONS) as workbook:
        title = visible(labels.questionnaire.title.in_(labels.language))
        workbook.set_properties({"created": _CREATED, "title": title})
        styles = {
            "title": workbook.add_format({"bold": True, "font_size": 14}),
            "warning": workbook.add_format({"bold": True, "font_color": "#B00020"}),
            "header": workbook.add_format(
                {"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"}
            ),
            "integer": workbook.add_format({"num_format": "#,##0"}),
            "decimal": workbook.add_format({"num_format": "#,##0.0"}),
            "hundredth": workbook.add_format({"num_format": "#,##0.00"}),
            "precise": workbook.add_format({"num_format": "0.0000"}),
            "p_value": workbook.add_format({"num_format": _p_format(labels.language)}),
        }
        first = ["table_one"] if "characteristics" in tables else []
        warnings = _warnings(tables, labels.language, simulated=simulated)
        _write_contents(workbook, [*first, *tables], labels, styles, warnings=warnings)
        if first:
            _write_table_one(workbook, tables, labels, warning=" ".join(warnings))
        for name, table in tables.items():
            sheet = workbook.add_worksheet(labels.word("sheet", name))
            _write_table(sheet, in_words(table, labels), labels, styles)
    path.write_bytes(made.getvalue())


def in_words(table: pd.DataFrame, labels: Labels) -> pd.DataFrame:
    """Return a table of a run with a column of words after each column of ids or codes.

    Blocks, types, roles, kinds and steps are replaced by their words; ``variable`` and ``item`` are
    followed by ``label``, ``category`` and ``code`` by ``answer``.
    """
    worded = _without_circular_tests(table)
    language = labels.language
    worded = _with_sentences(worded, language)
    worded = worded.assign(**_types(worded, labels))
    if "block" in worded:
        worded["block"] = worded["block"].map(
            {b: labels.block(b) for b in worded["block"].unique()}
        )
    for name, key in _SENTENCES.items():
        if name in worded and key in worded:
            worded[name] = [word("criterion_rule", language, str(value)) for value in worded[key]]
    for name, key in _WORDED.items():
        if name in worded and not pd.api.types.is_numeric_dtype(worded[name]):
            worded[name] = [labels.word(key, str(value)) for value in worded[name]]
    if "active_set" in worded:
        worded["active_set"] = [
            word("active_set_all", language) if each == ALL_ITEMS else labels.block(each)
            for each in worded["active_set"]
        ]
    if "stopped_by" in worded:
        worded["stopped_by"] = [
            ", ".join(word("null", language, null) for null in each.split(", ") if null)
            for each in worded["stopped_by"]
        ]
    worded = worded.assign(**_naming(worded, labels))
    if "blocks" in worded:
        worded["blocks"] = [
            " + ".join(map(labels.block, each.split(" + "))) for each in worded["blocks"]
        ]
    if {"table", "merged"} <= set(worded):
        worded = worded.assign(**_disclosed(worded, labels))
    asked = next((name for name in ("variable", "item") if name in worded), None)
    answer = next((name for name in ("category", "code") if name in worded), None)
    worded = worded.assign(**_terms(table, labels))
    if asked and answer:
        pairs = zip(worded[asked], worded[answer], strict=True)
        words = [
            labels.answer(str(variable), str(category)) if variable and category != "" else ""
            for variable, category in pairs
        ]
        worded.insert(list(worded.columns).index(answer) + 1, "answer", words)
    if asked:
        words = [labels.short(str(variable)) if variable else "" for variable in worded[asked]]
        worded.insert(list(worded.columns).index(asked) + 1, "label", words)
    if "other_category" in worded:
        worded = worded.assign(**_other_answers(worded, labels))
    return worded.rename(
        columns={name: other for name, (beside, other) in _RENAMED.items() if beside & set(worded)}
    )


def _disclosed(table: pd.DataFrame, labels: Labels) -> dict[str, list[str]]:
    """Return the words of the tables, and of the answers to merge, that a report names."""
    pairs = zip(table["variable"], table["merged"], strict=True)
    return {
        "table": [labels.word("sheet", name) if name else "" for name in table["table"]],
        "merged": [
            merged_answers(str(variable), str(merged), labels) for variable, merged in pairs
        ],
    }


def _without_circular_tests(table: pd.DataFrame) -> pd.DataFrame:
    """Return a table without the p-values of active variables, which made the classes."""
    circular = [name for name in ("p_value", "p_adjusted") if name in table]
    if "role" not in table:
        return table.copy()
    active = table["role"] == "active"
    return table.assign(**{name: table[name].mask(active) for name in circular})


def _other_answers(table: pd.DataFrame, labels: Labels) -> dict[str, list[str]]:
    """Return the words of the question and of the answer that others are crossed with."""
    variables = table["other_variable"].astype(str)
    pairs = zip(variables, table["other_category"].astype(str), strict=True)
    return {
        "other_label": [labels.short(variable) for variable in variables],
        "other_answer": [labels.answer(*pair) for pair in pairs],
    }


def _with_sentences(table: pd.DataFrame, language: str) -> pd.DataFrame:
    """Return a table of codes and details as the sentences that they make; others as they are."""
    if {"outcome", "reason", "details"} <= set(table):
        return table.assign(reason=note_sentences(table, language)).drop(columns="details")
    if {"warning", "details"} <= set(table):
        return pd.DataFrame({"warning": warning_sentences(table, language, remedies=True)})
    return table


def _naming(table: pd.DataFrame, labels: Labels) -> dict[str, list[str]]:
    """Return in words which types classes were matched to, and why some have no name."""
    told = {
        name: [labels.types[kind].in_(labels.language) if kind else "" for kind in table[name]]
        for name in ("candidate", "nearest")
        if name in table
    }
    if "unnamed_reason" in table:
        told["unnamed_reason"] = [
            word("unnamed_reason", labels.language, reason) if reason else ""
            for reason in table["unnamed_reason"]
        ]
        told["off_blocks"] = [
            ", ".join(map(labels.block, blocks.split(OFF_BLOCKS))) if blocks else ""
            for blocks in table["off_blocks"]
        ]
    return told


def _terms(table: pd.DataFrame, labels: Labels) -> dict[str, list[str]]:
    """Return the columns of the terms of models in words, where there are any.

    Thresholds stay as they are; an intercept, which its kind names, has no words.
    """
    told = {}
    if "term" in table:
        told["term"] = [_term(row, labels) for row in table.to_dict("records")]
    if "reference_category" in table:
        pairs = zip(table["variable"], table["reference_category"], strict=True)
        told["reference_category"] = [
            labels.answer(text_of(variable), text_of(category)) if text_of(category) else ""
            for variable, category in pairs
        ]
    return told


def _term(row: Mapping[Hashable, Any], labels: Labels) -> str:
    variable, category = text_of(row["variable"]), text_of(row["category"])
    if category:
        return labels.category(variable, category)
    if variable:
        return term_words(row, labels)
    return "" if row["kind"] == "intercept" else str(row["term"])


def _types(table: pd.DataFrame, labels: Labels) -> dict[str, list[str]]:
    """Return the columns of types in words."""
    return {
        kinds: [
            labels.type("" if pd.isna(kind) else str(kind), int(number))
            for kind, number in zip(table[kinds], table[numbers], strict=True)
        ]
        for kinds, numbers in _TYPES.items()
        if {kinds, numbers} <= set(table)
    }


def column_title(name: str, labels: Labels) -> str:
    """Return the words of a column, by its name in the CSV file."""
    blocks = {f"mean_{block.id}": block.id for block in labels.questionnaire.blocks}
    if name in blocks:
        return labels.word("column", "mean_of", block=labels.block(blocks[name]))
    if name.startswith("Axis "):
        return labels.word("axis_number", axis=int(name.removeprefix("Axis ")))
    return labels.word("column", name)


def _warnings(tables: Mapping[str, pd.DataFrame], language: str, *, simulated: bool) -> list[str]:
    """Return what a reader must know of all the numbers."""
    told = {
        "simulated_sample": simulated,
        "about_weighted_results": is_weighted(tables),
        "about_illustrative": illustrative(tables),
        "about_hidden": any("hidden" in table for table in tables.values()),
    }
    return [word(key, language) for key, holds in told.items() if holds]


def _write_contents(
    workbook: Any,
    names: Iterable[str],
    labels: Labels,
    styles: Mapping[str, Any],
    *,
    warnings: Sequence[str],
) -> None:
    language = labels.language
    sheet = workbook.add_worksheet(word("sheet", language, "contents"))
    sheet.set_column(0, 0, 28)
    sheet.set_column(1, 1, 100)
    sheet.write_string(0, 0, visible(labels.questionnaire.title.in_(language)), styles["title"])
    for row, warning in enumerate(warnings, start=1):
        sheet.write_string(row, 0, warning, styles["warning"])
    for row, name in enumerate(names, start=3 + max(0, len(warnings) - 1)):
        title = labels.word("sheet", name)
        sheet.write_url(row, 0, f"internal:'{title}'!A1", string=title)
        sheet.write_string(row, 1, labels.word("about", name))


def _write_table_one(
    workbook: Any, tables: Mapping[str, pd.DataFrame], labels: Labels, *, warning: str
) -> None:
    language = labels.language
    write_paper_sheet(
        workbook,
        word("sheet", language, "table_one"),
        respondents_table(tables, labels),
        caption=word("table_one_caption", language),
        warning=warning,
    )


def _write_table(
    sheet: Any, table: pd.DataFrame, labels: Labels, styles: Mapping[str, Any]
) -> None:
    sheet.freeze_panes(1, 0)
    for position, name in enumerate(table.columns):
        values = table[name]
        title = column_title(str(name), labels)
        style = _style(str(name), title, values, styles)
        sheet.write_string(0, position, visible(title), styles["header"])
        written = [_cell(value) for value in values]
        if "hidden" in table and name != "hidden":
            hidden = table["hidden"].fillna(False).astype(bool)
            written = [
                HIDDEN_COUNT if each is None and gone else each
                for each, gone in zip(written, hidden, strict=True)
            ]
        sheet.write_column(1, position, written, style)
        longest = max((len(str(cell)) for cell in written if isinstance(cell, str)), default=0)
        sheet.set_column(position, position, min(_WIDEST, max(longest + 1, 12)))
    if len(table):
        sheet.autofilter(0, 0, len(table), len(table.columns) - 1)


def _cell(value: Any) -> Any:
    """Return what Excel takes: an empty cell for what is missing or infinite."""
    if value is None or (not isinstance(value, str) and pd.isna(value)):
        return None
    if isinstance(value, float) and not math.isfinite(value):
        return None
    if isinstance(value, bool) or type(value).__name__ == "bool":
        return bool(value)
    if isinstance(value, str):
        return visible(value)
    return value.item() if hasattr(value, "item") else value


def _style(name: str, title: str, values: pd.Series, styles: Mapping[str, Any]) -> Any:
    """Return how the numbers of a column are shown."""
    if pd.api.types.is_bool_dtype(values) or not pd.api.types.is_numeric_dtype(values):
        return None
    numbers = values.astype("Float64").dropna()
    if name.startswith("p_"):
        shown = "p_value"
    elif (numbers % 1 == 0).all():
        shown = "integer"
    elif "(%" in title:
        shown = "decimal"
    elif name == "v_test":
        shown = "hundredth"
    elif numbers.abs().max() < 10:
        shown = "precise"
    else:
        shown = "hundredth" if numbers.abs().min() < 1 else "decimal"
    return styles[shown]


def _p_format(language: str) -> str:
    """Return the format of p-values: four decimals, and never zero."""
    least = number(0.0001, language, 4)
    return f'[<0.0001]"< {least}";0.0000'
