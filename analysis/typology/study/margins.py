"""The margins of a population, read from their file and checked against the questionnaire."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, ValidationError

from typology.files.yaml_files import load_mapping
from typology.problems import InputError
from typology.problems.model_problems import problems_of
from typology.questionnaire import Questionnaire, Text
from typology.questionnaire.text import Model
from typology.study.margin_checks import MERGED, figure_problems, name_problems
from typology.study.published_checks import published_problems


def _text_keys(figures: object) -> object:
    return (
        {str(key): each for key, each in figures.items()} if isinstance(figures, dict) else figures
    )


Figure = Annotated[float, Field(strict=True, ge=0, allow_inf_nan=False)]
Figures = Annotated[dict[str, Figure], BeforeValidator(_text_keys), Field(min_length=2)]


class Published(Model):
    """What was published of a sample instead of its answers.

    Percentages of the ``base``, with so many ``decimals``.
    """

    percentages: Figures
    base: Annotated[int, Field(ge=1)]
    decimals: Annotated[int, Field(ge=0)] = 0


class Margin(Model):
    """The population by one characteristic.

    ``population`` has a figure for every category: shares, percentages or counts. Categories
    that the population's figures do not tell apart are merged: ``"semi_urban + rural": 60``.
    ``title`` and ``names`` are for characteristics that no questionnaire names.
    """

    source: Text
    year: int
    url: str = ""
    population: Figures
    title: Text | None = None
    names: Annotated[dict[str, Text], BeforeValidator(_text_keys)] = Field(default_factory=dict)
    published: Published | None = None

    def merged(self) -> dict[str, str]:
        """Return the category of the margin that each code belongs to."""
        return {code: name for name in self.population for code in name.split(MERGED)}


class Margins(Model):
    """The margins of a population.

    ``illustrative`` figures stand for figures still to be found: whatever is computed from them
    says so. ``about`` is what the supplement tells of a published sample. ``population_size`` is
    for a sample that is a large part of a small population.
    """

    title: Text
    about: Text | None = None
    illustrative: bool = False
    population_size: Annotated[int, Field(ge=2)] | None = None
    respondents: Annotated[int, Field(ge=1)] | None = None
    margins: Annotated[dict[str, Margin], Field(min_length=1)]

    def population(self) -> dict[str, dict[str, float]]:
        """Return the figures of every margin."""
        return {name: dict(margin.population) for name, margin in self.margins.items()}


def load_margins(
    path: Path, questionnaire: Questionnaire | None = None, *, published: bool = False
) -> Margins:
    """Read the margins of a population (a file like ``data/margins/general_practitioners.yml``).

    A ``questionnaire`` has the questions that are the margins; None where the file stands alone.
    With ``published``, the file must say a published sample too, to be compared with its
    population. `InputError` is raised with every problem: unknown or missing keys, text instead of
    numbers, questions and categories that the questionnaire does not have or that the file forgets,
    figures that are neither shares, percentages nor counts; what a published sample lacks.
    """
    content = load_mapping(path)
    problems, margins = [], None
    try:
        margins = Margins.model_validate(content)
    except ValidationError as error:
        problems = problems_of(error, content, where=path.name, model=Margins)
    written = content.get("margins")
    described: Mapping[str, Any] = written if isinstance(written, Mapping) else {}
    problems += figure_problems(described, where=path.name)
    if questionnaire is not None:
        problems += name_problems(described, questionnaire, where=path.name)
    if published:
        problems += published_problems(content, where=path.name)
    if margins is None or problems:
        raise InputError(problems)
    return margins
