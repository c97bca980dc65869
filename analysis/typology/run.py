"""A whole run: the pipeline, then its results written in place of the former ones."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from joblib import cpu_count

from typology.explorer import explorer_document
from typology.figure_set import draw_figures
from typology.labels import labels_by_language
from typology.model_file import model_content
from typology.pipeline import Analysis, run_pipeline
from typology.progress import Progress, silent
from typology.provenance import make_manifest
from typology.results import (
    EXPLORER,
    FIGURES,
    MANIFEST,
    MODEL,
    WORKBOOK,
    replaced_folder,
    require_results_folder,
    write_json,
    write_tables,
)
from typology.short_form import make_short_form
from typology.short_form_files import SHORT_FORM, write_short_form
from typology.study import Study
from typology.workbook import write_workbook


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
        If an input cannot be used; nothing is written then.
    """
    require_results_folder(study.results_path)
    n_jobs = n_jobs or cpu_count()
    analysis = run_pipeline(study, progress=progress, n_jobs=n_jobs)
    study = analysis.study
    progress("short_form")
    form = make_short_form(analysis, size=study.choices.short_form)
    if form is not None:
        analysis = replace(analysis, tables=analysis.tables | form.tables)
    model = model_content(analysis, short_form=None if form is None else form.content)
    language = study.choices.language
    labels = labels_by_language(analysis.questionnaire, study.type_names, language=language)
    simulated = study.choices.simulated
    with replaced_folder(study.results_path) as folder:
        progress("figures")
        draw_figures(analysis.tables, labels, folder / FIGURES, simulated=simulated, n_jobs=n_jobs)
        progress("write")
        write_tables(folder, analysis.tables)
        write_workbook(folder / WORKBOOK, analysis.tables, labels[language], simulated=simulated)
        explorer = explorer_document(
            analysis.tables, labels, language=language, simulated=simulated
        )
        (folder / EXPLORER).write_text(explorer, encoding="utf-8", newline="\n")
        write_json(folder / MODEL, model)
        if form is not None:
            write_short_form(folder / SHORT_FORM, model, analysis.questionnaire)
        write_json(folder / MANIFEST, _manifest(study, folder))
    return analysis


def _manifest(study: Study, folder: Path) -> dict[str, object]:
    outputs = [path for path in folder.rglob("*") if path.is_file()]
    return make_manifest(
        inputs=study.inputs, settings=study.settings(), outputs=outputs, root=folder
    )
