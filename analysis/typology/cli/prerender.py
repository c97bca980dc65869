"""What runs before the documents are rendered: the study, and what its site holds."""

from __future__ import annotations

import os
import re
import shutil
import sys
from pathlib import Path

from rich.console import Console

from typology.cli.article_terminal import print_article
from typology.cli.command_errors import errors_told
from typology.cli.console import Terminal
from typology.cli.console_text import make_readable
from typology.documents.drawings import DRAWINGS, drawings_folder
from typology.documents.rendered.frozen_pages import clear_frozen, write_frozen
from typology.documents.rendered.kept_site import (
    checksum_untouched,
    forget_render,
    remember_render,
    render_asked,
    site_checksum,
    site_is_kept,
    sources_checksum,
    untouched_checksum,
)
from typology.documents.rendered.page_execution import Executed, execute_pages
from typology.documents.rendered.page_source import pages_show_the_project_alone
from typology.documents.rendered.project_state import project_state
from typology.documents.site import pages_left_out, write_site
from typology.files.interruption import stops_raised
from typology.files.output_places import is_link
from typology.problems import InputError, Problem
from typology.questionnaire.file import load_questionnaire
from typology.results.foreign_files import will_be_kept
from typology.results.freshness import find_study, outdated
from typology.results.run_results import read_manifest
from typology.study import Study, load_study, study_language
from typology.tools.new.pages import add_missing_pages
from typology.words import word
from typology.words.phrases import phrase

WHOLE_SITE = "QUARTO_PROJECT_RENDER_ALL"
"""The environment variable by which Quarto tells that it renders every page."""

_OUR_DRAWINGS = re.compile("[0-9a-f]{12}")


def prepare_results(study: Study, console: Console) -> bool:
    """Run a study, unless the manifest proves that its results are current.

    Returns whether it was run; the console is told what was done and why. Raises InputError if the
    results on disk are of answers given by ``--responses``: they are not replaced.
    """
    language = study.choices.language
    reasons = outdated(study)
    if not reasons:
        console.print(word("prerender_current", language))
        return False
    _refuse_other_answers(study)
    # Slow to import, and not needed when the results are current.
    from typology.cli.terminal import print_notices, stage_printer  # noqa: PLC0415
    from typology.tools.run import run_study  # noqa: PLC0415

    told = ", ".join(word("prerender_reason", language, reason) for reason in reasons)
    console.print(word("prerender_outdated", language, reasons=told))
    print_notices(console, will_be_kept(study.results_path), language)
    with stage_printer(console, language) as progress:
        run_study(study, progress=progress)
    return True


def _refuse_other_answers(study: Study) -> None:
    try:
        manifest = read_manifest(study.results_path)
    except InputError:
        return
    used = manifest["inputs"].get("responses", {}).get("name")
    declared = manifest["settings"].get("responses")
    own = [Path(name).name for name in (declared, study.responses_path) if name is not None]
    if used is not None and used not in own:
        raise InputError(
            Problem(
                "", "", used,
                phrase("results of the answers that the study file names"),
                phrase(
                    "The results on disk were made from other answers, by --responses, and are "
                    "kept. To publish them, name that file under 'responses' in the study file; "
                    "to publish the study as it is, remove the folder first."
                ),
                str(study.results_path),
            )
        )  # fmt: skip


def remove_former_drawings(documents: Path, study: Study) -> None:
    """Remove what the folder of the documents showed of other results."""
    current = drawings_folder(documents, study.results_path)
    for folder in (documents / DRAWINGS).glob("*"):
        ours = _OUR_DRAWINGS.fullmatch(folder.name) and folder.is_dir() and not is_link(folder)
        if ours and folder != current:
            shutil.rmtree(folder, ignore_errors=True)  # one that is open goes the next time


def remove_notebooks(documents: Path) -> None:
    """Remove the notebooks that Quarto made of the pages before this ran, and would leave."""
    for notebook in documents.rglob("*.quarto_ipynb"):
        if notebook.with_suffix(".qmd").is_file() and not is_link(notebook):
            notebook.unlink(missing_ok=True)


def prepare_pages(documents: Path, study: Study, console: Console) -> bool:
    """Run the code of all pages at once, for Quarto to take what it writes.

    Returns whether the site of the last render is to be put back, because nothing changed: Quarto
    has then no page to render. Quarto runs the pages itself where it renders only some of them.
    """
    forget_render(documents)
    clear_frozen(documents)
    if WHOLE_SITE not in os.environ:
        return False
    asked, sources = render_asked(), sources_checksum(documents)
    state = project_state(documents, study) if pages_show_the_project_alone(documents) else None
    untouched = untouched_checksum(state, asked, sources=sources)
    checksum = checksum_untouched(documents, untouched)
    kept = site_is_kept(documents, checksum)
    executed: Executed = {}
    if not kept:
        executed = execute_pages(documents, left_out=pages_left_out(documents))
        sources = sources_checksum(documents)  # drawings of the pages are among them
        untouched = untouched_checksum(state, asked, sources=sources)
        checksum = site_checksum(executed, asked, sources=sources)
        kept = site_is_kept(documents, checksum)
    remember_render(documents, checksum, sources=sources, untouched=untouched, put_back=kept)
    if kept:
        console.print(word("prerender_kept", study.choices.language))
    else:
        write_frozen(documents, executed)
    return kept


def main() -> None:
    """Prepare what the documents of the working folder show; exit with 2 on unusable inputs.

    Then nothing is left in the folder of what Quarto had begun.
    """
    make_readable((sys.stdout, sys.stderr))
    console = Terminal(stderr=True)
    documents = Path.cwd()
    path = find_study(documents)
    try:
        with stops_raised(), errors_told(study_language(path) or "fr"):
            study = load_study(path)
            prepare_results(study, console)
            remove_former_drawings(documents, study)
            questionnaire = load_questionnaire(study.questionnaire_path)
            if added := add_missing_pages(documents, questionnaire.languages):
                told = word("prerender_added", study.choices.language, pages=", ".join(added))
                console.print(told)
            write_site(documents, study, questionnaire)
            # Slow to import, and not needed where the study or its results are refused.
            from typology.documents.document import results_opened_once  # noqa: PLC0415

            with results_opened_once():
                print_article(console, study)
                prepare_pages(documents, study, console)
    except BaseException:
        remove_notebooks(documents)
        forget_render(documents)
        clear_frozen(documents)
        raise
