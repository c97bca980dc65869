"""What a study file says: the choices it may make, and their bounds."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
)

from typology.axis_rules import parse_axis_rule
from typology.missing_rules import MISSING_RULES
from typology.naming import LEVELS
from typology.phrases import phrase
from typology.questionnaire import Identifier, Language, Text

DEFAULT_LANGUAGE: Language = "fr"


class Choices(BaseModel):
    """Shared by every part of a study file: no unknown key, nothing changed once read."""

    model_config = ConfigDict(frozen=True, extra="forbid")


def _axis_rule(rule: object) -> int | str:
    if isinstance(rule, bool) or not isinstance(rule, int | str):
        raise ValueError(phrase("a number from 1, or a rule like 'greenacre >= 0.8'"))
    parse_axis_rule(rule)
    return rule


def _number_of_classes(number: object) -> object:
    if number == "auto" or (isinstance(number, int) and number >= 2):
        return number
    raise ValueError(phrase("a whole number from 2, or auto"))


def _known_level(level: str) -> str:
    if level not in LEVELS:
        raise ValueError(phrase("one of {choices}", choices=", ".join(LEVELS)))
    return level


class Exclusions(Choices):
    """Who is left out before the analysis."""

    max_missing_share: Annotated[float, Field(ge=0, le=100)] = 50
    straight_liners: bool = False
    duplicates: bool = False


class Validity(Choices):
    """How much work the question "is the typology real?" is worth."""

    resamples: Annotated[int, Field(ge=2)] = 200
    null_replicates: Annotated[int, Field(ge=19)] = 99
    imputations: Annotated[int, Field(ge=2)] = 20


class DeclaredType(Text):
    """A type the study expects: its names, and the profile it stands for."""

    id: Identifier
    profile: Annotated[
        dict[Identifier, Annotated[str, AfterValidator(_known_level)]], Field(min_length=1)
    ]


class StudyFile(Choices):
    """What a study file says.

    Notes
    -----
    Every key is explained in the study file of this project, ``analysis/study.yml``.
    """

    title: Text
    questionnaire: Annotated[str, StringConstraints(min_length=1)]
    responses: Annotated[str, StringConstraints(min_length=1)]
    results: Annotated[str, StringConstraints(min_length=1)] = "results"
    simulated: bool = False
    language: Language = DEFAULT_LANGUAGE
    respondent_column: str | None = None
    ignored_columns: tuple[str, ...] = ()
    absent_columns: tuple[str, ...] = ()
    no_answer: tuple[str, ...] = ()
    active: Annotated[tuple[Identifier, ...], Field(min_length=1)]
    missing: Literal[MISSING_RULES]  # type: ignore[valid-type]
    passive_below: Annotated[int, Field(ge=0)] = 0
    exclusions: Exclusions = Exclusions()
    axes: Annotated[int | str, BeforeValidator(_axis_rule)]
    classes: Annotated[int | Literal["auto"], BeforeValidator(_number_of_classes)]
    consolidate: bool = True
    seed: Annotated[int, Field(ge=0)]
    short_form: Annotated[int, Field(ge=2)] | None = None
    validity: Validity = Validity()
    types: tuple[DeclaredType, ...] = ()
