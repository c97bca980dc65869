"""What all sentences keep to, whatever the study."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import pandas as pd
import pytest

from narrated_study import labels, tables
from typology.axes.sentences import axis_sentences, guttman_sentence
from typology.documents.discussion import (
    confirmation_sentence,
    curvature_sentence,
    first_axis_sentence,
    shared_themes_sentence,
    use_sentence,
)
from typology.exhibits.labels import Labels
from typology.items.sentences import reliability_sentence
from typology.people.sentences import flow_sentence
from typology.results.pipeline import run_pipeline
from typology.study import load_study
from typology.types.sentences import (
    classes_in_brief,
    classes_sentence,
    consolidation_sentence,
    type_sentences,
    type_title,
    types_in_brief,
)

FRENCH_BREAKS = re.compile(r" [;:!?»%]|« ")
"""Ordinary spaces where French has some that a line does not break."""


def test_no_sentence_claims_a_cause() -> None:
    told = classes_in_brief(tables(), labels("en")) + type_sentences(tables(), labels("en"), 1)
    assert not {"because", "causes", "due", "leads", "explains"} & set(told.lower().split())


@pytest.mark.parametrize("study", ["analysis/study.yml", "tests/bfi_study/study.yml"])
@pytest.mark.parametrize("number_of_classes", [2, 10])
def test_sentences_hold_on_real_runs_whatever_the_number_of_classes(
    project: Path, study: str, number_of_classes: int
) -> None:
    loaded = load_study(project / study)
    choices = loaded.choices.model_copy(update={"classes": number_of_classes})
    analysis = run_pipeline(type(loaded)(**{**vars(loaded), "choices": choices}), validity=False)
    ids = set(analysis.fitted.questionnaire.items) | set(analysis.fitted.questionnaire.questions)
    for language in ("fr", "en"):
        named = Labels(analysis.fitted.questionnaire, language, loaded.type_names)
        told = everything(analysis.tables, named)
        assert len(told) > 2 * number_of_classes
        for sentence in told:
            if language == "fr":
                assert not FRENCH_BREAKS.search(sentence), sentence
            assert "nan" not in sentence.replace("financ", "").split()
            assert not {"{", "}", "None", "<NA>"} & set(sentence.split())
            assert "  " not in sentence
            assert sentence == sentence.strip()
            coded = {name for name in ids if any(letter.isdigit() for letter in name)}
            assert not coded & set(sentence.replace("(", " ").split())


def everything(given: Mapping[str, pd.DataFrame], named: Labels) -> list[str]:
    kept = given["axes"].loc[given["axes"]["kept"].astype(bool), "axis"]
    return [
        flow_sentence(given, named),
        reliability_sentence(given, named),
        guttman_sentence(given, named),
        classes_sentence(given, named),
        consolidation_sentence(given, named),
        types_in_brief(given, named).replace("\n\n", " "),
        shared_themes_sentence(given, named),
        first_axis_sentence(given, named),
        curvature_sentence(given, named),
        confirmation_sentence(given, named),
        use_sentence(given, named),
        *(axis_sentences(given, named, int(axis)) for axis in kept),
        *(type_sentences(given, named, int(each)) for each in given["classes"]["class"]),
        *(type_title(given, named, int(each)) for each in given["classes"]["class"]),
    ]
