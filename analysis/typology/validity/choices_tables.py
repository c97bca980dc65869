"""Tables of what other choices and other methods say: criteria, sensitivity, latent classes."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from functools import partial
from typing import Any

import pandas as pd

from typology.exhibits.clauses import type_name
from typology.exhibits.labels import Labels
from typology.exhibits.paper_table import Column, PaperTable, RowGroup, plain_table
from typology.exhibits.registry import table_exhibit
from typology.exhibits.run_tables import Tables
from typology.validity.notes import REDUCED, reasons
from typology.validity.readings import agreement
from typology.validity.tables import between
from typology.validity.verdict_sentences import not_computed
from typology.words import number, percent, word
from typology.words.statistic_values import replicated_p

_RATES = ("benzecri", "greenacre", "percent")
_SETTINGS = ("axes", "classes", "missing", "active_set", "consolidated")


@table_exhibit(
    "criteria",
    needs=("axes_criteria",),
    absent=partial(not_computed, part="axes criteria"),
    section="reality",
    place=4,
)
def criteria_table(tables: Tables, labels: Labels) -> PaperTable:
    """Return what each criterion says of the numbers of axes and of classes.

    Uses ``axes_criteria``, ``axes``, ``classes`` and, when it is there,
    ``classes_criteria_summary``.
    """
    language = labels.language
    groups = [
        RowGroup(
            labels.word("paper_criteria_axes"),
            tuple(_axes_row(row, language) for row in tables["axes_criteria"].to_dict("records")),
        )
    ]
    options = {"axes": int(tables["axes"]["kept"].sum())}
    key = "paper_criteria_note_axes"
    if "classes_criteria_summary" in tables:
        summary = tables["classes_criteria_summary"].to_dict("records")
        rows = tuple(_classes_row(row, language) for row in summary)
        groups.append(RowGroup(labels.word("paper_criteria_classes"), rows))
        options["classes"] = len(tables["classes"])
        key = "paper_criteria_note"
    columns = (
        Column(labels.word("paper_criterion"), "left"),
        Column(labels.word("paper_rule"), "left"),
        Column(labels.word("paper_number")),
        Column(labels.word("paper_value")),
    )
    return PaperTable(columns, tuple(groups), (labels.word(key, **options),))


@table_exhibit(
    "sensitivity_table",
    label="tbl-sensitivity",
    needs=("sensitivity_cases",),
    absent=partial(not_computed, part="sensitivity"),
)
def sensitivity_table(tables: Tables, labels: Labels) -> PaperTable:
    """Return the agreement with the study's partition by each choice.

    A group of rows a choice: axes, classes, missing answers, active items, consolidation. Uses
    ``sensitivity_cases``.
    """
    language = labels.language
    cases = tables["sensitivity_cases"]
    groups = []
    for setting in _SETTINGS:
        rows = []
        for value, chosen in cases.groupby(setting, sort=setting in ("axes", "classes")):
            low, median, high = agreement(chosen)
            rows.append(
                (
                    _choice(setting, value, labels),
                    labels.number(len(chosen), 0),
                    labels.number(median, 2),
                    between(low, high, language),
                    labels.number(chosen["same_share"].median()),
                )
            )
        groups.append(RowGroup(labels.word("paper_setting", setting), tuple(rows)))
    rand = labels.word("paper_adjusted_rand")
    columns = (
        Column(labels.word("paper_choice"), "left"),
        Column(labels.word("paper_cases")),
        Column(labels.word("paper_rand_median"), spanner=rand),
        Column(labels.word("paper_rand_range"), spanner=rand),
        Column(labels.word("paper_same_share")),
    )
    notes = (labels.word("paper_sensitivity_note"), *_reduced(tables, "sensitivity", language))
    return PaperTable(columns, tuple(groups), notes)


@table_exhibit(
    "sensitivity_types",
    needs=("sensitivity_classes",),
    absent=partial(not_computed, part="sensitivity"),
)
def sensitivity_types_table(tables: Tables, labels: Labels) -> PaperTable:
    """Return how far each type is found again under other choices.

    Uses ``sensitivity_classes`` and ``classes``.
    """
    language = labels.language
    known = tables["sensitivity_classes"].dropna(subset=["jaccard"])
    rows = [
        (
            type_name(tables, labels, int(str(class_number))),
            labels.number(chosen["kept_share"].median()),
            labels.number(chosen["jaccard"].median(), 2),
            between(chosen["jaccard"].min(), chosen["jaccard"].max(), language),
        )
        for class_number, chosen in known.groupby("class")
    ]
    columns = (
        Column(labels.word("type"), "left"),
        Column(labels.word("paper_kept_share")),
        Column(labels.word("paper_jaccard_median")),
        Column(labels.word("paper_jaccard_range")),
    )
    return plain_table(columns, rows, labels.word("paper_sensitivity_types_note"))


@table_exhibit(
    "latent_classes",
    needs=("latent_classes",),
    absent=partial(not_computed, part="latent classes"),
    section="reality",
    place=8,
)
def latent_class_table(tables: Tables, labels: Labels) -> PaperTable:
    """Return the latent class models, from one class up.

    The lowest BIC and adjusted BIC are starred; models not found again bear a dagger. Uses
    ``latent_classes``.
    """
    language = labels.language
    models = tables["latent_classes"]
    rows = [
        (
            labels.number(row["classes"], 0) + ("" if row["replicated"] else "†"),
            labels.number(row["log_likelihood"], 0),
            labels.number(row["parameters"], 0),
            *(
                labels.number(row[name], 0) + ("*" if row[name] == models[name].min() else "")
                for name in ("bic", "abic")
            ),
            labels.number(row["entropy"], 3),
            labels.number(row["smallest_share"]),
            replicated_p(row["p_value"], language, row.get("replicates"), named=False),
        )
        for row in models.to_dict("records")
    ]
    keys = (
        "paper_log_likelihood", "paper_parameters", "paper_bic", "paper_abic", "paper_entropy",
        "paper_smallest", "paper_p",
    )  # fmt: skip
    columns = (Column(labels.word("classes")), *(Column(labels.word(key)) for key in keys))
    notes = (labels.word("paper_latent_note"), *_reduced(tables, "latent classes", language))
    return plain_table(columns, rows, " ".join(notes))


@table_exhibit(
    "other_methods_table",
    label="tbl-other-methods",
    needs=("other_methods",),
    absent=partial(not_computed, part="other methods"),
    section="reality",
    place=7,
)
def other_methods_table(tables: Tables, labels: Labels) -> PaperTable:
    """Return what another method would have told.

    The study itself comes first. Uses ``other_methods``.
    """
    language = labels.language
    rows = [
        (
            labels.word("method", row["method"]),
            "–" if row["method"] == "study" else labels.word("chosen_by", row["chosen_by"]),
            labels.number(row["classes"], 0),
            labels.number(row["adjusted_rand"], 2),
            labels.number(row["cramers_v"], 2),
            labels.number(row["silhouette"], 2),
            labels.number(row["smallest_share"]),
        )
        for row in tables["other_methods"].to_dict("records")
    ]
    columns = (
        Column(labels.word("paper_method"), "left"),
        Column(labels.word("paper_chosen_by"), "left"),
        Column(labels.word("classes")),
        *(
            Column(labels.word(key))
            for key in ("paper_adjusted_rand", "paper_cramer", "paper_silhouette", "paper_smallest")
        ),
    )
    notes = (labels.word("paper_methods_note"), *_reduced(tables, "other methods", language))
    return plain_table(columns, rows, " ".join(notes))


def _reduced(tables: Tables, part: str, language: str) -> list[str]:
    return reasons(tables, part, language, outcome=REDUCED)


def _axes_row(row: Mapping[Hashable, Any], language: str) -> tuple[str, ...]:
    criterion = str(row["criterion"])
    rule = word("criterion_rule", language, criterion)
    if criterion in _RATES:
        rule = f"{rule} ({percent(row['threshold'], language, 0)})"
    return (
        word("criterion", language, criterion),
        rule,
        _count(row["number"], language),
        (percent if criterion in _RATES else _precise)(row["value"], language),
    )


def _precise(value: float, language: str) -> str:
    return number(value, language, 3)


def _classes_row(row: Mapping[Hashable, Any], language: str) -> tuple[str, ...]:
    return (
        word("criterion", language, row["criterion"]),
        word("criterion_rule", language, row["criterion"]),
        _count(row["classes"], language),
        number(row["value"], language, 2),
    )


def _count(value: Any, language: str) -> str:
    return "–" if pd.isna(value) else number(value, language, 0)


def _choice(setting: str, value: Any, labels: Labels) -> str:
    if setting == "missing":
        return labels.word("missing_rule", value)
    if setting == "consolidated":
        return labels.word("consolidated_yes" if value else "consolidated_no")
    if setting == "active_set":
        return labels.word("active_set_all") if value == "all" else labels.block(str(value))
    return labels.number(value, 0)
