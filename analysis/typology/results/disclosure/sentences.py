"""What was hidden, and how well respondents are hidden among one another, in words."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd

from typology.exhibits.clauses import listed
from typology.exhibits.labels import Labels
from typology.results.disclosure.report import QUESTIONS_JOINED


def disclosure_sentences(report: pd.DataFrame, labels: Labels) -> list[str]:
    """Return the report of disclosure as sentences: the rule, the risk, what to merge."""
    values = {
        (row["measure"], row["table"]): int(row["value"]) for row in report.to_dict("records")
    }
    smallest = values["smallest_cell", ""]
    if smallest == 1:
        told = [labels.word("disclosure_off")]
    else:
        count = values["hidden_cells", ""]
        told = [
            labels.word(
                "disclosure_hidden", plural=count, count=labels.number(count, 0), smallest=smallest
            )
        ]
    given = report[report["measure"] == "given_by_weights"]
    if len(given):
        count = int(given["value"].sum())
        by = listed([labels.with_question(name) for name in given["variable"]], labels.language)
        told.append(labels.word("disclosure_given_by_weights", plural=count, count=count, list=by))
    if ("k_anonymity", "") not in values:
        return told
    unique = values["unique_combinations", ""]
    told.append(
        labels.word(
            "disclosure_anonymity",
            plural=unique,
            unique=labels.number(unique, 0),
            k=values["k_anonymity", ""],
            diversity=values["l_diversity", ""],
        )
    )
    risky = report[report["measure"] == "unique_without"]
    if unique and (risky["value"] >= unique).all():
        told.append(labels.word("disclosure_any_question"))
    risky = risky[risky["value"] < unique]
    if len(risky):
        questions = [
            labels.word(
                "disclosure_question",
                question=labels.with_question(row["variable"]),
                left=row["value"],
            )
            for row in risky.to_dict("records")
        ]
        told.append(labels.word("disclosure_riskiest", list=listed(questions, labels.language)))
    merges = [_merge(row, labels) for row in report.to_dict("records")
              if row["measure"] == "unique_merged" and row["value"] < unique]  # fmt: skip
    if merges:
        told.append(labels.word("disclosure_merge", list=listed(merges, labels.language)))
    return told


def _merge(row: Mapping[Hashable, Any], labels: Labels) -> str:
    variable = str(row["variable"])
    return labels.word(
        "disclosure_merged", question=labels.with_question(variable),
        answers=merged_answers(variable, str(row["merged"]), labels), left=row["value"],
    )  # fmt: skip


def merged_answers(variable: str, merged: str, labels: Labels) -> str:
    """Return the words of the answers that would be merged; "" without any."""
    if not variable or not merged:
        return ""
    answers = [
        labels.answer(variable, each) if each else labels.word("no_answer")
        for each in merged.split(QUESTIONS_JOINED)
    ]
    return listed(answers, labels.language)
