"""Sentences on how real the typology is: stability, other choices, other methods."""

from __future__ import annotations

import pandas as pd

from typology.exhibits.clauses import inside, listed, type_name, with_count
from typology.exhibits.hidden_counts import plural_of, told_count, told_share
from typology.exhibits.labels import Labels
from typology.exhibits.run_tables import ALL_ITEMS, Tables
from typology.validity.latent_class_sentences import latent_classes_in_brief
from typology.validity.notes import REDUCED, left_out, reasons
from typology.validity.readings import DOUBTFUL, agreement
from typology.validity.verdict_sentences import (
    not_computed,
    usual_criteria_sentence,
    verdict_sentence,
)
from typology.words import word
from typology.words.markdown import escape_markdown


def stability_sentence(tables: Tables, labels: Labels) -> str:
    """Return how stable the types are, and how many respondents might change type.

    Why it was not computed, where the tables are absent; how many resamples were left out. Uses
    ``stability``, ``stability_confidence``, ``classes`` and ``validity_notes``.
    """
    if "stability" not in tables:
        return not_computed(tables, labels, "stability")
    reduced = reasons(tables, "stability", labels.language, outcome=REDUCED)
    told = (_stability_in_brief(tables, labels), _doubtful(tables, labels), *reduced)
    return " ".join(told)


def sensitivity_sentence(tables: Tables, labels: Labels) -> str:
    """Return how far the partition depends on the choices that made it.

    Why it was not computed, where the table is absent. Uses ``sensitivity_cases`` and ``classes``.
    """
    if "sensitivity_cases" not in tables:
        return not_computed(tables, labels, "sensitivity")
    language = labels.language
    cases = tables["sensitivity_cases"]
    low, median, high = agreement(cases)
    sentences = [
        labels.word(
            "sensitivity_told",
            cases=len(cases),
            low=labels.number(low, 2),
            high=labels.number(high, 2),
            median=labels.number(median, 2),
        )
    ]
    as_many = cases[cases["classes"] == len(tables["classes"])]
    medians = {name: agreement(own)[1] for name, own in as_many.groupby("active_set", sort=False)}
    if ALL_ITEMS in medians:
        value = labels.number(medians[ALL_ITEMS], 2)
        sentences.append(labels.word("sensitivity_told_same", value=value))
    told = [
        labels.word(
            "sensitivity_told_set",
            value=labels.number(value, 2),
            block=escape_markdown(labels.block(str(name))),
        )
        for name, value in medians.items()
        if name != ALL_ITEMS
    ]
    if told:
        sentences.append(labels.word("sensitivity_told_sets", list=listed(told, language)))
    return " ".join(sentences)


def imputation_sentence(tables: Tables, labels: Labels) -> str:
    """Return what becomes of the types when missing answers are imputed.

    That nothing is missing, or why it was not computed, where the tables are absent. Uses
    ``imputation_classes``, ``imputation_changed`` and ``validity_notes``.
    """
    if "imputation_classes" not in tables:
        if "imputation" in left_out(tables):
            return not_computed(tables, labels, "imputation")
        return labels.word("imputation_nothing")
    jaccard = tables["imputation_classes"]["mean_jaccard"]
    n, count = map(float, tables["imputation_changed"].iloc[0][["n", "changed"]])
    changed = labels.word(
        "imputation_changed",
        plural=plural_of(count),
        count=told_count(count, labels.language),
        n=int(n),
        share=told_share(count, n, labels.language),
    )
    return labels.word(
        "imputation_told",
        low=labels.number(jaccard.min(), 2),
        high=labels.number(jaccard.max(), 2),
        changed=changed,
    )


def criteria_sentence(tables: Tables, labels: Labels) -> str:
    """Return the numbers of axes and of classes that the criteria suggest.

    Why it was not computed, where the tables are absent. Uses ``axes_criteria``,
    ``classes_criteria_summary``, ``axes`` and ``classes``.
    """
    if "axes_criteria" not in tables:
        return not_computed(tables, labels, "axes criteria")
    language = labels.language
    axes = tables["axes_criteria"].set_index("criterion")["number"]
    told = [_suggestions("criteria_axes_told", axes, int(tables["axes"]["kept"].sum()), language)]
    if "classes_criteria_summary" in tables:
        classes = tables["classes_criteria_summary"].set_index("criterion")["classes"]
        kept = len(tables["classes"])
        told.append(_suggestions("criteria_classes_told", classes, kept, language))
        if bool((classes.reindex(["gap"]).dropna() == 1).any()):
            told.append(labels.word("criteria_gap_one"))
    else:
        told.append(not_computed(tables, labels, "classes criteria"))
    return " ".join(filter(None, told))


def validity_paragraphs(tables: Tables, labels: Labels) -> str:
    """Return how real the typology is.

    Three paragraphs: whether the types come back, the verdict, other choices and methods. Parts
    that were not computed are said not to be.
    """
    stability = (
        _stability_in_brief(tables, labels)
        if "stability" in tables
        else not_computed(tables, labels, "stability")
    )
    paragraphs = [
        (stability, usual_criteria_sentence(tables, labels)),
        (verdict_sentence(tables, labels),),
        (
            sensitivity_sentence(tables, labels),
            latent_classes_in_brief(tables, labels),
            imputation_sentence(tables, labels),
        ),
    ]
    return "\n\n".join(" ".join(filter(None, sentences)) for sentences in paragraphs)


def validity_in_brief(tables: Tables, labels: Labels) -> str:
    """Return how real the typology is, in one paragraph.

    Whether the types come back, the verdict, another method. Parts that were not computed are
    said not to be.
    """
    stability = (
        _stability_in_brief(tables, labels)
        if "stability" in tables
        else not_computed(tables, labels, "stability")
    )
    told = (
        stability,
        verdict_sentence(tables, labels),
        latent_classes_in_brief(tables, labels),
    )
    return " ".join(filter(None, told))


def _stability_in_brief(tables: Tables, labels: Labels) -> str:
    language = labels.language
    stability = tables["stability"]
    readings: dict[str, list[str]] = {}
    for row in stability.to_dict("records"):
        name = type_name(tables, labels, int(row["class"]))
        readings.setdefault(row["reading"], []).append(escape_markdown(name))
    named = {labels.word("readings", reading): names for reading, names in readings.items()}
    if len(named) == 1:
        told = labels.word("stability_all", reading=next(iter(named)))
    else:
        parts = [
            labels.word("stability_reading", reading=reading, names=listed(names, language))
            for reading, names in named.items()
        ]
        joint = labels.word("narrative_then")
        told = labels.word("stability_some", list=joint.join(parts))
    return labels.word(
        "stability_told",
        replicates=int(stability["replicates"].iloc[0]),
        low=labels.number(stability["mean_jaccard"].min(), 2),
        high=labels.number(stability["mean_jaccard"].max(), 2),
        readings=told,
    )


def _doubtful(tables: Tables, labels: Labels) -> str:
    confidence = tables["stability_confidence"]
    n = float(confidence["n"].sum())
    count = float(confidence["all_doubtful"].iloc[0])
    return labels.word(
        "stability_doubtful",
        plural=plural_of(count),
        count=told_count(count, labels.language),
        n=int(n),
        share=told_share(count, n, labels.language),
        mark=labels.percent(DOUBTFUL, 0),
    )


def _suggestions(key: str, numbers: pd.Series, kept: int, language: str) -> str:
    known = numbers.dropna().astype(int)
    if known.empty:
        return ""
    told = [
        word(
            "criterion_told",
            language,
            criterion=inside(word("criterion", language, str(criterion))),
            number=int(count),
        )
        for criterion, count in known.items()
    ]
    return word(
        key,
        language,
        kept=with_count(kept, language),
        low=int(known.min()),
        high=int(known.max()),
        list=word("narrative_then", language).join(told),
    )
