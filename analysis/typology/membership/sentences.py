"""Sentences on who belongs to which type, as the models of membership tell it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from typology.exhibits.clauses import characteristic, inside, listed, quoted, to_, type_name
from typology.exhibits.labels import Labels
from typology.exhibits.run_tables import LEVEL, Tables, has_rows, text_of
from typology.membership.remarks import (
    correction_remark,
    events_remark,
    left_out_remark,
    model_notes,
    odds_remark,
    sample_remark,
    separation_remark,
)
from typology.membership.terms import (
    extremes,
    fit_of,
    is_corrected,
    predictions,
    slopes,
    value_words,
)
from typology.words.markdown import escape_markdown

_TOLD = 1
"""Terms told that go with a more favourable type, and that go against it."""


def membership_paragraphs(tables: Tables, labels: Labels) -> str:
    """Return what goes with belonging to each type, then how sure that is, in two paragraphs.

    Why there is no model, where there is none. Those of `typology.membership.measure`, and
    ``classes``.
    """
    if "membership_fit" not in tables:
        return no_models(tables, labels)
    remarks = (odds_remark, events_remark, separation_remark, correction_remark)
    paragraphs = [
        (
            _what(tables, labels),
            escape_markdown(left_out_remark(tables, labels)),
            associations_sentence(tables, labels),
            probabilities_sentence(tables, labels),
            order_sentence(tables, labels),
        ),
        (
            *(escape_markdown(remark(tables, labels)) for remark in remarks),
            labels.word("membership_caution"),
        ),
    ]
    return "\n\n".join(" ".join(filter(None, sentences)) for sentences in paragraphs)


def membership_in_brief(tables: Tables, labels: Labels) -> str:
    """Return which characteristics go with the types, in one paragraph without a ratio.

    Why there is no model, where there is none. Uses what `membership_paragraphs` does.
    """
    if "membership_fit" not in tables:
        return no_models(tables, labels)
    told = (
        _what(tables, labels),
        associations_sentence(tables, labels),
        escape_markdown(events_remark(tables, labels)),
        labels.word("membership_caution"),
    )
    return " ".join(told)


def no_models(tables: Tables, labels: Labels) -> str:
    """Return why there are no models of membership."""
    if "membership_notes" not in tables:
        return labels.word("membership_none")
    told = [labels.word("membership_none"), *model_notes(tables, labels)]
    return " ".join(escape_markdown(each) for each in told)


def no_errors(tables: Tables, labels: Labels) -> str:
    """Return why the errors of classification are not known; "" where there are no models."""
    return labels.word("membership_note", "no_errors") if "membership_fit" in tables else ""


def no_partial_odds(tables: Tables, labels: Labels) -> str:
    """Return why odds ratios are not told limit by limit; "" where the text above says why."""
    if "membership_fit" not in tables:
        return ""
    failed = (tables["membership_notes"]["remark"] == "partial_failed").any()
    if failed:
        return labels.word("membership_note", "partial_failed")
    return "" if odds_remark(tables, labels) else labels.word("membership_note", "two_classes")


def nothing_pooled(tables: Tables, labels: Labels) -> str:
    """Return why no ratio is pooled over imputations; "" where there are no models."""
    if "membership_fit" not in tables:
        return ""
    failed = (tables["membership_notes"]["remark"] == "pooling_failed").any()
    if failed:
        return labels.word("membership_note", "pooling_failed")
    return labels.word("membership_nothing_pooled")


def no_sparse_cells(tables: Tables, labels: Labels) -> str:
    """Return that no answer is rare in a type; "" where there are no models."""
    return labels.word("membership_sparse_none") if "membership_sparse" in tables else ""


def associations_sentence(tables: Tables, labels: Labels) -> str:
    """Return which characteristics go with the types, and which do not.

    Uses ``membership_tests``.
    """
    language = labels.language
    tests = tables["membership_tests"]
    first = tests["model"].iloc[0]
    chosen = tests[(tests["model"] == first) & (tests["correction"] == "none")]
    single = chosen[[bool(text_of(each)) for each in chosen["variable"]]]
    apart = single["p_adjusted"] < LEVEL
    named = {
        kind: [escape_markdown(inside(labels.short(str(each)))) for each in variables]
        for kind, variables in (
            ("with", single.loc[apart, "variable"]),
            ("without", single.loc[~apart, "variable"]),
        )
    }
    if not named["with"]:
        return labels.word("membership_tests_none", plural=len(single))
    if not named["without"]:
        return labels.word("membership_tests_all", plural=len(single))
    return labels.word(
        "membership_tests_some",
        list=listed(named["with"], language),
        rest=listed(named["without"], language),
    )


def probabilities_sentence(tables: Tables, labels: Labels) -> str:
    """Return, for each type, the characteristic that changes its probability most, and how.

    Among those whose average marginal effect is distinct from nothing. Uses
    ``membership_predictions``, ``membership_effects`` and ``classes``.
    """
    language = labels.language
    if not has_rows(tables, "membership_predictions"):
        return ""
    effects = tables["membership_effects"]
    effects = effects[(effects["model"] == "multinomial") & ~is_corrected(effects, True)]
    told = []
    for number, answers in predictions(tables).groupby("class", sort=False):
        own = effects[(effects["class"] == number) & (effects["p_value"] < LEVEL)]
        clear = answers[answers["variable"].isin(own["variable"])]
        if clear.empty:
            continue
        lowest, highest = extremes(clear)
        told.append(
            labels.word(
                "membership_probability",
                type=to_(type_name(tables, labels, int(str(number))), language),
                variable=escape_markdown(inside(labels.short(str(lowest["variable"])))),
                high=_probability(highest, labels),
                low=_probability(lowest, labels),
            )
        )
    if not told:
        return labels.word("membership_probabilities_none") if len(effects) else ""
    return labels.word("membership_probabilities", list=labels.word("narrative_then").join(told))


def order_sentence(tables: Tables, labels: Labels) -> str:
    """Return what goes with a more favourable type; "" without an ordered model."""
    row = fit_of(tables, model="ordered")
    if row is None:
        return ""
    names = [type_name(tables, labels, int(each)) for each in row["class_order"].split(" < ")]
    parts = _more_and_less(slopes(tables, model="ordered"), row["ordered_by"], labels)
    ending = "told" if parts else "none"
    return labels.word(
        "membership_order", row["ordered_by"], ending, types=", ".join(names), list=parts
    )


def _what(tables: Tables, labels: Labels) -> str:
    language = labels.language
    row = fit_of(tables) or fit_of(tables, model="ordered") or {}
    names = [
        escape_markdown(inside(labels.short(str(each))))
        for each in dict.fromkeys(tables["membership_tests"]["variable"])
        if text_of(each)
    ]
    return labels.word(
        "membership_what",
        plural=len(names),
        list=listed(names, language),
        reference=inside(type_name(tables, labels, int(row["reference_class"]))),
        sample=sample_remark(tables, labels),
    )


def _more_and_less(terms: pd.DataFrame, ordered_by: str, labels: Labels) -> str:
    """Return the clearest term above 1 and that below, "" where there are none."""
    language = labels.language
    apart = terms[terms["p_value"] < LEVEL].sort_values("p_value", kind="stable")
    parts = []
    for key, chosen in (
        ("membership_more", apart[apart["odds_ratio"] > 1]),
        ("membership_less", apart[apart["odds_ratio"] < 1]),
    ):
        told = [_term(row, labels) for row in chosen.head(_TOLD).to_dict("records")]
        if told:
            parts.append(labels.word(key, ordered_by, list=listed(told, language)))
    return labels.word("narrative_then").join(parts)


def _probability(row: Mapping[Any, Any], labels: Labels) -> str:
    """Return a probability with its interval, and for which answer it is."""
    answer = escape_markdown(value_words(row, labels))
    quote = bool(text_of(row["category"]))
    return labels.word(
        "membership_probability_for",
        probability=labels.percent(float(row["probability"]), 0),
        low=labels.number(float(row["low"]), 0),
        high=labels.number(float(row["high"]), 0),
        answer=quoted(inside(answer), labels.language) if quote else answer,
    )


def _term(row: Mapping[Any, Any], labels: Labels) -> str:
    language = labels.language
    variable, category = str(row["variable"]), text_of(row["category"])
    if not category:
        name = quoted(escape_markdown(inside(labels.short(variable))), language)
        return labels.word("membership_rising", name=name)
    reference = labels.answer(variable, text_of(row["reference_category"]))
    return labels.word(
        "membership_rather_than",
        name=characteristic(labels, variable, category),
        reference=quoted(reference, language),
    )
