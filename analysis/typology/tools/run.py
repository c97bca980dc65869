"""A whole run: the pipeline, then its results written in place of the former ones."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from joblib import cpu_count

from rfree.base.threads import single_thread
from typology.documents.explorer import explorer_document
from typology.exhibits.labels import labels_by_language
from typology.files.provenance import RUN_COMMAND, input_checksums, make_manifest
from typology.problems import InputError, Problem
from typology.results.checking import check_study_answers, other_study_problems
from typology.results.disclosure.leaving import Leaving, leaving_results
from typology.results.figures import draw_figures
from typology.results.model_file import model_content
from typology.results.pipeline import Analysis, run_pipeline
from typology.results.private_folder import write_private
from typology.results.replaced_folder import place_problems, replaced_folder
from typology.results.run_results import (
    EXPLORER,
    FIGURES,
    MANIFEST,
    MODEL,
    WORKBOOK,
    write_json,
    write_tables,
)
from typology.results.workbook import write_workbook
from typology.study import Study
from typology.tools.data_protection.sheet import data_protection_sheets
from typology.tools.short_form.files import SHORT_FORM, write_short_form
from typology.tools.short_form.scored_form import make_short_form
from typology.words.phrases import phrase
from typology.words.progress import Progress, silent


def run_study(study: Study, *, progress: Progress = silent, n_jobs: int | None = None) -> Analysis:
    """Run a study and put its results on disk.

    Parameters
    ----------
    study : Study
    progress : callable
        Told the key of each stage as it begins: those of the pipeline, then "short_form",
        "figures", "write".
    n_jobs : int or None
        Cores; all of them when None. The results do not depend on it.

    Returns
    -------
    Analysis

    Raises
    ------
    InputError
        If an input cannot be used, or the results cannot be written; nothing is written then.
    """
    n_jobs = n_jobs or cpu_count()
    inputs = study.inputs.values()
    place = place_problems(study.results_path, made_by=RUN_COMMAND, inputs=inputs)
    if place or other_study_problems(study):
        check_study_answers(study)  # which raises, with what is wrong in the files as well
    folder = replaced_folder(study.results_path, made_by=RUN_COMMAND, inputs=inputs)
    # Threads of linear algebra would wait for one another, and could change last digits.
    with single_thread(), folder as replacement:
        read = input_checksums({role: path for role, path in study.inputs.items() if path.exists()})
        analysis = run_pipeline(study, progress=progress, n_jobs=n_jobs)
        fitted = analysis.fitted
        study = fitted.study
        progress("short_form")
        form = make_short_form(fitted, size=study.choices.short_form)
        if form is not None:
            analysis = replace(analysis, tables=analysis.tables | form.tables)
        model = model_content(fitted, short_form=None if form is None else form.content)
        leaving = leaving_results(analysis, model)
        outputs = _write(analysis, leaving, replacement.folder, progress=progress, n_jobs=n_jobs)
        write_private(replacement.folder, leaving.private, leaving.private_model)
        manifest = make_manifest(
            inputs=study.inputs,
            settings=study.settings(),
            outputs=outputs,
            root=replacement.folder,
            made_by=RUN_COMMAND,
        )
        _refuse_changed(read, manifest["inputs"])
        if fitted.responses.pseudonyms is not None:
            fitted.responses.pseudonyms.keep()
        write_json(replacement.folder / MANIFEST, manifest)
    analysis = replace(analysis, tables=analysis.tables | {"disclosure": leaving.report})
    return replace(analysis, notices=tuple(replacement.notices))


def _write(
    analysis: Analysis, leaving: Leaving, folder: Path, *, progress: Progress, n_jobs: int
) -> list[Path]:
    """Write everything that may leave but the manifest; return the files written."""
    public, model = leaving.tables, leaving.model
    study, questionnaire = analysis.fitted.study, analysis.fitted.questionnaire
    language, simulated = study.choices.language, study.choices.simulated
    labels = labels_by_language(questionnaire, study.type_names, language=language)
    progress("figures")
    figures = draw_figures(public, labels, folder / FIGURES, simulated=simulated, n_jobs=n_jobs)
    progress("write")
    tables = write_tables(folder, leaving.written)
    workbook, page, saved = (folder / name for name in (WORKBOOK, EXPLORER, MODEL))
    write_workbook(workbook, public, labels[language], simulated=simulated)
    explorer = explorer_document(public, labels, language=language, simulated=simulated)
    page.write_bytes(explorer.encode())
    write_json(saved, model)
    short: tuple[Path, ...] = ()
    if model["short_form"]:
        short = write_short_form(folder / SHORT_FORM, model, questionnaire)
    sheets = data_protection_sheets(study, questionnaire)
    for name, text in sheets.items():
        (folder / name).write_bytes(text.encode())
    written = [folder / name for name in sheets]
    return [*figures, *tables, workbook, page, saved, *short, *written]


def _refuse_changed(before: Mapping[str, Any], after: Mapping[str, Any]) -> None:
    """Refuse results of files that were changed while they were read and used."""
    found = phrase("other contents than at the beginning of the run")
    expected = phrase("files that do not change during a run")
    problems = [
        Problem("", "", found, expected, phrase("Run again."), after[role]["name"])
        for role in before
        if before[role] != after[role]
    ]
    if problems:
        raise InputError(problems)
