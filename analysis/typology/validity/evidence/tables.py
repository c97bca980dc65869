"""Tables of the other evidence: all of it at a glance, then each method."""

from __future__ import annotations

from functools import partial
from typing import Any

import numpy as np
import pandas as pd

from typology.exhibits.labels import Labels
from typology.exhibits.paper_table import Column, PaperTable, plain_table
from typology.exhibits.registry import table_exhibit
from typology.exhibits.run_tables import TableRow, Tables, is_weighted
from typology.validity.evidence.readings import UNSAID, model_says
from typology.validity.evidence.sentences import best_and_rival
from typology.validity.tables import between
from typology.validity.verdict_sentences import not_computed
from typology.words.statistic_values import replicated_p


@table_exhibit(
    "evidence",
    needs=("evidence",),
    absent=partial(not_computed, part="other evidence"),
    section="reality",
    place=5,
)
def evidence_table(tables: Tables, labels: Labels) -> PaperTable:
    """Return what the verdict and every other method say: a row a method.

    Uses ``evidence``, the table of each method in it, and ``classes``.
    """
    rows = [
        (
            labels.word("evidence", row["evidence"]),
            labels.word("evidence_asks", row["evidence"]),
            _found(row, tables, labels),
            _says(row, labels),
            labels.word("evidence_limit", row["evidence"]),
        )
        for row in tables["evidence"].to_dict("records")
    ]
    columns = (
        Column(labels.word("column", "evidence"), "left"),
        Column(labels.word("paper_evidence_asks"), "left"),
        Column(labels.word("paper_evidence_found"), "left"),
        Column(labels.word("paper_evidence_says"), "left"),
        Column(labels.word("paper_evidence_limit"), "left"),
    )
    weights = labels.word("paper_evidence_weights") if is_weighted(tables) else ""
    return plain_table(columns, rows, labels.word("paper_evidence_note"), weights)


@table_exhibit(
    "comparison_curve",
    needs=("comparison_curve",),
    absent=partial(not_computed, part="comparison curve"),
    section="reality",
    place=9,
)
def comparison_curve_table(tables: Tables, labels: Labels) -> PaperTable:
    """Return the index of each curve, and what samples of each kind have.

    Uses ``comparison_curve``.
    """
    row = tables["comparison_curve"].to_dict("records")[0]
    language = labels.language
    rows = [
        (labels.word("procedure", "MAMBAC"), labels.number(row["mambac"], 2), "–", "–"),
        (labels.word("procedure", "L-Mode"), labels.number(row["l_mode"], 2), "–", "–"),
        (
            labels.word("paper_curve_both"),
            labels.number(row["ccfi"], 2),
            between(row["continuum_low"], row["continuum_high"], language),
            between(row["groups_low"], row["groups_high"], language),
        ),
    ]
    columns = (
        Column(labels.word("paper_curve_row"), "left"),
        Column(labels.word("paper_curve_index")),
        Column(labels.word("paper_curve_continuum")),
        Column(labels.word("paper_curve_groups")),
    )
    note = labels.word(
        "paper_curve_note",
        samples=labels.number(row["samples"], 0),
        below=labels.number(row["continuum_below"], 2),
        above=labels.number(row["groups_above"], 2),
    )
    weights = labels.word("paper_evidence_weights") if is_weighted(tables) else ""
    return plain_table(columns, rows, note, weights)


@table_exhibit(
    "answer_models",
    needs=("answer_models",),
    absent=partial(not_computed, part="answer models"),
    section="reality",
    place=10,
)
def answer_models_table(tables: Tables, labels: Labels) -> PaperTable:
    """Return the models of the answers, from classes to continuous attitudes.

    The lowest BIC is starred; models that did not converge bear a dagger. Uses ``answer_models``.
    """
    rows = [
        (
            labels.word("answer_model", row["answer_model"]) + ("" if row["converged"] else "†"),
            labels.number(row["classes"], 0) if row["classes"] else "–",
            labels.number(row["log_likelihood"], 0),
            labels.number(row["parameters"], 0),
            labels.number(row["bic"], 0) + ("*" if row["bic_rank"] == 1 else ""),
            labels.number(row["bic_above_best"], 0),
            labels.word("says", model_says(row["answer_model"], row["classes"])),
        )
        for row in tables["answer_models"].to_dict("records")
    ]
    columns = (
        Column(labels.word("paper_model"), "left"),
        Column(labels.word("classes")),
        Column(labels.word("paper_log_likelihood")),
        Column(labels.word("paper_parameters")),
        Column(labels.word("paper_bic")),
        Column(labels.word("paper_above_best")),
        Column(labels.word("paper_model_says"), "left"),
    )
    return plain_table(columns, rows, labels.word("paper_models_answer_note"))


@table_exhibit(
    "prediction_strength",
    needs=("prediction_strength",),
    absent=partial(not_computed, part="prediction strength"),
    section="reality",
    place=11,
)
def prediction_strength_table(tables: Tables, labels: Labels) -> PaperTable:
    """Return how well the classes of one half predict those of the other.

    Uses ``prediction_strength``.
    """
    strengths = tables["prediction_strength"]
    rows = [
        (
            labels.number(row["classes"], 0),
            labels.number(row["prediction_strength"], 2),
            between(row["split_low"], row["split_high"], labels.language),
            labels.word("yes" if row["predicted"] else "no"),
        )
        for row in strengths.to_dict("records")
    ]
    columns = (
        Column(labels.word("classes"), "left"),
        Column(labels.word("paper_strength")),
        Column(labels.word("paper_null_range")),
        Column(labels.word("paper_predicted"), "left"),
    )
    note = labels.word(
        "paper_strength_note",
        splits=labels.number(strengths["halvings"].max(), 0),
        threshold=labels.number(strengths["threshold"].iloc[0], 2),
    )
    return plain_table(columns, rows, note)


@table_exhibit(
    "class_selection",
    needs=("class_selection",),
    absent=partial(not_computed, part="class selection"),
    section="reality",
    place=12,
)
def class_selection_table(tables: Tables, labels: Labels) -> PaperTable:
    """Return what comes back of each number of classes; the lowest instability is starred.

    Uses ``class_selection``.
    """
    selection = tables["class_selection"]
    rows = [
        (
            labels.number(row["classes"], 0),
            labels.number(100 * row["instability"]) + ("*" if row["steadiest"] else ""),
            labels.number(row["mean_jaccard"], 2),
            labels.number(row["least_jaccard"], 2),
        )
        for row in selection.to_dict("records")
    ]
    jaccard = labels.word("paper_mean_jaccard")
    columns = (
        Column(labels.word("classes"), "left"),
        Column(labels.word("paper_instability")),
        Column(labels.word("mean"), spanner=jaccard),
        Column(labels.word("paper_least_jaccard"), spanner=jaccard),
    )
    pairs = labels.number(selection["replicates"].max(), 0)
    return plain_table(columns, rows, labels.word("paper_selection_note", pairs=pairs))


def _says(row: TableRow, labels: Labels) -> str:
    says = labels.word("says", row["says"])
    if row["sure"] == UNSAID:
        return says
    return labels.word("evidence_says", says=says, sure=labels.word("sure", row["sure"]))


def _found(row: TableRow, tables: Tables, labels: Labels) -> str:
    """Return the numbers of a method, in a few words."""
    method = str(row["evidence"])
    told: dict[str, Any] = {
        "value": _number(row["value"], labels),
        "classes": labels.number(len(tables["classes"]), 0),
        "number": "–" if pd.isna(row["number"]) else labels.number(row["number"], 0),
    }
    if method == "verdict":
        rung = str(tables["verdict"]["rung"].iloc[0])
        told |= {
            "rung": labels.word("rung", rung),
            "p": replicated_p(row["value"], labels.language, _replicates(row["value"], tables)),
        }
    elif method == "comparison curve":
        curve = tables["comparison_curve"].iloc[0]
        told |= {name: labels.number(curve[name], 2) for name in ("mambac", "l_mode")}
    elif method == "answer models":
        model, rival = best_and_rival(tables["answer_models"], labels)
        told |= {"model": model, "rival": rival, "value": _number(row["value"], labels, 0)}
    return labels.word("evidence_found", method, **told)


def _replicates(value: float, tables: Tables) -> float | None:
    """Return over how many draws the p-value of a step of the verdict was counted."""
    steps = tables["verdict_steps"]
    own = steps[np.isclose(steps["p_value"], value)]
    return None if own.empty else float(own["replicates"].max())


def _number(value: float, labels: Labels, decimals: int = 2) -> str:
    return "–" if pd.isna(value) else labels.number(value, decimals)
