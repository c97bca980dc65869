"""How a simulated sample is made: the model of its settings file, and the default settings."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from typology.files.yaml_files import load_mapping
from typology.problems import InputError, Problem
from typology.problems.model_problems import as_problem
from typology.problems.sound_part import sound_entries, sound_part, without_faulty
from typology.questionnaire import Block, Question, Questionnaire
from typology.words.phrases import Phrase, phrase
from typology.words.spelling import did_you_mean

MOST_SIMULATED = 100_000
"""A hundred times a large survey; more would fill the memory of a small machine."""

Percent = Annotated[float, Field(ge=0, le=100)]
Spread = Annotated[float, Field(ge=0, allow_inf_nan=False)]
AttitudeLevel = Annotated[float, Field(allow_inf_nan=False)]


class Settings(BaseModel):
    """Shared by every part of the design: no unknown key, nothing changed once read."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Missing(Settings):
    """Missing answers, in percent; ``no_opinion``: "don't know", where the scale offers it."""

    everywhere: Percent = 1
    heavy_respondents: Percent = 2
    heavy_share: Percent = 25
    no_opinion: Percent = 3


class PlantedType(Settings):
    """A planted type: its size, the centres of its two attitudes, who its respondents are.

    ``blocks`` gives the centre of a block of items, where it is not that of its direction.
    ``portrait`` gives, by question, the probability of each choice, or ``mean`` and ``sd`` of a
    number; choices left out have the probability 0, questions left out are answered at random.
    """

    id: str
    size: Annotated[float, Field(gt=0, allow_inf_nan=False)]
    favourable: AttitudeLevel
    unfavourable: AttitudeLevel
    blocks: dict[str, AttitudeLevel] = Field(default_factory=dict)
    portrait: dict[str, dict[str, float]] = Field(default_factory=dict)

    def centre(self, block: Block) -> float:
        """Return the centre of the attitude to a block: its own, or that of its direction."""
        usual = {"favourable": self.favourable, "unfavourable": self.unfavourable, "neutral": 0.0}
        return self.blocks.get(block.id, usual[block.direction])


_PORTRAIT_QUESTION = len(("types", 0, "portrait", "sex"))
_TYPE_STAND_INS = {"id": "?", "size": 1, "favourable": 0, "unfavourable": 0}
"""Stand for what a planted type lacks, so that the rest of it can be checked."""

FOUR_TYPES = (
    PlantedType(id="opposed", size=19, favourable=-1.9, unfavourable=1.75),
    PlantedType(id="doubtful", size=37, favourable=-0.6, unfavourable=0.65),
    PlantedType(id="willing", size=35, favourable=0.7, unfavourable=-0.6),
    PlantedType(id="keen", size=9, favourable=2.0, unfavourable=-1.9),
)


class SimulationDesign(Settings):
    """Every setting of a simulation, explained in ``data/simulation.yml``.

    ``asked_of`` gives, by question, the choices of single questions of whose respondents alone it
    is asked; the others leave it without answer.

    Examples
    --------
    >>> [each.id for each in SimulationDesign().types]
    ['opposed', 'doubtful', 'willing', 'keen']
    """

    seed: Annotated[int, Field(ge=0)] = 2019
    respondents: Annotated[int, Field(ge=1, le=MOST_SIMULATED)] = 300
    spread: Spread = 0.4
    correlation: Annotated[float, Field(ge=-1, le=1)] = -0.3
    loadings: tuple[AttitudeLevel, AttitudeLevel] = (0.7, 1.1)
    threshold_jitter: Spread = 0.1
    level_spread: Spread = 0.4
    acquiescence: Spread = 0.25
    extremity: Spread = 0.2
    missing: Missing = Missing()
    types: Annotated[tuple[PlantedType, ...], Field(min_length=1)] = FOUR_TYPES
    levels: dict[str, AttitudeLevel] = Field(default_factory=dict)
    asked_of: dict[str, dict[str, tuple[str, ...]]] = Field(default_factory=dict)
    calibrate: Annotated[str, Field(min_length=1)] | None = None


def load_design(path: str | Path, questionnaire: Questionnaire) -> SimulationDesign:
    """Return the design written in a YAML file, for the questionnaire to be answered.

    The items, questions and choices that the design names are its. Raises InputError with every
    problem of the file.
    """
    content = load_mapping(path)
    where = Path(path).name
    design, faults = sound_part(SimulationDesign, content)
    checked = design or SimulationDesign()
    if faults:
        entries = without_faulty(content, faults, whole=_PORTRAIT_QUESTION).get("types")
        planted = sound_entries(PlantedType, entries, stand_ins=_TYPE_STAND_INS)
        checked = checked.model_copy(update={"types": tuple(planted)})
    found = [as_problem(fault, content, where=where) for fault in faults]
    found += _design_problems(checked, questionnaire, where)
    if design is None or found:
        raise InputError(found)
    return design


def _design_problems(
    design: SimulationDesign, questionnaire: Questionnaire, where: str
) -> Iterator[Problem]:
    low, high = design.loadings
    if low > high:
        listed, expected = f"{low:g}, {high:g}", phrase("the smaller one first")
        yield _problem(f"{where} › loadings", listed, expected)
    an_item = phrase("an item of the questionnaire")
    yield from _unknown(f"{where} › levels", design.levels, questionnaire.items, an_item)
    ids = [each.id for each in design.types]
    for name in sorted({name for name in ids if ids.count(name) > 1}):
        yield _problem(f"{where} › types", name, phrase("each type once"))
    a_question = phrase("a question of the questionnaire")
    blocks = {block.id: block for block in questionnaire.blocks}
    a_block = phrase("a block of the questionnaire")
    yield from _asked_problems(design, questionnaire, f"{where} › asked_of", a_question)
    for each in design.types:
        yield from _unknown(f"{where} › types › {each.id} › blocks", each.blocks, blocks, a_block)
        place = f"{where} › types › {each.id} › portrait"
        yield from _unknown(place, each.portrait, questionnaire.questions, a_question)
        for name, values in each.portrait.items():
            if name in questionnaire.questions:
                question = questionnaire.question(name)
                yield from _portrait_problems(f"{place} › {name}", values, question)


def _asked_problems(
    design: SimulationDesign, questionnaire: Questionnaire, where: str, a_question: Phrase
) -> Iterator[Problem]:
    yield from _unknown(where, design.asked_of, questionnaire.questions, a_question)
    single = [each.id for each in questionnaire.respondent if each.type == "single"]
    for name, conditions in design.asked_of.items():
        place = f"{where} › {name}"
        known = dict.fromkeys(each for each in single if each != name)
        yield from _unknown(place, conditions, known, phrase("another single question"))
        for asked, choices in conditions.items():
            if asked in known:
                codes = dict.fromkeys(questionnaire.question(asked).choice_codes)
                kind = phrase("a choice of the question")
                yield from _unknown(f"{place} › {asked}", dict.fromkeys(choices), codes, kind)


def _portrait_problems(
    place: str, values: Mapping[str, float], question: Question
) -> Iterator[Problem]:
    if question.type == "number":
        if set(values) != {"mean", "sd"} or values["sd"] < 0:
            expected = phrase("mean and sd of a number, sd not negative")
            yield _problem(place, _listed(values), expected)
        return
    if question.type not in ("single", "multiple"):
        yield _problem(place, question.type, phrase("a single, multiple or number question"))
        return
    a_choice = phrase("a choice of the question")
    yield from _unknown(place, values, dict.fromkeys(question.choice_codes), a_choice)
    if any(not 0 <= share <= 1 for share in values.values()):
        yield _problem(place, _listed(values), phrase("probabilities between 0 and 1"))
    elif question.type == "single" and not math.isclose(sum(values.values()), 1):
        found = phrase("the sum {sum}", sum=float(sum(values.values())))
        yield _problem(place, found, phrase("probabilities that sum to 1"))


def _unknown(
    place: str, named: Mapping[str, Any], known: Mapping[str, Any], expected: Phrase
) -> Iterator[Problem]:
    for name in named:
        if name not in known:
            remedy = did_you_mean(name, known) or phrase("Name {kind}.", kind=expected)
            yield Problem("", "", name, expected, remedy, place)


def _problem(place: str, value: str, expected: Phrase) -> Problem:
    return Problem("", "", value, expected, phrase("Correct it."), place)


def _listed(values: Mapping[str, float]) -> str:
    return ", ".join(f"{name}: {value:g}" for name, value in values.items())
