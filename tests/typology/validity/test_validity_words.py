"""Every value that the tables on validity may hold has words in both languages."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from rfree.reality.nulls import NULL_STATISTICS, NULLS
from rfree.reality.one_attitude import DEVIATIONS
from rfree.reality.stability_tables import READINGS
from rfree.reality.verdict import QUESTIONS, RUNGS, SET_APART
from typology.study.sections import MISSING_RULES
from typology.validity.error_rates import case_name
from typology.validity.readings import STABILITY_MARKS
from typology.words import LANGUAGES, word

PARTS = (
    "stability", "nulls", "axes criteria", "classes criteria", "sensitivity", "imputation",
    "latent classes", "other methods",
)  # fmt: skip
AXES = ("parallel_analysis", "elbow", "above_mean", "benzecri", "greenacre")
CLASSES = ("within_ratio", "within_ratio_from_2", "gain_ratio", "krzanowski_lai", "silhouette",
           "calinski_harabasz", "gap", "stability")  # fmt: skip
NAMES = [
    *(("part", part) for part in PARTS),
    *(("null", null) for null in ("sample", *NULLS)),
    *(("null_phrase", null) for null in NULLS),
    *(("statistic", statistic) for statistic in NULL_STATISTICS),
    *(("reading", reading) for _, reading in READINGS),
    *(("readings", reading) for _, reading in READINGS),
    *(("missing_rule", rule) for rule in MISSING_RULES),
    *(("rung", rung) for rung in RUNGS),
    *(("verdict_meaning", rung) for rung in RUNGS),
    *(("question", question) for question, _ in QUESTIONS),
    *(("set_apart", each) for each in SET_APART),
    *(("second_kind", each) for each in DEVIATIONS),
    *(("criterion", each) for each in AXES + CLASSES),
    *(("criterion_rule", each) for each in AXES + CLASSES),
    *(("method", each) for each in ("study", "latent_classes", "k_medoids", "k_modes")),
    *(("chosen_by", each) for each in ("study", "bic", "silhouette")),
]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("family", "member"), NAMES)
def test_values_have_words(family: str, member: str, language: str) -> None:
    assert word(family, language, member)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("rung", RUNGS)
def test_verdicts_have_sentences(rung: str, language: str) -> None:
    told = word("verdict", language, rung, structure="a", directions="b", gaps="c", groups="2",
                types="4")  # fmt: skip
    assert told.endswith(".")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", DEVIATIONS)
def test_second_directions_have_sentences(kind: str, language: str) -> None:
    assert word("second_direction_told", language, kind, share="1", list="2").endswith(".")


def test_marks_of_readings_are_those_of_the_statistics() -> None:
    assert {name: least for least, name in READINGS} == STABILITY_MARKS
    assert sorted(STABILITY_MARKS.values()) == list(STABILITY_MARKS.values())


def test_populations_of_the_benchmark_are_named_in_french(project: Path) -> None:
    path = project / "R-free" / "benchmarks" / "verdict_errors.csv"
    if not path.is_file():
        pytest.skip("The benchmark of the verdict is not there.")
    cases = pd.read_csv(path)["population"]
    unnamed = [case for case in cases if case_name(case, "fr") == case]
    assert not unnamed


def test_a_population_without_words_keeps_the_name_of_the_file() -> None:
    assert case_name("nine traits", "fr") == "nine traits"
