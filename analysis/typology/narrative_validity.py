"""Sentences on how real the typology is: stability, other choices, other methods."""

from __future__ import annotations

import pandas as pd

from typology.findings import Tables, type_id
from typology.labels import Labels
from typology.narrative_latent_classes import latent_classes_in_brief, latent_classes_sentence
from typology.narrative_phrases import counted, inside, listed
from typology.narrative_verdict import (
    not_computed,
    usual_criteria_sentence,
    verdict_meaning,
    verdict_sentence,
)
from typology.tables.markdown import escape_markdown
from typology.validity_notes import left_out
from typology.words import number, percent, word

__all__ = [
    "criteria_sentence",
    "imputation_sentence",
    "latent_classes_sentence",
    "sensitivity_sentence",
    "stability_sentence",
    "usual_criteria_sentence",
    "validity_paragraphs",
    "verdict_meaning",
    "verdict_sentence",
]

DOUBTFUL = 75.0  # percent of the resamples: Hennig's mark of what is recovered
_ALL_ITEMS = "all"


def stability_sentence(tables: Tables, labels: Labels) -> str:
    """Return how stable the types are, and how many respondents might change type.

    Parameters
    ----------
    tables : mapping of table name to DataFrame
        Uses ``stability``, ``stability_respondents`` and ``classes``.
    labels : Labels

    Returns
    -------
    str
        Why it was not computed, where the tables are absent.
    """
    if "stability" not in tables:
        return not_computed(tables, labels, "stability")
    return f"{_stability_in_brief(tables, labels)} {_doubtful(tables, labels)}"


def sensitivity_sentence(tables: Tables, labels: Labels) -> str:
    """Return how far the partition depends on the choices that made it.

    Parameters
    ----------
    tables : mapping of table name to DataFrame
        Uses ``sensitivity_cases`` and ``classes``.
    labels : Labels

    Returns
    -------
    str
        Why it was not computed, where the table is absent.
    """
    if "sensitivity_cases" not in tables:
        return not_computed(tables, labels, "sensitivity")
    language = labels.language
    cases = tables["sensitivity_cases"]
    agreement = cases["adjusted_rand"]
    sentences = [
        word(
            "sensitivity_told",
            language,
            cases=len(cases),
            low=number(agreement.min(), language, 2),
            high=number(agreement.max(), language, 2),
            median=number(agreement.median(), language, 2),
        )
    ]
    as_many = cases[cases["classes"] == len(tables["classes"])]
    medians = as_many.groupby("active_set", sort=False)["adjusted_rand"].median()
    if _ALL_ITEMS in medians:
        value = number(medians[_ALL_ITEMS], language, 2)
        sentences.append(word("sensitivity_told_same", language, value=value))
    told = [
        word(
            "sensitivity_told_set",
            language,
            value=number(median, language, 2),
            block=escape_markdown(labels.block(str(name))),
        )
        for name, median in medians.items()
        if name != _ALL_ITEMS
    ]
    if told:
        sentences.append(word("sensitivity_told_sets", language, list=listed(told, language)))
    return " ".join(sentences)


def imputation_sentence(tables: Tables, labels: Labels) -> str:
    """Return what becomes of the types when missing answers are imputed.

    Parameters
    ----------
    tables : mapping of table name to DataFrame
        Uses ``imputation_classes``, ``imputation_respondents`` and ``validity_notes``.
    labels : Labels

    Returns
    -------
    str
        That nothing is missing, or why it was not computed, where the tables are absent.
    """
    language = labels.language
    if "imputation_classes" not in tables:
        if "imputation" in left_out(tables):
            return not_computed(tables, labels, "imputation")
        return word("imputation_nothing", language)
    jaccard = tables["imputation_classes"]["mean_jaccard"]
    shares = tables["imputation_respondents"]["own_share"]
    count = int((shares < 100).sum())
    key = {0: "imputation_changed_none", 1: "imputation_changed_one"}.get(
        count, "imputation_changed"
    )
    changed = word(
        key,
        language,
        count=count,
        n=len(shares),
        share=percent(100 * count / len(shares), language),
    )
    return word(
        "imputation_told",
        language,
        low=number(jaccard.min(), language, 2),
        high=number(jaccard.max(), language, 2),
        changed=changed,
    )


def criteria_sentence(tables: Tables, labels: Labels) -> str:
    """Return the numbers of axes and of classes that the criteria suggest.

    Parameters
    ----------
    tables : mapping of table name to DataFrame
        Uses ``axes_criteria``, ``classes_criteria_summary``, ``axes`` and ``classes``.
    labels : Labels

    Returns
    -------
    str
        Why it was not computed, where the tables are absent.
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
            told.append(word("criteria_gap_one", language))
    else:
        told.append(not_computed(tables, labels, "classes criteria"))
    return " ".join(filter(None, told))


def validity_paragraphs(tables: Tables, labels: Labels) -> str:
    """Return how real the typology is.

    Parameters
    ----------
    tables : mapping of table name to DataFrame
    labels : Labels

    Returns
    -------
    str
        Three paragraphs: whether the types come back, the verdict, other choices and methods.
        Parts that were not computed are said not to be.
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


def _stability_in_brief(tables: Tables, labels: Labels) -> str:
    language = labels.language
    stability = tables["stability"]
    readings: dict[str, list[str]] = {}
    for row in stability.to_dict("records"):
        name = labels.type(type_id(tables, int(row["class"])), int(row["class"]))
        readings.setdefault(row["reading"], []).append(escape_markdown(name))
    named = {word(f"readings_{reading}", language): names for reading, names in readings.items()}
    if len(named) == 1:
        told = word("stability_all", language, reading=next(iter(named)))
    else:
        parts = [
            word("stability_reading", language, reading=reading, names=listed(names, language))
            for reading, names in named.items()
        ]
        joint = " ; " if language == "fr" else "; "
        told = word("stability_some", language, list=joint.join(parts))
    return word(
        "stability_told",
        language,
        replicates=int(stability["replicates"].iloc[0]),
        low=number(stability["mean_jaccard"].min(), language, 2),
        high=number(stability["mean_jaccard"].max(), language, 2),
        readings=told,
    )


def _doubtful(tables: Tables, labels: Labels) -> str:
    language = labels.language
    confidence = 100 * tables["stability_respondents"]["confidence"]
    count = int((confidence < DOUBTFUL).sum())
    key = {0: "stability_doubtful_none", 1: "stability_doubtful_one"}.get(
        count, "stability_doubtful"
    )
    return word(
        key,
        language,
        count=count,
        n=len(confidence),
        share=percent(100 * count / len(confidence), language),
        mark=percent(DOUBTFUL, language, 0),
    )


def _suggestions(key: str, numbers: pd.Series, kept: int, language: str) -> str:
    known = numbers.dropna().astype(int)
    if known.empty:
        return ""
    told = [
        word(
            "criterion_told",
            language,
            criterion=inside(word(f"criterion_{criterion}", language)),
            number=int(count),
        )
        for criterion, count in known.items()
    ]
    return word(
        key,
        language,
        kept=counted(kept, language),
        low=int(known.min()),
        high=int(known.max()),
        list=(" ; " if language == "fr" else "; ").join(told),
    )
