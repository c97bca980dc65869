"""Whether the answers of a run are simulated: what the file says wins over what a study declares.

A mark of simulated data on real answers, and its absence on simulated ones, are both untrue. A
file that `typology simulate` wrote says so itself. Of other files, the study file speaks of its own
answers alone.
"""

from __future__ import annotations

from dataclasses import replace

from typology.answers.responses import Responses
from typology.answers.simulation_mark import SIMULATED
from typology.files.provenance import sha256_of_file
from typology.problems import Problem
from typology.study import Study
from typology.words.phrases import Phrase, phrase


def settled_study(study: Study, responses: Responses) -> Study:
    """Return a study that says whether these answers are simulated.

    Answers are simulated if their file says so. Otherwise those that the study file names are what
    it says; others are real unless they were said to be simulated, or are a copy of simulated ones,
    byte for byte.
    """
    simulated = responses.simulated or (
        study.other_simulated or _is_copy(study)
        if study.other_responses
        else study.choices.simulated
    )
    if simulated == study.choices.simulated:
        return study
    return replace(study, choices=study.choices.model_copy(update={"simulated": simulated}))


def simulated_problems(study: Study, responses: Responses) -> list[Problem]:
    """Return that a study file calls its simulated answers real."""
    if study.other_responses or study.choices.simulated or not responses.simulated:
        return []
    where = f"{study.path.name} › simulated"
    expected = phrase(
        "true: the column '{column}' of {file} says that its answers were simulated",
        column=SIMULATED,
        file=responses.source,
    )
    remedy = phrase("Write 'simulated: true', or remove the column if the answers are real.")
    return [Problem("", "", "false", expected, remedy, where)]


def simulated_notices(study: Study) -> list[Phrase]:
    """Return how answers other than those of the study file are taken, once that is settled."""
    if not study.other_responses or study.responses_path is None:
        return []
    file = study.responses_path.name
    if study.choices.simulated:
        return [phrase("The answers of {file} are simulated; the results say so.", file=file)]
    return [
        phrase(
            "The answers of {file} are taken for real. If they were simulated, add --simulated.",
            file=file,
        )
    ]


def _is_copy(study: Study) -> bool:
    """Return whether other answers are the simulated ones of the study file under another name."""
    own, given = study.own_responses_path, study.responses_path
    if not study.choices.simulated or own is None or given is None:
        return False
    return own.is_file() and given.is_file() and sha256_of_file(own) == sha256_of_file(given)
