"""What has to be said beside the models of membership: their size, fit, remedies and limits."""

from __future__ import annotations

import math

from typology.exhibits.clauses import inside, listed, type_name
from typology.exhibits.labels import Labels
from typology.exhibits.run_tables import LEVEL, Tables, has_rows, text_of
from typology.membership.terms import FEW_EVENTS, UNSTABLE_MARK, fit_of, slopes

_MODELS = ("multinomial", "ordered")

LEAVING_OUT = (
    "not_chosen", "not_in_file", "several_answers", "date", "one_answer", "empty_class",
    "not_enough_answers", "too_many_parameters", "collinear",
)  # fmt: skip
"""Notes on a characteristic that no model compares."""


def model_notes(tables: Tables, labels: Labels) -> list[str]:
    """Return what was left out of the models or changed, and why, a sentence each.

    Uses ``membership_notes``.
    """
    told = []
    for row in tables["membership_notes"].to_dict("records"):
        sentence = labels.word("membership_note", row["remark"])
        variable = text_of(row["variable"])
        if variable:
            sentence = labels.word(
                "membership_note_of", name=labels.short(variable), sentence=sentence
            )
        told.append(sentence)
    return list(dict.fromkeys(told))


def left_out_remark(tables: Tables, labels: Labels) -> str:
    """Return which characteristics of the respondents the models leave out, and why; "" for none.

    Uses ``membership_notes``.
    """
    language = labels.language
    notes = tables["membership_notes"]
    reasons: dict[str, list[str]] = {}
    for row in notes[notes["remark"].isin(LEAVING_OUT)].to_dict("records"):
        name = inside(labels.short(text_of(row["variable"])))
        reasons.setdefault(str(row["remark"]), []).append(name)
    if not reasons:
        return ""
    told = [
        labels.word(
            "membership_left_out_for",
            list=listed(names, language),
            reason=labels.word("membership_left_out", reason, plural=len(names)),
        )
        for reason, names in reasons.items()
    ]
    joined = ("\u00a0; " if language == "fr" else "; ").join(told)
    return labels.word("membership_left_out_list", list=joined)


def sample_remark(tables: Tables, labels: Labels) -> str:
    """Return how many respondents the models are of, and how many were left out."""
    row = fit_of(tables) or fit_of(tables, model="ordered") or {}
    left_out = int(row["left_out"])
    return labels.word("membership_sample", plural=left_out, n=int(row["n"]), left_out=left_out)


def events_remark(tables: Tables, labels: Labels) -> str:
    """Return how many respondents of the smallest type there are for each estimate."""
    row = fit_of(tables) or fit_of(tables, model="ordered") or {}
    few = float(row["events_per_parameter"]) < FEW_EVENTS
    return labels.word(
        "membership_events_few" if few else "membership_events_enough",
        plural=int(row["terms"]),
        smallest=int(row["smallest_class"]),
        terms=int(row["terms"]),
        per_term=labels.number(row["events_per_term"]),
        per_parameter=labels.number(row["events_per_parameter"]),
    )


def separation_remark(tables: Tables, labels: Labels) -> str:
    """Return which models are penalised, and why; "" where none is."""
    told = []
    for model in _MODELS:
        row = fit_of(tables, model=model)
        if row is None or row["penalty"] == "none":
            continue
        told.append(
            labels.word(
                "membership_remedy",
                row["penalty_reason"],
                kind=labels.word("separation", row["separation"]),
                model=labels.word("model_phrase", model),
                penalty=labels.word("penalty_phrase", row["penalty"]),
            )
        )
    return " ".join(told)


def profile_remark(tables: Tables, labels: Labels) -> str:
    """Return what intervals and tests a model with Firth's penalty has; "" where there is none."""
    rows = [fit_of(tables, model=model) for model in _MODELS]
    if not any(row is not None and row["penalty"] == "firth" for row in rows):
        return ""
    return labels.word("membership_profile")


def fit_remark(tables: Tables, labels: Labels) -> str:
    """Return McFadden's index and the AIC of the models of the types as assigned."""
    language = labels.language
    told = [
        labels.word(
            "membership_fit_of",
            model=labels.word("model", model),
            mcfadden=labels.number(row["mcfadden"], 2),
            aic=labels.number(row["aic"]),
        )
        for model in _MODELS
        if (row := fit_of(tables, model=model)) is not None
    ]
    return ("\u00a0; " if language == "fr" else "; ").join(told) + "."


def odds_remark(tables: Tables, labels: Labels) -> str:
    """Return what Brant's test says of the proportional odds; "" without an ordered model."""
    if "membership_odds" not in tables:
        return ""
    odds = tables["membership_odds"]
    overall = odds.iloc[0]
    separated = text_of(overall["separated"])
    if separated:
        limits = [between_types(limit, tables, labels) for limit in separated.split()]
        return labels.word("membership_odds_unknown", limits=", ".join(limits))
    key = "membership_odds_rejected" if overall["p_value"] < LEVEL else "membership_odds_kept"
    apart = odds.iloc[1:]
    named = [labels.short(str(each)) for each in apart.loc[apart["p_adjusted"] < LEVEL, "variable"]]
    told = labels.word(
        key if named or key.endswith("kept") else "membership_odds_rejected_together",
        p=labels.p(float(overall["p_value"]), named=True),
        list=", ".join(named),
    )
    partial = has_rows(tables, "membership_fit") and fit_of(tables, model="partial") is not None
    return f"{told} {labels.word('membership_partial')}" if partial else told


def between_types(limit: str, tables: Tables, labels: Labels) -> str:
    """Return the limit between two types ("1|2"), or that all limits are meant ("")."""
    if not limit:
        return labels.word("membership_every_limit")
    low, _, high = limit.partition("|")
    return labels.word(
        "membership_between",
        low=type_name(tables, labels, int(low)),
        high=type_name(tables, labels, int(high)),
    )


def correction_remark(tables: Tables, labels: Labels) -> str:
    """Return what correcting the errors of classification changes; "" without a correction."""
    plain, corrected = slopes(tables), slopes(tables, corrected=True)
    if plain.empty or corrected.empty:
        return ""
    both = plain.merge(corrected, on=["class", "term"], suffixes=("", "_corrected"))
    crossed = int(((both["p_value"] < LEVEL) != (both["p_value_corrected"] < LEVEL)).sum())
    largest = float(corrected["shift"].abs().max())
    if math.isnan(largest):
        return ""
    return labels.word(
        "membership_shift",
        plural=crossed,
        correction=labels.word("correction_phrase", str(corrected["correction"].iloc[0])),
        largest=labels.number(largest, 1),
        count=crossed,
        terms=len(both),
    )


def unstable_remark(tables: Tables, labels: Labels) -> str:
    """Return what the mark of an unstable ratio means; "" where none is."""
    table = tables["membership_coefficients"]
    unstable = table.loc[table["kind"] == "slope", "unstable"].astype(bool)
    if not unstable.any():
        return ""
    return labels.word("membership_unstable", plural=int(unstable.sum()), mark=UNSTABLE_MARK)
