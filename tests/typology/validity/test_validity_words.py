"""Every value that the tables on validity may hold has words in both languages."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from rfree.reality.nulls import NULLS, STATISTICS
from rfree.reality.stability_tables import READINGS
from rfree.reality.verdict import LADDER, LOWEST
from typology.study.missing_rules import MISSING_RULES
from typology.validity.error_rates import case_name
from typology.words import LANGUAGES, word

PARTS = (
    "stability", "nulls", "axes criteria", "classes criteria", "sensitivity", "imputation",
    "latent classes", "other methods",
)  # fmt: skip
AXES = ("parallel_analysis", "elbow", "above_mean", "benzecri", "greenacre")
CLASSES = ("r_criterion", "r_criterion_from_2", "silhouette", "calinski_harabasz", "gap",
           "stability")  # fmt: skip
RUNGS = (LOWEST, *(rung for rung, _ in LADDER))
NAMES = [
    *(("part", part) for part in PARTS),
    *(("null", null) for null in ("sample", *NULLS)),
    *(("null_phrase", null) for null in NULLS),
    *(("statistic", statistic) for statistic in STATISTICS),
    *(("reading", reading) for _, reading in READINGS),
    *(("readings", reading) for _, reading in READINGS),
    *(("missing_rule", rule) for rule in MISSING_RULES),
    *(("rung", rung) for rung in RUNGS),
    *(("verdict_meaning", rung) for rung in RUNGS),
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
    assert word("verdict", language, rung, beaten="x", failed="y").endswith(".")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("statistic", sorted({s for _, pairs in LADDER for _, s in pairs}))
def test_steps_of_the_ladder_have_clauses(statistic: str, language: str) -> None:
    for ending in ("beaten", "not"):
        assert word("verdict_clause", language, statistic, ending, sample="1", list="2")


def test_populations_of_the_benchmark_are_named_in_french(project: Path) -> None:
    path = project / "R-free" / "benchmarks" / "verdict_errors.csv"
    if not path.is_file():
        pytest.skip("The benchmark of the verdict is not there.")
    cases = pd.read_csv(path)["case"]
    unnamed = [case for case in cases if case_name(case, "fr") == case]
    assert not unnamed


def test_a_population_without_words_keeps_the_name_of_the_file() -> None:
    assert case_name("three traits; skewed items", "fr") == "three traits; skewed items"
