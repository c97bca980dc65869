"""Sentences on the other evidence: what each method says, and whether they agree."""

from __future__ import annotations

from typing import Any

import pandas as pd

from typology.exhibits.clauses import listed, with_count
from typology.exhibits.labels import Labels
from typology.exhibits.run_tables import Tables
from typology.validity.evidence.readings import (
    CUT_IN_TWO,
    LEAST_BIC,
    SAYS,
    UNCLEAR,
    model_says,
)
from typology.validity.verdict_sentences import not_computed


def evidence_sentence(tables: Tables, labels: Labels) -> str:
    """Return what the other methods say, whether they agree, and whether with the verdict.

    Empty where none was computed. Uses ``evidence``.
    """
    others = _others(tables)
    if not others:
        return ""
    leanings = []
    for says in SAYS:
        methods = [method for method, said in others.items() if said == says]
        if methods:
            leanings.append(
                labels.word(
                    "evidence_leans", says, plural=len(methods), names=_named(methods, labels)
                )
            )
    joint = labels.word("narrative_then")
    told = labels.word("evidence_told", list=joint.join(leanings))
    return " ".join(filter(None, (told, _agreement(tables, labels, others))))


def comparison_curve_sentence(tables: Tables, labels: Labels) -> str:
    """Return whether the answers are like two groups or like a continuum.

    Why it was not computed, where the table is absent. Uses ``comparison_curve`` and ``evidence``.
    """
    if "comparison_curve" not in tables:
        return not_computed(tables, labels, "comparison curve")
    row = tables["comparison_curve"].iloc[0]
    ranges = ("continuum_low", "continuum_high", "groups_low", "groups_high")
    written: dict[str, Any] = {
        name: labels.number(row[name], 2)
        for name in ("ccfi", "mambac", "l_mode", *ranges)
        if pd.notna(row[name])
    }
    known = all(name in written for name in ranges)
    sentences = [
        labels.word(
            "comparison_curve_told",
            _said(tables, "comparison curve"),
            below=labels.number(row["continuum_below"], 2),
            above=labels.number(row["groups_above"], 2),
            ranges=labels.word("comparison_curve_ranges", **written) if known else "",
            **written,
        )
    ]
    marks = [(row[name] > row["continuum_below"]) + (row[name] > row["groups_above"])
             for name in ("mambac", "l_mode")]  # fmt: skip
    if marks[0] != marks[1]:
        sentences.append(labels.word("comparison_curve_apart", **written))
    return " ".join(sentences)


def answer_models_sentence(tables: Tables, labels: Labels) -> str:
    """Return which model gives the answers at least cost, and what that says.

    Why it was not computed, where the table is absent. Uses ``answer_models`` and ``evidence``.
    """
    if "answer_models" not in tables:
        return not_computed(tables, labels, "answer models")
    models = tables["answer_models"]
    model, rival = best_and_rival(models, labels)
    best = models.iloc[int(models["bic"].to_numpy().argmin())]
    says = model_says(str(best["answer_model"]), int(best["classes"]))
    [ahead] = _values(tables, "answer models", "value")
    sentences = [
        labels.word("answer_models_told", says, count=with_count(len(models), labels.language),
                    model=model)
    ]  # fmt: skip
    if pd.notna(ahead):
        key = "answer_models_close" if ahead < LEAST_BIC else "answer_models_rival"
        value = labels.number(ahead, 0 if ahead >= LEAST_BIC else 1)
        sentences.append(labels.word(key, rival=rival, ahead=value))
    if says == UNCLEAR:
        sentences.append(labels.word("answer_models_limit", str(best["answer_model"])))
    return " ".join(sentences)


def prediction_strength_sentence(tables: Tables, labels: Labels) -> str:
    """Return whether the types of one half of the respondents are those of the other.

    Why it was not computed, where the table is absent. Uses ``prediction_strength``, ``evidence``
    and ``classes``.
    """
    if "prediction_strength" not in tables:
        return not_computed(tables, labels, "prediction strength")
    strengths, classes = tables["prediction_strength"], len(tables["classes"])
    value, number = _values(tables, "prediction strength", "value", "number")
    threshold = float(strengths["threshold"].iloc[0])
    if pd.isna(value):
        which = "unknown"
    elif value > threshold:
        which = "groups" if classes > CUT_IN_TWO else "halves"
    else:
        which = "none" if number == 1 else "others"
    told = labels.word(
        "prediction_strength_told",
        which,
        classes=with_count(classes, labels.language),
        number=with_count(number, labels.language),
        value="" if pd.isna(value) else labels.number(value, 2),
        threshold=labels.number(threshold, 2),
    )
    halves = which == "others" and number == CUT_IN_TWO
    return f"{told} {labels.word('prediction_strength_halves')}" if halves else told


def class_selection_sentence(tables: Tables, labels: Labels) -> str:
    """Return which number of classes changes least from one resample to another.

    Why it was not computed, where the table is absent. Uses ``class_selection``, ``evidence`` and
    ``classes``.
    """
    if "class_selection" not in tables:
        return not_computed(tables, labels, "class selection")
    selection, classes = tables["class_selection"], len(tables["classes"])
    value, number = _values(tables, "class selection", "value", "number")
    which = "unknown" if pd.isna(value) else "same" if number == classes else "other"
    told = labels.word(
        "class_selection_told",
        which,
        classes=with_count(classes, labels.language),
        number=with_count(number, labels.language),
        least=labels.number(selection["instability"].min(), 2),
        value="" if pd.isna(value) else labels.number(value, 2),
    )
    return f"{told} {labels.word('class_selection_limit')}"


def best_and_rival(models: pd.DataFrame, labels: Labels) -> tuple[str, str]:
    """Return in words the model of lowest BIC, and the lowest of those that say something else.

    A dash where there is no other. Columns read: ``answer_model``, ``classes``, ``bic``.
    """
    ranked = models.sort_values("bic", kind="stable").to_dict("records")
    said = [model_says(str(row["answer_model"]), int(row["classes"])) for row in ranked]
    other = next((row for row, says in zip(ranked, said, strict=True) if says != said[0]), None)
    named = [
        labels.word(
            "answer_model_named",
            str(row["answer_model"]),
            plural=int(row["classes"]),
            count=with_count(int(row["classes"]), labels.language),
        )
        for row in (ranked[0], other)
        if row is not None
    ]
    return named[0], named[1] if len(named) > 1 else "–"


def _others(tables: Tables) -> dict[str, str]:
    """Return what each method but the verdict says."""
    if "evidence" not in tables:
        return {}
    said = dict(zip(tables["evidence"]["evidence"], tables["evidence"]["says"], strict=True))
    return {str(method): str(says) for method, says in said.items() if method != "verdict"}


def _said(tables: Tables, method: str) -> str:
    evidence = tables["evidence"]
    return str(evidence.loc[evidence["evidence"] == method, "says"].iloc[0])


def _values(tables: Tables, method: str, *columns: str) -> list[Any]:
    evidence = tables["evidence"]
    row = evidence[evidence["evidence"] == method].iloc[0]
    return [row[column] for column in columns]


def _agreement(tables: Tables, labels: Labels, others: dict[str, str]) -> str:
    """Return whether those that decide agree with one another and with the verdict."""
    decisive = {method: says for method, says in others.items() if says != UNCLEAR}
    divided = len(set(decisive.values())) > 1
    if "verdict" not in set(tables["evidence"]["evidence"]):
        return labels.word("evidence_agreement", "divided_alone") if divided else ""
    if not decisive:
        return labels.word("evidence_agreement", "none")
    verdict = _said(tables, "verdict")
    against = [method for method, says in decisive.items() if says != verdict]
    which = "agrees" if not against else "divided" if divided else "contradicts"
    return labels.word(
        "evidence_agreement",
        which,
        plural=None if which == "divided" else len(decisive),
        verdict=labels.word("says", verdict),
        names=_named(against, labels) if against else "",
    )


def _named(methods: list[str], labels: Labels) -> str:
    return listed([labels.word("evidence_phrase", each) for each in methods], labels.language)
