"""The sentence on who the respondents of each type are: which characteristics differ."""

from __future__ import annotations

from typing import Any

import pandas as pd

from typology.exhibits.clauses import inside, listed, quoted, with_count
from typology.exhibits.hidden_counts import is_hidden, told_p
from typology.exhibits.labels import Labels
from typology.exhibits.run_tables import LEVEL, Tables
from typology.people.rank_sentences import ranked_sentences
from typology.people.tests_table import effect_cell
from typology.words import word
from typology.words.markdown import escape_markdown


def characteristics_sentence(tables: Tables, labels: Labels, *, top: int = 8) -> str:
    """Return which characteristics of the respondents differ between the types, and how much.

    What was ranked comes after, in the order that all respondents give. Uses the tables of
    `rank_sentences.ranked_sentences` and ``characteristic_tests`` where there are any.
    """
    told = [_differences(tables, labels, top), *_untold(tables, labels, top)]
    return " ".join([*filter(None, told), *ranked_sentences(tables, labels)])


def _differences(tables: Tables, labels: Labels, top: int) -> str:
    """Return which characteristics differ, and which do not.

    Those with a p-value below 0.05 after Holm, the smallest p-value first, each with its effect
    size and its corrected p-value; then the others; ``top`` of each are named at most. Says so when
    none differs, when none could be tested, or when none was asked.
    """
    language = labels.language
    if "characteristic_tests" not in tables:
        return labels.word("narrative_who_nothing_asked")
    tests = tables["characteristic_tests"]
    made = tests[tests["p_value"].notna()].sort_values("p_value", kind="stable")
    if made.empty:
        untold = len(_without_p(tests))
        return "" if untold else labels.word("narrative_who_nothing_tested")
    differ = made[made["p_holm"] < LEVEL].to_dict("records")
    others = made[made["p_holm"] >= LEVEL].to_dict("records")
    known = "published" if _without_p(tests) else "all"
    tested = labels.word("narrative_who_tested", known, plural=len(made))
    if not differ:
        return _none_differs(others, tested, labels)
    told = _named([_with_effect(row, labels) for row in differ], language, top)
    if len(made) == 1:
        return labels.word("narrative_who_differ_only", tested=tested, list=told)
    total = with_count(len(made), language)
    if not others:
        return labels.word("narrative_who_differ_all", total=total, tested=tested, list=told)
    count = with_count(len(differ), language)
    sentence = labels.word(
        "narrative_who_differ", count=count, total=total, tested=tested, list=told
    )
    rest = _named([_with_p(row, labels) for row in others], language, top)
    return f"{sentence} {labels.word('narrative_who_others', plural=len(others), list=rest)}"


def _without_p(tests: pd.DataFrame) -> list[dict[Any, Any]]:
    """Return the tests that were made, and whose p-value is not published."""
    rows = tests[(tests["test"] != "none") & tests["p_value"].isna()].to_dict("records")
    return [row for row in rows if is_hidden(row)]


def _untold(tables: Tables, labels: Labels, top: int) -> list[str]:
    """Return the sentence on the tests that are not published, if there are any."""
    if "characteristic_tests" not in tables:
        return []
    rows = _without_p(tables["characteristic_tests"])
    if not rows:
        return []
    names = _named([_name(row, labels) for row in rows], labels.language, top)
    return [labels.word("narrative_who_untold", plural=len(rows), list=names)]


def _none_differs(tests: list[dict[Any, Any]], tested: str, labels: Labels) -> str:
    language = labels.language
    smallest = told_p(tests[0], "p_holm", language, named=True)
    if len(tests) == 1:
        name = _name(tests[0], labels)
        return labels.word("narrative_who_none_only", tested=tested, name=name, p=smallest)
    total = with_count(len(tests), language)
    return labels.word("narrative_who_none", total=total, tested=tested, p=smallest)


def _named(told: list[str], language: str, top: int) -> str:
    """Join what is told, the last of many being only counted."""
    left = len(told) - top
    if left < 2:
        return listed(told, language)
    more = word("narrative_who_more", language, count=with_count(left, language))
    return listed([*told[:top], more], language)


def _with_effect(row: dict[Any, Any], labels: Labels) -> str:
    return labels.word(
        "narrative_who_effect",
        name=_name(row, labels),
        effect=effect_cell(row, labels.language, sign="="),
        p=told_p(row, "p_holm", labels.language, named=True),
    )


def _with_p(row: dict[Any, Any], labels: Labels) -> str:
    p = told_p(row, "p_holm", labels.language, named=True)
    return labels.word("narrative_who_p", name=_name(row, labels), p=p)


def _name(row: dict[Any, Any], labels: Labels) -> str:
    """Return a characteristic within a sentence: "âge", "activités « enseignement »"."""
    variable = str(row["variable"])
    question, _, choice = variable.partition(":")
    lead = escape_markdown(inside(labels.short(question)))
    return f"{lead} {quoted(labels.short(variable), labels.language)}" if choice else lead


def flow_sentence(tables: Tables, labels: Labels) -> str:
    """Return how many answers were read, left out and why, and analysed.

    Uses ``flow``.
    """
    language = labels.language
    flow = tables["flow"]
    remaining = dict(zip(flow["step_id"], flow["remaining"], strict=True))
    read, analysed = int(remaining["read"]), int(remaining["analysed"])
    reasons = flow[flow["excluded"] > 0].set_index("step_id")["excluded"]
    if reasons.empty:
        return labels.word("narrative_flow_all", plural=read, n=read)
    told = [labels.word("narrative_left_out", step) for step in reasons.index]
    if len(told) > 1:
        counts = [labels.number(count, 0) for count in reasons]
        told = [f"{count} {reason}" for count, reason in zip(counts, told, strict=True)]
    total = int(reasons.sum())
    return labels.word(
        "narrative_flow",
        plural=total,
        n=read,
        out=total,
        analysed=analysed,
        reasons=listed(told, language),
    )
