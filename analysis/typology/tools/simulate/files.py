"""A simulated sample on disk: answers in one file, planted types in another."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from typology.answers.platforms import read_tables
from typology.answers.simulation_mark import says_simulated
from typology.files.output_files import refuse_places, write_files
from typology.files.written_tables import table_bytes
from typology.problems.problem import InputError, Problem
from typology.questionnaire.file import load_questionnaire
from typology.study.shares.reported_shares import load_reported_shares
from typology.tools.simulate.calibrated import simulate_to_shares
from typology.tools.simulate.design import MOST_SIMULATED, SimulationDesign, load_design
from typology.words.phrases import phrase

DESIGN = "simulation.yml"
RESPONSES = "simulated_responses.csv"
SIMULATED_TYPES = "simulated_types.csv"


@dataclass(frozen=True)
class SimulationFiles:
    """Where a simulated sample of ``n`` respondents was written.

    Nothing but a test of the typology should read the planted types.
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
    force: bool = False,
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
    force : bool
        Whether files that exist with other contents are replaced; never those that are read, nor
        answers that do not say that they were simulated.

    Returns
    -------
    SimulationFiles

    Raises
    ------
    InputError
        If a file cannot be used or written, or exists already.
    """
    questionnaire = load_questionnaire(questionnaire_path)
    beside = questionnaire_path.parent / DESIGN
    if design_path is None and beside.is_file():
        design_path = beside
    design = SimulationDesign() if design_path is None else load_design(design_path, questionnaire)
    responses_path = questionnaire_path.with_name(RESPONSES) if output is None else output
    types_path = questionnaire_path.with_name(SIMULATED_TYPES)
    read = [questionnaire_path] if design_path is None else [questionnaire_path, design_path]
    shares = None
    if design_path is not None and design.calibrate is not None:
        read.append(design_path.parent / design.calibrate)
        shares = load_reported_shares(read[-1], questionnaire)
    refuse_places([responses_path], inputs=read)
    if output is not None:
        types_path = output.with_name(f"{output.stem}_types{output.suffix or '.csv'}")
    refuse_places([types_path], inputs=read)
    _refuse_real_answers(responses_path)
    _refuse_too_many(n)
    responses, types = simulate_to_shares(questionnaire, shares, design=design, n=n, seed=seed)
    contents = {
        responses_path: table_bytes(responses_path, responses),
        types_path: table_bytes(types_path, types),
    }
    write_files(contents, inputs=read, force=force)
    return SimulationFiles(responses_path, types_path, len(responses))


def _refuse_real_answers(path: Path) -> None:
    """Refuse to write over a table of answers, unless it says that it was simulated."""
    if not path.is_file():
        return
    try:
        tables = read_tables(path)
    except InputError:  # no table
        return
    if not any(map(says_simulated, tables)):
        found = phrase("answers that do not say that they were simulated")
        remedy = phrase("Give another name to the option --output, or remove the file first.")
        expected = phrase("the name of a new file")
        raise InputError(Problem("", "", found, expected, remedy, str(path)))


def _refuse_too_many(n: int | None) -> None:
    if n is not None and n > MOST_SIMULATED:
        expected = phrase("a number from {low} to {high}", low=1, high=MOST_SIMULATED)
        remedy = phrase("Give a smaller number.")
        raise InputError(Problem("", "", str(n), expected, remedy, "--respondents"))
