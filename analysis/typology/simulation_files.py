"""A simulated sample on disk: answers in one file, planted types in another."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from typology.csv_tables import csv_bytes
from typology.phrases import phrase
from typology.problems import InputError, Problem
from typology.questionnaire_file import load_questionnaire
from typology.simulation import simulate
from typology.simulation_design import Design, load_design

DESIGN = "simulation.yml"
RESPONSES = "simulated_responses.csv"
TYPES = "simulated_types.csv"


@dataclass(frozen=True)
class SimulationFiles:
    """Where a simulated sample was written.

    Parameters
    ----------
    responses : Path
    types : Path
        The planted types, which nothing but a test of the typology should read.
    n : int
        Number of respondents.
    """

    responses: Path
    types: Path
    n: int


def write_simulation(
    questionnaire_path: Path,
    *,
    design_path: Path | None = None,
    n: int | None = None,
    seed: int | None = None,
    output: Path | None = None,
) -> SimulationFiles:
    """Simulate answers to a questionnaire and write them.

    Parameters
    ----------
    questionnaire_path : Path
    design_path : Path or None
        By default ``simulation.yml`` beside the questionnaire, or else the default design.
    n, seed : int or None
        Instead of those of the design.
    output : Path or None
        File of the answers, by default ``simulated_responses.csv`` beside the questionnaire.
        The types go beside it: ``simulated_types.csv``, or the name of ``output`` and ``_types``.

    Returns
    -------
    SimulationFiles

    Raises
    ------
    InputError
        If a file cannot be used, or the folder of ``output`` does not exist.
    """
    questionnaire = load_questionnaire(questionnaire_path)
    beside = questionnaire_path.parent / DESIGN
    if design_path is None and beside.is_file():
        design_path = beside
    design = Design() if design_path is None else load_design(design_path, questionnaire)
    responses_path = output or questionnaire_path.parent / RESPONSES
    types_path = (
        output.with_name(f"{output.stem}_types.csv")
        if output
        else questionnaire_path.parent / TYPES
    )
    if not responses_path.parent.is_dir() or responses_path.is_dir():
        remedy = phrase("Give the name of a file in a folder that exists.")
        expected = phrase("a file to write")
        raise InputError(Problem("", "", "", expected, remedy, str(responses_path)))
    responses, types = simulate(questionnaire, design=design, n=n, seed=seed)
    responses_path.write_bytes(csv_bytes(responses))
    types_path.write_bytes(csv_bytes(types))
    return SimulationFiles(responses_path, types_path, len(responses))
