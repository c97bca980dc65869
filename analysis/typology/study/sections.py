"""What a study file says: the choices it may make, and their bounds."""

from __future__ import annotations

from typing import Annotated, Literal, Self, get_args

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    StringConstraints,
    ValidationError,
    WithJsonSchema,
    model_validator,
)

from typology.problems.faults import Fault
from typology.problems.model_problems import faults_of
from typology.questionnaire import Identifier, Language, Text
from typology.questionnaire.text import Model, raise_faults
from typology.study.axis_rules import parse_axis_rule
from typology.study.paper import Paper
from typology.study.type_profiles import LEVELS
from typology.words.number_conventions import Conventions
from typology.words.phrases import phrase

DEFAULT_LANGUAGE: Language = "fr"
DEFAULT_RESULTS = "results"
# Those of `rfree.classes.suggested_number`, which reading a study is not to load.
ClassNumberCriterion = Literal["within_ratio", "gain_ratio", "krzanowski_lai"]
CLASS_NUMBER_CRITERIA: tuple[str, ...] = get_args(ClassNumberCriterion)
MISSING_RULES = ("own category", "passive category", "complete cases", "imputation")
"""What a study may declare for missing answers to active items."""


def _axis_rule(rule: object) -> int | str:
    if isinstance(rule, bool) or not isinstance(rule, int | str):
        raise ValueError(phrase("a number from 1, or a rule like 'greenacre >= 0.8'"))
    parse_axis_rule(rule)
    return rule


def _number_of_classes(number: object) -> object:
    if number in ("auto", *CLASS_NUMBER_CRITERIA) or (isinstance(number, int) and number >= 2):
        return number
    choices = ", ".join(CLASS_NUMBER_CRITERIA)
    raise ValueError(phrase("a whole number from 2, auto, or one of {choices}", choices=choices))


def _known_level(level: str) -> str:
    if level not in LEVELS:
        raise ValueError(phrase("one of {choices}", choices=", ".join(LEVELS)))
    return level


def _answer_words(words: object) -> object:
    """Return words and what they mean as texts, one level deep or two."""
    if not isinstance(words, dict):
        raise ValueError(phrase("words and what they mean, like {example}", example=_WORDS))
    return {
        str(word): _answer_words(meaning) if isinstance(meaning, dict) else _meaning(meaning)
        for word, meaning in words.items()
    }


def _meaning(meaning: object) -> str:
    if meaning is not None and not isinstance(meaning, str | int | float):
        raise ValueError(phrase("words and what they mean, like {example}", example=_WORDS))
    return "" if meaning is None else str(meaning)


_WORDS = '{"Rather agree": "Agree"}'
_A_MEANING = {"type": ["string", "number", "null"]}
_MEANINGS = {
    "type": "object",
    "additionalProperties": {
        "anyOf": [_A_MEANING, {"type": "object", "additionalProperties": _A_MEANING}]
    },
}


ColumnName = Annotated[str, StringConstraints(min_length=1)]


class Replicates(Model):
    """Replicate weights that come with the answers, and how they were made."""

    columns: ColumnName
    method: Literal["JK1", "JKn", "BRR", "Fay", "bootstrap"]
    rho: Annotated[float, Field(ge=0, lt=1)] | None = None
    scales: tuple[Annotated[float, Field(ge=0)], ...] | None = None

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if (self.method == "Fay") != (self.rho is not None):
            raise ValueError(phrase("rho with the method Fay, and with it alone"))
        if (self.method == "JKn") != (self.scales is not None):
            raise ValueError(phrase("scales with the method JKn, and with it alone"))
        return self


class WeightColumn(Model):
    """Where the answers say what each respondent weighs, or how many a row stands for.

    And how the respondents were drawn, where it was by strata or clusters, or where replicate
    weights come with the answers.
    """

    column: ColumnName
    frequencies: bool = False
    strata: ColumnName | None = None
    clusters: ColumnName | None = None
    replicates: Replicates | None = None

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        drawn = self.strata or self.clusters
        if self.replicates and drawn:
            raise ValueError(phrase("either replicates, or strata and clusters"))
        if self.frequencies and (drawn or self.replicates):
            raise ValueError(phrase("survey weights, without 'frequencies: true'"))
        return self

    @property
    def sampling_columns(self) -> dict[str, str]:
        """Return the columns, or patterns of them, that say how respondents were drawn."""
        named = {"strata": self.strata, "clusters": self.clusters,
                 "replicates": self.replicates and self.replicates.columns}  # fmt: skip
        return {use: name for use, name in named.items() if name}


WEIGHT_KEYS = {"column", "frequencies", "strata", "clusters", "replicates"}


def _weights(weights: object) -> object:
    if weights in ("none", "margins"):
        return weights
    if isinstance(weights, dict) and "column" in weights and set(weights) <= WEIGHT_KEYS:
        try:
            return WeightColumn.model_validate(weights)
        except ValidationError as error:  # of a column alone, not also of "none" and "margins"
            raise_faults(faults_of(error, model=WeightColumn))
    raise ValueError(phrase("none, margins, or {example}", example="{column: name}"))


def _trimmed(bounds: object) -> object:
    given = bounds if isinstance(bounds, list | tuple) else ()
    numbers: list[float] = [float(each) for each in given if isinstance(each, int | float)]
    if bounds is not None and not (
        len(given) == len(numbers) == 2 and 0 <= numbers[0] < 1 < numbers[1]
    ):
        raise ValueError(phrase("two numbers around 1, like [0.3, 3]"))
    return bounds


def _percentage(share: float) -> float:
    """Refuse a share of 1: 0.5 % would leave out whoever misses a single answer."""
    if 0 < share < 1:
        raise ValueError(phrase("a percentage, such as 50 for half of the items"))
    return share


def _name(name: object) -> object:
    """Return an identifier as text: YAML reads 12 as a number."""
    if isinstance(name, str):
        return name.strip()
    return str(name) if isinstance(name, int) and not isinstance(name, bool) else name


class Consent(Model):
    """Where the answers say whether each respondent consented."""

    column: Annotated[str, StringConstraints(min_length=1)]
    given: Annotated[tuple[str, ...], Field(min_length=1)]


class Exclusions(Model):
    """Who is left out before the analysis."""

    respondents: tuple[
        Annotated[str, BeforeValidator(_name), WithJsonSchema({"type": ["string", "integer"]})], ...
    ] = ()
    max_missing_share: Annotated[float, Field(ge=0, le=100), AfterValidator(_percentage)] = 50
    straight_liners: bool = False
    duplicates: bool = False
    tests: Literal["leave out", "keep"] = "leave out"
    partial: Literal["keep", "leave out"] = "keep"
    fastest: Annotated[float, Field(gt=0)] | None = None
    languages: tuple[str, ...] = ()
    consent: Consent | None = None


class Disclosure(Model):
    """How small a group of respondents may be in what leaves the machine."""

    smallest_cell: Annotated[int, Field(ge=1)] = 5
    public_files: tuple[str, ...] = ()


class Validity(Model):
    """How much work the question "is the typology real?" is worth."""

    resamples: Annotated[int, Field(ge=2)] = 200
    null_replicates: Annotated[int, Field(ge=19)] = 499
    imputations: Annotated[int, Field(ge=2)] = 20


def _answers(given: object) -> object:
    """Return the answers of a subgroup as a list of texts: one may stand alone."""
    several = given if isinstance(given, list | tuple) else [given]
    named = [_name(each) for each in several]
    if not named or not all(isinstance(each, str) and each for each in named):
        raise ValueError(phrase("an answer, or a list of answers"))
    return tuple(dict.fromkeys(named))


_AN_ANSWER = {"type": ["string", "integer"]}
SubgroupAnswers = Annotated[
    tuple[str, ...],
    BeforeValidator(_answers),
    WithJsonSchema({"anyOf": [_AN_ANSWER, {"type": "array", "items": _AN_ANSWER, "minItems": 1}]}),
]


def _class_or_type(reference: object) -> object:
    if reference is None or isinstance(reference, str):
        return reference
    if isinstance(reference, int) and not isinstance(reference, bool) and reference >= 1:
        return reference
    raise ValueError(phrase("the id of a type, or the number of a class"))


class Models(Model):
    """What the models of who belongs to which type compare."""

    characteristics: tuple[Identifier, ...] | None = None
    reference: Annotated[int | str | None, BeforeValidator(_class_or_type)] = None
    reference_answers: dict[Identifier, str] = Field(default_factory=dict)


AgreementLevel = Annotated[
    str, AfterValidator(_known_level), WithJsonSchema({"type": "string", "enum": [*LEVELS]})
]


class DeclaredType(Text):
    """A type the study expects: its names, and the profile it stands for."""

    id: Identifier
    profile: Annotated[dict[Identifier, AgreementLevel], Field(min_length=1)]

    @model_validator(mode="after")
    def _is_named(self) -> Self:
        if not self.in_("fr").strip():
            raise_faults([Fault(("fr",), "", phrase("a name"), phrase("Write it."))])
        return self


class StudyFile(Model):
    """What a study file says; ``analysis/study.yml`` explains every key."""

    title: Text
    questionnaire: Annotated[str, StringConstraints(min_length=1)]
    responses: Annotated[str, StringConstraints(min_length=1)] | None = None
    results: Annotated[str, StringConstraints(min_length=1)] = DEFAULT_RESULTS
    simulated: bool = False
    language: Language = DEFAULT_LANGUAGE
    respondent_column: str | None = None
    columns: dict[str, Annotated[str, StringConstraints(min_length=1)]] = Field(
        default_factory=dict
    )
    ignored_columns: tuple[str, ...] = ()
    absent_columns: tuple[str, ...] = ()
    no_answer: tuple[str, ...] = ()
    answer_words: Annotated[
        dict[str, str | dict[str, str]], BeforeValidator(_answer_words), WithJsonSchema(_MEANINGS)
    ] = Field(default_factory=dict)
    decimal_mark: Literal[".", ","] | None = None
    active: Annotated[tuple[Identifier, ...], Field(min_length=1)]
    margins: Annotated[str, StringConstraints(min_length=1)] | None = None
    weights: Annotated[Literal["none", "margins"] | WeightColumn, BeforeValidator(_weights)] = (
        "none"
    )
    trim_weights: Annotated[tuple[float, float] | None, BeforeValidator(_trimmed)] = None
    published_sample: Annotated[str, StringConstraints(min_length=1)] | None = None
    reported_shares: Annotated[str, StringConstraints(min_length=1)] | None = None
    themes: Annotated[
        str | None,
        StringConstraints(min_length=1),
        Field(
            description="File that says which themes each text was coded under by hand.",
            examples=["themes.csv"],
        ),
    ] = None
    missing: Literal[MISSING_RULES]  # type: ignore[valid-type]
    passive_below: Annotated[int, Field(ge=0)] = 0
    exclusions: Exclusions = Exclusions()
    block_weights: Literal["none", "equal"] = "none"
    axes: Annotated[int | str, BeforeValidator(_axis_rule)]
    classes: Annotated[
        int | Literal["auto"] | ClassNumberCriterion, BeforeValidator(_number_of_classes)
    ]
    consolidate: bool = True
    seed: Annotated[int, Field(ge=0)]
    short_form: Annotated[int, Field(ge=2)] | None = None
    disclosure: Disclosure = Disclosure()
    validity: Validity = Validity()
    models: Models = Models()
    subgroups: dict[Identifier, SubgroupAnswers] = Field(default_factory=dict)
    crossed: tuple[Identifier, Identifier] | None = None
    types: tuple[DeclaredType, ...] = ()
    paper: Paper = Paper()

    @property
    def conventions(self) -> Conventions:
        """Return how the file of answers writes, as far as it is declared."""
        return Conventions(self.no_answer, self.answer_words, self.decimal_mark)

    @property
    def weight_source(self) -> Literal["none", "margins", "column"]:
        """Return where the weights come from; "none" where a column counts respondents."""
        if isinstance(self.weights, WeightColumn):
            return "none" if self.weights.frequencies else "column"
        return self.weights

    @property
    def weight_column(self) -> str | None:
        """Return the column of the answers that holds the weights, if one does."""
        return self.weights.column if isinstance(self.weights, WeightColumn) else None

    @property
    def sampling_columns(self) -> dict[str, str]:
        """Return the columns of the answers that say how respondents were drawn, by their use."""
        return self.weights.sampling_columns if isinstance(self.weights, WeightColumn) else {}

    @property
    def frequencies(self) -> bool:
        """Return whether a column of the answers says how many respondents each row stands for."""
        return isinstance(self.weights, WeightColumn) and self.weights.frequencies
