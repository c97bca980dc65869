"""Files of margins: what is wrong with them is told, all of it; and the published example."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from weighted_study import margins, questionnaire, write_yaml

from typology.labels import Labels
from typology.margins_file import load_margins
from typology.problems import InputError
from typology.published_sample import PublishedComparison, compare_published
from typology.questionnaire import Questionnaire
from typology.tables.published import published_table


@pytest.fixture(scope="module")
def asked() -> Questionnaire:
    return Questionnaire.model_validate(questionnaire())


def problems_of(folder: Path, content: dict[str, Any], asked: Questionnaire) -> list[str]:
    write_yaml(folder / "margins.yml", content)
    with pytest.raises(InputError) as raised:
        load_margins(folder / "margins.yml", asked)
    assert all(problem.text("fr") != problem.text("en") for problem in raised.value.problems)
    return [str(problem) for problem in raised.value.problems]


def test_a_right_file_is_read_with_its_merged_categories(
    tmp_path: Path, asked: Questionnaire
) -> None:
    write_yaml(tmp_path / "margins.yml", margins())
    read = load_margins(tmp_path / "margins.yml", asked)
    assert read.margins["place"].merged() == {
        "town": "town", "suburb": "suburb + country", "country": "suburb + country",
    }  # fmt: skip
    assert Labels(asked, "en").answer("place", "suburb + country") == "suburb + country"


def test_everything_wrong_is_told_at_once(tmp_path: Path, asked: Questionnaire) -> None:
    content = margins()
    of = content["margins"]
    of["sex"]["population"] = {"f": "forty", "m": 51}
    of["place"]["population"] = {"town": 40, "suburbs": 60}
    of["age"]["population"] = {"<40": 30, ">=40": 60}
    of["hight"] = of["sex"] | {"population": {"a": 1, "b": 2}}
    of["sex"]["yaer"] = 2020
    told = problems_of(tmp_path, content, asked)
    for part in (
        "sex › population › f: found 'forty', expected a number",
        "place › population: found 'suburbs', expected an answer to place",
        "a figure for 'suburb'. Did you mean 'suburbs'?",
        "a figure for 'country'",
        "age › population: found a sum of 90",
        "found 'hight', expected a question with choices, or a number in bands",
        "the key 'yaer'",
    ):
        assert any(part in each for each in told), (part, told)


@pytest.mark.parametrize(
    ("figures", "right"),
    [
        ({"f": 49.3, "m": 50.6}, True),  # 99.9 by rounding
        ({"f": 0.49, "m": 0.51}, True),
        ({"f": 31200, "m": 34100}, True),
        ({"f": 49, "m": 47}, False),
        ({"f": 0.49, "m": 0.41}, False),
        ({"f": 70.5, "m": 50.5}, False),
    ],
)
def test_figures_are_percentages_shares_or_counts(
    tmp_path: Path, asked: Questionnaire, figures: dict[str, float], right: bool
) -> None:
    content = margins()
    content["margins"]["sex"]["population"] = figures
    write_yaml(tmp_path / "margins.yml", content)
    if right:
        load_margins(tmp_path / "margins.yml", asked)
        return
    with pytest.raises(InputError, match="figures that add up to 100"):
        load_margins(tmp_path / "margins.yml", asked)


def test_a_category_in_two_places_is_told(tmp_path: Path, asked: Questionnaire) -> None:
    content = margins()
    content["margins"]["place"]["population"] = {"town + suburb": 70, "suburb + country": 30}
    (problem,) = problems_of(tmp_path, content, asked)
    assert "found 'suburb', expected each category once" in problem


@pytest.fixture(scope="module")
def barometer(project: Path) -> PublishedComparison:
    return compare_published(
        load_margins(project / "data" / "margins" / "barometer_occitanie.yml"), seed=1
    )


def test_the_published_example_is_that_of_whole_numbers(barometer: PublishedComparison) -> None:
    """Counted by hand from the two printed tables: 86 CPTS, 63 that responded, 61 with a size."""
    tests = barometer.tests.set_index("variable")
    assert tests["agrees"].all()
    assert tests.loc["size", ["base", "n"]].tolist() == [63, 61]
    assert tests.loc["department", ["base", "n"]].tolist() == [86, 63]
    assert tests["published_sum"].tolist() == pytest.approx([96, 73.3])
    size = barometer.shares[barometer.shares["variable"] == "size"]
    assert size["n"].tolist() == [19, 24, 17, 1]
    assert size["population_n"].tolist() == [27, 34, 24, 1]
    department = barometer.shares[barometer.shares["variable"] == "department"]
    assert department["n"].tolist() == [2, 4, 2, 8, 13, 4, 10, 2, 2, 3, 5, 4, 4]
    assert department["population_n"].sum() == 86
    assert tests.loc["department", "sampling_fraction"] == pytest.approx(100 * 63 / 86)


def test_the_published_example_is_tested_with_the_finite_population(
    barometer: PublishedComparison,
) -> None:
    """Chi-squared of the four sizes by hand: n (N - 1) / (N - n) sum (p - q)^2 / q."""
    observed, population = [19 / 61, 24 / 61, 17 / 61, 1 / 61], [27 / 86, 34 / 86, 24 / 86, 1 / 86]
    far = sum((p - q) ** 2 / q for p, q in zip(observed, population, strict=True))
    row = barometer.tests.set_index("variable").loc["size"]
    assert row["chi2"] == pytest.approx(61 * 85 / 25 * far)
    assert row["df"] == 3


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_table_of_the_example_has_words(
    barometer: PublishedComparison, project: Path, language: str
) -> None:
    margins_read = load_margins(project / "data" / "margins" / "barometer_occitanie.yml")
    table = published_table(margins_read, barometer.shares, barometer.tests, language)
    assert len(table.rows) == 17
    text = table.to_markdown()
    assert "Haute-Garonne" in text
    assert "nan" not in text
