"""Checking a study before running it: all that a run would refuse, all that it would warn of.

A run begins by the very stages that a check makes, hence the two say the same.
"""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from typology.answers.cells.declared_words import declared_words_problems
from typology.answers.left_out import collection_problems, named_problems
from typology.answers.platforms import read_tables
from typology.answers.pseudonyms import Pseudonyms, private_folder
from typology.answers.quality import Quality
from typology.answers.responses import Responses, read_responses
from typology.answers.simulated_answers import settled_study, simulated_problems
from typology.answers.theme_file import with_themes
from typology.files.output_places import is_same
from typology.files.provenance import RUN_COMMAND
from typology.files.yaml_files import load_mapping
from typology.fit.fitted_typology import FittedTypology, fit_typology
from typology.fit.survey import survey_of
from typology.membership.design import membership_design
from typology.people.sample_warnings import sample_warnings
from typology.problems import InputError, Problem
from typology.questionnaire import Questionnaire
from typology.questionnaire.file import load_questionnaire
from typology.results.replaced_folder import place_problems
from typology.results.run_results import read_manifest
from typology.study import Study, check_study, problems_of_blocks
from typology.study.margins import load_margins
from typology.study.paths import project_folder, resolved
from typology.study.published_sample import published_tables
from typology.study.sections import DEFAULT_RESULTS
from typology.study.shares.reported_shares import load_reported_shares
from typology.weights.measure import weight_tables
from typology.words.number_conventions import study_line
from typology.words.phrases import phrase
from typology.words.progress import Progress, silent


@dataclass(frozen=True)
class Check:
    """What a check found in files without problems."""

    study: Study
    questionnaire: Questionnaire
    responses: Responses | None = None  # None, as those below, where no answers are named yet
    quality: Quality | None = None  # under the exclusions of the study
    warnings: pd.DataFrame | None = None  # from `typology.people.sample_warnings`


def check_study_answers(study: Study) -> Check:
    """Read the questionnaire and the answers of a study, and do all of a run that may refuse them.

    Raises InputError with a folder of results that may not be replaced, and with every problem that
    :func:`begin_study` finds.
    """
    problems = place_problems(study.results_path, made_by=RUN_COMMAND, inputs=study.inputs.values())
    problems += other_study_problems(study)
    try:
        checked = _checked(study)
    except InputError as error:
        raise InputError([*problems, *error.problems], notices=error.notices) from None
    if problems:
        raise InputError(problems)
    return checked


def other_study_problems(study: Study) -> list[Problem]:
    """Return that the results would replace those of another study file of the same folder."""
    try:
        name = read_manifest(study.results_path)["inputs"]["study"]["name"]
        results = load_mapping(study.path.with_name(name)).get("results", DEFAULT_RESULTS)
    except (InputError, KeyError, TypeError):  # no such results, or no such study any more
        return []
    if name == study.path.name or not is_same(resolved(study.path, results), study.results_path):
        return []
    line = study_line("results", f"{results}_{study.path.stem}")
    return [
        Problem(
            row="",
            column="",
            value=phrase("the results of another study, {file}", file=name),
            expected=phrase("a folder for the results of this study"),
            remedy=phrase("Name another folder in the study file: {line}", line=line),
            where=f"{study.path.name} › results",
        )
    ]


def _checked(study: Study) -> Check:
    if study.responses_path is None:
        return Check(study, _read_questionnaire(study))
    fitted, _ = begin_study(study)
    warnings = sample_warnings(fitted, membership_design(fitted)[0])
    return Check(fitted.study, fitted.questionnaire, fitted.responses, fitted.quality, warnings)


def begin_study(
    study: Study, *, progress: Progress = silent
) -> tuple[FittedTypology, dict[str, pd.DataFrame]]:
    """Read a study and make its axes, classes and weights: every stage that may refuse it.

    Returns the typology, whose study says whether these very answers are simulated, and the tables
    of weights and of the published sample. ``progress`` is told "read", "check", "axes" and
    "classes" as they begin.

    Raises InputError with every problem of the questionnaire, the margins, the published sample and
    the answers; then with what keeps the answers from being weighted, from having axes, or the
    classes asked for; and with what was noticed.
    """
    progress("read")
    _, responses = read_study(study)
    study = settled_study(study, responses)
    problems = named_problems(study, responses) + collection_problems(study, responses)
    notices = responses.notices
    try:
        fitted = fit_typology(study, responses, progress=progress)
        survey_of(study, responses)
        tables = weight_tables(fitted) | published_tables(study)
    except InputError as error:
        problems += error.problems
        notices = error.notices or notices
    if problems:
        raise InputError(problems, notices=notices)
    return fitted, tables


def read_study(
    study: Study, pseudonyms: Pseudonyms | None = None
) -> tuple[Questionnaire, Responses]:
    """Read the questionnaire and the answers of a study, and say everything wrong in them.

    The questionnaire is what was asked: without what the study file says to be absent. Respondents
    who are named by personal data have ``pseudonyms``, by default those of the study's project.

    Raises InputError with every file that the study names and is not there, every problem of the
    questionnaire, of what the study file says of it, of the margins, of the published sample and of
    the answers; of the answers, only whether they can be opened when the questionnaire cannot be
    read.
    """
    questionnaire, asked, problems = _questionnaire_problems(study)
    notices: tuple[str, ...] = ()
    responses = None
    try:
        responses = _read_responses(study, questionnaire, pseudonyms or study_pseudonyms(study))
    except InputError as error:
        problems += error.problems
        notices = error.notices
    if responses is not None:
        notices = responses.notices
        problems += simulated_problems(study, responses)
    if asked is None or responses is None or problems:
        raise InputError(problems, notices=notices)
    return asked, responses


def _read_questionnaire(study: Study) -> Questionnaire:
    """Return what was asked, or raise with everything wrong but the answers, which are to come."""
    _, asked, problems = _questionnaire_problems(study)
    if asked is None or problems:
        raise InputError(problems)
    return asked


def _questionnaire_problems(
    study: Study,
) -> tuple[Questionnaire | None, Questionnaire | None, list[Problem]]:
    """Return the questionnaire, what was asked of it, and all that is wrong but for the answers."""
    problems: list[Problem] = list(study.absent_files)
    questionnaire, asked = None, None
    if study.questionnaire_path.is_file():
        try:
            questionnaire = load_questionnaire(study.questionnaire_path)
        except InputError as error:
            problems += [*error.problems, *problems_of_blocks(study)]
    if questionnaire is not None:
        try:
            asked = questionnaire.without(study.choices.absent_columns)
            problems += declared_words_problems(study.choices.conventions, questionnaire)
            check_study(study, asked)
        except InputError as error:
            problems += error.problems
    return questionnaire, asked, [*problems, *_population_problems(study, asked)]


def _population_problems(study: Study, asked: Questionnaire | None) -> list[Problem]:
    """Return what is wrong with the margins, the published sample and the reported shares."""
    problems: list[Problem] = []
    margins, published = study.margins_path, study.published_sample_path
    if asked is not None and margins is not None and margins.is_file():
        try:
            load_margins(margins, asked)
        except InputError as error:
            problems += error.problems
    if published is not None and published.is_file():
        try:
            load_margins(published, published=True)
        except InputError as error:
            problems += error.problems
    reported = study.reported_shares_path
    if asked is not None and reported is not None and reported.is_file():
        try:
            load_reported_shares(reported, asked)
        except InputError as error:
            problems += error.problems
    return problems


def study_pseudonyms(study: Study) -> Pseudonyms:
    """Return the pseudonyms of the project of a study."""
    return Pseudonyms.of(private_folder(project_folder(study.path)))


def _read_responses(
    study: Study, questionnaire: Questionnaire | None, pseudonyms: Pseudonyms
) -> Responses | None:
    """Read the answers as the study file says, None where that cannot be done and is told."""
    choices, path = study.choices, study.responses_path
    if path is None:
        expected = phrase("the file of answers")
        remedy = phrase("Name it there, or give it with the option --responses.")
        raise InputError(Problem("", "", "", expected, remedy, f"{study.path.name} › responses"))
    if study.is_absent("responses"):
        return None
    if questionnaire is None:
        read_tables(path)
        return None
    responses = read_responses(
        path,
        questionnaire,
        id_column=choices.respondent_column,
        columns=choices.columns,
        ignore=choices.ignored_columns,
        absent=choices.absent_columns,
        no_answer=choices.no_answer,
        answer_words=choices.answer_words,
        decimal_mark=choices.decimal_mark,
        weight_column=choices.weight_column,
        frequencies=choices.frequencies,
        sampling_columns=choices.sampling_columns,
        consent_column=None
        if choices.exclusions.consent is None
        else choices.exclusions.consent.column,
        pseudonyms=pseudonyms,
    )
    if study.themes_path is None or study.is_absent("themes"):
        return responses
    return with_themes(
        responses,
        study.themes_path,
        id_column=choices.respondent_column,
        no_answer=choices.no_answer,
    )
