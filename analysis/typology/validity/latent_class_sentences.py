"""Sentences on the latent class analysis: how many classes it keeps, how far it agrees."""

from __future__ import annotations

import pandas as pd

from typology.exhibits.clauses import listed, with_count
from typology.exhibits.labels import Labels
from typology.exhibits.run_tables import LEVEL, Tables
from typology.validity.notes import REDUCED, reasons
from typology.validity.verdict_sentences import not_computed
from typology.words import number, word
from typology.words.statistic_values import replicated_p


def latent_classes_sentence(tables: Tables, labels: Labels) -> str:
    """Return what a latent class analysis says.

    Why it was not computed, where the table is absent. Uses ``latent_classes``, ``other_methods``
    and ``classes``.
    """
    if "latent_classes" not in tables:
        return not_computed(tables, labels, "latent classes")
    language = labels.language
    models = tables["latent_classes"].set_index("classes")
    bic, abic = (int(str(models[name].idxmin())) for name in ("bic", "abic"))
    sentences = [
        labels.word("latent_one_class")
        if bic == 1
        else labels.word(
            "latent_told_same" if bic == abic else "latent_told",
            bic=with_count(bic, language),
            abic=with_count(abic, language),
            entropy=labels.word(
                "latent_entropy",
                entropy=labels.number(models["entropy"][bic], 3),
                bic=with_count(bic, language),
            ),
        ),
        _likelihood_ratio(models, language),
        _latent_agreement(tables, "latent_agreement", language),
        *reasons(tables, "latent classes", language, outcome=REDUCED),
    ]
    once = models.index[~models["replicated"].astype(bool)]
    if len(once):
        told = listed([labels.number(each, 0) for each in once], language)
        sentences.append(labels.word("latent_not_replicated", classes=told))
    respondents = float(tables["classes"]["n"].sum())
    if bic > 1 and models["parameters"][bic] > respondents:
        sentences.append(
            labels.word(
                "latent_parameters",
                bic=with_count(bic, language),
                parameters=labels.number(models["parameters"][bic], 0),
                n=labels.number(respondents, 0),
            )
        )
    return " ".join(filter(None, sentences))


def latent_classes_in_brief(tables: Tables, labels: Labels) -> str:
    """Return how far latent classes agree with the types, or why it was not computed."""
    if "latent_classes" not in tables:
        return not_computed(tables, labels, "latent classes")
    return _latent_agreement(tables, "latent_brief", labels.language)


def _likelihood_ratio(models: pd.DataFrame, language: str) -> str:
    tested = models["p_value"].dropna()
    if tested.empty:
        return ""
    refused = tested[tested > LEVEL]
    stops = not refused.empty
    at = int(refused.index[0]) if stops else int(tested.index[-1])
    kept = at - 1 if stops else at
    replicates = models["replicates"].max() if "replicates" in models else None
    p = replicated_p(float(tested[at]), language, replicates)
    if kept == 1:
        return word("latent_test_stops_at_one", language, p=p)
    key = "latent_test_stops" if stops else "latent_test_goes_on"
    return word(key, language, classes=with_count(kept, language), p=p)


def _latent_agreement(tables: Tables, key: str, language: str) -> str:
    if "other_methods" not in tables:
        return ""
    methods = tables["other_methods"]
    found = methods[(methods["method"] == "latent_classes") & (methods["chosen_by"] == "study")]
    found = found.dropna(subset=["adjusted_rand"])
    if found.empty:
        return ""
    return word(key, language, value=number(found["adjusted_rand"].iloc[0], language, 2))
