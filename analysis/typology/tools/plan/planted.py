"""What a plan plants: a study to run, and the population its samples are drawn from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from typology.problems import InputError, Problem
from typology.questionnaire import LANGUAGES, Block, Questionnaire
from typology.study import Study
from typology.study.asked import load_asked
from typology.study.sections import Exclusions, StudyFile
from typology.study.type_profiles import LEVELS
from typology.tools.simulate.design import Missing, PlantedType, SimulationDesign, load_design
from typology.tools.simulate.files import DESIGN
from typology.words.phrases import phrase

LEVEL_UNIT = 1.25
"""What one standard deviation between respondents is in those of chance in one answer.

With it, types at "very low", "low", "high" and "very high" lie where the default design has them.
"""


@dataclass(frozen=True)
class Planted:
    """A study, its questionnaire, and the design of the samples that go through it.

    ``design_path`` is its file; None where it was made of the types that the study declares
    (``declared``) or is the default one.
    """

    study: Study
    questionnaire: Questionnaire
    design: SimulationDesign
    design_path: Path | None
    declared: bool

    @property
    def inputs(self) -> dict[str, Path]:
        """Return the files read, by role."""
        own = {"questionnaire": self.study.questionnaire_path}
        if self.study.path != self.study.questionnaire_path:
            own["study"] = self.study.path
        if self.design_path is not None:
            own["design"] = self.design_path
        return own


def load_planted(
    path: Path,
    *,
    design_path: Path | None = None,
    language: str | None = None,
    separation: float = 1.0,
    shares: Sequence[float] | None = None,
    missing: float | None = None,
) -> Planted:
    """Read what is planted, and change it as asked.

    Parameters
    ----------
    path : Path
        A study (file or folder), or a questionnaire.
    design_path : Path or None
        By default ``simulation.yml`` beside the questionnaire, or else the types that the study
        declares, or else the default design.
    language : {"fr", "en"} or None
        None: that of the study.
    separation : float
        What the distances of the types from their mean are multiplied by.
    shares : sequence of floats, or None
        Sizes of the types in the order of the design, in any unit.
    missing : float or None
        Percent of missing answers, everywhere alike.

    Returns
    -------
    Planted

    Raises
    ------
    InputError
        With every problem of the files, or if nothing would be planted.
    """
    study, questionnaire = _asked(path, language)
    beside = study.questionnaire_path.with_name(DESIGN)
    if design_path is None and beside.is_file():
        design_path = beside
    declared = design_path is None and bool(study.choices.types)
    if design_path is not None:
        design = load_design(design_path, questionnaire)
    else:
        design = declared_design(study, questionnaire) if declared else SimulationDesign()
    if study.path == study.questionnaire_path:
        choices = study.choices.model_copy(update={"classes": max(2, len(design.types))})
        study = _with_choices(study, choices)
    _refuse_nothing_planted(design, study, questionnaire)
    design = _with_shares(design, shares)
    if separation != 1:
        design = separated(design, questionnaire, separation)
    if missing is not None:
        all_alike = Missing(everywhere=missing, heavy_respondents=0, heavy_share=0)
        design = design.model_copy(update={"missing": all_alike})
    return Planted(study, questionnaire, design, design_path, declared)


def declared_design(study: Study, questionnaire: Questionnaire) -> SimulationDesign:
    """Return the design of the types that a study declares, all of one size.

    The centre of each active block is where the profile of a type puts it: a level of the profile
    (`typology.study.type_profiles.LEVELS`) times `LEVEL_UNIT`. Where profiles put all blocks of a
    direction alike, the two attitudes carry them; otherwise each block has an attitude of its own.
    """
    blocks = [questionnaire.block(name) for name in study.choices.active]
    centres = {
        each.id: {block: LEVEL_UNIT * LEVELS[level] for block, level in each.levels.items()}
        for each in study.profiles
    }
    alike = all(
        block.direction != "neutral"
        and len({own.get(other.id, 0.0) for other in blocks if other.direction == block.direction})
        == 1
        for block in blocks
        for own in centres.values()
    )
    types = [
        PlantedType(
            id=name,
            size=1,
            favourable=_centre_of("favourable", blocks, own) if alike else 0.0,
            unfavourable=_centre_of("unfavourable", blocks, own) if alike else 0.0,
            blocks={} if alike else {block.id: own.get(block.id, 0.0) for block in blocks},
        )
        for name, own in centres.items()
    ]
    return SimulationDesign(types=tuple(types))


def _centre_of(direction: str, blocks: Sequence[Block], centres: Mapping[str, float]) -> float:
    return next((centres.get(each.id, 0.0) for each in blocks if each.direction == direction), 0.0)


def separated(
    design: SimulationDesign, questionnaire: Questionnaire, factor: float
) -> SimulationDesign:
    """Return a design whose types lie so many times as far from their mean."""
    named = {block for each in design.types for block in each.blocks}
    of_blocks = {
        block.id: [each.centre(block) for each in design.types]
        for block in questionnaire.blocks
        if block.id in named
    }
    sizes = [each.size for each in design.types]
    favourable = _apart([each.favourable for each in design.types], sizes, factor)
    unfavourable = _apart([each.unfavourable for each in design.types], sizes, factor)
    blocks = {block: _apart(centres, sizes, factor) for block, centres in of_blocks.items()}
    types = tuple(
        each.model_copy(
            update={
                "favourable": favourable[at],
                "unfavourable": unfavourable[at],
                "blocks": {block: centres[at] for block, centres in blocks.items()},
            }
        )
        for at, each in enumerate(design.types)
    )
    return design.model_copy(update={"types": types})


def _apart(centres: Sequence[float], sizes: Sequence[float], factor: float) -> list[float]:
    """Multiply the distances of centres from their mean.

    >>> _apart([-1.0, 1.0], [1, 1], 2.0)
    [-2.0, 2.0]
    """
    mean = sum(size * at for size, at in zip(sizes, centres, strict=True)) / sum(sizes)
    return [mean + factor * (at - mean) for at in centres]


def _asked(path: Path, language: str | None) -> tuple[Study, Questionnaire]:
    """Return the study and its questionnaire; of a questionnaire alone, what a run would choose."""
    questionnaire, study = load_asked(path, language=language)
    if study is None:
        return _usual_study(path, questionnaire, language), questionnaire
    # Names of respondents and weights are those of answers that there are not yet.
    changes = {
        "exclusions": study.choices.exclusions.model_copy(update={"respondents": ()}),
        "weights": "none",
        "trim_weights": None,
        "simulated": True,
    }
    return _with_choices(study, study.choices.model_copy(update=changes)), questionnaire


def _usual_study(path: Path, questionnaire: Questionnaire, language: str | None) -> Study:
    """Return a study of a questionnaire alone, with the choices of the study file that is shipped.

    Active are the blocks that speak for or against something, or else all of them.
    """
    taking_sides = [block.id for block in questionnaire.blocks if block.direction != "neutral"]
    spoken = (each for each in LANGUAGES if each == language)
    choices = StudyFile(
        title=questionnaire.title,
        questionnaire=path.name,
        language=next(spoken, questionnaire.languages[0]),
        active=tuple(taking_sides or [block.id for block in questionnaire.blocks]),
        missing="passive category",
        passive_below=5,
        exclusions=Exclusions(),
        axes="benzecri >= 0.9",
        classes=4,
        seed=0,
        simulated=True,
    )
    return Study(choices, path, path, None, path.parent)


def _with_choices(study: Study, choices: StudyFile) -> Study:
    return Study(choices, study.path, study.questionnaire_path, None, study.results_path)


def _refuse_nothing_planted(
    design: SimulationDesign, study: Study, questionnaire: Questionnaire
) -> None:
    """Refuse a design whose types do not differ on any active block."""
    active = [questionnaire.block(name) for name in study.choices.active]
    centres = {tuple(each.centre(block) for block in active) for each in design.types}
    if len(centres) < 2:
        found = phrase("types that answer the active blocks alike")
        expected = phrase("at least two types that differ on an active block")
        remedy = phrase(
            "Declare the types with their profiles in the study file (key 'types'), or give the "
            "centres of the blocks in the design of the simulation (key 'blocks' of a type)."
        )
        raise InputError(Problem("", "", found, expected, remedy, study.path.name))


def _with_shares(design: SimulationDesign, shares: Sequence[float] | None) -> SimulationDesign:
    if shares is None:
        return design
    if len(shares) != len(design.types):
        names = ", ".join(each.id for each in design.types)
        expected = phrase("{count} sizes, those of {names}", count=len(design.types), names=names)
        found = ", ".join(f"{share:g}" for share in shares)
        raise InputError(Problem("", "", found, expected, phrase("Correct it."), "--shares"))
    types = tuple(
        each.model_copy(update={"size": share})
        for each, share in zip(design.types, shares, strict=True)
    )
    return design.model_copy(update={"types": types})
