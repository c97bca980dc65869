"""The sentence on who the respondents of each type are: which characteristics differ."""

from __future__ import annotations

from typing import Any

from typology.findings import LEVEL, Tables
from typology.labels import Labels
from typology.narrative_phrases import counted, inside, listed, quoted
from typology.tables.markdown import escape_markdown
from typology.tables.respondent_tests import effect_cell
from typology.words import p_value, word


def characteristics_sentence(tables: Tables, labels: Labels, *, top: int = 8) -> str:
    """Return which characteristics of the respondents differ between the types, and how much.

    Parameters
    ----------
    tables : mapping of table name to DataFrame
        Uses ``characteristic_tests`` where there is one.
    labels : Labels
    top : int
        Characteristics named at most, of those that differ and of the others.

    Returns
    -------
    str
        Those with a p-value below 0.05 after Holm, the smallest p-value first, each with its
        effect size and its corrected p-value; then the others. Says so when none differs, when
        none could be tested, or when none was asked.
    """
    language = labels.language
    if "characteristic_tests" not in tables:
        return word("narrative_who_nothing_asked", language)
    tests = tables["characteristic_tests"]
    made = tests[tests["p_value"].notna()].sort_values("p_value", kind="stable")
    if made.empty:
        return word("narrative_who_nothing_tested", language)
    differ = made[made["p_holm"] < LEVEL].to_dict("records")
    others = made[made["p_holm"] >= LEVEL].to_dict("records")
    if not differ:
        return _none_differs(others, labels)
    told = _named([_with_effect(row, labels) for row in differ], language, top)
    if len(made) == 1:
        return word("narrative_who_differ_only", language, list=told)
    total = counted(len(made), language)
    if not others:
        return word("narrative_who_differ_all", language, total=total, list=told)
    count = counted(len(differ), language)
    sentence = word("narrative_who_differ", language, count=count, total=total, list=told)
    rest = _named([_with_p(row, labels) for row in others], language, top)
    key = "narrative_who_other" if len(others) == 1 else "narrative_who_others"
    return f"{sentence} {word(key, language, list=rest)}"


def _none_differs(tests: list[dict[Any, Any]], labels: Labels) -> str:
    language = labels.language
    smallest = p_value(tests[0]["p_holm"], language, named=True)
    if len(tests) == 1:
        name = _name(tests[0], labels)
        return word("narrative_who_none_only", language, name=name, p=smallest)
    total = counted(len(tests), language)
    return word("narrative_who_none", language, total=total, p=smallest)


def _named(told: list[str], language: str, top: int) -> str:
    """Join what is told, the last of many being only counted."""
    left = len(told) - top
    if left < 2:
        return listed(told, language)
    more = word("narrative_who_more", language, count=counted(left, language))
    return listed([*told[:top], more], language)


def _with_effect(row: dict[Any, Any], labels: Labels) -> str:
    return word(
        "narrative_who_effect",
        labels.language,
        name=_name(row, labels),
        effect=effect_cell(row, labels.language, sign="="),
        p=p_value(row["p_holm"], labels.language, named=True),
    )


def _with_p(row: dict[Any, Any], labels: Labels) -> str:
    p = p_value(row["p_holm"], labels.language, named=True)
    return word("narrative_who_p", labels.language, name=_name(row, labels), p=p)


def _name(row: dict[Any, Any], labels: Labels) -> str:
    """Return a characteristic within a sentence: "âge", "activités « enseignement »"."""
    variable = str(row["variable"])
    question, _, choice = variable.partition(":")
    lead = escape_markdown(inside(labels.short(question)))
    return f"{lead} {quoted(labels.short(variable), labels.language)}" if choice else lead
