"""Every value that the tables on validity may hold has words in both languages."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from rfree.nulls import NULLS, STATISTICS
from rfree.stability_tables import READINGS
from rfree.verdict import LADDER, LOWEST
from typology.missing_rules import MISSING_RULES
from typology.tables.error_rates import case_name
from typology.words import LANGUAGES, word

PARTS = (
    "stability", "nulls", "axes criteria", "classes criteria", "sensitivity", "imputation",
    "latent classes", "other methods",
)  # fmt: skip
AXES = ("parallel_analysis", "elbow", "above_mean", "benzecri", "greenacre")
CLASSES = ("r_criterion", "r_criterion_from_2", "silhouette", "calinski_harabasz", "gap",
           "stability")  # fmt: skip
RUNGS = (LOWEST, *(rung for rung, _ in LADDER))
KEYS = [
    *(f"part_{part}" for part in PARTS),
    *(f"null_{null}" for null in ("sample", *NULLS)),
    *(f"null_phrase_{null}" for null in NULLS),
    *(f"statistic_{statistic}" for statistic in STATISTICS),
    *(f"reading_{reading}" for _, reading in READINGS),
    *(f"readings_{reading}" for _, reading in READINGS),
    *(f"missing_{rule}" for rule in MISSING_RULES),
    *(f"rung_{rung}" for rung in RUNGS),
    *(f"verdict_meaning_{rung}" for rung in RUNGS),
    *(f"criterion_{each}" for each in AXES + CLASSES),
    *(f"criterion_rule_{each}" for each in AXES + CLASSES),
    *(f"method_{each}" for each in ("study", "latent_classes", "k_medoids", "k_modes")),
    *(f"chosen_by_{each}" for each in ("study", "bic", "silhouette")),
]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("key", KEYS)
def test_values_have_words(key: str, language: str) -> None:
    assert word(key, language)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("rung", RUNGS)
def test_verdicts_have_sentences(rung: str, language: str) -> None:
    assert word(f"verdict_{rung}", language, beaten="x", failed="y").endswith(".")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("statistic", sorted({s for _, pairs in LADDER for _, s in pairs}))
def test_steps_of_the_ladder_have_clauses(statistic: str, language: str) -> None:
    for ending in ("beaten", "not"):
        assert word(f"verdict_{statistic}_{ending}", language, sample="1", list="2")


def test_populations_of_the_benchmark_are_named_in_french(project: Path) -> None:
    path = project / "R-free" / "benchmarks" / "verdict_errors.csv"
    if not path.is_file():
        pytest.skip("The benchmark of the verdict is not there.")
    cases = pd.read_csv(path)["case"]
    unnamed = [case for case in cases if case_name(case, "fr") == case]
    assert not unnamed


def test_a_population_without_words_keeps_the_name_of_the_file() -> None:
    assert case_name("three traits; skewed items", "fr") == "three traits; skewed items"
