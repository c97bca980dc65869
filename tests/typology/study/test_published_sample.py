"""A sample known from published percentages: told when it is wrong, compared in the run, shown."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from typology.documents import Document
from typology.exhibits.labels import Labels
from typology.problems import InputError
from typology.results.checking import check_study_answers
from typology.results.pipeline import Analysis, run_pipeline
from typology.results.workbook import write_workbook
from typology.study import Study
from typology.study.margins import load_margins
from typology.study.published_sample import PublishedComparison, compare_published
from typology.weights.published_table import published_table
from typology.words import LANGUAGES, word
from weighted_study import published, write_study, write_yaml

TABLES = {"published_shares", "published_tests"}
STATISTICS = ("rfree", "scipy.stats", "sklearn", "statsmodels")


def study_with(folder: Path, content: dict[str, Any]) -> Study:
    folder.mkdir(exist_ok=True)
    write_yaml(folder / "cafes.yml", content)
    return write_study(folder, margins=None, published_sample="cafes.yml")


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> Analysis:
    return run_pipeline(study_with(tmp_path_factory.mktemp("cafes"), published()), validity=False)


@pytest.fixture(scope="module")
def barometer(project: Path) -> PublishedComparison:
    path = project / "data" / "margins" / "barometer_occitanie.yml"
    return compare_published(load_margins(path, published=True), seed=1)


def test_the_published_example_is_that_of_whole_numbers(barometer: PublishedComparison) -> None:
    """Counted by hand from the two printed tables: 86 CPTS, 63 that responded, 61 with a size."""
    tests = barometer.tests.set_index("margin")
    assert tests["agrees"].all()
    assert tests.loc["size", ["base", "n"]].tolist() == [63, 61]
    assert tests.loc["department", ["base", "n"]].tolist() == [86, 63]
    assert tests["published_sum"].tolist() == pytest.approx([96, 73.3])
    size = barometer.shares[barometer.shares["margin"] == "size"]
    assert size["n"].tolist() == [19, 24, 17, 1]
    assert size["population_n"].tolist() == [27, 34, 24, 1]
    department = barometer.shares[barometer.shares["margin"] == "department"]
    assert department["n"].tolist() == [2, 4, 2, 8, 13, 4, 10, 2, 2, 3, 5, 4, 4]
    assert department["population_n"].sum() == 86
    assert tests.loc["department", "sampling_fraction"] == pytest.approx(100 * 63 / 86)


def test_the_published_example_is_tested_with_the_finite_population(
    barometer: PublishedComparison,
) -> None:
    """Chi-squared of the four sizes by hand: n (N - 1) / (N - n) sum (p - q)^2 / q."""
    observed, population = [19 / 61, 24 / 61, 17 / 61, 1 / 61], [27 / 86, 34 / 86, 24 / 86, 1 / 86]
    far = sum((p - q) ** 2 / q for p, q in zip(observed, population, strict=True))
    row = barometer.tests.set_index("margin").loc["size"]
    assert row["chi2"] == pytest.approx(61 * 85 / 25 * far)
    assert row["df"] == 3


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_table_of_the_example_has_words(
    barometer: PublishedComparison, project: Path, language: str
) -> None:
    margins_read = load_margins(project / "data" / "margins" / "barometer_occitanie.yml")
    table = published_table(margins_read, barometer.shares, barometer.tests, language)
    assert len(table.rows) == 17
    text = table.to_markdown()
    assert "Haute-Garonne" in text
    assert "nan" not in text


def test_the_run_compares_the_published_sample(ran: Analysis) -> None:
    """By hand: 12 and 8 of 20 cafés, against 25 and 25 of 50."""
    shares = ran.tables["published_shares"].set_index("category")
    assert shares["n"].to_dict() == {"s": 12, "l": 8}
    assert shares["population_n"].to_dict() == {"s": 25, "l": 25}
    assert shares["difference"].to_dict() == pytest.approx({"s": 10, "l": -10})
    test = ran.tables["published_tests"].iloc[0]
    assert test["chi2"] == pytest.approx(20 * 49 / 30 * (0.1**2 / 0.5) * 2)
    assert (test["margin"], test["source_en"], test["year"]) == ("size", "Directory", 2021)


def test_the_published_sample_changes_nothing_else(ran: Analysis, tmp_path: Path) -> None:
    alone = run_pipeline(write_study(tmp_path, margins=None), validity=False).tables
    assert set(ran.tables) - set(alone) == TABLES
    for name, table in alone.items():
        pd.testing.assert_frame_equal(table, ran.tables[name], obj=name)


def test_the_published_sample_is_an_input_of_the_results(tmp_path: Path) -> None:
    assert study_with(tmp_path, published()).inputs["published_sample"].name == "cafes.yml"
    assert "published_sample" not in write_study(tmp_path).inputs
    for language in LANGUAGES:
        assert word("input", language, "published_sample")


def _without(*keys: str) -> Callable[[dict[str, Any]], object]:
    def remove(content: dict[str, Any]) -> None:
        for key in keys[:-1]:
            content = content[key]
        del content[keys[-1]]

    return remove


def _with(population: dict[str, float], percentages: dict[str, float], base: int = 20) -> Any:
    return lambda content: content["margins"]["size"].update(
        population=population, published={"percentages": percentages, "base": base}
    )


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (_without("population_size"), "cafes.yml: found nothing, expected the key 'population_siz"),
        (_without("margins", "size", "published"), "size: found nothing, expected the key 'publis"),
        (_with({"s": 0.5, "l": 0.5}, {"s": 60, "l": 40}), "found a sum of 1, expected percentages"),
        (_with({"s": 25, "l": 300}, {"s": 60, "l": 40}), "a sum of 325, expected percentages"),
        (_with({"s": 50, "l": 50}, {"s": 60, "L": 40}), "found 'L', expected a category of the po"),
        (_with({"s": 50, "l": 40, "m": 10}, {"s": 60, "l": 40}), "expected a figure for 'm'"),
        (
            _with({"s": 50, "l": 50}, {"s": 60, "l": 40}, 50),
            "found 50 respondents, expected at lea",
        ),
        (_with({"s": 50, "l": 50}, {"s": 0, "l": 0}), "found 0 respondents, expected at least 1"),
        (_with({"s": 100, "l": 0}, {"s": 60, "l": 40}), "l: 0, but 8 respondents"),
    ],
)
def test_what_keeps_it_from_being_compared_is_told(
    tmp_path: Path, spoil: Callable[[dict[str, Any]], object], told: str
) -> None:
    content = published()
    spoil(content)
    study = study_with(tmp_path, content)
    for stopped in (check_study_answers, run_pipeline):
        with pytest.raises(InputError) as raised:
            stopped(study)
        assert any(told in str(problem) for problem in raised.value.problems), str(raised.value)
        for problem in raised.value.problems:
            assert problem.text("fr") != problem.text("en")


def test_everything_wrong_with_it_is_told_at_once_with_the_answers(tmp_path: Path) -> None:
    content = published()
    del content["population_size"], content["margins"]["size"]["published"]
    content["margins"]["size"]["yaer"] = 2020
    study = study_with(tmp_path, content)
    study.responses_path.write_text("id,H1\nR1,9\n", encoding="utf-8")
    with pytest.raises(InputError) as raised:
        check_study_answers(study)
    text = str(raised.value)
    for part in ("'population_size'", "'published'", "'yaer'", "'9'"):
        assert part in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_show_the_results_or_say_that_there_is_no_published_sample(
    ran: Analysis, tmp_path: Path, language: str
) -> None:
    page = Document(language, ran.fitted.study, ran.fitted.questionnaire, ran.tables, {}, tmp_path)
    shown = page.show("published_example")
    for said in {"fr": ("Taille", "Petit"), "en": ("Size", "Small")}[language]:
        assert said in shown
    without = replace(page, study=write_study(tmp_path, margins=None))
    told = without.show("published_example")
    assert not told


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_workbook_has_words_for_its_sheets(
    ran: Analysis, tmp_path: Path, language: str
) -> None:
    labels = Labels(ran.fitted.questionnaire, language)
    write_workbook(tmp_path / "tables.xlsx", ran.tables, labels, simulated=False)
    sheets = pd.read_excel(tmp_path / "tables.xlsx", sheet_name=None)
    for name in TABLES:
        sheet = sheets[word("sheet", language, name)]
        assert sheet.shape == ran.tables[name].shape
        assert word("column", language, "margin") in sheet


def test_illustrative_figures_are_said_to_be_wherever_they_stand(tmp_path: Path) -> None:
    content = published() | {"illustrative": True}
    study = study_with(tmp_path, content)
    tables = run_pipeline(study, validity=False).tables
    margins = load_margins(tmp_path / "cafes.yml")
    for language in LANGUAGES:
        table = published_table(
            margins, tables["published_shares"], tables["published_tests"], language
        )
        assert word("paper_illustrative_note", language) in table.to_markdown()


def test_what_pages_call_imports_no_statistics() -> None:
    listed = f"[name for name in sys.modules if name.startswith({STATISTICS!r})]"
    code = f"import sys, typology.documents; print(*{listed})"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []
