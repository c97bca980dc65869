"""What has to be said beside the models of membership: their size, fit, remedies and limits."""

from __future__ import annotations

import math

from typology.findings import Tables, text_of, type_id
from typology.labels import Labels
from typology.membership_terms import FEW_EVENTS, LEVEL, fit_of, slopes
from typology.words import number, p_value, word

MODELS = ("multinomial", "ordered")


def type_words(tables: Tables, labels: Labels, class_number: int) -> str:
    """Return the name of a type, or "Class 3" for a class that fits none."""
    return labels.type(type_id(tables, class_number), class_number)


def reasons(tables: Tables, labels: Labels) -> list[str]:
    """Return what was left out of the models or changed, and why, a sentence each.

    Parameters
    ----------
    tables : mapping of table name to DataFrame
        Uses ``membership_notes``.
    labels : Labels

    Returns
    -------
    list of str
    """
    language = labels.language
    told = []
    for row in tables["membership_notes"].to_dict("records"):
        sentence = word(f"membership_note_{row['remark']}", language)
        variable = text_of(row["variable"])
        if variable:
            sentence = word(
                "membership_note_of", language, name=labels.short(variable), sentence=sentence
            )
        told.append(sentence)
    return list(dict.fromkeys(told))


def sample_remark(tables: Tables, labels: Labels) -> str:
    """Return how many respondents the models are of, and how many were left out."""
    row = fit_of(tables) or fit_of(tables, model="ordered") or {}
    left_out = int(row["left_out"])
    key = {0: "membership_sample_all", 1: "membership_sample_one"}.get(
        left_out, "membership_sample"
    )
    return word(key, labels.language, n=int(row["n"]), left_out=left_out)


def events_remark(tables: Tables, labels: Labels) -> str:
    """Return how many respondents of the smallest type there are for each estimate."""
    language = labels.language
    row = fit_of(tables) or fit_of(tables, model="ordered") or {}
    few = float(row["events_per_parameter"]) < FEW_EVENTS
    return word(
        "membership_events_few" if few else "membership_events_enough",
        language,
        smallest=int(row["smallest_class"]),
        terms=int(row["terms"]),
        per_term=number(row["events_per_term"], language),
        per_parameter=number(row["events_per_parameter"], language),
    )


def separation_remark(tables: Tables, labels: Labels) -> str:
    """Return which models are penalised, and why; "" where none is."""
    language = labels.language
    told = []
    for model in MODELS:
        row = fit_of(tables, model=model)
        if row is None or row["penalty"] == "none":
            continue
        told.append(
            word(
                f"membership_remedy_{row['penalty_reason']}",
                language,
                kind=word(f"separation_{row['separation']}", language),
                model=word(f"model_phrase_{model}", language),
                penalty=word(f"penalty_phrase_{row['penalty']}", language),
            )
        )
    return " ".join(told)


def profile_remark(tables: Tables, labels: Labels) -> str:
    """Return what intervals and tests a model with Firth's penalty has; "" where there is none."""
    rows = [fit_of(tables, model=model) for model in MODELS]
    if not any(row is not None and row["penalty"] == "firth" for row in rows):
        return ""
    return word("membership_profile", labels.language)


def fit_remark(tables: Tables, labels: Labels) -> str:
    """Return McFadden's index and the AIC of the models without confidence."""
    language = labels.language
    told = [
        word(
            "membership_fit_of",
            language,
            model=word(f"model_{model}", language),
            mcfadden=number(row["mcfadden"], language, 2),
            aic=number(row["aic"], language),
        )
        for model in MODELS
        if (row := fit_of(tables, model=model)) is not None
    ]
    return ("\u00a0; " if language == "fr" else "; ").join(told) + "."


def odds_remark(tables: Tables, labels: Labels) -> str:
    """Return what Brant's test says of the proportional odds; "" without an ordered model."""
    if "membership_odds" not in tables:
        return ""
    language = labels.language
    odds = tables["membership_odds"]
    overall = odds.iloc[0]
    separated = text_of(overall["separated"])
    if separated:
        limits = [
            word(
                "membership_between",
                language,
                low=type_words(tables, labels, int(limit.partition("|")[0])),
                high=type_words(tables, labels, int(limit.partition("|")[2])),
            )
            for limit in separated.split()
        ]
        return word("membership_odds_unknown", language, limits=", ".join(limits))
    key = "membership_odds_rejected" if overall["p_value"] < LEVEL else "membership_odds_kept"
    apart = odds.iloc[1:]
    named = [labels.short(str(each)) for each in apart.loc[apart["p_adjusted"] < LEVEL, "variable"]]
    return word(
        key if named or key.endswith("kept") else "membership_odds_rejected_together",
        language,
        p=p_value(float(overall["p_value"]), language, named=True),
        list=", ".join(named),
    )


def confidence_remark(tables: Tables, labels: Labels) -> str:
    """Return what weighting respondents by the confidence in their type changes."""
    language = labels.language
    plain, weighted = slopes(tables), slopes(tables, weighting="confidence")
    if plain.empty or weighted.empty:
        return ""
    both = plain.merge(weighted, on=["class", "term"], suffixes=("", "_weighted"))
    crossed = int(((both["p_value"] < LEVEL) != (both["p_value_weighted"] < LEVEL)).sum())
    key = {0: "membership_shift_none", 1: "membership_shift_one"}.get(crossed, "membership_shift")
    largest = float(weighted["shift"].abs().max())
    if math.isnan(largest):
        return ""
    return word(key, language, largest=number(largest, language, 2), count=crossed, terms=len(both))
