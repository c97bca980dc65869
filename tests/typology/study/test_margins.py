"""Files of margins: what is wrong with them is told, all of it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from typology.exhibits.labels import Labels
from typology.problems import InputError
from typology.questionnaire import Questionnaire
from typology.study.margins import load_margins
from weighted_study import margins, questionnaire, write_yaml


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


def test_what_is_wrong_is_told_with_what_stands_there(tmp_path: Path, asked: Questionnaire) -> None:
    content = margins()
    content["margins"]["sex"]["year"] = "soon"
    content["margins"]["place"]["population"] = ["town", "country"]
    year, places = problems_of(tmp_path, content, asked)
    assert year.startswith("margins.yml › margins › sex › year: found 'soon', expected")
    assert places.startswith("margins.yml › margins › place › population: found")
    assert "town" in places


def test_figures_are_numbers_by_name_whatever_the_names(
    tmp_path: Path, asked: Questionnaire
) -> None:
    write_yaml(tmp_path / "margins.yml", margins())
    read = load_margins(tmp_path / "margins.yml", asked)
    assert read.population() == {
        name: dict(each["population"]) for name, each in margins()["margins"].items()
    }
    assert read.population()["sex"] is not read.margins["sex"].population


def test_margins_may_stand_without_a_questionnaire(tmp_path: Path) -> None:
    write_yaml(tmp_path / "margins.yml", margins())
    assert load_margins(tmp_path / "margins.yml") == load_margins(
        tmp_path / "margins.yml", Questionnaire.model_validate(questionnaire())
    )
