"""What the page on costs shows: tables, sentences and a figure of measurements."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pandas as pd
import pytest

from reading import cut, overlapping, texts_of, words_of
from typology.documents.costs import exhibits as shown
from typology.documents.costs import sentences as said
from typology.documents.costs.growth import growth, growth_alt
from typology.documents.costs.measured import BENCHMARKS, MEASURED, Measured, read_measured
from typology.documents.costs.tables import (
    cost_ratios_table,
    machine_table,
    program_name,
    programs_table,
    sizes_table,
)
from typology.exhibits.canvas.style import NARROW_WIDTH, PAGE_WIDTH
from typology.words import LANGUAGES

each_language = pytest.mark.parametrize("language", LANGUAGES)


def program(answers: str, name: str, ratio: float, target: float = np.nan) -> Any:
    return {
        "answers": answers, "respondents": 8403, "questions": 18, "distinct_rows": 6161,
        "program": name, "language": "R" if name.startswith("Facto") else "Python",
        "state": "done", "target": target, "processor_seconds": 0.2 * ratio,
        "clock_seconds": 0.9 * ratio, "ratio": ratio, "ratio_least": ratio * 0.9,
        "ratio_most": ratio * 1.2, "rounds": 3, "eigenvalues_apart": 2e-14, "classes": 4,
        "adjusted_rand": 1.0, "within_ratio": 1.0012,
    }  # fmt: skip


ABSENT = {"state": "not installed"} | dict.fromkeys(
    (
        "ratio",
        "ratio_least",
        "ratio_most",
        "processor_seconds",
        "classes",
        "adjusted_rand",
        "within_ratio",
    )
)


@pytest.fixture
def measured() -> Measured:
    programs = [
        program("hobbies", "FactoMineR", 14.2, 50),
        program("hobbies", "FactoMineR (OpenBLAS)", 12.9, 50),
        program("hobbies", "rfree", 1.0),
        program("hobbies", "rfree (from texts)", 1.1),
        program("hobbies", "factominer", 3.8, 5),
        program("hobbies", "prince + SciPy", 4.4, 5),
        program("hobbies", "scientisttools", 1.0, 5) | ABSENT,
        program("tea", "FactoMineR", 9.1, 8),
        program("tea", "FactoMineR (OpenBLAS)", 9.4, 8),
        program("tea", "rfree", 1.0),
        program("tea", "factominer", 28, 5),
    ]
    sizes = pd.DataFrame(
        {"respondents": [1_000, 10_000, 100_000, 1_000_000, 10_000_000, 10_000],
         "questions": [49, 49, 49, 49, 49, 500],
         "source": [*["DataFrame"] * 4, "Parquet", "DataFrame"],
         "mca_processor": [0.02, 0.1, 0.7, 5.0, 112, 5.3],
         "classes_processor": [0.02, 0.7, 2.6, 6.7, 54, 0.7],
         "description_processor": [0.01, 0.02, 0.1, 6.2, 38, 0.3],
         "adjusted_rand": [0.995, 0.994, 0.994, 0.993, 0.994, 1.0],
         "peak_gigabytes": [0.2, 0.24, 0.38, 0.65, 3.9, 0.46]}
    )  # fmt: skip
    aims = {"mca": 10, "classes": 20, "description": 5, "gigabytes": 3}
    for name, aim in aims.items():
        sizes[f"{name}_target"] = np.where(sizes["respondents"] == 1_000_000, aim, np.nan)
    sizes["rand_target"] = np.where(sizes["respondents"] == 1_000_000, 0.9, np.nan)
    machine = {"processor": "AMD x86_64", "cores": "2", "load": "6.5", "numpy": "2.4.6"}
    known = pd.DataFrame({"what": machine.keys(), "value": machine.values()})
    return Measured(pd.DataFrame(programs), sizes, known)


@pytest.fixture
def page(measured: Measured, tmp_path: Path) -> Any:
    """A document beside which the measurements lie."""
    folder = tmp_path / BENCHMARKS
    folder.mkdir(parents=True)
    for name, table in (("results", measured.programs), ("sizes", measured.sizes),
                        ("machine", measured.machine)):  # fmt: skip
        table.to_csv(folder / f"{name}.csv", index=False)
    (tmp_path / "quarto").mkdir()
    return SimpleNamespace(language="fr", folder=tmp_path / "quarto")


def test_the_smallest_answers_come_first_and_a_missed_target_says_so(measured: Measured) -> None:
    table = cost_ratios_table(measured, "fr")
    assert [row[0] for row in table.rows] == ["Thé (FactoMineR)", "Loisirs (FactoMineR)"]
    _, hobbies = table.rows
    assert hobbies[1:7] == (
        "8\u202f403 × 18", "6\u202f161", "0,20", "14", "13", "50 (manquée)",
    )  # fmt: skip
    assert hobbies[7:] == ("3,8 (factominer)", "5 (manquée)")
    assert table.rows[0][4:7] == ("9,1", "9,4", "8 (atteinte)")


def test_no_other_python_program_is_told_by_dashes(measured: Measured) -> None:
    rows = measured.programs
    alone = replace(measured, programs=rows[~rows["program"].isin(["factominer"])])
    assert cost_ratios_table(alone, "en").rows[0][7:] == ("–", "–")


def test_what_was_not_timed_has_no_target(measured: Measured, page: Any) -> None:
    rows = measured.programs
    beside = rows["program"].str.startswith("FactoMineR")
    untimed = replace(measured, programs=rows.assign(ratio=rows["ratio"].mask(beside)))
    assert cost_ratios_table(untimed, "en").rows[0][4:7] == ("–", "–", "–")
    path = page.folder.parent / BENCHMARKS / "results.csv"
    untimed.programs.to_csv(path, index=False)
    assert said.cost_beside_sentence(page).startswith("Cibles manquées")


def test_a_program_that_was_not_there_is_told(measured: Measured) -> None:
    rows = {row[0]: row for row in programs_table(measured, "en").rows[-7:]}
    assert rows["scientisttools"][1:] == ("not installed", *["–"] * 6)
    assert rows["FactoMineR (reference BLAS)"][1:] == (
        "2.8", "14", "13 to 17", "13", "4", "1.000", "1.0012",
    )  # fmt: skip
    assert rows["rfree"][4:] == ("–", "4", "–", "–")
    assert program_name("another", "fr") == "another"


def test_sizes_end_with_the_targets(measured: Measured) -> None:
    table = sizes_table(measured, "en")
    assert table.rows[3][:5] == ("1,000,000 × 49", "in memory", "5.0", "6.7", "6.2")
    aimed = ("≤\u00a010", "≤\u00a020", "≤\u00a05.0", "≤\u00a03.0", "≥\u00a00.9")
    assert table.rows[-1] == ("Target at 1,000,000", "", *aimed)


def test_the_machine_is_told_with_its_versions(measured: Measured) -> None:
    rows = machine_table(measured, "fr").rows
    assert rows[1] == ("Cœurs", "2")
    assert rows[-1] == ("numpy", "2.4.6")


def test_sentences_tell_ratios_and_the_targets_missed(page: Any) -> None:
    beside = said.cost_beside_sentence(page)
    assert "de 9,1 à 14 fois le temps de rfree" in beside
    assert "Loisirs (FactoMineR), 14 fois plutôt que 50 (R)" in beside
    assert "3,8 fois plutôt que 5 (Python)" in beside
    assert "Thé" not in beside
    million = said.cost_million_sentence(page)
    assert "1\u202f000\u202f000 répondants et 49 questions" in million
    assert million.endswith("Cibles manquées\u00a0: Description.")


def test_growth_is_told_from_many_respondents_to_the_most(page: Any) -> None:
    page.language = "en"
    told = said.cost_growth_sentence(page)
    assert "From 10,000 to 10,000,000 respondents, 1,000 times as many" in told
    assert "multiplied by 1,120" in told  # 112 over 0.1
    assert "3 rounds" in said.cost_machine_sentence(page)


def test_all_targets_met_is_told(page: Any, measured: Measured) -> None:
    folder = page.folder.parent / BENCHMARKS
    met = measured.programs.assign(target=1.0)
    met.to_csv(folder / "results.csv", index=False)
    measured.sizes.assign(description_processor=0.1).to_csv(folder / "sizes.csv", index=False)
    assert said.cost_beside_sentence(page).endswith("Toutes les cibles sont atteintes.")
    assert said.cost_million_sentence(page).endswith("Les cibles sont atteintes.")


def test_a_copy_without_measurements_says_so_once(page: Any) -> None:
    page.folder = page.folder / "elsewhere" / "quarto"
    assert read_measured(page) is None
    assert "ne sont pas livrées" in said.cost_beside_sentence(page)
    sentences = (said.cost_growth_sentence, said.cost_million_sentence, said.cost_machine_sentence)
    assert [sentence(page) for sentence in sentences] == ["", "", ""]
    for each in (shown.cost_ratios, shown.cost_programs, shown.cost_sizes, shown.cost_machine):
        assert each.make(page) is None
        assert each.why_absent({}, page).endswith(".")
    assert "ne sont pas livrées" in shown.cost_growth.write(page)


@each_language
@pytest.mark.parametrize("width", [PAGE_WIDTH, NARROW_WIDTH])
def test_no_text_of_the_figure_overlaps_another_or_is_cut(
    language: str, width: float, measured: Measured
) -> None:
    figure = growth(measured.growing, language, width=width)
    texts = texts_of(figure)
    assert overlapping(texts) == []
    assert cut(figure, texts) == []


def test_the_figure_draws_each_step_and_memory_over_respondents(measured: Measured) -> None:
    growing = measured.growing
    time, memory = growth(growing, "en").axes
    assert [ax.get_xscale() + ax.get_yscale() for ax in (time, memory)] == ["loglog", "loglog"]
    drawn = [*time.lines[:3], memory.lines[0]]
    for line, column in zip(drawn, MEASURED.values(), strict=True):
        assert line.get_xdata().tolist() == [10**power for power in range(3, 8)]
        assert line.get_ydata().tolist() == growing[column].tolist()
    assert len({line.get_marker() for line in drawn}) == 4


def test_dashes_grow_with_the_respondents_and_end_at_the_whole(measured: Measured) -> None:
    time, memory = growth(measured.growing, "en").axes
    for ax, whole in ((time, 112 + 54 + 38), (memory, 3.9)):
        guide = ax.lines[-1]
        assert guide.get_linestyle() == "--"
        slope = np.diff(np.log(guide.get_ydata())) / np.diff(np.log(guide.get_xdata()))
        assert slope == pytest.approx(1)
        assert guide.get_ydata()[-1] == pytest.approx(whole)


@each_language
def test_ticks_are_powers_of_ten_as_the_language_writes_them(
    language: str, measured: Measured
) -> None:
    written = words_of(growth(measured.growing, language))
    many = {"fr": "10\u202f000\u202f000", "en": "10,000,000"}[language]
    assert many in written
    assert {"fr": "0,1", "en": "0.1"}[language] in written


@each_language
def test_the_alternative_text_tells_both_ends(language: str, measured: Measured) -> None:
    text = growth_alt(measured.growing, language)
    assert text.endswith(".")
    assert re.search(r"112\b.*\b54\b.*\b38\b", text)


def test_the_measurements_of_the_project_are_whole(project: Path) -> None:
    """Every program is there for every table of answers, with a time or why it has none."""
    folder = project / BENCHMARKS
    if not (folder / "machine.csv").is_file():
        pytest.skip("The measurements are not there.")
    known = read_measured(SimpleNamespace(folder=project / "quarto"))  # type: ignore[arg-type]
    assert known is not None
    assert {"tea", "bfi", "hobbies"} <= set(known.answers)
    assert (known.programs.groupby("answers")["program"].nunique() == 7).all()
    assert set(known.programs["state"]) <= {"done", "not installed", "not timed", "failed"}
    done = known.programs[known.programs["state"] == "done"]
    assert done["ratio"].notna().all()
    assert (done["eigenvalues_apart"].dropna() < 1e-6).all()
    assert (known.programs["distinct_rows"] <= known.programs["respondents"]).all()
    assert known.growing["respondents"].tolist() == [10**power for power in range(3, 8)]
    assert not known.machine["value"].str.contains(r"[/\\]").any()
