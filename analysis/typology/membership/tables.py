"""Tables of the models of membership: ratios, effects, tests, fit, sparse cells."""

from __future__ import annotations

import pandas as pd

from typology.exhibits.clauses import type_name
from typology.exhibits.hidden_counts import cell, hidden_notes
from typology.exhibits.labels import Labels
from typology.exhibits.paper_table import Column, PaperTable, RowGroup, plain_table
from typology.exhibits.registry import table_exhibit, unasked
from typology.exhibits.run_tables import TableRow, Tables, text_of
from typology.membership.remarks import (
    between_types,
    correction_remark,
    events_remark,
    fit_remark,
    left_out_remark,
    odds_remark,
    profile_remark,
    sample_remark,
    separation_remark,
    unstable_remark,
)
from typology.membership.sentences import (
    no_errors,
    no_partial_odds,
    no_sparse_cells,
    nothing_pooled,
)
from typology.membership.terms import (
    UNSTABLE_MARK,
    UNSTABLE_SPAN,
    answer_key,
    fitted,
    is_corrected,
    predictions,
    ratio_cells,
    slopes,
    term_words,
    value_words,
)
from typology.words import MISSING_NUMBER, number, word

_MEASURES = (
    ("n", 0), ("left_out", 0), ("terms", 0), ("parameters", 0), ("smallest_class", 0),
    ("events_per_term", 1), ("events_per_parameter", 1), ("log_likelihood", 1), ("chi2", 1),
    ("df", 0), ("mcfadden", 3), ("aic", 1), ("bic", 1),
)  # fmt: skip
_WORDED = ("separation", "penalty", "standard_errors")


@table_exhibit(
    "probabilities",
    needs=("membership_predictions",),
    given=fitted("membership_predictions", "multinomial"),
    absent=unasked,
    section="membership",
    place=1,
    scrolling=True,
)
def probabilities_table(tables: Tables, labels: Labels) -> PaperTable:
    """Return the probability of each type had everybody given each answer.

    Percent with their intervals, a column a type, a group of rows a characteristic. Uses
    ``membership_predictions`` (multinomial model of the types as assigned), ``membership_notes``,
    ``membership_fit`` and ``classes``.
    """
    found = predictions(tables)
    numbers = [int(each) for each in dict.fromkeys(found["class"])]
    groups = []
    for variable, answers in found.groupby("variable", sort=False):
        keys = [answer_key(row) for row in answers.to_dict("records")]
        rows = []
        for _, cells in answers.groupby(pd.Index(keys), sort=False):
            by_type = cells.set_index("class").loc[numbers].to_dict("records")
            told = (_share(row, labels) for row in by_type)
            rows.append((value_words(by_type[0], labels), *told))
        groups.append(RowGroup(labels.short(str(variable)), tuple(rows)))
    spanner = labels.word("paper_probability")
    columns = (
        Column(labels.word("paper_characteristic"), "left"),
        *(Column(type_name(tables, labels, each), spanner=spanner) for each in numbers),
    )
    notes = (labels.word("paper_probabilities_note"), left_out_remark(tables, labels),
             sample_remark(tables, labels), events_remark(tables, labels))  # fmt: skip
    return PaperTable(columns, tuple(groups), tuple(filter(None, notes)))


@table_exhibit(
    "ratios",
    needs=("membership_coefficients",),
    given=fitted("membership_coefficients", "multinomial"),
    absent=unasked,
    section="membership",
    place=4,
    scrolling=True,
)
def ratios_table(tables: Tables, labels: Labels) -> PaperTable:
    """Return the relative risk ratios of each type against the reference type.

    A group of rows a type; beside, the same ratios corrected for errors of classification. Uses
    ``membership_coefficients``, ``membership_fit``, ``membership_odds`` and ``classes``.
    """
    plain, corrected = slopes(tables), slopes(tables, corrected=True)
    groups = [
        RowGroup(
            type_name(tables, labels, int(str(number_))),
            _ratio_rows(terms, corrected[corrected["class"] == number_], labels),
        )
        for number_, terms in plain.groupby("class", sort=False)
    ]
    reference = int(plain["reference_class"].iloc[0])
    note = labels.word("paper_ratios_note", type=type_name(tables, labels, reference))
    columns = _ratio_columns("paper_relative_risk_ratio", labels, corrected=corrected)
    return PaperTable(columns, tuple(groups), (note, *_notes(tables, labels)))


@table_exhibit(
    "higher_odds",
    needs=("membership_coefficients",),
    given=fitted("membership_coefficients", "ordered"),
    absent=unasked,
    section="membership",
    place=5,
    scrolling=True,
)
def higher_odds_table(tables: Tables, labels: Labels) -> PaperTable:
    """Return the odds ratios of a more favourable type.

    Uses ``membership_coefficients``, ``membership_fit``, ``membership_odds`` and ``classes``.
    """
    plain = slopes(tables, model="ordered")
    corrected = slopes(tables, model="ordered", corrected=True)
    fit = tables["membership_fit"]
    row = fit[fit["model"] == "ordered"].iloc[0]
    order = [type_name(tables, labels, int(each)) for each in row["class_order"].split(" < ")]
    note = labels.word("paper_order_note", row["ordered_by"], types=" < ".join(order))
    columns = _ratio_columns("paper_odds_ratio", labels, corrected=corrected)
    rows = _ratio_rows(plain, corrected, labels)
    return plain_table(
        columns, rows, note, odds_remark(tables, labels), unstable_remark(tables, labels)
    )


@table_exhibit(
    "partial_odds",
    needs=("membership_coefficients",),
    given=fitted("membership_coefficients", "partial"),
    absent=no_partial_odds,
    section="membership",
    place=6,
    scrolling=True,
)
def partial_odds_table(tables: Tables, labels: Labels) -> PaperTable:
    """Return the odds ratios of a more favourable type at each limit, where they differ.

    Uses ``membership_coefficients``, ``membership_fit`` and ``classes``.
    """
    found = slopes(tables, model="partial")
    rows = [
        (
            *_named(row, labels),
            between_types(text_of(row["limit"]), tables, labels),
            *ratio_cells(row, labels.language),
            labels.p(float(row["p_value"])),
        )
        for row in found.to_dict("records")
    ]
    columns = (
        *_name_columns(labels.language),
        Column(labels.word("paper_limit"), "left"),
        Column(labels.word("paper_odds_ratio")),
        Column(labels.word("paper_ci")),
        Column(labels.word("p_value")),
    )
    note = labels.word("paper_partial_note")
    return plain_table(columns, rows, note, unstable_remark(tables, labels))


@table_exhibit(
    "effects",
    needs=("membership_effects",),
    given=fitted("membership_effects", "multinomial"),
    absent=unasked,
    section="membership",
    place=2,
    scrolling=True,
)
def effects_table(tables: Tables, labels: Labels) -> PaperTable:
    """Return what each characteristic changes in the probability of each type.

    Percentage points with their intervals, a column a type. Uses ``membership_effects``
    (multinomial model of the types as assigned) and ``classes``.
    """
    language = labels.language
    effects = tables["membership_effects"]
    chosen = effects[(effects["model"] == "multinomial") & ~is_corrected(effects, True)]
    numbers = [int(each) for each in dict.fromkeys(chosen["class"])]
    keys = ["variable", "category", "reference_category"]
    filled = chosen.assign(**{key: chosen[key].fillna("") for key in keys})
    rows = []
    for _, cells in filled.groupby(["variable", "category"], sort=False):
        by_type = cells.set_index("class").loc[numbers].to_dict("records")
        rows.append((*_named(by_type[0], labels), *(_effect(row, language) for row in by_type)))
    spanner = labels.word("paper_effect")
    columns = (
        *_name_columns(language),
        *(Column(type_name(tables, labels, each), spanner=spanner) for each in numbers),
    )
    return plain_table(columns, rows, labels.word("paper_effects_note"))


@table_exhibit(
    "membership_tests",
    needs=("membership_tests",),
    absent=unasked,
    section="membership",
    place=7,
    scrolling=True,
)
def membership_tests_table(tables: Tables, labels: Labels) -> PaperTable:
    """Return the joint test of each characteristic in each model, and its proportional odds.

    Uses ``membership_tests`` and ``membership_odds``.
    """
    tests = tables["membership_tests"]
    plain = tests[~is_corrected(tests, True)].assign(
        variable=lambda table: table["variable"].fillna("")
    )
    models = [each for each in dict.fromkeys(plain["model"]) if each != "partial"]
    by_model = {model: plain[plain["model"] == model].set_index("variable") for model in models}
    odds = tables.get("membership_odds", pd.DataFrame({"variable": [], "p_value": []}))
    brant = dict(zip(odds["variable"].fillna(""), odds["p_value"], strict=True))
    rows = []
    for variable in [each for each in dict.fromkeys(plain["variable"]) if each] + [""]:
        cells = [labels.word("all_terms") if not variable else labels.short(variable),
                 labels.number(by_model[models[0]].loc[variable, "missing"], 0)]  # fmt: skip
        for model in models:
            row = by_model[model].loc[variable]
            p = row["p_adjusted"] if variable else row["p_value"]
            # Weights make degrees of freedom that are not whole.
            decimals = 0 if float(row["df"]).is_integer() else 1
            cells += [labels.number(row["chi2"]), labels.number(row["df"], decimals),
                      labels.p(float(p))]  # fmt: skip
        cells += [labels.p(float(brant[variable]))] if variable in brant else []
        rows.append(tuple(cells))
    columns = [Column(labels.word("paper_characteristic"), "left"),
               Column(labels.word("column", "missing"))]  # fmt: skip
    for model in models:
        spanner = labels.word("model", model)
        columns += [Column(labels.word(key), spanner=spanner)
                    for key in ("chi2", "degrees_of_freedom", "p_value")]  # fmt: skip
    columns += [Column(labels.word("paper_brant"))] if brant else []
    return plain_table(
        tuple(columns),
        rows,
        labels.word("paper_wald_note"),
        profile_remark(tables, labels),
        odds_remark(tables, labels),
    )


@table_exhibit(
    "membership_fit",
    needs=("membership_fit",),
    absent=unasked,
    section="membership",
    place=8,
    scrolling=True,
)
def membership_fit_table(tables: Tables, labels: Labels) -> PaperTable:
    """Return what the models are of and how well they fit, a column a model.

    Uses ``membership_fit``.
    """
    fits = tables["membership_fit"].to_dict("records")
    columns = (
        Column(labels.word("paper_measure_model"), "left"),
        *(Column(labels.word("correction", row["correction"]),
                 spanner=labels.word("model", row["model"])) for row in fits),
    )  # fmt: skip
    rows = [
        (labels.word("column", name), *(labels.number(row[name], places) for row in fits))
        for name, places in _MEASURES
    ]
    rows += [
        (labels.word("column", name), *(labels.word(name, row[name]) for row in fits))
        for name in _WORDED
    ]
    return plain_table(
        columns, rows, labels.word("paper_model_fit_note"), separation_remark(tables, labels)
    )


@table_exhibit(
    "sparse",
    needs=("membership_sparse",),
    absent=no_sparse_cells,
    section="membership",
    place=9,
    scrolling=True,
)
def sparse_cells_table(tables: Tables, labels: Labels) -> PaperTable:
    """Return the answers that fewer than five respondents of a type gave.

    Uses ``membership_sparse`` and ``classes``.
    """
    rows = [
        (
            labels.category(row["variable"], row["category"]),
            type_name(tables, labels, int(row["class"])),
            cell(labels.number(row["n"], 0), row["n"], row),
        )
        for row in tables["membership_sparse"].to_dict("records")
    ]
    columns = (
        Column(labels.word("category"), "left"),
        Column(labels.word("type"), "left"),
        Column("n"),
    )
    notes = hidden_notes(labels, tables["membership_sparse"])
    return plain_table(columns, rows, labels.word("paper_sparse_note"), *notes)


def _notes(tables: Tables, labels: Labels) -> tuple[str, ...]:
    remarks = (
        left_out_remark, sample_remark, events_remark, separation_remark, profile_remark,
        fit_remark, unstable_remark, correction_remark,
    )  # fmt: skip
    return tuple(filter(None, (remark(tables, labels) for remark in remarks)))


def _name_columns(language: str) -> tuple[Column, ...]:
    return (
        Column(word("paper_characteristic", language), "left"),
        Column(word("paper_reference_answer", language), "left"),
    )


def _ratio_columns(key: str, labels: Labels, *, corrected: pd.DataFrame) -> tuple[Column, ...]:
    language = labels.language
    interval, ratio = labels.word("paper_ci"), labels.word(key)
    columns = (
        *_name_columns(language),
        Column(ratio),
        Column(interval),
        Column(labels.word("p_value")),
    )
    if corrected.empty:
        return columns
    spanner = labels.word("correction", str(corrected["correction"].iloc[0]))
    return (*columns, Column(ratio, spanner=spanner), Column(interval, spanner=spanner))


def _ratio_rows(
    terms: pd.DataFrame, corrected: pd.DataFrame, labels: Labels
) -> tuple[tuple[str, ...], ...]:
    language = labels.language
    beside = {row["term"]: row for row in corrected.to_dict("records")}
    rows = []
    for row in terms.to_dict("records"):
        cells = [
            *_named(row, labels),
            *ratio_cells(row, language),
            labels.p(float(row["p_value"])),
        ]
        if row["term"] in beside:
            cells += ratio_cells(beside[row["term"]], language)
        rows.append(tuple(cells))
    return tuple(rows)


def _named(row: TableRow, labels: Labels) -> tuple[str, str]:
    """Return a term and what it is compared with."""
    category, reference = text_of(row["category"]), text_of(row["reference_category"])
    variable = str(row["variable"])
    if not category:
        return term_words(row, labels), MISSING_NUMBER
    return labels.category(variable, category), labels.answer(variable, reference)


def _share(row: TableRow, labels: Labels) -> str:
    low, high = (labels.number(float(row[name])) for name in ("low", "high"))
    interval = labels.word("paper_range", low=low, high=high)
    return f"{labels.number(float(row['probability']))} ({interval})"


def _effect(row: TableRow, language: str) -> str:
    low, high = (number(row[name], language) for name in ("low", "high"))
    interval = word("paper_range", language, low=low, high=high)
    return f"{number(row['marginal_effect'], language)} ({interval})"


@table_exhibit(
    "pooled_ratios",
    needs=("membership_pooled",),
    absent=nothing_pooled,
    section="membership",
    place=11,
    scrolling=True,
)
def pooled_ratios_table(tables: Tables, labels: Labels) -> PaperTable:
    """Return the relative risk ratios pooled over the imputations of the missing answers.

    Uses ``membership_pooled`` and ``classes``.
    """
    found = tables["membership_pooled"]
    wide = ~(found["high"] <= UNSTABLE_SPAN * found["low"])
    groups = [
        RowGroup(
            type_name(tables, labels, int(str(number_))),
            tuple(
                (
                    _pooled_name(row, labels),
                    *ratio_cells(row, labels.language),
                    labels.p(float(row["p_value"])),
                    labels.number(row["fmi"]),
                )
                for row in rows.to_dict("records")
            ),
        )
        for number_, rows in found.assign(unstable=wide).groupby("class", sort=False)
    ]
    columns = (
        Column(labels.word("paper_characteristic"), "left"),
        Column(labels.word("paper_relative_risk_ratio")),
        Column(labels.word("paper_ci")),
        Column(labels.word("p_value")),
        Column(labels.word("column", "fmi")),
    )
    note = labels.word(
        "paper_pooled_note",
        count=int(found["imputations"].iloc[0]),
        type=type_name(tables, labels, int(found["reference_class"].iloc[0])),
    )
    marked = labels.word("membership_unstable", plural=2, mark=UNSTABLE_MARK) if wide.any() else ""
    return PaperTable(columns, tuple(groups), tuple(filter(None, (note, marked))))


def _pooled_name(row: TableRow, labels: Labels) -> str:
    category = text_of(row["category"])
    if category:
        return labels.category(str(row["variable"]), category)
    return labels.short(str(row["variable"]))


@table_exhibit(
    "classification_errors",
    needs=("classification_errors",),
    absent=no_errors,
    section="membership",
    place=10,
)
def classification_errors_table(tables: Tables, labels: Labels) -> PaperTable:
    """Return to which type those of each type are assigned, over the resamples.

    Percent, a row a type. Uses ``classification_errors`` and ``classes``.
    """
    errors = tables["classification_errors"]
    wide = errors.pivot_table(index="class", columns="assigned_class", values="share", dropna=False)
    rows = [
        (type_name(tables, labels, int(str(each))), *(labels.number(share) for share in shares))
        for each, shares in wide.iterrows()
    ]
    spanner = labels.word("paper_assigned")
    columns = (
        Column(labels.word("paper_falls_in"), "left"),
        *(Column(type_name(tables, labels, int(str(each))), spanner=spanner) for each in wide),
    )
    return plain_table(columns, rows, labels.word("paper_classification_errors_note"))
