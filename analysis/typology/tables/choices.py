"""Tables of what other choices and other methods say: criteria, sensitivity, latent classes."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd

from typology.findings import Tables
from typology.labels import Labels
from typology.tables.paper_table import Column, PaperTable, RowGroup, plain_table
from typology.tables.validity import between, type_name
from typology.validity_notes import REDUCED, reasons
from typology.words import number, p_value, percent, word

_RATES = ("benzecri", "greenacre")
_SETTINGS = ("axes", "classes", "missing", "active_set", "consolidated")


def criteria_table(tables: Tables, labels: Labels) -> PaperTable:
    """Return what each criterion says of the numbers of axes and of classes.

    Parameters
    ----------
    tables : mapping of table name to DataFrame
        Uses ``axes_criteria``, ``axes``, ``classes`` and, when it is there,
        ``classes_criteria_summary``.
    labels : Labels

    Returns
    -------
    PaperTable
    """
    language = labels.language
    groups = [
        RowGroup(
            word("paper_criteria_axes", language),
            tuple(_axes_row(row, language) for row in tables["axes_criteria"].to_dict("records")),
        )
    ]
    options = {"axes": int(tables["axes"]["kept"].sum())}
    key = "paper_criteria_note_axes"
    if "classes_criteria_summary" in tables:
        summary = tables["classes_criteria_summary"].to_dict("records")
        rows = tuple(_classes_row(row, language) for row in summary)
        groups.append(RowGroup(word("paper_criteria_classes", language), rows))
        options["classes"] = len(tables["classes"])
        key = "paper_criteria_note"
    columns = (
        Column(word("paper_criterion", language), "left"),
        Column(word("paper_rule", language), "left"),
        Column(word("paper_number", language)),
        Column(word("paper_value", language)),
    )
    return PaperTable(columns, tuple(groups), (word(key, language, **options),))


def sensitivity_table(tables: Tables, labels: Labels) -> PaperTable:
    """Return the agreement with the study's partition by each choice.

    Parameters
    ----------
    tables : mapping of table name to DataFrame
        Uses ``sensitivity_cases``.
    labels : Labels

    Returns
    -------
    PaperTable
        A group of rows a choice: axes, classes, missing answers, active items, consolidation.
    """
    language = labels.language
    cases = tables["sensitivity_cases"]
    groups = []
    for setting in _SETTINGS:
        rows = []
        for value, chosen in cases.groupby(setting, sort=setting in ("axes", "classes")):
            agreement = chosen["adjusted_rand"]
            rows.append(
                (
                    _choice(setting, value, labels),
                    number(len(chosen), language, 0),
                    number(agreement.median(), language, 2),
                    between(agreement.min(), agreement.max(), language),
                    number(chosen["same_share"].median(), language),
                )
            )
        groups.append(RowGroup(word(f"paper_choice_{setting}", language), tuple(rows)))
    rand = word("paper_adjusted_rand", language)
    columns = (
        Column(word("paper_choice", language), "left"),
        Column(word("paper_cases", language)),
        Column(word("paper_rand_median", language), spanner=rand),
        Column(word("paper_rand_range", language), spanner=rand),
        Column(word("paper_same_share", language)),
    )
    notes = (word("paper_sensitivity_note", language), *_reduced(tables, "sensitivity", language))
    return PaperTable(columns, tuple(groups), notes)


def sensitivity_types_table(tables: Tables, labels: Labels) -> PaperTable:
    """Return how far each type is found again under other choices.

    Parameters
    ----------
    tables : mapping of table name to DataFrame
        Uses ``sensitivity_classes`` and ``classes``.
    labels : Labels

    Returns
    -------
    PaperTable
    """
    language = labels.language
    known = tables["sensitivity_classes"].dropna(subset=["jaccard"])
    rows = [
        (
            type_name(tables, labels, int(str(class_number))),
            number(chosen["kept_share"].median(), language),
            number(chosen["jaccard"].median(), language, 2),
            between(chosen["jaccard"].min(), chosen["jaccard"].max(), language),
        )
        for class_number, chosen in known.groupby("class")
    ]
    columns = (
        Column(word("type", language), "left"),
        Column(word("paper_kept_share", language)),
        Column(word("paper_jaccard_median", language)),
        Column(word("paper_jaccard_range", language)),
    )
    return plain_table(columns, rows, word("paper_sensitivity_types_note", language))


def latent_class_table(tables: Tables, labels: Labels) -> PaperTable:
    """Return the latent class models, from one class up.

    Parameters
    ----------
    tables : mapping of table name to DataFrame
        Uses ``latent_classes``.
    labels : Labels

    Returns
    -------
    PaperTable
        The lowest BIC and adjusted BIC are starred; models not found again bear a dagger.
    """
    language = labels.language
    models = tables["latent_classes"]
    rows = [
        (
            number(row["classes"], language, 0) + ("" if row["replicated"] else "†"),
            number(row["log_likelihood"], language, 0),
            number(row["parameters"], language, 0),
            *(
                number(row[name], language, 0) + ("*" if row[name] == models[name].min() else "")
                for name in ("bic", "abic")
            ),
            number(row["entropy"], language, 3),
            number(row["smallest_share"], language),
            p_value(row["p_value"], language),
        )
        for row in models.to_dict("records")
    ]
    names = ("log_likelihood", "parameters", "bic", "abic", "entropy", "smallest", "p")
    columns = (
        Column(word("classes", language)),
        *(Column(word(f"paper_{name}", language)) for name in names),
    )
    notes = (word("paper_latent_note", language), *_reduced(tables, "latent classes", language))
    return plain_table(columns, rows, " ".join(notes))


def other_methods_table(tables: Tables, labels: Labels) -> PaperTable:
    """Return what another method would have told.

    Parameters
    ----------
    tables : mapping of table name to DataFrame
        Uses ``other_methods``.
    labels : Labels

    Returns
    -------
    PaperTable
        The study itself comes first.
    """
    language = labels.language
    rows = [
        (
            word(f"method_{row['method']}", language),
            "–" if row["method"] == "study" else word(f"chosen_by_{row['chosen_by']}", language),
            number(row["classes"], language, 0),
            number(row["adjusted_rand"], language, 2),
            number(row["cramers_v"], language, 2),
            number(row["silhouette"], language, 2),
            number(row["smallest_share"], language),
        )
        for row in tables["other_methods"].to_dict("records")
    ]
    columns = (
        Column(word("paper_method", language), "left"),
        Column(word("paper_chosen_by", language), "left"),
        Column(word("classes", language)),
        *(
            Column(word(f"paper_{name}", language))
            for name in ("adjusted_rand", "cramer", "silhouette", "smallest")
        ),
    )
    notes = (word("paper_methods_note", language), *_reduced(tables, "other methods", language))
    return plain_table(columns, rows, " ".join(notes))


def _reduced(tables: Tables, part: str, language: str) -> list[str]:
    return reasons(tables, part, language, outcome=REDUCED)


def _axes_row(row: Mapping[Hashable, Any], language: str) -> tuple[str, ...]:
    criterion = str(row["criterion"])
    rule = word(f"criterion_rule_{criterion}", language)
    if criterion in _RATES:
        rule = f"{rule} ({percent(row['threshold'], language, 0)})"
    return (
        word(f"criterion_{criterion}", language),
        rule,
        _count(row["number"], language),
        (percent if criterion in _RATES else _precise)(row["value"], language),
    )


def _precise(value: float, language: str) -> str:
    return number(value, language, 3)


def _classes_row(row: Mapping[Hashable, Any], language: str) -> tuple[str, ...]:
    return (
        word(f"criterion_{row['criterion']}", language),
        word(f"criterion_rule_{row['criterion']}", language),
        _count(row["classes"], language),
        number(row["value"], language, 2),
    )


def _count(value: Any, language: str) -> str:
    return "–" if pd.isna(value) else number(value, language, 0)


def _choice(setting: str, value: Any, labels: Labels) -> str:
    language = labels.language
    if setting == "missing":
        return word(f"missing_{value}", language)
    if setting == "consolidated":
        return word("consolidated_yes" if value else "consolidated_no", language)
    if setting == "active_set":
        return word("active_set_all", language) if value == "all" else labels.block(str(value))
    return number(value, language, 0)
