"""Tables of the models of membership: ratios, effects, tests, fit, sparse cells."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd

from typology.findings import Tables, text_of
from typology.labels import Labels
from typology.membership_remarks import (
    confidence_remark,
    events_remark,
    fit_remark,
    odds_remark,
    profile_remark,
    sample_remark,
    separation_remark,
    type_words,
)
from typology.membership_terms import ratio_interval, ratio_text, slopes, term_words
from typology.tables.paper_table import Column, PaperTable, RowGroup, plain_table
from typology.words import MISSING, number, p_value, word

Row = Mapping[Hashable, Any]

_MEASURES = (
    ("n", 0), ("left_out", 0), ("terms", 0), ("parameters", 0), ("smallest_class", 0),
    ("events_per_term", 1), ("events_per_parameter", 1), ("log_likelihood", 1), ("chi2", 1),
    ("df", 0), ("mcfadden", 3), ("aic", 1), ("bic", 1),
)  # fmt: skip
_WORDED = ("separation", "penalty", "standard_errors")


def ratios_table(tables: Tables, labels: Labels) -> PaperTable:
    """Return the relative risk ratios of each type against the reference type.

    Parameters
    ----------
    tables : mapping of table name to DataFrame
        Uses ``membership_coefficients``, ``membership_fit``, ``membership_odds`` and ``classes``.
    labels : Labels

    Returns
    -------
    PaperTable
        A group of rows a type; beside, the same ratios with respondents weighted by confidence.
    """
    plain, weighted = slopes(tables), slopes(tables, weighting="confidence")
    groups = [
        RowGroup(
            type_words(tables, labels, int(str(number_))),
            _ratio_rows(terms, weighted[weighted["class"] == number_], labels),
        )
        for number_, terms in plain.groupby("class", sort=False)
    ]
    reference = int(plain["reference_class"].iloc[0])
    note = word("paper_ratios_note", labels.language, type=type_words(tables, labels, reference))
    columns = _ratio_columns("paper_relative_risk_ratio", labels, weighted=not weighted.empty)
    return PaperTable(columns, tuple(groups), (note, *_notes(tables, labels)))


def higher_odds_table(tables: Tables, labels: Labels) -> PaperTable:
    """Return the odds ratios of a more favourable type.

    Parameters
    ----------
    tables : mapping of table name to DataFrame
        Uses ``membership_coefficients``, ``membership_fit``, ``membership_odds`` and ``classes``.
    labels : Labels

    Returns
    -------
    PaperTable
    """
    language = labels.language
    plain = slopes(tables, model="ordered")
    weighted = slopes(tables, model="ordered", weighting="confidence")
    fit = tables["membership_fit"]
    row = fit[fit["model"] == "ordered"].iloc[0]
    order = [type_words(tables, labels, int(each)) for each in row["class_order"].split(" < ")]
    note = word(f"paper_order_note_{row['ordered_by']}", language, types=" < ".join(order))
    columns = _ratio_columns("paper_odds_ratio", labels, weighted=not weighted.empty)
    rows = _ratio_rows(plain, weighted, labels)
    return plain_table(columns, rows, note, odds_remark(tables, labels))


def effects_table(tables: Tables, labels: Labels) -> PaperTable:
    """Return what each characteristic changes in the probability of each type.

    Parameters
    ----------
    tables : mapping of table name to DataFrame
        Uses ``membership_effects`` (multinomial model, without confidence) and ``classes``.
    labels : Labels

    Returns
    -------
    PaperTable
        Percentage points with their intervals, a column a type.
    """
    language = labels.language
    effects = tables["membership_effects"]
    chosen = effects[(effects["model"] == "multinomial") & (effects["weighting"] == "none")]
    numbers = [int(each) for each in dict.fromkeys(chosen["class"])]
    keys = ["variable", "category", "reference_category"]
    filled = chosen.assign(**{key: chosen[key].fillna("") for key in keys})
    rows = []
    for _, cells in filled.groupby(["variable", "category"], sort=False):
        by_type = cells.set_index("class").loc[numbers].to_dict("records")
        rows.append((*_named(by_type[0], labels), *(_effect(row, language) for row in by_type)))
    spanner = word("paper_effect", language)
    columns = (
        *_name_columns(language),
        *(Column(type_words(tables, labels, each), spanner=spanner) for each in numbers),
    )
    return plain_table(columns, rows, word("paper_effects_note", language))


def membership_tests_table(tables: Tables, labels: Labels) -> PaperTable:
    """Return the joint test of each characteristic in each model, and its proportional odds.

    Parameters
    ----------
    tables : mapping of table name to DataFrame
        Uses ``membership_tests`` and ``membership_odds``.
    labels : Labels

    Returns
    -------
    PaperTable
    """
    language = labels.language
    tests = tables["membership_tests"]
    plain = tests[tests["weighting"] == "none"].assign(
        variable=lambda table: table["variable"].fillna("")
    )
    models = list(dict.fromkeys(plain["model"]))
    by_model = {model: plain[plain["model"] == model].set_index("variable") for model in models}
    odds = tables.get("membership_odds", pd.DataFrame({"variable": [], "p_value": []}))
    brant = dict(zip(odds["variable"].fillna(""), odds["p_value"], strict=True))
    rows = []
    for variable in [each for each in dict.fromkeys(plain["variable"]) if each] + [""]:
        cells = [word("all_terms", language) if not variable else labels.short(variable),
                 number(by_model[models[0]].loc[variable, "missing"], language, 0)]  # fmt: skip
        for model in models:
            row = by_model[model].loc[variable]
            p = row["p_adjusted"] if variable else row["p_value"]
            # Weights make degrees of freedom that are not whole.
            decimals = 0 if float(row["df"]).is_integer() else 1
            cells += [number(row["chi2"], language), number(row["df"], language, decimals),
                      p_value(float(p), language)]  # fmt: skip
        cells += [p_value(float(brant[variable]), language)] if variable in brant else []
        rows.append(tuple(cells))
    columns = [Column(word("paper_characteristic", language), "left"),
               Column(word("column_missing", language))]  # fmt: skip
    for model in models:
        spanner = word(f"model_{model}", language)
        columns += [Column(word(key, language), spanner=spanner)
                    for key in ("chi2", "degrees_of_freedom", "p_value")]  # fmt: skip
    columns += [Column(word("paper_brant", language))] if brant else []
    return plain_table(
        tuple(columns),
        rows,
        word("paper_wald_note", language),
        profile_remark(tables, labels),
        odds_remark(tables, labels),
    )


def membership_fit_table(tables: Tables, labels: Labels) -> PaperTable:
    """Return what the models are of and how well they fit, a column a model.

    Parameters
    ----------
    tables : mapping of table name to DataFrame
        Uses ``membership_fit``.
    labels : Labels

    Returns
    -------
    PaperTable
    """
    language = labels.language
    fits = tables["membership_fit"].to_dict("records")
    columns = (
        Column(word("paper_measure_model", language), "left"),
        *(Column(word(f"weighting_{row['weighting']}", language),
                 spanner=word(f"model_{row['model']}", language)) for row in fits),
    )  # fmt: skip
    rows = [
        (word(f"column_{name}", language), *(number(row[name], language, places) for row in fits))
        for name, places in _MEASURES
    ]
    rows += [
        (word(f"column_{name}", language), *(word(f"{name}_{row[name]}", language) for row in fits))
        for name in _WORDED
    ]
    return plain_table(
        columns, rows, word("paper_model_fit_note", language), separation_remark(tables, labels)
    )


def sparse_cells_table(tables: Tables, labels: Labels) -> PaperTable:
    """Return the answers that fewer than five respondents of a type gave.

    Parameters
    ----------
    tables : mapping of table name to DataFrame
        Uses ``membership_sparse`` and ``classes``.
    labels : Labels

    Returns
    -------
    PaperTable
    """
    language = labels.language
    rows = [
        (
            labels.category(row["variable"], row["category"]),
            type_words(tables, labels, int(row["class"])),
            number(row["n"], language, 0),
        )
        for row in tables["membership_sparse"].to_dict("records")
    ]
    columns = (
        Column(word("category", language), "left"),
        Column(word("type", language), "left"),
        Column("n"),
    )
    return plain_table(columns, rows, word("paper_sparse_note", language))


def _notes(tables: Tables, labels: Labels) -> tuple[str, ...]:
    remarks = (
        sample_remark, events_remark, separation_remark, profile_remark, fit_remark, odds_remark,
        confidence_remark,
    )  # fmt: skip
    return tuple(filter(None, (remark(tables, labels) for remark in remarks)))


def _name_columns(language: str) -> tuple[Column, ...]:
    return (
        Column(word("paper_characteristic", language), "left"),
        Column(word("paper_reference_answer", language), "left"),
    )


def _ratio_columns(key: str, labels: Labels, *, weighted: bool) -> tuple[Column, ...]:
    language = labels.language
    interval, ratio = word("paper_ci", language), word(key, language)
    columns = (
        *_name_columns(language),
        Column(ratio),
        Column(interval),
        Column(word("p_value", language)),
    )
    if not weighted:
        return columns
    spanner = word("weighting_confidence", language)
    return (*columns, Column(ratio, spanner=spanner), Column(interval, spanner=spanner))


def _ratio_rows(
    terms: pd.DataFrame, weighted: pd.DataFrame, labels: Labels
) -> tuple[tuple[str, ...], ...]:
    language = labels.language
    beside = {row["term"]: row for row in weighted.to_dict("records")}
    rows = []
    for row in terms.to_dict("records"):
        cells = [
            *_named(row, labels),
            ratio_text(float(row["odds_ratio"]), language),
            ratio_interval(row, language),
            p_value(float(row["p_value"]), language),
        ]
        if row["term"] in beside:
            other = beside[row["term"]]
            cells += [
                ratio_text(float(other["odds_ratio"]), language),
                ratio_interval(other, language),
            ]
        rows.append(tuple(cells))
    return tuple(rows)


def _named(row: Row, labels: Labels) -> tuple[str, str]:
    """Return a term and what it is compared with."""
    category, reference = text_of(row["category"]), text_of(row["reference_category"])
    variable = str(row["variable"])
    if not category:
        return term_words(row, labels), MISSING
    return labels.category(variable, category), labels.answer(variable, reference)


def _effect(row: Row, language: str) -> str:
    low, high = (number(row[name], language) for name in ("low", "high"))
    interval = word("paper_range", language, low=low, high=high)
    return f"{number(row['marginal_effect'], language)} ({interval})"
