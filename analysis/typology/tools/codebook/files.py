"""A codebook on disk: a workbook to read, and DDI-Codebook XML to deposit."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from typology.answers.responses import Responses
from typology.answers.simulated_answers import settled_study
from typology.files.provenance import CODEBOOK, make_manifest
from typology.questionnaire import Questionnaire
from typology.results.checking import read_study
from typology.results.replaced_folder import replaced_folder
from typology.results.run_results import MANIFEST, write_json
from typology.study import Study
from typology.study.asked import load_asked
from typology.tools.codebook.ddi import ddi_document
from typology.tools.codebook.variables import Variable, codebook_variables
from typology.tools.codebook.workbook import codebook_workbook, counted_variables
from typology.words import word
from typology.words.phrases import Phrase, phrase

CODEBOOK_WORKBOOK, DDI = "codebook.xlsx", "codebook.xml"


@dataclass(frozen=True)
class WrittenCodebook:
    """A codebook: its variables, what is said of it, and the folder written."""

    variables: tuple[Variable, ...]
    about: tuple[str, ...]
    simulated: bool
    notices: tuple[str, ...]
    language: str
    output: Path


def write_codebook(
    path: Path, *, output: Path, responses: Path | None = None, language: str | None = None
) -> WrittenCodebook:
    """Write the codebook of a study, or of a questionnaire alone.

    Parameters
    ----------
    path : Path
        A study (file or folder), or a questionnaire.
    output : Path
        Folder to write: ``codebook.xlsx``, ``codebook.xml``, ``manifest.json``.
    responses : Path or None
        Answers to use instead of those of the study file.
    language : {"fr", "en"} or None
        Of the workbook; None: that of the study, or the first of the questionnaire.

    Raises
    ------
    InputError
        With everything wrong with the files, or if the folder cannot be written.
    """
    questionnaire, study = load_asked(path, responses=responses, language=language)
    spoken = language or (study.choices.language if study else questionnaire.languages[0])
    inputs = {"questionnaire": path} if study is None else _inputs(study)
    with replaced_folder(output, made_by=CODEBOOK, inputs=inputs.values()) as replacement:
        answers, simulated, notices = _answers(study)
        if answers is not None:
            questionnaire = answers.questionnaire
        variables = codebook_variables(
            questionnaire,
            active=None if study is None else study.choices.active,
            responses=answers,
        )
        about = _about(variables, answers, spoken, simulated=simulated)
        folder = replacement.folder
        outputs = [folder / CODEBOOK_WORKBOOK, folder / DDI]
        workbook = codebook_workbook(questionnaire, variables, spoken, about=about)
        outputs[0].write_bytes(workbook)
        outputs[1].write_bytes(_ddi(questionnaire, variables, answers, simulated=simulated))
        manifest = make_manifest(
            inputs=inputs,
            settings={"language": spoken} if study is None else study.settings(),
            outputs=outputs,
            root=folder,
            made_by=CODEBOOK,
        )
        write_json(folder / MANIFEST, manifest)
    told = (*notices, *replacement.notices)
    return WrittenCodebook(variables, about, simulated, told, spoken, output)


def _inputs(study: Study) -> dict[str, Path]:
    """Return the files read, by role."""
    roles = ("study", "questionnaire", "responses")
    return {role: study.inputs[role] for role in roles
            if role in study.inputs and not study.is_absent(role)}  # fmt: skip


def _answers(study: Study | None) -> tuple[Responses | None, bool, tuple[Phrase | str, ...]]:
    """Return the answers of a study, whether they are simulated, and what was noticed."""
    if study is None or study.responses_path is None:
        return None, False, ()
    if study.is_absent("responses"):
        told = phrase(
            "{file} is not there yet: the codebook has no counts.",
            file=study.responses_path.name,
        )
        return None, False, (told,)
    _, responses = read_study(study)
    return responses, settled_study(study, responses).choices.simulated, responses.notices


def _about(
    variables: tuple[Variable, ...], answers: Responses | None, language: str, *, simulated: bool
) -> tuple[str, ...]:
    told = [word("codebook_variables", language, count=len(variables))]
    if answers is not None:
        told.append(word("codebook_answers", language, count=len(answers.items),
                         file=answers.source))  # fmt: skip
        told.append(counted_variables(variables, language))
    else:
        told.append(word("codebook_no_answers", language))
    if simulated:
        told.insert(0, word("simulated_warning", language))
    return tuple(told)


def _ddi(
    questionnaire: Questionnaire,
    variables: tuple[Variable, ...],
    answers: Responses | None,
    *,
    simulated: bool,
) -> bytes:
    return ddi_document(
        questionnaire,
        variables,
        respondents=None if answers is None else len(answers.items),
        source="" if answers is None else answers.source,
        simulated=simulated,
    )
