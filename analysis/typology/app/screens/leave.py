"""Leave with: article and supplement, workbook, figures, forms, the study whole."""

from __future__ import annotations

import json
import mimetypes
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from starlette.exceptions import HTTPException
from starlette.responses import FileResponse, Response

from typology.answers.pseudonyms import KEY
from typology.app.screens.run import progress_told, standing
from typology.app.visits import HEADERS, Visit, sent_together
from typology.files.output_places import PRIVATE_FOLDER
from typology.results.run_results import (
    EXPLORER,
    FIGURES,
    MANIFEST,
    TABLES,
    WORKBOOK,
)
from typology.study import Study
from typology.tools.forms.platforms import PLATFORMS
from typology.tools.new.pages import add_missing_pages
from typology.tools.sharing.before_sharing import check_before_sharing
from typology.tools.short_form.files import SHORT_FORM

_DOCUMENT_FOLDERS = ("documents", "quarto")
ARTICLES = {
    "fr": {"article-fr": "article", "supplement": "supplement"},
    "en": {"article-en": "article", "supplement-en": "supplement"},
}
"""Of each language, the pages that become documents, and what each is."""

_KINDS = {"docx": "Word", "pdf": "PDF"}
_NOT_TAKEN = {"_site", "_freeze", ".quarto", "__pycache__", ".git", "drawings"}


def leave(visit: Visit) -> Response:
    """Show all that can be taken away."""
    study = visit.opened.load()
    files = public_files(study.results_path)
    job = visit.site.jobs.of(visit.opened.name)
    progress = None if job is None or job.kind != "documents" else job.progress()
    return visit.page(
        "leave.html", screen="leave", there=bool(files), workbook=WORKBOOK in files,
        explorer=EXPLORER in files, short_form=[f for f in files if f.startswith(SHORT_FORM)],
        sheets=[each for each in files if each.startswith("data_protection")],
        quarto=shutil.which("quarto") is not None, pages=_pages(visit) is not None,
        documents=_made(visit), platforms=PLATFORMS, folder=visit.opened.folder,
        progress=progress, simulated=study.choices.simulated,
        told_progress=None if progress is None else progress_told(visit, progress),
    )  # fmt: skip


def public_files(results: Path) -> list[str]:
    """Return the files of a run that may leave: those of its manifest, none of a respondent."""
    try:
        manifest = json.loads((results / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return []
    listed = [*manifest.get("outputs", ()), MANIFEST]
    return [name for name in listed if PurePosixPath(name).parts[0] != PRIVATE_FOLDER]


def file(visit: Visit) -> Response:
    """Send a file of the results, or a document; nothing else that is on the disk."""
    name = visit.request.path_params["name"]
    study = visit.opened.load()
    path = study.results_path / name
    documents = {each.name: each for each in _made(visit)}
    if name in documents:
        path = documents[name]
    elif name not in public_files(study.results_path) or not path.is_file():
        raise HTTPException(404)
    shown = visit.request.query_params.get("show") is not None
    kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    return FileResponse(
        path, filename=path.name, media_type=kind, headers=HEADERS,
        content_disposition_type="inline" if shown and kind.startswith("image/") else "attachment",
    )  # fmt: skip


def documents(visit: Visit) -> Response:
    """Have Quarto write the article and the supplement, in Word and PDF."""
    folder, quarto = _pages(visit), shutil.which("quarto")
    if folder is None or quarto is None:
        return visit.go("leave")
    if standing(visit.opened.load()) != "current":
        return visit.go("run", visit.say("run_first"))
    add_missing_pages(folder, _languages(visit))
    languages = [each for each in ARTICLES if each in _languages(visit)]
    names = [name for language in languages for name in ARTICLES[language]]
    visit.site.jobs.start(
        visit.opened.name, "documents",
        lambda state: [sys.executable, "-m", "typology.app.documents_worker", str(state), quarto,
                       folder.name, *names],
        folder.parent,
    )  # fmt: skip
    return visit.go("leave")


def zipped(visit: Visit) -> Response:
    """Send many files as one: figures, tables, the study with or without its answers."""
    what = visit.request.path_params["what"]
    study = visit.opened.load()
    results = study.results_path
    if what in (FIGURES, TABLES, SHORT_FORM):
        names = [each for each in public_files(results) if each.startswith(f"{what}/")]
        taken = [(results / each, each) for each in names]
    elif what in ("study", "shared"):
        if what == "shared":
            check_before_sharing(study)
        taken = list(study_files(visit.opened.folder, study, with_answers=what == "study"))
    else:
        raise HTTPException(404)
    return sent_together(f"{visit.opened.folder.name}_{what}.zip", taken)


def study_files(folder: Path, study: Study, *, with_answers: bool) -> Iterator[tuple[Path, str]]:
    """Yield the files of a study, each with its place in a copy that runs elsewhere.

    What is about single respondents stays: the private results, the key of the pseudonyms, and
    the answers unless ``with_answers`` or they are simulated.
    """
    answers = study.responses_path
    for path in sorted(folder.rglob("*")):
        inner = path.relative_to(folder)
        if not path.is_file() or _NOT_TAKEN & set(inner.parts) or path.name == KEY:
            continue
        if path.is_relative_to(study.results_path / PRIVATE_FOLDER):
            continue
        own = answers is not None and path == answers
        taken = own and (with_answers or study.choices.simulated)
        if (own or PRIVATE_FOLDER in inner.parts[:-1]) and not taken and path.name != ".gitkeep":
            continue
        yield path, f"{folder.name}/{inner.as_posix()}"


def _pages(visit: Visit) -> Path | None:
    """Return the folder of the pages that Quarto makes documents of."""
    places = (visit.opened.folder / each for each in _DOCUMENT_FOLDERS)
    return next((each for each in places if (each / "_quarto.yml").is_file()), None)


def _languages(visit: Visit) -> tuple[str, ...]:
    asked = visit.opened.questionnaire()
    return () if asked is None else asked.languages


def _made(visit: Visit) -> dict[Path, str]:
    """Return the documents that Quarto has written, and what each is."""
    folder = _pages(visit)
    if folder is None:
        return {}
    site = folder / "_site"
    places = {
        site / f"{name}.{kind}": visit.say(f"document_{what}", language=language, kind=told)
        for language, pages in ARTICLES.items()
        for name, what in pages.items()
        for kind, told in _KINDS.items()
    }
    return {path: said for path, said in places.items() if path.is_file()}
